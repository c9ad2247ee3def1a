package cncf

import (
	"strings"
	"unicode"

	"github.com/reviewpkg/sdk/internal/intake"
)

// persons reads a list of people: names with handles, addresses or links, in
// any of the ways that people write them.
func persons(text string) []intake.Named {
	var out []intake.Named
	for _, piece := range splitPeople(text) {
		n, ok := person(piece)
		if !ok {
			continue
		}
		// "Ann Lee, Maintainer (@ann)": a title between commas is no name.
		if last := len(out) - 1; last >= 0 && (n.Name == "" || isTitle(n.Name)) && out[last].Handle == "" {
			out[last].Handle, out[last].System = n.Handle, n.System
			if n.Name != "" {
				out[last].Affiliation = n.Name
			}
			continue
		}
		if n.Name == "" && n.Handle == "" || isTitle(n.Name) {
			continue
		}
		out = append(out, n)
	}
	return out
}

// isTitle reports whether words are what somebody does, not a name.
func isTitle(name string) bool {
	last := name[strings.LastIndexByte(name, ' ')+1:]
	switch strings.ToLower(last) {
	case "maintainer", "maintainers", "engineer", "developer", "lead", "contributor", "reviewer", "author", "student":
		return true
	default:
		return false
	}
}

// splitPeople cuts a list of people at commas, line breaks and the word "and",
// outside of brackets, and behind a handle that no comma follows.
func splitPeople(text string) []string {
	var out []string
	start, depth := 0, 0
	handle, address := false, false // in the piece so far
	cut := func(end, next int) {
		handle, address = false, false
		if piece := strings.TrimSpace(text[start:end]); piece != "" {
			out = append(out, piece)
		}
		start = next
	}
	for i := 0; i < len(text); i++ {
		handle, address = handle || text[i] == '@', address || text[i] == '<'
		switch c := text[i]; {
		case c == '(' || c == '[':
			depth++
		case c == ')' || c == ']':
			depth = max(0, depth-1)
		case depth > 0:
		case c == ',' || c == ';' || c == '\n' || c == '|':
			cut(i, i+1)
		case strings.HasPrefix(text[i:], " and "), strings.HasPrefix(text[i:], " & "):
			next := i + strings.IndexByte(text[i+1:], ' ') + 2
			cut(i, next)
			i = next - 1
		case c == ' ' && handle && !address && startsName(text[i+1:]):
			cut(i, i+1)
		}
	}
	cut(len(text), len(text))
	return out
}

// startsName reports whether a text goes on with a capital letter, as the name
// of the next person does.
func startsName(s string) bool {
	for _, r := range s {
		return unicode.IsUpper(r)
	}
	return false
}
