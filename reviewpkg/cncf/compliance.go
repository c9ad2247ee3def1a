package cncf

import (
	"regexp"
	"slices"
	"strings"

	"github.com/reviewpkg/sdk/internal/intake"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// readCompliance reads whether the project states compliance, and with what. 33
// of 43 documents name no standard, and 7 say that the question does not apply.
// To say so takes them a sentence as long as an answer.
func (r *reader) readCompliance() {
	s := r.found[compliance]
	c := &reviewpkgv1.Compliance{}
	if s != nil {
		r.unwrapLabel(s)
		c.SetText(r.narrative(compliance, r.at("compliance.text")))
		text := c.GetText().GetText()
		c.SetStatus(complianceStatus(c.GetText()))
		// A denial in many words is one all the same.
		if c.GetStatus() == reviewpkgv1.ComplianceStatus_COMPLIANCE_STATUS_NONE_DECLARED {
			c.GetText().SetPresence(reviewpkgv1.Presence_PRESENCE_NONE_DECLARED)
			r.states[compliance] = reviewpkgv1.Presence_PRESENCE_NONE_DECLARED
		}
		r.statedClaims(s, c)
		// A denial stands for the whole section, even if it names standards.
		if c.GetStatus() == 0 && len(c.GetClaims()) == 0 {
			for _, claim := range claims(text) {
				claim.SetRelation(nearestRelation(text, claim))
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
	if s := r.found[existingAudits]; s != nil {
		// What it becomes a value of is decided by what it says.
		if n := r.answer(existingAudits, s, r.fullText(s)); n != nil {
			r.readAudits(c, n)
		}
	}
	if !intake.IsEmpty(c) {
		r.a.SetCompliance(c)
	}
}

// unwrapLabel takes the bullet off the answer: the template has one bullet below
// the heading, which begins with the same word and a full stop.
func (r *reader) unwrapLabel(s *section) {
	if s.lead != "" || len(s.blocks) == 0 || s.blocks[0].kind != list || len(s.blocks[0].kids) != 1 {
		return
	}
	it := s.blocks[0].kids[0]
	// What is nested is read with its own indentation, and alone for that.
	if len(it.kids) == 0 || it.kids[0].kind != paragraph || len(it.kids) > 1 && len(s.blocks) > 1 {
		return
	}
	first := r.itemText(&block{kind: item, start: it.start, end: it.kids[0].end, kids: it.kids[:1]})
	for _, l := range leadCandidates(first) {
		if key(l.label) == "compliance" && (l.rest != "" || len(it.kids) > 1) {
			s.lead, s.blocks = l.rest, slices.Concat(it.kids[1:], s.blocks[1:])
			if len(s.blocks) == len(it.kids)-1 {
				s.indent = it.indent(r.page)
			}
			return
		}
	}
}

// relationTurn is where a sentence begins to say something else of another
// standard.
var relationTurn = regexp.MustCompile(`[,;]\s|\s(?:and|but|while)\s`)

// nearestRelation returns the relation that is stated of a standard where a
// sentence states several: that of its clause, or of the last one before it,
// for lists of standards are divided like clauses.
func nearestRelation(text string, c *reviewpkgv1.ComplianceClaim) reviewpkgv1.ComplianceRelation {
	relation := c.GetRelation()
	for sentence := range strings.SplitSeq(strings.ReplaceAll(text, "\n", ". "), ". ") {
		if !strings.Contains(sentence, c.GetStandard()) || relationOf(intake.Fold(plainText(sentence))) != c.GetRelation() {
			continue
		}
		for _, clause := range relationTurn.Split(sentence, -1) {
			if own := relationOf(intake.Fold(plainText(clause))); own != 0 {
				relation = own
			}
			if strings.Contains(clause, c.GetStandard()) {
				return relation
			}
		}
	}
	return c.GetRelation()
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
	return complianceWords.in(folded) && complianceDenied.in(folded)
}

var (
	complianceWords  = newPhrases("complian", "comply", "standard", "certif", "meet", "regulat")
	complianceDenied = newPhrases("does not", "do not", "doesn t", "no specific", "not currently", "no particular", "not been", "has not", "is not", "no mention", "no security standards",
		"not comply", "no formal", "not yet", "no documented", "not document")
)
