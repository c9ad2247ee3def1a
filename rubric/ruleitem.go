package rubric

import (
	"slices"

	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"

	"github.com/reviewpkg/sdk/internal/celview"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// A ruleOutcome is what a rule made of its items. It is no result yet: whether
// several rules fail together is only known when all are through.
type ruleOutcome struct {
	rule    *rule
	checked int
	// worst is what a violation means on the day of the comparison, and early
	// says that it will mean more.
	worst reviewpkgv1.Outcome
	early bool
	// passedOver says that the rule is not looked at yet.
	passedOver bool
	// items are those that did not pass.
	items []*ruleItem
}

// A ruleItem is an item that did not pass.
type ruleItem struct {
	object  *celview.Object
	outcome reviewpkgv1.Outcome
	// tree says when the item keeps the rule; nil if it never does.
	tree *celview.Tree
	// waivers cover the item, which would be graver without them.
	waivers []string
	detail  ruleDetail
}

// A ruleDetail is what a result says of an item besides.
type ruleDetail struct {
	message  string
	reads    []*reviewpkgv1.ReadValue
	unknowns []string
	// joint says that the item fails because of others.
	joint string
}

// rule evaluates a rule on all its items.
func (run *ruleRun) rule(r *rule) (*ruleOutcome, error) {
	o := &ruleOutcome{rule: r, worst: fail}
	if r.GetSeverity() == warn {
		o.worst = warn
	}
	if o.passedOver = run.isBefore(r.GetIntroducedOn()); o.passedOver {
		return o, nil
	}
	if run.isBefore(r.GetEnforcedOn()) {
		o.early, o.worst = o.worst == fail, warn
	}
	items := run.itemsOf(r.GetTarget())
	o.checked = len(items)
	run.vars.Names = ruleVariables(r.GetTarget())
	for _, object := range items {
		run.vars.Objects = append(run.vars.Objects[:0], run.pkg, run.profile, object)
		item, err := run.item(o, object)
		if err != nil {
			return nil, err
		}
		if item == nil {
			continue
		}
		o.items = append(o.items, item)
		// To describe an item takes longer than to judge it.
		if len(o.items) <= maxItems {
			if err := run.describe(r, item); err != nil {
				return nil, err
			}
		}
	}
	return o, nil
}

// isBefore reports whether the day of the comparison lies before a date. Without
// a day, or a date that says enough, it does not: a rule is enforced unless its
// time has certainly not come.
func (run *ruleRun) isBefore(date *reviewpkgv1.Date) bool {
	first, _, ok := ruleDays(date)
	return ok && run.context.dated && run.context.asOf < first
}

// item evaluates a rule on the item that the variables hold; nil if the item
// keeps it.
//
// An item breaks a rule if the condition is false for all that is not known, and
// keeps it if it is true for all. In between the policy says what becomes of it,
// and so it does for a disputed finding that breaks a rule: it may turn out to be
// none.
func (run *ruleRun) item(o *ruleOutcome, object *celview.Object) (*ruleItem, error) {
	v, err := run.keeps(o.rule)
	if err != nil || v == types.True {
		return nil, err
	}
	item := &ruleItem{object: object, outcome: o.worst}
	// What is not known may still make no difference.
	if v != types.False {
		if item.tree, err = run.decide(o.rule); err != nil {
			return nil, err
		}
		if item.tree.Decided() {
			if item.tree.Value {
				return nil, nil
			}
			item.tree = nil
		}
	}
	if isDisputed(object) {
		// It may not stand: then it breaks nothing.
		unkept := item.tree
		if unkept == nil {
			unkept = celview.Always(false)
		}
		stands := run.session.Atom(object, run.rules.kit.fields.agreement, 0, 1)
		item.tree = celview.If(stands, celview.Always(true), unkept)
	}
	// Something that could at worst be a warning is no reason to stop.
	if item.tree != nil && o.worst == fail {
		item.outcome = unknownOutcome(o.rule.GetUnknown())
	}
	// A waiver that changes nothing is not named.
	if item.outcome > warn && run.waived != nil && !o.rule.GetNotWaivable() {
		finding, level := run.findingOf(object)
		if item.waivers = run.waived(o.rule.PolicyRule, finding, level); len(item.waivers) > 0 {
			item.outcome = warn
		}
	}
	return item, nil
}

// decide goes through the unknowns of the item that the variables hold. An
// evaluation that takes long counts for several, so that a question about very
// many items stays open instead of taking hours.
func (run *ruleRun) decide(r *rule) (*celview.Tree, error) {
	budget := min(itemEvaluations, run.evaluations)
	left := budget
	tree, err := run.session.Decide(&left, func() (ref.Val, error) {
		before := run.cost
		v, err := run.keeps(r)
		left -= (before - run.cost) / costOfOne
		return v, err
	})
	run.evaluations -= budget - left
	return tree, err
}

// findingOf returns the id of the finding that an item is, and the worst level
// that its risk may be.
func (run *ruleRun) findingOf(object *celview.Object) (string, reviewpkgv1.Level) {
	f, ok := object.Message().(*reviewpkgv1.Finding)
	if !ok {
		return "", 0
	}
	risk, _ := run.rules.kit.findingRisk(object, f)
	return f.GetId(), risk.max
}

// describe adds what a result says of the item that the variables hold: what was
// read, what is not known, and what it means.
func (run *ruleRun) describe(r *rule, item *ruleItem) error {
	var err error
	reads := run.session.Record(min(maxReads, run.reads), func() { _, err = run.keeps(r) })
	if err != nil {
		return err
	}
	run.reads -= len(reads)
	for _, read := range reads {
		item.detail.reads = append(item.detail.reads, reviewpkgv1.ReadValue_builder{Path: read.Path, Value: read.Value}.Build())
	}
	if item.tree != nil {
		item.detail.unknowns = run.unknownPaths(item.tree.Atoms())
	}
	item.detail.message = ruleText(r.GetStatement())
	if r.message == nil {
		return nil
	}
	v, err := run.eval(r.message)
	// A message that rests on what is not known says nothing.
	if text, ok := v.(types.String); ok && text != "" {
		item.detail.message = ruleText(string(text))
	}
	return err
}

// unknownPaths returns the paths of what is not known: of the risk of a
// dimension, those that the profile names. They are sorted, so that they do not
// depend on the order of a list, and bounded.
func (run *ruleRun) unknownPaths(atoms []*celview.Atom) []string {
	var paths []string
	for _, a := range atoms {
		d, ok := (*reviewpkgv1.DimensionProfile)(nil), false
		if a.Object() != nil {
			d, ok = a.Object().Message().(*reviewpkgv1.DimensionProfile)
		}
		if !ok || len(d.GetUnknowns()) == 0 || a.Field() != run.rules.kit.fields.risk {
			paths = append(paths, a.Path())
			continue
		}
		for _, u := range d.GetUnknowns() {
			paths = append(paths, u.GetPath())
		}
	}
	slices.Sort(paths)
	paths = slices.Compact(paths)
	return paths[:min(len(paths), maxReads)]
}
