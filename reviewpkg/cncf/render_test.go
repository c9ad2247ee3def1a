package cncf

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/testing/protocmp"
	"pgregory.net/rapid"

	"github.com/reviewpkg/sdk/internal/intake"
	"github.com/reviewpkg/sdk/internal/randpkg"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
	"github.com/reviewpkg/sdk/reviewpkg"
)

// folderOf returns the files of a rendering as a folder.
func folderOf(r *reviewpkgv1.Rendering) fstest.MapFS {
	fsys := fstest.MapFS{}
	for _, f := range r.GetFiles() {
		fsys[f.GetPath()] = &fstest.MapFile{Data: f.GetContent()}
	}
	return fsys
}

// A failer is a test, or a run of rapid's.
type failer interface {
	Helper()
	Fatal(args ...any)
	Fatalf(format string, args ...any)
}

// rendered renders a package and checks what holds of every rendering: p is as
// it was; the files give the package back; without the changes they give what
// the losses say; after an edit the documents win.
func rendered(t failer, p *reviewpkgv1.ReviewPackage) *reviewpkgv1.Rendering {
	t.Helper()
	before := proto.CloneOf(p)
	out, err := Render(p)
	if err != nil {
		t.Fatal(err)
	}
	if !proto.Equal(before, p) {
		t.Fatal("rendering changed the package")
	}
	fsys := folderOf(out)
	back, report, err := Import(fsys)
	if err != nil {
		t.Fatal(err)
	}
	if !proto.Equal(p, back) {
		t.Fatalf("the files do not give the package back (-rendered +read):\n%s%v", cmp.Diff(p, back, protocmp.Transform()), report.GetDiagnostics())
	}
	if slices.ContainsFunc(report.GetDiagnostics(), isStale) {
		t.Fatalf("the changes are stale: %v", report.GetDiagnostics())
	}
	wantLosses(t, p, out)
	wantStale(t, out)
	return out
}

func isStale(d *reviewpkgv1.Diagnostic) bool { return d.GetCode() == "stale-changes" }

// wantLosses checks that the losses are the difference that the documents alone
// make.
func wantLosses(t failer, p *reviewpkgv1.ReviewPackage, out *reviewpkgv1.Rendering) {
	t.Helper()
	fsys := folderOf(out)
	delete(fsys, changesFile)
	back, _, err := ImportOptions{ID: p.GetId(), Name: p.GetProject().GetName()}.Import(fsys)
	if err != nil {
		t.Fatal(err)
	}
	after := proto.CloneOf(comparable(p))
	if same := proto.Equal(after, comparable(back)); same != (len(out.GetLosses()) == 0) {
		t.Fatalf("%d losses, but what the documents alone give is the same: %v", len(out.GetLosses()), same)
	}
	got, err := reviewpkg.Apply(after, out.GetLosses())
	if err != nil {
		t.Fatalf("the losses cannot be applied: %v", err)
	}
	if !proto.Equal(got, comparable(back)) {
		t.Fatalf("the losses are not what the documents lose (-losses +documents):\n%s", cmp.Diff(got, comparable(back), protocmp.Transform()))
	}
}

// wantStale checks that the changes are refused once a document was edited: it
// says what it says now, and a diagnostic says so.
func wantStale(t failer, out *reviewpkgv1.Rendering) {
	t.Helper()
	fsys := folderOf(out)
	if fsys[changesFile] == nil {
		return
	}
	first := out.GetFiles()[0]
	fsys[first.GetPath()].Data = append(slices.Clone(first.GetContent()), '\n')
	got, report, err := Import(fsys)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.ContainsFunc(report.GetDiagnostics(), isStale) {
		t.Fatalf("after an edit of %s the changes are not stale: %v\n%s", first.GetPath(), report.GetSkippedFiles(), first.GetContent())
	}
	delete(fsys, changesFile)
	want, _, err := Import(fsys)
	if err != nil {
		t.Fatal(err)
	}
	if !proto.Equal(got, want) {
		t.Fatalf("after an edit the documents do not win (-documents +got):\n%s", cmp.Diff(want, got, protocmp.Transform()))
	}
}

// drawAny draws any package that can be named: it has an id, a title and the
// name of a project.
func drawAny(t *rapid.T) *reviewpkgv1.ReviewPackage {
	p := randpkg.Package(t)
	if !intake.ValidID(p.GetId()) {
		p.SetId("x")
	}
	if p.GetTitle() == "" {
		p.SetTitle("A review")
	}
	if !p.HasProject() {
		p.SetProject(&reviewpkgv1.Project{})
	}
	if strings.TrimSpace(p.GetProject().GetName()) == "" {
		p.GetProject().SetName("Quay")
	}
	return p
}

// Whatever a package holds, the files of its rendering hold it too.
func TestRenderIsExact(t *testing.T) {
	t.Parallel()
	cases := 0
	rapid.Check(t, func(t *rapid.T) {
		cases++
		rendered(t, drawAny(t))
	})
	t.Logf("%d packages", cases)
}

// index matches what tells the items of a list apart.
var index = regexp.MustCompile(`\["[^"]*"\]|\[[0-9]+\]`)

// The example loses what the templates have no place for, and nothing else.
func TestRenderExample(t *testing.T) {
	t.Parallel()
	p, err := reviewpkg.Load("../../examples/packages/cncf-openfga")
	if err != nil {
		t.Fatal(err)
	}
	out := rendered(t, p)
	seen := map[string]bool{}
	for _, c := range out.GetLosses() {
		seen[c.GetKind().String()[len("CHANGE_KIND_"):]+" "+index.ReplaceAllString(c.GetPath(), "[]")] = true
	}
	var lines []string
	for line := range seen {
		lines = append(lines, line)
	}
	slices.Sort(lines)
	wantFile(t, filepath.Join("testdata", "rendered", "openfga-losses.txt"), strings.Join(lines, "\n")+"\n")
}

// wantFile compares a text with a golden file.
func wantFile(t *testing.T, name, got string) {
	t.Helper()
	if *update {
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(got, "\n")); diff != "" {
		t.Errorf("%s (-want +got):\n%s", name, diff)
	}
}

// Real packages come back from their rendering.
func TestRenderCorpus(t *testing.T) {
	t.Parallel()
	dirs, err := filepath.Glob(filepath.Join(corpus(t), "*"))
	if err != nil {
		t.Fatal(err)
	}
	count, losses := 0, 0
	for _, dir := range dirs {
		p, _, err := Import(os.DirFS(dir))
		if err != nil {
			t.Fatal(err)
		}
		count++
		losses += len(rendered(t, p).GetLosses())
	}
	t.Logf("%d packages, %d losses without the changes", count, losses)
}

// small is a package with something in every document.
func small() *reviewpkgv1.ReviewPackage {
	answer := func(text string) *reviewpkgv1.Narrative { return reviewpkgv1.Narrative_builder{Text: text}.Build() }
	return reviewpkgv1.ReviewPackage_builder{
		Schema: "reviewpkg.v1.ReviewPackage", Id: "cncf-quay", Title: "Security review of Quay", Status: reviewpkgv1.PackageStatus_PACKAGE_STATUS_DRAFT,
		Project: reviewpkgv1.Project_builder{Name: "Quay", Slug: "quay"}.Build(),
		People: []*reviewpkgv1.Person{reviewpkgv1.Person_builder{Id: "ann", Name: "Ann Lee", Handles: []*reviewpkgv1.Handle{reviewpkgv1.Handle_builder{System: "github", Name: "annlee"}.Build()},
			Roles: []*reviewpkgv1.Role{reviewpkgv1.Role_builder{Kind: reviewpkgv1.RoleKind_ROLE_KIND_SECURITY_REVIEWER}.Build()}}.Build()},
		SelfAssessment: reviewpkgv1.Assessment_builder{
			Metadata: reviewpkgv1.AssessmentMetadata_builder{Stage: reviewpkgv1.AssessmentStage_ASSESSMENT_STAGE_COMPLETE, SecurityProvider: reviewpkgv1.Answer_ANSWER_NO, SecurityProviderReason: "It moors boats."}.Build(),
			Overview: reviewpkgv1.Overview_builder{
				Summary: answer("A quay for small boats."),
				Actors:  []*reviewpkgv1.AssessmentActor{reviewpkgv1.AssessmentActor_builder{Id: "actor-harbour-master", Name: "Harbour master", Description: "assigns the moorings", Isolation: "an office of her own"}.Build()},
				Actions: []*reviewpkgv1.Action{reviewpkgv1.Action_builder{Id: "moor", Name: "Moor", ActorIds: []string{"actor-harbour-master"}, Steps: []string{"throw the line", "make it fast"}}.Build()},
				Goals:   []*reviewpkgv1.Goal{reviewpkgv1.Goal_builder{Id: "dry", Text: "No boat drifts away.", Kind: reviewpkgv1.GoalKind_GOAL_KIND_SECURITY}.Build()},
			}.Build(),
			Functions: reviewpkgv1.SecurityFunctions_builder{Critical: []*reviewpkgv1.SecurityFunction{reviewpkgv1.SecurityFunction_builder{Id: "critical-bollard", Name: "Bollard", Description: "holds the line"}.Build()}}.Build(),
		}.Build(),
		JointReview: reviewpkgv1.Assessment_builder{SecurityAnalysis: reviewpkgv1.SecurityAnalysis_builder{AttackerMotivations: answer("# Boats\n\nThey float away <b>for free</b>.")}.Build()}.Build(),
		Findings:    []*reviewpkgv1.Finding{reviewpkgv1.Finding_builder{Id: "f-rot", Title: "Old | rope", State: reviewpkgv1.FindingState_FINDING_STATE_AGREED, Impact: reviewpkgv1.Level_LEVEL_HIGH, Description: "It is old\nand wet.", Category: "Ropes"}.Build()},
		Summary:     reviewpkgv1.Summary_builder{Completed: reviewpkgv1.Date_builder{Value: "2024-03-05"}.Build(), ReviewerIds: []string{"ann"}, Text: answer("Sound, but for the ropes.")}.Build(),
		Recommendations: []*reviewpkgv1.Recommendation{reviewpkgv1.Recommendation_builder{Id: "rec-ropes", Text: "Buy new ropes.", Audience: reviewpkgv1.Audience_AUDIENCE_PROJECT, Kind: reviewpkgv1.RecommendationKind_RECOMMENDATION_KIND_RECOMMENDATION,
			Disposition: reviewpkgv1.Disposition_DISPOSITION_ACCEPTED}.Build()},
	}.Build()
}

func TestRenderSmall(t *testing.T) {
	t.Parallel()
	for _, f := range rendered(t, small()).GetFiles() {
		if f.GetPath() != changesFile {
			wantFile(t, filepath.Join("testdata", "rendered", f.GetPath()), string(f.GetContent()))
		}
	}
}

// The parts come in the order of the templates, whether or not anything is said
// about them, and each page says what it is not.
func TestRenderStructure(t *testing.T) {
	t.Parallel()
	empty := reviewpkgv1.ReviewPackage_builder{Schema: "reviewpkg.v1.ReviewPackage", Id: "cncf-quay", Title: "Security review of Quay", Project: reviewpkgv1.Project_builder{Name: "Quay"}.Build(),
		SelfAssessment: &reviewpkgv1.Assessment{}, JointReview: &reviewpkgv1.Assessment{}, Summary: &reviewpkgv1.Summary{}}.Build()
	want := map[string][]string{
		selfFile: {
			"# Self-assessment of Quay", "## Self-assessment outline", "### Metadata", "#### Security links", "### Overview", "#### Background", "#### Actors", "#### Actions", "#### Goals", "#### Non-goals",
			"### Self-assessment use", "### Security functions and features", "* Critical.", "* Security Relevant.", "### Project compliance", "### Secure development practices", "* Development Pipeline.",
			"* Communication Channels.", "* Ecosystem.", "### Security issue resolution", "* Responsible Disclosures Process.", "* Incident Response.", "### Appendix", "* Known Issues Over Time.",
			"* Open SSF Best Practices.", "* Case Studies.", "* Related Projects / Vendors.",
		},
		jointFile: {
			"# Joint-assessment of Quay", "## Metadata", "### Security links", "## Overview", "### Background", "### Goals", "### Non-goals", "## Joint-assessment use", "## Functions and features", "* Critical.", "* Security Relevant.",
			"## Project Compliance", "## Intended Use", "* Target Users and Use Cases.", "* Operation.", "## Project Design", "* Design.", "* Data flow diagram/Architecture diagram", "## Configuration and Set-Up", "* Default.", "* Secure.",
			"* Advanced Secure.", "## Security Analysis", "### Attacker Motivations", "### Predisposing Conditions", "### Expected Attacker Capabilities", "### Attack Risks and Effects", "### Security Degradation",
			"### Compensating Mechanisms", "## Hands-on assessment", "## Roadmap", "* Project Next Steps.", "* CNCF Requests.", "## Secure development practices", "* Development Pipeline.", "* Communication Channels.", "* Ecosystem.",
			"## Security issue resolution", "* Responsible Disclosures Process.", "* Incident Response.", "### Closed security issues and vulnerabilities", "## Appendix", "* Known Issues Over Time.", "* Case Studies.", "* Related Projects / Vendors.",
		},
		summaryFile: {
			"# Quay TAG-Security Security Assessment", "## Background", "### Maturity", "## Summary", "### Design", "### Analysis", "## Recommendations", "### CNCF recommendations", "### Project recommendations", "### Additional recommendations",
		},
	}
	for _, status := range []reviewpkgv1.PackageStatus{reviewpkgv1.PackageStatus_PACKAGE_STATUS_DRAFT, reviewpkgv1.PackageStatus_PACKAGE_STATUS_FINAL, reviewpkgv1.PackageStatus_PACKAGE_STATUS_OBSOLETE} {
		empty.SetStatus(status)
		pages := 0
		for _, f := range rendered(t, empty).GetFiles() {
			if f.GetPath() == changesFile {
				continue
			}
			pages++
			text := string(f.GetContent())
			var got []string
			for line := range strings.Lines(text) {
				if strings.HasPrefix(line, "#") || strings.HasPrefix(line, "* ") {
					got = append(got, strings.TrimSpace(line))
				}
			}
			if diff := cmp.Diff(want[f.GetPath()], got); diff != "" {
				t.Errorf("%s (-want +got):\n%s", f.GetPath(), diff)
			}
			for _, notice := range []string{"not an endorsement", "not an audit", "own due diligence"} {
				if head, _, _ := strings.Cut(text, "\n## "); strings.Count(head, notice) != 1 {
					t.Errorf("%s does not say %q once at its top", f.GetPath(), notice)
				}
			}
			for word, marked := range map[string]bool{
				"is a draft and not final": status == reviewpkgv1.PackageStatus_PACKAGE_STATUS_DRAFT, "is obsolete and counts as a draft": status == reviewpkgv1.PackageStatus_PACKAGE_STATUS_OBSOLETE,
			} {
				if got := strings.Contains(text, word); got != marked {
					t.Errorf("%s of a package that is %v: says %q: %v, want %v", f.GetPath(), status, word, got, marked)
				}
			}
		}
		if pages != 3 {
			t.Errorf("%d pages, want 3", pages)
		}
	}
}
