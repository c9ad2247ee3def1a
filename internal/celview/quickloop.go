package celview

import (
	"regexp"
	"strings"

	"cel.dev/cel-go/common/ast"
	"cel.dev/cel-go/common/operators"
	"cel.dev/cel-go/common/overloads"
	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"
	"cel.dev/cel-go/common/types/traits"
)

// quickSteps is how many items and bytes a Quick looks at. What takes more is
// left to CEL, and to the limits of the caller.
const quickSteps = 10_000

// step counts n steps, and reports whether they may be taken.
func (v *Vars) step(n int) bool {
	v.steps += n
	return v.steps <= quickSteps
}

// loop compiles all() and exists(), which CEL expands to a fold of && or of ||
// when it parses them. Other folds carry more than a truth value from item to
// item, and are left to CEL.
func (q *quickening) loop(c ast.ComprehensionExpr) Quick {
	// The cost of a loop depends on the list.
	q.whole = false
	rangeOf := q.expr(c.IterRange())
	start, step := c.AccuInit(), c.LoopStep()
	if rangeOf == nil || c.IterVar2() != "" || start.Kind() != ast.LiteralKind || step.Kind() != ast.CallKind ||
		c.Result().Kind() != ast.IdentKind || len(step.AsCall().Args()) != 2 {
		return nil
	}
	first, ok := start.AsLiteral().(types.Bool)
	call := step.AsCall()
	want := map[string]types.Bool{operators.LogicalAnd: types.True, operators.LogicalOr: types.False}
	if from, known := want[call.FunctionName()]; !ok || !known || from != first || !isIdent(call.Args()[0], c.AccuVar()) {
		return nil
	}
	q.locals = append(q.locals, c.IterVar())
	test := q.expr(call.Args()[1])
	q.locals = q.locals[:len(q.locals)-1]
	if test == nil {
		return nil
	}
	return folded(rangeOf, test, first)
}

// isIdent reports whether an expression is a variable.
func isIdent(e ast.Expr, name string) bool { return e.Kind() == ast.IdentKind && e.AsIdent() == name }

// folded returns the loop that gives start unless a test gives something else. It
// goes to the end also after something unknown, because a later item may decide.
func folded(rangeOf, test Quick, start types.Bool) Quick {
	return func(v *Vars) ref.Val {
		var list traits.Lister
		switch r := rangeOf(v).(type) {
		case traits.Lister:
			list = r
		case *types.Unknown:
			return r
		default:
			return nil
		}
		top := len(v.locals)
		v.locals = append(v.locals, nil)
		defer func() { v.locals = v.locals[:top] }()
		known, open := true, (*types.Unknown)(nil)
		for i := range list.Size().(types.Int) {
			if !v.step(1) {
				return nil
			}
			v.locals[top] = list.Get(i)
			switch b := test(v).(type) {
			case types.Bool:
				// One item decides, also if of others too little is known.
				if b != start {
					return b
				}
			case *types.Unknown:
				open = v.either(open, b)
			default:
				known = false
			}
		}
		return undecided(known, open, start)
	}
}

// search compiles a search in a text, for something that is written down; nil
// for any other call.
func (q *quickening) search(c ast.CallExpr) Quick {
	if len(c.Args()) != 1 || c.Args()[0].Kind() != ast.LiteralKind {
		return nil
	}
	literal, ok := c.Args()[0].AsLiteral().(types.String)
	if !ok {
		return nil
	}
	what := string(literal)
	var test func(text string) bool
	cost := 1
	switch c.FunctionName() {
	case overloads.StartsWith:
		test = func(text string) bool { return strings.HasPrefix(text, what) }
	case overloads.EndsWith:
		test = func(text string) bool { return strings.HasSuffix(text, what) }
	case overloads.Contains:
		test = func(text string) bool { return strings.Contains(text, what) }
	case overloads.Matches:
		// CEL uses the same library, whose time is linear in the text.
		pattern, err := regexp.Compile(what)
		if err != nil {
			return nil
		}
		test, cost = pattern.MatchString, 1+len(what)
	default:
		return nil
	}
	target := q.expr(c.Target())
	// The cost of a search depends on the text.
	q.whole = false
	if target == nil {
		return nil
	}
	return func(v *Vars) ref.Val {
		switch text := target(v).(type) {
		case types.String:
			if v.step(len(text) * cost) {
				return types.Bool(test(string(text)))
			}
		case *types.Unknown:
			return text
		default:
			// Only CEL knows what to say of it.
		}
		return nil
	}
}
