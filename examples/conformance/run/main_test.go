package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/reviewpkg/sdk/examples/conformance/kit"
)

const document = `{"schema": "reviewpkg.v1.ChangeSet"}`

// TestRun has a kit with one case that passes and one that fails.
func TestRun(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	cases := `{"cases": [
		{"id": "good", "title": "right", "message": "reviewpkg.v1.ChangeSet", "format": "json", "text": "{", "needs": [], "expect": {"outcome": "undecodable"}},
		{"id": "bad", "title": "wrong", "message": "reviewpkg.v1.ChangeSet", "format": "json", "text": ` + quoted(t, document) + `, "needs": [], "expect": {"outcome": "undecodable"}}]}`
	write(t, filepath.Join(dir, "cases"), "a.json", cases)
	var out bytes.Buffer
	ok, err := run(&out, "go", dir)
	if err != nil || ok {
		t.Fatalf("ok is %v, error %v", ok, err)
	}
	if got := out.String(); !strings.Contains(got, "failed bad (wrong): is decoded") || !strings.Contains(got, "go: 1 passed, 1 failed, 0 not applicable") {
		t.Errorf("it says %q", got)
	}
	all, err := kit.ReadResults(filepath.Join(dir, "results"))
	if err != nil || len(all) != 1 {
		t.Fatalf("results are %v, %v", all, err)
	}
	if got := all[0].Results; len(got) != 2 || got[0].Outcome != kit.Passed || got[1].Outcome != kit.Failed || got[1].Reason == "" {
		t.Errorf("results are %v", got)
	}
}

func TestRunRefuses(t *testing.T) {
	t.Parallel()
	if _, err := run(os.Stderr, "rust", t.TempDir()); err == nil || !strings.Contains(err.Error(), "rust") {
		t.Errorf("another language: %v", err)
	}
	if _, err := run(os.Stderr, "go", t.TempDir()); err == nil {
		t.Error("a folder without cases is no kit")
	}
}

func quoted(t *testing.T, text string) string {
	t.Helper()
	data, err := json.Marshal(text)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func write(t *testing.T, dir, name, text string) {
	t.Helper()
	if err := os.MkdirAll(dir, 0o750); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}
