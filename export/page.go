package export

import (
	"fmt"
	"strconv"
)

// A page is what an export for readers shows, without markup. Markdown and HTML
// are two ways to write one page, so that they cannot differ in content.
//
// The fields are exported for html/template.
type page struct {
	Title  line
	Blocks []block
}

// limits says how many items a page names. Zero or less means all of them. A
// comment on a code host is refused whole if it is too long, so that a shorter
// one is better than none.
type limits struct {
	findings int // in the table of open findings
	items    int // in any other list or table
	below    int // in a list below an item
}

// A block is one element of a page; Kind says which of the fields it uses. It is
// one type and not one for each kind because a template cannot switch on types.
type block struct {
	Kind  blockKind
	Level int // of a heading: 2 or 3
	Line  line
	Table table
	Items []item
	Below []block // of a fold
}

// A blockKind says what a block is, in a word that the template compares.
type blockKind string

// The kinds of blocks.
const (
	headingBlock   blockKind = "heading"
	paragraphBlock blockKind = "paragraph"
	bannerBlock    blockKind = "banner" // a paragraph that must not be missed
	verdictBlock   blockKind = "verdict"
	tableBlock     blockKind = "table"
	listBlock      blockKind = "list"
	foldBlock      blockKind = "fold" // what most readers pass over, to be opened
)

// A table has a caption, which HTML reads out and Markdown leaves out, and in
// each row one line for each column.
type table struct {
	Caption string
	Columns []column
	Rows    [][]line
}

// A column has a title; a column without one would have no name for readers who
// hear the table.
type column struct {
	Title  string
	Number bool // figures, aligned to the right
}

// An item of a list may have items below it.
type item struct {
	Line  line
	Items []item
}

// A line is text without line breaks.
type line []span

// A span is a piece of a line. Its text is plain in every kind: only the writers
// escape, each for its own form and exactly once.
type span struct {
	Kind spanKind
	Text string
	Tone tone
}

// A spanKind says where the text of a span comes from and how it is set.
type spanKind string

// The kinds of spans.
const (
	wordSpan   spanKind = "words"  // text of this package
	strongSpan spanKind = "strong" // the same, standing out
	quoteSpan  spanKind = "quote"  // text of a document, which nobody vouches for
	codeSpan   spanKind = "code"   // a field path, an id, a digest
)

// A tone is a class of the HTML page. It only repeats in colour what the words
// say.
type tone string

// words returns text of this package. Text of a document never goes in as an
// argument, because it would not be cleaned.
func words(format string, args ...any) span {
	return span{Kind: wordSpan, Text: fmt.Sprintf(format, args...)}
}

// strong returns a word that stands out. Markdown needs it to begin and end with
// a letter, a digit or a full stop, and to stand between spaces.
func strong(text string, t tone) span {
	return span{Kind: strongSpan, Text: text, Tone: t}
}

// quote returns text of a document.
func quote(s string) span {
	return span{Kind: quoteSpan, Text: oneLine(s, maxText)}
}

// code returns an id, a path or the like from a document.
func code(s string) span {
	return span{Kind: codeSpan, Text: oneLine(s, maxText)}
}

// orNotStated returns a line with s, or one that says that it is missing.
func orNotStated(s span) line {
	if s.Text == "" {
		return line{words("not stated")}
	}
	return line{s}
}

// heading appends a heading.
func (p *page) heading(level int, l ...span) {
	p.Blocks = append(p.Blocks, block{Kind: headingBlock, Level: level, Line: l})
}

// paragraph appends a paragraph. It must begin with words of this package, so
// that no text of a document stands at the start of a line of Markdown, where
// bots look for commands.
func (p *page) paragraph(l ...span) {
	p.Blocks = append(p.Blocks, block{Kind: paragraphBlock, Line: l})
}

// banner appends a paragraph that must not be missed.
func (p *page) banner(l ...span) {
	p.Blocks = append(p.Blocks, block{Kind: bannerBlock, Line: l})
}

// table appends a table, unless it has no rows. Of the rows, the first most are
// shown.
func (p *page) table(t table, most int, what string) {
	if len(t.Rows) == 0 {
		return
	}
	n, rest := cut(len(t.Rows), most)
	t.Rows = t.Rows[:n]
	p.Blocks = append(p.Blocks, block{Kind: tableBlock, Table: t})
	if rest > 0 {
		p.paragraph(andMore(rest, what)...)
	}
}

// list appends a list, unless it is empty. Of the items, the first most are
// shown.
func (p *page) list(items []item, most int, what string) {
	if len(items) == 0 {
		return
	}
	n, rest := cut(len(items), most)
	items = items[:n:n]
	if rest > 0 {
		items = append(items, item{Line: andMore(rest, what)})
	}
	p.Blocks = append(p.Blocks, block{Kind: listBlock, Items: items})
}

// fold appends blocks that are closed at first, under a summary in words of this
// package alone: Markdown has to write it as HTML, where nothing else may go.
func (p *page) fold(summary string, below page) {
	if len(below.Blocks) > 0 {
		p.Blocks = append(p.Blocks, block{Kind: foldBlock, Line: line{words("%s", summary)}, Below: below.Blocks})
	}
}

// cut splits n items into those that are shown and the rest.
func cut(n, most int) (shown, rest int) {
	if most <= 0 || n <= most {
		return n, 0
	}
	return most, n - most
}

// andMore says that the export leaves something out.
func andMore(n int, what string) line {
	return line{words("And %s, which the JSON export lists.", count(n, "more "+what))}
}

// count returns "1 finding", "2 findings". The plural of what takes an s.
func count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return strconv.Itoa(n) + " " + what + "s"
}
