package openstack_test

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"google.golang.org/protobuf/proto"

	"github.com/reviewpkg/sdk/internal/intake"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
	"github.com/reviewpkg/sdk/reviewpkg"
	"github.com/reviewpkg/sdk/reviewpkg/openstack"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// TestPages reads pages that were written for the tests, one folder for each
// generation of the templates and each way in which pages go astray, and
// compares the package and the report with those that were agreed on.
func TestPages(t *testing.T) {
	t.Parallel()
	folders, err := filepath.Glob("testdata/pages/*")
	if err != nil || len(folders) < 10 {
		t.Fatalf("%d folders, %v", len(folders), err)
	}
	for _, folder := range folders {
		t.Run(filepath.Base(folder), func(t *testing.T) {
			t.Parallel()
			pkg, report := read(t, folder)
			got := append(golden(t, pkg), golden(t, report)...)
			name := filepath.Join("testdata", "want", filepath.Base(folder)+".yaml")
			if *update {
				if err := os.WriteFile(name, got, 0o600); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(got, want) {
				t.Errorf("differs from %s; run with -update and read the difference\n%s", name, firstDifference(got, want))
			}
			roundTrip(t, pkg, true)
		})
	}
}

// golden returns a message as YAML, and a package without its documents, whose
// text is that of the pages.
func golden(t *testing.T, m proto.Message) []byte {
	t.Helper()
	if p, ok := m.(*reviewpkgv1.ReviewPackage); ok {
		q := proto.CloneOf(p)
		for _, d := range q.GetDocuments() {
			d.SetSections(nil)
		}
		m = q
	}
	data, err := reviewpkg.MarshalOptions{Encoding: reviewpkg.YAML}.Marshal(m)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func firstDifference(got, want []byte) string {
	g, w := bytes.Split(got, []byte("\n")), bytes.Split(want, []byte("\n"))
	for i := range min(len(g), len(w)) {
		if !bytes.Equal(g[i], w[i]) {
			return fmt.Sprintf("line %d\n got %s\nwant %s", i+1, g[i], w[i])
		}
	}
	return "one is longer"
}

// read imports a folder and holds that the package is valid and gives its files
// back.
func read(t testing.TB, folder string) (*reviewpkgv1.ReviewPackage, *reviewpkgv1.ImportReport) {
	t.Helper()
	pkg, report, err := openstack.Import(os.DirFS(folder))
	if err != nil {
		t.Fatal(err)
	}
	check(t, pkg, report, func(path string) []byte {
		data, err := os.ReadFile(filepath.Join(folder, path))
		if err != nil {
			t.Fatal(err)
		}
		return data
	})
	return pkg, report
}

// check holds what is true of every import: the package and the report are valid,
// each document gives back its file, and every byte of it is accounted for.
func check(t testingT, pkg *reviewpkgv1.ReviewPackage, report *reviewpkgv1.ImportReport, file func(string) []byte) {
	t.Helper()
	for _, m := range []proto.Message{pkg, report} {
		if err := reviewpkg.Validate(m); err != nil {
			t.Fatalf("not valid: %v", err)
		}
	}
	docs := map[string]*reviewpkgv1.Document{}
	for _, d := range pkg.GetDocuments() {
		docs[d.GetId()] = d
	}
	for _, d := range report.GetDocuments() {
		want := file(d.GetPath())
		if got := intake.Source(docs[d.GetDocumentId()]); !bytes.Equal(got, want) {
			t.Fatalf("%s is not given back: %d bytes of %d", d.GetPath(), len(got), len(want))
		}
		if sum := d.GetStructuredBytes() + d.GetSectionBytes() + d.GetUnclaimedBytes(); sum != uint64(len(want)) {
			t.Fatalf("%s: %d bytes are accounted for, of %d", d.GetPath(), sum, len(want))
		}
	}
}
