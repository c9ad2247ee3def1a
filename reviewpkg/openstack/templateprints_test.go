package openstack

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// corpus is where the published pages are; they are no part of the repository.
const corpus = "../../../shared/corpus/openstack"

// needCorpus skips a test where the published pages are not at hand.
func needCorpus(t testing.TB) {
	t.Helper()
	if _, err := os.Stat(corpus); err != nil {
		t.Skipf("the published pages are not here: %v", err)
	}
}

// TestTemplatePrints makes the table of fingerprints again. With -update it
// writes the file.
func TestTemplatePrints(t *testing.T) {
	needCorpus(t)
	seen := map[uint64]bool{}
	for _, name := range []string{"architecture-page.rst", "review-findings.rst", "review-notes.rst"} {
		data, err := os.ReadFile(filepath.Join(corpus, "templates", name))
		if err != nil {
			t.Fatal(err)
		}
		lines := strings.Split(string(data), "\n")
		var walk func([]*block)
		walk = func(blocks []*block) {
			for _, b := range blocks {
				for _, s := range sentencesOf(b.text) {
					seen[print64(s)] = true
				}
				walk(b.kids)
			}
		}
		for _, s := range outline(lines) {
			blocks, _ := readBlocks(lines, s.body, s.end)
			walk(blocks)
		}
	}
	var prints []uint64
	for p := range seen {
		prints = append(prints, p)
	}
	slices.Sort(prints)
	var b bytes.Buffer
	b.WriteString("package openstack\n\n// templatePrints are the fingerprints of the sentences of the three templates. A\n// test makes them from the templates, whose text stays out of the repository.\nvar templatePrints = map[uint64]bool{\n")
	for i := 0; i < len(prints); i += 5 {
		b.WriteByte('\t')
		for j, p := range prints[i:min(i+5, len(prints))] {
			if j > 0 {
				b.WriteByte(' ')
			}
			fmt.Fprintf(&b, "%#016x: true,", p)
		}
		b.WriteByte('\n')
	}
	b.WriteString("}\n")
	if flag.Lookup("update").Value.String() == "true" {
		if err := os.WriteFile("templateprints.go", b.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile("templateprints.go")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, b.Bytes()) {
		t.Error("templateprints.go is not what the templates give; run with -update")
	}
}
