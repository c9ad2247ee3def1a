package rubric

import (
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

func TestRuleDays(t *testing.T) {
	for value, want := range map[string]string{
		"2026": "2026-01-01 2026-12-31", "2024-02": "2024-02-01 2024-02-29", "2026-12": "2026-12-01 2026-12-31",
		"2026-06-15": "2026-06-15 2026-06-15", "1969-12-31": "1969-12-31 1969-12-31", "0001": "0001-01-01 0001-12-31", "9999": "9999-01-01 9999-12-31",
		"": "none", "2026-02-30": "none", "2026-6-1": "none", "202": "none", "20260": "none", "2026-13": "none", "2026-06-15T00:00": "none", "soon": "none",
	} {
		first, last, ok := ruleDays(reviewpkgv1.Date_builder{Value: value}.Build())
		got := "none"
		if ok {
			text := func(day int64) string { return time.Unix(day*24*60*60, 0).UTC().Format(time.DateOnly) }
			got = text(first) + " " + text(last)
		}
		if got != want {
			t.Errorf("%q: %s, want %s", value, got, want)
		}
	}
	// The same wherever a program runs.
	west := time.Date(2026, 6, 15, 23, 0, 0, 0, time.FixedZone("west", -5*60*60))
	if ruleDay(west) != ruleDay(time.Date(2026, 6, 16, 0, 0, 0, 0, time.UTC)) {
		t.Error("a day depends on the place")
	}
}

// TestRuleDateIsExact holds what rules make of a date without a day, or of none,
// against what they make of all the days that it may be.
func TestRuleDateIsExact(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		question := func(i int) string {
			return fmt.Sprintf("%solder_than(finding.raised, %d)", rapid.SampledFrom([]string{"", "!"}).Draw(t, "not"), rapid.IntRange(-20, 80).Draw(t, fmt.Sprint("days", i)))
		}
		op := func() string { return rapid.SampledFrom([]string{"&&", "||", "=="}).Draw(t, "operator") }
		condition := fmt.Sprintf("(%s %s %s) %s %s", question(0), op(), question(1), op(), question(2))
		policy := reviewpkgv1.Policy_builder{Rules: []*reviewpkgv1.PolicyRule{reviewpkgv1.PolicyRule_builder{
			Id: "r", Statement: "s", Target: reviewpkgv1.RuleTarget_RULE_TARGET_FINDING, Condition: condition,
		}.Build()}}.Build()
		compiled, ds := compileRules(policy, smallRubric())
		if len(ds) > 0 {
			t.Fatal(ds)
		}
		outcome := func(value string) reviewpkgv1.Outcome {
			f := reviewpkgv1.Finding_builder{Id: "f"}.Build()
			if value != "" {
				f.SetRaised(reviewpkgv1.Date_builder{Value: value}.Build())
			}
			results, err := compiled.evaluate(ruleInput{pkg: withFindings(f), profile: &reviewpkgv1.RiskProfile{}, asOf: ruleTestDay})
			if err != nil {
				t.Fatal(err)
			}
			return results[0].GetOutcome()
		}
		for value, first := range map[string]time.Time{"2026-05": time.Date(2026, 5, 1, 0, 0, 0, 0, time.UTC), "": ruleTestDay.AddDate(0, 0, -200)} {
			want := reviewpkgv1.Outcome(0)
			// Beyond these days nothing changes any more.
			for day := first; value == "" && day.Before(ruleTestDay.AddDate(0, 0, 200)) || value != "" && day.Month() == first.Month(); day = day.AddDate(0, 0, 1) {
				switch o := outcome(day.Format(time.DateOnly)); {
				case want == 0:
					want = o
				case want != o:
					want = indeterminate
				}
			}
			if got := outcome(value); got != want {
				t.Fatalf("%s of %q: %v, want %v", condition, value, got, want)
			}
		}
	})
}
