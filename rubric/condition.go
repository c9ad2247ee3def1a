package rubric

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"
	"cel.dev/cel-go/interpreter"

	"github.com/reviewpkg/sdk/internal/inwords"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
	"github.com/reviewpkg/sdk/reviewpkg"
)

// Limits of the conditions of a rubric, so that no rubric and no package can
// keep a program busy.
const (
	// conditionCost is the cost that one condition may have, in units of CEL:
	// about one per field that is read. Lists of some thousand items fit. More
	// would bound no time, because the CEL library counts the cost of a loop in
	// time that is quadratic in its length.
	conditionCost = 200_000
	// maxConditions is how many conditions a rubric may have.
	maxConditions = 1000
	// maxConditionSize is how long a condition may be, in code points.
	maxConditionSize = 4096
)

// A condition is a compiled CEL expression over a package. Conditions see the
// package as "pkg", and nothing else: there is no clock and no input. The same
// package therefore always gives the same answer.
type condition struct {
	program cel.Program
}

// conditionEnv returns the environment in which conditions are compiled.
func conditionEnv() (*cel.Env, error) {
	return cel.NewEnv(
		cel.Types(&reviewpkgv1.ReviewPackage{}),
		// Enums and messages go by their short names.
		cel.Container("reviewpkg.v1"),
		cel.Variable("pkg", cel.ObjectType("reviewpkg.v1.ReviewPackage")),
		cel.ParserExpressionSizeLimit(maxConditionSize),
		narrativeFunction("answered", answered),
		narrativeFunction("declared_none", declaredNone),
	)
}

// narrativeFunction declares a CEL function that asks something of a Narrative.
func narrativeFunction(name string, ask func(*reviewpkgv1.Narrative) bool) cel.EnvOption {
	narrative := cel.ObjectType("reviewpkg.v1.Narrative")
	return cel.Function(name, cel.Overload(name+"_narrative", []*cel.Type{narrative}, cel.BoolType,
		cel.UnaryBinding(func(v ref.Val) ref.Val {
			// CEL stands in a dynamic message for one that is not set.
			n, _ := v.Value().(*reviewpkgv1.Narrative)
			return types.Bool(ask(n))
		})))
}

// answered reports whether a question has an answer, here or elsewhere in the
// package. Text that is left from a template is none, and so are blanks.
func answered(n *reviewpkgv1.Narrative) bool {
	switch n.GetPresence() {
	case reviewpkgv1.Presence_PRESENCE_UNSPECIFIED, reviewpkgv1.Presence_PRESENCE_ANSWERED:
		return strings.TrimSpace(n.GetText()) != ""
	case reviewpkgv1.Presence_PRESENCE_MERGED_ELSEWHERE:
		return n.GetMergedInto() != ""
	default:
		return false
	}
}

// declaredNone reports whether the authors say that there is none.
func declaredNone(n *reviewpkgv1.Narrative) bool {
	return n.GetPresence() == reviewpkgv1.Presence_PRESENCE_NONE_DECLARED
}

// compileConditions compiles all conditions of r, by their text. Diagnostics
// name the place of each that does not compile. The conditions of a rubric that
// is trusted may cost what they like: those of the default rubric read a
// package once, and so have no more need of a limit than the rest of the code.
func compileConditions(r *reviewpkgv1.Rubric, trusted bool) (map[string]condition, reviewpkg.Diagnostics) {
	env, err := conditionEnv()
	if err != nil {
		// Nothing in it comes from outside, and a test makes one.
		return nil, reviewpkg.Diagnostics{problem(reviewpkg.BadFormat, "condition", "", err.Error())}
	}
	limits := []cel.ProgramOption{cel.CostLimit(conditionCost)}
	if trusted {
		limits = nil
	}
	var ds reviewpkg.Diagnostics
	compiled := map[string]condition{}
	eachCondition(r, func(path, text string) {
		if _, ok := compiled[text]; ok || len(compiled) >= maxConditions {
			return
		}
		c, err := compileCondition(env, text, limits...)
		if err != nil {
			ds = append(ds, problem(reviewpkg.BadFormat, "condition", path, err.Error()))
			return
		}
		if compiled[text] = c; len(compiled) == maxConditions {
			ds = append(ds, problem(reviewpkg.TooLarge, "condition", path,
				fmt.Sprintf("the rubric has %d conditions or more, want fewer", maxConditions)))
		}
	})
	return compiled, ds
}

// eachCondition visits the conditions of r that are not empty, with their field
// paths.
func eachCondition(r *reviewpkgv1.Rubric, visit func(path, text string)) {
	for i, c := range r.GetCriteria() {
		if text := c.GetAppliesWhen(); text != "" {
			visit(criterionPath(r, i)+".applies_when", text)
		}
		for l, level := range c.GetLevels() {
			if text := level.GetWhen(); text != "" {
				visit(levelPath(criterionPath(r, i), l)+".when", text)
			}
		}
	}
}

// compileCondition compiles one condition. The error is fit for a message.
func compileCondition(env *cel.Env, text string, options ...cel.ProgramOption) (condition, error) {
	ast, issues := env.Compile(text)
	if issues.Err() != nil {
		first := issues.Errors()[0]
		if first.Location.Line() < 1 {
			// What is wrong with the whole of it has no place.
			return condition{}, errors.New("the condition does not compile: " + printable(first.Message))
		}
		return condition{}, fmt.Errorf("the condition does not compile, at line %d column %d of it: %s",
			first.Location.Line(), first.Location.Column()+1, printable(first.Message))
	}
	if !ast.OutputType().IsExactType(cel.BoolType) {
		return condition{}, errors.New("the condition gives " + printable(ast.OutputType().String()) + ", want bool")
	}
	program, err := env.Program(ast, options...)
	if err != nil {
		return condition{}, errors.New("the condition cannot be run: " + printable(err.Error()))
	}
	return condition{program}, nil
}

// holds evaluates the condition that stands at a path of the rubric. Its
// failure is a mistake of the rubric and no answer, so it gives a
// *reviewpkg.Diagnostic with the path.
func (c condition) holds(path string, vars map[string]any) (bool, error) {
	v, _, err := c.program.Eval(vars)
	if err != nil {
		code := reviewpkg.BadFormat
		var cancelled interpreter.EvalCancelledError
		if errors.As(err, &cancelled) {
			code = reviewpkg.TooLarge
		}
		d := problem(code, "condition", path, "the condition cannot be evaluated: "+printable(err.Error()))
		return false, &d
	}
	return v == types.True, nil
}

// problem returns an error about a rubric.
func problem(code reviewpkg.Code, rule, path, message string) reviewpkg.Diagnostic {
	return reviewpkg.Diagnostic{
		Code: code, Rule: "rubric." + rule, Level: reviewpkg.LevelError, Path: path, Message: message,
	}
}

// printable makes what another library says fit for a message: one line, and
// not much of what somebody wrote.
func printable(s string) string {
	return inwords.Excerpt(strings.Map(func(r rune) rune {
		if !strconv.IsPrint(r) {
			return ' '
		}
		return r
	}, s))
}
