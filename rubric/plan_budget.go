package rubric

import (
	"cmp"
	"slices"
)

// A planValue is how good a choice is within a budget. Less is better, from the
// first figure to the last.
type planValue struct {
	unmet  int   // rules worse than the target
	score  int64 // highest scores of the dimensions, added up
	hours  int64
	number int // of actions
}

func (v planValue) compare(w planValue) int {
	return cmp.Or(cmp.Compare(v.unmet, w.unmet), cmp.Compare(v.score, w.score), cmp.Compare(v.hours, w.hours), cmp.Compare(v.number, w.number))
}

// How much work the search within a budget may be.
const (
	maxBudgetItems = 25
	maxBudgetNodes = 40_000
	maxBudgetTries = 16
)

// A budgetSearch looks for the best choice within a budget.
type budgetSearch struct {
	*planner
	budget int64
	wanted []*planNeed
	// asking holds the needs of each subject, by number.
	asking [][]coverGain
	items  []int // subjects, in the order of the search
	best   planChoice
	value  planValue
	nodes  int
}

// withinBudget returns the best choice within a budget, and whether that is
// proven. The cheapest choice that reaches the target is where it starts from.
func (pl *planner) withinBudget(least planChoice, budget int64) (planChoice, bool, error) {
	var before planChoice
	// As in cheapest, a choice that does not keep what was thought of it teaches
	// the search one more thing, a bounded number of times.
	for range maxBudgetTries {
		s := pl.newBudgetSearch(budget)
		s.start(least)
		exact := len(s.items) <= maxBudgetItems && s.search(slices.Clone(pl.nothing()), 0, 0)
		if !exact {
			// Whatever the search got to, there may be hours left.
			s.fill()
		}
		t, err := pl.try(s.best)
		if err != nil {
			return nil, false, err
		}
		if same := slices.Equal(before, s.best); same || pl.left <= 2 {
			return s.best, exact && len(pl.unmet(t)) == s.value.unmet, nil
		}
		// A rule that was thought to be met tells what it asks for.
		learned := false
		for _, rule := range pl.unmet(t) {
			if s.met(rule, s.best) {
				more, err := pl.learn(rule, s.best, t)
				if err != nil {
					return nil, false, err
				}
				learned = learned || more
			}
		}
		if !learned {
			return s.best, exact, nil
		}
		before = s.best
	}
	return before, false, nil
}

// newBudgetSearch returns a search over the subjects whose actions fit into the
// budget and change anything.
func (pl *planner) newBudgetSearch(budget int64) *budgetSearch {
	s := &budgetSearch{planner: pl, budget: budget, wanted: pl.wanted(), asking: make([][]coverGain, len(pl.subjects))}
	for at, n := range s.wanted {
		for _, t := range n.terms {
			s.asking[t.subject] = append(s.asking[t.subject], coverGain{at, t.gains})
		}
	}
	for i, one := range pl.subjects {
		affordable := slices.ContainsFunc(one.options, func(o planOption) bool { return int64(o.effort.GetHoursLikely()) <= budget })
		if affordable && len(s.asking[i])+len(pl.model.bySubject[i]) > 0 {
			s.items = append(s.items, i)
		}
	}
	s.best, s.value = pl.nothing(), s.valueOf(pl.nothing())
	return s
}

// valueOf returns how good a choice is.
func (s *budgetSearch) valueOf(choice planChoice) planValue {
	v := planValue{hours: s.hours(choice)}
	for _, pick := range choice {
		if pick > 0 {
			v.number++
		}
	}
	for _, score := range s.model.scores(choice) {
		v.score += score
	}
	v.unmet = s.unmetRules(func(n *planNeed) bool { return n.have(choice) >= 0 })
	return v
}

// have returns what a need has for a choice.
func (n *planNeed) have(choice planChoice) int64 {
	have := n.base
	for _, t := range n.terms {
		have += t.gains[choice[t.subject]]
	}
	return have
}

// unmetRules counts the rules of which a need is not met. A need of no rule is
// one of all of them.
func (s *budgetSearch) unmetRules(met func(*planNeed) bool) int {
	unmet := map[int]bool{}
	for _, n := range s.wanted {
		if !met(n) {
			if n.rule < 0 {
				return len(s.rules)
			}
			unmet[n.rule] = true
		}
	}
	return len(unmet)
}

// met reports whether all that is known of what a rule asks for is met.
func (s *budgetSearch) met(rule int, choice planChoice) bool {
	return !slices.ContainsFunc(s.wanted, func(n *planNeed) bool { return n.rule == rule && n.have(choice) < 0 })
}

// offer takes a choice if it is the best so far.
func (s *budgetSearch) offer(choice planChoice) bool {
	if s.hours(choice) > s.budget {
		return false
	}
	v := s.valueOf(choice)
	if v.compare(s.value) < 0 {
		s.best, s.value = slices.Clone(choice), v
		return true
	}
	return false
}

// start looks for a first choice: the cheapest that reaches the target if it fits,
// or else as many rules as fit, those first that take the least.
func (s *budgetSearch) start(least planChoice) {
	if s.offer(least); s.hours(least) <= s.budget {
		s.fill()
		return
	}
	// Rule by rule, because all of them do not fit: the needs of those that were
	// taken stay, so that work which serves several is paid for once.
	var needs []*planNeed
	tried := map[int]bool{-1: true}
	for _, n := range s.wanted {
		if n.rule < 0 {
			needs = append(needs, n)
		}
	}
	for {
		var best coverResult
		rule := -1
		for i := range s.rules {
			if tried[i] || s.rules[i].hopeless {
				continue
			}
			with := slices.Clone(needs)
			for _, n := range s.wanted {
				if n.rule == i {
					with = append(with, n)
				}
			}
			found := s.solve(with)
			if !found.ok || s.hours(found.picks) > s.budget {
				tried[i] = true
				continue
			}
			if rule < 0 || s.hours(found.picks) < s.hours(best.picks) {
				best, rule = found, i
			}
		}
		if rule < 0 {
			break
		}
		tried[rule] = true
		s.offer(best.picks)
		for _, n := range s.wanted {
			if n.rule == rule {
				needs = append(needs, n)
			}
		}
	}
	s.fill()
}

// fill spends what is left of the budget on what removes the most points for its
// hours: a single action, or closing all of the worst findings of a dimension,
// which often removes more than its parts do.
func (s *budgetSearch) fill() {
	for range s.items {
		moves := s.moves()
		slices.SortStableFunc(moves, func(a, b budgetMove) int { return cmp.Compare(b.points*a.hours, a.points*b.hours) })
		if !slices.ContainsFunc(moves, func(m budgetMove) bool { return s.offer(m.choice) }) {
			return
		}
	}
}

// A budgetMove is a choice that does more than another one.
type budgetMove struct {
	choice        planChoice
	points, hours int64
}

// moves returns what can be done beyond the best choice: of the findings that
// change the same, the cheapest only.
func (s *budgetSearch) moves() []budgetMove {
	var moves []budgetMove
	left := s.budget - s.hours(s.best)
	scores := s.model.scores(s.best)
	add := func(choice planChoice) {
		m := budgetMove{choice: choice, hours: max(1, s.hours(choice)-s.hours(s.best))}
		for d, score := range s.model.scores(choice) {
			m.points += scores[d] - score
		}
		if m.points > 0 && s.hours(choice) <= s.budget {
			moves = append(moves, m)
		}
	}
	// What changes the same differs in hours alone, and trying all of thousands
	// would take time that grows with their square.
	type kind struct {
		dimension   string
		best, worst planPrint
	}
	cheapest := map[kind]planChoice{}
	for _, i := range s.items {
		one := s.subjects[i]
		for pick := range one.options {
			pick++
			more := one.hours(pick) - one.hours(s.best[i])
			if pick == s.best[i] || more > left {
				continue
			}
			with := func() planChoice { c := slices.Clone(s.best); c[i] = pick; return c }
			if one.finding == nil {
				add(with())
				continue
			}
			k := kind{one.dimension, s.model.prints[i][s.best[i]], s.model.prints[i][pick]}
			if c := cheapest[k]; c == nil || s.hours(s.best)+more < s.hours(c) {
				cheapest[k] = with()
			}
		}
	}
	for _, c := range cheapest {
		add(c)
	}
	for _, d := range s.model.dimensions {
		add(s.bundle(d))
	}
	// The order of a map must not decide between equals.
	slices.SortFunc(moves, func(a, b budgetMove) int { return slices.Compare(a.choice, b.choice) })
	return moves
}

// bundle returns the best choice with all of the worst findings of a dimension
// closed.
func (s *budgetSearch) bundle(d *planDimension) planChoice {
	choice := slices.Clone(s.best)
	worst := lowest
	for _, i := range d.findings {
		worst = max(worst, s.model.prints[i][choice[i]].worst)
	}
	for _, i := range d.findings {
		prints := s.model.prints[i]
		if prints[choice[i]].worst < worst {
			continue
		}
		best := choice[i]
		for pick := range prints {
			if prints[pick].worst < worst && (best == choice[i] || s.subjects[i].hours(pick) < s.subjects[i].hours(best)) {
				best = pick
			}
		}
		choice[i] = best
	}
	return choice
}
