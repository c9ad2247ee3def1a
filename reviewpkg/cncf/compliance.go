package cncf

import (
	"strings"

	"github.com/reviewpkg/sdk/internal/intake"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// standards are the names of standards as documents write them. A claim is
// only read about one of these: prose about compliance in general is none.
var standards = []string{
	"PCI-DSS", "PCI DSS", "COBIT", "ISO 27001", "ISO/IEC 27001", "ISO 27017", "ISO 27018", "GDPR", "HIPAA", "SOC 2", "SOC2", "FedRAMP", "FIPS 140-2", "FIPS 140-3", "FIPS",
	"NIST SP 800-190", "NIST SP 800-53", "NIST 800-53", "NIST 800-190", "NIST SP 800-218", "SLSA", "CIS Benchmark", "CIS Kubernetes Benchmark", "HITRUST", "HiTrust",
	"Pod Security Standard", "Common Criteria", "CCPA", "OCI Image", "OCI Runtime", "OCI Distribution", "CSA STAR", "RATS", "DISA STIG", "STIG",
}

// readCompliance reads whether the project states compliance, and with what.
func (r *reader) readCompliance() {
	s := r.found[compliance]
	c := &reviewpkgv1.Compliance{}
	if s != nil {
		c.SetText(r.narrative(compliance, r.at("compliance.text")))
		text := c.GetText().GetText()
		c.SetStatus(complianceStatus(c.GetText()))
		if c.GetStatus() == reviewpkgv1.ComplianceStatus_COMPLIANCE_STATUS_NONE_DECLARED {
			c.GetText().SetPresence(reviewpkgv1.Presence_PRESENCE_NONE_DECLARED)
			r.states[compliance] = reviewpkgv1.Presence_PRESENCE_NONE_DECLARED
		}
		r.statedClaims(s, c)
		if c.GetStatus() == 0 && len(c.GetClaims()) == 0 {
			for _, claim := range claims(text) {
				claim.SetId(r.Import().ID(r.prefix+"claim", claim.GetStandard()))
				c.SetClaims(append(c.GetClaims(), claim))
				r.Claim(r.item("compliance.claims", claim.GetId()), s.start, r.fullEnd(s), reviewpkgv1.Derivation_DERIVATION_INFERRED, "")
			}
		}
		if c.GetStatus() == 0 && len(c.GetClaims()) > 0 {
			c.SetStatus(reviewpkgv1.ComplianceStatus_COMPLIANCE_STATUS_DECLARED)
		}
		if c.GetStatus() != 0 {
			r.Claim(r.at("compliance.status"), s.start, s.end, reviewpkgv1.Derivation_DERIVATION_INFERRED, "")
		}
		r.count(compliance, len(c.GetClaims()))
	}
	if n := r.narrative(existingAudits, r.at("compliance.audits")); n != nil {
		r.readAudits(c, n)
	}
	if !intake.IsEmpty(c) {
		r.a.SetCompliance(c)
	}
}

// relationWords are the words for what a project does about a standard.
func relationWords() []string {
	return []string{"", "complies", "implements", "follows", "aligned", "enables"}
}

// statedClaims reads the items of a list that say in so many words what the
// project does about a standard: "**PCI DSS**: complies".
func (r *reader) statedClaims(s *section, c *reviewpkgv1.Compliance) {
	l, _, _ := r.listEntries(s, noGroups)
	for i := range l.entries {
		e := &l.entries[i]
		word, rest, _ := strings.Cut(e.text, "\n")
		for relation, known := range relationWords() {
			if known == "" || strings.TrimRight(word, ".") != known || e.label == "" {
				continue
			}
			claim := reviewpkgv1.ComplianceClaim_builder{
				Id: r.id("claim", e.label, e.id), Standard: e.label, Relation: reviewpkgv1.ComplianceRelation(relation), //nolint:gosec // an index of the list
				Scope: e.value("scope"), ValidatedBy: e.value("validated by"), Evidence: linkMessages(rest),
			}.Build()
			c.SetClaims(append(c.GetClaims(), claim))
			r.claimEntry(r.item("compliance.claims", claim.GetId()), e)
			if text := c.GetText().GetText(); text != "" {
				lines := strings.TrimSpace(dedent(r.Lines(e.start, e.end), s.indent))
				text = strings.TrimSpace(strings.Replace(text, strings.TrimSpace(stripComments(lines)), "", 1))
				c.GetText().SetText(text)
				if text == "" {
					c.ClearText()
				}
			}
		}
	}
}

// complianceStatus reads whether a project says that it complies with nothing,
// or that the question does not apply. A text that lists standards has no
// status yet.
func complianceStatus(n *reviewpkgv1.Narrative) reviewpkgv1.ComplianceStatus {
	switch n.GetPresence() {
	case reviewpkgv1.Presence_PRESENCE_NOT_APPLICABLE:
		return reviewpkgv1.ComplianceStatus_COMPLIANCE_STATUS_NOT_APPLICABLE
	case reviewpkgv1.Presence_PRESENCE_NONE_DECLARED:
		return reviewpkgv1.ComplianceStatus_COMPLIANCE_STATUS_NONE_DECLARED
	default:
	}
	first, _, _ := strings.Cut(n.GetText(), ". ")
	if isDenial(intake.Fold(plainText(first))) {
		return reviewpkgv1.ComplianceStatus_COMPLIANCE_STATUS_NONE_DECLARED
	}
	return reviewpkgv1.ComplianceStatus_COMPLIANCE_STATUS_UNSPECIFIED
}

// isDenial reports whether a sentence says that there is no compliance to speak
// of.
func isDenial(folded string) bool {
	denies := containsAny(folded, "does not", "do not", "doesn t", "no specific", "not currently", "no particular", "not been", "has not", "is not", "no mention", "no security standards", "not comply", "no formal", "not yet", "no documented", "not document")
	about := containsAny(folded, "complian", "comply", "standard", "certif", "meet", "regulat")
	return denies && about
}

// claims reads statements about standards, sentence by sentence: the standard
// and a verb that says what the project does about it, without a denial.
func claims(text string) []*reviewpkgv1.ComplianceClaim {
	var out []*reviewpkgv1.ComplianceClaim
	seen := map[string]bool{}
	for sentence := range strings.SplitSeq(strings.ReplaceAll(text, "\n", ". "), ". ") {
		folded := intake.Fold(plainText(sentence))
		relation := relationOf(folded)
		if relation == 0 || containsAny(folded, " not ", "does not", "no longer", "working towards", "working toward", "plan") {
			continue
		}
		for _, name := range standards {
			i := strings.Index(sentence, name)
			if i < 0 || seen[intake.Fold(name)] || i > 0 && isWord(sentence[i-1]) {
				continue
			}
			seen[intake.Fold(name)] = true
			// The shorter name is part of the longer one.
			for _, other := range standards {
				if strings.Contains(name, other) {
					seen[intake.Fold(other)] = true
				}
			}
			out = append(out, reviewpkgv1.ComplianceClaim_builder{Standard: name, Relation: relation, Evidence: linkMessages(sentence)}.Build())
		}
	}
	return out
}

func relationOf(folded string) reviewpkgv1.ComplianceRelation {
	switch {
	case containsAny(folded, "helps", "allows users", "enables"):
		return reviewpkgv1.ComplianceRelation_COMPLIANCE_RELATION_ENABLES
	case containsAny(folded, "complies", "compliant", "certified", "meets", "achieved", "conforms", "conformance"):
		return reviewpkgv1.ComplianceRelation_COMPLIANCE_RELATION_COMPLIES
	case containsAny(folded, "implements", "implementation of"):
		return reviewpkgv1.ComplianceRelation_COMPLIANCE_RELATION_IMPLEMENTS
	case containsAny(folded, "follows", "adheres", "following"):
		return reviewpkgv1.ComplianceRelation_COMPLIANCE_RELATION_FOLLOWS
	case containsAny(folded, "aligned", "aligns"):
		return reviewpkgv1.ComplianceRelation_COMPLIANCE_RELATION_ALIGNED
	default:
		return 0
	}
}

// readAudits reads the audits that a section names. What it says stays with the
// audit as its scope; an audit needs an auditor, so that a text without one is
// text of the compliance section.
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
// who audit projects of the foundation.
func auditorOf(title string) string {
	for _, name := range []string{"Cure53", "Trail of Bits", "Ada Logics", "NCC Group", "X41", "Quarkslab", "Ostif", "OSTIF", "Atredis", "Doyensec", "Include Security", "ControlPlane"} {
		if strings.Contains(strings.ToLower(title), strings.ToLower(name)) {
			return name
		}
	}
	return ""
}
