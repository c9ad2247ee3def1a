package rubric

import (
	"errors"
	"fmt"
	"slices"

	"github.com/reviewpkg/sdk/internal/inwords"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
	"github.com/reviewpkg/sdk/reviewpkg"
)

// The outcomes, in ascending order of precedence.
const (
	pass          = reviewpkgv1.Outcome_OUTCOME_PASS
	warn          = reviewpkgv1.Outcome_OUTCOME_WARN
	indeterminate = reviewpkgv1.Outcome_OUTCOME_INDETERMINATE
	fail          = reviewpkgv1.Outcome_OUTCOME_FAIL
)

// CompareOptions say how a profile is compared with a policy. The zero value is
// what [Compare] uses.
type CompareOptions struct {
	// AllowDraft lets the rules decide on a package that is not FINAL. An
	// obsolete package then gives a warning.
	AllowDraft bool
}

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
// A policy's dates of effect are not looked at: there is no clock here.
func (o CompareOptions) Compare(p *reviewpkgv1.ReviewPackage, profile *reviewpkgv1.RiskProfile, policy *reviewpkgv1.Policy) (*reviewpkgv1.Verdict, error) {
	c, digest, err := newComparison(p, profile, policy)
	if err != nil {
		return nil, err
	}
	policyDigest, err := reviewpkg.Digest(policy)
	if err != nil {
		return nil, err
	}
	// To tell a final package from one that only says so takes its
	// completeness, so that it is asked once.
	unconfirmed := isDraft(p)
	draft := draftRule(p, unconfirmed, o.AllowDraft)
	results := append([]*reviewpkgv1.RuleResult{draft}, c.results()...)
	slices.SortStableFunc(results, func(a, b *reviewpkgv1.RuleResult) int { return int(b.GetOutcome() - a.GetOutcome()) })
	outcome := results[0].GetOutcome()
	// Even a failure of a draft is unconfirmed: what fails may be a mistake
	// that the review would have found.
	if draft.GetOutcome() == indeterminate {
		outcome = indeterminate
		at := slices.Index(results, draft)
		results = slices.Insert(slices.Delete(results, at, at+1), 0, draft)
	}
	return reviewpkgv1.Verdict_builder{
		Schema: "reviewpkg.v1.Verdict", Outcome: outcome, Draft: unconfirmed, Results: results,
		Package: p.GetId(), PackageDigest: digest,
		Policy: policy.GetId(), PolicyVersion: policy.GetVersion(), PolicyDigest: policyDigest,
	}.Build(), nil
}

// A comparison is a package, its profile and a policy that belong together.
type comparison struct {
	pkg        *reviewpkgv1.ReviewPackage
	profile    *reviewpkgv1.RiskProfile
	policy     *reviewpkgv1.Policy
	dimensions map[string]*reviewpkgv1.DimensionProfile
}

// newComparison checks that the three belong together. It also returns the
// digest of the package.
func newComparison(p *reviewpkgv1.ReviewPackage, profile *reviewpkgv1.RiskProfile, policy *reviewpkgv1.Policy) (*comparison, string, error) {
	if p == nil || profile == nil || policy == nil {
		return nil, "", errors.New("compare: a package, its profile and a policy are needed")
	}
	if err := reviewpkg.Validate(policy); err != nil {
		return nil, "", fmt.Errorf("compare: the policy is invalid: %w", err)
	}
	if err := reviewpkg.Validate(profile); err != nil {
		return nil, "", fmt.Errorf("compare: the profile is invalid: %w", err)
	}
	digest, err := reviewpkg.Digest(p)
	if err != nil {
		return nil, "", err
	}
	// A profile of yesterday's package, or of another one, must not decide on
	// this one.
	if digest != profile.GetPackageDigest() {
		return nil, "", mismatch("package_digest", fmt.Sprintf("the profile is for the package %s, want %s",
			profile.GetPackageDigest(), digest))
	}
	if policy.GetRubric() != profile.GetRubric() {
		return nil, "", mismatch("rubric", fmt.Sprintf("the policy is for the rubric %s, the profile is for %s",
			printable(policy.GetRubric()), printable(profile.GetRubric())))
	}
	c := &comparison{pkg: p, profile: profile, policy: policy, dimensions: map[string]*reviewpkgv1.DimensionProfile{}}
	for _, d := range profile.GetDimensions() {
		c.dimensions[d.GetDimension()] = d
	}
	// A rule about nothing would never fail.
	for i, a := range policy.GetAppetites() {
		if c.dimensions[a.GetDimension()] == nil {
			return nil, "", mismatch(appetitePath(i)+".dimension", fmt.Sprintf("the policy names the dimension %s, which the profile does not have",
				printable(a.GetDimension())))
		}
	}
	return c, digest, nil
}

// mismatch returns the error that documents do not belong together.
func mismatch(path, message string) error {
	return &reviewpkg.Diagnostic{Code: reviewpkg.Inconsistent, Level: reviewpkg.LevelError, Path: path, Message: message}
}

// results returns the result of each rule, in the order of the policy.
func (c *comparison) results() []*reviewpkgv1.RuleResult {
	var results []*reviewpkgv1.RuleResult
	for i, a := range c.policy.GetAppetites() {
		results = append(results, dimensionRule(a, c.dimensions[a.GetDimension()], appetitePath(i)))
	}
	if c.policy.HasOverall() {
		results = append(results, c.overallRule())
	}
	return append(results, c.completenessRules()...)
}

// draftRule says whether the status of the package allows a verdict.
// Unconfirmed is what isDraft says of it.
func draftRule(p *reviewpkgv1.ReviewPackage, unconfirmed, allow bool) *reviewpkgv1.RuleResult {
	status := inwords.Enum(p.GetStatus())
	b := reviewpkgv1.RuleResult_builder{
		Rule: "draft", Outcome: pass, Found: status, Wanted: "final", Message: "the status of the package is " + status,
	}
	if !unconfirmed {
		return b.Build()
	}
	if p.GetStatus() == reviewpkgv1.PackageStatus_PACKAGE_STATUS_FINAL {
		b.Found, b.Message = "final, and not complete", "the package calls itself final and is not complete"
	}
	switch {
	case !allow:
		b.Outcome = indeterminate
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
