// Package changevalue turns the values of messages into those of changes, and
// back, without loss.
//
// The form is that of protojson with the field names of the model. protojson
// itself is not used: it fails on some messages, and it drops fields that the
// model does not have. An object has these as its member "@unknown".
package changevalue

import (
	"encoding/base64"
	"math"

	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/types/known/structpb"

	"github.com/reviewpkg/sdk/internal/fieldpath"
)

// Encode returns the exact value of a singular field, an item or an entry.
func Encode(fd protoreflect.FieldDescriptor, v protoreflect.Value) *structpb.Value {
	switch fd.Kind() {
	case protoreflect.MessageKind, protoreflect.GroupKind:
		return encodeMessage(v.Message())
	case protoreflect.BoolKind:
		return structpb.NewBoolValue(v.Bool())
	case protoreflect.StringKind:
		return structpb.NewStringValue(v.String())
	case protoreflect.BytesKind:
		return EncodeBytes(v.Bytes())
	case protoreflect.EnumKind:
		// A number without a name comes from a newer model, and is kept.
		if value := fd.Enum().Values().ByNumber(v.Enum()); value != nil {
			return structpb.NewStringValue(string(value.Name()))
		}
		return structpb.NewNumberValue(float64(v.Enum()))
	case protoreflect.FloatKind, protoreflect.DoubleKind:
		return encodeFloat(v.Float())
	// A JSON number is a 64-bit float, which holds every 32-bit integer and
	// not every 64-bit one: those are texts.
	case protoreflect.Int32Kind, protoreflect.Sint32Kind, protoreflect.Sfixed32Kind:
		return structpb.NewNumberValue(float64(v.Int()))
	case protoreflect.Uint32Kind, protoreflect.Fixed32Kind:
		return structpb.NewNumberValue(float64(v.Uint()))
	default:
		return structpb.NewStringValue(v.String())
	}
}

// encodeFloat writes what is no JSON number as protojson does. The shortest text
// of a float, which JSON writers print, reads back as the same float.
func encodeFloat(f float64) *structpb.Value {
	switch {
	case math.IsNaN(f):
		return structpb.NewStringValue("NaN")
	case math.IsInf(f, 1):
		return structpb.NewStringValue("Infinity")
	case math.IsInf(f, -1):
		return structpb.NewStringValue("-Infinity")
	}
	return structpb.NewNumberValue(f)
}

// EncodeBytes returns bytes as base64, in the one spelling that [DecodeBytes]
// takes.
func EncodeBytes(b []byte) *structpb.Value {
	return structpb.NewStringValue(base64.StdEncoding.EncodeToString(b))
}

// EncodeIDs returns a list of ids, which is what a move is about: the order of
// the items before and after, without their content.
func EncodeIDs(ids []string) *structpb.Value {
	list := &structpb.ListValue{}
	for _, id := range ids {
		list.Values = append(list.Values, structpb.NewStringValue(id))
	}
	return structpb.NewListValue(list)
}

// encodeMessage returns all that a message holds. A field that is set to its
// zero value is a member too: that it is set is part of what the message says.
func encodeMessage(m protoreflect.Message) *structpb.Value {
	object := &structpb.Struct{Fields: map[string]*structpb.Value{}}
	m.Range(func(fd protoreflect.FieldDescriptor, v protoreflect.Value) bool {
		object.Fields[string(fd.Name())] = encodeField(fd, v)
		return true
	})
	if unknown := m.GetUnknown(); len(unknown) > 0 {
		// No field can have a name that begins with @.
		object.Fields[fieldpath.Unknown] = EncodeBytes(unknown)
	}
	return structpb.NewStructValue(object)
}

// encodeField returns the value of any field. It is not exported: a change names
// one item or entry, and a whole list occurs only inside of a message.
func encodeField(fd protoreflect.FieldDescriptor, v protoreflect.Value) *structpb.Value {
	switch {
	case fd.IsList():
		list := &structpb.ListValue{}
		for i := range v.List().Len() {
			list.Values = append(list.Values, Encode(fd, v.List().Get(i)))
		}
		return structpb.NewListValue(list)
	case fd.IsMap():
		object := &structpb.Struct{Fields: map[string]*structpb.Value{}}
		v.Map().Range(func(key protoreflect.MapKey, value protoreflect.Value) bool {
			// Two keys never share a text: all keys of a map have one type.
			object.Fields[key.String()] = Encode(fd.MapValue(), value)
			return true
		})
		return structpb.NewStructValue(object)
	default:
		return Encode(fd, v)
	}
}
