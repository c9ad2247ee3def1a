package cncf

import (
	"strings"

	"github.com/yuin/goldmark/parser"
	"google.golang.org/protobuf/reflect/protoreflect"

	"github.com/reviewpkg/sdk/internal/intake"
	"github.com/reviewpkg/sdk/internal/notice"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// A writer writes one document.
type writer struct {
	b      strings.Builder
	p      *reviewpkgv1.ReviewPackage
	name   string
	prefix string         // of the ids that the reader makes
	ids    *intake.Import // makes the ids that the reader will make
	parser parser.Parser
}

func newWriter(p *reviewpkgv1.ReviewPackage, prefix string) *writer {
	name := oneLine(p.GetProject().GetName())
	if name == "" {
		name = "the project"
	}
	return &writer{p: p, name: name, prefix: prefix, ids: intake.New(nil), parser: markdown()}
}

// normalise clears the presence ANSWERED of answers with a text, which says
// nothing that the text does not.
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

func (w *writer) heading(level int, text string) {
	w.line(strings.Repeat("#", level) + " " + text)
}

// notices writes what the document is not.
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

// answer returns the text of an answer as the document says it.
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

// bullet writes a part of the template that is a bullet: its label, its answer,
// and what is nested below.
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
// reader would give it another one.
func (w *writer) listItem(text, kind, name, id string, nested ...string) string {
	parts := append([]string{text}, nested...)
	if id != "" && w.ids.ID(w.prefix+kind, name) != id {
		w.ids.Take(id)
		parts = append(parts, "<!-- id: "+id+" -->")
	}
	return "* " + strings.TrimPrefix(indented(strings.Join(parts, "\n\n")), "  ")
}

// named returns the text of an item with a name.
func (w *writer) named(name, text string) string {
	out := "**" + inline(name) + "**"
	if text == "" {
		return out
	}
	text = w.prose(text, true)
	if strings.HasPrefix(text, quoted) {
		return out + ":\n" + text
	}
	return out + ": " + text
}

// labelled returns a nested item "* Label: text", or nothing without a text.
func (w *writer) labelled(label, text string) []string {
	if text == "" {
		return nil
	}
	text = w.prose(text, true)
	if strings.HasPrefix(text, quoted) {
		return []string{"* " + label + ":\n" + indented(text)}
	}
	return []string{"* " + label + ": " + strings.TrimPrefix(indented(text), "  ")}
}

// items writes the items of a part with the text around them.
func (w *writer) items(note *reviewpkgv1.Narrative, list []string, notesAreItems bool) {
	w.line(strings.Join(w.itemParts(note, list, notesAreItems), "\n\n"))
}

// itemParts returns the text around the items of a part, and the items. Where
// paragraphs count as items, the text is quoted.
func (w *writer) itemParts(note *reviewpkgv1.Narrative, list []string, notesAreItems bool) []string {
	var parts []string
	switch text := note.GetText(); {
	case text != "" && (notesAreItems && len(list) == 0 || !w.onlyParagraphs(text)):
		parts = append(parts, quote(text))
	case note != nil || len(list) == 0:
		if text := w.answer(note); text != "" {
			parts = append(parts, text)
		}
	}
	return append(parts, list...)
}
