package cncf

import (
	"regexp"
	"slices"
	"strings"

	"github.com/reviewpkg/sdk/internal/intake"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// readSummary reads a joint README. Nine of twelve reviews follow its template,
// two of them under the name of a joint assessment. Design and analysis are
// bold words in the summary, or headings.
func (r *reader) readSummary() {
	pkg := r.Import().Package
	s := &reviewpkgv1.Summary{}
	r.summaryKeys(s)
	s.SetBackground(r.narrative(background, "summary.background"))
	// Items are kept in their own words: the template asks for a list of adopters
	// and of integrations, and one item may be both.
	if m := r.found[maturity]; m != nil {
		l := r.entries(m, noGroups)
		for i := range l.entries {
			if text := l.entries[i].said(); text != "" && !onlyTemplate(text) {
				s.SetMaturityItems(append(s.GetMaturityItems(), text))
				r.claimEntry("summary.maturity_items["+itoa(len(s.GetMaturityItems())-1)+"]", &l.entries[i])
			}
		}
		s.SetMaturity(r.note(maturity, m, l.note, len(s.GetMaturityItems()), "summary.maturity"))
	}
	s.SetText(r.narrative(summary, "summary.text"))
	s.SetDesign(r.narrative(design, "summary.design"))
	s.SetAnalysis(r.narrative(summaryAnalysis, "summary.analysis"))
	s.SetRecommendationsNote(r.directAdvice())
	r.readAdvice()
	r.readClarifications()
	if !intake.IsEmpty(s) {
		pkg.SetSummary(s)
	}
}

// summaryKeys reads the lines with keys: those at the top, and the tracking
// issue at the end. Authors write them as lines, as bullets, as rows and as
// headings, and mix these.
func (r *reader) summaryKeys(s *reviewpkgv1.Summary) {
	keys, _ := r.preambleKeys()
	for _, k := range slices.Concat(keys, r.keySections(), r.trackingLines()) {
		r.summaryKey(s, k)
	}
}

// keySections returns the keys that are headings or bold leads with their value
// behind or below them. In one review every label is a bold heading.
func (r *reader) keySections() []keyLine {
	var out []keyLine
	for _, s := range r.list {
		if !slices.ContainsFunc(s.parts, isSummaryKey) {
			continue
		}
		k := keyLine{s.label, s.lead, s.start, s.start + 1, s.how}
		rest := s.blocks
		// A label on a line by itself has its value below it: a paragraph or a list.
		if s.lead == "" && len(rest) > 0 {
			k.value, k.end = r.keyValue(rest[0]), rest[0].end
			rest = rest[1:]
		}
		out = append(out, k)
		// What follows is not about this key, and may have keys of its own.
		more, _ := r.keyLines([]*section{{blocks: rest}})
		out = append(out, more...)
	}
	return out
}

// keyValue returns the value that a block below a key is, one item a line.
func (r *reader) keyValue(b *block) string {
	if b.kind != list {
		return strings.TrimSpace(r.Lines(b.start, b.end))
	}
	var items []string
	for _, it := range b.kids {
		items = append(items, r.itemText(it))
	}
	return strings.Join(items, "\n")
}

// isSummaryKey reports whether a part is a line with a key in the template of
// the joint README.
func isSummaryKey(p part) bool {
	switch p {
	case completed, securityReviewers, securityLead, projectTeam, sourceCode, webSite, trackingIssue:
		return true
	default:
		return false
	}
}

// trackingLines takes the lines about trackers out of the sections after the
// preamble: they stand at the end of the document, below the last list. One
// review has a board beside the issue.
func (r *reader) trackingLines() []keyLine {
	var out []keyLine
	preamble := r.preambleSections()
	for _, s := range r.list {
		if slices.Contains(preamble, s) {
			continue
		}
		for i := 0; i < len(s.blocks); i++ {
			b := s.blocks[i]
			if b.kind != paragraph {
				continue
			}
			text := strings.TrimSpace(r.Lines(b.start, b.end))
			if !mayTrack(text) {
				continue // most paragraphs
			}
			l := splitLead(text)
			if k := key(l.label); strings.HasPrefix(k, "tracking") || strings.HasPrefix(k, "project tracking") {
				out = append(out, keyLine{plainText(l.label), l.rest, b.start, b.end, reviewpkgv1.Derivation_DERIVATION_BOLD_LEAD})
				s.blocks = slices.Concat(s.blocks[:i], s.blocks[i+1:]) // a copy: other sections may share the list
				i--
			}
		}
	}
	return out
}

// mayTrack reports whether a text may begin with a label that begins with
// "tracking" or "project tracking", by its first letter.
func mayTrack(text string) bool {
	for i := range len(text) {
		switch c := text[i]; {
		case 'a' <= c|0x20 && c|0x20 <= 'z':
			return c|0x20 == 't' || c|0x20 == 'p'
		case c == '<' || c >= 0x80: // a tag, or a letter that is left out of labels
			return true
		}
	}
	return false
}

// summaryKey reads a key and its value. Keys that are no part may be roles, as
// in any document, or the version that was reviewed, which one review states.
func (r *reader) summaryKey(s *reviewpkgv1.Summary, k keyLine) {
	m, ok := r.book.find(strings.TrimRight(k.key, " :"), "")
	if !ok || len(m.parts) == 0 {
		folded := key(k.key)
		if role := roleOf(folded); role != 0 {
			r.readPeople(k, role)
		}
		if oneOf(folded, "project version reviewed", "version reviewed", "version") && k.value != "" {
			s.SetVersionReviewed(plainText(k.value))
			r.Claim("summary.version_reviewed", k.start, k.end, k.how, "")
		}
		return
	}
	p := m.parts[0]
	// The report tells which parts a document has, and a key line is one without
	// a heading.
	if r.found[p] == nil {
		r.found[p] = &section{parts: []part{p}, label: k.key, start: k.start, body: k.start, end: k.end, how: k.how}
	}
	if r.states[p] = presenceOf(k.value); r.states[p] == 0 {
		r.states[p] = reviewpkgv1.Presence_PRESENCE_ANSWERED
	}
	if isPlaceholder(k.value) {
		r.states[p] = reviewpkgv1.Presence_PRESENCE_TEMPLATE_TEXT
		return
	}
	switch p {
	case completed:
		r.readDate(k, func(d *reviewpkgv1.Date) string { s.SetCompleted(d); return "summary.completed" })
	case securityReviewers: // three to eight
		s.SetReviewerIds(r.summaryPeople(k, p, reviewpkgv1.RoleKind_ROLE_KIND_SECURITY_REVIEWER, "summary.reviewer_ids"))
	case securityLead:
		s.SetProjectSecurityLeadIds(r.summaryPeople(k, p, reviewpkgv1.RoleKind_ROLE_KIND_PROJECT_SECURITY_LEAD, "summary.project_security_lead_ids"))
	case projectTeam:
		s.SetProjectTeamIds(r.summaryPeople(k, p, reviewpkgv1.RoleKind_ROLE_KIND_PROJECT_TEAM, "summary.project_team_ids"))
	case sourceCode: // three repositories in one review
		if l := softwareLinks(k.value); len(l) > 0 {
			s.SetSourceCode(append(s.GetSourceCode(), l...))
			r.Claim("summary.source_code", k.start, k.end, k.how, "")
		}
	case webSite:
		if u := webAddress(k.value); u != "" {
			s.SetWebsite(u)
			r.Claim("summary.website", k.start, k.end, k.how, "")
		}
	case trackingIssue: // below the last list
		r.readTracking(s, k)
	default:
	}
}

// isPlaceholder reports whether a value is the template's: its words, a date of
// letters, or emphasised words that are neither a link nor a handle. The
// template explains in italics what to put there, and one review kept that for
// its team.
func isPlaceholder(value string) bool {
	value = strings.TrimSpace(value)
	if onlyTemplate(value) || oneOf(strings.ToLower(value), "dd mmm yyyy", "mmddyyyy-mmddyyyy", "name, github handle", "_url_") {
		return true
	}
	return allEmphasised(value) && !strings.Contains(value, "@") && len(links(value)) == 0 && strings.Count(value, " ") >= 2 && value == strings.ToLower(value)
}

// summaryPeople reads the people of a key. Who is named twice is one person.
func (r *reader) summaryPeople(k keyLine, p part, role reviewpkgv1.RoleKind, path string) []string {
	var ids []string
	for _, id := range r.readPeople(k, role) {
		if !oneOf(id, ids...) {
			ids = append(ids, id)
		}
	}
	if len(ids) > 0 {
		r.Claim(path, k.start, k.end, k.how, "")
		r.states[p] = reviewpkgv1.Presence_PRESENCE_ANSWERED
		r.count(p, len(ids))
	}
	return ids
}

// readTracking reads where the review was organised: an issue of the community
// or of the project, and a board.
func (r *reader) readTracking(s *reviewpkgv1.Summary, k keyLine) {
	for _, l := range links(k.value) {
		url := intake.URI(l.target)
		if url == "" {
			continue
		}
		t := reviewpkgv1.Tracker_builder{Url: url, Relation: reviewpkgv1.TrackerRelation_TRACKER_RELATION_TRACKS}.Build()
		if !strings.Contains(l.title, "://") {
			t.SetLabel(l.title)
		}
		// The address decides where the key does not: boards of the community are
		// projects of a code host.
		board := strings.Contains(key(k.key), "board") || strings.Contains(url, "/projects/")
		switch {
		case board && !s.HasTrackingBoard():
			s.SetTrackingBoard(t)
			r.Claim("summary.tracking_board", k.start, k.end, k.how, "")
		case !board && !s.HasTrackingIssue():
			s.SetTrackingIssue(t)
			r.Claim("summary.tracking_issue", k.start, k.end, k.how, "")
		}
	}
}

// responseLead finds where the answer to a question begins: "Response (Ann):".
// The mark of a bold word may close before the name, before the colon or behind
// it.
var responseLead = regexp.MustCompile(`(?i)[_*]{0,2}(?:response|answer)(?:[_*]{1,2}(?: ?\([^)]{1,40}\))?: ?|(?: ?\([^)]{1,40}\))?(?:[_*]{1,2}: ?|: ?[_*]{0,2}))`)

// readClarifications reads questions with their answers. One review has four,
// each with the answer of a maintainer in the same item, behind a line break.
func (r *reader) readClarifications() {
	s := r.found[clarifications]
	if s == nil {
		return
	}
	pkg := r.Import().Package
	process := pkg.GetProcess()
	if process == nil {
		process = &reviewpkgv1.ProcessRecord{}
	}
	count := 0
	for _, b := range s.blocks {
		if b.kind != list {
			continue
		}
		for _, it := range b.kids {
			text := strings.NewReplacer("<br/>", "\n", "<br>", "\n", "\\\n", "\n").Replace(r.itemText(it))
			q := reviewpkgv1.ClarifyingQuestion_builder{Question: strings.TrimSpace(text)}.Build()
			if at := responseLead.FindStringIndex(text); at != nil && strings.TrimSpace(text[:at[0]]) != "" {
				q.SetQuestion(strings.TrimSpace(text[:at[0]]))
				q.SetAnswer(strings.TrimSpace(text[at[1]:]))
				q.SetTrackers(trackers(q.GetAnswer(), reviewpkgv1.TrackerRelation_TRACKER_RELATION_RELATED))
			}
			if q.GetQuestion() == "" {
				continue
			}
			// A question may begin with the sentence it asks about.
			q.SetQuote(quotation(q.GetQuestion()))
			// Numbers, because questions have no names and begin alike.
			count++
			q.SetId(r.Import().ID(r.prefix+"question", itoa(count)))
			process.SetClarifyingQuestions(append(process.GetClarifyingQuestions(), q))
			pkg.SetProcess(process)
			r.Claim(`process.clarifying_questions["`+q.GetId()+`"]`, it.start, it.end, reviewpkgv1.Derivation_DERIVATION_STATED, "")
		}
	}
	r.count(clarifications, count)
	if count > 0 {
		r.states[clarifications] = reviewpkgv1.Presence_PRESENCE_ANSWERED
	}
}
