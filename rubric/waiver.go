package rubric

import (
	"fmt"
	"slices"
	"time"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// The statuses of a waiver.
const (
	waiverApplied    = reviewpkgv1.WaiverStatus_WAIVER_STATUS_APPLIED
	waiverUnused     = reviewpkgv1.WaiverStatus_WAIVER_STATUS_UNUSED
	waiverDangling   = reviewpkgv1.WaiverStatus_WAIVER_STATUS_DANGLING
	waiverMalformed  = reviewpkgv1.WaiverStatus_WAIVER_STATUS_MALFORMED
	waiverExpired    = reviewpkgv1.WaiverStatus_WAIVER_STATUS_EXPIRED
	waiverNotInForce = reviewpkgv1.WaiverStatus_WAIVER_STATUS_NOT_IN_FORCE
	waiverVoid       = reviewpkgv1.WaiverStatus_WAIVER_STATUS_VOID
	waiverOutOfScope = reviewpkgv1.WaiverStatus_WAIVER_STATUS_OUT_OF_SCOPE
	waiverNotAllowed = reviewpkgv1.WaiverStatus_WAIVER_STATUS_NOT_ALLOWED
)

// The waivers of one comparison. Whatever asks whether something is waived asks
// here, so that no part of a verdict can honour a waiver that another part does
// not. A waiver holds only if nothing speaks against it: all doubt is decided
// when the waivers are made, before anybody asks.
type waivers struct {
	waiverCourt
	all []*waiver
	// whole are the waivers that hold and name rules only, by rule; narrow are
	// those that hold and name findings, by finding.
	whole, narrow map[string][]*waiver
}

// A waiver is one of the waivers, and what became of it.
type waiver struct {
	*reviewpkgv1.Waiver
	path string // in the waivers
	// rules are named as results name them; names of which there is no result
	// are left out.
	rules, findings map[string]bool
	approvals       []waiverApproval // by day
	until           int              // the last day it holds
	status          reviewpkgv1.WaiverStatus
	why             string
	// What it was asked for: rules it covered, findings it took out of the
	// effective risk, a result that is worse than it allows, and a finding that
	// it did not take out.
	covered, removed map[string]bool
	worse, kept      string
}

// newWaivers judges the waivers of a set for one comparison: of the package p,
// whose canonical JSON has the digest, under a policy, on the day of asOf in
// UTC; the zero time means that dates cannot be judged. Findings are the open
// ones of the package, ruleIDs the ids of all rules that can have a result.
func newWaivers(set *reviewpkgv1.WaiverSet, policy *reviewpkgv1.Policy, p *reviewpkgv1.ReviewPackage, packageDigest string,
	asOf time.Time, findings []*reviewpkgv1.FindingRisk, ruleIDs []string,
) *waivers {
	w := &waivers{
		waiverCourt: newWaiverCourt(policy, p, packageDigest, asOf, findings, ruleIDs),
		whole:       map[string][]*waiver{}, narrow: map[string][]*waiver{},
	}
	w.all = w.readWaivers(set)
	for _, one := range w.all {
		w.judge(one)
	}
	// How many hold shows only when each of them was judged.
	w.limit(w.all)
	for _, one := range w.all {
		if one.status == waiverUnused {
			w.add(one)
		}
	}
	return w
}

// add makes a waiver that holds known for what it is for. What does not hold is
// never found, so that no later step can forget to ask.
func (w *waivers) add(one *waiver) {
	for id := range one.findings {
		// What is closed needs no waiver. Only who names a rule can mean that it
		// asks too much of a closed finding.
		if _, open := w.open[id]; open || len(one.rules) > 0 {
			w.narrow[id] = append(w.narrow[id], one)
		}
	}
	if len(one.findings) == 0 {
		for rule := range one.rules {
			w.whole[rule] = append(w.whole[rule], one)
		}
	}
}

// finding returns the ids of the waivers that take an open finding out of the
// effective risk, in ascending order.
//
// The effective risk decides on the appetite for the finding's dimension and on
// the overall one. To leave the finding out changes both, so that a waiver must
// be for both: because it names no rules, or because it names these. None may be
// for a rule that cannot be waived.
func (w *waivers) finding(id string) []string {
	open, ok := w.open[id]
	if !ok {
		return nil
	}
	var ids []string
	for _, one := range w.narrow[id] {
		if rule := w.uncovered(one, open.rules); rule != "" {
			keepFirst(&one.kept, fmt.Sprintf("the finding %s stays in the effective risk, which decides on %s too", printable(id), rule))
			continue
		}
		one.removed[id] = true
		ids = append(ids, one.GetId())
	}
	slices.Sort(ids)
	return ids
}

// uncovered returns the first of some rules that a waiver is not for, or "". A
// waiver that names rules must name one of them at least.
func (w *waivers) uncovered(one *waiver, rules []string) string {
	for _, rule := range rules {
		if w.barred(rule) || len(one.rules) > 0 && !one.rules[rule] {
			return printable(rule)
		}
	}
	if len(rules) == 0 && len(one.rules) > 0 {
		return "no rule that the waiver names"
	}
	return ""
}

// covers returns the ids of the waivers that cover a result of a rule, in
// ascending order: finding is the id of the finding that the result is about,
// or "", level the worst level it is about, or 0 if it is about none.
func (w *waivers) covers(rule string, notWaivable bool, finding string, level reviewpkgv1.Level) []string {
	if notWaivable || w.barred(rule) {
		return nil
	}
	// A level that this version of the model has no name for may be any.
	if level != 0 && !isLevel(level) {
		level = highest
	}
	// Whatever the caller knows of the level, a finding has its own.
	level = max(level, w.open[finding].worst)
	var ids []string
	ask := func(one *waiver) {
		if level > one.GetMaxLevel() {
			keepFirst(&one.worse, fmt.Sprintf("%s is about a risk that may be %s, and the waiver covers up to %s",
				printable(rule), word(level), word(one.GetMaxLevel())))
			return
		}
		one.covered[rule] = true
		ids = append(ids, one.GetId())
	}
	for _, one := range w.whole[rule] {
		ask(one)
	}
	for _, one := range w.narrow[finding] {
		if len(one.rules) == 0 || one.rules[rule] {
			ask(one)
		}
	}
	slices.Sort(ids)
	return ids
}

// keepFirst keeps the first of several reasons, in an order that does not depend on
// who asked first: one is enough to see why.
func keepFirst(kept *string, reason string) {
	if *kept == "" || reason < *kept {
		*kept = reason
	}
}

// results returns what became of each waiver, in the order of the set. It is
// asked last, because what was used shows only then.
func (w *waivers) results() []*reviewpkgv1.WaiverResult {
	var results []*reviewpkgv1.WaiverResult
	for _, one := range w.all {
		status, why := one.outcome()
		results = append(results, reviewpkgv1.WaiverResult_builder{
			Waiver: one.GetId(), Path: one.path, Status: status, Message: why,
			Rules: inOrder(one.covered), Findings: inOrder(one.removed),
		}.Build())
	}
	return results
}

// outcome returns what became of a waiver, and why. One that was only asked for
// what is worse than it allows is void, although no finding made it so.
func (one *waiver) outcome() (reviewpkgv1.WaiverStatus, string) {
	if one.status != waiverUnused {
		return one.status, one.why
	}
	if n, m := len(one.covered), len(one.removed); n+m > 0 {
		why := "in force until " + one.GetExpires().GetValue()
		if n > 0 {
			why += fmt.Sprintf("; rules whose result it changed: %d", n)
		}
		if m > 0 {
			why += fmt.Sprintf("; findings that it took out of the effective risk: %d", m)
		}
		if one.worse != "" {
			why += "; not covered: " + one.worse
		}
		return waiverApplied, why
	}
	switch {
	case one.worse != "":
		return waiverVoid, one.worse
	case one.kept != "":
		return waiverUnused, one.kept
	default:
		return waiverUnused, "it holds, and there is nothing that it covers"
	}
}
