// Run holds an implementation in Go against the cases of the conformance kit,
// and writes its results:
//
//	go run ./examples/conformance/run -language go
//
// It exits with 1 if a case failed.
package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"

	"github.com/reviewpkg/sdk/examples/conformance/kit"
)

func main() {
	language := flag.String("language", "go", "name of the implementation in the results; go is the only one there is here")
	dir := flag.String("kit", filepath.Join("examples", "conformance"), "folder of the kit")
	flag.Parse()
	ok, err := run(os.Stdout, *language, *dir)
	if err != nil {
		fmt.Fprintln(os.Stderr, "run:", err)
		os.Exit(2)
	}
	if !ok {
		os.Exit(1)
	}
}

// run checks all cases of the kit in a folder, says what failed, writes the
// results beside the cases, and reports whether nothing failed.
func run(w io.Writer, language, dir string) (bool, error) {
	if language != "go" {
		return false, fmt.Errorf("there is no runner for %q here; see examples/clients", language)
	}
	cases, err := kit.ReadCases(filepath.Join(dir, "cases"))
	if err != nil {
		return false, err
	}
	results := kit.Results{Language: language, Version: runtime.Version()}
	failed := 0
	for _, c := range cases {
		result := kit.Result{ID: c.ID, Outcome: kit.Passed}
		if err := kit.Check(c); err != nil {
			failed++
			result.Outcome, result.Reason = kit.Failed, err.Error()
			_, _ = fmt.Fprintf(w, "failed %s (%s): %v\n", c.ID, c.Title, err)
		}
		results.Results = append(results.Results, result)
	}
	_, _ = fmt.Fprintf(w, "%s: %d passed, %d failed, 0 not applicable\n", language, len(cases)-failed, failed)
	data, err := kit.Encode(results)
	if err != nil {
		return false, err
	}
	out := filepath.Join(dir, "results")
	if err := os.MkdirAll(out, 0o755); err != nil { //nolint:gosec // results are for everybody
		return false, err
	}
	return failed == 0, os.WriteFile(filepath.Join(out, language+".json"), data, 0o644) //nolint:gosec // results are for everybody
}
