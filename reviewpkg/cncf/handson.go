package cncf

import (
	"strings"

	"github.com/reviewpkg/sdk/internal/intake"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// readHandsOn reads whether there was a hands-on assessment, and what it found.
// The sentence of the template has both answers in it, "did/did not"; who
// leaves it as it is has answered nothing. The findings are read with all
// others, see findingRows.
func (r *reader) readHandsOn() {
	s := r.found[handsOn]
	if s == nil {
		return
	}
	h := &reviewpkgv1.HandsOnAssessment{}
	text := r.ownText(s)
	switch folded := intake.Fold(plainText(stripComments(text))); {
	case containsAny(folded, "did did not receive"): // the template's own words
	case strings.Contains(folded, "did not receive"):
		h.SetPerformed(reviewpkgv1.Answer_ANSWER_NO)
	case containsAny(folded, " did receive ", " received a hands"):
		h.SetPerformed(reviewpkgv1.Answer_ANSWER_YES)
	}
	// Only what the sentence says; a table that is filled in says nothing of
	// it.
	if h.GetPerformed() != 0 {
		r.claimSection(s, r.at("hands_on.performed"))
		r.states[handsOn] = reviewpkgv1.Presence_PRESENCE_ANSWERED
	}
	h.SetResult(r.narrative(handsOnResult, r.at("hands_on.result")))
	if d := r.found[handsOnDetails]; d != nil {
		r.handsOnDetails(h, d)
	}
	if !intake.IsEmpty(h) {
		r.a.SetHandsOn(h)
	}
}

// handsOnDetails reads who took part and when, from the table of the template.
// Its dates have the month first, as the template says.
func (r *reader) handsOnDetails(h *reviewpkgv1.HandsOnAssessment, s *section) {
	keys, _ := r.keyLines([]*section{s})
	r.states[handsOnDetails] = r.presence(s, r.ownText(s))
	for _, k := range keys {
		if isPlaceholder(k.value) {
			r.states[handsOnDetails] = reviewpkgv1.Presence_PRESENCE_TEMPLATE_TEXT
			continue
		}
		switch key(k.key) {
		case "hands on reviewers":
			h.SetReviewerIds(r.readPeople(k, reviewpkgv1.RoleKind_ROLE_KIND_HANDS_ON_REVIEWER))
			if len(h.GetReviewerIds()) > 0 {
				r.Claim(r.at("hands_on.reviewer_ids"), k.start, k.end, k.how, k.value)
			}
		case "date of assessment", "date of review":
			// Two dates of eight digits with a hyphen, in the template.
			from, until := span(k.value)
			if date := monthFirst(from); date != nil {
				h.SetFrom(date)
				r.Claim(r.at("hands_on.from"), k.start, k.end, k.how, k.value)
			}
			if date := monthFirst(until); date != nil {
				h.SetUntil(date)
				r.Claim(r.at("hands_on.until"), k.start, k.end, k.how, k.value)
			}
		}
	}
	if h.HasFrom() || len(h.GetReviewerIds()) > 0 {
		r.states[handsOnDetails] = reviewpkgv1.Presence_PRESENCE_ANSWERED
	}
}

// span cuts two dates apart: at a dash with blanks around it, or at a hyphen
// between two dates of eight digits, as the template asks.
func span(text string) (from, until string) {
	text = plainText(text)
	if from, until, ok := strings.Cut(text, "-"); ok && len(strings.TrimSpace(from)) == 8 && digits(strings.TrimSpace(from)) {
		return strings.TrimSpace(from), strings.TrimSpace(until)
	}
	for _, dash := range []string{" - ", " – ", "–", " to "} {
		if from, until, ok := strings.Cut(text, dash); ok {
			return strings.TrimSpace(from), strings.TrimSpace(until)
		}
	}
	return text, ""
}

// monthFirst reads a date with the month first, of eight digits as well.
func monthFirst(text string) *reviewpkgv1.Date {
	if len(text) != 8 || !digits(text) {
		date, _ := intake.Date(text, intake.MonthFirst)
		return date
	}
	date, _ := intake.Date(text[:2]+"/"+text[2:4]+"/"+text[4:], intake.MonthFirst)
	if date != nil {
		date.SetRaw(text)
	}
	return date
}
