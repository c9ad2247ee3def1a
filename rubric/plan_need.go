package rubric

import (
	"slices"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// A planRule is a rule of the policy that has a result.
type planRule struct {
	id string
	// bad says that it is worse than the target as things are, hopeless that no
	// action changes that.
	bad, hopeless bool
}

// A planNeed is one thing that a rule asks for to reach the target: that base and
// the gains of what is picked are not negative together. Every rule of the
// library comes down to such sums, because a risk is at most some level if each
// of its contributors is, and the criteria of a dimension are weighed by a mean.
type planNeed struct {
	rule  int
	base  int64
	terms []planTerm
}

// A planTerm is what the picks of a subject gain; nothing gains nothing.
type planTerm struct {
	subject int
	gains   []int64
}

// findNeeds fills in the rules, and what each asks for.
func (pl *planner) findNeeds(c *comparison) {
	for _, id := range append(pl.ruleIDs(), draftRuleID) {
		if r := pl.before.results[id]; r != nil {
			pl.rules = append(pl.rules, &planRule{id: id, bad: r.GetOutcome() > pl.target})
		}
	}
	for _, a := range pl.policy.GetAppetites() {
		at := slices.IndexFunc(pl.model.dimensions, func(d *planDimension) bool { return d.GetDimension() == a.GetDimension() })
		pl.appetiteNeeds(c, appetiteRule(a.GetDimension()), a, pl.model.dimensions[at:at+1])
	}
	if pl.policy.HasOverall() {
		pl.appetiteNeeds(c, "overall", pl.policy.GetOverall(), pl.model.dimensions)
	}
	for _, d := range pl.policy.GetDeadlines() {
		pl.deadlineNeeds(c, d)
	}
	for i, s := range pl.subjects {
		if s.rule != "" {
			pl.oneOf(s.rule, planTerm{i, []int64{0, 1}})
		}
		if s.renewal {
			pl.oneOf("freshness", planTerm{i, []int64{0, 1}})
		}
	}
	if most := pl.controls.most; most >= 0 {
		pl.controlNeed(int64(most))
	}
	for i, r := range pl.rules {
		asks := slices.ContainsFunc(pl.needs, func(n *planNeed) bool { return n.rule == i })
		lawful := r.id == draftRuleID || r.id == "freshness" || isCompleteness(pl.policy, r.id)
		r.hopeless = r.hopeless || r.bad && !asks && lawful
	}
}

// isCompleteness reports whether a rule asks for completeness.
func isCompleteness(policy *reviewpkgv1.Policy, rule string) bool {
	return slices.ContainsFunc(policy.GetCompleteness(), func(r *reviewpkgv1.CompletenessRequirement) bool {
		return completenessRule(r.GetProcess()) == rule
	})
}

// rule returns the number of a rule; -1 if it has no result.
func (pl *planner) rule(id string) int {
	return slices.IndexFunc(pl.rules, func(r *planRule) bool { return r.id == id })
}

// need adds a need of a rule. One that nothing can meet makes the rule hopeless;
// one that nothing can fail to meet is none.
func (pl *planner) need(n planNeed) {
	least, most := n.base, n.base
	for _, t := range n.terms {
		least += slices.Min(t.gains)
		most += slices.Max(t.gains)
	}
	switch {
	case least >= 0:
	case most < 0:
		pl.rules[n.rule].hopeless = true
	default:
		pl.needs = append(pl.needs, &n)
	}
}

// oneOf adds the need that one of some picks is made, if the rule is bad now.
func (pl *planner) oneOf(rule string, terms ...planTerm) {
	if at := pl.rule(rule); at >= 0 && pl.rules[at].bad {
		pl.need(planNeed{rule: at, base: -1, terms: terms})
	}
}

// controlNeed adds that a policy bounds how many waivers may hold. More than that
// make all of them void, which every rule would suffer from: the need belongs to
// none of them.
func (pl *planner) controlNeed(most int64) {
	n := planNeed{rule: -1, base: most}
	for i, s := range pl.subjects {
		gains := make([]int64, len(s.options)+1)
		for k, o := range s.options {
			if o.effect == stands {
				gains[k+1] = -1
			}
		}
		if slices.Min(gains) < 0 {
			n.terms = append(n.terms, planTerm{i, gains})
		}
	}
	if int64(len(n.terms)) > most {
		pl.needs = append(pl.needs, &n)
	}
}

// deadlineNeeds adds what a deadline asks for: of each finding alone.
func (pl *planner) deadlineNeeds(c *comparison, d *reviewpkgv1.Deadline) {
	rule := deadlineRule(d.GetLevel())
	at := pl.rule(rule)
	if !pl.rules[at].bad {
		return
	}
	for _, f := range pl.profile.GetFindings() {
		if c.lateness(f, d, c.waivers) <= pl.target {
			continue
		}
		i, ok := pl.model.byPath[f.GetPath()]
		if !ok {
			pl.rules[at].hopeless = true
			return
		}
		gains := make([]int64, len(pl.subjects[i].options)+1)
		for k, o := range pl.subjects[i].options {
			outcome := pass
			switch o.effect {
			case rates:
				outcome = c.lateness(reviewpkgv1.FindingRisk_builder{
					Finding: f.GetFinding(), Path: f.GetPath(), LevelMin: f.GetLevelMin(), LevelMax: f.GetLevelMin(),
				}.Build(), d, c.waivers)
			case stands:
				outcome = c.lateness(f, d, pl.controls.made)
			default:
				// It is gone.
			}
			if outcome <= pl.target {
				gains[k+1] = 1
			}
		}
		pl.need(planNeed{rule: at, base: -1, terms: []planTerm{{i, gains}}})
	}
}

// lateness returns what a finding means for a deadline, under some waivers.
func (c *comparison) lateness(f *reviewpkgv1.FindingRisk, d *reviewpkgv1.Deadline, w *waivers) reviewpkgv1.Outcome {
	a, _ := c.ageOf(f, d)
	outcome := severityOf(d.GetSeverity())
	switch a {
	case inTime:
		return pass
	case unsure:
		outcome = min(outcome, unknownOutcome(d.GetUnknown()))
	default:
	}
	if len(w.covers(deadlineRule(d.GetLevel()), false, f.GetFinding(), f.GetLevelMax())) > 0 {
		return warn
	}
	return outcome
}
