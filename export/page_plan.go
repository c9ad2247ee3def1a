package export

import (
	"fmt"
	"slices"
	"strings"

	"github.com/reviewpkg/sdk/internal/inwords"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// plan appends what to do, what that costs and what comes of it: the sum first,
// for those who give the hours, then the actions, for those who do the work.
func (p *page) plan(r *reviewpkgv1.Report, most limits) {
	plan := r.GetPlan()
	if plan == nil {
		return
	}
	p.heading(2, words("Plan"))
	var chosen []*reviewpkgv1.PlanAction
	var others []item
	idle := 0
	// Actions that change nothing alone are many: most of what could be done about
	// a project is of no use to the policy. Only their number is of interest.
	for _, a := range plan.GetActions() {
		switch {
		case a.GetChosen():
			chosen = append(chosen, a)
		case a.GetPoints() > 0 || len(a.GetRules()) > 0:
			others = append(others, item{Line: otherAction(a)})
		default:
			idle++
		}
	}
	p.planSummary(plan, chosen)
	p.planActions(chosen, most)
	p.planEffects(r, most)
	p.unreachable(plan, most)
	var below page
	below.list(others, most.items, "action")
	if idle > 0 && len(others) > 0 {
		below.paragraph(words("%s would lower no score alone.", sentenceCase(count(idle, "more action"))))
	}
	p.fold(count(len(others), "other action")+" that would help alone", below)
}

// reached reports whether a plan leads to its target. Outcomes ascend from PASS
// to FAIL.
func reached(plan *reviewpkgv1.Plan, outcome reviewpkgv1.Outcome) bool {
	return outcome != reviewpkgv1.Outcome_OUTCOME_UNSPECIFIED && outcome <= plan.GetTarget()
}

// planSummary appends how many hours of whom lead from where to where, and what
// one should know before counting on it.
func (p *page) planSummary(plan *reviewpkgv1.Plan, chosen []*reviewpkgv1.PlanAction) {
	before, _ := outcomeWords(plan.GetBefore())
	after, _ := outcomeWords(plan.GetAfter())
	target, _ := outcomeWords(plan.GetTarget())
	// Within a budget there can be something to do though the target is reached.
	there := reached(plan, plan.GetBefore())
	if len(chosen) == 0 {
		if there {
			p.paragraph(words("The outcome is %s already, and %s was asked for: nothing has to be done.", before, target))
		} else {
			p.paragraph(words("No plan leads from %s to %s.", before, target))
		}
		return
	}
	l := line{strong(fmt.Sprintf("%s, %s%s.", count(len(chosen), "action"), hours(uint64(plan.GetHours())), spread(chosen)), ""), words(" %s.", hoursWords(chosen))}
	switch {
	case there:
		l = append(l, words(" The outcome is %s already; they lower the risk further.", before))
	case reached(plan, plan.GetAfter()):
		l = append(l, words(" With them the outcome %s becomes %s.", before, after))
	default:
		l = append(l, words(" They do not lead to %s: the outcome is %s before and %s afterwards.", target, before, after))
	}
	p.paragraph(l...)
	if text := planBound(plan, target); text != "" && !there {
		p.paragraph(words("%s", text))
	}
	if plan.GetConditional() {
		p.paragraph(words("It counts on reviews that turn out well: where the answer to an open question is worse than the best that it can be, another plan is needed."))
	}
}

// planBound says how far the plan may be from the cheapest one. Where something
// cannot be helped, that is a plan for the rest.
func planBound(plan *reviewpkgv1.Plan, target string) string {
	have, least := plan.GetHours(), plan.GetHoursAtLeast()
	goal, done := "leads to "+target, reached(plan, plan.GetAfter())
	if len(plan.GetUnreachable()) > 0 {
		goal, done = "brings all that can be helped to "+target, true
	}
	switch {
	case least > have:
		return fmt.Sprintf("No plan that %s takes less than %s.", goal, hours(uint64(least)))
	case !done:
		return ""
	case plan.GetExact() || least == have:
		return fmt.Sprintf("No plan that %s takes fewer hours.", goal)
	default:
		return fmt.Sprintf("It is not proven to be the cheapest: another one may take up to %s less, and none that %s takes less than %s.",
			hours(uint64(have-least)), goal, hours(uint64(least)))
	}
}

// spread returns the least and the most hours that actions take together.
func spread(actions []*reviewpkgv1.PlanAction) string {
	least, most := uint64(0), uint64(0)
	for _, a := range actions {
		least += uint64(a.GetEffort().GetHoursMin())
		most += uint64(a.GetEffort().GetHoursMax())
	}
	if least == most {
		return ""
	}
	return fmt.Sprintf(" (%d to %d)", least, most)
}

// planActions appends the actions of the plan as a table, with their sum.
func (p *page) planActions(chosen []*reviewpkgv1.PlanAction, most limits) {
	if len(chosen) == 0 {
		return
	}
	t := table{Caption: "Actions of the plan", Columns: []column{
		{Title: "Action"}, {Title: "Who"}, {Title: "Hours", Number: true},
		{Title: "Points alone / in plan", Number: true}, {Title: "Per hour", Number: true}, {Title: "Rules"},
	}}
	// The order is that of the plan: by points per hour.
	for _, a := range chosen {
		// Titles of the library end in the statement of a criterion, a sentence.
		action := line{sentence(a.GetTitle()), words(", "), code(a.GetPath())}
		t.Rows = append(t.Rows, []line{
			append(action, change(a)...),
			{words("%s", who(a))},
			{words("%s", effort(a.GetEffort().GetHoursMin(), a.GetEffort().GetHoursLikely(), a.GetEffort().GetHoursMax()))},
			{words("%d / %d", a.GetPoints(), a.GetPointsInPlan())},
			{words("%s", thousandths(a.GetMilliPointsPerHour()))},
			codes(a.GetRules()),
		})
	}
	p.table(t, most.items, "action")
	p.paragraph(words("Hours are the likely ones, with the least and the most in brackets. Points are what an action takes off the scores of the dimensions if nothing else is done, and what they would rise by if the plan left it out."))
}

// change returns how something is before and after an action.
func change(a *reviewpkgv1.PlanAction) line {
	from, to := quote(a.GetFrom()), quote(a.GetTo())
	// Half of it would not say whether it is before or after.
	if from.Text == "" || to.Text == "" {
		return nil
	}
	return line{words(": "), from, words(" → "), to}
}

// planEffects appends the risk before and after, over all dimensions and of each
// one that changes.
func (p *page) planEffects(r *reviewpkgv1.Report, most limits) {
	plan := r.GetPlan()
	t := table{Caption: "Effect of the plan", Columns: []column{{Title: "Dimension"}, {Title: "Before"}, {Title: "After"}}}
	for _, e := range plan.GetEffects() {
		// The plan has no titles; those of the profile tell a reader more than ids.
		name := line{code(e.GetDimension())}
		for _, d := range r.GetProfile().GetDimensions() {
			if title := quote(d.GetTitle()); d.GetDimension() == e.GetDimension() && title.Text != "" {
				name = append(name, words(" "), title)
				break
			}
		}
		t.Rows = append(t.Rows, []line{name, interval(e.GetBefore()), interval(e.GetAfter())})
	}
	if len(t.Rows) > 0 {
		p.heading(3, words("What the plan changes"))
		p.table(t, most.items, "dimension")
		p.paragraph(append(append(line{words("Overall risk before: ")}, interval(plan.GetRiskBefore())...),
			append(line{words("; after: ")}, append(interval(plan.GetRiskAfter()), words("."))...)...)...)
	}
}

// unreachable appends the rules that no action helps.
func (p *page) unreachable(plan *reviewpkgv1.Plan, most limits) {
	if len(plan.GetUnreachable()) == 0 {
		return
	}
	rules := make(line, 0, len(plan.GetUnreachable()))
	for _, rule := range plan.GetUnreachable() {
		rules = append(rules, code(rule))
	}
	target, _ := outcomeWords(plan.GetTarget())
	p.paragraph(append(line{words("No action brings these rules to %s: ", target)}, joined(rules, most.items)...)...)
	// The plan is made as if drafts were allowed, and a reader sees another verdict
	// above than the plan begins with.
	if slices.Contains(plan.GetUnreachable(), "draft") {
		p.paragraph(words("No work on a draft makes it final: the outcomes above are those of the other rules."))
	}
}

// otherAction returns an action that is no part of the plan.
func otherAction(a *reviewpkgv1.PlanAction) line {
	l := line{words("%s: ", sentenceCase(who(a))), sentence(a.GetTitle()), words(", "), code(a.GetPath())}
	return append(append(l, change(a)...), words("; %s, %s",
		hours(uint64(a.GetEffort().GetHoursLikely())), count(int(a.GetPoints()), "point")))
}

// who returns whose work an action is, and of which kind.
func who(a *reviewpkgv1.PlanAction) string {
	return inwords.Enum(a.GetEffort().GetRole()) + " (" + inwords.Enum(a.GetKind()) + ")"
}

// hoursWords returns the hours of actions by kind and by role, each that there is.
func hoursWords(actions []*reviewpkgv1.PlanAction) string {
	var kinds [reviewpkgv1.PlanActionKind_PLAN_ACTION_KIND_CONTROL + 1]uint64
	var roles [reviewpkgv1.EffortRole_EFFORT_ROLE_OPERATOR + 1]uint64
	for _, a := range actions {
		n := uint64(a.GetEffort().GetHoursLikely())
		// What this version of the model has no name for counts as not stated.
		kind, role := a.GetKind(), a.GetEffort().GetRole()
		if kind < 0 || int(kind) >= len(kinds) {
			kind = 0
		}
		if role < 0 || int(role) >= len(roles) {
			role = 0
		}
		kinds[kind] += n
		roles[role] += n
	}
	var byKind, byRole []string
	plural := []string{"of a kind not stated", "review", "contributions", "controls"}
	for kind := 1; kind <= len(kinds); kind++ { // what is not stated comes last
		if n := kinds[kind%len(kinds)]; n > 0 {
			byKind = append(byKind, fmt.Sprintf("%d %s", n, plural[kind%len(kinds)]))
		}
	}
	for role := 1; role <= len(roles); role++ {
		if n := roles[role%len(roles)]; n > 0 {
			byRole = append(byRole, fmt.Sprintf("%s %d", inwords.Enum(reviewpkgv1.EffortRole(role%len(roles))), n)) //nolint:gosec // below 5
		}
	}
	if len(byKind) == 0 {
		return "Hours by kind: not stated"
	}
	return "Hours by kind: " + strings.Join(byKind, ", ") + "; by role: " + strings.Join(byRole, ", ")
}
