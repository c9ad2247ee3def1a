package export_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"google.golang.org/protobuf/proto"

	"github.com/reviewpkg/sdk/export"
	"github.com/reviewpkg/sdk/reviewpkg"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

func TestFind(t *testing.T) {
	for _, name := range []string{"json", "yaml", "markdown", "html"} {
		f, err := export.Find(name)
		if err != nil || f.Name() != name {
			t.Errorf("Find(%q) = %v, %v, want the format", name, f, err)
		}
	}
	own := export.Markdown{MaxFindings: 1}
	if f, err := export.Find("markdown", nil, own, export.Markdown{}); err != nil || f != export.Format(own) {
		t.Errorf("Find among own formats = %#v, %v, want the first of the name", f, err)
	}
	if f, err := export.Find("json", own); err == nil {
		t.Errorf("Find found %v among formats without it", f)
	}
	_, err := export.Find("pdf\n" + strings.Repeat("x", 100))
	want := `unknown format "pdf ` + strings.Repeat("x", 36) + `…", want one of json, yaml, markdown, html`
	if err == nil || err.Error() != want {
		t.Errorf("Find of an unknown name: error %v, want %s", err, want)
	}
}

func TestFormatsAreFresh(t *testing.T) {
	formats := export.Formats()
	formats[0] = nil
	if export.Formats()[0] == nil {
		t.Error("a change of the slice changed the formats of the package")
	}
}

func TestWriteNothing(t *testing.T) {
	for _, f := range export.Formats() {
		var b bytes.Buffer
		for want, r := range map[string]*reviewpkgv1.Report{
			": want a report, found nil": nil, ": the report has no package": {},
		} {
			want = "write " + f.Name() + want
			if err := f.Write(&b, r); err == nil || err.Error() != want {
				t.Errorf("error %v, want %s", err, want)
			}
		}
		if b.Len() > 0 {
			t.Errorf("%s wrote %q", f.Name(), b.String())
		}
	}
}

var errFull = errors.New("disk full")

// A limited writer takes so many bytes and then fails.
type limited struct{ left int }

func (w *limited) Write(p []byte) (int, error) {
	if w.left -= len(p); w.left < 0 {
		return 0, errFull
	}
	return len(p), nil
}

func TestWriteErrors(t *testing.T) {
	set := sampleChanges()
	for range 5 { // more than the buffer holds
		set.SetChanges(append(set.GetChanges(), set.GetChanges()...))
	}
	for _, left := range []int{0, 5000} {
		for _, f := range export.Formats() {
			if err := f.Write(&limited{left}, sampleReport()); !errors.Is(err, errFull) {
				t.Errorf("%s after %d bytes: error %v, want that of the writer", f.Name(), left, err)
			}
		}
		if err := (export.Markdown{}).WriteChanges(&limited{left}, set); !errors.Is(err, errFull) {
			t.Errorf("changes as Markdown: error %v, want that of the writer", err)
		}
		if err := (export.HTML{}).WriteChanges(&limited{left}, set); !errors.Is(err, errFull) {
			t.Errorf("changes as HTML: error %v, want that of the writer", err)
		}
	}
}

func TestWriteBadText(t *testing.T) {
	r := sampleReport()
	r.GetPackage().SetTitle("a\xff\x00")
	if err := (export.JSON{}).Write(&bytes.Buffer{}, r); err == nil || !strings.HasPrefix(err.Error(), "write json: ") {
		t.Errorf("JSON of text that is not UTF-8: error %v, want one", err)
	}
	for _, f := range []export.Format{export.Markdown{}, export.HTML{}} {
		has(t, write(t, f, r), "DRAFT: ", "a\uFFFD\uFFFD")
	}
	if err := (export.JSON{Indent: "x"}).Write(&bytes.Buffer{}, sampleReport()); err == nil {
		t.Error("JSON was indented with a letter")
	}
}

func TestNewReport(t *testing.T) {
	p, profile, verdict := samplePackage(), sampleProfile(), sampleVerdict()
	before := proto.CloneOf(p)
	r := export.NewReport(p, profile, verdict, reviewpkg.Diagnostic{
		Code: reviewpkg.TooLarge, Rule: "rule", Level: reviewpkg.LevelWarning, Path: "path", Message: "message", Hint: "hint",
		Pos: reviewpkg.Position{Filename: "file", Line: 3, Column: -1},
	})
	if !proto.Equal(before, p) {
		t.Error("NewReport changed the package")
	}
	if r.GetPackage() != p || r.GetProfile() != profile || r.GetVerdict() != verdict {
		t.Error("the report does not refer to its arguments")
	}
	diff(t, "schema", "reviewpkg.v1.Report", r.GetSchema())
	if n := len(r.GetCompleteness()); n != 1 || r.GetCompleteness()[0].GetChecks() == 0 {
		t.Errorf("found %d results of completeness, want one with checks", n)
	}
	d := r.GetDiagnostics()[0]
	diff(t, "diagnostic", []string{"too-large", "rule", "path", "message", "hint", "file"},
		[]string{d.GetCode(), d.GetRule(), d.GetPath(), d.GetMessage(), d.GetHint(), d.GetFile()})
	if d.GetLevel() != reviewpkgv1.DiagnosticLevel_DIAGNOSTIC_LEVEL_WARNING || d.GetLine() != 3 || d.GetColumn() != 0 {
		t.Errorf("diagnostic is %v", d)
	}
	if err := reviewpkg.Validate(export.NewReport(minimalPackage(), nil, nil)); err != nil {
		t.Errorf("a report on a valid package is not valid: %v", err)
	}
}

// minimalPackage returns a package that is valid and a draft.
func minimalPackage() *reviewpkgv1.ReviewPackage {
	return reviewpkgv1.ReviewPackage_builder{
		Schema: "reviewpkg.v1.ReviewPackage", Id: "a", Title: "A", Status: reviewpkgv1.PackageStatus_PACKAGE_STATUS_DRAFT,
		Project: reviewpkgv1.Project_builder{Name: "A"}.Build(),
	}.Build()
}

// standing are pieces of the disclaimers that every export carries.
var standing = []string{"not an endorsement", "not an audit", "due diligence"}

func TestEveryExportHasTheDisclaimers(t *testing.T) {
	r := reviewpkgv1.Report_builder{Package: minimalPackage(), Disclaimers: []string{"One of its own."}}.Build()
	for _, f := range export.Formats() {
		page := write(t, f, r)
		for _, s := range append(standing, "One of its own.", "draft") {
			if !strings.Contains(page, s) {
				t.Errorf("%s lacks %q", f.Name(), s)
			}
		}
	}
	if n := len(r.GetDisclaimers()); n != 1 {
		t.Errorf("the report has %d disclaimers after the export, want 1 as before", n)
	}
	for _, s := range standing {
		if n := strings.Count(write(t, export.Markdown{}, sampleReport()), s); n != 1 {
			t.Errorf("found %q %d times, want it once", s, n)
		}
	}
}

func TestDraftMark(t *testing.T) {
	for status, mark := range map[reviewpkgv1.PackageStatus]string{
		reviewpkgv1.PackageStatus_PACKAGE_STATUS_UNSPECIFIED:      "draft and not final (status: not stated)",
		reviewpkgv1.PackageStatus_PACKAGE_STATUS_DRAFT:            "draft and not final (status: draft)",
		reviewpkgv1.PackageStatus_PACKAGE_STATUS_READY_FOR_REVIEW: "draft and not final (status: ready for review)",
		reviewpkgv1.PackageStatus_PACKAGE_STATUS_IN_REVIEW:        "draft and not final (status: in review)",
		reviewpkgv1.PackageStatus_PACKAGE_STATUS_OBSOLETE:         "obsolete and counts as a draft",
		reviewpkgv1.PackageStatus(99):                             "draft and not final (status: unknown value 99)",
		reviewpkgv1.PackageStatus_PACKAGE_STATUS_FINAL:            "",
	} {
		p := minimalPackage()
		p.SetStatus(status)
		r := export.NewReport(p, nil, nil)
		for _, f := range export.Formats() {
			page := write(t, f, r)
			if got := strings.Contains(strings.ToLower(page), "draft"); got != (mark != "") {
				t.Errorf("%s of status %v: marked as a draft: %t", f.Name(), status, got)
			}
			if !strings.Contains(page, mark) {
				t.Errorf("%s of status %v lacks %q", f.Name(), status, mark)
			}
		}
		markdown := write(t, export.Markdown{}, r)
		if got := strings.HasPrefix(markdown, "# DRAFT: A\n\n> **DRAFT.**"); got != (mark != "") {
			t.Errorf("Markdown of status %v begins with %.40q", status, markdown)
		}
	}
}
