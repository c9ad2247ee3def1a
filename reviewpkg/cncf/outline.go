package cncf

import (
	"slices"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// An outline is a page cut into sections, with the parts that were recognised.
type outline struct {
	*page
	book     *labelBook          // the names that are looked for
	name     string              // of the project, folded
	root     *section            // what stands before the first heading
	list     []*section          // all, in the order of their lines
	found    [partCount]*section // the one section that is read as the part
	preamble *preamble           // what stands before the first part, once it was read
}

// newOutline cuts a page into sections and finds the parts of a template.
// Levels of headings differ from document to document: the template of June
// 2024 has all parts one level deeper, and eight documents skip levels. So a
// part is known by its name, and its place only helps where the name says too
// little.
func newOutline(p *page, book *labelBook, name string) *outline {
	o := &outline{page: p, book: book, name: name}
	o.cut()
	o.recognise()
	return o
}

// cut makes a section of every heading. A heading without text takes the bold
// paragraph below it, as exports from other programs write headings. Three
// documents have empty headings, one of them twelve.
func (o *outline) cut() {
	headings := 0
	for _, b := range o.blocks {
		if b.kind == heading {
			headings++
		}
	}
	// The sections are made at once, and their blocks are slices of those of the
	// page: an outline is made of every document twice.
	all := make([]section, headings+1)
	o.list = make([]*section, 0, headings+headings/2+1) // leads become sections as well
	current, first := &all[0], 0
	current.end = o.LineCount()
	o.root, o.list = current, append(o.list, current)
	for i := 0; i < len(o.blocks); i++ {
		b := o.blocks[i]
		if b.kind != heading {
			continue
		}
		current.blocks, current.end = o.blocks[first:i:i], b.start
		s := &all[len(o.list)]
		s.label, s.folded, s.level, s.start, s.body, s.end = b.head.label, b.head.folded, b.head.level, b.start, b.end, o.LineCount()
		if s.label == "" && i+1 < len(o.blocks) && o.blocks[i+1].kind == paragraph && o.blocks[i+1].label() != "" {
			i++
			s.label, s.folded, s.body = o.blocks[i].head.label, o.blocks[i].head.folded, o.blocks[i].end
		}
		first, s.said = i+1, s.body
		parent := current
		for parent.level >= s.level && parent != o.root {
			parent = parent.parent
		}
		s.parent = parent
		parent.subs = append(parent.subs, s)
		o.list = append(o.list, s)
		current = s
	}
	current.blocks = o.blocks[min(first, len(o.blocks)):]
}

// recognise finds the parts: first by headings, then by what is used for them.
// Headings are surest, so that they are all known before a bold word is looked
// at.
func (o *outline) recognise() {
	// All are matched before any is taken, because what a heading means depends
	// on the parts that stand around it.
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

// match recognises a heading. A generic name needs its place: Design, Default
// and References are headings of many sections.
func (o *outline) match(s *section) {
	m, ok := o.book.findKey(s.label, s.key(), o.name)
	if p := o.audience(s); p != noPart && !slices.Contains(m.parts, p) {
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
// part of it, for authors who write all headings on one level. Of 59 headings
// with goals 13 are not where the template has them, and of 10 on the response
// to vulnerabilities 8; five documents have several titles.
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
// heading names it alone. "Actors and Actions" over a section Actors is their
// common title.
func (o *outline) dropCombined() {
	var alone [partCount]bool
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
// that part: an action may list its actors. Six documents have a heading twice.
// One lists action items under Actions in its appendix, another lists actors
// below each mode of an action.
func (o *outline) takeFirst() {
	for _, s := range o.list {
		s.parts = slices.DeleteFunc(s.parts, func(p part) bool {
			first := o.found[p]
			switch {
			case first == nil:
				o.found[p] = s
				return false
				// Several lists of contents or references are no mistake: a document may
				// have one for each half.
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
					"the part "+p.String()+" occurs a second time", "only the first one is read; put them together")
			}
			return true
		})
	}
}

// rank says how surely a section is a part: by the name of the template, by
// another name where the template has it, by another name elsewhere. Among
// equals the first counts.
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

// insideLeaf reports whether a section lies in one that is a part by itself. A
// second occurrence there is no mistake of the author.
func (o *outline) insideLeaf(s *section) bool {
	for up := s.parent; up != nil; up = up.parent {
		if slices.ContainsFunc(up.parts, isLeaf) {
			return true
		}
	}
	return false
}

// isLeaf reports whether a part holds text, and no other parts. What stands in
// sections below it that are no parts is its text as well. Those that are none
// are headings that the template puts nothing below but other parts.
func isLeaf(p part) bool {
	switch p {
	case metadata, overview, functions, development, resolution, appendix, intendedUse, projectDesign, allFunctions,
		configuration, analysis, handsOn, roadmap, threatModel, summary, recommendations:
		return false
	default:
		return true
	}
}
