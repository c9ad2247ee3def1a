package celview

import (
	"slices"

	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"
	"google.golang.org/protobuf/proto"
)

// A Session is one reading of documents, which must not change meanwhile. It is
// for one goroutine. Any number of expressions can be evaluated in it, and the
// more there are the less each costs: what one has read the next one finds.
type Session struct {
	// Context is what the functions of expressions need besides their arguments.
	Context any

	types *Types
	// limited says that CEL evaluates now; round counts these evaluations, and
	// met the atoms of this one. See [Session.Limit].
	limited    bool
	round, met int
	overflow   *Atom

	atoms    []*Atom
	places   map[place]*Atom
	named    map[string]*Atom
	recorder *recorder
}

// A place is a field of an object.
type place struct {
	object *Object
	field  int
}

// NewSession returns a session for messages of t.
func (t *Types) NewSession(context any) *Session {
	return &Session{Context: context, types: t, places: map[place]*Atom{}, named: map[string]*Atom{}}
}

// Root returns a message as expressions see it. Paths to its fields begin with
// path, which may be empty. m is of a kind that t was made for.
func (s *Session) Root(m proto.Message, path string) *Object {
	k := s.types.kinds[string(m.ProtoReflect().Descriptor().FullName())]
	return &Object{session: s, kind: k, message: m.ProtoReflect(), native: m, index: -1, path: path}
}

// An Atom is something that is not known: what a field holds, as a rule. It has
// one of three kinds of values:
//
//   - some numbers, such as those of an enum;
//   - a range of numbers, such as the days that a date without a day may be, which
//     is not gone through one by one but cut where an expression compares it;
//   - none that could be gone through, such as any number at all.
type Atom struct {
	// Unknown is what expressions see of it.
	*types.Unknown

	id      int64
	session *Session
	object  *Object
	field   int
	path    string
	// values are what it may be. Without any it has a range of numbers, and
	// split says where the expression needs it cut; without that it may be
	// anything.
	values []int64
	ranged bool
	split  int64
	// round is the last evaluation of CEL that met the atom.
	round int
	// now is what it may be while [Session.Decide] tries values: indexes of
	// values, or numbers of the range.
	now Choice
}

// A Choice is a part of what an atom may be, both ends included.
type Choice struct{ Low, High int64 }

// newAtom returns an atom for a field of o that has one of some values; of any
// value if there are none.
func (s *Session) newAtom(o *Object, field int, values []int64) *Atom {
	id := int64(len(s.atoms))
	a := &Atom{
		Unknown: types.NewUnknown(id, nil), id: id, session: s, object: o, field: field,
		values: values, now: Choice{0, int64(len(values)) - 1},
	}
	s.atoms = append(s.atoms, a)
	return a
}

// Atom returns the atom for a field of o that is known as it is, and stands for
// something that is not: one of some values.
func (s *Session) Atom(o *Object, field int, values ...int64) *Atom {
	at := place{o, field}
	if s.places[at] == nil {
		s.places[at] = s.newAtom(o, field, values)
	}
	return s.places[at]
}

// Range returns the atom for a field of o that stands for a number between two
// ends; see [Atom.Below].
func (s *Session) Range(o *Object, field int, low, high int64) *Atom {
	at := place{o, field}
	if s.places[at] == nil {
		a := s.newAtom(o, field, nil)
		a.ranged, a.now = true, Choice{low, high}
		s.places[at] = a
	}
	return s.places[at]
}

// Named returns the atom for something that no field holds: it has a path, and
// may be anything.
func (s *Session) Named(path string) *Atom {
	if s.named[path] == nil {
		s.named[path] = s.newAtom(nil, 0, nil)
		s.named[path].path = path
	}
	return s.named[path]
}

// maxUnknowns is how many unknowns one evaluation tells apart.
const maxUnknowns = 32

// Limit begins an evaluation by CEL, and returns a function that ends it. CEL
// gathers what is unknown in time that is quadratic in the number, so that no
// more than some atoms have a name of their own meanwhile, and all others have
// that of the first among them.
func (s *Session) Limit() func() {
	s.limited, s.met, s.overflow = true, 0, nil
	s.round++
	return func() { s.limited = false }
}

// Now returns the value of an atom: what is tried, or unknown.
func (a *Atom) Now() ref.Val {
	if a.now.Low == a.now.High && a.values != nil {
		return types.Int(a.values[a.now.Low])
	}
	return a.unknown()
}

// unknown returns the unknown that expressions see of the atom.
func (a *Atom) unknown() *types.Unknown {
	s := a.session
	if !s.limited || a.round == s.round {
		return a.Unknown
	}
	if s.met < maxUnknowns {
		s.met++
		a.round = s.round
		return a.Unknown
	}
	if s.overflow == nil {
		s.overflow = a
	}
	return s.overflow.Unknown
}

// finite reports whether something unknown has an atom that can be gone through.
func (s *Session) finite(u *types.Unknown) bool {
	for _, id := range u.IDs() {
		if s.atoms[id].finite() {
			return true
		}
	}
	return false
}

// finite reports whether the atom can be gone through.
func (a *Atom) finite() bool { return a.ranged || len(a.values) > 0 }

// Below is how an expression compares the number of a ranged atom, so that the
// range falls into as few parts as make a difference. It reports whether the
// number is below limit: true, false or unknown.
func (a *Atom) Below(limit int64) ref.Val {
	switch {
	case a.now.High < limit:
		return types.True
	case a.now.Low >= limit:
		return types.False
	default:
		a.split = limit
		return a.unknown()
	}
}

// Ends returns the lowest and the highest value that an atom of a field may
// have. It is the same for a value that is known. The last result is false for
// what is neither.
func (o *Object) Ends(field int) (low, high int64, atom *Atom) {
	switch v := o.slot(field).(type) {
	case *Atom:
		if len(v.values) > 0 {
			return v.values[v.now.Low], v.values[v.now.High], v
		}
	case types.Int:
		return int64(v), int64(v), nil
	default:
		// No level is of another type.
	}
	return 0, 0, nil
}

// choices returns the parts that the atom falls into, none if it may be
// anything.
func (a *Atom) choices() []Choice {
	if a.ranged {
		return []Choice{{a.now.Low, a.split - 1}, {a.split, a.now.High}}
	}
	var parts []Choice
	for i := a.now.Low; i <= a.now.High; i++ {
		parts = append(parts, Choice{i, i})
	}
	return parts
}

// within reports whether a domain has a value.
func within(domain []int64, n int64) bool {
	_, found := slices.BinarySearch(domain, n)
	return found
}

// between returns the part of a domain between two of its values.
func between(domain []int64, low, high int64) []int64 {
	from, _ := slices.BinarySearch(domain, low)
	to, _ := slices.BinarySearch(domain, high)
	return domain[from : to+1]
}
