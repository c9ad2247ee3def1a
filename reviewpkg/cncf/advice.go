package cncf

import (
	"slices"
	"strings"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// readAdvice reads the recommendations of a document, wherever it has them.
// Those of the package are one list; an id says which document each is from.
// Nine of the twelve joint reviews have the headings of the template for them;
// the others have lists in a letter, tables, or lines between the text of an
// assessment.
func (r *reader) readAdvice() {
	for _, a := range []struct {
		part     part
		audience reviewpkgv1.Audience
		kind     reviewpkgv1.RecommendationKind
	}{
		// The order of the list is that of the template of the joint README, so
		// that a package that was rendered comes back in its own order.
		{foundationAdvice, reviewpkgv1.Audience_AUDIENCE_FOUNDATION, reviewpkgv1.RecommendationKind_RECOMMENDATION_KIND_RECOMMENDATION},
		{projectAdvice, reviewpkgv1.Audience_AUDIENCE_PROJECT, reviewpkgv1.RecommendationKind_RECOMMENDATION_KIND_RECOMMENDATION},
		{additionalAdvice, reviewpkgv1.Audience_AUDIENCE_COMMUNITY, reviewpkgv1.RecommendationKind_RECOMMENDATION_KIND_RECOMMENDATION},
		{actionItems, reviewpkgv1.Audience_AUDIENCE_PROJECT, reviewpkgv1.RecommendationKind_RECOMMENDATION_KIND_ACTION},
	} {
		if s := r.found[a.part]; s != nil {
			r.readAdviceSection(a.part, s, a.audience, a.kind)
		}
	}
	for _, s := range r.list {
		r.readOpportunities(s)
	}
	r.readMarkedAdvice()
}

// readAdviceSection reads the items of a section as recommendations; without a
// list, its paragraphs. Of the reviews with a section for advice to the
// project, two have paragraphs there and no items; everywhere else a paragraph
// only introduces the list.
func (r *reader) readAdviceSection(p part, s *section, audience reviewpkgv1.Audience, kind reviewpkgv1.RecommendationKind) {
	a := adviceReader{reader: r, audience: audience, kind: kind}
	// A bold word that stands for the heading has its advice on the same line.
	if s.lead != "" {
		a.add(advice(s.lead), s.start, s.body+1)
	}
	a.section(s)
	for _, sub := range r.plainSubs(s) {
		// Threat models among the recommendations are read as such.
		if isThreatLabel(sub.label) || strings.Contains(key(sub.label), "threat model") {
			continue
		}
		// Headings below the part are topics: one project groups 14 action
		// items by its components.
		a.category = strings.TrimRight(sub.label, " :.")
		a.section(sub)
	}
	r.count(p, a.added)
	r.states[p] = reviewpkgv1.Presence_PRESENCE_ANSWERED
	if a.added == 0 {
		r.states[p] = r.presence(s, r.ownText(s))
	}
}

// directAdvice reads recommendations that stand below their heading with no
// heading that says for whom they are, and returns the text around them. A
// review advises its project; who has advice for others says so. Lists are
// advice there, and paragraphs around them are words about it.
func (r *reader) directAdvice() *reviewpkgv1.Narrative {
	const path = "summary.recommendations_note"
	s := r.found[recommendations]
	if s == nil || r.found[projectAdvice] != nil || r.found[foundationAdvice] != nil || r.found[additionalAdvice] != nil || !r.hasLists(s) {
		return r.narrative(recommendations, path)
	}
	r.readAdviceSection(recommendations, s, reviewpkgv1.Audience_AUDIENCE_PROJECT, reviewpkgv1.RecommendationKind_RECOMMENDATION_KIND_RECOMMENDATION)
	if r.counts[recommendations] == 0 {
		return r.narrative(recommendations, path)
	}
	var around []*block
	for i, b := range s.blocks {
		announces := i+1 < len(s.blocks) && s.blocks[i+1].kind == list && b.kind == paragraph && r.introducesPoints(b)
		if b.kind != list && !announces {
			around = append(around, b)
		}
	}
	added := r.counts[recommendations]
	r.counts[recommendations] = 0 // the note counts them
	return r.note(recommendations, s, r.source(around, s.indent), added, path)
}

// hasLists reports whether a section or one below it that is no part has a list.
func (r *reader) hasLists(s *section) bool {
	isList := func(b *block) bool { return b.kind == list }
	return slices.ContainsFunc(s.blocks, isList) || slices.ContainsFunc(r.plainSubs(s), func(sub *section) bool { return slices.ContainsFunc(sub.blocks, isList) })
}

// An adviceReader reads the recommendations of one part.
type adviceReader struct {
	*reader
	audience reviewpkgv1.Audience
	kind     reviewpkgv1.RecommendationKind
	category string // heading that the section below the part has
	added    int
}

// add adds a recommendation of the part, if a text was one. A question or a
// task has a kind of its own already; the kind of the part is for those that
// state what to do.
func (a *adviceReader) add(rec *reviewpkgv1.Recommendation, start, end int) {
	if rec == nil {
		return
	}
	rec.SetAudience(a.audience)
	if rec.GetKind() == 0 {
		rec.SetKind(a.kind)
	}
	if a.category != "" {
		rec.SetCategory(a.category)
	}
	a.added++
	a.addAdvice(rec, start, end)
}

// section reads the lists of a section, or its paragraphs. With a list,
// paragraphs are the words around it, and no advice; a section without one is
// made of paragraphs.
func (a *adviceReader) section(s *section) {
	// Asked for the section as a whole: a paragraph before the list introduces
	// it, and one behind it closes.
	lists := slices.ContainsFunc(s.blocks, func(b *block) bool { return b.kind == list })
	for i := 0; i < len(s.blocks); i++ {
		b := s.blocks[i]
		switch {
		case b.kind == list:
			for _, it := range b.kids {
				a.add(a.adviceItem(it), it.start, it.end)
			}
		case b.kind == paragraph && i+1 < len(s.blocks) && s.blocks[i+1].kind == list && a.introducesPoints(b):
			// The list says more about this one recommendation, and the
			// section is one of paragraphs.
			i++
			a.add(a.withPoints(a.adviceParagraph(s, b), s.blocks[i]), b.start, s.blocks[i].end)
			lists = false
		case b.kind == paragraph && !lists:
			a.add(a.adviceParagraph(s, b), b.start, b.end)
		}
	}
}

// withPoints returns a recommendation with the items of a list as its points. A
// point is what the recommendation consists of, so that it is no question and
// no task, however it is put.
func (r *reader) withPoints(rec *reviewpkgv1.Recommendation, points *block) *reviewpkgv1.Recommendation {
	for _, it := range points.kids {
		if point := r.adviceItem(it); rec != nil && point != nil {
			point.SetKind(reviewpkgv1.RecommendationKind_RECOMMENDATION_KIND_RECOMMENDATION)
			rec.SetPoints(append(rec.GetPoints(), point))
		}
	}
	return rec
}

// introducesPoints reports whether a paragraph is a recommendation by itself
// and ends by announcing the list below it. A paragraph of one sentence with a
// colon only introduces; one of several has said something before.
func (r *reader) introducesPoints(b *block) bool {
	text := strings.TrimSpace(plainText(r.Lines(b.start, b.end)))
	return strings.HasSuffix(text, ":") && strings.Contains(text, ". ")
}

// A recommendation has no name in any document. Its first words make its id,
// which stays the same when the list is put into another order.
func (r *reader) addAdvice(rec *reviewpkgv1.Recommendation, start, end int) {
	pkg := r.Import().Package
	if rec.GetId() == "" || !r.Import().Take(rec.GetId()) {
		rec.SetId(r.Import().ID("rec", nameOf(rec.GetText(), 40)))
	}
	r.namePoints(rec)
	pkg.SetRecommendations(append(pkg.GetRecommendations(), rec))
	r.Claim(`recommendations["`+rec.GetId()+`"]`, start, end, reviewpkgv1.Derivation_DERIVATION_STATED, "")
}

// namePoints gives the points below a recommendation ids, and its audience.
// Points nest: one review has lettered points, another has remarks to points.
func (r *reader) namePoints(rec *reviewpkgv1.Recommendation) {
	for _, point := range rec.GetPoints() {
		point.SetId(r.Import().ID(rec.GetId(), nameOf(point.GetText(), 24)))
		point.SetAudience(rec.GetAudience())
		r.namePoints(point)
	}
}
