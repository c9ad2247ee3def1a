package rubric

import (
	"maps"
	"slices"
)

// learn finds out what a rule asks for that a choice does not give, by carrying
// out other choices. It reports whether it has found anything.
func (pl *planner) learn(rule int, choice planChoice, t *planTrial) (bool, error) {
	r := pl.rules[rule]
	items := pl.worse(t.results[r.id])
	learned := false
	own, err := pl.learnOwn(rule, choice, items)
	if err != nil {
		return false, err
	}
	for _, path := range slices.Sorted(maps.Keys(items)) {
		if own[path] {
			learned = true
			continue
		}
		// What is not about one subject, or not settled by it alone.
		more, err := pl.learnJoint(rule, choice, path)
		if err != nil {
			return false, err
		}
		learned = learned || more
		if r.hopeless {
			return true, nil
		}
	}
	return learned, nil
}

// learnOwn finds out which actions on an item settle what a rule says of it. All
// items are tried at once, because a rule looks at one at a time; whether
// anything else would settle an item shows where everything else is done. It
// returns the items of which it has found out.
func (pl *planner) learnOwn(rule int, choice planChoice, items map[string]bool) (map[string]bool, error) {
	subjects := map[string]int{}
	others := pl.everything(choice)
	most := 0
	for path := range items {
		if i, ok := pl.model.byPath[path]; ok {
			subjects[path] = i
			others[i] = choice[i]
			most = max(most, len(pl.subjects[i].options))
		}
	}
	found := map[string]bool{}
	if len(subjects) == 0 || pl.left <= most+2 {
		return found, nil
	}
	t, err := pl.try(others)
	if err != nil {
		return nil, err
	}
	left := pl.worse(t.results[pl.rules[rule].id])
	gains := map[string][]int64{}
	for path, i := range subjects {
		gains[path] = make([]int64, len(pl.subjects[i].options)+1)
	}
	// The first option of every item, then the second, and so on: as many trials
	// as the item with the most options has, however many items there are.
	for pick := 1; pick <= most; pick++ {
		one := slices.Clone(choice)
		for _, i := range subjects {
			if pick <= len(pl.subjects[i].options) {
				one[i] = pick
			}
		}
		if t, err = pl.try(one); err != nil {
			return nil, err
		}
		worse := pl.worse(t.results[pl.rules[rule].id])
		for path, i := range subjects {
			if pick <= len(pl.subjects[i].options) && !worse[path] {
				gains[path][pick] = 1
			}
		}
	}
	for _, path := range slices.Sorted(maps.Keys(subjects)) {
		// If others settle it too, the choice is not among its own options only.
		if left[path] && slices.Max(gains[path]) > 0 {
			found[path] = true
			pl.need(planNeed{rule: rule, base: -1, terms: []planTerm{{subjects[path], gains[path]}}})
		}
	}
	return found, nil
}

// everything returns a choice with all done of which it does nothing.
func (pl *planner) everything(choice planChoice) planChoice {
	all := slices.Clone(choice)
	for i, s := range pl.subjects {
		all[i] = s.strongest()
	}
	return all
}

// learnJoint finds out what an item of a rule asks for, of whatever it may be.
// As much as possible is done without settling the item; then one of what is
// left must be done. That holds for every plan if to do more never makes the
// rule worse.
func (pl *planner) learnJoint(rule int, choice planChoice, path string) (bool, error) {
	id := pl.rules[rule].id
	settled := func(c planChoice) (bool, error) {
		t, err := pl.try(c)
		if err != nil {
			return false, err
		}
		return !pl.worse(t.results[id])[path] && (path != "" || !pl.bad(t, id)), nil
	}
	all := pl.everything(choice)
	if ok, err := settled(all); err != nil || !ok {
		return err == nil && pl.outOfReach(rule), err
	}
	// Halves are added at once, so that it takes few trials to get past all that
	// has nothing to do with the item.
	most := slices.Clone(choice)
	var missing []int
	var add func(from, to int) error
	add = func(from, to int) error {
		if slices.Equal(most[from:to], all[from:to]) {
			return nil
		}
		if pl.left > 2 {
			more := slices.Clone(most)
			copy(more[from:to], all[from:to])
			ok, err := settled(more)
			if err != nil {
				return err
			}
			if !ok {
				most = more
				return nil
			}
		} else {
			pl.doubtful = true
		}
		if to-from == 1 {
			missing = append(missing, from)
			return nil
		}
		middle := (from + to) / 2
		if err := add(from, middle); err != nil {
			return err
		}
		return add(middle, to)
	}
	if err := add(0, len(most)); err != nil || pl.left <= 2 {
		return false, err
	}
	pl.need(pl.jointNeed(rule, most, missing))
	return true, nil
}

// jointNeed returns that one of some subjects must be done more about than a
// choice does, which was not enough.
func (pl *planner) jointNeed(rule int, most planChoice, missing []int) planNeed {
	n := planNeed{rule: rule, base: -1}
	for _, i := range missing {
		gains := make([]int64, len(pl.subjects[i].options)+1)
		for pick := 1; pick < len(gains); pick++ {
			if pick != most[i] {
				gains[pick] = 1
			}
		}
		n.terms = append(n.terms, planTerm{i, gains})
	}
	return n
}

// outOfReach gives up a rule that is worse than the target even where everything
// is done. If it ever was not, to do more made it worse, and nothing is sure any
// more. It reports whether the rule was given up.
func (pl *planner) outOfReach(rule int) bool {
	r := pl.rules[rule]
	for _, t := range pl.trials {
		if !pl.bad(t, r.id) {
			pl.doubtful = true
			return false
		}
	}
	r.hopeless = true
	return true
}
