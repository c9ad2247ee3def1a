package changevalue_test

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/testing/protocmp"
	"google.golang.org/protobuf/types/descriptorpb"
	"google.golang.org/protobuf/types/known/structpb"
	"google.golang.org/protobuf/types/known/wrapperspb"
	"pgregory.net/rapid"

	"github.com/reviewpkg/sdk/internal/changevalue"
	"github.com/reviewpkg/sdk/internal/randpkg"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// message returns a field that holds messages of the type of m.
type message struct {
	protoreflect.FieldDescriptor
	m proto.Message
}

func (message) Kind() protoreflect.Kind { return protoreflect.MessageKind }

// decode reads v as a message of the type of m.
func decode(m proto.Message, v *structpb.Value) (proto.Message, error) {
	out, err := changevalue.Decode(message{m: m}, v, func() protoreflect.Value {
		return protoreflect.ValueOfMessage(m.ProtoReflect().New())
	})
	if err != nil {
		return nil, err
	}
	return out.Message().Interface(), nil
}

// encode writes m.
func encode(m proto.Message) *structpb.Value {
	return changevalue.Encode(message{m: m}, protoreflect.ValueOfMessage(m.ProtoReflect()))
}

func TestScalars(t *testing.T) {
	t.Parallel()
	unknown := &wrapperspb.BoolValue{}
	unknown.ProtoReflect().SetUnknown([]byte{0x98, 0x06, 0x01})
	tests := []struct {
		m    proto.Message
		want any
	}{
		{wrapperspb.Bool(true), true},
		{wrapperspb.String("a\nb|`"), "a\nb|`"},
		{wrapperspb.Bytes([]byte{0, 255}), "AP8="},
		{wrapperspb.Int32(math.MinInt32), float64(math.MinInt32)},
		{wrapperspb.UInt32(math.MaxUint32), float64(math.MaxUint32)},
		{wrapperspb.Int64(1<<53 + 1), "9007199254740993"},
		{wrapperspb.UInt64(math.MaxUint64), "18446744073709551615"},
		{wrapperspb.Float(0.1), float64(float32(0.1))},
		{wrapperspb.Double(5e-324), 5e-324},
		{wrapperspb.Double(math.MaxFloat64), math.MaxFloat64},
		{wrapperspb.Double(math.Copysign(0, -1)), math.Copysign(0, -1)},
		{wrapperspb.Double(math.NaN()), "NaN"},
		{wrapperspb.Double(math.Inf(1)), "Infinity"},
		{wrapperspb.Float(float32(math.Inf(-1))), "-Infinity"},
	}
	for _, tt := range tests {
		want, err := structpb.NewValue(map[string]any{"value": tt.want})
		if err != nil {
			t.Fatal(err)
		}
		got := encode(tt.m)
		if diff := cmp.Diff(want, got, protocmp.Transform()); diff != "" {
			t.Errorf("%v: -want +got:\n%s", tt.m, diff)
		}
		if back, err := decode(tt.m, got); err != nil || !proto.Equal(back, tt.m) {
			t.Errorf("%v came back as %v, %v", tt.m, back, err)
		}
	}
	got := encode(unknown).GetStructValue().GetFields()
	if len(got) != 1 || got["@unknown"].GetStringValue() != "mAYB" {
		t.Errorf("unknown fields became %v", got)
	}
}

// An enum value that the model does not have is a number.
func TestEnum(t *testing.T) {
	t.Parallel()
	p := reviewpkgv1.ReviewPackage_builder{Status: 99, Processes: []reviewpkgv1.ReviewProcess{1, -1}}.Build()
	got, err := protojson.Marshal(encode(p))
	if err != nil {
		t.Fatal(err)
	}
	want := &structpb.Value{}
	if err := protojson.Unmarshal([]byte(`{"status": 99, "processes": ["REVIEW_PROCESS_CNCF_SELF", -1]}`), want); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, encode(p), protocmp.Transform()); diff != "" {
		t.Errorf("%s: -want +got:\n%s", got, diff)
	}
	if back, err := decode(p, want); err != nil || !proto.Equal(back, p) {
		t.Errorf("came back as %v, %v", back, err)
	}
}

func TestDecodeErrors(t *testing.T) {
	t.Parallel()
	p := &reviewpkgv1.ReviewPackage{}
	number := &structpb.Value{}
	tests := []struct {
		m    proto.Message
		in   string
		want string
	}{
		{p, `[]`, "a ReviewPackage must be an object"},
		{p, `{"b": 1, "a": 1}`, `message ReviewPackage has no field "a"`},
		{p, `{"id": 1}`, "the value of field id must be a text"},
		{p, `{"processes": {}}`, "the value of field processes must be a list"},
		{p, `{"processes": [true]}`, "the value of field processes must be the name of an enum value"},
		{p, `{"status": 1.5}`, "the value of field status must be the name of an enum value"},
		{p, `{"status": 3e9}`, "the value of field status must be the name of an enum value"},
		{p, `{"status": "DRAFT"}`, `enum PackageStatus has no value "DRAFT"`},
		{p, `{"labels": []}`, "the value of field labels must be an object"},
		{p, `{"labels": {"a": 1}}`, "the value of field value must be a text"},
		{p, `{"project": "x"}`, "a Project must be an object"},
		{p, `{"findings": [{"id": "f"}, null]}`, "a Finding must be an object"},
		{p, `{"@unknown": "!"}`, "the member @unknown must be the base64 of protobuf fields"},
		{p, `{"@unknown": "/w=="}`, "the member @unknown must be the base64 of protobuf fields"},
		{number, `{"bool_value": true, "string_value": "x"}`, "field string_value is one of several of which only one can be set"},
		{wrapperspb.Bool(true), `{"value": "true"}`, "the value of field value must be true or false"},
		{wrapperspb.Bytes(nil), `{"value": "a"}`, "the value of field value must be base64"},
		{wrapperspb.Int32(0), `{"value": 2147483648}`, "the value of field value must be a number that a field of the type int32 can hold"},
		{wrapperspb.UInt64(0), `{"value": -1}`, "the value of field value must be a number that a field of the type uint64 can hold"},
		{wrapperspb.Int64(0), `{"value": 1.5}`, "the value of field value must be a number that a field of the type int64 can hold"},
		{wrapperspb.Float(0), `{"value": 1e300}`, "the value of field value must be a number that a field of the type float can hold"},
		{wrapperspb.Double(0), `{"value": "x"}`, "the value of field value must be a number that a field of the type double can hold"},
		{wrapperspb.Double(0), `{"value": "0x1p-2"}`, "the value of field value must be a number that a field of the type double can hold"},
		{wrapperspb.Float(0), `{"value": "inf"}`, "the value of field value must be a number that a field of the type float can hold"},
		{wrapperspb.Int32(0), `{"value": "+1"}`, "the value of field value must be a number that a field of the type int32 can hold"},
		{wrapperspb.Double(0), `{"value": true}`, "the value of field value must be a number that a field of the type double can hold"},
	}
	for _, tt := range tests {
		v := &structpb.Value{}
		if err := protojson.Unmarshal([]byte(tt.in), v); err != nil {
			t.Fatal(err)
		}
		if got, err := decode(tt.m, v); err == nil || err.Error() != tt.want {
			t.Errorf("%s: got %v, %v, want %s", tt.in, got, err, tt.want)
		}
	}
}

// A 64-bit number may be a number as well, as protojson takes it.
func TestDecodeLenient(t *testing.T) {
	t.Parallel()
	for _, v := range []*structpb.Value{structpb.NewNumberValue(-12), structpb.NewStringValue("-12")} {
		in := structpb.NewStructValue(&structpb.Struct{Fields: map[string]*structpb.Value{"value": v}})
		got, err := decode(wrapperspb.Int64(0), in)
		if err != nil || !proto.Equal(got, wrapperspb.Int64(-12)) {
			t.Errorf("%v: got %v, %v", v, got, err)
		}
	}
}

func TestRoundTrip(t *testing.T) {
	t.Parallel()
	for _, kind := range []proto.Message{&reviewpkgv1.ReviewPackage{}, &structpb.Struct{}, &descriptorpb.FileDescriptorProto{}} {
		rapid.Check(t, func(t *rapid.T) {
			m := proto.Clone(kind)
			randpkg.Message(t, m)
			text, err := protojson.Marshal(encode(m))
			if err != nil {
				t.Fatal(err)
			}
			read := &structpb.Value{}
			if err := protojson.Unmarshal(text, read); err != nil {
				t.Fatal(err)
			}
			if got, err := decode(m, read); err != nil || !proto.Equal(got, m) {
				t.Fatalf("got %v, %v, want %v", got, err, m)
			}
		})
	}
}

func TestIDs(t *testing.T) {
	t.Parallel()
	want, err := structpb.NewValue([]any{"b", "a"})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, changevalue.EncodeIDs([]string{"b", "a"}), protocmp.Transform()); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}
