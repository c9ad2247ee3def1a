package rubric

import (
	"slices"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// choose returns what to do: the least that reaches the target or, within a
// budget, the best that it allows.
func (pl *planner) choose(budget int64) (planChoice, planProof, error) {
	best, proof, err := pl.cheapest()
	if err == nil && budget > 0 {
		var exact bool
		best, exact, err = pl.withinBudget(best, budget)
		proof.exact = proof.exact && exact
	}
	if pl.doubtful {
		// What a bound rests on may not hold.
		proof = planProof{}
	}
	return best, proof, err
}

// cheapest returns the cheapest choice that brings all rules to the target for
// which there is any. What the rules of the library ask for is known before; of
// other rules it is found out by trying: a choice is carried out, and if a rule
// is not where it should be, the search is told one more thing that the rule
// asks for.
func (pl *planner) cheapest() (planChoice, planProof, error) {
	proof := planProof{exact: true}
	var before planChoice
	for {
		found := pl.solve(pl.wanted())
		if !found.ok {
			// Not to have found a way is no proof that there is none.
			pl.doubtful = pl.doubtful || !found.exact
			if !pl.giveUp() {
				return pl.nothing(), planProof{}, nil
			}
			continue
		}
		proof.atLeast = found.atLeast
		proof.exact = found.exact
		t, err := pl.try(found.picks)
		if err != nil {
			return nil, proof, err
		}
		bad := pl.unmet(t)
		if len(bad) == 0 {
			return found.picks, proof, nil
		}
		learned, same := false, slices.Equal(found.picks, before)
		before = found.picks
		for _, rule := range bad {
			if same {
				break // what was learned did not help
			}
			more, err := pl.learn(rule, found.picks, t)
			if err != nil {
				return nil, proof, err
			}
			learned = learned || more
		}
		if !learned {
			choice, err := pl.fallBack(found.picks)
			proof.exact = false
			return choice, proof, err
		}
	}
}

// wanted returns what the rules ask for that can reach the target.
func (pl *planner) wanted() []*planNeed {
	return slices.DeleteFunc(slices.Clone(pl.needs), func(n *planNeed) bool { return n.rule >= 0 && pl.rules[n.rule].hopeless })
}

// unmet returns the rules that are worse than the target, and need not be.
func (pl *planner) unmet(t *planTrial) []int {
	var bad []int
	for i, r := range pl.rules {
		if !r.hopeless && pl.bad(t, r.id) {
			bad = append(bad, i)
		}
	}
	return bad
}

// solve finds the cheapest choice for some needs.
func (pl *planner) solve(needs []*planNeed) coverResult {
	c := cover{needs: needs, labels: pl.labels}
	for _, s := range pl.subjects {
		costs := make([]int64, len(s.options)+1)
		for pick := range costs {
			costs[pick] = s.hours(pick)
		}
		c.costs = append(c.costs, costs)
	}
	return c.solve()
}

// giveUp gives up a rule that cannot be brought to the target, or not together
// with the ones before it. It reports whether there was one.
func (pl *planner) giveUp() bool {
	needsOf := func(rule int) []*planNeed {
		return slices.DeleteFunc(slices.Clone(pl.needs), func(n *planNeed) bool { return n.rule != rule })
	}
	always := needsOf(-1)
	kept := always
	for i, r := range pl.rules {
		own := needsOf(i)
		if r.hopeless || len(own) == 0 {
			continue
		}
		with := slices.Concat(kept, own)
		if !pl.solve(with).ok {
			r.hopeless = true
			// Which of several to give up is a choice that nobody proved.
			pl.doubtful = pl.doubtful || pl.solve(slices.Concat(always, own)).ok
			return true
		}
		kept = with
	}
	return false
}

// fallBack returns a choice that reaches the target, if there is one, without
// being the cheapest: everything, without what is not missed. It is for rules
// that ask for more than can be found out.
func (pl *planner) fallBack(choice planChoice) (planChoice, error) {
	all := slices.Clone(choice)
	for i, s := range pl.subjects {
		if all[i] == 0 {
			all[i] = s.strongest()
		}
	}
	reached := func(c planChoice) (bool, error) {
		t, err := pl.try(c)
		return err == nil && len(pl.unmet(t)) == 0, err
	}
	if ok, err := reached(all); !ok || err != nil {
		return choice, err
	}
	for size := len(all); size > 0; size /= 2 {
		for from := 0; from < len(all); from += size {
			fewer := slices.Clone(all)
			for i := from; i < min(from+size, len(all)); i++ {
				if choice[i] == 0 {
					fewer[i] = 0
				}
			}
			if slices.Equal(fewer, all) {
				continue
			}
			// The last trials are kept for those who come after.
			if pl.left <= 2 {
				return all, nil
			}
			ok, err := reached(fewer)
			if err != nil {
				return nil, err
			}
			if ok {
				all = fewer
			}
		}
	}
	return all, nil
}

// worse returns the items of a result that are worse than the target, by path.
// What has no items is one itself, without a path.
func (pl *planner) worse(r *reviewpkgv1.RuleResult) map[string]bool {
	items := map[string]bool{}
	for _, item := range r.GetItems() {
		if item.GetOutcome() > pl.target {
			items[item.GetPath()] = true
		}
	}
	if len(items) == 0 && r.GetOutcome() > pl.target {
		items[""] = true
	}
	return items
}
