package rubric

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/testing/protocmp"
	"pgregory.net/rapid"

	"github.com/reviewpkg/sdk/internal/randpkg"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
	"github.com/reviewpkg/sdk/reviewpkg"
)

// drawDate draws a date of any precision, none, or something that is none.
func drawDate(t *rapid.T, name string) *reviewpkgv1.Date {
	value := rapid.SampledFrom([]string{"", "", "2026", "2026-05", "2026-06", "2026-05-31", "2026-06-15", "2024-02-29", "2026-02-30", "soon"}).Draw(t, name)
	if value == "" {
		return nil
	}
	return reviewpkgv1.Date_builder{Value: value}.Build()
}

// drawRule draws a rule whose condition never gets easier to keep with time.
func drawRule(t *rapid.T, id string) *reviewpkgv1.PolicyRule {
	conditions := []string{
		"risk(finding) < level('high')", "!open(finding)", "finding.likelihood <= finding.impact", "!past(finding.raised)",
		"!older_than(finding.raised, 20)", "disputed(finding) || finding.impact > 2", "!older_than(finding.raised, 10) || risk(finding) < 3",
	}
	return reviewpkgv1.PolicyRule_builder{
		Id: id, Statement: "s", Target: reviewpkgv1.RuleTarget_RULE_TARGET_FINDING,
		Condition:    rapid.SampledFrom(conditions).Draw(t, "condition"),
		When:         rapid.SampledFrom([]string{"", "open(finding)", "risk(finding) > 2"}).Draw(t, "when"),
		Severity:     rapid.SampledFrom([]reviewpkgv1.Outcome{0, warn, fail}).Draw(t, "severity"),
		Unknown:      reviewpkgv1.UnknownMode(rapid.Int32Range(0, 3).Draw(t, "unknown")),
		IntroducedOn: drawDate(t, "introduced on"), EnforcedOn: drawDate(t, "enforced on"),
	}.Build()
}

// drawRuled draws a policy of rules about findings, and a package.
func drawRuled(t *rapid.T) (*reviewpkgv1.Policy, *reviewpkgv1.ReviewPackage) {
	policy := &reviewpkgv1.Policy{}
	for i := range rapid.IntRange(1, 4).Draw(t, "rules") {
		policy.SetRules(append(policy.GetRules(), drawRule(t, fmt.Sprint("r", i))))
	}
	p := drawPackage(t)
	for _, f := range slices.Concat(p.GetFindings(), p.GetDisputedFindings()) {
		f.SetRaised(drawDate(t, "raised"))
	}
	return policy, p
}

// evaluated evaluates the rules of a policy.
func evaluated(t *rapid.T, policy *reviewpkgv1.Policy, p *reviewpkgv1.ReviewPackage, asOf time.Time) []*reviewpkgv1.RuleResult {
	compiled, ds := compileRules(policy, smallRubric())
	if len(ds) > 0 {
		t.Fatal(ds)
	}
	results, err := compiled.evaluate(ruleInput{pkg: p, profile: &reviewpkgv1.RiskProfile{}, asOf: asOf})
	if err != nil {
		t.Fatal(err)
	}
	return results
}

// gravest returns the gravest outcome.
func gravest(results []*reviewpkgv1.RuleResult) reviewpkgv1.Outcome {
	worst := pass
	for _, r := range results {
		worst = max(worst, r.GetOutcome())
	}
	return worst
}

// A later day never makes a package better, and knowing none is not better than
// the last.
func TestRulesLaterIsNotBetter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		policy, p := drawRuled(t)
		day := time.Date(2026, 5, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, rapid.IntRange(0, 60).Draw(t, "day"))
		later := day.AddDate(0, 0, rapid.IntRange(0, 400).Draw(t, "later"))
		before, after := gravest(evaluated(t, policy, p, day)), gravest(evaluated(t, policy, p, later))
		if after < before {
			t.Fatalf("%v on %v, %v on %v", before, day, after, later)
		}
	})
}

// A rule that is stricter never turns a failure into something better.
func TestRulesStricterIsNotBetter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		policy, p := drawRuled(t)
		before := evaluated(t, policy, p, ruleTestDay)
		i := rapid.IntRange(0, len(policy.GetRules())-1).Draw(t, "rule")
		switch stricter := policy.GetRules()[i]; rapid.IntRange(0, 3).Draw(t, "how") {
		case 0:
			stricter.SetSeverity(fail)
		case 1:
			stricter.SetUnknown(reviewpkgv1.UnknownMode_UNKNOWN_MODE_FAIL)
		case 2:
			stricter.ClearEnforcedOn()
			stricter.ClearIntroducedOn()
		default:
			stricter.SetWhen("")
		}
		if after := evaluated(t, policy, p, ruleTestDay); gravest(after) < gravest(before) {
			t.Fatalf("%v becomes %v", before, after)
		}
	})
}

// The order of findings changes no more than the order of items.
func TestRulesOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		policy, p := drawRuled(t)
		shuffled := proto.CloneOf(p)
		if len(p.GetFindings()) > 0 {
			shuffled.SetFindings(rapid.Permutation(shuffled.GetFindings()).Draw(t, "findings"))
		}
		sorted := func(results []*reviewpkgv1.RuleResult) []*reviewpkgv1.RuleResult {
			for _, r := range results {
				slices.SortFunc(r.GetItems(), func(a, b *reviewpkgv1.ItemResult) int { return strings.Compare(a.GetPath(), b.GetPath()) })
				slices.Sort(r.GetPaths())
			}
			return results
		}
		if diff := cmp.Diff(sorted(evaluated(t, policy, p, ruleTestDay)), sorted(evaluated(t, policy, shuffled, ruleTestDay)), protocmp.Transform()); diff != "" {
			t.Fatal(diff)
		}
	})
}

// Answers never contradict what was certain: a rule that passes or fails for
// what is known goes on to.
func TestRulesRefine(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		policy, p := drawRuled(t)
		for _, r := range policy.GetRules() {
			r.SetUnknown(0)
			r.SetSeverity(fail)
		}
		before := evaluated(t, policy, p, ruleTestDay)
		for _, f := range slices.Concat(p.GetFindings(), p.GetDisputedFindings()) {
			if f.GetLikelihood() == 0 && f.GetImpact() == 0 && f.GetOverall() != 0 {
				continue
			}
			likelihood := stated(f.GetLikelihood(), f.GetLikelihoodMax())
			f.SetLikelihood(reviewpkgv1.Level(rapid.Int32Range(int32(likelihood.min), int32(likelihood.max)).Draw(t, "likelihood")))
			f.SetLikelihoodMax(0)
			impact := stated(f.GetImpact(), f.GetImpactMax())
			f.SetImpact(reviewpkgv1.Level(rapid.Int32Range(int32(impact.min), int32(impact.max)).Draw(t, "impact")))
			f.SetImpactMax(0)
		}
		// A failure that several rules share may turn out to be another one's.
		after := evaluated(t, policy, p, ruleTestDay)
		if b := gravest(before); b != indeterminate && gravest(after) != b && gravest(after) != max(b, pass) {
			t.Fatalf("%v becomes %v", before, after)
		}
		for i := range before {
			if before[i].GetOutcome() == pass && after[i].GetOutcome() != pass {
				t.Fatalf("%v becomes %v", before[i], after[i])
			}
		}
	})
}

// Random packages: no panic, valid results, and nothing changes.
func TestRulesOnRandomPackages(t *testing.T) {
	policy := benchPolicy(len(benchRules))
	for i, condition := range []string{"asset.confidentiality > 2", "entry_point.label != ''", "dependency.name != ''", "evidence.kind != 1", "recommendation.priority < 3u", "criterion.level_min > 0u"} {
		targets := []reviewpkgv1.RuleTarget{5, 6, 7, 8, 9, 3}
		policy.SetRules(append(policy.GetRules(), reviewpkgv1.PolicyRule_builder{Id: fmt.Sprint("more", i), Statement: "s", Target: targets[i], Condition: condition}.Build()))
	}
	policy.GetRules()[1].SetMessage("finding.title + ' is ' + finding.state_evidence_ids.map(e, e + ';')[0]")
	compiled, ds := compileRules(policy, Default())
	if len(ds) > 0 {
		t.Fatal(ds)
	}
	s := newTestScorer(t, nil)
	rapid.Check(t, func(t *rapid.T) {
		p := randpkg.Package(t)
		p.SetId("p")
		for i, f := range slices.Concat(p.GetFindings(), p.GetDisputedFindings()) {
			f.SetId(fmt.Sprint("f-", i))
		}
		before := proto.CloneOf(p)
		results, err := compiled.evaluate(ruleInput{pkg: p, profile: mustScore(t, s, p), asOf: ruleTestDay})
		var d *reviewpkg.Diagnostic
		if err != nil && (!errors.As(err, &d) || d.Path != `rules["R1"].message`) {
			t.Fatal(err)
		}
		for _, r := range results {
			if err := reviewpkg.Validate(r); err != nil {
				t.Fatal(err)
			}
		}
		if !proto.Equal(before, p) {
			t.Fatal("the package changed")
		}
	})
}

// One policy serves many packages at a time.
func TestRulesAtOnce(t *testing.T) {
	compiled, ds := compileRules(benchPolicy(len(benchRules)), Default())
	if len(ds) > 0 {
		t.Fatal(ds)
	}
	in := ruleInput{pkg: benchPackage(30), profile: &reviewpkgv1.RiskProfile{}, asOf: ruleTestDay}
	want, err := compiled.evaluate(in)
	if err != nil {
		t.Fatal(err)
	}
	var wait sync.WaitGroup
	for range 8 {
		wait.Go(func() {
			got, err := compiled.evaluate(in)
			if diff := cmp.Diff(want, got, protocmp.Transform()); diff != "" || err != nil {
				t.Error(diff, err)
			}
		})
	}
	wait.Wait()
}
