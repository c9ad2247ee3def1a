package cncf

import "strings"

// cutText cuts a text where end says that a mark of some length stands, and
// leaves the marks out. Answers are cut by the page; expressions took as long
// as all that is read from the pieces.
func cutText(text string, end func(rest string) int) []string {
	var out []string
	start := 0
	for i := 0; i < len(text); {
		n := end(text[i:])
		if n == 0 {
			i++
			continue
		}
		out = append(out, text[start:i])
		i += n
		start = i
	}
	return append(out, text[start:])
}

// sentenceEnd returns the length of the end of a sentence that a text begins
// with: a full stop, an empty line, or the marker of the next item of a list.
func sentenceEnd(s string) int {
	switch s[0] {
	case '.':
		if len(s) > 1 && isGap(s[1]) {
			return 2
		}
		// All white space up to the next word is looked through, because the empty
		// line that ends the sentence may have blanks in it.
	case '\n':
		i, empty := 1, 0
		for ; i < len(s) && isGap(s[i]); i++ {
			if s[i] == '\n' {
				empty = i + 1
			}
		}
		marker := i
		switch {
		case i < len(s) && strings.IndexByte("-*+", s[i]) >= 0:
			marker++
		default:
			for marker < len(s) && '0' <= s[marker] && s[marker] <= '9' {
				marker++
			}
			if marker == i || marker == len(s) || s[marker] != '.' {
				return empty
			}
			marker++
		}
		if marker < len(s) && isGap(s[marker]) {
			return marker + 1
		}
		return empty
	}
	return 0
}

// clauseEnd returns the length of the end of a clause that a text begins with. A
// colon ends none: what is behind it is about what is before.
func clauseEnd(s string) int {
	if len(s) > 1 && (s[0] == ',' || s[0] == ';') && isGap(s[1]) {
		return 2
	}
	if !isGap(s[0]) {
		return 0
	}
	for _, word := range []string{"and", "but", "while", "then"} {
		if end := 1 + len(word); strings.HasPrefix(s[1:], word) && end < len(s) && isGap(s[end]) {
			return end + 1
		}
	}
	return 0
}

// isGap reports whether a byte is white space, as a page that was pasted may have
// it: with form feeds.
func isGap(c byte) bool { return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f' }
