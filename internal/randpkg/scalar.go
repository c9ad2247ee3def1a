package randpkg

import (
	"math"

	"google.golang.org/protobuf/reflect/protoreflect"
	"pgregory.net/rapid"
)

// scalar draws a value of a field that holds no messages. m is the message that
// it is for, or nil for an item or entry.
func (f *filler) scalar(fd protoreflect.FieldDescriptor, m protoreflect.Message) protoreflect.Value {
	// rapid prints the label with the value when a property fails.
	label := string(fd.Name())
	switch fd.Kind() {
	case protoreflect.BoolKind:
		return protoreflect.ValueOfBool(rapid.Bool().Draw(f.t, label))
	case protoreflect.EnumKind:
		// Zero, which is "not stated" everywhere, is a value like any other.
		values := fd.Enum().Values()
		return protoreflect.ValueOfEnum(values.Get(f.intn(values.Len(), label)).Number())
	case protoreflect.BytesKind:
		return protoreflect.ValueOfBytes(rapid.SliceOfN(rapid.Byte(), 0, 8).Draw(f.t, label))
	// Only finite numbers: others are no numbers in JSON.
	case protoreflect.FloatKind:
		return protoreflect.ValueOfFloat32(rapid.Float32().Draw(f.t, label))
	case protoreflect.DoubleKind:
		return protoreflect.ValueOfFloat64(rapid.Float64().Draw(f.t, label))
	case protoreflect.Int32Kind, protoreflect.Sint32Kind, protoreflect.Sfixed32Kind:
		return protoreflect.ValueOfInt32(rapid.Int32().Draw(f.t, label))
	case protoreflect.Uint32Kind, protoreflect.Fixed32Kind:
		return protoreflect.ValueOfUint32(rapid.Uint32().Draw(f.t, label))
	case protoreflect.Int64Kind, protoreflect.Sint64Kind, protoreflect.Sfixed64Kind:
		return protoreflect.ValueOfInt64(rapid.OneOf(rapid.Int64(), edges()).Draw(f.t, label))
	case protoreflect.Uint64Kind, protoreflect.Fixed64Kind:
		return protoreflect.ValueOfUint64(rapid.Uint64().Draw(f.t, label))
	default:
		return protoreflect.ValueOfString(f.string(fd, m))
	}
}

// edges draws numbers that a 64-bit float cannot hold, and their neighbours.
func edges() *rapid.Generator[int64] {
	return rapid.SampledFrom([]int64{math.MinInt64, math.MaxInt64, 1<<53 - 1, 1<<53 + 1, -1<<53 - 1, 0, -1})
}

// string draws a text, or an id for the field id of a message. An item that has
// its id keeps it.
func (f *filler) string(fd protoreflect.FieldDescriptor, m protoreflect.Message) string {
	switch {
	case m == nil || !isID(fd):
		return f.text(string(fd.Name()))
	case f.unique && m.Has(fd):
		return m.Get(fd).String()
	default:
		return f.id()
	}
}

// special fills messages of the well-known types that cannot hold just
// anything, and reports whether m is one.
func (f *filler) special(p pending) bool {
	fields := p.m.Descriptor().Fields()
	switch p.m.Descriptor().FullName() {
	// From the year 1 to 9999: protojson refuses to write any other.
	case "google.protobuf.Timestamp":
		p.m.Set(fields.ByName("seconds"), protoreflect.ValueOfInt64(rapid.Int64Range(-62135596800, 253402300799).Draw(f.t, "seconds")))
		p.m.Set(fields.ByName("nanos"), protoreflect.ValueOfInt32(rapid.Int32Range(0, 999999999).Draw(f.t, "nanos")))
	// Of one sign: seconds and nanos must not have two. 10000 years at most.
	case "google.protobuf.Duration":
		p.m.Set(fields.ByName("seconds"), protoreflect.ValueOfInt64(rapid.Int64Range(0, 315576000000).Draw(f.t, "seconds")))
		p.m.Set(fields.ByName("nanos"), protoreflect.ValueOfInt32(rapid.Int32Range(0, 999999999).Draw(f.t, "nanos")))
	case "google.protobuf.Value":
		// JSON has no text for a value of no kind, so that it must have one.
		kinds := []protoreflect.Name{"null_value", "bool_value", "string_value", "number_value"}
		if f.budget > 0 && p.depth < maxDepth {
			kinds = append(kinds, "list_value", "struct_value")
		}
		f.field(p, fields.ByName(kinds[f.intn(len(kinds), "kind")]))
	// The JSON form of these needs a type that is known, or paths that keep
	// their spelling in camel case; they stay empty.
	case "google.protobuf.Any", "google.protobuf.FieldMask":
	default:
		return false
	}
	return true
}
