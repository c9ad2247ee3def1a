package changevalue

import (
	"encoding/base64"
	"errors"
	"maps"
	"math"
	"slices"
	"strconv"

	"google.golang.org/protobuf/encoding/protowire"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/types/known/structpb"

	"github.com/reviewpkg/sdk/internal/fieldpath"
	"github.com/reviewpkg/sdk/internal/inwords"
	"github.com/reviewpkg/sdk/internal/source"
)

// Decode is the inverse of [Encode]. make returns a new message, for a field
// that holds messages.
//
// What it reads may have been written by anybody, so that nothing is taken on
// trust: a value that does not fit the field is an error, and so is one that two
// readers could understand differently.
func Decode(fd protoreflect.FieldDescriptor, v *structpb.Value, make func() protoreflect.Value) (protoreflect.Value, error) {
	switch fd.Kind() {
	// No well-known type has a form of its own here: a timestamp is an object
	// with seconds and nanos, because its JSON form cannot hold every value.
	case protoreflect.MessageKind, protoreflect.GroupKind:
		m := make()
		return m, decodeMessage(m.Message(), v)
	case protoreflect.BoolKind:
		_, ok := v.GetKind().(*structpb.Value_BoolValue)
		return protoreflect.ValueOfBool(v.GetBoolValue()), wrongType(ok, fd, "true or false")
	case protoreflect.StringKind:
		text, ok := Text(v)
		return protoreflect.ValueOfString(text), wrongType(ok, fd, "a text")
	case protoreflect.BytesKind:
		b, ok := DecodeBytes(v)
		return protoreflect.ValueOfBytes(b), wrongType(ok, fd, "base64")
	case protoreflect.EnumKind:
		return decodeEnum(fd, v)
	default:
		return decodeNumber(fd, v)
	}
}

// wrongType returns no error if ok, and otherwise says what fd must hold.
func wrongType(ok bool, fd protoreflect.FieldDescriptor, want string) error {
	if ok {
		return nil
	}
	return errors.New("the value of field " + string(fd.Name()) + " must be " + want)
}

// Text returns the text of a value, and whether it is one.
func Text(v *structpb.Value) (string, bool) {
	_, ok := v.GetKind().(*structpb.Value_StringValue)
	return v.GetStringValue(), ok
}

// DecodeBytes returns the bytes of a value, and whether it is base64. Only the
// usual alphabet with padding is: that is what [Encode] writes, and one text for
// one value keeps changes comparable.
func DecodeBytes(v *structpb.Value) ([]byte, bool) {
	text, ok := Text(v)
	b, err := base64.StdEncoding.DecodeString(text)
	return b, ok && err == nil
}

// decodeEnum reads the name of an enum value, or the number of one that the
// model does not have. Short names are not taken: changes are written by
// programs.
func decodeEnum(fd protoreflect.FieldDescriptor, v *structpb.Value) (protoreflect.Value, error) {
	text, ok := Text(v)
	if !ok {
		n := v.GetNumberValue()
		_, ok := v.GetKind().(*structpb.Value_NumberValue)
		// An enum of proto3 is open: every number of 32 bits is a value.
		ok = ok && n == math.Trunc(n) && n >= math.MinInt32 && n <= math.MaxInt32
		return protoreflect.ValueOfEnum(protoreflect.EnumNumber(n)), wrongType(ok, fd, "the name of an enum value")
	}
	// A name that is not known has no number, so that nothing can be kept.
	value := fd.Enum().Values().ByName(protoreflect.Name(text))
	if value == nil {
		return protoreflect.Value{}, errors.New("enum " + string(fd.Enum().Name()) + " has no value " + strconv.Quote(inwords.Excerpt(text)))
	}
	return protoreflect.ValueOfEnum(value.Number()), nil
}

// decodeNumber reads a number, which may be written as a text: 64 bits do not
// fit into a number of JSON (RFC 8259, 6, on what can be relied on).
func decodeNumber(fd protoreflect.FieldDescriptor, v *structpb.Value) (protoreflect.Value, error) {
	text, ok := Text(v)
	// strconv reads more than JSON has: hexadecimal floats, inf, +1.
	ok = ok && (source.IsNumber(text) || text == "NaN" || text == "Infinity" || text == "-Infinity")
	// protojson takes a number for a 64-bit field as well as a text. A number
	// that is no integer prints with a dot, and is refused below.
	if _, number := v.GetKind().(*structpb.Value_NumberValue); number {
		text, ok = strconv.FormatFloat(v.GetNumberValue(), 'f', -1, 64), true
	}
	var out protoreflect.Value
	switch fd.Kind() {
	case protoreflect.FloatKind:
		// 32 bits at once: by way of 64 bits it would be rounded twice.
		f, err := strconv.ParseFloat(text, 32)
		out, ok = protoreflect.ValueOfFloat32(float32(f)), ok && err == nil
	case protoreflect.DoubleKind:
		f, err := strconv.ParseFloat(text, 64)
		out, ok = protoreflect.ValueOfFloat64(f), ok && err == nil
	default:
		// Of all spellings of an integer this takes one, as for a map key.
		n, whole := fieldpath.ParseKey(fd, text)
		out, ok = n.Value(), ok && whole
	}
	return out, wrongType(ok, fd, "a number that a field of the type "+fd.Kind().String()+" can hold")
}

// decodeMessage fills m, which is empty. It recurses as deep as v is nested; the
// reader of v has bounded that.
func decodeMessage(m protoreflect.Message, v *structpb.Value) error {
	if _, ok := v.GetKind().(*structpb.Value_StructValue); !ok {
		return errors.New("a " + string(m.Descriptor().Name()) + " must be an object")
	}
	fields := v.GetStructValue().GetFields()
	// Sorted, so that of many mistakes the same is reported each time.
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		if err := decodeMember(m, name, fields[name]); err != nil {
			return err
		}
	}
	return nil
}

// decodeMember sets the field of m that is called name.
func decodeMember(m protoreflect.Message, name string, v *structpb.Value) error {
	// The name of the model only: with the JSON name as well, two members
	// could set one field.
	fd := m.Descriptor().Fields().ByName(protoreflect.Name(name))
	switch {
	case name == fieldpath.Unknown:
		b, ok := DecodeBytes(v)
		if !ok || !WellFormed(b) {
			return errors.New("the member " + fieldpath.Unknown + " must be the base64 of protobuf fields")
		}
		m.SetUnknown(b)
		return nil
	case fd == nil:
		return errors.New("message " + string(m.Descriptor().Name()) + " has no field " + strconv.Quote(inwords.Excerpt(name)))
	// Setting the second member would silently clear the first.
	case fd.ContainingOneof() != nil && m.WhichOneof(fd.ContainingOneof()) != nil:
		return errors.New("field " + name + " is one of several of which only one can be set")
	case fd.IsList():
		return decodeList(fd, m.Mutable(fd).List(), v)
	case fd.IsMap():
		return decodeMap(fd, m.Mutable(fd).Map(), v)
	}
	value, err := Decode(fd, v, func() protoreflect.Value { return m.NewField(fd) })
	if err == nil {
		m.Set(fd, value)
	}
	return err
}

// decodeList fills a list, which is empty. null is refused like any other value
// that is no item: to skip it would move the items behind it.
func decodeList(fd protoreflect.FieldDescriptor, list protoreflect.List, v *structpb.Value) error {
	if _, ok := v.GetKind().(*structpb.Value_ListValue); !ok {
		return wrongType(false, fd, "a list")
	}
	for _, item := range v.GetListValue().GetValues() {
		value, err := Decode(fd, item, list.NewElement)
		if err != nil {
			return err
		}
		list.Append(value)
	}
	return nil
}

// decodeMap fills a map, which is empty. Sorted, as for messages.
func decodeMap(fd protoreflect.FieldDescriptor, m protoreflect.Map, v *structpb.Value) error {
	if _, ok := v.GetKind().(*structpb.Value_StructValue); !ok {
		return wrongType(false, fd, "an object")
	}
	fields := v.GetStructValue().GetFields()
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		// Strict, so that no two members are one key.
		key, ok := fieldpath.ParseKey(fd.MapKey(), name)
		if !ok {
			return errors.New(strconv.Quote(inwords.Excerpt(name)) + " is no key of field " + string(fd.Name()))
		}
		value, err := Decode(fd.MapValue(), fields[name], m.NewValue)
		if err != nil {
			return err
		}
		m.Set(key, value)
	}
	return nil
}

// WellFormed reports whether b is a sequence of protobuf fields. The protobuf
// runtime takes that on trust for unknown fields, and would write a file that
// nobody can read.
func WellFormed(b []byte) bool {
	for len(b) > 0 {
		_, _, n := protowire.ConsumeField(b)
		if n < 0 {
			return false
		}
		b = b[n:]
	}
	return true
}
