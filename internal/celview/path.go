package celview

import "github.com/reviewpkg/sdk/internal/fieldpath"

// Path returns the field path of the object from its root, with that of the
// root before it. It is put together when somebody asks, which for most objects
// nobody does.
func (o *Object) Path() string {
	if o.parent == nil || o.path != "" {
		return o.path
	}
	step := fieldpath.Step{Field: string(o.parent.kind.fields[o.field].fd.Name())}
	if l, ok := o.parent.slot(o.field).(*List); ok {
		step = l.step(o.index)
	}
	o.path = fieldpath.Join(o.parent.Path(), fieldpath.Path{step}.String())
	return o.path
}

// FieldPath returns the path of a field of the object.
func (o *Object) FieldPath(i int) string {
	return fieldpath.Join(o.Path(), string(o.kind.fields[i].fd.Name()))
}

// Object returns the object that holds the field the atom stands for, and the
// field's name; nil if no field does.
func (a *Atom) Object() *Object { return a.object }

// Path returns the path of what is not known.
func (a *Atom) Path() string {
	if a.object == nil {
		return a.path
	}
	return a.object.FieldPath(a.field)
}

// Field returns the index of the field that the atom stands for.
func (a *Atom) Field() int { return a.field }
