package source

import (
	"bytes"
	"fmt"
	"strconv"
	"unicode/utf8"
)

// JSON reads one JSON text as RFC 8259 defines it, and nothing but it: no
// comments, no trailing commas, no lone surrogates, no invalid UTF-8. A byte
// order mark at the start is skipped.
//
// The YAML parser cannot do this, because it refuses legal JSON such as the
// escapes \/ and \ud83d\ude00; encoding/json does not know lines and columns.
func JSON(data []byte, limits Limits) (*Node, *Error) {
	limits = limits.Filled()
	if err := limits.CheckSize(int64(len(data))); err != nil {
		return nil, err
	}
	// One copy of the text serves every key and value without an escape. It
	// also keeps the tree apart from data, which the caller may change.
	s := scanner{src: string(WithoutBOM(data)), line: 1, limits: limits}
	s.space()
	s.arena.size = len(s.src)
	if err := s.value(s.arena.push(), 1); err != nil { // the root has the depth 1
		return nil, err
	}
	// A JSON text is one value (RFC 8259, 2): what follows is a mistake, and
	// not another document.
	s.space()
	if s.off < len(s.src) {
		return nil, s.unexpected("the end of the document")
	}
	return s.arena.root(), nil
}

// WithoutBOM returns data without a UTF-8 byte order mark at its start. RFC
// 8259, 8.1, lets a reader ignore one, and some editors write one in every file.
// It has no width, so that columns are counted as if it were not there.
func WithoutBOM(data []byte) []byte {
	return bytes.TrimPrefix(data, []byte("\uFEFF"))
}

// A scanner walks over a JSON text once. A column is off-base+1: base is the
// start of the line, moved on by every byte that does not begin a rune, so
// that counting runes costs nothing in a line of ASCII.
type scanner struct {
	src    string
	limits Limits
	arena  arena
	buf    []byte // text of the string with escapes that is being read
	off    int
	base   int
	nodes  int
	line   int32
}

// pos returns the place of the next byte, for a token of the given length.
func (s *scanner) pos(length int) Pos {
	return Pos{Line: s.line, Column: int32(s.off - s.base + 1), Length: int32(length)} //nolint:gosec // bounded by MaxBytes
}

// errorf returns an error at the next byte.
func (s *scanner) errorf(format string, args ...any) *Error {
	return &Error{Pos: s.pos(0), Message: fmt.Sprintf(format, args...)}
}

// unexpected returns the error that something else than want comes next.
func (s *scanner) unexpected(want string) *Error {
	if s.off >= len(s.src) {
		return s.errorf("the document ends where %s is expected", want)
	}
	// A replacement character that stands in the document has size 3.
	r, size := utf8.DecodeRuneInString(s.src[s.off:])
	if r == utf8.RuneError && size == 1 {
		return s.errorf("invalid UTF-8")
	}
	return s.errorf("found %s where %s is expected", strconv.QuoteRune(r), want)
}

// space skips the four characters that are white space in RFC 8259, 2, and not
// those that Unicode has besides. Line breaks occur nowhere else: in a string
// they must be escaped. A carriage return alone begins no line.
func (s *scanner) space() {
	for s.off < len(s.src) {
		switch s.src[s.off] {
		case ' ', '\t', '\r':
		case '\n':
			s.line++
			s.base = s.off + 1
		default:
			return
		}
		s.off++
	}
}

// peek returns the next byte, or 0 at the end; 0 is no token of JSON.
func (s *scanner) peek() byte {
	if s.off < len(s.src) {
		return s.src[s.off]
	}
	return 0
}

// value reads a value into the node of the arena at the given index; depth is
// that of the value itself.
func (s *scanner) value(at, depth int) *Error {
	// Not to be used after children: the stack moves as it grows.
	n := &s.arena.stack[at]
	if s.nodes++; s.nodes > s.limits.MaxNodes {
		return s.limits.tooMany(s.pos(0))
	}
	switch c := s.peek(); c {
	case '{', '[':
		n.Pos = s.pos(1)
		if depth > s.limits.MaxDepth {
			return s.limits.tooDeep(n.Pos)
		}
		s.off++
		n.Kind = Array
		if c == '{' {
			n.Kind = Object
		}
		return s.children(at, depth)
	case '"':
		n.Kind = String
		var err *Error
		n.Text, n.Pos, err = s.str()
		return err
	case 't':
		return s.word(n, "true", Bool)
	case 'f':
		return s.word(n, "false", Bool)
	case 'n':
		return s.word(n, "null", Null)
	default:
		if c == '-' || isDigit(c) {
			return s.number(n)
		}
		return s.unexpected("a value")
	}
}

// word reads one of the three literal names, which are all in lower case (RFC
// 8259, 3). What follows is for the caller to judge: truex fails there.
func (s *scanner) word(n *Node, word string, kind Kind) *Error {
	if len(s.src)-s.off < len(word) || s.src[s.off:s.off+len(word)] != word {
		return s.unexpected("a value")
	}
	n.Kind, n.Pos = kind, s.pos(len(word))
	if kind == Bool {
		n.Text = word
	}
	s.off += len(word)
	return nil
}

// children reads what stands in the object or list at the given index, up to
// its end.
func (s *scanner) children(at, depth int) *Error {
	isObject := s.arena.stack[at].Kind == Object
	closing, want := byte(']'), "',' or ']'"
	if isObject {
		closing, want = '}', "',' or '}'"
	}
	s.space()
	// Only an empty collection may end where a value could begin: a comma
	// must be followed by something.
	for first := true; s.peek() != closing || !first; first = false {
		child := s.arena.push()
		if isObject {
			if err := s.key(&s.arena.stack[child]); err != nil {
				return err
			}
		}
		if err := s.value(child, depth+1); err != nil {
			return err
		}
		s.space()
		if s.peek() == closing {
			break
		}
		if s.peek() != ',' {
			return s.unexpected(want)
		}
		s.off++
		s.space()
	}
	s.off++
	s.arena.close(at)
	return nil
}

// key reads the key of a member and the colon after it. RFC 8259, 4, leaves open
// what a key that stands twice means; here it is kept and marked, so that the
// decoder can say where.
func (s *scanner) key(n *Node) *Error {
	if s.peek() != '"' {
		return s.unexpected("a key in quotes")
	}
	var err *Error
	if n.Key, n.KeyPos, err = s.str(); err != nil {
		return err
	}
	s.space()
	if s.peek() != ':' {
		return s.unexpected("':'")
	}
	s.off++
	s.space()
	return nil
}

// number reads a number and keeps its text.
func (s *scanner) number(n *Node) *Error {
	// The text is kept as it stands, because only the field says which type,
	// and how large a number, is meant.
	start, pos := s.off, s.pos(0)
	// The grammar is RFC 8259, 6: no plus, no zero before another digit, digits
	// on both sides of the point.
	if s.peek() == '-' {
		s.off++
	}
	if s.peek() == '0' {
		s.off++
		if isDigit(s.peek()) {
			return s.errorf("a number must not begin with 0")
		}
	} else if err := s.digits(); err != nil {
		return err
	}
	if s.peek() == '.' {
		s.off++
		if err := s.digits(); err != nil {
			return err
		}
	}
	if c := s.peek(); c == 'e' || c == 'E' {
		s.off++
		if c := s.peek(); c == '+' || c == '-' {
			s.off++
		}
		if err := s.digits(); err != nil {
			return err
		}
	}
	pos.Length = int32(s.off - start) //nolint:gosec // bounded by MaxBytes
	n.Kind, n.Pos, n.Text = Number, pos, s.src[start:s.off]
	return nil
}

// digits reads one digit or more.
func (s *scanner) digits() *Error {
	if !isDigit(s.peek()) {
		return s.unexpected("a digit")
	}
	for isDigit(s.peek()) {
		s.off++
	}
	return nil
}

// IsNumber reports whether text is a number as JSON writes them.
func IsNumber(text string) bool {
	// Most texts are not numbers, and their first byte says so.
	if text == "" || text[0] != '-' && !isDigit(text[0]) {
		return false
	}
	s, n := scanner{src: text}, Node{}
	return s.number(&n) == nil && s.off == len(text)
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }
