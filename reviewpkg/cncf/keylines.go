package cncf

import (
	"slices"
	"strings"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// preambleSections returns the sections before the first part: what stands
// there is about the document, not about the project. 17 of 49 documents name
// authors there, 19 reviewers or contributors, and 12 a date.
func (o *outline) preambleSections() []*section {
	var out []*section
	for _, s := range o.list {
		if s.level == 7 {
			continue
		}
		if len(s.parts) > 0 && !s.has(tableOfContents) {
			break
		}
		if !s.has(tableOfContents) {
			out = append(out, s)
		}
	}
	return out
}

// preambleKeys returns the lines before the first part. A summary is told by
// them, and then read. Tables are read twice for that: what is wrong with one is
// not noted by a page that is only looked at.
func (o *outline) preambleKeys() (keys, others []keyLine) {
	if o.preamble != nil {
		return o.preamble.keys, o.preamble.others
	}
	sections := o.preambleSections()
	keys, others = o.keyLines(sections)
	hasTable := func(b *block) bool { return b.kind == table || b.kind == rawHTML }
	if !slices.ContainsFunc(sections, func(s *section) bool { return slices.ContainsFunc(s.blocks, hasTable) }) {
		o.preamble = &preamble{keys, others}
	}
	return keys, others
}

// A preamble is what stands before the first part.
type preamble struct{ keys, others []keyLine }

// A keyLine is a line "Key: value" before the first part, or a row of a table
// there. Where the key was italic or the line ended with a backslash, neither
// is in it.
type keyLine struct {
	key        string                 // as written
	value      string                 // Markdown
	start, end int                    // its lines, those of the value included
	how        reviewpkgv1.Derivation // a cell or a lead
}

// keyLines returns the lines of the form "Key: value" of some sections, and the
// lines of their paragraphs and lists that have another form. One document has
// a table of contributors there, and one has key and value as the header of a
// table.
func (o *outline) keyLines(sections []*section) (keys []keyLine, others []keyLine) {
	for _, s := range sections {
		grids, rest := o.tables(s.blocks)
		for _, g := range grids {
			for _, r := range g.rows {
				// A header counts as a row: it may be data.
				// A row without a key continues nothing here: above the first part, tables
				// are keys and values.
				if len(r.cells) > 1 && r.cells[0] != "" {
					keys = append(keys, keyLine{strings.TrimSpace(r.cells[0]), breaks(strings.Join(r.cells[1:], "\n")), r.start, r.end, reviewpkgv1.Derivation_DERIVATION_TABLE_CELL})
				}
			}
		}
		for _, b := range rest {
			switch b.kind {
			case paragraph:
				o.paragraphKeys(b, &keys, &others)
			case list:
				for _, it := range b.kids {
					o.itemKey(it, &keys)
				}
			default:
				// A picture or a block of code has no keys.
			}
		}
	}
	return keys, others
}

// itemKey reads the key of an item: the joint README has some as bullets, and
// some not.
func (o *outline) itemKey(it *block, keys *[]keyLine) {
	if l := splitLead(o.itemText(it)); l.label != "" {
		*keys = append(*keys, keyLine{plainText(l.label), l.rest, it.start, it.end, reviewpkgv1.Derivation_DERIVATION_BOLD_LEAD})
	}
}

// paragraphKeys reads a paragraph line by line: authors write one key a line
// and forget the blank lines between. A line without a key continues the value
// above it, as lists of names do.
func (o *outline) paragraphKeys(b *block, keys, others *[]keyLine) {
	open := false
	var more []string // lines below the key that is open
	flush := func() {
		if len(more) > 0 {
			last := &(*keys)[len(*keys)-1]
			last.value = strings.TrimSpace(last.value + "\n" + strings.Join(more, "\n"))
			more = nil
		}
	}
	for n := b.start; n < b.end; n++ {
		line := strings.TrimSpace(o.Line(n))
		line = strings.TrimSuffix(line, `\`)
		if inner, ok := allItalic(line); ok {
			line = inner
		}
		l := splitLead(line)
		switch {
		case l.label != "" && l.target == "" && o.isKey(l.label):
			flush()
			*keys = append(*keys, keyLine{plainText(l.label), l.rest, n, n + 1, reviewpkgv1.Derivation_DERIVATION_BOLD_LEAD})
			open = true
		case open && l.marked && l.closed && l.rest != "" && roleOf(key((*keys)[len(*keys)-1].key)) == 0:
			// A key that is not known ends the one above it; names may look like one.
			*others = append(*others, keyLine{value: line, start: n, end: n + 1, how: reviewpkgv1.Derivation_DERIVATION_STATED})
			open = false
		case open:
			if line != "" {
				more = append(more, line)
			}
			(*keys)[len(*keys)-1].end = n + 1
		default:
			*others = append(*others, keyLine{value: line, start: n, end: n + 1, how: reviewpkgv1.Derivation_DERIVATION_STATED})
		}
	}
	flush()
}

// allItalic returns a line without the emphasis that all of it has. The
// sentence on who drafted a document is in italics.
func allItalic(line string) (string, bool) {
	for _, mark := range []string{"**", "*", "_"} {
		inner, ok := strings.CutPrefix(line, mark)
		if !ok {
			continue
		}
		if inner, ok = strings.CutSuffix(inner, mark); ok && !strings.Contains(inner, mark) {
			return inner, true
		}
	}
	return line, false
}

// isKey reports whether a label before a colon is one that documents have at
// their top. Any sentence may have a colon; only labels that are known count.
func (o *outline) isKey(label string) bool {
	k := key(label)
	if roleOf(k) != 0 || isDateKey(k) || isMetadataKey(k) || isOriginKey(k) {
		return true
	}
	m, ok := o.book.findKey(plainText(label), k, "")
	return ok && len(m.parts) > 0 && o.book.byPart[m.parts[0]].part != tableOfContents
}

func isDateKey(k string) bool {
	return oneOf(k, "date", "dated", "last updated", "last modified", "updated", "created", "date of the assessment", "assessment date", "date completed", "completed")
}
