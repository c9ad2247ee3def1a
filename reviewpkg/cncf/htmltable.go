package cncf

import (
	"bytes"
	"strings"

	"golang.org/x/net/html"
)

// Exports wrap the table into a div.
func beginsTable(s string) bool {
	s = lowerCase(strings.TrimSpace(s[:min(len(s), 200)]))
	return strings.HasPrefix(s, "<table") || strings.HasPrefix(s, "<div") && strings.Contains(s, "<table")
}

// endsTable reports whether the tag that ends a table stands in a text.
func endsTable(s string) bool {
	const tag = "</table"
	for {
		i := strings.Index(s, "</")
		if i < 0 || len(s)-i < len(tag) {
			return false
		}
		if strings.EqualFold(s[i:i+len(tag)], tag) {
			return true
		}
		s = s[i+2:]
	}
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
		raw := len(z.Raw()) // before the tokenizer unescapes it
		h.token(kind, z)
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
	grid   grid   // the rows that have ended
	offset int    // of the tag, in the document
	row    *row   // the open one, or nil
	cell   []byte // text of the open one; all cells share the room
	inCell bool
	link   string // target of the open one
}

var brokenLine = []byte("\\\n")

// Tags that say how a text looks are passed over; the text goes on.
func (h *htmlReader) token(kind html.TokenType, z *html.Tokenizer) {
	switch kind {
	case html.StartTagToken, html.SelfClosingTagToken:
		name, _ := z.TagName()
		h.open(string(name), z)
	case html.EndTagToken:
		name, _ := z.TagName()
		switch string(name) {
		case "tr", "table":
			h.endRow()
		case "td", "th":
			h.endCell()
		case "a":
			h.endLink()
		}
	case html.TextToken:
		if h.inCell {
			text := z.Text()
			// In HTML a line break is a space; Google's exports end lines with a
			// backslash where they mean a break.
			if bytes.Contains(text, brokenLine) {
				text = bytes.ReplaceAll(text, brokenLine, brokenLine[1:])
			}
			h.cell = append(h.cell, text...)
		}
	default:
		// Comments and declarations show nothing.
	}
}

// open begins what a tag begins. Tags that authors leave open are closed by
// those that follow.
func (h *htmlReader) open(tag string, z *html.Tokenizer) {
	switch tag {
	case "tr":
		h.endRow()
		h.row = &row{start: h.LineAt(h.offset)}
	case "td", "th":
		h.endCell()
		if h.row == nil {
			h.row = &row{start: h.LineAt(h.offset)}
		}
		if len(h.row.cells) == 0 {
			h.row.header = tag == "th"
			h.row.start = h.LineAt(h.offset)
		}
		h.cell, h.inCell = h.cell[:0], true
	case "br", "p", "li", "div":
		if h.inCell {
			h.cell = append(h.cell, '\n')
			if tag == "li" {
				h.cell = append(h.cell, "- "...)
			}
		}
	case "a":
		for more := true; more; {
			var name, value []byte
			name, value, more = z.TagAttr()
			if string(name) == "href" && h.inCell {
				h.link = string(value)
				h.cell = append(h.cell, '[')
			}
		}
	}
}

// endLink closes a link. A blank in the target would end it in Markdown.
func (h *htmlReader) endLink() {
	if h.link != "" && h.inCell {
		h.cell = append(h.cell, "]("+strings.ReplaceAll(h.link, " ", "%20")+")"...)
	}
	h.link = ""
}

// endCell ends a cell: each line without the blanks that HTML does not show,
// and no bullets without an item.
func (h *htmlReader) endCell() {
	if !h.inCell || h.row == nil {
		return
	}
	h.endLink()
	var room [4]string // most cells have one line
	kept := room[:0]
	for line := range strings.SplitSeq(string(h.cell), "\n") {
		if line = singleSpaces(line); line != "" && line != "-" {
			kept = append(kept, line)
		}
	}
	h.row.cells = append(h.row.cells, strings.Join(kept, "\n"))
	h.inCell = false
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
