package rubric

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/testing/protocmp"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
	"github.com/reviewpkg/sdk/reviewpkg"
)

// ruleTestDay is the day of the comparisons of these tests.
var ruleTestDay = time.Date(2026, 6, 15, 23, 0, 0, 0, time.UTC)

// rulesOf returns compiled rules, written as a YAML list, for the small rubric.
func rulesOf(t testing.TB, text string) *rules {
	t.Helper()
	policy := parse(t, &reviewpkgv1.Policy{}, "rules:\n"+text)
	compiled, ds := compileRules(policy, smallRubric())
	if len(ds) > 0 {
		t.Fatal(ds)
	}
	return compiled
}

// ruled evaluates rules on a package, scored under the small rubric.
func ruled(t testing.TB, compiled *rules, p *reviewpkgv1.ReviewPackage, asOf time.Time) []*reviewpkgv1.RuleResult {
	t.Helper()
	results, err := compiled.evaluate(ruleInput{pkg: p, profile: mustScore(t, newTestScorer(t, smallRubric()), p), asOf: asOf})
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range results {
		if err := reviewpkg.Validate(r); err != nil {
			t.Error(err)
		}
	}
	return results
}

// itemLines returns what became of the items of a result: the outcome, the path,
// and what is not known.
func itemLines(r *reviewpkgv1.RuleResult) string {
	lines := []string{short(r.GetOutcome())}
	for _, item := range r.GetItems() {
		lines = append(lines, strings.Join(append([]string{short(item.GetOutcome()), item.GetPath()}, item.GetUnknowns()...), " "))
	}
	return strings.Join(lines, "\n")
}

const rulesPackage = `{id: p, labels: {a: '2', b: '2'},
  findings: [
    {id: hot, title: t, likelihood: LEVEL_HIGH, impact: LEVEL_HIGH, state: FINDING_STATE_REPORTED, raised: {value: '2026-01-02'}},
    {id: done, title: t, likelihood: LEVEL_HIGH, impact: LEVEL_HIGH, state: FINDING_STATE_VERIFIED_FIXED, raised: {value: '2026'}},
    {id: half, title: t, impact: LEVEL_HIGH, state: FINDING_STATE_REPORTED},
    {id: said, title: t, overall: LEVEL_LOW, state: FINDING_STATE_REPORTED},
    {id: span, title: t, likelihood: LEVEL_VERY_LOW, likelihood_max: LEVEL_LOW, impact: LEVEL_HIGH, state: FINDING_STATE_REPORTED}],
  disputed_findings: [{id: fought, title: t, likelihood: LEVEL_HIGH, impact: LEVEL_HIGH, state: FINDING_STATE_REPORTED}],
  architecture: {
    data_assets: [{id: keys, name: Keys}, {id: logs, name: Logs}],
    interfaces: [{id: api, label: API, entry_point: true}, {id: bus, label: Bus}],
    external_dependencies: [{id: db, name: Database}]},
  review: {evidence: [{id: scan, kind: EVIDENCE_KIND_INTERVIEW}], body: {name: B}},
  recommendations: [{id: r1, text: Do it}]}`

// TestRuleFunctions goes through the functions of rules, with their three
// values: the items of which the condition does not hold, or may not.
func TestRuleFunctions(t *testing.T) {
	p := parsePackage(t, rulesPackage)
	for condition, want := range map[string]string{
		"risk(finding) < level('high')": "FAIL\nFAIL findings[\"done\"]\nINDETERMINATE findings[\"half\"] findings[\"half\"].likelihood\nFAIL findings[\"hot\"]\n" +
			"INDETERMINATE disputed_findings[\"fought\"] disputed_findings[\"fought\"].agreement",
		"risk(finding) != level('low') || finding.id == 'said'":    "PASS",
		"risk(finding) == level('medium') || finding.id != 'span'": "PASS",
		"open(finding)":                                                                                      "FAIL\nFAIL findings[\"done\"]",
		"!disputed(finding)":                                                                                 "INDETERMINATE\nINDETERMINATE disputed_findings[\"fought\"] disputed_findings[\"fought\"].agreement",
		"disputed(finding) || finding.id != ''":                                                              "PASS",
		"finding.id != 'hot' || older_than(finding.raised, 100)":                                             "PASS",
		"finding.id != 'hot' || older_than(finding.raised, 164)":                                             "FAIL\nFAIL findings[\"hot\"]",
		"finding.id != 'done' || older_than(finding.raised, 100)":                                            "INDETERMINATE\nINDETERMINATE findings[\"done\"] findings[\"done\"].raised",
		"finding.id != 'done' || !past(finding.raised)":                                                      "INDETERMINATE\nINDETERMINATE findings[\"done\"] findings[\"done\"].raised",
		"finding.id != 'done' || !older_than(finding.raised, 365)":                                           "PASS",
		"finding.id != 'half' || past(finding.raised)":                                                       "INDETERMINATE\nINDETERMINATE findings[\"half\"] findings[\"half\"].raised",
		"finding.id != 'half' || past(finding.raised) || !past(finding.raised)":                              "PASS",
		"finding.id != 'done' || !(older_than(finding.raised, 100) && !older_than(finding.raised, 50))":      "PASS",
		"finding.id != 'done' || older_than(finding.raised, 9223372036854775807) == past(finding.raised)":    "INDETERMINATE\nINDETERMINATE findings[\"done\"] findings[\"done\"].raised",
		"answered(pkg.self_assessment.use) || declared_none(pkg.self_assessment.use) || finding.id != 'hot'": "FAIL\nFAIL findings[\"hot\"]",
		"level(finding.id == 'hot' ? 'high' : 'low') <= level('high')":                                       "PASS",
	} {
		compiled := rulesOf(t, fmt.Sprintf("- {id: r, statement: s, target: RULE_TARGET_FINDING, condition: %q}", condition))
		if diff := cmp.Diff(want, itemLines(ruled(t, compiled, p, ruleTestDay)[0])); diff != "" {
			t.Errorf("%s: %s", condition, diff)
		}
	}
}

// TestRuleRisk holds risk() of a finding against the score of it.
func TestRuleRisk(t *testing.T) {
	s := newTestScorer(t, smallRubric())
	var conditions []string
	for l := lowest; l <= highest; l++ {
		conditions = append(conditions, fmt.Sprintf("- {id: r%d, statement: s, target: RULE_TARGET_FINDING, unknown: UNKNOWN_MODE_WARN, condition: 'risk(finding) != %d'}", l, l))
	}
	compiled := rulesOf(t, strings.Join(conditions, "\n"))
	for code := range 6 * 6 * 6 * 6 * 2 {
		level := func(divisor int) reviewpkgv1.Level { return reviewpkgv1.Level(code / divisor % 6) }
		f := finding("f", level(1), level(6))
		f.SetLikelihoodMax(level(36))
		f.SetImpactMax(level(216))
		f.SetOverall(reviewpkgv1.Level(code / 1296 * 3))
		results, err := compiled.evaluate(ruleInput{pkg: withFindings(f), profile: &reviewpkgv1.RiskProfile{}})
		if err != nil {
			t.Fatal(err)
		}
		risk := s.rate(f, "").risk
		for i, r := range results {
			l := reviewpkgv1.Level(i + 1)
			want := pass
			switch {
			case risk == span{l, l}:
				want = fail
			case risk.min <= l && l <= risk.max && possible(s, f, l):
				want = warn
			}
			if r.GetOutcome() != want {
				t.Fatalf("%v, risk %v, level %v: %v, want %v", f, risk, l, r.GetOutcome(), want)
			}
		}
	}
}

// possible reports whether a finding may have a risk: a matrix may leave out a
// level between two others.
func possible(s *scorer, f *reviewpkgv1.Finding, risk reviewpkgv1.Level) bool {
	likelihood, impact := stated(f.GetLikelihood(), f.GetLikelihoodMax()), stated(f.GetImpact(), f.GetImpactMax())
	for l := likelihood.min; l <= likelihood.max; l++ {
		for i := impact.min; i <= impact.max; i++ {
			if lookup(s.findingMatrix, span{l, l}, span{i, i}).min == risk {
				return true
			}
		}
	}
	return false
}

func TestRuleTargets(t *testing.T) {
	p := parsePackage(t, rulesPackage)
	for _, test := range []struct{ target, condition, want string }{
		{"PACKAGE", "pkg.id != 'p' || profile.draft == false", "FAIL\nFAIL "},
		{"PACKAGE", "pkg.status == PackageStatus.PACKAGE_STATUS_FINAL", "INDETERMINATE\nINDETERMINATE  status"},
		{"FINDING", "finding.id != 'hot'", "FAIL\nFAIL findings[\"hot\"]"},
		{"CRITERION", "criterion.level_min > 2u", "FAIL\nFAIL profile.dimensions[\"X\"].criteria[\"X.1\"]\nFAIL profile.dimensions[\"X\"].criteria[\"X.2\"]"},
		{"DIMENSION", "risk(dimension) < level('high')", "INDETERMINATE\nINDETERMINATE profile.dimensions[\"F\"] disputed_findings[\"fought\"].agreement findings[\"half\"].likelihood findings[\"span\"].likelihood"},
		{"ASSET", "asset.name != 'Logs'", "FAIL\nFAIL architecture.data_assets[\"logs\"]"},
		{"ENTRY_POINT", "entry_point.label == ''", "FAIL\nFAIL architecture.interfaces[\"api\"]"},
		{"DEPENDENCY", "dependency.name == ''", "FAIL\nFAIL architecture.external_dependencies[\"db\"]"},
		{"EVIDENCE", "evidence.id != 'scan'", "FAIL\nFAIL review.evidence[\"scan\"]"},
		{"RECOMMENDATION", "recommendation.disposition == Disposition.DISPOSITION_DONE",
			"INDETERMINATE\nINDETERMINATE recommendations[\"r1\"] recommendations[\"r1\"].disposition"},
	} {
		compiled := rulesOf(t, fmt.Sprintf("- {id: r, statement: s, target: RULE_TARGET_%s, condition: %q}", test.target, test.condition))
		got := itemLines(ruled(t, compiled, p, ruleTestDay)[0])
		if test.target == "DIMENSION" {
			// The scorer says what it does not know of a dimension.
			if !strings.HasPrefix(got, "FAIL\nFAIL profile.dimensions[\"F\"]") && !strings.HasPrefix(got, "INDETERMINATE\nINDETERMINATE profile.dimensions[\"F\"] ") {
				t.Errorf("%s: %s", test.target, got)
			}
			continue
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s: %s", test.target, diff)
		}
	}
	compiled := rulesOf(t, "- {id: r, statement: s, target: RULE_TARGET_ASSET, condition: 'false'}")
	if got := ruled(t, compiled, withFindings(), ruleTestDay)[0]; got.GetOutcome() != pass || got.GetFound() != "there are no assets" {
		t.Errorf("%v", got)
	}
}

// TestRuleDimension holds that the risk of a dimension is what the profile says,
// and that what is not known is what the profile does not know.
func TestRuleDimension(t *testing.T) {
	p := parsePackage(t, "{id: p, labels: {a: '2', b: '2'}, findings: [{id: f, title: t, impact: LEVEL_HIGH, state: FINDING_STATE_REPORTED}]}")
	compiled := rulesOf(t, `
- {id: r, statement: s, target: RULE_TARGET_DIMENSION, condition: "risk(dimension) <= level('medium')"}
- {id: all, statement: s, target: RULE_TARGET_DIMENSION, condition: "risk(dimension) >= level('medium') || dimension.risk.level_min < 3"}`)
	results := ruled(t, compiled, p, ruleTestDay)
	want := "INDETERMINATE\nINDETERMINATE profile.dimensions[\"F\"] findings[\"f\"].likelihood"
	if diff := cmp.Diff(want, itemLines(results[0])); diff != "" {
		t.Error(diff)
	}
	if results[1].GetOutcome() != pass {
		t.Errorf("%v", results[1])
	}
	reads := []*reviewpkgv1.ReadValue{reviewpkgv1.ReadValue_builder{Path: `profile.dimensions["F"]`, Value: "medium to very high"}.Build()}
	if diff := cmp.Diff(reads, results[0].GetItems()[0].GetReads(), protocmp.Transform()); diff != "" {
		t.Error(diff)
	}
}

func TestRuleWords(t *testing.T) {
	p := parsePackage(t, rulesPackage)
	compiled := rulesOf(t, `
- {id: tracked, statement: A high finding has a tracker, target: RULE_TARGET_FINDING, when: "open(finding) && risk(finding) >= level('high')",
   condition: "size(finding.trackers) > 0", message: "finding.id + ' has no tracker'", remediation: File an issue}`)
	got := ruled(t, compiled, p, ruleTestDay)[0]
	read := func(path, value string) *reviewpkgv1.ReadValue {
		return reviewpkgv1.ReadValue_builder{Path: path, Value: value}.Build()
	}
	f := `findings["hot"].`
	want := reviewpkgv1.RuleResult_builder{
		Rule: "rule.tracked", Outcome: fail, PolicyPath: `rules["tracked"]`, Checked: 6,
		Message: "1 of 6 findings does not keep it, too little is known of 2 of 6 findings: A high finding has a tracker",
		Found:   "1 of 6 findings does not keep it, too little is known of 2 of 6 findings",
		Wanted:  "A high finding has a tracker", Remediation: "File an issue",
		Paths:    []string{`findings["half"]`, `findings["hot"]`, `disputed_findings["fought"]`},
		Unknowns: []string{`disputed_findings["fought"].agreement`, `findings["half"].likelihood`},
		Items: []*reviewpkgv1.ItemResult{
			reviewpkgv1.ItemResult_builder{
				Path: `findings["hot"]`, Outcome: fail, Message: "hot has no tracker",
				Reads: []*reviewpkgv1.ReadValue{read(f+"state", "reported"), read(f+"likelihood", "high"), read(f+"impact", "high"), read(f+"trackers", "0 items")},
			}.Build(),
		},
	}.Build()
	if diff := cmp.Diff(want.GetItems()[0], got.GetItems()[1], protocmp.Transform()); diff != "" {
		t.Error(diff)
	}
	for i, message := range map[int]string{0: "half has no tracker", 2: "fought has no tracker"} {
		if m := got.GetItems()[i].GetMessage(); m != "too little is known to tell: "+message {
			t.Error(m)
		}
	}
	if diff := cmp.Diff(want, got, protocmp.Transform(), protocmp.IgnoreFields(&reviewpkgv1.RuleResult{}, "items")); diff != "" {
		t.Error(diff)
	}
}

// TestRuleOutcomes holds what becomes of a violation and of something unknown.
func TestRuleOutcomes(t *testing.T) {
	p := parsePackage(t, rulesPackage)
	broken, open := `"finding.id != 'hot'"`, `"finding.id != 'half' || finding.likelihood > 2"`
	for _, test := range []struct{ condition, rest, want string }{
		{broken, "", "FAIL"},
		{broken, "severity: OUTCOME_FAIL", "FAIL"},
		{broken, "severity: OUTCOME_WARN", "WARN"},
		{broken, "unknown: UNKNOWN_MODE_WARN", "FAIL"},
		{broken, "enforced_on: {value: '2026-06-16'}", "WARN"},
		{broken, "enforced_on: {value: '2026-06-15'}", "FAIL"},
		{broken, "enforced_on: {value: '2026-06'}", "FAIL"},
		{broken, "enforced_on: {value: '2026-07'}", "WARN"},
		{broken, "introduced_on: {value: '2026-06-16'}", "PASS"},
		{broken, "introduced_on: {value: '2026-06-15'}", "FAIL"},
		{broken, "introduced_on: {value: '2026-13-40'}", "FAIL"},
		{open, "", "INDETERMINATE"},
		{open, "unknown: UNKNOWN_MODE_INDETERMINATE", "INDETERMINATE"},
		{open, "unknown: UNKNOWN_MODE_FAIL", "FAIL"},
		{open, "unknown: UNKNOWN_MODE_WARN", "WARN"},
		{open, "severity: OUTCOME_WARN", "WARN"},
		{open, "severity: OUTCOME_WARN, unknown: UNKNOWN_MODE_FAIL", "WARN"},
		{open, "enforced_on: {value: '2027'}, unknown: UNKNOWN_MODE_FAIL", "WARN"},
		{open, "introduced_on: {value: '2027'}", "PASS"},
	} {
		if test.rest != "" {
			test.rest = ", " + test.rest
		}
		text := fmt.Sprintf("- {id: r, statement: s, target: RULE_TARGET_FINDING, condition: %s%s}", test.condition, test.rest)
		if got := short(ruled(t, rulesOf(t, text), p, ruleTestDay)[0].GetOutcome()); got != test.want {
			t.Errorf("%s: %s, want %s", text, got, test.want)
		}
		// Where the day cannot be told, the rule is enforced.
		if got := ruled(t, rulesOf(t, text), p, time.Time{})[0].GetOutcome(); got < indeterminate && !strings.Contains(test.rest, "WARN") {
			t.Errorf("%s without a day: %s", text, got)
		}
	}
}

func TestRuleWithoutDay(t *testing.T) {
	compiled := rulesOf(t, "- {id: r, statement: s, target: RULE_TARGET_FINDING, condition: 'past(finding.raised)'}")
	p := withFindings(reviewpkgv1.Finding_builder{Id: "f", Raised: reviewpkgv1.Date_builder{Value: "2026-01-01"}.Build()}.Build())
	want := "INDETERMINATE\nINDETERMINATE findings[\"f\"] as_of"
	if diff := cmp.Diff(want, itemLines(ruled(t, compiled, p, time.Time{})[0])); diff != "" {
		t.Error(diff)
	}
}

func TestRuleWaivers(t *testing.T) {
	p := parsePackage(t, rulesPackage)
	profile := mustScore(t, newTestScorer(t, smallRubric()), p)
	text := `
- {id: one, statement: s, target: RULE_TARGET_FINDING, condition: "finding.id != 'hot' && (finding.id != 'half' || finding.likelihood > 2)"}
- {id: never, statement: s, target: RULE_TARGET_FINDING, condition: "finding.id != 'hot'", not_waivable: true}
- {id: mild, statement: s, target: RULE_TARGET_FINDING, condition: "finding.id != 'hot'", severity: OUTCOME_WARN}
- {id: whole, statement: s, target: RULE_TARGET_PACKAGE, condition: "false"}
- {id: kept, statement: s, target: RULE_TARGET_FINDING, condition: "true"}`
	var asked []string
	results, err := rulesOf(t, text).evaluate(ruleInput{pkg: p, profile: profile, waived: func(r *reviewpkgv1.PolicyRule, finding string, level reviewpkgv1.Level) []string {
		asked = append(asked, fmt.Sprint(r.GetId(), " ", finding, " ", int(level)))
		return []string{"W-1"}
	}})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"one half 5", "one hot 5", "whole  0"}, asked); diff != "" {
		t.Error(diff)
	}
	var got []string
	for _, r := range results {
		line := r.GetRule() + " " + short(r.GetOutcome()) + " " + strings.Join(r.GetWaivers(), ",")
		for _, item := range r.GetItems() {
			line += "; " + short(item.GetOutcome()) + " " + strings.Join(item.GetWaivers(), ",")
		}
		got = append(got, line)
	}
	want := []string{"rule.one WARN W-1; WARN W-1; WARN W-1", "rule.never FAIL ; FAIL ", "rule.mild WARN ; WARN ", "rule.whole WARN W-1; WARN W-1", "rule.kept PASS "}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if m := results[0].GetItems()[0].GetMessage(); m != "too little is known to tell: s; waived by W-1" {
		t.Error(m)
	}
}

func TestRulesJointly(t *testing.T) {
	p := parsePackage(t, rulesPackage)
	text := `
- {id: free, statement: s, target: RULE_TARGET_FINDING, condition: "finding.id != 'half' || finding.origin != FindingOrigin.FINDING_ORIGIN_SCAN"}
- {id: low, statement: s, target: RULE_TARGET_FINDING, condition: "finding.id != 'half' || finding.likelihood <= 2"}
- {id: other, statement: s, target: RULE_TARGET_FINDING, condition: "finding.id != 'half' || finding.likelihood != 5"}
- {id: high, statement: s, target: RULE_TARGET_PACKAGE, condition: "pkg.findings.all(f, f.likelihood >= 4 || f.id == 'span' || f.id == 'said')"%s}`
	outcomes := func(rest string) string {
		var all []string
		for _, r := range ruled(t, rulesOf(t, fmt.Sprintf(text, rest)), p, ruleTestDay) {
			all = append(all, short(r.GetOutcome()))
		}
		return strings.Join(all, " ")
	}
	for rest, want := range map[string]string{
		"":                             "INDETERMINATE FAIL INDETERMINATE INDETERMINATE",
		", severity: OUTCOME_WARN":     "INDETERMINATE INDETERMINATE INDETERMINATE WARN",
		", unknown: UNKNOWN_MODE_WARN": "INDETERMINATE INDETERMINATE INDETERMINATE WARN",
	} {
		if got := outcomes(rest); got != want {
			t.Errorf("%q: %s, want %s", rest, got, want)
		}
	}
	r := ruled(t, rulesOf(t, fmt.Sprintf(text, "")), p, ruleTestDay)[1]
	want := "whatever the answers are, it fails or one of these does: rule.high"
	if m := r.GetItems()[0].GetMessage(); m != want+": s" || !strings.HasSuffix(r.GetMessage(), "; "+want) {
		t.Errorf("%s\n%s", m, r.GetMessage())
	}
}

func TestRuleItemsAreBounded(t *testing.T) {
	p := &reviewpkgv1.ReviewPackage{}
	for i := range 130 {
		p.SetFindings(append(p.GetFindings(), finding(fmt.Sprint("f", i), low, high)))
	}
	r := ruled(t, rulesOf(t, "- {id: r, statement: s, target: RULE_TARGET_FINDING, condition: 'false'}"), p, ruleTestDay)[0]
	if len(r.GetItems()) != maxItems || len(r.GetPaths()) != maxItems || r.GetMessage() != "130 of 130 findings do not keep it: s; 30 more are not listed" {
		t.Errorf("%d items, %d paths, %s", len(r.GetItems()), len(r.GetPaths()), r.GetMessage())
	}
}

func TestNoRules(t *testing.T) {
	compiled, ds := compileRules(&reviewpkgv1.Policy{}, smallRubric())
	if results, err := compiled.evaluate(ruleInput{}); len(ds) > 0 || len(results) > 0 || err != nil {
		t.Errorf("%v, %v, %v", ds, results, err)
	}
	var none *rules
	if results, err := none.evaluate(ruleInput{}); len(results) > 0 || err != nil {
		t.Errorf("%v, %v", results, err)
	}
}

func TestRulesChangeNothing(t *testing.T) {
	p := parsePackage(t, rulesPackage)
	profile := mustScore(t, newTestScorer(t, smallRubric()), p)
	policy := benchPolicy(len(benchRules))
	packageBefore, profileBefore, policyBefore := proto.CloneOf(p), proto.CloneOf(profile), proto.CloneOf(policy)
	compiled, _ := compileRules(policy, smallRubric())
	var first []*reviewpkgv1.RuleResult
	for range 3 {
		results, err := compiled.evaluate(ruleInput{pkg: p, profile: profile, asOf: ruleTestDay})
		if err != nil {
			t.Fatal(err)
		}
		if first == nil {
			first = results
		}
		if !slices.EqualFunc(first, results, func(a, b *reviewpkgv1.RuleResult) bool { return proto.Equal(a, b) }) {
			t.Error("another result each time")
		}
	}
	if !proto.Equal(packageBefore, p) || !proto.Equal(profileBefore, profile) || !proto.Equal(policyBefore, policy) {
		t.Error("an argument changed")
	}
}
