package rubric

import (
	"cmp"
	"slices"
)

// maxPlanLabels is how many partial choices the exact search keeps at a time.
// Twenty-five items seldom take more than some hundred; if all of them give the
// same for their cost, some ten thousand.
const maxPlanLabels = 100_000

// A label is a choice for the first items of a part.
type label struct {
	cost  int64
	count int // of picks other than the first
	// have is what each need has, with its base.
	have []int64
	// picks are in the order of the part, whatever order they are made in. There
	// are a few of an item, and a great many labels.
	picks []uint8
}

// cheaper orders labels by cost, those first of equal cost that have more.
func (l *label) cheaper(m *label) int {
	return cmp.Or(cmp.Compare(l.cost, m.cost), slices.Compare(m.have, l.have))
}

// compare orders labels by what comes first: the cheaper, that with fewer
// actions, that with the first ids.
func (l *label) compare(m *label) int {
	if c := cmp.Or(cmp.Compare(l.cost, m.cost), cmp.Compare(l.count, m.count)); c != 0 {
		return c
	}
	for i, pick := range l.picks {
		switch other := m.picks[i]; {
		case pick == other:
		case pick == 0:
			return 1
		case other == 0:
			return -1
		default:
			return cmp.Compare(pick, other)
		}
	}
	return 0
}

// exact finds the best picks of a part. First it finds out what they cost, and
// then which of those that cost as much come first: to keep track of that for
// all costs takes many times as long. The last result is false if there is too
// much to keep.
func (p *coverPart) exact(good coverResult, labels int) (coverResult, bool) {
	limit := int64(-1)
	if good.ok {
		limit = p.cost(good.picks)
	}
	order := p.byRegret()
	bounds := newCoverBounds(p, order)
	found, done := p.search(order, bounds, limit, labels, (*label).cheaper)
	if !done || found == nil {
		return coverResult{exact: true}, done
	}
	first, done := p.search(order, bounds, found.cost, labels, (*label).compare)
	if !done {
		first = found // as cheap, and the same for the same input
	}
	best := coverResult{picks: make(planChoice, len(p.picks)), atLeast: first.cost, exact: true, ok: true}
	for i, pick := range first.picks {
		best.picks[i] = int(pick)
	}
	return best, true
}

// search goes through the items, and keeps every partial choice that may still
// become the best one. A partial choice is given up if it cannot meet the needs
// any more, if it must come out dearer than a limit, or if another one has as
// much of everything and comes first. It returns nil if nothing meets the needs;
// the last result is false if there are too many to keep.
func (p *coverPart) search(order []int, bounds *coverBounds, limit int64, labels int, compare func(a, b *label) int) (*label, bool) {
	kept := []*label{{have: p.base, picks: make([]uint8, len(p.picks))}}
	have := make([]int64, len(p.base))
	for at, i := range order {
		var next []*label
		for _, l := range kept {
			for k, pick := range p.picks[i] {
				for need := range have {
					// More than what no later pick can lose is as good as that.
					have[need] = min(l.have[need]+p.gains[i][k][need], bounds.enough[at+1][need])
				}
				rest, possible := bounds.bound(at+1, have)
				cost := l.cost + p.costs[i][k]
				if !possible || limit >= 0 && cost+rest > limit {
					continue
				}
				n := &label{cost: cost, count: l.count + min(pick, 1), have: slices.Clone(have), picks: slices.Clone(l.picks)}
				n.picks[i] = uint8(pick) //nolint:gosec // a level, or one of three
				next = append(next, n)
			}
			if len(next) > 4*labels {
				return nil, false
			}
		}
		if kept = bestLabels(next, compare); len(kept) > labels {
			return nil, false
		}
	}
	if len(kept) == 0 {
		return nil, true
	}
	return kept[0], true
}

// byRegret returns the items in the order in which to decide on them: those first
// for which the wrong pick costs the most, so that few partial choices are left
// when it comes to those where it hardly matters. What a pick is worth is told at
// the price of the need that takes the most.
func (p *coverPart) byRegret() []int {
	price, most := coverStep{gain: 1}, int64(-1)
	worst := 0
	for need := range p.base {
		if cost, step := p.relaxed(need); cost > most && step.gain > 0 {
			most, price, worst = cost, step, need
		}
	}
	regrets := make([]int64, len(p.picks))
	order := make([]int, len(p.picks))
	for i := range p.picks {
		order[i] = i
		var values []int64
		for k := range p.picks[i] {
			values = append(values, p.costs[i][k]*price.gain-p.gains[i][k][worst]*price.cost)
		}
		if slices.Sort(values); len(values) > 1 {
			regrets[i] = values[1] - values[0]
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(regrets[b], regrets[a]) })
	return order
}

// comparedLabels is how many others a label is compared with if there are
// several needs. Not to see that a label is useless costs time and nothing else.
const comparedLabels = 64

// bestLabels returns the labels that no other one makes useless, in an order.
func bestLabels(labels []*label, compare func(a, b *label) int) []*label {
	slices.SortStableFunc(labels, compare)
	var kept []*label
	for _, l := range labels {
		from := max(0, len(kept)-comparedLabels)
		if len(l.have) == 1 {
			from = max(0, len(kept)-1) // what comes later has more of it
		}
		if !slices.ContainsFunc(kept[from:], func(k *label) bool { return k.covers(l) }) {
			kept = append(kept, l)
		}
	}
	return kept
}

// covers reports whether the label has as much of everything as another one.
func (l *label) covers(m *label) bool {
	for need, have := range l.have {
		if have < m.have[need] {
			return false
		}
	}
	return true
}

// coverBounds say what the rest of the items can do at best, from each item on.
type coverBounds struct {
	// enough is how much of a need is met for certain, whatever is picked later.
	enough [][]int64
	// steps are the ways to gain for a need, from each item on, those that give
	// the most for their cost first, with what they give and cost together.
	steps [][][]coverStep
	// forced is what the rest costs at least, and start what it then gains.
	forced []int64
	start  [][]int64
}

// A coverStep is a way to gain more.
type coverStep struct {
	gain, cost       int64
	sumGain, sumCost int64 // of this and all before
}

// newCoverBounds computes the bounds for a part whose items come in some order.
// Each need is taken alone, and
// picks may be made in part, which only makes them cheaper.
func newCoverBounds(p *coverPart, order []int) *coverBounds {
	n := len(order)
	b := &coverBounds{
		enough: make([][]int64, n+1), steps: make([][][]coverStep, n+1), forced: make([]int64, n+1), start: make([][]int64, n+1),
	}
	b.enough[n], b.start[n], b.steps[n] = make([]int64, len(p.base)), make([]int64, len(p.base)), make([][]coverStep, len(p.base))
	for i := n - 1; i >= 0; i-- {
		item := order[i]
		b.forced[i] = b.forced[i+1] + slices.Min(p.costs[item])
		b.enough[i], b.start[i] = make([]int64, len(p.base)), make([]int64, len(p.base))
		b.steps[i] = make([][]coverStep, len(p.base))
		for need := range p.base {
			least := p.gains[item][0][need]
			for _, row := range p.gains[item] {
				least = min(least, row[need])
			}
			b.enough[i][need] = b.enough[i+1][need] - least
			gain, steps := p.hull(item, need)
			b.start[i][need] = b.start[i+1][need] + gain
			b.steps[i][need] = addUp(append(slices.Clone(b.steps[i+1][need]), steps...))
		}
	}
	return b
}

// hull returns what the cheapest pick of an item gains for a need, and the steps
// from there to more, the best first: those picks that lie on the convex hull.
func (p *coverPart) hull(item, need int) (start int64, steps []coverStep) {
	order := make([]int, len(p.picks[item]))
	for k := range order {
		order[k] = k
	}
	cost := func(k int) int64 { return p.costs[item][k] }
	gain := func(k int) int64 { return p.gains[item][k][need] }
	slices.SortFunc(order, func(a, b int) int { return cmp.Or(cmp.Compare(cost(a), cost(b)), -cmp.Compare(gain(a), gain(b))) })
	at := order[0]
	start = gain(at)
	for {
		best := -1
		for _, k := range order {
			if gain(k) <= gain(at) || cost(k) <= cost(at) {
				continue
			}
			// Compare gains by cost without a division.
			if best < 0 || (gain(k)-gain(at))*(cost(best)-cost(at)) > (gain(best)-gain(at))*(cost(k)-cost(at)) {
				best = k
			}
		}
		if best < 0 {
			return start, steps
		}
		steps = append(steps, coverStep{gain: gain(best) - gain(at), cost: cost(best) - cost(at)})
		at = best
	}
}

// addUp puts steps in order, those first that give the most for their cost, and
// adds them up.
func addUp(steps []coverStep) []coverStep {
	slices.SortStableFunc(steps, func(a, b coverStep) int { return cmp.Compare(b.gain*a.cost, a.gain*b.cost) })
	gain, cost := int64(0), int64(0)
	for i := range steps {
		gain, cost = gain+steps[i].gain, cost+steps[i].cost
		steps[i].sumGain, steps[i].sumCost = gain, cost
	}
	return steps
}

// relaxed returns what one need takes at least, by the same bound, and the last
// step that it takes.
func (p *coverPart) relaxed(need int) (cost int64, last coverStep) {
	missing, forced := -p.base[need], int64(0)
	var all []coverStep
	for i := range p.picks {
		gain, steps := p.hull(i, need)
		missing -= gain
		forced += slices.Min(p.costs[i])
		all = append(all, steps...)
	}
	cost, last, _ = takes(addUp(all), missing)
	return forced + cost, last
}

// takes returns what it costs to gain what is missing, and whether that can be
// done: all steps up to the one that reaches it, and as much of that as it takes.
func takes(steps []coverStep, missing int64) (cost int64, last coverStep, possible bool) {
	if missing <= 0 {
		return 0, coverStep{}, true
	}
	at, _ := slices.BinarySearchFunc(steps, missing, func(s coverStep, m int64) int { return cmp.Compare(s.sumGain, m) })
	if at == len(steps) {
		return 0, coverStep{}, false
	}
	s := steps[at]
	part := missing - (s.sumGain - s.gain)
	return s.sumCost - s.cost + (part*s.cost+s.gain-1)/s.gain, s, true
}

// bound returns what the items from one on cost at least if the needs have that
// much before them, and whether they can be met at all.
func (b *coverBounds) bound(item int, have []int64) (cost int64, possible bool) {
	worst := int64(0)
	for need, h := range have {
		one, _, possible := takes(b.steps[item][need], -h-b.start[item][need])
		if !possible {
			return 0, false
		}
		worst = max(worst, one)
	}
	return b.forced[item] + worst, true
}
