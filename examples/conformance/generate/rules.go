package main

import (
	"fmt"
	"math"
	"strings"

	"buf.build/gen/go/bufbuild/protovalidate/protocolbuffers/go/buf/validate"
	"buf.build/go/protovalidate"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"

	"github.com/reviewpkg/sdk/examples/conformance/kit"
	"github.com/reviewpkg/sdk/examples/conformance/sample"
)

// undefined is the number of no enum value of the model. It is far from those
// that are: a later version of the model may define the next one.
const undefined = 99

// A breach sets a field so that it breaks rules.
type breach func(m protoreflect.Message)

// fieldRules adds the cases of the rules of fields: for each message all its
// required fields missing at once, all its other rules broken in as few
// documents as their number on one field allows, and its enums with a number
// that nobody defined, which only the binary form can hold.
func fieldRules(b *builder, s *sample.Sampler) error {
	for _, p := range sample.Places() {
		var missing, enums []breach
		var rounds [][]breach
		fields := p.Message.Fields()
		for i := range fields.Len() {
			fd := fields.Get(i)
			rules, err := protovalidate.ResolveFieldRules(fd)
			if err != nil {
				return err
			}
			// All at once: protovalidate goes on after a mistake, and a document for
			// each field would be many that say the same.
			if rules.GetRequired() {
				missing = append(missing, func(m protoreflect.Message) { m.Clear(fd) })
			}
			if fd.Enum() != nil && (rules.GetEnum().GetDefinedOnly() || rules.GetRepeated().GetItems().GetEnum().GetDefinedOnly()) {
				enums = append(enums, undefinedEnum(fd))
			}
			found, err := breaches(s, fd, rules)
			if err != nil {
				return err
			}
			// A field can hold one value only, so that its second rule is broken in
			// a second document, together with the second rules of other fields.
			for r, breach := range found {
				if r == len(rounds) {
					rounds = append(rounds, nil)
				}
				rounds[r] = append(rounds[r], breach)
			}
		}
		if len(missing) > 0 {
			if err := b.broken(s, p, "missing", "without its required fields", "json", missing); err != nil {
				return err
			}
		}
		for r, round := range rounds {
			name, words := "values", "with values that its rules refuse"
			if r > 0 {
				name, words = fmt.Sprintf("values-%d", r+1), "with other values that its rules refuse"
			}
			if err := b.broken(s, p, name, words, "json", round); err != nil {
				return err
			}
		}
		if len(enums) > 0 {
			if err := b.broken(s, p, "enums", "with numbers that its enums do not define", "binary", enums); err != nil {
				return err
			}
		}
		if p.Message.Name() == "Criterion" {
			if err := b.broken(s, p, "too-many-levels", "with a level of a number that is too large", "json", []breach{patched(s, `{"levels":[`+manyLevels(17)+`]}`)}); err != nil {
				return err
			}
		}
	}
	return nil
}

// patched returns the breach that sets fields to what a text has for them.
func patched(s *sample.Sampler, text string) breach {
	return func(m protoreflect.Message) {
		// A text that does not fit leaves nothing broken, which is noticed.
		_ = s.Patch(m.Interface(), text)
	}
}

// broken adds a case in which a message breaks rules.
func (b *builder) broken(s *sample.Sampler, p sample.Place, name, words, format string, breaches []breach) error {
	m, err := s.Minimal(p.Message)
	if err != nil {
		return err
	}
	for _, breach := range breaches {
		breach(m.ProtoReflect())
	}
	// In a whole document and not alone: that is what others read, and the paths
	// of violations are then longer than one step.
	root, err := s.Embed(p, m)
	if err != nil {
		return err
	}
	id, title := slug(sample.Kebab(string(p.Message.Name())), name), fmt.Sprintf("%s (%s) %s", p.Message.Name(), p, words)
	var c *kit.Case
	if format == "binary" {
		data, err := proto.MarshalOptions{Deterministic: true}.Marshal(root)
		if err != nil {
			return err
		}
		c, err = b.binary(id, title, kindOf(root), data)
		if err != nil {
			return err
		}
	} else if c, err = b.message(id, title, root); err != nil {
		return err
	}
	return want(c, kit.Rejected)
}

// undefinedEnum gives an enum a number without a name.
func undefinedEnum(fd protoreflect.FieldDescriptor) breach {
	return func(m protoreflect.Message) {
		if fd.IsList() {
			m.Clear(fd)
			m.Mutable(fd).List().Append(protoreflect.ValueOfEnum(undefined))
		} else {
			m.Set(fd, protoreflect.ValueOfEnum(undefined))
		}
	}
}

// breaches returns what breaks the rules of a field that are neither about
// presence nor about numbers of enums, each rule at least once.
func breaches(s *sample.Sampler, fd protoreflect.FieldDescriptor, rules *validate.FieldRules) ([]breach, error) {
	// By hand below, with as many levels as it takes; see without.
	if fd.FullName() == "reviewpkg.v1.CriterionLevel.ordinal" {
		return nil, nil
	}
	var all []breach
	set := func(v any) { all = append(all, func(m protoreflect.Message) { m.Set(fd, protoreflect.ValueOf(v)) }) }
	switch {
	case fd.IsMap():
		return mapBreaches(s, fd, rules.GetMap())
	case fd.IsList():
		return listBreaches(s, fd, rules.GetRepeated())
	case fd.Kind() == protoreflect.StringKind:
		text, err := badText(s, rules)
		for _, t := range text {
			set(t)
		}
		return all, err
	case fd.Kind() == protoreflect.EnumKind && len(rules.GetEnum().GetIn()) > 0:
		set(protoreflect.EnumNumber(1)) // PASS is no severity
	case fd.Kind() == protoreflect.Uint32Kind:
		r := rules.GetUint32()
		// As close to the bound as can be.
		switch {
		case r.HasLte():
			set(r.GetLte() + 1)
		case r.HasLt():
			set(r.GetLt())
		}
		if r.HasGte() {
			set(r.GetGte() - 1)
		}
	case fd.Kind() == protoreflect.Int64Kind && rules.GetInt64().HasGte():
		set(rules.GetInt64().GetGte() - 1)
	case fd.Kind() == protoreflect.DoubleKind && rules.GetDouble().GetFinite():
		// Not NaN: it equals nothing, so that no message with it could be compared.
		set(math.Inf(1))
		set(math.Inf(-1))
	}
	return all, nil
}

// badText returns texts that break the rules of a text.
func badText(s *sample.Sampler, rules *validate.FieldRules) ([]string, error) {
	r := rules.GetString()
	switch {
	case len(rules.GetCel()) > 0:
		// Rules in CEL have pairs by hand.
		return nil, nil
	case r.HasConst():
		return []string{"reviewpkg.v2.SomethingElse"}, nil
	case r.HasPattern():
		bad, err := s.Bad(r.GetPattern())
		if err != nil {
			return nil, err
		}
		texts := []string{bad}
		if r.HasMaxLen() {
			texts = append(texts, strings.Repeat("x", int(r.GetMaxLen())+1)) //nolint:gosec // small
		}
		return texts, nil
	case r.GetUri():
		return []string{"not a uri", "/relative"}, nil
	case r.GetUriRef():
		return []string{"not a uri"}, nil
	case r.GetEmail():
		return []string{"someone at example.org"}, nil
	case r.HasMaxLen():
		return []string{strings.Repeat("x", int(r.GetMaxLen())+1)}, nil //nolint:gosec // small
	case r.HasMinLen():
		return []string{""}, nil
	}
	return nil, nil
}

// listBreaches returns what breaks the rules of a list and of its items.
func listBreaches(s *sample.Sampler, fd protoreflect.FieldDescriptor, r *validate.RepeatedRules) ([]breach, error) {
	var all []breach
	fill := func(values ...any) {
		all = append(all, func(m protoreflect.Message) {
			m.Clear(fd)
			for _, v := range values {
				m.Mutable(fd).List().Append(protoreflect.ValueOf(v))
			}
		})
	}
	// An empty list is one that is not set, and too short all the same.
	if r.HasMinItems() {
		fill()
	}
	if r.HasMaxItems() {
		item, err := s.Value(fd, r.GetItems(), 0, 0)
		if err != nil {
			return nil, err
		}
		many := make([]any, r.GetMaxItems()+1)
		for i := range many {
			many[i] = item.Interface()
		}
		fill(many...)
	}
	if r.GetUnique() {
		item, err := s.Value(fd, r.GetItems(), 0, 0)
		if err != nil {
			return nil, err
		}
		fill(item.Interface(), item.Interface())
	}
	if len(r.GetItems().GetEnum().GetNotIn()) > 0 {
		fill(protoreflect.EnumNumber(0))
	}
	texts, err := badText(s, r.GetItems())
	for _, text := range texts {
		fill(text)
	}
	return all, err
}

// mapBreaches returns what breaks the rules of the keys and values of a map.
func mapBreaches(s *sample.Sampler, fd protoreflect.FieldDescriptor, r *validate.MapRules) ([]breach, error) {
	keys, err := badText(s, r.GetKeys())
	if err != nil {
		return nil, err
	}
	values, err := badText(s, r.GetValues())
	if err != nil {
		return nil, err
	}
	var all []breach
	entry := func(key, value string) {
		all = append(all, func(m protoreflect.Message) {
			m.Mutable(fd).Map().Set(protoreflect.ValueOfString(key).MapKey(), protoreflect.ValueOfString(value))
		})
	}
	for _, key := range keys {
		entry(key, "whole")
	}
	for _, value := range values {
		entry("scope", value)
	}
	return all, nil
}
