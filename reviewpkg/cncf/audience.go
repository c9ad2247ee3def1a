package cncf

import (
	"slices"
	"strings"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// audienceOf returns the part that a label among recommendations names, or
// nothing: authors write "CNCF", "To the project team" or "Suggestions for
// Flatcar" where the template has whole sentences. Elsewhere the same words
// mean other things.
func audienceOf(label, name string) part {
	k := " " + key(label) + " "
	if name != "" {
		k = strings.ReplaceAll(k, " "+name+" ", " project ")
	}
	words := slices.DeleteFunc(strings.Fields(k), func(w string) bool {
		return oneOf(w, "recommendation", "recommendations", "suggestion", "suggestions", "to", "for", "the", "and", "s", "of")
	})
	switch strings.Join(words, " ") {
	case "project", "project team", "project maintainers", "maintainers", "team", "project project", "project project team":
		return projectAdvice
	case "cncf", "toc", "cncf toc", "toc cncf", "foundation", "cncf tag security", "tag security":
		return foundationAdvice
	case "community", "additional", "other", "further", "general", "users", "adopters", "project community", "project users":
		return additionalAdvice
	default:
		return ""
	}
}

// audience returns the part that a section among the recommendations of a joint
// README is, by whom they are for.
func (o *outline) audience(s *section) part {
	if o.book.byPart[recommendations] == nil || !o.amongAdvice(s) {
		return ""
	}
	return audienceOf(s.label, o.name)
}

// amongAdvice reports whether a section lies in that of the recommendations.
func (o *outline) amongAdvice(s *section) bool {
	for up := s.parent; up != nil; up = up.parent {
		if up.has(recommendations) || up.has(projectAdvice) || up.has(foundationAdvice) || up.has(additionalAdvice) {
			return true
		}
	}
	return false
}

// readMarkedAdvice reads the recommendations that stand between the text of a
// joint assessment, each behind a label that says so: "TAG Recommendation:".
func (r *reader) readMarkedAdvice() {
	for _, s := range r.list {
		if s.has(projectAdvice) || s.has(foundationAdvice) || s.has(additionalAdvice) || s.has(actionItems) || r.amongAdvice(s) {
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
			}
		}
	}
}

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
// "TAG Recommendation", "Control Recommendation (SEVERITY: Medium)".
func isAdviceLabel(label string) bool {
	k := key(withoutParentheses(plainText(label)))
	return len(k) <= 40 && strings.HasSuffix(k, "recommendation")
}
