package reviewpkg_test

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/testing/protocmp"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
	"github.com/reviewpkg/sdk/reviewpkg"
)

// writeFiles fills a new folder with files and returns its path.
func writeFiles(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, content := range files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestLoad(t *testing.T) {
	const asJSON = `{"schema": "reviewpkg.v1.ReviewPackage", "id": "j", "title": "T", "project": {"name": "P"}, "status": 1}`
	dir := writeFiles(t, map[string]string{
		"yaml/package.yaml": minimal, "yml/package.yml": minimal, "json/package.json": asJSON, "json/other.yaml": "?",
		"two/package.yaml": minimal, "two/package.json": asJSON, "none/readme.md": "", "noext/PACKAGE": asJSON,
	})
	tests := []struct{ path, want, err string }{
		{"yaml", "p", ""},
		{"yml", "p", ""},
		{"json", "j", ""},
		{"json/package.json", "j", ""},
		{"noext/PACKAGE", "j", ""},
		{"two", "", "DIR/two holds more than one package: package.yaml, package.json"},
		{"none", "", "DIR/none holds no package.yaml, package.yml, package.json: file does not exist"},
		{"nowhere", "", "stat DIR/nowhere: no such file or directory"},
		{"json/other.yaml", "", "DIR/json/other.yaml:1:1: the document is an object"},
	}
	for _, tt := range tests {
		t.Run(tt.path, func(t *testing.T) {
			m, err := reviewpkg.Load(filepath.Join(dir, tt.path))
			if tt.err == "" {
				if err != nil || m.GetId() != tt.want {
					t.Errorf("got %v and %v, want the package %s", m, err, tt.want)
				}
				return
			}
			if err == nil || m != nil {
				t.Fatalf("got %v and %v, want an error", m, err)
			}
			got := strings.ReplaceAll(err.Error(), dir, "DIR")
			if tt.path == "json/other.yaml" {
				if !errors.Is(err, reviewpkg.Syntax) && !errors.Is(err, reviewpkg.WrongKind) {
					t.Errorf("got %s", got)
				}
				return
			}
			if got != tt.err {
				t.Errorf("got %s, want %s", got, tt.err)
			}
		})
	}
}

func TestLoadRefuses(t *testing.T) {
	dir := writeFiles(t, map[string]string{"package.yaml": minimal})
	file := filepath.Join(dir, "package.yaml")
	var seen []reviewpkg.Diagnostic
	opts := reviewpkg.UnmarshalOptions{MaxBytes: 10, Filename: "mine", Report: func(d reviewpkg.Diagnostic) { seen = append(seen, d) }}
	_, err := opts.Load(dir)
	want := fmt.Sprintf("mine: the document has %d bytes, at most 10 are allowed [too-large]", len(minimal))
	if !errors.Is(err, reviewpkg.TooLarge) || err.Error() != want || len(seen) != 1 {
		t.Errorf("got %v and %d reports, want %s", err, len(seen), want)
	}
	if _, err := (reviewpkg.UnmarshalOptions{Encoding: "toml"}).Load(file); err == nil || errors.Is(err, reviewpkg.Syntax) {
		t.Errorf("got %v, want an unknown encoding", err)
	}
	pipe := filepath.Join(dir, "pipe.yaml")
	if err := syscall.Mkfifo(pipe, 0o644); err != nil {
		t.Skip(err)
	}
	if _, err := reviewpkg.Load(pipe); err == nil || !strings.Contains(err.Error(), "not a regular file") {
		t.Errorf("got %v, want an error about the pipe", err)
	}
}

func TestVerifyArtifacts(t *testing.T) {
	const digest = "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae" // of "foo"
	artifacts := []struct{ path, more, want string }{
		{"good.txt", "size: 3, sha256: " + digest, ""},
		{"sub/good.txt", "", ""},
		{"missing.txt", "", `artifacts["a-2"].path: there is no file "missing.txt" in the folder of the package [artifact-missing]`},
		{"good.txt", "size: 4, sha256: " + digest, `artifacts["a-3"].size: file "good.txt" has 3 bytes, the package states 4 [artifact-mismatch]`},
		{"bad.txt", "sha256: " + digest, `artifacts["a-4"].sha256: file "bad.txt" has the SHA-256 fcde2b2edba56bf408601fb721fe9b5c338d10ee429ea04fae5511b68fbf8fb9, the package states another [artifact-mismatch]`},
		{"sub", "", `artifacts["a-5"].path: "sub" is not a regular file [artifact-missing]`},
		{"inside", "size: 3", ""},
		{"outside", "", `artifacts["a-7"].path: file "outside" cannot be read: path escapes from parent [artifact-missing]`},
		{"up/package.yaml", "", `artifacts["a-8"].path: file "up/package.yaml" cannot be read: path escapes from parent [artifact-missing]`},
		{"", "url: https://example.org/x", ""},
	}
	doc, want := minimal+"artifacts:\n", []string(nil)
	for i, a := range artifacts {
		doc += fmt.Sprintf("  - {id: a-%d, kind: other, path: %q, %s}\n", i, a.path, a.more)
		if a.want != "" {
			want = append(want, fmt.Sprintf("package.yaml:%d: %s", i+7, a.want))
		}
	}
	dir := writeFiles(t, map[string]string{"p/package.yaml": doc, "p/good.txt": "foo", "p/bad.txt": "bar", "p/sub/good.txt": "foo", "secret": "s"})
	for link, target := range map[string]string{"inside": "good.txt", "outside": "../secret", "up": ".."} {
		if err := os.Symlink(target, filepath.Join(dir, "p", link)); err != nil {
			t.Skip(err)
		}
	}
	opts := reviewpkg.UnmarshalOptions{Filename: "package.yaml"}
	if _, err := opts.Load(filepath.Join(dir, "p")); err != nil {
		t.Fatalf("without verification: %v", err)
	}
	opts.VerifyArtifacts = true
	_, err := opts.Load(filepath.Join(dir, "p"))
	var invalid *reviewpkg.InvalidError
	if !errors.As(err, &invalid) {
		t.Fatalf("got %v, want an *InvalidError", err)
	}
	var got []string
	for _, d := range invalid.Diagnostics {
		got = append(got, fmt.Sprintf("%s:%d: %s: %s [%s]", d.Pos.Filename, d.Pos.Line, d.Path, d.Message, d.Code))
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestSave(t *testing.T) {
	for _, name := range []string{"a.json", "a.yaml", "a.yml", "a.binpb", "a.pb", "a.txtpb", "a.textproto", "folder"} {
		t.Run(name, func(t *testing.T) {
			dir := writeFiles(t, map[string]string{"folder/notes": ""})
			path := filepath.Join(dir, name)
			for version := range 2 { // the second time there is a file
				want := syntheticPackage(version)
				if err := reviewpkg.Save(path, want); err != nil {
					t.Fatal(err)
				}
				got, err := reviewpkg.Load(path)
				if err != nil {
					t.Fatal(err)
				}
				if diff := cmp.Diff(want, got, protocmp.Transform()); diff != "" {
					t.Errorf("(-want +got)\n%s", diff)
				}
			}
			if name == "folder" {
				path = filepath.Join(path, "package.yaml")
			}
			info, err := os.Stat(path)
			if err != nil || info.Mode() != 0o644 {
				t.Errorf("the file is %v and %v, want the mode 0644", info, err)
			}
		})
	}
}

func TestSaveKeeps(t *testing.T) {
	dir := writeFiles(t, map[string]string{"real/package.json": "{}"})
	real, link := filepath.Join(dir, "real/package.json"), filepath.Join(dir, "link.json")
	if err := os.Chmod(real, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(real, link); err != nil {
		t.Skip(err)
	}
	for _, path := range []string{link, filepath.Join(dir, "real")} {
		if err := reviewpkg.Save(path, syntheticPackage(1)); err != nil {
			t.Fatal(err)
		}
	}
	if info, err := os.Lstat(link); err != nil || info.Mode()&fs.ModeSymlink == 0 {
		t.Errorf("the link is %v and %v", info, err)
	}
	if info, err := os.Stat(real); err != nil || info.Mode() != 0o600 || info.Size() < 10 {
		t.Errorf("the file is %v and %v, want the mode 0600 and new content", info, err)
	}
	expectFiles(t, filepath.Join(dir, "real"), "package.json")
}

func TestSaveErrors(t *testing.T) {
	dir := writeFiles(t, map[string]string{"two/package.yaml": "", "two/package.json": "", "old.json": "old", "d.json/x": "", "linked/x": ""})
	bad := reviewpkgv1.ReviewPackage_builder{Id: "\xff"}.Build()
	tests := []struct {
		path string
		m    *reviewpkgv1.ReviewPackage
		want string
	}{
		{"a", syntheticPackage(0), `save: cannot tell the encoding from the name "a", want .yaml, .json, .binpb or .txtpb`},
		{"no/a.json", syntheticPackage(0), "no such file or directory"},
		{"two", syntheticPackage(0), "holds more than one package"},
		{"old.json", bad, "invalid UTF-8"},
		{"old.json", nil, "there is no message to write"},
		{"old.json/a.json", syntheticPackage(0), "not a directory"},
		{"nothing.json", syntheticPackage(0), "no such file or directory"},
		{"linked", syntheticPackage(0), "no such file or directory"},
	}
	for _, link := range []string{"nothing.json", "linked/package.yaml"} {
		if err := os.Symlink("nowhere", filepath.Join(dir, link)); err != nil {
			t.Skip(err)
		}
	}
	for _, tt := range tests {
		if err := reviewpkg.Save(filepath.Join(dir, tt.path), tt.m); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: got %v, want %s", tt.path, err, tt.want)
		}
	}
	if data, err := os.ReadFile(filepath.Join(dir, "old.json")); err != nil || string(data) != "old" {
		t.Errorf("old.json holds %q (%v) after Save failed", data, err)
	}
	if target, err := os.Readlink(filepath.Join(dir, "nothing.json")); err != nil || target != "nowhere" {
		t.Errorf("the link to nothing is %q, %v after Save failed", target, err)
	}
	expectFiles(t, dir, "d.json", "linked", "nothing.json", "old.json", "two")
}

func TestSaveRefusesPipe(t *testing.T) {
	dir := t.TempDir()
	pipe := filepath.Join(dir, "p.json")
	if err := syscall.Mkfifo(pipe, 0o644); err != nil {
		t.Skip(err)
	}
	if err := reviewpkg.Save(pipe, syntheticPackage(0)); err == nil || !strings.Contains(err.Error(), "not a regular file") {
		t.Errorf("got %v, want an error about the pipe", err)
	}
	expectFiles(t, dir, "p.json")
}

// expectFiles fails if a folder holds anything else than what is named.
func expectFiles(t *testing.T, dir string, want ...string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, e := range entries {
		got = append(got, e.Name())
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("files in the folder (-want +got)\n%s", diff)
	}
}
