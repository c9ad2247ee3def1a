package cncf

import (
	"slices"
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

// A listing is what a section lists, and the text around it.
type listing struct {
	entries []entry
	note    string // text that belongs to no entry
}

// A grouper says whether a label inside a section names a group of entries
// rather than an entry.
type grouper func(label string) bool

func noGroups(string) bool { return false }

// entries reads what a section lists, in whichever form its author chose:
// sections below it, tables, bold paragraphs as headings, or lists.
func (o *outline) entries(s *section, group grouper) listing {
	out := listing{}
	if subs := o.plainSubs(s); len(subs) > 0 {
		out.note = o.ownText(s)
		// Beside groups, what stands before them belongs to no group.
		if !slices.ContainsFunc(subs, func(sub *section) bool { return !group(sub.label) }) {
			own, rest, found := o.listEntries(s, noGroups)
			if found {
				own.note = joinText(s.lead, o.source(rest, s.indent))
				out = own
			}
		}
		for _, sub := range subs {
			if group(sub.label) {
				if inner := o.entries(sub, noGroups); len(inner.entries) > 0 {
					out.add(inner, sub.label)
					continue
				}
			}
			out.entries = append(out.entries, o.subEntry(sub))
		}
		return out
	}
	var rest []*block
	var found bool
	for _, read := range []func(*section, grouper) (listing, []*block, bool){o.tableEntries, o.boldEntries, o.listEntries} {
		if out, rest, found = read(s, group); found {
			break
		}
	}
	if !found {
		rest = s.blocks
	}
	out.note = joinText(s.lead, o.source(rest, s.indent))
	return out
}

// add adds the entries of a group.
func (l *listing) add(inner listing, group string) {
	for i := range inner.entries {
		inner.entries[i].group = group
	}
	l.entries = append(l.entries, inner.entries...)
	l.note = joinText(l.note, inner.note)
}

func joinText(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + "\n\n" + b
}

// plainSubs returns the sections right below s that are no parts.
func (o *outline) plainSubs(s *section) []*section {
	var out []*section
	for _, sub := range s.subs {
		if len(sub.parts) == 0 && (sub.label != "" || !sub.bare()) {
			out = append(out, sub)
		}
	}
	return out
}

// ownText returns the text of a section before the first one below it.
func (o *outline) ownText(s *section) string {
	return joinText(s.lead, o.source(s.blocks, s.indent))
}

// fullText returns the text of a section with that of the sections below it
// that are no parts, headings included.
func (o *outline) fullText(s *section) string {
	out := o.ownText(s)
	for _, sub := range s.subs {
		if len(sub.parts) > 0 {
			continue
		}
		head := strings.TrimSpace(o.Lines(sub.start, sub.body))
		out = joinText(out, joinText(head, o.fullText(sub)))
	}
	return out
}

// fullEnd returns the line behind a section and those below it that are its
// text.
func (o *outline) fullEnd(s *section) int {
	end := s.end
	for _, sub := range s.subs {
		if len(sub.parts) == 0 {
			end = max(end, o.fullEnd(sub))
		}
	}
	return end
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

// boldEntries reads bold paragraphs that stand for headings.
func (o *outline) boldEntries(s *section, group grouper) (listing, []*block, bool) {
	var out listing
	i := 0
	for i < len(s.blocks) && (s.blocks[i].kind != paragraph || s.blocks[i].label == "") {
		i++
	}
	rest := s.blocks[:i]
	if i < len(s.blocks) && group(s.blocks[i].label) {
		// Entries before the first group belong to none.
		out, rest, _ = o.listEntries(&section{blocks: rest, indent: s.indent}, noGroups)
	}
	for i < len(s.blocks) {
		head := s.blocks[i]
		next := i + 1
		for next < len(s.blocks) && (s.blocks[next].kind != paragraph || s.blocks[next].label == "") {
			next++
		}
		sub := &section{
			label: head.label, level: 7, start: head.start, body: head.end, end: s.blocks[next-1].end,
			indent: s.indent, blocks: s.blocks[i+1 : next], parent: s,
		}
		if group(head.label) {
			out.add(o.entries(sub, noGroups), head.label)
		} else {
			e := o.subEntry(sub)
			e.how = reviewpkgv1.Derivation_DERIVATION_BOLD_LEAD
			out.entries = append(out.entries, e)
		}
		i = next
	}
	// A lone bold line is a remark more often than the only entry, unless
	// something stands under it.
	if len(out.entries) == 0 || len(out.entries) == 1 && out.entries[0].text == "" {
		return listing{}, nil, false
	}
	return out, rest, true
}

// listEntries reads the items of the lists of a section.
func (o *outline) listEntries(s *section, group grouper) (listing, []*block, bool) {
	var out listing
	var rest []*block
	for _, b := range s.blocks {
		switch {
		case b.kind == list:
			for _, it := range b.kids {
				o.addItem(&out, s, it, group)
			}
		case b.kind == paragraph && o.leadParagraph(b):
			e := o.textEntry(strings.TrimSpace(o.Lines(b.start, b.end)), b)
			e.how = reviewpkgv1.Derivation_DERIVATION_BOLD_LEAD
			out.entries = append(out.entries, e)
		default:
			rest = append(rest, b)
		}
	}
	return out, rest, len(out.entries) > 0
}

// leadParagraph reports whether a paragraph begins with a bold name and says
// something about it.
func (o *outline) leadParagraph(b *block) bool {
	text := strings.TrimSpace(o.Lines(b.start, b.end))
	if !strings.HasPrefix(text, "**") && !strings.HasPrefix(text, "__") {
		return false
	}
	l, ok := markedLead(text)
	return ok && l.closed && l.rest != ""
}

// addItem adds the entry that an item is, or those of the group it names.
func (o *outline) addItem(out *listing, s *section, it *block, group grouper) {
	text := o.itemText(it)
	if text == "" {
		return
	}
	if label := splitLead(text).label; label != "" && group(label) {
		inner := listing{}
		for _, b := range it.kids {
			if b.kind == list {
				for _, nested := range b.kids {
					o.addItem(&inner, s, nested, noGroups)
				}
			}
		}
		if len(inner.entries) > 0 {
			out.add(inner, label)
			return
		}
	}
	e := o.textEntry(text, it)
	// "Scheduler: placement" over a list of details is a name as a whole.
	if line, rest, ok := strings.Cut(text, "\n"); ok && len(it.kids) > 1 && it.kids[0].end == it.start+1 && isHeadline(line) {
		e.label, e.target, e.text, e.inline = plainText(line), "", strings.TrimSpace(rest), false
	}
	e.id = o.idComment(it.kids)
	for _, b := range it.kids {
		if b.kind != list {
			continue
		}
		e.kids = append(e.kids, b.kids...)
		for _, nested := range b.kids {
			e.addField(o, nested, it.indent(o.page))
		}
	}
	out.entries = append(out.entries, e)
}

// isHeadline reports whether a line is a name with a colon in it: short, and no
// sentence.
func isHeadline(line string) bool {
	line = plainText(line)
	_, rest, ok := strings.Cut(line, ": ")
	return ok && len(line) <= maxName && !strings.HasSuffix(line, ".") && !strings.HasSuffix(line, ":") && startsName(rest) && len(strings.Fields(rest)) <= 5
}

// textEntry splits the text of an item into its name and the rest.
func (o *outline) textEntry(text string, b *block) entry {
	text = strings.TrimSpace(stripComments(text))
	e := entry{start: b.start, end: b.end, how: reviewpkgv1.Derivation_DERIVATION_STATED, raw: text}
	// Only the first paragraph can be a name; what is nested says more about it.
	first := text
	if i := strings.Index(text, "\n\n"); i >= 0 {
		first = text[:i]
	}
	l := splitLead(first)
	switch {
	case l.label != "" && (!l.marked || l.closed || l.rest == ""):
		e.label, e.target = plainText(l.label), l.target
		e.text = strings.TrimSpace(l.rest + text[len(first):])
	case strings.HasPrefix(first, "**") && l.label != "" && len(l.label) <= maxName:
		// The subject of the sentence is bold: "**Harbor** keeps images."
		e.label, e.text, e.inline = plainText(l.label), text, true
	default:
		line, rest, _ := strings.Cut(text, "\n")
		// A short line is a name by itself.
		if name := plainText(line); len(name) <= maxName && !strings.HasSuffix(name, ".") {
			e.label, e.text = name, strings.TrimSpace(rest)
			break
		}
		e.text = text
	}
	return e
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

// quoted is the comment that says that the quotation behind it is a text that
// would otherwise be taken for structure; see writer.prose.
const quoted = "<!-- quoted -->"

// unquote gives a text that was quoted back.
func unquote(s string) string {
	before, rest, ok := strings.Cut(s, quoted+"\n")
	if !ok {
		return withoutComments(s)
	}
	lines := strings.Split(rest, "\n")
	n := 0
	for n < len(lines) && strings.HasPrefix(lines[n], ">") {
		lines[n] = strings.TrimPrefix(strings.TrimPrefix(lines[n], ">"), " ")
		n++
	}
	return withoutComments(before) + strings.Join(lines[:n], "\n") + withoutComments(strings.Join(lines[n:], "\n"))
}

// stripComments removes the HTML comments of a text.
func stripComments(s string) string {
	if strings.Contains(s, quoted) {
		return unquote(s)
	}
	return withoutComments(s)
}

func withoutComments(s string) string {
	for {
		start := strings.Index(s, "<!--")
		if start < 0 {
			return s
		}
		end := strings.Index(s[start:], "-->")
		if end < 0 {
			return s[:start]
		}
		s = s[:start] + s[start+end+3:]
	}
}

// idComment returns the id that a comment among the blocks gives to what they
// are about.
func (o *outline) idComment(blocks []*block) string {
	for _, b := range blocks {
		if b.kind != comment {
			continue
		}
		text := strings.TrimSpace(o.Lines(b.start, b.end))
		if id, ok := strings.CutPrefix(text, "<!-- id: "); ok {
			id, _, _ = strings.Cut(id, " ")
			return id
		}
	}
	return ""
}
