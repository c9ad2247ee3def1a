package reviewpkgv1_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// Generated code is committed, so a file that was renamed or removed can leave
// its other half behind.
func TestGeneratedFilesAndSourcesArePairs(t *testing.T) {
	sources, generated := stems(t, ".proto"), stems(t, ".pb.go")
	if len(sources) == 0 || len(generated) == 0 {
		t.Fatalf("found %d .proto files and %d .pb.go files", len(sources), len(generated))
	}
	for stem := range sources {
		if !generated[stem] {
			t.Errorf("%s.proto has no %s.pb.go: run generate.sh", stem, stem)
		}
	}
	for stem := range generated {
		if !sources[stem] {
			t.Errorf("%s.pb.go has no %s.proto: remove it", stem, stem)
		}
	}
}

// The generator must be that of the runtime: code from another version may not
// build, or may build and behave differently.
func TestGeneratorVersionIsThatOfTheRuntime(t *testing.T) {
	want := submatch(t, "../../../go.mod", `(?m)^\s*(?:require )?google\.golang\.org/protobuf (v[0-9][^\s]*)`)
	for stem := range stems(t, ".pb.go") {
		got := submatch(t, stem+".pb.go", `(?m)^// \tprotoc-gen-go (v[0-9][^\s]*)$`)
		if got != want {
			t.Errorf("%s.pb.go: made by protoc-gen-go %s, want %s as in go.mod", stem, got, want)
		}
		if got := submatch(t, stem+".pb.go", `(?m)^// source: (\S+)$`); got != "reviewpkg/v1/"+stem+".proto" {
			t.Errorf("%s.pb.go: made from %s, want reviewpkg/v1/%s.proto", stem, got, stem)
		}
	}
}

// stems returns the names of the files with the given ending, without it.
func stems(t *testing.T, ending string) map[string]bool {
	t.Helper()
	names, err := filepath.Glob("*" + ending)
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]bool{}
	for _, name := range names {
		found[strings.TrimSuffix(name, ending)] = true
	}
	return found
}

// submatch returns what the group of pattern matches first in a file.
func submatch(t *testing.T, name, pattern string) string {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	m := regexp.MustCompile(pattern).FindSubmatch(data)
	if m == nil {
		t.Fatalf("%s: nothing matches %s", name, pattern)
	}
	return string(m[1])
}
