package main

import (
	"fmt"
	"slices"

	"google.golang.org/protobuf/reflect/protoreflect"

	"github.com/reviewpkg/sdk/examples/conformance/internal/kit"
)

// depth is how far down a message with everything set is full.
const depth = 1

// wholeMessages adds the cases that keep the rules: for every kind of document
// one with no more than it must have, and messages with every field set, until
// every field of the model was set in one.
func wholeMessages(b *builder, s *sampler) error {
	shown := map[protoreflect.FullName]bool{}
	for _, p := range places() {
		if len(p.fields) == 0 {
			m, err := s.minimal(p.message)
			if err != nil {
				return err
			}
			c, err := b.message(slug(kebab(string(p.message.Name())), "minimal"), string(p.message.Name())+" with no more than it must have", m)
			if err != nil {
				return err
			}
			if err := want(c, kit.Accepted); err != nil {
				return err
			}
		}
		if shown[p.message.FullName()] {
			continue
		}
		m, err := s.full(p.message, depth)
		if err != nil {
			return err
		}
		s.show(m.ProtoReflect(), shown)
		root, err := s.embed(p, m)
		if err != nil {
			return err
		}
		c, err := b.message(slug(kebab(string(p.message.Name())), "whole"), fmt.Sprintf("%s (%s) with every field set", p.message.Name(), p), root)
		if err != nil {
			return err
		}
		if err := want(c, kit.Accepted); err != nil {
			return err
		}
	}
	return nil
}

// show notes the messages in m that have every field set. What a base gives a
// message is not always a whole one.
func (s *sampler) show(m protoreflect.Message, shown map[protoreflect.FullName]bool) {
	whole := true
	fields := m.Descriptor().Fields()
	for i := range fields.Len() {
		fd := fields.Get(i)
		whole = whole && (m.Has(fd) || slices.Contains(s.without[string(m.Descriptor().Name())], string(fd.Name())))
	}
	if whole {
		shown[m.Descriptor().FullName()] = true
	}
	m.Range(func(fd protoreflect.FieldDescriptor, v protoreflect.Value) bool {
		switch {
		case fd.Message() == nil || fd.IsMap():
		case fd.IsList():
			s.show(v.List().Get(0).Message(), shown)
		default:
			s.show(v.Message(), shown)
		}
		return true
	})
}
