package reviewpkg

import (
	"os"
	"path/filepath"
	"testing"
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
