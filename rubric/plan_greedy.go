package rubric

import (
	"cmp"
	"slices"
)

// greedy finds picks that meet the needs, and are good without being the best:
// it takes what gives the most for its cost until all needs are met, and then
// gives back what they can do without. Picks are places among those that are
// allowed.
func (p *coverPart) greedy() coverResult {
	picks := make(planChoice, len(p.picks))
	for i, costs := range p.costs {
		for k := range costs {
			if costs[k] < costs[picks[i]] {
				picks[i] = k
			}
		}
	}
	have := p.have(picks)
	for range maxGreedyRounds + 4*len(p.picks) {
		if met(have) {
			p.improve(picks, have)
			return coverResult{picks: picks, ok: true}
		}
		steps := p.steps(picks, have)
		if len(steps) == 0 {
			break
		}
		// Of many items some are taken at a time, which bounds the rounds.
		for _, s := range steps[:min(len(steps), 1+len(p.picks)/maxGreedyRounds)] {
			if p.worth(picks, have, s.item, s.pick) > 0 {
				p.set(picks, have, s.item, s.pick)
			}
		}
	}
	return coverResult{}
}

// maxGreedyRounds is in how many rounds a greedy search gets through all items.
const maxGreedyRounds = 64

// have returns what each need has with some picks.
func (p *coverPart) have(picks planChoice) []int64 {
	have := append([]int64(nil), p.base...)
	for i, k := range picks {
		for need := range have {
			have[need] += p.gains[i][k][need]
		}
	}
	return have
}

// met reports whether all needs are met.
func met(have []int64) bool {
	for _, h := range have {
		if h < 0 {
			return false
		}
	}
	return true
}

// set makes another pick.
func (p *coverPart) set(picks planChoice, have []int64, item, pick int) {
	for need := range have {
		have[need] += p.gains[item][pick][need] - p.gains[item][picks[item]][need]
	}
	picks[item] = pick
}

// A greedyStep is another pick for an item, and what it is worth.
type greedyStep struct {
	item, pick  int
	worth, cost int64
}

// steps returns the picks that bring the needs further, those first that do so
// the most for their cost.
func (p *coverPart) steps(picks planChoice, have []int64) []greedyStep {
	var steps []greedyStep
	for i := range p.picks {
		for k := range p.picks[i] {
			if worth := p.worth(picks, have, i, k); worth > 0 {
				steps = append(steps, greedyStep{i, k, worth, max(1, p.costs[i][k]-p.costs[i][picks[i]])})
			}
		}
	}
	slices.SortStableFunc(steps, func(a, b greedyStep) int { return cmp.Compare(b.worth*a.cost, a.worth*b.cost) })
	return steps
}

// worth returns how far a pick brings the needs, in millionths of what each of
// them lacks.
func (p *coverPart) worth(picks planChoice, have []int64, item, pick int) int64 {
	const whole = 1_000_000
	worth := int64(0)
	for need, h := range have {
		gain := p.gains[item][pick][need] - p.gains[item][picks[item]][need]
		if lack := -min(h, 0); lack > 0 {
			worth += whole * min(gain, lack) / lack
		} else if h+gain < 0 {
			worth -= whole // it would break what is met
		}
	}
	return worth
}

// maxImproveItems is for how many items two picks are changed at a time.
const maxImproveItems = 200

// improve makes picks cheaper as long as the needs stay met: one at a time, and
// then one up for one down.
func (p *coverPart) improve(picks planChoice, have []int64) {
	cheaper := func(i, spare int) bool {
		old := picks[i]
		for k := range p.picks[i] {
			if p.costs[i][k]+int64(spare) < p.costs[i][old] {
				if p.set(picks, have, i, k); met(have) {
					return true
				}
				p.set(picks, have, i, old)
			}
		}
		return false
	}
	for changed, rounds := true, 0; changed && rounds < maxImproveItems; rounds++ {
		changed = false
		for i := len(picks) - 1; i >= 0; i-- {
			changed = cheaper(i, 0) || changed
		}
		if changed || len(picks) > maxImproveItems {
			continue
		}
		for i := range picks {
			old := picks[i]
			for k := range p.picks[i] {
				more := p.costs[i][k] - p.costs[i][old]
				if more <= 0 || changed {
					continue
				}
				p.set(picks, have, i, k)
				for other := range picks {
					if other != i && !changed {
						changed = cheaper(other, int(more))
					}
				}
				if !changed {
					p.set(picks, have, i, old)
				}
			}
		}
	}
}
