package cncf

import (
	"slices"
	"strings"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// tableEntries reads the rows of the tables of a section as entries. Four of 49
// documents list actors or actions in tables, and three their components.
func (o *outline) tableEntries(s *section, _ grouper) (listing, []*block, bool) {
	var out listing
	grids, rest := o.tables(s.blocks)
	for _, g := range grids {
		head := g.header()
		for _, r := range g.body() {
			if e, ok := rowEntry(head, r); ok {
				out.entries = append(out.entries, e)
			}
		}
	}
	return out, rest, len(out.entries) > 0
}

// rowEntry returns the entry that a row is: the first cell is its name, the
// others are its fields, by the headings of their columns. A table without
// header has no labels, and what stands behind the name is its text.
func rowEntry(head []string, r row) (entry, bool) {
	e := entry{label: plainText(r.cell(0)), start: r.start, end: r.end, how: reviewpkgv1.Derivation_DERIVATION_TABLE_CELL}
	for i := 1; i < len(r.cells); i++ {
		label := ""
		if i < len(head) {
			label = key(head[i])
		}
		e.fields = append(e.fields, field{label: label, title: plainText(columnTitle(head, i)), value: r.cells[i], start: r.start, end: r.end})
	}
	// A column for it says what the others do not.
	// A name that is a link, with or without words around it.
	if found := links(r.cell(0)); len(found) == 1 && !found[0].image {
		e.target = found[0].target
	}
	e.text = e.remaining()
	e.raw = joinText(r.cell(0), strings.Join(r.cells[min(1, len(r.cells)):], "\n"))
	return e, e.label != ""
}

// remaining returns what an entry says without some of its fields, as without
// does. A row says what the column for it says, or all of its columns.
func (e *entry) remaining(fields ...*field) string {
	if e.how != reviewpkgv1.Derivation_DERIVATION_TABLE_CELL {
		return e.without(fields...)
	}
	said := e.field("description", "details", "detail", "purpose", "what", "function")
	var out []string
	for i := range e.fields {
		f := &e.fields[i]
		if !slices.Contains(fields, f) && (said == nil || f == said) {
			out = append(out, f.value)
		}
	}
	return strings.TrimSpace(strings.Join(out, "\n"))
}

// columnTitle returns the heading of a column, or nothing for a cell that no
// heading stands above.
func columnTitle(head []string, i int) string {
	if i < len(head) {
		return head[i]
	}
	return ""
}
