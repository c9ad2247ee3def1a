package fieldpath

import (
	"fmt"
	"math"
	"strings"

	"buf.build/gen/go/bufbuild/protovalidate/protocolbuffers/go/buf/validate"
	"google.golang.org/protobuf/reflect/protoreflect"

	"github.com/reviewpkg/sdk/internal/inwords"
)

// Violation returns the path of the field that protovalidate found at fault in
// the message of the tree. Where fp does not fit the message it is put into
// words as it stands: the name of a oneof, an index that is not there.
func (t *Tree) Violation(fp *validate.FieldPath) string {
	var b []byte
	m := t.root
	for i, e := range fp.GetElements() {
		// A violation names a field by number too, and only the number is
		// sure: the name may be that of a oneof.
		var fd protoreflect.FieldDescriptor
		if m != nil && m.IsValid() {
			fd = m.Descriptor().Fields().ByNumber(protoreflect.FieldNumber(e.GetFieldNumber()))
		}
		step := elementStep(e)
		m, step = t.element(m, fd, step)
		b = step.append(b, i > 0)
	}
	return string(b)
}

// element returns the message that step leads to, if it leads to one, and the
// step as the path language has it: an item by its id. fd is nil if there is no
// such field.
func (t *Tree) element(m protoreflect.Message, fd protoreflect.FieldDescriptor, step Step) (protoreflect.Message, Step) {
	if fd == nil {
		return nil, step
	}
	// protovalidate counts the items of every list, where we name them.
	step.Field = string(fd.Name())
	v, ok := t.step(m, fd, &step)
	if ok && fd.IsList() && step.Kind == Index {
		step = t.item(m, fd, step.Index)
	}
	next, _ := v.Interface().(protoreflect.Message)
	return next, step
}

// elementStep returns an element as a step, without regard to any message.
func elementStep(e *validate.FieldPathElement) Step {
	s := Step{Field: e.GetFieldName()}
	switch e.WhichSubscript() {
	case validate.FieldPathElement_Index_case:
		s.Kind, s.Index = Index, int(min(e.GetIndex(), math.MaxInt))
	case validate.FieldPathElement_BoolKey_case:
		setPlain(&s, fmt.Sprint(e.GetBoolKey()))
	case validate.FieldPathElement_IntKey_case:
		setPlain(&s, fmt.Sprint(e.GetIntKey()))
	case validate.FieldPathElement_UintKey_case:
		setPlain(&s, fmt.Sprint(e.GetUintKey()))
	case validate.FieldPathElement_StringKey_case:
		s.Kind, s.Key = Key, e.GetStringKey()
	default:
		// A field, not an item of one.
	}
	return s
}

// ResolveDescriptor returns the field that a path of field names leads to, from
// a message of the kind md: architecture.interfaces.flows.asset_id. Such a path
// has no keys and no indexes; it means all items of a list and all entries of a
// map.
func ResolveDescriptor(md protoreflect.MessageDescriptor, path string) (protoreflect.FieldDescriptor, error) {
	var fd protoreflect.FieldDescriptor
	for name := range strings.SplitSeq(path, ".") {
		if md == nil {
			return nil, fmt.Errorf("field %s holds no message and has no field %q", fd.FullName(), inwords.Excerpt(name))
		}
		if fd = md.Fields().ByName(protoreflect.Name(name)); fd == nil {
			return nil, fmt.Errorf("message %s has no field %q", md.FullName(), inwords.Excerpt(name))
		}
		md = fd.Message()
		if fd.IsMap() {
			md = fd.MapValue().Message()
		}
	}
	return fd, nil
}
