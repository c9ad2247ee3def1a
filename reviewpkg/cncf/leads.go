package cncf

import (
	"slices"
	"strings"

	"github.com/reviewpkg/sdk/internal/intake"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// splitParagraphs makes sections of the paragraphs that begin with the name of
// a part and are marked as headings are: all bold, or a bold lead. Bold leads
// are split before items, because a list below one belongs to it. Each takes
// what follows up to the next, as a heading would.
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
		sub.blocks = s.blocks[i+1:]
		sub.end, s.end = s.end, b.start
		s.blocks = s.blocks[:i:i]
		o.list = append(o.list, sub)
		s.subs = slices.Insert(s.subs, 0, sub)
		o.splitParagraphs(sub)
		return
	}
}

// paragraphSection returns the section that a paragraph begins, or nil. A bold
// word that the sentence goes on from is emphasis, and begins nothing.
func (o *outline) paragraphSection(s *section, b *block) *section {
	if b.head == nil {
		b.head = o.boldHead(b)
	}
	if b.head == noHead {
		return nil
	}
	l := b.head
	sub := &section{label: plainText(l.label), folded: l.folded, level: 7, start: b.start, body: b.start, said: b.end, lead: l.rest, parent: s, indent: s.indent}
	if l.whole {
		sub.body = b.end
	}
	for sub.parent.level == 7 && sub.parent.parent != nil { // a bold paragraph ends the one before it
		sub.parent = sub.parent.parent
	}
	found := o.matchLead(sub, l.rest == "")
	// In a document whose headings are all bold, a part above holds its own:
	// Critical and Relevant below Security functions and features.
	for up := s; !found && up != nil && up.level == 7; up = up.parent {
		sub.parent = up
		found = o.matchLead(sub, l.rest == "")
	}
	if sub.parent = s; !found {
		return nil
	}
	return sub
}

// boldHead reads how a paragraph begins that is not all bold. It is kept with
// the paragraph, because a document is looked at as an assessment and as a
// summary.
func (p *page) boldHead(b *block) *head {
	text := strings.TrimSpace(p.Lines(b.start, b.end))
	if text == "" || text[0] != '*' && text[0] != '_' {
		return noHead
	}
	l, ok := markedLead(text)
	if !ok || !l.closed {
		return noHead
	}
	label := plainText(l.label)
	return &head{label: label, folded: key(label), rest: l.rest}
}

// matchLead recognises a lead as a part that its section may hold, if no
// heading is that part. A paragraph that is the name of a part and nothing else
// is a heading in all but its form, and may stand anywhere. Headings were
// looked through first, and win: the same words as a lead are then text of what
// they stand in.
func (o *outline) matchLead(s *section, alone bool) bool {
	if p := o.audience(s); p != noPart && alone && o.found[p] == nil {
		s.parts, s.how, o.found[p] = append(s.parts, p), reviewpkgv1.Derivation_DERIVATION_BOLD_LEAD, s
		return true
	}
	m, ok := o.book.findKey(s.label, s.key(), o.name)
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
// part, and leaves the other items to the section. Half of what the template
// asks in bullets stands in such items. The template nests some of them;
// authors nest others, or none.
func (o *outline) splitItems(s *section) {
	if !slices.ContainsFunc(s.parts, o.holdsLeads) {
		return
	}
	var blocks []*block
	before := len(o.list)
	for _, b := range s.blocks {
		if b.kind != list {
			blocks = append(blocks, b)
			continue
		}
		rest := o.splitList(s, b)
		// Nothing was taken out, and the list stays the block it is.
		if len(rest) == len(b.kids) {
			blocks = append(blocks, b)
			continue
		}
		// What is left are lists of the items that stood together.
		var run *block
		for _, it := range rest {
			if run == nil || !o.neighbours(run, it) {
				run = &block{kind: list, pos: b.pos, start: it.start}
				blocks = append(blocks, run)
			}
			run.kids = append(run.kids, it)
			run.end = it.end
		}
	}
	if len(o.list) > before {
		// The lines of the parts are theirs; what stands between them stays.
		last := s.said
		if len(blocks) > 0 {
			last = max(last, blocks[len(blocks)-1].end)
		}
		s.end = min(s.end, last)
	}
	s.blocks = blocks
}

// holdsLeads reports whether the template has bullets below a part.
func (o *outline) holdsLeads(p part) bool { return o.book.holds[p] }

// splitList makes sections of items, and returns the items that are none. Who
// copies the label and its text from somewhere loses the indentation between
// them.
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
			open.blocks = []*block{{kind: list, pos: b.pos, start: it.start}}
		}
		l := open.blocks[0]
		l.kids = append(l.kids, it)
		l.end, open.end = it.end, it.end
	}
	return rest
}

// itemSection returns the section that an item begins, or nil. The first
// paragraph decides; a heading in an item is one as well, as exports have it.
func (o *outline) itemSection(s *section, it *block) *section {
	if len(it.kids) == 0 || it.kids[0].kind != paragraph && it.kids[0].kind != heading {
		return nil
	}
	first := it.kids[0]
	text := o.itemText(&block{kind: item, start: it.start, end: first.end, kids: it.kids[:1]})
	sub := &section{
		level: 7, start: it.start, body: it.start, said: first.end, end: it.end, parent: s,
		indent: it.indent(o.page),
	}
	if first.kind == heading {
		text = first.label() + "\n"
	}
	for _, l := range leadCandidates(text) {
		sub.label, sub.folded, sub.lead = plainText(l.label), "", l.rest
		if o.matchLead(sub, false) {
			sub.blocks = it.kids[1:]
			return sub
		}
	}
	return nil
}

// leadCandidates returns how a text may be cut into a label and the rest.
// "Critical. The API server ..." ends the label with a full stop, as the
// template does, which splitLead takes for the end of a sentence; a label may
// also be a line by itself. The first cut that names a part counts.
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
