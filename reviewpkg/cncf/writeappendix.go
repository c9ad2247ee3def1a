package cncf

import (
	"strings"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// appendix writes the appendix. The badge is no part of the joint template, and
// is written there only if there is one.
func (w *writer) appendix(level int, a *reviewpkgv1.Appendix, practices bool) {
	w.heading(level, "Appendix")
	if a.HasText() {
		w.line(w.answer(a.GetText()))
	}
	w.bullet("Known Issues Over Time.", nil, w.itemParts(a.GetKnownIssuesNote(), w.issues("issue", a.GetKnownIssues()), false)...)
	// A badge as the reader knows it again: programme, address, state.
	var badges []string
	for _, b := range a.GetBadges() {
		state := inline(strings.ReplaceAll(b.GetLevel(), ";", ",")) // behind the first semicolon is the score
		if b.GetScore() != "" {
			state += "; " + inline(b.GetScore())
		}
		item := "* [" + inline(b.GetProgramme()) + "](" + target(b.GetUrl()) + ")"
		if state != "" {
			item += ": " + state
		}
		badges = append(badges, item)
	}
	// The bullet has another name for every generation; this is the newest.
	if practices || len(badges) > 0 || a.HasBestPracticesNote() {
		var nested []string
		if len(badges) > 0 {
			nested = append(nested, strings.Join(badges, "\n"))
		}
		w.bullet("Open SSF Best Practices.", a.GetBestPracticesNote(), nested...)
	}
	var list []string
	for _, c := range a.GetCaseStudies() {
		text := w.prose(c.GetScenario(), true)
		if c.GetAdopter() != "" {
			text = w.named(c.GetAdopter(), visible(c.GetScenario()))
		}
		list = append(list, w.listItem(text, "", "", ""))
	}
	// An adopter is the name of the item and the scenario its text. The template
	// asks for scenarios only, so that one without an adopter has no name.
	w.bullet("Case Studies.", nil, w.itemParts(a.GetCaseStudiesNote(), list, true)...)
	// No part of the template, so only if there are any.
	if len(a.GetReferences()) > 0 {
		var refs []string
		for _, l := range a.GetReferences() {
			refs = append(refs, "* "+linkText(l))
		}
		w.bullet("References.", nil, strings.Join(refs, "\n"))
	}
	list = nil
	for _, r := range a.GetRelatedProjects() {
		text := w.named(r.GetName(), r.GetComparison())
		// The name becomes the link, unless the text has the address already.
		if r.GetUrl() != "" && !strings.Contains(r.GetComparison(), r.GetUrl()) {
			name := bold(r.GetName())
			rest := strings.TrimPrefix(text, name)
			text = "[" + strings.Trim(name, "*") + "](" + target(r.GetUrl()) + ")" + rest
		}
		list = append(list, w.listItem(text, "", "", ""))
	}
	w.bullet("Related Projects / Vendors.", nil, w.itemParts(a.GetRelatedProjectsNote(), list, false)...)
}
