package source

import (
	"strings"
	"unicode/utf8"
)

// value reads the scalar or the flow collection that the line goes on with, in
// a collection at column col, and goes to the next line. depth is that of the
// value. Its column is smaller by wide than its offset in the line.
func (p *blocks) value(at, col, depth, wide int) bool {
	if p.nodes++; p.nodes > p.limits.MaxNodes {
		return false
	}
	n := &p.arena.stack[at]
	n.Pos = p.pos(1)
	n.Pos.Column -= int32(wide) //nolint:gosec // bounded by MaxBytes
	if p.text[0] == '|' || p.text[0] == '>' {
		return p.literal(n, col)
	}
	if !clean(p.text) {
		return false
	}
	ok := false
	switch c := p.text[0]; {
	case c == '[' || c == '{':
		ok = p.flowLine(at, depth)
	case c == '"' || c == '\'':
		end := quoted(n, p.text)
		ok = end > 0 && endsLine(p.text[end:])
	case isLetter(c) || isDigit(c) || c >= utf8.RuneSelf:
		ok = p.plain(n)
	}
	// A line that is indented more would go on with a plain scalar.
	return ok && p.nextLine() && (p.done || p.col <= col)
}

// plain reads a scalar without quotes.
func (p *blocks) plain(n *Node) bool {
	text, _, _ := strings.Cut(p.text, " #")
	return plainText(n, strings.TrimRight(text, " "))
}

// plainText fills n with a scalar without quotes.
func plainText(n *Node, text string) bool {
	if strings.HasSuffix(text, ":") || strings.Contains(text, ": ") {
		return false
	}
	n.Plain, n.Kind, n.Text = true, String, text
	n.Pos.Length = runes(text)
	if isDigit(text[0]) && IsNumber(text) {
		// A number too large for a float is a text in YAML; leave those alone.
		const safe = 64
		n.Kind = Number
		return len(text) <= safe && !strings.ContainsAny(text, "eE")
	}
	switch text {
	case "true", "True", "TRUE", "false", "False", "FALSE":
		n.Kind = Bool
	case "null", "Null", "NULL":
		n.Kind, n.Text = Null, ""
	}
	return true
}

// quoted fills n with the scalar in quotes that text begins with, and returns
// its length in bytes, or 0 if it does not end there or is not simple: escapes
// are those that JSON and the YAML parser have in common, and there is no
// single quote between single quotes.
func quoted(n *Node, text string) int {
	end := 1
	for ; end < len(text) && text[end] != text[0]; end++ {
		if text[0] == '"' && text[end] == '\\' {
			end++
		}
	}
	if end >= len(text) {
		return 0
	}
	token := text[:end+1]
	n.Kind, n.Pos.Length = String, runes(token)
	if text[0] == '\'' {
		n.Text = text[1:end]
		if strings.HasPrefix(text[end+1:], "'") {
			return 0
		}
		return end + 1
	}
	for _, other := range []string{`\ud`, `\uD`, `\/`} {
		if strings.Contains(token, other) {
			return 0
		}
	}
	s := scanner{src: token}
	var err *Error
	if n.Text, _, err = s.str(); err != nil {
		return 0
	}
	return end + 1
}

// endsLine reports whether nothing but a comment stands in the rest of a line.
func endsLine(rest string) bool {
	trimmed := strings.TrimLeft(rest, " ")
	return trimmed == "" || trimmed[0] == '#' && trimmed != rest
}

// literal reads a literal or a folded block whose indentation its first line
// shows.
func (p *blocks) literal(n *Node, col int) bool {
	fold, chomp := p.text[0] == '>', p.text[1:]
	if chomp != "" && chomp != "-" && chomp != "+" {
		return false
	}
	var b strings.Builder
	indent, breaks := 0, 0 // breaks are those since the last line with text
	for p.next < len(p.src) {
		end := p.next + strings.IndexByte(p.src[p.next:], '\n')
		line := p.src[p.next:end]
		spaces := len(line) - len(strings.TrimLeft(line, " "))
		if indent == 0 {
			if spaces == len(line) || spaces <= col || line[spaces] == '\t' {
				return false
			}
			indent = spaces
		}
		switch {
		// A line of spaces is empty, unless it reaches into the text.
		case spaces == len(line) && spaces <= indent:
			breaks++
		case spaces < indent:
			return p.endLiteral(n, &b, chomp, breaks) && (p.done || p.col <= col)
		case !clean(strings.ReplaceAll(line, "\t", "")) || fold && (spaces > indent || line[indent] == '\t'):
			return false
		default:
			appendBreaks(&b, breaks, fold)
			b.WriteString(line[indent:])
			breaks = 1
		}
		p.next = end + 1
		p.line++
	}
	return indent > 0 && p.endLiteral(n, &b, chomp, breaks)
}

// appendBreaks appends the line breaks between two lines with text.
func appendBreaks(b *strings.Builder, breaks int, fold bool) {
	switch {
	case fold && breaks == 1:
		b.WriteByte(' ')
		return
	case fold && breaks > 1:
		breaks--
	}
	for range breaks {
		b.WriteByte('\n')
	}
}

// endLiteral ends a block before the line that comes next.
func (p *blocks) endLiteral(n *Node, b *strings.Builder, chomp string, breaks int) bool {
	switch chomp {
	case "":
		b.WriteByte('\n')
	case "+":
		appendBreaks(b, breaks, false)
	}
	n.Kind, n.Text = String, b.String()
	return p.nextLine()
}
