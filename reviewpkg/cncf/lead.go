package cncf

import "strings"

// A lead is how an item begins: "**Name**: text", "Name - text". 31.7 % of the
// bullets of the template stand as such leads, with a colon, a full stop as in
// the template, a dash, or nothing behind them.
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
// label. Marks make a lead longer than words alone may be, because an author
// who marks words means them.
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
	if s == "" || s[0] != '*' && s[0] != '_' && s[0] != '[' {
		return lead{}, false // most texts
	}
	mark := s[:len(s)-len(strings.TrimLeft(s, "*_"))]
	l := lead{marked: true}
	switch {
	// More than four marks are a line of stars; a blank behind them makes a
	// bullet of them.
	case mark != "" && len(mark) <= 4 && len(s) > len(mark) && s[len(mark)] != ' ':
		closing := reversed(mark)
		end := strings.Index(s[len(mark):], closing)
		// Emphasis does not go on over a paragraph, whatever closes behind it.
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

// reversed returns a mark as it closes: **_ opens and _** closes.
func reversed(mark string) string {
	b := []byte(mark)
	for i, j := 0, len(b)-1; i < j; i, j = i+1, j-1 {
		b[i], b[j] = b[j], b[i]
	}
	return string(b)
}

// leadEnd returns where the words before the first colon or dash of a line end,
// and where the text behind it begins. Colons in code, links and URLs do not
// count, and nothing does behind the end of a sentence. A dash counts with
// blanks around it only, or every compound would end a name.
func leadEnd(line string) (end, next int) {
	for i := 0; i < len(line) && i <= maxLead; i++ {
		if !leadMarks[line[i]] {
			continue
		}
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
			// The end of a sentence: "Go 1. It is" has no name in it. A point behind the
			// first letter numbers an item.
			if i+1 < len(line) && line[i+1] == ' ' && i > 1 {
				return 0, 0
			}
		case ' ':
			if i+1 == len(line) || line[i+1] != '-' && line[i+1] < 0x80 {
				break // between two words
			}
			for _, dash := range []string{" - ", " – ", " — ", " -- "} {
				if strings.HasPrefix(line[i:], dash) {
					return i, i + len(dash)
				}
			}
		}
	}
	return 0, 0
}

// leadMarks has the bytes at which leadEnd takes a closer look.
var leadMarks = bytesOf("`[(:.? ")
