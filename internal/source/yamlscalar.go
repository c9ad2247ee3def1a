package source

import (
	"fmt"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"

	"github.com/reviewpkg/sdk/internal/inwords"
)

// scalar fills n from a scalar. The parser has resolved the tag already.
func (c *converter) scalar(y *yaml.Node, n *Node) *Error {
	const quoted = yaml.SingleQuotedStyle | yaml.DoubleQuotedStyle
	const block = yaml.LiteralStyle | yaml.FoldedStyle
	tagged := y.Style&yaml.TaggedStyle != 0
	n.Text = y.Value
	n.Plain = !tagged && y.Style&(quoted|block) == 0
	switch y.Tag {
	case "!!str", "!!binary", "!!timestamp", "!!merge":
		n.Kind = String
	case "!!int", "!!float":
		// What only YAML takes for a number, such as 0x1F or .inf, stays text.
		if n.Kind = String; IsNumber(y.Value) {
			n.Kind = Number
		}
	case "!!bool":
		n.Kind = Bool
	case "!!null":
		n.Kind, n.Text = Null, ""
	default:
		return badTag(y, n.Pos)
	}
	switch {
	case y.Style&quoted != 0:
		n.Pos.Length = c.cursor.quotedLength(n.Pos)
	case y.Style&block != 0:
		n.Pos.Length = 1
	default:
		n.Pos.Length = c.cursor.plainLength(n.Pos, y.Value)
	}
	return nil
}

// badTag is the error about a tag that JSON has no value for.
func badTag(y *yaml.Node, pos Pos) *Error {
	return &Error{Pos: pos, Message: fmt.Sprintf("the tag %s has no meaning in this document", inwords.Excerpt(y.Tag))}
}

// runes returns the number of runes in text.
func runes(text string) int32 {
	return int32(utf8.RuneCountInString(text)) //nolint:gosec // bounded by MaxBytes
}

// A cursor finds tokens in the source by line and column. It only moves
// forward, as the nodes of a document do, so that all look-ups together cost
// one pass over the source.
type cursor struct {
	src          []byte
	off          int
	line, column int32
}

// seek moves to pos and returns what is left of its line, or nothing if the
// cursor is past it.
func (c *cursor) seek(pos Pos) []byte {
	for c.line < pos.Line && c.off < len(c.src) {
		size := lineBreak(c.src[c.off:])
		if size > 0 {
			c.line, c.column = c.line+1, 1
			c.off += size
			continue
		}
		c.off++
	}
	if c.line != pos.Line || c.column > pos.Column {
		return nil
	}
	for c.column < pos.Column && c.off < len(c.src) {
		_, size := utf8.DecodeRune(c.src[c.off:])
		c.off += size
		c.column++
	}
	return c.src[c.off:]
}

// lineBreak returns the size of the line break that b begins with, or 0. The
// YAML parser counts five kinds of them.
func lineBreak(b []byte) int {
	switch b[0] {
	case '\n':
		return 1
	case '\r':
		if len(b) > 1 && b[1] == '\n' {
			return 2
		}
		return 1
	case 0xC2:
		if len(b) > 1 && b[1] == 0x85 {
			return 2
		}
	case 0xE2:
		if len(b) > 2 && b[1] == 0x80 && (b[2] == 0xA8 || b[2] == 0xA9) {
			return 3
		}
	}
	return 0
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
