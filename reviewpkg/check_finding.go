package reviewpkg

import (
	"fmt"

	"google.golang.org/protobuf/reflect/protoreflect"

	"github.com/reviewpkg/sdk/internal/inwords"
	"github.com/reviewpkg/sdk/internal/rating"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// findings applies the rules that concern single findings. Disputed findings
// stand in a list of their own because the assertion is about an agreed set;
// they are rated like the others, and nobody signs them.
func (c *checker) findings() {
	// Always this one, whatever rubric is used later: validity must not depend on
	// who judges.
	matrix := rating.OWASP()
	// A variant that is not in the package is a lost reference, and no more.
	unreviewed := map[string]bool{}
	for _, v := range c.pkg.GetArchitecture().GetDeployment().GetVariants() {
		unreviewed[v.GetId()] = !v.GetReviewed()
	}
	for i, f := range c.pkg.GetFindings() {
		// Nearly all findings keep all rules, and their paths are never read.
		path := func() string { return c.at("findings", i, f.GetId()) }
		c.rating(matrix, path, f)
		c.variants(unreviewed, path, f)
		if f.GetAgreement().GetState() == reviewpkgv1.AgreementState_AGREEMENT_STATE_DISPUTED {
			c.report(MisplacedFinding, LevelError, "openstack.FI5", path()+".agreement.state",
				"a disputed finding stands among those that both sides agree on", "move it to disputed_findings")
		}
		c.signatures(path, f)
		c.closing(path, f)
	}
	for i, f := range c.pkg.GetDisputedFindings() {
		// An agreement that says nothing is no dispute either.
		path := func() string { return c.at("disputed_findings", i, f.GetId()) }
		c.rating(matrix, path, f)
		c.variants(unreviewed, path, f)
		if f.GetAgreement().GetState() != reviewpkgv1.AgreementState_AGREEMENT_STATE_DISPUTED {
			c.report(MisplacedFinding, LevelError, "openstack.FI5", path()+".agreement.state",
				"a finding that nobody disputes stands among the disputed ones", "move it to findings, or set the agreement to DISPUTED")
		}
	}
}

// rating compares the declared overall risk with the OWASP matrix, the one
// that agrees best with what OpenStack published; two of its eight ratings of
// barbican still differ. A difference with a stated reason is therefore a note,
// one without a warning; the declared rating stands. Where the reviewer gave a
// range, any rating within it can be meant, and nothing is compared.
func (c *checker) rating(matrix *reviewpkgv1.RiskMatrix, path func() string, f *reviewpkgv1.Finding) {
	if f.GetLikelihoodMax() != 0 || f.GetImpactMax() != 0 || f.GetOverall() == 0 {
		return
	}
	computed, ok := rating.Lookup(matrix, f.GetLikelihood(), f.GetImpact())
	if !ok || !rating.Differs(f.GetLikelihood(), f.GetImpact(), f.GetOverall(), computed) {
		return
	}
	level, hint := LevelWarning, "check the rating, or say why in rating_rationale"
	if f.GetRatingRationale() != "" {
		level, hint = LevelNote, ""
	}
	c.report(RatingDivergence, level, "openstack.FI7", path()+".overall",
		fmt.Sprintf("likelihood %s and impact %s make %s by the OWASP matrix, and %s is declared",
			inwords.Enum(f.GetLikelihood()), inwords.Enum(f.GetImpact()), inwords.Enum(computed), inwords.Enum(f.GetOverall())), hint)
}

// variants reports findings about a variant of the deployment that the review
// did not cover. That is a warning: somebody may know of a weakness there, and
// nobody looked for others.
func (c *checker) variants(unreviewed map[string]bool, path func() string, f *reviewpkgv1.Finding) {
	for i, id := range f.GetVariantIds() {
		if unreviewed[id] {
			c.report(UnreviewedVariant, LevelWarning, "openstack.FI8", fmt.Sprintf("%s.variant_ids[%d]", path(), i),
				fmt.Sprintf("variant %s was not reviewed", quote(id)), "")
		}
	}
}

// closing reports a finding that is closed by a word alone. A verified fix and
// a mitigation have something that shows them, and a rejection somebody on the
// side of the reviewers who signed it. Published documents give a link at most,
// so it is a warning; whether the finding still counts is for the score.
func (c *checker) closing(path func() string, f *reviewpkgv1.Finding) {
	switch f.GetState() {
	case reviewpkgv1.FindingState_FINDING_STATE_VERIFIED_FIXED, reviewpkgv1.FindingState_FINDING_STATE_MITIGATED:
		if len(f.GetStateEvidenceIds()) == 0 {
			c.report(InsufficientEvidence, LevelWarning, "finding.closed", path()+".state_evidence_ids",
				"nothing shows that the finding is "+inwords.Enum(f.GetState()), "name the evidence or artifact that shows it")
		}
	case reviewpkgv1.FindingState_FINDING_STATE_REJECTED:
		if f.GetAgreement().GetReviewer().GetPersonId() == "" {
			c.report(InsufficientEvidence, LevelWarning, "finding.rejected", path()+".agreement.reviewer",
				"no reviewer signed the rejection of the finding", "it counts as open until a reviewer signs agreement.reviewer")
		}
	default:
		// Open findings need no evidence for being open.
	}
}

// signatures reports an agreement that one person signed for both sides. Who
// may sign for which side is a matter of completeness.
func (c *checker) signatures(path func() string, f *reviewpkgv1.Finding) {
	project := f.GetAgreement().GetProject().GetPersonId()
	if project != "" && project == f.GetAgreement().GetReviewer().GetPersonId() {
		c.report(ConflictOfInterest, LevelError, "openstack.FI4", path()+".agreement.reviewer.person_id",
			fmt.Sprintf("%s signs for the project and for the reviewers", quote(project)), "two people must agree")
	}
}

// architecture applies the rules that concern single interfaces. An entry point
// need not lead to a component: data can enter over a connection that the
// component opens itself, such as to a queue of events.
func (c *checker) architecture() {
	for i, x := range c.pkg.GetArchitecture().GetInterfaces() {
		path := func() string { return c.at("architecture.interfaces", i, x.GetId()) + ".to_id" }
		// DF1: what leads to itself says nothing about its ends, whatever they are.
		if x.GetFromId() == x.GetToId() && x.GetToId() != "" {
			c.report(Inconsistent, LevelError, "openstack.DF1", path(),
				fmt.Sprintf("the interface leads from %s to itself", quote(x.GetToId())), "calls inside a process are no interfaces")
			continue
		}
		from, to := c.index.items[x.GetFromId()], c.index.items[x.GetToId()]
		// An end that is missing or no endpoint has been reported as a reference.
		if !isEndpoint(from) || !isEndpoint(to) || isComponent(from) || isComponent(to) {
			continue
		}
		// DF2 and EP2 are one mistake here, and the graver rule is named.
		rule, what := "openstack.DF2", "an interface"
		if x.GetEntryPoint() {
			rule, what = "openstack.EP2", "an entry point"
		}
		c.report(Inconsistent, LevelError, rule, path(),
			what+" has no component of the project at either end", "one end must be a component of the architecture")
	}
}

func isEndpoint(item protoreflect.Message) bool { return item != nil && accepts(endpoint, item) }

func isComponent(item protoreflect.Message) bool {
	_, ok := item.Interface().(*reviewpkgv1.Component)
	return ok
}
