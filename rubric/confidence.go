package rubric

import (
	"slices"

	"github.com/reviewpkg/sdk/internal/rating"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// The ends of the scale of confidence.
const (
	noConfidence   = reviewpkgv1.ConfidenceLevel_CONFIDENCE_LEVEL_NONE
	lowConfidence  = reviewpkgv1.ConfidenceLevel_CONFIDENCE_LEVEL_LOW
	midConfidence  = reviewpkgv1.ConfidenceLevel_CONFIDENCE_LEVEL_MEDIUM
	fullConfidence = reviewpkgv1.ConfidenceLevel_CONFIDENCE_LEVEL_HIGH
)

// A trust adds up, by weight, how much of something is known, how well it is
// shown, and how much of it is fresh.
type trust struct {
	weight   uint64 // of what applies
	covered  uint64 // weight times permille that is known
	known    uint64 // weight of what is known at all
	evidence uint64 // weight of that times what its tier is worth
	fresh    uint64 // weight of that which is not stale
}

// add adds up two trusts.
func (t trust) add(u trust) trust {
	return trust{t.weight + u.weight, t.covered + u.covered, t.known + u.known, t.evidence + u.evidence, t.fresh + u.fresh}
}

// trustCriteria returns the trust in the criteria of a dimension.
func (s *scoring) trustCriteria(results []*reviewpkgv1.CriterionResult) trust {
	var t trust
	for _, r := range results {
		if r.GetState() == stateNotApplicable {
			continue
		}
		c := s.criteria[r.GetCriterion()]
		weight := uint64(c.GetWeight())
		t.weight += weight
		if r.GetState() == stateUnknown {
			continue
		}
		open, steps := uint64(r.GetLevelMax()-r.GetLevelMin()), uint64(top(c))
		t.covered += weight * (maxScore * (steps - open) / steps)
		t.known += weight
		t.evidence += weight * s.worth(r.GetTier())
		if s.fresh(s.scoreDays(r), c.GetEvidence().GetMaxAgeDays()) {
			t.fresh += weight
		}
	}
	return t
}

// trustFindings returns the trust in the findings of a dimension that has no
// criteria. Each counts alike, and is as well shown as the review that made it.
// That a review found nothing is known as well as a finding is.
func (s *scoring) trustFindings(open []openFinding) trust {
	count := uint64(max(1, len(open)))
	t := trust{weight: count}
	rated := uint64(0)
	for _, f := range open {
		if len(f.unknowns) == 0 {
			rated++
		}
	}
	if len(open) == 0 {
		rated = 1
	}
	t.covered, t.known, t.evidence = rated*maxScore, rated, rated*s.worth(reviewTier(s.pkg))
	reviewed, ok := reviewDays(s.pkg)
	if s.fresh(datedRange{reviewed, ok}, s.strictestAge()) {
		t.fresh = rated
	}
	return t
}

// confidence makes the figures of a trust. Without a day nobody can tell what
// is fresh, so that there is no level either.
func (s *scoring) confidence(t trust) *reviewpkgv1.Confidence {
	b := reviewpkgv1.Confidence_builder{
		CoveragePermille: ratio(t.covered, t.weight*maxScore), EvidencePermille: ratio(t.evidence, t.known*maxScore),
		Independence: s.independence,
	}
	if s.asOf.IsZero() {
		return b.Build()
	}
	fresh := ratio(t.fresh, t.known)
	b.FreshnessPermille = &fresh
	if len(s.rubric.GetConfidenceBands()) > 0 {
		b.Level = min(s.band(b.CoveragePermille), s.band(b.EvidencePermille), s.band(fresh), b.Independence)
	}
	return b.Build()
}

// ratio returns part of whole in permille, rounded down; none of nothing.
func ratio(part, whole uint64) uint32 {
	if whole == 0 {
		return 0
	}
	return uint32(part * maxScore / whole) //nolint:gosec // part is at most whole
}

// band returns how high the confidence is that a share means.
func (s *scorer) band(permille uint32) reviewpkgv1.ConfidenceLevel {
	if b := reached(s.rubric.GetConfidenceBands(), permille); b != nil {
		return b.GetConfidence()
	}
	return noConfidence
}

// worth returns what evidence of a tier is worth, in permille.
func (s *scorer) worth(tier reviewpkgv1.EvidenceTier) uint64 {
	values := s.rubric.GetTierValues()
	switch tier {
	case tierDocumented:
		return uint64(values.GetDocumented())
	case tierVerified:
		return uint64(values.GetReviewerVerified())
	case tierValidated:
		return uint64(values.GetIndependentlyValidated())
	default:
		return uint64(values.GetAsserted())
	}
}

// A datedRange is the days that something may be of, if that is told.
type datedRange struct {
	days dayRange
	ok   bool
}

// scoreDays returns the days of a result: those of the score that a reviewer
// gave, or else those of the package.
func (s *scoring) scoreDays(r *reviewpkgv1.CriterionResult) datedRange {
	for _, score := range s.reviewers[r.GetCriterion()] {
		if score.score.GetId() == r.GetScore() && score.score.HasDate() {
			d, ok := days(score.score.GetDate())
			return datedRange{d, ok}
		}
	}
	d, ok := reviewDays(s.pkg)
	return datedRange{d, ok}
}

// fresh reports whether something is certainly not older than some days; 0 is
// any age. What has no date is not fresh: that is no statement on risk.
func (s *scoring) fresh(d datedRange, limit uint32) bool {
	if s.asOf.IsZero() {
		return false
	}
	return limit == 0 || d.ok && daysBetween(d.days.first, s.asOf) <= int(limit)
}

// strictestAge returns the least age that a criterion of the rubric allows; 0 if
// all allow any.
func (s *scorer) strictestAge() uint32 {
	least := uint32(0)
	for _, c := range s.rubric.GetCriteria() {
		if age := c.GetEvidence().GetMaxAgeDays(); age > 0 && (least == 0 || age < least) {
			least = age
		}
	}
	return least
}

// reviewTier returns how well the findings of a package are shown: by whether
// somebody validated the review, and by what it rests on.
func reviewTier(p *reviewpkgv1.ReviewPackage) reviewpkgv1.EvidenceTier {
	r := p.GetReview()
	byHand := slices.ContainsFunc(r.GetEvidence(), func(e *reviewpkgv1.Evidence) bool { return !slices.Contains(scans, e.GetKind()) })
	switch {
	case validated(r):
		return tierValidated
	case byHand && independent(p) >= midConfidence:
		return tierVerified
	case len(r.GetEvidence()) > 0 || r.HasBody() || p.HasJointReview():
		return tierDocumented
	default:
		return tierAsserted
	}
}

// validated reports whether a review by others was accepted.
func validated(r *reviewpkgv1.ReviewRecord) bool {
	return r.GetValidation().GetDecision() == reviewpkgv1.ValidationDecision_VALIDATION_DECISION_ACCEPTED
}

// independent returns how far those who reviewed stand from the project. A hard
// conflict of interest that somebody declared and nobody waived takes a step
// away; which conflicts are hard, and that it takes two chairs and a facilitator
// to waive one, is what the CNCF review process says.
func independent(p *reviewpkgv1.ReviewPackage) reviewpkgv1.ConfidenceLevel {
	level, reviewed := noConfidence, p.HasJointReview() || slices.ContainsFunc(p.GetPeople(), isReviewer)
	body := p.GetReview().GetBody().GetKind()
	switch {
	case body == reviewpkgv1.ReviewBodyKind_REVIEW_BODY_KIND_THIRD_PARTY && validated(p.GetReview()):
		level = fullConfidence
	case body == reviewpkgv1.ReviewBodyKind_REVIEW_BODY_KIND_THIRD_PARTY,
		body == reviewpkgv1.ReviewBodyKind_REVIEW_BODY_KIND_COMMUNITY_SECURITY_TEAM,
		validated(p.GetReview()), reviewed && body != reviewpkgv1.ReviewBodyKind_REVIEW_BODY_KIND_PROJECT_TEAM:
		level = midConfidence
	case p.HasSelfAssessment(), p.HasArchitecture(), body != 0:
		level = lowConfidence
	}
	if level > noConfidence && conflicted(p.GetProcess()) {
		level--
	}
	return level
}

// isReviewer reports whether a person reviewed.
func isReviewer(person *reviewpkgv1.Person) bool {
	return slices.ContainsFunc(person.GetRoles(), func(r *reviewpkgv1.Role) bool {
		return slices.Contains(rating.ReviewerRoles(), r.GetKind())
	})
}

// conflicted reports whether somebody declared a hard conflict that nobody
// waived.
func conflicted(process *reviewpkgv1.ProcessRecord) bool {
	const yes = reviewpkgv1.Answer_ANSWER_YES
	return slices.ContainsFunc(process.GetConflictDeclarations(), func(d *reviewpkgv1.ConflictDeclaration) bool {
		hard := d.GetMaintainer() == yes || d.GetReportingLine() == yes || d.GetPaid() == yes || d.GetFinancialInterest() == yes
		return hard && !slices.ContainsFunc(process.GetConflictWaivers(), func(w *reviewpkgv1.ConflictWaiver) bool {
			return w.GetPersonId() == d.GetPersonId() && len(w.GetChairIds()) >= 2 && w.GetFacilitatorId() != ""
		})
	})
}
