package main

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"testing"

	"buf.build/gen/go/bufbuild/protovalidate/protocolbuffers/go/buf/validate"
	"buf.build/go/protovalidate"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"

	"github.com/reviewpkg/sdk/examples/conformance/kit"
	"github.com/reviewpkg/sdk/examples/conformance/sample"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
	"github.com/reviewpkg/sdk/reviewpkg"
)

var update = flag.Bool("update", false, "write the cases anew")

const (
	root  = "../../.."
	cases = "../cases"
)

// TestCasesAreUpToDate fails if the committed cases are not what the generator
// writes, in every byte.
func TestCasesAreUpToDate(t *testing.T) {
	if *update {
		if err := write(root, cases); err != nil {
			t.Fatal(err)
		}
	}
	want, err := files(root)
	if err != nil {
		t.Fatal(err)
	}
	for name, data := range want {
		got, err := os.ReadFile(filepath.Join(cases, name))
		if err != nil || !bytes.Equal(got, data) {
			t.Errorf("%s is not what the generator writes (%v): go test ./examples/conformance/generate -update", name, err)
		}
	}
	found, err := filepath.Glob(filepath.Join(cases, "*.json"))
	if err != nil || len(found) != len(want) {
		t.Errorf("there are %d files of cases (%v), want %d", len(found), err, len(want))
	}
}

// TestCasesAreMany holds the size of the kit, and that most of it is about what
// must be refused: a reader that takes everything passes all other cases.
func TestCasesAreMany(t *testing.T) {
	all := readCases(t)
	negative := 0
	for _, c := range all {
		if c.Expect.Outcome != kit.Accepted {
			negative++
		}
	}
	if len(all) < 300 || negative*2 <= len(all) {
		t.Errorf("there are %d cases, %d of them negative; want 300 or more, and most of them negative", len(all), negative)
	}
}

// A broken is a rule of a field, or of a message if field is empty.
type broken struct {
	owner protoreflect.FullName
	rule  string
}

// TestEveryRuleIsKeptAndBroken fails if a rule of the .proto files is broken by
// no case, or if the field that it is about is set in no case that is accepted.
func TestEveryRuleIsKeptAndBroken(t *testing.T) {
	hit := map[broken]bool{}
	set := map[protoreflect.FullName]bool{}
	for _, c := range readCases(t) {
		if c.Expect.Outcome == kit.Undecodable {
			continue
		}
		m, err := kit.Decode(c)
		if err != nil {
			t.Fatal(err)
		}
		if c.Expect.Outcome == kit.Accepted {
			note(m.ProtoReflect(), set)
			continue
		}
		for _, v := range c.Expect.Violations {
			for _, owner := range owners(t, m, v) {
				hit[broken{owner, v.Rule}] = true
			}
		}
	}
	count := 0
	for _, p := range sample.Places() {
		for _, want := range rulesOf(t, p.Message) {
			count++
			if !hit[want] {
				t.Errorf("no case breaks the rule %s of %s", want.rule, want.owner)
			}
		}
		for i := range p.Message.Fields().Len() {
			if name := p.Message.Fields().Get(i).FullName(); !set[name] {
				t.Errorf("no case that is accepted sets %s", name)
			}
		}
	}
	if count < 700 {
		t.Errorf("found %d rules; there are more", count)
	}
}

// rulesOf returns the rules of a message and of its fields, as violations name
// them. It asks the descriptors of the rules, so that a rule of a kind that the
// generator does not know is found missing.
func rulesOf(t *testing.T, md protoreflect.MessageDescriptor) []broken {
	t.Helper()
	var all []broken
	rules, err := protovalidate.ResolveMessageRules(md)
	if err != nil {
		t.Fatal(err)
	}
	for _, rule := range rules.GetCel() {
		all = append(all, broken{md.FullName(), rule.GetId()})
	}
	for i := range md.Fields().Len() {
		fd := md.Fields().Get(i)
		rules, err := protovalidate.ResolveFieldRules(fd)
		if err != nil {
			t.Fatal(err)
		}
		for _, id := range ruleIDs(rules) {
			all = append(all, broken{fd.FullName(), id})
		}
	}
	return all
}

// ruleIDs returns the ids of the rules of a field, of its items, keys and values.
func ruleIDs(rules *validate.FieldRules) []string {
	if rules == nil {
		return nil
	}
	var ids []string
	if rules.GetRequired() {
		ids = append(ids, "required")
	}
	for _, rule := range rules.GetCel() {
		ids = append(ids, rule.GetId())
	}
	m := rules.ProtoReflect()
	which := m.WhichOneof(m.Descriptor().Oneofs().ByName("type"))
	if which == nil {
		return ids
	}
	typed := m.Get(which).Message()
	typed.Range(func(fd protoreflect.FieldDescriptor, v protoreflect.Value) bool {
		switch nested, isRules := v.Interface().(protoreflect.Message); {
		case isRules:
			ids = append(ids, ruleIDs(nested.Interface().(*validate.FieldRules))...)
		case which.Name() == "uint32" && bounds(typed) == 2:
			// Two bounds are one rule, in the words of both.
			ids = append(ids, boundsID(typed))
		default:
			ids = append(ids, string(which.Name())+"."+string(fd.Name()))
		}
		return true
	})
	return ids
}

// bounds returns how many bounds a number has.
func bounds(rules protoreflect.Message) int {
	n := 0
	rules.Range(func(protoreflect.FieldDescriptor, protoreflect.Value) bool { n++; return true })
	return n
}

// boundsID returns the id of a rule with two bounds: uint32.gte_lte.
func boundsID(rules protoreflect.Message) string {
	id := "uint32.gte_lte"
	if rules.Has(rules.Descriptor().Fields().ByName("lt")) {
		id = "uint32.gte_lt"
	}
	return id
}

// owners returns the names of what a violation may belong to: the field that
// its path ends with, and the message that the path leads to.
func owners(t *testing.T, m proto.Message, v kit.Violation) []protoreflect.FullName {
	t.Helper()
	md := m.ProtoReflect().Descriptor()
	all := []protoreflect.FullName{md.FullName()}
	for _, step := range bytes.Split([]byte(v.Path), []byte(".")) {
		name, _, _ := bytes.Cut(step, []byte("["))
		fd := md.Fields().ByName(protoreflect.Name(name))
		if fd == nil {
			return all // a rule of the document
		}
		all = []protoreflect.FullName{fd.FullName()}
		if fd.Message() == nil || fd.IsMap() {
			return all
		}
		md = fd.Message()
		all = append(all, md.FullName())
	}
	return all
}

// note notes the fields that are set in m.
func note(m protoreflect.Message, set map[protoreflect.FullName]bool) {
	m.Range(func(fd protoreflect.FieldDescriptor, v protoreflect.Value) bool {
		set[fd.FullName()] = true
		switch {
		case fd.Message() == nil || fd.IsMap():
		case fd.IsList():
			for i := range v.List().Len() {
				note(v.List().Get(i).Message(), set)
			}
		default:
			note(v.Message(), set)
		}
		return true
	})
}

func readCases(t *testing.T) []*kit.Case {
	t.Helper()
	all, err := kit.ReadCases(cases)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// TestVerdictsOfEveryKind holds that the judged cases tell an implementation
// apart that always says the same.
func TestVerdictsOfEveryKind(t *testing.T) {
	found := map[reviewpkgv1.Outcome]int{}
	for _, c := range readCases(t) {
		if c.Judge == nil {
			continue
		}
		verdict := new(reviewpkgv1.Verdict)
		if err := reviewpkg.Unmarshal([]byte(c.Judge.Verdict), verdict); err != nil {
			t.Fatalf("%s: %v", c.ID, err)
		}
		found[verdict.GetOutcome()]++
	}
	for number, name := range reviewpkgv1.Outcome_name {
		if number != 0 && found[reviewpkgv1.Outcome(number)] == 0 {
			t.Errorf("no case is judged %s", name)
		}
	}
}
