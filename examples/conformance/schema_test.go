package conformance_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// TestCasesMatchTheSchema reads every file of cases as a stranger would.
func TestCasesMatchTheSchema(t *testing.T) {
	schema := compile(t)
	names, err := filepath.Glob("cases/*.json")
	if err != nil || len(names) == 0 {
		t.Fatalf("found %d files of cases: %v", len(names), err)
	}
	for _, name := range names {
		data, err := os.ReadFile(name) //nolint:gosec // a file of the kit
		if err != nil {
			t.Fatal(err)
		}
		if err := validate(t, schema, data); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		ids := map[string]bool{}
		var file struct {
			Cases []struct{ ID string }
		}
		if err := json.Unmarshal(data, &file); err != nil {
			t.Fatal(err)
		}
		for _, c := range file.Cases {
			if ids[c.ID] {
				t.Errorf("%s: two cases have the id %s", name, c.ID)
			}
			ids[c.ID] = true
		}
	}
}

// TestSchemaRefuses holds that the schema says something.
func TestSchemaRefuses(t *testing.T) {
	const (
		good = `{"id":"a-1","title":"a","message":"reviewpkg.v1.Policy","format":"json","text":"{}","needs":[],"expect":{"outcome":"undecodable"}}`
		kept = `{"id":"a-1","title":"a","message":"reviewpkg.v1.Policy","format":"json","text":"{}","needs":["validation"],
			"expect":{"outcome":"rejected","violations":[{"rule":"required","path":"id"}],"json":"{}\n","binary":""}}`
	)
	schema := compile(t)
	results := func(r string) string { return `{"language":"go","version":"1","results":[` + r + `]}` }
	one := func(c string) string { return `{"cases":[` + c + `]}` }
	for _, text := range []string{one(good), one(kept), results(`{"id":"a","outcome":"passed"}`), results(`{"id":"a","outcome":"failed","reason":"b"}`)} {
		if err := validate(t, schema, []byte(text)); err != nil {
			t.Errorf("%s: %v", text, err)
		}
	}
	for _, text := range []string{
		`{}`, `{"cases":[]}`, one(strings.Replace(good, "a-1", "A 1", 1)), one(strings.Replace(good, `"text"`, `"base64"`, 1)),
		one(strings.Replace(good, "json", "yaml", 1)), one(strings.Replace(good, "json", "xml", 1)), one(strings.Replace(good, "undecodable", "accepted", 1)),
		one(strings.Replace(good, `"needs":[]`, `"needs":["scoring"]`, 1)), one(strings.Replace(good, `"needs":[]`, `"needs":["magic"]`, 1)),
		one(strings.Replace(good, `"needs":[]`, `"needs":[],"judge":{}`, 1)), one(strings.Replace(good, `"title":"a"`, `"titel":"a"`, 1)),
		one(strings.Replace(kept, `["validation"]`, `[]`, 1)), one(strings.Replace(kept, `"binary":""`, `"binary":"?"`, 1)),
		one(strings.Replace(kept, `[{"rule":"required","path":"id"}]`, `[]`, 1)), one(strings.Replace(kept, `,"path":"id"`, ``, 1)),
		one(strings.Replace(kept, "rejected", "accepted", 1)),
		results(`{"id":"a","outcome":"failed"}`), results(`{"id":"a","outcome":"not applicable","reason":""}`), results(`{"id":"a","outcome":"skipped","reason":"b"}`),
	} {
		if validate(t, schema, []byte(text)) == nil {
			t.Errorf("the schema accepts %s", text)
		}
	}
}

func compile(t *testing.T) *jsonschema.Schema {
	t.Helper()
	data, err := os.ReadFile("case.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource("case.schema.json", doc); err != nil {
		t.Fatal(err)
	}
	schema, err := compiler.Compile("case.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

func validate(t *testing.T, schema *jsonschema.Schema, data []byte) error {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	return schema.Validate(doc)
}
