package celview

import (
	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"
)

// Vars are the variables of an expression, used again for each item. Their names
// do not change once an expression was compiled for them.
type Vars struct {
	Names   []string
	Objects []*Object

	// locals are the variables of the loops that a Quick is in, and steps what it
	// took so far; see quickSteps.
	locals []ref.Val
	steps  int
	// enough is the last of the unknowns that had an atom which can be gone
	// through.
	enough *types.Unknown
}

// ResolveName returns a variable.
func (v *Vars) ResolveName(name string) (any, bool) {
	for i, n := range v.Names {
		if n == name {
			return v.Objects[i], true
		}
	}
	return nil, false
}

// Parent returns nil: there are no other variables.
func (v *Vars) Parent() cel.Activation { return nil }

// either returns what is unknown of two: one of them is enough if there is an
// atom in it that can be gone through.
func (v *Vars) either(a, b *types.Unknown) *types.Unknown {
	// A loop asks the same of the one that it met first again and again.
	if b == nil || a != nil && a == v.enough {
		return a
	}
	session := v.Objects[0].session
	for _, u := range []*types.Unknown{a, b} {
		if u != nil && session.finite(u) {
			v.enough = u
			return u
		}
	}
	if a == nil || len(a.IDs()) < maxUnknowns {
		return types.MergeUnknowns(a, b)
	}
	return a
}
