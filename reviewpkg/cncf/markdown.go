package cncf

import (
	"strings"
	"sync"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

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
	node       ast.Node
	level      int    // of a heading
	label      string // plain text of a heading, or of a paragraph that is all bold
	kids       []*block
	grid       *grid // of a table, once it was read
	gridEnd    int   // line behind a table in HTML, which several blocks make up
}

// markdown is the parser of the blocks of GitHub-flavoured Markdown. What stands
// in a line is parsed where it matters, which is in few of them.
var markdown = sync.OnceValue(func() parser.Parser {
	return parser.NewParser(
		parser.WithBlockParsers(parser.DefaultBlockParsers()...),
		parser.WithParagraphTransformers(append(parser.DefaultParagraphTransformers(),
			util.Prioritized(extension.NewTableParagraphTransformer(), 200))...))
})

// A page is a Markdown document that is being read.
type page struct {
	*intake.Document
	src    []byte
	blocks []*block
	quiet  bool // only looked at, to see what it is
	crlf   bool // lines end as on Windows
}

// newPage parses a document into blocks.
func newPage(d *intake.Document, markdown parser.Parser) *page {
	p := &page{Document: d, src: d.Bytes(), crlf: strings.Contains(d.Text, "\r\n")}
	root := markdown.Parse(text.NewReader(p.src))
	p.blocks = p.children(root, d.LineCount())
	return p
}

// maxNesting is how deep lists are read; what nests deeper is text.
const maxNesting = 12

// children returns the blocks of a node. The lines of a block end where the
// next one begins, so that what the parser keeps to itself, such as fences and
// closing tags, belongs to a block as well.
func (p *page) children(parent ast.Node, end int) []*block {
	return p.nested(parent, end, 0)
}

func (p *page) nested(parent ast.Node, end, depth int) []*block {
	// All at once: a document has thousands of blocks.
	all := make([]block, 0, parent.ChildCount())
	out := make([]*block, 0, parent.ChildCount())
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		pos := blockStart(n)
		if n.Type() != ast.TypeBlock || pos < 0 {
			continue
		}
		all = append(all, block{node: n, start: p.LineAt(pos)})
		b := &all[len(all)-1]
		if len(out) > 0 {
			out[len(out)-1].end = b.start
		}
		out = append(out, b)
	}
	for i, b := range out {
		if i == len(out)-1 {
			b.end = end
		}
		p.describe(b, depth)
		p.trim(b)
	}
	return p.mendLists(out)
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

// describe sets what a block is.
func (p *page) describe(b *block, depth int) {
	switch n := b.node.(type) {
	case *ast.Heading:
		b.kind, b.level = heading, n.Level
		b.label = p.headingLabel(n)
	case *ast.Paragraph, *ast.TextBlock:
		b.kind = paragraph
		b.label = p.boldLabel(b.node)
	case *ast.List:
		if depth < maxNesting {
			b.kind = list
			b.kids = p.nested(n, b.end, depth+1)
		}
	case *ast.ListItem:
		b.kind = item
		b.kids = p.nested(n, b.end, depth+1)
	case *extast.Table:
		b.kind = table
	case *ast.HTMLBlock:
		b.kind = rawHTML
		if n.HTMLBlockType == ast.HTMLBlockType2 && p.onlyComment(b) {
			b.kind = comment
		}
	}
}

// onlyComment reports whether nothing stands behind the comment in its block.
func (p *page) onlyComment(b *block) bool {
	src := strings.TrimSpace(p.Lines(b.start, b.end))
	end := strings.Index(src, "-->")
	return end < 0 || strings.TrimSpace(src[end+3:]) == ""
}
