package rubric

import (
	"errors"
	"testing"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
	"github.com/reviewpkg/sdk/reviewpkg"
)

// Whatever a policy says, its rules compile or are refused, and are evaluated or
// fail with a place in the policy; and the outcome does not depend on how often
// they are asked.
func FuzzRule(f *testing.F) {
	for i, text := range []string{
		"open(finding) && risk(finding) >= level('high')", "size(pkg.findings) > 2", "pkg.findings.all(f, f.recommendation != '')",
		"dimension.not_assessed || risk(dimension) <= level('low')", "older_than(evidence.date, 730)", "has(asset.persistence) || asset.name.matches('a+')",
		"pkg.findings.filter(f, open(f)).map(f, f.id)[0] == 'a'", "finding.likelihood in [Level.LEVEL_HIGH] ? true : finding.state > 2",
	} {
		f.Add(uint8(i), text)
	}
	f.Fuzz(func(t *testing.T, target uint8, text string) {
		if text == "" {
			return // a valid policy has a condition
		}
		rule := reviewpkgv1.PolicyRule_builder{
			Id: "r", Statement: "s", Target: reviewpkgv1.RuleTarget(target % 10), When: text, Condition: text,
		}.Build()
		compiled, ds := compileRules(reviewpkgv1.Policy_builder{Id: "p", Rules: []*reviewpkgv1.PolicyRule{rule}}.Build(), smallRubric())
		if ds.Err() != nil {
			return
		}
		s := newTestScorer(t, smallRubric())
		for _, p := range theProbes()[:4] {
			in := ruleInput{pkg: p, profile: mustScore(t, s, p), asOf: probeDay}
			first, err := compiled.evaluate(in)
			var d *reviewpkg.Diagnostic
			if err != nil && (!errors.As(err, &d) || d.Path == "") {
				t.Fatalf("%q: %v has no place in the policy", text, err)
			}
			second, again := compiled.evaluate(in)
			if (err == nil) != (again == nil) || err == nil && first[0].GetOutcome() != second[0].GetOutcome() {
				t.Fatalf("%q: %v, %v and then %v, %v", text, first, err, second, again)
			}
		}
	})
}
