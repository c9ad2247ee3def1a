package reviewpkg

import (
	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/reflect/protoreflect"

	"github.com/reviewpkg/sdk/internal/fieldpath"
	"github.com/reviewpkg/sdk/internal/source"
)

// list appends the items of n to the list field fd of m. An item that cannot
// be decoded is replaced by an empty one: the message is lost anyway, and its
// list keeps the indexes of the document for what else is wrong with it.
func (d *decoder) list(m protoreflect.Message, fd protoreflect.FieldDescriptor, n *source.Node) {
	if n.Kind != source.Array {
		d.wrongType(fd, n, "a list")
		return
	}
	if len(n.Children) == 0 {
		return // an empty list is one that is not set (proto JSON mapping)
	}
	list := m.Mutable(fd).List()
	for i := range n.Children {
		// Set anew for every item: decoding one may have moved the frames.
		d.frames[len(d.frames)-1] = frame{field: fd, list: n, index: i}
		if d.full {
			return
		}
		item := &n.Children[i]
		switch {
		case item.Kind == source.Null && !takesNull(fd):
			d.wrongType(fd, item, "a value")
			list.Append(list.NewElement())
		case fd.Message() != nil:
			d.submessage(list.AppendMutable().Message(), fd, item)
		default:
			// An unknown enum value that is allowed leaves no item behind: one
			// of number 0 would be a value that nobody wrote.
			before := len(d.problems)
			v, ok := d.scalar(fd, item)
			if ok {
				list.Append(v)
			} else if d.problems[before:].Err() != nil {
				list.Append(list.NewElement())
			}
		}
	}
}

// mapping sets the entries of the map field fd of m from the members of n.
func (d *decoder) mapping(m protoreflect.Message, fd protoreflect.FieldDescriptor, n *source.Node) {
	if n.Kind != source.Object {
		d.wrongType(fd, n, "an object")
		return
	}
	if len(n.Children) == 0 {
		return
	}
	// An entry that cannot be decoded is left out: entries have no order that
	// could be lost.
	entries := m.Mutable(fd).Map()
	value := fd.MapValue()
	for i := range n.Children {
		child := &n.Children[i]
		if d.full {
			return
		}
		// Keys are compared as texts. ParseKey takes one spelling of each key
		// only, so that Repeated misses none: 1 and 01 are not both taken.
		d.frames[len(d.frames)-1] = frame{field: fd, name: child.Key, entry: true}
		key, ok := fieldpath.ParseKey(fd.MapKey(), child.Key)
		switch {
		case !ok:
			d.report(WrongType, LevelError, child.KeyPos,
				"the key "+quote(child.Key)+" of "+string(fd.Name())+" is not a "+fd.MapKey().Kind().String(), "")
		case child.Repeated:
			d.report(DuplicateKey, LevelError, child.KeyPos, "key "+quote(child.Key)+" stands twice in one object", "")
		case child.Kind == source.Null && !takesNull(value):
			d.wrongType(fd, child, "a value")
		case value.Message() != nil:
			entry := entries.NewValue()
			d.submessage(entry.Message(), value, child)
			entries.Set(key, entry)
		default:
			if v, ok := d.scalar(value, child); ok {
				entries.Set(key, v)
			}
		}
	}
}

// isWellKnown reports whether a message has a JSON form of its own.
func isWellKnown(md protoreflect.MessageDescriptor) bool {
	if md.ParentFile().Package() != "google.protobuf" {
		return false
	}
	// Other messages of the package, those of descriptor.proto say, are
	// ordinary ones. The list is the table of the proto JSON mapping.
	switch md.Name() {
	case "Any", "Timestamp", "Duration", "Struct", "Value", "ListValue", "FieldMask", "Empty",
		"BoolValue", "StringValue", "BytesValue", "DoubleValue", "FloatValue",
		"Int32Value", "Int64Value", "UInt32Value", "UInt64Value":
		return true
	default:
		return false
	}
}

// takesNull reports whether null is a value of the type of fd. For all other
// types the proto JSON mapping has null mean that a field is not set, and so it
// means nothing in a list or a map.
func takesNull(fd protoreflect.FieldDescriptor) bool {
	return fd.Message() != nil && fd.Message().FullName() == "google.protobuf.Value"
}

// wellKnown fills a well-known type by way of protojson, which knows all of
// their forms. They are rare and small.
func (d *decoder) wellKnown(m protoreflect.Message, fd protoreflect.FieldDescriptor, n *source.Node) {
	// protojson would say so as well, without a place.
	if repeated := repeatedKey(n); repeated != nil {
		d.report(DuplicateKey, LevelError, repeated.KeyPos, "key "+quote(repeated.Key)+" stands twice in one object", "")
		return
	}
	// n is within the limit on depth already; one level to spare, because
	// protojson counts in its own way.
	opts := protojson.UnmarshalOptions{RecursionLimit: d.tree.depth + 1}
	if err := opts.Unmarshal(source.AppendJSON(nil, n), m.Interface()); err != nil {
		// Its words name offsets in a text that the user never saw.
		d.fail(BadFormat, n, "%s is %s, which is no google.protobuf.%s", d.thing(fd), describe(n), fd.Message().Name())
	}
}

// repeatedKey returns a member of n, at any depth, whose key stands twice.
func repeatedKey(n *source.Node) *source.Node {
	for i := range n.Children {
		if n.Children[i].Repeated {
			return &n.Children[i]
		}
		if found := repeatedKey(&n.Children[i]); found != nil {
			return found
		}
	}
	return nil
}
