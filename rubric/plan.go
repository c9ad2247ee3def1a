package rubric

import (
	"errors"
	"fmt"
	"math"
	"slices"

	"github.com/reviewpkg/sdk/internal/inwords"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// PlanOptions say what a plan is for. The zero value asks for a verdict of WARN
// or better, whatever it costs.
type PlanOptions struct {
	// Target is the outcome that is wanted: PASS, or WARN for "accepted, with
	// warnings". Not stated is WARN.
	Target reviewpkgv1.Outcome
	// BudgetHours bounds the hours that the chosen actions take together, at
	// likely effort; 0 is no bound. Within a budget the plan is the one that
	// leaves the fewest rules worse than the target, then removes the most
	// points, then takes the fewest hours.
	BudgetHours uint32
}

// Plan says what would bring a package to the target, and what that costs:
// review work, contributions to the project, and controls of the organisation.
//
// What can be done follows from the package, and what it takes from the effort
// hints of the rubric: an action of which the rubric says no effort is none. A
// rule that no action brings to the target is named as unreachable, and the plan
// is for the others. Outcome and risk after the plan come from a copy of the
// package to which the actions were applied, and which was judged like any
// other. The points of an action are those of the same arithmetic.
//
// The plan is made as if drafts were allowed, before and after, because no work
// on a draft makes it final; where the judge does not allow them, the rule
// "draft" is among the unreachable ones. It takes for granted that to do more
// never makes a rule of the policy worse. Where that is seen to be otherwise, or
// there is too much to try, the plan still does what it says, and is not called
// exact.
//
// It is an error if the target is neither PASS nor WARN; for others see
// [Judge.Judge].
func (j *Judge) Plan(p *reviewpkgv1.ReviewPackage, o PlanOptions) (*reviewpkgv1.Plan, error) {
	if p == nil {
		return nil, errors.New("plan: there is no package")
	}
	target := o.Target
	if target == 0 {
		target = warn
	}
	if target != pass && target != warn {
		return nil, fmt.Errorf("plan: the target is %s, want pass or warn", inwords.Enum(target))
	}
	pl, err := j.planner(p, target)
	if err != nil {
		return nil, err
	}
	best := pl.nothing()
	proof := planProof{exact: true}
	if o.BudgetHours > 0 || pl.before.outcome > target {
		if best, proof, err = pl.choose(int64(o.BudgetHours)); err != nil {
			return nil, err
		}
	}
	after, err := pl.try(best)
	if err != nil {
		return nil, err
	}
	return pl.message(best, after, proof), nil
}

// A planProof says what is known about a choice of actions.
type planProof struct {
	// atLeast is how many hours every plan takes that reaches the target.
	atLeast int64
	// exact says that there is no better choice.
	exact bool
}

// A planner looks for what to do about one package.
type planner struct {
	*Judge
	pkg    *reviewpkgv1.ReviewPackage
	target reviewpkgv1.Outcome
	// profile is that of the package as it is; before is what became of it.
	profile *reviewpkgv1.RiskProfile
	before  *planTrial
	// subjects are what something can be done about, by id. A choice has one
	// place for each.
	subjects []*planSubject
	model    *planModel
	rules    []*planRule
	needs    []*planNeed
	// trials are the choices that were really judged, and left is how many more
	// may be.
	trials map[string]*planTrial
	left   int
	// labels bounds the work of the exact search; tests make it small.
	labels int
	// doubtful says that something was seen which the search takes for granted
	// to be otherwise.
	doubtful bool
	controls planControls
	// late are the findings that are overdue for certain, by path.
	late map[string]bool
	// strict says that the caller allows no drafts.
	strict bool
}

// A planChoice says what is done about each subject: 0 for nothing, or the number
// of an option, from 1.
type planChoice []int

// nothing returns the choice to do nothing.
func (pl *planner) nothing() planChoice { return make(planChoice, len(pl.subjects)) }

// planner prepares the search: what can be done, and what the rules need.
func (j *Judge) planner(p *reviewpkgv1.ReviewPackage, target reviewpkgv1.Outcome) (*planner, error) {
	asIfFinal := *j // drafts do not matter here, and the caller's judge stays as it is
	asIfFinal.options.AllowDraft = true
	pl := &planner{
		Judge: &asIfFinal, strict: !j.options.AllowDraft, pkg: p, target: target, trials: map[string]*planTrial{}, late: map[string]bool{},
		labels: maxPlanLabels, left: maxPlanTrials,
	}
	var err error
	if pl.profile, err = j.score(p, j.asOf); err != nil {
		return nil, err
	}
	// A waiver that holds for one content of the package only holds no longer once
	// anything was changed.
	c := pl.comparison(pl.pkg, pl.profile, changedDigest)
	for _, f := range c.overdue() {
		pl.late[f.GetPath()] = true
	}
	pl.controls = pl.findControls(c)
	pl.findSubjects()
	if len(pl.subjects) > manyPlanSubjects {
		pl.left = fewPlanTrials
	}
	pl.model = pl.newModel(c)
	if pl.before, err = pl.try(pl.nothing()); err != nil {
		return nil, err
	}
	pl.findNeeds(c)
	pl.doubtful = pl.waiversMayTurn()
	return pl, nil
}

// waiversMayTurn reports whether waivers that hold may be lost by a change, or
// waivers that do not hold come into force by one. The search knows neither.
func (pl *planner) waiversMayTurn() bool {
	void := slices.ContainsFunc(pl.before.verdict.GetWaivers(), func(w *reviewpkgv1.WaiverResult) bool {
		return w.GetStatus() == reviewpkgv1.WaiverStatus_WAIVER_STATUS_VOID
	})
	return void || slices.ContainsFunc(pl.options.Waivers.GetWaivers(), func(w *reviewpkgv1.Waiver) bool {
		return w.GetScope().GetPackageDigest() != ""
	})
}

// hours returns what a choice takes.
func (pl *planner) hours(choice planChoice) int64 {
	sum := int64(0)
	for i, s := range pl.subjects {
		sum += s.hours(choice[i])
	}
	return sum
}

// small returns a count that is not negative as a field of a message.
func small(n int64) uint32 {
	return uint32(max(0, min(n, math.MaxUint32))) //nolint:gosec // bounded just here
}
