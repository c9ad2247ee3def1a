package rubric

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/reviewpkg/sdk/internal/inwords"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// The outcomes, in ascending order of precedence.
const (
	pass          = reviewpkgv1.Outcome_OUTCOME_PASS
	warn          = reviewpkgv1.Outcome_OUTCOME_WARN
	indeterminate = reviewpkgv1.Outcome_OUTCOME_INDETERMINATE
	fail          = reviewpkgv1.Outcome_OUTCOME_FAIL
)

// Compare compares a package with the default options; see
// [CompareOptions.Compare].
func Compare(p *reviewpkgv1.ReviewPackage, profile *reviewpkgv1.RiskProfile, policy *reviewpkgv1.Policy) (*reviewpkgv1.Verdict, error) {
	return CompareOptions{}.Compare(p, profile, policy)
}

// Compare says whether a package lies inside a policy. The profile is what
// Score made of this very package, under the rubric that the policy is written
// for. That a package is not accepted is a verdict; an error means that there
// is no verdict, because a document is invalid or they do not belong together.
//
// Every rule of the policy has a result, the deciding ones first. The outcome
// is the gravest of them: FAIL before INDETERMINATE before WARN before PASS. A
// package that is not FINAL is unconfirmed, so that without
// [CompareOptions.AllowDraft] the outcome is INDETERMINATE whatever the other
// rules say.
//
// The profile must have been made under the rubric of the options; that its
// confidence was told for the same day is up to the caller.
func (o CompareOptions) Compare(p *reviewpkgv1.ReviewPackage, profile *reviewpkgv1.RiskProfile, policy *reviewpkgv1.Policy) (*reviewpkgv1.Verdict, error) {
	j, err := o.Judge(policy)
	if err != nil {
		return nil, fmt.Errorf("compare: %w", err)
	}
	return j.Compare(p, profile)
}

// A comparison is a package and its profile before a judge.
type comparison struct {
	*Judge
	pkg     *reviewpkgv1.ReviewPackage
	profile *reviewpkgv1.RiskProfile
	waivers *waivers
	// findings holds the open findings of the profile by path.
	findings map[string]*reviewpkgv1.FindingRisk
	// raised holds the days on which findings were raised, by path.
	raised map[string]*reviewpkgv1.Date
	// effective holds what counts for the policy, in the order of the profile.
	effective []effective
}

// comparison returns a package of a digest and its profile as the rules see them.
func (j *Judge) comparison(p *reviewpkgv1.ReviewPackage, profile *reviewpkgv1.RiskProfile, digest string) *comparison {
	c := &comparison{Judge: j, pkg: p, profile: profile, findings: map[string]*reviewpkgv1.FindingRisk{}, raised: raisedDates(p)}
	for _, f := range profile.GetFindings() {
		c.findings[f.GetPath()] = f
	}
	c.waivers = newWaivers(j.options.Waivers, j.policy, p, digest, j.asOf, profile.GetFindings(), j.ruleIDs())
	for _, d := range profile.GetDimensions() {
		c.effective = append(c.effective, c.effectiveOf(d))
	}
	return c
}

// verdict judges a package and the profile that was made of it.
func (j *Judge) verdict(p *reviewpkgv1.ReviewPackage, profile *reviewpkgv1.RiskProfile) (*reviewpkgv1.Verdict, error) {
	c := j.comparison(p, profile, profile.GetPackageDigest())
	rest, err := c.results()
	if err != nil {
		return nil, err
	}
	// To tell a final package from one that only says so takes its
	// completeness, which the profile has asked for already.
	draft := draftRule(p, profile.GetDraft(), j.options.AllowDraft)
	results := append([]*reviewpkgv1.RuleResult{draft}, rest...)
	slices.SortStableFunc(results, func(a, b *reviewpkgv1.RuleResult) int { return int(b.GetOutcome() - a.GetOutcome()) })
	outcome := results[0].GetOutcome()
	// Even a failure of a draft is unconfirmed: what fails may be a mistake
	// that the review would have found.
	if draft.GetOutcome() == indeterminate {
		outcome = indeterminate
		at := slices.Index(results, draft)
		results = slices.Insert(slices.Delete(results, at, at+1), 0, draft)
	}
	b := reviewpkgv1.Verdict_builder{
		Schema: "reviewpkg.v1.Verdict", Outcome: outcome, Draft: profile.GetDraft(), Results: results,
		Package: p.GetId(), PackageDigest: profile.GetPackageDigest(),
		Policy: j.policy.GetId(), PolicyVersion: j.policy.GetVersion(), PolicyDigest: j.policyDigest,
		Rubric: j.rubric.GetId(), RubricDigest: j.digest, AsOf: dated(j.asOf), WaiversDigest: j.waiversDigest,
		Effective: c.scale.overall(assessedEffective(c.effective, withWaivers)), Overdue: c.overdue(),
		Waivers: c.waivers.results(),
	}
	for _, e := range c.effective {
		b.EffectiveDimensions = append(b.EffectiveDimensions, reviewpkgv1.DimensionRisk_builder{
			Dimension: e.profile.GetDimension(), Risk: e.risk,
		}.Build())
	}
	if outcome == indeterminate {
		b.Decisive = c.decisive(results)
	}
	return b.Build(), nil
}

// ruleIDs returns the names of all rules of the policy, as results have them.
func (j *Judge) ruleIDs() []string {
	var ids []string
	for _, a := range j.policy.GetAppetites() {
		ids = append(ids, appetiteRule(a.GetDimension()))
	}
	if j.policy.HasOverall() {
		ids = append(ids, "overall")
	}
	if j.policy.HasFreshness() {
		ids = append(ids, "freshness")
	}
	for _, r := range j.policy.GetCompleteness() {
		ids = append(ids, completenessRule(r.GetProcess()))
	}
	for _, d := range j.policy.GetDeadlines() {
		ids = append(ids, deadlineRule(d.GetLevel()))
	}
	for _, r := range j.policy.GetRules() {
		ids = append(ids, ruleResultName(r))
	}
	return ids
}

// results returns the result of each rule, in the order of the policy.
func (c *comparison) results() ([]*reviewpkgv1.RuleResult, error) {
	var results []*reviewpkgv1.RuleResult
	for i, a := range c.policy.GetAppetites() {
		at := slices.IndexFunc(c.effective, func(e effective) bool { return e.profile.GetDimension() == a.GetDimension() })
		results = append(results, c.dimensionRule(a, c.effective[at], indexed("appetites", i)))
	}
	if c.policy.HasOverall() {
		results = append(results, c.overallRule())
	}
	results = append(results, c.completenessRules()...)
	results = append(results, c.deadlineRules()...)
	if c.policy.HasFreshness() {
		results = append(results, c.freshnessRule())
	}
	found, err := c.rules.evaluate(ruleInput{pkg: c.pkg, profile: c.profile, asOf: c.asOf, waived: c.waivedItem})
	return append(results, found...), err
}

// waivedItem returns the waivers that cover what a rule over items found.
func (c *comparison) waivedItem(rule *reviewpkgv1.PolicyRule, finding string, level reviewpkgv1.Level) []string {
	return c.waivers.covers(ruleResultName(rule), rule.GetNotWaivable(), finding, level)
}

// settle makes a warning of a result that is graver, if a waiver covers the rule
// as a whole. The level is the worst that the result is about.
func (c *comparison) settle(b *reviewpkgv1.RuleResult_builder, level reviewpkgv1.Level) *reviewpkgv1.RuleResult {
	if b.Outcome >= indeterminate {
		if ids := c.waivers.covers(b.Rule, false, "", level); len(ids) > 0 {
			b.Outcome, b.Waivers = warn, append(b.Waivers, ids...)
			b.Message += "; waived"
		}
	}
	return b.Build()
}

// decisive returns what is not known and could turn an indeterminate verdict,
// each once, in the order of the results.
func (c *comparison) decisive(results []*reviewpkgv1.RuleResult) []*reviewpkgv1.Unknown {
	questions := map[string]string{"status": "whether the package is final"}
	for _, d := range c.profile.GetDimensions() {
		for _, u := range d.GetUnknowns() {
			questions[u.GetPath()] = u.GetQuestion()
		}
	}
	var list []*reviewpkgv1.Unknown
	seen := map[string]bool{}
	for _, r := range results {
		if r.GetOutcome() != indeterminate {
			continue
		}
		for _, path := range r.GetUnknowns() {
			if !seen[path] {
				seen[path] = true
				list = append(list, unknown(path, cmp.Or(questions[path], "what "+r.GetRule()+" asks for")))
			}
		}
	}
	return list
}

// draftRule says whether the status of the package allows a verdict.
// Unconfirmed is what isDraft says of it.
func draftRule(p *reviewpkgv1.ReviewPackage, unconfirmed, allow bool) *reviewpkgv1.RuleResult {
	status := inwords.Enum(p.GetStatus())
	b := reviewpkgv1.RuleResult_builder{
		Rule: draftRuleID, Outcome: pass, Found: status, Wanted: "final", Message: "the status of the package is " + status,
	}
	if !unconfirmed {
		return b.Build()
	}
	if p.GetStatus() == reviewpkgv1.PackageStatus_PACKAGE_STATUS_FINAL {
		b.Found, b.Message = "final, and not complete", "the package calls itself final and is not complete"
	}
	switch {
	case !allow:
		b.Outcome, b.Unknowns = indeterminate, []string{"status"}
		b.Message += ", so that its content is not confirmed"
	case p.GetStatus() == reviewpkgv1.PackageStatus_PACKAGE_STATUS_OBSOLETE:
		b.Outcome = warn
		b.Message += ", and the caller allows that"
	default:
		b.Wanted = "final, or a draft, as the caller allows"
		b.Message += ", and the caller allows drafts"
	}
	b.Paths = []string{"status"}
	return b.Build()
}
