// Generate writes the cases of the conformance kit:
//
//	go run ./examples/conformance/generate
package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
)

func main() {
	dir := filepath.Join("examples", "conformance", "cases")
	if len(os.Args) > 1 {
		dir = os.Args[1]
	}
	if err := write(dir); err != nil {
		fmt.Fprintln(os.Stderr, "generate:", err)
		os.Exit(1)
	}
}

// A part makes the cases of one file.
type part struct {
	file string
	make func(*builder, *sampler) error
}

// parts returns the files of cases.
func parts() []part {
	return []part{
		{"whole.json", wholeMessages},
		{"field-rules.json", fieldRules},
	}
}

// files returns the files of cases by name.
func files() (map[string][]byte, error) {
	s := newSampler()
	ids := map[string]bool{}
	found := map[string][]byte{}
	for _, p := range parts() {
		b := &builder{ids: ids}
		if err := p.make(b, s); err != nil {
			return nil, fmt.Errorf("%s: %w", p.file, err)
		}
		data, err := b.file()
		if err != nil {
			return nil, err
		}
		found[p.file] = data
	}
	return found, nil
}

// write writes the files into a folder, and removes others: a case that is no
// longer made must not stay.
func write(dir string) error {
	found, err := files()
	if err != nil {
		return err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil { //nolint:gosec // files of the repository
		return err
	}
	old, err := filepath.Glob(filepath.Join(dir, "*.json"))
	if err != nil {
		return err
	}
	for _, name := range old {
		if found[filepath.Base(name)] == nil {
			if err := os.Remove(name); err != nil {
				return err
			}
		}
	}
	var names []string
	for name := range found {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		if err := os.WriteFile(filepath.Join(dir, name), found[name], 0o644); err != nil { //nolint:gosec // files of the repository
			return err
		}
	}
	return nil
}
