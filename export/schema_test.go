package export_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"buf.build/gen/go/bufbuild/protovalidate/protocolbuffers/go/buf/validate"
	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protodesc"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/types/descriptorpb"

	"github.com/reviewpkg/sdk/export"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// documents are the kinds of document that stand on their own.
var documents = []proto.Message{
	&reviewpkgv1.ReviewPackage{}, &reviewpkgv1.Rubric{}, &reviewpkgv1.Policy{}, &reviewpkgv1.WaiverSet{}, &reviewpkgv1.Verdict{}, &reviewpkgv1.Plan{}, &reviewpkgv1.RubricChange{},
	&reviewpkgv1.RiskProfile{}, &reviewpkgv1.ChangeSet{}, &reviewpkgv1.Report{}, &reviewpkgv1.DiagnosticReport{}, &reviewpkgv1.ImportReport{}, &reviewpkgv1.Rendering{},
}

func TestSchemaGolden(t *testing.T) {
	golden(t, "testdata/schema/tracker.schema.json", schemaJSON(t, &reviewpkgv1.Tracker{}))
}

func TestSchemaIsDraft202012(t *testing.T) {
	for _, m := range append(documents, &descriptorpb.FileDescriptorProto{}, &validate.FieldRules{}) {
		schema := compileSchema(t, m)
		if schema.DraftVersion != 2020 {
			t.Errorf("%T: draft is %d, want 2020", m, schema.DraftVersion)
		}
		want := "https://reviewpkg.github.io/sdk/" + string(m.ProtoReflect().Descriptor().FullName()) + ".schema.json#"
		if schema.Location != want {
			t.Errorf("%T: location is %q, want %q", m, schema.Location, want)
		}
	}
}

func TestSchemaIsTheSameEachTime(t *testing.T) {
	filled := reviewpkgv1.ReviewPackage_builder{Id: "p", Labels: map[string]string{"a": "b"}}.Build()
	before := proto.Clone(filled)
	first := schemaJSON(t, filled)
	if second := schemaJSON(t, &reviewpkgv1.ReviewPackage{}); !bytes.Equal(first, second) {
		t.Error("the schema depends on the content of the message, or differs from call to call")
	}
	if !proto.Equal(before, filled) {
		t.Error("the message was changed")
	}
}

func TestSchemaOfNothing(t *testing.T) {
	if s, err := export.Schema(nil); err == nil || s != nil {
		t.Errorf("Schema(nil) = %v, %v, want an error", s, err)
	}
}

// TestSchemaDescribesEverything also shows that every message of the model is
// part of some document: what no document holds has no schema here.
func TestSchemaDescribesEverything(t *testing.T) {
	found := map[string]bool{}
	for _, m := range documents {
		for name, def := range schemaTree(t, m)["$defs"].(map[string]any) {
			if !strings.HasPrefix(name, "reviewpkg.v1.") {
				continue // a format
			}
			found[name] = true
			described(t, name, def)
			properties, _ := def.(map[string]any)["properties"].(map[string]any)
			for key, property := range properties {
				if property.(map[string]any)["doNotSuggest"] == nil {
					described(t, name+"."+key, property)
				}
			}
			values, _ := def.(map[string]any)["anyOf"].([]any)
			for _, value := range values {
				described(t, name+" value", value)
			}
		}
	}
	for _, file := range modelFiles(t) {
		for _, message := range file.GetMessageType() {
			if name := file.GetPackage() + "." + message.GetName(); !found[name] {
				t.Errorf("%s is in no schema", name)
			}
		}
		for _, enum := range file.GetEnumType() {
			if name := file.GetPackage() + "." + enum.GetName(); !found[name] {
				t.Errorf("%s is in no schema", name)
			}
		}
	}
}

func described(t *testing.T, name string, schema any) {
	t.Helper()
	if text, _ := schema.(map[string]any)["description"].(string); len(text) < 2 || strings.TrimSpace(text) != text {
		t.Errorf("%s: description is %q, want the comment of the .proto file", name, text)
	}
}

// TestSchemaUnsaid keeps the list of the rules that JSON Schema cannot say: a
// new one must be seen, and put into the golden file with -update.
func TestSchemaUnsaid(t *testing.T) {
	lines := map[string]bool{}
	for _, m := range documents {
		for place, rules := range comments(t, m) {
			for rule := range strings.SplitSeq(rules, "\n") {
				id, _, _ := strings.Cut(rule, ": ")
				lines[place+" "+id] = true
			}
		}
	}
	golden(t, "testdata/schema/unsaid.txt", []byte(strings.Join(slices.Sorted(maps.Keys(lines)), "\n")+"\n"))
}

// TestSchemaPatterns refuses regular expressions that Go reads and ECMA 262,
// which JSON Schema follows, does not.
func TestSchemaPatterns(t *testing.T) {
	for _, m := range documents {
		walk(schemaTree(t, m), "", func(place string, node map[string]any) {
			pattern, _ := node["pattern"].(string)
			for _, only := range []string{"(?", `\A`, `\z`, `\Q`, `\p`, "[[:", `\C`, `\a`} {
				if strings.Contains(pattern, only) {
					t.Errorf("%s: pattern %s has %s, which ECMA 262 reads in another way", place, pattern, only)
				}
			}
		})
	}
}

func TestDescriptorSet(t *testing.T) {
	data, err := export.DescriptorSet()
	if err != nil {
		t.Fatal(err)
	}
	if again, _ := export.DescriptorSet(); !bytes.Equal(data, again) {
		t.Error("two calls give different bytes")
	}
	set := &descriptorpb.FileDescriptorSet{}
	if err := proto.Unmarshal(data, set); err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, file := range set.GetFile() {
		for _, dependency := range file.GetDependency() {
			if !seen[dependency] {
				t.Errorf("%s stands before %s, which it imports", file.GetName(), dependency)
			}
		}
		seen[file.GetName()] = true
	}
	files, err := protodesc.NewFiles(set)
	if err != nil {
		t.Fatalf("the set does not stand on its own: %v", err)
	}
	for _, name := range []protoreflect.FullName{"buf.validate.FieldRules", "google.protobuf.Value", "reviewpkg.v1.ReviewPackage"} {
		if _, err := files.FindDescriptorByName(name); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	level, err := files.FindDescriptorByName("reviewpkg.v1.LEVEL_HIGH")
	if err != nil {
		t.Fatal(err)
	}
	diff(t, "comment", " High.\n", level.ParentFile().SourceLocations().ByDescriptor(level).LeadingComments)
}

// modelFiles returns the files of the model.
func modelFiles(t *testing.T) []*descriptorpb.FileDescriptorProto {
	t.Helper()
	data, err := os.ReadFile("model.binpb")
	if err != nil {
		t.Fatal(err)
	}
	set := &descriptorpb.FileDescriptorSet{}
	if err := proto.Unmarshal(data, set); err != nil {
		t.Fatal(err)
	}
	if len(set.GetFile()) < 10 {
		t.Fatalf("model.binpb holds %d files, want the whole model", len(set.GetFile()))
	}
	return set.GetFile()
}

// compileSchema returns the schema of m as a validator that checks formats.
// Compiling also checks it against the meta-schema of its draft.
func compileSchema(t *testing.T, m proto.Message) *jsonschema.Schema {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(schemaJSON(t, m)))
	if err != nil {
		t.Fatal(err)
	}
	id := doc.(map[string]any)["$id"].(string)
	compiler := jsonschema.NewCompiler()
	compiler.AssertFormat()
	if err := compiler.AddResource(id, doc); err != nil {
		t.Fatal(err)
	}
	schema, err := compiler.Compile(id)
	if err != nil {
		t.Fatalf("%T: %v", m, err)
	}
	return schema
}

// checkJSON returns what the schema says about a document.
func checkJSON(t *testing.T, schema *jsonschema.Schema, doc []byte) error {
	t.Helper()
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(doc))
	if err != nil {
		t.Fatalf("%s: %v", doc, err)
	}
	return schema.Validate(value)
}

func schemaJSON(t *testing.T, m proto.Message) []byte {
	t.Helper()
	schema, err := export.Schema(m)
	if err != nil {
		t.Fatalf("%T: %v", m, err)
	}
	data, err := json.MarshalIndent(schema, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	return append(data, '\n')
}

func schemaTree(t *testing.T, m proto.Message) map[string]any {
	t.Helper()
	var tree map[string]any
	if err := json.Unmarshal(schemaJSON(t, m), &tree); err != nil {
		t.Fatal(err)
	}
	return tree
}

// comments returns every $comment of a schema by its place below $defs.
func comments(t *testing.T, m proto.Message) map[string]string {
	t.Helper()
	found := map[string]string{}
	walk(schemaTree(t, m)["$defs"], "", func(place string, node map[string]any) {
		if text, ok := node["$comment"].(string); ok {
			found[strings.TrimPrefix(place, "/")] = text
		}
	})
	return found
}

// walk calls visit for every object of a tree.
func walk(node any, place string, visit func(place string, node map[string]any)) {
	switch node := node.(type) {
	case map[string]any:
		visit(place, node)
		for key, child := range node {
			walk(child, place+"/"+key, visit)
		}
	case []any:
		for _, child := range node {
			walk(child, place, visit)
		}
	}
}

func golden(t *testing.T, path string, got []byte) {
	t.Helper()
	if *update {
		if err := os.WriteFile(filepath.FromSlash(path), got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(filepath.FromSlash(path))
	if err != nil {
		t.Fatal(err)
	}
	diff(t, path, string(want), string(got))
}

func diff[T any](t *testing.T, what string, want, got T) {
	t.Helper()
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("%s (-want +got):\n%s", what, d)
	}
}
