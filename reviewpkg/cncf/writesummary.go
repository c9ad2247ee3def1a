package cncf

import (
	"strings"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// summary returns the joint README. Keys without a value are left out.
//
// The template has keys for four roles. Others have a part in the review as
// well, and would be lost from a document that names the four alone. The lists
// of recommendations come in the order of the template, in which the reader
// takes them, so that a package comes back as it was.
func (w *writer) summary() string {
	s := w.p.GetSummary()
	w.heading(1, inline(w.name)+" TAG-Security Security Assessment")
	w.notices()
	w.keyLine("Completed", inline(dateText(s.GetCompleted())))
	w.keyLine("Security reviewers", w.persons(s.GetReviewerIds()))
	w.keyLine("Project security lead", w.persons(s.GetProjectSecurityLeadIds()))
	w.keyLine("Project team", w.persons(s.GetProjectTeamIds()))
	w.otherPeople(reviewpkgv1.RoleKind_ROLE_KIND_AUTHOR, reviewpkgv1.RoleKind_ROLE_KIND_CONTRIBUTOR, reviewpkgv1.RoleKind_ROLE_KIND_MAINTAINER,
		reviewpkgv1.RoleKind_ROLE_KIND_SECURITY_REVIEWER, reviewpkgv1.RoleKind_ROLE_KIND_PROJECT_SECURITY_LEAD, reviewpkgv1.RoleKind_ROLE_KIND_PROJECT_TEAM)
	w.keyLine("Project version reviewed", inline(s.GetVersionReviewed()))
	// One key for each: the reader takes several lines with the same key, and one
	// line with several addresses would be a sentence.
	for _, l := range s.GetSourceCode() {
		w.keyLine("Source code", linkText(l))
	}
	w.keyLine("Web site", target(s.GetWebsite()))
	w.part(2, "Background", s.GetBackground())
	w.heading(3, "Maturity")
	var list []string
	for _, m := range s.GetMaturityItems() {
		list = append(list, w.listItem(w.prose(m, true), "", "", ""))
	}
	w.items(s.GetMaturity(), list, false)
	w.heading(2, "Summary")
	if s.HasText() {
		w.line(w.answer(s.GetText()))
	}
	w.part(3, "Design", s.GetDesign())
	w.part(3, "Analysis", s.GetAnalysis())
	// The note comes before the lists. Behind them it would be the text of the
	// last recommendation.
	w.part(2, "Recommendations", s.GetRecommendationsNote())
	for _, a := range []struct {
		title    string
		audience reviewpkgv1.Audience
	}{
		{"CNCF recommendations", reviewpkgv1.Audience_AUDIENCE_FOUNDATION}, {"Project recommendations", reviewpkgv1.Audience_AUDIENCE_PROJECT},
		{"Additional recommendations", reviewpkgv1.Audience_AUDIENCE_COMMUNITY},
	} {
		w.heading(3, a.title)
		var items []string
		for _, r := range w.p.GetRecommendations() {
			if r.GetAudience() == a.audience {
				items = append(items, w.recommendation(r))
			}
		}
		// An empty list would look like one that was forgotten.
		if len(items) == 0 {
			items = []string{notStated}
		}
		w.line(strings.Join(items, "\n\n"))
	}
	// At the end, below the last list, where the template has it.
	w.keyLine("Tracking issue", trackerText(s.GetTrackingIssue()))
	w.keyLine("Tracking board", trackerText(s.GetTrackingBoard()))
	return w.b.String()
}

// keyLine writes a key with its value, on a line of its own.
func (w *writer) keyLine(key, value string) {
	if strings.TrimSpace(value) != "" {
		w.line(key + ": " + value)
	}
}

// persons returns people by their ids, in one line.
func (w *writer) persons(ids []string) string {
	var list []*reviewpkgv1.Person
	// In the order of the ids, which is that of the document they were read from.
	for _, id := range ids {
		for _, p := range w.p.GetPeople() {
			if p.GetId() == id {
				list = append(list, p)
			}
		}
	}
	return peopleText(list)
}

// trackerText returns a tracker as a link.
func trackerText(t *reviewpkgv1.Tracker) string {
	switch {
	case t == nil:
		return ""
	case t.GetLabel() == "":
		return "<" + target(t.GetUrl()) + ">"
	default:
		return "[" + linkTitle(t.GetLabel()) + "](" + target(t.GetUrl()) + ")"
	}
}

// missingTrackers returns an item with the trackers that a text does not link.
// The reader finds those that the text has by itself.
func missingTrackers(list []*reviewpkgv1.Tracker, text string) []string {
	var missing []string
	for _, t := range list {
		// A link that the text has is a tracker again when it is read; said twice,
		// it would be two.
		if !strings.Contains(text, t.GetUrl()) {
			missing = append(missing, trackerText(t))
		}
	}
	if len(missing) == 0 {
		return nil
	}
	return []string{"* Trackers: " + strings.Join(missing, " ")}
}

// recommendation returns a recommendation as an item, with its points and what
// became of it below. Its state stands in one word, and what the project said
// about it in its own.
func (w *writer) recommendation(r *reviewpkgv1.Recommendation) string {
	var nested []string
	for _, p := range r.GetPoints() {
		text := w.prose(p.GetText(), true)
		if _, ok := dispositionOf(text); ok || strings.HasPrefix(text, "Trackers: ") {
			text = quote(text) // a point, and not what became of it
		}
		nested = append(nested, "* "+strings.TrimPrefix(indented(text), "  "))
	}
	nested = append(nested, missingTrackers(r.GetTrackers(), r.GetText()+" "+r.GetDispositionText())...)
	// A word and a full stop, and nothing else: any longer remark is read by its
	// first words, and may be taken for another state.
	if r.GetDisposition() != 0 {
		nested = append(nested, "* "+dispositionWords()[min(int(r.GetDisposition()), len(dispositionWords())-1)]+".")
	}
	if text := r.GetDispositionText(); text != "" {
		nested = append(nested, "* "+strings.TrimPrefix(indented(w.prose(text, true)), "  "))
	}
	return w.listItem(w.prose(r.GetText(), true), "rec", nameOf(r.GetText(), 40), r.GetId(), nested...)
}
