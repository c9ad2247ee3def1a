package sample

import (
	"fmt"
	"slices"
	"strings"

	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"

	"github.com/reviewpkg/sdk/examples/conformance/kit"
)

// A Place is where in a document a message can stand.
type Place struct {
	Document protoreflect.MessageDescriptor
	Fields   []protoreflect.FieldDescriptor // from the document to the message
	Message  protoreflect.MessageDescriptor
}

// String returns the place in words: "ReviewPackage architecture.components".
func (p Place) String() string {
	words := make([]string, len(p.Fields))
	for i, fd := range p.Fields {
		words[i] = string(fd.Name())
	}
	if len(words) == 0 {
		return string(p.Document.Name())
	}
	return string(p.Document.Name()) + " " + strings.Join(words, ".")
}

// Places returns the nearest place of every message of the model that a
// document can hold, documents first and nearer places before farther ones.
func Places() []Place {
	var found []Place
	seen := map[protoreflect.FullName]bool{}
	for _, m := range kit.Documents() {
		document := m.ProtoReflect().Descriptor()
		if seen[document.FullName()] {
			continue
		}
		seen[document.FullName()] = true
		// Breadth first, so that the nearest place is found first: sections hold
		// sections, and a path of ten steps teaches nobody anything.
		queue := []Place{{Document: document, Message: document}}
		for len(queue) > 0 {
			at := queue[0]
			queue = queue[1:]
			found = append(found, at)
			fields := at.Message.Fields()
			for i := range fields.Len() {
				fd := fields.Get(i)
				// A document inside another one has a place of its own: itself.
				if fd.Message() == nil || fd.IsMap() || seen[fd.Message().FullName()] || isDocument(fd.Message()) ||
					fd.Message().ParentFile().Package() != document.ParentFile().Package() {
					continue
				}
				seen[fd.Message().FullName()] = true
				path := slices.Concat(at.Fields, []protoreflect.FieldDescriptor{fd})
				queue = append(queue, Place{document, path, fd.Message()})
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

// Embed returns a document that has m at the place and otherwise no more than
// it must.
func (s *Sampler) Embed(p Place, m proto.Message) (proto.Message, error) {
	if len(p.Fields) == 0 {
		return m, nil
	}
	root, err := s.Minimal(p.Document)
	if err != nil {
		return nil, err
	}
	// Step by step, because each list or message on the way must be there.
	at := root.ProtoReflect()
	for i, fd := range p.Fields {
		value := m.ProtoReflect()
		if i < len(p.Fields)-1 {
			inner, err := s.Minimal(fd.Message())
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
