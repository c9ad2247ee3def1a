package cncf

import (
	"slices"
	"strings"

	"github.com/reviewpkg/sdk/internal/intake"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// presence says how a question was answered by the text of a section.
func (r *reader) presence(s *section, text string) reviewpkgv1.Presence {
	if r.template(s.start, r.fullEnd(s), text) {
		return reviewpkgv1.Presence_PRESENCE_TEMPLATE_TEXT
	}
	return presenceOf(text)
}

// presenceOf says how a question was answered, going by the text of the answer.
// A text that answers has no presence of its own; only short texts say that
// there is nothing to say.
func presenceOf(text string) reviewpkgv1.Presence {
	const short = 160
	head := stripComments(text[:min(len(text), 2*short)])
	switch folded := intake.Fold(plainText(head)); {
	case folded == "" && len(text) < 2*short:
		return reviewpkgv1.Presence_PRESENCE_EMPTY
	case len(folded) > short:
		return reviewpkgv1.Presence_PRESENCE_UNSPECIFIED
	default:
		return shortPresence(folded)
	}
}

// shortPresence reads a short answer, folded.
func shortPresence(folded string) reviewpkgv1.Presence {
	switch {
	case oneOf(folded, "n a", "na", "not applicable", "not applicable at this time", "does not apply", "this is not applicable") ||
		strings.HasPrefix(folded, "not applicable") || strings.HasPrefix(folded, "n a "):
		return reviewpkgv1.Presence_PRESENCE_NOT_APPLICABLE
	case oneOf(folded, "tbd", "to be determined", "unknown", "not known", "to be done", "todo") ||
		containsAny(folded, "not enough information", "no information could be", "could not be determined"):
		return reviewpkgv1.Presence_PRESENCE_UNKNOWN
	case oneOf(folded, "none", "no", "nothing", "none at this time", "none yet", "none at the moment", "none currently") ||
		strings.HasPrefix(folded, "there are no ") || strings.HasPrefix(folded, "there is no ") || strings.HasPrefix(folded, "none ") ||
		containsAny(folded, "does not have a", "do not have a", "does not have any", "do not have any", "does not yet have", "no known ", "has no ", "have no "):
		return reviewpkgv1.Presence_PRESENCE_NONE_DECLARED
	default:
		return reviewpkgv1.Presence_PRESENCE_UNSPECIFIED
	}
}

// listPresence says how a question that asks for a list was answered. There a
// first sentence that denies the whole question decides, whatever follows.
func listPresence(text string) reviewpkgv1.Presence {
	if state := presenceOf(text); state != 0 {
		return state
	}
	first, _, _ := strings.Cut(plainText(withoutComments(text[:min(len(text), 320)])), ". ")
	return firstPresence(intake.Fold(first))
}

// firstPresence reads a sentence that denies a question as a whole.
func firstPresence(folded string) reviewpkgv1.Presence {
	if containsAny(folded, " were not found", " could not be found") {
		return reviewpkgv1.Presence_PRESENCE_NONE_DECLARED
	}
	for _, start := range []string{"there haven t been any", "there have not been any", "there has not been any", "there have been no", "we don t have any", "we do not have any", "no cve", "no vulnerabilities have",
		"no security issues have", "currently there are no", "at this time there are no", "there are currently no", "there are no known"} {
		if strings.HasPrefix(folded, start) {
			return reviewpkgv1.Presence_PRESENCE_NONE_DECLARED
		}
	}
	return reviewpkgv1.Presence_PRESENCE_UNSPECIFIED
}

func oneOf(s string, words ...string) bool { return slices.Contains(words, s) }

func containsAny(s string, words ...string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(s, w) })
}

// A sentence of a template is known by a 64-bit fingerprint of its letters and
// digits, so that the templates need not be copied. shortestSentence is the
// number of letters from which a sentence is the template's own: "One or two
// sentences" could be anybody's.
const shortestSentence = 30

// sentences calls f for the fingerprint of each sentence of a text that is long
// enough, and where the sentence is.
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

// blankComments returns a text of the same length with blanks for comments.
func blankComments(s string) string {
	start := strings.Index(s, "<!--")
	if start < 0 {
		return s
	}
	var b strings.Builder
	for start >= 0 {
		end := strings.Index(s[start:], "-->")
		if end < 0 {
			end = len(s) - start - 3
		}
		b.WriteString(s[:start])
		for _, c := range []byte(s[start : start+end+3]) {
			if c != '\n' {
				c = ' '
			}
			b.WriteByte(c)
		}
		s = s[start+end+3:]
		start = strings.Index(s, "<!--")
	}
	b.WriteString(s)
	return b.String()
}
