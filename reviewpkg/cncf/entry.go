package cncf

import (
	"strings"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// An entry is one thing of a section that lists things: an actor, a goal, a row.
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

// A field is a labelled value of an entry: "Actors: client, server".
type field struct {
	label      string // folded
	title      string // as written
	value      string // Markdown
	items      []string
	source     string // how it stands in the text of the entry
	start, end int
}

// whole returns what an entry says, its name included.
func (e *entry) whole() string {
	switch {
	case e.inline:
		return e.text
	case e.label == "" || e.text == "":
		return e.label + e.text
	}
	return e.label + ": " + e.text
}

// without returns the text of an entry without some of its fields, which have
// found a place of their own.
func (e *entry) without(fields ...*field) string {
	text := e.text
	for _, f := range fields {
		if f != nil && f.source != "" {
			text = strings.Replace(text, f.source, "", 1)
		}
	}
	return strings.TrimSpace(text)
}

// value returns the first field whose label begins with one of the names.
func (e *entry) value(names ...string) string {
	if f := e.field(names...); f != nil {
		return f.value
	}
	return ""
}

func (e *entry) field(names ...string) *field {
	for i := range e.fields {
		for _, name := range names {
			if strings.HasPrefix(e.fields[i].label, name) {
				return &e.fields[i]
			}
		}
	}
	return nil
}

// maxName is the length up to which a line of its own is a name.
const maxName = 80

// name returns the name of an entry, or the beginning of what it says; the
// model asks for a name where authors give none.
func (e *entry) name() (name string, stated bool) {
	if e.label != "" {
		return e.label, true
	}
	return shorten(plainText(beginning(e.text)), maxName), false
}

// beginning returns as much of a text as a name can be made of.
func beginning(text string) string {
	const enough = 400
	if len(text) <= enough {
		return text
	}
	return strings.ToValidUTF8(text[:enough], "")
}

// shorten returns the beginning of a text, cut between words.
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

// subEntry returns the entry that a section is.
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
		case b.kind == paragraph && b.label != "":
			e.addBlocks(o, s, i)
		case b.kind == paragraph:
			e.addParagraph(o, b)
		}
	}
	return e
}

// addBlocks adds the labelled value of a bold paragraph: what stands below it, up
// to the next one.
func (e *entry) addBlocks(o *outline, s *section, at int) {
	head := s.blocks[at]
	f := field{label: key(head.label), title: plainText(head.label), start: head.start, end: head.end}
	for _, b := range s.blocks[at+1:] {
		if b.kind == paragraph && b.label != "" {
			break
		}
		for _, it := range b.kids {
			if b.kind == list {
				f.items = append(f.items, o.itemText(it))
			}
		}
		f.end = b.end
	}
	f.value = strings.TrimSpace(dedent(o.Lines(head.end, f.end), s.indent))
	if f.value != "" {
		e.fields = append(e.fields, f)
	}
}

// addField adds the labelled value that an item is.
func (e *entry) addField(o *outline, it *block, indent int) {
	text := o.itemText(it)
	l := splitLead(text)
	if l.label == "" {
		// A label of its own line with the values below it.
		line, rest, ok := strings.Cut(text, "\n")
		if !ok || len(line) > maxLead {
			return
		}
		l = lead{label: line, rest: strings.TrimSpace(rest)}
	}
	f := field{label: key(l.label), title: plainText(l.label), value: l.rest, start: it.start, end: it.end,
		source: strings.TrimSpace(dedent(o.Lines(it.start, it.end), indent))}
	for _, b := range it.kids {
		if b.kind == list {
			for _, inner := range b.kids {
				f.items = append(f.items, o.itemText(inner))
			}
		}
	}
	e.fields = append(e.fields, f)
}

// addParagraph adds the labelled values of a paragraph: bold leads, each of
// which may begin a line.
func (e *entry) addParagraph(o *outline, b *block) {
	for n := b.start; n < b.end; n++ {
		line := strings.TrimSpace(o.Line(n))
		l, ok := markedLead(line)
		if !ok || !l.closed {
			continue
		}
		end := n + 1
		value := l.rest
		for end < b.end {
			next := strings.TrimSpace(o.Line(end))
			if l, ok := markedLead(next); ok && l.closed {
				break
			}
			value = strings.TrimSpace(value + "\n" + next)
			end++
		}
		e.fields = append(e.fields, field{label: key(l.label), title: plainText(l.label), value: value, start: n, end: end})
	}
}
