package rubric

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/testing/protocmp"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
	"github.com/reviewpkg/sdk/reviewpkg"
)

// smallPolicy is a valid policy for the small rubric, with what a test adds.
func smallPolicy(t *testing.T, text string) *reviewpkgv1.Policy {
	t.Helper()
	policy := parse(t, &reviewpkgv1.Policy{}, text)
	policy.SetSchema("reviewpkg.v1.Policy")
	policy.SetId("policy")
	policy.SetVersion("3")
	policy.SetTitle("A policy")
	policy.SetOwner("somebody")
	policy.SetRubric("small")
	return policy
}

// final marks p as final.
func final(p *reviewpkgv1.ReviewPackage) *reviewpkgv1.ReviewPackage {
	p.SetStatus(reviewpkgv1.PackageStatus_PACKAGE_STATUS_FINAL)
	return p
}

// verdictOn scores p under the small rubric and compares it with a policy.
func verdictOn(t *testing.T, o CompareOptions, p *reviewpkgv1.ReviewPackage, policy *reviewpkgv1.Policy) *reviewpkgv1.Verdict {
	t.Helper()
	o.Rubric = smallRubric()
	verdict, err := o.Compare(p, mustScore(t, newTestScorer(t, smallRubric()), p), policy)
	if err != nil {
		t.Fatal(err)
	}
	if err := reviewpkg.Validate(verdict); err != nil {
		t.Errorf("the verdict is invalid: %v", err)
	}
	return verdict
}

// summary returns the results of a verdict, one on a line.
func summary(v *reviewpkgv1.Verdict) string {
	lines := []string{short(v.GetOutcome())}
	for _, r := range v.GetResults() {
		lines = append(lines, r.GetRule()+" "+short(r.GetOutcome())+" "+strings.Join(r.GetPaths(), " "))
	}
	return strings.Join(lines, "\n")
}

func short(o reviewpkgv1.Outcome) string { return strings.TrimPrefix(o.String(), "OUTCOME_") }

// All ranges against all appetites: the outcome is that of every level of the
// range where they agree, a warning where all of them are accepted, and what
// the policy says otherwise.
func TestJudge(t *testing.T) {
	for a := lowest; a <= highest; a++ {
		for tolerance := reviewpkgv1.Level(0); tolerance <= highest; tolerance++ {
			for mode := range reviewpkgv1.UnknownMode_name {
				appetite := reviewpkgv1.Appetite_builder{Appetite: a, Tolerance: tolerance, Unknown: reviewpkgv1.UnknownMode(mode)}.Build()
				for from := lowest; from <= highest; from++ {
					for to := from; to <= highest; to++ {
						if got, want := judge(appetite, span{from, to}), judgeByLevels(appetite, from, to); got != want {
							t.Errorf("%v for %s to %s: %s, want %s", appetite, word(from), word(to), short(got), short(want))
						}
					}
				}
			}
		}
	}
}

func judgeByLevels(a *reviewpkgv1.Appetite, from, to reviewpkgv1.Level) reviewpkgv1.Outcome {
	passes, warns, fails := 0, 0, 0
	for l := from; l <= to; l++ {
		switch {
		case l <= a.GetAppetite():
			passes++
		case l <= a.GetTolerance():
			warns++
		default:
			fails++
		}
	}
	switch {
	case fails > 0 && passes+warns > 0:
		switch a.GetUnknown() {
		case reviewpkgv1.UnknownMode_UNKNOWN_MODE_FAIL:
			return fail
		case reviewpkgv1.UnknownMode_UNKNOWN_MODE_WARN:
			return warn
		default:
			return indeterminate
		}
	case fails > 0:
		return fail
	case warns > 0:
		return warn
	default:
		return pass
	}
}

func TestCompareRules(t *testing.T) {
	known := "labels: {a: '2', b: '2'}" // X is medium
	for _, test := range []struct {
		name, pkg, policy, want string
	}{
		{
			"passes", "{id: p, " + known + "}", "appetites: [{dimension: X, appetite: LEVEL_MEDIUM}]",
			"PASS\ndraft PASS \nappetite.X PASS ",
		},
		{
			"warns", "{id: p, " + known + "}", "appetites: [{dimension: X, appetite: LEVEL_LOW, tolerance: LEVEL_MEDIUM}]",
			"WARN\nappetite.X WARN criteria[\"X\"]\ndraft PASS ",
		},
		{
			"fails before all else", "{id: p, labels: {b: '2'}, findings: [{id: f, likelihood: LEVEL_HIGH, impact: LEVEL_HIGH}]}",
			"{appetites: [{dimension: X, appetite: LEVEL_MEDIUM}, {dimension: F, appetite: LEVEL_HIGH}], overall: {appetite: LEVEL_VERY_HIGH}}",
			"FAIL\nappetite.F FAIL findings[\"f\"]\nappetite.X INDETERMINATE criteria[\"X\"] X.1\ndraft PASS \noverall PASS ",
		},
		{
			"only what is too bad is a reason", "{id: p, findings: [{id: f, likelihood: LEVEL_MEDIUM, impact: LEVEL_HIGH}, {id: g, likelihood: LEVEL_LOW, impact: LEVEL_HIGH}, {id: h}]}",
			"appetites: [{dimension: F, appetite: LEVEL_LOW, tolerance: LEVEL_MEDIUM}]",
			"FAIL\nappetite.F FAIL findings[\"f\"]\ndraft PASS ",
		},
		{
			"open questions", "{id: p, findings: [{id: f, impact: LEVEL_HIGH}]}", "appetites: [{dimension: F, appetite: LEVEL_HIGH}]",
			"INDETERMINATE\nappetite.F INDETERMINATE findings[\"f\"] findings[\"f\"].likelihood\ndraft PASS ",
		},
		{
			"open questions fail", "{id: p, findings: [{id: f, impact: LEVEL_HIGH}]}", "appetites: [{dimension: F, appetite: LEVEL_HIGH, unknown: UNKNOWN_MODE_FAIL}]",
			"FAIL\nappetite.F FAIL findings[\"f\"] findings[\"f\"].likelihood\ndraft PASS ",
		},
		{
			"open questions warn", "{id: p, findings: [{id: f, impact: LEVEL_HIGH}]}", "appetites: [{dimension: F, appetite: LEVEL_HIGH, unknown: UNKNOWN_MODE_WARN}]",
			"WARN\nappetite.F WARN findings[\"f\"] findings[\"f\"].likelihood\ndraft PASS ",
		},
		{
			"not assessed", "{id: p, " + known + "}", "appetites: [{dimension: F, appetite: LEVEL_HIGH}]",
			"INDETERMINATE\nappetite.F INDETERMINATE findings\ndraft PASS ",
		},
		{
			"overall counts what is not assessed", "{id: p, " + known + "}", "overall: {appetite: LEVEL_MEDIUM}",
			"INDETERMINATE\noverall INDETERMINATE findings\ndraft PASS ",
		},
		{
			"overall of what is assessed", "{id: p, " + known + ", no_findings_statement: none, review: {body: {name: B}}}", "overall: {appetite: LEVEL_MEDIUM}",
			"PASS\ndraft PASS \noverall PASS ",
		},
		{
			"overall fails by the worst", "{id: p, " + known + ", findings: [{id: f, likelihood: LEVEL_HIGH, impact: LEVEL_HIGH}]}", "overall: {appetite: LEVEL_LOW}",
			"FAIL\noverall FAIL criteria[\"X\"] findings[\"f\"]\ndraft PASS ",
		},
		{
			"overall is open", "{id: p, labels: {a: '2'}, findings: [{id: f, impact: LEVEL_HIGH}]}", "overall: {appetite: LEVEL_HIGH}",
			"INDETERMINATE\noverall INDETERMINATE findings[\"f\"] findings[\"f\"].likelihood\ndraft PASS ",
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			verdict := verdictOn(t, CompareOptions{}, final(parsePackage(t, test.pkg)), smallPolicy(t, test.policy))
			if diff := cmp.Diff(test.want, summary(verdict)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestCompareWords(t *testing.T) {
	p := final(parsePackage(t, "{id: p, labels: {a: '2', b: '1'}, findings: [{id: f, impact: LEVEL_HIGH}]}"))
	policy := smallPolicy(t, `{appetites: [{dimension: X, appetite: LEVEL_LOW, tolerance: LEVEL_MEDIUM}, {dimension: F, appetite: LEVEL_HIGH}]}`)
	want := []*reviewpkgv1.RuleResult{
		reviewpkgv1.RuleResult_builder{
			Rule: "appetite.F", Outcome: indeterminate, PolicyPath: "appetites[1]",
			Message: "the risk of F is medium to very high (210 to 960); that is not known well enough to tell",
			Found:   "medium to very high (210 to 960)", Wanted: "at most high",
			Paths: []string{`findings["f"]`, `findings["f"].likelihood`}, Unknowns: []string{`findings["f"].likelihood`},
		}.Build(),
		reviewpkgv1.RuleResult_builder{
			Rule: "appetite.X", Outcome: warn, PolicyPath: "appetites[0]",
			Message: "the risk of X is medium (210); that is accepted with a warning",
			Found:   "medium (210)", Wanted: "at most low, up to medium with a warning", Paths: []string{`criteria["X"]`},
		}.Build(),
		reviewpkgv1.RuleResult_builder{
			Rule: "draft", Outcome: pass, Message: "the status of the package is final", Found: "final", Wanted: "final",
		}.Build(),
	}
	if diff := cmp.Diff(want, verdictOn(t, CompareOptions{}, p, policy).GetResults(), protocmp.Transform()); diff != "" {
		t.Error(diff)
	}
}

func TestConsequence(t *testing.T) {
	appetite := reviewpkgv1.Appetite_builder{Appetite: low, Tolerance: medium}.Build()
	for _, test := range []struct {
		risk    span
		outcome reviewpkgv1.Outcome
		want    string
	}{
		{span{low, low}, pass, "; that is accepted"},
		{span{low, medium}, warn, "; that is accepted with a warning"},
		{span{high, high}, fail, "; that is more than is accepted"},
		{span{low, high}, indeterminate, "; that is not known well enough to tell"},
		{span{low, high}, fail, "; that is not known well enough, which the policy does not accept"},
		{span{low, high}, warn, "; that is not known well enough, which the policy accepts with a warning"},
	} {
		if got := consequence(appetite, test.risk, test.outcome); got != test.want {
			t.Errorf("%s, %s: %q, want %q", test.risk.words(), short(test.outcome), got, test.want)
		}
	}
}

func TestCompareDraft(t *testing.T) {
	// X is medium, which fails the second policy.
	accepts, refuses := "overall: {appetite: LEVEL_HIGH}", "appetites: [{dimension: X, appetite: LEVEL_LOW}]"
	for _, test := range []struct {
		status reviewpkgv1.PackageStatus
		allow  bool
		policy string
		want   string // the outcome, and the first rule with its outcome
	}{
		{reviewpkgv1.PackageStatus_PACKAGE_STATUS_FINAL, false, accepts, "PASS draft PASS"},
		{reviewpkgv1.PackageStatus_PACKAGE_STATUS_FINAL, false, refuses, "FAIL appetite.X FAIL"},
		{reviewpkgv1.PackageStatus_PACKAGE_STATUS_DRAFT, false, accepts, "INDETERMINATE draft INDETERMINATE"},
		{reviewpkgv1.PackageStatus_PACKAGE_STATUS_DRAFT, false, refuses, "INDETERMINATE draft INDETERMINATE"},
		{reviewpkgv1.PackageStatus_PACKAGE_STATUS_DRAFT, true, accepts, "PASS draft PASS"},
		{reviewpkgv1.PackageStatus_PACKAGE_STATUS_DRAFT, true, refuses, "FAIL appetite.X FAIL"},
		{reviewpkgv1.PackageStatus_PACKAGE_STATUS_IN_REVIEW, true, accepts, "PASS draft PASS"},
		{0, false, accepts, "INDETERMINATE draft INDETERMINATE"},
		{reviewpkgv1.PackageStatus_PACKAGE_STATUS_OBSOLETE, false, accepts, "INDETERMINATE draft INDETERMINATE"},
		{reviewpkgv1.PackageStatus_PACKAGE_STATUS_OBSOLETE, true, accepts, "WARN draft WARN"},
	} {
		p := parsePackage(t, "{id: p, labels: {a: '2', b: '2'}, no_findings_statement: none, review: {body: {name: B}}}")
		p.SetStatus(test.status)
		v := verdictOn(t, CompareOptions{AllowDraft: test.allow}, p, smallPolicy(t, test.policy))
		first := v.GetResults()[0]
		if got := short(v.GetOutcome()) + " " + first.GetRule() + " " + short(first.GetOutcome()); got != test.want {
			t.Errorf("%s, allowed %t: %s, want %s", test.status, test.allow, got, test.want)
		}
		if len(v.GetResults()) != 2 || v.GetDraft() != (test.status != reviewpkgv1.PackageStatus_PACKAGE_STATUS_FINAL) {
			t.Errorf("%s: draft is %t, results are %v", test.status, v.GetDraft(), v.GetResults())
		}
	}
}

func TestCompareRefusesToDecide(t *testing.T) {
	p := final(parsePackage(t, "{id: p, labels: {a: '2', b: '2'}}"))
	profile := mustScore(t, newTestScorer(t, smallRubric()), p)
	policy := smallPolicy(t, "overall: {appetite: LEVEL_HIGH}")
	for _, test := range []struct {
		name string
		edit func(p *reviewpkgv1.ReviewPackage, profile *reviewpkgv1.RiskProfile, policy *reviewpkgv1.Policy)
		code reviewpkg.Code
		path string
	}{
		{"another package", func(p *reviewpkgv1.ReviewPackage, _ *reviewpkgv1.RiskProfile, _ *reviewpkgv1.Policy) {
			p.SetTitle("other")
		}, reviewpkg.Inconsistent, "package_digest"},
		{"another rubric", func(_ *reviewpkgv1.ReviewPackage, _ *reviewpkgv1.RiskProfile, policy *reviewpkgv1.Policy) {
			policy.SetRubric("other")
		}, reviewpkg.Inconsistent, "rubric"},
		{"a dimension that is not there", func(_ *reviewpkgv1.ReviewPackage, _ *reviewpkgv1.RiskProfile, policy *reviewpkgv1.Policy) {
			policy.SetAppetites([]*reviewpkgv1.Appetite{reviewpkgv1.Appetite_builder{Dimension: "D99", Appetite: high}.Build()})
		}, reviewpkg.Inconsistent, "appetites[0].dimension"},
		{"a policy that checks nothing", func(_ *reviewpkgv1.ReviewPackage, _ *reviewpkgv1.RiskProfile, policy *reviewpkgv1.Policy) {
			policy.ClearOverall()
		}, reviewpkg.Inconsistent, ""},
		{"a profile without risk", func(_ *reviewpkgv1.ReviewPackage, profile *reviewpkgv1.RiskProfile, _ *reviewpkgv1.Policy) {
			profile.ClearOverall()
		}, reviewpkg.MissingField, "overall"},
		{"a text that is not UTF-8", func(p *reviewpkgv1.ReviewPackage, _ *reviewpkgv1.RiskProfile, _ *reviewpkgv1.Policy) {
			p.SetTitle("\xff")
		}, "", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			p, profile, policy := proto.CloneOf(p), proto.CloneOf(profile), proto.CloneOf(policy)
			test.edit(p, profile, policy)
			verdict, err := CompareOptions{Rubric: smallRubric()}.Compare(p, profile, policy)
			if err == nil || verdict != nil {
				t.Fatalf("no error, and the verdict %v", verdict)
			}
			var d *reviewpkg.Diagnostic
			if test.code != "" && (!errors.Is(err, test.code) || !errors.As(err, &d) || d.Path != test.path) {
				t.Errorf("%v, want %s at %q", err, test.code, test.path)
			}
		})
	}
	for _, missing := range []error{
		second(Compare(nil, profile, policy)), second(Compare(p, nil, policy)), second(Compare(p, profile, nil)), second(Score(nil)),
	} {
		if missing == nil {
			t.Error("no error for a document that is not there")
		}
	}
	if _, err := Score(parsePackage(t, "{}")); err != nil {
		t.Error(err)
	}
	if _, err := Score(reviewpkgv1.ReviewPackage_builder{Title: "\xff"}.Build()); err == nil {
		t.Error("no error for a package that has no canonical form")
	}
}

func second[T any](_ T, err error) error { return err }

// One policy serves packages of all processes, but none passes by following
// none of those that it asks about.
func TestCompleteness(t *testing.T) {
	const both = "completeness: [{process: REVIEW_PROCESS_OPENSTACK, min_permille: 0}, {process: REVIEW_PROCESS_CNCF_SELF, min_permille: 1000}]"
	for _, test := range []struct {
		name, processes, policy, want string
	}{
		{"follows one", "REVIEW_PROCESS_OPENSTACK", both, "PASS\ndraft PASS status\ncompleteness.openstack PASS \ncompleteness.cncf_self PASS "},
		{"follows none", "", both, "INDETERMINATE\ncompleteness.openstack INDETERMINATE processes\ncompleteness.cncf_self INDETERMINATE processes\ndraft PASS "},
		{"follows another", "REVIEW_PROCESS_CNCF_JOINT", both, "INDETERMINATE\ncompleteness.openstack INDETERMINATE processes\ncompleteness.cncf_self INDETERMINATE processes\ndraft PASS status"},
		{"follows one that only warns", "REVIEW_PROCESS_CNCF_JOINT", "completeness: [{process: REVIEW_PROCESS_OPENSTACK, min_permille: 900}, {process: REVIEW_PROCESS_CNCF_JOINT, min_permille: 0, warn_only: true}]", "INDETERMINATE\ncompleteness.openstack INDETERMINATE processes\ndraft PASS status\ncompleteness.cncf_joint PASS "},
		{"a warning only", "", "completeness: [{process: REVIEW_PROCESS_OPENSTACK, min_permille: 900, warn_only: true}]", "WARN\ncompleteness.openstack WARN processes\ndraft PASS "},
	} {
		t.Run(test.name, func(t *testing.T) {
			p := final(parsePackage(t, "{id: p, processes: ["+test.processes+"]}"))
			if diff := cmp.Diff(test.want, summary(verdictOn(t, CompareOptions{AllowDraft: true}, p, smallPolicy(t, test.policy)))); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestCompletenessWords(t *testing.T) {
	p := final(parsePackage(t, "{id: p, processes: [REVIEW_PROCESS_OPENSTACK]}"))
	policy := smallPolicy(t, "completeness: [{process: REVIEW_PROCESS_CNCF_PACKAGE, min_permille: 10}, {process: REVIEW_PROCESS_OPENSTACK, min_permille: 1000, required_codes: [EP1, AF1]}]")
	results := verdictOn(t, CompareOptions{AllowDraft: true}, p, policy).GetResults()
	if r := results[0]; r.GetRule() != "completeness.openstack" || r.GetOutcome() != fail || r.GetPolicyPath() != "completeness[1]" ||
		r.GetWanted() != "at least 1000 of 1000 over the parts, and no gap EP1, AF1" || len(r.GetPaths()) == 0 {
		t.Errorf("the first result is %v", r)
	}
	if r := results[2]; r.GetRule() != "completeness.cncf_package" || r.GetOutcome() != pass || r.GetFound() != "not applicable" {
		t.Errorf("the last result is %v", r)
	}
}

// A package that calls itself final and is not complete is no more confirmed
// than a draft, and the rule says so in either case.
func TestFalseFinal(t *testing.T) {
	p := final(parsePackage(t, "{id: p, processes: [REVIEW_PROCESS_OPENSTACK]}"))
	policy := smallPolicy(t, "completeness: [{process: REVIEW_PROCESS_OPENSTACK, min_permille: 0}]")
	for allow, want := range map[bool]string{
		false: "the package calls itself final and is not complete, so that its content is not confirmed",
		true:  "the package calls itself final and is not complete, and the caller allows drafts",
	} {
		v := verdictOn(t, CompareOptions{AllowDraft: allow}, p, policy)
		r := v.GetResults()[0]
		if !v.GetDraft() || r.GetRule() != "draft" || r.GetMessage() != want || r.GetFound() != "final, and not complete" {
			t.Errorf("allowed %t: draft %t, %v", allow, v.GetDraft(), r)
		}
		if (v.GetOutcome() == pass) != allow {
			t.Errorf("allowed %t: %s", allow, v.GetOutcome())
		}
	}
}

func TestMeasure(t *testing.T) {
	have := func(checks, met uint32) *reviewpkgv1.Completeness {
		return reviewpkgv1.Completeness_builder{Checks: checks, Met: met, MetPermille: met * 1000 / max(checks, 1), Gaps: []*reviewpkgv1.Gap{
			reviewpkgv1.Gap_builder{Code: "EP1", Path: "architecture.interfaces"}.Build(),
			reviewpkgv1.Gap_builder{Code: "EP2", Path: "architecture.interfaces"}.Build(),
			reviewpkgv1.Gap_builder{Code: "AF1", Path: "findings"}.Build(),
		}}.Build()
	}
	for _, test := range []struct {
		name        string
		have        *reviewpkgv1.Completeness
		min         uint32
		required    []string
		outcome     reviewpkgv1.Outcome
		found, path string
	}{
		{"just enough", have(3, 2), 666, nil, pass, "666 of 1000 over the parts, 2 of 3 checks met", ""},
		{"just not enough", have(3, 2), 667, nil, fail, "666 of 1000 over the parts, 2 of 3 checks met", "architecture.interfaces findings"},
		{"a gap that is not accepted", have(4, 3), 500, []string{"AF1", "X"}, fail, "750 of 1000 over the parts, 3 of 4 checks met", "findings"},
		{"other gaps are accepted", have(4, 3), 500, []string{"X"}, pass, "750 of 1000 over the parts, 3 of 4 checks met", ""},
		{"no checks", have(0, 0), 500, nil, indeterminate, "no checks", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			var b reviewpkgv1.RuleResult_builder
			measure(&b, reviewpkgv1.CompletenessRequirement_builder{MinPermille: test.min, RequiredCodes: test.required}.Build(), test.have)
			if b.Outcome != test.outcome || b.Found != test.found || strings.Join(b.Paths, " ") != test.path || b.Message == "" {
				t.Errorf("%s, %s, %v; want %s, %s, %s", short(b.Outcome), b.Found, b.Paths, short(test.outcome), test.found, test.path)
			}
		})
	}
}
