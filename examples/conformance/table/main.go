// Table writes the results of all implementations into the README of the
// conformance kit, between its markers:
//
//	go run ./examples/conformance/table           write it
//	go run ./examples/conformance/table --check   fail if it would change
//
// A language without results keeps the row that it has: not every machine can
// run every implementation.
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"

	"github.com/reviewpkg/sdk/examples/conformance/kit"
)

func main() {
	check := flag.Bool("check", false, "write nothing, and fail if something would change")
	dir := flag.String("kit", filepath.Join("examples", "conformance"), "folder of the kit")
	flag.Parse()
	if err := run(*dir, *check); err != nil {
		fmt.Fprintln(os.Stderr, "table:", err)
		os.Exit(1)
	}
}

// run writes the table, or checks it.
func run(dir string, check bool) error {
	cases, err := kit.ReadCases(filepath.Join(dir, "cases"))
	if err != nil {
		return err
	}
	all, err := kit.ReadResults(filepath.Join(dir, "results"))
	if err != nil {
		return err
	}
	rows := make([]row, len(all))
	for i, results := range all {
		if rows[i], err = summary(results, cases); err != nil {
			return err
		}
	}
	name := filepath.Join(dir, "README.md")
	old, err := os.ReadFile(name) //nolint:gosec // a file of the kit
	if err != nil {
		return err
	}
	page, err := replace(string(old), rows)
	switch {
	case err != nil:
		return fmt.Errorf("%s: %w", name, err)
	case page == string(old):
		return nil
	case check:
		return fmt.Errorf("%s does not say what the results are: go run ./examples/conformance/table", name)
	}
	return os.WriteFile(name, []byte(page), 0o644) //nolint:gosec // a page for everybody
}
