// Package kit holds what the programs of the conformance kit share: the form of
// cases and results, and how a case is decoded and checked in Go.
package kit

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
)

// What a reader says about the document of a case.
const (
	Accepted    = "accepted"    // it decodes and keeps every rule of the .proto files
	Undecodable = "undecodable" // it is no message of its kind
	Rejected    = "rejected"    // it decodes and breaks rules
)

// What became of a case.
const (
	Passed        = "passed"
	Failed        = "failed"
	NotApplicable = "not applicable"
)

// A File is a file of cases.
type File struct {
	Cases []*Case `json:"cases"`
}

// A Case is a document, and what every implementation must say about it.
type Case struct {
	ID      string   `json:"id"`      // stable: it says what the case is about
	Title   string   `json:"title"`   // for people
	Message string   `json:"message"` // full name of the kind of document
	Format  string   `json:"format"`  // json, yaml or binary
	Text    *string  `json:"text,omitempty"`
	Base64  *string  `json:"base64,omitempty"`
	Needs   []string `json:"needs"` // validation, yaml, scoring
	Expect  Expect   `json:"expect"`
	Judge   *Judge   `json:"judge,omitempty"`
}

// Expect is what a reader must find.
type Expect struct {
	Outcome    string      `json:"outcome"`
	Violations []Violation `json:"violations,omitempty"`
	// JSON is the message as canonical JSON. A message with fields that the
	// model does not know has none: JSON has no place for them.
	JSON string `json:"json,omitempty"`
	// Binary is the message in binary form, in base64. It is a pointer because
	// an empty message is an empty text.
	Binary *string `json:"binary,omitempty"`
}

// A Violation is a rule that is broken, and where.
type Violation struct {
	Rule string `json:"rule"`
	Path string `json:"path"`
}

// A Judge is a package that is scored and compared with a policy. All texts are
// canonical JSON.
type Judge struct {
	Policy     string `json:"policy"`
	Rubric     string `json:"rubric"`  // empty: the default rubric of the SDK
	Waivers    string `json:"waivers"` // empty: none
	AsOf       string `json:"as_of"`
	AllowDraft bool   `json:"allow_draft"`
	Profile    string `json:"profile"`
	Verdict    string `json:"verdict"`
}

// Results are what one implementation made of all cases.
type Results struct {
	Language string   `json:"language"`
	Version  string   `json:"version"`
	Results  []Result `json:"results"`
}

// A Result is what became of one case. A case that did not pass has a reason.
type Result struct {
	ID      string `json:"id"`
	Outcome string `json:"outcome"`
	Reason  string `json:"reason,omitempty"`
}

// Encode returns a value as JSON for people: indented, and with the signs of
// HTML as they are.
func Encode(v any) ([]byte, error) {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	err := encoder.Encode(v)
	return b.Bytes(), err
}

// ReadCases reads all files of cases in a folder, in the order of their names.
func ReadCases(dir string) ([]*Case, error) {
	names, err := filepath.Glob(filepath.Join(dir, "*.json"))
	if err != nil {
		return nil, err
	}
	if len(names) == 0 {
		return nil, fmt.Errorf("%s holds no cases", dir)
	}
	slices.Sort(names)
	var all []*Case
	for _, name := range names {
		var file File
		if err := readStrictly(name, &file); err != nil {
			return nil, err
		}
		all = append(all, file.Cases...)
	}
	return all, nil
}

// ReadResults reads all results in a folder, in the order of their names.
func ReadResults(dir string) ([]*Results, error) {
	names, err := filepath.Glob(filepath.Join(dir, "*.json"))
	if err != nil {
		return nil, err
	}
	slices.Sort(names)
	var all []*Results
	for _, name := range names {
		results := new(Results)
		if err := readStrictly(name, results); err != nil {
			return nil, err
		}
		all = append(all, results)
	}
	return all, nil
}

// readStrictly reads a JSON file in which every member must be known: a
// misspelt one would be an expectation that nobody checks.
func readStrictly(name string, v any) error {
	data, err := os.ReadFile(name) //nolint:gosec // a file of the kit
	if err != nil {
		return err
	}
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(v); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}
