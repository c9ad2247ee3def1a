package rubric

import (
	"fmt"

	"github.com/reviewpkg/sdk/internal/celview"
)

// maxJointNames is how many items a message about several of them names.
const maxJointNames = 4

// jointly looks for undecided items that cannot all keep their rules, whatever
// the answers to what is not known are: then the package fails for certain,
// though no rule alone says so. Of each such group the first item fails.
//
// What has no shared unknown cannot be tied, so that items are grouped by it.
// Items of which the policy says what becomes of them, or which a waiver
// covers, are none of these.
func (run *ruleRun) jointly(outcomes []*ruleOutcome) {
	steps := jointSteps
	for _, group := range undecidedGroups(outcomes) {
		if len(group) < 2 || escapes(group, &steps) {
			continue
		}
		// Only those that it takes are named.
		for i := len(group) - 1; i >= 0 && len(group) > 2 && steps > 0; i-- {
			fewer := append(append([]*undecided{}, group[:i]...), group[i+1:]...)
			if !escapes(fewer, &steps) {
				group = fewer
			}
		}
		first := group[0]
		text := "whatever the answers are, it fails or one of these does:"
		for i, other := range group[1:] {
			if i == maxJointNames {
				text += fmt.Sprintf(" and %d more", len(group)-1-i)
				break
			}
			if i > 0 {
				text += ","
			}
			text += " " + ruleResultName(other.rule.PolicyRule)
			if path := other.item.object.Path(); path != "" {
				text += " for " + path
			}
		}
		first.item.outcome, first.item.detail.joint = fail, text
	}
}

// An undecided item is one that would fail if it broke its rule, and may.
type undecided struct {
	rule *rule
	item *ruleItem
}

// undecidedGroups returns the undecided items, those together that share an
// unknown, or share one with others that do.
func undecidedGroups(outcomes []*ruleOutcome) [][]*undecided {
	var all []*undecided
	var parent []int
	root := func(i int) int {
		for parent[i] != i {
			parent[i] = parent[parent[i]]
			i = parent[i]
		}
		return i
	}
	// The items form a forest whose trees are the groups.
	first := map[*celview.Atom]int{}
	for _, o := range outcomes {
		for _, item := range o.items {
			// What passes, warns or fails already has its outcome.
			if item.outcome != indeterminate {
				continue
			}
			me := len(all)
			all = append(all, &undecided{o.rule, item})
			parent = append(parent, me)
			for _, a := range item.tree.Atoms() {
				other, shared := first[a]
				if !shared {
					first[a] = me
					continue
				}
				// The earlier item stays the root, so that groups come in order.
				x, y := root(me), root(other)
				parent[max(x, y)] = min(x, y)
			}
		}
	}
	groups := make([][]*undecided, len(all))
	for i, one := range all {
		groups[root(i)] = append(groups[root(i)], one)
	}
	return groups
}

// escapes reports whether all of a group may keep their rules.
func escapes(group []*undecided, steps *int) bool {
	trees := make([]*celview.Tree, len(group))
	for i, one := range group {
		trees[i] = one.item.tree
	}
	return celview.Escapes(trees, steps)
}
