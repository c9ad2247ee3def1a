package rubric

import (
	"errors"
	"slices"
	"sync"
	"time"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
	"github.com/reviewpkg/sdk/reviewpkg"
)

// ScoreOptions say how a package is scored. The zero value is what [Score] uses.
type ScoreOptions struct {
	// Rubric to score with; nil means [Default].
	Rubric *reviewpkgv1.Rubric
	// AsOf is the day for which ages are told, in UTC. Without it nothing is
	// stale and nothing is fresh: the confidence of the profile has no level.
	AsOf time.Time
	// Explain adds to each criterion whose level the package shows the fields
	// that show it. It takes several times as long.
	Explain bool
}

// Score returns the risk profile of a package under the default rubric; see
// [ScoreOptions.Score].
func Score(p *reviewpkgv1.ReviewPackage) (*reviewpkgv1.RiskProfile, error) {
	return ScoreOptions{}.Score(p)
}

// Score returns the risk profile of a package. It is an error if the rubric is
// not valid, if one of its conditions cannot be evaluated, or if the package
// has no canonical form.
//
// Each dimension has as contributors the findings that are open and, if it has
// criteria, one for what these leave open. A dimension without criteria has
// findings only: the D7 of the default rubric says nothing but what the
// findings say. The worst contributor fixes the level of the dimension; how
// many there are moves the score within the band of that level.
//
// A dimension is not assessed if no criterion of it applies and no finding, open
// or closed, is about it. It may then have any risk, and the overall risk leaves
// it out. The dimension of findings is assessed without any if the package says
// that those who reviewed found none.
//
// The overall level is the worst of the dimensions, and the overall score comes
// from their levels as that of a dimension comes from its contributors.
//
// Beside this risk, which is the residual one, stands the inherent risk: that of
// all findings which were not rejected, with no credit for what the criteria
// show. What a policy makes of the residual risk is in the verdict.
func (o ScoreOptions) Score(p *reviewpkgv1.ReviewPackage) (*reviewpkgv1.RiskProfile, error) {
	if p == nil {
		return nil, errors.New("score: there is no package")
	}
	s, err := o.scorer()
	if err != nil {
		return nil, err
	}
	profile, err := s.score(p, day(o.AsOf))
	if err == nil && o.Explain {
		err = s.explain(p, profile)
	}
	return profile, err
}

// scorer returns the scorer of the rubric. That of the default rubric is made
// once: reading and compiling it takes several times as long as scoring.
func (o ScoreOptions) scorer() (*scorer, error) {
	if o.Rubric == nil {
		return defaultScorer()
	}
	return newScorer(o.Rubric)
}

var defaultScorer = sync.OnceValues(func() (*scorer, error) { return newScorer(nil) })

// A scoring is a package under the hands of a scorer.
type scoring struct {
	*scorer
	pkg *reviewpkgv1.ReviewPackage
	// vars are the variables of conditions.
	vars map[string]any
	// reviewers holds what reviewers scored, by criterion.
	reviewers map[string][]reviewerScore
	// scan holds which pieces of evidence are scans, by id.
	scan map[string]bool
	// asOf is the day for which ages are told; zero if none was given.
	asOf time.Time
	// independence is how far those who reviewed stand from the project.
	independence reviewpkgv1.ConfidenceLevel
}

// score returns the profile of p for a day, which may be zero.
func (s *scorer) score(p *reviewpkgv1.ReviewPackage, asOf time.Time) (*reviewpkgv1.RiskProfile, error) {
	return (&scoring{
		scorer: s, pkg: p, vars: map[string]any{"pkg": p}, reviewers: reviewerScores(p, s.rubric),
		scan: evidenceKinds(p), asOf: asOf, independence: independent(p),
	}).profile()
}

// profile returns the profile of the package.
func (s *scoring) profile() (*reviewpkgv1.RiskProfile, error) {
	p := s.pkg
	b := reviewpkgv1.RiskProfile_builder{
		Schema: "reviewpkg.v1.RiskProfile", Package: p.GetId(),
		Rubric: s.rubric.GetId(), RubricVersion: s.rubric.GetVersion(),
		RubricDigest: s.digest, Draft: isDraft(p), AsOf: dated(s.asOf),
	}
	var err error
	if b.PackageDigest, err = reviewpkg.Digest(p); err != nil {
		return nil, err
	}
	// Criteria come first, because a dimension needs all of its own at once.
	results := map[string][]*reviewpkgv1.CriterionResult{}
	for i, c := range s.rubric.GetCriteria() {
		result, differences, err := s.criterion(i)
		if err != nil {
			return nil, err
		}
		results[c.GetDimensionId()] = append(results[c.GetDimensionId()], result)
		b.ScoreDifferences = append(b.ScoreDifferences, differences...)
	}
	found, differences := s.findings(p)
	b.RatingDifferences = differences
	open := slices.DeleteFunc(slices.Clone(found), func(f openFinding) bool { return f.closed })
	for _, f := range open {
		b.Findings = append(b.Findings, f.message())
	}
	var all trust
	for _, d := range s.rubric.GetDimensions() {
		s.limitNotApplicable(results[d.GetId()])
		profile, t := s.dimension(d, results[d.GetId()], found)
		b.Dimensions = append(b.Dimensions, profile)
		// Where there are criteria, they say how much is known; findings that
		// nobody made cannot be counted against them.
		if len(results[d.GetId()]) > 0 || len(s.rubric.GetCriteria()) == 0 {
			all = all.add(t)
		}
	}
	b.Confidence = s.confidence(all)
	contributors := assessed(b.Dimensions)
	b.Overall = s.scale.overall(contributors)
	b.Contributions = s.scale.contributions(contributors)
	b.Inherent = s.scale.overallInherent(b.Dimensions)
	return b.Build(), nil
}

// dimension scores one dimension, from the results of its criteria and from
// those findings that count for it. It also returns the trust in that.
func (s *scoring) dimension(d *reviewpkgv1.Dimension, results []*reviewpkgv1.CriterionResult, found []openFinding) (*reviewpkgv1.DimensionProfile, trust) {
	b := reviewpkgv1.DimensionProfile_builder{Dimension: d.GetId(), Title: d.GetTitle(), Criteria: results}
	var contributors, inherent []contributor
	gap, met, known := s.gap(d, results)
	if known {
		b.MetPermilleMin, b.MetPermilleMax = met.min, met.max
		contributors = append(contributors, gap)
		inherent = append(inherent, s.gapOf(d.GetId(), share{}, d.GetExposure()))
	}
	for _, r := range results {
		if r.GetState() == stateUnknown || r.GetState() == stateRange {
			b.Unknowns = append(b.Unknowns, unknown(r.GetCriterion(), s.criteria[r.GetCriterion()].GetStatement()))
		}
	}
	var open []openFinding
	for _, f := range found {
		// A finding that names another dimension counts there as well, and
		// cannot leave the sight of a rule that is for findings.
		if f.dimension != d.GetId() && !d.GetFindings() {
			continue
		}
		// Whoever closed what was found has looked.
		known = true
		if !f.rejected {
			inherent = append(inherent, f.contributor)
		}
		if !f.closed {
			open = append(open, f)
			contributors = append(contributors, f.contributor)
			b.Unknowns = append(b.Unknowns, f.unknowns...)
		}
	}
	if d.GetFindings() && !known {
		if known = nothingFound(s.pkg); !known {
			b.Unknowns = append(b.Unknowns, unknown("findings", "what the review found, or why it found nothing"))
		}
	}
	b.Contributions = s.scale.contributions(contributors)
	b.Risk, b.Inherent, b.NotAssessed = s.scale.risk(contributors), s.scale.risk(inherent), !known
	if !known {
		b.Risk, b.Inherent = s.scale.anything(), s.scale.anything()
	}
	t := s.trustCriteria(results)
	if len(results) == 0 && known {
		t = s.trustFindings(open)
	}
	b.Confidence = s.confidence(t)
	return b.Build(), t
}

// assessed returns the dimensions that are assessed as contributors to the
// overall risk.
func assessed(dimensions []*reviewpkgv1.DimensionProfile) []contributor {
	var contributors []contributor
	for _, d := range dimensions {
		if !d.GetNotAssessed() {
			contributors = append(contributors, contributor{
				path: keyed("dimensions", d.GetDimension()), title: d.GetTitle(),
				risk: levels(d.GetRisk()), derivation: "score " + riskWords(d.GetRisk()),
			})
		}
	}
	return contributors
}

// nothingFound reports whether a package says that there are no findings, and
// somebody looked. That nobody found anything where nobody looked says nothing.
func nothingFound(p *reviewpkgv1.ReviewPackage) bool {
	if p.GetNoFindingsStatement() == "" {
		return false
	}
	return p.GetReview().HasBody() || slices.ContainsFunc(p.GetPeople(), isReviewer)
}

// isDraft reports whether p is anything but a final package. One that calls
// itself final and lacks what its processes ask for is none: a caller may load
// such packages, and they stay unconfirmed.
func isDraft(p *reviewpkgv1.ReviewPackage) bool {
	if p.GetStatus() != reviewpkgv1.PackageStatus_PACKAGE_STATUS_FINAL {
		return true
	}
	return slices.ContainsFunc(p.GetProcesses(), func(process reviewpkgv1.ReviewProcess) bool {
		return !reviewpkg.Completeness(p, process).GetComplete()
	})
}

// named returns l, or nothing if it has no name.
func named(l reviewpkgv1.Level) reviewpkgv1.Level {
	if isLevel(l) {
		return l
	}
	return 0
}
