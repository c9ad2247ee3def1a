package cncf

import (
	"slices"
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

// part writes a part of the template that is a heading.
func (w *writer) part(level int, title string, n *reviewpkgv1.Narrative) {
	w.heading(level, title)
	if text := w.answer(n); text != "" {
		w.line(text)
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

// people writes a line with the persons that have a part in the review.
func (w *writer) people(label string, kinds ...reviewpkgv1.RoleKind) {
	var names []string
	for _, p := range w.p.GetPeople() {
		for _, r := range p.GetRoles() {
			if oneOf(r.GetKind().String(), kindNames(kinds)...) {
				names = append(names, w.personText(p))
				break
			}
		}
	}
	if len(names) > 0 {
		w.line(label + ": " + strings.Join(names, ", "))
	}
}

func kindNames(kinds []reviewpkgv1.RoleKind) []string {
	var out []string
	for _, k := range kinds {
		out = append(out, k.String())
	}
	return out
}

// otherPeople writes the persons that have any other part, a line for each part.
func (w *writer) otherPeople(but ...reviewpkgv1.RoleKind) {
	for kind := range len(reviewpkgv1.RoleKind_name) {
		role := reviewpkgv1.RoleKind(kind) //nolint:gosec // few
		if slices.Contains(but, role) {
			continue
		}
		for _, r := range roleLabels {
			if r.kind == role {
				w.people(strings.ToUpper(r.label[:1])+r.label[1:], role)
				break
			}
		}
	}
}

// personText returns a person as the lists of people have them.
func (w *writer) personText(p *reviewpkgv1.Person) string {
	out := inline(p.GetName())
	for _, h := range p.GetHandles() {
		out = strings.TrimSpace(out + " (@" + h.GetName() + ")")
		break
	}
	if a := p.GetAffiliation(); strings.Contains(a, " ") {
		out += " (" + inline(a) + ")"
	}
	for _, e := range p.GetEmails() {
		out += " <" + e + ">"
		break
	}
	name := p.GetName()
	if intake.Slug(name) == "" && len(p.GetHandles()) > 0 {
		name = p.GetHandles()[0].GetName()
	}
	if p.GetId() != "person-"+intake.Slug(name) {
		out += " <!-- id: " + p.GetId() + " -->"
	}
	return out
}
