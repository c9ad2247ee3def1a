package cncf

import (
	"strings"

	"golang.org/x/net/html"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// A row is a row of a table, with its cells as Markdown, or as text with the
// addresses of links for tables in HTML.
type row struct {
	cells      []string
	start, end int
	header     bool
}

// A grid is a table of either form.
type grid struct {
	rows []row // a header first, if there is one
}

// header returns the header of a table, or nil.
func (g *grid) header() []string {
	if len(g.rows) > 0 && g.rows[0].header {
		return g.rows[0].cells
	}
	return nil
}

// body returns the rows that are no header.
func (g *grid) body() []row {
	if g.header() != nil {
		return g.rows[1:]
	}
	return g.rows
}

// column returns the index of the column whose heading begins with one of the
// names, or -1.
func (g *grid) column(names ...string) int {
	for _, name := range names {
		for i, cell := range g.header() {
			if strings.HasPrefix(key(cell), name) {
				return i
			}
		}
	}
	return -1
}

// cell returns a cell, or nothing if the row is too short.
func (r *row) cell(i int) string {
	if i < 0 || i >= len(r.cells) {
		return ""
	}
	return r.cells[i]
}

// gfmTable reads a table of Markdown from its lines. The parser drops the cells
// of a row that are more than those of the header; here the last cell takes
// them, and a diagnostic says so.
func (p *page) gfmTable(b *block) grid {
	if b.grid != nil {
		return *b.grid
	}
	g := p.readTable(b)
	if !p.quiet {
		b.grid = &g // what is wrong with the table is reported once
	}
	return g
}

func (p *page) readTable(b *block) grid {
	var g grid
	var columns int
	for n := b.start; n < b.end; n++ {
		line := strings.TrimSpace(p.Line(n))
		if line == "" {
			continue
		}
		cells := splitRow(line)
		if len(g.rows) == 1 && columns == 0 && isDelimiter(cells) {
			columns = len(cells)
			g.rows[0].header = true
			continue
		}
		if columns > 0 && len(cells) > columns {
			p.Repair("dropped-cell", p.LineStart(n), "the row has more cells than the table has columns",
				"write a bar inside a cell as \\|; what Markdown drops is kept in the last cell")
			cells = append(cells[:columns-1:columns-1], strings.Join(cells[columns-1:], " | "))
		}
		g.rows = append(g.rows, row{cells: cells, start: n, end: n + 1})
	}
	return g
}

// splitRow splits a line of a table into cells.
func splitRow(line string) []string {
	line = strings.TrimPrefix(line, "|")
	var cells []string
	start := 0
	code := false
	for i := 0; i < len(line); i++ {
		switch line[i] {
		case '\\':
			i++
		case '`':
			code = !code
		case '|':
			cells = append(cells, cellText(line[start:i]))
			start = i + 1
		}
	}
	if rest := strings.TrimSpace(line[start:]); rest != "" {
		cells = append(cells, cellText(rest))
	}
	return cells
}

func cellText(s string) string {
	return strings.TrimSpace(strings.ReplaceAll(s, `\|`, "|"))
}

// isDelimiter reports whether the cells are those of the line below a header.
func isDelimiter(cells []string) bool {
	for _, c := range cells {
		if strings.Trim(c, ":-") != "" || !strings.Contains(c, "-") {
			return false
		}
	}
	return len(cells) > 0
}

// tables returns the tables of a section with the blocks each is made of. A
// table in HTML goes on over blank lines, which end a block for the parser.
func (p *page) tables(blocks []*block) (grids []grid, rest []*block) {
	for i := 0; i < len(blocks); i++ {
		b := blocks[i]
		switch {
		case b.kind == table:
			grids = append(grids, p.gfmTable(b))
		case b.kind == rawHTML && beginsTable(p.Lines(b.start, b.end)):
			end := i
			for end+1 < len(blocks) && !strings.Contains(strings.ToLower(p.Lines(blocks[end].start, blocks[end].end)), "</table") {
				end++
			}
			grids = append(grids, p.htmlTable(b.start, blocks[end].end))
			i = end
		default:
			rest = append(rest, b)
		}
	}
	return grids, rest
}

func beginsTable(s string) bool {
	s = strings.ToLower(strings.TrimSpace(s[:min(len(s), 200)]))
	return strings.HasPrefix(s, "<table") || strings.HasPrefix(s, "<div") && strings.Contains(s, "<table")
}

// htmlTable reads a table in HTML from its lines.
func (p *page) htmlTable(start, end int) grid {
	h := &htmlReader{page: p, offset: p.LineStart(start)}
	z := html.NewTokenizer(strings.NewReader(p.Lines(start, end)))
	for {
		kind := z.Next()
		if kind == html.ErrorToken {
			h.endRow()
			return withHeader(h.grid)
		}
		raw := len(z.Raw())
		h.token(kind, z.Token())
		h.offset += raw
	}
}

// withHeader marks the first row of a table of three columns or more as its
// header, if no row is marked as one: exports from word processors mark none. A
// table of two columns has keys and values.
func withHeader(g grid) grid {
	if len(g.rows) < 3 || g.rows[0].header || len(g.rows[0].cells) < 3 {
		return g
	}
	for _, c := range g.rows[0].cells {
		if len(c) > maxName || strings.Contains(c, "](") {
			return g
		}
	}
	g.rows[0].header = true
	return g
}

// An htmlReader collects the rows of a table.
type htmlReader struct {
	*page
	grid   grid
	offset int
	row    *row
	cell   *strings.Builder
	link   string
}

func (h *htmlReader) token(kind html.TokenType, t html.Token) {
	switch kind {
	case html.StartTagToken, html.SelfClosingTagToken:
		h.open(t)
	case html.EndTagToken:
		switch t.Data {
		case "tr", "table":
			h.endRow()
		case "td", "th":
			h.endCell()
		case "a":
			h.endLink()
		}
	case html.TextToken:
		if h.cell != nil {
			// In HTML a line break is a space; Google's exports end lines with
			// a backslash where they mean a break.
			h.cell.WriteString(strings.ReplaceAll(t.Data, "\\\n", "\n"))
		}
	}
}

// open begins what a tag begins. Tags that authors leave open are closed by
// those that follow.
func (h *htmlReader) open(t html.Token) {
	switch t.Data {
	case "tr":
		h.endRow()
		h.row = &row{start: h.LineAt(h.offset)}
	case "td", "th":
		h.endCell()
		if h.row == nil {
			h.row = &row{start: h.LineAt(h.offset)}
		}
		if len(h.row.cells) == 0 {
			h.row.header = t.Data == "th"
			h.row.start = h.LineAt(h.offset)
		}
		h.cell = &strings.Builder{}
	case "br", "p", "li", "div":
		if h.cell != nil {
			h.cell.WriteString("\n")
			if t.Data == "li" {
				h.cell.WriteString("- ")
			}
		}
	case "a":
		for _, a := range t.Attr {
			if a.Key == "href" && h.cell != nil {
				h.link = a.Val
				h.cell.WriteByte('[')
			}
		}
	}
}

func (h *htmlReader) endLink() {
	if h.link != "" && h.cell != nil {
		h.cell.WriteString("](" + strings.ReplaceAll(h.link, " ", "%20") + ")")
	}
	h.link = ""
}

func (h *htmlReader) endCell() {
	if h.cell == nil || h.row == nil {
		return
	}
	h.endLink()
	lines := strings.Split(h.cell.String(), "\n")
	kept := lines[:0]
	for _, line := range lines {
		if line = strings.Join(strings.Fields(line), " "); line != "" && line != "-" {
			kept = append(kept, line)
		}
	}
	h.row.cells = append(h.row.cells, strings.Join(kept, "\n"))
	h.cell = nil
}

func (h *htmlReader) endRow() {
	h.endCell()
	if h.row != nil && len(h.row.cells) > 0 {
		h.row.end = max(h.row.start+1, h.LineAt(h.offset)+1)
		h.grid.rows = append(h.grid.rows, *h.row)
	}
	h.row = nil
}

// tableEntries reads the rows of the tables of a section as entries.
func (o *outline) tableEntries(s *section, _ grouper) (listing, []*block, bool) {
	var out listing
	grids, rest := o.tables(s.blocks)
	for _, g := range grids {
		head := g.header()
		for _, r := range g.body() {
			if e, ok := rowEntry(head, r); ok {
				out.entries = append(out.entries, e)
			}
		}
	}
	return out, rest, len(out.entries) > 0
}

// rowEntry returns the entry that a row is: the first cell is its name, the
// others are its fields, by the headings of their columns.
func rowEntry(head []string, r row) (entry, bool) {
	e := entry{label: plainText(r.cell(0)), start: r.start, end: r.end, how: reviewpkgv1.Derivation_DERIVATION_TABLE_CELL}
	for i := 1; i < len(r.cells); i++ {
		label := ""
		if i < len(head) {
			label = key(head[i])
		}
		e.fields = append(e.fields, field{label: label, title: plainText(columnTitle(head, i)), value: r.cells[i], start: r.start, end: r.end})
	}
	if f := e.field("description", "details", "detail", "purpose", "what", "function"); f != nil {
		e.text = f.value
	} else if len(r.cells) > 1 {
		e.text = strings.Join(r.cells[1:], "\n")
	}
	return e, e.label != ""
}

func columnTitle(head []string, i int) string {
	if i < len(head) {
		return head[i]
	}
	return ""
}
