package cncf

import (
	"strings"

	"github.com/reviewpkg/sdk/internal/intake"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// findingLabels are the labels of a finding in a table of two columns.
func findingLabel(label string) string {
	k := key(withoutParentheses(label))
	switch {
	case oneOf(k, "summary", "title", "finding", "finding name", "name"):
		return "title"
	case strings.HasPrefix(k, "discovered in self assessment"), strings.HasPrefix(k, "in self assessment"):
		return "in_self"
	case oneOf(k, "weakness", "description", "issue", "details"):
		return "description"
	case oneOf(k, "mitre classification", "mitre att ck classification", "mitre att ck", "att ck", "att ck classification", "classification"):
		return "attack"
	case oneOf(k, "actors", "actor", "affected actors", "affected component", "affected components", "component", "components"):
		return "actors"
	case oneOf(k, "suggested mitigation", "mitigation", "recommendation", "suggested mitigations", "mitigations", "recommended control", "recommended mitigation"):
		return "recommendation"
	case oneOf(k, "impact", "likelihood", "severity", "discussion", "status", "risk", "stride", "references", "reviewer", "priority", "cwe", "number", "state", "trackers", "suggested controls", "investigation results"):
		return k
	case k == "impact description":
		return "impact_description"
	case oneOf(k, "overall risk", "overall risk rating", "risk rating"):
		return "risk"
	default:
		return ""
	}
}

// findingField sets a field of a finding from its labelled cell.
func (r *reader) findingField(f *reviewpkgv1.Finding, label, value string, row *row) {
	name, raw := findingText(f, label, value), ""
	if name == "" {
		name = findingList(f, label, value)
	}
	if name == "" {
		// The word beside the level is kept: scales differ between reviews.
		name, raw = r.findingRating(f, label, value, row), value
	}
	if name == "" {
		return
	}
	m := f.ProtoReflect()
	if fd := m.Descriptor().Fields().ByName(protoName(name)); m.Has(fd) {
		r.Claim(`findings["`+f.GetId()+`"].`+name, row.start, row.end, reviewpkgv1.Derivation_DERIVATION_TABLE_CELL, raw)
	}
}

// findingText sets a field that is one text or one word, and returns its name.
func findingText(f *reviewpkgv1.Finding, label, value string) string {
	switch label {
	case "description":
		f.SetDescription(joinText(f.GetDescription(), value))
	case "discussion":
		f.SetDiscussion(value)
	case "impact_description":
		f.SetImpactDescription(value)
	case "number":
		f.SetNumber(plainText(value))
	case "in_self":
		f.SetInSelfAssessment(yesNo(value))
		return "in_self_assessment"
	case "severity":
		f.SetSeverityText(plainText(value))
		return "severity_text"
	case "recommendation":
		f.SetRecommendation(value)
		f.SetTrackers(trackers(value, reviewpkgv1.TrackerRelation_TRACKER_RELATION_TRACKS))
	case "investigation results":
		f.SetInvestigationResults(value)
		return "investigation_results"
	case "state":
		word := strings.ToUpper(strings.ReplaceAll(intake.Fold(value), " ", "_"))
		state := reviewpkgv1.FindingState(reviewpkgv1.FindingState_value["FINDING_STATE_"+word])
		if state > 0 && state != reviewpkgv1.FindingState_FINDING_STATE_REJECTED {
			f.SetState(state)
		}
	default:
		return ""
	}
	return label
}

// findingList sets a field that is a list, and returns its name.
func findingList(f *reviewpkgv1.Finding, label, value string) string {
	switch label {
	case "attack":
		f.SetAttackTechniques(techniques(value))
		return "attack_techniques"
	case "actors":
		f.SetAffectedNames(affectedNames(value))
		return "affected_names"
	case "stride":
		f.SetStride(strides(value))
	case "references":
		f.SetReferences(linkMessages(value))
	case "trackers":
		f.SetTrackers(append(f.GetTrackers(), trackers(value, reviewpkgv1.TrackerRelation_TRACKER_RELATION_TRACKS)...))
	case "suggested controls":
		f.SetSuggestedControls(strings.Split(value, "\n"))
		return "suggested_controls"
	case "cwe":
		f.SetCwes(cwes(value))
		return "cwes"
	default:
		return ""
	}
	return label
}

// findingRating sets a field that is a level, and returns its name.
func (r *reader) findingRating(f *reviewpkgv1.Finding, label, value string, row *row) string {
	switch label {
	case "impact":
		f.SetImpact(r.level(value, row))
	case "likelihood":
		f.SetLikelihood(r.level(value, row))
	case "risk":
		f.SetOverall(r.level(value, row))
		return "overall"
	default:
		return ""
	}
	return label
}
