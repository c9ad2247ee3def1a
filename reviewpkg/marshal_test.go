package reviewpkg_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/testing/protocmp"
	"pgregory.net/rapid"

	"github.com/reviewpkg/sdk/internal/randpkg"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
	"github.com/reviewpkg/sdk/reviewpkg"
)

// sample is written in every encoding by TestMarshal.
func sample() *reviewpkgv1.ReviewPackage {
	return reviewpkgv1.ReviewPackage_builder{
		Schema: "reviewpkg.v1.ReviewPackage", Id: "sample", Title: "A <b>sample</b> & \"more\"  x",
		Project: reviewpkgv1.Project_builder{Name: "P", Version: "1.10"}.Build(),
		Status:  reviewpkgv1.PackageStatus_PACKAGE_STATUS_DRAFT,
		Labels:  map[string]string{"b": "2", "a": "1"},
		Notices: []string{"one", "First line.\n\nSecond: line.\n", `a\`},
		Artifacts: []*reviewpkgv1.Artifact{reviewpkgv1.Artifact_builder{
			Id: "a", Kind: reviewpkgv1.ArtifactKind_ARTIFACT_KIND_SLIDES, Path: "a.pdf", Size: proto.Int64(5),
		}.Build(), {}},
	}.Build()
}

func TestMarshal(t *testing.T) {
	tests := []struct {
		name string
		opts reviewpkg.MarshalOptions
		want string
	}{
		{"json", reviewpkg.MarshalOptions{}, `{
  "schema": "reviewpkg.v1.ReviewPackage",
  "id": "sample",
  "title": "A <b>sample</b> & \"more\"  x",
  "project": {
    "name": "P",
    "version": "1.10"
  },
  "status": "PACKAGE_STATUS_DRAFT",
  "labels": {
    "a": "1",
    "b": "2"
  },
  "artifacts": [
    {
      "id": "a",
      "kind": "ARTIFACT_KIND_SLIDES",
      "path": "a.pdf",
      "size": "5"
    },
    {}
  ],
  "notices": [
    "one",
    "First line.\n\nSecond: line.\n",
    "a\\"
  ]
}
`},
		{"yaml", reviewpkg.MarshalOptions{Encoding: reviewpkg.YAML}, `schema: reviewpkg.v1.ReviewPackage
id: sample
title: A <b>sample</b> & "more"  x
project:
  name: P
  version: "1.10"
status: PACKAGE_STATUS_DRAFT
labels:
  a: "1"
  b: "2"
artifacts:
  - id: a
    kind: ARTIFACT_KIND_SLIDES
    path: a.pdf
    size: 5
  - {}
notices:
  - one
  - |
    First line.

    Second: line.
  - a\
`},
		{"text", reviewpkg.MarshalOptions{Encoding: reviewpkg.Text, Indent: "\t"}, `schema: "reviewpkg.v1.ReviewPackage"
id: "sample"
title: "A <b>sample</b> & \"more\"  x"
project: {
	name: "P"
	version: "1.10"
}
status: PACKAGE_STATUS_DRAFT
labels: {
	key: "a"
	value: "1"
}
labels: {
	key: "b"
	value: "2"
}
artifacts: {
	id: "a"
	kind: ARTIFACT_KIND_SLIDES
	path: "a.pdf"
	size: 5
}
artifacts: {}
notices: "one"
notices: "First line.\n\nSecond: line.\n"
notices: "a\\"
`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := tt.opts.Marshal(sample())
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, string(got)); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

func TestMarshalIndent(t *testing.T) {
	got, err := reviewpkg.MarshalOptions{Indent: "\t"}.Marshal(reviewpkgv1.Date_builder{Value: "2020"}.Build())
	if want := "{\n\t\"value\": \"2020\"\n}\n"; err != nil || string(got) != want {
		t.Errorf("got %q and %v, want %q", got, err, want)
	}
}

func TestMarshalErrors(t *testing.T) {
	bad := reviewpkgv1.Date_builder{Value: "\xff"}.Build()
	tests := []struct {
		name string
		opts reviewpkg.MarshalOptions
		m    proto.Message
		want string
	}{
		{"nothing", reviewpkg.MarshalOptions{}, nil, "marshal: there is no message to write"},
		{"nil", reviewpkg.MarshalOptions{}, (*reviewpkgv1.Date)(nil), "marshal: there is no message to write"},
		{"encoding", reviewpkg.MarshalOptions{Encoding: "xml"}, sample(), `unknown encoding "xml", want json, yaml, binary or text`},
		{"indentation", reviewpkg.MarshalOptions{Indent: "--"}, sample(), `marshal: the indentation "--" is not made of spaces and tabs`},
		{"invalid JSON", reviewpkg.MarshalOptions{}, bad, "marshal json: field reviewpkg.v1.Date.value contains invalid UTF-8"},
		{"invalid YAML", reviewpkg.MarshalOptions{Encoding: reviewpkg.YAML}, bad, "marshal yaml: field reviewpkg.v1.Date.value is not valid UTF-8"},
		{"invalid key", reviewpkg.MarshalOptions{Encoding: reviewpkg.YAML}, reviewpkgv1.ReviewPackage_builder{Labels: map[string]string{"\xff": ""}}.Build(), "marshal yaml: a key of field reviewpkg.v1.ReviewPackage.labels is not valid UTF-8"},
		{"invalid text", reviewpkg.MarshalOptions{Encoding: reviewpkg.Text}, bad, "marshal text: field reviewpkg.v1.Date.value contains invalid UTF-8"},
		{"invalid value", reviewpkg.MarshalOptions{Encoding: reviewpkg.YAML}, newEverything(t, "a_value {}"), "marshal yaml: google.protobuf.Value: none of the oneof fields is set"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if _, err := tt.opts.Marshal(tt.m); err == nil || err.Error() != tt.want {
				t.Errorf("got %v, want %s", err, tt.want)
			}
		})
	}
	if _, err := reviewpkg.Digest(bad); err == nil {
		t.Error("a message that cannot be written has a digest")
	}
}

func TestDigest(t *testing.T) {
	got, err := reviewpkg.Digest(reviewpkgv1.Date_builder{Value: "2020"}.Build())
	// printf '{\n  "value": "2020"\n}\n' | sha256sum
	const want = "sha256:0133db0dee4b4f73ef18c767a5b832a4a2bf41531f02f12435a9282d5677e181"
	if err != nil || got != want {
		t.Errorf("got %s and %v, want %s", got, err, want)
	}
}

// encodings are all ways to write a message.
var encodings = []reviewpkg.Encoding{reviewpkg.JSON, reviewpkg.YAML, reviewpkg.Binary, reviewpkg.Text}

// roundTrip fails if m does not come back from an encoding, or is written
// differently the second time. Kinds without rules of their own are read back
// with all checks.
func roundTrip(t interface {
	Helper()
	Fatalf(string, ...any)
}, m proto.Message, encoding reviewpkg.Encoding) {
	t.Helper()
	data, err := reviewpkg.MarshalOptions{Encoding: encoding}.Marshal(m)
	if err != nil {
		t.Fatalf("%s: %v", encoding, err)
	}
	got := m.ProtoReflect().New().Interface()
	if err := (reviewpkg.UnmarshalOptions{Encoding: encoding, MaxDepth: 1000}).Unmarshal(data, got); err != nil {
		t.Fatalf("%s: %v\n%s", encoding, err, data)
	}
	if diff := cmp.Diff(m, got, protocmp.Transform()); diff != "" {
		t.Fatalf("%s: (-want +got)\n%s\n%s", encoding, diff, data)
	}
	again, err := reviewpkg.MarshalOptions{Encoding: encoding}.Marshal(got)
	if err != nil || !bytes.Equal(data, again) {
		t.Fatalf("%s: the second time it is written %s and %v, the first time %s", encoding, again, err, data)
	}
}

// TestRoundTripHostileText holds every encoding to every text. The descriptor
// is one without rules, so that nothing is wrong with any content.
func TestRoundTripHostileText(t *testing.T) {
	kind := everythingType(t)
	rapid.Check(t, func(t *rapid.T) {
		m := newMessage(kind)
		randpkg.Message(t, m)
		for _, encoding := range encodings {
			roundTrip(t, m, encoding)
		}
	})
}

func TestRoundTripPackage(t *testing.T) {
	for _, encoding := range encodings {
		roundTrip(t, syntheticPackage(3), encoding)
	}
}

// TestDecodedAlike reads what JSON and YAML make of one message, whatever is
// wrong with it, and compares the diagnostics: they may only differ in places.
func TestDecodedAlike(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := randpkg.Package(t)
		before := proto.Clone(m)
		var said [2]string
		for i, encoding := range encodings[:2] {
			data, err := reviewpkg.MarshalOptions{Encoding: encoding}.Marshal(m)
			if err != nil {
				t.Fatal(err)
			}
			var lines strings.Builder
			_ = reviewpkg.UnmarshalOptions{Encoding: encoding, Report: func(d reviewpkg.Diagnostic) {
				if d.Pos.Line == 0 || d.Pos.Column == 0 {
					t.Fatalf("%s: no place for %s", encoding, d.Error())
				}
				d.Pos = reviewpkg.Position{}
				lines.WriteString(d.Error() + "\n")
			}}.Unmarshal(data, &reviewpkgv1.ReviewPackage{})
			said[i] = sortLines(lines.String())
		}
		if diff := cmp.Diff(said[0], said[1]); diff != "" {
			t.Fatalf("(-json +yaml)\n%s", diff)
		}
		if want := sortLines(diagnosed(m)); said[0] != want {
			t.Fatalf("(-message +json)\n%s", cmp.Diff(want, said[0]))
		}
		if !proto.Equal(m, before) {
			t.Fatal("the message was changed")
		}
	})
}

// diagnosed returns the diagnostics of a message, one on a line.
func diagnosed(m proto.Message) string {
	var b strings.Builder
	for _, d := range reviewpkg.Diagnose(m) {
		b.WriteString(d.Error() + "\n")
	}
	return b.String()
}

func TestMarshalFloats(t *testing.T) {
	const content = `a_float: nan a_double: inf child { a_double: -inf a_float: 0.1 } children { a_double: 1e300 } children { a_double: -0.0 }`
	want := map[reviewpkg.Encoding]string{
		reviewpkg.JSON: "{\n\t\"aFloat\": \"NaN\",\n\t\"aDouble\": \"Infinity\",\n\t\"child\": {\n\t\t\"aFloat\": 0.1,\n\t\t\"aDouble\": \"-Infinity\"\n\t},\n" +
			"\t\"children\": [\n\t\t{\n\t\t\t\"aDouble\": 1e+300\n\t\t},\n\t\t{\n\t\t\t\"aDouble\": -0\n\t\t}\n\t]\n}\n",
		reviewpkg.YAML: "a_float: NaN\na_double: Infinity\nchild:\n  a_float: 0.1\n  a_double: \"-Infinity\"\nchildren:\n  - a_double: 1e+300\n  - a_double: -0\n",
	}
	m := newEverything(t, content)
	for encoding, text := range want {
		got, err := reviewpkg.MarshalOptions{Encoding: encoding, Indent: "\t"}.Marshal(m)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(text, string(got)); diff != "" {
			t.Errorf("%s (-want +got)\n%s", encoding, diff)
		}
		back := newEverything(t, "")
		if err := (reviewpkg.UnmarshalOptions{Encoding: encoding}).Unmarshal(got, back); err != nil {
			t.Error(err)
		}
		if diff := cmp.Diff(m, back, protocmp.Transform(), cmpopts.EquateNaNs()); diff != "" {
			t.Errorf("%s (-want +got)\n%s", encoding, diff)
		}
	}
}

func TestMarshalUnknownEnum(t *testing.T) {
	got, err := reviewpkg.MarshalOptions{Encoding: reviewpkg.YAML}.Marshal(newEverything(t, "an_odd: 7"))
	if err != nil || string(got) != "an_odd: 7\n" {
		t.Errorf("got %q and %v", got, err)
	}
}
