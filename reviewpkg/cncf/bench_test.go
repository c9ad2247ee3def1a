package cncf

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// BenchmarkImport reports how long the import of a document takes, as a
// multiple of goldmark's parse of the same document with the extensions of
// GitHub-flavoured Markdown. The last run takes each document of the corpus in
// turn, and reports the worst and the median as well. It names the documents
// that take more than twice as long: a page of three lines does, because a
// package takes longer to make than such a page to parse.
func BenchmarkImport(b *testing.B) {
	dir := corpus(b)
	for _, name := range []string{"volcano/self-assessment.md", "openfga/joint-assessment.md", "harbor/self-assessment.md", "dragonfly/joint-assessment.md", "nats/self-assessment.md"} {
		b.Run(name, func(b *testing.B) {
			c := newContest(b, filepath.Join(dir, name))
			for b.Loop() {
				c.run(b)
			}
			b.ReportMetric(c.ratio(), "import/parse-ratio")
		})
	}
	b.Run("all", func(b *testing.B) {
		var all []*contest
		err := filepath.WalkDir(dir, func(name string, _ fs.DirEntry, err error) error {
			if err == nil && strings.HasSuffix(name, ".md") {
				all = append(all, newContest(b, name))
			}
			return err
		})
		if err != nil {
			b.Fatal(err)
		}
		for b.Loop() {
			for _, c := range all {
				// A short document is over before the garbage of the one before
				// it is collected, and would pay for that.
				for range 1 + 1<<16/(len(c.data)+1) {
					c.run(b)
				}
			}
		}
		total := &contest{}
		over := 0.0
		var ratios []float64
		for _, c := range all {
			total.parse, total.read = total.parse+c.parse, total.read+c.read
			ratios = append(ratios, c.ratio())
			if c.ratio() > 2 {
				over++
				b.Logf("%.2f: %s, %d bytes", c.ratio(), c.name, len(c.data))
			}
		}
		slices.Sort(ratios)
		b.ReportMetric(total.ratio(), "import/parse-ratio")
		b.ReportMetric(ratios[len(ratios)/2], "median-ratio")
		b.ReportMetric(ratios[len(ratios)-1], "worst-ratio")
		b.ReportMetric(over, "over-2")
	})
}

// A contest is a document with the time that both took for it.
type contest struct {
	name        string
	data        []byte
	fsys        fs.FS
	parser      parser.Parser
	parse, read time.Duration
}

func newContest(b *testing.B, name string) *contest {
	data, err := os.ReadFile(name)
	if err != nil {
		b.Fatal(err)
	}
	return &contest{
		name: name, data: data, fsys: fstest.MapFS{"document.md": &fstest.MapFile{Data: data}},
		parser: goldmark.New(goldmark.WithExtensions(extension.GFM)).Parser(),
	}
}

// run lets both do their work once, one after the other, so that what disturbs
// the machine disturbs both. A document that is named is read whatever it is.
func (c *contest) run(b *testing.B) {
	start := time.Now()
	c.parser.Parse(text.NewReader(c.data))
	middle := time.Now()
	if _, _, err := (ImportOptions{Files: []string{"document.md"}}).Import(c.fsys); err != nil {
		b.Fatal(err)
	}
	c.parse, c.read = c.parse+middle.Sub(start), c.read+time.Since(middle)
}

func (c *contest) ratio() float64 { return float64(c.read) / float64(c.parse) }
