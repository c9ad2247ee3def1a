package export_test

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/reviewpkg/sdk/export"
	"github.com/reviewpkg/sdk/reviewpkg"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// has fails unless the page holds every piece in the given order.
func has(t *testing.T, page string, pieces ...string) {
	t.Helper()
	rest := page
	for _, s := range pieces {
		_, after, ok := strings.Cut(rest, s)
		if !ok {
			t.Errorf("%q is missing, or not in its place, in\n%s", s, page)
			return
		}
		rest = after
	}
}

// hasNot fails if the page holds one of the pieces.
func hasNot(t *testing.T, page string, pieces ...string) {
	t.Helper()
	for _, s := range pieces {
		if strings.Contains(page, s) {
			t.Errorf("%q is in\n%s", s, page)
		}
	}
}

func TestReportWithoutResults(t *testing.T) {
	p := minimalPackage()
	p.SetNoFindingsStatement("Nothing was found.")
	page := write(t, export.Markdown{}, export.NewReport(p, nil, nil))
	has(t, page, "No verdict: the package was not compared with a policy.",
		"No risk profile: the package was not scored.",
		"## Open findings", "No open findings.", "The package says: “Nothing was found.”", "## About this report", "| Project | A |")
	hasNot(t, page, "## Why", "## Risk profile", "## Completeness", "## Diagnostics", "Reviewed", "Rubric", "Policy", "digest")
}

func TestUntitledPackage(t *testing.T) {
	p := minimalPackage()
	p.SetTitle(" ")
	has(t, write(t, export.Markdown{}, export.NewReport(p, nil, nil)), "# DRAFT: Untitled package\n")
}

func TestObsoletePackage(t *testing.T) {
	p := minimalPackage()
	p.SetStatus(reviewpkgv1.PackageStatus_PACKAGE_STATUS_OBSOLETE)
	p.SetObsoleteReason("The project was archived.")
	has(t, write(t, export.Markdown{}, export.NewReport(p, nil, nil)), "> **DRAFT.**", "> Reason given for being obsolete: “The project was archived.”")
}

// TestFindingsWithoutProfile shows that states decide what is open, and declared
// ratings the order, where there is no profile.
func TestFindingsWithoutProfile(t *testing.T) {
	r := export.NewReport(samplePackage(), nil, nil)
	findings := r.GetPackage().GetFindings()
	rejected := reviewpkgv1.Finding_builder{
		Id: "fi-07", Title: "x", State: reviewpkgv1.FindingState_FINDING_STATE_REJECTED,
		Agreement: reviewpkgv1.Agreement_builder{Reviewer: reviewpkgv1.SignOff_builder{PersonId: "rex"}.Build()}.Build(),
	}.Build()
	unproven := reviewpkgv1.Finding_builder{Id: "fi-08", State: reviewpkgv1.FindingState_FINDING_STATE_MITIGATED}.Build()
	r.GetPackage().SetFindings(append(findings, rejected, rejected, unproven))
	has(t, write(t, export.Markdown{}, r), "## Open findings",
		"| `fi-02` |", "| very high | not computed | fix claimed |",
		"| `fi-01` |", "| high | not computed | agreed |",
		"| `fi-04` |", "| not stated | not computed | reported |",
		"| `fi-08` | not stated |", "| not computed | mitigated |",
		"Not open: 1 verified fixed, 1 mitigated, 2 rejected.", "### Disputed")
}

func TestMaxFindings(t *testing.T) {
	p := minimalPackage()
	for i := range 60 {
		p.SetFindings(append(p.GetFindings(), reviewpkgv1.Finding_builder{Id: fmt.Sprintf("f-%d", i), Title: "x"}.Build()))
	}
	row := regexp.MustCompile("(?m)^\\| `f-")
	for _, test := range []struct {
		most, rows int
		note       string
	}{
		{0, 50, "And 10 more findings, which the JSON export lists."},
		{59, 59, "And 1 more finding, which the JSON export lists."},
		{60, 60, ""},
		{-1, 60, ""},
	} {
		page := write(t, export.Markdown{MaxFindings: test.most}, export.NewReport(p, nil, nil))
		if n := len(row.FindAllString(page, -1)); n != test.rows {
			t.Errorf("MaxFindings %d: found %d rows, want %d", test.most, n, test.rows)
		}
		has(t, page, test.note)
		if test.note == "" {
			hasNot(t, page, "more finding")
		}
	}
	if page := write(t, export.HTML{}, export.NewReport(p, nil, nil)); strings.Count(page, "<code><bdi>f-") != 60 {
		t.Error("the HTML page does not have all findings")
	}
}

// TestLongLists shows that a comment stays short whatever the report holds.
func TestLongLists(t *testing.T) {
	r := sampleReport()
	var diagnostics []*reviewpkgv1.Diagnostic
	var gaps []*reviewpkgv1.Gap
	var results []*reviewpkgv1.RuleResult
	for range 1000 {
		diagnostics = append(diagnostics, r.GetDiagnostics()[0])
		gaps = append(gaps, r.GetCompleteness()[0].GetGaps()[0])
		results = append(results, r.GetVerdict().GetResults()[1], r.GetVerdict().GetResults()[5])
	}
	r.SetDiagnostics(diagnostics)
	r.GetCompleteness()[0].SetGaps(gaps)
	r.GetVerdict().SetResults(results)
	page := write(t, export.Markdown{}, r)
	has(t, page, "And 980 more rules, which", "and 980 more\n", "And 980 more gaps, which", "And 980 more diagnostics, which")
	if len(page) > 20000 {
		t.Errorf("the page has %d bytes, want at most 20000", len(page))
	}
	hasNot(t, write(t, export.HTML{}, r), "And 980 more")
}

func TestResultsOfAnotherPackage(t *testing.T) {
	r := sampleReport()
	r.GetProfile().SetPackage("other")
	r.GetVerdict().SetPackageDigest(sampleDigest("e"))
	has(t, write(t, export.Markdown{}, r),
		"> **Note.** The profile is of the package `other` and not of this one.",
		"> **Note.** The profile and the verdict are of different versions of the package.", "**Verdict: FAIL.**")
	r = sampleReport()
	r.GetVerdict().SetPackage("other")
	has(t, write(t, export.Markdown{}, r), "> **Note.** The verdict is of the package `other` and not of this one.")
}

func TestOutcomes(t *testing.T) {
	for outcome, want := range map[reviewpkgv1.Outcome]string{
		pass: "**Verdict: PASS.** The package lies within the limits of the policy `example-bank` version 7.",
		warn: "**Verdict: WARN.** The package is accepted with a warning under the policy",
		tell: "**Verdict: INDETERMINATE.** Not enough is known to tell whether",
		fail: "**Verdict: FAIL.** The package lies outside the limits of the policy",
		0:    "**Verdict: NOT STATED.** The verdict does not say whether",
		42:   "**Verdict: UNKNOWN VALUE 42.** The verdict does not say whether",
	} {
		r := sampleReport()
		r.GetVerdict().SetOutcome(outcome)
		has(t, write(t, export.Markdown{}, r), want)
	}
	for outcome, class := range map[reviewpkgv1.Outcome]string{pass: "good", warn: "warn", tell: "open", fail: "bad", 0: "open"} {
		r := sampleReport()
		r.GetVerdict().SetOutcome(outcome)
		has(t, write(t, export.HTML{}, r), `<p class="verdict"><strong class="`+class+`">Verdict: `)
	}
}

// TestIntervals shows that only a risk that is known has the colour of its level.
func TestIntervals(t *testing.T) {
	for _, test := range []struct {
		low, high reviewpkgv1.Level
		want      string
	}{
		{unstated, unstated, "Overall risk: not stated (score"},
		{low, low, `<span class="low">low</span>`},
		{veryLow, low, `<span class="low">very low to low</span>`},
		{medium, unstated, `<span class="medium">medium</span>`},
		{high, veryHigh, `<span class="high">high to very high</span>`},
		{veryLow, veryHigh, `<span class="open">very low to very high</span>`},
		{unstated, high, `<span class="open">not stated to high</span>`},
	} {
		r := sampleReport()
		r.GetProfile().GetOverall().SetLevelMin(test.low)
		r.GetProfile().GetOverall().SetLevelMax(test.high)
		has(t, write(t, export.HTML{}, r), test.want)
	}
}

// TestUnknownsCountOnce holds that a question which is open in two dimensions is
// one question.
func TestUnknownsCountOnce(t *testing.T) {
	r := sampleReport()
	dimensions := r.GetProfile().GetDimensions()
	all := 0
	for _, d := range dimensions {
		all += len(d.GetUnknowns())
	}
	want := fmt.Sprintf(", %d unknowns.", all)
	has(t, write(t, export.Markdown{}, r), want)
	dimensions[1].SetUnknowns(dimensions[0].GetUnknowns())
	has(t, write(t, export.Markdown{}, r), want)
}

func TestProcessTitles(t *testing.T) {
	for process, want := range map[reviewpkgv1.ReviewProcess]string{
		reviewpkgv1.ReviewProcess_REVIEW_PROCESS_CNCF_SELF:    "### CNCF self-assessment: 0 of ",
		reviewpkgv1.ReviewProcess_REVIEW_PROCESS_CNCF_JOINT:   "### CNCF joint review: ",
		reviewpkgv1.ReviewProcess_REVIEW_PROCESS_CNCF_PACKAGE: "### CNCF package: ",
		reviewpkgv1.ReviewProcess_REVIEW_PROCESS_OPENSTACK:    "### OpenStack security review: ",
		reviewpkgv1.ReviewProcess(77):                         "### Process unknown value 77: 0 of 0 checks met",
	} {
		p := minimalPackage()
		p.SetProcesses([]reviewpkgv1.ReviewProcess{process})
		page := write(t, export.Markdown{}, export.NewReport(p, nil, nil))
		title, _, _ := strings.Cut(want, ":")
		has(t, page, "## Completeness", title+":", " checks met\n", "Not complete. Declared stage: ")
	}
}

func TestDiagnosticWithoutPlace(t *testing.T) {
	r := export.NewReport(minimalPackage(), nil, nil, reviewpkg.Diagnostic{Code: "x", Message: "m"})
	has(t, write(t, export.Markdown{}, r), "\n- **Not stated** `x`: m\n")
}

func TestChangesTitles(t *testing.T) {
	for _, test := range []struct{ before, after, want string }{
		{"", "", "# Changes of a package\n\nNo changes.\n"},
		{"a", "a", "# Changes of a\n\nNo changes.\n"},
		{"a", "", "# Changes of a\n\nNo changes.\n"},
		{"", "b", "# Changes that make b\n\nNo changes.\n"},
		{"a", "b", "# Changes from a to b\n\nNo changes.\n"},
	} {
		var b bytes.Buffer
		set := reviewpkgv1.ChangeSet_builder{BeforeId: test.before, AfterId: test.after}.Build()
		if err := (export.Markdown{}).WriteChanges(&b, set); err != nil {
			t.Fatal(err)
		}
		diff(t, "changes", test.want, b.String())
	}
	var b bytes.Buffer
	if err := (export.Markdown{}).WriteChanges(&b, nil); err != nil || b.String() != "# Changes of a package\n\nNo changes.\n" {
		t.Errorf("changes of nothing: %q, %v", b.String(), err)
	}
}

// TestChangesOfDiff shows what Diff finds, so that the two agree on paths and
// values.
func TestChangesOfDiff(t *testing.T) {
	before, after := samplePackage(), samplePackage()
	after.SetStatus(reviewpkgv1.PackageStatus_PACKAGE_STATUS_FINAL)
	after.GetFindings()[0].SetState(reviewpkgv1.FindingState_FINDING_STATE_VERIFIED_FIXED)
	after.SetFindings(after.GetFindings()[:4])
	after.SetLabels(map[string]string{"a": "b"})
	var b bytes.Buffer
	set := reviewpkgv1.ChangeSet_builder{BeforeId: "x", AfterId: "x", Changes: reviewpkg.Diff(before, after)}.Build()
	if err := (export.Markdown{}).WriteChanges(&b, set); err != nil {
		t.Fatal(err)
	}
	diff(t, "changes", "# Changes of x\n\n4 changes.\n\n"+
		"## Added (1)\n\n- entry `a` of labels: “b”, at `labels[\"a\"]`\n\n"+
		"## Removed (1)\n\n- finding `fi-05`: “Plugins can read \\| write every key”, at `findings[\"fi-05\"]`\n\n"+
		"## Changed (2)\n\n- status: in review → final, at `status`\n"+
		"- state of finding `fi-01`: agreed → verified fixed, at `findings[\"fi-01\"].state`\n", b.String())
}
