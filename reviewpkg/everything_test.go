package reviewpkg_test

import (
	"testing"

	"google.golang.org/protobuf/encoding/prototext"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protodesc"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/reflect/protoregistry"
	"google.golang.org/protobuf/types/descriptorpb"
	"google.golang.org/protobuf/types/dynamicpb"

	_ "google.golang.org/protobuf/types/known/durationpb"
	_ "google.golang.org/protobuf/types/known/structpb"
	_ "google.golang.org/protobuf/types/known/timestamppb"
)

// everything is a message with a field of every type that protobuf has, which
// is more than the model has.
const everything = `
name: "everything.proto" package: "test" syntax: "proto3"
dependency: "google/protobuf/duration.proto"
dependency: "google/protobuf/struct.proto"
dependency: "google/protobuf/timestamp.proto"
message_type {
  name: "Everything"
  field { name: "a_bool"     number: 1  label: LABEL_OPTIONAL type: TYPE_BOOL }
  field { name: "a_string"   number: 2  label: LABEL_OPTIONAL type: TYPE_STRING }
  field { name: "a_bytes"    number: 3  label: LABEL_OPTIONAL type: TYPE_BYTES }
  field { name: "a_float"    number: 4  label: LABEL_OPTIONAL type: TYPE_FLOAT }
  field { name: "a_double"   number: 5  label: LABEL_OPTIONAL type: TYPE_DOUBLE }
  field { name: "an_int32"   number: 6  label: LABEL_OPTIONAL type: TYPE_INT32 }
  field { name: "an_int64"   number: 7  label: LABEL_OPTIONAL type: TYPE_INT64 }
  field { name: "a_uint32"   number: 8  label: LABEL_OPTIONAL type: TYPE_UINT32 }
  field { name: "a_uint64"   number: 9  label: LABEL_OPTIONAL type: TYPE_UINT64 }
  field { name: "a_sint64"   number: 10 label: LABEL_OPTIONAL type: TYPE_SINT64 }
  field { name: "a_fixed32"  number: 11 label: LABEL_OPTIONAL type: TYPE_FIXED32 }
  field { name: "a_level"    number: 12 label: LABEL_OPTIONAL type: TYPE_ENUM type_name: ".test.Level" }
  field { name: "an_odd"     number: 13 label: LABEL_OPTIONAL type: TYPE_ENUM type_name: ".test.Odd" }
  field { name: "child"      number: 14 label: LABEL_OPTIONAL type: TYPE_MESSAGE type_name: ".test.Everything" }
  field { name: "children"   number: 15 label: LABEL_REPEATED type: TYPE_MESSAGE type_name: ".test.Everything" }
  field { name: "numbers"    number: 16 label: LABEL_REPEATED type: TYPE_INT32 }
  field { name: "levels"     number: 17 label: LABEL_REPEATED type: TYPE_ENUM type_name: ".test.Level" }
  field { name: "by_name"    number: 18 label: LABEL_REPEATED type: TYPE_MESSAGE type_name: ".test.Everything.ByNameEntry" }
  field { name: "by_number"  number: 19 label: LABEL_REPEATED type: TYPE_MESSAGE type_name: ".test.Everything.ByNumberEntry" }
  field { name: "by_bool"    number: 20 label: LABEL_REPEATED type: TYPE_MESSAGE type_name: ".test.Everything.ByBoolEntry" }
  field { name: "one"        number: 21 label: LABEL_OPTIONAL type: TYPE_STRING oneof_index: 0 }
  field { name: "other"      number: 22 label: LABEL_OPTIONAL type: TYPE_INT32 oneof_index: 0 }
  field { name: "perhaps"    number: 23 label: LABEL_OPTIONAL type: TYPE_INT32 oneof_index: 1 proto3_optional: true }
  field { name: "a_time"     number: 24 label: LABEL_OPTIONAL type: TYPE_MESSAGE type_name: ".google.protobuf.Timestamp" }
  field { name: "a_duration" number: 25 label: LABEL_OPTIONAL type: TYPE_MESSAGE type_name: ".google.protobuf.Duration" }
  field { name: "a_struct"   number: 26 label: LABEL_OPTIONAL type: TYPE_MESSAGE type_name: ".google.protobuf.Struct" }
  field { name: "a_value"    number: 27 label: LABEL_OPTIONAL type: TYPE_MESSAGE type_name: ".google.protobuf.Value" }
  field { name: "values"     number: 28 label: LABEL_REPEATED type: TYPE_MESSAGE type_name: ".google.protobuf.Value" }
  field { name: "id"         number: 29 label: LABEL_OPTIONAL type: TYPE_STRING }
  oneof_decl { name: "choice" }
  oneof_decl { name: "_perhaps" }
  nested_type {
    name: "ByNameEntry" options { map_entry: true }
    field { name: "key"   number: 1 label: LABEL_OPTIONAL type: TYPE_STRING }
    field { name: "value" number: 2 label: LABEL_OPTIONAL type: TYPE_MESSAGE type_name: ".test.Everything" }
  }
  nested_type {
    name: "ByNumberEntry" options { map_entry: true }
    field { name: "key"   number: 1 label: LABEL_OPTIONAL type: TYPE_INT32 }
    field { name: "value" number: 2 label: LABEL_OPTIONAL type: TYPE_ENUM type_name: ".test.Level" }
  }
  nested_type {
    name: "ByBoolEntry" options { map_entry: true }
    field { name: "key"   number: 1 label: LABEL_OPTIONAL type: TYPE_BOOL }
    field { name: "value" number: 2 label: LABEL_OPTIONAL type: TYPE_BYTES }
  }
}
enum_type {
  name: "Level"
  value { name: "LEVEL_UNSPECIFIED" number: 0 } value { name: "LEVEL_HIGH" number: 1 } value { name: "LEVEL_VERY_HIGH" number: 2 }
}
enum_type { name: "Odd" value { name: "EVEN" number: 0 } value { name: "ODD" number: 1 } }
`

// everythingType returns the descriptor of the message Everything.
func everythingType(t testing.TB) protoreflect.MessageDescriptor {
	t.Helper()
	file := &descriptorpb.FileDescriptorProto{}
	if err := prototext.Unmarshal([]byte(everything), file); err != nil {
		t.Fatal(err)
	}
	fd, err := protodesc.NewFile(file, protoregistry.GlobalFiles)
	if err != nil {
		t.Fatal(err)
	}
	return fd.Messages().ByName("Everything")
}

// newEverything returns a message Everything with the content of a text.
func newEverything(t testing.TB, content string) proto.Message {
	t.Helper()
	m := dynamicpb.NewMessage(everythingType(t))
	if err := prototext.Unmarshal([]byte(content), m); err != nil {
		t.Fatal(err)
	}
	return m
}
