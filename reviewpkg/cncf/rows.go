package cncf

import (
	"strings"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// tableEntries reads the rows of the tables of a section as entries.
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
// others are its fields, by the headings of their columns.
func rowEntry(head []string, r row) (entry, bool) {
	e := entry{label: plainText(r.cell(0)), start: r.start, end: r.end, how: reviewpkgv1.Derivation_DERIVATION_TABLE_CELL}
	for i := 1; i < len(r.cells); i++ {
		label := ""
		if i < len(head) {
			label = key(head[i])
		}
		e.fields = append(e.fields, field{label: label, title: plainText(columnTitle(head, i)), value: r.cells[i], start: r.start, end: r.end})
	}
	if f := e.field("description", "details", "detail", "purpose", "what", "function"); f != nil {
		e.text = f.value
	} else if len(r.cells) > 1 {
		e.text = strings.Join(r.cells[1:], "\n")
	}
	return e, e.label != ""
}

func columnTitle(head []string, i int) string {
	if i < len(head) {
		return head[i]
	}
	return ""
}
