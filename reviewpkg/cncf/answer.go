package cncf

import (
	"slices"
	"strings"

	"github.com/reviewpkg/sdk/internal/intake"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// claimSection says that the value at path holds a section. A part that holds
// others claims its own lines only, so that no line has two owners.
func (r *reader) claimSection(s *section, path string) {
	end := s.end
	if slices.ContainsFunc(s.parts, isLeaf) {
		end = r.fullEnd(s)
	}
	r.Claim(path, s.start, end, s.how, "")
}

// narrative reads a part that is one answer in words. It returns nil if the
// document does not have the part. Authors answer in sections of their own
// below a part: 41 % of all headings match no part. Those are text of the part
// that they stand in, unless it only holds other parts.
func (r *reader) narrative(p part, path string) *reviewpkgv1.Narrative {
	s := r.found[p]
	if s == nil {
		return nil
	}
	text := r.ownText(s)
	if isLeaf(p) {
		text = r.fullText(s)
	}
	n := r.answer(p, s, text)
	if n != nil {
		r.claimSection(s, path)
	}
	return n
}

// answer returns a text as the answer that a part gives. A part without text
// that other parts stand in has no answer of its own and is not empty. Six
// states of an answer are in the documents: answered, empty, the template's
// text, not applicable, none, and not known.
func (r *reader) answer(p part, s *section, text string) *reviewpkgv1.Narrative {
	text = strings.TrimSpace(stripComments(text))
	if text == notStated {
		return nil
	}
	state := r.presence(s, text)
	if state == 0 && asksForList(p) {
		state = listPresence(text)
	}
	// 28 % of the bullets of the template are missing, and most of what they
	// ask stands in the part above or beside. Empty is said only of what nobody
	// wrote below either.
	if state == reviewpkgv1.Presence_PRESENCE_EMPTY && (!isLeaf(p) && (len(s.subs) > 0 || r.counts[p] > 0)) {
		return nil
	}
	if state == reviewpkgv1.Presence_PRESENCE_TEMPLATE_TEXT && !isLeaf(p) && len(s.subs) > 0 {
		r.leftOver[p] = true
		return nil // what counts is in the parts below; see settle
	}
	r.states[p] = state
	switch state {
	case reviewpkgv1.Presence_PRESENCE_EMPTY, reviewpkgv1.Presence_PRESENCE_TEMPLATE_TEXT:
		// The text of the template says nothing about the project.
		text = ""
	case reviewpkgv1.Presence_PRESENCE_UNSPECIFIED:
		r.states[p] = reviewpkgv1.Presence_PRESENCE_ANSWERED
	default:
		// What the author declared stands as it is, with its words.
	}
	return intake.Narrative(text, state)
}

// asksForList reports whether a part asks for a list. There, "there are none so
// far, and this is why" is an answer of many sentences.
func asksForList(p part) bool {
	return p == knownIssues || p == closedIssues || p == caseStudies || p == existingAudits || p == requests
}

// notStated is what the documents that this package writes say where the package
// says nothing.
const notStated = "*Not stated.*"

// note returns the text of a part around its items, as an answer. Nothing is
// nothing here, unless the part has no items either. Where the template has
// both a bullet list and instructions, the instructions are what is left when
// the items are gone; they are no note.
func (r *reader) note(p part, s *section, text string, items int, path string) *reviewpkgv1.Narrative {
	r.count(p, items)
	text = strings.TrimSpace(stripComments(text))
	if text == notStated {
		return nil
	}
	// A list of the template's own samples is a question that nobody answered.
	if items == 0 && text == "" && r.template(s.start, r.fullEnd(s), r.fullText(s)) {
		text = r.fullText(s) // the items were those of the template
	}
	if items > 0 {
		r.states[p] = reviewpkgv1.Presence_PRESENCE_ANSWERED
		if text == "" || onlyTemplate(text) {
			return nil
		}
	}
	var n *reviewpkgv1.Narrative
	if items > 0 {
		n = intake.Narrative(text, reviewpkgv1.Presence_PRESENCE_UNSPECIFIED)
	} else {
		n = r.answer(p, s, text)
	}
	if n != nil {
		r.claimSection(s, path)
	}
	return n
}
