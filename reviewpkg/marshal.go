package reviewpkg

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"

	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/encoding/prototext"
	"google.golang.org/protobuf/proto"
)

// MarshalOptions say how a message is written. The zero value writes canonical
// JSON.
type MarshalOptions struct {
	// Encoding of the document; JSON if empty.
	Encoding Encoding
	// Indent is what a level is indented by in JSON and Text: spaces and tabs.
	// Empty means two spaces. YAML is always indented by two spaces.
	Indent string
}

// Marshal returns m as canonical JSON: fields in the order of the model, map
// entries by key, indented by two spaces, with a line feed at the end. The same
// message gives the same bytes on every platform and in every version of the
// libraries below. m is not checked; see [Validate].
func Marshal(m proto.Message) ([]byte, error) {
	return MarshalOptions{}.Marshal(m)
}

// Digest returns "sha256:" and the SHA-256 of the canonical JSON of m in
// hexadecimal digits. It names the content and not a file: a package has the same
// digest whether it was read from YAML or from JSON.
func Digest(m proto.Message) (string, error) {
	data, err := Marshal(m)
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(data)
	return "sha256:" + hex.EncodeToString(sum[:]), nil
}

// Marshal returns m in the encoding of the options; the same message always
// gives the same bytes. It is an error if a text of m is not valid UTF-8.
// Fields that the model does not know are kept in Binary only.
func (o MarshalOptions) Marshal(m proto.Message) ([]byte, error) {
	if m == nil || !m.ProtoReflect().IsValid() {
		return nil, errors.New("marshal: there is no message to write")
	}
	if o.Encoding == "" {
		o.Encoding = JSON
	}
	if err := o.Encoding.check(); err != nil {
		return nil, err
	}
	if o.Indent == "" {
		o.Indent = "  "
	}
	if strings.Trim(o.Indent, " \t") != "" {
		return nil, fmt.Errorf("marshal: the indentation %s is not made of spaces and tabs", quote(o.Indent))
	}
	var data []byte
	var err error
	switch o.Encoding {
	case YAML:
		data, err = marshalYAML(m.ProtoReflect())
	// Deterministic for one version of the library, which is all that it
	// promises; nothing is to be signed in this form.
	case Binary:
		data, err = proto.MarshalOptions{Deterministic: true, AllowPartial: true}.Marshal(m)
	case Text:
		data, err = marshalText(m, o.Indent)
	default:
		data, err = marshalJSON(m, o.Indent)
	}
	if err != nil {
		return nil, fmt.Errorf("marshal %s: %s", o.Encoding, cleanError(err))
	}
	return data, nil
}

// marshalJSON writes JSON. protojson puts in random spaces on purpose, so that
// nobody relies on its bytes; ours are to be relied on. They stand between the
// tokens, where all space is taken out before that of the layout is put in. What
// else protojson decides, such as the order of fields and how a float is written,
// is in the proto JSON mapping, and held by golden files.
func marshalJSON(m proto.Message, indent string) ([]byte, error) {
	data, err := protojson.MarshalOptions{AllowPartial: true}.Marshal(m)
	if err != nil {
		return nil, err
	}
	return append(indentJSON(data, indent), '\n'), nil
}

// indentJSON lays out JSON that is valid as json.Indent does, without its reader
// of the whole grammar: a digest is made for every profile and verdict, and half
// of its time went there. White space between tokens is random, see above.
func indentJSON(data []byte, indent string) []byte {
	out := make([]byte, 0, len(data)+len(data)/2)
	depth, empty := 0, false // empty says that an object or list has just begun
	line := func() {
		out = append(out, '\n')
		for range depth {
			out = append(out, indent...)
		}
	}
	for i := 0; i < len(data); i++ {
		c := data[i]
		if c == ' ' || c == '\n' || c == '\t' || c == '\r' {
			continue
		}
		if closes := c == '}' || c == ']'; closes {
			if depth--; !empty {
				line()
			}
			empty = false
		} else if empty {
			empty = false
			line()
		}
		out = append(out, c)
		switch c {
		case '{', '[':
			depth++
			empty = true
		case ',':
			line()
		case ':':
			out = append(out, ' ')
		case '"':
			end := i + 1 + endOfText(data[i+1:])
			out = append(out, data[i+1:end]...)
			i = end - 1
		}
	}
	return out
}

// endOfText returns where a text of valid JSON ends whose opening quote stands
// before rest: behind its closing quote.
func endOfText(rest []byte) int {
	for end := 0; ; end++ {
		at := bytes.IndexByte(rest[end:], '"')
		if at < 0 {
			return len(rest) // no valid JSON
		}
		if end += at; !escaped(rest[:end]) {
			return end + 1
		}
	}
}

// marshalText writes the text format. prototext has random spaces as well: one
// more behind a name, or at the end of an opening line. Whether it has them is
// drawn from a hash of the program that runs, so that no test within one program
// can see a difference: it takes another build, or the same with a byte more.
//
// Outside of texts, what it writes has no two spaces in a row but these and the
// indentation, so that to drop one of two takes away these and nothing else.
func marshalText(m proto.Message, indent string) ([]byte, error) {
	data, err := prototext.MarshalOptions{Multiline: true, Indent: indent, AllowPartial: true}.Marshal(m)
	if err != nil {
		return nil, err
	}
	out := data[:0] // never longer than what is read
	for line := range bytes.Lines(data) {
		body := bytes.TrimLeft(line, " \t")
		out = append(out, line[:len(line)-len(body)]...)
		// A text ends on its line: line feeds in it are escaped.
		quoted := false
		for i, c := range body {
			switch {
			case quoted:
				// An escaped quote stands behind an odd number of backslashes.
				quoted = c != '"' || escaped(body[:i])
			case c == '"':
				quoted = true
			case c == ' ' && i+1 < len(body) && (body[i+1] == ' ' || body[i+1] == '\n'):
				continue
			}
			out = append(out, c)
		}
	}
	return out, nil
}

// escaped reports whether what comes after text is escaped by a backslash.
func escaped(text []byte) bool {
	return (len(text)-len(bytes.TrimRight(text, `\`)))%2 == 1
}
