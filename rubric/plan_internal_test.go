package rubric

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/testing/protocmp"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
	"github.com/reviewpkg/sdk/reviewpkg"
)

// The review of OpenStack barbican: to close the first finding alone removes
// little, because the seventh is as bad. Both together remove a lot.
func TestPlanBarbican(t *testing.T) {
	p, err := reviewpkg.Load("../examples/packages/openstack-barbican")
	if err != nil {
		t.Fatal(err)
	}
	policy := DefaultPolicy()
	policy.SetCompleteness(nil)
	policy.ClearOverall()
	policy.SetAppetites([]*reviewpkgv1.Appetite{reviewpkgv1.Appetite_builder{Dimension: "D7", Appetite: medium}.Build()})
	r := withEfforts(Default())
	for _, e := range r.GetRemedyEfforts() {
		e.SetEffort(hint(8, developer))
	}
	j := judgeFor(t, r, policy, CompareOptions{})
	plan := mustPlan(t, j, p, PlanOptions{})
	score := func(r *reviewpkgv1.RiskInterval) string { return riskWords(r) }
	var d7 *reviewpkgv1.DimensionEffect
	for _, e := range plan.GetEffects() {
		if e.GetDimension() == "D7" {
			d7 = e
		}
	}
	if len(plan.GetEffects()) != 1 || score(d7.GetBefore()) != "high (855)" || score(d7.GetAfter()) != "medium (484)" {
		t.Errorf("effects: %v", plan.GetEffects())
	}
	first := actionOf(t, plan, p0(t, p, "1")+":close")
	if first.GetPoints() != 21 || first.GetPointsInPlan() != 350 || first.GetMilliPointsPerHour() != 2625 {
		t.Errorf("to close the first finding alone: %v", first)
	}
	if got, want := len(chosen(plan)), 2; got != want || plan.GetHours() != 16 || plan.GetHoursAtLeast() != 16 || !plan.GetExact() {
		t.Errorf("%d actions, %d hours: %v", got, plan.GetHours(), chosen(plan))
	}
	if plan.GetBefore() != fail || plan.GetAfter() != pass || plan.GetConditional() {
		t.Errorf("from %s to %s", short(plan.GetBefore()), short(plan.GetAfter()))
	}
	want := []string{p0(t, p, "1") + ":close", p0(t, p, "7") + ":close"}
	if diff := cmp.Diff(want, chosen(plan)); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"appetite.D7"}, first.GetRules()); diff != "" {
		t.Error(diff)
	}
	if first.GetFrom() != "high" || first.GetTo() != "closed" || first.GetDimension() != "D7" {
		t.Errorf("%v", first)
	}
}

// p0 returns the path of the finding with a number.
func p0(t *testing.T, p *reviewpkgv1.ReviewPackage, number string) string {
	t.Helper()
	for i, f := range p.GetFindings() {
		if f.GetNumber() == number {
			return itemPaths(p, "findings")[i]
		}
	}
	t.Fatal("there is no finding " + number)
	return ""
}

// planCase is a policy for the small rubric with what everything takes, and a
// day to judge dates for.
func planCase(t *testing.T, policy string) *Judge {
	t.Helper()
	return judgeFor(t, withEfforts(smallRubric()), smallPolicy(t, policy), CompareOptions{AsOf: time.Date(2026, 6, 15, 12, 0, 0, 0, time.UTC)})
}

// outline returns what matters of a plan in a few lines.
func outline(plan *reviewpkgv1.Plan) string {
	text := fmt.Sprintf("%s to %s, %d hours, %d at least", short(plan.GetBefore()), short(plan.GetAfter()), plan.GetHours(), plan.GetHoursAtLeast())
	if plan.GetExact() {
		text += ", exact"
	}
	if plan.GetConditional() {
		text += ", conditional"
	}
	if u := plan.GetUnreachable(); len(u) > 0 {
		text += ", not " + strings.Join(u, " ")
	}
	for _, a := range plan.GetActions() {
		if a.GetChosen() {
			text += fmt.Sprintf("\n%s: %s, %s -> %s, %d hours, %d and %d points, for %s", a.GetId(), a.GetTitle(), a.GetFrom(), a.GetTo(),
				a.GetEffort().GetHoursLikely(), a.GetPoints(), a.GetPointsInPlan(), strings.Join(a.GetRules(), " "))
		}
	}
	return text
}

// What is planned in the cases that there are, one by one.
func TestPlanCases(t *testing.T) {
	rated := func(id string, likelihood, impact reviewpkgv1.Level, remedy reviewpkgv1.Remedy) *reviewpkgv1.Finding {
		f := finding(id, likelihood, impact)
		f.SetRemedy(remedy)
		return f
	}
	const code = reviewpkgv1.Remedy_REMEDY_CODE_CHANGE
	one := withFindings(rated("f1", high, high, code), rated("f2", low, low, code))
	disputed := withFindings(finding("f1", 0, medium))
	disputed.SetDisputedFindings([]*reviewpkgv1.Finding{finding("d1", high, high)})
	half := parsePackage(t, "{id: p, labels: {a: '1', b: '0'}}")
	openstack := parsePackage(t, "{id: p, processes: [REVIEW_PROCESS_OPENSTACK]}")
	old := parsePackage(t, "{id: p, review: {date: {value: '2025-01'}}, findings: [{id: f1, title: f1, likelihood: LEVEL_LOW, impact: LEVEL_LOW, state: FINDING_STATE_REPORTED}]}")
	obsolete := withFindings()
	obsolete.SetStatus(reviewpkgv1.PackageStatus_PACKAGE_STATUS_OBSOLETE)
	for _, test := range []struct {
		name, policy string
		pkg          *reviewpkgv1.ReviewPackage
		options      PlanOptions
		want         string
	}{
		{
			"nothing to do", "appetites: [{dimension: F, appetite: LEVEL_VERY_HIGH}]", one, PlanOptions{},
			"PASS to PASS, 0 hours, 0 at least, exact",
		},
		{
			"a warning is enough", "appetites: [{dimension: F, appetite: LEVEL_LOW, tolerance: LEVEL_VERY_HIGH}]", one, PlanOptions{},
			"WARN to WARN, 0 hours, 0 at least, exact",
		},
		{
			"a warning is not enough", "appetites: [{dimension: F, appetite: LEVEL_LOW, tolerance: LEVEL_VERY_HIGH}]", one, PlanOptions{Target: pass},
			"WARN to PASS, 20 hours, 20 at least, exact\n" +
				`findings["f1"]:close: close the finding f1, very high -> closed, 20 hours, 960 and 960 points, for appetite.F`,
		},
		{
			"what is not known may turn out well", "appetites: [{dimension: F, appetite: LEVEL_LOW}]", disputed, PlanOptions{},
			"INDETERMINATE to PASS, 4 hours, 4 at least, exact, conditional\n" +
				`disputed_findings["d1"]:rate: settle whether the finding stands: d1, very high, disputed -> does not stand, at best, 2 hours, 162 and 910 points, for appetite.F` + "\n" +
				`findings["f1"]:rate: rate the finding f1, low to high -> low at best, 2 hours, 2 and 750 points, for appetite.F`,
		},
		{
			"levels", "appetites: [{dimension: X, appetite: LEVEL_LOW}]", half, PlanOptions{},
			"FAIL to PASS, 30 hours, 30 at least, exact\n" +
				`criteria["X.1"]:3: reach level 3 of X.1: Is a there?, level 1 -> level 3, 20 hours, 590 and 750 points, for appetite.X` + "\n" +
				`criteria["X.2"]:1: reach level 1 of X.2: Is b there?, level 0 -> level 1, 10 hours, 0 and 160 points, for appetite.X`,
		},
		{
			"gaps", "completeness: [{process: REVIEW_PROCESS_OPENSTACK, min_permille: 500}]", openstack, PlanOptions{},
			"FAIL to PASS, 9 hours, 9 at least, exact\ncompleteness.openstack:fill: fill 3 gaps of openstack, " +
				"0 of 1000 over the parts -> at least 500 of 1000 over the parts, 9 hours, 0 and 0 points, for completeness.openstack",
		},
		{
			"age", "{freshness: {max_age_days: 365}, appetites: [{dimension: F, appetite: LEVEL_VERY_HIGH}]}", old, PlanOptions{},
			"FAIL to PASS, 40 hours, 40 at least, exact\n" +
				"review:renew: review the package again, 500 to 530 days old -> 0 days old, 40 hours, 0 and 0 points, for freshness",
		},
		{
			"an obsolete package never passes", "appetites: [{dimension: X, appetite: LEVEL_VERY_HIGH}]", obsolete, PlanOptions{Target: pass},
			"WARN to WARN, 0 hours, 0 at least, exact, not draft",
		},
		{
			"no process", "completeness: [{process: REVIEW_PROCESS_CNCF_SELF, min_permille: 500}]", one, PlanOptions{},
			"INDETERMINATE to INDETERMINATE, 0 hours, 0 at least, exact, not completeness.cncf_self",
		},
		{
			"the last finding of a dimension without criteria", "appetites: [{dimension: F, appetite: LEVEL_LOW}]", withFindings(rated("f1", high, high, code)), PlanOptions{},
			"FAIL to PASS, 20 hours, 20 at least, exact\n" +
				`findings["f1"]:close: close the finding f1, very high -> closed, 20 hours, 960 and 960 points, for appetite.F`,
		},
		{
			"deadlines", "{deadlines: [{level: LEVEL_VERY_HIGH, days: 10}], appetites: [{dimension: X, appetite: LEVEL_VERY_HIGH}], freshness: {max_age_days: 1, warn_only: true}}", one, PlanOptions{},
			"INDETERMINATE to WARN, 20 hours, 20 at least, exact\n" +
				`findings["f1"]:close: close the finding f1, very high -> closed, 20 hours, 960 and 960 points, for deadline.very_high`,
		},
	} {
		before := proto.CloneOf(test.pkg)
		got := outline(mustPlan(t, planCase(t, test.policy), test.pkg, test.options))
		if got != test.want {
			t.Errorf("%s:\n%s\nwant\n%s", test.name, got, test.want)
		}
		if diff := cmp.Diff(before, test.pkg, protocmp.Transform()); diff != "" {
			t.Errorf("%s: the package was changed: %s", test.name, diff)
		}
	}
}

// What leaves no plan is an error, and what a rubric gives no effort for is no
// action.
func TestPlanRefuses(t *testing.T) {
	j := planCase(t, "appetites: [{dimension: F, appetite: LEVEL_LOW}]")
	if _, err := j.Plan(nil, PlanOptions{}); err == nil {
		t.Error("there is a plan for no package")
	}
	for _, target := range []reviewpkgv1.Outcome{fail, indeterminate, 99} {
		if _, err := j.Plan(withFindings(), PlanOptions{Target: target}); err == nil {
			t.Errorf("there is a plan for %s", target)
		}
	}
	bare := judgeFor(t, smallRubric(), smallPolicy(t, "appetites: [{dimension: F, appetite: LEVEL_LOW}]"), CompareOptions{})
	plan := mustPlan(t, bare, withFindings(finding("f1", high, high)), PlanOptions{})
	if got := outline(plan); got != "FAIL to FAIL, 0 hours, 0 at least, exact, not appetite.F" || len(plan.GetActions()) > 0 {
		t.Errorf("%s, %d actions", got, len(plan.GetActions()))
	}
}

// A judge that allows no drafts is told that a plan makes no package final, and
// still gets the rest.
func TestPlanDraft(t *testing.T) {
	o := CompareOptions{Rubric: withEfforts(smallRubric())}
	j, err := o.Judge(smallPolicy(t, "appetites: [{dimension: F, appetite: LEVEL_LOW}]"))
	if err != nil {
		t.Fatal(err)
	}
	p := withFindings(finding("f1", high, high))
	if got := outline(mustPlan(t, j, p, PlanOptions{})); !strings.HasPrefix(got, "FAIL to PASS, 24 hours, 24 at least, exact, not draft\n") {
		t.Error(got)
	}
	if _, verdict, err := j.Judge(p); err != nil || verdict.GetOutcome() != indeterminate {
		t.Errorf("the judge allows drafts now: %v, %v", verdict, err)
	}
	if got := outline(mustPlan(t, j, final(p), PlanOptions{})); !strings.HasPrefix(got, "FAIL to PASS, 24 hours, 24 at least, exact\n") {
		t.Error(got)
	}
}

// A level takes evidence: what documents do not show takes a reviewer, and what
// only a third party can show is out of reach.
func TestPlanTiers(t *testing.T) {
	r := withEfforts(smallRubric())
	levels := r.GetCriteria()[0].GetLevels()
	levels[2].SetMinTier(tierVerified)
	levels[2].SetWhen("")
	levels[3].SetMinTier(tierValidated)
	r.GetCriteria()[1].GetLevels()[3].SetMinTier(tierVerified)
	r.GetCriteria()[1].SetReviewEffort(nil)
	p := parsePackage(t, "{id: p, labels: {b: '1'}}")
	plan := mustPlan(t, judgeFor(t, r, smallPolicy(t, "appetites: [{dimension: X, appetite: LEVEL_MEDIUM}]"), CompareOptions{}), p, PlanOptions{})
	var got []string
	for _, a := range plan.GetActions() {
		got = append(got, fmt.Sprintf("%s %d %s", a.GetId(), a.GetEffort().GetHoursLikely(), a.GetTo()))
	}
	want := []string{
		`criteria["X.1"]:0 4 level 2 at best`,
		`criteria["X.1"]:2 24 level 2`,
		`criteria["X.1"]:1 10 level 1`,
		`criteria["X.2"]:2 10 level 2`,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// Thousands of findings, in any number of ways, are planned for in bounded time.
func TestPlanHostile(t *testing.T) {
	p := withFindings()
	for i := range 3000 {
		f := finding(fmt.Sprint("f", i%2900), reviewpkgv1.Level(i%6), reviewpkgv1.Level(i/6%6))
		f.SetTitle("\x1b[2J\n" + strings.Repeat("x", 200))
		f.SetDimension([]string{"X", "", "lost"}[i%3])
		f.SetRemedy(reviewpkgv1.Remedy(i % 8))
		f.SetSuggestedControls([]string{"a wall"})
		p.SetFindings(append(p.GetFindings(), f))
	}
	p.SetPeople([]*reviewpkgv1.Person{reviewpkgv1.Person_builder{Id: "ann", Roles: []*reviewpkgv1.Role{
		reviewpkgv1.Role_builder{Kind: reviewpkgv1.RoleKind_ROLE_KIND_SECURITY_REVIEWER}.Build(),
	}}.Build()})
	p.SetReview(reviewpkgv1.ReviewRecord_builder{
		Date:     reviewpkgv1.Date_builder{Value: "2026-06-01"}.Build(),
		Evidence: []*reviewpkgv1.Evidence{reviewpkgv1.Evidence_builder{Id: "e", Kind: reviewpkgv1.EvidenceKind_EVIDENCE_KIND_CODE_REVIEW}.Build()},
	}.Build())
	j := planCase(t, `
appetites: [{dimension: F, appetite: LEVEL_LOW, min_confidence: CONFIDENCE_LEVEL_LOW}]
overall: {appetite: LEVEL_MEDIUM}
waiver_rules: {max_active: 20}
deadlines: [{level: LEVEL_HIGH, days: 3}]`)
	for _, o := range []PlanOptions{{}, {Target: pass}, {BudgetHours: 500}} {
		start := time.Now()
		plan, err := j.Plan(p, o)
		if err != nil {
			t.Fatal(err)
		}
		took := time.Since(start)
		t.Logf("%v: %s, %d actions", took, strings.SplitN(outline(plan), "\n", 2)[0], len(plan.GetActions()))
		if took > 30*time.Second {
			t.Errorf("%+v took %v", o, took)
		}
		if o.BudgetHours > 0 && plan.GetHours() > o.BudgetHours {
			t.Errorf("%d hours", plan.GetHours())
		}
		for _, a := range plan.GetActions() {
			if strings.ContainsAny(a.GetTitle(), "\x1b\n") || len(a.GetTitle()) > 200 {
				t.Fatalf("%q", a.GetTitle())
			}
		}
	}
}
