package openstack

import "strings"

// A kind of block.
type kind uint8

const (
	paragraph kind = iota // running text
	lineBlock             // lines that begin with a bar and keep their ends
	item                  // an item of a list
	directive             // .. name:: argument
	footnote              // .. [0] text
	comment               // .. text
)

// A block is a piece of a page between blank lines, or an item of a list.
type block struct {
	kind       kind
	start, end int    // lines; those of its children belong to it
	col        int    // column at which it begins, of an item that of its marker
	number     string // of a numbered item
	name       string // of a directive, a comment with a colon, or a footnote
	text       string // as written, on one line; of a line block, its lines
	kids       []*block
}

// A repair is a place where the markup had to be mended.
type repair struct {
	line          int
	code, message string
}

// A blockReader cuts lines into blocks. It reads the dialect of the pages, not
// all of reStructuredText, and it reads what people meant: a list that begins
// without a blank line is a list, although it is none for docutils.
type blockReader struct {
	lines   []string
	open    []*block // items that are open, innermost last
	last    *block   // paragraph, or item without children, that text may continue
	out     []*block
	repairs []repair
}

// maxNesting is how deep lists are read; what nests deeper lies beside.
const maxNesting = 20

// readBlocks reads the lines from start up to end.
func readBlocks(lines []string, start, end int) ([]*block, []repair) {
	r := &blockReader{lines: lines}
	for i := start; i < end; i++ {
		text := strings.Trim(lines[i], blanks)
		// A blank line ends what text may go on with, and leaves lists open: the
		// pages have blank lines between items.
		if text == "" {
			r.last = nil
			continue
		}
		i = r.line(i, end, indent(lines[i]), text)
	}
	return r.out, r.repairs
}

// indent returns the column at which a line begins. A tab leads to the next
// multiple of eight.
func indent(line string) int {
	col := 0
	for i := range len(line) {
		switch line[i] {
		case ' ':
			col++
		case '\t':
			// As docutils counts. Of the pages only a draft has tabs.
			col += 8 - col%8
		default:
			return col
		}
	}
	return col
}

// line reads the block that begins at a line, or the line itself if it goes on
// with a block. It returns the last line that it took.
func (r *blockReader) line(i, end, col int, text string) int {
	m := markerAt(text)
	explicit := text == ".." || strings.HasPrefix(text, ".. ")
	// A rule of hyphens is no empty item.
	if c, _ := adornment(text); c != 0 {
		m, explicit = marker{}, false
	}
	switch {
	// Text goes on with the block above it unless there is a reason: pages wrap
	// their lines.
	case r.last != nil && !r.begins(i, col, text, m, explicit):
		r.extend(i, text)
		return i
	case explicit:
		return r.explicit(i, end, col, text)
	case m.width > 0:
		b := &block{kind: item, start: i, end: i + 1, col: col, number: m.number, text: text[m.width:]}
		r.add(b)
		// What nests deeper becomes a sibling, so that no later walk over the tree
		// goes deeper than this.
		if len(r.open) < maxNesting {
			r.open = append(r.open, b)
		}
		r.last = b
	default:
		b := &block{start: i, end: i + 1, col: col, text: text}
		// Line blocks are this package's: they keep the lines of a text whose
		// breaks matter.
		if bar, ok := barred(text); ok {
			b.kind, b.text = lineBlock, bar
		}
		r.add(b)
		r.last = b
	}
	return i
}

// begins reports whether a line that follows another without a blank line
// between begins a block of its own.
func (r *blockReader) begins(i, col int, text string, m marker, explicit bool) bool {
	last := r.last
	outside := last.kind == item && col <= last.col
	switch {
	case explicit:
		r.repair(i, "repaired-markup", "a directive follows text without a blank line")
		return true
		// Items need no blank line between them.
	case m.width > 0 && r.sibling(col):
		return true
		// The text announces the list, or the item begins with a name. A line that is
		// wrapped at a hyphen is neither.
	case m.width > 0 && (strings.HasSuffix(last.text, ":") || strings.HasPrefix(text[m.width:], "*")):
		// For docutils this is running text, and the item is lost.
		r.repair(i, "repaired-list", "a list follows text without a blank line")
		return true
	case outside:
		r.repair(i, "repaired-markup", "text follows a list without a blank line")
		return true
		// The keys of a header are paragraphs, and people write them line by line.
	case boldKey(text) && boldKey(last.text):
		r.repair(i, "repaired-markup", "a bold key follows another without a blank line")
		return true
		// The findings of keystonemiddleware end with two such lines, which docutils
		// makes one paragraph of.
	case bareFootnote(text) && bareFootnote(last.text):
		r.repair(i, "repaired-markup", "a footnote follows another without a blank line")
		return true
	default:
		return false
	}
}

// sibling reports whether an item that begins at a column goes on with a list
// that is open.
func (r *blockReader) sibling(col int) bool {
	for _, b := range r.open {
		if b.col == col {
			return true
		}
	}
	return false
}

// extend adds a line to the block that is open.
func (r *blockReader) extend(i int, text string) {
	b := r.last
	if bar, ok := barred(text); ok && b.kind == lineBlock {
		b.text += "\n" + bar
	} else if b.text == "" {
		b.text = text
	} else {
		b.text += " " + text
	}
	b.end = i + 1
	r.reach(i + 1)
}

// barred returns a line of a line block without its bar.
func barred(text string) (string, bool) {
	if text == "|" {
		return "", true
	}
	return strings.CutPrefix(text, "| ")
}

// explicit reads what begins with two dots, and all that is indented below it.
func (r *blockReader) explicit(i, end, col int, text string) int {
	last := i
	// All that is indented deeper, over blank lines as well, up to the first line
	// that is not.
	for j := i + 1; j < end; j++ {
		if strings.Trim(r.lines[j], blanks) == "" {
			continue
		}
		if indent(r.lines[j]) <= col {
			break
		}
		last = j
	}
	b := &block{kind: comment, start: i, end: last + 1, col: col, text: strings.Trim(strings.TrimPrefix(text, ".."), blanks)}
	// Two colons make a directive; a name with blanks before them is a comment.
	if name, rest, ok := strings.Cut(b.text, "::"); ok && name != "" && !strings.ContainsAny(name, " \t[") {
		b.kind, b.name, b.text = directive, strings.ToLower(name), strings.Trim(rest, blanks)
	} else if name, rest, ok := strings.Cut(b.text, "]"); ok && strings.HasPrefix(name, "[") {
		b.kind, b.name, b.text = footnote, name[1:], strings.Trim(rest, blanks)
		for j := i + 1; j <= last; j++ {
			b.text = strings.Trim(b.text+" "+strings.Trim(r.lines[j], blanks), blanks)
		}
		// A comment with a key is how this package states ids.
	} else if name, rest, ok := strings.Cut(b.text, ": "); ok {
		b.name, b.text = name, strings.Trim(rest, blanks)
	}
	r.add(b)
	r.last = nil
	return last
}

// add puts a block below the item that it is indented under.
func (r *blockReader) add(b *block) {
	// Deeper than the marker is enough: 2 columns under a bullet and 3 under a
	// number are the rule, which not all authors follow.
	for len(r.open) > 0 && b.col <= r.open[len(r.open)-1].col {
		r.open = r.open[:len(r.open)-1]
	}
	if len(r.open) == 0 {
		r.out = append(r.out, b)
		return
	}
	in := r.open[len(r.open)-1]
	in.kids = append(in.kids, b)
	r.reach(b.end)
}

// reach makes the open items hold the lines up to end.
func (r *blockReader) reach(end int) {
	for _, b := range r.open {
		b.end = max(b.end, end)
	}
}

// repair notes a place where the markup had to be mended.
func (r *blockReader) repair(line int, code, message string) {
	r.repairs = append(r.repairs, repair{line, code, message})
}

// boldKey reports whether a text begins with a bold key and a colon.
func boldKey(text string) bool {
	key, _, ok := splitBoldKey(text)
	return ok && key != ""
}

// splitBoldKey splits **Key**: value. The colon may stand inside the bold text,
// or be missing if nothing follows.
func splitBoldKey(text string) (key, value string, ok bool) {
	rest, ok := strings.CutPrefix(text, "**")
	if !ok {
		return "", "", false
	}
	key, value, ok = strings.Cut(rest, "**")
	if !ok {
		return "", "", false
	}
	value = strings.Trim(value, blanks)
	if after, ok := strings.CutSuffix(key, ":"); ok {
		return after, value, true
	}
	// A key alone may lack its colon; with words behind it, it would be emphasis.
	after, colon := strings.CutPrefix(value, ":")
	return key, strings.Trim(after, blanks), colon || value == ""
}

// bareFootnote reports whether a text begins with a number in square brackets:
// the text of a footnote that was not marked up as one.
func bareFootnote(text string) bool {
	inner, _, ok := strings.Cut(strings.TrimPrefix(text, "["), "]")
	return ok && text[0] == '[' && inner != "" && strings.Trim(inner, "0123456789") == ""
}
