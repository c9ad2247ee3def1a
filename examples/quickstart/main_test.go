package main

import (
	"errors"
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/reviewpkg/sdk/rubric"
)

var update = flag.Bool("update", false, "write the golden file")

func TestReport(t *testing.T) {
	var b strings.Builder
	if err := run(&b, ".."); err != nil {
		t.Fatal(err)
	}
	golden := filepath.Join("testdata", "report.md")
	if *update {
		if err := os.WriteFile(golden, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), b.String()); diff != "" {
		t.Errorf("the report differs from %s (-want +got), -update writes it:\n%s", golden, diff)
	}
}

// The golden file may be written anew by mistake; this may not.
func TestReportShowsWhatItPromises(t *testing.T) {
	var b strings.Builder
	if err := run(&b, ".."); err != nil {
		t.Fatal(err)
	}
	wanted := []string{"barbican", "Verdict: WARN", "research-cloud", "appetite.D8"}
	for _, d := range rubric.Default().GetDimensions() {
		wanted = append(wanted, "| `"+d.GetId()+"` ")
	}
	for _, want := range wanted {
		if !strings.Contains(b.String(), want) {
			t.Errorf("the report does not hold %q", want)
		}
	}
}

func TestWrongFolder(t *testing.T) {
	err := run(&strings.Builder{}, t.TempDir())
	if !errors.Is(err, fs.ErrNotExist) || !strings.Contains(err.Error(), "from the root of the repository") {
		t.Errorf("error %v, want that the folder is the wrong one", err)
	}
}
