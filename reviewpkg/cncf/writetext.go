package cncf

import (
	"strings"

	"github.com/reviewpkg/sdk/internal/intake"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// oneLine returns text on one line, with single spaces.
func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

// inline returns text so that Markdown shows it as it is, on one line, and takes
// nothing in it for markup.
func inline(text string) string {
	text = oneLine(text)
	var b strings.Builder
	for i := range len(text) {
		if strings.IndexByte("\\`*_[]<>#|~&!", text[i]) >= 0 {
			b.WriteByte('\\')
		}
		b.WriteByte(text[i])
	}
	return b.String()
}

// indented returns a text as it stands in an item.
func indented(text string) string {
	lines := strings.Split(text, "\n")
	for i, l := range lines {
		if l != "" {
			lines[i] = "  " + l
		}
	}
	return strings.Join(lines, "\n")
}

// prose returns a text as Markdown that stays where it is put. A text that could
// be taken for structure is quoted, with a mark by which the reader knows.
func (w *writer) prose(text string, item bool) string {
	if w.contained(text) && (!item || w.onlyParagraphs(text)) {
		return text
	}
	return quote(text)
}

func quote(text string) string {
	return quoted + "\n> " + strings.ReplaceAll(text, "\n", "\n> ")
}

// contained reports whether a text is Markdown that ends where it ends, and has
// nothing that the reader takes for a part of a template.
func (w *writer) contained(text string) bool {
	if text != strings.TrimSpace(text) || strings.ContainsAny(text, "\r\x00") || strings.Contains(text, "<!--") || text == notStated ||
		onlyTemplate(text) {
		return false
	}
	// What stands behind the text must be a paragraph of its own.
	blocks := w.parse(text + "\n\nend\n")
	last := blocks[len(blocks)-1]
	if last.kind != paragraph || last.start != strings.Count(text, "\n")+2 {
		return false
	}
	for _, b := range blocks[:len(blocks)-1] {
		if !w.harmless(b) {
			return false
		}
	}
	return true
}

func (w *writer) parse(text string) []*block {
	p := newPage(intake.New(nil).Preview(&intake.File{Path: "text.md", Data: []byte(text)}), w.parser)
	for _, b := range p.blocks {
		b.label = p.leadOf(b)
	}
	return p.blocks
}

// leadOf returns how a block begins, if that could be the name of a part.
func (p *page) leadOf(b *block) string {
	switch b.kind {
	case paragraph:
		if b.label != "" {
			return b.label
		}
		return splitLead(strings.TrimSpace(p.Lines(b.start, b.end))).label
	case item:
		return splitLead(p.itemText(b)).label
	case list:
		for _, it := range b.kids {
			it.label = p.leadOf(it)
			for _, k := range it.kids {
				k.label = p.leadOf(k)
			}
		}
	default:
		// What has no words of its own cannot be a name.
	}
	return ""
}

// harmless reports whether a block is text and nothing else.
func (w *writer) harmless(b *block) bool {
	switch b.kind {
	case heading, rawHTML, comment, table:
		return false
	default:
	}
	if b.label != "" {
		for _, book := range []*labelBook{assessmentBook(), summaryBook()} {
			if _, ok := book.find(b.label, ""); ok {
				return false
			}
		}
	}
	for _, k := range b.kids {
		if !w.harmless(k) {
			return false
		}
	}
	return true
}

// onlyParagraphs reports whether a text has no lists, and no paragraph that
// stands for a heading.
func (w *writer) onlyParagraphs(text string) bool {
	if !w.contained(text) {
		return false
	}
	for _, b := range w.parse(text) {
		if b.kind != paragraph && b.kind != other {
			return false
		}
		if strings.HasPrefix(text, "**") || strings.Contains(text, "\n**") {
			return false
		}
	}
	return true
}

// cell returns a cell, or nothing if the row is too short.
func (r *row) cell(i int) string {
	if i < 0 || i >= len(r.cells) {
		return ""
	}
	return r.cells[i]
}

// cell returns text as it stands in a cell of a table.
func cell(text string) string {
	text = strings.ReplaceAll(text, "|", `\|`)
	return strings.ReplaceAll(strings.TrimSpace(text), "\n", "<br>")
}

// linkText returns a link as Markdown.
func linkText(l *reviewpkgv1.Link) string {
	if l.GetTitle() == "" {
		return "<" + l.GetUrl() + ">"
	}
	return "[" + inline(l.GetTitle()) + "](" + l.GetUrl() + ")"
}

func linkTexts(list []*reviewpkgv1.Link) []string {
	var out []string
	for _, l := range list {
		out = append(out, linkText(l))
	}
	return out
}
