package fieldpath

import (
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"
)

// A Tree names and finds the places of one message, which must not change
// meanwhile. It reads the ids of a list once, so that many paths into one long
// list cost no more than the list and the paths.
type Tree struct {
	root  protoreflect.Message
	lists map[listKey]map[string]int
}

// A listKey tells one list of a message tree from all others. The list itself
// cannot: reflection makes a new value for it each time it is asked.
type listKey struct {
	parent proto.Message
	field  protoreflect.FieldNumber
}

// NewTree returns a tree for m.
func NewTree(m protoreflect.Message) *Tree {
	return &Tree{root: m, lists: map[listKey]map[string]int{}}
}

// Resolve returns the value at p, and the field it is a value of. It reports
// false if there is no such place: a field that the model does not have, an
// item or entry that is not there, or a field of a message that is not set.
// The last field of the path need not be set; its value is the default then.
// The descriptor of the empty path, the message itself, is nil. A path that
// ends in [Unknown] has no value.
func Resolve(m protoreflect.Message, p Path) (protoreflect.Value, protoreflect.FieldDescriptor, bool) {
	return NewTree(m).Resolve(p)
}

// Resolve does what the function [Resolve] does.
func (t *Tree) Resolve(p Path) (protoreflect.Value, protoreflect.FieldDescriptor, bool) {
	v, m := protoreflect.ValueOfMessage(t.root), t.root
	var fd protoreflect.FieldDescriptor
	for i := range p {
		if m == nil || !m.IsValid() {
			return protoreflect.Value{}, nil, false
		}
		fd = m.Descriptor().Fields().ByName(protoreflect.Name(p[i].Field))
		if fd == nil {
			return protoreflect.Value{}, nil, false
		}
		var ok bool
		if v, ok = t.step(m, fd, &p[i]); !ok {
			return protoreflect.Value{}, nil, false
		}
		m, _ = v.Interface().(protoreflect.Message)
	}
	return v, fd, true
}

// step returns the value that s, a step with the field fd, leads to from m.
func (t *Tree) step(m protoreflect.Message, fd protoreflect.FieldDescriptor, s *Step) (protoreflect.Value, bool) {
	v := m.Get(fd)
	switch {
	case s.Kind == Plain:
		return v, true
	case fd.IsMap():
		key, ok := StepKey(fd.MapKey(), s)
		if !ok || !v.Map().Has(key) {
			return protoreflect.Value{}, false
		}
		return v.Map().Get(key), true
	case !fd.IsList():
		return protoreflect.Value{}, false
	}
	// An index is always taken, also where the item has an id: a path that a
	// person wrote should not fail for that.
	at, ok := s.Index, s.Kind == Index
	if s.Kind == Key {
		at, ok = t.ids(m, fd)[s.Key]
	}
	if !ok || at < 0 || at >= v.List().Len() {
		return protoreflect.Value{}, false
	}
	return v.List().Get(at), true
}

// item returns the step to item i of the list fd of m.
func (t *Tree) item(m protoreflect.Message, fd protoreflect.FieldDescriptor, i int) Step {
	if field := IDField(fd); field != nil && i < m.Get(fd).List().Len() {
		id := m.Get(fd).List().Get(i).Message().Get(field).String()
		if at, ok := t.ids(m, fd)[id]; ok && at == i {
			return Step{Field: string(fd.Name()), Kind: Key, Key: id}
		}
	}
	return Step{Field: string(fd.Name()), Kind: Index, Index: i}
}

// ids returns the indexes of those items of the list fd of m that have an id
// of their own.
func (t *Tree) ids(m protoreflect.Message, fd protoreflect.FieldDescriptor) map[string]int {
	key := listKey{parent: m.Interface(), field: fd.Number()}
	found, ok := t.lists[key]
	if !ok {
		found, _ = IDs(fd, m.Get(fd).List())
		t.lists[key] = found
	}
	return found
}

// IDs returns the indexes of the items of a list by id, without the items whose
// id is empty, too long or stands twice, and whether that left no item out. It
// is what decides which items have a name of their own.
func IDs(fd protoreflect.FieldDescriptor, list protoreflect.List) (map[string]int, bool) {
	field := IDField(fd)
	if field == nil {
		return nil, false
	}
	const twice = -1
	found, whole := make(map[string]int, list.Len()), true
	for i := range list.Len() {
		id := list.Get(i).Message().Get(field).String()
		if _, ok := found[id]; ok || id == "" || len(id) > MaxID {
			// Noted, so that a third item with this id is no first one.
			found[id], whole = twice, false
			continue
		}
		found[id] = i
	}
	if !whole {
		for id, i := range found {
			if i == twice {
				delete(found, id)
			}
		}
	}
	return found, whole
}

// IDField returns the field by which the items of the list fd are named, or nil
// if they are named by index.
func IDField(fd protoreflect.FieldDescriptor) protoreflect.FieldDescriptor {
	if !fd.IsList() || fd.Message() == nil {
		return nil
	}
	field := fd.Message().Fields().ByName("id")
	if field == nil || field.Kind() != protoreflect.StringKind || field.IsList() {
		return nil
	}
	return field
}
