package rubric

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// drawCover draws a few items and needs that hang together.
func drawCover(t *rapid.T, items, needs int) *cover {
	c := &cover{labels: maxPlanLabels}
	for range rapid.IntRange(1, items).Draw(t, "items") {
		costs := []int64{0}
		for range rapid.IntRange(1, 3).Draw(t, "picks") {
			costs = append(costs, rapid.Int64Range(1, 20).Draw(t, "cost"))
		}
		c.costs = append(c.costs, costs)
	}
	for range rapid.IntRange(1, needs).Draw(t, "needs") {
		n := &planNeed{base: rapid.Int64Range(-40, 5).Draw(t, "base")}
		for i, costs := range c.costs {
			if rapid.IntRange(0, 2).Draw(t, "left out") == 0 {
				continue
			}
			gains := make([]int64, len(costs))
			for k := 1; k < len(gains); k++ {
				gains[k] = rapid.Int64Range(-3, 20).Draw(t, "gain")
			}
			n.terms = append(n.terms, planTerm{i, gains})
		}
		if len(n.terms) > 0 {
			c.needs = append(c.needs, n)
		}
	}
	return c
}

// better reports whether one choice comes before another, by cost, number and
// order.
func (c *cover) better(a, b planChoice) bool {
	cost, number := func(p planChoice) (sum int64) {
		for i, k := range p {
			sum += c.costs[i][k]
		}
		return sum
	}, func(p planChoice) (n int) {
		for _, k := range p {
			n += min(k, 1)
		}
		return n
	}
	if cost(a) != cost(b) {
		return cost(a) < cost(b)
	}
	if number(a) != number(b) {
		return number(a) < number(b)
	}
	for i := range a {
		if a[i] != b[i] {
			return b[i] == 0 || a[i] != 0 && a[i] < b[i]
		}
	}
	return false
}

// best tries everything.
func (c *cover) best() (planChoice, bool) {
	var best planChoice
	found := false
	choice := make(planChoice, len(c.costs))
	var try func(i int)
	try = func(i int) {
		if i == len(choice) {
			if !slices.ContainsFunc(c.needs, func(n *planNeed) bool { return n.have(choice) < 0 }) && (!found || c.better(choice, best)) {
				best, found = slices.Clone(choice), true
			}
			return
		}
		for choice[i] = range c.costs[i] {
			try(i + 1)
		}
	}
	try(0)
	return best, found
}

// The exact search finds the very choice that comes first of all.
func TestCoverExact(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := drawCover(t, 6, 4)
		got := c.solve()
		want, ok := c.best()
		if got.ok != ok || !got.exact {
			t.Fatalf("possible is %t, want %t: %v", got.ok, ok, got)
		}
		if ok && !slices.Equal(got.picks, want) {
			t.Fatalf("%v, want %v", got.picks, want)
		}
	})
}

// Without room for the exact search a choice still meets all needs, costs no less
// than the bound says, and the bound is no higher than the best choice.
func TestCoverGreedy(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) { coverGreedily(t, drawCover(t, 6, 3)) })
}

// Such a choice is hardly dearer than the best one. The cases are the same each
// time: a few dear ones among a hundred drawn ones would say little.
func TestCoverGreedyIsNotDear(t *testing.T) {
	covers := rapid.Custom(func(t *rapid.T) *cover { return drawCover(t, 6, 3) })
	var took, best, bound int64
	for seed := range 2000 {
		a, b, c := coverGreedily(t, covers.Example(seed))
		took, best, bound = took+a, best+b, bound+c
	}
	if best == 0 || took*100 > best*105 {
		t.Errorf("the greedy choices cost %d, the best %d, the bounds are %d", took, best, bound)
	}
}

// coverGreedily returns what the greedy choice costs, what the best one does, and
// the bound; zeros if the needs cannot be met, or work against each other.
func coverGreedily(t rapid.TB, c *cover) (took, best, bound int64) {
	t.Helper()
	c.labels = 0
	got := c.solve()
	want, ok := c.best()
	if !ok {
		if got.ok {
			t.Fatal("what is impossible was found")
		}
		return 0, 0, 0
	}
	cost := func(p planChoice) (sum int64) {
		for i, k := range p {
			sum += c.costs[i][k]
		}
		return sum
	}
	if got.atLeast > cost(want) {
		t.Fatalf("the bound is %d, and the best choice costs %d", got.atLeast, cost(want))
	}
	if !got.ok {
		return 0, 0, 0
	}
	if slices.ContainsFunc(c.needs, func(n *planNeed) bool { return n.have(got.picks) < 0 }) {
		t.Fatal("a need is not met")
	}
	if got.exact && cost(got.picks) != cost(want) {
		t.Fatalf("%d is called exact, and the best choice costs %d", cost(got.picks), cost(want))
	}
	return cost(got.picks), cost(want), got.atLeast
}

// Twenty-five items whose cost goes with what they gain are searched exactly, and
// thousands of them are not searched for long.
func TestCoverSizes(t *testing.T) {
	for _, items := range []int{25, 60, 3000} {
		c := &cover{labels: maxPlanLabels}
		n := &planNeed{}
		for i := range items {
			gain := int64(300 + 37*i%101)
			c.costs = append(c.costs, []int64{0, gain + 7, 2*gain + 10, 3*gain + 29})
			n.base -= gain
			n.terms = append(n.terms, planTerm{i, []int64{0, gain, 2 * gain, 3 * gain}})
		}
		n.base = n.base*3/2 - 1
		c.needs = []*planNeed{n}
		got := c.solve()
		if !got.ok || n.have(got.picks) < 0 || items == 25 && !got.exact {
			t.Errorf("%d items: possible %t, exact %t", items, got.ok, got.exact)
		}
		cost := int64(0)
		for i, k := range got.picks {
			cost += c.costs[i][k]
		}
		if cost < got.atLeast || cost*100 > got.atLeast*105 {
			t.Errorf("%d items cost %d, at least %d", items, cost, got.atLeast)
		}
		t.Logf("%d items: %d, at least %d, exact %t", items, cost, got.atLeast, got.exact)
	}
}
