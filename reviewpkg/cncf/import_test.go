package cncf

import (
	"errors"
	"io/fs"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/testing/protocmp"

	"github.com/reviewpkg/sdk/internal/intake"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
	"github.com/reviewpkg/sdk/reviewpkg"
)

// assessmentWith returns a self-assessment that holds a text.
func assessmentWith(text string) string {
	return "# Self-assessment of Wheel\n\n## Overview\n\nA wheel.\n\n## Self-assessment use\n\nFor us.\n\n" + text +
		"\n\n## Secure development practices\n\nCare.\n\n## Appendix\n\nNothing more to tell.\n"
}

func TestImportErrors(t *testing.T) {
	if _, _, err := importPairs(ImportOptions{}); !errors.Is(err, ErrNoDocuments) || !strings.Contains(err.Error(), "0 Markdown file") {
		t.Error("an empty folder: ", err)
	}
	if _, _, err := importPairs(ImportOptions{}, "a.md", "# Notes\n\nNothing.\n", "b.txt", assessmentWith("")); !errors.Is(err, ErrNoDocuments) || !strings.Contains(err.Error(), "1 Markdown file") {
		t.Error("no review: ", err)
	}
	if _, _, err := importPairs(ImportOptions{Files: []string{"x.md"}}, "a.md", "# Notes\n"); !errors.Is(err, fs.ErrNotExist) {
		t.Error("a named file that is not there: ", err)
	}
	if _, _, err := importPairs(ImportOptions{MaxFiles: 1}, "a.md", assessmentWith(""), "b.png", ""); err == nil || !strings.Contains(err.Error(), "more than 1 files") {
		t.Error("too many files: ", err)
	}
	if _, _, err := importPairs(ImportOptions{MaxBytes: 10}, "a.md", assessmentWith("")); !errors.Is(err, ErrNoDocuments) {
		t.Error("too large: ", err)
	}
	if _, _, err := (ImportOptions{}).Import(fstest.MapFS{".": {Data: []byte("no folder")}}); err == nil {
		t.Error("a file for a folder")
	}
}

func TestImportOptions(t *testing.T) {
	text := assessmentWith("## Goals\n\n* Wheel goals: to turn\n\n## Cog Non-goals\n\n* to fly\n")
	pkg, report, err := importPairs(ImportOptions{ID: "wheel-2025", Name: "Cog"}, "a.md", text)
	if err != nil {
		t.Fatal(err)
	}
	if pkg.GetId() != "wheel-2025" || pkg.GetProject().GetName() != "Cog" || pkg.GetProject().GetSlug() != "cog" || pkg.GetTitle() != "Security review of Cog" || report.GetPackage() != "wheel-2025" {
		t.Error(pkg.GetId(), pkg.GetProject(), pkg.GetTitle())
	}
	if len(pkg.GetSelfAssessment().GetOverview().GetNonGoals()) != 1 {
		t.Error("the name that was asked for is not taken off headings")
	}
	// A file that is named is kept whatever it is, and no other is read.
	pkg, report, err = importPairs(ImportOptions{Files: []string{"notes.txt", "d/a.md"}}, "notes.txt", "# Notes\n\nOn wheels.\n", "d/a.md", text, "d/b.md", text)
	if err != nil {
		t.Fatal(err)
	}
	var kinds []string
	for _, d := range report.GetDocuments() {
		kinds = append(kinds, d.GetPath()+" "+strings.TrimPrefix(d.GetKind().String(), "ARTIFACT_KIND_"))
	}
	if diff := cmp.Diff([]string{"d/a.md SELF_ASSESSMENT", "notes.txt OTHER"}, kinds); diff != "" || pkg.GetId() != "cncf-wheel" {
		t.Error(pkg.GetId(), diff)
	}
	// Too large a document beside another one is skipped.
	_, report, err = importPairs(ImportOptions{MaxBytes: int64(len(text))}, "a.md", text, "b.md", text+"more")
	if err != nil || len(report.GetSkippedFiles()) != 1 || report.GetSkippedFiles()[0].GetPath() != "b.md" {
		t.Error(err, report.GetSkippedFiles())
	}
	one, _, err := Import(fstest.MapFS{"a.md": {Data: []byte(text)}})
	if err != nil || one.GetId() != "cncf-wheel" {
		t.Error(one.GetId(), err)
	}
}

func TestProjectName(t *testing.T) {
	body := strings.TrimPrefix(assessmentWith(""), "# Self-assessment of Wheel\n")
	for _, c := range []struct{ path, head, want string }{
		{"a.md", "# Self-assessment of Wheel\n", "Wheel"},
		{"a.md", "# Self-assessment\n\n## Wheel of Fire\n", "Wheel Fire"},
		{"a.md", "# Self-assessment\n\n| Software | [x](https://github.com/o/cog/) |\n", "cog"},
		{"a.md", "# Self-assessment\n", "project"},
		{"axle/a.md", "# Self-assessment\n", "axle"},
		{"docs/a.md", "# Self-assessment\n", "project"},
		{"axle/security-assessment/a.md", "# Self-assessment\n", "project"},
	} {
		pkg, _ := importText(t, c.path, c.head+body)
		if have := pkg.GetProject().GetName(); have != c.want {
			t.Errorf("%s, %q: %q, want %q", c.path, c.head, have, c.want)
		}
	}
}

func TestKinds(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"self", assessmentWith(""), "SELF_ASSESSMENT"},
		{"self without use", "# Security assessment\n\n## Goals\n\na\n\n## Non-goals\n\nb\n\n## Appendix\n\nc\n", "SELF_ASSESSMENT"},
		{"joint", "# X\n\n## Joint-review use\n\nx\n", "JOINT_REVIEW"},
		{"joint by title", "# Joint assessment of X\n\n## Roadmap\n\na\n\n## Intended Use\n\nb\n\n## Security Analysis\n\nc\n", "JOINT_REVIEW"},
		{"readme", "# X\n\nCompleted: May 2020\n\nSecurity reviewers: Ann Lee\n\n## Recommendations\n\n### CNCF recommendations\n\n* a\n", "JOINT_README"},
		{"letter", "# X\n\n## Recommendations to the CNCF\n\n* a\n\n## Additional clarifications\n\n* b\n", "JOINT_README"},
		{"threats", "# Threat model of X\n\ntext\n", "THREAT_MODEL"},
		{"threats by section", "# X\n\n## Threat Model\n\ntext\n", "THREAT_MODEL"},
		{"threats by STRIDE", "# X\n\n## Spoofing\n\na\n\n## Tampering\n\nb\n\n## Repudiation\n\nc\n", "THREAT_MODEL"},
		{"recommendations", "# Recommendations for X\n\n* a\n", "RECOMMENDATIONS"},
		{"action items", "# X\n\n## Action items\n\n* a\n", "RECOMMENDATIONS"},
		{"survey", "# Post-review survey\n\n## Goals\n\na\n", "SURVEY"},
		{"nothing", "# X\n\ntext\n", "UNSPECIFIED"},
		{"empty", "", "UNSPECIFIED"},
	} {
		kind, o := classify(pageOf(t, c.text), "")
		if have := strings.TrimPrefix(kind.String(), "ARTIFACT_KIND_"); have != c.want || o == nil {
			t.Errorf("%s: %s, want %s", c.name, have, c.want)
		}
	}
}

func TestGenerations(t *testing.T) {
	parts := "# W self-assessment\n\n## Metadata\n\n| | |\n|-|-|\n| Software | x |\n%s\n## Security links\n\nx\n\n## Overview\n\nx\n\n## Background\n\nx\n\n%s## Goals\n\nx\n\n## Non-goals\n\nx\n\n" +
		"## Self-assessment use\n\nx\n\n## Secure development practices\n\nx\n\n## Appendix\n\n%s\n"
	fill := func(a, b, c string) string {
		return strings.NewReplacer().Replace(strings.Replace(strings.Replace(strings.Replace(parts, "%s", a, 1), "%s", b, 1), "%s", c, 1))
	}
	actors := "## Actors\n\nx\n\n"
	for _, c := range []struct{ name, text, want string }{
		{"G1", fill("", "", "x"), "G1"},
		{"G1b", fill("", actors, "x"), "G1b"},
		{"G1b with a stage", fill("| Assessment Stage | Complete |\n| | |\n", actors, "x"), "G1b"},
		{"G2", fill("| Assessment Stage | Complete |\n", actors, "x"), "G2"},
		{"pals", fill("| Assessment Stage | Complete |\n", actors, "Security Pals"), "G1b"},
		{"G2b by its badge", fill("", actors, "* Open SSF Best Practices"), "G2b"},
		{"G2b by its links", strings.Replace(fill("", actors, "x"), "## Security links\n\nx", "## Security links\n\n| a | b |\n|-|-|\n| c | <https://x.example> |", 1), "G2b"},
		{"joint G1", "# X\n\n## Joint-review use\n\nx\n", "G1"},
		{"joint G1b", "# X\n\n## Joint-assessment use\n\nx\n", "G1b"},
		{"joint G2b", "# X\n\n## Joint-assessment use\n\nVictim Components\n", "G2b"},
		{"free letter", "# X\n\n## Recommendations to the CNCF\n\n* a\n\n## Additional clarifications\n\n* b\n", "free"},
		{"threats", "# Threat model of X\n\ntext\n", ""},
	} {
		_, report := importText(t, "a.md", c.text)
		if have := report.GetDocuments()[0].GetTemplateGeneration(); have != c.want {
			t.Errorf("%s: %s, want %s", c.name, have, c.want)
		}
	}
}

// TestEndsOfLines holds that a document says the same whatever its lines end
// with.
func TestEndsOfLines(t *testing.T) {
	text := assessmentWith("## Actors\n\n| Actor | Description |\n| - | - |\n| Hub | holds |\n\n## Goals\n\n* to turn\n* to roll\n\n## Threat Model\n\n### Spoofing\n\n* Threat: a false hub\n")
	lf, _ := importText(t, "a.md", text)
	crlf, _ := importText(t, "a.md", strings.ReplaceAll(text, "\n", "\r\n"))
	bom, _ := importText(t, "a.md", "\ufeff"+text)
	for _, p := range []*reviewpkgv1.ReviewPackage{lf, crlf, bom} {
		p.SetDocuments(nil)
		for _, a := range p.GetArtifacts() {
			a.SetSha256("")
			a.SetSize(0)
		}
	}
	if diff := cmp.Diff(lf, crlf, protocmp.Transform()); diff != "" {
		t.Error("CRLF: ", diff)
	}
	if diff := cmp.Diff(lf, bom, protocmp.Transform()); diff != "" {
		t.Error("byte order mark: ", diff)
	}
}

func TestStaleChanges(t *testing.T) {
	text := assessmentWith("")
	before, _ := importText(t, "a.md", text)
	after, _ := importText(t, "a.md", text)
	after.GetProject().SetDescription("It turns.")
	changes, err := reviewpkg.NewChangeSet(before, after)
	if err != nil {
		t.Fatal(err)
	}
	data, err := reviewpkg.Marshal(changes)
	if err != nil {
		t.Fatal(err)
	}
	pkg, report := importText(t, "a.md", text, changesFile, string(data))
	if pkg.GetProject().GetDescription() != "It turns." || len(report.GetDiagnostics()) != 0 {
		t.Error("not restored: ", pkg.GetProject(), report.GetDiagnostics())
	}
	for name, c := range map[string][2]string{
		"another document": {assessmentWith("## Goals\n\n* to turn\n"), string(data)},
		"broken":           {text, "{"},
	} {
		pkg, report := importText(t, "a.md", c[0], changesFile, c[1])
		d := report.GetDiagnostics()
		if pkg.GetProject().GetDescription() != "" || len(d) != 1 || d[0].GetCode() != "stale-changes" || d[0].GetFile() != changesFile || d[0].GetHint() == "" {
			t.Errorf("%s: %v %v", name, pkg.GetProject(), d)
		}
	}
	// Named files are read as they are.
	named, _, err := importPairs(ImportOptions{Files: []string{"a.md"}}, "a.md", text, changesFile, string(data))
	if err != nil || named.GetProject().GetDescription() != "" {
		t.Error("changes were applied to named files: ", err)
	}
}

// A document that was asked for is kept whatever it is, and the report says that
// nothing was read from it.
func TestUnknownDocument(t *testing.T) {
	fsys := fstest.MapFS{"notes.md": {Data: []byte("# Notes\n\nBring cake.\n")}}
	pkg, report, err := ImportOptions{Files: []string{"notes.md"}}.Import(fsys)
	if err != nil {
		t.Fatal(err)
	}
	if got := intake.Source(pkg.GetDocuments()[0]); string(got) != "# Notes\n\nBring cake.\n" {
		t.Errorf("kept %q", got)
	}
	found := report.GetDiagnostics()
	if len(found) != 1 || found[0].GetCode() != "unknown-document" || found[0].GetFile() != "notes.md" || found[0].GetLine() != 1 {
		t.Errorf("diagnostics %v", found)
	}
	if _, _, err := Import(fsys); !errors.Is(err, ErrNoDocuments) {
		t.Errorf("the folder alone: %v", err)
	}
}

// TestBoldHeadings reads documents that have bold lines and no headings: what
// they are, and the parts that need the part above them.
func TestBoldHeadings(t *testing.T) {
	bold := regexp.MustCompile(`(?m)^#+ (.*)$`)
	_, report := importText(t, "a.md", bold.ReplaceAllString(assessmentWith("## Security functions and features\n\n### Critical\n\n* Hub\n\n### Security Relevant\n\n* Axle\n"), "**$1**"))
	found := map[string]int{}
	for _, p := range report.GetDocuments()[0].GetParts() {
		if p.GetFound() {
			found[p.GetName()] = int(p.GetItems())
		}
	}
	if found["critical"] != 1 || found["security relevant"] != 1 {
		t.Error(found)
	}
	for text, want := range map[string]reviewpkgv1.ArtifactKind{
		"# Threat model of Wheel\n\n## Spoofing\n\n* Threat: a false hub\n":                                                     reviewpkgv1.ArtifactKind_ARTIFACT_KIND_THREAT_MODEL,
		"# Recommendations for Wheel\n\n## Action items\n\n- Sign it\n":                                                         reviewpkgv1.ArtifactKind_ARTIFACT_KIND_RECOMMENDATIONS,
		"# Self-assessment of Wheel\n\n## Metadata\n\n## Overview\n\nA wheel.\n\n## Goals\n\n* To turn\n\n## Actors\n\n* Hub\n": reviewpkgv1.ArtifactKind_ARTIFACT_KIND_SELF_ASSESSMENT,
	} {
		_, report := importText(t, "a.md", bold.ReplaceAllString(text, "**$1**"))
		if have := report.GetDocuments()[0].GetKind(); have != want {
			t.Errorf("%.20q is %v, want %v", text, have, want)
		}
	}
}
