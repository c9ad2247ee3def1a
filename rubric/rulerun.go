package rubric

import (
	"cmp"
	"errors"
	"slices"
	"time"

	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"
	"cel.dev/cel-go/interpreter"

	"github.com/reviewpkg/sdk/internal/celview"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
	"github.com/reviewpkg/sdk/reviewpkg"
)

// Limits of the evaluation of rules, so that no policy and no package can keep a
// program busy. What they cut off is taken as not known, never as good or bad.
const (
	// itemEvaluations is how often the unknowns of one item are tried.
	itemEvaluations = 4096
	// costOfOne is the cost that an evaluation has for each time that it counts.
	costOfOne = 100
	// allEvaluations is how often those of all items are.
	allEvaluations = 4_000_000
	// allCost is the cost of all evaluations, in units of CEL: some seconds.
	allCost = 100_000_000
	// maxItems is how many items a result lists.
	maxItems = 100
	// maxReads is how many places an item names that were read.
	maxReads = 20
	// allReads is how many places all items name.
	allReads = 20_000
	// jointSteps is how many questions are asked of items that share unknowns.
	jointSteps = 1_000_000
)

// A ruleInput is what rules are evaluated on.
type ruleInput struct {
	pkg     *reviewpkgv1.ReviewPackage
	profile *reviewpkgv1.RiskProfile
	// asOf is the day for which dates are judged; the zero time for none.
	asOf time.Time
	// waived returns the ids of the waivers that cover a violation. finding is
	// the id of the finding, empty for an item that is none, and level the worst
	// that its risk may be. A nil func covers nothing.
	waived func(rule *reviewpkgv1.PolicyRule, finding string, level reviewpkgv1.Level) []string
}

// A ruleRun is one evaluation of all rules. The rules share the objects of one
// session, so that a field of a finding is read once and not once for each rule,
// and one set of variables, which holds one item after the other.
type ruleRun struct {
	ruleInput
	rules        *rules
	context      *ruleContext
	session      *celview.Session
	pkg, profile *celview.Object
	items        map[reviewpkgv1.RuleTarget][]*celview.Object
	vars         celview.Vars
	// evaluations, cost and reads are what is left of each.
	evaluations, reads, cost int
}

// evaluate returns the result of each rule, in the order of the policy. An error
// is a *reviewpkg.Diagnostic about the policy: an expression that fails is a
// mistake of the policy and no answer.
func (r *rules) evaluate(in ruleInput) ([]*reviewpkgv1.RuleResult, error) {
	if r == nil || len(r.list) == 0 {
		return nil, nil
	}
	run := &ruleRun{
		ruleInput: in, rules: r, context: &ruleContext{matrix: r.matrix, dated: !in.asOf.IsZero()},
		items:       map[reviewpkgv1.RuleTarget][]*celview.Object{},
		evaluations: allEvaluations, cost: r.cost, reads: allReads,
	}
	if run.context.dated {
		run.context.asOf = ruleDay(in.asOf)
	}
	run.session = r.kit.types.NewSession(run.context)
	run.pkg, run.profile = run.session.Root(in.pkg, ""), run.session.Root(in.profile, "profile")
	outcomes := make([]*ruleOutcome, len(r.list))
	for i, one := range r.list {
		var err error
		if outcomes[i], err = run.rule(one); err != nil {
			return nil, err
		}
	}
	run.jointly(outcomes)
	results := make([]*reviewpkgv1.RuleResult, len(outcomes))
	for i, o := range outcomes {
		results[i] = run.result(o)
	}
	return results, nil
}

// itemsOf returns the items that rules with a target are about, in the order of
// their paths within each list, so that a list in another order gives the same results. The
// package as a whole is one item.
func (run *ruleRun) itemsOf(target reviewpkgv1.RuleTarget) []*celview.Object {
	if found, ok := run.items[target]; ok {
		return found
	}
	var found []*celview.Object
	add := func(o *celview.Object, field string) {
		if list, ok := o.Get(types.String(field)).(*celview.List); ok {
			from := len(found)
			for i := range list.Len() {
				found = append(found, list.Item(i))
			}
			slices.SortStableFunc(found[from:], func(a, b *celview.Object) int { return cmp.Compare(a.Path(), b.Path()) })
		}
	}
	below := func(field string) *celview.Object {
		o, _ := run.pkg.Get(types.String(field)).(*celview.Object)
		return o
	}
	switch target {
	case reviewpkgv1.RuleTarget_RULE_TARGET_PACKAGE:
		found = append(found, run.pkg)
	case reviewpkgv1.RuleTarget_RULE_TARGET_FINDING:
		add(run.pkg, "findings")
		add(run.pkg, "disputed_findings")
	case reviewpkgv1.RuleTarget_RULE_TARGET_CRITERION:
		for _, d := range run.itemsOf(reviewpkgv1.RuleTarget_RULE_TARGET_DIMENSION) {
			add(d, "criteria")
		}
	case reviewpkgv1.RuleTarget_RULE_TARGET_DIMENSION:
		add(run.profile, "dimensions")
	case reviewpkgv1.RuleTarget_RULE_TARGET_ASSET:
		add(below("architecture"), "data_assets")
	case reviewpkgv1.RuleTarget_RULE_TARGET_ENTRY_POINT:
		add(below("architecture"), "interfaces")
		found = entryPoints(found)
	case reviewpkgv1.RuleTarget_RULE_TARGET_DEPENDENCY:
		add(below("architecture"), "external_dependencies")
	case reviewpkgv1.RuleTarget_RULE_TARGET_EVIDENCE:
		add(below("review"), "evidence")
	case reviewpkgv1.RuleTarget_RULE_TARGET_RECOMMENDATION:
		add(run.pkg, "recommendations")
	default:
		// A rule without target does not compile.
	}
	run.items[target] = found
	return found
}

// entryPoints returns those interfaces that are entry points.
func entryPoints(interfaces []*celview.Object) []*celview.Object {
	var found []*celview.Object
	for _, o := range interfaces {
		if i, ok := o.Message().(*reviewpkgv1.Interface); ok && i.GetEntryPoint() {
			found = append(found, o)
		}
	}
	return found
}

// keeps evaluates whether the item that the variables hold keeps a rule: true,
// false or unknown.
func (run *ruleRun) keeps(r *rule) (ref.Val, error) {
	// CEL itself could do this, but then a mistake in one of the two would stand at
	// a column that the author never wrote.
	var when ref.Val = types.True
	if r.when != nil {
		v, err := run.eval(r.when)
		if err != nil || v == types.False {
			return types.True, err
		}
		when = v
	}
	v, err := run.eval(r.condition)
	if when == types.True || v == types.True {
		return v, err
	}
	// Whether a mistake in the condition matters is not known either.
	unknown := when.(*types.Unknown)
	if more, ok := v.(*types.Unknown); ok {
		unknown = types.MergeUnknowns(unknown, more)
	}
	return unknown, nil
}

// eval evaluates an expression on the item that the variables hold.
func (run *ruleRun) eval(x *ruleExpression) (ref.Val, error) {
	// What is quick is not recorded, because it may skip what CEL reads.
	if !run.session.Recording() {
		v, steps := x.quick.Run(&run.vars)
		run.cost -= 1 + steps
		if v != nil && run.cost >= 0 {
			return v, nil
		}
	}
	end := run.session.Limit()
	v, details, err := x.program.Eval(&run.vars)
	end()
	if cost := details.ActualCost(); cost != nil {
		// The CEL library counts the cost of a loop in time that is quadratic in
		// its length.
		run.cost -= int(*cost + *cost**cost/1000) //nolint:gosec // no more than the limit of one evaluation and a step
	}
	if run.cost < 0 {
		d := ruleProblem(reviewpkg.TooLarge, x.path, "the rules of the policy cost too much on this package")
		return nil, &d
	}
	if err != nil {
		code := reviewpkg.BadFormat
		var cancelled interpreter.EvalCancelledError
		if errors.As(err, &cancelled) {
			code = reviewpkg.TooLarge
		}
		d := ruleProblem(code, x.path, "the expression cannot be evaluated: "+printable(err.Error()))
		return nil, &d
	}
	return v, nil
}
