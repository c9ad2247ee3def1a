package cncf

import (
	"slices"
	"strconv"
	"strings"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// languages reads the languages of a project: names with shares and remarks.
// Percentages, remarks in parentheses, lists in HTML and "A / B" are all in the
// 39 tables that have the row.
func languages(value string) []*reviewpkgv1.Language {
	var out []*reviewpkgv1.Language
	if text := plainText(value); len(text) > 80 && strings.Contains(text, ". ") {
		return languagesInProse(text)
	}
	value = languageBreaks.Replace(value)
	for _, piece := range splitOutside(plainText(value), ",;") {
		for _, name := range splitAnd(piece) {
			if l := language(name); l != nil {
				out = append(out, l)
			}
		}
	}
	return out
}

// languageBreaks puts commas where a cell has a list in HTML, as two documents
// have it.
var languageBreaks = strings.NewReplacer(
	"<br>", ",", "<br/>", ",", "<br />", ",", "<li>", ",", "</li>", ",", "\n", ",",
)

// languageNames are the languages that are looked for in sentences. In a
// sentence, a word is taken for a language only if it is one of these.
var languageNames = []string{"Go", "Golang", "Rust", "Python", "Java", "JavaScript", "TypeScript", "Typescript", "Javascript", "C", "C++", "C#", "Bash", "Shell", "Ruby", "Erlang", "Elixir", "Kotlin", "Scala", "Lua", "Perl", "PHP", "Swift", "Haskell", "OCaml", "Zig", "Rego"}

// languagesInProse returns the languages that sentences name, in their order.
func languagesInProse(text string) []*reviewpkgv1.Language {
	var out []*reviewpkgv1.Language
	seen := map[string]bool{}
	for word := range strings.FieldsFuncSeq(text, func(r rune) bool { return strings.ContainsRune(" ,;:()/.!?", r) }) {
		if slices.Contains(languageNames, word) && !seen[word] {
			seen[word] = true
			out = append(out, reviewpkgv1.Language_builder{Name: word}.Build())
		}
	}
	return out
}

// splitAnd splits "Rust, and Rego" and "Erlang / Elixir". A long piece is a
// remark that has the word in it.
func splitAnd(piece string) []string {
	piece = strings.TrimPrefix(strings.TrimSpace(piece), "and ")
	if strings.Contains(piece, "(") || len(piece) > 40 {
		return []string{piece}
	}
	var out []string
	for _, a := range strings.Split(piece, " and ") {
		out = append(out, strings.Split(a, " / ")...)
	}
	return out
}

// splitOutside splits a text at the separators that stand outside parentheses.
// What is in parentheses explains the word before.
func splitOutside(text, separators string) []string {
	var out []string
	start, depth := 0, 0
	for i := range len(text) {
		switch c := text[i]; {
		case c == '(':
			depth++
		case c == ')':
			depth = max(0, depth-1)
		case depth == 0 && strings.IndexByte(separators, c) >= 0:
			out = append(out, text[start:i])
			start = i + 1
		}
	}
	return append(out, text[start:])
}

// maxLanguage is the length up to which words are the name of a language.
const maxLanguage = 40

// language reads one language: "99.6% Go", "Go-89.1%", "Go (build: make)". What
// the share and the remark leave over is the name.
func language(text string) *reviewpkgv1.Language {
	text = strings.Trim(text, " .-*:")
	l := &reviewpkgv1.Language{}
	if i := strings.IndexByte(text, '('); i > 0 && strings.HasSuffix(text, ")") {
		l.SetNote(strings.TrimSpace(text[i+1 : len(text)-1]))
		text = strings.TrimSpace(text[:i])
	}
	if end := strings.IndexByte(text, '%'); end > 0 {
		start := end
		for start > 0 && strings.IndexByte("0123456789. ", text[start-1]) >= 0 {
			start--
		}
		if share, err := strconv.ParseFloat(strings.TrimSpace(text[start:end]), 64); err == nil && share >= 0 && share <= 100 {
			l.SetSharePermille(uint32(share*10 + 0.5))
			text = text[:start] + " " + text[end+1:]
		}
	}
	// "Python for the tests": what the language is for is a remark.
	if l.GetNote() == "" {
		if i := strings.Index(text, " for "); i > 0 {
			l.SetNote(text[i+1:])
			text = text[:i]
		}
	}
	text = strings.Trim(text, " .-:–")
	if text == "" || len(text) > maxLanguage {
		return nil
	}
	l.SetName(text)
	return l
}
