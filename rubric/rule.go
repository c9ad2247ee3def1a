package rubric

import (
	"errors"
	"fmt"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/ast"
	"cel.dev/cel-go/common/operators"
	"cel.dev/cel-go/common/types"

	"github.com/reviewpkg/sdk/internal/celview"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
	"github.com/reviewpkg/sdk/reviewpkg"
)

// maxRules is how many rules a policy may have.
const maxRules = 1000

// rules are the rules of a policy, compiled. What a rule is like is in the model:
// an expression that says which items it is for, one that must hold for each of
// them, and what becomes of an item for which it does not.
//
// Rules do not decide about a package by what it leaves out: see celview for what
// is unknown, and ruleItem for what becomes of it.
//
// They do not change, so that any number of packages can be judged with them, at
// the same time as well.
type rules struct {
	kit    *ruleKit
	matrix ruleMatrix
	list   []*rule
	// cost is what one evaluation of all rules may cost.
	cost int
}

// A rule is a rule of a policy, compiled.
type rule struct {
	*reviewpkgv1.PolicyRule
	path            string
	when, condition *ruleExpression
	message         *ruleExpression
}

// A ruleExpression is an expression of a rule.
type ruleExpression struct {
	path string
	*ruleProgram
}

// A ruleProgram is an expression, compiled. Expressions with the same text share
// it: many rules ask first whether a finding is open.
type ruleProgram struct {
	program cel.Program
	quick   celview.Quick
}

// A ruleSource is what a program was compiled from.
type ruleSource struct {
	target reviewpkgv1.RuleTarget
	text   string
	want   *cel.Type
}

// A ruleCompiler compiles the rules of one policy.
type ruleCompiler struct {
	*ruleKit
	programs    map[ruleSource]*ruleProgram
	diagnostics reviewpkg.Diagnostics
}

// compileRules type-checks and compiles the rules of a policy that is valid, for
// a rubric. Diagnostics name the place of each expression that does not compile.
func compileRules(policy *reviewpkgv1.Policy, r *reviewpkgv1.Rubric) (*rules, reviewpkg.Diagnostics) {
	kit, err := theRuleKit()
	if err != nil {
		// Nothing in it comes from outside, and a test makes one.
		return nil, reviewpkg.Diagnostics{ruleProblem(reviewpkg.BadFormat, "rules", err.Error())}
	}
	compiled := &rules{kit: kit, matrix: newRuleMatrix(r), cost: allCost}
	// A limit on the number alone bounds the time of everything that follows.
	if n := len(policy.GetRules()); n > maxRules {
		return nil, reviewpkg.Diagnostics{ruleProblem(reviewpkg.TooLarge, "rules",
			fmt.Sprintf("the policy has %d rules, want %d or fewer", n, maxRules))}
	}
	c := &ruleCompiler{ruleKit: kit, programs: map[ruleSource]*ruleProgram{}}
	for _, r := range policy.GetRules() {
		path := keyed("rules", r.GetId())
		compiled.list = append(compiled.list, &rule{
			PolicyRule: r, path: path,
			when:      c.expression(path+".when", ruleSource{r.GetTarget(), r.GetWhen(), cel.BoolType}),
			condition: c.expression(path+".condition", ruleSource{r.GetTarget(), r.GetCondition(), cel.BoolType}),
			message:   c.expression(path+".message", ruleSource{r.GetTarget(), r.GetMessage(), cel.StringType}),
		})
	}
	if len(c.diagnostics) > 0 {
		return nil, c.diagnostics
	}
	return compiled, nil
}

// expression returns the expression at a path of the policy; nil for one that is
// empty, or does not compile, which the diagnostics then say.
func (c *ruleCompiler) expression(path string, source ruleSource) *ruleExpression {
	if source.text == "" {
		return nil
	}
	program := c.programs[source]
	if program == nil {
		var err error
		if program, err = c.compile(source); err != nil {
			c.diagnostics = append(c.diagnostics, ruleProblem(reviewpkg.BadFormat, path, err.Error()))
			return nil
		}
		c.programs[source] = program
	}
	return &ruleExpression{path, program}
}

// ruleVariables returns the names of the variables of rules with a target; the
// item comes last.
func ruleVariables(target reviewpkgv1.RuleTarget) []string {
	names := []string{"pkg", "profile"}
	if about, ok := ruleTargets[target]; ok {
		names = append(names, about.variable)
	}
	return names
}

// compile compiles an expression. The error is fit for a message.
func (c *ruleCompiler) compile(source ruleSource) (*ruleProgram, error) {
	env := c.envs[source.target]
	if env == nil {
		return nil, errors.New("the rule has no target")
	}
	checked, issues := env.Compile(source.text)
	if issues.Err() != nil {
		first := issues.Errors()[0]
		return nil, misplaced(first.Location.Line(), first.Location.Column(), first.Message)
	}
	if !checked.OutputType().IsExactType(source.want) {
		return nil, fmt.Errorf("the expression gives %s, want %s", printable(checked.OutputType().String()), source.want)
	}
	if err := forbidden(checked.NativeRep()); err != nil {
		return nil, err
	}
	var options []cel.ProgramOption
	// Both forms are needed: the quick one cannot say what is wrong with an
	// expression, and skips what need not be read.
	quick, whole := c.types.Quick(checked, ruleVariables(source.target), c.functions)
	if !whole {
		// To count the cost takes longer than what is counted, so that what
		// cannot cost much is left alone.
		options = append(options, cel.CostLimit(conditionCost))
	}
	program, err := env.Program(checked, append(options, cel.EvalOptions(cel.OptOptimize))...)
	if err != nil {
		return nil, errors.New("the expression cannot be run: " + printable(err.Error()))
	}
	return &ruleProgram{program, quick}, nil
}

// misplaced returns the error that an expression does not compile, with the
// place in it; lines count from 1, and columns from 0.
func misplaced(line, column int, message string) error {
	if line < 1 {
		// What is wrong with the whole of it has no place.
		return errors.New("the expression does not compile: " + printable(message))
	}
	return fmt.Errorf("the expression does not compile, at line %d column %d of it: %s", line, column+1, printable(message))
}

// forbidden returns an error for what CEL allows and a rule cannot have: a level
// that there is not, a message that stands nowhere, and the question whether
// something is stated of an item that may be any, to which CEL has no way to
// answer that it is unknown.
func forbidden(checked *ast.AST) error {
	var found error
	report := func(e ast.Expr, message string) {
		if at := checked.SourceInfo().GetStartLocation(e.ID()); found == nil {
			found = misplaced(at.Line(), at.Column(), message)
		}
	}
	ast.PostOrderVisit(checked.Expr(), ast.NewExprVisitor(func(e ast.Expr) {
		switch e.Kind() {
		case ast.StructKind:
			report(e, celview.NoMessages)
		case ast.SelectKind:
			if s := e.AsSelect(); s.IsTestOnly() && pickedByComputing(s.Operand()) {
				report(e, "has() of an item that is picked by a computed index; use exists()")
			}
		case ast.CallKind:
			c := e.AsCall()
			if c.FunctionName() == "level" && c.Args()[0].Kind() == ast.LiteralKind {
				if name, ok := c.Args()[0].AsLiteral().(types.String); ok {
					if _, ok := levelByName(string(name)); !ok {
						report(c.Args()[0], noLevel)
					}
				}
			}
		default:
			// The rest is what rules are made of.
		}
	}))
	return found
}

// pickedByComputing reports whether an expression leads through an item whose
// index is not written down.
func pickedByComputing(e ast.Expr) bool {
	switch e.Kind() {
	case ast.SelectKind:
		return pickedByComputing(e.AsSelect().Operand())
	case ast.CallKind:
		c := e.AsCall()
		return c.FunctionName() == operators.Index && (c.Args()[1].Kind() != ast.LiteralKind || pickedByComputing(c.Args()[0]))
	default:
		return false
	}
}

// ruleProblem returns an error about a rule of a policy.
func ruleProblem(code reviewpkg.Code, path, message string) reviewpkg.Diagnostic {
	return reviewpkg.Diagnostic{Code: code, Rule: "policy.rule", Level: reviewpkg.LevelError, Path: path, Message: message}
}
