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

// The first 16 bits of a fingerprint are made of the first letters alone. So the
// beginning of a sentence tells whether the rest is worth a look: hardly any
// sentence of a document begins as one of a template.
const (
	startLetters = 8
	startBits    = 16
)

// sentences calls f for the fingerprint of each sentence of a text that is long
// enough, and where the sentence is. Case, punctuation, markup and line breaks
// do not count: authors wrap lines, and put stars around words. A sentence
// whose beginning known does not know has no fingerprint; without known, all
// have one. Nothing more is looked for when f returns false.
func sentences(text string, known func(print uint64) bool, f func(print uint64, start, end int) (more bool)) {
	// FNV-1a, written out because it runs over every document.
	const offset, prime = 14695981039346656037, 1099511628211
	hash, head := uint64(offset), uint64(0)
	letters, start, wanted := 0, -1, true
	anchors := strings.Contains(text, "](#")
	for i := 0; i <= len(text); i++ {
		for ; wanted && i < len(text); i++ {
			letter := classes[text[i]]
			if letter == mark && !inWord(text, i) {
				break
			}
			if letter <= mark {
				continue
			}
			letters++
			hash = (hash ^ uint64(letter)) * prime
			switch letters {
			case 1:
				start = i
			case startLetters:
				head = hash >> (64 - startBits) << (64 - startBits)
				wanted = known == nil || known(head)
			}
		}
		for ; !wanted && i < len(text); i++ {
			// Without a branch for each letter, of which no processor can tell the next.
			letters += int(counts[text[i]])
			if classes[text[i]] == mark && !inWord(text, i) {
				break
			}
		}
		ends, last := sentenceEnds(text, i, anchors)
		if ends {
			print := uint64(0)
			if wanted {
				print = head | hash>>startBits
			}
			if letters >= shortestSentence && !f(print, start, i) {
				return
			}
			hash, letters, start, wanted = offset, 0, -1, true
		}
		i = last
	}
}

// inWord reports whether a mark ends nothing because of what stands right behind
// it: most points are those of numbers and addresses.
func inWord(text string, i int) bool {
	if i+1 == len(text) || text[i] == '\n' || text[i] == '|' {
		return false
	}
	next := text[i+1]
	if text[i] == ']' {
		return next != '('
	}
	return !isSpace(next) && next != ')'
}

// sentenceEnds reports whether a sentence ends at a mark that is not in a word,
// or at the end of the text, and returns the last byte that belongs to it.
// anchors says that the text has links into itself.
func sentenceEnds(text string, i int, anchors bool) (ends bool, last int) {
	// The last sentence of a cell or an item has no mark behind it.
	if i == len(text) {
		return true, i
	}
	switch c := text[i]; {
	case c == '|':
		return true, i
	case c == '.' || c == '?' || c == '!' || c == ':':
		return true, i
	case c == ']' && i+1 < len(text):
		// The targets of links differ from copy to copy.
		if end := strings.IndexByte(text[i:min(len(text), i+maxLink)], ')'); end > 0 {
			return false, i + end - 1
		}
	case c == '\n':
		first := i + 1
		for limit := min(len(text), i+80); first < limit && (text[first] == ' ' || text[first] == '\t' || text[first] == '\r'); {
			first++
		}
		rest := text[min(first, len(text)):min(len(text), i+80)]
		if rest != "" && !lineMarks[rest[0]] {
			return false, i
		}
		bullet := isBullet(rest)
		// Headings and tables of contents are no sentences.
		if rest != "" && rest[0] == '#' || bullet && anchors && intoItself(text[i+1:]) {
			end := strings.IndexByte(text[i+1:], '\n')
			if end < 0 {
				return true, len(text)
			}
			return true, i + end
		}
		return rest == "" || bullet || rest[0] == '\n' || rest[0] == '|' || rest[0] == '>', i
	}
	return false, i
}

// lineMarks has the signs at the beginning of a line that may end the sentence
// on the line before.
var lineMarks = bytesOf("\n#|>*-+")

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

// What a byte is to a sentence, if it is no letter or digit: a mark that may end
// it, or nothing.
const (
	noLetter = 0
	mark     = 1
)

// classes has that of each byte, and letters and digits in lower case.
var classes = func() (t [256]byte) {
	t = lowered
	for _, c := range "|.?!:]\n" {
		t[c] = mark
	}
	return t
}()

// counts has one for each letter or digit.
var counts = func() (t [256]uint8) {
	for c, letter := range lowered {
		if letter != 0 {
			t[c] = 1
		}
	}
	return t
}()

// isBullet reports whether a line begins an item of a list.
func isBullet(line string) bool {
	return len(line) > 1 && (line[0] == '*' || line[0] == '-' || line[0] == '+') && line[1] == ' '
}

// intoItself reports whether the item that a text begins with links to a heading
// of the document. The second line counts if it goes on with the same item.
func intoItself(text string) bool {
	first, rest, _ := strings.Cut(text[:min(len(text), 400)], "\n")
	if strings.Contains(first, "](#") {
		return true
	}
	second, _, _ := strings.Cut(rest, "\n")
	return strings.Contains(second, "](#") && !isBullet(strings.TrimLeft(second, " \t"))
}

func isSpace(c byte) bool { return c == ' ' || c == '\n' || c == '\r' || c == '\t' }

// beginsTemplate reports whether a sentence of the official templates begins as
// one whose beginning has the fingerprint.
func beginsTemplate(head uint64) bool {
	start := head >> (64 - startBits)
	return templateStarts[start/64]&(1<<(start%64)) != 0
}

// templateStarts has a bit for each beginning: every sentence of a document is
// asked about.
var templateStarts = startsOf(templatePrints[:])

func startsOf(prints []uint64) (t [1 << startBits / 64]uint64) {
	for _, print := range prints {
		start := print >> (64 - startBits)
		t[start/64] |= 1 << (start % 64)
	}
	return t
}

// isTemplate reports whether a sentence with the fingerprint stands in one of
// the official templates.
func isTemplate(print uint64) bool {
	_, ok := slices.BinarySearch(templatePrints[:], print)
	return ok
}

// onlyTemplate reports whether a text consists of sentences of the templates,
// short words between them aside.
func onlyTemplate(text string) bool {
	if len(text) < shortestSentence {
		return false // names and words, which are asked about most
	}
	// Weighed by length: a long sentence left in makes more of an answer the
	// template's than a short one.
	covered, own := 0, 0
	size := len(strings.TrimSpace(text))
	sentences(text, beginsTemplate, func(print uint64, start, end int) bool {
		if isTemplate(print) {
			covered += end - start
			return true
		}
		own++
		// One sentence of somebody's own may be too much for all that follows.
		return 10*(len(text)-(end-start)) >= 7*size
	})
	// What is left is labels, punctuation and links, or a short question of the
	// template; a sentence of somebody's own is an answer, if it is not one of
	// many.
	return covered > 0 && (10*covered >= 7*size || own == 0 && (10*covered >= 4*size && size-covered < 120))
}

// template reports whether the text that was read from some lines is that of a
// template. Lines without a sentence of one need no second look.
func (r *reader) template(start, end int, text string) bool {
	return r.touched(start, end) && onlyTemplate(text)
}

// templateEntry reports the same of an entry, which is not put together for it.
func (r *reader) templateEntry(e *entry) bool {
	return r.touched(e.start, e.end) && onlyTemplate(e.whole())
}

// touched reports whether a sentence of a template begins on some lines.
func (r *reader) touched(start, end int) bool {
	if r.templated == nil {
		r.scanTemplates()
	}
	end = min(end, len(r.templated))
	return start < end && slices.Contains(r.templated[start:end], true)
}

// scanTemplates finds the lines on which sentences of the templates begin.
// Comments are left out: the template in a comment is hidden, and harms nobody.
func (r *reader) scanTemplates() {
	r.templated = make([]bool, r.LineCount()+1)
	sentences(r.visible(), beginsTemplate, func(print uint64, start, _ int) bool {
		if isTemplate(print) {
			r.templateStarts = append(r.templateStarts, start)
			r.templated[r.LineAt(start)] = true
		}
		return true
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
	// In the order of the text, so that sentences of one paragraph follow one
	// another.
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
