package export

import (
	"bufio"
	_ "embed"
	"html/template"
	"io"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// pageTemplate writes each span as text between tags. No text of a document goes
// into an attribute, a style or an address, so that the simplest of the escapes of
// html/template is the only one that matters.
//
//go:embed page.html.tmpl
var pageTemplate string

// HTML writes a report as one HTML page, with the content of [Markdown] and all
// items of its tables and lists. The page needs nothing else: no script, no font, no
// picture. It has a light and a dark form, prints well, and is well-formed XML.
type HTML struct{}

// Name returns "html".
func (HTML) Name() string { return "html" }

// Write writes r to w. See [Format].
func (f HTML) Write(w io.Writer, r *reviewpkgv1.Report) error {
	return stream(w, f.Name(), func(b *bufio.Writer) error {
		if err := check(r); err != nil {
			return err
		}
		return htmlPage(b, reportPage(r, limits{}))
	})
}

// WriteChanges writes the changes between two versions of a package to w, each
// as an item of a list. A nil set has no changes. It returns the errors of w.
func (f HTML) WriteChanges(w io.Writer, set *reviewpkgv1.ChangeSet) error {
	return stream(w, f.Name(), func(b *bufio.Writer) error {
		return htmlPage(b, changesPage(set))
	})
}

// htmlPage writes a page. The template is parsed each time, because a parsed one
// that the package kept would be shared state.
func htmlPage(b *bufio.Writer, p page) error {
	t, err := template.New("page").Parse(pageTemplate)
	if err != nil {
		return err
	}
	return t.Execute(b, p)
}
