package cncf

import "strings"

// source returns the Markdown of the lines of a block that are not those of
// comments, without the indentation of the items it lies in.
func (p *page) source(blocks []*block, indent int) string {
	var room [4]string // most texts are one part
	parts := room[:0]
	for i := 0; i < len(blocks); i++ {
		if p.hidden(blocks[i]) {
			continue
		}
		// A comment between two blocks is left out, and the blocks become two pieces
		// with a blank line between them.
		// Neighbours stay as they are written, with the blank lines between them.
		start := blocks[i].start
		for i+1 < len(blocks) && !p.hidden(blocks[i+1]) && p.neighbours(blocks[i], blocks[i+1]) {
			i++
		}
		parts = append(parts, strings.TrimRight(dedent(p.Lines(start, blocks[i].end), indent), "\n"))
	}
	return strings.TrimSpace(strings.Join(parts, "\n\n"))
}

// hidden reports whether a block is a comment that is no part of a text.
func (p *page) hidden(b *block) bool {
	// The mark of a quotation is a comment that belongs to the text behind it.
	return b.kind == comment && strings.TrimSpace(p.Lines(b.start, b.end)) != quoted
}

// neighbours reports whether nothing but blank lines stands between two blocks.
func (p *page) neighbours(a, b *block) bool {
	return strings.TrimSpace(p.Lines(a.end, b.start)) == ""
}

// Lines returns the source of the lines from start up to end. Values have the
// line ends that the model has everywhere; sections keep those of the file.
func (p *page) Lines(start, end int) string {
	if !p.crlf {
		return p.Document.Lines(start, end)
	}
	start, end = max(start, 0), min(end, p.LineCount())
	if start >= end {
		return ""
	}
	return p.lf[p.lfLines[start]:p.lfLines[end]]
}

// convert makes the text with the line ends of the model, which Lines cuts. To
// change those of each piece would copy a document several times over.
func (p *page) convert() {
	var b strings.Builder
	b.Grow(len(p.Text))
	p.lfLines = make([]int, p.LineCount()+1)
	for n := range p.LineCount() {
		line := p.Text[p.LineStart(n):p.LineStart(n+1)]
		if text, ok := strings.CutSuffix(line, "\r\n"); ok {
			b.WriteString(text)
			line = "\n"
		}
		b.WriteString(line)
		p.lfLines[n+1] = b.Len()
	}
	p.lf = b.String()
}

// behind returns the source from a place on a line, or below it, up to the line
// end. An item may begin with an empty line.
func (p *page) behind(pos, line, end int) string {
	if pos >= p.LineStart(line+1) {
		line = p.LineAt(pos)
	}
	text := p.Lines(line, end)
	return text[min(max(pos-p.LineStart(line), 0), len(text)):]
}

// itemText returns the Markdown of an item without its bullet or number.
func (p *page) itemText(b *block) string {
	if len(b.kids) == 0 {
		return ""
	}
	return strings.TrimSpace(dedentRest(p.behind(b.kids[0].pos, b.start, b.end), b.indent(p)))
}

// indent returns the columns by which the lines of an item are indented.
func (b *block) indent(p *page) int {
	line := p.Line(b.start)
	at := b.kids[0].pos - p.LineStart(b.start)
	return max(0, min(at, len(line)))
}

// dedent removes up to n columns of white space from the beginning of each line.
func dedent(s string, n int) string { return dedentFrom(s, 0, n) }

// dedentRest dedents all lines but the first, which has the bullet.
func dedentRest(s string, n int) string {
	first := strings.IndexByte(s, '\n') + 1
	if first == 0 {
		return s
	}
	return dedentFrom(s, first, n)
}

// dedentFrom dedents the lines from the one at an offset on. Most texts have no
// line that is indented, and stay slices of the document.
func dedentFrom(s string, from, n int) string {
	if rest := s[from:]; n == 0 || rest == "" || rest[0] != ' ' && rest[0] != '\t' && !strings.Contains(rest, "\n ") && !strings.Contains(rest, "\n\t") {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	b.WriteString(s[:from])
	for line := range strings.SplitAfterSeq(s[from:], "\n") {
		b.WriteString(trimColumns(line, n))
	}
	return b.String()
}

func trimColumns(line string, n int) string {
	column := 0
	for i := range len(line) {
		switch {
		case column >= n:
			return line[i:]
		case line[i] == ' ':
			column++
		case line[i] == '\t':
			column += 4 - column%4
		default:
			return line[i:]
		}
	}
	return ""
}
