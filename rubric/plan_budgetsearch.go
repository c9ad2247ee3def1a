package rubric

import (
	"cmp"
	"slices"
)

// search tries all choices from an item on, and reports whether it got through.
// It leaves out what cannot be better than the best choice so far.
func (s *budgetSearch) search(choice planChoice, at int, hours int64) bool {
	if s.nodes++; s.nodes > maxBudgetNodes {
		return false
	}
	if at == len(s.items) {
		s.offer(choice)
		return true
	}
	if s.hopeful(choice, at, hours).compare(s.value) >= 0 {
		return true
	}
	i := s.items[at]
	// To do something comes before doing nothing: the sooner a good choice is
	// known, the more of the others need no look.
	for pick := len(s.subjects[i].options); pick >= 0; pick-- {
		if more := hours + s.subjects[i].hours(pick); more <= s.budget {
			choice[i] = pick
			if !s.search(choice, at+1, more) {
				choice[i] = 0
				return false
			}
		}
	}
	choice[i] = 0
	return true
}

// hopeful returns a value that no choice exceeds which begins like one: each need
// and each dimension may spend all that is left of the budget for itself.
func (s *budgetSearch) hopeful(choice planChoice, at int, hours int64) planValue {
	left := s.budget - hours
	v := planValue{hours: hours}
	gain := make([]int64, len(s.wanted))
	open := make([]bool, len(s.subjects))
	for _, i := range s.items[at:] {
		open[i] = true
		for _, g := range s.asking[i] {
			most := int64(0)
			for pick, one := range g.gains {
				if s.subjects[i].hours(pick) <= left {
					most = max(most, one)
				}
			}
			gain[g.need] += most
		}
	}
	// A rule is lost for certain only if one of its needs is out of reach with
	// everything that could still be paid for alone.
	unmet := map[int]bool{}
	for at, n := range s.wanted {
		if n.have(choice)+gain[at] < 0 {
			unmet[n.rule] = true
		}
	}
	v.unmet = len(unmet)
	for _, d := range s.model.dimensions {
		v.score += s.lowestScore(d, choice, open, left)
	}
	return v
}

// lowestScore returns the lowest score that a dimension can have for what is left
// of a budget: as many findings count for less as could be paid for if they were
// the cheapest ones, and these are the worst.
func (s *budgetSearch) lowestScore(d *planDimension, choice planChoice, open []bool, left int64) int64 {
	state := s.model.state(d, choice)
	var hours []int64
	type gone struct{ worst, then planPrint }
	var list []gone
	for _, i := range d.findings {
		if !open[i] {
			continue
		}
		prints, cheapest, best := s.model.prints[i], int64(-1), 0
		for pick := 1; pick < len(prints); pick++ {
			h := s.subjects[i].hours(pick)
			if h > left || prints[pick].worst >= prints[0].worst {
				continue
			}
			if cheapest < 0 || h < cheapest {
				cheapest = h
			}
			if best == 0 || prints[pick].worst < prints[best].worst {
				best = pick
			}
		}
		if best > 0 {
			hours, list = append(hours, cheapest), append(list, gone{prints[0], prints[best]})
		}
	}
	slices.Sort(hours)
	slices.SortFunc(list, func(a, b gone) int {
		return cmp.Or(cmp.Compare(b.worst.worst, a.worst.worst), cmp.Compare(a.then.worst, b.then.worst))
	})
	for k, h := range hours {
		if left -= h; left < 0 {
			break
		}
		state.worst[list[k].worst.worst]--
		state.worst[0]++ // as if nothing were left of it
	}
	// Criteria are taken at their best, whatever that costs: their mean does not
	// say which of them to pay for.
	all := slices.Clone(choice)
	for _, k := range d.criteria {
		if k.subject >= 0 && open[k.subject] {
			all[k.subject] = s.subjects[k.subject].strongest()
		}
	}
	return s.model.score(d, state, s.model.gap(d, all))
}
