package cncf

import (
	"strings"

	"github.com/reviewpkg/sdk/internal/intake"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// readAppendix reads the appendix and its parts. It is a list of bullets in the
// template. 31 of 48 authors have headings there and 32 have prose; what cannot
// be divided is the text of the appendix.
func (r *reader) readAppendix() {
	a := &reviewpkgv1.Appendix{}
	// The text comes first, for what is read as items is not in it.
	a.SetText(r.narrative(appendix, r.at("appendix.text")))
	if s := r.found[knownIssues]; s != nil {
		list, note := r.issues(s, "appendix.known_issues", "issue")
		a.SetKnownIssues(list)
		a.SetKnownIssuesNote(r.note(knownIssues, s, note, len(list), r.at("appendix.known_issues_note")))
	}
	r.readBadges(a)
	r.readCaseStudies(a)
	r.readRelated(a)
	if s := r.found[references]; s != nil {
		a.SetReferences(linkMessages(r.fullText(s)))
		r.count(references, len(a.GetReferences()))
		if len(a.GetReferences()) > 0 {
			r.states[references] = reviewpkgv1.Presence_PRESENCE_ANSWERED
			r.claimSection(s, r.at("appendix.references"))
		}
	}
	if !intake.IsEmpty(a) {
		r.a.SetAppendix(a)
	}
}

// readCaseStudies reads case studies: items, sections, or paragraphs. The
// template asks for two or three scenarios in words, and 16 of 21 sections have
// them as prose. Sentences that say that there are none are no case.
func (r *reader) readCaseStudies(a *reviewpkgv1.Appendix) {
	s := r.found[caseStudies]
	if s == nil {
		return
	}
	l := r.entries(s, noGroups)
	if len(l.entries) == 0 && listPresence(l.note) == reviewpkgv1.Presence_PRESENCE_UNSPECIFIED {
		l = r.paragraphs(s)
	}
	var list []*reviewpkgv1.CaseStudy
	for i := range l.entries {
		e := &l.entries[i]
		text := e.linked()
		if e.target != "" { // which the links have
			text = e.whole()
		}
		if text == "" || r.template(e.start, e.end, text) {
			continue
		}
		c := reviewpkgv1.CaseStudy_builder{Scenario: text, Links: linkMessages(joinText(linkOf(e), joinText(e.raw, text)))}.Build()
		// A name before the story is the adopter.
		if e.label != "" && e.text != "" {
			c.SetAdopter(e.label)
			c.SetScenario(e.text)
		}
		list = append(list, c)
		r.claimEntry(r.at("appendix.case_studies["+itoa(len(list)-1)+"]"), e)
	}
	a.SetCaseStudies(list)
	a.SetCaseStudiesNote(r.note(caseStudies, s, l.note, len(list), r.at("appendix.case_studies_note")))
}

// readRelated reads related projects. Each needs a name; prose stays a note. A
// name is the bold word, the link or the heading of an entry; an address stands
// for one if nothing else does.
func (r *reader) readRelated(a *reviewpkgv1.Appendix) {
	s := r.found[relatedProjects]
	if s == nil {
		return
	}
	l := r.entries(s, noGroups)
	var list []*reviewpkgv1.RelatedProject
	note := l.note
	for i := range l.entries {
		e := &l.entries[i]
		if r.templateEntry(e) {
			continue
		}
		name := e.label
		if name == "" {
			name = leadingLink(e.text)
		}
		if name == "" {
			if u := firstURL(e.text); u != "" && withoutLinks(e.text) == "" {
				name = u
			}
		}
		// The project itself stands among the others in comparisons.
		if name == "" || key(name) == r.name {
			note = joinText(note, "- "+e.linked())
			continue
		}
		// "This vs That" is a comparison with That.
		if before, after, ok := strings.Cut(name, " vs "); ok && key(before) == r.name {
			name = strings.TrimSpace(after)
		}
		p := reviewpkgv1.RelatedProject_builder{Name: name, Comparison: e.text}.Build()
		if u := intake.URI(e.target); u != "" {
			p.SetUrl(u)
		} else if u := firstURL(joinText(e.raw, e.text)); u != "" {
			p.SetUrl(u)
		}
		// An address alone compares nothing.
		if p.GetComparison() == p.GetUrl() {
			p.SetComparison("")
		}
		list = append(list, p)
		r.claimEntry(r.at("appendix.related_projects["+itoa(len(list)-1)+"]"), e)
	}
	a.SetRelatedProjects(list)
	a.SetRelatedProjectsNote(r.note(relatedProjects, s, note, len(list), r.at("appendix.related_projects_note")))
}

// leadingLink returns the text of the link that a text begins with.
func leadingLink(text string) string {
	title, _, _, ok := cutLink(text)
	if !ok {
		return ""
	}
	return plainText(title)
}
