package rubric

import (
	"errors"
	"slices"
	"sync"

	"github.com/reviewpkg/sdk/internal/rating"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
	"github.com/reviewpkg/sdk/reviewpkg"
)

// ScoreOptions say how a package is scored. The zero value is what [Score] uses.
type ScoreOptions struct {
	// Rubric to score with; nil means [Default].
	Rubric *reviewpkgv1.Rubric
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
// A dimension is not assessed if no criterion of it applies and no finding
// counts. It may then have any risk, and the overall risk leaves it out. The
// dimension of findings is assessed without an open finding if the package
// lists findings that are closed, or says that those who reviewed found none.
//
// The overall level is the worst of the dimensions, and the overall score comes
// from their levels as that of a dimension comes from its contributors.
func (o ScoreOptions) Score(p *reviewpkgv1.ReviewPackage) (*reviewpkgv1.RiskProfile, error) {
	if p == nil {
		return nil, errors.New("score: there is no package")
	}
	s, err := o.scorer()
	if err != nil {
		return nil, err
	}
	return s.score(p)
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
}

// score returns the profile of p.
func (s *scorer) score(p *reviewpkgv1.ReviewPackage) (*reviewpkgv1.RiskProfile, error) {
	return (&scoring{
		scorer: s, pkg: p, vars: map[string]any{"pkg": p}, reviewers: reviewerScores(p, s.rubric),
	}).profile()
}

// profile returns the profile of the package.
func (s *scoring) profile() (*reviewpkgv1.RiskProfile, error) {
	p := s.pkg
	b := reviewpkgv1.RiskProfile_builder{
		Schema: "reviewpkg.v1.RiskProfile", Package: p.GetId(),
		Rubric: s.rubric.GetId(), RubricVersion: s.rubric.GetVersion(),
		Draft: isDraft(p),
	}
	var err error
	if b.PackageDigest, err = reviewpkg.Digest(p); err != nil {
		return nil, err
	}
	if b.RubricDigest, err = reviewpkg.Digest(s.rubric); err != nil {
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
	open, differences := s.findings(p)
	b.RatingDifferences = differences
	for _, f := range open {
		b.Findings = append(b.Findings, reviewpkgv1.FindingRisk_builder{
			Finding: f.finding.GetId(), Path: f.path, Dimension: f.dimension,
			LevelMin: f.risk.min, LevelMax: f.risk.max, Declared: named(f.finding.GetOverall()),
		}.Build())
	}
	for _, d := range s.rubric.GetDimensions() {
		b.Dimensions = append(b.Dimensions, s.dimension(d, results[d.GetId()], open))
	}
	b.Overall = s.overall(b.Dimensions)
	return b.Build(), nil
}

// dimension scores one dimension, from the results of its criteria and from
// those findings that count for it.
func (s *scoring) dimension(d *reviewpkgv1.Dimension, results []*reviewpkgv1.CriterionResult, open []openFinding) *reviewpkgv1.DimensionProfile {
	b := reviewpkgv1.DimensionProfile_builder{Dimension: d.GetId(), Title: d.GetTitle(), Criteria: results}
	var contributors []contributor
	gap, met, assessed := s.gap(d, results)
	if assessed {
		b.MetPermilleMin, b.MetPermilleMax = met.min, met.max
		contributors = append(contributors, gap)
	}
	for _, r := range results {
		if r.GetState() == stateUnknown || r.GetState() == stateRange {
			b.Unknowns = append(b.Unknowns, unknown(r.GetCriterion(), s.criteria[r.GetCriterion()].GetStatement()))
		}
	}
	for _, f := range open {
		// A finding that names another dimension counts there as well, and
		// cannot leave the sight of a rule that is for findings.
		if f.dimension == d.GetId() || d.GetFindings() {
			assessed = true
			contributors = append(contributors, f.contributor)
			b.Unknowns = append(b.Unknowns, f.unknowns...)
		}
	}
	if d.GetFindings() && !assessed {
		assessed = len(s.pkg.GetFindings())+len(s.pkg.GetDisputedFindings()) > 0 || nothingFound(s.pkg)
		if !assessed {
			b.Unknowns = append(b.Unknowns, unknown("findings", "what the review found, or why it found nothing"))
		}
	}
	slices.SortFunc(contributors, worstFirst)
	for _, c := range contributors {
		low := c.risk.min
		if c.absent {
			// The model has no level for "none at all".
			low = lowest
		}
		b.Contributions = append(b.Contributions, reviewpkgv1.Contribution_builder{
			Path: c.path, Title: c.title, LevelMin: low, LevelMax: c.risk.max, Derivation: c.derivation,
		}.Build())
	}
	b.Risk, b.NotAssessed = s.scale.risk(contributors), !assessed
	if !assessed {
		b.Risk = s.scale.anything()
	}
	return b.Build()
}

// overall returns the risk over the dimensions that are assessed.
func (s *scorer) overall(dimensions []*reviewpkgv1.DimensionProfile) *reviewpkgv1.RiskInterval {
	var contributors []contributor
	for _, d := range dimensions {
		if !d.GetNotAssessed() {
			contributors = append(contributors, contributor{risk: span{d.GetRisk().GetLevelMin(), d.GetRisk().GetLevelMax()}})
		}
	}
	if len(contributors) == 0 {
		return s.scale.anything()
	}
	return s.scale.risk(contributors)
}

// nothingFound reports whether a package says that there are no findings, and
// somebody looked. That nobody found anything where nobody looked says nothing.
func nothingFound(p *reviewpkgv1.ReviewPackage) bool {
	if p.GetNoFindingsStatement() == "" {
		return false
	}
	return p.GetReview().HasBody() || slices.ContainsFunc(p.GetPeople(), func(person *reviewpkgv1.Person) bool {
		return slices.ContainsFunc(person.GetRoles(), func(r *reviewpkgv1.Role) bool {
			return slices.Contains(rating.ReviewerRoles(), r.GetKind())
		})
	})
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
