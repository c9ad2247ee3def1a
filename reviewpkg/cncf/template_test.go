package cncf

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// corpus returns the folder of real documents, or skips the test.
func corpus(t testing.TB) string {
	t.Helper()
	dir := filepath.Join("..", "..", "..", "shared", "corpus", "cncf")
	if _, err := os.Stat(dir); err != nil {
		t.Skip("the corpus of real documents is not here: " + dir)
	}
	return dir
}

// TestTemplatePrints makes the fingerprints of the official templates again and
// compares them with those of the package.
func TestTemplatePrints(t *testing.T) {
	var prints []uint64
	for _, pattern := range []string{"*.md", "ossf/*.md"} {
		files, err := filepath.Glob(filepath.Join(corpus(t), "_templates", pattern))
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			sentences(blankComments(string(data)), nil, func(print uint64, _, _ int) bool { prints = append(prints, print); return true })
		}
	}
	slices.Sort(prints)
	prints = slices.Compact(prints)
	var out bytes.Buffer
	out.WriteString("package cncf\n\n// templatePrints are the fingerprints of the sentences of the official templates,\n" +
		"// sorted; see sentences. TestTemplatePrints -update makes them.\n" +
		fmt.Sprintf("var templatePrints = [%d]uint64{\n", len(prints)))
	for i, print := range prints {
		if i%4 == 0 {
			out.WriteByte('\t')
		}
		fmt.Fprintf(&out, "0x%016x,", print)
		if i%4 == 3 || i == len(prints)-1 {
			out.WriteByte('\n')
		} else {
			out.WriteByte(' ')
		}
	}
	out.WriteString("}\n")
	if *update {
		if err := os.WriteFile("templateprints.go", out.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	have, err := os.ReadFile("templateprints.go")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(have, out.Bytes()) {
		t.Error("templateprints.go is not that of the templates; run go test -run TestTemplatePrints -update")
	}
}
