// Package sample makes messages that keep the rules of the .proto files, for
// the cases of the conformance kit and for the reference of the model.
package sample

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"buf.build/gen/go/bufbuild/protovalidate/protocolbuffers/go/buf/validate"
	"buf.build/go/protovalidate"
	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/reflect/protoregistry"
)

// A Sampler makes messages that keep the rules of the .proto files.
type Sampler struct {
	patterns map[string]samples
	bases    map[string]string
	without  map[string][]string
	words    map[string]string
}

// New returns a sampler.
func New() *Sampler {
	return &Sampler{patterns: patterns(), bases: bases(), without: without(), words: words()}
}

// Bad returns a text that does not match a regular expression of the model. It
// returns an error for an expression that has no samples here.
func (s *Sampler) Bad(pattern string) (string, error) {
	known, ok := s.patterns[pattern]
	if !ok {
		return "", fmt.Errorf("no sample for the pattern %s", pattern)
	}
	return known.bad, nil
}

// LeavesOut reports whether a whole message leaves a field out.
func (s *Sampler) LeavesOut(fd protoreflect.FieldDescriptor) bool {
	return slices.Contains(s.without[string(fd.ContainingMessage().Name())], string(fd.Name()))
}

// Minimal returns a message that has no more than it must.
func (s *Sampler) Minimal(md protoreflect.MessageDescriptor) (proto.Message, error) {
	m, err := newMessage(md)
	if err != nil {
		return nil, err
	}
	if md.FullName() == "google.protobuf.Value" {
		return m, protojson.Unmarshal([]byte(`"text"`), m)
	}
	if err := s.fill(m.ProtoReflect(), 0, func(_ protoreflect.FieldDescriptor, rules *validate.FieldRules) bool {
		return rules.GetRequired() || rules.GetRepeated().GetMinItems() > 0 || rules.GetUint32().GetGte() > 0
	}); err != nil {
		return nil, err
	}
	return m, s.Patch(m, s.bases[string(md.Name())])
}

// Full returns a message in which every field is set, and every field of the
// messages in it down to a depth; below, they have no more than they must.
func (s *Sampler) Full(md protoreflect.MessageDescriptor, depth int) (proto.Message, error) {
	m, err := newMessage(md)
	if err != nil || md.FullName() == "google.protobuf.Value" {
		return s.Minimal(md)
	}
	if err := s.fill(m.ProtoReflect(), depth, func(fd protoreflect.FieldDescriptor, _ *validate.FieldRules) bool {
		return !s.LeavesOut(fd)
	}); err != nil {
		return nil, err
	}
	return m, s.Patch(m, s.bases[string(md.Name())])
}

// fill sets the fields of m that are wanted.
func (s *Sampler) fill(m protoreflect.Message, depth int, wanted func(protoreflect.FieldDescriptor, *validate.FieldRules) bool) error {
	fields := m.Descriptor().Fields()
	for i := range fields.Len() {
		fd := fields.Get(i)
		rules, err := protovalidate.ResolveFieldRules(fd)
		if err != nil {
			return err
		}
		if wanted(fd, rules) {
			if err := s.set(m, fd, rules, depth); err != nil {
				return fmt.Errorf("%s: %w", fd.FullName(), err)
			}
		}
	}
	return nil
}

// set gives a field a value that keeps its rules.
func (s *Sampler) set(m protoreflect.Message, fd protoreflect.FieldDescriptor, rules *validate.FieldRules, depth int) error {
	switch {
	case fd.IsMap():
		m.Mutable(fd).Map().Set(protoreflect.ValueOfString("review/scope").MapKey(), protoreflect.ValueOfString("whole"))
		return nil
	case fd.IsList():
		list := m.Mutable(fd).List()
		// Different ones where there are several, because some must be.
		for i := range max(1, int(rules.GetRepeated().GetMinItems())) { //nolint:gosec // a handful
			v, err := s.Value(fd, rules.GetRepeated().GetItems(), depth, i)
			if err != nil {
				return err
			}
			list.Append(v)
		}
		return nil
	default:
		v, err := s.Value(fd, rules, depth, 0)
		if err != nil {
			return err
		}
		m.Set(fd, v)
		return nil
	}
}

// Value returns the nth value for a field, or for an item of it.
func (s *Sampler) Value(fd protoreflect.FieldDescriptor, rules *validate.FieldRules, depth, n int) (protoreflect.Value, error) {
	switch fd.Kind() {
	case protoreflect.MessageKind:
		make := s.Minimal
		if depth > 0 {
			make = func(md protoreflect.MessageDescriptor) (proto.Message, error) { return s.Full(md, depth-1) }
		}
		m, err := make(fd.Message())
		if err != nil {
			return protoreflect.Value{}, err
		}
		return protoreflect.ValueOfMessage(m.ProtoReflect()), nil
	case protoreflect.StringKind:
		text, err := s.text(fd, rules.GetString(), n)
		return protoreflect.ValueOfString(text), err
	case protoreflect.EnumKind:
		// The first value that says something, unless the rule names others.
		number := fd.Enum().Values().Get(1 + n).Number()
		if in := rules.GetEnum().GetIn(); len(in) > 1 {
			number = protoreflect.EnumNumber(in[1])
		}
		return protoreflect.ValueOfEnum(number), nil
	case protoreflect.BoolKind:
		return protoreflect.ValueOfBool(true), nil
	case protoreflect.BytesKind:
		// No text, so that nobody takes it for one.
		return protoreflect.ValueOfBytes([]byte("ab\xff")), nil
	case protoreflect.DoubleKind:
		return protoreflect.ValueOfFloat64(1.5), nil
	case protoreflect.Int64Kind:
		return protoreflect.ValueOfInt64(9007199254740993), nil // more than a float holds
	case protoreflect.Uint64Kind:
		return protoreflect.ValueOfUint64(18446744073709551615), nil
	case protoreflect.Uint32Kind:
		return protoreflect.ValueOfUint32(number(rules.GetUint32())), nil
	default:
		return protoreflect.Value{}, fmt.Errorf("no sample for the kind %s", fd.Kind())
	}
}

// number returns the largest number that keeps the rules: at the border they
// are easiest to get wrong.
func number(rules *validate.UInt32Rules) uint32 {
	switch {
	case rules.HasLte():
		return rules.GetLte()
	case rules.HasLt():
		return rules.GetLt() - 1
	default:
		return max(3, rules.GetGte())
	}
}

// text returns a text that keeps the rules.
func (s *Sampler) text(fd protoreflect.FieldDescriptor, rules *validate.StringRules, n int) (string, error) {
	suffix := ""
	if n > 0 {
		suffix = fmt.Sprintf("-%d", n+1)
	}
	switch {
	case rules.HasConst():
		return rules.GetConst(), nil
	case rules.GetUri():
		return "https://example.org/" + strings.ReplaceAll(string(fd.Name()), "_", "-") + suffix, nil
	case rules.GetUriRef():
		return "docs/" + strings.ReplaceAll(string(fd.Name()), "_", "-") + suffix + ".md", nil
	case rules.GetEmail():
		return "someone@example.org", nil
	case rules.HasPattern():
		known, ok := s.patterns[rules.GetPattern()]
		if !ok {
			return "", fmt.Errorf("no sample for the pattern %s", rules.GetPattern())
		}
		if known.good == "" {
			return Kebab(string(fd.ContainingMessage().Name())) + "-1" + suffix, nil
		}
		return known.good, nil
	case strings.HasSuffix(string(fd.Name()), "_id"), strings.HasSuffix(string(fd.Name()), "_ids"):
		return strings.ReplaceAll(strings.TrimSuffix(string(fd.Name()), "s"), "_id", "") + "-1" + suffix, nil
	case s.words[string(fd.Name())] != "":
		return s.words[string(fd.Name())] + suffix, nil
	default:
		return "some " + strings.ReplaceAll(string(fd.Name()), "_", " ") + suffix, nil
	}
}

// Patch gives fields of m the values that a text in JSON has for them. Lists
// are replaced and not appended to, and what is null is taken away, except where
// null is a value.
func (s *Sampler) Patch(m proto.Message, text string) error {
	if text == "" {
		return nil
	}
	values := m.ProtoReflect().New()
	if err := protojson.Unmarshal([]byte(text), values.Interface()); err != nil {
		return fmt.Errorf("%s: %w", m.ProtoReflect().Descriptor().Name(), err)
	}
	// Which fields the text names, also those that it sets to nothing.
	var named map[string]any
	if err := json.Unmarshal([]byte(text), &named); err != nil {
		return err
	}
	for name := range named {
		fd := values.Descriptor().Fields().ByJSONName(name)
		if fd == nil {
			return fmt.Errorf("%s has no field %s", m.ProtoReflect().Descriptor().Name(), name)
		}
		m.ProtoReflect().Clear(fd)
		if values.Has(fd) {
			m.ProtoReflect().Set(fd, values.Get(fd))
		}
	}
	return nil
}

// newMessage returns an empty message of a type that is linked in.
func newMessage(md protoreflect.MessageDescriptor) (proto.Message, error) {
	mt, err := protoregistry.GlobalTypes.FindMessageByName(md.FullName())
	if err != nil {
		return nil, err
	}
	return mt.New().Interface(), nil
}

// Kebab writes the name of a message in lower case with dashes.
func Kebab(name string) string {
	var b strings.Builder
	for i, r := range name {
		if i > 0 && r >= 'A' && r <= 'Z' {
			b.WriteByte('-')
		}
		b.WriteString(strings.ToLower(string(r)))
	}
	return b.String()
}
