package cncf

import (
	"strings"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// finding writes a finding as the table of two columns that joint assessments
// have. Labels are that review's; those that it lacks are named by the fields
// of the model.
func (w *writer) finding(f *reviewpkgv1.Finding) {
	title := inline(f.GetTitle())
	if f.GetKind() == reviewpkgv1.FindingKind_FINDING_KIND_INFORMATIONAL {
		title = "INFORMATIONAL: " + title
	}
	rows := []string{tableRow([]string{"Summary", title}), "| -- | -- |"}
	add := func(label, value string) {
		if strings.TrimSpace(value) != "" {
			rows = append(rows, tableRow([]string{label, cell(value)}))
		}
	}
	add("Number", inline(f.GetNumber()))
	add("Discovered in self-assessment?", map[reviewpkgv1.Answer]string{1: "Yes", 2: "No", 3: "Unknown"}[f.GetInSelfAssessment()])
	add("Weakness", f.GetDescription())
	add("Discussion", f.GetDiscussion())
	add("Impact description", f.GetImpactDescription())
	var techniques []string
	for _, t := range f.GetAttackTechniques() {
		techniques = append(techniques, techniqueText(t))
	}
	add("MITRE classification", strings.Join(techniques, "\n"))
	var stride []string
	for _, s := range f.GetStride() {
		stride = append(stride, strings.ToLower(strings.ReplaceAll(strings.TrimPrefix(s.String(), "STRIDE_"), "_", " ")))
	}
	add("STRIDE", strings.Join(stride, ", "))
	var names []string
	for _, n := range f.GetAffectedNames() {
		names = append(names, inline(n))
	}
	add("Actors", strings.Join(names, ", "))
	add("Suggested Mitigation", f.GetRecommendation())
	add("Suggested controls", strings.Join(f.GetSuggestedControls(), "\n"))
	add("Investigation results", f.GetInvestigationResults())
	var open []string
	for _, t := range f.GetTrackers() {
		// The reader finds links in the recommendation by itself.
		if !strings.Contains(f.GetRecommendation(), t.GetUrl()) {
			open = append(open, trackerText(t))
		}
	}
	add("Trackers", strings.Join(open, " "))
	add("CWE", strings.Join(f.GetCwes(), ", "))
	add("Impact", levelWord(f.GetImpact()))
	add("Likelihood", levelWord(f.GetLikelihood()))
	add("Overall risk", levelWord(f.GetOverall()))
	add("Severity", inline(f.GetSeverityText()))
	add("References", strings.Join(linkTexts(f.GetReferences()), " "))
	// Reported is what the reader assumes.
	if f.GetState() > reviewpkgv1.FindingState_FINDING_STATE_REPORTED {
		add("State", strings.ToLower(strings.ReplaceAll(strings.TrimPrefix(f.GetState().String(), "FINDING_STATE_"), "_", " ")))
	}
	// A table with two rows is no finding to the reader.
	if len(rows) < 4 {
		rows = append(rows, "| Discussion | |", "| Weakness | |")
	}
	w.line(rows...)
}

// techniqueText returns a technique with its tactic before it, and the name of
// each behind its id.
func techniqueText(t *reviewpkgv1.AttackTechnique) string {
	names := strings.SplitN(t.GetName(), " -> ", 2)
	var parts []string
	for i, id := range []string{t.GetTactic(), t.GetTechnique()} {
		if id == "" {
			continue
		}
		name := ""
		if k := i - (2 - len(names)); len(names) == 2 {
			name = names[i]
		} else if k >= 0 || t.GetTechnique() == "" {
			name = names[0]
		}
		if name != "" {
			id += ": " + inline(name)
		}
		parts = append(parts, id)
	}
	return strings.Join(parts, " -> ")
}

// hygiene writes practices and their state, a table for each topic. The topic
// is a heading, as the reader takes it from there.
func (w *writer) hygiene(level int, list []*reviewpkgv1.HygieneItem) {
	for i := 0; i < len(list); {
		topic := list[i].GetTopic()
		w.heading(level, w.title(topic, "Topic"))
		rows := []string{"| Aspect | Status |", "| -- | -- |"}
		for ; i < len(list) && list[i].GetTopic() == topic; i++ {
			rows = append(rows, tableRow([]string{inline(list[i].GetAspect()), cell(list[i].GetStatus())}))
		}
		w.line(rows...)
	}
}

// levelWord returns a level in the words that the reader knows.
func levelWord(l reviewpkgv1.Level) string {
	return []string{"", "Very low", "Low", "Medium", "High", "Critical"}[max(0, min(int(l), 5))]
}
