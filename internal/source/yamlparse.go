package source

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"
	"sort"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"

	"github.com/reviewpkg/sdk/internal/inwords"
)

// checkYAML refuses what the parser must not see: other encodings than UTF-8,
// and documents that would become far too many nodes, each of which takes
// hundreds of bytes in the parser.
func checkYAML(data []byte, limits Limits) *Error {
	// YAML 1.2, 5.2, has UTF-16 and UTF-32 as well. Nobody uses them, and the
	// places of tokens could not be counted in the bytes of the file.
	if !utf8.Valid(data) {
		return invalidUTF8(data)
	}
	tokens, directives := 0, 0
	for i, c := range data {
		// Comments count, because the parser keeps them as well.
		switch c {
		case ',', '[', '{':
			tokens++
		case '-', '?', '#':
			if i+1 == len(data) || isBlank(data[i+1]) || c == '#' {
				tokens++
			}
		case ':':
			// Behind a quoted key a colon needs no space after it.
			if i+1 == len(data) || isBlank(data[i+1]) || i > 0 && (data[i-1] == '"' || data[i-1] == '\'') {
				tokens++
			}
		case '%':
			if i == 0 || data[i-1] == '\n' || data[i-1] == '\r' {
				directives++
			}
		}
	}
	// The parser compares every directive with all before it.
	const maxDirectives = 64
	if directives > maxDirectives {
		return &Error{TooLarge: true, Message: fmt.Sprintf("the document has more than %d lines that begin with %%", maxDirectives)}
	}
	// A list item or a member needs one of these tokens. Text has them too,
	// hence the factor; an ordinary text has one in forty bytes.
	if tokens/2 > limits.MaxNodes {
		return limits.tooMany(Pos{})
	}
	return nil
}

func isBlank(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' }

// invalidUTF8 is the error about the first byte that is not UTF-8.
func invalidUTF8(data []byte) *Error {
	c := newCursor(data)
	for c.off < len(data) {
		// A replacement character that stands in the document has size 3.
		if r, size := utf8.DecodeRune(data[c.off:]); r == utf8.RuneError && size == 1 {
			break
		}
		c.next()
	}
	return &Error{Pos: Pos{Line: c.line, Column: c.column}, Message: "invalid UTF-8"}
}

// parseYAML returns the only document in data, or nil if there is none.
func parseYAML(data []byte, lines parserLines) (*yaml.Node, *Error) {
	dec := yaml.NewDecoder(bytes.NewReader(data))
	doc, err := nextDocument(dec)
	if errors.Is(err, io.EOF) {
		return nil, nil
	}
	if err == nil {
		var second *yaml.Node
		// Reading on is the only way to know that nothing else is there.
		if second, err = nextDocument(dec); errors.Is(err, io.EOF) {
			return doc, nil
		}
		if err == nil {
			return nil, &Error{Pos: lines.place(second), Message: "a second document begins, only one is allowed"}
		}
	}
	return nil, syntaxError(data, err)
}

// nextDocument reads a document. The parser panics on some malformed input;
// that is its way of saying that the input is malformed. This is the one place
// where a panic is caught: the library gives no other way, and what it had in
// hand is thrown away with its decoder.
func nextDocument(dec *yaml.Decoder) (doc *yaml.Node, err error) {
	defer func() {
		if r := recover(); r != nil {
			doc, err = nil, fmt.Errorf("malformed document: %v", r)
		}
	}()
	doc = new(yaml.Node)
	if err := dec.Decode(doc); err != nil {
		return nil, err
	}
	return doc, nil
}

// syntaxError turns an error of the parser into ours, with a better place.
func syntaxError(data []byte, err error) *Error {
	message := withoutLine(err)
	if strings.HasPrefix(message, "exceeded max depth") {
		return &Error{TooLarge: true, Message: message}
	}
	line, text := errorLine(data, message)
	pos := Pos{Line: int32(line)} //nolint:gosec // bounded by MaxBytes
	if line > 0 {
		// The parser does not say where in the line it stumbled.
		indent := len(text) - len(bytes.TrimLeft(text, " "))
		pos.Column = int32(indent + 1) //nolint:gosec // bounded by MaxBytes
	}
	return &Error{Pos: pos, Message: inwords.Line(message)}
}

// withoutLine returns the message of an error of the parser, without the line
// it names: that is sometimes the line of an enclosing block, sometimes one
// too small, and often none.
func withoutLine(err error) string {
	message := strings.TrimPrefix(err.Error(), "yaml: ")
	return regexp.MustCompile(`^line \d+: `).ReplaceAllString(message, "")
}

// errorLine finds the line of a syntax error: the last line of the shortest
// run of lines from the start that fails in the same way. It returns its number
// and its text, or 0 for documents that are too large to be parsed again and
// again.
func errorLine(data []byte, message string) (int, []byte) {
	const enough = 256 << 10
	if len(data) > enough {
		return 0, nil
	}
	ends := []int{0} // of the lines, by number
	for c := newCursor(data); c.off < len(data); {
		if c.next(); c.column == 1 || c.off == len(data) {
			ends = append(ends, c.off)
		}
	}
	// The parser reads from left to right, so what fails in some lines fails
	// in the same way in more of them.
	last := len(ends) - 1
	line := 1 + sort.Search(last, func(i int) bool {
		dec := yaml.NewDecoder(bytes.NewReader(data[:ends[i+1]]))
		for {
			if _, err := nextDocument(dec); err != nil {
				return !errors.Is(err, io.EOF) && withoutLine(err) == message
			}
		}
	})
	if line = min(line, last); line == 0 {
		return 0, nil
	}
	return line, data[ends[line-1]:ends[line]]
}
