package reviewpkg_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/encoding/protowire"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/testing/protocmp"
	"google.golang.org/protobuf/types/known/structpb"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
	"github.com/reviewpkg/sdk/reviewpkg"
)

// minimal is the smallest valid package in YAML.
const minimal = `schema: reviewpkg.v1.ReviewPackage
id: p
title: T
project: {name: P}
status: draft
`

func TestUnmarshalEncoding(t *testing.T) {
	want := &reviewpkgv1.ReviewPackage{}
	if err := reviewpkg.Unmarshal([]byte(minimal), want); err != nil {
		t.Fatal(err)
	}
	data := map[reviewpkg.Encoding][]byte{}
	for _, encoding := range encodings {
		var err error
		if data[encoding], err = (reviewpkg.MarshalOptions{Encoding: encoding}).Marshal(want); err != nil {
			t.Fatal(err)
		}
	}
	bom := []byte("\uFEFF \n")
	tests := []struct {
		name string
		opts reviewpkg.UnmarshalOptions
		data []byte
	}{
		{"json by extension", reviewpkg.UnmarshalOptions{Filename: "a.JSON"}, data["json"]},
		{"yaml by extension", reviewpkg.UnmarshalOptions{Filename: "a.yaml"}, data["yaml"]},
		{"yml by extension", reviewpkg.UnmarshalOptions{Filename: "a.yml"}, data["yaml"]},
		{"binpb by extension", reviewpkg.UnmarshalOptions{Filename: "a.binpb"}, data["binary"]},
		{"pb by extension", reviewpkg.UnmarshalOptions{Filename: "a.pb"}, data["binary"]},
		{"txtpb by extension", reviewpkg.UnmarshalOptions{Filename: "a.txtpb"}, data["text"]},
		{"textproto by extension", reviewpkg.UnmarshalOptions{Filename: "a.textproto"}, data["text"]},
		{"json by first byte", reviewpkg.UnmarshalOptions{Filename: "a.txt"}, append(bom, data["json"]...)},
		{"yaml by first byte", reviewpkg.UnmarshalOptions{}, append(bom, data["yaml"]...)},
		{"binary by first bytes", reviewpkg.UnmarshalOptions{}, data["binary"]},
		{"given", reviewpkg.UnmarshalOptions{Filename: "a.json", Encoding: reviewpkg.YAML}, data["yaml"]},
		{"json is yaml", reviewpkg.UnmarshalOptions{Encoding: reviewpkg.YAML}, data["json"]},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := &reviewpkgv1.ReviewPackage{}
			if err := tt.opts.Unmarshal(tt.data, got); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, got, protocmp.Transform()); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

func TestUnmarshalMisuse(t *testing.T) {
	const none = "unmarshal: there is no message to read into"
	tests := []struct {
		name string
		opts reviewpkg.UnmarshalOptions
		m    proto.Message
		want string
	}{
		{"nothing", reviewpkg.UnmarshalOptions{}, nil, none},
		{"nil", reviewpkg.UnmarshalOptions{}, (*reviewpkgv1.Policy)(nil), none},
		{"encoding", reviewpkg.UnmarshalOptions{Encoding: "toml"}, &reviewpkgv1.Policy{}, `unknown encoding "toml", want json, yaml, binary or text`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			err := tt.opts.Unmarshal([]byte(minimal), tt.m)
			var invalid *reviewpkg.InvalidError
			if err == nil || err.Error() != tt.want || errors.As(err, &invalid) {
				t.Errorf("got %v, want %s", err, tt.want)
			}
		})
	}
}

func TestUnmarshalReplaces(t *testing.T) {
	old := reviewpkgv1.ReviewPackage_builder{Version: "old", Labels: map[string]string{"a": "b"}}.Build()
	m := proto.CloneOf(old)
	if err := reviewpkg.Unmarshal([]byte(minimal+"no: such field\n"), m); !errors.Is(err, reviewpkg.UnknownField) {
		t.Errorf("got %v, want unknown-field", err)
	}
	if diff := cmp.Diff(old, m, protocmp.Transform()); diff != "" {
		t.Errorf("a document with mistakes changed the message (-want +got)\n%s", diff)
	}
	if err := reviewpkg.Unmarshal([]byte(minimal), m); err != nil {
		t.Fatal(err)
	}
	if m.GetVersion() != "" || len(m.GetLabels()) != 0 || m.GetId() != "p" {
		t.Errorf("the old content is still there: %v", m)
	}
}

// TestUnmarshalCauses has documents whose mistakes would have echoes.
func TestUnmarshalCauses(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"misspelt value", "status: drfat", `5:9: unknown value "drfat" of PackageStatus [unknown-value] at status (did you mean draft?)`},
		{"misspelt field", "stauts: draft", `5:1: unknown field "stauts" in ReviewPackage [unknown-field] at stauts (did you mean status?)`},
		{"unlike any field", "x: draft", "1:1: status is missing [missing-field] at status (one of PACKAGE_STATUS_DRAFT, PACKAGE_STATUS_READY_FOR_REVIEW, PACKAGE_STATUS_IN_REVIEW, PACKAGE_STATUS_FINAL, PACKAGE_STATUS_OBSOLETE)\n" +
			`5:1: unknown field "x" in ReviewPackage [unknown-field] at x`},
		{"below", "status: draft\nartifacts: [5]", `6:13: an item of artifacts is 5, want an object [wrong-type] at artifacts[0] (its fields are id, kind, title, path, url, media_type, sha256, size and 6 more)`},
		{"whole list", "status: draft\nartifacts: 5", `6:12: artifacts is 5, want a list [wrong-type] at artifacts`},
		{"contradiction", "status: obsolte\nobsolete_reason: old", `5:9: unknown value "obsolte" of PackageStatus [unknown-value] at status (did you mean obsolete?)`},
		{"elsewhere", "status: draft\nversion: [1]\nrenewal_due: {value: 24}", "6:10: version is a list, want a text [wrong-type] at version\n" +
			`7:22: date "24" must be a date written YYYY, YYYY-MM or YYYY-MM-DD [bad-date] at renewal_due.value (write it YYYY-MM-DD, or YYYY-MM or YYYY where less is known)`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			in := strings.Replace(minimal, "status: draft", tt.in, 1)
			err := reviewpkg.Unmarshal([]byte(in), &reviewpkgv1.ReviewPackage{})
			if err == nil {
				t.Fatal("got no error")
			}
			if diff := cmp.Diff(tt.want, err.Error()); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

func TestUnmarshalPositionLength(t *testing.T) {
	err := reviewpkg.UnmarshalOptions{Filename: "x.json"}.Unmarshal([]byte(`{"schema": "Policy", "rules": []}`), &reviewpkgv1.Policy{})
	var d *reviewpkg.Diagnostic
	if !errors.As(err, &d) {
		t.Fatalf("got %v, want a *Diagnostic", err)
	}
	if want := (reviewpkg.Position{Filename: "x.json", Line: 1, Column: 12, Length: 8}); d.Pos != want {
		t.Errorf("got %+v, want %+v", d.Pos, want)
	}
}

func TestUnmarshalBinary(t *testing.T) {
	pkg := &reviewpkgv1.ReviewPackage{}
	if err := reviewpkg.Unmarshal([]byte(minimal), pkg); err != nil {
		t.Fatal(err)
	}
	data, err := reviewpkg.MarshalOptions{Encoding: reviewpkg.Binary}.Marshal(pkg)
	if err != nil {
		t.Fatal(err)
	}
	unknown := protowire.AppendVarint(protowire.AppendTag(nil, 1000, protowire.VarintType), 7)
	project := protowire.AppendBytes(protowire.AppendTag(nil, 4, protowire.BytesType), unknown)
	withUnknown := append(append(append([]byte{}, data...), unknown...), project...)
	other, err := proto.Marshal(reviewpkgv1.Policy_builder{Schema: "reviewpkg.v1.Policy"}.Build())
	if err != nil {
		t.Fatal(err)
	}
	deep := []byte{}
	for range 60 { // a list of a list of ...
		deep = protowire.AppendBytes(protowire.AppendTag(nil, 6, protowire.BytesType), protowire.AppendBytes(protowire.AppendTag(nil, 1, protowire.BytesType), deep))
	}
	group := append(append([]byte{}, data...), protowire.AppendGroup(protowire.AppendTag(nil, 4, protowire.StartGroupType), 4, unknown)...)
	packed := protowire.AppendBytes(protowire.AppendTag(nil, 6, protowire.BytesType), make([]byte, 50))
	empty := strings.Repeat(string(protowire.AppendBytes(protowire.AppendTag(nil, 27, protowire.BytesType), nil)), 41)
	tests := []struct {
		name, in string
		m        proto.Message
		want     string
	}{
		{"valid", string(data), pkg, ""},
		{"unknown fields", string(withUnknown), pkg, "f: warning: unknown field number 1000 in ReviewPackage, kept as it is [unknown-field] at @unknown\n" +
			"f: warning: unknown field number 1000 in Project, kept as it is [unknown-field] at project.@unknown\n"},
		{"cut off", string(data[:len(data)-1]), pkg, "f: not a message in binary form: cannot parse invalid wire-format data [syntax]\n"},
		{"empty", "", pkg, "f: the document does not say what it is [wrong-kind] at schema (schema must be reviewpkg.v1.ReviewPackage)\n"},
		{"other kind", string(other), pkg, "f: the document is of the kind \"reviewpkg.v1.Policy\", want reviewpkg.v1.ReviewPackage [wrong-kind] at schema\n"},
		{"too many", empty, pkg, "f: the document has more than 40 values [too-large]\n"},
		{"too many packed", string(packed), pkg, "f: the document has more than 40 values [too-large]\n"},
		{"too long", strings.Repeat("x", 1001), pkg, "f: the document has 1001 bytes, at most 1000 are allowed [too-large]\n"},
		{"message as a group", string(group), pkg, "f: warning: unknown field number 4 in ReviewPackage, kept as it is [unknown-field] at @unknown\n"},
		{"too deep", string(deep), &structpb.Value{}, "f: the document is nested more than 20 levels deep [too-large]\n"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got strings.Builder
			m := tt.m.ProtoReflect().New().Interface()
			err := reviewpkg.UnmarshalOptions{
				Encoding: reviewpkg.Binary, Filename: "f", MaxNodes: 40, MaxDepth: 20, MaxBytes: 1000,
				Report: func(d reviewpkg.Diagnostic) { got.WriteString(d.Error() + "\n") },
			}.Unmarshal([]byte(tt.in), m)
			want := tt.want
			if tt.name == "empty" {
				want, _, _ = strings.Cut(got.String(), "f: id") // what else is missing is no matter of this test
			}
			if diff := cmp.Diff(want, got.String()[:min(len(want), got.Len())]); diff != "" || (err == nil) != (tt.want == "" || strings.Contains(tt.want, "warning")) {
				t.Errorf("error %v (-want +got)\n%s", err, diff)
			}
			if tt.name == "unknown fields" {
				if back, _ := (reviewpkg.MarshalOptions{Encoding: reviewpkg.Binary}).Marshal(m); len(back) < len(data)+2*len(unknown) {
					t.Errorf("the unknown fields got lost: %x", back)
				}
			}
		})
	}
}

func TestUnmarshalText(t *testing.T) {
	valid := `schema: "reviewpkg.v1.ReviewPackage" id: "p" title: "T # \" {{{{" project { name: 'P' } status: PACKAGE_STATUS_DRAFT # {{{{
`
	tests := []struct{ name, in, want string }{
		{"valid", valid, ""},
		{"unknown field", valid + "\n nope: 1", "f:3:2: unknown field: nope [syntax]"},
		{"unknown value", valid + "processes: X", `f:2:12: invalid value for enum type: X [syntax]`},
		{"syntax", valid + "labels ; 1", `f:2:8: invalid scalar value: ; [syntax]`},
		{"end", valid + "labels {", `f: unexpected EOF [syntax]`},
		{"other kind", `schema: "x"`, `f: the document is of the kind "x", want reviewpkg.v1.ReviewPackage [wrong-kind] at schema`},
		{"too many", strings.Repeat("findings{}", 41), "f: the document has more than 40 values [too-large]"},
		{"byte order mark", "\uFEFF" + valid, ""},
		{"wide characters behind a byte order mark", "\uFEFFid: '\u00e4\U0001F600' nope: 1", "f:1:10: unknown field: nope [syntax]"},
		{"control characters", "artifacts { size: '\x1b[31m\a' \n }", "f:1:19: invalid value for int64 type: '\uFFFD[31m\uFFFD' [syntax]"},
		{"too many items", "notices: [" + strings.Repeat("'',", 41) + "]", "f: the document has more than 40 values [too-large]"},
		{"too deep", strings.Repeat("project<", 21), "f: the document is nested more than 20 levels deep [too-large]"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			err := reviewpkg.UnmarshalOptions{Encoding: reviewpkg.Text, Filename: "f", MaxNodes: 40, MaxDepth: 20}.Unmarshal([]byte(tt.in), &reviewpkgv1.ReviewPackage{})
			switch {
			case tt.want == "" && err != nil:
				t.Errorf("got %v, want no error", err)
			case tt.want != "" && (err == nil || err.Error() != tt.want):
				t.Errorf("got %v, want %s", err, tt.want)
			}
		})
	}
}

// What breaks a rule of the model can be read by name, and is still told; what
// cannot be decoded, or is something else, cannot.
func TestUnmarshalInvalid(t *testing.T) {
	var told []string
	opts := reviewpkg.UnmarshalOptions{Filename: "p.yaml", AllowInvalid: true, Report: func(d reviewpkg.Diagnostic) {
		told = append(told, d.Error())
	}}
	got := &reviewpkgv1.ReviewPackage{}
	if err := opts.Unmarshal([]byte("schema: reviewpkg.v1.ReviewPackage\nid: p\nfindings: [{id: f, title: F}, {id: f, title: G}]"), got); err != nil {
		t.Fatal(err)
	}
	if len(got.GetFindings()) != 2 {
		t.Errorf("read as %v", got)
	}
	all := strings.Join(told, "\n")
	for _, want := range []string{"warning: title is missing [missing-field]", "p.yaml:3:", "[duplicate-id]"} {
		if !strings.Contains(all, want) {
			t.Errorf("nobody told %q:\n%s", want, all)
		}
	}
	for text, want := range map[string]error{
		"id: p":                                   reviewpkg.WrongKind,
		"schema: reviewpkg.v1.Policy":             reviewpkg.WrongKind,
		minimal + "color: red":                    reviewpkg.UnknownField,
		minimal + "version: [1]":                  reviewpkg.WrongType,
		minimal + "summary: {completed: [}":       reviewpkg.Syntax,
		strings.Replace(minimal, "draft", "?", 1): reviewpkg.Syntax,
		strings.Replace(minimal, "draft", "x", 1): reviewpkg.UnknownValue,
	} {
		if err := opts.Unmarshal([]byte(text), got); !errors.Is(err, want) {
			t.Errorf("%s: %v, want %s", text, err, want)
		}
	}
}
