package cncf

import (
	"strings"

	"github.com/yuin/goldmark/parser"
	"google.golang.org/protobuf/reflect/protoreflect"

	"github.com/reviewpkg/sdk/internal/intake"
	"github.com/reviewpkg/sdk/internal/notice"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// A writer writes one document. It follows the reader: what would be read back
// as something else is written in another way, and ids are noted only where the
// reader would make others.
type writer struct {
	b      strings.Builder            // the document so far
	p      *reviewpkgv1.ReviewPackage // never changed
	name   string                     // of the project, on one line
	prefix string                     // of the ids that the reader makes
	ids    *intake.Import             // makes the ids that the reader will make
	parser parser.Parser              // reads a text before it is written
}

func newWriter(p *reviewpkgv1.ReviewPackage, prefix string) *writer {
	name := oneLine(p.GetProject().GetName())
	if name == "" {
		name = "the project"
	}
	return &writer{p: p, name: name, prefix: prefix, ids: intake.New(nil), parser: markdown()}
}

// normalise clears the presence ANSWERED of answers with a text, which says
// nothing that the text does not. The reader cannot tell the two apart.
func normalise(m protoreflect.Message) {
	if n, ok := m.Interface().(*reviewpkgv1.Narrative); ok && n.GetPresence() == reviewpkgv1.Presence_PRESENCE_ANSWERED {
		n.SetPresence(0)
	}
	m.Range(func(fd protoreflect.FieldDescriptor, v protoreflect.Value) bool {
		switch {
		case fd.IsMap() || fd.Kind() != protoreflect.MessageKind:
		case fd.IsList():
			for i := range v.List().Len() {
				normalise(v.List().Get(i).Message())
			}
		default:
			normalise(v.Message())
		}
		return true
	})
}

// line writes lines and a blank line behind them.
func (w *writer) line(lines ...string) {
	for _, l := range lines {
		w.b.WriteString(l)
		w.b.WriteByte('\n')
	}
	w.b.WriteByte('\n')
}

// heading writes a heading. Texts never have one: see contained.
func (w *writer) heading(level int, text string) {
	w.line(strings.Repeat("#", level) + " " + text)
}

// notices writes what the document is not. A document that leaves its package
// must carry that itself.
func (w *writer) notices() {
	var lines []string
	for i, text := range notice.Standing("document", w.p) {
		if i > 0 {
			lines = append(lines, ">")
		}
		lines = append(lines, "> "+text)
	}
	w.line(lines...)
}

// answer returns the text of an answer as the document says it. An answer
// without text is written in the words that the reader knows, and one that
// nobody gave in words that no author uses.
func (w *writer) answer(n *reviewpkgv1.Narrative) string {
	if n == nil {
		return notStated
	}
	if n.GetText() != "" {
		return w.prose(n.GetText(), false)
	}
	switch n.GetPresence() {
	case reviewpkgv1.Presence_PRESENCE_NOT_APPLICABLE:
		return "Not applicable."
	case reviewpkgv1.Presence_PRESENCE_NONE_DECLARED:
		return "None."
	case reviewpkgv1.Presence_PRESENCE_UNKNOWN:
		return "Unknown."
	case reviewpkgv1.Presence_PRESENCE_EMPTY:
		return ""
	default:
		return notStated
	}
}

// part writes a part of the template that is a heading. An answer that is empty
// leaves the heading alone, as authors do.
func (w *writer) part(level int, title string, n *reviewpkgv1.Narrative) {
	w.heading(level, title)
	if text := w.answer(n); text != "" {
		w.line(text)
	}
}

// bullet writes a part of the template that is a bullet: its label, its answer,
// and what is nested below. With a blank line between them, no paragraph runs
// into the next one.
func (w *writer) bullet(label string, n *reviewpkgv1.Narrative, nested ...string) {
	var parts []string
	if text := w.answer(n); text != "" && (n != nil || len(nested) == 0) {
		parts = append(parts, text)
	}
	parts = append(parts, nested...)
	w.line("* " + label)
	for _, p := range parts {
		w.line(indented(p))
	}
}

// listItem returns an item of a list: its text, nested items, and its id if the
// reader would give it another one. The writer asks the same maker of ids as
// the reader, in the same order, to know which it would give.
func (w *writer) listItem(text, kind, name, id string, nested ...string) string {
	parts := []string{text}
	if c := w.idComment(w.prefix+kind, name, id); c != "" {
		parts = append(parts, c)
	}
	parts = append(parts, nested...)
	return "* " + strings.TrimPrefix(indented(strings.Join(parts, "\n\n")), "  ")
}

// named returns the text of an item with a name. Bold, because a colon alone
// may stand in the name.
func (w *writer) named(name, text string) string {
	out := bold(name)
	if strings.TrimSpace(text) == "" {
		if isHeadline(out) {
			out += ":" // or what is written below would count to it
		}
		return out
	}
	text = w.prose(text, true)
	// A short text behind a colon would be taken for a part of the name.
	if first, _, _ := strings.Cut(out+": "+text, "\n"); isHeadline(first) {
		text = quote(text)
	}
	if strings.HasPrefix(text, quoted) {
		return out + ":\n" + text
	}
	return out + ": " + text
}

// labelled returns a nested item "* Label: text", or nothing without a text.
// The reader takes labels of nested items for fields, and leaves other nested
// items in the text.
func (w *writer) labelled(label, text string) []string {
	if strings.TrimSpace(text) == "" {
		return nil
	}
	text = w.prose(text, true)
	if strings.HasPrefix(text, quoted) {
		return []string{"* " + label + ":\n" + indented(text)}
	}
	return []string{"* " + label + ": " + strings.TrimPrefix(indented(text), "  ")}
}

// items writes the items of a part with the text around them. What a part has
// neither of says so.
func (w *writer) items(note *reviewpkgv1.Narrative, list []string, notesAreItems bool) {
	w.line(strings.Join(w.itemParts(note, list, notesAreItems), "\n\n"))
}

// itemParts returns the text around the items of a part, and the items. Where
// paragraphs count as items, the text is quoted. Otherwise the reader would
// count the text as one more.
func (w *writer) itemParts(note *reviewpkgv1.Narrative, list []string, notesAreItems bool) []string {
	var parts []string
	switch text := note.GetText(); {
	case text != "" && (notesAreItems && len(list) == 0 || !w.onlyParagraphs(text)):
		parts = append(parts, quote(text))
	case note != nil || len(list) == 0:
		text := w.answer(note)
		if notesAreItems && text == notStated {
			text = quote(text)
		}
		if text != "" {
			parts = append(parts, text)
		}
	}
	return append(parts, list...)
}

// idComment returns the comment that gives an item its id, if the reader would
// give it another one. What is no id is left out: it could end the comment.
func (w *writer) idComment(prefix, name, id string) string {
	natural := intake.New(nil).ID(prefix, name) == id
	if !w.ids.Take(id) || natural {
		return ""
	}
	return "<!-- id: " + id + " -->"
}
