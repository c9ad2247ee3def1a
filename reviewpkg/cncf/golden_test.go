package cncf

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
	"github.com/reviewpkg/sdk/reviewpkg"
)

// TestGolden imports the folders below testdata/golden and compares package and
// report with want.yaml and want-report.json beside the documents.
//
// A folder may have a file template.txt with sentences, one a line, that count
// as those of a template: the sentences of the official ones are not ours.
func TestGolden(t *testing.T) {
	dirs, err := filepath.Glob("testdata/golden/*")
	if err != nil || len(dirs) == 0 {
		t.Fatal("no golden folders: ", err)
	}
	for _, dir := range dirs {
		t.Run(filepath.Base(dir), func(t *testing.T) {
			useTemplate(t, templateLines(t, dir)...)
			pkg, report := importedFolder(t, dir)
			checkSources(t, pkg, report)
			goldenFile(t, filepath.Join(dir, "want.yaml"), pkg, reviewpkg.YAML)
			goldenFile(t, filepath.Join(dir, "want-report.json"), report, reviewpkg.JSON)
		})
	}
}

// TestGoldenRendered renders each golden package and reads the pages again. What
// comes back differs by what the rendering says it lost, and by nothing else.
func TestGoldenRendered(t *testing.T) {
	dirs, err := filepath.Glob("testdata/golden/*")
	if err != nil || len(dirs) == 0 {
		t.Fatal("no golden folders: ", err)
	}
	for _, dir := range dirs {
		t.Run(filepath.Base(dir), func(t *testing.T) {
			pkg, err := reviewpkg.Load(filepath.Join(dir, "want.yaml"))
			if err != nil {
				t.Fatal(err)
			}
			out, err := Render(pkg)
			if err != nil {
				t.Fatal(err)
			}
			fsys := fstest.MapFS{}
			for _, f := range out.GetFiles() {
				fsys[f.GetPath()] = &fstest.MapFile{Data: f.GetContent()}
			}
			back, report, err := Import(fsys)
			if err != nil {
				t.Fatal(err)
			}
			for _, d := range report.GetDiagnostics() {
				if d.GetCode() == "stale-changes" {
					t.Error(d)
				}
			}
			for _, c := range reviewpkg.Diff(comparable(pkg), comparable(back)) {
				t.Errorf("not restored: %s: %v, %v", c.GetPath(), c.GetBefore(), c.GetAfter())
			}
			if back.GetId() != pkg.GetId() {
				t.Error("another id: ", back.GetId())
			}
		})
	}
}

func goldenFile(t *testing.T, name string, m proto.Message, encoding reviewpkg.Encoding) {
	t.Helper()
	have, err := reviewpkg.MarshalOptions{Encoding: encoding}.Marshal(m)
	if err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile(name, have, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Equal(have, want) {
		return
	}
	h, w := strings.Split(string(have), "\n"), strings.Split(string(want), "\n")
	i := 0
	for i < min(len(h), len(w)) && h[i] == w[i] {
		i++
	}
	t.Errorf("%s: line %d differs\nhave %s\nwant %s", name, i+1,
		strings.Join(h[i:min(i+5, len(h))], "\n     "), strings.Join(w[i:min(i+5, len(w))], "\n     "))
}

// templateLines returns the sentences that count as those of a template.
func templateLines(t *testing.T, dir string) []string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(dir, "template.txt"))
	if os.IsNotExist(err) {
		return nil
	}
	if err != nil {
		t.Fatal(err)
	}
	return strings.Split(strings.TrimSpace(string(data)), "\n")
}

// useTemplate lets some sentences count as those of a template until the test
// ends.
func useTemplate(t *testing.T, lines ...string) {
	t.Helper()
	if len(lines) == 0 {
		return
	}
	saved, starts := templatePrints, templateStarts
	t.Cleanup(func() { templatePrints, templateStarts = saved, starts })
	for i, line := range lines {
		before := i
		sentences(line, nil, func(print uint64, _, _ int) bool {
			templatePrints[i] = print
			i++
			return true
		})
		if i != before+1 {
			t.Fatalf("%q is %d sentences, want one of at least %d letters", line, i-before, shortestSentence)
		}
	}
	slices.Sort(templatePrints[:])
	templateStarts = startsOf(templatePrints[:])
}

// checkSources checks that every value source leads to a value that is there,
// and to lines that the document has, and that the bytes of each document are
// all counted.
func checkSources(t *testing.T, pkg *reviewpkgv1.ReviewPackage, report *reviewpkgv1.ImportReport) {
	t.Helper()
	sizes := map[string]uint64{}
	for _, a := range pkg.GetArtifacts() {
		sizes[a.GetId()] = uint64(a.GetSize())
	}
	lines := map[string]uint32{}
	for _, d := range pkg.GetDocuments() {
		n := uint32(0)
		var walk func([]*reviewpkgv1.Section)
		walk = func(list []*reviewpkgv1.Section) {
			for _, s := range list {
				n += uint32(strings.Count(s.GetSource(), "\n"))
				if !strings.HasSuffix(s.GetSource(), "\n") {
					n++
				}
				walk(s.GetSections())
			}
		}
		walk(d.GetSections())
		lines[d.GetId()] = n
		for _, r := range report.GetDocuments() {
			if r.GetDocumentId() == d.GetId() {
				if sum := r.GetStructuredBytes() + r.GetSectionBytes() + r.GetUnclaimedBytes(); sum != sizes[d.GetArtifactId()] {
					t.Errorf("%s: the report counts %d bytes, the file has %d", r.GetPath(), sum, sizes[d.GetArtifactId()])
				}
			}
		}
	}
	for _, s := range pkg.GetValueSources() {
		if !holds(pkg.ProtoReflect(), s.GetPath()) {
			t.Errorf("the value source %s leads to nothing", s.GetPath())
		}
		if s.GetStartLine() < 1 || s.GetEndLine() < s.GetStartLine() || s.GetEndLine() > lines[s.GetDocumentId()] {
			t.Errorf("%s: lines %d to %d of %d", s.GetPath(), s.GetStartLine(), s.GetEndLine(), lines[s.GetDocumentId()])
		}
	}
}

// holds reports whether a message has a value at a path of the form
// a.b["id"].c[2].
func holds(m protoreflect.Message, path string) bool {
	name, rest := path, ""
	if i := strings.IndexAny(path, ".["); i >= 0 {
		name, rest = path[:i], path[i:]
	}
	fd := m.Descriptor().Fields().ByName(protoreflect.Name(name))
	if fd == nil || !m.Has(fd) {
		return false
	}
	if rest == "" {
		return true
	}
	if rest[0] == '.' {
		return fd.Message() != nil && !fd.IsList() && holds(m.Get(fd).Message(), rest[1:])
	}
	key, rest, ok := strings.Cut(rest[1:], "]")
	if !ok || !fd.IsList() {
		return false
	}
	list := m.Get(fd).List()
	for i := range list.Len() {
		if key != itoa(i) && (key[0] != '"' || key != `"`+idOf(list.Get(i).Message())+`"`) {
			continue
		}
		return rest == "" || holds(list.Get(i).Message(), rest[1:])
	}
	return false
}

func idOf(m protoreflect.Message) string {
	return m.Get(m.Descriptor().Fields().ByName("id")).String()
}

// importText imports documents that are given as pairs of name and text.
func importText(t testing.TB, pairs ...string) (*reviewpkgv1.ReviewPackage, *reviewpkgv1.ImportReport) {
	t.Helper()
	pkg, report, err := importPairs(ImportOptions{}, pairs...)
	if err != nil {
		t.Fatal(err)
	}
	return pkg, report
}

func importPairs(o ImportOptions, pairs ...string) (*reviewpkgv1.ReviewPackage, *reviewpkgv1.ImportReport, error) {
	fsys := fstest.MapFS{}
	for i := 0; i < len(pairs); i += 2 {
		fsys[pairs[i]] = &fstest.MapFile{Data: []byte(pairs[i+1])}
	}
	return o.Import(fsys)
}
