package source

import (
	"fmt"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"

	"github.com/reviewpkg/sdk/internal/inwords"
)

// scalar fills n from a scalar. The parser has resolved the tag already.
func (c *converter) scalar(y *yaml.Node, n *Node) *Error {
	// The parser resolves words and numbers as YAML 1.1 does in part, which is
	// more than the core schema of YAML 1.2 (10.3) has.
	const quoted = yaml.SingleQuotedStyle | yaml.DoubleQuotedStyle
	const block = yaml.LiteralStyle | yaml.FoldedStyle
	tagged := y.Style&yaml.TaggedStyle != 0
	n.Text = y.Value
	// A tag is as good as quotes: somebody has said what is meant.
	n.Plain = !tagged && y.Style&(quoted|block) == 0
	switch y.Tag {
	// A date is no type of JSON, and the model has dates that are years.
	case "!!str", "!!binary", "!!timestamp", "!!merge":
		n.Kind = String
	case "!!int", "!!float":
		// What only YAML takes for a number, such as 0x1F or .inf, stays text.
		if n.Kind = String; IsNumber(y.Value) {
			n.Kind = Number
		}
	case "!!bool", "!!null":
		// The parser believes an explicit tag, whatever it stands before, so
		// that only the text counts: !!bool yes and !!bool "" stay text.
		if n.Kind = wordKind(y.Value); n.Kind == Null && y.Tag == "!!bool" {
			n.Kind = String
		}
	default:
		return badTag(y, n.Pos)
	}
	if n.Kind == Null {
		n.Text = ""
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

// wordKind returns the kind that the core schema (YAML 1.2, 10.3.2) gives to a
// plain scalar that is no number. The yes and no of YAML 1.1 are texts there.
func wordKind(text string) Kind {
	switch text {
	case "true", "True", "TRUE", "false", "False", "FALSE":
		return Bool
	case "", "~", "null", "Null", "NULL":
		return Null
	default:
		return String
	}
}

// badTag is the error about a tag that JSON has no value for.
func badTag(y *yaml.Node, pos Pos) *Error {
	return &Error{Pos: pos, Message: fmt.Sprintf("the tag %s has no meaning in this document", inwords.Line(y.Tag))}
}

// runes returns the number of runes in text.
func runes(text string) int32 {
	return int32(utf8.RuneCountInString(text)) //nolint:gosec // bounded by MaxBytes
}
