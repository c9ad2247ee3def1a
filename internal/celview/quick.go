package celview

import (
	"slices"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/ast"
	"cel.dev/cel-go/common/operators"
	"cel.dev/cel-go/common/overloads"
	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"
	"cel.dev/cel-go/common/types/traits"
)

// A Quick evaluates an expression without CEL, several times as fast, where it
// can; otherwise, such as for a mistake, it returns nil and CEL must be asked.
// Policies ask simple questions of very many items, and the calls of the CEL
// interpreter would cost more than all else of a comparison.
//
// Of a result that is unknown it does not gather all atoms, as CEL does in time
// that is quadratic in their number: some that [Session.Decide] can go through
// are enough to go on with, and only if there are none it names what it met.
type Quick func(*Vars) ref.Val

// Run evaluates the expression, and also returns how many steps that took: about
// one for every item of a loop and every byte of a text that is searched.
func (q Quick) Run(v *Vars) (ref.Val, int) {
	v.steps, v.locals = 0, v.locals[:0]
	return q(v), v.steps
}

// A Function is a function of expressions, of one argument or of two.
type Function struct {
	Unary  func(ref.Val) ref.Val
	Binary func(a, b ref.Val) ref.Val
}

// Quick compiles an expression that CEL has type-checked, for the variables with
// some names. The second result is true if nothing in it is left to CEL but
// mistakes: then no evaluation takes longer than a look at each of its parts.
func (t *Types) Quick(checked *cel.Ast, names []string, functions map[string]Function) (Quick, bool) {
	q := &quickening{types: t, ast: checked.NativeRep(), names: names, functions: functions, whole: true}
	run := q.expr(q.ast.Expr())
	if run == nil {
		return nothing, false
	}
	return run, q.whole
}

// nothing is the answer to what only CEL knows.
func nothing(*Vars) ref.Val { return nil }

// A quickening is an expression that is being compiled.
type quickening struct {
	types     *Types
	ast       *ast.AST
	names     []string
	functions map[string]Function
	// locals are the variables of the loops around what is compiled.
	locals []string
	whole  bool
}

// expr compiles a part of the expression; nil if it is left to CEL.
func (q *quickening) expr(e ast.Expr) Quick {
	var run Quick
	switch e.Kind() {
	case ast.LiteralKind:
		run = constant(e.AsLiteral())
	case ast.IdentKind:
		run = q.ident(e)
	case ast.SelectKind:
		run = q.selection(e)
	case ast.CallKind:
		run = q.call(e.AsCall())
	case ast.ComprehensionKind:
		run = q.loop(e.AsComprehension())
	default:
		// Lists, maps and messages.
	}
	if run == nil {
		q.whole = false
	}
	return run
}

// constant compiles what is written down.
func constant(v ref.Val) Quick { return func(*Vars) ref.Val { return v } }

// ident compiles a variable, or the constant of an enum.
func (q *quickening) ident(e ast.Expr) Quick {
	if r := q.ast.ReferenceMap()[e.ID()]; r != nil && r.Value != nil {
		return constant(r.Value)
	}
	for i := len(q.locals) - 1; i >= 0; i-- {
		if q.locals[i] == e.AsIdent() {
			return func(v *Vars) ref.Val { return v.locals[i] }
		}
	}
	i := slices.Index(q.names, e.AsIdent())
	if i < 0 {
		return nil
	}
	return func(v *Vars) ref.Val { return v.Objects[i] }
}

// selection compiles a field, or the question whether it is stated.
func (q *quickening) selection(e ast.Expr) Quick {
	// The names of enum values look like fields of the enum.
	if r := q.ast.ReferenceMap()[e.ID()]; r != nil && r.Value != nil {
		return constant(r.Value)
	}
	s := e.AsSelect()
	// The type checker knows the kind, so that the field needs no name any more.
	k := q.types.kinds[q.ast.GetType(s.Operand().ID()).TypeName()]
	if k == nil {
		return nil
	}
	i, ok := k.byName[s.FieldName()]
	operand := q.expr(s.Operand())
	if !ok || operand == nil {
		return nil
	}
	if s.IsTestOnly() {
		return func(v *Vars) ref.Val {
			o, ok := operand(v).(*Object)
			if !ok || o.kind != k {
				return nil
			}
			return types.Bool(o.Has(i))
		}
	}
	return func(v *Vars) ref.Val {
		switch o := operand(v).(type) {
		case *Object:
			if o.kind == k {
				return o.Read(i)
			}
		case *types.Unknown:
			return o
		default:
			// Only CEL knows what to say of it.
		}
		return nil
	}
}

// call compiles a call of a function or an operator.
func (q *quickening) call(c ast.CallExpr) Quick {
	var args []Quick
	if c.IsMemberFunction() {
		if search := q.search(c); search != nil || c.FunctionName() != overloads.Size {
			return search
		}
		args = append(args, q.expr(c.Target()))
	}
	for _, arg := range c.Args() {
		if c.FunctionName() == operators.In && arg.Kind() == ast.ListKind {
			return q.member(args[0], arg.AsList())
		}
		args = append(args, q.expr(arg))
	}
	// Either side of these decides alone, also if CEL must be asked for the other.
	switch c.FunctionName() {
	case operators.LogicalAnd:
		return shortcut(args, types.False)
	case operators.LogicalOr:
		return shortcut(args, types.True)
	default:
		// The rest needs all arguments.
	}
	if slices.ContainsFunc(args, func(arg Quick) bool { return arg == nil }) {
		return nil
	}
	switch c.FunctionName() {
	case operators.LogicalNot:
		return not(args[0])
	case operators.Conditional:
		return conditional(args[0], args[1], args[2])
	case overloads.Size:
		return size(args[0])
	}
	if test, ok := comparisons[c.FunctionName()]; ok {
		return compared(args[0], args[1], test)
	}
	return q.function(c, args)
}

// function compiles a call of a function of the caller. A call with constants is
// a constant.
func (q *quickening) function(c ast.CallExpr, args []Quick) Quick {
	f := q.functions[c.FunctionName()]
	var run Quick
	switch {
	case f.Unary != nil && len(args) == 1:
		run = func(v *Vars) ref.Val {
			return strict(v, args[0](v), types.True, func(a, _ ref.Val) ref.Val { return f.Unary(a) })
		}
	case f.Binary != nil && len(args) == 2:
		run = func(v *Vars) ref.Val { return strict(v, args[0](v), args[1](v), f.Binary) }
	default:
		return nil
	}
	for _, arg := range c.Args() {
		if arg.Kind() != ast.LiteralKind {
			return run
		}
	}
	// Rules say level('high') for each item, and mean one number.
	if v := run(nil); v != nil {
		return constant(v)
	}
	return nil
}

// strict calls a function of two values unless one of them is unknown, or left
// to CEL. So is a mistake that the function makes.
func strict(v *Vars, a, b ref.Val, call func(a, b ref.Val) ref.Val) ref.Val {
	if a == nil || b == nil {
		return nil
	}
	x, unknownA := a.(*types.Unknown)
	y, unknownB := b.(*types.Unknown)
	if unknownA || unknownB {
		return v.either(x, y)
	}
	if result := call(a, b); !types.IsError(result) {
		return result
	}
	return nil
}

// member compiles the question whether a value is one of some constants.
func (q *quickening) member(value Quick, list ast.ListExpr) Quick {
	var set []ref.Val
	for _, e := range list.Elements() {
		run := q.expr(e)
		// Enum values are identifiers, which are constants once they are checked.
		r := q.ast.ReferenceMap()[e.ID()]
		if run == nil || e.Kind() != ast.LiteralKind && (r == nil || r.Value == nil) {
			q.whole = false
			return nil
		}
		set = append(set, run(nil))
	}
	if value == nil {
		return nil
	}
	return func(v *Vars) ref.Val {
		a := value(v)
		if a == nil || types.IsUnknown(a) {
			return a
		}
		for _, b := range set {
			equal, ok := compare(a, b)
			if !ok {
				return nil
			}
			if equal == 0 {
				return types.True
			}
		}
		return types.False
	}
}

// shortcut compiles an operator that one value of either side decides, whatever
// the other is: unknown, or a mistake. A side that is left to CEL may still be
// cut short by the other one, which is what most rules begin with: open(finding)
// && something that takes long.
func shortcut(sides []Quick, decides types.Bool) Quick {
	for i := range sides {
		if sides[i] == nil {
			sides[i] = nothing
		}
	}
	return func(v *Vars) ref.Val {
		known, open := true, (*types.Unknown)(nil)
		for _, side := range sides {
			switch b := side(v).(type) {
			case types.Bool:
				if b == decides {
					return decides
				}
			case *types.Unknown:
				open = v.either(open, b)
			default:
				known = false
			}
		}
		return undecided(known, open, !decides)
	}
}

// undecided returns the result of something of which no part decided: what it is
// then, unknown, or nil if a part is left to CEL.
func undecided(known bool, open *types.Unknown, otherwise types.Bool) ref.Val {
	switch {
	case !known:
		return nil
	case open != nil:
		return open
	default:
		return otherwise
	}
}

// not compiles the negation. What is not known stays so: that is why unknown is
// neither true nor false.
func not(arg Quick) Quick {
	return func(v *Vars) ref.Val {
		switch b := arg(v).(type) {
		case types.Bool:
			return !b
		case *types.Unknown:
			return b
		default:
			return nil
		}
	}
}

// conditional compiles the choice between two. Like CEL it does not look whether
// both come to the same where the condition is unknown; Session.Decide does.
func conditional(when, yes, no Quick) Quick {
	return func(v *Vars) ref.Val {
		switch b := when(v).(type) {
		case types.Bool:
			if b {
				return yes(v)
			}
			return no(v)
		case *types.Unknown:
			return b
		default:
			return nil
		}
	}
}

// size compiles the size of a text, a list or a map.
func size(arg Quick) Quick {
	return func(v *Vars) ref.Val {
		switch a := arg(v).(type) {
		case traits.Sizer:
			return a.Size()
		case *types.Unknown:
			return a
		default:
			return nil
		}
	}
}
