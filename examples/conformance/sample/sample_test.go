package sample_test

import (
	"regexp"
	"strings"
	"testing"

	"buf.build/go/protovalidate"
	"google.golang.org/protobuf/proto"

	"github.com/reviewpkg/sdk/examples/conformance/kit"
	"github.com/reviewpkg/sdk/examples/conformance/sample"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// TestSamplesKeepTheRules makes every message that a document can hold, alone and
// in its document, small and whole: all keep the rules, and each time the same.
func TestSamplesKeepTheRules(t *testing.T) {
	t.Parallel()
	s := sample.New()
	places := sample.Places()
	if len(places) < 180 {
		t.Fatalf("found %d messages; there are more", len(places))
	}
	for _, p := range places {
		for depth := -1; depth < 2; depth++ {
			make := func() (proto.Message, error) {
				if depth < 0 {
					return s.Minimal(p.Message)
				}
				return s.Full(p.Message, depth)
			}
			m, err := make()
			if err != nil {
				t.Fatalf("%s: %v", p, err)
			}
			again, err := make()
			if err != nil || !proto.Equal(m, again) {
				t.Errorf("%s: the second time it is another one (%v)", p, err)
			}
			if err := protovalidate.Validate(m); err != nil {
				t.Errorf("%s, %d deep: %v", p.Message.Name(), depth, err)
			}
			root, err := s.Embed(p, m)
			if err != nil {
				t.Fatalf("%s: %v", p, err)
			}
			if err := protovalidate.Validate(root); err != nil {
				t.Errorf("%s in its document, %d deep: %v", p, depth, err)
			}
		}
	}
}

// TestPlaces holds that a document is its own place and a message has the
// nearest one.
func TestPlaces(t *testing.T) {
	t.Parallel()
	words := map[string]bool{}
	for _, p := range sample.Places() {
		words[p.String()] = true
	}
	for _, want := range []string{"ReviewPackage", "Verdict", "ReviewPackage architecture.components", "ReviewPackage findings", "Policy rules"} {
		if !words[want] {
			t.Errorf("there is no place %q", want)
		}
	}
	if n := len(kit.Documents()); n != 13 {
		t.Errorf("there are %d kinds of documents", n)
	}
}

// TestBad holds that what should break a pattern does.
func TestBad(t *testing.T) {
	t.Parallel()
	const id = `^[A-Za-z0-9][A-Za-z0-9._-]*$`
	bad, err := sample.New().Bad(id)
	if err != nil || regexp.MustCompile(id).MatchString(bad) {
		t.Errorf("bad is %q, %v", bad, err)
	}
	if _, err := sample.New().Bad("^new$"); err == nil || !strings.Contains(err.Error(), "^new$") {
		t.Errorf("a pattern without samples gives %v", err)
	}
}

// TestPatch holds what a text does to a message.
func TestPatch(t *testing.T) {
	t.Parallel()
	s := sample.New()
	m := reviewpkgv1.Finding_builder{Id: "f", Title: "one", Cwes: []string{"CWE-1", "CWE-2"}, Category: "a"}.Build()
	if err := s.Patch(m, `{"title":"two","cwes":["CWE-3"],"category":null}`); err != nil {
		t.Fatal(err)
	}
	if m.GetId() != "f" || m.GetTitle() != "two" || len(m.GetCwes()) != 1 || m.GetCategory() != "" {
		t.Errorf("it is %v", m)
	}
	for _, text := range []string{`{"nothing":1}`, `[`, `{"cwes":1}`} {
		if err := s.Patch(m, text); err == nil {
			t.Errorf("the patch %s is taken", text)
		}
	}
	change := reviewpkgv1.Change_builder{Path: "a"}.Build()
	if err := s.Patch(change, `{"before":null}`); err != nil || !change.HasBefore() {
		t.Errorf("null is a value here: %v, %v", change, err)
	}
}
