// Package randpkg draws random messages for property tests. What it draws is
// decided by rapid alone, so that a failure can be repeated and made smaller.
//
// The messages are right in form and hostile in content; whether they keep the
// rules of the model is left to chance.
package randpkg

import (
	"strconv"

	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"
	"pgregory.net/rapid"

	"github.com/reviewpkg/sdk/internal/fieldpath"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// maxDepth is how deep messages nest at most. The model nests less, except for
// the sections of a document.
const maxDepth = 8

// A filler fills messages.
type filler struct {
	t       *rapid.T
	words   *rapid.Generator[string]
	dense   int // of 4 fields, how many are filled
	budget  int // how many more messages may be made
	taken   map[string]bool
	unique  bool // no id stands twice
	pending []pending
}

// A pending message is there and still to be filled.
type pending struct {
	m     protoreflect.Message
	depth int
}

// newFiller returns a filler that may make some messages.
func newFiller(t *rapid.T, budget int) *filler {
	return &filler{t: t, words: rapid.SampledFrom(texts()), dense: 2, budget: budget, taken: map[string]bool{}}
}

// drawBudget draws how many messages there may be: small trees fail in ways that
// people can read, large ones in ways that nobody thought of.
func drawBudget(t *rapid.T) int {
	return rapid.SampledFrom([]int{0, 4, 30, 120}).Draw(t, "messages")
}

// Message fills m, which should be empty, with random content: nested messages
// to a bounded depth and number, ids that may be empty or stand twice. A text
// field called schema of m itself gets the name of its type. Messages of the
// type Any stay empty, and so do fields that are extensions.
func Message(t *rapid.T, m proto.Message) {
	newFiller(t, drawBudget(t)).root(m)
}

// Package returns a random package in which every id is unique.
func Package(t *rapid.T) *reviewpkgv1.ReviewPackage {
	f := newFiller(t, drawBudget(t))
	f.unique = true
	p := &reviewpkgv1.ReviewPackage{}
	f.root(p)
	return p
}

// root fills m and all that it puts into it. The density is drawn once: a
// message in which everything is set is as good a test as one that is nearly
// empty, and neither would come up if every field were a coin of its own.
func (f *filler) root(m proto.Message) {
	f.dense = 1 + f.intn(4, "density")
	f.push(m.ProtoReflect(), 0)
	f.drain()
	if fd := m.ProtoReflect().Descriptor().Fields().ByName("schema"); fd != nil && fd.Kind() == protoreflect.StringKind {
		m.ProtoReflect().Set(fd, protoreflect.ValueOfString(string(m.ProtoReflect().Descriptor().FullName())))
	}
}

// intn draws a number from 0 to n-1.
func (f *filler) intn(n int, label string) int {
	return rapid.IntRange(0, n-1).Draw(f.t, label)
}

// push notes a message that is still to be filled.
func (f *filler) push(m protoreflect.Message, depth int) {
	f.pending = append(f.pending, pending{m, depth})
}

// drain fills the pending messages in a random order, so that the fields that
// come first do not take the whole budget.
func (f *filler) drain() {
	for len(f.pending) > 0 {
		last := len(f.pending) - 1
		i := f.intn(len(f.pending), "next message")
		next := f.pending[i]
		f.pending[i] = f.pending[last]
		f.pending = f.pending[:last]
		f.fill(next)
	}
}

// fill fills the fields of one message.
func (f *filler) fill(p pending) {
	// Which fields are filled is drawn field by field, so that rapid can leave
	// them out one by one when it makes a failure smaller.
	if f.special(p) {
		return
	}
	fields := p.m.Descriptor().Fields()
	for i := range fields.Len() {
		fd := fields.Get(i)
		if oneof := fd.ContainingOneof(); oneof != nil && !oneof.IsSynthetic() {
			continue
		}
		if fd.Cardinality() == protoreflect.Required || f.intn(4, "fill") < f.dense {
			f.field(p, fd)
		}
	}
	oneofs := p.m.Descriptor().Oneofs()
	for i := range oneofs.Len() {
		if members := oneofs.Get(i).Fields(); !oneofs.Get(i).IsSynthetic() {
			if choice := f.intn(members.Len()+1, "oneof"); choice > 0 {
				f.field(p, members.Get(choice-1))
			}
		}
	}
}

// field fills one field.
func (f *filler) field(p pending, fd protoreflect.FieldDescriptor) {
	switch {
	case fd.IsList():
		list := p.m.Mutable(fd).List()
		for range 1 + f.intn(3, "items") {
			f.item(list, fd, p.depth)
		}
	case fd.IsMap():
		entries := p.m.Mutable(fd).Map()
		for range 1 + f.intn(3, "entries") {
			f.entry(entries, fd, p.depth)
		}
	case fd.Message() == nil:
		p.m.Set(fd, f.scalar(fd, p.m))
	case f.mayNest(p.depth):
		f.push(p.m.Mutable(fd).Message(), p.depth+1)
	}
}

// mayNest reports whether one more message may be made, and counts it.
func (f *filler) mayNest(depth int) bool {
	if depth >= maxDepth || f.budget == 0 {
		return false
	}
	f.budget--
	return true
}

// item appends an item to a list.
func (f *filler) item(list protoreflect.List, fd protoreflect.FieldDescriptor, depth int) {
	if fd.Message() == nil {
		list.Append(f.scalar(fd, nil))
	} else if f.mayNest(depth) {
		m := list.AppendMutable().Message()
		f.setID(m)
		f.push(m, depth+1)
	}
}

// entry sets an entry of a map. The key may be there already: then it has
// another value, unless the value is a message, which is left as it is.
func (f *filler) entry(entries protoreflect.Map, fd protoreflect.FieldDescriptor, depth int) {
	key := f.scalar(fd.MapKey(), nil).MapKey()
	if fd.MapValue().Message() == nil {
		entries.Set(key, f.scalar(fd.MapValue(), nil))
	} else if !entries.Has(key) && f.mayNest(depth) {
		f.push(entries.Mutable(key).Message(), depth+1)
	}
}

// setID gives an item its id at once, so that an item that is never filled has
// one too.
func (f *filler) setID(m protoreflect.Message) {
	if fd := m.Descriptor().Fields().ByName("id"); f.unique && fd != nil && isID(fd) {
		m.Set(fd, protoreflect.ValueOfString(f.id()))
	}
}

// isID reports whether fd is the id of its message.
func isID(fd protoreflect.FieldDescriptor) bool {
	return fd.Name() == "id" && fd.Kind() == protoreflect.StringKind && !fd.IsList()
}

// id draws an id. Where ids are unique it is one that was not there yet, and
// one in four is hostile.
func (f *filler) id() string {
	if !f.unique {
		return rapid.SampledFrom([]string{"", "a", "b", "c", "d", "e", "]", "a\"]."}).Draw(f.t, "id")
	}
	// The number makes the id unique, so that the prefix may be anything.
	prefix := rapid.SampledFrom([]string{"f-", "if-", "item.", `"]|` + "`\n"}).Draw(f.t, "id prefix")
	for n := len(f.taken) + 1; ; n++ {
		if id := prefix + strconv.Itoa(n); !f.taken[id] {
			f.taken[id] = true
			return id
		}
	}
}

// takeIDs notes the ids that m has.
func (f *filler) takeIDs(m proto.Message) {
	fieldpath.Walk(m.ProtoReflect(), func(_ *fieldpath.Cursor, fd protoreflect.FieldDescriptor, v protoreflect.Value) {
		if isID(fd) {
			f.taken[v.String()] = true
		}
	})
}
