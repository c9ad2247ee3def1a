package rubric

import (
	"fmt"
	"slices"

	"pgregory.net/rapid"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// drawPlanPolicy draws a policy for the small rubric.
func drawPlanPolicy(t *rapid.T) *reviewpkgv1.Policy {
	level := func(name string, from reviewpkgv1.Level) reviewpkgv1.Level {
		return reviewpkgv1.Level(rapid.Int32Range(int32(from), int32(highest)).Draw(t, name))
	}
	appetite := func(dimension string) *reviewpkgv1.Appetite {
		b := reviewpkgv1.Appetite_builder{
			Dimension: dimension, Appetite: level("appetite", lowest),
			Unknown: reviewpkgv1.UnknownMode(rapid.Int32Range(0, 3).Draw(t, "unknown")),
		}
		if rapid.Bool().Draw(t, "tolerant") {
			b.Tolerance = level("tolerance", b.Appetite)
		}
		if rapid.IntRange(0, 3).Draw(t, "asks for confidence") == 0 {
			b.MinConfidence = reviewpkgv1.ConfidenceLevel(rapid.Int32Range(1, 3).Draw(t, "confidence"))
		}
		return b.Build()
	}
	policy := DefaultPolicy()
	policy.SetRubric("small")
	policy.SetCompleteness(nil)
	policy.SetAppetites(nil)
	policy.ClearOverall()
	if rapid.IntRange(0, 4).Draw(t, "freshness") == 0 {
		policy.SetFreshness(reviewpkgv1.FreshnessRequirement_builder{MaxAgeDays: 100}.Build())
	}
	for _, d := range []string{"X", "Y", "F"} {
		if rapid.Bool().Draw(t, "appetite for "+d) {
			policy.SetAppetites(append(policy.GetAppetites(), appetite(d)))
		}
	}
	if len(policy.GetAppetites()) == 0 || rapid.Bool().Draw(t, "overall") {
		policy.SetOverall(appetite(""))
	}
	if rapid.IntRange(0, 3).Draw(t, "deadlines") == 0 {
		policy.SetDeadlines([]*reviewpkgv1.Deadline{reviewpkgv1.Deadline_builder{
			Level: level("deadline", lowest), Days: 30, Unknown: reviewpkgv1.UnknownMode(rapid.Int32Range(0, 3).Draw(t, "undated")),
		}.Build()})
	}
	if rapid.IntRange(0, 5).Draw(t, "exposure") == 0 {
		policy.SetExposures([]*reviewpkgv1.ExposureOverlay{reviewpkgv1.ExposureOverlay_builder{Dimension: "X", Exposure: level("exposure", lowest)}.Build()})
	}
	// To do more never makes one of these worse.
	for i, rule := range []struct {
		target    reviewpkgv1.RuleTarget
		condition string
	}{
		{reviewpkgv1.RuleTarget_RULE_TARGET_FINDING, "!open(finding) || risk(finding) <= level('medium')"},
		{reviewpkgv1.RuleTarget_RULE_TARGET_FINDING, "!open(finding) || finding.recommendation != ''"},
		{reviewpkgv1.RuleTarget_RULE_TARGET_PACKAGE, "size(pkg.findings.filter(f, open(f))) < 2"},
		{reviewpkgv1.RuleTarget_RULE_TARGET_DIMENSION, "dimension.dimension == 'Y' || risk(dimension) <= level('high')"},
		{reviewpkgv1.RuleTarget_RULE_TARGET_CRITERION, "criterion.level_min >= 2u"},
	} {
		if rapid.IntRange(0, 4).Draw(t, "has a rule") == 0 {
			policy.SetRules(append(policy.GetRules(), reviewpkgv1.PolicyRule_builder{
				Id: fmt.Sprint("r", i), Statement: "It is as it should be.", Target: rule.target, Condition: rule.condition,
				Severity: rapid.SampledFrom([]reviewpkgv1.Outcome{0, warn}).Draw(t, "severity"),
			}.Build()))
		}
	}
	if rapid.IntRange(0, 4).Draw(t, "has waiver rules") == 0 {
		policy.SetWaiverRules(reviewpkgv1.WaiverRules_builder{
			MinApprovals: 2, ApproverRoles: []string{"chief"}, MaxActive: rapid.Uint32Range(0, 2).Draw(t, "waivers at most"),
			NotWaivable: rapid.SampledFrom([][]string{nil, {"overall"}, {"appetite.F"}}).Draw(t, "cannot be waived"),
		}.Build())
	}
	return policy
}

// drawPlanRubric draws what the actions of the small rubric take, and adds a
// dimension Y without criteria and sometimes a gate or a tier.
func drawPlanRubric(t *rapid.T) *reviewpkgv1.Rubric {
	r := withEfforts(smallRubric())
	r.SetDimensions(append(r.GetDimensions(), reviewpkgv1.Dimension_builder{Id: "Y", Title: "Y", Statement: "?", Exposure: high}.Build()))
	hours := func() uint32 { return rapid.Uint32Range(1, 12).Draw(t, "hours") }
	for _, e := range r.GetRemedyEfforts() {
		e.SetEffort(hint(hours(), developer))
	}
	r.SetRatingEffort(hint(hours(), reviewer))
	r.SetRenewalEffort(nil)
	if rapid.IntRange(0, 3).Draw(t, "renewals") == 0 {
		r.SetRenewalEffort(hint(hours(), reviewer))
	}
	for _, c := range r.GetCriteria() {
		if rapid.IntRange(0, 3).Draw(t, "ages") == 0 {
			c.SetEvidence(reviewpkgv1.EvidenceRule_builder{MaxAgeDays: 100}.Build())
		}
		c.SetRaiseEffort(hint(hours(), developer))
		c.SetReviewEffort(hint(hours(), reviewer))
		if rapid.IntRange(0, 3).Draw(t, "gated") == 0 {
			c.SetGate(reviewpkgv1.Gate_builder{MinLevel: rapid.Uint32Range(1, 3).Draw(t, "gate"), CapPermille: 300}.Build())
		}
		if rapid.IntRange(0, 3).Draw(t, "tiered") == 0 {
			c.GetLevels()[3].SetMinTier(tierVerified)
		}
	}
	return r
}

// drawPlanPackage draws a package about which not too much can be done.
func drawPlanPackage(t *rapid.T) *reviewpkgv1.ReviewPackage {
	p := drawPackage(t)
	p.SetFindings(p.GetFindings()[:min(3, len(p.GetFindings()))])
	p.SetDisputedFindings(p.GetDisputedFindings()[:min(1, len(p.GetDisputedFindings()))])
	for _, f := range slices.Concat(p.GetFindings(), p.GetDisputedFindings()) {
		f.SetDimension(rapid.SampledFrom([]string{"", "X", "Y", "F"}).Draw(t, "dimension"))
		f.SetRemedy(reviewpkgv1.Remedy(rapid.Int32Range(0, 4).Draw(t, "remedy")))
		if rapid.Bool().Draw(t, "controls") {
			f.SetSuggestedControls([]string{"a wall"})
		}
		if rapid.Bool().Draw(t, "dated") {
			f.SetRaised(reviewpkgv1.Date_builder{Value: rapid.SampledFrom([]string{"2026-01-01", "2026-06-01"}).Draw(t, "raised")}.Build())
		}
	}
	if rapid.Bool().Draw(t, "reviewed") {
		p.SetReview(reviewpkgv1.ReviewRecord_builder{
			Date: reviewpkgv1.Date_builder{Value: rapid.SampledFrom([]string{"2026-01", "2026-06-01"}).Draw(t, "review")}.Build(),
		}.Build())
	}
	p.SetPeople([]*reviewpkgv1.Person{reviewpkgv1.Person_builder{Id: "ann", Roles: []*reviewpkgv1.Role{
		reviewpkgv1.Role_builder{Kind: reviewpkgv1.RoleKind_ROLE_KIND_SECURITY_REVIEWER}.Build(),
	}}.Build()})
	return p
}

// each visits all choices.
func (pl *planner) each(visit func(planChoice)) {
	choice := pl.nothing()
	for {
		visit(choice)
		i := 0
		for ; i < len(choice); i++ {
			if choice[i]++; choice[i] <= len(pl.subjects[i].options) {
				break
			}
			choice[i] = 0
		}
		if i == len(choice) {
			return
		}
	}
}

// picksOf returns the choice of a plan.
func (pl *planner) picksOf(plan *reviewpkgv1.Plan) planChoice {
	picks, ids := pl.nothing(), chosen(plan)
	for i, s := range pl.subjects {
		for k, o := range s.options {
			if slices.Contains(ids, o.id) {
				picks[i] = k + 1
			}
		}
	}
	return picks
}

// choices returns how many choices there are.
func (pl *planner) choices() int {
	n := 1
	for _, s := range pl.subjects {
		n *= len(s.options) + 1
	}
	return n
}

// drawPlanner draws a package before a judge.
func drawPlanner(t *rapid.T) *planner {
	asOf := rapid.SampledFrom([]string{"", "2026-06-15"}).Draw(t, "as of")
	o := CompareOptions{Rubric: drawPlanRubric(t), AllowDraft: true}
	if r, ok := days(reviewpkgv1.Date_builder{Value: asOf}.Build()); ok {
		o.AsOf = r.first
	}
	j, err := o.Judge(drawPlanPolicy(t))
	if err != nil {
		t.Fatal(err)
	}
	target := rapid.SampledFrom([]reviewpkgv1.Outcome{pass, warn}).Draw(t, "target")
	pl, err := j.planner(drawPlanPackage(t), target)
	if err != nil {
		t.Fatal(err)
	}
	return pl
}
