package rubric

import (
	"cmp"
	"slices"

	"google.golang.org/protobuf/proto"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// message returns the plan as a message.
func (pl *planner) message(best planChoice, after *planTrial, proof planProof) *reviewpkgv1.Plan {
	b := reviewpkgv1.Plan_builder{
		Schema: "reviewpkg.v1.Plan", Package: pl.pkg.GetId(), PackageDigest: pl.profile.GetPackageDigest(),
		Policy: pl.policy.GetId(), PolicyDigest: pl.policyDigest, Rubric: pl.rubric.GetId(), RubricDigest: pl.digest,
		Target: pl.target, Before: pl.before.outcome, After: after.outcome, AsOf: dated(pl.asOf),
		Hours: small(pl.hours(best)), HoursAtLeast: small(proof.atLeast), Exact: proof.exact,
		RiskBefore: pl.before.verdict.GetEffective(), RiskAfter: after.verdict.GetEffective(),
		Unreachable: pl.unreachable(after), Actions: pl.actions(best),
	}
	for i, pick := range best {
		if o := pl.subjects[i].option(pick); o != nil && o.conditional {
			b.Conditional = true
		}
	}
	// Both verdicts list all dimensions of the rubric, in its order.
	for i, d := range pl.before.verdict.GetEffectiveDimensions() {
		then := after.verdict.GetEffectiveDimensions()[i].GetRisk()
		if !proto.Equal(d.GetRisk(), then) {
			b.Effects = append(b.Effects, reviewpkgv1.DimensionEffect_builder{
				Dimension: d.GetDimension(), Before: d.GetRisk(), After: then,
			}.Build())
		}
	}
	return b.Build()
}

// unreachable returns the rules that stay worse than the target whatever is done,
// alone or together with the other rules, and that a draft is one.
func (pl *planner) unreachable(after *planTrial) []string {
	var ids []string
	// No work that is planned here makes a package final: somebody must say so.
	if pl.profile.GetDraft() && pl.strict {
		ids = append(ids, draftRuleID)
	}
	for _, r := range pl.rules {
		if r.hopeless && pl.bad(after, r.id) {
			ids = append(ids, r.id)
		}
	}
	return ids
}

// A planFigures says of every action what it does, for one choice.
type planFigures struct {
	*planner
	choice planChoice
	states []planState
	gaps   []span
	scores []int64
	have   []int64 // of each need
	unmet  []int   // needs of each rule
	asking [][]coverGain
}

// figures returns the figures for a choice.
func (pl *planner) figures(choice planChoice) *planFigures {
	f := &planFigures{planner: pl, choice: choice, scores: pl.model.scores(choice), unmet: make([]int, len(pl.rules)), asking: make([][]coverGain, len(pl.subjects))}
	for _, d := range pl.model.dimensions {
		f.states, f.gaps = append(f.states, pl.model.state(d, choice)), append(f.gaps, pl.model.gap(d, choice))
	}
	for at, n := range pl.needs {
		have := n.have(choice)
		f.have = append(f.have, have)
		if have < 0 && n.rule >= 0 {
			f.unmet[n.rule]++
		}
		for _, t := range n.terms {
			f.asking[t.subject] = append(f.asking[t.subject], coverGain{at, t.gains})
		}
	}
	return f
}

// change returns by how many points the scores fall if one pick is another, and
// which rules then meet or miss what they ask for.
func (f *planFigures) change(subject, pick int) (points int64, better, worse []int) {
	old := f.choice[subject]
	for _, at := range f.model.bySubject[subject] {
		d, state, gap := f.model.dimensions[at], f.states[at], f.gaps[at]
		// One finding among thousands is taken out and put back, so that the
		// figures of all take time in proportion to their number.
		if f.subjects[subject].finding != nil {
			state.add(f.model.prints[subject][old], -1)
			state.add(f.model.prints[subject][pick], 1)
		} else {
			f.choice[subject] = pick
			gap = f.model.gap(d, f.choice)
			f.choice[subject] = old
		}
		points += f.scores[at] - f.model.score(d, state, gap)
	}
	// Needs that the pick turns, by rule.
	turned := map[int]int{}
	for _, g := range f.asking[subject] {
		have := f.have[g.need] + g.gains[pick] - g.gains[old]
		rule := f.needs[g.need].rule
		switch {
		case rule < 0:
		case f.have[g.need] < 0 && have >= 0:
			turned[rule]--
		case f.have[g.need] >= 0 && have < 0:
			turned[rule]++
		}
	}
	// A rule turns only if the last of its needs does.
	for rule, n := range turned {
		switch {
		case f.unmet[rule] > 0 && f.unmet[rule]+n == 0:
			better = append(better, rule)
		case f.unmet[rule] == 0 && n > 0:
			worse = append(worse, rule)
		}
	}
	return points, better, worse
}

// actions returns all actions that could help, by what they remove for an hour.
func (pl *planner) actions(best planChoice) []*reviewpkgv1.PlanAction {
	now, then := pl.figures(pl.nothing()), pl.figures(slices.Clone(best))
	var list []*reviewpkgv1.PlanAction
	for i, s := range pl.subjects {
		for k := range s.options {
			o, pick := &s.options[k], k+1
			points, better, _ := now.change(i, pick)
			chosen := best[i] == pick
			// Many a step removes no points and no rule alone, and is needed all the
			// same: the first of two findings that are equally bad.
			useful := slices.ContainsFunc(now.asking[i], func(g coverGain) bool {
				n := pl.needs[g.need]
				return now.have[g.need] < 0 && g.gains[pick] > 0 && n.rule >= 0 && !pl.rules[n.rule].hopeless
			})
			if !chosen && points <= 0 && !useful {
				continue
			}
			b := reviewpkgv1.PlanAction_builder{
				Id: o.id, Kind: o.kind, Title: o.title, Path: s.path, Dimension: s.dimension, From: s.from, To: o.to,
				Effort: o.effort, Chosen: chosen, Points: small(points),
				MilliPointsPerHour: small(max(0, points) * 1000 / max(1, s.hours(pick))),
			}
			if chosen {
				lost, _, worse := then.change(i, 0)
				b.PointsInPlan = small(-lost)
				better = append(better, worse...)
			}
			b.Rules = pl.names(better)
			list = append(list, b.Build())
		}
	}
	slices.SortFunc(list, func(a, b *reviewpkgv1.PlanAction) int {
		return cmp.Or(-cmp.Compare(a.GetMilliPointsPerHour(), b.GetMilliPointsPerHour()), -cmp.Compare(a.GetPoints(), b.GetPoints()),
			cmp.Compare(a.GetEffort().GetHoursLikely(), b.GetEffort().GetHoursLikely()), cmp.Compare(a.GetId(), b.GetId()))
	})
	return list
}

// names returns the ids of rules in the order of the policy, each once.
func (pl *planner) names(rules []int) []string {
	slices.Sort(rules)
	var ids []string
	for _, rule := range slices.Compact(rules) {
		ids = append(ids, pl.rules[rule].id)
	}
	return ids
}
