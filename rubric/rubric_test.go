package rubric_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/testing/protocmp"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
	"github.com/reviewpkg/sdk/reviewpkg"
	"github.com/reviewpkg/sdk/rubric"
)

const (
	barbican = "../examples/packages/openstack-barbican/package.yaml"
	openfga  = "../examples/packages/cncf-openfga/package.yaml"
)

// loadPackage reads an example.
func loadPackage(t testing.TB, path string) *reviewpkgv1.ReviewPackage {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	p := new(reviewpkgv1.ReviewPackage)
	if err := (reviewpkg.UnmarshalOptions{Filename: path}).Unmarshal(data, p); err != nil {
		t.Fatal(err)
	}
	return p
}

// policies returns the policies of the examples, and the default one.
func policies(t *testing.T) map[string]*reviewpkgv1.Policy {
	t.Helper()
	found := map[string]*reviewpkgv1.Policy{"default": rubric.DefaultPolicy()}
	for _, name := range []string{"research-cloud", "payment-provider"} {
		policy, err := rubric.LoadPolicy("../examples/policies/" + name + ".yaml")
		if err != nil {
			t.Fatal(err)
		}
		found[name] = policy
	}
	return found
}

func TestExamplePolicies(t *testing.T) {
	for _, test := range []struct {
		pkg, policy string
		allowDraft  bool
		want        string
	}{
		{barbican, "research-cloud", true, "WARN"},
		{barbican, "payment-provider", true, "FAIL"},
		{barbican, "default", true, "FAIL"},
		{barbican, "research-cloud", false, "INDETERMINATE"},
		{barbican, "payment-provider", false, "INDETERMINATE"},
		// One finding of OpenFGA has no rating.
		{openfga, "research-cloud", true, "INDETERMINATE"},
		{openfga, "payment-provider", true, "FAIL"},
	} {
		p := loadPackage(t, test.pkg)
		profile, err := rubric.Score(p)
		if err != nil {
			t.Fatal(err)
		}
		verdict, err := rubric.CompareOptions{AllowDraft: test.allowDraft}.Compare(p, profile, policies(t)[test.policy])
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.TrimPrefix(verdict.GetOutcome().String(), "OUTCOME_"); got != test.want {
			t.Errorf("%s under %s, drafts allowed %t: %s, want %s", p.GetId(), test.policy, test.allowDraft, got, test.want)
			for _, r := range verdict.GetResults() {
				t.Logf("%s %s: %s %v", r.GetRule(), r.GetOutcome(), r.GetMessage(), r.GetPaths())
			}
		}
		if err := reviewpkg.Validate(verdict); err != nil {
			t.Error(err)
		}
	}
}

// Barbican's findings alone decide D7, and findings 1 and 7 are why it fails.
func TestBarbican(t *testing.T) {
	p := loadPackage(t, barbican)
	profile, err := rubric.Score(p)
	if err != nil {
		t.Fatal(err)
	}
	if err := reviewpkg.Validate(profile); err != nil {
		t.Error(err)
	}
	want := reviewpkgv1.RiskInterval_builder{
		LevelMin: reviewpkgv1.Level_LEVEL_HIGH, LevelMax: reviewpkgv1.Level_LEVEL_HIGH, ScoreMin: 855, ScoreMax: 855,
	}.Build()
	if diff := cmp.Diff(want, profile.GetDimensions()[6].GetRisk(), protocmp.Transform()); diff != "" {
		t.Error(diff)
	}
	if got := len(profile.GetRatingDifferences()); got != 2 {
		t.Errorf("%d ratings differ, want 2", got)
	}
	verdict, err := rubric.CompareOptions{AllowDraft: true}.Compare(p, profile, policies(t)["payment-provider"])
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(verdict.GetResults(), func(r *reviewpkgv1.RuleResult) bool { return r.GetRule() == "appetite.D7" })
	if diff := cmp.Diff([]string{`findings["finding-1"]`, `findings["finding-7"]`}, verdict.GetResults()[i].GetPaths()); diff != "" {
		t.Error(diff)
	}
}

// Whatever a profile names as a part of the package is there.
func TestPathsResolve(t *testing.T) {
	for _, path := range []string{barbican, openfga} {
		p := loadPackage(t, path)
		profile, err := rubric.Score(p)
		if err != nil {
			t.Fatal(err)
		}
		ids := map[string]bool{}
		for _, f := range p.GetFindings() {
			ids[fmt.Sprintf("findings[%q]", f.GetId())] = true
		}
		count := 0
		for _, d := range profile.GetDimensions() {
			for _, c := range d.GetContributions() {
				count++
				if c.GetPath() != fmt.Sprintf("criteria[%q]", d.GetDimension()) && !ids[c.GetPath()] {
					t.Errorf("%s: %s is not there", p.GetId(), c.GetPath())
				}
			}
		}
		if want := 9 + len(p.GetFindings()); count != want {
			t.Errorf("%s has %d contributions, want %d", p.GetId(), count, want)
		}
	}
}

func TestLoad(t *testing.T) {
	want := rubric.Default()
	data, err := reviewpkg.Marshal(want)
	if err != nil {
		t.Fatal(err)
	}
	got, err := rubric.Load(write(t, "rubric.json", data))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got, protocmp.Transform()); diff != "" {
		t.Error(diff)
	}
	broken := proto.CloneOf(want)
	broken.GetBands()[2].SetMin(211)
	data, err = reviewpkg.Marshal(broken)
	if err != nil {
		t.Fatal(err)
	}
	var d *reviewpkg.Diagnostic
	if _, err = rubric.Load(write(t, "rubric.json", data)); !errors.As(err, &d) || d.Path != "bands[2].min" {
		t.Errorf("%v, want an error at bands[2].min", err)
	} else if d.Pos.Line == 0 || filepath.Base(d.Pos.Filename) != "rubric.json" {
		t.Errorf("the linter's error is at %s, want a line of rubric.json", d.Pos)
	}
	if _, err = rubric.Load(write(t, "rubric.yaml", []byte("schema: reviewpkg.v1.Policy"))); !errors.Is(err, reviewpkg.WrongKind) {
		t.Errorf("%v, want %s", err, reviewpkg.WrongKind)
	}
	if _, err = rubric.Load(filepath.Join(t.TempDir(), "none")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("%v, want %v", err, os.ErrNotExist)
	}
	if _, err = rubric.LoadPolicy(t.TempDir()); err == nil {
		t.Error("a folder is no policy")
	}
	// A pipe would be waited for, a device read without end.
	if _, err = rubric.LoadPolicy(os.DevNull); err == nil || !strings.Contains(err.Error(), "not a regular file") {
		t.Errorf("a device is a policy: %v", err)
	}
	if _, err = rubric.LoadPolicy(write(t, "policy.yaml", []byte("schema: reviewpkg.v1.Policy"))); !errors.Is(err, reviewpkg.MissingField) {
		t.Errorf("%v, want %s", err, reviewpkg.MissingField)
	}
	large := append([]byte("schema: reviewpkg.v1.Policy #"), make([]byte, 17<<20)...)
	if _, err = rubric.LoadPolicy(write(t, "policy.yaml", large)); !errors.Is(err, reviewpkg.TooLarge) {
		t.Errorf("%v, want %s", err, reviewpkg.TooLarge)
	}
}

func write(t *testing.T, name string, data []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// Every copy of the defaults is the caller's own.
func TestDefaultsAreCopies(t *testing.T) {
	r, policy := rubric.Default(), rubric.DefaultPolicy()
	r.GetCriteria()[0].SetStatement("changed")
	policy.GetAppetites()[0].SetAppetite(reviewpkgv1.Level_LEVEL_VERY_HIGH)
	if rubric.Default().GetCriteria()[0].GetStatement() == "changed" {
		t.Error("the default rubric is shared")
	}
	if rubric.DefaultPolicy().GetAppetites()[0].GetAppetite() == reviewpkgv1.Level_LEVEL_VERY_HIGH {
		t.Error("the default policy is shared")
	}
	if err := reviewpkg.Validate(rubric.DefaultPolicy()); err != nil {
		t.Error(err)
	}
}

// The default rubric scores the same whether it is named or not.
func TestScoreOptionsDefault(t *testing.T) {
	p := loadPackage(t, openfga)
	want, err := rubric.Score(p)
	if err != nil {
		t.Fatal(err)
	}
	got, err := rubric.ScoreOptions{Rubric: rubric.Default()}.Score(p)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got, protocmp.Transform()); diff != "" {
		t.Error(diff)
	}
}

func ExampleScore() {
	p := reviewpkgv1.ReviewPackage_builder{
		Id: "vault-2025", Status: reviewpkgv1.PackageStatus_PACKAGE_STATUS_FINAL,
		Findings: []*reviewpkgv1.Finding{reviewpkgv1.Finding_builder{
			Id: "f-1", Title: "Tokens do not expire", State: reviewpkgv1.FindingState_FINDING_STATE_AGREED,
			Likelihood: reviewpkgv1.Level_LEVEL_MEDIUM, Impact: reviewpkgv1.Level_LEVEL_HIGH,
		}.Build()},
	}.Build()
	profile, err := rubric.Score(p)
	if err != nil {
		fmt.Println(err)
		return
	}
	d := profile.GetDimensions()[6]
	fmt.Println(d.GetTitle(), d.GetRisk().GetLevelMax(), d.GetRisk().GetScoreMax())
	fmt.Println(d.GetContributions()[0].GetPath(), d.GetContributions()[0].GetDerivation())
	// Output:
	// Findings and weakness debt LEVEL_HIGH 800
	// findings["f-1"] likelihood medium, impact high, matrix owasp
}

// bigPackage returns a valid package with n findings.
func bigPackage(n int) *reviewpkgv1.ReviewPackage {
	b := reviewpkgv1.ReviewPackage_builder{
		Schema: "reviewpkg.v1.ReviewPackage", Id: "big", Title: "Big",
		Project: reviewpkgv1.Project_builder{Name: "Big"}.Build(),
		Status:  reviewpkgv1.PackageStatus_PACKAGE_STATUS_DRAFT,
	}
	for i := range n {
		b.Findings = append(b.Findings, reviewpkgv1.Finding_builder{
			Id: fmt.Sprintf("f-%d", i), Title: "A finding", Description: "What is weak, and what could happen.",
			Likelihood: reviewpkgv1.Level(1 + i%5), Impact: reviewpkgv1.Level(1 + i%4), //nolint:gosec // small numbers
			State:          reviewpkgv1.FindingState_FINDING_STATE_REPORTED,
			Recommendation: "What should be done.",
		}.Build())
	}
	return b.Build()
}

// The ratio of the next two is what matters: what it costs to score a package
// against what it costs to read it.
func BenchmarkLoad500(b *testing.B) {
	data, err := reviewpkg.Marshal(bigPackage(500))
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if err := reviewpkg.Unmarshal(data, new(reviewpkgv1.ReviewPackage)); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkScore500(b *testing.B) {
	p := bigPackage(500)
	for b.Loop() {
		if _, err := rubric.Score(p); err != nil {
			b.Fatal(err)
		}
	}
}
