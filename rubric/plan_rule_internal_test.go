package rubric

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// What rules of the policy ask for is found out by trying: of items, of
// dimensions, which take several actions at once, and of the package.
func TestPlanRules(t *testing.T) {
	p := withFindings(finding("1", high, high), finding("2", high, high), finding("3", low, low))
	p.GetFindings()[2].SetRecommendation("close it")
	for _, test := range []struct {
		name, rule string
		want       []string
	}{
		{"items", `{target: RULE_TARGET_FINDING, condition: "!open(finding) || finding.recommendation != ''"}`, []string{"1:close", "2:close"}},
		{"a dimension", `{target: RULE_TARGET_DIMENSION, condition: "dimension.dimension != 'F' || risk(dimension) <= level('medium')"}`, []string{"1:close", "2:close"}},
		{"one of several", `{target: RULE_TARGET_PACKAGE, condition: "size(pkg.findings.filter(f, open(f))) < 3"}`, []string{"1:close"}},
		{"two of several", `{target: RULE_TARGET_PACKAGE, condition: "size(pkg.findings.filter(f, open(f))) < 2"}`, []string{"1:close", "2:close"}},
		{"criteria", `{target: RULE_TARGET_CRITERION, when: "criterion.criterion == 'X.1'", condition: "criterion.level_min >= 2u"}`, []string{"X.1:0"}},
		{"never", `{target: RULE_TARGET_PACKAGE, condition: "size(pkg.findings) < 2"}`, nil},
	} {
		j := planCase(t, "rules: ["+strings.Replace(test.rule, "{", "{id: r, statement: s, ", 1)+"]")
		plan := mustPlan(t, j, p, PlanOptions{})
		var got []string
		for _, id := range chosen(plan) {
			got = append(got, strings.NewReplacer(`findings["`, "", `criteria["`, "", `"]`, "").Replace(id))
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s: %s", test.name, diff)
		}
		if want := test.want != nil; (plan.GetAfter() == pass) != want || want == (len(plan.GetUnreachable()) > 0) || !plan.GetExact() {
			t.Errorf("%s: %s", test.name, outline(plan))
		}
		for _, a := range plan.GetActions() {
			if a.GetChosen() && !cmp.Equal(a.GetRules(), []string{"rule.r"}) {
				t.Errorf("%s: %s is for %v", test.name, a.GetId(), a.GetRules())
			}
		}
	}
}

// A control of the organisation stands for a waiver: it leaves a warning, takes a
// day to judge dates for, and what the policy allows.
func TestPlanControls(t *testing.T) {
	p := withFindings(finding("1", high, high), finding("2", high, high))
	p.GetFindings()[0].SetSuggestedControls([]string{"a wall"})
	p.GetFindings()[1].SetRemedy(reviewpkgv1.Remedy_REMEDY_EXTERNAL)
	const appetite = "appetites: [{dimension: F, appetite: LEVEL_LOW}]"
	for _, test := range []struct {
		name, policy string
		target       reviewpkgv1.Outcome
		want         string
	}{
		{"two", appetite, warn, "FAIL to WARN, 16 hours, 16 at least, exact"},
		{"not to pass", appetite, pass, "FAIL to PASS, 48 hours, 48 at least, exact"},
		{"one at most", appetite + "\nwaiver_rules: {max_active: 1}", warn, "FAIL to WARN, 32 hours, 32 at least, exact"},
		{"approvals", appetite + "\nwaiver_rules: {min_approvals: 3, approver_roles: [chief]}", warn, "FAIL to WARN, 16 hours, 16 at least, exact"},
		{"none for such a risk", appetite + "\nwaiver_rules: {terms: [{level: LEVEL_VERY_HIGH, max_days: 0}]}", warn, "FAIL to PASS, 48 hours, 48 at least, exact"},
		{"none for the rule", appetite + "\nwaiver_rules: {not_waivable: [appetite.F]}", warn, "FAIL to PASS, 48 hours, 48 at least, exact"},
	} {
		plan := mustPlan(t, planCase(t, test.policy), p, PlanOptions{Target: test.target})
		if got, _, _ := strings.Cut(outline(plan), "\n"); got != test.want {
			t.Errorf("%s: %s, want %s", test.name, got, test.want)
		}
	}
	undated := judgeFor(t, withEfforts(smallRubric()), smallPolicy(t, appetite), CompareOptions{})
	if got := outline(mustPlan(t, undated, p, PlanOptions{})); !strings.HasPrefix(got, "FAIL to PASS, 48 hours") {
		t.Errorf("without a day: %s", got)
	}
	control := actionOf(t, mustPlan(t, planCase(t, appetite), p, PlanOptions{}), `findings["1"]:control`)
	if control.GetKind() != controlAction || control.GetEffort().GetRole() != reviewpkgv1.EffortRole_EFFORT_ROLE_OPERATOR {
		t.Errorf("%v", control)
	}
}
