package export

import (
	"encoding/json"
	"math"
	"strconv"
	"strings"

	"buf.build/gen/go/bufbuild/protovalidate/protocolbuffers/go/buf/validate"
	"github.com/invopop/jsonschema"
	"google.golang.org/protobuf/reflect/protoreflect"

	"github.com/reviewpkg/sdk/internal/inwords"
)

// value returns the schema of one value of fd: a singular field, an item of a
// list, or a key or value of a map. notZero refuses the zero value.
func (b *schemaBuilder) value(fd protoreflect.FieldDescriptor, rules *validate.FieldRules, notZero bool) (*jsonschema.Schema, error) {
	if fd.Message() != nil && rules.GetIgnore() == validate.Ignore_IGNORE_ALWAYS && wellKnown(fd.Message()) == nil {
		// Not even the rules of the message hold, so its definition would be
		// too strict.
		return &jsonschema.Schema{Type: "object"}, nil
	}
	if inner := wrapped(fd.Message()); inner != nil {
		// The rules of the field are those of the wrapped value, too.
		fd = inner
	}
	s, err := b.kind(fd)
	if err != nil {
		return nil, err
	}
	r := ruleSchema{Schema: s, defs: b.defs, fd: fd}
	r.add(rules)
	if notZero {
		r.refuseZero()
	}
	if len(r.refused) > 0 {
		s.Not = &jsonschema.Schema{Enum: r.refused}
	}
	return s, nil
}

// kind returns the schema of a value of fd without any rule.
func (b *schemaBuilder) kind(fd protoreflect.FieldDescriptor) (*jsonschema.Schema, error) {
	switch fd.Kind() {
	case protoreflect.MessageKind, protoreflect.GroupKind:
		return b.message(fd.Message())
	case protoreflect.EnumKind:
		return b.enum(fd.Enum()), nil
	case protoreflect.BoolKind:
		return &jsonschema.Schema{Type: "boolean"}, nil
	case protoreflect.StringKind:
		return &jsonschema.Schema{Type: "string"}, nil
	case protoreflect.BytesKind:
		return &jsonschema.Schema{
			Type:            "string",
			ContentEncoding: "base64",
			Pattern:         "^(" + base64Pattern("A-Za-z0-9+/") + "|" + base64Pattern("A-Za-z0-9_-") + ")$",
		}, nil
	default:
		return number(fd.Kind()), nil
	}
}

// base64Pattern returns a pattern for base64 in an alphabet, padded or not.
// contentEncoding says what the text is, and validators do not check it.
func base64Pattern(alphabet string) string {
	digit := "[" + alphabet + "]"
	return "(" + digit + "{4})*(" + digit + "{2}(==)?|" + digit + "{3}=?)?"
}

// number returns the schema of a number. Proto JSON writes 64-bit integers
// in quotes, because not every reader holds them as numbers; a bound counts
// for a number only, a pattern for a text only, so one schema says both.
func number(kind protoreflect.Kind) *jsonschema.Schema {
	switch kind {
	case protoreflect.DoubleKind:
		return fraction(math.MaxFloat64, 64)
	case protoreflect.FloatKind:
		return fraction(math.MaxFloat32, 32)
	case protoreflect.Int32Kind, protoreflect.Sint32Kind, protoreflect.Sfixed32Kind:
		return &jsonschema.Schema{Type: "integer", Minimum: "-2147483648", Maximum: "2147483647"}
	case protoreflect.Uint32Kind, protoreflect.Fixed32Kind:
		return &jsonschema.Schema{Type: "integer", Minimum: "0", Maximum: "4294967295"}
	case protoreflect.Uint64Kind, protoreflect.Fixed64Kind:
		return &jsonschema.Schema{
			Minimum: "0", Maximum: "18446744073709551615", Pattern: "^(0|[1-9][0-9]{0,19})$",
			Extras: map[string]any{"type": []string{"integer", "string"}},
		}
	default: // the three signed forms of 64 bits
		return &jsonschema.Schema{
			Minimum: "-9223372036854775808", Maximum: "9223372036854775807", Pattern: "^(0|-?[1-9][0-9]{0,18})$",
			Extras: map[string]any{"type": []string{"integer", "string"}},
		}
	}
}

// fraction returns the schema of a number with a fraction. The three values
// that JSON has no number for are texts. The bounds are those of the type: a
// reader refuses what is larger, and does not make it infinite.
func fraction(limit float64, bits int) *jsonschema.Schema {
	bound := strconv.FormatFloat(limit, 'g', -1, bits)
	return &jsonschema.Schema{
		Minimum: json.Number("-" + bound), Maximum: json.Number(bound), Pattern: "^(NaN|-?Infinity)$",
		Extras: map[string]any{"type": []string{"number", "string"}},
	}
}

// wellKnown returns the schema of a type that proto JSON writes in its own
// way, or nil. It is inline, because these types have no comments of ours and
// most of them are a single keyword. A Value may be anything, null too.
func wellKnown(desc protoreflect.MessageDescriptor) *jsonschema.Schema {
	switch desc.FullName() {
	case "google.protobuf.Timestamp":
		return &jsonschema.Schema{Type: "string", Format: "date-time"}
	case "google.protobuf.Duration":
		return &jsonschema.Schema{Type: "string", Pattern: `^-?[0-9]{1,12}(\.[0-9]{1,9})?s$`}
	case "google.protobuf.FieldMask":
		return &jsonschema.Schema{Type: "string"}
	case "google.protobuf.Struct":
		return &jsonschema.Schema{Type: "object"}
	case "google.protobuf.ListValue":
		return &jsonschema.Schema{Type: "array"}
	case "google.protobuf.Value":
		return &jsonschema.Schema{}
	case "google.protobuf.Empty":
		return &jsonschema.Schema{Type: "object", AdditionalProperties: jsonschema.FalseSchema}
	case "google.protobuf.Any":
		return &jsonschema.Schema{Type: "object"}
	}
	if wrapped(desc) != nil {
		return &jsonschema.Schema{} // a document of its own; a field holds what it wraps
	}
	return nil
}

// wrapped returns the only field of a wrapper, such as that of
// google.protobuf.StringValue, or nil.
func wrapped(desc protoreflect.MessageDescriptor) protoreflect.FieldDescriptor {
	if desc == nil || desc.ParentFile().Path() != "google/protobuf/wrappers.proto" {
		return nil
	}
	return desc.Fields().ByName("value")
}

// enum returns a reference to the definition of an enum. It lists for each
// value its short name, its full name and its number. One enum keyword for all
// values would be shorter, but only alternatives carry a description each,
// which editors show beside the value.
func (b *schemaBuilder) enum(desc protoreflect.EnumDescriptor) *jsonschema.Schema {
	name := string(desc.FullName())
	if b.defs[name] == nil {
		// No other number passes, whether the rules say defined_only or not:
		// package reviewpkg refuses it in every field.
		def := &jsonschema.Schema{Title: string(desc.Name()), Description: b.describe(desc)}
		values := desc.Values()
		for i := range values.Len() {
			def.AnyOf = append(def.AnyOf, &jsonschema.Schema{
				Enum:        enumForms(desc, values.Get(i).Number()),
				Description: b.describe(values.Get(i)),
			})
		}
		b.defs[name] = def
	}
	return &jsonschema.Schema{Ref: defRef(name)}
}

// enumForms returns how JSON may spell an enum value: the short name as an
// editor should suggest it, the full name, the number. Short names leave out
// what the name of the first value has before UNSPECIFIED.
func enumForms(desc protoreflect.EnumDescriptor, n protoreflect.EnumNumber) []any {
	value := desc.Values().ByNumber(n)
	if value == nil {
		return []any{int32(n)}
	}
	prefix := inwords.EnumPrefix(desc)
	short, has := strings.CutPrefix(string(value.Name()), prefix)
	if prefix == "" || !has {
		return []any{string(value.Name()), int32(n)}
	}
	return []any{strings.ToLower(short), string(value.Name()), int32(n)}
}
