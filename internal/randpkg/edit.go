package randpkg

import (
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"
	"pgregory.net/rapid"

	"github.com/reviewpkg/sdk/internal/fieldpath"
)

// Edit returns a copy of m with 1 to 6 random edits in random places: a field
// set or cleared, an item or entry added, removed or replaced, a list in
// another order. Ids that are unique in m stay unique, though an item may lose
// its id. The schema of m stays. An edit may by chance change nothing.
//
// Two packages that were drawn apart have nothing in common; what people
// compare are versions of one package, and only edits give those.
func Edit[M proto.Message](t *rapid.T, m M) M {
	edited := proto.Clone(m).(M)
	f := newFiller(t, 0)
	f.unique = true
	f.takeIDs(m) // what comes in must not take an id that is there
	for range 1 + f.intn(6, "edits") {
		f.budget = 3 // an item that comes in has something in it
		f.edit(edited.ProtoReflect())
		f.drain()
	}
	return edited
}

// edit makes one edit somewhere in the tree of root.
func (f *filler) edit(root protoreflect.Message) {
	// The depth of what is below is not known and does not matter: the budget
	// of an edit is too small to nest deep.
	places := []pending{{root, 0}}
	fieldpath.Walk(root, func(_ *fieldpath.Cursor, _ protoreflect.FieldDescriptor, v protoreflect.Value) {
		if m, ok := v.Interface().(protoreflect.Message); ok {
			places = append(places, pending{m, 1})
		}
	})
	at := places[f.intn(len(places), "message")]
	fields := at.m.Descriptor().Fields()
	if fields.Len() == 0 {
		return // such as google.protobuf.Empty
	}
	fd := fields.Get(f.intn(fields.Len(), "field"))
	// Every other time it is a field that is set, so that edits of what is
	// there are as many as additions.
	if f.intn(2, "field that is set") == 1 {
		fd = f.setField(at.m, fd)
	}
	switch {
	case fd.Name() == "schema" && at.m == root:
	case fd.IsList():
		f.editList(at, fd)
	case fd.IsMap():
		f.editMap(at, fd)
	case at.m.Has(fd) && f.intn(2, "clear") == 1:
		at.m.Clear(fd)
	default:
		// An id that is there would be kept.
		at.m.Clear(fd)
		f.field(at, fd)
	}
}

// setField draws one of the fields of m that are set, or returns fd if none is.
func (f *filler) setField(m protoreflect.Message, fd protoreflect.FieldDescriptor) protoreflect.FieldDescriptor {
	var set []protoreflect.FieldDescriptor
	for i := range m.Descriptor().Fields().Len() {
		if field := m.Descriptor().Fields().Get(i); m.Has(field) {
			set = append(set, field)
		}
	}
	if len(set) == 0 {
		return fd
	}
	return set[f.intn(len(set), "set field")]
}

// editList adds, removes, replaces or moves an item.
func (f *filler) editList(at pending, fd protoreflect.FieldDescriptor) {
	// Every case appends at the end or cuts off there, and moves items to get
	// that: the list of protoreflect can do nothing else.
	list := at.m.Mutable(fd).List()
	if list.Len() == 0 {
		f.field(at, fd)
		return
	}
	from := f.intn(list.Len(), "from")
	switch f.intn(4, "edit of list") {
	case 0:
		f.item(list, fd, at.depth)
		shift(list, list.Len()-1, from)
	case 1:
		shift(list, from, list.Len()-1)
		list.Truncate(list.Len() - 1)
	case 2:
		f.item(list, fd, at.depth)
		list.Set(from, list.Get(list.Len()-1))
		list.Truncate(list.Len() - 1)
	default:
		shift(list, from, f.intn(list.Len(), "to"))
	}
}

// shift moves an item of a list to another place. Those between move by one, as
// they do when a person moves a paragraph.
func shift(list protoreflect.List, from, to int) {
	step := 1
	if from > to {
		step = -1
	}
	for i := from; i != to; i += step {
		a, b := list.Get(i), list.Get(i+step)
		list.Set(i, b)
		list.Set(i+step, a)
	}
}

// editMap sets or removes an entry.
func (f *filler) editMap(at pending, fd protoreflect.FieldDescriptor) {
	entries := at.m.Mutable(fd).Map()
	keys := fieldpath.MapKeys(entries)
	if len(keys) == 0 || f.intn(3, "edit of map") == 0 {
		f.entry(entries, fd, at.depth)
		return
	}
	// Keys are in an order of their own, so that the same draws give the same
	// edit. Messages are not replaced: the new one would still be empty.
	key := keys[f.intn(len(keys), "key")]
	entries.Clear(key)
	if f.intn(2, "replace") == 1 && fd.MapValue().Message() == nil {
		entries.Set(key, f.scalar(fd.MapValue(), nil))
	}
}
