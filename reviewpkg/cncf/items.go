package cncf

import (
	"slices"
	"strings"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// A listing is what a section lists, and the text around it.
type listing struct {
	entries []entry
	note    string // text that belongs to no entry
}

// A grouper says whether a label inside a section names a group of entries
// rather than an entry. Authors divide goals into general and security ones,
// and actors and actions into those of parts of the system.
type grouper func(label string) bool

func noGroups(string) bool { return false }

// entries reads what a section lists, in whichever form its author chose:
// sections below it, tables, bold paragraphs as headings, or lists. Of the
// sections on actors, 25 of 42 have bullets, 16 headings, 17 bold words and 3
// tables, and 32 have prose around these. Forms are tried by how surely they
// list: sections, tables, bold paragraphs, and bullets last, because bullets
// may stand in any of the others.
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

// add adds the entries of a group. The text around a group's entries is text of
// the whole: no field of the model holds it apart.
func (l *listing) add(inner listing, group string) {
	for i := range inner.entries {
		inner.entries[i].group = group
	}
	l.entries = append(l.entries, inner.entries...)
	l.note = joinText(l.note, inner.note)
}

// boldEntries reads bold paragraphs that stand for headings. 22 of 49 documents
// have bold paragraphs where a heading would be.
func (o *outline) boldEntries(s *section, group grouper) (listing, []*block, bool) {
	var out listing
	i := 0
	for i < len(s.blocks) && (s.blocks[i].kind != paragraph || s.blocks[i].label() == "") {
		i++
	}
	rest := s.blocks[:i]
	if i < len(s.blocks) && group(s.blocks[i].label()) {
		// Entries before the first group belong to none.
		out, rest, _ = o.listEntries(&section{blocks: rest, indent: s.indent}, noGroups)
	}
	for i < len(s.blocks) {
		head := s.blocks[i]
		next := i + 1
		for next < len(s.blocks) && (s.blocks[next].kind != paragraph || s.blocks[next].label() == "") {
			next++
		}
		sub := &section{
			label: head.label(), level: 7, start: head.start, body: head.end, end: s.blocks[next-1].end,
			indent: s.indent, blocks: s.blocks[i+1 : next], parent: s,
		}
		if group(head.label()) {
			out.add(o.entries(sub, noGroups), head.label())
		} else {
			e := o.subEntry(sub)
			e.how = reviewpkgv1.Derivation_DERIVATION_BOLD_LEAD
			out.entries = append(out.entries, e)
		}
		i = next
	}
	// A lone bold line is a remark more often than the only entry, unless
	// something stands under it.
	if len(out.entries) == 0 || len(out.entries) == 1 && out.entries[0].text == "" && out.entries[0].group == "" {
		return listing{}, nil, false
	}
	return out, rest, true
}

// listEntries reads the items of the lists of a section. A paragraph with a
// bold name counts as an item: authors drop bullets when an item gets long.
func (o *outline) listEntries(s *section, group grouper) (listing, []*block, bool) {
	var out listing
	var rest []*block
	for _, b := range s.blocks {
		switch {
		case b.kind == list:
			for _, it := range b.kids {
				o.addItem(&out, it, group)
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
// something about it. A bold word alone is a heading, and a bold word in a
// sentence is emphasis.
func (o *outline) leadParagraph(b *block) bool {
	text := strings.TrimSpace(o.Lines(b.start, b.end))
	if !strings.HasPrefix(text, "**") && !strings.HasPrefix(text, "__") {
		return false
	}
	l, ok := markedLead(text)
	return ok && l.closed && l.rest != ""
}

// addItem adds the entry that an item is, or those of the group it names. A
// group without entries below it is an entry that happens to have the name of a
// group.
func (o *outline) addItem(out *listing, it *block, group grouper) {
	text := o.itemText(it)
	if text == "" {
		return
	}
	if label := splitLead(text).label; label != "" && group(label) {
		inner := listing{}
		for _, b := range it.kids {
			if b.kind == list {
				for _, nested := range b.kids {
					o.addItem(&inner, nested, noGroups)
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
	// The comment of the writer stands among the blocks of the item, behind its
	// first paragraph.
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
// sentence. With it, the name in front of the colon would be cut off from what
// makes it a name.
func isHeadline(line string) bool {
	line = plainText(line)
	_, rest, ok := strings.Cut(line, ": ")
	return ok && len(line) <= maxName && !strings.HasSuffix(line, ".") && !strings.HasSuffix(line, ":") && startsName(rest) && len(strings.Fields(rest)) <= 5
}

// textEntry splits the text of an item into its name and the rest. A name is
// bold, a link, words before a colon or dash, or a short line by itself. Bold
// words that a sentence goes on from are its subject, and the sentence would
// lose it.
func (o *outline) textEntry(text string, b *block) entry {
	text = strings.TrimSpace(stripComments(text))
	e := entry{start: b.start, end: b.end, how: reviewpkgv1.Derivation_DERIVATION_STATED, raw: text}
	// Only the first paragraph can be a name; what is nested says more about it.
	// A colon in the third paragraph ends no name.
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
	e.text = withoutBreak(e.text)
	return e
}
