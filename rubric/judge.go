package rubric

import (
	"errors"
	"fmt"
	"time"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
	"github.com/reviewpkg/sdk/reviewpkg"
)

// CompareOptions say how a profile is compared with a policy. The zero value is
// what [Compare] uses.
type CompareOptions struct {
	// Rubric that the profile was made under; nil means [Default].
	Rubric *reviewpkgv1.Rubric
	// AsOf is the day for which dates are judged, in UTC. Without it no waiver
	// is in force, nothing is overdue for certain, and what asks for an age is
	// not known.
	AsOf time.Time
	// AllowDraft lets the rules decide on a package that is not FINAL. An
	// obsolete package then gives a warning.
	AllowDraft bool
	// Waivers of the organisation; nil for none. What a waiver covers is a
	// warning at best, and named in the verdict.
	Waivers *reviewpkgv1.WaiverSet
}

// A Judge scores any number of packages under one rubric and compares them with
// one policy, both of which are checked and compiled once. It does not change,
// so that many goroutines may use it.
type Judge struct {
	*scorer
	options       CompareOptions
	asOf          time.Time
	policy        *reviewpkgv1.Policy
	policyDigest  string
	waiversDigest string
	rules         *rules
	exposures     map[string]reviewpkgv1.Level
}

// Judge returns a judge for a policy. It is an error if policy or rubric is not
// valid, if they do not belong together, if an expression does not compile, or
// if the policy does not hold on the day of [CompareOptions.AsOf]: the error is
// a *reviewpkg.InvalidError or a *reviewpkg.Diagnostic.
func (o CompareOptions) Judge(policy *reviewpkgv1.Policy) (*Judge, error) {
	if policy == nil {
		return nil, errors.New("judge: there is no policy")
	}
	if err := reviewpkg.Validate(policy); err != nil {
		return nil, fmt.Errorf("the policy is invalid: %w", err)
	}
	s, err := ScoreOptions{Rubric: o.Rubric}.scorer()
	if err != nil {
		return nil, err
	}
	return o.judge(policy, s)
}

// judge returns a judge for a valid policy that scores with s.
func (o CompareOptions) judge(policy *reviewpkgv1.Policy, s *scorer) (*Judge, error) {
	j := &Judge{scorer: s, options: o, asOf: day(o.AsOf), policy: policy, exposures: map[string]reviewpkgv1.Level{}}
	if err := j.belong(); err != nil {
		return nil, err
	}
	var err error
	if j.policyDigest, err = reviewpkg.Digest(policy); err != nil {
		return nil, err
	}
	if o.Waivers != nil {
		if j.waiversDigest, err = reviewpkg.Digest(o.Waivers); err != nil {
			return nil, err
		}
	}
	var ds reviewpkg.Diagnostics
	if j.rules, ds = compileRules(policy, s.rubric); ds.Err() != nil {
		return nil, ds.Err()
	}
	for _, e := range policy.GetExposures() {
		j.exposures[e.GetDimension()] = e.GetExposure()
	}
	return j, nil
}

// belong checks that policy, rubric and day belong together. A rule about
// nothing would never fail.
func (j *Judge) belong() error {
	if j.policy.GetRubric() != j.rubric.GetId() {
		return mismatch("rubric", fmt.Sprintf("the policy is for the rubric %s, found %s",
			printable(j.policy.GetRubric()), printable(j.rubric.GetId())))
	}
	known := func(path, dimension string) error {
		if j.dimensions[dimension] == nil {
			return mismatch(path+".dimension", fmt.Sprintf("the policy names the dimension %s, which the rubric does not have", printable(dimension)))
		}
		return nil
	}
	for i, a := range j.policy.GetAppetites() {
		if err := known(indexed("appetites", i), a.GetDimension()); err != nil {
			return err
		}
	}
	for i, e := range j.policy.GetExposures() {
		if err := known(indexed("exposures", i), e.GetDimension()); err != nil {
			return err
		}
	}
	if from, ok := days(j.policy.GetEffectiveFrom()); ok && !j.asOf.IsZero() && j.asOf.Before(from.first) {
		return mismatch("effective_from", "the policy does not hold yet on "+dated(j.asOf).GetValue())
	}
	if until, ok := days(j.policy.GetEffectiveUntil()); ok && !j.asOf.IsZero() && j.asOf.After(until.last) {
		return mismatch("effective_until", "the policy holds no longer on "+dated(j.asOf).GetValue())
	}
	return nil
}

// mismatch returns the error that documents do not belong together.
func mismatch(path, message string) error {
	return &reviewpkg.Diagnostic{Code: reviewpkg.Inconsistent, Level: reviewpkg.LevelError, Path: path, Message: message}
}

// Judge scores a package and compares it with the policy. For errors see
// [ScoreOptions.Score] and [CompareOptions.Compare].
func (j *Judge) Judge(p *reviewpkgv1.ReviewPackage) (*reviewpkgv1.RiskProfile, *reviewpkgv1.Verdict, error) {
	if p == nil {
		return nil, nil, errors.New("judge: there is no package")
	}
	profile, err := j.score(p, j.asOf)
	if err != nil {
		return nil, nil, err
	}
	verdict, err := j.verdict(p, profile)
	return profile, verdict, err
}

// Compare compares a package, of which a profile was made already, with the
// policy; see [CompareOptions.Compare].
func (j *Judge) Compare(p *reviewpkgv1.ReviewPackage, profile *reviewpkgv1.RiskProfile) (*reviewpkgv1.Verdict, error) {
	if p == nil || profile == nil {
		return nil, errors.New("compare: a package and its profile are needed")
	}
	if err := reviewpkg.Validate(profile); err != nil {
		return nil, fmt.Errorf("compare: the profile is invalid: %w", err)
	}
	digest, err := reviewpkg.Digest(p)
	if err != nil {
		return nil, err
	}
	// A profile of yesterday's package, or of another one, must not decide on
	// this one.
	if digest != profile.GetPackageDigest() {
		return nil, mismatch("package_digest", fmt.Sprintf("the profile is for the package %s, want %s", profile.GetPackageDigest(), digest))
	}
	if j.digest != profile.GetRubricDigest() {
		return nil, mismatch("rubric_digest", fmt.Sprintf("the profile was made under the rubric %s %s with another content than that of the comparison",
			printable(profile.GetRubric()), profile.GetRubricVersion()))
	}
	return j.verdict(p, profile)
}
