package export_test

import (
	"errors"
	"os"
	"testing"

	"buf.build/gen/go/bufbuild/protovalidate/protocolbuffers/go/buf/validate"
	"buf.build/go/protovalidate"
	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/encoding/prototext"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protodesc"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/reflect/protoregistry"
	"google.golang.org/protobuf/types/descriptorpb"
	"google.golang.org/protobuf/types/dynamicpb"
	"google.golang.org/protobuf/types/known/structpb"
	"google.golang.org/protobuf/types/known/wrapperspb"

	// The messages of testdata/schema/rules.txtpb import these.
	_ "google.golang.org/protobuf/types/known/anypb"
	_ "google.golang.org/protobuf/types/known/durationpb"
	_ "google.golang.org/protobuf/types/known/emptypb"
	_ "google.golang.org/protobuf/types/known/fieldmaskpb"
	_ "google.golang.org/protobuf/types/known/timestamppb"

	"github.com/reviewpkg/sdk/export"
)

// required is a complete message of the kind Required, of which cases change a
// member.
const required = `{"text":"a","two_words":"ab","level":"LEVEL_LOW","count":1,"big":"1","on":true,"list":["a"],"data":"YQ==","sub":{},"maybe":""`

// ruleCases are documents of the messages in testdata/schema/rules.txtpb. The
// schema must accept exactly the good ones; proto JSON with protovalidate must
// agree, except where loose or strict says that they differ by design.
var ruleCases = []struct {
	message string
	good    []string
	bad     []string
	loose   []string // the schema accepts it, the validator does not
	strict  []string // the schema refuses it, the validator does not
}{{
	message: "Text",
	good: []string{
		`{}`, `{"const":""}`, `{"const":"yes"}`, `{"len":"äöü"}`, `{"bounds":"äöü"}`, `{"affix":"a.+.z"}`, `{"in":"a"}`, `{"in":""}`,
		`{"not_in":"c"}`, `{"notIn":"c"}`, `{"email":"a@b.org"}`, `{"host":"a.org"}`, `{"ipv4":"127.0.0.1"}`, `{"uri":"urn:x"}`, `{"uri":""}`,
		`{"uri":"https://[::1]:80/a?b=%20#c"}`, `{"ref":"../a/b.md#c"}`, `{"ref":""}`, `{"matched":"abc"}`, `{"max_bytes":"abcd"}`, `{"upper":"A"}`,
	},
	bad: []string{
		`{"const":"no"}`, `{"len":"ab"}`, `{"len":"abcd"}`, `{"bounds":"abcd"}`, `{"affix":"b.+.z"}`, `{"affix":"a.+.y"}`, `{"affix":"a..z"}`,
		`{"affix":"a.+*.z"}`, `{"in":"c"}`, `{"not_in":"a"}`, `{"notIn":"b"}`, `{"email":"a@"}`, `{"email":"a b@c.org"}`, `{"email":"\"a b\"@c.org"}`,
		`{"host":"-"}`, `{"ipv4":"127.0.0.256"}`, `{"uri":"a/b"}`, `{"uri":"https://a b"}`, `{"uri":"https://a.org/%zz"}`, `{"uri":"https://a.org/#a#b"}`,
		`{"ref":"a b"}`, `{"ref":"a\\b"}`, `{"matched":"aBc"}`, `{"matched":"axc"}`, `{"matched":"abcde"}`, `{"const":1}`, `{"const":["yes"]}`, `{"other":1}`, `[]`, `"a"`,
	},
	loose:  []string{`{"max_bytes":"äöü"}`, `{"upper":"a"}`, `{"upper":"b"}`},
	strict: []string{`{"const":null}`},
}, {
	message: "Required",
	good: []string{
		required + `}`, `{"text":"a","twoWords":"ab","level":"LEVEL_LOW","count":1,"big":1,"on":true,"list":["a"],"data":"YQ","sub":{},"maybe":"a"}`,
	},
	bad: []string{
		`{}`, `{"text":"a","level":"LEVEL_LOW","count":1,"big":"1","on":true,"list":["a"],"data":"YQ==","sub":{},"maybe":""}`,
		`{"text":"","two_words":"ab","level":"LEVEL_LOW","count":1,"big":"1","on":true,"list":["a"],"data":"YQ==","sub":{},"maybe":""}`,
		`{"text":"a","two_words":"a","level":"LEVEL_LOW","count":1,"big":"1","on":true,"list":["a"],"data":"YQ==","sub":{},"maybe":""}`,
		`{"text":"a","two_words":"ab","level":"LEVEL_UNSPECIFIED","count":1,"big":"1","on":true,"list":["a"],"data":"YQ==","sub":{},"maybe":""}`,
		`{"text":"a","two_words":"ab","level":0,"count":1,"big":"1","on":true,"list":["a"],"data":"YQ==","sub":{},"maybe":""}`,
		`{"text":"a","two_words":"ab","level":"LEVEL_LOW","count":0,"big":"1","on":true,"list":["a"],"data":"YQ==","sub":{},"maybe":""}`,
		`{"text":"a","two_words":"ab","level":"LEVEL_LOW","count":1,"big":"0","on":true,"list":["a"],"data":"YQ==","sub":{},"maybe":""}`,
		`{"text":"a","two_words":"ab","level":"LEVEL_LOW","count":1,"big":0,"on":true,"list":["a"],"data":"YQ==","sub":{},"maybe":""}`,
		`{"text":"a","two_words":"ab","level":"LEVEL_LOW","count":1,"big":"1","on":false,"list":["a"],"data":"YQ==","sub":{},"maybe":""}`,
		`{"text":"a","two_words":"ab","level":"LEVEL_LOW","count":1,"big":"1","on":true,"list":[],"data":"YQ==","sub":{},"maybe":""}`,
		`{"text":"a","two_words":"ab","level":"LEVEL_LOW","count":1,"big":"1","on":true,"list":["a"],"data":"","sub":{},"maybe":""}`,
		`{"text":"a","two_words":"ab","level":"LEVEL_LOW","count":1,"big":"1","on":true,"list":["a"],"data":"YQ==","maybe":""}`,
		`{"text":"a","two_words":"ab","level":"LEVEL_LOW","count":1,"big":"1","on":true,"list":["a"],"data":"YQ==","sub":{}}`,
		required + `,"extra":1}`,
	},
	loose: []string{required + `,"twoWords":"ab"}`},
}, {
	message: "Number",
	good: []string{
		`{"i32":-5}`, `{"i32":4}`, `{"u32":4294967295}`, `{"i64":"-9223372036854775808"}`, `{"i64":9223372036854775807}`, `{"i64":"0"}`, `{"positive":"0"}`,
		`{"positive":100}`, `{"positive":"100"}`, `{"u64":"7"}`, `{"u64":7}`, `{"not":"-3"}`, `{"outside":8}`, `{"outside":2}`, `{"f":1.5}`, `{"f":"NaN"}`,
		`{"f":"-Infinity"}`, `{"d":1e300}`, `{"share":0.5}`, `{"ratio":0.1}`, `{"on":true}`, `{"above":"1"}`, `{"above":1}`,
	},
	bad: []string{
		`{"i32":-6}`, `{"i32":5}`, `{"i32":1.5}`, `{"u32":4294967296}`, `{"u32":-1}`, `{"i64":"a"}`, `{"i64":9223372036854775808}`, `{"i64":""}`, `{"positive":-1}`,
		`{"positive":"-1"}`, `{"positive":101}`, `{"u64":"8"}`, `{"u64":8}`, `{"u64":-7}`, `{"not":3}`, `{"not":"3"}`, `{"outside":5}`, `{"outside":3}`, `{"outside":7}`, `{"outside":-2147483649}`,
		`{"f":"nan"}`, `{"f":1e39}`, `{"d":"x"}`, `{"share":0.6}`, `{"share":-0.1}`, `{"share":"NaN"}`, `{"ratio":0.11}`, `{"on":false}`, `{"on":"true"}`, `{"on":1}`, `{"above":"0"}`, `{"above":0}`,
	},
	loose:  []string{`{"positive":"101"}`, `{"i64":"9223372036854775808"}`},
	strict: []string{`{"i32":"1"}`, `{"i64":"1e2"}`, `{"f":"1.5"}`, `{"ratio":"-Infinity"}`},
}, {
	message: "Enums",
	good: []string{
		`{"level":"LEVEL_VERY_HIGH"}`, `{"level":2}`, `{"level":0}`, `{"only":"LEVEL_VERY_HIGH"}`, `{"only":0}`, `{"same":2}`, `{"mixed":"SOME"}`, `{"mixed":1}`,
	},
	bad: []string{
		`{"level":"LEVEL_LOW"}`, `{"level":1}`, `{"level":3}`, `{"level":"LEVEL_HIGH"}`, `{"only":"LEVEL_LOW"}`, `{"same":0}`, `{"same":"LEVEL_LOW"}`, `{"mixed":"OTHER"}`, `{"mixed":true}`, `{"future":9}`,
	},
	// Short names are for the loader; an undefined number it refuses, too.
	loose:  []string{`{"level":"very_high"}`, `{"level":"unspecified"}`, `{"only":"very_high"}`},
	strict: []string{`{"mixed":99}`},
}, {
	message: "Many",
	good: []string{
		`{}`, `{"list":[]}`, `{"list":["a","b"]}`, `{"loose":["","ab"]}`, `{"labels":{"a":"b"}}`, `{"numbers":{"-1":{"const":"yes"}}}`, `{"numbers":{}}`, `{"flags":{"true":false}}`,
		`{"levels":["LEVEL_LOW",2]}`, `{"free":[{}]}`, `{"freeItem":[{"text":""}]}`,
	},
	bad: []string{
		`{"list":["a"]}`, `{"list":["a","b","c","d"]}`, `{"list":["a","a"]}`, `{"list":["a",""]}`, `{"list":"a"}`, `{"list":[null]}`, `{"loose":["a"]}`, `{"labels":{"A":"b"}}`,
		`{"labels":{"a":"bcde"}}`, `{"labels":{"a":"","b":"","c":""}}`, `{"labels":{"a":1}}`, `{"labels":["a"]}`, `{"numbers":{"x":{}}}`, `{"numbers":{"1":{"const":"no"}}}`,
		`{"flags":{"yes":true}}`, `{"levels":[0]}`, `{"levels":[1,1]}`, `{"levels":["LEVEL_UNSPECIFIED"]}`, `{"free":[1]}`,
	},
	loose: []string{`{"levels":["LEVEL_LOW",1]}`},
}, {
	message: "Choice",
	good:    []string{`{"a":""}`, `{"b_b":0}`, `{"bB":1,"c":""}`, `{"a":"x","d":"y"}`},
	bad:     []string{`{}`, `{"c":"x"}`, `{"a":"x","bB":1}`, `{"a":"x","b_b":1}`, `{"a":"x","c":"","d":""}`},
}, {
	message: "ChoiceRule",
	good:    []string{`{"e_mail":"abc"}`, `{"eMail":"abc","list":[]}`, `{"list":["a"]}`, `{"list":["a"],"eMail":""}`},
	bad:     []string{`{}`, `{"e_mail":""}`, `{"eMail":""}`, `{"e_mail":"ab"}`, `{"e_mail":"abc","list":["a"]}`, `{"list":[]}`},
	loose:   []string{`{"e_mail":"xxx"}`, `{"e_mail":"yyy"}`},
}, {
	message: "Known",
	good: []string{
		`{"at":"1970-01-01T00:00:00Z"}`, `{"took":"1.5s"}`, `{"any":[1,"a",{}]}`, `{"object":{"a":1}}`, `{"array":[1]}`, `{"short":"ab"}`, `{"data":"YWI="}`, `{"data":"_-8"}`,
		`{"nothing":{}}`, `{"mask":"a"}`, `{"again":{"again":{"short":"a"}}}`, `{"any":null}`,
	},
	bad: []string{
		`{"at":"1970-01-01"}`, `{"at":0}`, `{"took":"1m"}`, `{"object":[]}`, `{"array":{}}`, `{"short":"abc"}`, `{"short":{"value":"ab"}}`, `{"data":"Y"}`, `{"data":"YQ="}`, `{"data":"_+8"}`,
		`{"nothing":{"a":1}}`, `{"mask":1}`, `{"packed":"a"}`, `{"again":{"short":"abc"}}`,
	},
	loose: []string{`{"at":"1970-01-02T00:00:00Z"}`, `{"data":"YWJj"}`, `{"packed":{"@type":"nowhere/a.B"}}`},
}}

func TestSchemaRules(t *testing.T) {
	file := rulesFile(t)
	for _, c := range ruleCases {
		m := dynamicpb.NewMessage(file.Messages().ByName(protoreflect.Name(c.message)))
		schema := compileSchema(t, m)
		check := func(docs []string, bySchema, byValidator bool) {
			t.Helper()
			for _, doc := range docs {
				if err := checkJSON(t, schema, []byte(doc)); (err == nil) != bySchema {
					t.Errorf("%s %s: schema says %v, want accepted = %v", c.message, doc, err, bySchema)
				}
				got := m.New().Interface()
				if err := validJSON(got, doc); (err == nil) != byValidator {
					t.Errorf("%s %s: validator says %v, want accepted = %v", c.message, doc, err, byValidator)
				}
			}
		}
		check(c.good, true, true)
		check(c.bad, false, false)
		check(c.strict, false, true)
		check(c.loose, true, false)
	}
}

// TestSchemaProto2 has messages from outside the model, with fields that the
// language itself requires.
func TestSchemaProto2(t *testing.T) {
	schema := compileSchema(t, &descriptorpb.UninterpretedOption{})
	for doc, want := range map[string]bool{
		`{"name":[{"name_part":"a","is_extension":true}]}`: true,
		`{"name":[{"namePart":"a","isExtension":false}]}`:  true,
		`{"name":[{"name_part":"a"}]}`:                     false,
		`{"name":[{"isExtension":true}]}`:                  false,
	} {
		if err := checkJSON(t, schema, []byte(doc)); (err == nil) != want {
			t.Errorf("%s: schema says %v, want accepted = %v", doc, err, want)
		}
		if err := protojson.Unmarshal([]byte(doc), &descriptorpb.UninterpretedOption{}); (err == nil) != want {
			t.Errorf("%s: proto JSON says %v, want accepted = %v", doc, err, want)
		}
	}
}

// TestSchemaOfWellKnownType has documents that are of a well-known type.
func TestSchemaOfWellKnownType(t *testing.T) {
	object := compileSchema(t, &structpb.Struct{})
	if checkJSON(t, object, []byte(`{"a":null}`)) != nil || checkJSON(t, object, []byte(`[]`)) == nil {
		t.Error("google.protobuf.Struct: want any object, and only objects")
	}
	if err := checkJSON(t, compileSchema(t, wrapperspb.String("a")), []byte(`"b"`)); err != nil {
		t.Errorf("google.protobuf.StringValue: %v", err)
	}
}

// TestSchemaNamesWhatItCannotSay looks for the rules without a keyword in
// $comment, and at their place.
func TestSchemaNamesWhatItCannotSay(t *testing.T) {
	file := rulesFile(t)
	for message, want := range map[string]map[string]string{
		"Text":       {"rules.Text/properties/max_bytes": "string.max_bytes", "rules.Text/properties/upper": "upper: has no a\n!this.contains('b')"},
		"ChoiceRule": {"rules.ChoiceRule": "never: is not x\nthis.e_mail != 'yyy'"},
		"Known":      {"rules.Known/properties/at": "timestamp.lt", "rules.Known/properties/data": "bytes.max_len"},
		"Number":     {},
	} {
		got := comments(t, dynamicpb.NewMessage(file.Messages().ByName(protoreflect.Name(message))))
		diff(t, message, want, got)
	}
}

func TestSchemaRefusesBrokenRules(t *testing.T) {
	file := rulesProto(t)
	field := file.GetMessageType()[0].GetField()[0]
	broken := validate.FieldRules_builder{CelExpression: []string{"this."}}.Build()
	proto.SetExtension(field.GetOptions(), validate.E_Field, broken)
	text := dynamicpb.NewMessage(newFile(t, file).Messages().ByName("Text"))
	_, err := export.Schema(text)
	var compilation *protovalidate.CompilationError
	if !errors.As(err, &compilation) {
		t.Errorf("error is %v, want a compilation error", err)
	}
}

// validJSON is what a reader of proto JSON does that knows the rules.
func validJSON(m proto.Message, doc string) error {
	if err := protojson.Unmarshal([]byte(doc), m); err != nil {
		return err
	}
	return protovalidate.Validate(m)
}

func rulesFile(t *testing.T) protoreflect.FileDescriptor {
	t.Helper()
	return newFile(t, rulesProto(t))
}

func rulesProto(t *testing.T) *descriptorpb.FileDescriptorProto {
	t.Helper()
	text, err := os.ReadFile("testdata/schema/rules.txtpb")
	if err != nil {
		t.Fatal(err)
	}
	file := &descriptorpb.FileDescriptorProto{}
	if err := prototext.Unmarshal(text, file); err != nil {
		t.Fatal(err)
	}
	return file
}

func newFile(t *testing.T, file *descriptorpb.FileDescriptorProto) protoreflect.FileDescriptor {
	t.Helper()
	built, err := protodesc.NewFile(file, protoregistry.GlobalFiles)
	if err != nil {
		t.Fatal(err)
	}
	return built
}
