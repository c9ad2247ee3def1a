package reviewpkg

import (
	"bytes"
	"slices"

	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/types/known/structpb"

	"github.com/reviewpkg/sdk/internal/changevalue"
	"github.com/reviewpkg/sdk/internal/fieldpath"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// Diff returns the changes that lead from one version of a package to another,
// in the order of the fields in the model. It is complete, so that [Apply] gives
// back after exactly, and empty for equal packages. A nil package is an empty
// one.
//
// Each field of its own is a change of its own: a finding that was fixed is the
// one change findings["f-2"].state. What came in or went out whole, such as a
// finding or a section, is one change with the whole value.
//
//   - The items of a list are matched by id if they have ids that are not empty
//     and not repeated in either list. Another order of the items that are in
//     both is one MOVED change of the list.
//   - In any other list, what is alike at the head and at the tail is left out,
//     and the items between are compared pair by pair; what one list has more
//     was added or removed.
//   - The entries of a map are matched by key.
//   - Setting an optional field to zero, or a message without content, is a
//     change, and so are fields that the model does not have.
func Diff(before, after *reviewpkgv1.ReviewPackage) []*reviewpkgv1.Change {
	return diffMessages(before.ProtoReflect(), after.ProtoReflect())
}

// diffMessages does what Diff does, for messages of any one type.
func diffMessages(before, after protoreflect.Message) []*reviewpkgv1.Change {
	var d differ
	d.message(before, after)
	return d.changes
}

// maxDiffDepth is the number of steps below which messages are compared whole.
// Without it, paths into a deep tree would take memory without bounds.
const maxDiffDepth = 100

// A differ collects the changes between two messages of one type.
type differ struct {
	path    fieldpath.Path
	changes []*reviewpkgv1.Change
}

// message compares two messages field by field. It asks the descriptor for the
// fields, so that a field that the model gains later is not forgotten.
func (d *differ) message(before, after protoreflect.Message) {
	// In the order of the .proto file, which readers know; Range has none.
	fields := before.Descriptor().Fields()
	for i := range fields.Len() {
		fd := fields.Get(i)
		was, is := before.Has(fd), after.Has(fd)
		switch {
		case !was && !is:
		case fd.IsList():
			d.list(fd, before.Get(fd).List(), after.Get(fd).List())
		case fd.IsMap():
			d.entries(fd, before.Get(fd).Map(), after.Get(fd).Map())
		default:
			d.value(plainStep(fd), fd, optional(was, before, fd), optional(is, after, fd))
		}
	}
	d.unknown(before, after)
}

// optional returns the value of a field, or no value if it is not set.
func optional(set bool, m protoreflect.Message, fd protoreflect.FieldDescriptor) protoreflect.Value {
	if !set {
		return protoreflect.Value{}
	}
	return m.Get(fd)
}

// plainStep returns the step to a field as a whole.
func plainStep(fd protoreflect.FieldDescriptor) fieldpath.Step {
	return fieldpath.Step{Field: string(fd.Name())}
}

// value compares two values of the field fd, of which one may be missing.
// The path grows and shrinks with the walk, and becomes a text only for a
// change: most values are equal.
func (d *differ) value(step fieldpath.Step, fd protoreflect.FieldDescriptor, before, after protoreflect.Value) {
	d.path = append(d.path, step)
	switch {
	case !before.IsValid():
		d.add(reviewpkgv1.ChangeKind_CHANGE_KIND_ADDED, nil, changevalue.Encode(fd, after))
	case !after.IsValid():
		d.add(reviewpkgv1.ChangeKind_CHANGE_KIND_REMOVED, changevalue.Encode(fd, before), nil)
	case fd.Message() != nil && len(d.path) < maxDiffDepth:
		d.message(before.Message(), after.Message())
	case !before.Equal(after):
		d.add(reviewpkgv1.ChangeKind_CHANGE_KIND_CHANGED, changevalue.Encode(fd, before), changevalue.Encode(fd, after))
	}
	d.path = d.path[:len(d.path)-1]
}

// add notes a change of what the path leads to.
func (d *differ) add(kind reviewpkgv1.ChangeKind, before, after *structpb.Value) *reviewpkgv1.Change {
	c := reviewpkgv1.Change_builder{Kind: kind, Path: d.path.String(), Before: before, After: after}.Build()
	d.changes = append(d.changes, c)
	return c
}

// list compares two lists. They are matched by id only if that is possible in
// both: with an id that is empty or stands twice, paths would lead to the wrong
// item.
func (d *differ) list(fd protoreflect.FieldDescriptor, before, after protoreflect.List) {
	was, whole := fieldpath.IDs(fd, before)
	if whole {
		var is map[string]int
		if is, whole = fieldpath.IDs(fd, after); whole {
			d.byID(fd, before, after, was, is)
			return
		}
	}
	d.byIndex(fd, before, after)
}

// byID compares two lists whose items have ids; was and is lead from an id to
// the index of its item.
func (d *differ) byID(fd protoreflect.FieldDescriptor, before, after protoreflect.List, was, is map[string]int) {
	step := fieldpath.Step{Field: string(fd.Name()), Kind: fieldpath.Key}
	var keptBefore, keptAfter []string
	for i := range before.Len() {
		step.Key = itemID(fd, before.Get(i))
		if _, ok := is[step.Key]; ok {
			keptBefore = append(keptBefore, step.Key)
		} else {
			d.value(step, fd, before.Get(i), protoreflect.Value{})
		}
	}
	// The new order is told before what changed in the items, and known only
	// after them.
	moved := len(d.changes)
	for i := range after.Len() {
		step.Key = itemID(fd, after.Get(i))
		if at, ok := was[step.Key]; ok {
			keptAfter = append(keptAfter, step.Key)
			d.value(step, fd, before.Get(at), after.Get(i))
		} else {
			d.value(step, fd, protoreflect.Value{}, after.Get(i))
			d.changes[len(d.changes)-1].SetPosition(uint32(i))
		}
	}
	if slices.Equal(keptBefore, keptAfter) {
		return
	}
	d.path = append(d.path, plainStep(fd))
	c := d.add(reviewpkgv1.ChangeKind_CHANGE_KIND_MOVED, changevalue.EncodeIDs(keptBefore), changevalue.EncodeIDs(keptAfter))
	d.path = d.path[:len(d.path)-1]
	d.changes = slices.Insert(d.changes[:len(d.changes)-1], moved, c)
}

// itemID returns the id of an item of the list fd, which has ids.
func itemID(fd protoreflect.FieldDescriptor, item protoreflect.Value) string {
	return item.Message().Get(fieldpath.IDField(fd)).String()
}

// byIndex compares two lists whose items have no ids. It is linear in their
// lengths, unlike a search for the shortest list of changes. What it says is
// longest where an item came in between others that changed as well, which is
// rare in lists of links or names.
func (d *differ) byIndex(fd protoreflect.FieldDescriptor, before, after protoreflect.List) {
	shorter := min(before.Len(), after.Len())
	head := 0
	for head < shorter && before.Get(head).Equal(after.Get(head)) {
		head++
	}
	tail := 0
	for tail < shorter-head && before.Get(before.Len()-1-tail).Equal(after.Get(after.Len()-1-tail)) {
		tail++
	}
	for i := head; i < max(before.Len(), after.Len())-tail; i++ {
		var was, is protoreflect.Value
		if i < before.Len()-tail {
			was = before.Get(i)
		}
		if i < after.Len()-tail {
			is = after.Get(i)
		}
		d.value(fieldpath.Step{Field: string(fd.Name()), Kind: fieldpath.Index, Index: i}, fd, was, is)
	}
}

// entries compares two maps, key by key in the order of the keys, because a map
// has none of its own.
func (d *differ) entries(fd protoreflect.FieldDescriptor, before, after protoreflect.Map) {
	for _, key := range fieldpath.MapKeys(before, after) {
		d.value(fieldpath.KeyStep(fd, key), fd.MapValue(), before.Get(key), after.Get(key))
	}
}

// unknown compares the fields that the model does not have. They are bytes in
// any order, so that other bytes may still be the same fields.
func (d *differ) unknown(before, after protoreflect.Message) {
	if bytes.Equal(before.GetUnknown(), after.GetUnknown()) {
		return
	}
	was, is := before.Type().New(), before.Type().New()
	was.SetUnknown(before.GetUnknown())
	is.SetUnknown(after.GetUnknown())
	if changevalue.WellFormed(before.GetUnknown()) && changevalue.WellFormed(after.GetUnknown()) && proto.Equal(was.Interface(), is.Interface()) {
		return
	}
	d.path = append(d.path, fieldpath.Step{Field: fieldpath.Unknown})
	switch {
	case len(before.GetUnknown()) == 0:
		d.add(reviewpkgv1.ChangeKind_CHANGE_KIND_ADDED, nil, changevalue.EncodeBytes(after.GetUnknown()))
	case len(after.GetUnknown()) == 0:
		d.add(reviewpkgv1.ChangeKind_CHANGE_KIND_REMOVED, changevalue.EncodeBytes(before.GetUnknown()), nil)
	default:
		d.add(reviewpkgv1.ChangeKind_CHANGE_KIND_CHANGED, changevalue.EncodeBytes(before.GetUnknown()), changevalue.EncodeBytes(after.GetUnknown()))
	}
	d.path = d.path[:len(d.path)-1]
}
