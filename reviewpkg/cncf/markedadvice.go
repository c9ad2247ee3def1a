package cncf

import (
	"slices"
	"strings"

	"github.com/reviewpkg/sdk/internal/intake"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// readOpportunities reads the list below a line that says that opportunities
// for improvement follow. One review has these lists below many headings of its
// assessment, and no section of advice. What the heading was about is the topic
// of each.
func (r *reader) readOpportunities(s *section) {
	for i, b := range s.blocks {
		if b.kind != paragraph || i+1 >= len(s.blocks) || s.blocks[i+1].kind != list {
			continue
		}
		// A long paragraph that mentions them is prose.
		text := r.Lines(b.start, b.end)
		if manyLetters(text, 120) {
			continue
		}
		if text = intake.Fold(text); !strings.Contains(text, "opportunities for improvement") || len(text) > 120 {
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

// readMarkedAdvice reads the recommendations that stand between the text of a
// joint assessment, each behind a label that says so: "TAG Recommendation:".
// The joint template asks for none; seven of one review stand where the reader
// of the assessment meets the matter.
func (r *reader) readMarkedAdvice() {
	// Few sections have such a label, and to cut the items of all of them would
	// take a tenth of the time of the parse.
	var marked []bool
	// What is looked for begins with the rarest letter.
	for _, word := range [][2]string{{"eco", "mmendation"}, {"ECO", "MMENDATION"}} {
		for at := 0; ; at++ {
			i := strings.Index(r.Text[at:], word[1])
			if i < 0 {
				break
			}
			if at += i; strings.HasSuffix(r.Text[:at], word[0]) {
				if marked == nil {
					marked = make([]bool, r.LineCount()+1)
				}
				marked[r.LineAt(at)] = true
			}
		}
	}
	if marked == nil {
		return
	}
	for _, s := range r.list {
		if s.has(projectAdvice) || s.has(foundationAdvice) || s.has(additionalAdvice) || s.has(actionItems) || r.amongAdvice(s) {
			continue
		}
		if s.end <= s.start || !slices.Contains(marked[s.start:s.end], true) {
			continue
		}
		for _, b := range s.blocks {
			switch b.kind {
			case paragraph:
				r.markedAdvice(s, strings.TrimSpace(r.Lines(b.start, b.end)), b)
			case list:
				for _, it := range b.kids {
					r.markedAdvice(s, r.itemText(it), it)
				}
			default:
				// Tables of recommendations have columns, and no labels.
			}
		}
	}
}

// The heading of the section is the topic, because the label names none.
func (r *reader) markedAdvice(s *section, text string, b *block) {
	l := splitLead(text)
	if !isAdviceLabel(l.label) || l.rest == "" {
		return
	}
	rec := advice(text)
	if rec == nil {
		return
	}
	rec.SetAudience(reviewpkgv1.Audience_AUDIENCE_PROJECT)
	if rec.GetKind() == 0 {
		rec.SetKind(reviewpkgv1.RecommendationKind_RECOMMENDATION_KIND_RECOMMENDATION)
	}
	rec.SetCategory(s.label)
	r.addAdvice(rec, b.start, b.end)
}

// isAdviceLabel reports whether a label says that a recommendation follows:
// "TAG Recommendation", "Control Recommendation (SEVERITY: Medium)". The
// severity in parentheses is in no field of the model that is read from words;
// it stays in the title.
func isAdviceLabel(label string) bool {
	if label == "" {
		return false // most texts have none
	}
	k := key(withoutParentheses(plainText(label)))
	return len(k) <= 40 && strings.HasSuffix(k, "recommendation")
}
