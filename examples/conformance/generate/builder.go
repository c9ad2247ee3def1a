package main

import (
	"encoding/base64"
	"errors"
	"fmt"
	"strings"

	"google.golang.org/protobuf/proto"

	"github.com/reviewpkg/sdk/examples/conformance/kit"
	"github.com/reviewpkg/sdk/reviewpkg"
)

// A builder collects the cases of one file.
type builder struct {
	cases []*kit.Case
	ids   map[string]bool
}

// message adds a case whose document is m in canonical JSON.
func (b *builder) message(id, title string, m proto.Message) (*kit.Case, error) {
	data, err := reviewpkg.Marshal(m)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", id, err)
	}
	return b.text(id, title, kindOf(m), "json", string(data))
}

// text adds a case whose document is a text in JSON or YAML.
func (b *builder) text(id, title, kind, format, text string) (*kit.Case, error) {
	c := &kit.Case{ID: id, Title: title, Message: kind, Format: format, Text: &text, Needs: []string{}}
	if format == "yaml" {
		c.Needs = append(c.Needs, "yaml")
	}
	return c, b.add(c)
}

// binary adds a case whose document is in the wire format.
func (b *builder) binary(id, title, kind string, data []byte) (*kit.Case, error) {
	text := base64.StdEncoding.EncodeToString(data)
	c := &kit.Case{ID: id, Title: title, Message: kind, Format: "binary", Base64: &text, Needs: []string{}}
	return c, b.add(c)
}

// add says what is expected of a case, and adds it. What is expected is what
// the Go implementation finds; that it is right too is for whoever looks at the
// difference when the files are written anew, and for the other languages.
func (b *builder) add(c *kit.Case) error {
	if b.ids[c.ID] {
		return fmt.Errorf("two cases have the id %s", c.ID)
	}
	b.ids[c.ID] = true
	b.cases = append(b.cases, c)
	m, err := kit.Decode(c)
	switch {
	case errors.Is(err, kit.ErrDisagree):
		return fmt.Errorf("%s: %w", c.ID, err)
	case err != nil:
		c.Expect.Outcome = kit.Undecodable
		return nil
	}
	c.Expect.Outcome = kit.Accepted
	if c.Expect.Violations, err = kit.Violations(m); err != nil {
		return fmt.Errorf("%s: %w", c.ID, err)
	}
	// Only who validates can tell such a document from an accepted one.
	if len(c.Expect.Violations) > 0 {
		c.Expect.Outcome = kit.Rejected
		c.Needs = append([]string{"validation"}, c.Needs...)
	}
	// JSON has no place for what the model does not know.
	if !kit.HasUnknown(m.ProtoReflect()) {
		data, err := reviewpkg.Marshal(m)
		if err != nil {
			return fmt.Errorf("%s: %w", c.ID, err)
		}
		c.Expect.JSON = string(data)
	}
	data, err := proto.MarshalOptions{Deterministic: true}.Marshal(m)
	if err != nil {
		return fmt.Errorf("%s: %w", c.ID, err)
	}
	text := base64.StdEncoding.EncodeToString(data)
	c.Expect.Binary = &text
	return nil
}

// file returns the cases as a file.
func (b *builder) file() ([]byte, error) { return kit.Encode(kit.File{Cases: b.cases}) }

// kindOf returns the kind of a document.
func kindOf(m proto.Message) string { return string(m.ProtoReflect().Descriptor().FullName()) }

// want returns an error if a case did not come out as its author meant it.
func want(c *kit.Case, outcome string, rules ...string) error {
	if c.Expect.Outcome != outcome {
		return fmt.Errorf("%s (%s): is %s %v, want %s", c.ID, c.Title, c.Expect.Outcome, c.Expect.Violations, outcome)
	}
	for _, rule := range rules {
		if !breaks(c, rule) {
			return fmt.Errorf("%s (%s): breaks %v, want %s among them", c.ID, c.Title, c.Expect.Violations, rule)
		}
	}
	return nil
}

// breaks reports whether a rule is among those that a case breaks.
func breaks(c *kit.Case, rule string) bool {
	for _, v := range c.Expect.Violations {
		if v.Rule == rule {
			return true
		}
	}
	return false
}

// slug makes an id of words.
func slug(words ...string) string {
	return strings.ToLower(strings.NewReplacer(" ", "-", "_", "-", ".", "-").Replace(strings.Join(words, "-")))
}
