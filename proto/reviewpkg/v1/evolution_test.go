package reviewpkgv1_test

import (
	"errors"
	"strings"
	"testing"

	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protodesc"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/reflect/protoregistry"
	"google.golang.org/protobuf/types/descriptorpb"
	"google.golang.org/protobuf/types/dynamicpb"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
	"github.com/reviewpkg/sdk/reviewpkg"
)

// laterPackage is a package of the model of laterModel: it has a field that this
// version does not know in the package, in an object and in an item of a list.
const laterPackage = `{"schema": "reviewpkg.v1.ReviewPackage", "id": "later", "title": "A later one", "status": "PACKAGE_STATUS_DRAFT",
	"later_words": ["a", "b"], "project": {"name": "barbican", "later_level": "LEVEL_LATER"},
	"findings": [{"id": "f-1", "title": "one", "state": "FINDING_STATE_AGREED", "later_part": {"title": "inside"}}]}`

// laterModel returns the package of a later version of the model: with more
// fields, and with one more level.
func laterModel(t *testing.T) protoreflect.MessageDescriptor {
	t.Helper()
	set := &descriptorpb.FileDescriptorSet{}
	added := map[string]bool{}
	var add func(file protoreflect.FileDescriptor)
	add = func(file protoreflect.FileDescriptor) {
		if added[file.Path()] {
			return
		}
		added[file.Path()] = true
		for i := range file.Imports().Len() {
			add(file.Imports().Get(i).FileDescriptor)
		}
		set.File = append(set.File, later(protodesc.ToFileDescriptorProto(file)))
	}
	add(reviewpkgv1.File_reviewpkg_v1_package_proto)
	files, err := protodesc.NewFiles(set)
	if err != nil {
		t.Fatal(err)
	}
	d, err := files.FindDescriptorByName("reviewpkg.v1.ReviewPackage")
	if err != nil {
		t.Fatal(err)
	}
	return d.(protoreflect.MessageDescriptor)
}

// later adds to a file what a later version adds.
func later(file *descriptorpb.FileDescriptorProto) *descriptorpb.FileDescriptorProto {
	field := func(m *descriptorpb.DescriptorProto, name string, label descriptorpb.FieldDescriptorProto_Label, kind descriptorpb.FieldDescriptorProto_Type, of string) {
		fd := &descriptorpb.FieldDescriptorProto{Name: &name, Number: proto.Int32(900), Label: &label, Type: &kind}
		if of != "" {
			fd.TypeName = &of
		}
		m.Field = append(m.Field, fd)
	}
	const one, many = descriptorpb.FieldDescriptorProto_LABEL_OPTIONAL, descriptorpb.FieldDescriptorProto_LABEL_REPEATED
	for _, m := range file.GetMessageType() {
		switch m.GetName() {
		case "ReviewPackage":
			field(m, "later_words", many, descriptorpb.FieldDescriptorProto_TYPE_STRING, "")
		case "Project":
			field(m, "later_level", one, descriptorpb.FieldDescriptorProto_TYPE_ENUM, ".reviewpkg.v1.Level")
		case "Finding":
			field(m, "later_part", one, descriptorpb.FieldDescriptorProto_TYPE_MESSAGE, ".reviewpkg.v1.Link")
		}
	}
	for _, e := range file.GetEnumType() {
		if e.GetName() == "Level" {
			e.Value = append(e.Value, &descriptorpb.EnumValueDescriptorProto{Name: proto.String("LEVEL_LATER"), Number: proto.Int32(6)})
		}
	}
	return file
}

// newLater returns the package of the later version.
func newLater(t *testing.T, text string) proto.Message {
	t.Helper()
	m := dynamicpb.NewMessage(laterModel(t))
	options := protojson.UnmarshalOptions{Resolver: dynamicpb.NewTypes(new(protoregistry.Files))}
	if err := options.Unmarshal([]byte(text), m); err != nil {
		t.Fatal(err)
	}
	return m
}

// TestLaterFieldsSurvive sends a package of a later version through this one, in
// binary form, with a change on the way: nothing that this version does not know
// gets lost, and each place is named.
func TestLaterFieldsSurvive(t *testing.T) {
	t.Parallel()
	wrote := newLater(t, laterPackage)
	data, err := proto.Marshal(wrote)
	if err != nil {
		t.Fatal(err)
	}
	var warned []string
	p := new(reviewpkgv1.ReviewPackage)
	options := reviewpkg.UnmarshalOptions{Encoding: reviewpkg.Binary, Report: func(d reviewpkg.Diagnostic) {
		if d.Code == reviewpkg.UnknownField && d.Level == reviewpkg.LevelWarning {
			warned = append(warned, d.Path)
		}
	}}
	if err := options.Unmarshal(data, p); err != nil {
		t.Fatal(err)
	}
	if len(warned) != 3 || !strings.HasPrefix(warned[1]+warned[2], "project") || !strings.Contains(warned[2], `findings["f-1"]`) {
		t.Errorf("warnings are about %q", warned)
	}
	p.SetTitle("An edited one")
	again, err := reviewpkg.MarshalOptions{Encoding: reviewpkg.Binary}.Marshal(p)
	if err != nil {
		t.Fatal(err)
	}
	got := dynamicpb.NewMessage(laterModel(t))
	if err := proto.Unmarshal(again, got); err != nil {
		t.Fatal(err)
	}
	// By texts, because each call makes descriptors of its own.
	want := newLater(t, strings.Replace(laterPackage, "A later one", "An edited one", 1))
	if g, w := protojson.Format(got), protojson.Format(want); !strings.Contains(g, "LEVEL_LATER") || strings.Join(strings.Fields(g), "") != strings.Join(strings.Fields(w), "") {
		t.Errorf("got\n%s\nwant\n%s", g, w)
	}
}

// TestLaterFieldsAreReported reads the same package as JSON, which has no place
// for what is not known: each is a mistake with its place, or a warning where
// somebody allows that it gets lost.
func TestLaterFieldsAreReported(t *testing.T) {
	t.Parallel()
	p := new(reviewpkgv1.ReviewPackage)
	err := reviewpkg.UnmarshalOptions{Filename: "later.json"}.Unmarshal([]byte(laterPackage), p)
	var invalid *reviewpkg.InvalidError
	if !errors.As(err, &invalid) {
		t.Fatalf("error is %v", err)
	}
	want := []string{"later_words", "project.later_level", `findings["f-1"].later_part`}
	if len(invalid.Diagnostics) != len(want) {
		t.Fatalf("diagnostics are %v", err)
	}
	for i, d := range invalid.Diagnostics {
		if d.Code != reviewpkg.UnknownField || d.Path != want[i] || d.Pos.Line == 0 {
			t.Errorf("diagnostic is %s, want %s at %s", d.Error(), reviewpkg.UnknownField, want[i])
		}
	}
	warnings := 0
	options := reviewpkg.UnmarshalOptions{Filename: "later.json", AllowUnknown: true, Report: func(reviewpkg.Diagnostic) { warnings++ }}
	if err := options.Unmarshal([]byte(laterPackage), p); err != nil || p.GetId() != "later" || warnings != 3 {
		t.Errorf("allowed, it gives %d warnings and %v", warnings, err)
	}
}

// TestLaterEnumValue reads a value that a later version added to an enum: this
// version must not take it for another one, and hands it on.
func TestLaterEnumValue(t *testing.T) {
	t.Parallel()
	text := strings.Replace(laterPackage, `"title": "one"`, `"title": "one", "impact": "LEVEL_LATER"`, 1)
	data, err := proto.Marshal(newLater(t, text))
	if err != nil {
		t.Fatal(err)
	}
	p := new(reviewpkgv1.ReviewPackage)
	if err := (reviewpkg.UnmarshalOptions{Encoding: reviewpkg.Binary}).Unmarshal(data, p); !errors.Is(err, reviewpkg.UnknownValue) {
		t.Errorf("error is %v, want %s", err, reviewpkg.UnknownValue)
	}
	if err := (reviewpkg.UnmarshalOptions{Encoding: reviewpkg.Binary, AllowInvalid: true}).Unmarshal(data, p); err != nil {
		t.Fatal(err)
	}
	if got := p.GetFindings()[0].GetImpact(); got != 6 {
		t.Errorf("impact is %v", got)
	}
}
