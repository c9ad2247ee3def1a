package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
	"strings"

	"github.com/urfave/cli/v3"
	"google.golang.org/protobuf/proto"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
	"github.com/reviewpkg/sdk/reviewpkg"
	"github.com/reviewpkg/sdk/rubric"
)

// A kind is a kind of document, by the name it has on the command line.
type kind struct {
	name string
	make func() proto.Message
}

// kinds returns the kinds of documents that there are, packages first.
func kinds() []kind {
	return []kind{
		{"package", func() proto.Message { return &reviewpkgv1.ReviewPackage{} }},
		{"rubric", func() proto.Message { return &reviewpkgv1.Rubric{} }},
		{"policy", func() proto.Message { return &reviewpkgv1.Policy{} }},
		{"waivers", func() proto.Message { return &reviewpkgv1.WaiverSet{} }},
		{"profile", func() proto.Message { return &reviewpkgv1.RiskProfile{} }},
		{"verdict", func() proto.Message { return &reviewpkgv1.Verdict{} }},
		{"plan", func() proto.Message { return &reviewpkgv1.Plan{} }},
		{"rubric-change", func() proto.Message { return &reviewpkgv1.RubricChange{} }},
		{"changes", func() proto.Message { return &reviewpkgv1.ChangeSet{} }},
		{"report", func() proto.Message { return &reviewpkgv1.Report{} }},
		{"diagnostics", func() proto.Message { return &reviewpkgv1.DiagnosticReport{} }},
		{"import-report", func() proto.Message { return &reviewpkgv1.ImportReport{} }},
		{"rendering", func() proto.Message { return &reviewpkgv1.Rendering{} }},
	}
}

// kindOf returns the kind of a name that there is.
func kindOf(name string) kind {
	all := kinds()
	return all[slices.IndexFunc(all, func(k kind) bool { return k.name == name })]
}

// kindNames returns the names of the kinds.
func kindNames() string {
	var names []string
	for _, k := range kinds() {
		names = append(names, k.name)
	}
	return strings.Join(names, "|")
}

// A document is one that was read, and what there is to say about it.
type document struct {
	name        string // of the file it is in
	message     proto.Message
	diagnostics reviewpkg.Diagnostics
	// data is the text of the document; nil if it was read by its path.
	data []byte
}

// A reader reads documents.
type reader struct {
	stdin   io.Reader
	options reviewpkg.UnmarshalOptions
}

// newReader returns the reader for a verb.
func newReader(cmd *cli.Command) reader {
	options := reviewpkg.UnmarshalOptions{AllowIncomplete: cmd.Bool("allow-incomplete"), Check: lint}
	return reader{stdin: cmd.Root().Reader, options: options}
}

// lint says what only the linter knows of a rubric. Other documents have none.
func lint(m proto.Message) reviewpkg.Diagnostics {
	if r, ok := m.(*reviewpkgv1.Rubric); ok {
		return rubric.Lint(r)
	}
	return nil
}

// read reads the document at path as one of the given kinds: the one it says it
// is. Mistakes in it are in the document; the error is one of the file system.
func (r reader) read(path string, kinds ...kind) (*document, error) {
	// Only a package may be a folder, so that there is nothing to find out.
	folder := false
	if path != "-" {
		info, err := os.Stat(path)
		if err != nil {
			return nil, err
		}
		folder = info.IsDir()
	}
	if folder {
		return r.as(path, nil, &reviewpkgv1.ReviewPackage{})
	}
	data, err := r.bytes(path)
	if err != nil {
		return nil, err
	}
	var best *document
	for _, k := range kinds {
		doc, err := r.as(path, data, k.make())
		if err != nil {
			return nil, err
		}
		// A document that does not say what it is counts as what it resembles.
		if best == nil || len(doc.diagnostics) < len(best.diagnostics) {
			best = doc
		}
		// The binary and text forms of one kind are hardly readable as another,
		// so that a syntax error may mean that the kind is the wrong one.
		if err := doc.diagnostics.Err(); !errors.Is(err, reviewpkg.WrongKind) && !errors.Is(err, reviewpkg.Syntax) {
			return doc, nil
		}
	}
	return best, nil
}

// as reads a document into m. A package that is a file or a folder of its own
// is loaded, because its artifacts lie beside it.
func (r reader) as(path string, data []byte, m proto.Message) (*document, error) {
	doc := &document{name: fileName(path), message: m, data: data}
	options := r.options
	options.Filename = ""
	options.Report = func(d reviewpkg.Diagnostic) {
		doc.name = d.Pos.Filename
		doc.diagnostics = append(doc.diagnostics, d)
	}
	var err error
	if _, ok := m.(*reviewpkgv1.ReviewPackage); ok && path != "-" {
		var p *reviewpkgv1.ReviewPackage
		if p, err = options.Load(path); err == nil {
			doc.message = p
		}
	} else {
		options.Filename = fileName(path)
		err = options.Unmarshal(data, m)
	}
	// Mistakes arrived through Report already, warnings among them; what else
	// went wrong has to do with files.
	var invalid *reviewpkg.InvalidError
	if err != nil && !errors.As(err, &invalid) {
		return nil, err
	}
	return doc, nil
}

// bytes reads a file or the standard input, but not much more of it than a
// document may be long: the library refuses it then.
func (r reader) bytes(path string) ([]byte, error) {
	const most = 16<<20 + 1
	if path == "-" {
		data, err := io.ReadAll(io.LimitReader(r.stdin, most))
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", fileName(path), err)
		}
		return data, nil
	}
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, &fs.PathError{Op: "read", Path: path, Err: errors.New("not a regular file")}
	}
	f, err := os.Open(path) //nolint:gosec // the user's own file
	if err != nil {
		return nil, err
	}
	defer f.Close() //nolint:errcheck // nothing was written
	return io.ReadAll(io.LimitReader(f, most))
}

// fileName returns the name of a document in messages.
func fileName(path string) string {
	if path == "-" {
		return "<stdin>"
	}
	return path
}
