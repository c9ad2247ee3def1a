package rubric

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/testing/protocmp"
	"pgregory.net/rapid"

	"github.com/reviewpkg/sdk/internal/randpkg"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// drawWaivers draws a set of waivers that mostly hold, and a policy for them.
func drawWaivers(t *rapid.T, c *waiverCase) {
	terms := rapid.SampledFrom([]uint32{0, 100, 306, 366}).Draw(t, "term")
	c.policy.GetWaiverRules().SetTerms([]*reviewpkgv1.WaiverTerm{
		reviewpkgv1.WaiverTerm_builder{Level: high, MaxDays: terms}.Build(),
	})
	c.policy.GetWaiverRules().SetMinApprovals(rapid.Uint32Range(0, 2).Draw(t, "approvals needed"))
	c.findings[0].SetLevelMax(reviewpkgv1.Level(rapid.Int32Range(1, 5).Draw(t, "level of f1")))
	c.asOf = drawDay(t, "as of")
	good := c.set.GetWaivers()
	c.set.SetWaivers(nil)
	for i := range rapid.IntRange(0, 5).Draw(t, "waivers") {
		drawWaiver(t, c, rapid.SampledFrom(good).Draw(t, "waiver"), fmt.Sprint("w", i))
	}
}

// drawWaiver adds a waiver like another one, which a few things may be wrong
// with.
func drawWaiver(t *rapid.T, c *waiverCase, like *reviewpkgv1.Waiver, id string) {
	w := c.add(like, id)
	for range rapid.IntRange(0, 3).Draw(t, "changes") {
		switch rapid.IntRange(0, 9).Draw(t, "change") {
		case 0:
			w.SetExpires(dateOf(drawDay(t, "expires").Format(time.DateOnly)))
		case 1:
			a := approvalOf(rapid.SampledFrom([]string{"Rex Chief", "rex chief", "Eve", "Ann Asker", "ann asker"}).Draw(t, "approver"),
				rapid.SampledFrom([]string{"", "ciso", "cso"}).Draw(t, "role"), drawDay(t, "approved").Format(time.DateOnly))
			w.SetApprovals(append(w.GetApprovals(), a))
		case 2:
			w.SetMaxLevel(reviewpkgv1.Level(rapid.Int32Range(1, 5).Draw(t, "max level")))
		case 3:
			w.SetFindings(drawNames(t, "findings", []string{"f1", "f2", "d1", "f9"}))
		case 4:
			w.SetRules(drawNames(t, "rules", append([]string{"stays-patched", "lost"}, c.rules...)))
		case 5:
			w.SetRenews(rapid.SampledFrom([]string{"w0", "w1", "w2", "gone"}).Draw(t, "renews"))
		case 6:
			w.SetExpires(dateOf(rapid.SampledFrom([]string{"", "2026-12", "2026-02-30"}).Draw(t, "no day")))
		case 7:
			w.GetScope().SetPackage("q")
		case 8:
			w.SetId(rapid.SampledFrom([]string{"w0", "w1", "", "w x"}).Draw(t, "id"))
		default:
			w.SetCategory(reviewpkgv1.WaiverCategory(rapid.Int32Range(0, 4).Draw(t, "category")))
		}
	}
}

// drawNames draws a few names, none twice.
func drawNames(t *rapid.T, what string, names []string) []string {
	return rapid.SliceOfNDistinct(rapid.SampledFrom(names), 0, 2, rapid.ID[string]).Draw(t, what)
}

// drawDay draws a day on which something may change.
func drawDay(t *rapid.T, what string) time.Time {
	days := rapid.SampledFrom([]int{-60, -1, 0, 1, 31, 100, 305, 306, 400}).Draw(t, what)
	return time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC).AddDate(0, 0, days)
}

// holds reports whether nothing speaks against a waiver.
func holds(status reviewpkgv1.WaiverStatus) bool {
	return status == waiverApplied || status == waiverUnused
}

func TestWaiverProperties(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		c := newWaiverCase(t)
		drawWaivers(rt, c)
		c.policy.GetWaiverRules().SetMaxActive(rapid.Uint32Range(0, 3).Draw(rt, "max active"))
		set, policy, pkg := proto.CloneOf(c.set), proto.CloneOf(c.policy), proto.CloneOf(c.pkg)
		w := c.judge()
		effect := c.effect(w)
		after := statuses(rt, w)
		if !proto.Equal(set, c.set) || !proto.Equal(policy, c.policy) || !proto.Equal(pkg, c.pkg) {
			rt.Fatal("an argument changed")
		}
		again := c.judge()
		c.effect(again)
		if diff := cmp.Diff(w.results(), again.results(), protocmp.Transform()); diff != "" {
			rt.Fatalf("the second time: %s", diff)
		}

		// Nothing is covered by what does not hold, and what covers something
		// says so.
		used := map[string]bool{}
		for _, line := range effect {
			id, _, _ := strings.Cut(line, " ")
			used[id] = true
			soundWaiver(rt, c, id)
		}
		for id, status := range after {
			if used[id] != (status == waiverApplied) {
				rt.Fatalf("%s is %s, and used is %t: %v", id, status, used[id], effect)
			}
		}

		// The order is no decision.
		shuffled := proto.CloneOf(c.set)
		if len(set.GetWaivers()) > 0 {
			c.set = shuffled
			shuffled.SetWaivers(rapid.Permutation(shuffled.GetWaivers()).Draw(rt, "order"))
			w = c.judge()
			if diff := cmp.Diff(effect, c.effect(w)); diff != "" {
				rt.Fatalf("in another order: %s", diff)
			}
		}

		// Without those that do not hold, everything is as before, unless there
		// were too many. One that is renewed must stay, to be compared with.
		if policy.GetWaiverRules().GetMaxActive() > 0 {
			return
		}
		renewed := map[string]bool{}
		for _, one := range set.GetWaivers() {
			renewed[one.GetRenews()] = true
		}
		kept := slices.DeleteFunc(set.GetWaivers(), func(one *reviewpkgv1.Waiver) bool {
			return !renewed[one.GetId()] && !holds(after[one.GetId()])
		})
		c.set.SetWaivers(kept)
		if diff := cmp.Diff(effect, c.effect(c.judge())); diff != "" {
			rt.Fatalf("without what does not hold: %s", diff)
		}
	})
}

// soundWaiver checks what must be true of every waiver that covers something, in
// other words than the code has for it.
func soundWaiver(t *rapid.T, c *waiverCase, id string) {
	var found []*reviewpkgv1.Waiver
	for _, w := range c.set.GetWaivers() {
		if w.GetId() == id {
			found = append(found, w)
		}
	}
	if len(found) != 1 {
		t.Fatalf("%d waivers are called %q", len(found), id)
	}
	w, today := found[0], c.asOf.Format(time.DateOnly)
	if len(w.GetExpires().GetValue()) != 10 || w.GetExpires().GetValue() < today {
		t.Fatalf("%s is over: %s", id, w.GetExpires().GetValue())
	}
	approvers := map[string]bool{}
	for _, a := range w.GetApprovals() {
		if strings.EqualFold(a.GetApprover(), w.GetRequestedBy()) {
			t.Fatalf("%s approved what they asked for", a.GetApprover())
		}
		if a.GetDate().GetValue() <= today {
			approvers[strings.ToLower(a.GetApprover())] = true
		}
	}
	if len(approvers) == 0 || len(approvers) < int(c.policy.GetWaiverRules().GetMinApprovals()) {
		t.Fatalf("%s is approved by %v until %s", id, approvers, today)
	}
	if w.GetScope().GetPackage() != c.pkg.GetId() || w.GetCategory() == 0 {
		t.Fatalf("%v", w)
	}
	if slices.Contains(w.GetFindings(), "f1") && c.findings[0].GetLevelMax() > w.GetMaxLevel() {
		t.Fatalf("%s covers f1, which got worse", id)
	}
}

// Time takes waivers away. Only the day of an approval brings one.
func TestWaiversOverTime(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		c := newWaiverCase(t)
		drawWaivers(rt, c)
		w := c.judge()
		c.effect(w)
		before := statuses(rt, w)
		c.asOf = c.asOf.AddDate(0, 0, rapid.IntRange(1, 400).Draw(rt, "days"))
		w = c.judge()
		c.effect(w)
		for id, status := range statuses(rt, w) {
			switch {
			case before[id] == waiverExpired && status != waiverExpired:
				rt.Fatalf("%s was expired and is %s", id, status)
			case holds(status) && !holds(before[id]) && before[id] != waiverNotInForce:
				rt.Fatalf("%s was %s and is %s", id, before[id], status)
			}
		}
	})
}

// One more waiver does not change what others cover, unless there are too many.
func TestOneMoreWaiver(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		c := newWaiverCase(t)
		good := c.set.GetWaivers()
		drawWaivers(rt, c)
		before := c.effect(c.judge())
		added := c.add(rapid.SampledFrom(good).Draw(rt, "more"), "more")
		if rapid.Bool().Draw(rt, "it is expired") {
			added.SetExpires(dateOf("2001-01-01"))
		}
		w := c.judge()
		after := c.effect(w)
		for _, line := range before {
			if !slices.Contains(after, line) {
				rt.Fatalf("%s: not any more", line)
			}
		}
		for _, line := range after {
			if !slices.Contains(before, line) && !strings.HasPrefix(line, "more ") {
				rt.Fatalf("%s: only now", line)
			}
		}
		if added.GetExpires().GetValue() == "2001-01-01" && len(before) != len(after) {
			rt.Fatal("a waiver that is over covers something")
		}
	})
}

// Waivers with any content, under any policy: each has a result, and no result
// holds anything that it must not.
func TestRandomWaivers(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		c := newWaiverCase(t)
		randpkg.Message(rt, c.set)
		policy := &reviewpkgv1.Policy{}
		randpkg.Message(rt, policy)
		c.policy = policy
		w := c.judge()
		c.effect(w)
		statuses(rt, w)
		if got := len(w.results()); got != len(c.set.GetWaivers()) {
			rt.Fatalf("%d results for %d waivers", got, len(c.set.GetWaivers()))
		}
		for _, r := range w.results() {
			if strings.ContainsAny(r.GetMessage(), "\n\r\x1b\u202e\u200b") || len(r.GetMessage()) > 1000 {
				rt.Fatalf("message %q", r.GetMessage())
			}
		}
	})
}

// Twice the waivers, rules and findings are no more than twice the work.
func TestWaiversAreLinear(t *testing.T) {
	work := func(n int) float64 {
		c := newWaiverCase(t)
		one := c.only("accept-f1")
		c.set.SetWaivers(nil)
		var names []string
		for i := range n {
			id := fmt.Sprint("x", i)
			names = append(names, id)
			c.findings = append(c.findings, findingRisk(id, "D7", low))
			c.rules = append(c.rules, id)
			w := c.add(one, id)
			w.SetRenews(fmt.Sprint("x", i-1))
			w.SetApprovals([]*reviewpkgv1.WaiverApproval{approvalOf(id, "ciso", "2026-03-01")})
		}
		// One of them is for everything.
		c.set.GetWaivers()[0].SetFindings(names)
		c.set.GetWaivers()[0].SetRules(names)
		return testing.AllocsPerRun(1, func() { c.judge() })
	}
	small, large := work(100), work(400)
	if large > 5*small {
		t.Errorf("four times the waivers take %.1f times as much", large/small)
	}
}
