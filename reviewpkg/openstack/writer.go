package openstack

import (
	"strings"
	"unicode/utf8"

	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"

	"github.com/reviewpkg/sdk/internal/intake"
	"github.com/reviewpkg/sdk/internal/inwords"
)

// A writer writes a page.
type writer struct {
	b    strings.Builder
	last int // indentation of the last line, or -1 after a blank one
}

// newWriter returns a writer at the beginning of a page.
func newWriter() *writer { return &writer{last: -1} }

// width is the width up to which lines are filled.
const width = 79

// gap leaves one blank line.
func (w *writer) gap() {
	if w.last >= 0 {
		w.b.WriteByte('\n')
		w.last = -1
	}
}

// line writes a line as it is.
func (w *writer) line(indent int, raw string) {
	w.b.WriteString(strings.Repeat(" ", indent) + raw + "\n")
	w.last = indent
}

// heading writes a title and the line below it, and above it if over is set. It
// is as long in bytes as the title, so that no script makes it too short.
func (w *writer) heading(raw string, c string, over bool) {
	w.gap()
	// Four at least: a shorter rule is taken for text.
	rule := strings.Repeat(c, max(len(raw), 4))
	if over {
		w.line(0, rule)
	}
	w.line(0, raw)
	w.line(0, rule)
	w.gap()
}

// fill writes words, with lead before the first line, and no line longer than
// width if that can be. A line never begins with what could be markup.
func (w *writer) fill(indent int, lead, raw string) {
	var line strings.Builder
	room := width - indent - len(lead)
	pad := strings.Repeat(" ", len(lead))
	n, start := 0, 0
	flush := func(end int) {
		line.WriteString(raw[start:end])
		w.line(indent, strings.TrimRight(lead+line.String(), " "))
		line.Reset()
		lead, n = pad, 0
	}
	for i := 0; i < len(raw); {
		// Two spaces are part of a word, so that none gets lost at the end of a line.
		// A word ends at a single space before a letter.
		end := i + 1
		for end < len(raw) && !breakable(raw, end) {
			end++
		}
		size := utf8.RuneCountInString(raw[i:end])
		// A word that is longer than a line stands by itself: addresses are.
		if n > 0 && n+1+size > room {
			flush(i - 1)
			start = i
		} else if n > 0 {
			n++
		}
		n += size
		i = end + 1
	}
	flush(len(raw))
}

// breakable reports whether a line may end at the space at i.
func breakable(raw string, i int) bool {
	if raw[i] != ' ' || i+1 == len(raw) || raw[i-1] == ' ' || raw[i-1] == '\\' || raw[i-1] == '\t' {
		return false
	}
	// A letter begins no markup, wherever the line is broken.
	c := raw[i+1]
	return 'a' <= c|0x20 && c|0x20 <= 'z' || c >= 0x80
}

// paragraphs returns a text as paragraphs, or false if its lines matter.
func paragraphs(text string) ([]string, bool) {
	list := strings.Split(text, "\n\n")
	for _, p := range list {
		// Three line breaks are an empty paragraph, which reStructuredText has not.
		if p == "" || strings.Contains(p, "\n") {
			return nil, false
		}
	}
	return list, true
}

// text writes a text as paragraphs, or as a line block, which keeps the ends of
// its lines.
func (w *writer) text(indent int, text string) {
	list, ok := paragraphs(text)
	if !ok {
		w.lines(indent, text)
		return
	}
	for _, p := range list {
		w.gap()
		w.fill(indent, "", escape(p))
	}
	w.gap()
}

// lines writes a text as a line block.
func (w *writer) lines(indent int, text string) {
	w.gap()
	for line := range strings.SplitSeq(text, "\n") {
		if line == "" {
			w.line(indent, "|")
		} else {
			w.line(indent, "| "+escape(line))
		}
	}
	w.gap()
}

// prose writes the text of a section. Bullets of one level are written as a
// list.
func (w *writer) prose(text string) {
	text = printable(text)
	list := newWriter()
	for chunk := range strings.SplitSeq(text, "\n\n") {
		list.gap()
		for line := range strings.SplitSeq(chunk, "\n") {
			// Fields hold CommonMark, where bullets look the same.
			if rest, ok := strings.CutPrefix(line, "- "); ok && rest != "" {
				list.fill(0, "- ", escape(rest))
			} else if line != "" {
				list.fill(0, "", escape(line))
			}
		}
	}
	raw := list.b.String()
	lines := strings.Split(raw, "\n")
	// The reader decides whether this is the same text.
	if blocks, repairs := readBlocks(lines, 0, len(lines)); flat(blocks) != text || len(repairs) > 0 {
		w.text(0, text)
		return
	}
	w.gap()
	w.b.WriteString(raw)
	w.last = 0
	w.gap()
}

// entry writes an item of a list: a marker, a lead as it is, and a text, which
// goes on below the item if it has more than one paragraph.
func (w *writer) entry(indent int, mark, lead, text string) {
	// docutils wants a blank line wherever the indentation changes.
	if w.last != indent {
		w.gap()
	}
	text = printable(text)
	list, ok := paragraphs(text)
	raw := lead
	if text != "" && ok {
		raw += escape(list[0])
	}
	if raw = strings.TrimLeft(raw, " "); lead == "" && text != "" && ok {
		raw = escape(list[0])
	}
	w.fill(indent, mark+" ", raw)
	below := indent + len(mark) + 1
	switch {
	case text == "":
	case !ok:
		w.lines(below, text)
	default:
		for _, p := range list[1:] {
			w.gap()
			w.fill(below, "", escape(p))
			w.gap()
		}
	}
}

// key writes a bullet with a key.
func (w *writer) key(indent int, key, text string) {
	lead := key + ":"
	if text != "" {
		lead += " "
	}
	w.entry(indent, "-", lead, text)
}

// keyed writes the fields of a table that are set, but for some.
func (w *writer) keyed(indent int, from proto.Message, table []keyed, but ...protoreflect.Name) {
	m := from.ProtoReflect()
	done := map[protoreflect.Name]bool{}
	for _, name := range but {
		done[name] = true
	}
	// In the order of the table, so that equal packages give equal pages.
	for _, k := range table {
		fd := m.Descriptor().Fields().ByName(k.field)
		if done[k.field] || !m.Has(fd) {
			continue
		}
		done[k.field] = true
		switch v := m.Get(fd); {
		// One bullet for each: values may have commas of their own.
		case fd.IsList():
			for i := range v.List().Len() {
				w.key(indent, k.key, v.List().Get(i).String())
			}
		case fd.Kind() == protoreflect.EnumKind:
			if word := fd.Enum().Values().ByNumber(v.Enum()); word != nil {
				w.key(indent, k.key, capital(inwords.Value(word)))
			}
			// A field that is false is not set, and says nothing.
		case fd.Kind() == protoreflect.BoolKind:
			w.key(indent, k.key, "yes")
		default:
			w.key(indent, k.key, v.String())
		}
	}
}

// id writes a comment with an id that the reader would not make itself.
func (w *writer) id(indent int, id, derived string) {
	// Comments are for programs, and a page should have as few as it can.
	if id == derived || id == "" {
		return
	}
	w.gap()
	w.line(indent, ".. id: "+oneLine(id))
	w.gap()
}

// derived returns the id that the reader makes of a name.
func derived(prefix, name string) string {
	if slug := intake.Slug(name); slug != "" {
		return prefix + "-" + slug
	}
	return prefix
}

// capital returns a word with a capital letter.
func capital(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}
