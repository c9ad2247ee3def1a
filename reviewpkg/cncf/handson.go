package cncf

import (
	"strings"

	"github.com/reviewpkg/sdk/internal/intake"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// readHandsOn reads whether there was a hands-on assessment, and what it found.
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

func (r *reader) handsOnDetails(h *reviewpkgv1.HandsOnAssessment, s *section) {
	keys, _ := r.keyLines([]*section{s})
	for _, k := range keys {
		switch key(k.key) {
		case "hands on reviewers":
			h.SetReviewerIds(r.readPeople(k, reviewpkgv1.RoleKind_ROLE_KIND_HANDS_ON_REVIEWER))
		case "date of assessment", "date of review":
			from, until, _ := strings.Cut(k.value, " - ")
			if date, _ := intake.Date(from, intake.MonthFirst); date != nil {
				h.SetFrom(date)
				r.Claim(r.at("hands_on.from"), k.start, k.end, k.how, k.value)
			}
			if date, _ := intake.Date(until, intake.MonthFirst); date != nil {
				h.SetUntil(date)
				r.Claim(r.at("hands_on.until"), k.start, k.end, k.how, k.value)
			}
		}
	}
}
