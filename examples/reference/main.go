// Reference writes the reference of the model, as Markdown, from the .proto
// files: one page for each of them and an index.
//
//	go run ./examples/reference           write it
//	go run ./examples/reference --check   fail if what is there differs
package main

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

func main() {
	check := flag.Bool("check", false, "write nothing, and fail if something would change")
	dir := flag.String("o", filepath.Join("proto", "reviewpkg", "v1", "reference"), "folder of the reference")
	flag.Parse()
	if err := run(*dir, *check); err != nil {
		fmt.Fprintln(os.Stderr, "reference:", err)
		os.Exit(1)
	}
}

// run writes the pages into a folder, or checks that they are there.
func run(dir string, check bool) error {
	m, err := load()
	if err != nil {
		return err
	}
	pages, err := m.pages()
	if err != nil {
		return err
	}
	old, err := filepath.Glob(filepath.Join(dir, "*.md"))
	if err != nil {
		return err
	}
	for _, name := range old {
		if pages[filepath.Base(name)] != nil {
			continue
		}
		// A page of a file that is gone.
		if check {
			return fmt.Errorf("%s belongs to no .proto file", name)
		}
		if err := os.Remove(name); err != nil {
			return err
		}
	}
	if err := os.MkdirAll(dir, 0o755); err != nil { //nolint:gosec // pages for everybody
		return err
	}
	for _, name := range names(pages) {
		path := filepath.Join(dir, name)
		found, err := os.ReadFile(path) //nolint:gosec // a file of the repository
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		switch {
		case bytes.Equal(found, pages[name]):
		case check:
			return fmt.Errorf("%s is not what the .proto files say: go run ./examples/reference", path)
		default:
			if err := os.WriteFile(path, pages[name], 0o644); err != nil { //nolint:gosec // pages for everybody
				return err
			}
		}
	}
	return nil
}
