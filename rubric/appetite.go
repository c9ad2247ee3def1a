package rubric

import (
	"fmt"
	"slices"
	"strings"

	"github.com/reviewpkg/sdk/internal/inwords"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// appetiteRule returns the name of the rule for a dimension.
func appetiteRule(dimension string) string { return "appetite." + dimension }

// grade returns the outcome for a risk that is known. Without a tolerance, which
// is then below every level, whatever is above the appetite fails.
func grade(a *reviewpkgv1.Appetite, risk reviewpkgv1.Level) reviewpkgv1.Outcome {
	switch {
	case risk <= a.GetAppetite():
		return pass
	case risk <= a.GetTolerance():
		return warn
	default:
		return fail
	}
}

// judge returns the outcome for a risk that lies in a range. It passes if every
// level of the range passes, fails if every one fails, and is a warning if
// every one is accepted and some with a warning. If some are accepted and some
// are not, the policy says what becomes of that.
func judge(a *reviewpkgv1.Appetite, risk span) reviewpkgv1.Outcome {
	best, worst := grade(a, risk.min), grade(a, risk.max)
	if worst != fail || best == fail {
		return worst
	}
	return unknownOutcome(a.GetUnknown())
}

// wanted returns what an appetite accepts, in words.
func wanted(a *reviewpkgv1.Appetite) string {
	text := "at most " + word(a.GetAppetite())
	if a.GetTolerance() > a.GetAppetite() {
		text += ", up to " + word(a.GetTolerance()) + " with a warning"
	}
	return text
}

// dimensionRule compares the effective risk of a dimension with what is
// accepted.
func (c *comparison) dimensionRule(a *reviewpkgv1.Appetite, e effective, policyPath string) *reviewpkgv1.RuleResult {
	d := e.profile
	risk := levels(e.risk)
	b := reviewpkgv1.RuleResult_builder{
		Rule: appetiteRule(d.GetDimension()), Outcome: judge(a, risk), PolicyPath: policyPath,
		Found: riskWords(e.risk), Wanted: wanted(a),
	}
	if d.GetNotAssessed() {
		b.Found = "not assessed"
	}
	b.Message = "the risk of " + d.GetDimension() + " is " + b.Found + consequence(a, risk, b.Outcome)
	if b.Outcome != pass {
		b.Paths, b.Unknowns = reasons(a, e)
	}
	admit(&b, judge(a, levels(e.unwaived)), riskWords(e.unwaived), e.waivers)
	trusted(&b, a, d.GetConfidence())
	return c.settle(&b, risk.max)
}

// admit makes at least a warning of a result that is better than it would be
// without waivers: a waiver accepts a risk and does not remove it.
func admit(b *reviewpkgv1.RuleResult_builder, without reviewpkgv1.Outcome, risk string, waivers []string) {
	if without <= b.Outcome {
		return
	}
	b.Outcome, b.Waivers = max(warn, b.Outcome), waivers
	b.Message += "; without waivers it is " + risk
}

// trusted takes back an acceptance that rests on too little: a risk of which
// less is known, or shown, than the policy asks for is not known well enough.
func trusted(b *reviewpkgv1.RuleResult_builder, a *reviewpkgv1.Appetite, c *reviewpkgv1.Confidence) {
	if a.GetMinConfidence() == 0 || b.Outcome >= indeterminate || c.GetLevel() >= a.GetMinConfidence() {
		return
	}
	b.Outcome = max(b.Outcome, unknownOutcome(a.GetUnknown()))
	found := "cannot be told without a day"
	if c.GetLevel() != 0 {
		found = "is " + inwords.Enum(c.GetLevel())
	}
	b.Message += fmt.Sprintf("; the confidence in it %s, want %s (coverage %d, evidence %d, freshness %d of 1000, independence %s)",
		found, inwords.Enum(a.GetMinConfidence()), c.GetCoveragePermille(), c.GetEvidencePermille(), c.GetFreshnessPermille(),
		inwords.Enum(c.GetIndependence()))
}

// unknownOutcome returns what becomes of something that is not known.
func unknownOutcome(mode reviewpkgv1.UnknownMode) reviewpkgv1.Outcome {
	switch mode {
	case reviewpkgv1.UnknownMode_UNKNOWN_MODE_FAIL:
		return fail
	case reviewpkgv1.UnknownMode_UNKNOWN_MODE_WARN:
		return warn
	default:
		return indeterminate
	}
}

// overallRule compares the overall risk with what is accepted. The overall risk
// leaves out dimensions that are not assessed; a rule cannot, because then a
// package would pass by what it does not say. They count as any risk.
func (c *comparison) overallRule() *reviewpkgv1.RuleResult {
	a, interval := c.policy.GetOverall(), c.scale.overall(assessedEffective(c.effective, withWaivers))
	unwaived := c.scale.overall(assessedEffective(c.effective, withoutWaivers))
	risk, without := levels(interval), levels(unwaived)
	var missing, waivers []string
	for _, e := range c.effective {
		waivers = append(waivers, e.waivers...)
		if e.profile.GetNotAssessed() {
			risk.max, without.max = highest, highest
			missing = append(missing, e.profile.GetDimension())
		}
	}
	slices.Sort(waivers)
	b := reviewpkgv1.RuleResult_builder{
		Rule: "overall", Outcome: judge(a, risk), PolicyPath: "overall",
		Found: riskWords(interval), Wanted: wanted(a),
	}
	if len(missing) > 0 {
		b.Found += ", without " + strings.Join(missing, ", ")
	}
	b.Message = "the overall risk is " + b.Found + consequence(a, risk, b.Outcome)
	for _, e := range c.effective {
		own := levels(e.risk)
		// Where the worst dimensions decide alone, the others are no reason.
		decided := grade(a, risk.min) == grade(a, risk.max)
		if b.Outcome != pass && grade(a, own.max) == grade(a, risk.max) && (!decided || grade(a, own.min) == grade(a, risk.min)) {
			paths, unknowns := reasons(a, e)
			b.Paths, b.Unknowns = append(b.Paths, paths...), append(b.Unknowns, unknowns...)
		}
	}
	admit(&b, judge(a, without), riskWords(unwaived), slices.Compact(waivers))
	trusted(&b, a, c.profile.GetConfidence())
	return c.settle(&b, risk.max)
}

// levels returns the levels of a risk.
func levels(r *reviewpkgv1.RiskInterval) span { return span{r.GetLevelMin(), r.GetLevelMax()} }

// consequence says what an outcome means for a risk.
func consequence(a *reviewpkgv1.Appetite, risk span, outcome reviewpkgv1.Outcome) string {
	open := grade(a, risk.min) != fail && grade(a, risk.max) == fail
	switch {
	case outcome == pass:
		return "; that is accepted"
	case outcome == indeterminate:
		return "; that is not known well enough to tell"
	case outcome == fail && open:
		return "; that is not known well enough, which the policy does not accept"
	case open:
		return "; that is not known well enough, which the policy accepts with a warning"
	case outcome == fail:
		return "; that is more than is accepted"
	default:
		return "; that is accepted with a warning"
	}
}

// reasons returns the paths that the outcome of a dimension rests on, and those
// among them that are open questions. Where the levels of its risk do not all
// have the same outcome, the reasons are the contributors that may be too bad,
// and the open questions are those whose contributor may turn out either way;
// otherwise the reasons are the contributors that decide.
func reasons(a *reviewpkgv1.Appetite, e effective) (paths, unknowns []string) {
	risk := levels(e.risk)
	worst := grade(a, risk.max)
	decided := grade(a, risk.min) == worst
	open := map[string]bool{} // contributors that may turn out either way
	for _, c := range e.contributors {
		level := c.risk.max
		if decided {
			level = c.risk.min
		}
		if grade(a, level) == worst && (!decided || !c.absent) {
			paths = append(paths, c.path)
		}
		open[c.path] = grade(a, c.risk.max) == worst && (c.absent || grade(a, c.risk.min) != worst)
	}
	if decided {
		return paths, nil
	}
	for _, u := range e.profile.GetUnknowns() {
		if e.profile.GetNotAssessed() || open[e.contributorOf(u.GetPath())] {
			unknowns = append(unknowns, u.GetPath())
		}
	}
	return append(paths, unknowns...), unknowns
}

// contributorOf returns the path of the contributor that an open question is
// about: a finding, or what the criteria leave open.
func (e effective) contributorOf(question string) string {
	if at := strings.LastIndex(question, "."); at >= 0 && strings.HasSuffix(question[:at], "]") {
		return question[:at]
	}
	return gapPath(e.profile.GetDimension())
}
