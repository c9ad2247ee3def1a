package cncf

import (
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
