package source

import (
	"strings"
	"unicode/utf8"
)

// flowLine reads the flow collection that the line goes on with.
func (p *blocks) flowLine(at, depth int) bool {
	n := &p.arena.stack[at]
	if int(n.Pos.Column) != p.col+1 {
		return false // the key is not ASCII
	}
	for i := range len(p.text) {
		if p.text[i] >= utf8.RuneSelf {
			return false // so that columns are offsets
		}
	}
	p.nodes-- // it is counted again
	f := flow{blocks: p}
	return f.value(at, depth) && endsLine(p.text[f.off:])
}

// flow reads flow collections on one line of ASCII. It is a walk over the bytes
// like the JSON scanner, and not part of it: scalars need no quotes here, a
// comma or a bracket ends them, and {a: b, c} means something else.
type flow struct {
	*blocks
	off int // in the text of the line
}

// peek returns the next byte that is no space, or 0 at the end.
func (f *flow) peek() byte {
	for f.off < len(f.text) && f.text[f.off] == ' ' {
		f.off++
	}
	if f.off == len(f.text) {
		return 0
	}
	return f.text[f.off]
}

// value reads a value. After it comes a comma or a closing bracket.
func (f *flow) value(at, depth int) bool {
	if f.nodes++; f.nodes > f.limits.MaxNodes {
		return false
	}
	c := f.peek()
	n := &f.arena.stack[at]
	n.Pos = f.pos(1)
	n.Pos.Column += int32(f.off) //nolint:gosec // bounded by MaxBytes
	switch {
	case c == '[':
		n.Kind = Array // before the children: the stack may move
		return f.collection(at, depth, ']')
	case c == '{':
		n.Kind = Object
		return f.collection(at, depth, '}')
	case c == '"' || c == '\'':
		length := quoted(n, f.text[f.off:])
		f.off += length
		return length > 0
	case isLetter(c) || isDigit(c):
		// The characters that end a plain scalar in a flow (YAML 1.2, 7.3.3).
		end := f.off
		for end < len(f.text) && strings.IndexByte(",[]{}", f.text[end]) < 0 {
			end++
		}
		text := strings.TrimRight(f.text[f.off:end], " ")
		f.off = end
		// What the parser makes of these inside brackets is its own affair.
		return !strings.ContainsAny(text, "?\"'") && !strings.Contains(text, " #") && plainText(n, text)
	default:
		return false
	}
}

// collection reads what stands between two brackets.
func (f *flow) collection(at, depth int, closing byte) bool {
	if depth > f.limits.MaxDepth {
		return false
	}
	f.off++
	// A comma before the closing bracket is allowed in YAML (7.4) and left to
	// the parser: behind it a value is missing here.
	for first := true; f.peek() != closing || !first; first = false {
		child := f.arena.push()
		if closing == '}' && !f.key(&f.arena.stack[child]) {
			return false
		}
		if !f.value(child, depth+1) {
			return false
		}
		switch f.peek() {
		case ',':
			f.off++
			continue
		case closing:
		default:
			return false
		}
		break
	}
	f.off++
	f.arena.close(at)
	return true
}

// key reads a key that is a word, and the colon and space behind it. Without the
// space a:1 is a text and no member.
func (f *flow) key(n *Node) bool {
	f.peek()
	start := f.off
	for f.off < len(f.text) && isWordByte(f.text[f.off]) && f.text[f.off] != ' ' {
		f.off++
	}
	n.Key = f.text[start:f.off]
	if n.Key == "" || !isLetter(n.Key[0]) || len(n.Key) > 128 || strings.EqualFold(n.Key, "null") || !strings.HasPrefix(f.text[f.off:], ": ") {
		return false
	}
	n.KeyPos = f.pos(len(n.Key))
	n.KeyPos.Column += int32(start) //nolint:gosec // bounded by MaxBytes
	f.off += 2
	return true
}
