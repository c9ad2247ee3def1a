package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/reviewpkg/sdk/examples/conformance/kit"
)

const page = "# Kit\n\n" + begin + header + "| old | 1 | 0 | 0 |  |\n| rust | 0 | 9 | 0 |  |\n" + end + "\n\nMore.\n"

// results are those of three cases.
func results(language string, all ...kit.Result) *kit.Results {
	return &kit.Results{Language: language, Version: "1", Results: all}
}

func threeCases() []*kit.Case { return []*kit.Case{{ID: "a"}, {ID: "b"}, {ID: "c"}} }

func TestReplace(t *testing.T) {
	t.Parallel()
	rust := results("rust", kit.Result{ID: "c", Outcome: kit.NotApplicable, Reason: "no | YAML"},
		kit.Result{ID: "a", Outcome: kit.Passed}, kit.Result{ID: "b", Outcome: kit.NotApplicable, Reason: "no scoring"})
	golang := results("go", kit.Result{ID: "a", Outcome: kit.Passed}, kit.Result{ID: "b", Outcome: kit.Passed}, kit.Result{ID: "c", Outcome: kit.Failed, Reason: "x"})
	var rows []row
	for _, r := range []*kit.Results{rust, golang} {
		one, err := summary(r, threeCases())
		if err != nil {
			t.Fatal(err)
		}
		rows = append(rows, one)
	}
	got, err := replace(page, rows)
	if err != nil {
		t.Fatal(err)
	}
	// The row of a language without results stays, and the rest of the page.
	want := "# Kit\n\n" + begin + header + "| go | 2 | 1 | 0 |  |\n| old | 1 | 0 | 0 |  |\n| rust | 1 | 0 | 2 | 1: no scoring; 1: no \\| YAML |\n" + end + "\n\nMore.\n"
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if again, err := replace(got, rows); err != nil || again != got {
		t.Errorf("the second time it is\n%s, %v", again, err)
	}
	if _, err := replace("# Kit\n", rows); err == nil {
		t.Error("a page without markers is taken")
	}
}

func TestSummaryRefuses(t *testing.T) {
	t.Parallel()
	passed := func(id string) kit.Result { return kit.Result{ID: id, Outcome: kit.Passed} }
	for name, r := range map[string]*kit.Results{
		"no result":      results("x", passed("a"), passed("b")),
		"stands twice":   results("x", passed("a"), passed("b"), passed("b")),
		"there is no":    results("x", passed("a"), passed("b"), passed("c"), passed("d")),
		"is \"skipped\"": results("x", passed("a"), passed("b"), kit.Result{ID: "c", Outcome: "skipped"}),
		"says why":       results("x", passed("a"), passed("b"), kit.Result{ID: "c", Outcome: kit.NotApplicable}),
	} {
		if _, err := summary(r, threeCases()); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

func TestRun(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	files := map[string]string{
		"cases/a.json":   `{"cases":[{"id":"a","title":"a","message":"m","format":"json","text":"","needs":[],"expect":{"outcome":"undecodable"}}]}`,
		"results/a.json": `{"language":"rust","version":"1","results":[{"id":"a","outcome":"passed"}]}`,
		"README.md":      page,
	}
	for name, text := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := run(dir, true); err == nil || !strings.Contains(err.Error(), "does not say") {
		t.Errorf("an old table passes the check: %v", err)
	}
	if err := run(dir, false); err != nil {
		t.Fatal(err)
	}
	if err := run(dir, true); err != nil {
		t.Errorf("a new table does not pass the check: %v", err)
	}
	data, err := os.ReadFile(filepath.Join(dir, "README.md")) //nolint:gosec // in the folder of the test
	if err != nil || !strings.Contains(string(data), "| rust | 1 | 0 | 0 |  |\n") {
		t.Errorf("the page is %s, %v", data, err)
	}
}
