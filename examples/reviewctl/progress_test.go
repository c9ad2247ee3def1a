package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Where nobody watches, there is no progress.
func TestNoProgress(t *testing.T) {
	file, err := os.Create(filepath.Join(t.TempDir(), "log"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	var b bytes.Buffer
	for _, p := range []progress{newProgress(file, "importing", 3), newProgress(&b, "importing", 3), {}} {
		p.step()
		p.clear()
		p.step()
	}
	if info, err := file.Stat(); err != nil || info.Size() > 0 || b.Len() > 0 {
		t.Errorf("a file holds %d bytes (%v), a buffer %q", info.Size(), err, b.String())
	}
}

func TestProgress(t *testing.T) {
	var b bytes.Buffer
	p := drawProgress(&b, "importing", 2)
	p.step()
	if !strings.Contains(b.String(), "importing") || !strings.Contains(b.String(), "1/2") {
		t.Errorf("after one of two steps it shows %q", b.String())
	}
	p.clear()
	p.step()
	// The last thing that is drawn is an empty line.
	drawn := strings.Split(strings.TrimRight(b.String(), "\r"), "\r")
	if last := drawn[len(drawn)-1]; strings.TrimSpace(last) != "" {
		t.Errorf("at the end %q is left", last)
	}
	broken := drawProgress(failing{}, "importing", 2)
	broken.step()
	broken.clear()
}
