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
	if !utf8.Valid(data) {
		return invalidUTF8(data)
	}
	tokens, directives := 0, 0
	for i, c := range data {
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
	pos := Pos{Line: 1, Column: 1}
	for len(data) > 0 {
		r, size := utf8.DecodeRune(data)
		if r == utf8.RuneError && size == 1 {
			break
		}
		data = data[size:]
		pos.Column++
		if r == '\n' {
			pos = Pos{Line: pos.Line + 1, Column: 1}
		}
	}
	return &Error{Pos: pos, Message: "invalid UTF-8"}
}

// parseYAML returns the only document in data, or nil if there is none.
func parseYAML(data []byte) (*yaml.Node, *Error) {
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
			pos := Pos{Line: int32(second.Line), Column: int32(second.Column)} //nolint:gosec // bounded by MaxBytes
			return nil, &Error{Pos: pos, Message: "a second document begins, only one is allowed"}
		}
	}
	return nil, syntaxError(data, err)
}

// nextDocument reads a document. The parser panics on some malformed input;
// that is its way of saying that the input is malformed.
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
	line := errorLine(data, message)
	pos := Pos{Line: int32(line)} //nolint:gosec // bounded by MaxBytes
	if line > 0 {
		lines := bytes.SplitAfterN(data, []byte("\n"), line+1)
		indent := len(lines[line-1]) - len(bytes.TrimLeft(lines[line-1], " "))
		pos.Column = int32(indent + 1) //nolint:gosec // bounded by MaxBytes
	}
	return &Error{Pos: pos, Message: inwords.Excerpt(message)}
}

// withoutLine returns the message of an error of the parser, without the line
// it names: that is sometimes the line of an enclosing block, sometimes one
// too small, and often none.
func withoutLine(err error) string {
	message := strings.TrimPrefix(err.Error(), "yaml: ")
	return regexp.MustCompile(`^line \d+: `).ReplaceAllString(message, "")
}

// errorLine finds the line of a syntax error: the last line of the shortest
// run of lines from the start that fails in the same way. It returns 0 for
// documents that are too large to be parsed again and again.
func errorLine(data []byte, message string) int {
	const enough = 256 << 10
	if len(data) > enough {
		return 0
	}
	var ends []int
	for i, c := range data {
		if c == '\n' {
			ends = append(ends, i+1)
		}
	}
	if len(data) > 0 && data[len(data)-1] != '\n' {
		ends = append(ends, len(data))
	}
	// The parser reads from left to right, so what fails in some lines fails
	// in the same way in more of them.
	at := sort.Search(len(ends), func(i int) bool {
		dec := yaml.NewDecoder(bytes.NewReader(data[:ends[i]]))
		for {
			if _, err := nextDocument(dec); err != nil {
				return !errors.Is(err, io.EOF) && withoutLine(err) == message
			}
		}
	})
	return min(at+1, len(ends))
}
