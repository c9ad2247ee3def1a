package rubric

import (
	"strconv"
	"strings"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// appetitePath returns the path of appetite i of a policy.
func appetitePath(i int) string { return "appetites[" + strconv.Itoa(i) + "]" }

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
	switch a.GetUnknown() {
	case reviewpkgv1.UnknownMode_UNKNOWN_MODE_FAIL:
		return fail
	case reviewpkgv1.UnknownMode_UNKNOWN_MODE_WARN:
		return warn
	default:
		return indeterminate
	}
}

// wanted returns what an appetite accepts, in words.
func wanted(a *reviewpkgv1.Appetite) string {
	text := "at most " + word(a.GetAppetite())
	if a.GetTolerance() > a.GetAppetite() {
		text += ", up to " + word(a.GetTolerance()) + " with a warning"
	}
	return text
}

// dimensionRule compares the risk of a dimension with what is accepted.
func dimensionRule(a *reviewpkgv1.Appetite, d *reviewpkgv1.DimensionProfile, policyPath string) *reviewpkgv1.RuleResult {
	risk := levels(d.GetRisk())
	b := reviewpkgv1.RuleResult_builder{
		Rule: "appetite." + d.GetDimension(), Outcome: judge(a, risk), PolicyPath: policyPath,
		Found: riskWords(d.GetRisk()), Wanted: wanted(a),
	}
	if d.GetNotAssessed() {
		b.Found = "not assessed"
	}
	b.Message = "the risk of " + d.GetDimension() + " is " + b.Found + consequence(a, risk, b.Outcome)
	if b.Outcome != pass {
		b.Paths = reasons(a, d)
	}
	return b.Build()
}

// overallRule compares the overall risk with what is accepted. The overall risk
// leaves out dimensions that are not assessed; a rule cannot, because then a
// package would pass by what it does not say. They count as any risk.
func (c *comparison) overallRule() *reviewpkgv1.RuleResult {
	a, risk := c.policy.GetOverall(), levels(c.profile.GetOverall())
	var missing []string
	for _, d := range c.profile.GetDimensions() {
		if d.GetNotAssessed() {
			risk.max = highest
			missing = append(missing, d.GetDimension())
		}
	}
	b := reviewpkgv1.RuleResult_builder{
		Rule: "overall", Outcome: judge(a, risk), PolicyPath: "overall",
		Found: riskWords(c.profile.GetOverall()), Wanted: wanted(a),
	}
	if len(missing) > 0 {
		b.Found += ", without " + strings.Join(missing, ", ")
	}
	b.Message = "the overall risk is " + b.Found + consequence(a, risk, b.Outcome)
	for _, d := range c.profile.GetDimensions() {
		own := levels(d.GetRisk())
		// Where the worst dimensions decide alone, the others are no reason.
		decided := grade(a, risk.min) == grade(a, risk.max)
		if b.Outcome != pass && grade(a, own.max) == grade(a, risk.max) && (!decided || grade(a, own.min) == grade(a, risk.min)) {
			b.Paths = append(b.Paths, reasons(a, d)...)
		}
	}
	return b.Build()
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

// reasons returns the paths that the outcome of a dimension rests on. Where the
// levels of its risk do not all have the same outcome, these are the
// contributors that may be too bad and the open questions; otherwise the
// contributors that are.
func reasons(a *reviewpkgv1.Appetite, d *reviewpkgv1.DimensionProfile) []string {
	risk := levels(d.GetRisk())
	worst := grade(a, risk.max)
	decided := grade(a, risk.min) == worst
	var paths []string
	for _, c := range d.GetContributions() {
		level := c.GetLevelMax()
		if decided {
			level = c.GetLevelMin()
		}
		if grade(a, level) == worst {
			paths = append(paths, c.GetPath())
		}
	}
	if !decided {
		for _, u := range d.GetUnknowns() {
			paths = append(paths, u.GetPath())
		}
	}
	return paths
}
