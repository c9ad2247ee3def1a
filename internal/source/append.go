package source

import (
	"strconv"
	"unicode/utf8"
)

// AppendJSON appends n to b as compact JSON. It writes what a reader of RFC 8259
// takes, whichever language n was read from: the kinds are those of JSON, and
// the text of a number is one that [IsNumber] has let pass.
func AppendJSON(b []byte, n *Node) []byte {
	switch n.Kind {
	case Bool:
		return strconv.AppendBool(b, n.Truth())
	case Number:
		// As it was written: 1.10 and 1e400 would not survive a float.
		return append(b, n.Text...)
	case String:
		return AppendQuoted(b, n.Text)
	case Object, Array:
		return appendChildren(b, n)
	default:
		return append(b, "null"...)
	}
}

// appendChildren appends an object or a list. It recurses; the depth of a tree
// is bounded by what read it, see [Limits].
func appendChildren(b []byte, n *Node) []byte {
	opening, closing := byte('['), byte(']')
	if n.Kind == Object {
		opening, closing = '{', '}'
	}
	b = append(b, opening)
	for i := range n.Children {
		if i > 0 {
			b = append(b, ',')
		}
		if n.Kind == Object {
			b = append(AppendQuoted(b, n.Children[i].Key), ':')
		}
		b = AppendJSON(b, &n.Children[i])
	}
	return append(b, closing)
}

// AppendQuoted appends text to b in double quotes, in a form that JSON and
// YAML read alike. What is not printable everywhere is escaped: control
// characters, the line separators of Unicode, byte order marks,
// noncharacters. Text must be valid UTF-8.
func AppendQuoted(b []byte, text string) []byte {
	const hex = "0123456789abcdef"
	b = append(b, '"')
	for _, r := range text {
		// No \x, \e or \N: JSON does not have them (RFC 8259, 7). The escapes
		// of JSON are all escapes of YAML as well (YAML 1.2, 5.7).
		switch {
		case r == '"' || r == '\\':
			b = append(b, '\\', byte(r))
		case r == '\n':
			b = append(b, '\\', 'n')
		case r == '\t':
			b = append(b, '\\', 't')
		case r >= ' ' && r < 0x7F, Printable(r):
			b = utf8.AppendRune(b, r)
		default: // all of these are in the basic plane
			b = append(b, '\\', 'u', hex[r>>12&15], hex[r>>8&15], hex[r>>4&15], hex[r&15])
		}
	}
	return append(b, '"')
}

// Printable reports whether a rune above ASCII may stand in a YAML document as
// it is, and is not taken for a line break.
func Printable(r rune) bool {
	switch r {
	// YAML 1.1 takes the first two for line breaks; a reader may drop the
	// mark; the last two are not in the set of YAML 1.2, 5.1.
	case 0x2028, 0x2029, 0xFEFF, 0xFFFE, 0xFFFF:
		return false
	default:
		// Between ASCII and this are control characters only.
		return r >= 0xA0
	}
}
