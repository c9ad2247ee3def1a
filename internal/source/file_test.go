package source_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/reviewpkg/sdk/internal/source"
)

func TestOpenFile(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "a.yaml")
	if err := os.WriteFile(file, []byte("id: a\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	f, size, err := source.OpenFile(file)
	if err != nil || size != 6 {
		t.Fatalf("size %d, %v", size, err)
	}
	if err := f.Close(); err != nil {
		t.Error(err)
	}
	if _, _, err := source.OpenFile(filepath.Join(dir, "none")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a file that is not there: %v", err)
	}
	for _, path := range []string{dir, os.DevNull} {
		if _, _, err := source.OpenFile(path); err == nil || !strings.Contains(err.Error(), path+": not a regular file") {
			t.Errorf("%s: %v", path, err)
		}
	}
}
