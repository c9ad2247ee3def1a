package main

import (
	"bytes"
	"path/filepath"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/reviewpkg/sdk/reviewpkg"
)

// Columns, and characters, that a source line may take before and after the
// place in question.
const (
	columnsBefore = 50
	columnsAfter  = 50
	ellipsis      = "..."
)

// A listing shows lines of a document. It moves forward as diagnostics do, so
// that all of them together cost one pass over the document, and starts again
// where one goes back.
type listing struct {
	data         []byte
	lineFeeds    bool // only a line feed ends a line
	start, off   int  // of the line, and of the character reached in it
	line, column int  // of that character, counted from 1
}

// newListing returns a listing of the document data, which was read under the
// given file name.
func newListing(filename string, data []byte) *listing {
	data = bytes.TrimPrefix(data, []byte("\xEF\xBB\xBF"))
	l := &listing{data: data}
	switch strings.ToLower(filepath.Ext(filename)) {
	case ".json", ".md", ".markdown", ".rst":
		l.lineFeeds = true
	case ".yaml", ".yml":
	default:
		rest := bytes.TrimLeft(data, " \t\r\n")
		l.lineFeeds = len(rest) > 0 && (rest[0] == '{' || rest[0] == '[')
	}
	l.rewind()
	return l
}

// rewind moves to the first character.
func (l *listing) rewind() { l.start, l.off, l.line, l.column = 0, 0, 1, 1 }

// seek moves to a place, or to the end of its line if that is shorter, and
// reports whether there is such a line.
func (l *listing) seek(line, column int) bool {
	if line < l.line || line == l.line && column < l.column {
		l.rewind()
	}
	for l.line < line {
		if l.off >= len(l.data) {
			l.rewind()
			return false
		}
		size := l.lineBreak(l.off)
		if size == 0 {
			l.off++
			continue
		}
		l.off += size
		l.line, l.column, l.start = l.line+1, 1, l.off
	}
	for l.column < column && !l.atEnd(l.off) {
		_, size := utf8.DecodeRune(l.data[l.off:])
		l.off, l.column = l.off+size, l.column+1
	}
	return true
}

// atEnd reports whether a line ends at off.
func (l *listing) atEnd(off int) bool { return off >= len(l.data) || l.lineBreak(off) > 0 }

// lineBreak returns the size of the line break at off, or 0. Lines are counted
// as the reader of the document does: JSON and markup know one kind of line
// break, YAML five.
func (l *listing) lineBreak(off int) int {
	breaks := []string{"\n", "\r\n", "\r", "\u0085", "\u2028", "\u2029"}
	if l.lineFeeds {
		breaks = breaks[:2]
	}
	for _, b := range breaks {
		if bytes.HasPrefix(l.data[off:], []byte(b)) {
			return len(b)
		}
	}
	return 0
}

// excerpt returns the source line at pos with carets below the characters that
// are meant, as two lines behind a gutter, or nothing if there is no such line.
func (l *listing) excerpt(pos reviewpkg.Position) string {
	if pos.Line < 1 || !l.seek(pos.Line, max(pos.Column, 1)) {
		return ""
	}
	// A line may be as long as the document, so that no more of it is looked at
	// than is shown.
	before, indent := l.before()
	var after strings.Builder
	marked, used := 0, 0
	off := l.off
	for i := 0; !l.atEnd(off); i++ {
		r, size := utf8.DecodeRune(l.data[off:])
		text, columns := cell(r)
		if i == columnsAfter || used+columns > columnsAfter {
			after.WriteString(ellipsis)
			break
		}
		after.WriteString(text)
		used += columns
		if i < pos.Length {
			marked = used
		}
		off += size
	}
	margin, number := gutter(pos), strconv.Itoa(pos.Line)
	return margin[len(number)+1:] + number + " | " + strings.TrimRight(before+after.String(), " ") + "\n" +
		margin + "| " + strings.Repeat(" ", indent) + strings.Repeat("^", max(marked, 1)) + "\n"
}

// before returns the part of the line before the place reached, and how many
// columns it takes.
func (l *listing) before() (string, int) {
	var cells []string
	used, off := 0, l.off
	for off > l.start {
		r, size := utf8.DecodeLastRune(l.data[l.start:off])
		text, columns := cell(r)
		if len(cells) == columnsBefore || used+columns > columnsBefore {
			cells = append(cells, ellipsis)
			used += len(ellipsis)
			break
		}
		cells = append(cells, text)
		used += columns
		off -= size
	}
	var b strings.Builder
	for i := len(cells) - 1; i >= 0; i-- {
		b.WriteString(cells[i])
	}
	return b.String(), used
}

// gutter returns the space left of what is said about a place.
func gutter(pos reviewpkg.Position) string {
	// Two digits at least, so that most documents have one margin.
	return strings.Repeat(" ", len(strconv.Itoa(max(pos.Line, 10)))+3)
}
