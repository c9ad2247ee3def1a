package reviewpkg

import (
	"fmt"

	"google.golang.org/protobuf/reflect/protoreflect"

	"github.com/reviewpkg/sdk/internal/inwords"
	"github.com/reviewpkg/sdk/internal/source"
)

// maxProblems is the number of mistakes after which decoding stops: nobody
// reads more, and a hostile document must not make us write a book about it.
const maxProblems = 1000

// A decoder sets the fields of a message from a tree. It goes on after a
// mistake, so that one run finds all of them.
//
// It is ours, and not protojson, because protojson stops at the first mistake,
// knows no YAML, and takes undefined enum numbers without a word.
type decoder struct {
	tree         *tree
	allowUnknown bool
	yaml         bool
	// frames lead to the value that is being decoded. They are put into words
	// only for a diagnostic: to build a path for each value would cost more
	// than to decode it.
	frames   []frame
	problems Diagnostics
	// meant holds the paths of fields that are not set because their names
	// were misspelt.
	meant []string
	// enums holds the short names that were seen, which are few and come often.
	enums map[enumText]protoreflect.EnumNumber
	full  bool // the limit of problems is reached
}

// report adds a diagnostic about the value that the frames lead to.
func (d *decoder) report(code Code, level Level, pos source.Pos, message, hint string) {
	if d.full {
		return
	}
	if len(d.problems) == maxProblems {
		d.full = true
		code, level, hint = TooLarge, LevelError, ""
		message = fmt.Sprintf("more than %d problems, the rest of the document was not read", maxProblems)
	}
	d.problems = append(d.problems, Diagnostic{
		Code: code, Level: level, Path: d.tree.path(d.frames), Pos: d.tree.position(pos), Message: message, Hint: hint,
	})
}

// fail reports an error at a value.
func (d *decoder) fail(code Code, n *source.Node, format string, args ...any) {
	d.report(code, LevelError, n.Pos, fmt.Sprintf(format, args...), "")
}

// unknown reports what the model does not have: an error, or a warning if that
// is allowed.
func (d *decoder) unknown(code Code, pos source.Pos, message, hint string) {
	level := LevelError
	if d.allowUnknown {
		level = LevelWarning
	}
	d.report(code, level, pos, message, hint)
}

// wrongType reports that the field fd cannot hold n.
func (d *decoder) wrongType(fd protoreflect.FieldDescriptor, n *source.Node, want string) {
	d.fail(WrongType, n, "%s is %s, want %s", d.thing(fd), describe(n), want)
}

// thing names the value that the frames lead to, a value of fd.
func (d *decoder) thing(fd protoreflect.FieldDescriptor) string {
	switch f := &d.frames[len(d.frames)-1]; {
	case f.entry:
		return "an entry of " + string(f.field.Name())
	case f.list != nil:
		return "an item of " + string(fd.Name())
	default:
		return string(fd.Name())
	}
}

// describe says what a value is, with its text if it has one.
func describe(n *source.Node) string {
	switch n.Kind {
	case source.Bool, source.Number:
		return inwords.Excerpt(n.Text)
	case source.String:
		return "the text " + quote(n.Text)
	default:
		return n.Kind.String()
	}
}

// A fieldSet remembers which fields of a message were seen, by their index. Has
// cannot tell: a field that was set to its zero value is not there, and setting
// it a second time would go unnoticed.
type fieldSet struct {
	low  uint64
	high map[int]struct{} // indexes from 64 on, which few messages have
}

// add adds a field and reports whether it was in the set before.
func (s *fieldSet) add(index int) bool {
	if index < 64 {
		bit := uint64(1) << index
		before := s.low&bit != 0
		s.low |= bit
		return before
	}
	if s.high == nil {
		s.high = map[int]struct{}{}
	}
	_, before := s.high[index]
	s.high[index] = struct{}{}
	return before
}

// message sets the fields of m from the members of n, which is an object.
//
// This is the hot path of reading: nothing is put into words here, and nothing
// is allocated for a member that is right.
func (d *decoder) message(m protoreflect.Message, n *source.Node) {
	md := m.Descriptor()
	fields := md.Fields()
	var seen, oneofs fieldSet
	d.frames = append(d.frames, frame{})
	top := len(d.frames) - 1
	for i := range n.Children {
		child := &n.Children[i]
		if d.full {
			break // nothing would come of it but time
		}
		fd := d.field(fields, child.Key)
		if fd == nil {
			d.frames[top] = frame{name: child.Key}
			d.unknownField(md, child)
			continue
		}
		d.frames[top] = frame{field: fd}
		// By field and not by key, so that assetIds and asset_ids are the same.
		if seen.add(fd.Index()) {
			d.report(DuplicateKey, LevelError, child.KeyPos, "field "+string(fd.Name())+" is set twice in one object", "")
			continue
		}
		if child.Kind == source.Null && (fd.IsList() || !takesNull(fd)) {
			continue // null stands for a field that is not set (proto JSON mapping)
		}
		// The oneof of an optional field is an invention of the compiler.
		if od := fd.ContainingOneof(); od != nil && !od.IsSynthetic() && oneofs.add(od.Index()) {
			d.report(Inconsistent, LevelError, child.KeyPos,
				fmt.Sprintf("%s and %s are alternatives, only one of them may be set", fd.Name(), m.WhichOneof(od).Name()), "")
			continue
		}
		d.set(m, fd, child)
	}
	d.frames = d.frames[:top]
}

// field returns the field with the given name. Both spellings are accepted
// everywhere, as the proto JSON mapping demands of a parser; the usual one of the
// encoding is tried first.
func (d *decoder) field(fields protoreflect.FieldDescriptors, key string) protoreflect.FieldDescriptor {
	// A map look-up each; most keys need one.
	if d.yaml {
		if fd := fields.ByName(protoreflect.Name(key)); fd != nil {
			return fd
		}
		return fields.ByJSONName(key)
	}
	if fd := fields.ByJSONName(key); fd != nil {
		return fd
	}
	return fields.ByName(protoreflect.Name(key))
}

// unknownField reports a member that is no field. If the name looks like a
// misspelt one, nobody need be told that the field itself is missing.
func (d *decoder) unknownField(md protoreflect.MessageDescriptor, child *source.Node) {
	hint := ""
	if fd := nearestField(md.Fields(), child.Key); fd != nil {
		name := string(fd.Name())
		if !d.yaml {
			name = fd.JSONName()
		}
		hint = "did you mean " + name + "?"
		// The path of the field that was meant, not of the one that is there.
		top := &d.frames[len(d.frames)-1]
		*top = frame{field: fd}
		d.meant = append(d.meant, d.tree.path(d.frames))
		*top = frame{name: child.Key}
	}
	d.unknown(UnknownField, child.KeyPos, "unknown field "+quote(child.Key)+" in "+string(md.Name()), hint)
}

// set sets the field fd of m from n.
func (d *decoder) set(m protoreflect.Message, fd protoreflect.FieldDescriptor, n *source.Node) {
	switch {
	case fd.IsList():
		d.list(m, fd, n)
	case fd.IsMap():
		d.mapping(m, fd, n)
	case fd.Message() != nil:
		d.submessage(m.Mutable(fd).Message(), fd, n)
	default:
		if v, ok := d.scalar(fd, n); ok {
			m.Set(fd, v)
		}
	}
}

// submessage fills m, the value of fd or an item of it.
func (d *decoder) submessage(m protoreflect.Message, fd protoreflect.FieldDescriptor, n *source.Node) {
	switch {
	case isWellKnown(fd.Message()):
		d.wellKnown(m, fd, n)
	case n.Kind != source.Object:
		d.report(WrongType, LevelError, n.Pos,
			fmt.Sprintf("%s is %s, want an object", d.thing(fd), describe(n)), "its fields are "+fieldNames(fd.Message()))
	default:
		d.message(m, n)
	}
}
