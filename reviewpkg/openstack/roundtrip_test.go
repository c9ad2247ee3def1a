package openstack_test

import (
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/testing/protocmp"
	"pgregory.net/rapid"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
	"github.com/reviewpkg/sdk/reviewpkg"
	"github.com/reviewpkg/sdk/reviewpkg/openstack"
)

// roundTrip writes a package as pages and reads them back. The changes between
// the two must be the losses of the rendering, and none if lossless is set. It
// returns what was read.
func roundTrip(t testingT, pkg *reviewpkgv1.ReviewPackage, lossless bool) *reviewpkgv1.ReviewPackage {
	t.Helper()
	before := proto.CloneOf(pkg)
	r, err := openstack.Render(pkg)
	if err != nil {
		t.Fatal(err)
	}
	if !proto.Equal(before, pkg) {
		t.Fatal("the package was changed")
	}
	fsys := fstest.MapFS{}
	for _, f := range r.GetFiles() {
		fsys[f.GetPath()] = &fstest.MapFile{Data: f.GetContent()}
	}
	again, report, err := openstack.Import(fsys)
	if err != nil {
		t.Fatal(err)
	}
	check(t, again, report, func(path string) []byte { return fsys[path].Data })
	if len(r.GetLosses()) > 0 && lossless {
		for _, f := range r.GetFiles() {
			t.Logf("%s\n%s", f.GetPath(), f.GetContent())
		}
		for _, c := range r.GetLosses() {
			t.Errorf("lost: %v", c)
		}
		t.FailNow()
	}
	if err := reviewpkg.Validate(r); err != nil {
		t.Fatal(err)
	}
	second, err := openstack.Render(again)
	if err != nil {
		t.Fatal(err)
	}
	if lossless {
		if diff := cmp.Diff(r.GetFiles(), second.GetFiles(), protocmp.Transform()); diff != "" {
			t.Fatalf("written again, the pages differ:\n%s", diff)
		}
	}
	return again
}

// TestRoundTrip holds that what pages can hold is written and read back without
// loss, whatever the texts are.
func TestRoundTrip(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		pkg := newGenerator(t).review()
		for _, d := range reviewpkg.Diagnose(pkg) {
			if d.Level == reviewpkg.LevelError {
				t.Fatalf("the generator is wrong: %v", d.Error())
			}
		}
		roundTrip(t, pkg, true)
	})
}

// testingT is what tests and drawn tests share.
type testingT interface {
	Helper()
	Errorf(format string, args ...any)
	Fatal(args ...any)
	Fatalf(format string, args ...any)
	FailNow()
	Logf(format string, args ...any)
}
