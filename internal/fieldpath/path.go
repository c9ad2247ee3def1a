// Package fieldpath is the one path language of the SDK: diagnostics, changes,
// verdicts and value sources name a field of a message with it.
//
//	findings["f-3"].likelihood
//	architecture.interfaces["if-1"].flows[0].asset_id
//	labels["maturity"]
//
// Names are those of the .proto files. An item of a list is named by its id if
// its message has a text field id, and that id is not empty, not longer than
// [MaxID] and stands once in the list; by its index otherwise. An entry of a map
// is named by its key.
//
// Ids are worth the trouble because a path is kept: a waiver or a value source
// that says findings[3] means another finding once one was added before it.
package fieldpath

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/reviewpkg/sdk/internal/inwords"
)

// Unknown is the name, in a path, of the bytes that a message holds for fields
// that its descriptor does not have. No field can be called so.
const Unknown = "@unknown"

// MaxID is the length in bytes up to which an id names an item. The rules of the
// model allow no longer one; without the bound, a document that breaks them
// could make every path below an item as long as itself.
const MaxID = 128

// maxSteps is as deep as the protobuf decoders let messages nest, so that
// every path of a decoded message can be parsed and none costs more.
const maxSteps = 10000

// A Kind says what the brackets behind a field name hold.
type Kind uint8

// The kinds of steps.
const (
	Plain   Kind = iota // no brackets: the field itself
	Key                 // a quoted text: the id of an item or the key of a map entry
	Index               // a number: the index of an item or the key of a map entry
	Literal             // true, false, or a number that is no index: the key of a map entry
)

// A Step is a field, or one item or entry of it.
type Step struct {
	// Field is the name of the field in the .proto file, or [Unknown].
	Field string
	// Kind says which of the following holds the subscript.
	Kind Kind
	// Key is the text of a Key, without quotes, or of a Literal.
	Key string
	// Index is the number of an Index, 0 or more.
	Index int
}

// A Path leads from a message to a value in it. The empty path is the message
// itself.
type Path []Step

// String returns the path in its canonical form, which [Parse] reads.
func (p Path) String() string {
	// The name alone is most paths there are, and needs no copy.
	if len(p) == 1 && p[0].Kind == Plain {
		return p[0].Field
	}
	return string(p.append(nil))
}

// append appends the canonical form to b.
func (p Path) append(b []byte) []byte {
	for i := range p {
		b = p[i].append(b, len(b) > 0)
	}
	return b
}

// append appends the step to b, behind a dot if there is something before it.
func (s *Step) append(b []byte, dot bool) []byte {
	if dot {
		b = append(b, '.')
	}
	b = append(b, s.Field...)
	switch s.Kind {
	case Key:
		b = append(strconv.AppendQuote(append(b, '['), s.Key), ']')
	case Index:
		b = append(strconv.AppendInt(append(b, '['), int64(s.Index), 10), ']')
	case Literal:
		b = append(append(append(b, '['), s.Key...), ']')
	default:
		// A plain step is its name.
	}
	return b
}

// Join returns the path that rest has below base. Either may be empty.
func Join(base, rest string) string {
	if base == "" || rest == "" {
		return base + rest
	}
	return base + "." + rest
}

// Parse reads a path. It takes any escapes in a quoted key that Go has, and is
// strict in everything else: there is one way to write a number, and no space.
// Time and memory are linear in the length of s.
func Parse(s string) (Path, error) {
	if s == "" {
		return nil, nil
	}
	var p Path
	for rest := s; ; {
		if len(p) == maxSteps {
			return nil, fmt.Errorf("path has more than %d steps", maxSteps)
		}
		var step Step
		var err error
		step, rest, err = parseStep(rest)
		if err != nil {
			return nil, fmt.Errorf("column %d of the path: %w", len(s)-len(rest)+1, err)
		}
		p = append(p, step)
		if rest == "" {
			return p, nil
		}
		if rest[0] != '.' {
			return nil, fmt.Errorf("column %d of the path: want a dot, found %q", len(s)-len(rest)+1, inwords.Excerpt(rest))
		}
		rest = rest[1:]
	}
}

// parseStep reads one step from the front of s. If it fails, what it returns as
// the rest begins where the mistake is.
func parseStep(s string) (Step, string, error) {
	n := nameLength(s)
	if n == 0 {
		return Step{}, s, fmt.Errorf("want a field name, found %q", inwords.Excerpt(s))
	}
	step, rest := Step{Field: s[:n]}, s[n:]
	if rest == "" || rest[0] != '[' {
		return step, rest, nil
	}
	if step.Field == Unknown {
		return Step{}, rest, errors.New(Unknown + " has no items")
	}
	return parseSubscript(step, rest[1:])
}

// parseSubscript reads what stands behind an opening bracket.
func parseSubscript(step Step, s string) (Step, string, error) {
	if !strings.HasPrefix(s, `"`) {
		text, rest, closed := strings.Cut(s, "]")
		if !closed || !setPlain(&step, text) {
			return Step{}, s, fmt.Errorf("want a number, true, false or a quoted text and a closing bracket, found %q", inwords.Excerpt(s))
		}
		return step, rest, nil
	}
	// The form of Go is taken over whole, so that a program that writes paths
	// needs no more than strconv.Quote, and any bytes can be a key.
	quoted, err := strconv.QuotedPrefix(s)
	if err != nil {
		return Step{}, s, errors.New("a quoted text does not end, or has an unknown escape")
	}
	key, err := strconv.Unquote(quoted)
	if err != nil {
		return Step{}, s, errors.New("a quoted text cannot be read")
	}
	rest, closed := strings.CutPrefix(s[len(quoted):], "]")
	if !closed {
		return Step{}, s[len(quoted):], fmt.Errorf("want a closing bracket, found %q", inwords.Excerpt(s[len(quoted):]))
	}
	step.Kind, step.Key = Key, key
	return step, rest, nil
}

// setPlain makes step an index or a literal. It takes only the text that
// String would write, so that a place has one name.
func setPlain(step *Step, text string) bool {
	if n, err := strconv.Atoi(text); err == nil && n >= 0 {
		step.Kind, step.Index = Index, n
		return strconv.Itoa(n) == text
	}
	// The rest cannot be an index, but it can be the key of a map.
	step.Kind, step.Key = Literal, text
	if text == "true" || text == "false" {
		return true
	}
	if n, err := strconv.ParseInt(text, 10, 64); err == nil {
		return strconv.FormatInt(n, 10) == text
	}
	n, err := strconv.ParseUint(text, 10, 64)
	return err == nil && strconv.FormatUint(n, 10) == text
}

// nameLength returns the length of the field name at the front of s.
func nameLength(s string) int {
	if strings.HasPrefix(s, Unknown) {
		return len(Unknown)
	}
	for i := range len(s) {
		c := s[i]
		letter := c == '_' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
		if !letter && (i == 0 || c < '0' || c > '9') {
			return i
		}
	}
	return len(s)
}
