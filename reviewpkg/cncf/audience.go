package cncf

import (
	"slices"
	"strings"
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
	// What is left without the words of politeness is to whom.
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
