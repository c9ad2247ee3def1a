package cncf

import (
	"strings"

	"github.com/reviewpkg/sdk/internal/intake"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// readCompliance reads whether the project states compliance, and with what. 33
// of 43 documents state that they comply with nothing, and 7 that the question
// does not apply; the sentence is as long as an answer and is none.
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
		// A denial stands for the whole section, even if it names standards.
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

// complianceStatus reads whether a project says that it complies with nothing,
// or that the question does not apply. A text that lists standards has no
// status yet. The first sentence decides: what follows explains, and often
// names the standards that the project has nothing to do with.
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
// of. Both a denial and what it is about are asked for. A sentence that a
// feature is not enabled denies as well, and something else.
func isDenial(folded string) bool {
	denies := containsAny(folded, "does not", "do not", "doesn t", "no specific", "not currently", "no particular", "not been", "has not", "is not", "no mention", "no security standards", "not comply", "no formal", "not yet", "no documented", "not document")
	about := containsAny(folded, "complian", "comply", "standard", "certif", "meet", "regulat")
	return denies && about
}
