package cncf

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/reviewpkg/sdk/internal/intake"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
	"github.com/reviewpkg/sdk/reviewpkg"
)

// TestCorpus imports every project of the corpus: the package is valid, and
// every document is rebuilt byte for byte.
func TestCorpus(t *testing.T) {
	dirs, err := filepath.Glob(filepath.Join(corpus(t), "*"))
	if err != nil {
		t.Fatal(err)
	}
	for _, dir := range dirs {
		t.Run(filepath.Base(dir), func(t *testing.T) {
			_, report := importedFolder(t, dir)
			for _, d := range report.GetDocuments() {
				t.Logf("%s: %v %s blank=%v structured %d section %d unclaimed %d repairs %d doubts %d", d.GetPath(), d.GetKind(), d.GetTemplateGeneration(), d.GetBlankTemplate(), d.GetStructuredBytes(), d.GetSectionBytes(), d.GetUnclaimedBytes(), d.GetRepairs(), d.GetDoubts())
				for _, p := range d.GetParts() {
					t.Logf("    %-34s %4d %v %v %d", p.GetName(), p.GetLine(), p.GetDerivation(), p.GetPresence(), p.GetItems())
				}
			}
		})
	}
}

// checkImport checks what every import must give.
func checkImport(t testing.TB, pkg *reviewpkgv1.ReviewPackage, read func(string) []byte) {
	t.Helper()
	for _, d := range reviewpkg.Diagnose(pkg) {
		if d.Level == reviewpkg.LevelError && d.Code != reviewpkg.Incomplete {
			t.Errorf("%v", d.Error())
		}
	}
	paths := map[string]string{}
	for _, a := range pkg.GetArtifacts() {
		paths[a.GetId()] = a.GetPath()
	}
	for _, d := range pkg.GetDocuments() {
		name := paths[d.GetArtifactId()]
		if !bytes.Equal(intake.Source(d), read(name)) {
			t.Errorf("%s: the sections do not give the file back", name)
		}
	}
}

// importedFolder imports a folder and checks what holds of every import.
func importedFolder(t *testing.T, dir string) (*reviewpkgv1.ReviewPackage, *reviewpkgv1.ImportReport) {
	t.Helper()
	pkg, report, err := Import(os.DirFS(dir))
	if err != nil {
		t.Fatal(err)
	}
	checkImport(t, pkg, func(name string) []byte {
		data, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		return data
	})
	return pkg, report
}
