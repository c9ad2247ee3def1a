package source

import (
	"strings"
	"unicode"
)

// AppendYAML appends n to b as a YAML document in block style, indented by two
// spaces. Every YAML reader gives back the same texts: what could be taken for
// a number, a date, a truth value or null stands in quotes.
//
// It is ours, and not the writer of the YAML library, so that a new version of
// that cannot change our bytes, and so that texts of several lines are blocks
// that a person can read, and not one long line with \n in it.
func AppendYAML(b []byte, n *Node) []byte {
	if len(n.Children) == 0 {
		return append(appendFlow(b, n, 2), '\n')
	}
	return appendBlock(b, n, 0, false)
}

// appendBlock appends the children of n, indented by indent. Inline means that
// the first one goes on a line that has begun, behind "- ".
func appendBlock(b []byte, n *Node, indent int, inline bool) []byte {
	for i := range n.Children {
		child := &n.Children[i]
		if i > 0 || !inline {
			b = appendSpaces(b, indent)
		}
		if n.Kind == Object {
			b = appendMember(b, child, indent)
			continue
		}
		b = append(b, '-', ' ')
		// The first member of an object stands behind the dash, in the column
		// of the others (YAML 1.2, 8.2.1, the compact form).
		if len(child.Children) > 0 {
			b = appendBlock(b, child, indent+2, true)
		} else {
			b = append(appendFlow(b, child, indent+2), '\n')
		}
	}
	return b
}

// appendMember appends the key and the value of a member.
func appendMember(b []byte, n *Node, indent int) []byte {
	// A key of more than 1024 characters needs a question mark before it (YAML
	// 1.2, 7.4.2). The bound is smaller, because a character that is escaped
	// counts as up to six.
	const longKey = 500
	start := len(b)
	if isPlain(n.Key) {
		b = append(b, n.Key...)
	} else {
		b = AppendQuoted(b, n.Key)
	}
	if len(b)-start > longKey {
		key := string(b[start:])
		b = append(append(append(b[:start], "? "...), key...), '\n')
		b = appendSpaces(b, indent)
	}
	b = append(b, ':')
	if len(n.Children) > 0 {
		return appendBlock(append(b, '\n'), n, indent+2, false)
	}
	return append(appendFlow(append(b, ' '), n, indent+2), '\n')
}

func appendSpaces(b []byte, n int) []byte {
	for range n {
		b = append(b, ' ')
	}
	return b
}

// appendFlow appends a scalar or an empty collection, without a line feed. The
// lines of a long text are indented by indent.
func appendFlow(b []byte, n *Node, indent int) []byte {
	// Of collections only [] and {} come here, which YAML has from JSON.
	if n.Kind != String {
		return AppendJSON(b, n)
	}
	switch {
	case isPlain(n.Text):
		return append(b, n.Text...)
	case isLiteral(n.Text):
		return appendLiteral(b, n.Text, indent)
	default:
		return AppendQuoted(b, n.Text)
	}
}

// isPlain reports whether text can stand without quotes: it begins with a
// letter, and nothing in it looks like a key, a comment, or another type. That
// is stricter than YAML 1.2, 7.3.3: a text that needs no quotes and has some is
// no harm, a text without them that reads as something else is.
func isPlain(text string) bool {
	for i, r := range text {
		switch {
		case i == 0 && !unicode.IsLetter(r):
			return false
		case r < ' ', r >= 0x7F && !Printable(r):
			return false
		}
	}
	if text == "" || strings.HasSuffix(text, " ") || strings.HasSuffix(text, ":") ||
		strings.Contains(text, ": ") || strings.Contains(text, " #") {
		return false
	}
	// More than the words of YAML 1.2: for readers of 1.1, of which there are
	// many, yes, no, on, off, y and n are truth values, in any case.
	switch strings.ToLower(text) {
	case "null", "true", "false", "yes", "no", "on", "off", "y", "n":
		return false
	default:
		return true
	}
}

// isLiteral reports whether text can stand as a literal block without loss: it
// has several lines, the first one shows the indentation, and no line has
// characters that an editor would not show.
func isLiteral(text string) bool {
	if !strings.Contains(text, "\n") || strings.Trim(text[:1], " \t\n") == "" {
		return false
	}
	for line := range strings.SplitSeq(text, "\n") {
		// Many an editor takes away spaces at the end of a line.
		if strings.HasSuffix(line, " ") || strings.HasSuffix(line, "\t") {
			return false
		}
		for _, r := range line {
			if r < ' ' && r != '\t' || r >= 0x7F && !Printable(r) {
				return false
			}
		}
	}
	return true
}

// appendLiteral appends text as a literal block without its last line feed.
func appendLiteral(b []byte, text string, indent int) []byte {
	body := strings.TrimSuffix(text, "\n")
	// The indicator says what becomes of the line feeds at the end (YAML 1.2,
	// 8.1.1.2): none, all of them, or just one.
	switch {
	case body == text:
		b = append(b, "|-"...)
	case strings.HasSuffix(body, "\n"):
		b = append(b, "|+"...)
	default:
		b = append(b, '|')
	}
	for line := range strings.SplitSeq(body, "\n") {
		b = append(b, '\n')
		if line != "" { // an empty line with spaces would be a change to a linter
			b = append(appendSpaces(b, indent), line...)
		}
	}
	return b
}
