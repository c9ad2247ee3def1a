package source

import (
	"strings"
	"unicode/utf8"
)

// blockYAML reads the plain core of YAML that most documents keep to, and that
// [AppendYAML] writes: block mappings and sequences of literal and folded
// blocks, and of scalars and flow collections on one line. It reports false for
// everything else, right or wrong, which is then left to the parser; what it
// does read, it reads in the same way and several times faster. data must be
// valid UTF-8.
func blockYAML(data []byte, limits Limits) (*Node, bool) {
	if len(data) == 0 || data[len(data)-1] != '\n' {
		return nil, false
	}
	p := blocks{src: string(data), limits: limits}
	p.arena.size = len(p.src)
	// What is left over at the end makes it false as well, such as a line that
	// fits into no collection, or the --- of a second document.
	if !p.nextLine() || p.done || p.col != 0 || !p.collection(p.arena.push(), 0, 1) || !p.done {
		return nil, false
	}
	return p.arena.root(), true
}

// blocks is the state of blockYAML. Every method reports whether it could read
// what it is for; the first false ends it all.
type blocks struct {
	src    string
	limits Limits
	arena  arena
	nodes  int

	text string // the line without its indentation and line feed
	next int    // where the line after it begins
	line int32
	col  int  // where text begins
	done bool // there is no line
}

// nextLine goes to the next line that is neither empty nor a comment.
func (p *blocks) nextLine() bool {
	for p.next < len(p.src) {
		// There is always a line feed: blockYAML looks at the last byte.
		end := p.next + strings.IndexByte(p.src[p.next:], '\n')
		line := p.src[p.next:end]
		p.next = end + 1
		p.line++
		p.text = strings.TrimLeft(line, " ")
		p.col = len(line) - len(p.text)
		// Only spaces indent (YAML 1.2, 6.1): a tab is part of the text, where
		// it makes the callers give up.
		if p.text != "" && p.text[0] != '#' {
			return true
		}
		if !clean(p.text) {
			return false
		}
	}
	p.text, p.done = "", true
	return true
}

// clean reports whether a text on one line has only characters that YAML
// prints as they are, and no tabs.
func clean(text string) bool {
	for i := 0; i < len(text); i++ {
		if c := text[i]; c < ' ' || c == 0x7F {
			return false
		} else if c >= utf8.RuneSelf {
			for _, r := range text[i:] {
				if r < ' ' || r >= 0x7F && !Printable(r) {
					return false
				}
			}
			return true
		}
	}
	return true
}

// cut takes n bytes from the front of the line, and the spaces behind them.
func (p *blocks) cut(n int) {
	rest := strings.TrimLeft(p.text[n:], " ")
	p.col += len(p.text) - len(rest)
	p.text = rest
}

// pos returns the place of the token that the line begins with. Whatever
// stands before it on the line is ASCII.
func (p *blocks) pos(length int) Pos {
	return Pos{Line: p.line, Column: int32(p.col + 1), Length: int32(length)} //nolint:gosec // bounded by MaxBytes
}

// open counts a value and makes it a collection. It only gives up at a limit:
// the parser then finds the same limit, and says where.
func (p *blocks) open(at, depth int, kind Kind) bool {
	n := &p.arena.stack[at]
	n.Kind, n.Pos = kind, p.pos(0)
	p.nodes++
	return depth <= p.limits.MaxDepth && p.nodes <= p.limits.MaxNodes
}

// isItem reports whether the line begins with the dash of a list item. A dash
// that no space follows begins a text (YAML 1.2, 8.2.1).
func (p *blocks) isItem() bool {
	return strings.HasPrefix(p.text, "- ") || p.text == "-"
}

// collection reads the list or object that begins here, at column col.
func (p *blocks) collection(at, col, depth int) bool {
	if p.isItem() {
		return p.list(at, col, depth)
	}
	return p.object(at, col, depth)
}

// list reads the items that begin at column col.
func (p *blocks) list(at, col, depth int) bool {
	if !p.open(at, depth, Array) {
		return false
	}
	for !p.done && p.col == col && p.isItem() {
		p.cut(1) // an item may begin a collection on the same line, further right
		item := p.arena.push()
		switch {
		case p.text == "" || p.text[0] == '#':
			return false // the item stands on lines of its own, or is null
		case p.isItem() || p.keyLength() > 0:
			if !p.collection(item, p.col, depth+1) {
				return false
			}
		case !p.value(item, col, depth+1, 0):
			return false
		}
	}
	p.arena.close(at)
	// A line between the columns of two collections belongs to neither.
	return p.done || p.col <= col
}

// object reads the members that begin at column col.
func (p *blocks) object(at, col, depth int) bool {
	if !p.open(at, depth, Object) {
		return false
	}
	for !p.done && p.col == col && !p.isItem() {
		length := p.keyLength()
		if length == 0 {
			return false
		}
		member := p.arena.push()
		n := &p.arena.stack[member]
		n.KeyPos = p.pos(length)
		wide := 0 // bytes of the key that begin no rune
		if n.Key = p.text[:length]; n.Key[0] == '"' {
			wide = length - utf8.RuneCountInString(n.Key)
			n.KeyPos.Length = int32(length - wide) //nolint:gosec // bounded by MaxBytes
			n.Key = n.Key[1 : length-1]
		}
		p.cut(length + 1)
		if p.text != "" && p.text[0] != '#' {
			if !p.value(member, col, depth+1, wide) {
				return false
			}
			continue
		}
		// A list may stand as far left as its key; an object may not.
		if !clean(p.text) || !p.nextLine() || p.done || p.col < col || p.col == col && !p.isItem() {
			return false // among them the value null
		}
		if !p.collection(member, p.col, depth+1) {
			return false
		}
	}
	p.arena.close(at)
	return p.done || p.col <= col
}

// keyLength returns the length of the key that the line begins with, or 0 if
// there is none, or one that is not simple.
func (p *blocks) keyLength() int {
	// A subset of what may be a key, so that no text in it can be a scalar of
	// another type, an indicator, or two things at once. Keys of the model are
	// all in it. 128 is far from the 1024 at which the parser stops looking for
	// a colon, and keeps the look ahead short.
	length := 0
	if p.text[0] == '"' {
		end := strings.IndexByte(p.text[1:], '"')
		if end < 0 || strings.IndexByte(p.text[1:end+1], '\\') >= 0 || !clean(p.text[:end+1]) {
			return 0
		}
		length = end + 2
	} else {
		for length < len(p.text) && isWordByte(p.text[length]) {
			length++
		}
		if length == 0 || !isLetter(p.text[0]) || p.text[length-1] == ' ' || strings.EqualFold(p.text[:length], "null") {
			return 0
		}
	}
	if length > 128 || length >= len(p.text) || p.text[length] != ':' || length+1 < len(p.text) && p.text[length+1] != ' ' {
		return 0
	}
	return length
}

func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

func isWordByte(c byte) bool { return isLetter(c) || isDigit(c) || strings.IndexByte("_-./ ", c) >= 0 }
