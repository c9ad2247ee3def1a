package fieldpath_test

import (
	"math"
	"testing"

	"buf.build/gen/go/bufbuild/protovalidate/protocolbuffers/go/buf/validate"
	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protodesc"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/types/descriptorpb"
	"google.golang.org/protobuf/types/dynamicpb"

	"github.com/reviewpkg/sdk/internal/fieldpath"
)

// maps returns a message with a map for every type that a key can have, named
// after the type, from that type to a message of its own kind.
func maps(t *testing.T) *dynamicpb.Message {
	t.Helper()
	label := descriptorpb.FieldDescriptorProto_LABEL_REPEATED.Enum()
	single := descriptorpb.FieldDescriptorProto_LABEL_OPTIONAL.Enum()
	m := &descriptorpb.DescriptorProto{Name: proto.String("M")}
	kinds := []descriptorpb.FieldDescriptorProto_Type{
		descriptorpb.FieldDescriptorProto_TYPE_BOOL, descriptorpb.FieldDescriptorProto_TYPE_INT32, descriptorpb.FieldDescriptorProto_TYPE_SINT64,
		descriptorpb.FieldDescriptorProto_TYPE_FIXED32, descriptorpb.FieldDescriptorProto_TYPE_UINT64, descriptorpb.FieldDescriptorProto_TYPE_STRING,
	}
	names := []string{"Bool", "Int32", "Sint64", "Fixed32", "Uint64", "String"}
	for i, kind := range kinds {
		m.NestedType = append(m.NestedType, &descriptorpb.DescriptorProto{
			Name:    proto.String(names[i] + "Entry"),
			Options: &descriptorpb.MessageOptions{MapEntry: proto.Bool(true)},
			Field: []*descriptorpb.FieldDescriptorProto{
				{Name: proto.String("key"), JsonName: proto.String("key"), Number: proto.Int32(1), Label: single, Type: kind.Enum()},
				{
					Name: proto.String("value"), JsonName: proto.String("value"), Number: proto.Int32(2), Label: single,
					Type: descriptorpb.FieldDescriptorProto_TYPE_MESSAGE.Enum(), TypeName: proto.String(".t.M"),
				},
			},
		})
		m.Field = append(m.Field, &descriptorpb.FieldDescriptorProto{
			Name: proto.String(string(rune(names[i][0]+32)) + names[i][1:]), JsonName: proto.String(names[i]), Number: proto.Int32(int32(i + 1)), Label: label,
			Type: descriptorpb.FieldDescriptorProto_TYPE_MESSAGE.Enum(), TypeName: proto.String(".t.M." + names[i] + "Entry"),
		})
	}
	file, err := protodesc.NewFile(&descriptorpb.FileDescriptorProto{
		Name: proto.String("t.proto"), Package: proto.String("t"), Syntax: proto.String("proto3"), MessageType: []*descriptorpb.DescriptorProto{m},
	}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return dynamicpb.NewMessage(file.Messages().Get(0))
}

// put makes an entry of the map called name.
func put(m protoreflect.Message, name protoreflect.Name, key any) {
	m.Mutable(m.Descriptor().Fields().ByName(name)).Map().Mutable(protoreflect.ValueOf(key).MapKey())
}

func TestMapKeys(t *testing.T) {
	t.Parallel()
	m := maps(t)
	for name, keys := range map[protoreflect.Name][]any{
		"bool": {true, false}, "int32": {int32(7), int32(-7), int32(0)}, "sint64": {int64(math.MinInt64), int64(10), int64(9)},
		"fixed32": {uint32(5)}, "uint64": {uint64(math.MaxUint64), uint64(2)}, "string": {"b", "", "a\n"},
	} {
		for _, key := range keys {
			put(m, name, key)
		}
	}
	var got []string
	fieldpath.Walk(m, func(c *fieldpath.Cursor, fd protoreflect.FieldDescriptor, v protoreflect.Value) {
		got = append(got, c.String())
		path, err := fieldpath.Parse(c.String())
		if err != nil {
			t.Fatal(err)
		}
		if at, field, ok := fieldpath.Resolve(m, path); !ok || field != fd || at.Message() != v.Message() {
			t.Errorf("%s leads to %v, %v, %v", c, at, field, ok)
		}
	})
	want := []string{
		"bool[false]", "bool[true]", "int32[-7]", "int32[0]", "int32[7]", "sint64[-9223372036854775808]", "sint64[9]", "sint64[10]",
		"fixed32[5]", "uint64[2]", "uint64[18446744073709551615]", `string[""]`, `string["a\n"]`, `string["b"]`,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	for _, text := range []string{`bool["true"]`, "bool[0]", "int32[4294967303]", `int32["7"]`, "string[0]", "fixed32[-5]", "uint64[-2]", "sint64[9223372036854775808]", "bool"} {
		path, err := fieldpath.Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		if v, _, ok := fieldpath.Resolve(m, path); ok != (text == "bool") {
			t.Errorf("Resolve(%s) = %v, %v", text, v, ok)
		}
	}
}

func TestMapKeysUnion(t *testing.T) {
	t.Parallel()
	a, b := maps(t), maps(t)
	for i, key := range []string{"d", "a", "c"} {
		put(a, "string", key)
		put(b, "string", []string{"b", "c", "e"}[i])
	}
	field := a.Descriptor().Fields().ByName("string")
	var got string
	for _, key := range fieldpath.MapKeys(a.Get(field).Map(), b.Get(b.Descriptor().Fields().ByName("string")).Map()) {
		got += key.String()
	}
	if got != "abcde" {
		t.Errorf("got %s, want abcde", got)
	}
}

func TestParseKeyIsStrict(t *testing.T) {
	t.Parallel()
	fields := maps(t).Descriptor().Fields()
	for _, tt := range []struct{ field, text string }{{"int32", "01"}, {"int32", "+1"}, {"bool", "True"}, {"uint64", " 1"}, {"sint64", "1e3"}, {"fixed32", ""}} {
		fd := fields.ByName(protoreflect.Name(tt.field)).MapKey()
		if key, ok := fieldpath.ParseKey(fd, tt.text); ok {
			t.Errorf("ParseKey(%s, %q) = %v", tt.field, tt.text, key)
		}
	}
}

func TestViolationKeys(t *testing.T) {
	t.Parallel()
	m := maps(t)
	put(m, "bool", true)
	put(m, "sint64", int64(-3))
	put(m, "uint64", uint64(3))
	tests := []struct {
		element validate.FieldPathElement_builder
		want    string
	}{
		{validate.FieldPathElement_builder{FieldNumber: proto.Int32(1), BoolKey: proto.Bool(true)}, "bool[true].string"},
		{validate.FieldPathElement_builder{FieldNumber: proto.Int32(3), IntKey: proto.Int64(-3)}, "sint64[-3].string"},
		{validate.FieldPathElement_builder{FieldNumber: proto.Int32(5), UintKey: proto.Uint64(3)}, "uint64[3].string"},
		{validate.FieldPathElement_builder{FieldNumber: proto.Int32(5), UintKey: proto.Uint64(4)}, "uint64[4].name_as_given"},
	}
	for _, tt := range tests {
		fp := validate.FieldPath_builder{Elements: []*validate.FieldPathElement{
			tt.element.Build(),
			validate.FieldPathElement_builder{FieldNumber: proto.Int32(6), FieldName: proto.String("name_as_given")}.Build(),
		}}.Build()
		if got := fieldpath.NewTree(m).Violation(fp); got != tt.want {
			t.Errorf("got %s, want %s", got, tt.want)
		}
	}
}
