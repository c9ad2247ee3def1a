package main

import (
	"fmt"
	"strings"

	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"

	"github.com/reviewpkg/sdk/examples/conformance/internal/kit"
)

// A place is where in a document a message can stand.
type place struct {
	document protoreflect.MessageDescriptor
	fields   []protoreflect.FieldDescriptor // from the document to the message
	message  protoreflect.MessageDescriptor
}

// String returns the place in words: "ReviewPackage architecture.components".
func (p place) String() string {
	words := make([]string, len(p.fields))
	for i, fd := range p.fields {
		words[i] = string(fd.Name())
	}
	if len(words) == 0 {
		return string(p.document.Name())
	}
	return string(p.document.Name()) + " " + strings.Join(words, ".")
}

// places returns the nearest place of every message of the model that a
// document can hold, documents first and nearer places before farther ones.
func places() []place {
	var found []place
	seen := map[protoreflect.FullName]bool{}
	for _, m := range kit.Documents() {
		document := m.ProtoReflect().Descriptor()
		if seen[document.FullName()] {
			continue
		}
		seen[document.FullName()] = true
		queue := []place{{document: document, message: document}}
		for len(queue) > 0 {
			at := queue[0]
			queue = queue[1:]
			found = append(found, at)
			fields := at.message.Fields()
			for i := range fields.Len() {
				fd := fields.Get(i)
				// A document inside another one has a place of its own: itself.
				if fd.Message() == nil || fd.IsMap() || seen[fd.Message().FullName()] || isDocument(fd.Message()) ||
					fd.Message().ParentFile().Package() != document.ParentFile().Package() {
					continue
				}
				seen[fd.Message().FullName()] = true
				path := append(at.fields[:len(at.fields):len(at.fields)], fd)
				queue = append(queue, place{document, path, fd.Message()})
			}
		}
	}
	return found
}

// isDocument reports whether md is a kind of document.
func isDocument(md protoreflect.MessageDescriptor) bool {
	_, err := kit.New(string(md.FullName()))
	return err == nil
}

// embed returns a document that has m at the place and otherwise no more than
// it must.
func (s *sampler) embed(p place, m proto.Message) (proto.Message, error) {
	if len(p.fields) == 0 {
		return m, nil
	}
	root, err := s.minimal(p.document)
	if err != nil {
		return nil, err
	}
	at := root.ProtoReflect()
	for i, fd := range p.fields {
		value := m.ProtoReflect()
		if i < len(p.fields)-1 {
			inner, err := s.minimal(fd.Message())
			if err != nil {
				return nil, fmt.Errorf("%s: %w", p, err)
			}
			value = inner.ProtoReflect()
		}
		if fd.IsList() {
			// In the place of the first item, if there must be some already:
			// the others keep rules about their number.
			list := at.Mutable(fd).List()
			if list.Len() > 0 {
				list.Set(0, protoreflect.ValueOfMessage(value))
			} else {
				list.Append(protoreflect.ValueOfMessage(value))
			}
		} else {
			at.Set(fd, protoreflect.ValueOfMessage(value))
		}
		at = value
	}
	return root, nil
}
