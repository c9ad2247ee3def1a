package rubric

import (
	"cmp"
	"slices"
)

// A cover is the search behind a plan, apart from what it is about: of every
// item one pick is to be made, so that all needs are met and the costs are
// least. Pick 0 costs nothing and gains nothing.
type cover struct {
	costs [][]int64 // by item and pick
	needs []*planNeed
	// labels bounds how many partial choices the exact search keeps at a time.
	labels int
}

// A coverResult is what a search found.
type coverResult struct {
	picks planChoice
	// atLeast is how much every choice costs that meets the needs.
	atLeast int64
	// exact says that picks are the best: of least cost, then of the fewest picks
	// that are not 0, then the first in the order of items and picks.
	exact bool
	// ok says that the needs can be met.
	ok bool
}

// A coverGain is what the picks of an item gain for a need.
type coverGain struct {
	need  int
	gains []int64
}

// solve finds picks that meet all needs, at least cost. What needs of a single
// item allow is settled first; the rest falls apart into items that share needs
// with each other, and each part is searched alone.
func (c *cover) solve() coverResult {
	result := coverResult{picks: make(planChoice, len(c.costs)), exact: true, ok: true}
	allowed := make([][]int, len(c.costs))
	for i, costs := range c.costs {
		for pick := range costs {
			allowed[i] = append(allowed[i], pick)
		}
	}
	gains := make([][]coverGain, len(c.costs))
	for at, n := range c.needs {
		if len(n.terms) == 1 {
			t := n.terms[0]
			allowed[t.subject] = slices.DeleteFunc(allowed[t.subject], func(pick int) bool { return n.base+t.gains[pick] < 0 })
			continue
		}
		for _, t := range n.terms {
			gains[t.subject] = append(gains[t.subject], coverGain{at, t.gains})
		}
	}
	for i := range allowed {
		if len(allowed[i]) == 0 {
			return coverResult{exact: true}
		}
		allowed[i] = c.undominated(i, allowed[i], gains[i])
	}
	for _, part := range c.parts(gains) {
		p := newCoverPart(c, part, allowed, gains)
		found := p.solve(c.labels)
		result.ok = result.ok && found.ok
		result.exact = result.exact && found.exact
		result.atLeast += found.atLeast
		for k, item := range part {
			if found.ok {
				result.picks[item] = found.picks[k]
			}
		}
	}
	return result
}

// undominated returns the picks of an item that no other pick makes useless: one
// that gains as much everywhere, and comes first by cost and order.
func (c *cover) undominated(item int, picks []int, gains []coverGain) []int {
	first := func(a, b int) int { return cmp.Or(cmp.Compare(c.costs[item][a], c.costs[item][b]), cmp.Compare(a, b)) }
	return slices.DeleteFunc(slices.Clone(picks), func(a int) bool {
		return slices.ContainsFunc(picks, func(b int) bool {
			return first(b, a) < 0 && !slices.ContainsFunc(gains, func(g coverGain) bool { return g.gains[b] < g.gains[a] })
		})
	})
}

// parts returns the items in parts that share no need, each in ascending order.
func (c *cover) parts(gains [][]coverGain) [][]int {
	root := make([]int, len(c.costs))
	for i := range root {
		root[i] = i
	}
	find := func(i int) int {
		for root[i] != i {
			root[i] = root[root[i]]
			i = root[i]
		}
		return i
	}
	first := make([]int, len(c.needs)) // item of each need, plus one
	for i, list := range gains {
		for _, g := range list {
			if first[g.need] == 0 {
				first[g.need] = i + 1
				continue
			}
			a, b := find(first[g.need]-1), find(i)
			root[max(a, b)] = min(a, b) // the first item stands for all
		}
	}
	var parts [][]int
	place := map[int]int{}
	for i := range root {
		r := find(i)
		at, ok := place[r]
		if !ok {
			at = len(parts)
			place[r] = at
			parts = append(parts, nil)
		}
		parts[at] = append(parts[at], i)
	}
	return parts
}

// A coverPart is a part of a cover whose items hang together. Items and needs are
// numbered anew.
type coverPart struct {
	picks [][]int     // that are allowed, by item
	costs [][]int64   // of these
	gains [][][]int64 // by item and pick, for each need
	base  []int64
}

// newCoverPart returns the part of a cover with some items.
func newCoverPart(c *cover, items []int, allowed [][]int, gains [][]coverGain) *coverPart {
	p := &coverPart{}
	number := map[int]int{}
	for _, item := range items {
		for _, g := range gains[item] {
			if _, ok := number[g.need]; !ok {
				number[g.need] = len(p.base)
				p.base = append(p.base, c.needs[g.need].base)
			}
		}
	}
	for _, item := range items {
		var costs []int64
		var all [][]int64
		for _, pick := range allowed[item] {
			row := make([]int64, len(p.base))
			for _, g := range gains[item] {
				row[number[g.need]] = g.gains[pick]
			}
			costs, all = append(costs, c.costs[item][pick]), append(all, row)
		}
		p.picks, p.costs, p.gains = append(p.picks, allowed[item]), append(p.costs, costs), append(p.gains, all)
	}
	return p
}

// maxCoverItems is how many items a part may have that is searched exactly. The
// bounds of the search take the square of it.
const maxCoverItems = 64

// solve finds the best picks of the part, or good ones if that takes too much.
func (p *coverPart) solve(labels int) coverResult {
	if len(p.picks) == 1 && len(p.base) == 0 {
		return p.cheapest()
	}
	// What is found without search bounds what the search must look at.
	good := p.greedy()
	if len(p.picks) <= maxCoverItems {
		if found, done := p.exact(good, labels); done {
			return found
		}
	}
	good.atLeast = p.atLeast(labels)
	good.exact = good.ok && p.cost(good.picks) == good.atLeast
	p.number(good.picks)
	return good
}

// cheapest returns the pick of a single item that no need is left for.
func (p *coverPart) cheapest() coverResult {
	best := 0
	for k := range p.picks[0] {
		if p.costs[0][k] < p.costs[0][best] {
			best = k
		}
	}
	return coverResult{picks: planChoice{p.picks[0][best]}, atLeast: p.costs[0][best], exact: true, ok: true}
}

// number turns places among the picks that are allowed into these picks.
func (p *coverPart) number(picks planChoice) {
	for i := range picks {
		picks[i] = p.picks[i][picks[i]]
	}
}

// cost returns what picks cost, as places among those that are allowed.
func (p *coverPart) cost(picks planChoice) int64 {
	sum := int64(0)
	for i, k := range picks {
		sum += p.costs[i][k]
	}
	return sum
}

// atLeast returns a cost below which no picks meet the needs: what each need
// takes alone, added up for needs that have no item in common.
func (p *coverPart) atLeast(labels int) int64 {
	alone := make([]int64, len(p.base))
	order := make([]int, len(p.base))
	for n := range p.base {
		order[n] = n
		alone[n], _ = p.relaxed(n)
		if one := p.only(n); len(p.picks) <= maxCoverItems {
			if found, done := one.exact(one.greedy(), labels); done && found.ok {
				alone[n] = found.atLeast
			}
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(alone[b], alone[a]) })
	sum, used := int64(0), make([]bool, len(p.picks))
	for _, n := range order {
		items := p.itemsOf(n)
		if !slices.ContainsFunc(items, func(i int) bool { return used[i] }) {
			sum += alone[n]
			for _, i := range items {
				used[i] = true
			}
		}
	}
	return sum
}

// itemsOf returns the items that can gain something for a need, or that cost
// something whatever is picked.
func (p *coverPart) itemsOf(need int) []int {
	var items []int
	for i := range p.picks {
		forced := slices.Min(p.costs[i]) > 0
		if forced || slices.ContainsFunc(p.gains[i], func(row []int64) bool { return row[need] != 0 }) {
			items = append(items, i)
		}
	}
	return items
}

// only returns the part with one of its needs.
func (p *coverPart) only(need int) *coverPart {
	one := &coverPart{picks: p.picks, costs: p.costs, base: p.base[need : need+1]}
	for _, rows := range p.gains {
		var list [][]int64
		for _, row := range rows {
			list = append(list, row[need:need+1])
		}
		one.gains = append(one.gains, list)
	}
	return one
}
