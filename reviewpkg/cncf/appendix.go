package cncf

import (
	"strings"

	"github.com/reviewpkg/sdk/internal/intake"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// readAppendix reads the appendix and its parts.
func (r *reader) readAppendix() {
	a := &reviewpkgv1.Appendix{}
	a.SetText(r.narrative(appendix, r.at("appendix.text")))
	if s := r.found[knownIssues]; s != nil {
		list, note := r.issues(s, knownIssues, "appendix.known_issues", "issue")
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

// readBadges reads the badges that a section links to. Its text stays a note:
// it says what the badge means.
func (r *reader) readBadges(a *reviewpkgv1.Appendix) {
	s := r.found[bestPractices]
	text := ""
	if s != nil {
		text = r.fullText(s)
	}
	for _, b := range r.allBadges(text) {
		a.SetBadges(append(a.GetBadges(), b))
		path := r.at("appendix.badges[" + itoa(len(a.GetBadges())-1) + "]")
		if i := strings.Index(r.Text, b.GetUrl()); i >= 0 {
			r.Claim(path, r.LineAt(i), r.LineAt(i)+1, reviewpkgv1.Derivation_DERIVATION_STATED, "")
		} else if s != nil {
			r.Claim(path, s.start, r.fullEnd(s), s.how, "")
		}
	}
	if s == nil {
		return
	}
	text = withoutBadgeItems(text)
	if text == "" && len(a.GetBadges()) > 0 {
		r.states[bestPractices] = reviewpkgv1.Presence_PRESENCE_ANSWERED
		r.count(bestPractices, len(a.GetBadges()))
		return
	}
	a.SetBestPracticesNote(r.answer(bestPractices, s, text))
	r.count(bestPractices, len(a.GetBadges()))
	if a.HasBestPracticesNote() {
		r.claimSection(s, r.at("appendix.best_practices_note"))
	}
}

// allBadges returns the badges of the section about them, and those that other
// parts of the document show.
func (r *reader) allBadges(text string) []*reviewpkgv1.Badge {
	out := badges(text)
	for _, l := range r.allLinks() {
		if programmeOf(l.target) == "" {
			continue
		}
		for _, b := range badges(r.Line(r.LineAt(l.at))) {
			if badgeNamed(out, b) < 0 {
				out = append(out, b)
			}
		}
	}
	return out
}

// withoutBadgeItems removes the items that name a badge and its state and say
// nothing else.
func withoutBadgeItems(text string) string {
	var kept []string
	for line := range strings.SplitSeq(text, "\n") {
		if _, ok := badgeItem(line); !ok {
			kept = append(kept, line)
		}
	}
	return strings.TrimSpace(strings.Join(kept, "\n"))
}

// badgeItem reads an item "* [programme](url): level, score".
func badgeItem(line string) (*reviewpkgv1.Badge, bool) {
	rest, ok := strings.CutPrefix(strings.TrimSpace(line), "* ")
	if !ok {
		return nil, false
	}
	title, target, rest, ok := cutLink(rest)
	programme := programmeOf(target)
	if !ok || programme == "" || plainText(title) != programme || intake.URI(target) == "" {
		return nil, false
	}
	b := reviewpkgv1.Badge_builder{Programme: programme, Url: intake.URI(target)}.Build()
	state, ok := strings.CutPrefix(rest, ": ")
	if !ok && rest != "" {
		return nil, false
	}
	level, score, _ := strings.Cut(state, "; ")
	b.SetLevel(plainText(level))
	b.SetScore(plainText(score))
	return b, true
}

// badges reads the badges that a text names, by the addresses of the programmes.
func badges(text string) []*reviewpkgv1.Badge {
	var out []*reviewpkgv1.Badge
	for _, line := range badgeLines(text) {
		if b, ok := badgeItem(line); ok {
			out = append(out, b)
			continue
		}
		for _, l := range links(line) {
			programme := programmeOf(l.target)
			url := intake.URI(strings.TrimSuffix(l.target, "/badge"))
			if programme == "" || url == "" {
				continue
			}
			b := reviewpkgv1.Badge_builder{Programme: programme, Url: url, Level: badgeLevel(line, programme)}.Build()
			if i := badgeNamed(out, b); i >= 0 {
				if out[i].GetLevel() == "" {
					out[i].SetLevel(b.GetLevel())
				}
				continue
			}
			out = append(out, b)
		}
	}
	return out
}

// badgeLines returns the paragraphs and items of a text; a level belongs to the
// badge beside it.
func badgeLines(text string) []string {
	var out []string
	for _, p := range strings.Split(text, "\n\n") {
		if strings.Contains(p, "\n- ") || strings.HasPrefix(p, "- ") || strings.Contains(p, "\n* ") {
			out = append(out, strings.Split(p, "\n")...)
			continue
		}
		out = append(out, p)
	}
	return out
}

func badgeNamed(list []*reviewpkgv1.Badge, b *reviewpkgv1.Badge) int {
	for i, have := range list {
		if have.GetProgramme() == b.GetProgramme() && projectID(have.GetUrl()) == projectID(b.GetUrl()) {
			return i
		}
	}
	return -1
}

// projectID returns the number of a project in the address of its badge, or the
// address itself: the badge and the page behind it are one.
func projectID(url string) string {
	if _, rest, ok := strings.Cut(url, "/projects/"); ok {
		end := strings.IndexAny(rest, "/?#")
		if end < 0 {
			end = len(rest)
		}
		return rest[:end]
	}
	return url
}

// programmeOf returns the programme that an address belongs to, if it is that
// of one project there.
func programmeOf(target string) string {
	switch {
	case containsAny(target, "bestpractices.dev", "bestpractices.coreinfrastructure.org"):
		if id := projectID(target); digits(id) {
			return "OpenSSF Best Practices"
		}
	case containsAny(target, "securityscorecards.dev", "scorecard.dev"):
		return "OpenSSF Scorecard"
	case strings.Contains(target, "clomonitor.io"):
		return "CLOMonitor"
	case strings.Contains(target, "goreportcard.com"):
		return "Go Report Card"
	}
	return ""
}

// badgeLevel reads the level of a badge from the words beside it. What is only
// aimed at is no level.
func badgeLevel(text, programme string) string {
	if programme == "Go Report Card" && containsWord(text, "A+") {
		return "A+"
	}
	if programme != "OpenSSF Best Practices" {
		return ""
	}
	lower := strings.ToLower(plainText(text))
	found, at := "", len(lower)
	for _, w := range []struct{ word, level string }{
		{"gold", "gold"}, {"silver", "silver"}, {"passing", "passing"}, {"passes", "passing"}, {"passed", "passing"}, {"pass ", "passing"},
	} {
		i := strings.Index(lower, w.word)
		if i < 0 || i >= at {
			continue
		}
		// "working towards silver", "in the process of gold".
		before := lower[max(0, i-60):i]
		if !containsAny(before, "toward", "process of", "working", "plan", "goal", "not yet", "in progress", "to achieve", "not been") {
			found, at = w.level, i
		}
	}
	if found == "" && strings.Contains(lower, "in progress") {
		return "in progress"
	}
	return found
}

// readCaseStudies reads case studies: items, sections, or paragraphs.
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
		text := e.whole()
		if text == "" || r.template(e.start, e.end, text) {
			continue
		}
		c := reviewpkgv1.CaseStudy_builder{Scenario: text, Links: linkMessages(joinText(linkOf(e), text))}.Build()
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

// readRelated reads related projects. Each needs a name; prose stays a note.
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
		if r.template(e.start, e.end, e.whole()) {
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
		if name == "" || key(name) == r.name {
			note = joinText(note, "- "+e.whole())
			continue
		}
		if before, after, ok := strings.Cut(name, " vs "); ok && key(before) == r.name {
			name = strings.TrimSpace(after)
		}
		p := reviewpkgv1.RelatedProject_builder{Name: name, Comparison: e.text}.Build()
		if u := intake.URI(e.target); u != "" {
			p.SetUrl(u)
		} else if u := firstURL(joinText(e.raw, e.text)); u != "" {
			p.SetUrl(u)
		}
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
