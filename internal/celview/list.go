package celview

import (
	"fmt"
	"reflect"

	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"
	"cel.dev/cel-go/common/types/traits"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"

	"github.com/reviewpkg/sdk/internal/fieldpath"
)

// A List is a list of messages as an expression sees it. Its items are objects
// that know where they stand; a list that an expression makes of them, by filter
// or +, is one of CEL's own that holds the same objects.
type List struct {
	object *Object
	field  int
	list   protoreflect.List
	items  []*Object
	// Items are made when they are reached, and names when a path is asked for.
	// names are the indexes of the items that have a name of their own, by id.
	names map[string]int
}

// Len returns the number of items.
func (l *List) Len() int { return len(l.items) }

// Item returns an item.
func (l *List) Item(i int) *Object {
	if l.items[i] == nil {
		l.items[i] = l.object.child(l.object.kind.fields[l.field].sub, l.list.Get(i).Message(), l.field, i)
	}
	return l.items[i]
}

// step returns the step of a path that leads to an item.
func (l *List) step(i int) fieldpath.Step {
	f := &l.object.kind.fields[l.field]
	step := fieldpath.Step{Field: string(f.fd.Name()), Kind: fieldpath.Index, Index: i}
	if f.key != nil {
		step.Kind, step.Key = fieldpath.Key, l.list.Get(i).Message().Get(f.key).String()
		return step
	}
	id := fieldpath.IDField(f.fd)
	if id == nil {
		return step
	}
	if l.names == nil {
		l.names, _ = fieldpath.IDs(f.fd, l.list)
	}
	key := l.list.Get(i).Message().Get(id).String()
	if at, ok := l.names[key]; ok && at == i {
		step.Kind, step.Key = fieldpath.Key, key
	}
	return step
}

// Get returns the item with an index.
func (l *List) Get(index ref.Val) ref.Val {
	i, err := types.IndexOrError(index)
	if err != nil {
		return types.WrapErr(err)
	}
	if i < 0 || i >= len(l.items) {
		return types.NewErr("index out of bounds: %d", i)
	}
	return l.Item(i)
}

// Size returns the number of items.
func (l *List) Size() ref.Val { return types.Int(len(l.items)) }

// Contains reports whether an item holds the same as a message.
func (l *List) Contains(v ref.Val) ref.Val {
	o, ok := v.(*Object)
	for i := range l.items {
		if ok && proto.Equal(l.Item(i).native, o.native) {
			return types.True
		}
	}
	return types.False
}

// Add returns the list and another one behind it.
func (l *List) Add(other ref.Val) ref.Val { return l.plain().Add(other) }

// plain returns the list as CEL would make one of its items.
func (l *List) plain() traits.Lister {
	values := make([]ref.Val, len(l.items))
	for i := range values {
		values[i] = l.Item(i)
	}
	return types.NewRefValList(adapter{l.object.session.types.registry}, values)
}

// ConvertToNative refuses: nothing outside has a use for a list.
func (l *List) ConvertToNative(t reflect.Type) (any, error) {
	return nil, fmt.Errorf("type conversion error from list to '%v'", t)
}

// ConvertToType returns the type list, or the list as what it is.
func (l *List) ConvertToType(t ref.Type) ref.Val { return l.plain().ConvertToType(t) }

// Equal reports whether other holds the same.
func (l *List) Equal(other ref.Val) ref.Val { return l.plain().Equal(other) }

// Type returns the type list.
func (l *List) Type() ref.Type { return types.ListType }

// Value returns the list itself.
func (l *List) Value() any { return l }

// Iterator returns an iterator over the items.
func (l *List) Iterator() traits.Iterator { return &iterator{list: l} }

// An iterator goes through a list.
type iterator struct {
	*types.Unknown // what a value must have besides, and nobody calls
	list           *List
	next           int
}

// HasNext reports whether there is another item.
func (i *iterator) HasNext() ref.Val { return types.Bool(i.next < len(i.list.items)) }

// Next returns the next item.
func (i *iterator) Next() ref.Val {
	i.next++
	return i.list.Item(i.next - 1)
}
