package reviewpkg

import (
	"strconv"

	"google.golang.org/protobuf/reflect/protoreflect"

	"github.com/reviewpkg/sdk/internal/fieldpath"
	"github.com/reviewpkg/sdk/internal/source"
)

// A tree is a document as it was read, and answers where in it a field stands.
type tree struct {
	filename string
	depth    int // the deepest level that is allowed
	// root is nil for encodings that have no lines.
	root *source.Node
	kind protoreflect.MessageDescriptor
	// lists keeps what ids returns: a hostile document has as many mistakes as
	// items, and an item as many members as the document has room for.
	lists map[*source.Node]listIDs
}

// listIDs names the items of a list that have an id of their own, which is how
// a path names them, or the entries of a map by their keys. Neither of two
// items with one id has it for its own: a path must not change its meaning when
// an item is added.
type listIDs struct {
	at map[string]int // the index of the item with an id
	of map[int]string // the id of the item at an index
}

// A frame is a step to a value: a field, an item of it, or an entry of it.
type frame struct {
	field protoreflect.FieldDescriptor // nil for a field that is not known
	list  *source.Node                 // the list, for an item
	index int                          // of the item
	name  string                       // of the unknown field, or key of the entry
	entry bool
}

// longestKey is the number of bytes up to which an id or a key is repeated in
// a path. Valid ids are not longer.
const longestKey = 128

// position returns a place in the document.
func (t *tree) position(pos source.Pos) Position {
	return Position{Filename: t.filename, Line: int(pos.Line), Column: int(pos.Column), Length: int(pos.Length)}
}

// path puts frames into words. What cannot be named, such as an unknown field
// that is no name at all, ends the path.
func (t *tree) path(frames []frame) string {
	p := make(fieldpath.Path, 0, len(frames))
	for i := range frames {
		f := &frames[i]
		if f.field == nil {
			if isName(f.name) {
				p = append(p, fieldpath.Step{Field: f.name})
			}
			break
		}
		step := fieldpath.Step{Field: string(f.field.Name())}
		switch {
		case f.entry:
			key, ok := fieldpath.ParseKey(f.field.MapKey(), f.name)
			if !ok || len(f.name) > longestKey {
				return append(p, step).String()
			}
			step = fieldpath.KeyStep(f.field, key)
		case f.list != nil:
			step.Kind, step.Index = fieldpath.Index, f.index
			if id, ok := t.ids(f.field, f.list).of[f.index]; ok && len(id) <= longestKey {
				step = fieldpath.Step{Field: step.Field, Kind: fieldpath.Key, Key: id}
			}
		}
		p = append(p, step)
	}
	return p.String()
}

// isName reports whether a key could be the name of a field in a path.
func isName(key string) bool {
	if key == "" || len(key) > longestKey {
		return false
	}
	p, err := fieldpath.Parse(key)
	return err == nil && len(p) == 1 && p[0].Kind == fieldpath.Plain && p[0].Field == key
}

// nodeID returns the id of an item of the list field fd, or the key of an
// entry of the map field fd, or nothing.
func nodeID(fd protoreflect.FieldDescriptor, item *source.Node) string {
	if fd.IsMap() {
		return item.Key
	}
	if fieldpath.IDField(fd) == nil {
		return ""
	}
	id := item.Member("id")
	if id == nil || id.Kind != source.String && !id.Plain {
		return ""
	}
	return id.Text
}

// ids returns the ids of the items of list, which is the value of fd.
func (t *tree) ids(fd protoreflect.FieldDescriptor, list *source.Node) listIDs {
	if found, ok := t.lists[list]; ok {
		return found
	}
	found := listIDs{at: map[string]int{}, of: map[int]string{}}
	for i := range list.Children {
		id := nodeID(fd, &list.Children[i])
		if id == "" {
			continue
		}
		first, twice := found.at[id]
		if twice {
			delete(found.of, first) // the id stays in at, for a third item
			continue
		}
		found.at[id], found.of[i] = i, id
	}
	for id, i := range found.at {
		if _, ok := found.of[i]; !ok {
			delete(found.at, id)
		}
	}
	if t.lists == nil {
		t.lists = map[*source.Node]listIDs{}
	}
	t.lists[list] = found
	return found
}

// locate returns the place of the value at a path, or of the nearest value
// around it if there is none.
func (t *tree) locate(path string) Position {
	if t.root == nil {
		return Position{Filename: t.filename} // a binary document has no lines
	}
	// A path has the names of the model; the document may have either spelling,
	// so that each step goes by way of the descriptor.
	n, md := t.root, t.kind
	p, err := fieldpath.Parse(path)
	if err != nil {
		return t.position(n.Pos) // no path of ours
	}
	for i := range p {
		if md == nil {
			break
		}
		fd := md.Fields().ByName(protoreflect.Name(p[i].Field))
		if fd == nil {
			break
		}
		value := memberOf(n, fd)
		if value == nil {
			break // a missing field: what should hold it is the place to look at
		}
		n, md = value, fd.Message()
		if p[i].Kind == fieldpath.Plain {
			continue
		}
		if value = t.element(fd, n, &p[i]); value == nil {
			break
		}
		n = value
		if fd.IsMap() {
			md = fd.MapValue().Message()
		}
	}
	return t.position(n.Pos)
}

// memberOf returns the first member of n that sets the field fd, or nil. The first
// is the one that the decoder takes.
func memberOf(n *source.Node, fd protoreflect.FieldDescriptor) *source.Node {
	if n.Kind != source.Object {
		return nil
	}
	name, jsonName := string(fd.Name()), fd.JSONName()
	for i := range n.Children {
		if key := n.Children[i].Key; key == name || key == jsonName {
			return &n.Children[i]
		}
	}
	return nil
}

// element returns the item or entry of n, the value of fd, that a step names.
func (t *tree) element(fd protoreflect.FieldDescriptor, n *source.Node, s *fieldpath.Step) *source.Node {
	at, ok := s.Index, s.Kind == fieldpath.Index
	switch {
	case fd.IsMap() && ok:
		// The path language writes the keys of such a map like an index.
		at, ok = t.ids(fd, n).at[strconv.Itoa(s.Index)]
	case !ok:
		at, ok = t.ids(fd, n).at[s.Key]
	}
	if !ok || at >= len(n.Children) {
		return nil
	}
	return &n.Children[at]
}
