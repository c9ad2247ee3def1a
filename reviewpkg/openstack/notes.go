package openstack

import (
	"fmt"
	"strings"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// notes reads the notes of a review meeting.
func (r *reader) notes(p *page) {
	p.SetGeneration("2016-12", "")
	notes := r.reviewNotes()
	// Bullets are abuse cases; what else stands there is about them all, and stays
	// in the section.
	p.each(partAbuse, func(_ *section, blocks []*block) {
		for _, b := range blocks {
			// The words of the template are gone here: each leaves them out.
			text := value(b.text, b.kids)
			if b.kind != item || text == "" {
				continue
			}
			notes.SetAbuseCases(append(notes.GetAbuseCases(), text))
			p.answered(partAbuse, 1)
			p.Claim(fmt.Sprintf("review.notes.abuse_cases[%d]", len(notes.GetAbuseCases())-1), b.start, b.end, reviewpkgv1.Derivation_DERIVATION_STATED, "")
		}
	})
	walkthrough := func(x *part, path string, set func(string)) {
		var texts []string
		p.each(x, func(s *section, blocks []*block) {
			if text := flat(blocks); text != "" {
				texts = append(texts, text)
				p.Claim(path, s.body, s.end, reviewpkgv1.Derivation_DERIVATION_STATED, "")
			}
		})
		// Pages repeat the heading where the walk went on after a break.
		set(strings.Join(texts, "\n\n"))
	}
	walkthrough(partWalkthrough, "review.notes.architecture_walkthrough", notes.SetArchitectureWalkthrough)
	walkthrough(partFlowWalkthrough, "review.notes.flow_walkthrough", notes.SetFlowWalkthrough)
	p.each(partActions, func(_ *section, blocks []*block) {
		for _, b := range blocks {
			text := value(b.text, b.kids)
			if b.kind != item || text == "" {
				continue
			}
			// Numbers of actions are no ids: they change when one is done.
			a := reviewpkgv1.ActionItem_builder{Id: r.id(b, "action", text), Text: text}.Build()
			notes.SetActions(append(notes.GetActions(), a))
			p.answered(partActions, 1)
			p.Claim(itemPath("review.notes.actions", a.GetId()), b.start, b.end, reviewpkgv1.Derivation_DERIVATION_STATED, "")
		}
	})
}
