package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/urfave/cli/v3"
	"google.golang.org/protobuf/proto"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
	"github.com/reviewpkg/sdk/reviewpkg"
)

// writeDiagnostics writes every diagnostic of a document with the source line
// it is about.
func (r reader) writeDiagnostics(w io.Writer, doc *document) {
	data := doc.data
	if data == nil && len(doc.diagnostics) > 0 {
		// A document that cannot be read again is shown without its lines.
		data, _ = r.bytes(doc.name)
	}
	lines := newListing(doc.name, data)
	var b strings.Builder
	// The layout is that of compilers, which editors can follow to the place.
	for _, d := range doc.diagnostics {
		if place := d.Pos.String(); place != "" {
			b.WriteString(clean(place) + ": ")
		}
		if d.Level != reviewpkg.LevelError {
			b.WriteString(d.Level.String() + ": ")
		}
		b.WriteString(clean(d.Message) + " [" + clean(string(d.Code)) + "]\n")
		b.WriteString(lines.excerpt(d.Pos))
		if d.Path != "" {
			b.WriteString(gutter(d.Pos) + "at " + clean(d.Path) + "\n")
		}
		if d.Hint != "" {
			b.WriteString(gutter(d.Pos) + "hint: " + clean(d.Hint) + "\n")
		}
	}
	// Whoever passes a writer to a file looks at its errors.
	_, _ = io.WriteString(w, b.String())
}

// A tally counts diagnostics.
type tally struct{ errors, warnings, notes int }

// add counts diagnostics.
func (t *tally) add(ds reviewpkg.Diagnostics) {
	for _, d := range ds {
		switch d.Level {
		case reviewpkg.LevelWarning:
			t.warnings++
		case reviewpkg.LevelNote:
			t.notes++
		default:
			t.errors++
		}
	}
}

// String returns "2 errors, 1 warning", or "ok".
func (t *tally) String() string {
	var parts []string
	for _, part := range []struct {
		n    int
		name string
	}{{t.errors, "error"}, {t.warnings, "warning"}, {t.notes, "note"}} {
		if part.n > 0 {
			parts = append(parts, plural(part.n, part.name))
		}
	}
	if len(parts) == 0 {
		return "ok"
	}
	return strings.Join(parts, ", ")
}

// plural returns a number of things in words.
func plural(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return fmt.Sprintf("%d %ss", n, thing)
}

// valid reads a document that must be of a kind and valid. If it is not, all
// there is to say about it goes to the error output.
func (r reader) valid(cmd *cli.Command, path string, k kind) (*document, error) {
	doc, err := r.read(path, k)
	if err != nil {
		return nil, err
	}
	if doc.diagnostics.Err() != nil {
		r.writeDiagnostics(cmd.Root().ErrWriter, doc)
		return nil, status(exitFail)
	}
	return doc, nil
}

// load reads a valid document that is a message of the type M.
func load[M proto.Message](cmd *cli.Command, path string) (M, *document, error) {
	return loadWith[M](cmd, newReader(cmd), path)
}

// loadWith does what load does, with a reader of its own.
func loadWith[M proto.Message](cmd *cli.Command, r reader, path string) (M, *document, error) {
	var none M
	for _, k := range kinds() {
		if _, ok := k.make().(M); !ok {
			continue
		}
		doc, err := r.valid(cmd, path, k)
		if err != nil {
			return none, nil, err
		}
		return doc.message.(M), doc, nil
	}
	return none, nil, fmt.Errorf("%s: no document is a %T", path, none)
}

// loadPackage reads a valid package.
func loadPackage(cmd *cli.Command, path string) (*reviewpkgv1.ReviewPackage, reviewpkg.Diagnostics, error) {
	p, doc, err := load[*reviewpkgv1.ReviewPackage](cmd, path)
	if err != nil {
		return nil, nil, err
	}
	return p, doc.diagnostics, nil
}
