package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/testing/protocmp"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
	"github.com/reviewpkg/sdk/reviewpkg"
	"github.com/reviewpkg/sdk/rubric"
)

// file writes a message as JSON for a test, and returns its path.
func file(t *testing.T, name string, m proto.Message) string {
	t.Helper()
	data, err := reviewpkg.Marshal(m)
	if err != nil {
		t.Fatal(err)
	}
	return temp(t, name, string(data))
}

// A day that is named is the day that dates are judged for; otherwise it is the
// day of the clock, in UTC.
func TestAsOf(t *testing.T) {
	for _, verb := range []string{"score", "compare", "plan"} {
		args := []string{verb, "--format", "json", barbican}
		named := do(t, "", append(args, "--as-of", "2026-02-28")...)
		if !strings.Contains(named.stdout, `"2026-02-28"`) {
			t.Errorf("%s: the day is not in\n%s", verb, named.stdout)
		}
		before := time.Now().UTC().Format(time.DateOnly)
		got := do(t, "", args...)
		after := time.Now().UTC().Format(time.DateOnly)
		if !strings.Contains(got.stdout, `"`+before+`"`) && !strings.Contains(got.stdout, `"`+after+`"`) {
			t.Errorf("%s: today is not in\n%s", verb, got.stdout)
		}
	}
}

// A policy is a file or a preset, and a file of the name of a preset wins.
func TestPolicyOfAName(t *testing.T) {
	if len(rubric.Presets()) == 0 {
		t.Skip("there are no presets")
	}
	policyOf := func(name string) string {
		t.Helper()
		got := do(t, "", "compare", "--format", "json", "--policy", name, barbican)
		return parse(t, got.stdout, &reviewpkgv1.Verdict{}).GetPolicy()
	}
	for _, name := range rubric.Presets() {
		preset, err := rubric.Preset(name)
		if err != nil {
			t.Fatal(err)
		}
		if preset.GetRubric() == rubric.Default().GetId() && policyOf(name) != preset.GetId() {
			t.Errorf("--policy %s compares with %q, want %q", name, policyOf(name), preset.GetId())
		}
	}
	own, name := rubric.DefaultPolicy(), rubric.Presets()[0]
	own.SetId("own")
	text, err := os.ReadFile(file(t, "p.json", own))
	if err != nil {
		t.Fatal(err)
	}
	pkg, err := filepath.Abs(barbican)
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(t.TempDir())
	write(t, name, string(text))
	got := do(t, "", "compare", "--format", "json", "--policy", name, pkg)
	if id := parse(t, got.stdout, &reviewpkgv1.Verdict{}).GetPolicy(); id != "own" {
		t.Errorf("with a file %s, --policy %s compares with %q", name, name, id)
	}
}

func TestWaivers(t *testing.T) {
	set := temp(t, "waivers.yaml", `schema: reviewpkg.v1.WaiverSet
waivers:
  - id: w-1
    findings: [finding-1]
    scope: {package: openstack-barbican-newton}
    category: accept
    justification: It is behind a gateway.
    owner: ops
    requested_by: ada
    approvals: [{approver: grace, date: {value: "2026-11-01"}}]
    expires: {value: "2026-12-31"}
    max_level: high
`)
	want, err := rubric.LoadWaivers(set)
	if err != nil {
		t.Fatal(err)
	}
	digest, err := reviewpkg.Digest(want)
	if err != nil {
		t.Fatal(err)
	}
	got := do(t, "", "compare", "--format", "json", "--as-of", today, "--waivers", set, barbican)
	if v := parse(t, got.stdout, &reviewpkgv1.Verdict{}); v.GetWaiversDigest() != digest {
		t.Errorf("the verdict is for the waivers %q, want %q", v.GetWaiversDigest(), digest)
	}
	broken := temp(t, "broken.yaml", "schema: reviewpkg.v1.WaiverSet\nwaivers:\n  - {id: w-1, expiry: 2026-12-31}\n")
	got = do(t, "", "compare", "--waivers", broken, barbican)
	if got.code != exitFail || got.stdout != "" || !strings.Contains(got.stderr, "broken.yaml:3:") || !strings.Contains(got.stderr, "expiry") {
		t.Errorf("exit code %d, output %q, error output %q, want %d and what is wrong with the waivers", got.code, got.stdout, got.stderr, exitFail)
	}
}

// A policy whose rules do not compile is a mistake in a document, shown with its
// place.
func TestPolicyThatCannotJudge(t *testing.T) {
	policy := rubric.DefaultPolicy()
	policy.GetAppetites()[0].SetDimension("D99")
	got := do(t, "", "compare", "--policy", file(t, "policy.json", policy), barbican)
	if got.code != exitFail || got.stdout != "" || !strings.Contains(got.stderr, "policy.json") || !strings.Contains(got.stderr, "D99") {
		t.Errorf("exit code %d and %q, want %d and what is wrong with the policy", got.code, got.stderr, exitFail)
	}
}

// The exit code of plan follows from where the plan leads.
func TestPlanExitCodes(t *testing.T) {
	for name, args := range map[string][]string{
		"pass already":     {"--policy", accepting(t, "very_high", "very_high"), "--allow-draft"},
		"warning will do":  {"--policy", accepting(t, "low", "very_high"), "--allow-draft", "--target", "warn"},
		"warning will not": {"--policy", accepting(t, "low", "very_high"), "--allow-draft"},
		"fail":             {"--policy", accepting(t, "low", "low"), "--allow-draft", "--budget", "1"},
		"draft":            {"--policy", accepting(t, "low", "low")},
	} {
		t.Run(name, func(t *testing.T) {
			args := append([]string{"plan", "--as-of", today, barbican}, args...)
			js := do(t, "", append(args, "--format", "json")...)
			p := parse(t, js.stdout, &reviewpkgv1.Plan{})
			want := exitFail
			if o := p.GetAfter(); o != 0 && o <= p.GetTarget() && len(p.GetUnreachable()) == 0 {
				want = exitPass
			}
			if name == "draft" && want == exitPass {
				t.Error("a plan makes a draft final")
			}
			for _, format := range []string{"text", "json", "markdown", "html"} {
				if got := do(t, "", append(args, "--format", format)...); got.code != want || got.stderr != "" {
					t.Errorf("%s: exit code %d, want %d; error output %q", format, got.code, want, got.stderr)
				}
			}
			if already := strings.Contains(name, "already") || strings.Contains(name, "will do"); already {
				if want != exitPass || !strings.Contains(must(t, exitPass, args...), "Nothing has to be done.") {
					t.Errorf("a package that is there gets the exit code %d, or a plan", want)
				}
			}
		})
	}
	for outcome, want := range map[reviewpkgv1.Outcome]bool{passed: true, warned: true, open: false, failed: false, 0: false} {
		if got := reached(reviewpkgv1.Plan_builder{Target: warned}.Build(), outcome); got != want {
			t.Errorf("an outcome %s reaches a warning: %t, want %t", outcome, got, want)
		}
	}
}

// A report of a package that does not pass has a plan, unless nobody wants it.
func TestReportHasAPlan(t *testing.T) {
	failing, passing := accepting(t, "low", "low"), accepting(t, "very_high", "very_high")
	for _, test := range []struct {
		args []string
		want bool
	}{
		{[]string{"compare", "--format", "markdown", "--policy", failing}, true},
		{[]string{"compare", "--format", "markdown", "--policy", failing, "--no-plan"}, false},
		{[]string{"compare", "--format", "markdown", "--policy", passing}, false},
		{[]string{"export", "--to", "markdown", "--policy", failing}, true},
		{[]string{"export", "--to", "markdown", "--policy", failing, "--no-plan"}, false},
		{[]string{"export", "--to", "markdown"}, false},
		{[]string{"plan", "--format", "markdown", "--policy", passing}, true},
		{[]string{"score", "--format", "markdown"}, false},
	} {
		args := test.args
		if args[0] != "score" {
			args = append(args, "--allow-draft")
		}
		got := do(t, "", append(args, barbican)...)
		if has := strings.Contains(got.stdout, "\n## Plan\n"); has != test.want || got.stderr != "" {
			t.Errorf("%v: has a plan: %t, want %t; error output %q", test.args, has, test.want, got.stderr)
		}
	}
}

// What --explain prints begins with what is printed without it, but for the
// details of rules, and shows every contribution and criterion.
func TestExplain(t *testing.T) {
	_, profile := example(t)
	for _, args := range [][]string{{"score"}, {"compare", "--allow-draft"}} {
		got := do(t, "", append(args, "--as-of", today, "--explain", barbican)...)
		for _, d := range profile.GetDimensions() {
			for _, c := range d.GetContributions() {
				if !strings.Contains(got.stdout, "  "+c.GetPath()) {
					t.Errorf("%v: the contribution %s is missing", args, c.GetPath())
				}
			}
			for _, c := range d.GetCriteria() {
				if !strings.Contains(got.stdout, "\n  "+c.GetCriterion()+" ") {
					t.Errorf("%v: the criterion %s is missing", args, c.GetCriterion())
				}
			}
			if r := d.GetRisk(); !d.GetNotAssessed() && r.GetScoreMin() == r.GetScoreMax() && !strings.Contains(got.stdout, fmt.Sprintf("\n  %d = ", r.GetScoreMin())) {
				t.Errorf("%v: the score %d is no sum", args, r.GetScoreMin())
			}
		}
	}
}

func TestLint(t *testing.T) {
	r := rubric.Default()
	r.GetBands()[1].SetMin(60)
	bad := file(t, "rubric.json", r)
	got := do(t, "", "lint", lenient, bad)
	if got.code != exitFail || !strings.Contains(got.stdout, "rubric.json:") || !strings.Contains(got.stdout, "the band starts at 60, want 50") {
		t.Errorf("exit code %d and\n%swant %d and what is wrong with the rubric", got.code, got.stdout, exitFail)
	}
	js := parse(t, do(t, "", "lint", "--format", "json", bad).stdout, &reviewpkgv1.DiagnosticReport{})
	if n := len(js.GetDiagnostics()); n == 0 || js.GetDiagnostics()[0].GetLine() == 0 {
		t.Errorf("the JSON has %d diagnostics, want some, with lines", n)
	}
	got = do(t, "", "lint", barbican+"/package.yaml")
	if got.code != exitFail || !strings.Contains(got.stdout, "package.yaml:7:9: the document is of the kind") {
		t.Errorf("exit code %d and\n%swant %d, because a package is no rubric", got.code, got.stdout, exitFail)
	}
	got = do(t, "", "lint", filepath.Join(t.TempDir(), "absent.yaml"), lenient)
	if got.code != exitTrouble || !strings.Contains(got.stderr, "absent.yaml") || !strings.Contains(got.stdout, lenient) {
		t.Errorf("exit code %d, %q and %q, want %d, and the other file looked at", got.code, got.stdout, got.stderr, exitTrouble)
	}
	// A policy is looked at beside the rubric that is named.
	r = rubric.Default()
	r.SetId("another")
	got = do(t, "", "lint", "--rubric", file(t, "rubric.json", r), lenient)
	if got.code != exitFail || !strings.Contains(got.stdout, "another") {
		t.Errorf("exit code %d and\n%swant %d, because the policy is for another rubric", got.code, got.stdout, exitFail)
	}
}

func TestLintAgainst(t *testing.T) {
	before, after := rubric.Default(), rubric.Default()
	after.SetVersion("77.0.0")
	after.GetDimensions()[0].SetExposure(reviewpkgv1.Level_LEVEL_VERY_HIGH)
	p, _ := example(t)
	want, err := rubric.CompareRubrics([]*reviewpkgv1.ReviewPackage{p, p}, before, after)
	if err != nil {
		t.Fatal(err)
	}
	args := []string{"lint", "--against", file(t, "old.json", before), file(t, "new.json", after), barbican, barbican}
	got := parse(t, must(t, exitPass, append(args, "--format", "json")...), &reviewpkgv1.RubricChange{})
	if diff := cmp.Diff(want, got, protocmp.Transform()); diff != "" {
		t.Errorf("change (-want +got):\n%s", diff)
	}
	if text := must(t, exitPass, args...); !strings.Contains(text, " 77.0.0: ") || strings.Count(text, "\n"+p.GetId()+" ") != 2 {
		t.Errorf("the versions or the packages are not in\n%s", text)
	}
	for _, broken := range [][]string{
		{"lint", "--against", "testdata/bad.yaml", args[3], barbican}, {"lint", "--against", args[2], "testdata/bad.yaml", barbican},
		{"lint", "--against", args[2], args[3], barbican, "testdata/bad.yaml"},
	} {
		if got := do(t, "", broken...); got.code != exitFail || got.stdout != "" || !strings.Contains(got.stderr, "testdata/bad.yaml:") {
			t.Errorf("%v: exit code %d, output %q, error output %q", broken, got.code, got.stdout, got.stderr)
		}
	}
}
