package rubric

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/reviewpkg/sdk/internal/inwords"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
	"github.com/reviewpkg/sdk/reviewpkg"
)

// fillSubject returns the completeness of the package for a process of the
// policy; nil if there is nothing to fill in.
func (pl *planner) fillSubject(r *reviewpkgv1.CompletenessRequirement) *planSubject {
	effort := pl.rubric.GetGapEffort()
	if effort == nil || !slices.Contains(pl.pkg.GetProcesses(), r.GetProcess()) {
		return nil
	}
	have := reviewpkg.Completeness(pl.pkg, r.GetProcess())
	n := gapsToFill(have, r)
	if n == 0 {
		return nil
	}
	name := "gaps"
	if n == 1 {
		name = "gap"
	}
	rule := completenessRule(r.GetProcess())
	return &planSubject{
		path: have.GetGaps()[0].GetPath(), title: rule, rule: rule,
		from: fmt.Sprintf("%d of 1000 over the parts", have.GetMetPermille()),
		options: []planOption{{
			id: rule + ":fill", kind: contribution, effort: times(effort, int64(n), nil), effect: fills,
			title: fmt.Sprintf("fill %d %s of %s", n, name, inwords.Enum(r.GetProcess())),
			to:    fmt.Sprintf("at least %d of 1000 over the parts", r.GetMinPermille()),
		}},
	}
}

// A fillPart is a part of a process, with what is missing of it.
type fillPart struct{ checks, met, missing uint64 }

// share returns how much of the part is met with some more checks met, in
// permille and rounded down, as completeness is.
func (p *fillPart) share(more uint64) uint64 { return (p.met + more) * maxScore / p.checks }

// gapsToFill returns the least number of gaps that must be filled to meet a
// requirement: those that it does not accept, and as many others as it takes.
func gapsToFill(have *reviewpkgv1.Completeness, r *reviewpkgv1.CompletenessRequirement) int {
	parts := map[string]*fillPart{}
	var list []*fillPart
	for _, p := range have.GetParts() {
		if p.GetChecks() == 0 {
			continue
		}
		one := &fillPart{uint64(p.GetChecks()), uint64(p.GetMet()), uint64(p.GetChecks() - p.GetMet())}
		parts[p.GetPart()] = one
		list = append(list, one)
	}
	n := 0
	for _, g := range have.GetGaps() {
		if slices.Contains(r.GetRequiredCodes(), g.GetCode()) {
			n++
			// An advisory gap is not counted among the checks.
			if p := parts[g.GetPart()]; p != nil && !g.GetAdvisory() && p.missing > 0 {
				p.met, p.missing = p.met+1, p.missing-1
			}
		}
	}
	want, sum := uint64(r.GetMinPermille())*uint64(len(list)), uint64(0)
	for _, p := range list {
		sum += p.share(0)
	}
	if sum >= want {
		return n
	}
	return n + fewestFills(list, want-sum)
}

// maxFillSteps bounds the work of counting gaps exactly. Beyond it the count may
// be a few too high.
const maxFillSteps = 1_000_000

// fewestFills returns how many gaps must be filled to gain some permille, added
// up over the parts. An answer counts for most in the parts with the fewest
// checks; because shares are rounded, that rule alone may take too many.
func fewestFills(list []*fillPart, want uint64) int {
	slices.SortStableFunc(list, func(a, b *fillPart) int { return cmp.Compare(a.checks, b.checks) })
	n, steps, sum := 0, uint64(0), uint64(0)
	for _, p := range list {
		for k := uint64(1); k <= p.missing && sum+p.share(k)-p.share(0) < want; k++ {
			n++
		}
		if sum += p.share(p.missing) - p.share(0); sum >= want {
			n++
			break
		}
	}
	for _, p := range list {
		steps += p.missing * uint64(n) //nolint:gosec // a count
	}
	if steps > maxFillSteps {
		return n
	}
	// gains holds the most that a number of answers can gain.
	gains := make([]uint64, n+1)
	for _, p := range list {
		for k := n; k > 0; k-- {
			for m := 1; m <= k && uint64(m) <= p.missing; m++ {
				gains[k] = max(gains[k], gains[k-m]+p.share(uint64(m))-p.share(0)) //nolint:gosec // a count
			}
		}
	}
	for k, gain := range gains {
		if gain >= want {
			return k
		}
	}
	return n
}
