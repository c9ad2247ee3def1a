package cncf

import (
	"slices"
	"strings"

	"github.com/reviewpkg/sdk/internal/intake"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// adviceItem reads a recommendation from an item: its text, the points below
// it, and what became of it. Of 69 items in the joint reviews, 21 have a link
// to a tracker and 10 say what became of them; where they do, it is below the
// item as often as in it.
func (r *reader) adviceItem(it *block) *reviewpkgv1.Recommendation {
	if len(it.kids) == 0 {
		return nil
	}
	own, points := r.adviceText(it)
	rec := advice(own)
	if rec == nil {
		return nil
	}
	rec.SetId(r.idComment(it.kids))
	// A list of tasks with boxes is how one project keeps what it was told. The
	// box is the state.
	if done, ok := taskState(r.itemText(it)); ok {
		rec.SetKind(reviewpkgv1.RecommendationKind_RECOMMENDATION_KIND_ACTION)
		rec.SetDisposition(done)
	}
	for _, text := range points {
		if point := advice(text); point != nil && strings.HasPrefix(text, quoted) {
			point.SetKind(reviewpkgv1.RecommendationKind_RECOMMENDATION_KIND_RECOMMENDATION)
			rec.SetPoints(append(rec.GetPoints(), point))
			continue
		}
		// This package writes trackers that the text does not link as a point
		// of their own; see missingTrackers.
		if rest, ok := strings.CutPrefix(text, "Trackers: "); ok {
			rec.SetTrackers(append(rec.GetTrackers(), trackers(rest, reviewpkgv1.TrackerRelation_TRACKER_RELATION_TRACKS)...))
			continue
		}
		// The project answers below the item: a change that addresses it, or a
		// sentence of its maintainers. What has a box is a task of its own.
		done, task := taskState(text)
		if d, ok := dispositionOf(text); ok && !task {
			settle(rec, d, text)
			continue
		}
		if point := advice(trimTask(text)); point != nil {
			point.SetDisposition(done)
			if point.GetKind() == 0 {
				point.SetKind(reviewpkgv1.RecommendationKind_RECOMMENDATION_KIND_RECOMMENDATION)
			}
			rec.SetPoints(append(rec.GetPoints(), point))
		}
	}
	return rec
}

// adviceText returns the text of an item without what stands below it, and the
// texts of the points below: nested items, lettered paragraphs, lettered lines.
func (r *reader) adviceText(it *block) (own string, points []string) {
	indent := it.indent(r.page)
	for i := 0; i < len(it.kids); i++ {
		b := it.kids[i]
		switch {
		case i == 0 && b.kind == comment && len(it.kids) > 1 && strings.HasSuffix(strings.TrimSpace(r.Line(b.start)), quoted):
			// A text that is quoted stays one text, whatever is in it.
			own = r.itemText(&block{kind: item, start: it.start, end: it.kids[1].end, kids: it.kids[:2]})
			i++
		case i > 0 && r.hidden(b):
		// An item of the list below is a point, with all that it has.
		case b.kind == list:
			for _, inner := range b.kids {
				points = append(points, r.itemText(inner))
			}
		// The first paragraph, which the bullet stands before.
		case i == 0:
			own = trimTask(r.itemText(&block{kind: item, start: it.start, end: b.end, kids: it.kids[:1]}))
		default:
			switch text := strings.TrimSpace(dedent(r.Lines(b.start, b.end), indent)); {
			case isLettered(text):
				points = append(points, strings.TrimSpace(text[2:]))
			// What follows a lettered point continues it: Markdown does not
			// know letters as markers of lists, so that all of it is
			// paragraphs.
			case len(points) > 0:
				points[len(points)-1] = joinText(points[len(points)-1], text)
			default:
				own = joinText(own, text)
			}
		}
	}
	if strings.HasPrefix(own, quoted) {
		return own, points
	}
	own, glued := cutLetters(own)
	own, broken := cutBreaks(own)
	return own, slices.Concat(broken, glued, points)
}

// cutLetters cuts a text at the lines that begin as lettered points: in
// Markdown they belong to the paragraph above them. Two reviews have lettered
// points, for which Markdown has no lists.
func cutLetters(text string) (own string, points []string) {
	for line := range strings.SplitSeq(text, "\n") {
		trimmed := strings.TrimSpace(line)
		switch {
		case isLettered(trimmed):
			points = append(points, strings.TrimSpace(trimmed[2:]))
		case len(points) > 0:
			points[len(points)-1] += "\n" + trimmed
		case own == "":
			own = line
		default:
			own += "\n" + line
		}
	}
	return own, points
}

// isLettered reports whether a text begins as a lettered point: "a. ". Letters
// behind j are more likely the beginning of a sentence with a variable; no
// review has so many points.
func isLettered(text string) bool {
	return len(text) > 3 && 'a' <= text[0] && text[0] <= 'j' && (text[1] == '.' || text[1] == ')') && text[2] == ' '
}

// cutBreaks cuts a text at HTML line breaks behind which a lettered or numbered
// point begins, as exports from word processors have them. The break is then
// the only mark there is: what stands behind it without a letter continues the
// point before.
func cutBreaks(text string) (own string, points []string) {
	if !strings.Contains(text, "<br") {
		return strings.TrimSpace(text), nil
	}
	pieces := strings.Split(strings.NewReplacer("<br>", "<br/>", "<br />", "<br/>").Replace(text), "<br/>")
	own = strings.TrimSpace(pieces[0])
	for _, p := range pieces[1:] {
		p = strings.TrimSpace(p)
		switch {
		case isLettered(p):
			points = append(points, strings.TrimSpace(p[2:]))
		case len(p) > 3 && '0' <= p[0] && p[0] <= '9' && p[1] == '.':
			points = append(points, strings.TrimSpace(p[2:]))
		case p != "" && len(points) > 0:
			points[len(points)-1] += "\n" + p
		case p != "":
			own = joinText(own, p)
		}
	}
	return own, points
}

// A paragraph that is all in italics is the template speaking, or the reviewers
// about the section, and advises nothing.
func (r *reader) adviceParagraph(s *section, b *block) *reviewpkgv1.Recommendation {
	text := strings.TrimSpace(dedent(r.Lines(b.start, b.end), s.indent))
	if allEmphasised(text) {
		return nil // a remark to the authors
	}
	return advice(text)
}

func allEmphasised(text string) bool {
	_, ok := allItalic(text)
	return ok
}

// advice makes a recommendation of a text, or nil if the text is none. A short
// line that begins with the word itself introduces the list, whatever else it
// says. Severity and author of a marked recommendation stand in its label,
// which becomes the title so that they are kept.
func advice(text string) *reviewpkgv1.Recommendation {
	text = strings.TrimSpace(stripComments(text))
	if text == "" || onlyTemplate(text) || len(text) < 80 && strings.HasPrefix(intake.Fold(text), "recommendations ") {
		return nil
	}
	rec := reviewpkgv1.Recommendation_builder{Trackers: trackers(text, reviewpkgv1.TrackerRelation_TRACKER_RELATION_TRACKS)}.Build()
	if l := splitLead(text); isAdviceLabel(l.label) && l.rest != "" {
		rec.SetTitle(plainText(l.label))
		text = l.rest
	}
	rec.SetText(text)
	// Two reviews put much of their advice as questions. A question needs an
	// answer and not a change, so that the two are told apart.
	if onlyAsks(text) {
		rec.SetKind(reviewpkgv1.RecommendationKind_RECOMMENDATION_KIND_QUESTION)
	}
	// One review quotes the sentence of the self-assessment that it is about,
	// and says below what it means. The quotation is the anchor.
	if quote := quotation(text); quote != "" {
		rec.SetQuote(quote)
	}
	return rec
}

// onlyAsks reports whether every sentence of a text is a question. A sentence
// of advice beside the question is advice. The points of abbreviations end no
// sentence.
func onlyAsks(text string) bool {
	if strings.IndexByte(text, '?') < 0 {
		return false
	}
	// What ends with a word or a full stop does so without its markup as well.
	if end := strings.TrimRight(text, " \n"); end != "" && (end[len(end)-1] == '.' || lowered[end[len(end)-1]] != 0) {
		return false
	}
	plain := strings.TrimSpace(plainText(text))
	if quote := quotation(plain); quote != "" {
		plain = strings.TrimLeft(plain[strings.Index(plain, quote)+len(quote):], "”\" -–.")
	}
	if !strings.HasSuffix(plain, "?") {
		return false
	}
	for i := range len(plain) - 1 {
		if (plain[i] == '.' || plain[i] == '!') && plain[i+1] == ' ' && !strings.HasSuffix(plain[:i], "e.g") && !strings.HasSuffix(plain[:i], "i.e") {
			return false
		}
	}
	return true
}

// quotation returns the passage that a text quotes at its beginning. A few
// quoted words are a term; 40 letters are a sentence of somebody else.
func quotation(text string) string {
	for _, marks := range [][2]string{{"“", "”"}, {`"`, `"`}} {
		if rest, ok := strings.CutPrefix(text, marks[0]); ok {
			if quote, _, ok := strings.Cut(rest, marks[1]); ok && len(quote) > 40 {
				return quote
			}
		}
	}
	return ""
}
