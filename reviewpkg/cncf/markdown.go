package cncf

import (
	"strings"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"

	"github.com/reviewpkg/sdk/internal/intake"
)

// A kind of block, as far as a reader of reviews tells them apart.
type kind uint8

const (
	other     kind = iota // a quotation, a rule, a block of code
	heading               // a heading of either form
	paragraph             // a paragraph
	list                  // a list, with items as its children
	item                  // an item of a list, with blocks as its children
	table                 // a table of GitHub-flavoured Markdown
	rawHTML               // a block of HTML
	comment               // a comment, which a reader of the page does not see
)

// A block is a block of Markdown and the lines it stands on: from start up to
// end, without the blank lines behind it.
type block struct {
	kind       kind
	start, end int
	pos        int   // where it begins: behind the bullet of the item it lies in
	head       *head // of a heading, or of a paragraph that begins as one
	kids       []*block
	grid       *grid // of a table, once it was read
}

// A head is a heading, or how a paragraph begins that has a bold word for one.
type head struct {
	label  string // plain text
	folded string // the label as labels are compared
	level  int    // of a heading
	whole  bool   // the label is all that the block holds
	rest   string // what stands behind the label
}

// noHead is that of a paragraph that begins otherwise.
var noHead = &head{}

// label returns the plain text of a heading, or of a paragraph that is all
// bold. It is empty for other blocks.
func (b *block) label() string {
	if b.head == nil || !b.head.whole {
		return ""
	}
	return b.head.label
}

// A page is a Markdown document that is being read.
type page struct {
	*intake.Document
	src    []byte
	blocks []*block
	quiet  bool   // only looked at, to see what it is
	crlf   bool   // lines end as on Windows
	named  bool   // titled was looked for
	titled string // the name of the project by its headings
	// The text with the line ends of the model, and where its lines begin, if it
	// has others.
	lf      string
	lfLines []int

	// Blocks are cut from pieces that hold many: a document has thousands, and
	// to make each by itself takes longer than to find it.
	spare  []block
	spares []*block
}

// newPage parses a document into blocks.
func newPage(d *intake.Document, markdown parser.Parser) *page {
	p := &page{Document: d, src: d.Bytes(), crlf: strings.Contains(d.Text, "\r\n")}
	if p.crlf {
		p.convert()
	}
	root := markdown.Parse(text.NewReader(p.parsed()))
	p.blocks = p.nested(root, d.LineCount(), 0)
	return p
}

// maxNesting is how deep lists are read; what nests deeper is text.
const maxNesting = 12

// nested returns the blocks of a node. The lines of a block end where the next
// one begins, so that what the parser keeps to itself, such as fences and
// closing tags, belongs to a block as well.
func (p *page) nested(parent ast.Node, end, depth int) []*block {
	out := p.newList(parent.ChildCount())
	var last ast.Node // that of the last block, which ends with the next one
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		pos := blockStart(n)
		if n.Type() != ast.TypeBlock || pos < 0 {
			continue
		}
		b := p.newBlock()
		b.pos, b.start = pos, p.LineAt(pos)
		if last != nil {
			p.describe(out[len(out)-1], last, b.start, depth)
		}
		out, last = append(out, b), n
	}
	if last != nil {
		p.describe(out[len(out)-1], last, end, depth)
	}
	return p.mendLists(out)
}

// pieceSize is how many blocks are made at once. A block takes four lines on
// average, with the blank ones; a short document needs no more than it has.
func (p *page) pieceSize() int { return min(64, p.LineCount()/4+8) }

func (p *page) newBlock() *block {
	if len(p.spare) == 0 {
		p.spare = make([]block, p.pieceSize())
	}
	b := &p.spare[0]
	p.spare = p.spare[1:]
	return b
}

// newList returns an empty list of blocks that can hold n.
func (p *page) newList(n int) []*block {
	if n > len(p.spares) {
		p.spares = make([]*block, max(n, p.pieceSize()))
	}
	list := p.spares[:0:n]
	p.spares = p.spares[n:]
	return list
}

// trim leaves blank lines behind a block to nobody.
func (p *page) trim(b *block) {
	for b.end > b.start+1 && strings.TrimSpace(p.Line(b.end-1)) == "" {
		b.end--
	}
	b.end = max(b.end, b.start) // two blocks of one line: the first has none of its own
}

// mendLists puts a list that is indented below the item before it, but not far
// enough for Markdown, to where its author meant it: "1. Name" and "  - point".
func (p *page) mendLists(blocks []*block) []*block {
	out := blocks[:0]
	for _, b := range blocks {
		if len(out) > 0 && p.belongsBelow(out[len(out)-1], b) {
			above := out[len(out)-1]
			last := above.kids[len(above.kids)-1]
			last.kids = append(last.kids, b)
			last.end, above.end = b.end, b.end
			if !p.quiet {
				p.Repair("repaired-list", p.LineStart(b.start), "the list is not indented far enough to belong to the item above it",
					"indent it as far as the text of the item")
			}
			continue
		}
		out = append(out, b)
	}
	return out
}

// belongsBelow reports whether b is a list that follows the list above without
// a blank line and is indented deeper than its markers.
func (p *page) belongsBelow(above, b *block) bool {
	// A blank line between the lists ends the one above for its author too.
	if b.kind != list || above.kind != list || len(above.kids) == 0 || above.end != b.start {
		return false
	}
	return indentation(p.Line(b.start)) > indentation(p.Line(above.kids[len(above.kids)-1].start))
}

func indentation(line string) int { return len(line) - len(strings.TrimLeft(line, " \t")) }

// blockStart returns where a block begins, or -1 if the parser does not say and
// nothing in it does.
func blockStart(n ast.Node) int {
	// A table that a paragraph runs into states where the paragraph begins.
	if t, ok := n.(*extast.Table); ok && t.FirstChild() != nil {
		n = t.FirstChild()
	}
	if pos := n.Pos(); pos >= 0 {
		return pos
	}
	if n.Type() == ast.TypeBlock && n.Lines() != nil && n.Lines().Len() > 0 {
		return n.Lines().At(0).Start
	}
	if c := n.FirstChild(); c != nil && c.Type() == ast.TypeBlock {
		return blockStart(c)
	}
	return -1
}

// describe sets what a block is, and where it ends.
func (p *page) describe(b *block, node ast.Node, end, depth int) {
	b.end = end
	switch n := node.(type) {
	case *ast.Heading:
		label := withoutAttributes(p.headingLabel(n))
		b.kind, b.head = heading, &head{label: label, folded: key(label), level: n.Level, whole: true}
	case *ast.Paragraph, *ast.TextBlock:
		b.kind = paragraph
		if label := p.boldLabel(n); label != "" {
			b.head = &head{label: label, folded: key(label), whole: true}
		}
	case *ast.List:
		if depth < maxNesting {
			b.kind = list
			if bulletSign(strings.TrimLeft(p.Line(b.start), " \t")) > 0 && !p.quiet {
				p.Repair("repaired-list", p.LineStart(b.start), "the bullets of the list are signs that Markdown does not know", "begin its items with * or -")
			}
			b.kids = p.nested(n, end, depth+1)
		}
	case *ast.ListItem:
		b.kind = item
		b.kids = p.nested(n, end, depth+1)
	case *extast.Table:
		b.kind = table
	case *ast.HTMLBlock:
		b.kind = rawHTML
		if n.HTMLBlockType == ast.HTMLBlockType2 && p.onlyComment(b) {
			b.kind = comment
		} else if h := htmlHeading(p.Lines(b.start, b.end)); h != nil {
			b.kind, b.head = heading, h
		}
	}
	p.trim(b)
}

// withoutAttributes removes the id that some programs write behind a heading:
// "Overview {#overview}". It is no Markdown, and a page shows it.
func withoutAttributes(label string) string {
	open := strings.LastIndex(label, " {")
	if open < 0 || !strings.HasSuffix(label, "}") || strings.IndexByte("#.:", label[open+2]) < 0 {
		return label
	}
	return strings.TrimSpace(label[:open])
}

// htmlHeading returns the heading that a block of HTML is, or nil.
func htmlHeading(src string) *head {
	src = strings.TrimSpace(src)
	// From "<h1>" to "</h1>". What is longer is a page in one tag.
	if len(src) < len("<h1></h1>") || len(src) > maxLink || src[0] != '<' || src[1]|0x20 != 'h' || src[2] < '1' || src[2] > '6' || src[3] != '>' && src[3] != ' ' {
		return nil
	}
	opened, closing := strings.IndexByte(src, '>'), len(src)-len("</h1>")
	if opened >= closing || !strings.EqualFold(src[closing:], "</h"+src[2:3]+">") || strings.Contains(lowerCase(src[opened:closing]), "</h") {
		return nil
	}
	label := plainText(src[opened+1 : closing])
	if label == "" {
		return nil // a picture
	}
	return &head{label: label, folded: key(label), level: int(src[2] - '0'), whole: true}
}

// onlyComment reports whether nothing stands behind the comment in its block.
func (p *page) onlyComment(b *block) bool {
	src := strings.TrimSpace(p.Lines(b.start, b.end))
	end := strings.Index(src, "-->")
	return end < 0 || strings.TrimSpace(src[end+3:]) == ""
}
