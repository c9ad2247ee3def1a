package reviewpkgv1_test

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"google.golang.org/protobuf/proto"

	"github.com/reviewpkg/sdk/reviewpkg"
)

// release names a version whose packages are written down, before it is tagged:
//
//	go test ./proto/reviewpkg/v1 -run TestReleased -release v1.0.0
//
// What stands there already is never written again: that is what it is for.
var release = flag.String("release", "", "write the example packages as they are read and written in this version")

// releasedDir has a folder for each version, with packages in every form that
// this version wrote.
const releasedDir = "testdata/released"

// forms are the extensions of the forms of a package, the canonical one first.
func forms() []string { return []string{".json", ".yaml", ".binpb"} }

// TestReleasedPackagesStillLoad reads what earlier versions wrote, without a
// word about fields that are not known, and writes it as they did: a field that
// was renamed, renumbered or removed would be lost here.
func TestReleasedPackagesStillLoad(t *testing.T) {
	if *release != "" {
		writeRelease(t, filepath.Join(releasedDir, *release))
	}
	names, err := filepath.Glob(filepath.Join(releasedDir, "*", "*"+forms()[0]))
	if err != nil || len(names) < 3 {
		t.Fatalf("found %d packages of earlier versions: %v", len(names), err)
	}
	for _, name := range names {
		want, err := os.ReadFile(name) //nolint:gosec // a file of the repository
		if err != nil {
			t.Fatal(err)
		}
		for _, form := range forms() {
			path := strings.TrimSuffix(name, forms()[0]) + form
			options := reviewpkg.UnmarshalOptions{Report: func(d reviewpkg.Diagnostic) {
				if d.Code == reviewpkg.UnknownField || d.Code == reviewpkg.UnknownValue {
					t.Errorf("%s: %s", path, d.Error())
				}
			}}
			p, err := options.Load(path)
			if err != nil {
				t.Errorf("%s: %v", path, err)
				continue
			}
			got, err := reviewpkg.Marshal(p)
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(got, want) {
				t.Errorf("%s: its canonical JSON is no longer that of %s", path, name)
			}
		}
	}
}

// writeRelease writes the packages of the examples in every form.
func writeRelease(t *testing.T, dir string) {
	t.Helper()
	if err := os.Mkdir(dir, 0o755); err != nil { //nolint:gosec // files of the repository
		t.Fatalf("a version is written once: %v", err)
	}
	for name, path := range map[string]string{
		"openstack-barbican":      "openstack-barbican",
		"openstack-barbican-next": "openstack-barbican-next.yaml",
		"cncf-openfga":            "cncf-openfga",
	} {
		p, err := reviewpkg.Load(filepath.Join("../../../examples/packages", path))
		if err != nil {
			t.Fatal(err)
		}
		for _, form := range forms() {
			if err := reviewpkg.Save(filepath.Join(dir, name+form), proto.Message(p)); err != nil {
				t.Fatal(err)
			}
		}
	}
}
