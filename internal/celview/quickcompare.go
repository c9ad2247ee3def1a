package celview

import (
	"cmp"

	"cel.dev/cel-go/common/operators"
	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"
)

// comparisons say what each operator asks of an order.
var comparisons = map[string]func(order int) bool{
	operators.Equals:        func(order int) bool { return order == 0 },
	operators.NotEquals:     func(order int) bool { return order != 0 },
	operators.Less:          func(order int) bool { return order < 0 },
	operators.LessEquals:    func(order int) bool { return order <= 0 },
	operators.Greater:       func(order int) bool { return order > 0 },
	operators.GreaterEquals: func(order int) bool { return order >= 0 },
}

// compared compiles a comparison.
func compared(a, b Quick, test func(order int) bool) Quick {
	return func(v *Vars) ref.Val {
		return strict(v, a(v), b(v), func(a, b ref.Val) ref.Val {
			if order, ok := compare(a, b); ok {
				return types.Bool(test(order))
			}
			return nil
		})
	}
}

// compare returns the order of two values of one simple type. All else is left to
// CEL: numbers of different types, because their order has corners of its own,
// and messages and lists, because that takes as long as they are large.
func compare(a, b ref.Val) (order int, ok bool) {
	switch a := a.(type) {
	case types.Int:
		b, ok := b.(types.Int)
		return cmp.Compare(a, b), ok
	case types.Uint:
		b, ok := b.(types.Uint)
		return cmp.Compare(a, b), ok
	case types.String:
		b, ok := b.(types.String)
		return cmp.Compare(a, b), ok
	case types.Bool:
		b, ok := b.(types.Bool)
		if !ok || a == b {
			return 0, ok
		}
		if bool(a) {
			return 1, true
		}
		return -1, true
	default:
		return 0, false
	}
}
