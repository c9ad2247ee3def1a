package reviewpkg

import (
	"bytes"
	"fmt"
	"path/filepath"
	"strings"

	"google.golang.org/protobuf/reflect/protoreflect"

	"github.com/reviewpkg/sdk/internal/inwords"
	"github.com/reviewpkg/sdk/internal/source"
)

// An Encoding is a way to write a message down.
type Encoding string

// The encodings.
const (
	JSON   Encoding = "json"   // the JSON form of protobuf
	YAML   Encoding = "yaml"   // the same with the field names of the .proto files and short enum names
	Binary Encoding = "binary" // the wire format of protobuf
	Text   Encoding = "text"   // the text format of protobuf
)

// check returns an error if e is none of the encodings.
func (e Encoding) check() error {
	switch e {
	case JSON, YAML, Binary, Text:
		return nil
	default:
		return fmt.Errorf("unknown encoding %q, want json, yaml, binary or text", inwords.Excerpt(string(e)))
	}
}

// encodingOf returns the encoding that a file name stands for, or "".
func encodingOf(filename string) Encoding {
	switch strings.ToLower(filepath.Ext(filename)) {
	case ".json":
		return JSON
	case ".yaml", ".yml":
		return YAML
	case ".binpb", ".pb":
		return Binary
	case ".txtpb", ".textproto":
		return Text
	default:
		return ""
	}
}

// sniff tells the encoding of data of the kind md by its first bytes. The text
// format cannot be told from YAML and must be asked for.
func sniff(data []byte, md protoreflect.MessageDescriptor) Encoding {
	// Before JSON and YAML: what it goes by is no text that anybody writes.
	if isBinary(data, md) {
		return Binary
	}
	if rest := bytes.TrimLeft(source.WithoutBOM(data), " \t\r\n"); len(rest) > 0 && (rest[0] == '{' || rest[0] == '[') {
		return JSON
	}
	return YAML
}

// isBinary reports whether data begins with a control character. The first
// byte of a binary document is that of the field schema and happens to be a
// line feed; the length of its value follows.
func isBinary(data []byte, md protoreflect.MessageDescriptor) bool {
	if len(data) == 0 {
		return false
	}
	name := md.FullName()
	if len(name) < 0x80 && bytes.HasPrefix(data, append([]byte{'\n', byte(len(name))}, name...)) {
		return true
	}
	// Without a schema first, as in a document of another program.
	return data[0] < ' ' && !strings.ContainsRune("\t\n\r", rune(data[0]))
}
