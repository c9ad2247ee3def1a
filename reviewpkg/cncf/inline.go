package cncf

import (
	"strings"
	"sync"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// lineParser parses what stands in a line.
var lineParser = sync.OnceValue(func() parser.Parser {
	return parser.NewParser(
		parser.WithBlockParsers(util.Prioritized(parser.NewATXHeadingParser(), 600)),
		parser.WithInlineParsers(append(parser.DefaultInlineParsers(),
			util.Prioritized(extension.NewStrikethroughParser(), 500))...))
})

// parseLine parses a line as the text of a heading, which holds nothing but text,
// and returns the first node of it with the source of the nodes.
func parseLine(line string) (ast.Node, []byte) {
	src := []byte("# " + line)
	if h := lineParser().Parse(text.NewReader(src)).FirstChild(); h != nil {
		return h.FirstChild(), src
	}
	return nil, src
}

// oneLine returns the text of a block on one line.
func (p *page) oneLine(n ast.Node) string {
	lines := n.Lines()
	if lines.Len() == 1 {
		at := lines.At(0)
		return strings.TrimSpace(p.Text[at.Start:at.Stop])
	}
	return singleSpaces(string(lines.Value(p.src)))
}

// singleSpaces returns a text with single blanks for all white space in it, and
// none at its ends. Most texts are so already, and need no copy.
func singleSpaces(s string) string {
	for i := range len(s) {
		if c := s[i]; c < ' ' || c >= 0x80 || c == ' ' && (i == 0 || i+1 == len(s) || s[i+1] == ' ') {
			return strings.Join(strings.Fields(s), " ")
		}
	}
	return s
}

// hasMarkup reports whether a line may hold something other than text. Brackets
// with no target behind them are text: "[Project] self-assessment".
func hasMarkup(line string) bool {
	return strings.ContainsAny(line, "\\*_`<>&~") || strings.Contains(line, "](")
}

// boldOnly returns the text of a line that is bold as a whole and holds no other
// markup, which most bold lines do not: parsing them all takes longer than
// reading the page.
func boldOnly(line string) (string, bool) {
	// A letter between two pairs of stars is the shortest bold line.
	if len(line) < 5 || !strings.HasPrefix(line, "**") || !strings.HasSuffix(line, "**") {
		return "", false
	}
	inner := line[2 : len(line)-2]
	return inner, !hasMarkup(inner) && inner[0] != ' ' && inner[len(inner)-1] != ' '
}

// headingLabel returns the text of a heading without markup.
func (p *page) headingLabel(n ast.Node) string {
	line := p.oneLine(n)
	if bold, ok := boldOnly(line); ok {
		line = bold
	}
	if !hasMarkup(line) {
		return singleSpaces(line)
	}
	first, src := parseLine(line)
	if first == nil {
		return ""
	}
	return singleSpaces(plainOf(first.Parent(), src))
}

// maxBold is the length up to which a bold paragraph can be a heading, in bytes.
const maxBold = 400

// boldLabel returns the text of a paragraph that is all bold, or nothing. A
// colon behind the bold text is part of how people write headings.
func (p *page) boldLabel(n ast.Node) string {
	// Four lines are as much as a heading in bold takes when it is wrapped.
	lines := n.Lines()
	if lines.Len() == 0 || lines.Len() > 4 {
		return ""
	}
	if !p.mayBeBold(lines.At(0), lines.At(lines.Len()-1)) {
		return "" // most paragraphs
	}
	line := p.oneLine(n)
	if line == "" || len(line) > maxBold || line[0] != '*' && line[0] != '_' {
		return ""
	}
	if end := strings.TrimRight(line, " :\t"); !strings.HasSuffix(end, "*") && !strings.HasSuffix(end, "_") {
		return ""
	}
	if bold, ok := boldOnly(strings.TrimRight(line, " :\t")); ok {
		return singleSpaces(bold)
	}
	if emphasisOnly(line) {
		return ""
	}
	first, src := parseLine(line)
	strong, ok := first.(*ast.Emphasis)
	if !ok {
		return ""
	}
	// *_Label_* and ***Label*** are emphasis in emphasis.
	if strong.Level == 1 {
		if inner, ok := strong.FirstChild().(*ast.Emphasis); !ok || inner.NextSibling() != nil {
			return ""
		}
	}
	if rest := first.NextSibling(); rest != nil {
		if rest.NextSibling() != nil || strings.Trim(plainOf(rest, src), " :\t") != "" {
			return ""
		}
	}
	return singleSpaces(plainOf(first, src))
}

// mayBeBold reports whether a paragraph may be bold as a whole, by where its
// first line begins and its last one ends. Bytes that are no letters of ASCII
// may be white space, and are left to a closer look.
func (p *page) mayBeBold(first, last text.Segment) bool {
	isMark := func(c byte) bool { return c == '*' || c == '_' }
	if c := p.Text[first.Start]; !isMark(c) && c != ' ' && c != '\t' {
		return false
	}
	begin := strings.TrimLeft(p.Text[first.Start:first.Stop], " \t")
	end := strings.TrimRight(p.Text[last.Start:last.Stop], " :\t\r\n")
	if begin == "" || end == "" {
		return true
	}
	open, closing := begin[0], end[len(end)-1]
	return (isMark(open) || open < ' ' || open >= 0x80) && (isMark(closing) || closing < ' ' || closing >= 0x80)
}

// emphasisOnly reports whether a line that begins with a mark is surely not bold
// as a whole: one mark before a word is emphasis, and words behind the bold ones
// make them the lead of a sentence. To parse the line would tell more slowly.
func emphasisOnly(line string) bool {
	if len(line) > 1 && isWord(line[1]) {
		return true
	}
	lead, ok := strings.CutPrefix(line, "**")
	bold, rest, closed := strings.Cut(lead, "**")
	return ok && closed && bold != "" && rest != "" && rest[0] != '*' &&
		lowered[bold[0]] != 0 && lowered[bold[len(bold)-1]] != 0 && !hasMarkup(bold) &&
		manyLetters(rest, 0) && !strings.ContainsAny(rest, "<![`\\")
}

// plainOf returns the text below a node as it stands in the source, line breaks
// as blanks. Pictures have no words of their own.
func plainOf(n ast.Node, src []byte) string {
	// Most headings are one text, and need no copy.
	if t, ok := n.(*ast.Text); ok {
		return string(t.Segment.Value(src))
	}
	var b strings.Builder
	_ = ast.Walk(n, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch t := n.(type) {
		case *ast.Text:
			b.Write(t.Segment.Value(src))
			if t.SoftLineBreak() || t.HardLineBreak() {
				b.WriteByte(' ')
			}
		case *ast.String:
			b.Write(t.Value)
		case *ast.AutoLink:
			b.Write(t.Label(src))
		}
		return ast.WalkContinue, nil
	})
	return unescape(b.String())
}

// unescape removes the backslashes that protect punctuation. Exports from word
// processors escape every point and bracket.
func unescape(s string) string {
	if strings.IndexByte(s, '\\') < 0 {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '\\' && i+1 < len(s) && isPunct(s[i+1]) {
			i++
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

func isPunct(c byte) bool {
	return c > ' ' && c < 0x7f && (c < '0' || c > '9') && (c|0x20 < 'a' || c|0x20 > 'z')
}
