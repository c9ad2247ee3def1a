package cncf

import (
	"slices"
	"strings"
	"unicode/utf8"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// An entry is one thing of a section that lists things: an actor, a goal, a
// row. Authors list with sections, tables, bold words or bullets, and nest any
// of these in each other; an entry is the same for all.
type entry struct {
	label      string // its name, plain; empty if the author gave none
	target     string // of the link that the name is
	text       string // what is said about it, Markdown
	raw        string // all of it as it is written, name included
	start, end int
	how        reviewpkgv1.Derivation
	fields     []field // labelled values below it
	inline     bool    // the name is a part of the text
	group      string  // label of the group it stands in
	kids       []*block
	id         string // that the document gives it in a comment
}

// A field is a labelled value of an entry: "Actors: client, server". Labels are
// the author's own: one project writes checks, data and interaction below each
// action, another input, action and output.
type field struct {
	label      string // folded
	title      string // as written
	value      string // Markdown
	items      []string
	source     string // how it stands in the text of the entry
	heading    bool   // the label is a heading below that of the entry
	start, end int
}

// whole returns what an entry says, its name included. A name in the sentence
// is not said twice.
func (e *entry) whole() string {
	switch {
	case e.inline:
		return e.text
	case e.label == "" || e.text == "":
		return e.label + e.text
	}
	return e.label + ": " + e.text
}

// said returns an entry as it is written, if it was written as one text.
func (e *entry) said() string {
	if e.raw != "" {
		return e.raw
	}
	return e.whole()
}

// without returns the text of an entry without some of its fields, which have
// found a place of their own. What is left is description.
//
// Fields are looked for in the order of the document, each behind the one
// before: an entry may have as many as a document has lines.
func (e *entry) without(fields ...*field) string {
	fields = slices.DeleteFunc(slices.Clone(fields), func(f *field) bool { return f == nil || f.source == "" })
	slices.SortStableFunc(fields, func(a, b *field) int { return a.start - b.start })
	text, end, misses := e.text, 0, 0
	var pieces []string
	for _, f := range fields {
		// Fields nest: a list below a label has labels of its own.
		if f.start < end {
			continue // it went with the one around it
		}
		before, behind, ok := strings.Cut(text, f.source)
		if !ok { // the text was cut at its end, and the field is the end
			before, ok = strings.CutSuffix(text, withoutBreak(f.source))
			behind = ""
		}
		if ok {
			pieces = append(pieces, before)
			text, end = behind, f.end
			// Each miss is a search through the whole text, and a hostile document would
			// have one for every line.
		} else if misses++; misses > 8 {
			break // the text is not the one that the fields were found in
		}
	}
	return withoutBreak(joinPieces(append(pieces, text)))
}

// joinPieces joins what is left of a text between the lines that were taken
// out. Two pieces have as much space between them as one of them had, and never
// that of both.
func joinPieces(pieces []string) string {
	var b strings.Builder
	gap := 0
	for _, p := range pieces {
		body := strings.TrimRight(p, " \t\n")
		if body == "" {
			gap = max(gap, strings.Count(p, "\n"))
			continue
		}
		text := strings.TrimLeft(body, "\n")
		if b.Len() > 0 {
			b.WriteString(strings.Repeat("\n", min(2, max(gap, len(body)-len(text)))))
		}
		b.WriteString(text)
		gap = strings.Count(p[len(body):], "\n")
	}
	return strings.TrimSpace(b.String())
}

// withoutBreak removes a backslash at the end of a text. Exports from word
// processors end lines with one, which breaks the line if another follows. Two
// of them are a backslash that the author wrote.
func withoutBreak(s string) string {
	if cut := strings.TrimRight(s, "\\"); (len(s)-len(cut))%2 == 1 {
		return strings.TrimSpace(s[:len(s)-1])
	}
	return s
}

// value returns the first field whose label begins with one of the names.
// Labels get longer with plurals and remarks, so that the beginning is what
// counts. A heading of several words is a topic of its own: Input validation
// is no input.
func (e *entry) value(names ...string) string {
	if f := e.field(names...); f != nil {
		return f.value
	}
	return ""
}

func (e *entry) field(names ...string) *field {
	for i := range e.fields {
		for _, name := range names {
			rest, ok := strings.CutPrefix(e.fields[i].label, name)
			if ok && (!e.fields[i].heading || !strings.Contains(rest, " ")) {
				return &e.fields[i]
			}
		}
	}
	return nil
}

// maxName is the length up to which a line of its own is a name. Longer lines
// are sentences that lack a full stop.
const maxName = 80

// name returns the name of an entry, or the beginning of what it says; the
// model asks for a name where authors give none. Goals have no names at all,
// and an id must be made of something.
func (e *entry) name() (name string, stated bool) {
	if e.label != "" {
		return e.label, true
	}
	return nameOf(e.text, maxName), false
}

// nameOf returns a name that is made of the first words of a text. Where no link
// and no tag could hide some of them, twice as much of the text is enough.
func nameOf(text string, limit int) string {
	if n := 2 * limit; n < len(text) && !strings.ContainsAny(text[:n], "[<") {
		if head := plainText(text[:n]); len(head) > limit+utf8.UTFMax {
			return shorten(head, limit)
		}
	}
	return shorten(plainText(beginning(text)), limit)
}

// beginning returns as much of a text as a name can be made of. Names are
// shorter, and texts can be pages.
func beginning(text string) string {
	const enough = 400
	if len(text) <= enough {
		return text
	}
	return strings.ToValidUTF8(text[:enough], "")
}

// shorten returns the beginning of a text, cut between words. The ellipsis says
// that there is more.
func shorten(s string, limit int) string {
	if len(s) <= limit {
		return s
	}
	cut := s[:limit]
	if i := strings.LastIndexByte(cut, ' '); i > limit/2 {
		cut = cut[:i]
	}
	return strings.ToValidUTF8(strings.TrimRight(cut, " ,;:"), "") + "…"
}

// subEntry returns the entry that a section is. 16 of 42 authors give each
// actor a heading, and 19 of 41 each action: what is below the heading is about
// it, lists and bold words among that.
func (o *outline) subEntry(s *section) entry {
	e := entry{
		label: strings.TrimRight(trimNumber(s.label), " :."), text: o.fullText(s), start: s.start, end: o.fullEnd(s),
		how: reviewpkgv1.Derivation_DERIVATION_STATED, id: o.idComment(s.blocks),
	}
	e.raw = e.whole()
	for i, b := range s.blocks {
		switch {
		case b.kind == list:
			e.kids = append(e.kids, b.kids...)
			for _, it := range b.kids {
				e.addField(o, it, s.indent)
			}
		case b.kind == paragraph && b.label() != "":
			e.addBlocks(o, s, i)
		case b.kind == paragraph:
			e.addParagraph(o, b)
		}
	}
	for _, sub := range s.subs {
		if len(sub.parts) == 0 {
			e.addSection(o, s, sub)
		}
	}
	return e
}

// addSection adds the labelled value of a section below that of the entry.
// Authors who give each entry a heading give its parts one as well. Where
// threats have numbers, the headings of their parts repeat them.
func (e *entry) addSection(o *outline, s, sub *section) {
	label := sub.label
	if number, title := threatNumber(label); number != "" {
		if own, _ := threatNumber(s.label); own != number {
			return // a threat by itself
		}
		label = title
	}
	f := field{label: key(label), title: plainText(label), value: o.fullText(sub), start: sub.start, end: o.fullEnd(sub), heading: true}
	f.source = joinText(strings.TrimSpace(o.Lines(sub.start, sub.body)), f.value)
	// Words between the items would be lost with their list.
	if len(sub.subs) == 0 && !slices.ContainsFunc(sub.blocks, func(b *block) bool { return b.kind != list && b.kind != comment }) {
		for _, b := range sub.blocks {
			for _, it := range b.kids {
				f.items = append(f.items, o.itemText(it))
			}
		}
	}
	if f.value != "" {
		e.fields = append(e.fields, f)
	}
}

// addBlocks adds the labelled value of a bold paragraph: what stands below it,
// up to the next one. Threats have their parts so where authors use no
// headings: a bold line, and paragraphs under it.
func (e *entry) addBlocks(o *outline, s *section, at int) {
	head := s.blocks[at]
	f := field{label: key(head.label()), title: plainText(head.label()), start: head.start, end: head.end}
	for _, b := range s.blocks[at+1:] {
		if b.kind == paragraph && b.label() != "" {
			break
		}
		for _, it := range b.kids {
			if b.kind == list {
				f.items = append(f.items, o.itemText(it))
			}
		}
		f.end = b.end
	}
	f.value = withoutBreak(strings.TrimSpace(dedent(o.Lines(head.end, f.end), s.indent)))
	f.source = strings.TrimSpace(dedent(o.Lines(head.start, f.end), s.indent))
	if f.value != "" {
		e.fields = append(e.fields, f)
	}
}

// addField adds the labelled value that an item is. An item without a label has
// none of the values that are looked for, and stays text only.
func (e *entry) addField(o *outline, it *block, indent int) {
	text := stripComments(o.itemText(it))
	l := splitLead(text)
	if l.label == "" {
		// A label of its own line with the values below it.
		line, rest, ok := strings.Cut(text, "\n")
		if !ok || len(line) > maxLead {
			return
		}
		l = lead{label: line, rest: strings.TrimSpace(rest)}
	}
	f := field{label: key(l.label), title: plainText(l.label), value: withoutBreak(l.rest), start: it.start, end: it.end,
		source: strings.TrimSpace(stripComments(dedent(o.Lines(it.start, it.end), indent)))}
	for _, b := range it.kids {
		if b.kind == list {
			for _, inner := range b.kids {
				f.items = append(f.items, stripComments(o.itemText(inner)))
			}
		}
	}
	e.fields = append(e.fields, f)
}

// addParagraph adds the labelled values of a paragraph: bold leads, each of
// which may begin a line. Three labels on three lines are one paragraph for
// Markdown; what follows a label is its value up to the next.
func (e *entry) addParagraph(o *outline, b *block) {
	for n := b.start; n < b.end; n++ {
		line := strings.TrimSpace(o.Line(n))
		l, ok := markedLead(line)
		if !ok || !l.closed {
			continue
		}
		end := n + 1
		lines := []string{l.rest}
		for end < b.end {
			next := strings.TrimSpace(o.Line(end))
			if l, ok := markedLead(next); ok && l.closed {
				break
			}
			lines = append(lines, next)
			end++
		}
		value := strings.TrimSpace(strings.Join(lines, "\n"))
		e.fields = append(e.fields, field{label: key(l.label), title: plainText(l.label), value: withoutBreak(value), start: n, end: end})
	}
}
