package reviewpkg

import (
	"regexp"
	"strconv"
	"strings"

	"google.golang.org/protobuf/encoding/prototext"
	"google.golang.org/protobuf/encoding/protowire"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"

	"github.com/reviewpkg/sdk/internal/fieldpath"
	"github.com/reviewpkg/sdk/internal/inwords"
	"github.com/reviewpkg/sdk/internal/source"
)

// decodeBinary decodes the wire format, and reports whether there is a message
// to check. What the model does not know is kept, and reported.
func (doc *document) decodeBinary(data []byte, limits source.Limits) bool {
	if err := checkWire(data, doc.tree.kind, limits); err != nil {
		doc.refuse(err)
		return false
	}
	// What is required is for the rules of the model to say.
	opts := proto.UnmarshalOptions{AllowPartial: true, RecursionLimit: limits.MaxDepth}
	if err := opts.Unmarshal(data, doc.message.Interface()); err != nil {
		doc.refuse(&source.Error{Message: "not a message in binary form: " + cleanError(err)})
		return false
	}
	if !doc.checkMessageKind() {
		return false
	}
	// A warning and no error, other than in JSON: what is not known here comes
	// from a newer model, and does not get lost (proto3, unknown fields).
	doc.unknownBytes("", doc.message) // Walk leaves the root out
	fieldpath.Walk(doc.message, func(c *fieldpath.Cursor, _ protoreflect.FieldDescriptor, v protoreflect.Value) {
		if m, ok := v.Interface().(protoreflect.Message); ok && len(m.GetUnknown()) > 0 {
			doc.unknownBytes(c.String(), m)
		}
	})
	return true
}

// unknownBytes warns of fields of m, at path, that the model does not have.
func (doc *document) unknownBytes(path string, m protoreflect.Message) {
	unknown := m.GetUnknown()
	if len(unknown) == 0 || len(doc.diagnostics) >= maxProblems {
		return
	}
	// One warning for a message is enough; it names the first field.
	number, _, _ := protowire.ConsumeTag(unknown)
	doc.diagnostics = append(doc.diagnostics, Diagnostic{
		Code:    UnknownField,
		Level:   LevelWarning,
		Path:    fieldpath.Join(path, fieldpath.Unknown),
		Pos:     doc.tree.position(source.Pos{}),
		Message: "unknown field number " + strconv.Itoa(int(number)) + " in " + string(m.Descriptor().Name()) + ", kept as it is",
	})
}

// decodeText decodes the text format, and reports whether there is a message
// to check. Its decoder stops at the first mistake, and keeps no places: what
// the rules find is reported without one.
func (doc *document) decodeText(data []byte, limits source.Limits) bool {
	if err := checkText(data, limits); err != nil {
		doc.refuse(err)
		return false
	}
	opts := prototext.UnmarshalOptions{AllowPartial: true, RecursionLimit: limits.MaxDepth}
	// prototext takes a byte order mark for the name of a field.
	if err := opts.Unmarshal(source.WithoutBOM(data), doc.message.Interface()); err != nil {
		doc.refuse(textError(err))
		return false
	}
	return doc.checkMessageKind()
}

// textError finds the place that an error of the text decoder names. It counts
// columns in runes, as we do. If its words should change, the place goes missing
// and nothing else.
func textError(err error) *source.Error {
	message := cleanError(err)
	place := regexp.MustCompile(`^(?:syntax error )?\(line (\d{1,9}):(\d{1,9})\): `).FindStringSubmatch(message)
	if place == nil {
		return &source.Error{Message: inwords.Line(message)}
	}
	// Nine digits always fit.
	line, _ := strconv.ParseInt(place[1], 10, 32)
	column, _ := strconv.ParseInt(place[2], 10, 32)
	return &source.Error{
		Pos: source.Pos{Line: int32(line), Column: int32(column)},
		// prototext repeats a token with the space behind it.
		Message: inwords.Line(strings.TrimSpace(message[len(place[0]):])),
	}
}

// cleanError returns the text of an error of the protobuf library without its
// prefix, in which the kind of space differs from build to build on purpose.
func cleanError(err error) string {
	message := strings.ReplaceAll(err.Error(), "\u00a0", " ")
	return strings.TrimPrefix(message, "proto: ")
}
