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
	// A bracket or an indicator is one column long; the rest sets its length.
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

// plain reads a scalar without quotes. A # begins a comment only behind a space
// (YAML 1.2, 6.6), so that http://x/y#z is one text.
func (p *blocks) plain(n *Node) bool {
	text, _, _ := strings.Cut(p.text, " #")
	return plainText(n, strings.TrimRight(text, " "))
}

// plainText fills n with a scalar without quotes, which begins with a letter, a
// digit or a rune above ASCII. That leaves few ways to be something else than
// text in the core schema (YAML 1.2, 10.3.2): .inf, -1 and ~ begin otherwise.
func plainText(n *Node, text string) bool {
	// It is a key, or a mistake.
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
	if n.Kind = wordKind(text); n.Kind == Null {
		n.Text = ""
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
	// Both kinds of quotes end on this line: lines that are folded into one
	// text (YAML 1.2, 7.3) are left to the parser.
	token := text[:end+1]
	n.Kind, n.Pos.Length = String, runes(token)
	if text[0] == '\'' {
		n.Text = text[1:end]
		if strings.HasPrefix(text[end+1:], "'") {
			return 0
		}
		return end + 1
	}
	// JSON has these and the parser does not, or it reads half of a pair.
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
	// An explicit indentation, or a comment behind the indicator, is rare and
	// left to the parser (YAML 1.2, 8.1.1).
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

// appendBreaks appends the line breaks between two lines with text. In a folded
// block one break is a space, and of more the first is dropped (YAML 1.2, 6.5).
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

// endLiteral ends a block before the line that comes next. What becomes of the
// breaks at its end is for the indicator to say (YAML 1.2, 8.1.1.2); they are
// never folded.
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
