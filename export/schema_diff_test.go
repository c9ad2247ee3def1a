package export_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"
	"pgregory.net/rapid"

	"github.com/reviewpkg/sdk/internal/randpkg"
	"github.com/reviewpkg/sdk/internal/source"
	"github.com/reviewpkg/sdk/reviewpkg"
)

// unsayable are the codes of mistakes that JSON Schema cannot say, so that the
// schema may accept what has no other mistake.
var unsayable = map[reviewpkg.Code]string{
	reviewpkg.Syntax:               "characters that JSON may hold and YAML may not",
	reviewpkg.DuplicateKey:         "a field under both of its names",
	reviewpkg.Inconsistent:         "CEL rules on a message",
	reviewpkg.DuplicateID:          "ids of a whole document",
	reviewpkg.DanglingReference:    "references",
	reviewpkg.WrongReference:       "references",
	reviewpkg.DanglingPath:         "references",
	reviewpkg.ReferenceCycle:       "references",
	reviewpkg.DateOrder:            "comparison of fields",
	reviewpkg.TemplateResidue:      "a table of texts",
	reviewpkg.RatingDivergence:     "computation",
	reviewpkg.ConflictOfInterest:   "process rules",
	reviewpkg.RouteMismatch:        "process rules",
	reviewpkg.InsufficientEvidence: "process rules",
	reviewpkg.MisplacedFinding:     "process rules",
	reviewpkg.UnreviewedVariant:    "process rules",
	reviewpkg.OversightMismatch:    "process rules",
	reviewpkg.Incomplete:           "process rules",
	reviewpkg.StageMismatch:        "process rules",
}

// unsayableRules are rules of a field that JSON Schema cannot say, whose codes
// stand for others that it can.
var unsayableRules = map[string]string{
	"date.impossible": "the calendar",
	"artifact.path":   "a path in CEL",
	"fieldpath":       "the grammar of field paths",
}

// spellings are the mutations where library and schema differ by design, by
// encoding and name. The first list is refused by the schema alone, the second
// one by the library alone.
var (
	schemaAlone  = []string{"json null", "yaml null", "yaml number for text", "yaml boolean for text", "json quoted number", "yaml quoted number", "yaml loud short name"}
	libraryAlone = []string{"json short name"}
)

// A tally counts what a run compared.
type tally struct{ documents, mutations, accepted, refused, lenient int }

func TestSchemaAgreesWithLibrary(t *testing.T) {
	var sum tally
	prefixes := enumPrefixes(t)
	for _, path := range schemaInputs(t) {
		tree, m := readDocument(t, path)
		if m == nil {
			continue // of no kind of ours, or not valid
		}
		c := comparison{t: t, path: path, m: m, schema: compileSchema(t, m), sum: &sum}
		if !c.compare("as it is", "", tree) {
			t.Errorf("%s: want a valid document to begin with", path)
			continue
		}
		sum.documents++
		for i, mutant := range mutants(tree, prefixes) {
			if testing.Short() && i%5 != 0 {
				continue // with the race detector all of them take minutes
			}
			c.compare(mutant.name, mutant.place, mutant.doc)
			sum.mutations++
		}
	}
	t.Logf("%d documents and %d mutations, each as JSON and as YAML: %d accepted by both, %d refused by both, %d accepted by the schema alone for a listed reason",
		sum.documents, sum.mutations, sum.accepted, sum.refused, sum.lenient)
	if sum.documents < 2 || sum.mutations < 200 || sum.refused < 200 || sum.accepted < 40 {
		t.Error("too few mutations to say anything, want 200 of 2 documents, 100 refused and 20 accepted")
	}
}

// TestSchemaAcceptsDocumentsAsWritten checks the files themselves, with short
// names and with what YAML makes of a text without quotes.
func TestSchemaAcceptsDocumentsAsWritten(t *testing.T) {
	for _, path := range schemaInputs(t) {
		tree := readTree(t, path)
		if m := kindOf(tree); m != nil {
			if err := compileSchema(t, m).Validate(tree); err != nil {
				t.Errorf("%s: %v", path, err)
			}
		}
	}
}

func TestSchemaAgreesOnRandomMessages(t *testing.T) {
	for _, m := range documents {
		c := comparison{path: "random", m: m, schema: compileSchema(t, m), sum: &tally{}}
		rapid.Check(t, func(rt *rapid.T) {
			random := m.ProtoReflect().New().Interface()
			randpkg.Message(rt, random)
			data, err := protojson.MarshalOptions{UseProtoNames: rapid.Bool().Draw(rt, "names")}.Marshal(random)
			if err != nil {
				rt.Skip("not JSON: ", err)
			}
			c.t = rt
			c.compare("random", string(data), parseJSON(rt, data))
		})
	}
}

// testingT is what a test and a property have in common.
type testingT interface {
	Errorf(format string, args ...any)
	Fatalf(format string, args ...any)
	Helper()
}

// A comparison asks the schema and the library about documents of one kind.
type comparison struct {
	t      testingT
	path   string
	m      proto.Message
	schema *jsonschema.Schema
	sum    *tally
}

// compare reports whether both accept a document; name and place say how it
// was changed.
func (c comparison) compare(name, place string, doc any) bool {
	data, err := json.Marshal(doc)
	if err != nil {
		c.t.Fatalf("%v", err)
	}
	bySchema := c.schema.Validate(doc)
	accepted := true
	// JSON is YAML as well; only there are short names and plain texts read.
	for _, encoding := range []reviewpkg.Encoding{reviewpkg.JSON, reviewpkg.YAML} {
		spelling := string(encoding) + " " + name
		target := c.m.ProtoReflect().New().Interface()
		byLibrary := reviewpkg.UnmarshalOptions{Encoding: encoding}.Unmarshal(data, target)
		accepted = accepted && bySchema == nil && byLibrary == nil
		switch {
		case bySchema == nil && byLibrary == nil:
			c.sum.accepted++
		case bySchema != nil && byLibrary != nil:
			c.sum.refused++
		case bySchema != nil:
			if !slices.Contains(schemaAlone, spelling) {
				c.t.Errorf("%s, %s at %s: the schema is stricter: %v", c.path, spelling, place, bySchema)
			}
		default:
			c.sum.lenient++
			if sayable := sayable(byLibrary); len(sayable) > 0 && !slices.Contains(libraryAlone, spelling) {
				c.t.Errorf("%s, %s at %s: the schema accepts %v", c.path, spelling, place, sayable)
			}
		}
	}
	return accepted
}

// sayable returns the errors that a schema should have found.
func sayable(err error) []error {
	var invalid *reviewpkg.InvalidError
	if !errors.As(err, &invalid) {
		return []error{err}
	}
	var found []error
	for _, d := range invalid.Diagnostics {
		if d.Level == reviewpkg.LevelError && unsayable[d.Code] == "" && unsayableRules[d.Rule] == "" {
			found = append(found, &d)
		}
	}
	return found
}

// schemaInputs returns the documents of the test and those of the examples.
func schemaInputs(t *testing.T) []string {
	t.Helper()
	paths := []string{"testdata/schema/package.yaml", "testdata/schema/policy.yaml"}
	for _, dir := range []string{"../examples/packages", "../examples/policies", "../rubric"} {
		found := 0
		_ = filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
			if err == nil && entry.IsDir() && entry.Name() == "testdata" {
				return filepath.SkipDir
			}
			if extension := filepath.Ext(path); err == nil && (extension == ".yaml" || extension == ".json") {
				paths, found = append(paths, path), found+1
			}
			return nil
		})
		if found == 0 {
			t.Logf("%s holds no documents yet, left out", dir)
		}
	}
	return paths
}

// kindOf returns a message of the kind that a document names, or nil.
func kindOf(root any) proto.Message {
	object, _ := root.(map[string]any)
	for _, m := range documents {
		if object["schema"] == string(m.ProtoReflect().Descriptor().FullName()) {
			return m
		}
	}
	return nil
}

// readDocument returns a document in its JSON form, whatever form it is
// written in, and a message of its kind, or nil if it is of no kind of ours.
func readDocument(t *testing.T, path string) (any, proto.Message) {
	t.Helper()
	m := kindOf(readTree(t, path))
	if m == nil {
		return nil, nil
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	m = m.ProtoReflect().New().Interface()
	if err := (reviewpkg.UnmarshalOptions{Filename: path}).Unmarshal(data, m); err != nil {
		t.Logf("%s is not valid and left out: %v", path, err)
		return nil, nil
	}
	data, err = protojson.MarshalOptions{UseProtoNames: true}.Marshal(m)
	if err != nil {
		t.Fatal(err)
	}
	return parseJSON(t, data), m
}

func parseJSON(t testingT, data []byte) any {
	t.Helper()
	tree, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		t.Fatalf("%s: %v", data, err)
	}
	return tree
}

// readTree reads a file as the library does: a YAML date is a text.
func readTree(t *testing.T, path string) any {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	parse := source.YAML
	if filepath.Ext(path) == ".json" {
		parse = source.JSON
	}
	node, problem := parse(data, source.Limits{}.Filled())
	if problem != nil {
		t.Fatalf("%s: %s", path, problem.Message)
	}
	return plain(node)
}

// plain returns a node as encoding/json would read it.
func plain(n *source.Node) any {
	switch n.Kind {
	case source.Object:
		object := make(map[string]any, len(n.Children))
		for i := range n.Children {
			object[n.Children[i].Key] = plain(&n.Children[i])
		}
		return object
	case source.Array:
		list := make([]any, len(n.Children))
		for i := range n.Children {
			list[i] = plain(&n.Children[i])
		}
		return list
	case source.Number:
		return json.Number(n.Text)
	case source.Bool:
		return strings.EqualFold(n.Text, "true")
	case source.Null:
		return nil
	default:
		return n.Text
	}
}
