package cncf

import (
	"slices"
	"strings"

	"github.com/reviewpkg/sdk/internal/intake"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// A section is what stands under a heading, or behind something that authors
// use for one: a bold paragraph, or the lead of a list item.
type section struct {
	label  string // plain text of the heading
	folded string // the label as labels are compared, once it was asked for
	level  int    // of the heading; 0 before any, 7 for what is no real one
	start  int    // line of the heading
	body   int    // first line behind the heading
	end    int    // line behind the section's own text
	lead   string // text that follows the label on its own lines
	indent int    // columns that the blocks are indented by
	blocks []*block
	parent *section
	subs   []*section

	parts []part
	how   reviewpkgv1.Derivation
}

// key returns the label as labels are compared.
func (s *section) key() string {
	if s.folded == "" && s.label != "" {
		s.folded = key(s.label)
	}
	return s.folded
}

// has reports whether the section is a part.
func (s *section) has(p part) bool { return slices.Contains(s.parts, p) }

// bare reports whether there is nothing under the heading.
func (s *section) bare() bool {
	for _, b := range s.blocks {
		if b.kind != comment {
			return false
		}
	}
	return s.lead == "" && len(s.subs) == 0
}

// all calls f for the section and for all below it.
func (s *section) all(f func(*section)) {
	f(s)
	for _, sub := range s.subs {
		sub.all(f)
	}
}

// An outline is a page cut into sections, with the parts that were recognised.
type outline struct {
	*page
	book  *labelBook
	name  string // of the project, folded
	root  *section
	list  []*section // all, in the order of their lines
	found map[part]*section
}

// newOutline cuts a page into sections and finds the parts of a template.
func newOutline(p *page, book *labelBook, name string) *outline {
	o := &outline{page: p, book: book, name: name, found: map[part]*section{}}
	o.cut()
	o.recognise()
	return o
}

// cut makes a section of every heading. A heading without text takes the bold
// paragraph below it, as exports from other programs write headings.
func (o *outline) cut() {
	o.root = &section{end: o.LineCount()}
	current := o.root
	o.list = append(o.list, o.root)
	for i := 0; i < len(o.blocks); i++ {
		b := o.blocks[i]
		if b.kind != heading {
			current.blocks = append(current.blocks, b)
			continue
		}
		current.end = b.start
		s := &section{label: b.label, level: b.level, start: b.start, body: b.end, end: o.LineCount()}
		if s.label == "" && i+1 < len(o.blocks) && o.blocks[i+1].label != "" && o.blocks[i+1].kind == paragraph {
			i++
			s.label, s.body = o.blocks[i].label, o.blocks[i].end
		}
		parent := current
		for parent.level >= s.level && parent != o.root {
			parent = parent.parent
		}
		s.parent = parent
		parent.subs = append(parent.subs, s)
		o.list = append(o.list, s)
		current = s
	}
}

// recognise finds the parts: first by headings, then by what is used for them.
func (o *outline) recognise() {
	for _, s := range o.list[1:] {
		o.match(s)
	}
	o.dropCombined()
	o.takeFirst()
	// Sections that the following finds are appended, and need no second look.
	for _, s := range slices.Clone(o.list) {
		o.splitParagraphs(s)
	}
	for i := 0; i < len(o.list); i++ {
		o.splitItems(o.list[i])
	}
}

// match recognises a heading.
func (o *outline) match(s *section) {
	m, ok := o.book.find(s.label, o.name)
	if p := o.audience(s); p != "" && !slices.Contains(m.parts, p) {
		m, ok = match{[]part{p}, reviewpkgv1.Derivation_DERIVATION_ALIAS}, true
	}
	if !ok {
		return
	}
	for _, p := range m.parts {
		if info := o.book.byPart[p]; !info.generic || o.belongs(s, info) {
			s.parts = append(s.parts, p)
		}
	}
	s.how = m.how
}

// belongs reports whether a section stands where a generic name means the part:
// below one of the sections the part is in, or behind such a section or another
// part of it, for authors who write all headings on one level.
func (o *outline) belongs(s *section, info *partInfo) bool {
	for up := s.parent; up != nil; up = up.parent {
		for _, w := range info.within {
			if up.has(w) {
				return true
			}
		}
	}
	i := slices.Index(o.list, s)
	for i--; i > 0; i-- {
		before := o.list[i]
		if len(before.parts) == 0 {
			if before.level < s.level {
				return false
			}
			continue
		}
		return slices.ContainsFunc(before.parts, func(p part) bool {
			return slices.Contains(info.within, p) || slices.ContainsFunc(o.book.byPart[p].within, func(w part) bool {
				return slices.Contains(info.within, w)
			})
		})
	}
	return false
}

// dropCombined takes a part away from a heading that names several if another
// heading names it alone.
func (o *outline) dropCombined() {
	alone := map[part]bool{}
	for _, s := range o.list {
		if len(s.parts) == 1 {
			alone[s.parts[0]] = true
		}
	}
	for _, s := range o.list {
		if len(s.parts) > 1 {
			s.parts = slices.DeleteFunc(s.parts, func(p part) bool { return alone[p] })
			if len(s.parts) == 0 {
				o.Know(s.start, s.end)
			}
		}
	}
}

// takeFirst gives each part to the first section that is it and reports the
// others. An empty section gives way to one that says something, another name
// for a part to the name itself, and a section inside another part is text of
// that part: an action may list its actors.
func (o *outline) takeFirst() {
	for _, s := range o.list {
		s.parts = slices.DeleteFunc(s.parts, func(p part) bool {
			first := o.found[p]
			switch {
			case first == nil:
				o.found[p] = s
				return false
			case p == tableOfContents, p == references:
				return true
			case first.bare() && !s.bare(), o.rank(s, p) < o.rank(first, p) && !s.bare():
				first.parts = slices.DeleteFunc(first.parts, func(q part) bool { return q == p })
				o.found[p] = s
				return false
			case o.rank(s, p) > o.rank(first, p):
			case o.rank(s, p) > 0 && key(s.label) != key(first.label):
				// Two other names: the author has two things to say.
			case !s.bare() && !o.insideLeaf(s):
				o.Warn("duplicate-section", o.LineStart(s.start),
					"the part "+string(p)+" occurs a second time", "only the first one is read; put them together")
			}
			return true
		})
	}
}

// rank says how surely a section is a part: by the name of the template, by
// another name where the template has it, by another name elsewhere.
func (o *outline) rank(s *section, p part) int {
	if s.how == reviewpkgv1.Derivation_DERIVATION_EXACT_HEADING {
		return 0
	}
	for up := s.parent; up != nil; up = up.parent {
		if slices.ContainsFunc(o.book.byPart[p].within, up.has) {
			return 1
		}
	}
	return 2
}

// insideLeaf reports whether a section lies in one that is a part by itself.
func (o *outline) insideLeaf(s *section) bool {
	for up := s.parent; up != nil; up = up.parent {
		if slices.ContainsFunc(up.parts, isLeaf) {
			return true
		}
	}
	return false
}

// isLeaf reports whether a part holds text, and no other parts. What stands in
// sections below it that are no parts is its text as well.
func isLeaf(p part) bool {
	switch p {
	case metadata, overview, functions, development, resolution, appendix, intendedUse, projectDesign, allFunctions,
		configuration, analysis, handsOn, roadmap, threatModel, summary, recommendations:
		return false
	default:
		return true
	}
}

// splitParagraphs makes sections of the paragraphs that begin with the name of
// a part and are marked as headings are: all bold, or a bold lead.
func (o *outline) splitParagraphs(s *section) {
	for i := 0; i < len(s.blocks); i++ {
		b := s.blocks[i]
		if b.kind != paragraph {
			continue
		}
		sub := o.paragraphSection(s, b)
		if sub == nil {
			continue
		}
		// What follows belongs to it, up to the next one.
		sub.blocks = slices.Clone(s.blocks[i+1:])
		sub.end, s.end = s.end, b.start
		s.blocks = s.blocks[:i:i]
		o.list = append(o.list, sub)
		s.subs = slices.Insert(s.subs, 0, sub)
		o.splitParagraphs(sub)
		return
	}
}

// paragraphSection returns the section that a paragraph begins, or nil.
func (o *outline) paragraphSection(s *section, b *block) *section {
	text := strings.TrimSpace(o.Lines(b.start, b.end))
	if text == "" || text[0] != '*' && text[0] != '_' {
		return nil
	}
	l, ok := markedLead(text)
	if b.label != "" {
		l, ok = lead{label: b.label, closed: true}, true
	}
	if !ok || !l.closed {
		return nil
	}
	sub := &section{label: plainText(l.label), level: 7, start: b.start, body: b.start, lead: l.rest, parent: s, indent: s.indent}
	if b.label != "" {
		sub.body = b.end
	}
	for sub.parent.level == 7 && sub.parent.parent != nil { // a bold paragraph ends the one before it
		sub.parent = sub.parent.parent
	}
	if !o.matchLead(sub, l.rest == "") {
		return nil
	}
	sub.parent = s
	return sub
}

// matchLead recognises a lead as a part that its section may hold, if no
// heading is that part. A paragraph that is the name of a part and nothing else
// is a heading in all but its form, and may stand anywhere.
func (o *outline) matchLead(s *section, alone bool) bool {
	if p := o.audience(s); p != "" && alone && o.found[p] == nil {
		s.parts, s.how, o.found[p] = append(s.parts, p), reviewpkgv1.Derivation_DERIVATION_BOLD_LEAD, s
		return true
	}
	m, ok := o.book.find(s.label, o.name)
	if !ok {
		return false
	}
	for _, p := range m.parts {
		info := o.book.byPart[p]
		exact := alone && !info.generic && m.how == reviewpkgv1.Derivation_DERIVATION_EXACT_HEADING
		if o.found[p] == nil && (exact || o.mayHold(s.parent, info)) {
			s.parts = append(s.parts, p)
			o.found[p] = s
		}
	}
	s.how = reviewpkgv1.Derivation_DERIVATION_BOLD_LEAD
	return len(s.parts) > 0
}

// mayHold reports whether a lead in a section may be a part. In a section that
// is no part, names that say enough may be one; inside of a part only its own.
func (o *outline) mayHold(s *section, info *partInfo) bool {
	for up := s; up != nil; up = up.parent {
		if len(up.parts) == 0 {
			continue
		}
		return slices.ContainsFunc(up.parts, func(p part) bool { return slices.Contains(info.within, p) })
	}
	return !info.generic
}

// splitItems makes sections of the list items that begin with the name of a
// part, and leaves the other items to the section.
func (o *outline) splitItems(s *section) {
	if !slices.ContainsFunc(s.parts, o.holdsLeads) {
		return
	}
	var blocks []*block
	for _, b := range s.blocks {
		if b.kind != list {
			blocks = append(blocks, b)
			continue
		}
		rest := o.splitList(s, b)
		if len(rest) == len(b.kids) {
			blocks = append(blocks, b)
			continue
		}
		// What is left are lists of the items that stood together.
		var run *block
		for _, it := range rest {
			if run == nil || !o.neighbours(run, it) {
				run = &block{kind: list, node: b.node, start: it.start}
				blocks = append(blocks, run)
			}
			run.kids = append(run.kids, it)
			run.end = it.end
		}
	}
	s.blocks = blocks
}

// holdsLeads reports whether the template has bullets below a part.
func (o *outline) holdsLeads(p part) bool {
	return slices.ContainsFunc(o.book.infos, func(info partInfo) bool { return slices.Contains(info.within, p) })
}

// splitList makes sections of items, and returns the items that are none.
func (o *outline) splitList(s *section, b *block) []*block {
	var rest []*block
	var open *section // a lead without text of its own
	for _, it := range b.kids {
		if sub := o.itemSection(s, it); sub != nil {
			o.list = append(o.list, sub)
			s.subs = append(s.subs, sub)
			open = nil
			if sub.bare() {
				open = sub
			}
			continue
		}
		if open == nil {
			rest = append(rest, it)
			continue
		}
		// The author gave the label and its points the same indentation.
		if len(open.blocks) == 0 {
			o.Repair("repaired-list", o.LineStart(it.start), "the items below "+open.label+" are not indented",
				"indent them, or nothing shows that they belong to it")
			open.blocks = []*block{{kind: list, node: b.node, start: it.start}}
		}
		l := open.blocks[0]
		l.kids = append(l.kids, it)
		l.end, open.end = it.end, it.end
	}
	return rest
}

// itemSection returns the section that an item begins, or nil.
func (o *outline) itemSection(s *section, it *block) *section {
	if len(it.kids) == 0 || it.kids[0].kind != paragraph && it.kids[0].kind != heading {
		return nil
	}
	first := it.kids[0]
	text := o.itemText(&block{kind: item, start: it.start, end: first.end, kids: it.kids[:1]})
	sub := &section{
		level: 7, start: it.start, body: it.start, end: it.end, parent: s,
		indent: it.indent(o.page), blocks: slices.Clone(it.kids[1:]),
	}
	if first.kind == heading {
		text = first.label + "\n"
	}
	for _, l := range leadCandidates(text) {
		sub.label, sub.lead = plainText(l.label), l.rest
		if o.matchLead(sub, false) {
			return sub
		}
	}
	return nil
}

// leadCandidates returns how a text may be cut into a label and the rest.
func leadCandidates(text string) []lead {
	var out []lead
	if l := splitLead(text); l.label != "" {
		out = append(out, l)
	}
	line, rest, _ := strings.Cut(text, "\n")
	if end := strings.Index(line, ". "); end > 0 && end <= maxLead {
		out = append(out, lead{label: line[:end], rest: strings.TrimSpace(text[end+1:])})
	}
	if len(line) <= maxLead {
		out = append(out, lead{label: line, rest: strings.TrimSpace(rest)})
	}
	return append(out, channelLead(text)...)
}

// channelLead finds a direction that is part of the first sentence: "Internal
// communication takes place in ...". The sentence is the answer as a whole.
func channelLead(text string) []lead {
	folded := intake.Fold(text[:min(len(text), 40)])
	for _, word := range []string{"internal", "inbound", "outbound"} {
		if rest, ok := strings.CutPrefix(folded, word+" communication"); ok && rest != "" {
			return []lead{{label: word, rest: text}}
		}
	}
	return nil
}
