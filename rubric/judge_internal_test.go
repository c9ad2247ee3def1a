package rubric

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/testing/protocmp"
	"pgregory.net/rapid"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
	"github.com/reviewpkg/sdk/reviewpkg"
)

// An exposure of the policy changes what a lack means for the organisation, and
// nothing about the project.
func TestExposure(t *testing.T) {
	p := final(parsePackage(t, "{id: p, labels: {a: '1', b: '1'}}"))
	for exposure, want := range map[string]string{
		"": "appetite.X FAIL criteria[\"X\"]; high (800)",
		"exposures: [{dimension: X, exposure: LEVEL_LOW}]":       "appetite.X PASS ; low (50)",
		"exposures: [{dimension: X, exposure: LEVEL_VERY_HIGH}]": "appetite.X FAIL criteria[\"X\"]; very high (960)",
	} {
		text := "appetites: [{dimension: X, appetite: LEVEL_LOW, tolerance: LEVEL_MEDIUM}]"
		v := verdictOn(t, CompareOptions{}, p, smallPolicy(t, "{"+text+", "+exposure+"}"))
		r := v.GetResults()[0]
		if r.GetRule() != "appetite.X" {
			r = v.GetResults()[1]
		}
		got := r.GetRule() + " " + short(r.GetOutcome()) + " " + strings.Join(r.GetPaths(), " ") + "; " + r.GetFound()
		if got != want {
			t.Errorf("%q: %s, want %s", exposure, got, want)
		}
		if risk := v.GetEffectiveDimensions()[0]; risk.GetDimension() != "X" || riskWords(risk.GetRisk()) != r.GetFound() {
			t.Errorf("%q: the effective risk is %v", exposure, risk)
		}
	}
}

// A risk that is accepted must be known well enough, if the policy says so.
func TestMinConfidence(t *testing.T) {
	p := final(parsePackage(t, "{id: p, labels: {a: '2', b: '2'}, selfAssessment: {metadata: {date: {value: '2026-05-01'}}}}"))
	for _, test := range []struct {
		policy, asOf string
		want         reviewpkgv1.Outcome
		message      string
	}{
		{"{dimension: X, appetite: LEVEL_MEDIUM, min_confidence: CONFIDENCE_LEVEL_LOW}", "2026-06-01", pass, ""},
		{"{dimension: X, appetite: LEVEL_MEDIUM, min_confidence: CONFIDENCE_LEVEL_MEDIUM}", "2026-06-01", indeterminate, "the confidence in it is low, want medium"},
		{"{dimension: X, appetite: LEVEL_MEDIUM, min_confidence: CONFIDENCE_LEVEL_MEDIUM, unknown: UNKNOWN_MODE_FAIL}", "2026-06-01", fail, "independence low"},
		{"{dimension: X, appetite: LEVEL_MEDIUM, min_confidence: CONFIDENCE_LEVEL_MEDIUM, unknown: UNKNOWN_MODE_WARN}", "2026-06-01", warn, "coverage 1000"},
		{"{dimension: X, appetite: LEVEL_MEDIUM, min_confidence: CONFIDENCE_LEVEL_LOW}", "", indeterminate, "cannot be told without a day"},
		// What fails is not made better by not being known.
		{"{dimension: X, appetite: LEVEL_LOW, min_confidence: CONFIDENCE_LEVEL_HIGH}", "2026-06-01", fail, "more than is accepted"},
	} {
		o := CompareOptions{Rubric: trustRubric()}
		if test.asOf != "" {
			o.AsOf = onDay(t, test.asOf)
		}
		j, err := o.Judge(smallPolicy(t, "appetites: ["+test.policy+"]"))
		if err != nil {
			t.Fatal(err)
		}
		_, v, err := j.Judge(p)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range v.GetResults() {
			if r.GetRule() == "appetite.X" && (r.GetOutcome() != test.want || !strings.Contains(r.GetMessage(), test.message)) {
				t.Errorf("%s on %q: %s, %s; want %s, %s", test.policy, test.asOf, short(r.GetOutcome()), r.GetMessage(), short(test.want), test.message)
			}
		}
	}
}

func TestDeadlines(t *testing.T) {
	const policy = "{overall: {appetite: LEVEL_VERY_HIGH}, deadlines: [{level: LEVEL_HIGH, days: 7}, {level: LEVEL_MEDIUM, days: 90, severity: OUTCOME_WARN}]}"
	for _, test := range []struct {
		name, findings, review, asOf string
		want                         string // high, medium, overdue
	}{
		{"on the last day", "[{id: f, overall: LEVEL_HIGH, raised: {value: '2026-05-01'}}]", "", "2026-05-08", "PASS PASS 0"},
		{"a day later", "[{id: f, overall: LEVEL_HIGH, raised: {value: '2026-05-01'}}]", "", "2026-05-09", "FAIL PASS 1"},
		{"two levels", "[{id: f, overall: LEVEL_HIGH, raised: {value: '2026-05-01'}}, {id: g, overall: LEVEL_MEDIUM, raised: {value: '2026-01-01'}}]", "", "2026-05-09", "FAIL WARN 2"},
		{"another level", "[{id: f, overall: LEVEL_LOW, raised: {value: '2016-05-01'}}]", "", "2026-05-09", "PASS PASS 0"},
		{"closed", "[{id: f, overall: LEVEL_HIGH, raised: {value: '2016-05-01'}, state: FINDING_STATE_VERIFIED_FIXED}]", "", "2026-05-09", "PASS PASS 0"},
		{"some day of May, and it is May", "[{id: f, overall: LEVEL_HIGH, raised: {value: '2026-05'}}]", "", "2026-05-20", "INDETERMINATE PASS 0"},
		{"some day of May, and it is too early", "[{id: f, overall: LEVEL_HIGH, raised: {value: '2026-05'}}]", "", "2026-05-08", "PASS PASS 0"},
		{"some day of May, and it is July", "[{id: f, overall: LEVEL_HIGH, raised: {value: '2026-05'}}]", "", "2026-07-01", "FAIL PASS 1"},
		{"there when it was reviewed", "[{id: f, overall: LEVEL_HIGH}]", "{date: {value: '2026-05-01'}}", "2026-05-09", "FAIL PASS 1"},
		{"reviewed a day ago, raised any day", "[{id: f, overall: LEVEL_HIGH}]", "{date: {value: '2026-05-01'}}", "2026-05-02", "INDETERMINATE PASS 0"},
		{"no date at all", "[{id: f, overall: LEVEL_HIGH}]", "", "2026-05-02", "INDETERMINATE PASS 0"},
		{"no day", "[{id: f, overall: LEVEL_HIGH, raised: {value: '2026-05-01'}}]", "", "", "INDETERMINATE PASS 0"},
		{"rated by a range", "[{id: f, likelihood: LEVEL_LOW, likelihood_max: LEVEL_MEDIUM, impact: LEVEL_HIGH, raised: {value: '2020-05-01'}}]", "", "2026-05-02", "INDETERMINATE WARN 0"},
	} {
		t.Run(test.name, func(t *testing.T) {
			p := final(parsePackage(t, "{id: p, findings: "+test.findings+"}"))
			if test.review != "" {
				p.SetReview(parse(t, &reviewpkgv1.ReviewRecord{}, test.review))
			}
			o := CompareOptions{}
			if test.asOf != "" {
				o.AsOf = onDay(t, test.asOf)
			}
			v := verdictOn(t, o, p, smallPolicy(t, policy))
			got := map[string]string{}
			for _, r := range v.GetResults() {
				got[r.GetRule()] = short(r.GetOutcome())
				if r.GetOutcome() == indeterminate && strings.HasPrefix(r.GetRule(), "deadline") && len(r.GetUnknowns()) == 0 {
					t.Errorf("nothing says what is not known: %v", r)
				}
			}
			if line := got["deadline.high"] + " " + got["deadline.medium"] + " " + string(rune('0'+len(v.GetOverdue()))); line != test.want {
				t.Errorf("%s, want %s", line, test.want)
			}
		})
	}
	p := final(parsePackage(t, "{id: p, findings: [{id: f, overall: LEVEL_HIGH, raised: {value: '2026-05-01'}}]}"))
	v := verdictOn(t, CompareOptions{AsOf: onDay(t, "2026-05-10")}, p, smallPolicy(t, policy))
	want := reviewpkgv1.OverdueFinding_builder{
		Finding: "f", Path: `findings["f"]`, LevelMin: high, LevelMax: high, Due: reviewpkgv1.Date_builder{Value: "2026-05-09"}.Build(), Days: 2,
	}.Build()
	if diff := cmp.Diff([]*reviewpkgv1.OverdueFinding{want}, v.GetOverdue(), protocmp.Transform()); diff != "" {
		t.Error(diff)
	}
}

func TestFreshness(t *testing.T) {
	for _, test := range []struct {
		review, freshness, asOf, want, found string
	}{
		{"{date: {value: '2026-05-01'}}", "max_age_days: 30", "2026-05-31", "PASS", "30 days"},
		{"{date: {value: '2026-05-01'}}", "max_age_days: 30", "2026-06-01", "FAIL", "31 days"},
		{"{date: {value: '2026-05-01'}}", "max_age_days: 30, warn_only: true", "2026-06-01", "WARN", "31 days"},
		{"{date: {value: '2026-05'}}", "max_age_days: 30", "2026-06-20", "INDETERMINATE", "20 to 50 days"},
		{"{date: {value: '2026-05'}}", "max_age_days: 30, unknown: UNKNOWN_MODE_FAIL", "2026-06-20", "FAIL", "20 to 50 days"},
		{"{}", "max_age_days: 30", "2026-06-20", "INDETERMINATE", "not known"},
		{"{}", "max_age_days: 30, unknown: UNKNOWN_MODE_WARN", "2026-06-20", "WARN", "not known"},
		{"{date: {value: '2026-05-01'}}", "max_age_days: 30", "", "INDETERMINATE", "not known"},
		{"{date: {value: '2016-05-01'}, validation: {date: {value: '2026-05-01'}}}", "max_age_days: 30", "2026-05-02", "PASS", "1 days"},
	} {
		o := CompareOptions{}
		if test.asOf != "" {
			o.AsOf = onDay(t, test.asOf)
		}
		p := final(parsePackage(t, "{id: p, review: "+test.review+"}"))
		v := verdictOn(t, o, p, smallPolicy(t, "{overall: {appetite: LEVEL_VERY_HIGH}, freshness: {"+test.freshness+"}}"))
		for _, r := range v.GetResults() {
			if r.GetRule() == "freshness" && (short(r.GetOutcome()) != test.want || r.GetFound() != test.found) {
				t.Errorf("%s, %s on %q: %s %s, want %s %s", test.review, test.freshness, test.asOf, short(r.GetOutcome()), r.GetFound(), test.want, test.found)
			}
		}
	}
}

// A policy decides only while it holds.
func TestPolicyDates(t *testing.T) {
	policy := smallPolicy(t, "{overall: {appetite: LEVEL_HIGH}, effective_from: {value: '2026-01'}, effective_until: {value: '2026-06'}}")
	for asOf, path := range map[string]string{
		"2025-12-31": "effective_from", "2026-01-01": "", "2026-06-30": "", "2026-07-01": "effective_until", "": "",
	} {
		o := CompareOptions{Rubric: smallRubric()}
		if asOf != "" {
			o.AsOf = onDay(t, asOf)
		}
		_, err := o.Judge(policy)
		var d *reviewpkg.Diagnostic
		if path == "" && err != nil || path != "" && (!errors.As(err, &d) || d.Path != path) {
			t.Errorf("%q: %v, want an error at %q", asOf, err, path)
		}
	}
}

func TestJudgeRefuses(t *testing.T) {
	for _, test := range []struct{ policy, path string }{
		{"{overall: {appetite: LEVEL_HIGH}, exposures: [{dimension: Q, exposure: LEVEL_HIGH}]}", "exposures[0].dimension"},
		{"{overall: {appetite: LEVEL_HIGH}, appetites: [{dimension: X, appetite: LEVEL_HIGH}, {dimension: Q, appetite: LEVEL_HIGH}]}", "appetites[1].dimension"},
	} {
		_, err := CompareOptions{Rubric: smallRubric()}.Judge(smallPolicy(t, test.policy))
		var d *reviewpkg.Diagnostic
		if !errors.As(err, &d) || d.Path != test.path {
			t.Errorf("%s: %v", test.policy, err)
		}
	}
	if _, err := (CompareOptions{}).Judge(nil); err == nil {
		t.Error("no error for no policy")
	}
	if _, err := (CompareOptions{Rubric: &reviewpkgv1.Rubric{}}).Judge(smallPolicy(t, "overall: {appetite: LEVEL_HIGH}")); err == nil {
		t.Error("no error for a rubric that is not valid")
	}
	j, err := CompareOptions{}.Judge(DefaultPolicy())
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := j.Judge(nil); err == nil {
		t.Error("no error for no package")
	}
	// Same id and version, other content.
	p := parsePackage(t, "{id: p}")
	other := Default()
	other.SetDescription("changed")
	if _, err := j.Compare(p, mustScore(t, newTestScorer(t, other), p)); err == nil || !strings.Contains(err.Error(), "content") {
		t.Errorf("a profile under another rubric: %v", err)
	}
}

// Of what is not known only that is decisive which can turn the outcome.
func TestDecisive(t *testing.T) {
	for _, test := range []struct{ name, pkg, policy, want string }{
		{"nothing is open", "{id: p, labels: {a: '2', b: '2'}}", "appetites: [{dimension: X, appetite: LEVEL_MEDIUM}]", ""},
		{"criteria", "{id: p, labels: {b: '2'}}", "appetites: [{dimension: X, appetite: LEVEL_MEDIUM}]", "X.1: Is a there?"},
		{"a finding that cannot matter", "{id: p, findings: [{id: f, impact: LEVEL_LOW}, {id: g, impact: LEVEL_HIGH}]}", "appetites: [{dimension: F, appetite: LEVEL_MEDIUM}]", `findings["g"].likelihood: how likely the finding is to be exploited`},
		{"one is bad enough already", "{id: p, findings: [{id: f, likelihood: LEVEL_HIGH, impact: LEVEL_HIGH}, {id: g}]}", "appetites: [{dimension: F, appetite: LEVEL_MEDIUM}]", ""},
		{"a dispute", "{id: p, findings: [{id: f, likelihood: LEVEL_LOW, impact: LEVEL_LOW}], disputed_findings: [{id: g, likelihood: LEVEL_HIGH, impact: LEVEL_HIGH}]}", "appetites: [{dimension: F, appetite: LEVEL_MEDIUM}]", `disputed_findings["g"].agreement: whether the finding stands`},
		{"nobody looked", "{id: p}", "appetites: [{dimension: F, appetite: LEVEL_MEDIUM}]", "findings: what the review found, or why it found nothing"},
	} {
		t.Run(test.name, func(t *testing.T) {
			v := verdictOn(t, CompareOptions{}, final(parsePackage(t, test.pkg)), smallPolicy(t, test.policy))
			var got []string
			for _, u := range v.GetDecisive() {
				got = append(got, u.GetPath()+": "+u.GetQuestion())
			}
			if diff := cmp.Diff(test.want, strings.Join(got, "\n")); diff != "" {
				t.Error(diff)
			}
		})
	}
	draft := verdictOn(t, CompareOptions{}, parsePackage(t, "{id: p, labels: {a: '2', b: '2'}}"), smallPolicy(t, "appetites: [{dimension: X, appetite: LEVEL_MEDIUM}]"))
	if d := draft.GetDecisive(); len(d) != 1 || d[0].GetPath() != "status" {
		t.Errorf("a draft is decided by %v", d)
	}
}

// One call does what two do.
func TestJudgeIsScoreAndCompare(t *testing.T) {
	policy := smallPolicy(t, "{overall: {appetite: LEVEL_MEDIUM}, appetites: [{dimension: X, appetite: LEVEL_LOW}, {dimension: F, appetite: LEVEL_HIGH}]}")
	o := CompareOptions{Rubric: smallRubric(), AllowDraft: true, AsOf: time.Date(2026, 5, 1, 12, 0, 0, 0, time.UTC)}
	j, err := o.Judge(policy)
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(t *rapid.T) {
		p := drawPackage(t)
		before := proto.CloneOf(p)
		profile, verdict, err := j.Judge(p)
		if err != nil {
			t.Fatal(err)
		}
		scored, err := ScoreOptions{Rubric: o.Rubric, AsOf: o.AsOf}.Score(p)
		if err != nil {
			t.Fatal(err)
		}
		compared, err := o.Compare(p, scored, policy)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(profile, scored, protocmp.Transform()) + cmp.Diff(verdict, compared, protocmp.Transform()); diff != "" {
			t.Fatal(diff)
		}
		if !proto.Equal(p, before) {
			t.Fatal("the package changed")
		}
	})
}

// A waiver can only name rules that the policy has.
func TestRuleIDs(t *testing.T) {
	policy := &reviewpkgv1.Policy{}
	j := &Judge{policy: policy}
	if ids := j.ruleIDs(); len(ids) > 0 {
		t.Errorf("an empty policy has the rules %q", ids)
	}
	policy.SetOverall(&reviewpkgv1.Appetite{})
	policy.SetFreshness(&reviewpkgv1.FreshnessRequirement{})
	if diff := cmp.Diff([]string{"overall", "freshness"}, j.ruleIDs()); diff != "" {
		t.Error(diff)
	}
}
