package celview

import (
	"fmt"
	"reflect"

	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"
)

// An Object is a message as an expression sees it. There is one for each place
// of a document, so that what is read once need not be read again, and a field
// that is reached in two ways is unknown only once.
type Object struct {
	session *Session
	kind    *kind
	message protoreflect.Message
	native  proto.Message
	// slots hold what was read, by field: a *Atom for what is unknown.
	slots []ref.Val
	// parent, field and index say where the message stands: index is -1 for a
	// message that is no item of a list. A root has no parent but a path.
	parent       *Object
	field, index int
	path         string
}

// Message returns the message, which must not be changed. It is a typed nil for
// one that is not set.
func (o *Object) Message() proto.Message { return o.native }

// Session returns the session that the object belongs to.
func (o *Object) Session() *Session { return o.session }

// In returns the message that o stands in and the field it stands in; nil for a
// root.
func (o *Object) In() (*Object, protoreflect.FieldDescriptor) {
	if o.parent == nil {
		return nil, nil
	}
	return o.parent, o.parent.kind.fields[o.field].fd
}

// Read returns the value of the field with an index of its descriptor. What is
// unknown is a *types.Unknown, unless [Session.Decide] tries a value for it.
func (o *Object) Read(i int) ref.Val {
	v := o.slot(i)
	if o.session.recorder != nil {
		o.session.recorder.field(o, i, v)
	}
	if a, ok := v.(*Atom); ok {
		return a.Now()
	}
	return v
}

// slot returns what was read of a field, and reads it if nobody did.
func (o *Object) slot(i int) ref.Val {
	// Most messages are only passed on the way to others.
	if o.slots == nil {
		o.slots = make([]ref.Val, len(o.kind.fields))
	}
	if o.slots[i] == nil {
		o.slots[i] = o.load(i)
	}
	return o.slots[i]
}

// Has reports whether a field is stated.
func (o *Object) Has(i int) bool {
	has := o.message.Has(o.kind.fields[i].fd)
	if o.session.recorder != nil {
		o.session.recorder.presence(o, i, has)
	}
	return has
}

// load reads a field.
func (o *Object) load(i int) ref.Val {
	f := &o.kind.fields[i]
	registry := o.session.types.registry
	v := o.message.Get(f.fd)
	switch f.class {
	case message:
		return o.child(f.sub, v.Message(), i, -1)
	case items:
		return &List{object: o, field: i, list: v.List(), items: make([]*Object, v.List().Len())}
	case scalars:
		return types.NewProtoList(adapter{registry}, v.List())
	case entries:
		// Only the registry knows how CEL wants a map.
		ft, _ := registry.FindStructFieldType(o.kind.name, string(f.fd.Name()))
		entries, err := ft.GetFrom(o.native)
		if err != nil {
			return types.WrapErr(err)
		}
		return registry.NativeToValue(entries)
	case enum:
		return o.loadEnum(f, i, int64(v.Enum()))
	case optional:
		if !o.message.Has(f.fd) {
			return o.session.newAtom(o, i, nil)
		}
	default:
		// Known as it is.
	}
	return registry.NativeToValue(v.Interface())
}

// loadEnum reads an enum.
func (o *Object) loadEnum(f *field, i int, n int64) ref.Val {
	if !within(f.domain, n) {
		// Where nobody gave an upper end, the level is its own.
		if f.lower >= 0 && n == 0 {
			return o.slot(f.lower)
		}
		return o.session.newAtom(o, i, f.domain)
	}
	if f.upper >= 0 {
		upper := int64(o.message.Get(o.kind.fields[f.upper].fd).Enum())
		// A range that is written the wrong way round is one all the same.
		if low, high := min(n, upper), max(n, upper); within(f.domain, upper) && low < high {
			return o.session.newAtom(o, i, between(f.domain, low, high))
		}
	}
	return types.Int(n)
}

// child returns the object for a message in o.
func (o *Object) child(k *kind, m protoreflect.Message, field, index int) *Object {
	return &Object{session: o.session, kind: k, message: m, native: m.Interface(), parent: o, field: field, index: index}
}

// lookup returns the index of the field that an expression names at run time.
func (o *Object) lookup(name ref.Val) (int, ref.Val) {
	text, ok := name.(types.String)
	if !ok {
		return 0, types.MaybeNoSuchOverloadErr(name)
	}
	i, ok := o.kind.byName[string(text)]
	if !ok {
		return 0, types.NewErr("no such field '%s'", text)
	}
	return i, nil
}

// Get returns the value of the field with a name. CEL asks so where it does not
// know the type of the object when it compiles.
func (o *Object) Get(name ref.Val) ref.Val {
	i, err := o.lookup(name)
	if err != nil {
		return err
	}
	return o.Read(i)
}

// IsSet reports whether the field with a name is stated.
func (o *Object) IsSet(name ref.Val) ref.Val {
	i, err := o.lookup(name)
	if err != nil {
		return err
	}
	return types.Bool(o.Has(i))
}

// ConvertToNative refuses: nothing outside has a use for an object.
func (o *Object) ConvertToNative(t reflect.Type) (any, error) {
	if reflect.TypeOf(o) == t {
		return o, nil
	}
	return nil, fmt.Errorf("type conversion error from '%s' to '%v'", o.kind.name, t)
}

// ConvertToType returns the type of the object, or the object as what it is.
func (o *Object) ConvertToType(t ref.Type) ref.Val {
	switch {
	case t == types.TypeType:
		return o.kind.cel.(ref.Val)
	case t.TypeName() == o.kind.name:
		return o
	default:
		return types.NewErr("type conversion error from '%s' to '%s'", o.kind.name, t.TypeName())
	}
}

// Equal reports whether other holds the same.
func (o *Object) Equal(other ref.Val) ref.Val {
	b, ok := other.(*Object)
	return types.Bool(ok && (o == b || proto.Equal(o.native, b.native)))
}

// Type returns the type of the message.
func (o *Object) Type() ref.Type { return o.kind.cel }

// Value returns the object itself: a bare message would have no place.
func (o *Object) Value() any { return o }
