package reviewpkg_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"google.golang.org/protobuf/testing/protocmp"

	"github.com/reviewpkg/sdk/reviewpkg"
)

func TestDecode(t *testing.T) {
	const both = "both"
	tests := []struct{ name, encoding, in, want string }{
		{"empty", both, `{}`, ``},
		{"null is not set", both, `{"aBool": null, "child": null, "children": null, "byName": null, "one": null, "other": 1, "perhaps": null, "aTime": null}`, `other: 1`},
		{"names", both, `{"aBool": true, "a_string": "x", "anInt32": 1, "an_int64": 2}`, `a_bool: true a_string: "x" an_int32: 1 an_int64: 2`},
		{"zero values", both, `{"aString": "", "perhaps": 0, "one": "", "child": {}, "children": [{}], "byName": {"": {}}, "numbers": [], "byBool": {}}`,
			`perhaps: 0 one: "" child {} children {} by_name { key: "" value {} }`},
		{"whole numbers", both, `{"anInt32": -2147483648, "anInt64": "9223372036854775807", "aUint32": 4294967295, "aUint64": "18446744073709551615", "aSint64": -1, "aFixed32": 7}`,
			`an_int32: -2147483648 an_int64: 9223372036854775807 a_uint32: 4294967295 a_uint64: 18446744073709551615 a_sint64: -1 a_fixed32: 7`},
		{"whole numbers with a fraction", both, `{"numbers": [1.0, 1e3, 1.5e1, 120e-1, -0, -0.0, 0e999999999999999999999, "25.00", 0.0000000000000000000000012e25]}`, `numbers: [1, 1000, 15, 12, 0, 0, 0, 25, 12]`},
		{"minus zero", both, `{"aUint32": -0}`, ``},
		{"floats", both, `{"aFloat": 1.5, "aDouble": "-2.5e-3", "child": {"aFloat": "NaN", "aDouble": "-Infinity"}}`, `a_float: 1.5 a_double: -0.0025 child { a_float: nan a_double: -inf }`},
		{"bytes", both, `{"aBytes": "+/8=", "child": {"aBytes": "-_8"}, "byBool": {"true": "QQ==", "false": ""}}`,
			`a_bytes: "\xfb\xff" child { a_bytes: "\xfb\xff" } by_bool { key: true value: "A" } by_bool { key: false value: "" }`},
		{"enums", both, `{"aLevel": "LEVEL_HIGH", "anOdd": 1, "levels": ["LEVEL_VERY_HIGH", 0], "byNumber": {"-1": "LEVEL_HIGH"}}`,
			`a_level: LEVEL_HIGH an_odd: ODD levels: [LEVEL_VERY_HIGH, LEVEL_UNSPECIFIED] by_number { key: -1 value: LEVEL_HIGH }`},
		{"short enums", "yaml", "a_level: high\nan_odd: odd\nlevels: [very-high, Very_High, level-high, UNSPECIFIED, high]\n",
			`a_level: LEVEL_HIGH an_odd: ODD levels: [LEVEL_VERY_HIGH, LEVEL_VERY_HIGH, LEVEL_HIGH, LEVEL_UNSPECIFIED, LEVEL_HIGH]`},
		{"plain scalars", "yaml", "a_string: 1.10\none: yes\nchild: {a_string: 2019-05-24, one: 0x1F, id: true}\na_bool: True\nby_number: {7: high}\na_bytes: 1234\n",
			`a_string: "1.10" one: "yes" child { a_string: "2019-05-24" one: "0x1F" id: "true" } a_bool: true by_number { key: 7 value: LEVEL_HIGH } a_bytes: "\xd7m\xf8"`},
		{"nothing", "yaml", "a_string:\none: ~\nperhaps: null\n", ``},
		{"well-known types", both, `{"aTime": "2024-02-03T04:05:06Z", "aDuration": "1.5s", "aStruct": {"a": [1, null, "\u00e4"]}, "aValue": null, "values": [null, true]}`,
			`a_time { seconds: 1706933106 } a_duration { seconds: 1 nanos: 500000000 }
			a_struct { fields { key: "a" value { list_value { values { number_value: 1 } values { null_value: NULL_VALUE } values { string_value: "ä" } } } } }
			a_value { null_value: NULL_VALUE } values { null_value: NULL_VALUE } values { bool_value: true }`},
		{"deep", both, `{"child": {"children": [{"byName": {"x": {"id": "y"}}}]}}`, `child { children { by_name { key: "x" value { id: "y" } } } }`},
	}
	for _, tt := range tests {
		for _, encoding := range []reviewpkg.Encoding{reviewpkg.JSON, reviewpkg.YAML} {
			if tt.encoding != both && tt.encoding != string(encoding) {
				continue
			}
			t.Run(tt.name+" "+string(encoding), func(t *testing.T) {
				got := newEverything(t, `an_int32: 99`)
				if err := (reviewpkg.UnmarshalOptions{Encoding: encoding}).Unmarshal([]byte(tt.in), got); err != nil {
					t.Fatal(err)
				}
				if diff := cmp.Diff(newEverything(t, tt.want), got, protocmp.Transform(), cmpopts.EquateNaNs()); diff != "" {
					t.Errorf("(-want +got)\n%s", diff)
				}
			})
		}
	}
}

func TestDecodeErrors(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"bool", `{"aBool": "true"}`, `1:11: a_bool is the text "true", want true or false [wrong-type] at a_bool`},
		{"bytes", `{"aBytes": 1}`, `1:12: a_bytes is 1, want a text in base64 [wrong-type] at a_bytes`},
		{"not base64", `{"aBytes": "a?"}`, `1:12: a_bytes is the text "a?", which is not base64 [bad-format] at a_bytes`},
		{"float", `{"aFloat": "1,5"}`, `1:12: a_float is the text "1,5", want a number [wrong-type] at a_float`},
		{"large float", `{"aFloat": 1e39}`, `1:12: a_float is 1e39, which is too large a number [out-of-range] at a_float`},
		{"large double", `{"aDouble": 1e999}`, `1:13: a_double is 1e999, which is too large a number [out-of-range] at a_double`},
		{"fraction", `{"anInt32": 1.5}`, `1:13: an_int32 is 1.5, want a whole number [out-of-range] at an_int32`},
		{"small fraction", `{"anInt32": 1e-99999999999999999999}`, `1:13: an_int32 is 1e-99999999999999999999, want a whole number [out-of-range] at an_int32`},
		{"large exponent", `{"aUint64": 1e99999999999999999999}`, `1:13: a_uint64 is 1e99999999999999999999, want a number from 0 to 18446744073709551615 [out-of-range] at a_uint64`},
		{"exponent near the end of 64 bits", `{"anInt32": 1e9223372036854775807}`, `1:13: an_int32 is 1e9223372036854775807, want a number from -2147483648 to 2147483647 [out-of-range] at an_int32`},
		{"over 32 bits", `{"anInt32": 2147483648}`, `1:13: an_int32 is 2147483648, want a number from -2147483648 to 2147483647 [out-of-range] at an_int32`},
		{"over 64 bits", `{"anInt64": 1e19}`, `1:13: an_int64 is 1e19, want a number from -9223372036854775808 to 9223372036854775807 [out-of-range] at an_int64`},
		{"negative", `{"aFixed32": "-1"}`, `1:14: a_fixed32 is the text "-1", want a number from 0 to 4294967295 [out-of-range] at a_fixed32`},
		{"empty number", `{"anInt32": ""}`, `1:13: an_int32 is the text "", want a whole number [wrong-type] at an_int32`},
		{"number with space", `{"anInt32": " 1"}`, `1:13: an_int32 is the text " 1", want a whole number [wrong-type] at an_int32`},
		{"enum", `{"aLevel": true}`, `1:12: a_level is true, want a value of Level [wrong-type] at a_level`},
		{"enum name", `{"aLevel": "high"}`, `1:12: unknown value "high" of Level [unknown-value] at a_level (did you mean LEVEL_HIGH?)`},
		{"enum number", `{"levels": [1, 1.5, 99999999999]}`, "1:16: unknown value 1.5 of Level [unknown-value] at levels[1] (one of LEVEL_HIGH, LEVEL_VERY_HIGH)\n1:21: unknown value 99999999999 of Level [unknown-value] at levels[2] (one of LEVEL_HIGH, LEVEL_VERY_HIGH)"},
		{"message", `{"child": 1}`, `1:11: child is 1, want an object [wrong-type] at child (its fields are a_bool, a_string, a_bytes, a_float, a_double, an_int32, an_int64, a_uint32 and 21 more)`},
		{"map", `{"byName": [1]}`, `1:12: by_name is a list, want an object [wrong-type] at by_name`},
		{"map entry", `{"byName": {"x": 1, "y": null}}`, "1:18: an entry of by_name is 1, want an object [wrong-type] at by_name[\"x\"] (its fields are a_bool, a_string, a_bytes, a_float, a_double, an_int32, an_int64, a_uint32 and 21 more)\n1:26: an entry of by_name is null, want a value [wrong-type] at by_name[\"y\"]"},
		{"map key", `{"byNumber": {"x": 1, "01": 1}, "byBool": {"yes": ""}}`,
			"1:15: the key \"x\" of by_number is not a int32 [wrong-type] at by_number\n1:23: the key \"01\" of by_number is not a int32 [wrong-type] at by_number\n1:44: the key \"yes\" of by_bool is not a bool [wrong-type] at by_bool"},
		{"repeated map key", `{"byNumber": {"1": 1, "1": 2}}`, `1:23: key "1" stands twice in one object [duplicate-key] at by_number[1]`},
		{"oneof", `{"one": "x", "other": 1}`, `1:14: other and one are alternatives, only one of them may be set [inconsistent] at other`},
		{"two spellings", `{"a_string": "x", "aString": "x"}`, `1:19: field a_string is set twice in one object [duplicate-key] at a_string`},
		{"time", `{"aTime": "yesterday", "aDuration": 5}`, "1:11: a_time is the text \"yesterday\", which is no google.protobuf.Timestamp [bad-format] at a_time\n1:37: a_duration is 5, which is no google.protobuf.Duration [bad-format] at a_duration"},
		{"repeated key in struct", `{"aStruct": {"a": {"b": 1, "b": 2}}}`, `1:28: key "b" stands twice in one object [duplicate-key] at a_struct`},
		{"paths", `{"children": [{"id": "a", "nope": 1}, {"id": "a", "nope": 1}, {"id": "b", "byName": {"k\"": {"nope": 1}}}, {"id": 5, "nope": 1}]}`,
			"1:27: unknown field \"nope\" in Everything [unknown-field] at children[0].nope\n1:51: unknown field \"nope\" in Everything [unknown-field] at children[1].nope\n" +
				"1:94: unknown field \"nope\" in Everything [unknown-field] at children[\"b\"].by_name[\"k\\\"\"].nope\n1:115: id is 5, want a text [wrong-type] at children[3].id\n1:118: unknown field \"nope\" in Everything [unknown-field] at children[3].nope"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			err := (reviewpkg.UnmarshalOptions{Encoding: reviewpkg.JSON}).Unmarshal([]byte(tt.in), newEverything(t, ""))
			if err == nil {
				t.Fatal("got no error")
			}
			if diff := cmp.Diff(tt.want, err.Error()); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

func TestDecodeLongNames(t *testing.T) {
	long := strings.Repeat("x", 10_000)
	in := fmt.Sprintf(`{"%[1]s": 1, "children": [{"id": "%[1]s", "aBool": "%[1]s"}], "byName": {"%[1]s": {"aLevel": "%[1]s", "anInt32": "%[1]s"}}}`, long)
	err := (reviewpkg.UnmarshalOptions{}).Unmarshal([]byte(in), newEverything(t, ""))
	var invalid *reviewpkg.InvalidError
	if !errors.As(err, &invalid) || len(invalid.Diagnostics) != 4 {
		t.Fatalf("got %.1000v, want 4 diagnostics", err)
	}
	for _, d := range invalid.Diagnostics {
		if len(d.Message) > 160 || len(d.Path) > 160 {
			t.Errorf("%s: the message has %d bytes, the path %d", d.Code, len(d.Message), len(d.Path))
		}
	}
}

func TestDecodeStopsSomewhere(t *testing.T) {
	for name, in := range map[string]string{
		"fields":  "{" + strings.Repeat(`"nope": 1, `, 5000) + `"id": ""}`,
		"items":   `{"numbers": [` + strings.Repeat(`"x", `, 5000) + `1]}`,
		"entries": `{"byNumber": {` + strings.Repeat(`"x": 1, `, 5000) + `"1": 1}}`,
	} {
		err := (reviewpkg.UnmarshalOptions{AllowUnknown: true}).Unmarshal([]byte(in), newEverything(t, ""))
		var invalid *reviewpkg.InvalidError
		if !errors.As(err, &invalid) {
			t.Fatalf("%s: got %v, want an *InvalidError", name, err)
		}
		if n := len(invalid.Diagnostics); n != 1001 || invalid.Diagnostics[n-1].Code != reviewpkg.TooLarge {
			t.Errorf("%s: got %d diagnostics, the last of which is %v, want 1001 with too-large at the end", name, n, invalid.Diagnostics[n-1])
		}
	}
}

// TestDecodeManyMembers has as many mistakes as are reported, each of them in a
// path that needs the id at the end of an item with as many members as may be.
// What that costs is for BenchmarkManyMembers.
func TestDecodeManyMembers(t *testing.T) {
	in := `{"children": [{` + strings.Repeat(`"nope": 1, `, 900_000) + `"id": "last"}]}`
	err := (reviewpkg.UnmarshalOptions{}).Unmarshal([]byte(in), newEverything(t, ""))
	var invalid *reviewpkg.InvalidError
	if !errors.As(err, &invalid) || invalid.Diagnostics[0].Path != `children["last"].nope` {
		t.Fatalf("got %.1000v, want an error at children[\"last\"].nope", err)
	}
}

// TestDecodeTaggedBool has what the YAML parser calls a boolean only because a
// tag says so.
func TestDecodeTaggedBool(t *testing.T) {
	for in, want := range map[string]string{
		"a_bool: !!bool ''\n":      "1:9: a_bool is the text \"\", want true or false [wrong-type] at a_bool",
		"a_bool: !!bool yes\n":     "1:9: a_bool is the text \"yes\", want true or false [wrong-type] at a_bool",
		"a_struct: {a: !!bool ''}": "",
	} {
		err := (reviewpkg.UnmarshalOptions{Encoding: reviewpkg.YAML}).Unmarshal([]byte(in), newEverything(t, ""))
		if got := fmt.Sprint(err); want == "" && err != nil || want != "" && got != want {
			t.Errorf("%q: got %s, want %s", in, got, want)
		}
	}
}

func TestAllowUnknown(t *testing.T) {
	in := `{"nope": {"deep": 1}, "aLevel": "HIHG", "levels": ["LEVEL_HIGH", "X"], "byNumber": {"1": "X"}, "child": {"anOdd": 7}}`
	var got []string
	m := newEverything(t, "")
	err := reviewpkg.UnmarshalOptions{AllowUnknown: true, Report: func(d reviewpkg.Diagnostic) { got = append(got, d.Error()) }}.Unmarshal([]byte(in), m)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		`1:2: warning: unknown field "nope" in Everything [unknown-field] at nope`,
		`1:33: warning: unknown value "HIHG" of Level [unknown-value] at a_level (did you mean LEVEL_HIGH?)`,
		`1:66: warning: unknown value "X" of Level [unknown-value] at levels[1] (one of LEVEL_HIGH, LEVEL_VERY_HIGH)`,
		`1:90: warning: unknown value "X" of Level [unknown-value] at by_number[1] (one of LEVEL_HIGH, LEVEL_VERY_HIGH)`,
		`1:115: warning: unknown value 7 of Odd [unknown-value] at child.an_odd (one of ODD)`,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if diff := cmp.Diff(newEverything(t, `levels: LEVEL_HIGH child {}`), m, protocmp.Transform()); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}
