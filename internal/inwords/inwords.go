// Package inwords puts names of the model, and what users wrote, into the words
// that people read. All messages and reports use the same.
package inwords

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"google.golang.org/protobuf/reflect/protoreflect"
)

// Enum returns an enum value in words: "very high", "in review". The zero
// value is "not stated", a number without a name "unknown value 99".
func Enum(e protoreflect.Enum) string {
	v := e.Descriptor().Values().ByNumber(e.Number())
	if v == nil {
		return "unknown value " + strconv.Itoa(int(e.Number()))
	}
	return Value(v)
}

// Value does what [Enum] does, for a value that is known by its descriptor.
func Value(v protoreflect.EnumValueDescriptor) string {
	if v.Number() == 0 {
		return "not stated"
	}
	ed := v.Parent().(protoreflect.EnumDescriptor)
	return Name(strings.ToLower(strings.TrimPrefix(string(v.Name()), EnumPrefix(ed))))
}

// EnumPrefix returns what the names of all values of an enum begin with, such
// as LEVEL_; it is empty for an enum that does not follow the style guide.
func EnumPrefix(ed protoreflect.EnumDescriptor) string {
	prefix, ok := strings.CutSuffix(string(ed.Values().Get(0).Name()), "UNSPECIFIED")
	if !ok {
		return ""
	}
	return prefix
}

// Name returns the name of a field, an enum value or a message in words:
// rating_rationale and RatingRationale are both "rating rationale".
func Name(name string) string {
	var b strings.Builder
	// A capital letter begins a word each time: the model has no names with
	// initials in capitals, such as URL.
	for i, r := range name {
		switch {
		case r == '_':
			b.WriteByte(' ')
		case unicode.IsUpper(r):
			if i > 0 {
				b.WriteByte(' ')
			}
			b.WriteRune(unicode.ToLower(r))
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// Line does what [Excerpt] does, for text that goes into a message without
// quotes: what is not printable is replaced, so that nothing in a document can
// begin a new line of a log or give orders to a terminal.
func Line(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsPrint(r) {
			return r
		}
		return unicode.ReplacementChar
	}, Excerpt(text))
}

// Excerpt returns the beginning of text of a user, if it is too long to be
// repeated in a message: 80 bytes at most, so that a message stays one.
func Excerpt(text string) string {
	const most = 80
	const dots = "..."
	if len(text) <= most {
		return text
	}
	// Bytes and not runes: what must stay short is the message in a log. A rune
	// is never cut in two.
	end := most - len(dots)
	for end > 0 && !utf8.RuneStart(text[end]) {
		end--
	}
	return text[:end] + dots
}
