package source

import (
	"strconv"
	"unicode/utf8"
)

// AppendJSON appends n to b as compact JSON.
func AppendJSON(b []byte, n *Node) []byte {
	switch n.Kind {
	case Bool:
		// YAML writes True and TRUE as well.
		return strconv.AppendBool(b, n.Text[0] == 't' || n.Text[0] == 'T')
	case Number:
		return append(b, n.Text...)
	case String:
		return AppendQuoted(b, n.Text)
	case Object, Array:
		return appendChildren(b, n)
	default:
		return append(b, "null"...)
	}
}

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
	case 0x2028, 0x2029, 0xFEFF, 0xFFFE, 0xFFFF:
		return false
	default:
		return r >= 0xA0
	}
}
