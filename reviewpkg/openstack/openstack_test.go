package openstack_test

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
	"github.com/reviewpkg/sdk/reviewpkg"
	"github.com/reviewpkg/sdk/reviewpkg/openstack"
)

// folder returns a folder of files.
func folder(files map[string]string) fstest.MapFS {
	fsys := fstest.MapFS{}
	for name, text := range files {
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return fsys
}

const smallPage = "x security review findings\n==========================\n\n1. A\n----\n\n- Risk: r\n- Likelihood: Low\n- Impact: i\n"

func TestNoDocuments(t *testing.T) {
	t.Parallel()
	for name, files := range map[string]map[string]string{
		"there is no file that ends in .rst": {"README.md": "# x"},
		"a.rst is of another kind":           {"a.rst": "Components\n==========\n\nof a car\n", "b.txt": smallPage},
		"and 2 more are of other kinds":      {"1.rst": "", "2.rst": "", "3.rst": "", "4.rst": "", "5.rst": "", "6.rst": "", "7.rst": ""},
	} {
		_, _, err := openstack.Import(folder(files))
		if !errors.Is(err, openstack.ErrNoDocuments) || !strings.Contains(err.Error(), name) {
			t.Errorf("%v, want %q", err, name)
		}
	}
}

func TestImportOptions(t *testing.T) {
	t.Parallel()
	fsys := folder(map[string]string{"b/page": smallPage, "a.rst": smallPage, "large.rst": strings.Repeat(smallPage, 20)})
	pkg, report, err := openstack.ImportOptions{ID: "mine", Files: []string{"b/page"}}.Import(fsys)
	if err != nil || pkg.GetId() != "mine" || len(report.GetDocuments()) != 1 || report.GetDocuments()[0].GetPath() != "b/page" {
		t.Errorf("%v, %v", report, err)
	}
	if _, _, err := (openstack.ImportOptions{Files: []string{"none.rst"}}).Import(fsys); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a missing file: %v", err)
	}
	if _, _, err := (openstack.ImportOptions{ID: "no id"}).Import(fsys); err == nil {
		t.Error("a wrong id was taken")
	}
	if _, _, err := (openstack.ImportOptions{MaxFiles: 2}).Import(fsys); err == nil {
		t.Error("too many files were read")
	}
	_, report, err = openstack.ImportOptions{MaxBytes: 300}.Import(fsys)
	if err != nil || len(report.GetDocuments()) != 1 || len(report.GetSkippedFiles()) != 1 {
		t.Errorf("%v, %v", report, err)
	}
}

// TestImageOutside reads a page whose image lies outside of the folder, which no
// path of the model can lead to.
func TestImageOutside(t *testing.T) {
	t.Parallel()
	pkg, report, err := openstack.Import(folder(map[string]string{
		"a.rst": "x architecture page\n===================\n\nService architecture diagram\n----------------------------\n\n.. image:: ../../etc/passwd.png\n\nComponents\n----------\n\nInterfaces\n----------\n",
	}))
	if err != nil {
		t.Fatal(err)
	}
	if d := pkg.GetArchitecture().GetDiagrams(); len(d) != 1 || d[0].GetArtifactId() != "" || report.GetDiagnostics()[0].GetCode() != "missing-file" {
		t.Errorf("%v %v", d, report.GetDiagnostics())
	}
}

// TestEndsOfInterfaces holds that whatever the ends are, one is a component of
// the project and none is lost: a model without that is not valid.
func TestEndsOfInterfaces(t *testing.T) {
	t.Parallel()
	head := "x architecture page\n===================\n\nComponents\n----------\n\n- C: c\n\nExternal dependencies\n---------------------\n\n- D: d\n- E: e\n\nInterfaces\n----------\n\n"
	for _, test := range []struct {
		interfaces string
		want       string
	}{
		{"1. A->C *[TLS]*:", "actor A"},
		{"1. C->B *[TLS]*:", "dependency B"},
		{"1. A->B *[TLS]*:", "actor A, component B"},
		{"1. D->B *[TLS]*:", "component B"},
		{"1. A->D *[TLS]*:", "component A"},
		{"1. A->C *[TLS]*:\n2. B->C *[TLS]*:\n3. A->B *[TLS]*:", "actor A, component B"},
		{"1. D->E *[TLS]*:", ""},
		{"1. C->C *[TLS]*:", ""},
		{"1. A->A *[TLS]*:", ""},
	} {
		page := head + test.interfaces + "\n"
		pkg, report, err := openstack.Import(folder(map[string]string{"a.rst": page}))
		if err != nil {
			t.Fatal(err)
		}
		check(t, pkg, report, func(string) []byte { return []byte(page) })
		var got []string
		a := pkg.GetArchitecture()
		for _, x := range a.GetActors() {
			got = append(got, "actor "+x.GetName())
		}
		for _, x := range a.GetComponents()[1:] {
			got = append(got, "component "+x.GetName())
		}
		for _, x := range a.GetExternalDependencies()[2:] {
			got = append(got, "dependency "+x.GetName())
		}
		if text := strings.Join(got, ", "); text != test.want {
			t.Errorf("%s: %s, want %s", test.interfaces, text, test.want)
		}
		if n := len(a.GetInterfaces()); (n == 0) != (test.want == "") {
			t.Errorf("%s: %d interfaces", test.interfaces, n)
		}
	}
}

func TestRenderNothing(t *testing.T) {
	t.Parallel()
	if _, err := openstack.Render(nil); err == nil {
		t.Error("no package was written")
	}
	r, err := openstack.Render(&reviewpkgv1.ReviewPackage{})
	if err != nil || len(r.GetFiles()) != 2 {
		t.Errorf("%v, %v", r, err)
	}
}

// TestRenderExample writes the package that models the review of barbican by
// hand. What is lost must be what pages have no place for.
func TestRenderExample(t *testing.T) {
	t.Parallel()
	pkg, err := reviewpkg.Load("../../examples/packages/openstack-barbican/package.yaml")
	if err != nil {
		t.Fatal(err)
	}
	r, err := openstack.Render(pkg)
	if err != nil {
		t.Fatal(err)
	}
	allowed := []string{
		"trust_domain", "runs_on_id", "interface_ids", "protected_by_id", "format_id", "data_formats", "transformations", "credential_asset_id",
		"properties[", "asset_ids[", "affected_ids[", "agreement", "origin", "cwes[", "assumptions[", "notices[", "project.", "evidence[", "license", "deployment.basis", "deployment.description",
	}
	for _, c := range r.GetLosses() {
		if !slices.ContainsFunc(allowed, func(part string) bool { return strings.Contains(c.GetPath(), part) }) {
			t.Errorf("lost: %v", c)
		}
	}
	t.Logf("%d losses", len(r.GetLosses()))
	// What was read from the pages once is written without loss.
	roundTrip(t, roundTrip(t, pkg, false), true)
}

// TestHostileTexts puts every hostile text into a page where it would do most
// harm, and holds that it stays a text.
func TestHostileTexts(t *testing.T) {
	t.Parallel()
	for _, text := range append(hostile, "a\u2028====", "nul\x00", "cr\rlf\r\n====\n", "\v\f\x1c\u0085") {
		pkg := &reviewpkgv1.ReviewPackage{}
		pkg.SetProject(reviewpkgv1.Project_builder{Name: "x"}.Build())
		pkg.SetProcesses([]reviewpkgv1.ReviewProcess{reviewpkgv1.ReviewProcess_REVIEW_PROCESS_OPENSTACK})
		pkg.SetArchitecture(reviewpkgv1.Architecture_builder{
			Purpose:  reviewpkgv1.Narrative_builder{Text: text}.Build(),
			UseCases: []*reviewpkgv1.UseCase{reviewpkgv1.UseCase_builder{Id: "u", Description: text}.Build()},
		}.Build())
		pkg.SetFindings([]*reviewpkgv1.Finding{reviewpkgv1.Finding_builder{
			Id: "f", Number: "1", Title: "t", Description: text, Recommendation: text, State: reviewpkgv1.FindingState_FINDING_STATE_REPORTED,
		}.Build()})
		again := roundTrip(t, pkg, false)
		clean := strings.NewReplacer("\r", "\n", "\v", "\n", "\f", "\n", "\x1c", "\n", "\u0085", "\n", "\u2028", "\n", "\x00", "").Replace(text)
		if len(again.GetFindings()) != 1 || again.GetFindings()[0].GetDescription() != clean || again.GetArchitecture().GetPurpose().GetText() != clean ||
			len(again.GetArchitecture().GetUseCases()) != 1 || again.GetArchitecture().GetUseCases()[0].GetDescription() != clean {
			t.Errorf("%q came back as %v", text, again.GetFindings())
		}
	}
}

// BenchmarkGrowth reports how many times as long a page of eight times the size
// takes, for pages made of what could be read over and over. Eight is linear.
func BenchmarkGrowth(b *testing.B) {
	head := "x architecture page\n===================\n\nComponents\n----------\n\nInterfaces\n----------\n\nData assets\n-----------\n\n"
	for _, piece := range []string{
		"- *a* - persisted in b\n", "- ", "  - a\n", "[A] ", "(", "\\", "``", "a/b ", ".. image:: x\n", "**a**: b\n", "a\n====\n\n",
		"1. a->b *[T]*:\n   - Assets in flight: c, d (e)\n   - f?\n", "*", ": ", " - ",
	} {
		b.Run(strings.TrimSpace(piece), func(b *testing.B) {
			read := func(b *testing.B, n int) time.Duration {
				fsys := folder(map[string]string{"a.rst": head + strings.Repeat(piece, n/len(piece))})
				start := time.Now()
				if _, _, err := openstack.Import(fsys); err != nil {
					b.Fatal(err)
				}
				return time.Since(start)
			}
			const size = 100_000
			small, large := time.Hour, time.Hour
			for b.Loop() {
				small, large = min(small, read(b, size)), min(large, read(b, 8*size))
			}
			b.ReportMetric(float64(large)/float64(small), "x-growth")
		})
	}
}

// BenchmarkImport reads the review of barbican, and reports how many times as
// long that takes as to split its text into lines and hash it.
func BenchmarkImport(b *testing.B) {
	needPublished(b)
	fsys := os.DirFS(filepath.Join(published, "barbican/newton"))
	var texts []string
	for _, name := range []string{"architecture-page.rst", "review-findings.rst"} {
		data, err := fs.ReadFile(fsys, name)
		if err != nil {
			b.Fatal(err)
		}
		texts = append(texts, string(data))
	}
	memory := folder(map[string]string{"architecture-page.rst": texts[0], "review-findings.rst": texts[1]})
	var baseline, took time.Duration
	b.ReportAllocs()
	for b.Loop() {
		start := time.Now()
		for _, text := range texts {
			for line := range strings.SplitSeq(text, "\n") {
				_ = sha256.Sum256([]byte(line))
			}
		}
		middle := time.Now()
		if _, _, err := openstack.Import(memory); err != nil {
			b.Fatal(err)
		}
		baseline, took = baseline+middle.Sub(start), took+time.Since(middle)
	}
	b.ReportMetric(float64(took)/float64(baseline), "x-baseline")
}

func ExampleImport() {
	fsys := fstest.MapFS{"review-findings.rst": &fstest.MapFile{Data: []byte(smallPage)}}
	pkg, report, err := openstack.Import(fsys)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(pkg.GetId(), len(pkg.GetFindings()), len(report.GetDiagnostics()))
	// Output: openstack-x 1 0
}
