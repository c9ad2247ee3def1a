package cncf

import (
	"fmt"
	"strings"

	"github.com/reviewpkg/sdk/internal/intake"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// oneLine returns text on one line, with single spaces. Names and labels are
// one line everywhere; two would end a heading or a cell.
func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

// inline returns text so that Markdown shows it as it is, on one line, and
// takes nothing in it for markup. Names come from people, and may have any
// character in them.
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

// indented returns a text as it stands in an item. indented returns a text as
// it stands in an item. Blank lines stay empty: blanks at their end would be
// read as text of the item.
func indented(text string) string {
	lines := strings.Split(text, "\n")
	for i, l := range lines {
		if l != "" {
			lines[i] = "  " + l
		}
	}
	return strings.Join(lines, "\n")
}

// prose returns a text as Markdown that stays where it is put. A text that
// could be taken for structure is quoted, with a mark by which the reader
// knows. Texts that were read from a document are written back as they were, in
// most cases.
func (w *writer) prose(text string, item bool) string {
	if item {
		text = visible(text)
	}
	if w.contained(text) && (!item || w.onlyParagraphs(text)) {
		return text
	}
	return quote(text)
}

// quote returns a text as a quotation with the mark before it, from which
// unquote makes it again.
func quote(text string) string {
	return quoted + "\n> " + strings.ReplaceAll(text, "\n", "\n> ")
}

// contained reports whether a text is Markdown that ends where it ends, and has
// nothing that the reader takes for a part of a template. It is parsed to know:
// an open fence, a tag or a list would swallow what comes behind it, and no
// pattern finds all of these.
func (w *writer) contained(text string) bool {
	if text != strings.TrimSpace(text) || strings.ContainsAny(text, "\r\x00") || strings.Contains(text, "<!--") || strings.HasSuffix(text, "\\") || text == notStated ||
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

// parse returns the blocks of a text with the labels that a reader would take
// for names of parts.
func (w *writer) parse(text string) []*block {
	p := newPage(intake.New(nil).Preview(&intake.File{Path: "text.md", Data: []byte(text)}), w.parser)
	for _, b := range p.blocks {
		b.head = &head{label: p.leadOf(b), whole: true}
	}
	return p.blocks
}

// leadOf returns how a block begins, if that could be the name of a part.
func (p *page) leadOf(b *block) string {
	switch b.kind {
	case paragraph:
		if label := b.label(); label != "" {
			return label
		}
		return splitLead(strings.TrimSpace(p.Lines(b.start, b.end))).label
	case item:
		return splitLead(p.itemText(b)).label
	case list:
		for _, it := range b.kids {
			it.head = &head{label: p.leadOf(it), whole: true}
			for _, k := range it.kids {
				k.head = &head{label: p.leadOf(k), whole: true}
			}
		}
	default:
		// What has no words of its own cannot be a name.
	}
	return ""
}

// harmless reports whether a block is text and nothing else. A paragraph that
// begins with the name of a part would end the part that it stands in.
func (w *writer) harmless(b *block) bool {
	switch b.kind {
	case heading, rawHTML, comment, table:
		return false
	case item:
		if len(b.kids) == 0 {
			return false // it would take in what follows
		}
	default:
	}
	if label := b.label(); label != "" {
		for _, book := range []*labelBook{assessmentBook(), summaryBook()} {
			if _, ok := book.find(label, intake.Fold(w.name)); ok {
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
// stands for a heading. Lists in an item would become its fields.
func (w *writer) onlyParagraphs(text string) bool {
	if !w.contained(text) || trimTask(text) != text {
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

// cell returns text as it stands in a cell of a table. A bar behind a backslash
// cannot be protected by another one, and a comment would hide what follows.
func cell(text string) string {
	return strings.NewReplacer(`\|`, `\&#124;`, "|", `\|`, "<!--", "&lt;!--", "\r\n", "<br>", "\n", "<br>", "\r", " ").Replace(strings.TrimSpace(text))
}

// linkText returns a link as Markdown. An address without title stands in angle
// brackets, as in the template.
func linkText(l *reviewpkgv1.Link) string {
	if l.GetTitle() == "" {
		return "<" + target(l.GetUrl()) + ">"
	}
	return "[" + linkTitle(l.GetTitle()) + "](" + target(l.GetUrl()) + ")"
}

// linkTitle returns the title of a link, cut to what is read as one.
func linkTitle(title string) string {
	return inline(shorten(oneLine(title), maxLink/4))
}

// linkTexts returns links as Markdown.
func linkTexts(list []*reviewpkgv1.Link) []string {
	var out []string
	for _, l := range list {
		out = append(out, linkText(l))
	}
	return out
}

// bold returns a name in bold. It is cut to the length up to which it is read as
// one, and a mark at its end must not look like the end of the bold text.
func bold(name string) string {
	text := inline(name)
	for limit := 2*maxLead - 10; len(text) > 2*maxLead; limit -= 10 {
		text = inline(shorten(oneLine(name), limit))
	}
	if text == "" {
		text = "unnamed" // of blanks alone; nothing would be bold
	}
	if before, ok := strings.CutSuffix(text, `\*`); ok {
		text = before + "&#42;"
	}
	return "**" + text + "**"
}

// target returns the address of a link so that it ends where it ends. An address
// that is one stays as it is.
func target(url string) string {
	var b strings.Builder
	balanced := strings.Count(url, "(") == strings.Count(url, ")") && matching("("+url+")", '(', ')') == len(url)+1
	for i := range len(url) {
		c := url[i]
		if c <= ' ' || c >= 0x7f || strings.IndexByte("<>\"`\\|[]{}^", c) >= 0 || !balanced && (c == '(' || c == ')') {
			fmt.Fprintf(&b, "%%%02X", c)
			continue
		}
		b.WriteByte(c)
	}
	return b.String()
}

// visible returns the text of an item so that there is something to read: the
// item, or its name, would be taken for something else.
func visible(text string) string {
	if strings.TrimSpace(text) == "" {
		return "&nbsp;"
	}
	return text
}
