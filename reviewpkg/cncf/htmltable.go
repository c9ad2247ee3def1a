package cncf

import (
	"strings"

	"golang.org/x/net/html"
)

// Exports wrap the table into a div.
func beginsTable(s string) bool {
	s = strings.ToLower(strings.TrimSpace(s[:min(len(s), 200)]))
	return strings.HasPrefix(s, "<table") || strings.HasPrefix(s, "<div") && strings.Contains(s, "<table")
}

// htmlTable reads a table in HTML from its lines. Five of 49 documents have
// tables in HTML, and two of them no others. Their cells have lists, links and
// paragraphs, some of which nobody closed; the tokenizer takes tags as they
// come, which a parser of whole documents would not. A cell that is broken over
// lines with a backslash comes from one word processor.
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
// table of two columns has keys and values. A link or a long text in the first
// row shows that it is data.
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

// An htmlReader collects the rows of a table. Offsets are counted along, so
// that a row has its lines: the tokenizer knows no positions.
type htmlReader struct {
	*page
	grid   grid             // the rows that have ended
	offset int              // of the tag, in the document
	row    *row             // the open one, or nil
	cell   *strings.Builder // the open one, or nil
	link   string           // target of the open one
}

// Tags that say how a text looks are passed over; the text goes on.
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
	default:
		// Comments and declarations show nothing.
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

// endLink closes a link. A blank in the target would end it in Markdown.
func (h *htmlReader) endLink() {
	if h.link != "" && h.cell != nil {
		h.cell.WriteString("](" + strings.ReplaceAll(h.link, " ", "%20") + ")")
	}
	h.link = ""
}

// endCell ends a cell: each line without the blanks that HTML does not show,
// and no bullets without an item.
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

// endRow ends a row. Rows without cells are layout.
func (h *htmlReader) endRow() {
	h.endCell()
	if h.row != nil && len(h.row.cells) > 0 {
		h.row.end = max(h.row.start+1, h.LineAt(h.offset)+1)
		h.grid.rows = append(h.grid.rows, *h.row)
	}
	h.row = nil
}
