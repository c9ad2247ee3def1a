package openstack

import (
	"strings"

	"github.com/reviewpkg/sdk/internal/intake"
)

// unescape returns a text as its reader sees it: a backslash makes the character
// behind it plain, and a space behind it vanish. Emphasis stays, because fields
// hold CommonMark, which writes it the same way; so does what stands in double
// back quotes, where a backslash is one.
func unescape(raw string) string {
	if strings.IndexByte(raw, '\\') < 0 {
		return raw
	}
	b := make([]byte, 0, len(raw))
	literal := false
	for i := 0; i < len(raw); i++ {
		// A pair that nobody closes is two characters.
		if strings.HasPrefix(raw[i:], "``") {
			literal = !literal && strings.Contains(raw[i+2:], "``")
			b = append(b, "``"...)
			i++
			continue
		}
		if raw[i] != '\\' || literal {
			b = append(b, raw[i])
			continue
		}
		// An escaped blank joins what markup would have to keep apart: *a*\ s.
		if i++; i < len(raw) && raw[i] != ' ' {
			b = append(b, raw[i])
		}
	}
	return string(b)
}

// index returns where sub first stands in raw, outside of brackets and not
// behind a backslash, or -1.
func index(raw, sub string) int {
	depth := 0
	for i := 0; i < len(raw); i++ {
		// Commas and dashes in brackets explain the word before them.
		if depth == 0 && strings.HasPrefix(raw[i:], sub) {
			return i
		}
		switch raw[i] {
		case '\\':
			i++
		case '(', '[':
			depth++
		case ')', ']':
			depth = max(0, depth-1)
		}
	}
	return -1
}

// cut splits raw at the first sub that [index] finds.
func cut(raw, sub string) (before, after string, ok bool) {
	i := index(raw, sub)
	if i < 0 {
		return raw, "", false
	}
	return raw[:i], raw[i+len(sub):], true
}

// split splits raw at every sub that stands outside of brackets.
func split(raw, sub string) []string {
	var out []string
	for {
		before, after, ok := cut(raw, sub)
		out = append(out, strings.Trim(before, blanks))
		if !ok {
			return out
		}
		raw = after
	}
}

// splitKey splits "Key: value". The colon must be followed by a space or
// nothing, so that a URL is no key.
func splitKey(raw string) (key, value string, ok bool) {
	if key, value, ok = splitBoldKey(raw); ok {
		return key, value, true
	}
	for i := 0; i < len(raw); i++ {
		switch raw[i] {
		case '\\':
			i++
		case ':':
			// The first colon that ends a word: keys of the pages have none inside, and
			// values have many.
			if i+1 == len(raw) || raw[i+1] == ' ' || raw[i+1] == '\t' {
				return raw[:i], strings.Trim(raw[i+1:], blanks), i > 0
			}
		}
	}
	return "", "", false
}

// splitHead splits the name of an item from what is said about it: at the first
// colon, dash or full stop that ends a word outside of brackets.
func splitHead(raw string) (name, rest string) {
	end, width := len(raw), 0
	// Whichever comes first: authors use all three, one of them in a list.
	for _, sep := range []string{": ", " - ", ". "} {
		if i := index(raw, sep); i >= 0 && i < end {
			end, width = i, len(sep)
		}
	}
	if width > 0 {
		return raw[:end], strings.Trim(raw[end+width:], blanks)
	}
	if last := len(raw) - 1; last > 0 && (raw[last] == ':' || raw[last] == '.') && !escaped(raw, last) {
		return raw[:last], ""
	}
	return raw, ""
}

// escaped reports whether the byte at i stands behind a backslash that is none
// itself.
func escaped(raw string, i int) bool {
	n := 0
	for n < i && raw[i-1-n] == '\\' {
		n++
	}
	return n%2 == 1
}

// emphasised splits a text that begins with *name* or **name**.
func emphasised(raw string) (name, rest string, ok bool) {
	mark := "*"
	if strings.HasPrefix(raw, "**") {
		mark = "**"
	}
	// A blank behind the mark makes a bullet of it.
	if !strings.HasPrefix(raw, mark) || len(raw) == len(mark) || raw[len(mark)] == ' ' {
		return "", raw, false
	}
	for i := len(mark); i < len(raw); i++ {
		switch {
		case raw[i] == '\\':
			i++
		case strings.HasPrefix(raw[i:], mark) && i > len(mark):
			return raw[len(mark):i], raw[i+len(mark):], true
		}
	}
	return "", raw, false
}

// plain returns the words of a name: without emphasis and escapes.
func plain(raw string) string {
	raw = strings.Trim(raw, blanks)
	if name, rest, ok := emphasised(raw); ok && strings.Trim(rest, blanks) == "" {
		raw = name
	}
	return strings.Trim(unescape(raw), blanks)
}

// trailing splits off what stands in round brackets at the end of raw.
func trailing(raw string) (before, inner string, ok bool) {
	raw = strings.TrimRight(raw, blanks)
	depth, open, end := 0, 0, -1
	for i := 0; i < len(raw); i++ {
		switch raw[i] {
		case '\\':
			i++
		case '(':
			if depth == 0 {
				open = i
			}
			depth++
		case ')':
			if depth == 1 {
				end = i
			}
			depth = max(0, depth-1)
		}
	}
	// All in brackets is a name and no remark behind one.
	if end != len(raw)-1 || open == 0 || end < open {
		return raw, "", false
	}
	return strings.TrimRight(raw[:open], blanks), raw[open+1 : end], true
}

// isAcronym reports whether short is made of the first letters of the last words
// of name. It is then another name for the same thing, by the page's own word.
func isAcronym(short, name string) bool {
	words := strings.Fields(intake.Fold(name))
	// A single letter stands for anything.
	if len(short) < 2 || len(short) > len(words) || short != strings.ToUpper(short) {
		return false
	}
	words = words[len(words)-len(short):]
	for i, w := range words {
		if w[0] != short[i]|0x20 || short[i] < 'A' {
			return false
		}
	}
	return true
}

// withoutBrackets returns a name without what stands in brackets.
func withoutBrackets(name string) string {
	var b strings.Builder
	depth := 0
	for i := range len(name) {
		switch c := name[i]; {
		case c == '(' || c == '[':
			depth++
		case c == ')' || c == ']':
			depth = max(0, depth-1)
			b.WriteByte(' ')
		case depth == 0:
			b.WriteByte(c)
		}
	}
	return b.String()
}

// flat returns blocks as the text of a field: paragraphs with blank lines
// between them, items of lists one to a line.
func flat(blocks []*block) string {
	var b strings.Builder
	flatten(&b, blocks, "")
	return b.String()
}

// flatten writes blocks, indented. Comments and directives are no text.
func flatten(b *strings.Builder, blocks []*block, indent string) {
	list := false
	for _, block := range blocks {
		// Pictures and tables have fields of their own, and footnotes are links.
		if block.kind == comment || block.kind == directive || block.kind == footnote {
			continue
		}
		switch {
		case b.Len() > 0 && (list || indent != "") && block.kind == item:
			b.WriteString("\n")
		case b.Len() > 0:
			b.WriteString("\n\n")
		}
		list = block.kind == item
		lead := ""
		if list {
			// Numbers stay where they are stated: another item may refer to one.
			if lead = "- "; block.number != "" && block.number != "#" {
				lead = block.number + ". "
			}
		}
		b.WriteString(indent + lead + blockText(block))
		flatten(b, block.kids, indent+"  ")
	}
}

// blockText returns the text of a block alone.
func blockText(b *block) string {
	if b.kind != lineBlock {
		return unescape(b.text)
	}
	lines := strings.Split(b.text, "\n")
	for i := range lines {
		lines[i] = unescape(lines[i])
	}
	return strings.Join(lines, "\n")
}

// value returns the text that an item gives for its key: what stands behind the
// colon, and the paragraphs below.
func value(first string, kids []*block) string {
	var parts []string
	if text := unescape(first); text != "" {
		parts = append(parts, text)
	}
	for _, k := range kids {
		if k.kind == paragraph || k.kind == lineBlock {
			parts = append(parts, blockText(k))
		}
	}
	return strings.Join(parts, "\n\n")
}
