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
	for _, l := range links(n.GetText()) {
		auditor := auditorOf(l.title)
		if m := l.message(); m != nil && auditor != "" && !l.image {
			c.SetAudits(append(c.GetAudits(), reviewpkgv1.Audit_builder{Auditor: auditor, Report: m}.Build()))
		}
	}
	if len(c.GetAudits()) > 0 {
		r.count(existingAudits, len(c.GetAudits()))
		r.Claim(r.at("compliance.audits"), s.start, r.fullEnd(s), s.how, "")
		return
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
