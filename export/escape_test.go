package export

import (
	"bufio"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

func TestOneLine(t *testing.T) {
	for _, test := range []struct{ name, in, want string }{
		{"plain", "a b", "a b"},
		{"white space", " \ta\r\n\n b\u00a0c\u2028d\u2029e\u0085f\v ", "a b c d e f"},
		{"control", "a\x00b\x1b[31mc\x7fd\u009be", "a\uFFFDb\uFFFD[31mc\uFFFDd\uFFFDe"},
		{"bidirectional", "\u202ea\u2066b\u2069c\u200fd\u061ce", "\uFFFDa\uFFFDb\uFFFDc\uFFFDd\uFFFDe"},
		{"invisible", "a\u200bb\ufeffc\u00add\u2060e\u3164f", "a\uFFFDb\uFFFDc\uFFFDd\uFFFDe\uFFFDf"},
		{"tag characters", "a\U000E0041", "a\uFFFD"},
		{"no character", "a\uFFFE", "a\uFFFD"},
		{"joiners stay", "می\u200cخواهم क्\u200dष", "می\u200cخواهم क्\u200dष"},
		{"visible format characters stay", "\u0600١", "\u0600١"},
		{"not UTF-8", "a\xffb", "a\uFFFDb"},
		{"at the limit", "1234567890", "1234567890"},
		{"beyond the limit", "12345678901", "1234567890…"},
		{"white space at the limit", "1234567890 \n", "1234567890"},
		{"wide at the limit", "éééé ééééé é", "éééé ééééé…"},
	} {
		limit := 10
		if !strings.Contains(test.name, "limit") {
			limit = maxText
		}
		if got := oneLine(test.in, limit); got != test.want {
			t.Errorf("%s: oneLine(%q) = %q, want %q", test.name, test.in, got, test.want)
		}
	}
}

func TestEscapeMarkdown(t *testing.T) {
	for _, test := range []struct{ in, want string }{
		{"plain text, with commas (and more): 100% 3.0.0", "plain text, with commas (and more): 100% 3.0.0"},
		{"*a* _b_ `c` ~~d~~ ^e^", "\\*a\\* \\_b\\_ \\`c\\` \\~\\~d\\~\\~ \\^e\\^"},
		{"a | b", `a \| b`},
		{`a \| b\`, `a \\\| b\\`},
		{"<b>&lt;</b>", `\<b\>\&lt;\</b\>`},
		{"![a](b) [c][d]", `\!\[a\](b) \[c\]\[d\]`},
		{"$x$", `\$x\$`},
		{"@name and a@b.example", "@&#8203;name and a@&#8203;b.example"},
		{"fixes #12, GH-3, gh-4, a-5, !6, # 7", `fixes \#&#8203;12, GH-&#8203;3, gh-&#8203;4, a-5, \!&#8203;6, \# 7`},
		{"https://a.example and WWW.b.example", "https:&#8203;//a.example and WWW&#8203;.b.example"},
	} {
		if got := escapeMarkdown(test.in); got != test.want {
			t.Errorf("escapeMarkdown(%q) = %q, want %q", test.in, got, test.want)
		}
	}
}

func TestEscapeStart(t *testing.T) {
	for in, want := range map[string]string{
		"":          "",
		"a - b":     "a - b",
		"- a":       `\- a`,
		"+ a":       `\+ a`,
		"===":       `\===`,
		"1. a 2. b": `1\. a 2. b`,
		"12) a":     `12\) a`,
		"12":        "12",
		"1a.":       "1a.",
	} {
		if got := escapeStart(in); got != want {
			t.Errorf("escapeStart(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestCodeMarkdown(t *testing.T) {
	for in, want := range map[string]string{
		"":                      "",
		`findings["f-3"]`:       "`findings[\"f-3\"]`",
		"@name <b> https://a":   "`@name <b> https://a`",
		`ends in a backslash \`: "`ends in a backslash \\`",
		"a|b":                   `a\|b`,
		"a`b":                   "a\\`b",
	} {
		if got := codeMarkdown(in); got != want {
			t.Errorf("codeMarkdown(%q) = %q, want %q", in, got, want)
		}
	}
}

// FuzzMarkdown shows one text in every place that a page has and reads the
// Markdown back: the same blocks, in each the same text, and nothing else.
func FuzzMarkdown(f *testing.F) {
	for _, s := range []string{
		"", "plain", "a|b\\", "`", "``a`", "- [x] a", "1. a", "# a #", "> a", "---", "***", "===", "```", "<!--", "<b>", "</td>",
		"![a](b)", "[a]: b", "[^1]", "@name", "#1", "www.a.example", "https://a.example", "a@b.example", "&amp;", "a\n\n# b", "\t a",
		"a  \nb", "\\", "|", "\\|", "~~a~~", "$a$", ":tada:", "/close", "\u202ea", "**a**", "!", "a\\`|", "|---|", "&#8203;",
	} {
		f.Add(s)
	}
	parser := goldmark.New(goldmark.WithExtensions(extension.GFM, extension.Footnote, extension.DefinitionList)).Parser()
	f.Fuzz(func(t *testing.T, s string) {
		p := page{Title: line{quote(s)}}
		both := line{quote(s), words(" "), code(s), words(" "), quote(s)}
		p.heading(2, both...)
		p.banner(append(line{strong("Note.", ""), words(" ")}, both...)...)
		p.paragraph(append(line{words("Text: ")}, both...)...)
		p.table(table{Columns: []column{{Title: "A"}, {Title: "B", Number: true}}, Rows: [][]line{{both, both}, {{quote(s)}, {code(s)}}}}, 0, "")
		p.list([]item{{Line: both, Items: []item{{Line: line{code(s), quote(s)}}}}, {Line: line{quote(s)}}}, 0, "")
		source := markdownSource(t, p)
		if strings.Contains(source, "\n/") || strings.Contains(source, "\n@") {
			t.Errorf("a line begins with text of a document:\n%s", source)
		}
		var want, got []string
		for _, l := range pageLines(p) {
			want = append(want, plainText(l))
		}
		node := parser.Parse(text.NewReader([]byte(source)))
		readBlocks(t, node, []byte(source), &got)
		if len(got) != len(want) {
			t.Fatalf("%q: found %d texts, want %d:\n%s", s, len(got), len(want), source)
		}
		for i := range got {
			if got[i] != want[i] {
				t.Errorf("%q: text %d is %q, want %q, in\n%s", s, i, got[i], want[i], source)
			}
		}
	})
}

// plainText returns the text that a reader sees of a line.
func plainText(l line) string {
	var b strings.Builder
	for _, s := range l {
		b.WriteString(s.Text)
	}
	return strings.TrimSpace(b.String())
}

// pageLines returns the lines of a page in the order of the blocks.
func pageLines(p page) []line {
	lines := []line{p.Title}
	var addItems func([]item)
	addItems = func(items []item) {
		for _, it := range items {
			lines = append(lines, it.Line)
			addItems(it.Items)
		}
	}
	for _, b := range p.Blocks {
		switch b.Kind {
		case tableBlock:
			for _, c := range b.Table.Columns {
				lines = append(lines, line{words("%s", c.Title)})
			}
			for _, row := range b.Table.Rows {
				lines = append(lines, row...)
			}
		case listBlock:
			addItems(b.Items)
		default:
			lines = append(lines, b.Line)
		}
	}
	return lines
}

// readBlocks appends the text of each leaf block, and fails on any node that no
// page has.
func readBlocks(t *testing.T, n ast.Node, source []byte, texts *[]string) {
	switch n.Kind().String() {
	case "Document", "Blockquote", "List", "Table", "TableHeader", "TableRow":
	case "ListItem":
		if n.FirstChild() == nil { // an item without text has no block for it
			*texts = append(*texts, "")
		} else if n.FirstChild().Kind() == ast.KindList {
			*texts = append(*texts, "")
		}
	case "Heading", "Paragraph", "TextBlock", "TableCell":
		var b strings.Builder
		for c := n.FirstChild(); c != nil; c = c.NextSibling() {
			b.WriteString(readInline(t, c, source))
		}
		*texts = append(*texts, strings.TrimSpace(b.String()))
		return
	default:
		t.Errorf("found a %s in\n%s", n.Kind(), source)
	}
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		readBlocks(t, c, source, texts)
	}
}

// readInline returns the text of an inline node without the breakers.
func readInline(t *testing.T, n ast.Node, source []byte) string {
	switch n := n.(type) {
	case *ast.Text:
		if n.SoftLineBreak() || n.HardLineBreak() {
			t.Errorf("found a line break in\n%s", source)
		}
		value := util.ResolveNumericReferences(util.UnescapePunctuations(n.Value(source)))
		return strings.ReplaceAll(string(value), "\u200b", "")
	case *ast.CodeSpan, *ast.Emphasis:
		var b strings.Builder
		for c := n.FirstChild(); c != nil; c = c.NextSibling() {
			if n.Kind() == ast.KindCodeSpan {
				b.Write(c.(*ast.Text).Value(source))
				continue
			}
			b.WriteString(readInline(t, c, source))
		}
		return b.String()
	default:
		t.Errorf("found a %s in\n%s", n.Kind(), source)
		return ""
	}
}

// markdownSource returns a page as Markdown.
func markdownSource(t *testing.T, p page) string {
	t.Helper()
	var b strings.Builder
	if err := stream(&b, "markdown", func(w *bufio.Writer) error { markdownPage(w, p); return nil }); err != nil {
		t.Fatal(err)
	}
	if !utf8.ValidString(b.String()) {
		t.Errorf("not UTF-8: %q", b.String())
	}
	return b.String()
}
