package cncf

import (
	"strings"

	"github.com/reviewpkg/sdk/internal/intake"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// standards are the names of standards as documents write them. A claim is only
// read about one of these: prose about compliance in general is none. They are
// the examples of the templates, what the documents name, and what is usual.
var standards = []string{
	"PCI-DSS", "PCI DSS", "COBIT", "ISO 27001", "ISO/IEC 27001", "ISO 27017", "ISO 27018", "GDPR", "HIPAA", "SOC 2", "SOC2", "FedRAMP", "FIPS 140-2", "FIPS 140-3", "FIPS",
	"NIST SP 800-190", "NIST SP 800-53", "NIST 800-53", "NIST 800-190", "NIST SP 800-218", "SLSA", "CIS Benchmark", "CIS Kubernetes Benchmark", "HITRUST", "HiTrust",
	"Pod Security Standard", "Common Criteria", "CCPA", "OCI Image", "OCI Runtime", "OCI Distribution", "CSA STAR", "RATS", "DISA STIG", "STIG",
}

// relationWords are the words for what a project does about a standard. Their
// index is the value of the enum.
func relationWords() []string {
	return []string{"", "complies", "implements", "follows", "aligned", "enables"}
}

// statedClaims reads the items of a list that say in so many words what the
// project does about a standard: "**PCI DSS**: complies". Only the documents of
// this package have such items; people write sentences.
func (r *reader) statedClaims(s *section, c *reviewpkgv1.Compliance) {
	l, _, _ := r.listEntries(s, noGroups)
	for i := range l.entries {
		e := &l.entries[i]
		word, evidence, _ := strings.Cut(e.text, "\n")
		if f := e.field("evidence"); f != nil {
			evidence = f.value
		}
		for relation, known := range relationWords() {
			if known == "" || strings.TrimRight(word, ".") != known || e.label == "" {
				continue
			}
			claim := reviewpkgv1.ComplianceClaim_builder{
				Id: r.id("claim", e.label, e.id), Standard: e.label, Relation: reviewpkgv1.ComplianceRelation(relation), //nolint:gosec // an index of the list
				Scope: e.value("scope"), ValidatedBy: e.value("validated by"), Evidence: linkMessages(evidence),
			}.Build()
			c.SetClaims(append(c.GetClaims(), claim))
			r.claimEntry(r.item("compliance.claims", claim.GetId()), e)
			// The item leaves the text, or it would be there twice.
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

// claims reads statements about standards, sentence by sentence: the standard
// and a verb that says what the project does about it, without a denial. A list
// of specifications that a project implements is not compliance, but authors
// put theirs here; the verb tells the two apart.
func claims(text string) []*reviewpkgv1.ComplianceClaim {
	var out []*reviewpkgv1.ComplianceClaim
	seen := map[string]bool{}
	for sentence := range strings.SplitSeq(strings.ReplaceAll(text, "\n", ". "), ". ") {
		folded := intake.Fold(plainText(sentence))
		relation := relationOf(folded)
		// What is denied or planned is not so. Better no claim than a wrong
		// one: the text says the rest.
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

// relations are the words for what a project does about a standard. A project
// that helps its users to comply does not comply by that, so this is asked
// first.
var relations = []struct {
	said *phrases
	is   reviewpkgv1.ComplianceRelation
}{
	{newPhrases("helps", "allows users", "enables"), reviewpkgv1.ComplianceRelation_COMPLIANCE_RELATION_ENABLES}, // for others, and not for itself
	{
		newPhrases("complies", "compliant", "certified", "meets", "achieved", "conforms", "conformance"), // somebody could check it
		reviewpkgv1.ComplianceRelation_COMPLIANCE_RELATION_COMPLIES,
	},
	{newPhrases("implements", "implementation of"), reviewpkgv1.ComplianceRelation_COMPLIANCE_RELATION_IMPLEMENTS}, // of a specification
	{newPhrases("follows", "adheres", "following"), reviewpkgv1.ComplianceRelation_COMPLIANCE_RELATION_FOLLOWS},    // its own word for it
	{newPhrases("aligned", "aligns"), reviewpkgv1.ComplianceRelation_COMPLIANCE_RELATION_ALIGNED},                  // the weakest
}

func relationOf(folded string) reviewpkgv1.ComplianceRelation {
	for _, r := range relations {
		if r.said.in(folded) {
			return r.is
		}
	}
	return 0
}
