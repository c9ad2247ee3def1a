package export

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxText is the number of characters of one text of a document that an export
// for readers shows. It bounds a table cell; whole texts are in the JSON.
const maxText = 300

// oneLine returns text of a document as one line of at most limit characters
// and an ellipsis. White space, line breaks among it, becomes single spaces.
// What is hidden or no UTF-8 becomes U+FFFD, so that a reader sees that
// something is there.
func oneLine(s string, limit int) string {
	var b strings.Builder
	space := false
	for _, r := range s {
		if unicode.IsSpace(r) {
			space = b.Len() > 0
			continue
		}
		if space {
			limit--
		}
		if limit--; limit < 0 {
			b.WriteString("…")
			break
		}
		if space {
			b.WriteByte(' ')
			space = false
		}
		if hidden(r) {
			r = utf8.RuneError
		}
		b.WriteRune(r)
	}
	return b.String()
}

// hidden reports whether r is invisible or changes how the text around it is
// shown: control characters, bidirectional controls, tags, fillers. Joiners
// stay, because Persian and Indic scripts are wrong without them, and so do the
// Arabic signs that are drawn, though Unicode calls them format characters.
func hidden(r rune) bool {
	const nonJoiner, joiner = '\u200C', '\u200D'
	if r == nonJoiner || r == joiner || unicode.Is(unicode.Prepended_Concatenation_Mark, r) {
		return false
	}
	return unicode.In(r, unicode.Cc, unicode.Cf,
		unicode.Other_Default_Ignorable_Code_Point, unicode.Noncharacter_Code_Point)
}

// markdownPunctuation is the ASCII punctuation that can begin or end something
// in GitHub-flavoured Markdown wherever it stands. CommonMark allows a backslash
// before each.
const markdownPunctuation = "\\`*_{}[]<>|~&#$^!"

// breaker is a zero-width space. GitHub looks for mentions, issue numbers and
// addresses in the text of the finished page, where backslashes are gone, so
// that only another character between theirs keeps them apart. It is written as
// an entity to be seen in the source.
const breaker = "&#8203;"

// escapeMarkdown returns text so that Markdown shows it as it is within a
// heading, a paragraph, an item of a list or a table cell.
//
// Commit ids and emoji codes such as :tada: stay as they are. GitHub links the
// former only if its own repository has the commit, and the latter replace text
// by a picture, which a document can hold anyway.
func escapeMarkdown(s string) string {
	var b strings.Builder
	for i := range len(s) {
		c := s[i]
		if strings.IndexByte(markdownPunctuation, c) >= 0 {
			b.WriteByte('\\')
		}
		if c == '.' && hasSuffixFold(s[:i], "www") {
			b.WriteString(breaker)
		}
		b.WriteByte(c)
		if linksNext(s, i) {
			b.WriteString(breaker)
		}
	}
	return b.String()
}

// escapeStart returns an escaped line so that it begins no list item, rule or
// underline of a heading. What begins a heading, a quotation or a block of code
// is escaped wherever it stands.
func escapeStart(s string) string {
	if s == "" {
		return s
	}
	digits := len(s) - len(strings.TrimLeft(s, "0123456789"))
	switch {
	case strings.IndexByte("-+=", s[0]) >= 0:
		return `\` + s
	case digits > 0 && digits < len(s) && (s[digits] == '.' || s[digits] == ')'):
		return s[:digits] + `\` + s[digits:]
	default:
		return s
	}
}

// linksNext reports whether the character at i and what follows would become a
// mention, an issue number or an address.
func linksNext(s string, i int) bool {
	rest := s[i+1:]
	digit := rest != "" && '0' <= rest[0] && rest[0] <= '9'
	switch s[i] {
	case '@':
		return true
	case '#', '!':
		return digit
	case '-':
		return digit && hasSuffixFold(s[:i], "gh")
	case ':':
		return strings.HasPrefix(rest, "//")
	default:
		return false
	}
}

// hasSuffixFold reports whether s ends with an ASCII suffix in any case.
func hasSuffixFold(s, suffix string) bool {
	return len(s) >= len(suffix) && strings.EqualFold(s[len(s)-len(suffix):], suffix)
}

// codeMarkdown returns a line of text as a code span. A code span has no
// escapes: a backtick would end it, and a pipe would end the table cell that it
// stands in. Text with one of these is shown as plain text.
func codeMarkdown(s string) string {
	if s == "" || strings.ContainsAny(s, "`|") {
		return escapeMarkdown(s)
	}
	return "`" + s + "`"
}
