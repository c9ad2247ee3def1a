package rubric

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"google.golang.org/protobuf/reflect/protoreflect"

	"github.com/reviewpkg/sdk/internal/inwords"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// deadlineRule returns the name of the rule for a level.
func deadlineRule(level reviewpkgv1.Level) string {
	return "deadline." + strings.ToLower(strings.TrimPrefix(level.String(), "LEVEL_"))
}

// An age says whether an open finding has been open for longer than its
// deadline.
type age int

const (
	inTime age = iota
	unsure     // nobody knows its level or its day well enough
	overdue
)

// ageOf says whether f has been open for longer than a deadline for its level.
// Ageing never changes a level. The day a finding was raised is the latest that
// it may be; where it is not told, the finding was there when the review was
// done.
func (c *comparison) ageOf(f *reviewpkgv1.FindingRisk, d *reviewpkgv1.Deadline) (a age, due time.Time) {
	if d.GetLevel() < f.GetLevelMin() || d.GetLevel() > f.GetLevelMax() {
		return inTime, due
	}
	raised, exact := days(c.raised[f.GetPath()])
	if !exact {
		raised, exact = reviewDays(c.pkg)
		raised.first = time.Time{} // it may be any older
	}
	due = raised.last.AddDate(0, 0, int(d.GetDays())+1)
	switch {
	case !exact || c.asOf.IsZero():
		return unsure, due
	case c.asOf.Before(due):
		if !c.asOf.Before(raised.first.AddDate(0, 0, int(d.GetDays())+1)) {
			return unsure, due
		}
		return inTime, due
	case f.GetDisputed() || f.GetLevelMin() != f.GetLevelMax():
		return unsure, due
	default:
		return overdue, due
	}
}

// raisedDates returns the days on which the findings of p were raised, by path.
func raisedDates(p *reviewpkgv1.ReviewPackage) map[string]*reviewpkgv1.Date {
	dates := map[string]*reviewpkgv1.Date{}
	note := func(list []*reviewpkgv1.Finding, name protoreflect.Name) {
		paths := itemPaths(p, name)
		for i, f := range list {
			dates[paths[i]] = f.GetRaised()
		}
	}
	note(p.GetFindings(), "findings")
	note(p.GetDisputedFindings(), "disputed_findings")
	return dates
}

// deadlineRules returns a result for each deadline of the policy.
func (c *comparison) deadlineRules() []*reviewpkgv1.RuleResult {
	results := make([]*reviewpkgv1.RuleResult, 0, len(c.policy.GetDeadlines()))
	for i, d := range c.policy.GetDeadlines() {
		severity := severityOf(d.GetSeverity())
		b := reviewpkgv1.RuleResult_builder{
			Rule: deadlineRule(d.GetLevel()), PolicyPath: indexed("deadlines", i), Outcome: pass,
			Wanted: fmt.Sprintf("%d days at most for a finding of %s risk", d.GetDays(), inwords.Enum(d.GetLevel())),
		}
		late, open := 0, 0
		for _, f := range c.profile.GetFindings() {
			a, _ := c.ageOf(f, d)
			if a == inTime {
				continue
			}
			outcome := severity
			if a == unsure {
				outcome = min(severity, unknownOutcome(d.GetUnknown()))
			}
			// The finding may be waived; it stays in the list.
			if ids := c.waivers.covers(b.Rule, false, f.GetFinding(), f.GetLevelMax()); len(ids) > 0 {
				outcome, b.Waivers = warn, append(b.Waivers, ids...)
			}
			b.Outcome = max(b.Outcome, outcome)
			b.Paths = append(b.Paths, f.GetPath())
			if a == overdue {
				late++
				continue
			}
			open++
			b.Unknowns = append(b.Unknowns, f.GetPath()+".raised")
		}
		slices.Sort(b.Waivers)
		b.Waivers = slices.Compact(b.Waivers)
		b.Found = fmt.Sprintf("%d overdue, %d not known", late, open)
		b.Message = "of the open findings of this level, " + b.Found
		results = append(results, c.settle(&b, d.GetLevel()))
	}
	return results
}

// severityOf returns what a violation means.
func severityOf(severity reviewpkgv1.Outcome) reviewpkgv1.Outcome {
	if severity == warn {
		return warn
	}
	return fail
}

// overdue returns the findings that are overdue for certain, in the order of the
// profile.
func (c *comparison) overdue() []*reviewpkgv1.OverdueFinding {
	var list []*reviewpkgv1.OverdueFinding
	for _, f := range c.profile.GetFindings() {
		for _, d := range c.policy.GetDeadlines() {
			if a, due := c.ageOf(f, d); a == overdue {
				list = append(list, reviewpkgv1.OverdueFinding_builder{
					Finding: f.GetFinding(), Path: f.GetPath(), LevelMin: f.GetLevelMin(), LevelMax: f.GetLevelMax(),
					Due: dated(due), Days: uint32(daysBetween(due, c.asOf) + 1), //nolint:gosec // due is not after
				}.Build())
			}
		}
	}
	return list
}

// freshnessRule says whether the review is as fresh as the policy wants.
func (c *comparison) freshnessRule() *reviewpkgv1.RuleResult {
	want := c.policy.GetFreshness()
	limit := int(want.GetMaxAgeDays())
	b := reviewpkgv1.RuleResult_builder{
		Rule: "freshness", PolicyPath: "freshness", Outcome: pass, Wanted: fmt.Sprintf("%d days at most", limit),
	}
	reviewed, ok := reviewDays(c.pkg)
	switch {
	case !ok || c.asOf.IsZero():
		b.Outcome, b.Found, b.Message = unknownOutcome(want.GetUnknown()), "not known", "nobody can tell how old the review is"
		b.Paths, b.Unknowns = []string{"review.date"}, []string{"review.date"}
	default:
		newest, oldest := daysBetween(reviewed.last, c.asOf), daysBetween(reviewed.first, c.asOf)
		b.Found = ages(max(0, newest), max(0, oldest))
		b.Message = "the review is " + b.Found + " old"
		switch {
		case newest > limit:
			b.Outcome, b.Message = fail, b.Message+"; that is more than is accepted"
		case oldest > limit:
			b.Outcome, b.Message = unknownOutcome(want.GetUnknown()), b.Message+"; that is not known well enough to tell"
			b.Paths, b.Unknowns = []string{"review.date"}, []string{"review.date"}
		}
	}
	if want.GetWarnOnly() {
		b.Outcome = min(warn, b.Outcome)
	}
	return c.settle(&b, 0)
}

// ages returns a range of days in words.
func ages(newest, oldest int) string {
	if newest == oldest {
		return fmt.Sprintf("%d days", newest)
	}
	return fmt.Sprintf("%d to %d days", newest, oldest)
}
