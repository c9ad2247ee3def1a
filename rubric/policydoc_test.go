package rubric_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
	"github.com/reviewpkg/sdk/reviewpkg"
	"github.com/reviewpkg/sdk/rubric"
)

// The examples of POLICY.md are read as they stand there, and do what it says.
func TestPolicyPage(t *testing.T) {
	page, err := os.ReadFile("POLICY.md")
	if err != nil {
		t.Fatal(err)
	}
	var rules, waivers string
	for _, m := range regexp.MustCompile("(?ms)^```yaml\n(.*?)^```$").FindAllStringSubmatch(string(page), -1) {
		switch {
		case strings.HasPrefix(m[1], "rules:"):
			rules = m[1]
		case strings.HasPrefix(m[1], "schema:"):
			waivers = m[1]
		}
	}
	policy := new(reviewpkgv1.Policy)
	text := "schema: reviewpkg.v1.Policy\nid: p\nversion: '1'\ntitle: A policy\nowner: somebody\nrubric: reviewpkg-default\n" +
		"appetites: [{dimension: D7, appetite: medium}]\n" + rules
	if err := (reviewpkg.UnmarshalOptions{Filename: "policy.yaml"}).Unmarshal([]byte(text), policy); err != nil {
		t.Fatal(err)
	}
	for _, d := range rubric.LintPolicy(policy, nil) {
		t.Errorf("%s at %s: %s", d.Rule, d.Path, d.Message)
	}
	file := filepath.Join(t.TempDir(), "waivers.yaml")
	if err := os.WriteFile(file, []byte(waivers), 0o600); err != nil {
		t.Fatal(err)
	}
	set, err := rubric.LoadWaivers(file)
	if err != nil {
		t.Fatal(err)
	}
	judge, err := rubric.CompareOptions{AllowDraft: true, AsOf: time.Date(2026, 8, 1, 0, 0, 0, 0, time.UTC), Waivers: set}.Judge(policy)
	if err != nil {
		t.Fatal(err)
	}
	_, verdict, err := judge.Judge(loadPackage(t, barbican))
	if err != nil {
		t.Fatal(err)
	}
	if w := verdict.GetWaivers(); len(w) != 1 || w[0].GetStatus() != reviewpkgv1.WaiverStatus_WAIVER_STATUS_APPLIED {
		t.Errorf("the waiver of the page: %v", w)
	}
	for _, r := range verdict.GetResults() {
		// Finding 7 is of high risk as well, and has no waiver.
		if r.GetRule() == "appetite.D7" && (r.GetOutcome() != reviewpkgv1.Outcome_OUTCOME_FAIL || r.GetFound() != "high (834)") {
			t.Errorf("D7 is %s, %s", r.GetFound(), r.GetOutcome())
		}
	}
}

// The numbers of SCORING.md are those of the example package.
func TestScoringPage(t *testing.T) {
	page, err := os.ReadFile("SCORING.md")
	if err != nil {
		t.Fatal(err)
	}
	text := strings.Join(strings.Fields(string(page)), " ")
	for _, want := range []string{
		"`800 + floor(159*544/(544+1024)) = 855`", "without finding 1 the score is 834, without findings 1 and 7 it is 484",
		"it is 844", "a hundred findings of low risk (202) are still less than one of medium risk (210)",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("the page does not say %q any more, which other tests hold", want)
		}
	}
	if q := 1*256 + 4*256/4 + 2*256/16; q != 544 || 800+159*q/(q+4*256) != 855 {
		t.Errorf("q is %d", q)
	}
}
