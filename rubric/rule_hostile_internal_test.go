package rubric

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
	"github.com/reviewpkg/sdk/reviewpkg"
)

func TestRulesDoNotCompile(t *testing.T) {
	for text, want := range map[string]string{
		"{target: RULE_TARGET_FINDING, condition: 'finding.nothing'}":                          `rules["r"].condition: the expression does not compile, at line 1 column 8 of it: undefined field 'nothing'`,
		"{target: RULE_TARGET_ASSET, condition: 'finding.id'}":                                 `rules["r"].condition: the expression does not compile, at line 1 column 1 of it: undeclared reference to 'finding' (in container 'reviewpkg.v1')`,
		"{target: RULE_TARGET_FINDING, condition: 'finding.id'}":                               `rules["r"].condition: the expression gives string, want bool`,
		"{target: RULE_TARGET_FINDING, condition: 'true', when: '1'}":                          `rules["r"].when: the expression gives int, want bool`,
		"{target: RULE_TARGET_FINDING, condition: 'true', message: 'true'}":                    `rules["r"].message: the expression gives bool, want string`,
		"{target: RULE_TARGET_FINDING, condition: \"1 <\\n level('hihg')\"}":                   `rules["r"].condition: the expression does not compile, at line 2 column 8 of it: ` + noLevel,
		"{target: RULE_TARGET_FINDING, condition: 'Finding{} == finding'}":                     `rules["r"].condition: the expression does not compile, at line 1 column 8 of it: an expression cannot make a message`,
		"{target: RULE_TARGET_FINDING, condition: 'has(pkg.findings[finding.likelihood].id)'}": `rules["r"].condition: the expression does not compile, at line 1 column 4 of it: has() of an item that is picked by a computed index; use exists()`,
		"{condition: 'true'}": `rules["r"].condition: the rule has no target`,
		"{target: RULE_TARGET_PACKAGE, condition: '" + strings.Repeat("(", 3000) + "true" + strings.Repeat(")", 3000) + "'}": "",
		"{target: RULE_TARGET_PACKAGE, condition: '" + strings.Repeat("true ||", 1000) + "true'}":                            "",
		"{target: RULE_TARGET_PACKAGE, condition: \"pkg.id.matches('(?=a)')\"}":                                              "",
	} {
		policy := parse(t, &reviewpkgv1.Policy{}, "rules: ["+strings.Replace(text, "{", "{id: r, statement: s, ", 1)+"]")
		_, ds := compileRules(policy, smallRubric())
		if len(ds) == 0 {
			t.Errorf("%.80s compiles", text)
		} else if got := ds[0].Path + ": " + ds[0].Message; want != "" && got != want || len(got) > 300 {
			t.Errorf("%.80s:\n%s, want\n%s", text, got, want)
		}
	}
	many := &reviewpkgv1.Policy{}
	for i := range maxRules + 1 {
		many.SetRules(append(many.GetRules(), reviewpkgv1.PolicyRule_builder{Id: fmt.Sprint("r", i), Target: 1, Condition: "true"}.Build()))
	}
	if _, ds := compileRules(many, smallRubric()); len(ds) != 1 || ds[0].Code != reviewpkg.TooLarge {
		t.Errorf("%v", ds)
	}
}

// TestRulesHostile holds that an expression which fails or takes too long is an
// error about the policy.
func TestRulesHostile(t *testing.T) {
	p := &reviewpkgv1.ReviewPackage{}
	for range 2000 {
		p.SetFindings(append(p.GetFindings(), finding("f", low, high)))
	}
	p.SetTitle(strings.Repeat("a", 1<<20))
	for condition, code := range map[string]reviewpkg.Code{
		"pkg.findings.all(a, pkg.findings.all(b, a.id == b.id))":                          reviewpkg.TooLarge,
		"pkg.title.matches('(a|a|a|a|a|a)*b')":                                            reviewpkg.TooLarge,
		"(" + strings.Repeat("pkg.title + ", 100) + "pkg.title).size() > 0":               reviewpkg.TooLarge,
		"pkg.people[0].id == ''":                                                          reviewpkg.BadFormat,
		"pkg.labels['a'] == ''":                                                           reviewpkg.BadFormat,
		"1 / size(pkg.people) == 1":                                                       reviewpkg.BadFormat,
		"level(pkg.id) > 1":                                                               reviewpkg.BadFormat,
		"pkg.status == PackageStatus.PACKAGE_STATUS_FINAL ? true : pkg.labels['a'] == ''": reviewpkg.BadFormat,
		"pkg.status == PackageStatus.PACKAGE_STATUS_DRAFT || pkg.people[0].id == ''":      reviewpkg.BadFormat,
	} {
		policy := reviewpkgv1.Policy_builder{Rules: []*reviewpkgv1.PolicyRule{reviewpkgv1.PolicyRule_builder{
			Id: "r", Target: reviewpkgv1.RuleTarget_RULE_TARGET_PACKAGE, Condition: condition,
		}.Build()}}.Build()
		compiled, ds := compileRules(policy, smallRubric())
		if len(ds) > 0 {
			t.Fatal(ds)
		}
		results, err := compiled.evaluate(ruleInput{pkg: p, profile: &reviewpkgv1.RiskProfile{}})
		var d *reviewpkg.Diagnostic
		if results != nil || !errors.As(err, &d) || d.Code != code || d.Path != `rules["r"].condition` || len(d.Message) > 200 {
			t.Errorf("%.60s: %v, %v", condition, results, err)
		}
	}
}

// TestRulesManyUnknowns holds that a question about very many unknowns stays
// open, soon and without a mistake, whether or not it is one for CEL.
func TestRulesManyUnknowns(t *testing.T) {
	for _, n := range []int{20, 2000} {
		p := &reviewpkgv1.ReviewPackage{}
		for i := range n {
			p.SetFindings(append(p.GetFindings(), finding(fmt.Sprint("f", i), 0, 0)))
		}
		for _, condition := range []string{
			"pkg.findings.exists(f, risk(f) > 3)", "pkg.findings.exists_one(f, f.likelihood > 3)",
			"size(pkg.findings.filter(f, f.likelihood > 3)) < 3", "pkg.findings.all(f, f.priority < 3u)",
			"pkg.findings.map(f, f.priority).all(n, n < 3u)",
		} {
			compiled := rulesOf(t, fmt.Sprintf("- {id: r, statement: s, target: RULE_TARGET_PACKAGE, condition: %q}", condition))
			results, err := compiled.evaluate(ruleInput{pkg: p, profile: &reviewpkgv1.RiskProfile{}})
			if err != nil || results[0].GetOutcome() != indeterminate || len(results[0].GetUnknowns()) == 0 {
				t.Errorf("%s of %d: %v, %v", condition, n, results, err)
			}
		}
	}
}

// TestRulesCostTogether holds that evaluations which are cheap enough alone may
// cost too much together.
func TestRulesCostTogether(t *testing.T) {
	compiled := rulesOf(t, "- {id: r, statement: s, target: RULE_TARGET_FINDING, condition: 'pkg.findings.all(f, f.id != finding.title)'}")
	p := &reviewpkgv1.ReviewPackage{}
	for i := range 200 {
		p.SetFindings(append(p.GetFindings(), finding(fmt.Sprint("f", i), low, high)))
		p.GetFindings()[i].SetTitle("t")
	}
	// An item costs one, and one more for each finding that its loop looks at.
	for cost, ok := range map[int]bool{200 * 201: true, 200*201 - 1: false} {
		compiled.cost = cost
		_, err := compiled.evaluate(ruleInput{pkg: p, profile: &reviewpkgv1.RiskProfile{}})
		var d *reviewpkg.Diagnostic
		if ok && err != nil || !ok && (!errors.As(err, &d) || d.Code != reviewpkg.TooLarge) {
			t.Errorf("with %d: %v", cost, err)
		}
	}
}
