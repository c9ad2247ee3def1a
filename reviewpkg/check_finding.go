package reviewpkg

import (
	"fmt"

	"google.golang.org/protobuf/reflect/protoreflect"

	"github.com/reviewpkg/sdk/internal/inwords"
	"github.com/reviewpkg/sdk/internal/rating"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// findings applies the rules that concern single findings.
func (c *checker) findings() {
	matrix := rating.OWASP()
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
	}
	for i, f := range c.pkg.GetDisputedFindings() {
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
// that agrees best with what OpenStack published. A difference with a stated
// reason is a note, one without a warning; the declared rating stands.
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

func (c *checker) variants(unreviewed map[string]bool, path func() string, f *reviewpkgv1.Finding) {
	for i, id := range f.GetVariantIds() {
		if unreviewed[id] {
			c.report(UnreviewedVariant, LevelWarning, "openstack.FI8", fmt.Sprintf("%s.variant_ids[%d]", path(), i),
				fmt.Sprintf("variant %s was not reviewed", quote(id)), "")
		}
	}
}

// signatures reports an agreement that one person signed for both sides.
func (c *checker) signatures(path func() string, f *reviewpkgv1.Finding) {
	project := f.GetAgreement().GetProject().GetPersonId()
	if project != "" && project == f.GetAgreement().GetReviewer().GetPersonId() {
		c.report(ConflictOfInterest, LevelError, "openstack.FI4", path()+".agreement.reviewer.person_id",
			fmt.Sprintf("%s signs for the project and for the reviewers", quote(project)), "two people must agree")
	}
}

// architecture applies the rules that concern single interfaces.
func (c *checker) architecture() {
	for i, x := range c.pkg.GetArchitecture().GetInterfaces() {
		path := func() string { return c.at("architecture.interfaces", i, x.GetId()) + ".to_id" }
		if x.GetFromId() == x.GetToId() && x.GetToId() != "" {
			c.report(Inconsistent, LevelError, "openstack.DF1", path(),
				fmt.Sprintf("the interface leads from %s to itself", quote(x.GetToId())), "calls inside a process are no interfaces")
			continue
		}
		from, to := c.index.items[x.GetFromId()], c.index.items[x.GetToId()]
		if from == nil || to == nil || isComponent(from) || isComponent(to) {
			continue
		}
		rule, what := "openstack.DF2", "an interface"
		if x.GetEntryPoint() {
			rule, what = "openstack.EP2", "an entry point"
		}
		c.report(Inconsistent, LevelError, rule, path(),
			what+" has no component of the project at either end", "one end must be a component of the architecture")
	}
}

func isComponent(item protoreflect.Message) bool {
	_, ok := item.Interface().(*reviewpkgv1.Component)
	return ok
}
