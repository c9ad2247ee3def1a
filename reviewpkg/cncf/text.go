package cncf

import (
	"slices"
	"strconv"
	"strings"
)

func joinText(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + "\n\n" + b
}

// plainSubs returns the sections right below s that are no parts.
func (o *outline) plainSubs(s *section) []*section {
	var out []*section
	for _, sub := range s.subs {
		if len(sub.parts) == 0 && (sub.label != "" || !sub.bare()) {
			out = append(out, sub)
		}
	}
	return out
}

// ownText returns the text of a section before the first one below it.
func (o *outline) ownText(s *section) string {
	return joinText(s.lead, o.source(s.blocks, s.indent))
}

// fullText returns the text of a section with that of the sections below it
// that are no parts, headings included.
func (o *outline) fullText(s *section) string {
	out := o.ownText(s)
	for _, sub := range s.subs {
		if len(sub.parts) > 0 {
			continue
		}
		head := strings.TrimSpace(o.Lines(sub.start, sub.body))
		out = joinText(out, joinText(head, o.fullText(sub)))
	}
	return out
}

// fullEnd returns the line behind a section and those below it that are its
// text.
func (o *outline) fullEnd(s *section) int {
	end := s.end
	for _, sub := range s.subs {
		if len(sub.parts) == 0 {
			end = max(end, o.fullEnd(sub))
		}
	}
	return end
}

func oneOf(s string, words ...string) bool { return slices.Contains(words, s) }

func containsAny(s string, words ...string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(s, w) })
}

// containsWord reports whether a word stands in a text, and not as a part of
// another word.
func containsWord(text, word string) bool {
	for from := 0; ; {
		i := strings.Index(text[from:], word)
		if i < 0 {
			return false
		}
		i += from
		end := i + len(word)
		if (i == 0 || !isWord(text[i-1])) && (end == len(text) || !isWord(text[end])) {
			return true
		}
		from = end
	}
}

func digits(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }

func itoa(n int) string { return strconv.Itoa(n) }

func firstLine(s string) string {
	line, _, _ := strings.Cut(s, "\n")
	return line
}
