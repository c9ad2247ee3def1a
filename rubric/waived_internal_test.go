package rubric

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/testing/protocmp"
	"pgregory.net/rapid"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// waiverFor returns a set of one waiver that is in force in May 2026.
func waiverFor(t interface{ Fatal(...any) }, rules, findings []string, worst reviewpkgv1.Level) *reviewpkgv1.WaiverSet {
	return reviewpkgv1.WaiverSet_builder{Schema: "reviewpkg.v1.WaiverSet", Waivers: []*reviewpkgv1.Waiver{reviewpkgv1.Waiver_builder{
		Id: "w", Rules: rules, Findings: findings, Scope: reviewpkgv1.WaiverScope_builder{Package: "p"}.Build(),
		Category: reviewpkgv1.WaiverCategory_WAIVER_CATEGORY_ACCEPT, Justification: "known, and watched", Owner: "ann",
		RequestedBy: "bob", MaxLevel: worst, Expires: dateOf("2026-06-30"),
		Approvals: []*reviewpkgv1.WaiverApproval{approvalOf("rex", "head of security", "2026-05-01")},
	}.Build()}}.Build()
}

// What a waiver covers is a warning that names it, and never a pass.
func TestWaivedResults(t *testing.T) {
	const policy = "{overall: {appetite: LEVEL_MEDIUM}, appetites: [{dimension: F, appetite: LEVEL_LOW, tolerance: LEVEL_MEDIUM}], deadlines: [{level: LEVEL_VERY_HIGH, days: 1}]}"
	for _, test := range []struct {
		name            string
		rules, findings []string
		level           reviewpkgv1.Level
		want            string // the outcomes of appetite.F, overall, deadline and the whole
		status          reviewpkgv1.WaiverStatus
		effective       uint32
	}{
		{"no waiver for it", nil, []string{"g"}, highest, "FAIL FAIL FAIL FAIL", reviewpkgv1.WaiverStatus_WAIVER_STATUS_APPLIED, 960},
		{"the finding", nil, []string{"f"}, highest, "WARN WARN WARN WARN", reviewpkgv1.WaiverStatus_WAIVER_STATUS_APPLIED, 50},
		{"the finding got worse", nil, []string{"f"}, high, "FAIL FAIL FAIL FAIL", reviewpkgv1.WaiverStatus_WAIVER_STATUS_VOID, 960},
		{"one rule", []string{"deadline.very_high"}, nil, highest, "FAIL FAIL WARN FAIL", reviewpkgv1.WaiverStatus_WAIVER_STATUS_APPLIED, 960},
		{"all rules", []string{"deadline.very_high", "appetite.F", "overall"}, nil, highest, "WARN WARN WARN WARN", reviewpkgv1.WaiverStatus_WAIVER_STATUS_APPLIED, 960},
		{"all rules, for less", []string{"deadline.very_high", "appetite.F", "overall"}, nil, high, "FAIL FAIL FAIL FAIL", reviewpkgv1.WaiverStatus_WAIVER_STATUS_VOID, 960},
	} {
		t.Run(test.name, func(t *testing.T) {
			f := finding("f", high, high)
			f.SetRaised(dateOf("2026-01-01"))
			p := final(withFindings(f, finding("g", medium, low)))
			p.SetLabels(map[string]string{"a": "2", "b": "2"})
			o := CompareOptions{AsOf: onDay(t, "2026-05-20"), Waivers: waiverFor(t, test.rules, test.findings, test.level)}
			v := verdictOn(t, o, p, smallPolicy(t, policy))
			outcomes := map[string]string{}
			for _, r := range v.GetResults() {
				outcomes[r.GetRule()] = short(r.GetOutcome())
				if waived := slices.Contains(r.GetWaivers(), "w"); waived != (r.GetOutcome() == warn && r.GetRule() != "draft") {
					t.Errorf("%s is %s, and names %v", r.GetRule(), short(r.GetOutcome()), r.GetWaivers())
				}
			}
			got := strings.Join([]string{outcomes["appetite.F"], outcomes["overall"], outcomes["deadline.very_high"], short(v.GetOutcome())}, " ")
			if got != test.want {
				t.Errorf("%s, want %s", got, test.want)
			}
			if w := v.GetWaivers(); len(w) != 1 || w[0].GetStatus() != test.status {
				t.Errorf("the waivers are %v, want %s", w, test.status)
			}
			if e := v.GetEffectiveDimensions()[1].GetRisk(); e.GetScoreMax() != test.effective {
				t.Errorf("the effective risk is %s, want %d", riskWords(e), test.effective)
			}
		})
	}
}

// P9: a waiver changes the effective risk and results that it is named in, and
// nothing else. It makes no pass of what was none, and nothing worse.
func TestP9Waivers(t *testing.T) {
	s := newTestScorer(t, smallRubric())
	asOf := onDay(t, "2026-05-20")
	rapid.Check(t, func(t *rapid.T) {
		p, policy := drawPackage(t), drawPolicy(t)
		var findings []string
		for _, f := range slices.Concat(p.GetFindings(), p.GetDisputedFindings()) {
			if rapid.Bool().Draw(t, "waived "+f.GetId()) {
				findings = append(findings, f.GetId())
			}
		}
		var rules []string
		if rapid.Bool().Draw(t, "rules") || len(findings) == 0 {
			rules = rapid.SampledFrom([][]string{{"appetite.X"}, {"overall"}, {"appetite.F", "overall"}}).Draw(t, "which")
		}
		set := waiverFor(t, rules, findings, reviewpkgv1.Level(rapid.Int32Range(1, 5).Draw(t, "level")))
		with, without := judgeOf(t, CompareOptions{AsOf: asOf, Waivers: set}, s, policy), judgeOf(t, CompareOptions{AsOf: asOf}, s, policy)
		profile, waived, err := with.Judge(p)
		if err != nil {
			t.Fatal(err)
		}
		same, plain, err := without.Judge(p)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(same, profile, protocmp.Transform()); diff != "" {
			t.Fatalf("the profile changed: %s", diff)
		}
		if !notHigher(plain.GetEffective(), waived.GetEffective()) && len(waived.GetEffectiveDimensions()) == len(plain.GetEffectiveDimensions()) {
			t.Fatalf("the effective risk goes from %s to %s", riskWords(plain.GetEffective()), riskWords(waived.GetEffective()))
		}
		before := map[string]*reviewpkgv1.RuleResult{}
		for _, r := range plain.GetResults() {
			before[r.GetRule()] = r
		}
		for _, r := range waived.GetResults() {
			if err := unharmed(before[r.GetRule()], r); err != "" {
				t.Fatal(err)
			}
		}
		if !proto.Equal(set, waiverFor(t, rules, findings, set.GetWaivers()[0].GetMaxLevel())) {
			t.Fatal("the waivers changed")
		}
	})
}

// unharmed says what a waiver did to a result that it must not do.
func unharmed(before, after *reviewpkgv1.RuleResult) string {
	switch {
	case after.GetOutcome() > before.GetOutcome():
		return fmt.Sprintf("%s goes from %s to %s", after.GetRule(), short(before.GetOutcome()), short(after.GetOutcome()))
	case after.GetOutcome() < before.GetOutcome() && (after.GetOutcome() == pass || len(after.GetWaivers()) == 0):
		return fmt.Sprintf("%s goes from %s to %s by %v", after.GetRule(), short(before.GetOutcome()), short(after.GetOutcome()), after.GetWaivers())
	default:
		return ""
	}
}
