package rubric

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// year is for how many days a waiver may hold where the policy does not say: a
// year, which may have a 29th of February.
const year = 366

// A waiverApproval is an approval: the day of it, and who it is by.
type waiverApproval struct {
	day          int
	person, role string
}

// sortApprovals puts approvals in the order of their days.
func sortApprovals(approvals []waiverApproval) {
	slices.SortStableFunc(approvals, func(a, b waiverApproval) int { return cmp.Compare(a.day, b.day) })
}

// approved returns the day of the last approval that a waiver needs under the
// rules of a policy, and what it lacks for being approved, or "". Of a waiver
// that lacks something, the day is that of its last approval.
//
// Later approvals change nothing: one person who approves once more must not
// prolong what two have approved. To prolong a waiver, somebody renews it.
func (w *waiver) approved(rules *reviewpkgv1.WaiverRules) (day int, lack string) {
	needed, roles := max(1, int(rules.GetMinApprovals())), rules.GetApproverRoles()
	persons, inRole := map[string]bool{}, len(roles) == 0
	// From the first day on, so that what was approved stays so.
	for _, a := range w.approvals {
		persons[a.person] = true
		inRole = inRole || slices.Contains(roles, a.role)
		if day = a.day; inRole && len(persons) >= needed {
			return day, ""
		}
	}
	if len(persons) < needed {
		return day, fmt.Sprintf("the policy asks for approvals by %d persons, and it has those of %d", needed, len(persons))
	}
	return day, "the policy asks for an approval by one of these roles, and it has none: " + printable(strings.Join(roles, ", "))
}

// notAllowed says what the policy does not allow about a waiver.
func (c *waiverCourt) notAllowed(w *waiver) string {
	// The model compares names as they are written; a space more is no other
	// person.
	requester := sameName(w.GetRequestedBy())
	if slices.ContainsFunc(w.approvals, func(a waiverApproval) bool { return a.person == requester }) {
		return fmt.Sprintf("%s asked for it and approved it", printable(w.GetRequestedBy()))
	}
	if w.GetCategory() == reviewpkgv1.WaiverCategory_WAIVER_CATEGORY_DEFERRED && !w.HasTicket() {
		return "it defers a remedy, and names no ticket that tracks it"
	}
	for _, name := range w.GetRules() {
		if c.barred(c.ruleOf(name)) {
			return fmt.Sprintf("the rule %s cannot be waived", printable(name))
		}
	}
	// The term needs a beginning, so that approvals come before it.
	from, lack := w.approved(c.terms)
	if lack != "" {
		return lack
	}
	switch term := c.term(w.GetMaxLevel()); {
	case term == 0:
		return "the policy allows no waiver that covers " + word(w.GetMaxLevel())
	case w.until-from > term:
		return fmt.Sprintf("it holds for %d days from the last approval that it needs, of %s, and the policy allows %d for %s",
			w.until-from, dayText(from), term, word(w.GetMaxLevel()))
	}
	return c.badRenewal(w)
}

// term returns for how many days a waiver may hold that covers a level: what the
// policy says for the lowest level that is not below it. If it says nothing of
// such a level, a year, but never more than for the next level below: for a
// graver risk nobody means a longer time.
func (c *waiverCourt) term(level reviewpkgv1.Level) int {
	// Two levels that no term can have stand for none.
	above, below := highest+1, lowest-1
	days := map[reviewpkgv1.Level]int{}
	for _, t := range c.terms.GetTerms() {
		l := t.GetLevel()
		days[l] = int(min(t.GetMaxDays(), math.MaxInt32))
		if l >= level {
			above = min(above, l)
		} else {
			below = max(below, l)
		}
	}
	if allowed, ok := days[above]; ok {
		return allowed
	}
	if allowed, ok := days[below]; ok {
		return min(allowed, year)
	}
	return year
}

// badRenewal says what is wrong with a waiver that renews another one: every
// approval must be later than all of the other, because to prolong is to decide
// anew.
func (c *waiverCourt) badRenewal(w *waiver) string {
	if w.GetRenews() == "" {
		return ""
	}
	old := c.byID[w.GetRenews()]
	switch {
	case w.GetRenews() == w.GetId():
		return "it renews itself"
	// Without its dates nobody can tell that this one is newer.
	case old == nil:
		return fmt.Sprintf("it renews the waiver %s, which is not among the waivers or not well formed", printable(w.GetRenews()))
	}
	// This also breaks every circle of renewals somewhere.
	first, last := w.approvals[0].day, old.approvals[len(old.approvals)-1].day
	if first <= last {
		return fmt.Sprintf("it renews the waiver %s and has an approval of %s, which is not after the last one of that waiver, of %s",
			printable(w.GetRenews()), dayText(first), dayText(last))
	}
	return ""
}

// limit takes all waivers back if more hold than the policy allows. Which of
// them to keep would be the choice of a program. A waiver for findings that are
// all closed changes nothing, and does not count.
func (c *waiverCourt) limit(all []*waiver) {
	most := int(min(c.terms.GetMaxActive(), math.MaxInt32))
	if most == 0 {
		return
	}
	var active []*waiver
	for _, w := range all {
		if w.status == waiverUnused && !c.idle(w) {
			active = append(active, w)
		}
	}
	if len(active) <= most {
		return
	}
	for _, w := range active {
		w.status = waiverNotAllowed
		w.why = fmt.Sprintf("%d waivers hold for the package, and the policy allows %d, so that none is applied", len(active), most)
	}
}

// idle reports whether a waiver is for findings only and all of them are closed:
// it cannot change anything, whatever the outcomes are.
func (c *waiverCourt) idle(w *waiver) bool {
	for id := range w.findings {
		if _, open := c.open[id]; open {
			return false
		}
	}
	return len(w.rules) == 0
}
