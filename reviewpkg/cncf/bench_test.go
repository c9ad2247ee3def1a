package cncf

import (
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"
	"time"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/text"
)

// BenchmarkImport reports how long the import of a document takes, as a
// multiple of goldmark's parse of the same document with the extensions of
// GitHub-flavoured Markdown.
func BenchmarkImport(b *testing.B) {
	dir := corpus(b)
	for _, name := range []string{"volcano/self-assessment.md", "openfga/joint-assessment.md", "harbor/self-assessment.md", "dragonfly/joint-assessment.md", "nats/self-assessment.md"} {
		data, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			b.Fatal(err)
		}
		b.Run(name, func(b *testing.B) {
			fsys := fstest.MapFS{"document.md": &fstest.MapFile{Data: data}}
			parser := goldmark.New(goldmark.WithExtensions(extension.GFM)).Parser()
			var parse, read time.Duration
			for b.Loop() {
				start := time.Now()
				parser.Parse(text.NewReader(data))
				middle := time.Now()
				if _, _, err := Import(fsys); err != nil {
					b.Fatal(err)
				}
				parse, read = parse+middle.Sub(start), read+time.Since(middle)
			}
			b.ReportMetric(float64(read)/float64(parse), "import/parse-ratio")
		})
	}
}
