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
	case oneOf(k, "summary", "title", "finding", "finding name", "name"): // the header of the table
		return "title"
	case strings.HasPrefix(k, "discovered in self assessment"), strings.HasPrefix(k, "in self assessment"): // yes for 3 of 14
		return "in_self"
	case oneOf(k, "weakness", "description", "issue", "details"): // what is wrong
		return "description"
	case oneOf(k, "mitre classification", "mitre att ck classification", "mitre att ck", "att ck", "att ck classification", "classification"): // tactics with techniques
		return "attack"
	case oneOf(k, "actors", "actor", "affected actors", "affected component", "affected components", "component", "components"): // 13 of 14 name the same one
		return "actors"
	case oneOf(k, "suggested mitigation", "mitigation", "recommendation", "suggested mitigations", "mitigations", "recommended control", "recommended mitigation"): // pages of it, in HTML
		return "recommendation"
	case oneOf(k, "state", "status"):
		return "state"
		// Labels that are fields of the model by the same name, folded.
	case oneOf(k, "impact", "likelihood", "severity", "discussion", "risk", "stride", "references", "reviewer", "priority", "cwe", "number", "trackers", "suggested controls", "investigation results"):
		return k
	case k == "impact description":
		return "impact_description"
	case oneOf(k, "overall risk", "overall risk rating", "risk rating"):
		return "risk"
	default:
		return ""
	}
}

// findingField sets a field of a finding from its labelled cell. Impact and
// likelihood are two scales in the template, and nobody combines them; an
// overall rating is what a document declares, and never computed.
func (r *reader) findingField(f *reviewpkgv1.Finding, label, value string, row *row) {
	name, raw := findingText(f, label, value), ""
	if name == "" {
		name = findingList(f, label, value)
	}
	if name == "" {
		name = r.findingPeople(f, label, value, row)
	}
	if name == "" {
		// The word beside the level is kept: scales differ between reviews.
		name, raw = r.findingRating(f, label, value, row), value
	}
	if name == "" {
		return
	}
	// A value that its field cannot hold left it empty, and claims nothing: the
	// line then stays among what was not read.
	m := f.ProtoReflect()
	if fd := m.Descriptor().Fields().ByName(protoName(name)); m.Has(fd) {
		r.Claim(`findings["`+f.GetId()+`"].`+name, row.start, row.end, reviewpkgv1.Derivation_DERIVATION_TABLE_CELL, raw)
	}
}

// findingText sets a field that is one text or one word, and returns its name.
func findingText(f *reviewpkgv1.Finding, label, value string) string {
	switch label {
	case "description": // several labels, each a part of it
		f.SetDescription(joinText(f.GetDescription(), value))
	case "discussion": // two of 14 have one
		f.SetDiscussion(value)
	case "impact_description": // of OpenStack findings
		f.SetImpactDescription(value)
	case "number": // of the hands-on table
		f.SetNumber(plainText(value))
	case "in_self":
		f.SetInSelfAssessment(yesNo(value))
		return "in_self_assessment"
	case "severity": // a word of any scale
		f.SetSeverityText(plainText(value))
		return "severity_text"
	case "recommendation":
		f.SetRecommendation(value)
		f.SetTrackers(trackers(value, reviewpkgv1.TrackerRelation_TRACKER_RELATION_TRACKS))
	case "investigation results":
		f.SetInvestigationResults(value)
		return "investigation_results"
	case "state": // of this package
		// Rejected is left out, for it needs a reason that the word does not give.
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
	case "attack": // N/A gives none
		f.SetAttackTechniques(techniques(value))
		return "attack_techniques"
	case "actors":
		f.SetAffectedNames(affectedNames(value))
		return "affected_names"
	case "stride": // also in threat models
		f.SetStride(strides(value))
	case "references":
		f.SetReferences(linkMessages(value))
	case "trackers": // those that the recommendation does not link
		f.SetTrackers(append(f.GetTrackers(), trackers(value, reviewpkgv1.TrackerRelation_TRACKER_RELATION_TRACKS)...))
	case "suggested controls": // one a line
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

// findingPeople sets who raised a finding, and returns the name of the field.
// The template of the hands-on assessment has a column for it.
func (r *reader) findingPeople(f *reviewpkgv1.Finding, label, value string, row *row) string {
	if label != "reviewer" {
		return ""
	}
	role := reviewpkgv1.RoleKind_ROLE_KIND_SECURITY_REVIEWER
	// Who tried the project out need not be who reviewed its documents.
	if f.GetOrigin() == reviewpkgv1.FindingOrigin_FINDING_ORIGIN_HANDS_ON {
		role = reviewpkgv1.RoleKind_ROLE_KIND_HANDS_ON_REVIEWER
	}
	k := keyLine{key: label, value: value, start: row.start, end: row.end, how: reviewpkgv1.Derivation_DERIVATION_TABLE_CELL}
	for _, id := range r.readPeople(k, role) {
		if !oneOf(id, f.GetRaisedByIds()...) {
			f.SetRaisedByIds(append(f.GetRaisedByIds(), id))
		}
	}
	return "raised_by_ids"
}

// findingRating sets a field that is a level, and returns its name.
func (r *reader) findingRating(f *reviewpkgv1.Finding, label, value string, row *row) string {
	switch label {
	case "impact": // High for 9 of 14
		f.SetImpact(r.level(value, row))
	case "likelihood": // Low for 12 of 14
		f.SetLikelihood(r.level(value, row))
	case "risk":
		f.SetOverall(r.level(value, row))
		return "overall"
	default:
		return ""
	}
	return label
}
