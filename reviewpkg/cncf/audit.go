package cncf

import (
	"strings"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// readAudits reads the audits that a section names. What it says stays with the
// audit as its scope; an audit needs an auditor, so that a text without one is
// text of the compliance section. 52 files of the community speak of audits,
// most of them in a sentence. A link whose title names the auditor is the only
// form that says who audited.
func (r *reader) readAudits(c *reviewpkgv1.Compliance, n *reviewpkgv1.Narrative) {
	s := r.found[existingAudits]
	var left []string
	for _, passage := range passages(n.GetText()) {
		audits := auditsIn(passage)
		// Words about several audits are not divided among them.
		if len(audits) != 1 {
			left = append(left, passage)
		}
		c.SetAudits(append(c.GetAudits(), audits...))
	}
	if len(c.GetAudits()) > 0 {
		r.count(existingAudits, len(c.GetAudits()))
		r.Claim(r.at("compliance.audits"), s.start, r.fullEnd(s), s.how, "")
		if len(left) == 0 {
			return
		}
		n.SetText(strings.Join(left, "\n\n"))
	}
	text := joinText(c.GetText().GetText(), n.GetText())
	if c.HasText() && text != c.GetText().GetText() {
		c.GetText().SetText(text)
		c.GetText().SetPresence(0)
	} else if !c.HasText() {
		c.SetText(n)
	}
	r.Claim(r.at("compliance.text"), s.start, r.fullEnd(s), s.how, "")
}

// auditsIn returns the audits that a passage links. What it says beside the link
// of the only one is its scope.
func auditsIn(passage string) []*reviewpkgv1.Audit {
	var out []*reviewpkgv1.Audit
	title := ""
	for _, l := range links(passage) {
		auditor := auditorOf(l.title)
		if m := l.message(); m != nil && auditor != "" && !l.image {
			title = l.title
			out = append(out, reviewpkgv1.Audit_builder{Auditor: auditor, Report: m}.Build())
		}
	}
	if len(out) == 1 && withoutLinks(passage) != strings.Trim(title, " .,;:()[]-") {
		out[0].SetScope(passage)
	}
	return out
}

// passages cuts a text into its paragraphs and the items of its lists, without
// their bullets.
func passages(text string) []string {
	var out, lines []string
	end := func() {
		if len(lines) > 0 {
			out = append(out, strings.Join(lines, "\n"))
		}
		lines = nil
	}
	for line := range strings.SplitSeq(text, "\n") {
		trimmed := strings.TrimSpace(line)
		item := len(trimmed) > 2 && strings.IndexByte("*-+", trimmed[0]) >= 0 && trimmed[1] == ' '
		switch {
		case trimmed == "":
			end()
		case item:
			end()
			lines = append(lines, strings.TrimSpace(trimmed[2:]))
		default:
			lines = append(lines, trimmed)
		}
	}
	end()
	return out
}

// auditorOf returns the auditor that the title of a report names, among those
// who audit projects of the foundation. A title that names nobody may be the
// auditor's, the project's or the page's, and nothing tells which.
func auditorOf(title string) string {
	for _, name := range []string{"Cure53", "Trail of Bits", "Ada Logics", "NCC Group", "X41", "Quarkslab", "Ostif", "OSTIF", "Atredis", "Doyensec", "Include Security", "ControlPlane"} {
		if strings.Contains(strings.ToLower(title), strings.ToLower(name)) {
			return name
		}
	}
	return ""
}
