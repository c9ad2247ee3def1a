package cncf

import "strings"

// A row is a row of a table, with its cells as Markdown, or as text with the
// addresses of links for tables in HTML.
type row struct {
	cells      []string
	start, end int  // lines, of which Markdown gives a row one
	header     bool // names of columns, not data
}

// A grid is a table of either form.
type grid struct {
	rows []row // a header first, if there is one
	end  int   // line behind a table in HTML, which several blocks make up
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
// names, or -1. Headings are longer than the template's more often than they
// are other words.
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

// readTable reads the lines of a table. Four of 132 tables have rows of another
// length than their header; what is dropped is a sentence in one of them.
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
			cells = splitCells(line, columns)
		}
		g.rows = append(g.rows, row{cells: cells, start: n, end: n + 1})
	}
	return g
}

// splitRow splits a line of a table into cells. A bar behind a backslash
// divides nothing.
func splitRow(line string) []string { return splitCells(line, 0) }

// splitCells splits a line into so many cells at most, if there is a limit. The
// last cell takes the rest of the line as it is written: a bar in code was meant
// to stay in it.
func splitCells(line string, limit int) []string {
	line = strings.TrimPrefix(line, "|")
	var cells []string
	start := 0
	for i := 0; i < len(line); i++ {
		switch line[i] {
		case '\\':
			i++
			// A row with more bars than columns: the rest is one cell.
		case '|':
			if limit > 0 && len(cells) == limit-1 {
				continue
			}
			cells = append(cells, cellText(line[start:i]))
			start = i + 1
		}
	}
	rest := strings.TrimSpace(line[start:])
	for limit > 0 && strings.HasSuffix(rest, "|") && !strings.HasSuffix(rest, `\|`) {
		rest = strings.TrimRight(rest[:len(rest)-1], " \t") // the bar that ends the row
	}
	// A row may end without a bar, and one that ends with a bar has no cell
	// behind it.
	if rest != "" {
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
			for end+1 < len(blocks) && !endsTable(p.Lines(blocks[end].start, blocks[end].end)) {
				end++
			}
			if b.grid == nil || b.grid.end != blocks[end].end {
				g := p.htmlTable(b.start, blocks[end].end)
				g.end = blocks[end].end
				b.grid = &g
			}
			grids = append(grids, *b.grid)
			i = end
		default:
			rest = append(rest, b)
		}
	}
	return grids, rest
}
