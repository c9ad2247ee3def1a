package cncf

import "strings"

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
			if b.grid == nil || b.gridEnd != blocks[end].end {
				g := p.htmlTable(b.start, blocks[end].end)
				b.grid, b.gridEnd = &g, blocks[end].end
			}
			grids = append(grids, *b.grid)
			i = end
		default:
			rest = append(rest, b)
		}
	}
	return grids, rest
}
