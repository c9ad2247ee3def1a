package cncf

import (
	"strings"

	"github.com/reviewpkg/sdk/internal/intake"
)

// plainText returns Markdown as a reader sees it, on one line: without
// emphasis, code marks, HTML tags and the targets of links. It is for names and
// labels, which are short; whole answers stay Markdown.
func plainText(s string) string {
	// Most names have no markup, and need no copy.
	if strings.IndexAny(s, "\\*`_![<\n\t\r") < 0 && !strings.Contains(s, "  ") {
		return strings.TrimSpace(s)
	}
	b := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
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

func isWord(c byte) bool {
	return 'a' <= c|0x20 && c|0x20 <= 'z' || '0' <= c && c <= '9' || c >= 0x80
}

// tagOrAutolink appends what a reader sees of something in angle brackets, and
// returns how many bytes to pass over beside the first.
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

// cutLink splits a text that begins with [text](target).
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
func matching(s string, open, closing byte) int {
	depth := 0
	for i := 0; i < min(len(s), maxLink); i++ {
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

// A lead is how an item begins: "**Name**: text", "Name - text".
type lead struct {
	label  string // as written
	target string // of the link that the label is
	rest   string // what follows
	marked bool   // it is bold, italic, a link or code
	closed bool   // a colon, full stop or dash ends it, or the text
}

// maxLead is the length up to which words before a colon are a name; beyond, it
// is a sentence.
const maxLead = 100

// splitLead splits off the lead of an item. A text without one has an empty
// label.
func splitLead(s string) lead {
	if l, ok := markedLead(s); ok {
		return l
	}
	line, _, _ := strings.Cut(s, "\n")
	if end, next := leadEnd(line); end > 0 && end <= maxLead {
		return lead{label: strings.TrimSpace(line[:end]), rest: strings.TrimSpace(s[next:]), closed: true}
	}
	return lead{rest: s}
}

// markedLead splits off a lead that is bold, italic or a link. Code alone is no
// lead: it begins many sentences.
func markedLead(s string) (lead, bool) {
	mark := s[:len(s)-len(strings.TrimLeft(s, "*_"))]
	l := lead{marked: true}
	switch {
	case mark != "" && len(mark) <= 4 && len(s) > len(mark) && s[len(mark)] != ' ':
		closing := reversed(mark)
		end := strings.Index(s[len(mark):], closing)
		if end <= 0 || strings.Contains(s[len(mark):len(mark)+end], "\n\n") {
			return lead{}, false
		}
		l.label, l.rest = s[len(mark):len(mark)+end], s[len(mark)+end+len(closing):]
	case strings.HasPrefix(s, "["):
		text, target, rest, ok := cutLink(s)
		if !ok {
			return lead{}, false
		}
		l.label, l.target, l.rest = text, target, rest
	default:
		return lead{}, false
	}
	if text, target, rest, ok := cutLink(l.label); ok && strings.Trim(rest, " :.") == "" {
		l.label, l.target = text+rest, target
	}
	// The colon may stand inside the mark or behind it.
	trimmed := strings.TrimRight(l.label, " :.")
	rest := strings.TrimLeft(l.rest, " ")
	l.closed = strings.HasSuffix(strings.TrimSpace(l.label), ":") || rest == "" || strings.HasPrefix(rest, "\n")
	for _, sep := range []string{":", ".", "--", "-", "–", "—"} {
		if strings.HasPrefix(rest, sep) {
			l.closed = true
			rest = rest[len(sep):]
			break
		}
	}
	l.label, l.rest = strings.TrimSpace(trimmed), strings.TrimSpace(rest)
	return l, l.label != "" && len(l.label) <= 2*maxLead
}

func reversed(mark string) string {
	b := []byte(mark)
	for i, j := 0, len(b)-1; i < j; i, j = i+1, j-1 {
		b[i], b[j] = b[j], b[i]
	}
	return string(b)
}

// leadEnd returns where the words before the first colon or dash of a line end,
// and where the text behind it begins. Colons in code, links and URLs do not
// count, and nothing does behind the end of a sentence.
func leadEnd(line string) (end, next int) {
	for i := 0; i < len(line); i++ {
		switch line[i] {
		case '`':
			if j := strings.IndexByte(line[i+1:], '`'); j >= 0 {
				i += j + 1
			}
		case '[':
			if _, rest, ok := inlineLink(line[i:]); ok {
				i = len(line) - len(rest) - 1
			}
		case '(':
			if j := matching(line[i:], '(', ')'); j > 0 {
				i += j
			}
		case ':':
			if i+1 == len(line) || line[i+1] == ' ' || line[i+1] == '*' || line[i+1] == '\r' {
				return i, i + 1
			}
		case '.', '?':
			if i+1 < len(line) && line[i+1] == ' ' && i > 1 {
				return 0, 0
			}
		case ' ':
			for _, dash := range []string{" - ", " – ", " — ", " -- "} {
				if strings.HasPrefix(line[i:], dash) {
					return i, i + len(dash)
				}
			}
		}
		if i > maxLead {
			return 0, 0
		}
	}
	return 0, 0
}

// key returns a label as labels are compared: folded, without numbering.
func key(label string) string {
	return intake.Fold(trimNumber(plainText(label)))
}

// trimNumber removes a number before a heading or name: "1.", "3.2", "a)".
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
