// Command quickstart shows the library in one piece: it loads a review package,
// checks it, scores it, compares it with a policy, and prints the report as
// Markdown. Run it from the root of the repository:
//
//	go run ./examples/quickstart
package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"github.com/reviewpkg/sdk/export"
	"github.com/reviewpkg/sdk/reviewpkg"
	"github.com/reviewpkg/sdk/rubric"
)

func main() {
	if err := run(os.Stdout, "examples"); err != nil {
		fmt.Fprintln(os.Stderr, "quickstart:", err)
		os.Exit(1)
	}
}

// run writes the report on an example to w. The examples are in a folder.
func run(w io.Writer, folder string) error {
	// Load refuses a package with mistakes, and its error names every one of
	// them with its place. What is left are warnings.
	pkg, err := reviewpkg.Load(folder + "/packages/openstack-barbican")
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("run it from the root of the repository: %w", err)
	} else if err != nil {
		return err
	}
	diagnostics := reviewpkg.Diagnose(pkg)

	profile, err := rubric.Score(pkg)
	if err != nil {
		return err
	}
	policy, err := rubric.LoadPolicy(folder + "/policies/research-cloud.yaml")
	if err != nil {
		return err
	}
	// The example is a draft. Without this option nobody could tell whether the
	// policy accepts it.
	options := rubric.CompareOptions{AllowDraft: true}
	verdict, err := options.Compare(pkg, profile, policy)
	if err != nil {
		return err
	}

	report := export.NewReport(pkg, profile, verdict, diagnostics...)
	return export.Markdown{}.Write(w, report)
}
