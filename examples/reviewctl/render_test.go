package main

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/urfave/cli/v3"
	"google.golang.org/protobuf/types/known/structpb"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
	"github.com/reviewpkg/sdk/reviewpkg"
)

// rendered returns documents with the given paths.
func rendered(paths ...string) []*reviewpkgv1.RenderedFile {
	var files []*reviewpkgv1.RenderedFile
	for _, p := range paths {
		files = append(files, reviewpkgv1.RenderedFile_builder{Path: p, Content: []byte("new " + p)}.Build())
	}
	return files
}

// What export writes is what the library renders, and import reads it.
func TestExportDocuments(t *testing.T) {
	source := filepath.Join(t.TempDir(), "p.yaml")
	for _, c := range communities() {
		project := harbour
		if c.name == "openstack" {
			project = gate
		}
		must(t, exitPass, "import", "-o", source, project)
		p, err := reviewpkg.Load(source)
		if err != nil {
			t.Fatal(err)
		}
		want, err := c.write(p)
		if err != nil {
			t.Fatal(err)
		}
		dir := filepath.Join(t.TempDir(), "documents")
		got := do(t, "", "export", "--to", c.name, "-o", dir, source)
		if got.code != exitPass || len(want.GetFiles()) == 0 {
			t.Fatalf("%s: exit code %d: %s", c.name, got.code, got.stderr)
		}
		printed := strings.Split(strings.TrimSpace(got.stdout), "\n")
		for i, f := range want.GetFiles() {
			name := filepath.Join(dir, f.GetPath())
			if data, err := os.ReadFile(name); err != nil || !bytes.Equal(data, f.GetContent()) || printed[i] != name {
				t.Errorf("%s: %v, printed as %s, or it has another content", name, err, printed[i])
			}
		}
		if n := len(want.GetLosses()); strings.Count(got.stderr, "\n") != n+min(n, 1) {
			t.Errorf("%d losses, and %q says so", n, got.stderr)
		}
		again := do(t, "", "export", "--to", c.name, "-o", dir, source)
		if again.code != exitTrouble || again.stdout != "" || !strings.Contains(again.stderr, "--force is needed to replace "+printed[0]) {
			t.Errorf("%s over itself: exit code %d and %q", c.name, again.code, again.stderr)
		}
		if forced := do(t, "", "export", "--to", c.name, "--force", "-o", dir, source); forced != got {
			t.Errorf("%s with force: %+v", c.name, forced)
		}
		must(t, exitPass, "import", "--from", c.name, "-o", filepath.Join(t.TempDir(), "q.yaml"), dir)
	}
}

func TestExportDocumentsUsage(t *testing.T) {
	dir := t.TempDir()
	taken := temp(t, "taken", "")
	tests := map[string]struct {
		args   []string
		stderr string // a part of the only line
	}{
		"no folder":           {[]string{harbourPackage(t)}, "cncf documents are files; name a folder for them with -o"},
		"the standard output": {[]string{"-o", "-", harbourPackage(t)}, "name a folder for them with -o"},
		"a policy":            {[]string{"-o", dir, "--policy", lenient, barbican}, "--policy is for reports"},
		"a rubric":            {[]string{"-o", dir, "--rubric", lenient, barbican}, "--rubric is for reports"},
		"a report":            {[]string{"-o", dir, "--report", barbican}, "--report is for reports"},
		"no package":          {[]string{"-o", dir}, "want PACKAGE, found 0 arguments"},
		"absent package":      {[]string{"-o", dir, taken + "/x"}, "taken/x: not a directory"},
		"a file":              {[]string{"-o", taken, harbourPackage(t)}, "taken: not a directory"},
		"below a file":        {[]string{"-o", taken + "/x", harbourPackage(t)}, "taken/x: not a directory"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got := do(t, "", append([]string{"export", "--to", "cncf"}, test.args...)...)
			if got.code != exitTrouble || got.stdout != "" {
				t.Errorf("exit code %d and output %q, want %d and none", got.code, got.stdout, exitTrouble)
			}
			if !strings.HasPrefix(got.stderr, "reviewctl: ") || strings.Count(got.stderr, "\n") != 1 || !strings.Contains(got.stderr, test.stderr) {
				t.Errorf("error output\n%swant one line with %q", got.stderr, test.stderr)
			}
		})
	}
	if got := do(t, "", "export", "--to", "cncf", "-o", dir, "testdata/bad.yaml"); got.code != exitFail || got.stdout != "" {
		t.Errorf("exit code %d for no package", got.code)
	}
	if left := list(t, dir); len(left) > 0 {
		t.Errorf("files %q came into being", left)
	}
}

// harbourPackage writes the package of a project for a test, and returns its
// path.
func harbourPackage(t *testing.T) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "p.yaml")
	must(t, exitPass, "import", "-o", file, harbour)
	return file
}

// A path is what a package says, and a stranger wrote the package.
func TestWriteFilesStaysBelowItsFolder(t *testing.T) {
	outside := t.TempDir()
	for _, name := range []string{"../evil.md", "/evil.md", "a/../../evil.md", "a//b.md", ".", "", "./a.md", `..\evil.md`, "a/", "link/evil.md"} {
		dir := t.TempDir()
		if err := os.Symlink(outside, filepath.Join(dir, "link")); err != nil {
			t.Skip(err)
		}
		_, err := writeFiles(dir, rendered("fine.md", name), true)
		if err == nil {
			t.Errorf("%q was written", name)
		}
		// A link is found out while files are written; all else before.
		if left := list(t, dir); name != "link/evil.md" && len(left) != 1 {
			t.Errorf("%q: files %q came into being", name, left)
		}
	}
	if left := list(t, outside); len(left) > 0 {
		t.Errorf("files %q came into being elsewhere", left)
	}
}

func TestWriteFilesReplacesNothing(t *testing.T) {
	dir := folder(t, map[string]string{"b.md": "old", "c/d.md": "old", "dir.md/x": "old"})
	if err := os.Symlink("b.md", filepath.Join(dir, "link.md")); err != nil {
		t.Skip(err)
	}
	tests := map[string]struct {
		paths []string
		force bool
		want  string // a part of the error
	}{
		"two are there":     {[]string{"a.md", "b.md", "c/d.md"}, false, "--force is needed to replace " + filepath.Join(dir, "b.md") + ", " + filepath.Join(dir, "c/d.md")},
		"a folder":          {[]string{"a.md", "dir.md"}, true, "dir.md: not a regular file"},
		"a link":            {[]string{"a.md", "link.md"}, true, "link.md: not a regular file"},
		"a file as folder":  {[]string{"a.md", "b.md/x"}, true, "not a directory"},
		"one path":          {[]string{"a.md", "a.md"}, true, `two documents would be written to "a.md"`},
		"one path to Macs":  {[]string{"a.md", "A.md"}, true, `two documents would be written to "A.md"`},
		"a hostile path":    {[]string{"../\x1b[2J"}, true, `"../\x1b[2J" is no path below a folder`},
		"no UTF-8 in paths": {[]string{"\xff"}, true, "is no path below a folder"},
	}
	for name, test := range tests {
		written, err := writeFiles(dir, rendered(test.paths...), test.force)
		if err == nil || !strings.Contains(err.Error(), test.want) || written != nil {
			t.Errorf("%s: %v and files %q, want %q", name, err, written, test.want)
		}
		if _, err := os.Stat(filepath.Join(dir, "a.md")); err == nil {
			t.Errorf("%s: a file came into being", name)
		}
	}
	written, err := writeFiles(dir, rendered("a.md", "c/d.md", "e/f/g.md"), true)
	want := []string{filepath.Join(dir, "a.md"), filepath.Join(dir, "c/d.md"), filepath.Join(dir, "e/f/g.md")}
	if err != nil || !slices.Equal(written, want) {
		t.Errorf("%v and files %q, want %q", err, written, want)
	}
	for i, name := range []string{"a.md", "c/d.md", "e/f/g.md"} {
		if data, err := os.ReadFile(want[i]); err != nil || string(data) != "new "+name {
			t.Errorf("%s holds %q, %v", name, data, err)
		}
	}
}

func TestSayLosses(t *testing.T) {
	change := func(path, value string) *reviewpkgv1.Change {
		return reviewpkgv1.Change_builder{Kind: reviewpkgv1.ChangeKind_CHANGE_KIND_REMOVED, Path: path, Before: structpb.NewStringValue(value)}.Build()
	}
	var b bytes.Buffer
	cmd := &cli.Command{ErrWriter: &b}
	c := &communities()[0]
	if err := sayLosses(cmd, &reviewpkgv1.Rendering{}, c); err != nil || b.Len() > 0 {
		t.Errorf("no loss is %q, %v", b.String(), err)
	}
	r := reviewpkgv1.Rendering_builder{Losses: []*reviewpkgv1.Change{change("title", "T"), change("a\x1b[2J\n", "v")}}.Build()
	const want = "removed title: \"T\"\nremoved a\uFFFD[2J\uFFFD: \"v\"\n2 differences between the package and what its cncf documents hold\n"
	if err := sayLosses(cmd, r, c); err != nil || b.String() != want {
		t.Errorf("losses\n%s, %v\nwant\n%s", b.String(), err, want)
	}
	if err := sayLosses(&cli.Command{ErrWriter: failing{}}, r, c); !errors.Is(err, errFull) {
		t.Errorf("error %v, want that of the writer", err)
	}
}
