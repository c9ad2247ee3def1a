package cncf

import (
	"strings"
)

// audienceOf returns the part that a label among recommendations names, or
// nothing: authors write "CNCF", "To the project team" or "Suggestions for
// Flatcar" where the template has whole sentences. Elsewhere the same words
// mean other things.
func audienceOf(k, name string) part {
	if name != "" && strings.Contains(k, name) {
		k = strings.ReplaceAll(" "+k+" ", " "+name+" ", " project ")
	}
	// What is left without the words of politeness is to whom.
	var room [80]byte // more than any of the names below
	whom := room[:0]
	for word := range strings.FieldsSeq(k) {
		switch word {
		case "recommendation", "recommendations", "suggestion", "suggestions", "to", "for", "the", "and", "s", "of":
			continue
		}
		if len(whom)+len(word) >= len(room) {
			return noPart // a sentence
		}
		if len(whom) > 0 {
			whom = append(whom, ' ')
		}
		whom = append(whom, word...)
	}
	switch string(whom) {
	case "project", "project team", "project maintainers", "maintainers", "team", "project project", "project project team":
		return projectAdvice
	case "cncf", "toc", "cncf toc", "toc cncf", "foundation", "cncf tag security", "tag security":
		return foundationAdvice
	case "community", "additional", "other", "further", "general", "users", "adopters", "project community", "project users":
		return additionalAdvice
	default:
		return noPart
	}
}

// audience returns the part that a section among the recommendations of a joint
// README is, by whom they are for. Outside of that section, a heading such as
// Project or Community is about the project, and no advice.
func (o *outline) audience(s *section) part {
	if o.book.byPart[recommendations] == nil || !o.amongAdvice(s) {
		return noPart
	}
	return audienceOf(s.key(), o.name)
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
