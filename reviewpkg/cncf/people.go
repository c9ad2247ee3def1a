package cncf

import (
	"strings"
	"unicode"

	"github.com/reviewpkg/sdk/internal/intake"
)

// persons reads a list of people: names with handles, addresses or links, in
// any of the ways that people write them. Name with handle in brackets, name as
// a link, name with address, handle alone, address alone: each is in the
// corpus, and lists mix them.
func persons(text string) []intake.Named {
	pieces := splitPeople(text)
	out := make([]intake.Named, 0, len(pieces))
	for _, piece := range pieces {
		n, ok := person(piece)
		if !ok {
			continue
		}
		// "Ann Lee, Maintainer (@ann)": a title between commas is no name.
		// A piece that is no name by itself tells more about the one before it.
		if last := len(out) - 1; last >= 0 && belongsTo(n, out[last], piece) {
			addNamed(&out[last], n)
			continue
		}
		if n.Name == "" && n.Handle == "" {
			n.Name = n.Email
		}
		// A title, or nothing, names nobody that could be found again.
		if n.Name == "" && n.Handle == "" || isTitle(n.Name) {
			continue
		}
		out = append(out, n)
	}
	return out
}

// belongsTo reports whether a piece of a list, which was read as n, is about the
// person before it: a title, or a handle or an address in brackets. A bare
// address is a person of its own, as lists of addresses have it.
func belongsTo(n, before intake.Named, piece string) bool {
	switch {
	case strings.HasSuffix(strings.ToLower(n.Name), "maintainers"):
		return false // a group, which is not what the person before it is called
	case isTitle(n.Name):
		return before.Title == "" && (n.Handle == "" || before.Handle == "")
	case n.Name != "":
		return false
	case n.Handle != "":
		return before.Handle == ""
	case n.Email != "":
		return before.Email == "" && strings.ContainsAny(piece[:1], "<(")
	default:
		return true
	}
}

// addNamed adds to a person what a piece behind the name says.
func addNamed(who *intake.Named, n intake.Named) {
	if n.Handle != "" {
		who.Handle, who.System = n.Handle, n.System
	}
	if isTitle(n.Name) {
		who.Title = n.Name
	} else if who.Title == "" {
		who.Title = n.Title
	}
	if who.Email == "" {
		who.Email = n.Email
	}
	if who.URL == "" {
		who.URL = n.URL
	}
	if who.Affiliation == "" {
		who.Affiliation = n.Affiliation
	}
}

// isTitle reports whether words are what somebody does, not a name. Titles
// stand behind a comma, as the next person would.
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
// outside of brackets, and behind a handle that no comma follows. Some people
// type one person a line with nothing between, and the parser makes one line of
// them.
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
// of the next person does. Handles and particles begin in lower case.
func startsName(s string) bool {
	for _, r := range s {
		return unicode.IsUpper(r)
	}
	return false
}
