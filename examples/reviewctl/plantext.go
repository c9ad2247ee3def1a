package main

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"google.golang.org/protobuf/reflect/protoreflect"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// planText returns a plan as text: the sum, the actions of the plan, what they
// change, the rules that nothing helps, and what else could be done.
func planText(s *scored) ([]byte, error) {
	p := s.plan
	var b bytes.Buffer
	fmt.Fprintf(&b, "%s under policy %s: %s now, %s wanted\n", clean(p.GetPackage()), clean(p.GetPolicy()),
		strings.ToUpper(word(p.GetBefore())), strings.ToUpper(word(p.GetTarget())))
	var chosen, others []*reviewpkgv1.PlanAction
	rest := 0
	for _, a := range p.GetActions() {
		switch {
		case a.GetChosen():
			chosen = append(chosen, a)
		case len(others) < mostPaths && (a.GetPoints() > 0 || len(a.GetRules()) > 0):
			others = append(others, a)
		// Most of what can be done changes nothing alone, and nobody reads a list of it.
		default:
			rest++
		}
	}
	b.WriteString(planSummary(p, chosen))
	if len(chosen) > 0 {
		b.WriteString("\n")
		actionTable(&b, chosen)
	}
	if len(p.GetEffects()) > 0 {
		b.WriteString("\nWhat changes:\n")
		table := newTable(&b)
		for _, e := range p.GetEffects() {
			table.row("  "+e.GetDimension(), effectText(e.GetBefore()), "->", effectText(e.GetAfter()))
		}
		table.row("  overall", effectText(p.GetRiskBefore()), "->", effectText(p.GetRiskAfter()))
		table.flush()
	}
	section(&b, "Rules that no action brings to "+strings.ToUpper(word(p.GetTarget())), p.GetUnreachable(), func(rule string) string { return rule })
	// The plan is made as if drafts were allowed.
	if slices.Contains(p.GetUnreachable(), "draft") {
		b.WriteString("No work on a draft makes it final: the outcomes above are those of the other rules.\n")
	}
	if len(others) > 0 {
		b.WriteString("\nWhat else would help alone:\n\n")
		actionTable(&b, others)
	}
	if rest > 0 {
		fmt.Fprintf(&b, "\nAnd %s, which --format json lists.\n", plural(rest, "more action"))
	}
	return b.Bytes(), nil
}

// planSummary says in a few lines what the plan costs, where it leads, and how far
// to count on it.
func planSummary(p *reviewpkgv1.Plan, chosen []*reviewpkgv1.PlanAction) string {
	target := strings.ToUpper(word(p.GetTarget()))
	there := reached(p, p.GetBefore())
	switch {
	case len(chosen) > 0:
	case there:
		return "Nothing has to be done.\n"
	default:
		return "No plan leads there.\n"
	}
	lines := []string{fmt.Sprintf("%s, %s: %s (%s)", plural(len(chosen), "action"), plural(int(p.GetHours()), "hour"),
		hoursBy(chosen, func(a *reviewpkgv1.PlanAction) protoreflect.Enum { return a.GetKind() }),
		hoursBy(chosen, func(a *reviewpkgv1.PlanAction) protoreflect.Enum { return a.GetEffort().GetRole() }))}
	have, least := p.GetHours(), p.GetHoursAtLeast()
	goal, done := "leads to "+target, reached(p, p.GetAfter())
	if !done {
		lines = append(lines, fmt.Sprintf("It does not lead to %s: the outcome is %s afterwards.", target, strings.ToUpper(word(p.GetAfter()))))
	}
	// Where something cannot be helped, it is a plan for the rest.
	if len(p.GetUnreachable()) > 0 {
		goal, done = "brings all that can be helped to "+target, true
	}
	switch {
	case there:
		lines = append(lines, "The outcome is there already; it lowers the risk further.")
	case least > have:
		lines = append(lines, fmt.Sprintf("No plan that %s takes less than %s.", goal, plural(int(least), "hour")))
	case !done:
	case p.GetExact() || least == have:
		lines = append(lines, fmt.Sprintf("No plan that %s takes fewer hours.", goal))
	default:
		lines = append(lines, fmt.Sprintf("It is not proven to be the cheapest: none that %s takes less than %s.", goal, plural(int(least), "hour")))
	}
	if p.GetConditional() {
		lines = append(lines, "It counts on reviews that turn out well.")
	}
	return strings.Join(lines, "\n") + "\n"
}

// hoursBy returns the likely hours of actions by what they are, in the order of
// the model.
func hoursBy(actions []*reviewpkgv1.PlanAction, of func(*reviewpkgv1.PlanAction) protoreflect.Enum) string {
	// A map, because a number that the model has no name for is possible.
	hours := map[protoreflect.EnumNumber]uint64{}
	names := map[protoreflect.EnumNumber]string{}
	var order []protoreflect.EnumNumber
	for _, a := range actions {
		e := of(a)
		if names[e.Number()] == "" {
			names[e.Number()] = word(e)
			order = append(order, e.Number())
		}
		hours[e.Number()] += uint64(a.GetEffort().GetHoursLikely())
	}
	slices.Sort(order)
	var parts []string
	for _, n := range order {
		parts = append(parts, fmt.Sprintf("%d %s", hours[n], names[n]))
	}
	return strings.Join(parts, ", ")
}

// rateText returns thousandths of points with one decimal, rounded down.
func rateText(n uint32) string {
	if 0 < n && n < 100 {
		return "< 0.1" // a little is not nothing
	}
	return fmt.Sprintf("%d.%d", n/1000, n%1000/100)
}

// actionTable writes actions as a table. What to do comes last, because it is
// long.
func actionTable(b *bytes.Buffer, actions []*reviewpkgv1.PlanAction) {
	table := newTable(b)
	table.row("HOURS", "RANGE", "ALONE", "IN PLAN", "PER HOUR", "WHO", "WHAT")
	for _, a := range actions {
		what := a.GetTitle() + ", " + a.GetPath()
		if a.GetFrom()+a.GetTo() != "" {
			what += ": " + a.GetFrom() + " -> " + a.GetTo()
		}
		if len(a.GetRules()) > 0 {
			what += "; for " + strings.Join(a.GetRules(), ", ")
		}
		e := a.GetEffort()
		// What is no part of the plan has no effect in it.
		inPlan := "-"
		if a.GetChosen() {
			inPlan = fmt.Sprint(a.GetPointsInPlan())
		}
		table.row(fmt.Sprint(e.GetHoursLikely()), interval(e.GetHoursMin(), e.GetHoursMax()), fmt.Sprint(a.GetPoints()), inPlan,
			rateText(a.GetMilliPointsPerHour()), word(e.GetRole())+", "+word(a.GetKind()), what)
	}
	table.flush()
}
