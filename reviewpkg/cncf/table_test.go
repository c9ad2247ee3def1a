package cncf

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/reviewpkg/sdk/internal/intake"
)

// pageOf parses a text.
func pageOf(t *testing.T, text string) *page {
	t.Helper()
	folder, err := intake.OpenFolder(fstest.MapFS{"d.md": {Data: []byte(text)}}, []string{".md"}, nil, intake.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	return newPage(intake.New(folder).Preview(folder.Documents[0]), markdown())
}

func TestSplitRow(t *testing.T) {
	for in, want := range map[string][]string{
		"| a | b |": {"a", "b"}, "a | b": {"a", "b"}, "|a||b|": {"a", "", "b"}, `| a \| b | c |`: {"a | b", "c"}, "| | |": {"", ""}, "||": {""}, "a": {"a"}, "": nil,
	} {
		if diff := cmp.Diff(want, splitRow(in)); diff != "" {
			t.Errorf("splitRow(%q): %s", in, diff)
		}
	}
}

func TestGridOfMarkdown(t *testing.T) {
	p := pageOf(t, "| Key | Value |\n| :-- | --: |\n| a | b |\n| c |\n| d | e | f |\n")
	grids, rest := p.tables(p.blocks)
	if len(grids) != 1 || len(rest) != 0 {
		t.Fatal(len(grids), len(rest))
	}
	g := grids[0]
	if g.column("value") != 1 || g.column("none", "key") != 0 || g.column("x") != -1 {
		t.Error("column")
	}
	var have []string
	for _, r := range g.body() {
		have = append(have, strings.Join(r.cells, "/")+"@"+itoa(r.start))
	}
	if diff := cmp.Diff([]string{"a/b@2", "c@3", "d/e | f@4"}, have); diff != "" {
		t.Error(diff)
	}
	if r := g.body()[1]; r.cell(1) != "" || r.cell(-1) != "" {
		t.Error("a cell that is not there has a text")
	}
}

func TestGridOfHTML(t *testing.T) {
	for _, c := range []struct {
		name, in string
		want     []string
		header   bool
	}{
		{"cells", "<table>\n<tr><td>a</td><td>b <b>c</b></td></tr>\n</table>\n", []string{"a/b c@1"}, false},
		{"a header", "<table>\n<tr><th>A</th><th>B</th></tr>\n<tr><td>c</td><td>d</td></tr></table>\n", []string{"A/B@1", "c/d@2"}, true},
		{"nothing closed", "<table>\n<tr><td>a<td>b\n<tr><td>c<td>d\n</table>\n", []string{"a/b@1", "c/d@2"}, false},
		{"rows without tr", "<table>\n<td>a</td><td>b</td></table>\n", []string{"a/b@1"}, false},
		{"breaks and lists", "<table><tr><td>a<br>b<p>c</td><td><ul><li>d</li><li>e</li></ul></td></tr></table>\n", []string{"a\nb\nc/- d\n- e@0"}, false},
		{"links", "<table><tr><td><a href=\"https://x.example/a b\">a</a></td><td><a name=y>b</a><a href=z>c</td></tr></table>\n", []string{"[a](https://x.example/a%20b)/b[c](z)@0"}, false},
		{"blank lines inside", "<table>\n\n<tr>\n<td>a</td>\n\n<td>b</td>\n</tr>\n\n</table>\n", []string{"a/b@3"}, false},
		{"three columns", "<table><tr><td>A</td><td>B</td><td>C</td></tr><tr><td>1</td><td>2</td><td>3</td></tr><tr><td>4</td><td>5</td><td>6</td></tr></table>\n", []string{"A/B/C@0", "1/2/3@0", "4/5/6@0"}, true},
		{"three columns of data", "<table><tr><td><a href=x>A</a></td><td>B</td><td>C</td></tr><tr><td>1</td></tr><tr><td>4</td></tr></table>\n", []string{"[A](x)/B/C@0", "1@0", "4@0"}, false},
		{"in a div", "<div align=center><table><tr><td>a</td></tr></table></div>\n", []string{"a@0"}, false},
		{"never closed", "<table><tr><td>a\n\ntext\n", []string{"a\ntext@0"}, false},
	} {
		p := pageOf(t, c.in)
		grids, _ := p.tables(p.blocks)
		if len(grids) != 1 {
			t.Errorf("%s: %d tables", c.name, len(grids))
			continue
		}
		var have []string
		for _, r := range grids[0].rows {
			have = append(have, strings.Join(r.cells, "/")+"@"+itoa(r.start))
		}
		if diff := cmp.Diff(c.want, have); diff != "" || (grids[0].header() != nil) != c.header {
			t.Errorf("%s: header %v %s", c.name, grids[0].header(), diff)
		}
	}
}

func TestBlocks(t *testing.T) {
	p := pageOf(t, "# A *heading* \\# with `code`\n\n**Bold:**\n\n***Both***\n\n**not** all\n\n*italic*\n\n- a\n\n  b\n- c\n\n> quote\n\n```\ncode\n```\n\n<!-- c -->\n\n<!-- c --> d\n\n| t |\n| - |\n")
	var have []string
	for _, b := range p.blocks {
		have = append(have, strings.Join([]string{map[kind]string{other: "other", heading: "heading", paragraph: "paragraph", list: "list", table: "table", rawHTML: "html", comment: "comment"}[b.kind], b.label(), itoa(b.start), itoa(b.end)}, "|"))
	}
	want := []string{"heading|A heading # with code|0|1", "paragraph|Bold:|2|3", "paragraph|Both|4|5", "paragraph||6|7", "paragraph||8|9", "list||10|14", "other||15|16", "other||17|20", "comment||21|22", "html||23|24", "table||25|27"}
	if diff := cmp.Diff(want, have); diff != "" {
		t.Error(diff)
	}
}
