package cncf

import (
	"strings"
	"unicode"

	"github.com/reviewpkg/sdk/internal/intake"
)

// plainText returns Markdown as a reader sees it, on one line: without
// emphasis, code marks, HTML tags and the targets of links. It is for names and
// labels, which are short; whole answers stay Markdown. Labels come from
// headings, cells and bullets, and are compared and shown; two that look the
// same on the page must be the same here.
func plainText(s string) string {
	// Most names have no markup, and need no copy.
	start := 0
	for start < len(s) && !markup[s[start]] && (s[start] != ' ' || start == 0 || s[start-1] != ' ') {
		start++
	}
	if start == len(s) {
		return strings.TrimSpace(s)
	}
	var room [128]byte // most of the others are short, and are copied once
	b := room[:0]
	if start > 0 && s[0] != ' ' {
		b = append(b, s[:start]...)
	} else {
		start = 0
	}
	for i := start; i < len(s); i++ {
		switch c := s[i]; c {
		case '\\':
			if i+1 < len(s) && isPunct(s[i+1]) {
				i++
				b = append(b, s[i])
			}
		case '*', '`':
		case '_':
			// Inside a word it is a letter: socket_vmnet.
			if i > 0 && i+1 < len(s) && isWord(s[i-1]) && isWord(s[i+1]) {
				b = append(b, c)
			}
			// The mark of a picture goes, and its words stay: they stand for it.
		case '!':
			if i+1 >= len(s) || s[i+1] != '[' {
				b = append(b, c)
			}
		case '[':
			if text, rest, ok := inlineLink(s[i:]); ok {
				b = append(b, plainText(text)...)
				i = len(s) - len(rest) - 1
			} else {
				b = append(b, c)
			}
		case '<':
			var size int
			b, size = tagOrAutolink(b, s[i:])
			i += size
		case ' ', '\n', '\t', '\r':
			if len(b) > 0 && b[len(b)-1] != ' ' {
				b = append(b, ' ')
			}
		default:
			b = append(b, c)
		}
	}
	return strings.TrimSpace(string(b))
}

// markup has the bytes at which the text that a reader sees may differ from the
// source.
var markup = bytesOf("\\*`_![<\n\t\r")

func isWord(c byte) bool {
	return 'a' <= c|0x20 && c|0x20 <= 'z' || '0' <= c && c <= '9' || c >= 0x80
}

// tagOrAutolink appends what a reader sees of something in angle brackets, and
// returns how many bytes to pass over beside the first. An address in brackets
// is shown without them, a tag is not shown, and "a < b" is text.
func tagOrAutolink(b []byte, s string) ([]byte, int) {
	end := strings.IndexByte(s, '>')
	if end < 0 || end == 1 {
		return append(b, '<'), 0
	}
	inner := s[1:end]
	switch {
	case strings.Contains(inner, "://") && !strings.ContainsAny(inner, " \t\n\""), strings.Contains(inner, "@") && !strings.Contains(inner, " "):
		return append(b, inner...), end
	case inner[0] == '/' || inner[0] == '!' || 'a' <= inner[0]|0x20 && inner[0]|0x20 <= 'z':
		if len(b) > 0 && b[len(b)-1] != ' ' {
			b = append(b, ' ')
		}
		return b, end
	default:
		return append(b, '<'), 0
	}
}

// inlineLink splits a text that begins with [text](target) into text and what
// stands behind the link.
func inlineLink(s string) (text, rest string, ok bool) {
	text, _, rest, ok = cutLink(s)
	return text, rest, ok
}

// cutLink splits a text that begins with [text](target). A title behind the
// target is not shown on the page, and is left out.
func cutLink(s string) (text, target, rest string, ok bool) {
	if s == "" || s[0] != '[' {
		return "", "", s, false
	}
	end := matching(s, '[', ']')
	if end < 0 || end+1 >= len(s) || s[end+1] != '(' {
		return "", "", s, false
	}
	text = s[1:end]
	tail := s[end+1:]
	end = matching(tail, '(', ')')
	if end < 0 {
		return "", "", s, false
	}
	target, _, _ = strings.Cut(strings.TrimSpace(tail[1:end]), " ")
	return text, strings.Trim(target, "<>"), tail[end+1:], true
}

// maxLink bounds the search for the end of a link, so that a page of opening
// brackets costs no more than its length times this.
const maxLink = 2000

// matching returns the index of the bracket that closes the one s begins with.
// The target of a link may have parentheses of its own.
func matching(s string, open, closing byte) int {
	s = s[:min(len(s), maxLink)]
	end := strings.IndexByte(s, closing)
	if end < 0 {
		return -1
	}
	// Most have no bracket and no backslash between the two.
	if s[0] == open && strings.IndexByte(s[1:end], open) < 0 && strings.IndexByte(s[1:end], '\\') < 0 {
		return end
	}
	depth := 0
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '\\':
			i++
		case open:
			depth++
		case closing:
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return -1
}

// key returns a label as labels are compared: folded, without numbering and
// pictures. One heading of nine differs from the template in nothing else.
func key(label string) string {
	return intake.Fold(spelled(trimLetter(trimNumber(plainText(label)))))
}

// spelled returns a label with the word for an ampersand between words, and without emoji:
// those are no letters, and would be kept as letters of another script.
func spelled(label string) string {
	odd := false
	for i := range len(label) {
		odd = odd || label[i] == '&' || label[i] >= 0xe2 // the first byte of all emoji
	}
	if !odd {
		return label // nearly all
	}
	label = strings.ReplaceAll(strings.ReplaceAll(label, "&amp;", "&"), " & ", " and ")
	return strings.Map(func(r rune) rune {
		if unicode.In(r, unicode.So, unicode.Sk, unicode.Cf, unicode.Variation_Selector) {
			return ' '
		}
		return r
	}, label)
}

// trimLetter removes a letter or Roman number before a heading: "B. ", "IV. ",
// "a) ".
func trimLetter(s string) string {
	i := 0
	for i < len(s) && i < 5 && strings.IndexByte("IVXL", s[i]) >= 0 {
		i++
	}
	if i == 0 && len(s) > 0 && 'a' <= s[0]|0x20 && s[0]|0x20 <= 'z' {
		i = 1
	}
	if i == 0 || i+1 >= len(s) || s[i+1] != ' ' || s[i] != ')' && (s[i] != '.' || s[0] >= 'a') {
		return s
	}
	return s[i+2:]
}

// trimNumber removes a number before a heading or name: "1.", "3.2", "2)". Two
// documents number their headings. A number without a point is part of the
// name.
func trimNumber(s string) string {
	s = strings.TrimSpace(s)
	i := 0
	for i < len(s) && ('0' <= s[i] && s[i] <= '9' || s[i] == '.') {
		i++
	}
	if i > 0 && i < len(s) && (s[i-1] == '.' || strings.Contains(s[:i], ".") || s[i] == ')') {
		return strings.TrimLeft(s[i:], ") \t")
	}
	return s
}
