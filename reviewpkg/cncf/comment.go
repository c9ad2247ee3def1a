package cncf

import "strings"

// quoted is the comment that says that the quotation behind it is a text that
// would otherwise be taken for structure; see writer.prose. Without the mark, a
// quotation that an author made would lose its angles.
const quoted = "<!-- quoted -->"

// unquote gives a text that was quoted back. Text before and behind the
// quotation stays: a writer puts notes there.
func unquote(s string) string {
	before, rest, ok := strings.Cut(s, quoted+"\n")
	if !ok {
		return withoutComments(s)
	}
	// The quotation may be indented: it lies in an item. There may be more.
	lines := strings.Split(rest, "\n")
	n := 0
	for ; n < len(lines); n++ {
		line := strings.TrimLeft(lines[n], " ")
		text, ok := strings.CutPrefix(line, ">")
		if !ok {
			break
		}
		lines[n] = lines[n][:len(lines[n])-len(line)] + strings.TrimPrefix(text, " ")
	}
	text := withoutComments(before) + strings.Join(lines[:n], "\n")
	if n < len(lines) {
		text += "\n" + unquote(strings.Join(lines[n:], "\n"))
	}
	return text
}

// stripComments removes the HTML comments of a text. 16 of 49 documents have
// some: lists of words for the spelling checker, switches of linters, and
// template text that the author hid and did not delete.
func stripComments(s string) string {
	if strings.Contains(s, quoted) {
		return unquote(s)
	}
	return withoutComments(s)
}

// A comment that nobody closed goes on to the end, as browsers have it.
func withoutComments(s string) string {
	start := strings.Index(s, "<!--")
	if start < 0 {
		return s
	}
	var b strings.Builder
	for start >= 0 {
		b.WriteString(s[:start])
		end := strings.Index(s[start:], "-->")
		if end < 0 {
			return b.String()
		}
		s = s[start+end+3:]
		start = strings.Index(s, "<!--")
	}
	b.WriteString(s)
	return b.String()
}

// blanks stand for what is in a comment, as many at once as most lines have.
const blanks = "                                                                "

// blankComments returns a text of the same length with blanks for comments.
// Offsets stay those of the document, so that what is found has a line.
func blankComments(s string) string {
	start := strings.Index(s, "<!--")
	if start < 0 {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	for start >= 0 {
		// Open to the end, as for a browser: all that follows is blank.
		end := strings.Index(s[start:], "-->")
		if end < 0 {
			end = len(s) - start - 3
		}
		b.WriteString(s[:start])
		for line := range strings.SplitAfterSeq(s[start:start+end+3], "\n") {
			text := strings.TrimSuffix(line, "\n")
			for rest := len(text); rest > 0; rest -= len(blanks) {
				b.WriteString(blanks[:min(rest, len(blanks))])
			}
			b.WriteString(line[len(text):])
		}
		s = s[start+end+3:]
		start = strings.Index(s, "<!--")
	}
	b.WriteString(s)
	return b.String()
}

// idComment returns the id that a comment among the blocks gives to what they
// are about. The writer puts it there where the name would make another id;
// people have no reason to.
func (o *outline) idComment(blocks []*block) string {
	for _, b := range blocks {
		if b.kind != comment {
			continue
		}
		text := strings.TrimSpace(o.Lines(b.start, b.end))
		if id, ok := strings.CutPrefix(text, "<!-- id: "); ok {
			id, _, _ = strings.Cut(id, " ")
			return id
		}
	}
	return ""
}
