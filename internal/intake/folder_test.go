package intake

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

func TestArtifacts(t *testing.T) {
	f := open(t, files("docs/a.md", "x", "docs/img/p.png", "pixels", "logo big.svg", "", "b:c.pdf", "pdf", "x.jpeg", "", "y.gif", "", "z.webp", "", "d.drawio", "", "j.json", "", "r.rst", "", "u.bin", ""))
	in := New(f)
	d := in.Document(f.Documents[0], self, reviewpkgv1.Markup_MARKUP_MARKDOWN)
	for _, c := range []struct{ target, want string }{
		{"img/p.png", "file-docs-img-p-png"}, {"./img/p.png?raw=1", "file-docs-img-p-png"}, {"../logo%20big.svg#x", "file-logo-big-svg"}, {"../b:c.pdf", "file-b-c-pdf"},
		{"../x.jpeg", "file-x-jpeg"}, {"../y.gif", "file-y-gif"}, {"../z.webp", "file-z-webp"}, {"../d.drawio", "file-d-drawio"}, {"../j.json", "file-j-json"}, {"../r.rst", "file-r-rst"}, {"../u.bin", "file-u-bin"},
		{"https://x.example/talk/", "web-x-example-talk"}, {"https://x.example/talk/", "web-x-example-talk"}, {"img/gone.png", ""}, {"/docs/img/p.png", ""}, {"", ""}, {"#x", ""},
		{"https://x.example/" + strings.Repeat("a", 60), "web-" + strings.Repeat("a", 48)},
	} {
		if have := d.Linked(c.target, "title of "+c.target, image); have != c.want {
			t.Errorf("Linked(%q) = %q, want %q", c.target, have, c.want)
		}
	}
	artifacts := map[string]*reviewpkgv1.Artifact{}
	for _, a := range in.Package.GetArtifacts() {
		artifacts[a.GetId()] = a
	}
	same(t, `id: "file-docs-img-p-png" kind: ARTIFACT_KIND_IMAGE path: "docs/img/p.png" title: "title of img/p.png" media_type: "image/png" size: 6 sha256: "6ec9c2b0eb14010746c8bce8939303b382344b296206612eb8a907a37b2b2f37"`,
		artifacts["file-docs-img-p-png"])
	same(t, `id: "file-b-c-pdf" kind: ARTIFACT_KIND_IMAGE title: "b:c.pdf" url: "file:b:c.pdf" media_type: "application/pdf"`, withoutDigest(artifacts["file-b-c-pdf"]))
	same(t, `id: "web-x-example-talk" kind: ARTIFACT_KIND_IMAGE title: "title of https://x.example/talk/" url: "https://x.example/talk/"`, artifacts["web-x-example-talk"])
	for id, want := range map[string]string{"file-docs-a-md": "text/markdown", "file-logo-big-svg": "image/svg+xml", "file-x-jpeg": "image/jpeg", "file-y-gif": "image/gif", "file-z-webp": "image/webp", "file-d-drawio": "application/xml", "file-j-json": "application/json", "file-r-rst": "text/x-rst", "file-u-bin": ""} {
		if have := artifacts[id].GetMediaType(); have != want {
			t.Errorf("%s: %q, want %q", id, have, want)
		}
	}
	if len(artifacts) != 13 {
		t.Error(len(artifacts), " artifacts")
	}
}

// withoutDigest removes what only tells that the file was read.
func withoutDigest(a *reviewpkgv1.Artifact) *reviewpkgv1.Artifact {
	a.SetSha256("")
	a.ClearSize()
	return a
}

func TestFolder(t *testing.T) {
	fsys := files("b.md", "b", "a/c.MD", "c", "a/d.txt", "d", ".git/e.md", "e", "big.md", strings.Repeat("x", 11))
	fsys["link.md"] = &fstest.MapFile{Mode: fs.ModeSymlink}
	fsys["link.txt"] = &fstest.MapFile{Mode: fs.ModeSymlink}
	f, err := OpenFolder(fsys, []string{".md"}, nil, Limits{MaxBytes: 10})
	if err != nil {
		t.Fatal(err)
	}
	var have []string
	for _, d := range f.Documents {
		have = append(have, d.Path+"="+string(d.Data))
	}
	if diff := cmp.Diff([]string{"a/c.MD=c", "b.md=b"}, have); diff != "" {
		t.Error(diff)
	}
	f.Skip(f.Documents[1], "not wanted")
	in := New(f)
	if in.Folder() != f {
		t.Error("another folder")
	}
	_, report := in.Finish()
	have = nil
	for _, s := range report.GetSkippedFiles() {
		have = append(have, s.GetPath()+": "+s.GetReason())
	}
	if diff := cmp.Diff([]string{"big.md: larger than 10 bytes", "link.md: not a regular file", "b.md: not wanted"}, have); diff != "" {
		t.Error(diff)
	}
	for name, want := range map[string]string{"a/d.txt": "d", "b.md": "b"} {
		for range 2 {
			if data, ok := f.Read(name); !ok || string(data) != want {
				t.Errorf("Read(%q) = %q, %v", name, data, ok)
			}
		}
	}
	for _, name := range []string{"gone", "big.md", ".git/e.md"} {
		if data, ok := f.Read(name); ok {
			t.Errorf("Read(%q) = %q", name, data)
		}
	}
	named, err := OpenFolder(fsys, []string{".md"}, []string{"a/d.txt"}, Limits{})
	if err != nil || len(named.Documents) != 1 || named.Documents[0].Path != "a/d.txt" {
		t.Error(err, named.Documents)
	}
}

// TestNamedFiles holds that only what was named is read, that the rest of the
// folder is looked at when a document refers to it, and that no link is followed.
func TestNamedFiles(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{"a/b.md": "b", "a.md": "a", "a/p.png": "p", "elsewhere/c.md": "c", ".git/d.md": "d"} {
		if err := os.MkdirAll(filepath.Join(dir, filepath.Dir(name)), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	names := []string{"a.md", ".git/d.md", "a/b.md", "a.md"}
	for link, target := range map[string]string{"link": "elsewhere", "link.md": "a.md"} {
		if err := os.Symlink(target, filepath.Join(dir, link)); err != nil {
			t.Skip("this file system has no links: ", err)
		}
	}
	names = append(names, "link/c.md", "link.md")
	// With those that were named, the folder holds one file more than it may. The
	// walk for the picture ends there, and that is no error.
	f, err := OpenFolder(os.DirFS(dir), nil, names, Limits{MaxFiles: 4})
	if err != nil {
		t.Fatal(err)
	}
	var have []string
	for _, d := range f.Documents {
		have = append(have, d.Path+"="+string(d.Data))
	}
	for _, s := range f.skipped {
		have = append(have, s.GetPath()+": "+s.GetReason())
	}
	if diff := cmp.Diff([]string{".git/d.md=d", "a/b.md=b", "a.md=a", "link/c.md: not a regular file", "link.md: not a regular file"}, have); diff != "" {
		t.Error(diff)
	}
	d := New(f).Document(f.Documents[1], self, reviewpkgv1.Markup_MARKUP_MARKDOWN)
	if id := d.Linked("p.png", "", image); id != "file-a-p-png" {
		t.Error("a picture beside a named document: ", id)
	}
}

func TestFolderErrors(t *testing.T) {
	fsys := files("a.md", "a", "b.md", "b")
	if _, err := OpenFolder(fsys, nil, []string{"c.md"}, Limits{}); !errors.Is(err, fs.ErrNotExist) {
		t.Error("a named file that is missing: ", err)
	}
	if _, err := OpenFolder(fsys, nil, []string{"../a.md"}, Limits{}); err == nil {
		t.Error("a named file outside: ", err)
	}
	if _, err := OpenFolder(fsys, nil, nil, Limits{MaxFiles: 1}); err == nil || err.Error() != "the folder holds more than 1 files" {
		t.Error("too many files: ", err)
	}
	if _, err := OpenFolder(broken{fsys, "."}, nil, nil, Limits{}); !errors.Is(err, errBroken) {
		t.Error("an unreadable folder: ", err)
	}
	// What else cannot be read is skipped.
	f, err := OpenFolder(broken{files("a.md", "a", "sub/b.md", "b", "c.md", "c"), "a.md", "sub", "read:c.md"}, []string{".md"}, nil, Limits{})
	if err != nil {
		t.Fatal(err)
	}
	var have []string
	for _, s := range f.skipped {
		have = append(have, s.GetPath()+": "+s.GetReason())
	}
	want := []string{"a.md: it is broken", "c.md: it is broken", "sub: it is broken"}
	for i, w := range want {
		if i >= len(have) || !strings.HasPrefix(have[i], strings.SplitN(w, ":", 2)[0]+":") || !strings.Contains(have[i], "it is broken") {
			t.Errorf("skipped: %q, want %q", have, want)
		}
	}
	// A picture that cannot be read has no digest.
	for _, how := range []string{"p.png", "read:p.png"} {
		f := open(t, broken{files("a.md", "a", "p.png", "p"), how})
		d := New(f).Document(f.Documents[0], self, reviewpkgv1.Markup_MARKUP_MARKDOWN)
		d.Linked("p.png", "", image)
		same(t, `id: "file-p-png" kind: ARTIFACT_KIND_IMAGE path: "p.png" media_type: "image/png"`, d.Import().Package.GetArtifacts()[1])
		if _, ok := f.Read("p.png"); ok {
			t.Error("a broken file was read")
		}
	}
}

var errBroken = errors.New("it is broken")

// A broken file system cannot open some files and folders, the first of which
// are those named, or read them.
type broken []any

func (b broken) Open(name string) (fs.File, error) {
	for _, bad := range b[1:] {
		switch bad {
		case name:
			return nil, &fs.PathError{Op: "open", Path: name, Err: errBroken}
		case "read:" + name:
			file, err := b[0].(fs.FS).Open(name)
			return brokenFile{file}, err
		}
	}
	return b[0].(fs.FS).Open(name)
}

type brokenFile struct{ fs.File }

func (brokenFile) Read([]byte) (int, error) { return 0, errBroken }

// TestPathsThatAreNoText holds that names which no document of the model could
// have are skipped, folders with all that is in them.
func TestPathsThatAreNoText(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{"a.md": "a", "b\xff.md": "b", "c\xfe/d.md": "d"} {
		name = filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Skip("this file system has no such names: ", err)
		}
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Skip("this file system has no such names: ", err)
		}
	}
	f := open(t, os.DirFS(dir))
	if len(f.Documents) != 1 || f.Documents[0].Path != "a.md" || len(f.skipped) != 2 {
		t.Fatal(f.Documents, f.skipped)
	}
	same(t, `path: "b?.md" reason: "the path is no UTF-8"`, f.skipped[0])
	same(t, `path: "c?" reason: "the path is no UTF-8"`, f.skipped[1])
}

// TestKnownHeadings holds that a heading counts as held if a field holds
// something below it, and the template knows it.
func TestKnownHeadings(t *testing.T) {
	d := document(t, "# One\n\na\n\n# Two\n\nb\n\n# Three\n\nc\n")
	d.Sections([]Heading{{Line: 0, Level: 1}, {Line: 4, Level: 1, End: 6}, {Line: 8, Level: 1}})
	d.Know(0, 8)
	d.Claim("a", 2, 3, stated, "")
	d.Claim("c", 10, 11, stated, "")
	_, report := d.Import().Finish()
	if r := report.GetDocuments()[0]; r.GetStructuredBytes() != 10+2 || r.GetSectionBytes() != 10 || r.GetUnclaimedBytes() != 9 {
		t.Error(r)
	}
}

func TestRendered(t *testing.T) {
	f := Rendered([]*reviewpkgv1.RenderedFile{
		reviewpkgv1.RenderedFile_builder{Path: "b.md", Content: []byte("bb")}.Build(),
		reviewpkgv1.RenderedFile_builder{Path: "a.md", Content: []byte("a")}.Build(),
	})
	in := New(f)
	in.Document(f.Documents[1], self, reviewpkgv1.Markup_MARKUP_MARKDOWN)
	pkg, _ := in.Finish()
	if a := pkg.GetArtifacts()[0]; a.GetSize() != 2 || a.GetSha256() != "3b64db95cb55c763391c707108489ae18b4112d783300de38e033b4c98c3deaf" {
		t.Error(a)
	}
	if data, ok := f.Read("a.md"); !ok || string(data) != "a" {
		t.Error("Read")
	}
}
