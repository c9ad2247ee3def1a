package reviewpkg

import (
	"os"
	"path/filepath"
	"testing"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// TestWriteAtomicCleansUp makes the last step fail: a folder has the name.
func TestWriteAtomicCleansUp(t *testing.T) {
	dir := t.TempDir()
	taken := filepath.Join(dir, "taken.json")
	if err := os.MkdirAll(filepath.Join(taken, "x"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := writeAtomic(taken, []byte("{}"), 0o644); err == nil {
		t.Error("a folder was replaced")
	}
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != 1 {
		t.Errorf("the folder holds %v (%v), want nothing but taken.json", entries, err)
	}
}

// TestArtifactIsReadOnce names one file in several ways that the rule allows.
func TestArtifactIsReadOnce(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "a"), []byte("foo"), 0o600); err != nil {
		t.Fatal(err)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	v := verifier{root: root, digests: map[string]string{}}
	const digest = "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae"
	for _, path := range []string{"a", "./a", "././a"} {
		artifact := reviewpkgv1.Artifact_builder{Path: path, Sha256: digest}.Build()
		if d, ok := v.artifact(artifact); !ok {
			t.Errorf("%s: %s", path, d.Error())
		}
	}
	if len(v.digests) != 1 {
		t.Errorf("the file was read %d times", len(v.digests))
	}
}

func TestFieldSet(t *testing.T) {
	var s fieldSet
	for _, index := range []int{0, 63, 64, 1000} {
		if s.add(index) || !s.add(index) {
			t.Errorf("field %d is not remembered", index)
		}
	}
	if s.add(1) || s.add(65) {
		t.Error("a field is in the set that was not added")
	}
}

func TestEditDistance(t *testing.T) {
	tests := []struct {
		a, b string
		want int
	}{
		{"", "", 0},
		{"", "abc", 3},
		{"abc", "", 3},
		{"abc", "abc", 0},
		{"kitten", "sitting", 3},
		{"tilte", "title", 1},
		{"hgih", "high", 1},
		{"ca", "abc", 3},
	}
	for _, tt := range tests {
		if got := editDistance(tt.a, tt.b); got != tt.want {
			t.Errorf("editDistance(%q, %q) is %d, want %d", tt.a, tt.b, got, tt.want)
		}
	}
}
