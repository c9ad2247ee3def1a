package rubric

import (
	"strings"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"

	"github.com/reviewpkg/sdk/internal/celview"
	"github.com/reviewpkg/sdk/internal/rating"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// A ruleContext is what the functions of rules need besides their arguments.
type ruleContext struct {
	matrix ruleMatrix
	// asOf is the day for which ages are told, in days since 1970; only if dated.
	asOf  int64
	dated bool
}

// A ruleMatrix is the finding matrix of a rubric, by likelihood and impact.
type ruleMatrix [highest + 1][highest + 1]reviewpkgv1.Level

// newRuleMatrix looks up all there is to look up in the finding matrix of r, so
// that no rule has to.
func newRuleMatrix(r *reviewpkgv1.Rubric) ruleMatrix {
	var table ruleMatrix
	for _, m := range r.GetMatrices() {
		if m.GetId() != r.GetFindingMatrixId() {
			continue
		}
		for l := lowest; l <= highest; l++ {
			for i := lowest; i <= highest; i++ {
				table[l][i] = lookup(m, span{l, l}, span{i, i}).min
			}
		}
	}
	return table
}

// ruleFunctions returns the functions that rules may call. None has anything but
// its arguments and the ruleContext: no clock, and nothing that one evaluation
// leaves for the next.
func (k *ruleKit) ruleFunctions() map[string]celview.Function {
	return map[string]celview.Function{
		"answered":      {Unary: narrativeBinding(answered, "answered", "not answered")},
		"declared_none": {Unary: narrativeBinding(declaredNone, "declared to be none", "not declared to be none")},
		"level":         {Unary: levelBinding},
		"risk":          {Unary: k.risk},
		"open":          {Unary: k.open},
		"disputed":      {Unary: k.disputed},
		"older_than":    {Binary: k.olderThan},
		"past":          {Unary: k.past},
	}
}

// declarations declares the functions for the CEL environment. CEL passes on what
// is unknown without calling them.
func (k *ruleKit) declarations() []cel.EnvOption {
	message := func(kind string) *cel.Type { return cel.ObjectType("reviewpkg.v1." + kind) }
	unary := func(name string, arg, result *cel.Type) cel.FunctionOpt {
		id := name + "_" + strings.ToLower(arg.TypeName()[strings.LastIndexByte(arg.TypeName(), '.')+1:])
		return cel.Overload(id, []*cel.Type{arg}, result, cel.UnaryBinding(k.functions[name].Unary))
	}
	function := func(name string, arg, result *cel.Type) cel.EnvOption {
		return cel.Function(name, unary(name, arg, result))
	}
	finding := message("Finding")
	return []cel.EnvOption{
		function("answered", message("Narrative"), cel.BoolType),
		function("declared_none", message("Narrative"), cel.BoolType),
		function("level", cel.StringType, cel.IntType),
		cel.Function("risk", unary("risk", finding, cel.IntType), unary("risk", message("DimensionProfile"), cel.IntType)),
		function("open", finding, cel.BoolType),
		function("disputed", finding, cel.BoolType),
		function("past", message("Date"), cel.BoolType),
		cel.Function("older_than", cel.Overload("older_than_date_int", []*cel.Type{message("Date"), cel.IntType}, cel.BoolType,
			cel.BinaryBinding(k.functions["older_than"].Binary))),
	}
}

// narrativeBinding returns the CEL function that asks something of a Narrative,
// with the words for yes and for no.
func narrativeBinding(ask func(*reviewpkgv1.Narrative) bool, yes, no string) func(ref.Val) ref.Val {
	return func(v ref.Val) ref.Val {
		o, ok := v.(*celview.Object)
		if !ok {
			return types.MaybeNoSuchOverloadErr(v)
		}
		n, _ := o.Message().(*reviewpkgv1.Narrative)
		is := ask(n)
		if is {
			o.Note(yes)
		} else {
			o.Note(no)
		}
		return types.Bool(is)
	}
}

// levelBinding returns the level with a name: level('very_high').
func levelBinding(v ref.Val) ref.Val {
	if name, ok := v.(types.String); ok {
		if l, ok := levelByName(string(name)); ok {
			return types.Int(l)
		}
	}
	return types.NewErr("%s", noLevel)
}

// noLevel says that a text is no level.
const noLevel = "level() wants one of 'very_low', 'low', 'medium', 'high' and 'very_high'"

// levelByName returns the level with a name as YAML may have it.
func levelByName(name string) (reviewpkgv1.Level, bool) {
	l, ok := reviewpkgv1.Level_value["LEVEL_"+strings.ToUpper(name)]
	return reviewpkgv1.Level(l), ok && isLevel(reviewpkgv1.Level(l)) && name == strings.ToLower(name)
}

// risk returns the risk of a finding or of a dimension.
func (k *ruleKit) risk(v ref.Val) ref.Val {
	o, ok := v.(*celview.Object)
	if !ok {
		return types.MaybeNoSuchOverloadErr(v)
	}
	if d, ok := o.Message().(*reviewpkgv1.DimensionProfile); ok {
		return k.dimensionRisk(o, d)
	}
	f, ok := o.Message().(*reviewpkgv1.Finding)
	if !ok {
		return types.MaybeNoSuchOverloadErr(v)
	}
	risk, atom := k.findingRisk(o, f)
	// A reader wants to see what the risk comes from, not that it was computed.
	if o.Session().Recording() {
		for _, i := range k.ratingFields(f) {
			o.Read(i)
		}
	}
	if risk.known() {
		return types.Int(risk.min)
	}
	return atom.Now()
}

// ratingFields returns the fields that the risk of a finding comes from.
func (k *ruleKit) ratingFields(f *reviewpkgv1.Finding) []int {
	if declaredOnly(f) {
		return []int{k.fields.overall}
	}
	return []int{k.fields.likelihood, k.fields.impact}
}

// declaredOnly reports whether an overall rating is all that a finding has; see
// scorer.rate.
func declaredOnly(f *reviewpkgv1.Finding) bool {
	return isLevel(f.GetOverall()) && f.GetLikelihood() == 0 && f.GetImpact() == 0
}

// findingRisk returns the risk that a finding may have, as scorer.rate does, and
// what is not known about it: one thing at a time, which is all that it takes to
// go through the answers.
func (k *ruleKit) findingRisk(o *celview.Object, f *reviewpkgv1.Finding) (span, *celview.Atom) {
	if declaredOnly(f) {
		return span{f.GetOverall(), f.GetOverall()}, nil
	}
	likelihood, atom := levelEnds(o, k.fields.likelihood)
	impact, other := levelEnds(o, k.fields.impact)
	if atom == nil {
		atom = other
	}
	m := &o.Session().Context.(*ruleContext).matrix
	// The matrix of a valid rubric is monotone.
	return span{m[likelihood.min][impact.min], m[likelihood.max][impact.max]}, atom
}

// levelEnds returns what a level of an object may be, and the atom for it if that
// is more than one.
func levelEnds(o *celview.Object, field int) (span, *celview.Atom) {
	low, high, atom := o.Ends(field)
	if low == high {
		atom = nil
	}
	return span{reviewpkgv1.Level(low), reviewpkgv1.Level(high)}, atom //nolint:gosec // the numbers of levels
}

// dimensionRisk returns the risk of a dimension, of which a profile says between
// which levels it lies.
func (k *ruleKit) dimensionRisk(o *celview.Object, d *reviewpkgv1.DimensionProfile) ref.Val {
	risk := levels(d.GetRisk())
	if !isLevel(risk.min) || !isLevel(risk.max) {
		risk = span{lowest, highest}
	}
	if o.Session().Recording() {
		o.Note(risk.words())
	}
	if risk.known() {
		return types.Int(risk.min)
	}
	// The profile says no more than this, though it came from the findings.
	var possible []int64
	for l := risk.min; l <= risk.max; l++ {
		possible = append(possible, int64(l))
	}
	return o.Session().Atom(o, k.fields.risk, possible...).Now()
}

// open reports whether a finding counts.
func (k *ruleKit) open(v ref.Val) ref.Val {
	o, f, err := ruleFinding(v)
	if err != nil {
		return err
	}
	if o.Session().Recording() {
		o.Read(k.fields.state)
	}
	return types.Bool(!rating.Closed(f))
}

// disputed reports whether a finding is one of those that are disputed.
func (k *ruleKit) disputed(v ref.Val) ref.Val {
	o, _, err := ruleFinding(v)
	if err != nil {
		return err
	}
	return types.Bool(isDisputed(o))
}

// isDisputed reports whether an object is a disputed finding.
func isDisputed(o *celview.Object) bool {
	_, field := o.In()
	return field != nil && field.Name() == "disputed_findings"
}

// ruleFinding returns the finding that a value is, or an error.
func ruleFinding(v ref.Val) (*celview.Object, *reviewpkgv1.Finding, ref.Val) {
	o, ok := v.(*celview.Object)
	if !ok {
		return nil, nil, types.MaybeNoSuchOverloadErr(v)
	}
	f, ok := o.Message().(*reviewpkgv1.Finding)
	if !ok {
		return nil, nil, types.MaybeNoSuchOverloadErr(v)
	}
	return o, f, nil
}
