package cncf

import (
	"slices"
	"strings"
)

// A sentence of a template is known by a 64-bit fingerprint of its letters and
// digits, so that the templates need not be copied. shortestSentence is the
// number of letters from which a sentence is the template's own: "One or two
// sentences" could be anybody's. Labels are shorter, and would make every
// document a template.
const shortestSentence = 30

// sentences calls f for the fingerprint of each sentence of a text that is long
// enough, and where the sentence is. Case, punctuation, markup and line breaks
// do not count: authors wrap lines, and put stars around words.
func sentences(text string, f func(print uint64, start, end int)) {
	// FNV-1a, written out because it runs over every document.
	const offset, prime = 14695981039346656037, 1099511628211
	hash := uint64(offset)
	letters, start := 0, -1
	flush := func(end int) {
		if letters >= shortestSentence {
			f(hash, start, end)
		}
		hash, letters, start = offset, 0, -1
	}
	for i := 0; i < len(text); i++ {
		c := text[i]
		if letter := lowered[c]; letter != 0 {
			if letters++; letters == 1 {
				start = i
			}
			hash = (hash ^ uint64(letter)) * prime
			continue
		}
		switch {
		case c == ' ':
		case c == '.' || c == '?' || c == '!' || c == '|' || c == ':':
			// A full stop inside of a word or number ends nothing.
			if c == '|' || i+1 == len(text) || isSpace(text[i+1]) || text[i+1] == ')' {
				flush(i)
			}
		case c == ']' && i+1 < len(text) && text[i+1] == '(':
			// The targets of links differ from copy to copy.
			if end := strings.IndexByte(text[i:min(len(text), i+maxLink)], ')'); end > 0 {
				i += end - 1
			}
		case c == '\n':
			rest := strings.TrimLeft(text[i+1:min(len(text), i+80)], " \t\r")
			if rest == "" || strings.IndexByte("\n#|>", rest[0]) >= 0 || isBullet(rest) {
				flush(i)
			}
			// Headings and tables of contents are no sentences.
			if rest != "" && rest[0] == '#' || isBullet(rest) && strings.Contains(twoLines(text[i+1:]), "](#") {
				end := strings.IndexByte(text[i+1:], '\n')
				if end < 0 {
					return
				}
				i += end
			}
		}
	}
	flush(len(text))
}

// lowered has the letters and digits that sentences are compared by, in lower
// case, and zero for all other bytes.
var lowered = func() (t [256]byte) {
	for c := byte('0'); c <= '9'; c++ {
		t[c] = c
	}
	for c := byte('a'); c <= 'z'; c++ {
		t[c], t[c-'a'+'A'] = c, c
	}
	return t
}()

// isBullet reports whether a line begins an item of a list.
func isBullet(line string) bool {
	return len(line) > 1 && strings.IndexByte("*-+", line[0]) >= 0 && line[1] == ' '
}

// twoLines returns the first line of a text, and the second if it goes on with
// the same item.
func twoLines(s string) string {
	first, rest, _ := strings.Cut(s[:min(len(s), 400)], "\n")
	second, _, _ := strings.Cut(rest, "\n")
	if isBullet(strings.TrimLeft(second, " \t")) {
		return first
	}
	return first + "\n" + second
}

func isSpace(c byte) bool { return c == ' ' || c == '\n' || c == '\r' || c == '\t' }

// isTemplate reports whether a sentence with the fingerprint stands in one of
// the official templates.
func isTemplate(print uint64) bool {
	_, ok := slices.BinarySearch(templatePrints[:], print)
	return ok
}

// onlyTemplate reports whether a text consists of sentences of the templates,
// short words between them aside.
func onlyTemplate(text string) bool {
	// Weighed by length: a long sentence left in makes more of an answer the
	// template's than a short one.
	covered, own := 0, 0
	sentences(text, func(print uint64, start, end int) {
		if isTemplate(print) {
			covered += end - start
		} else {
			own++
		}
	})
	size := len(strings.TrimSpace(text))
	// What is left is labels, punctuation and links, or a short question of the
	// template; a sentence of somebody's own is an answer, if it is not one of
	// many.
	return covered > 0 && (10*covered >= 7*size || own == 0 && (10*covered >= 4*size && size-covered < 120))
}

// template reports whether the text that was read from some lines is that of a
// template. Lines without a sentence of one need no second look.
func (r *reader) template(start, end int, text string) bool {
	if r.templated == nil {
		r.scanTemplates()
	}
	for n := start; n < min(end, len(r.templated)); n++ {
		if r.templated[n] {
			return onlyTemplate(text)
		}
	}
	return false
}

// scanTemplates finds the lines on which sentences of the templates begin.
// Comments are left out: the template in a comment is hidden, and harms nobody.
func (r *reader) scanTemplates() {
	r.templated = make([]bool, r.LineCount()+1)
	sentences(r.visible(), func(print uint64, start, _ int) {
		if isTemplate(print) {
			r.templateStarts = append(r.templateStarts, start)
			r.templated[r.LineAt(start)] = true
		}
	})
}

// residue reports the sentences of the templates that nobody replaced. A
// comment is not seen by readers, and the note on the use of the document is
// meant to stay, but for the name of the project.
func (r *reader) residue(skip func(line int) bool) int {
	count, last := 0, -2
	if r.templated == nil {
		r.scanTemplates()
	}
	for _, start := range r.templateStarts {
		line := r.LineAt(start)
		if skip(line) {
			continue
		}
		// One report for a paragraph.
		again := last >= 0 && !strings.Contains(r.Text[r.LineStart(last):start], "\n\n")
		last = line
		if count++; again {
			continue
		}
		r.Warn("template-residue", start, "a sentence of the template was left in",
			"answer the question, or delete the sentence")
	}
	return count
}
