// Generate writes the cases of the conformance kit:
//
//	go run ./examples/conformance/generate
package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"github.com/reviewpkg/sdk/examples/conformance/sample"
)

func main() {
	if err := write(".", filepath.Join("examples", "conformance", "cases")); err != nil {
		fmt.Fprintln(os.Stderr, "generate:", err)
		os.Exit(1)
	}
}

// A part makes the cases of one file.
type part struct {
	file string
	make func(*builder, *sample.Sampler) error
}

// parts returns the files of cases. The root is that of the repository.
func parts(root string) []part {
	return []part{
		{"whole.json", wholeMessages},
		{"field-rules.json", fieldRules},
		{"cel-rules.json", celRules},
		{"json.json", jsonTraps},
		{"binary.json", binaryTraps},
		{"yaml.json", yamlTraps},
		{"judged.json", judging{root}.cases},
	}
}

// files returns the files of cases by name.
func files(root string) (map[string][]byte, error) {
	s := sample.New()
	// One set of ids for all files: results name a case by its id alone.
	ids := map[string]bool{}
	found := map[string][]byte{}
	for _, p := range parts(root) {
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
func write(root, dir string) error {
	found, err := files(root)
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
	// In an order of their own, so that a failure leaves the same files each time.
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

// readIfThere returns the content of a file, or nil if there is none.
func readIfThere(path string) ([]byte, error) {
	data, err := os.ReadFile(path) //nolint:gosec // a file of the repository
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return data, err
}
