package celview

import (
	"encoding/binary"
	"errors"

	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"
)

// A Tree says what an expression is for every value of what is not known. It is
// a leaf, or asks for an atom and goes on with what the atom is. Parts that say
// the same are one, so that a tree may have fewer nodes than ways through it.
type Tree struct {
	// Atom is what the tree asks for; nil for a leaf.
	Atom *Atom
	// Choices are the parts of what the atom may be, and Next has the tree for
	// each.
	Choices []Choice
	Next    []*Tree
	// Value is what a leaf says, unless Open has the atoms of which the leaf does
	// not know what they make of it.
	Value bool
	Open  []*Atom

	number uint32
}

// Decided reports whether the expression has one value whatever is unknown.
func (t *Tree) Decided() bool { return t.Atom == nil && t.Open == nil }

// Atoms returns the atoms that could still change the value, each once, in the
// order in which the tree asks for them.
func (t *Tree) Atoms() []*Atom {
	var atoms []*Atom
	seen, known := map[*Tree]bool{}, map[*Atom]bool{}
	add := func(a *Atom) {
		if !known[a] {
			known[a] = true
			atoms = append(atoms, a)
		}
	}
	var visit func(*Tree)
	visit = func(t *Tree) {
		if seen[t] {
			return
		}
		seen[t] = true
		if t.Atom != nil {
			add(t.Atom)
		}
		for _, a := range t.Open {
			add(a)
		}
		for _, next := range t.Next {
			visit(next)
		}
	}
	visit(t)
	return atoms
}

// Always returns the tree of an expression that has one value.
func Always(value bool) *Tree { return &Tree{Value: value} }

// If returns the tree that is no where an atom with two values has the first,
// and yes where it has the second.
func If(a *Atom, no, yes *Tree) *Tree {
	return &Tree{Atom: a, Choices: []Choice{{0, 0}, {1, 1}}, Next: []*Tree{no, yes}}
}

// Decide returns the tree of a boolean expression. It is a decision tree and no
// table of all values, because most answers make the rest of the questions idle:
// of ten unknowns, an expression that asks whether one of them is something takes
// ten questions and not the product of all.
//
// It evaluates, and where the result is unknown takes one of its atoms, gives it
// each of its values in turn, and evaluates again. evaluate evaluates it, and is
// called once for every node of the tree before equal parts are joined; each
// call takes one from budget, and where nothing is left the tree stays open. An
// error of one call is the error of all: no unknown makes a mistake true.
func (s *Session) Decide(budget *int, evaluate func() (ref.Val, error)) (*Tree, error) {
	d := decision{session: s, budget: budget, evaluate: evaluate, known: map[string]*Tree{}}
	return d.tree()
}

// A decision is a tree that is being made.
type decision struct {
	session  *Session
	budget   *int
	evaluate func() (ref.Val, error)
	// known has the trees that were made, so that equal ones are one.
	known map[string]*Tree
	// seen are the values that the expression may have.
	seen [2]bool
}

// errNoBool is the error of an expression that gives neither true nor false.
var errNoBool = errors.New("the expression gives no bool")

// tree returns the tree below the values that are tried now.
func (d *decision) tree() (*Tree, error) {
	*d.budget--
	v, err := d.evaluate()
	if err != nil {
		return nil, err
	}
	switch v := v.(type) {
	case types.Bool:
		d.saw(bool(v))
		return d.join(&Tree{Value: bool(v)}), nil
	case *types.Unknown:
		return d.ask(v.IDs())
	default:
		return nil, errNoBool
	}
}

// mixedBudget is what is left of a budget once the expression may be both. What
// remains is to find out by what, and among very many atoms that has no end.
const mixedBudget = 1024

// saw notes a value that the expression may have.
func (d *decision) saw(value bool) {
	before := d.seen[0] && d.seen[1]
	if d.seen[0], d.seen[1] = d.seen[0] || !value, d.seen[1] || value; !before && d.seen[0] && d.seen[1] {
		*d.budget = min(*d.budget, mixedBudget)
	}
}

// ask returns the tree that asks for the first of some atoms that can be gone
// through.
func (d *decision) ask(ids []int64) (*Tree, error) {
	var atom *Atom
	t := &Tree{}
	for _, id := range ids {
		a := d.session.atoms[id]
		t.Open = append(t.Open, a)
		if atom == nil && a.finite() {
			atom = a
		}
	}
	if atom == nil || *d.budget <= 0 {
		return d.join(t), nil
	}
	// What was not known here is not known elsewhere either, so that the atom is
	// left as it was found.
	before := atom.now
	defer func() { atom.now = before }()
	t = &Tree{Atom: atom, Choices: atom.choices()}
	for _, choice := range t.Choices {
		atom.now = choice
		next, err := d.tree()
		if err != nil {
			return nil, err
		}
		t.Next = append(t.Next, next)
	}
	return d.join(t), nil
}

// join returns the tree that says the same as t, if there is one, and leaves out
// a question whose answer makes no difference.
func (d *decision) join(t *Tree) *Tree {
	// Trees that say the same are one tree, so that a look at the pointers is
	// enough to see that an answer makes no difference.
	same := len(t.Next) > 0
	for _, next := range t.Next {
		same = same && next == t.Next[0]
	}
	if same {
		return t.Next[0]
	}
	key := []byte{0}
	if t.Value {
		key[0] = 1
	}
	add := func(n int64) { key = binary.AppendVarint(key, n) }
	for _, a := range t.Open {
		add(a.id)
	}
	if t.Atom != nil {
		key[0] = 2
		add(t.Atom.id)
	}
	for i, next := range t.Next {
		add(t.Choices[i].Low)
		add(int64(next.number))
	}
	if known := d.known[string(key)]; known != nil {
		return known
	}
	t.number = uint32(len(d.known)) //nolint:gosec // no more than the budget
	d.known[string(key)] = t
	return t
}
