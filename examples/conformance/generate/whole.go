package main

import (
	"fmt"

	"google.golang.org/protobuf/reflect/protoreflect"

	"github.com/reviewpkg/sdk/examples/conformance/kit"
	"github.com/reviewpkg/sdk/examples/conformance/sample"
)

// depth is how far down a message with everything set is full.
const depth = 1

// wholeMessages adds the cases that keep the rules: for every kind of document
// one with no more than it must have, and messages with every field set, until
// every field of the model was set in one.
func wholeMessages(b *builder, s *sample.Sampler) error {
	shown := map[protoreflect.FullName]bool{}
	for _, p := range sample.Places() {
		if len(p.Fields) == 0 {
			m, err := s.Minimal(p.Message)
			if err != nil {
				return err
			}
			c, err := b.message(slug(sample.Kebab(string(p.Message.Name())), "minimal"), string(p.Message.Name())+" with no more than it must have", m)
			if err != nil {
				return err
			}
			if err := want(c, kit.Accepted); err != nil {
				return err
			}
		}
		// Shown in the case of a message that holds it.
		if shown[p.Message.FullName()] {
			continue
		}
		m, err := s.Full(p.Message, depth)
		if err != nil {
			return err
		}
		show(s, m.ProtoReflect(), shown)
		root, err := s.Embed(p, m)
		if err != nil {
			return err
		}
		c, err := b.message(slug(sample.Kebab(string(p.Message.Name())), "whole"), fmt.Sprintf("%s (%s) with every field set", p.Message.Name(), p), root)
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
func show(s *sample.Sampler, m protoreflect.Message, shown map[protoreflect.FullName]bool) {
	whole := true
	fields := m.Descriptor().Fields()
	for i := range fields.Len() {
		fd := fields.Get(i)
		whole = whole && (m.Has(fd) || s.LeavesOut(fd))
	}
	if whole {
		shown[m.Descriptor().FullName()] = true
	}
	m.Range(func(fd protoreflect.FieldDescriptor, v protoreflect.Value) bool {
		switch {
		case fd.Message() == nil || fd.IsMap():
		case fd.IsList():
			show(s, v.List().Get(0).Message(), shown)
		default:
			show(s, v.Message(), shown)
		}
		return true
	})
}
