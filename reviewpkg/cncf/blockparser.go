package cncf

import (
	"sync"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// markdown is the parser of the blocks of GitHub-flavoured Markdown. What stands
// in a line is parsed where it matters, which is in few of them.
var markdown = sync.OnceValue(func() parser.Parser {
	return parser.NewParser(
		parser.WithBlockParsers(parser.DefaultBlockParsers()...),
		parser.WithInlineParsers(util.Prioritized(noInlines{}, 0)),
		parser.WithParagraphTransformers(
			util.Prioritized(linkDefinitions{}, 100),
			util.Prioritized(tableHeads{extension.NewTableParagraphTransformer()}, 200)))
})

// noInlines takes the whole text of a block at its first letter. Without any
// inline parser, the library looks at every letter all the same, and makes a
// node of every line: as much work as to find the blocks.
type noInlines struct{}

// Trigger returns all that a text can begin with: the library looks punctuation
// up by itself, and everything else as a blank.
func (noInlines) Trigger() []byte {
	all := []byte{' '}
	for c := byte('!'); c < 0x7f; c++ {
		if isPunct(c) {
			all = append(all, c)
		}
	}
	return all
}

// passedKey is where the node that stands for the text of a block is kept.
var passedKey = parser.NewContextKey()

// Parse passes over the text. It must return a node, or the library would go on
// where the text began. It is always the same one, which moves from block to
// block: nobody looks at it.
func (noInlines) Parse(_ ast.Node, block text.Reader, pc parser.Context) ast.Node {
	for line, _ := block.PeekLine(); line != nil; line, _ = block.PeekLine() {
		block.AdvanceLine()
	}
	if n, ok := pc.Get(passedKey).(ast.Node); ok {
		return n
	}
	n := ast.NewString(nil)
	pc.Set(passedKey, n)
	return n
}

// linkDefinitions takes the definitions of links out of the paragraphs that
// begin with one. The library makes a reader for every paragraph to see that it
// begins with no bracket.
type linkDefinitions struct{}

// Transform does what the library does with a paragraph.
func (linkDefinitions) Transform(node *ast.Paragraph, reader text.Reader, pc parser.Context) {
	if lines := node.Lines(); lines.Len() > 0 {
		first := lines.At(0)
		line := first.Value(reader.Source())
		if at := util.TrimLeftSpaceLength(line); at < len(line) && line[at] != '[' {
			return
		}
	}
	parser.LinkReferenceParagraphTransformer.Transform(node, reader, pc)
}

// tableHeads makes tables of paragraphs, without the rows: those are read from
// the lines of the table, because the library drops cells; see page.gfmTable.
type tableHeads struct{ parser.ParagraphTransformer }

// Transform shows the library no more of a paragraph than the header of a table
// and the line below it. If these are none, it may look for itself.
func (t tableHeads) Transform(node *ast.Paragraph, reader text.Reader, pc parser.Context) {
	all := *node.Lines() // the paragraph changes its own
	for i := 1; i < all.Len(); i++ {
		line := all.At(i)
		if !mayDelimit(line.Value(reader.Source())) {
			continue
		}
		head := text.NewSegments()
		// Copied: the library shortens the lines that it is given.
		head.AppendAll(all.Sliced(0, i+1))
		node.SetLines(head)
		t.ParagraphTransformer.Transform(node, reader, pc)
		if _, ok := node.NextSibling().(*extast.Table); ok || node.Parent() == nil {
			return
		}
		node.SetLines(&all)
		t.ParagraphTransformer.Transform(node, reader, pc)
		return
	}
}

// mayDelimit reports whether a line has nothing but what stands between the
// header of a table and its rows.
func mayDelimit(line []byte) bool {
	// More lines pass than the library takes: it counts the columns besides.
	for _, c := range line {
		if c != '-' && c != '|' && c != ':' && !util.IsSpace(c) {
			return false
		}
	}
	return true
}
