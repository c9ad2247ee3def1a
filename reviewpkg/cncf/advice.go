package cncf

import (
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"

	"github.com/reviewpkg/sdk/internal/intake"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// readAdvice reads the recommendations of a document, wherever it has them.
// Those of the package are one list; an id says which document each is from.
func (r *reader) readAdvice() {
	for _, a := range []struct {
		part     part
		audience reviewpkgv1.Audience
		kind     reviewpkgv1.RecommendationKind
	}{
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
// list, its paragraphs.
func (r *reader) readAdviceSection(p part, s *section, audience reviewpkgv1.Audience, kind reviewpkgv1.RecommendationKind) {
	category := ""
	count := 0
	add := func(rec *reviewpkgv1.Recommendation, start, end int) {
		if rec == nil {
			return
		}
		rec.SetAudience(audience)
		if rec.GetKind() == 0 {
			rec.SetKind(kind)
		}
		if category != "" {
			rec.SetCategory(category)
		}
		count++
		r.addAdvice(rec, start, end)
	}
	read := func(s *section) {
		lists := false
		for _, b := range s.blocks {
			lists = lists || b.kind == list
		}
		for i := 0; i < len(s.blocks); i++ {
			b := s.blocks[i]
			switch {
			case b.kind == list:
				for _, it := range b.kids {
					add(r.adviceItem(it), it.start, it.end)
				}
			case b.kind == paragraph && i+1 < len(s.blocks) && s.blocks[i+1].kind == list && r.introducesPoints(b):
				// The list says more about this one recommendation, and the
				// section is one of paragraphs.
				rec := r.adviceParagraph(s, b)
				for _, it := range s.blocks[i+1].kids {
					if point := r.adviceItem(it); rec != nil && point != nil {
						point.SetKind(reviewpkgv1.RecommendationKind_RECOMMENDATION_KIND_RECOMMENDATION)
						rec.SetPoints(append(rec.GetPoints(), point))
					}
				}
				add(rec, b.start, s.blocks[i+1].end)
				lists = false
				i++
			case b.kind == paragraph && !lists:
				add(r.adviceParagraph(s, b), b.start, b.end)
			}
		}
	}
	if s.lead != "" {
		add(advice(s.lead), s.start, s.body+1)
	}
	read(s)
	for _, sub := range r.plainSubs(s) {
		// Threat models among the recommendations are read as such.
		if isThreatLabel(sub.label) || strings.Contains(key(sub.label), "threat model") {
			continue
		}
		category = strings.TrimRight(sub.label, " :.")
		read(sub)
	}
	r.count(p, count)
	r.states[p] = reviewpkgv1.Presence_PRESENCE_ANSWERED
	if count == 0 {
		r.states[p] = r.presence(s, r.ownText(s))
	}
}

// introducesPoints reports whether a paragraph is a recommendation by itself and
// ends by announcing the list below it.
func (r *reader) introducesPoints(b *block) bool {
	text := strings.TrimSpace(plainText(r.Lines(b.start, b.end)))
	return strings.HasSuffix(text, ":") && strings.Contains(text, ". ")
}

// readOpportunities reads the list below a line that says that opportunities
// for improvement follow.
func (r *reader) readOpportunities(s *section) {
	for i, b := range s.blocks {
		if b.kind != paragraph || i+1 >= len(s.blocks) || s.blocks[i+1].kind != list {
			continue
		}
		text := intake.Fold(r.Lines(b.start, b.end))
		if !strings.Contains(text, "opportunities for improvement") || len(text) > 120 {
			continue
		}
		for _, it := range s.blocks[i+1].kids {
			if rec := r.adviceItem(it); rec != nil {
				rec.SetAudience(reviewpkgv1.Audience_AUDIENCE_PROJECT)
				if rec.GetKind() == 0 {
					rec.SetKind(reviewpkgv1.RecommendationKind_RECOMMENDATION_KIND_RECOMMENDATION)
				}
				rec.SetCategory(s.label)
				r.addAdvice(rec, it.start, it.end)
			}
		}
	}
}

func (r *reader) addAdvice(rec *reviewpkgv1.Recommendation, start, end int) {
	pkg := r.Import().Package
	if rec.GetId() == "" || !r.Import().Take(rec.GetId()) {
		rec.SetId(r.Import().ID("rec", shorten(plainText(beginning(rec.GetText())), 40)))
	}
	r.namePoints(rec)
	pkg.SetRecommendations(append(pkg.GetRecommendations(), rec))
	r.Claim(`recommendations["`+rec.GetId()+`"]`, start, end, reviewpkgv1.Derivation_DERIVATION_STATED, "")
}

// namePoints gives the points below a recommendation ids, and its audience.
func (r *reader) namePoints(rec *reviewpkgv1.Recommendation) {
	for _, point := range rec.GetPoints() {
		point.SetId(r.Import().ID(rec.GetId(), shorten(plainText(beginning(point.GetText())), 24)))
		point.SetAudience(rec.GetAudience())
		r.namePoints(point)
	}
}

// adviceItem reads a recommendation from an item: its text, the points below
// it, and what became of it.
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
	if done, ok := taskState(it.kids[0].node); ok {
		rec.SetKind(reviewpkgv1.RecommendationKind_RECOMMENDATION_KIND_ACTION)
		rec.SetDisposition(done)
	}
	for _, text := range points {
		if rest, ok := strings.CutPrefix(text, "Trackers: "); ok {
			rec.SetTrackers(append(rec.GetTrackers(), trackers(rest, reviewpkgv1.TrackerRelation_TRACKER_RELATION_TRACKS)...))
			continue
		}
		if d, ok := dispositionOf(text); ok {
			settle(rec, d, text)
			continue
		}
		if point := advice(text); point != nil {
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
	for i, b := range it.kids {
		switch {
		case b.kind == list:
			for _, inner := range b.kids {
				points = append(points, trimTask(r.itemText(inner)))
			}
		case i == 0:
			own = trimTask(r.itemText(&block{kind: item, start: it.start, end: b.end, kids: it.kids[:1]}))
		default:
			text := strings.TrimSpace(dedent(r.Lines(b.start, b.end), indent))
			if isLettered(text) {
				points = append(points, strings.TrimSpace(text[2:]))
			} else if len(points) > 0 {
				points[len(points)-1] = joinText(points[len(points)-1], text)
			} else {
				own = joinText(own, text)
			}
		}
	}
	own, glued := cutLetters(own)
	own, broken := cutBreaks(own)
	return own, slices.Concat(broken, glued, points)
}

// cutLetters cuts a text at the lines that begin as lettered points: in Markdown
// they belong to the paragraph above them.
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

// isLettered reports whether a text begins as a lettered point: "a. ".
func isLettered(text string) bool {
	return len(text) > 3 && 'a' <= text[0] && text[0] <= 'j' && (text[1] == '.' || text[1] == ')') && text[2] == ' '
}

// cutBreaks cuts a text at HTML line breaks behind which a lettered or numbered
// point begins, as exports from word processors have them.
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

// advice makes a recommendation of a text, or nil if the text is none.
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
	if onlyAsks(text) {
		rec.SetKind(reviewpkgv1.RecommendationKind_RECOMMENDATION_KIND_QUESTION)
	}
	if quote := quotation(text); quote != "" {
		rec.SetQuote(quote)
	}
	return rec
}

// onlyAsks reports whether every sentence of a text is a question.
func onlyAsks(text string) bool {
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

// quotation returns the passage that a text quotes at its beginning.
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

// taskState returns the state of a task box, if a text begins with one.
func taskState(n ast.Node) (reviewpkgv1.Disposition, bool) {
	if n == nil || n.FirstChild() == nil {
		return 0, false
	}
	box, ok := n.FirstChild().(*extast.TaskCheckBox)
	switch {
	case !ok:
		return 0, false
	case box.IsChecked:
		return reviewpkgv1.Disposition_DISPOSITION_DONE, true
	default:
		return reviewpkgv1.Disposition_DISPOSITION_OPEN, true
	}
}

func trimTask(text string) string {
	for _, box := range []string{"[ ] ", "[x] ", "[X] "} {
		if rest, ok := strings.CutPrefix(text, box); ok {
			return rest
		}
	}
	return text
}

// dispositionOf reads what became of a recommendation from a remark below it. A
// remark that says nothing of the kind is a point of its own; one by the
// maintainers is an answer.
func dispositionOf(text string) (reviewpkgv1.Disposition, bool) {
	folded := intake.Fold(plainText(text))
	starts := func(words ...string) bool {
		for _, w := range words {
			if strings.HasPrefix(folded, w) {
				return true
			}
		}
		return false
	}
	if d, ok := statedDisposition(text); ok {
		return d, true
	}
	switch {
	case starts("addressed", "fixed", "resolved", "done", "completed", "implemented", "merged", "this has been addressed", "this has been fixed", "this was fixed", "this was addressed", "docs have been updated", "documentation has been updated", "has been fixed", "has been addressed", "updated in", "added in"):
		return reviewpkgv1.Disposition_DISPOSITION_DONE, true
	case starts("filed", "tracked", "issue filed", "tracking", "opened", "created issue") && containsAny(folded, "fixed", "resolved", "merged", "addressed", "completed", "closed"):
		return reviewpkgv1.Disposition_DISPOSITION_DONE, true
	case starts("in progress", "being implemented", "being addressed", "work in progress", "working on", "being worked"):
		return reviewpkgv1.Disposition_DISPOSITION_IN_PROGRESS, true
	case starts("accepted", "planned", "on the roadmap", "added to the roadmap"):
		return reviewpkgv1.Disposition_DISPOSITION_ACCEPTED, true
	case starts("filed", "tracked in", "tracked by", "issue filed", "opened issue", "created issue", "tracking issue"):
		return reviewpkgv1.Disposition_DISPOSITION_OPEN, true
	case starts("out of scope"):
		return reviewpkgv1.Disposition_DISPOSITION_OUT_OF_SCOPE, true
	case starts("won t fix", "wont fix", "will not fix", "declined", "rejected"):
		return reviewpkgv1.Disposition_DISPOSITION_DECLINED, true
	case starts("not applicable"):
		return reviewpkgv1.Disposition_DISPOSITION_NOT_APPLICABLE, true
	case starts("maintainers", "maintainer response", "project response", "response") && containsAny(folded, "ve added", "have added", "has been added", "has been fixed", "was fixed", "have fixed"):
		return reviewpkgv1.Disposition_DISPOSITION_DONE, true
	case starts("maintainers", "maintainer response", "project response", "response") && containsAny(folded, " ll add", "will add", "will be added", "will fix", "plan to"):
		return reviewpkgv1.Disposition_DISPOSITION_ACCEPTED, true
	case starts("maintainers", "maintainer response", "response", "project response", "answer"):
		return reviewpkgv1.Disposition_DISPOSITION_UNSPECIFIED, true
	default:
		return 0, false
	}
}

// dispositionWords say in one word what became of a recommendation.
func dispositionWords() []string {
	return []string{"", "Open", "Accepted", "In progress", "Done", "Mitigated", "Declined", "Out of scope", "Not applicable"}
}

// statedDisposition reads a remark that is one such word.
func statedDisposition(text string) (reviewpkgv1.Disposition, bool) {
	for d, word := range dispositionWords() {
		if word != "" && text == word+"." {
			return reviewpkgv1.Disposition(d), true //nolint:gosec // an index of the list
		}
	}
	return 0, false
}

// settle notes what became of a recommendation. A change that fixed something
// is a tracker of that kind.
func settle(rec *reviewpkgv1.Recommendation, d reviewpkgv1.Disposition, text string) {
	if d != 0 {
		rec.SetDisposition(d)
	}
	if _, ok := statedDisposition(text); ok {
		return
	}
	rec.SetDispositionText(joinText(rec.GetDispositionText(), text))
	for _, t := range trackers(text, reviewpkgv1.TrackerRelation_TRACKER_RELATION_TRACKS) {
		if d == reviewpkgv1.Disposition_DISPOSITION_DONE && !strings.Contains(t.GetUrl(), "/issues/") {
			t.SetRelation(reviewpkgv1.TrackerRelation_TRACKER_RELATION_FIXES)
		}
		rec.SetTrackers(append(rec.GetTrackers(), t))
	}
}

// trackers returns the links of a text that lead to items of issue trackers.
func trackers(text string, relation reviewpkgv1.TrackerRelation) []*reviewpkgv1.Tracker {
	var out []*reviewpkgv1.Tracker
	for _, l := range links(text) {
		url := intake.URI(l.target)
		if url == "" || !isTracker(url) {
			continue
		}
		t := reviewpkgv1.Tracker_builder{Url: url, Label: l.title, Relation: relation}.Build()
		if strings.Contains(l.title, "://") || len(l.title) > 60 {
			t.SetLabel("")
		}
		out = append(out, t)
	}
	return out
}

// isTracker reports whether a page is an item of an issue tracker or a board.
func isTracker(url string) bool {
	if containsAny(url, "/issues/", "/pull/", "/pulls/", "/discussions/", "/merge_requests/", "/browse/", "bugs.launchpad.net/", "/projects/") && containsAny(url, "github.com", "gitlab", "jira", "issues.", "launchpad", "/browse/") {
		last := url[strings.LastIndexByte(strings.TrimRight(url, "/"), '/')+1:]
		return strings.ContainsAny(last, "0123456789")
	}
	return false
}
