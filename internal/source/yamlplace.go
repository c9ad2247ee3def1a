package source

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"
)

// A cursor finds tokens in the source by line and column. It only moves
// forward, as the nodes of a document do, so that all look-ups together cost
// one pass over the source.
type cursor struct {
	src          []byte
	off          int
	line, column int32
}

// newCursor returns a cursor at the start of src.
func newCursor(src []byte) cursor { return cursor{src: src, line: 1, column: 1} }

// next moves over one rune or line break.
func (c *cursor) next() {
	if size := lineBreak(c.src[c.off:]); size > 0 {
		c.line, c.column = c.line+1, 1
		c.off += size
		return
	}
	_, size := utf8.DecodeRune(c.src[c.off:])
	c.column++
	c.off += size
}

// seek moves to pos and returns what is left of the document, or nothing if
// the cursor is past it.
func (c *cursor) seek(pos Pos) []byte {
	for c.off < len(c.src) && (c.line < pos.Line || c.line == pos.Line && c.column < pos.Column) {
		c.next()
	}
	if c.line != pos.Line || c.column != pos.Column {
		return nil
	}
	return c.src[c.off:]
}

// lineBreak returns the size of the line break that b begins with, or 0. These
// are the breaks of YAML 1.2 (5.4), and those that editors count.
func lineBreak(b []byte) int {
	switch b[0] {
	case '\n':
		return 1
	case '\r':
		if len(b) > 1 && b[1] == '\n' {
			return 2
		}
		return 1
	default:
		return 0
	}
}

// parserLines holds where each line of the parser begins: Column is the number
// of runes before it on the line of the file. It is empty where the two count
// alike, as nearly always.
//
// The parser keeps to YAML 1.1, for which U+0085, U+2028 and U+2029 end a line.
// They come into documents with text that was copied from elsewhere, and put
// every place behind them one line off from what an editor shows.
type parserLines []Pos

// newParserLines returns the lines of a document, which is valid UTF-8.
func newParserLines(data []byte) parserLines {
	const odd = "\u0085\u2028\u2029"
	if !bytes.ContainsAny(data, odd) {
		return nil
	}
	lines := parserLines{{Line: 1}}
	for c := newCursor(data); c.off < len(data); {
		r, _ := utf8.DecodeRune(data[c.off:])
		if c.next(); c.column == 1 || strings.ContainsRune(odd, r) {
			lines = append(lines, Pos{Line: c.line, Column: c.column - 1})
		}
	}
	return lines
}

// place returns where y begins: at its anchor or its tag, if it has one.
func (l parserLines) place(y *yaml.Node) Pos {
	pos := Pos{Line: int32(y.Line), Column: int32(y.Column)} //nolint:gosec // bounded by MaxBytes
	if 0 < y.Line && y.Line <= len(l) {
		start := l[y.Line-1]
		pos = Pos{Line: start.Line, Column: start.Column + pos.Column}
	}
	return pos
}

// plainLength returns the number of runes of the plain scalar at pos, as far
// as it stands on its first line: the text of one over several lines has lost
// its breaks. It is 0 behind an anchor or a tag.
func (c *cursor) plainLength(pos Pos, text string) int32 {
	rest := c.seek(pos)
	same := 0
	for same < len(text) && same < len(rest) && text[same] == rest[same] && lineBreak(rest[same:]) == 0 {
		same++
	}
	return runes(text[:same])
}

// quotedLength returns the number of runes of the quoted scalar at pos, with
// its quotes, as far as it stands on its first line.
func (c *cursor) quotedLength(pos Pos) int32 {
	rest := c.seek(pos)
	if len(rest) == 0 || rest[0] != '"' && rest[0] != '\'' {
		return 0 // the place is that of an anchor or a tag
	}
	quote, length := rest[0], int32(1)
	for i := 1; i < len(rest) && lineBreak(rest[i:]) == 0; length++ {
		switch {
		case quote == '"' && rest[i] == '\\' && i+1 < len(rest) && lineBreak(rest[i+1:]) == 0:
			i++
			length++
		case quote == '\'' && rest[i] == quote && i+1 < len(rest) && rest[i+1] == quote:
			i++
			length++
		case rest[i] == quote:
			return length + 1
		}
		_, size := utf8.DecodeRune(rest[i:])
		i += size
	}
	return length
}
