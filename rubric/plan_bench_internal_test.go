package rubric

import (
	"fmt"
	"testing"
	"time"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// hardPlan returns a rubric, a policy and a package about which 25 things can be
// done: criteria of one dimension with weights and costs that go together, so
// that none is the obvious one to begin with, and for the rest findings of three
// dimensions, each of which counts among the findings as well.
func hardPlan(criteria int) (*reviewpkgv1.Rubric, *reviewpkgv1.Policy, *reviewpkgv1.ReviewPackage) {
	r := withEfforts(smallRubric())
	criterion := r.GetCriteria()[0]
	r.SetCriteria(nil)
	p := withFindings()
	p.SetNoFindingsStatement("none")
	p.SetPeople([]*reviewpkgv1.Person{reviewpkgv1.Person_builder{Id: "ann", Roles: []*reviewpkgv1.Role{
		reviewpkgv1.Role_builder{Kind: reviewpkgv1.RoleKind_ROLE_KIND_SECURITY_REVIEWER}.Build(),
	}}.Build()})
	for i := range criteria {
		c := reviewpkgv1.Criterion_builder{
			Id: fmt.Sprintf("X.%02d", i), DimensionId: "X", Statement: "Is it there?", Weight: uint32(300 + 37*i%101),
			Levels: criterion.GetLevels(), RaiseEffort: hint(uint32(300+37*i%101), developer), ReviewEffort: hint(uint32(150+11*i%17), reviewer),
		}
		r.SetCriteria(append(r.GetCriteria(), c.Build()))
		level := uint32(i % 2)
		p.SetScores(append(p.GetScores(), reviewpkgv1.RubricScore_builder{
			Id: fmt.Sprint("s", i), Rubric: "small", RubricVersion: "1.0.0", Criterion: c.Id, State: stateLevel, Level: &level,
			ScorerId: "ann", EvidenceIds: []string{"e"}, Tier: tierDocumented,
		}.Build()))
	}
	for i := range 25 - criteria {
		f := finding(fmt.Sprint("f", i), reviewpkgv1.Level(i%5+1), high)
		f.SetDimension([]string{"X", "Y", "Z"}[i%3])
		f.SetRemedy(reviewpkgv1.Remedy(i % 3))
		p.SetFindings(append(p.GetFindings(), f))
	}
	for _, id := range []string{"Y", "Z"} {
		if criteria == 25 {
			break // a dimension without findings and criteria is not assessed
		}
		r.SetDimensions(append(r.GetDimensions(), reviewpkgv1.Dimension_builder{Id: id, Title: id, Statement: "?", Exposure: high}.Build()))
	}
	policy := DefaultPolicy()
	policy.SetRubric("small")
	policy.SetCompleteness(nil)
	policy.SetAppetites(nil)
	policy.SetOverall(reviewpkgv1.Appetite_builder{Appetite: low, Tolerance: medium}.Build())
	return r, policy, p
}

// An exact plan for 25 things that can be done costs less than scoring the same
// package 2000 times.
func BenchmarkPlan(b *testing.B) {
	for _, test := range []struct {
		criteria int
		budget   uint32
	}{{25, 0}, {13, 0}, {0, 0}, {13, 2500}} {
		budget := test.budget
		b.Run(fmt.Sprintf("criteria=%d,findings=%d,budget=%d", test.criteria, 25-test.criteria, budget), func(b *testing.B) {
			r, policy, p := hardPlan(test.criteria)
			j := judgeFor(b, r, policy, CompareOptions{})
			var planning, scoring time.Duration
			for b.Loop() {
				start := time.Now()
				plan, err := j.Plan(p, PlanOptions{BudgetHours: budget})
				if err != nil {
					b.Fatal(err)
				}
				middle := time.Now()
				if _, err := j.score(p, time.Time{}); err != nil {
					b.Fatal(err)
				}
				planning, scoring = planning+middle.Sub(start), scoring+time.Since(middle)
				if budget == 0 && (!plan.GetExact() || plan.GetAfter() != warn) {
					b.Fatal("the plan does not reach the target, or is not exact")
				}
				b.ReportMetric(float64(plan.GetHours()), "hours")
				b.ReportMetric(map[bool]float64{true: 1}[plan.GetExact()], "exact")
			}
			b.ReportMetric(float64(planning)/float64(scoring), "plan/score")
		})
	}
}
