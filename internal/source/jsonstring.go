package source

import (
	"strconv"
	"unicode/utf16"
	"unicode/utf8"
)

// str reads a string and returns its decoded text and the place of the token
// with its quotes. A text without escapes is a part of the source; only the
// others are copied. The caller has seen the opening quote.
//
// What it reads is what RFC 8259, 7 and 8.1 say, in valid UTF-8. Bytes that are
// not are refused and never replaced: a name that somebody else reads in another
// way than we do is how checks are got around.
func (s *scanner) str() (string, Pos, *Error) {
	pos := s.pos(0)
	s.off++
	// start is where the part begins that is not in the buffer yet.
	start := s.off
	copied := false
	for s.off < len(s.src) {
		c := s.src[s.off]
		switch {
		case c == '"':
			text := s.src[start:s.off]
			if copied {
				s.buf = append(s.buf, text...)
				text = string(s.buf)
			}
			s.off++
			pos.Length = s.pos(0).Column - pos.Column
			return text, pos, nil
		case c == '\\':
			if !copied {
				copied, s.buf = true, s.buf[:0]
			}
			s.buf = append(s.buf, s.src[start:s.off]...)
			if err := s.escape(); err != nil {
				return "", pos, err
			}
			start = s.off
		// DEL and the control characters above ASCII may stand as they are.
		case c < ' ':
			return "", pos, s.errorf("the control character %s must be escaped in a string", strconv.QuoteRune(rune(c)))
		case c < utf8.RuneSelf:
			s.off++
		default:
			r, size := utf8.DecodeRuneInString(s.src[s.off:])
			if r == utf8.RuneError && size == 1 {
				return "", pos, s.errorf("invalid UTF-8")
			}
			s.off += size
			s.base += size - 1 // a rune is one column
		}
	}
	// The place of the opening quote: where the text ends says nothing.
	return "", pos, &Error{Pos: pos, Message: "the string has no closing quote"}
}

// escape decodes one escape sequence to the end of the buffer.
func (s *scanner) escape() *Error {
	if s.off+1 >= len(s.src) {
		return s.errorf("the document ends in an escape sequence")
	}
	const from, to = `"\/bfnrt`, "\"\\/\b\f\n\r\t"
	c := s.src[s.off+1]
	if c == 'u' {
		return s.unicodeEscape()
	}
	for i := range len(from) {
		if from[i] == c {
			s.buf = append(s.buf, to[i])
			s.off += 2
			return nil
		}
	}
	r, _ := utf8.DecodeRuneInString(s.src[s.off+1:])
	return s.errorf("unknown escape sequence \\ and %s", strconv.QuoteRune(r))
}

// unicodeEscape decodes \uXXXX, or two of them that form a surrogate pair. RFC
// 8259, 8.2, warns that half of a pair has no meaning of its own; encoding/json
// makes U+FFFD of it, by which two different keys could become one.
func (s *scanner) unicodeEscape() *Error {
	r, ok := s.hex4(s.off)
	if !ok {
		return s.errorf("\\u must be followed by four hexadecimal digits")
	}
	size := 6
	if utf16.IsSurrogate(r) {
		low, ok := s.hex4(s.off + size)
		if r = utf16.DecodeRune(r, low); !ok || r == utf8.RuneError {
			return s.errorf("half of a surrogate pair stands alone")
		}
		size = 12
	}
	s.buf = utf8.AppendRune(s.buf, r)
	s.off += size
	return nil
}

// hex4 returns the number in the escape \uXXXX at off, if there is one.
func (s *scanner) hex4(off int) (rune, bool) {
	if off+6 > len(s.src) || s.src[off] != '\\' || s.src[off+1] != 'u' {
		return 0, false
	}
	// ParseUint takes no sign, and underscores only for base 0.
	v, err := strconv.ParseUint(s.src[off+2:off+6], 16, 16)
	return rune(v), err == nil
}
