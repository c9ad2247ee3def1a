package fieldpath

import "google.golang.org/protobuf/reflect/protoreflect"

// A Cursor is a place that [Walk] has come to. It is good only until the
// function that it was given to returns.
type Cursor struct {
	tree   *Tree
	frames []frame
	fields Fields
}

// Fields gives the fields of a kind of message that a walk visits. A walk of a
// large message is fast if it leaves out what the caller has no use for.
type Fields func(md protoreflect.MessageDescriptor) []protoreflect.FieldDescriptor

// A frame is a step that nobody has put into words yet. Most values give no
// reason to, and the words would cost far more than the walk.
type frame struct {
	parent protoreflect.Message
	field  protoreflect.FieldDescriptor
	kind   frameKind
	index  int
	key    protoreflect.MapKey
}

// A frameKind says what a frame is in its field.
type frameKind uint8

const (
	inField frameKind = iota
	inList
	inMap
)

// Walk calls visit for every value in the tree of m: for every singular field
// that is set, every item of a list and every entry of a map, with the field it
// belongs to. A message comes before what it holds; fields come in the order of
// the .proto file, items in theirs, entries by key. m itself is left out, and m
// must not change meanwhile.
func Walk(m protoreflect.Message, visit func(c *Cursor, fd protoreflect.FieldDescriptor, v protoreflect.Value)) {
	WalkFields(m, AllFields, visit)
}

// WalkFields does what [Walk] does, for some fields only. What stands below a
// field that is left out is left out as well.
func WalkFields(m protoreflect.Message, fields Fields, visit func(c *Cursor, fd protoreflect.FieldDescriptor, v protoreflect.Value)) {
	c := &Cursor{tree: NewTree(m), fields: fields}
	c.message(m, visit)
}

// AllFields gives all fields of a kind of message, in the order of the .proto
// file.
func AllFields(md protoreflect.MessageDescriptor) []protoreflect.FieldDescriptor {
	all := make([]protoreflect.FieldDescriptor, md.Fields().Len())
	for i := range all {
		all[i] = md.Fields().Get(i)
	}
	return all
}

// Parent returns the message that the value is in.
func (c *Cursor) Parent() protoreflect.Message {
	return c.frames[len(c.frames)-1].parent
}

// String returns the path of the value. It costs as much as the path is long,
// and once for every list what it takes to read the ids of its items.
func (c *Cursor) String() string {
	var b []byte
	for i := range c.frames {
		step := c.step(&c.frames[i])
		b = step.append(b, i > 0)
	}
	return string(b)
}

// step puts a frame into words.
func (c *Cursor) step(f *frame) Step {
	switch f.kind {
	case inList:
		return c.tree.item(f.parent, f.field, f.index)
	case inMap:
		return KeyStep(f.field, f.key)
	default:
		return Step{Field: string(f.field.Name())}
	}
}

// message visits what m holds.
func (c *Cursor) message(m protoreflect.Message, visit func(*Cursor, protoreflect.FieldDescriptor, protoreflect.Value)) {
	// One frame serves all fields of the message, one after the other.
	c.frames = append(c.frames, frame{})
	top := len(c.frames) - 1
	for _, fd := range c.fields(m.Descriptor()) {
		if !m.Has(fd) {
			continue
		}
		f := frame{parent: m, field: fd}
		switch v := m.Get(fd); {
		case fd.IsList():
			f.kind = inList
			for j := range v.List().Len() {
				f.index = j
				c.frames[top] = f
				c.value(fd, v.List().Get(j), visit)
			}
		case fd.IsMap():
			f.kind = inMap
			for _, key := range MapKeys(v.Map()) {
				f.key = key
				c.frames[top] = f
				c.value(fd.MapValue(), v.Map().Get(key), visit)
			}
		default:
			c.frames[top] = f
			c.value(fd, v, visit)
		}
	}
	c.frames = c.frames[:top]
}

// value visits v and, if it is a message, what it holds.
func (c *Cursor) value(fd protoreflect.FieldDescriptor, v protoreflect.Value, visit func(*Cursor, protoreflect.FieldDescriptor, protoreflect.Value)) {
	top := len(c.frames) - 1
	visit(c, c.frames[top].field, v)
	if fd.Message() != nil {
		c.message(v.Message(), visit)
	}
}
