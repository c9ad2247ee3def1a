package rubric

import (
	"testing"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
	"github.com/reviewpkg/sdk/reviewpkg"
)

// hint is an effort of some hours.
func hint(hours uint32, role reviewpkgv1.EffortRole) *reviewpkgv1.EffortHint {
	return reviewpkgv1.EffortHint_builder{HoursMin: hours / 2, HoursLikely: hours, HoursMax: 2 * hours, Role: role}.Build()
}

const (
	reviewer  = reviewpkgv1.EffortRole_EFFORT_ROLE_REVIEWER
	developer = reviewpkgv1.EffortRole_EFFORT_ROLE_DEVELOPER
	writer    = reviewpkgv1.EffortRole_EFFORT_ROLE_WRITER
)

// withEfforts adds to a rubric what everything takes: a code change 20 hours, a
// change of design 80, guidance 8, any other remedy 24, a rating 2, a gap 3, a
// review of it all 40; of each criterion a level 10 and its review 4. It has bands
// of confidence as well.
func withEfforts(r *reviewpkgv1.Rubric) *reviewpkgv1.Rubric {
	remedy := func(remedy reviewpkgv1.Remedy, hours uint32, role reviewpkgv1.EffortRole) *reviewpkgv1.RemedyEffort {
		return reviewpkgv1.RemedyEffort_builder{Remedy: remedy, Effort: hint(hours, role)}.Build()
	}
	r.SetRemedyEfforts([]*reviewpkgv1.RemedyEffort{
		remedy(reviewpkgv1.Remedy_REMEDY_CODE_CHANGE, 20, developer),
		remedy(reviewpkgv1.Remedy_REMEDY_DESIGN_CHANGE, 80, developer),
		remedy(reviewpkgv1.Remedy_REMEDY_DEPLOYMENT_GUIDANCE, 8, writer),
		remedy(0, 24, developer),
	})
	r.SetRatingEffort(hint(2, reviewer))
	r.SetGapEffort(hint(3, writer))
	r.SetRenewalEffort(hint(40, reviewer))
	r.SetTierValues(reviewpkgv1.EvidenceTierValues_builder{
		Asserted: 100, Documented: 400, ReviewerVerified: 800, IndependentlyValidated: 1000,
	}.Build())
	r.SetConfidenceBands(nil)
	for i, least := range []uint32{0, 300, 600, 900} {
		r.SetConfidenceBands(append(r.GetConfidenceBands(), reviewpkgv1.ConfidenceBand_builder{
			MinPermille: least, Confidence: reviewpkgv1.ConfidenceLevel(i + 1),
		}.Build()))
	}
	for _, c := range r.GetCriteria() {
		c.SetRaiseEffort(hint(10, developer))
		c.SetReviewEffort(hint(4, reviewer))
	}
	return r
}

// judgeFor returns a judge that allows drafts.
func judgeFor(t testing.TB, r *reviewpkgv1.Rubric, policy *reviewpkgv1.Policy, o CompareOptions) *Judge {
	t.Helper()
	o.Rubric, o.AllowDraft = r, true
	j, err := o.Judge(policy)
	if err != nil {
		t.Fatal(err)
	}
	return j
}

// mustPlan plans, and checks that the plan is valid.
func mustPlan(t interface{ Fatal(...any) }, j *Judge, p *reviewpkgv1.ReviewPackage, o PlanOptions) *reviewpkgv1.Plan {
	plan, err := j.Plan(p, o)
	if err != nil {
		t.Fatal(err)
	}
	if err := reviewpkg.Validate(plan); err != nil {
		t.Fatal(err)
	}
	return plan
}

// chosen returns the ids of the chosen actions, as the plan has them.
func chosen(plan *reviewpkgv1.Plan) []string {
	var ids []string
	for _, a := range plan.GetActions() {
		if a.GetChosen() {
			ids = append(ids, a.GetId())
		}
	}
	return ids
}

// actionOf returns an action of a plan.
func actionOf(t testing.TB, plan *reviewpkgv1.Plan, id string) *reviewpkgv1.PlanAction {
	t.Helper()
	for _, a := range plan.GetActions() {
		if a.GetId() == id {
			return a
		}
	}
	t.Fatalf("there is no action %s", id)
	return nil
}
