package rubric

import (
	"fmt"
	"slices"

	"github.com/reviewpkg/sdk/internal/inwords"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// The tiers of evidence that rules name.
const (
	tierAsserted   = reviewpkgv1.EvidenceTier_EVIDENCE_TIER_ASSERTED
	tierDocumented = reviewpkgv1.EvidenceTier_EVIDENCE_TIER_DOCUMENTED
	tierVerified   = reviewpkgv1.EvidenceTier_EVIDENCE_TIER_REVIEWER_VERIFIED
	tierValidated  = reviewpkgv1.EvidenceTier_EVIDENCE_TIER_INDEPENDENTLY_VALIDATED
)

// scans are the kinds of evidence that a machine makes. The OpenStack process
// does not take them for sufficient: "vulnerability scans and static analysis
// scans" show what a tool knows to look for.
var scans = []reviewpkgv1.EvidenceKind{
	reviewpkgv1.EvidenceKind_EVIDENCE_KIND_VULNERABILITY_SCAN,
	reviewpkgv1.EvidenceKind_EVIDENCE_KIND_STATIC_ANALYSIS_SCAN,
	reviewpkgv1.EvidenceKind_EVIDENCE_KIND_DEPENDENCY_SCAN,
}

// evidenceKinds returns which pieces of evidence of p are scans, by id: records
// of the review, and artifacts that a score may refer to directly.
func evidenceKinds(p *reviewpkgv1.ReviewPackage) map[string]bool {
	scan := map[string]bool{}
	for _, e := range p.GetReview().GetEvidence() {
		scan[e.GetId()] = slices.Contains(scans, e.GetKind())
	}
	for _, a := range p.GetArtifacts() {
		scan[a.GetId()] = a.GetKind() == reviewpkgv1.ArtifactKind_ARTIFACT_KIND_SCAN_REPORT
	}
	return scan
}

// tier returns how well a score is shown: as its reviewer says, but no better
// than documented if all that it rests on are scans. A tier that nobody stated
// is the lowest.
func (s *scoring) tier(score *reviewpkgv1.RubricScore) reviewpkgv1.EvidenceTier {
	tier := max(tierAsserted, score.GetTier())
	ids := score.GetEvidenceIds()
	if len(ids) > 0 && !slices.ContainsFunc(ids, func(id string) bool { return !s.scan[id] }) {
		tier = min(tier, tierDocumented)
	}
	return min(tier, tierValidated)
}

// support returns the highest level of a criterion for which a score has shown
// enough, and what is missing for more. A score that nobody signed, or that
// rests on less than the criterion wants, is a claim: it may be true or say too
// much.
func support(c *reviewpkgv1.Criterion, score *reviewpkgv1.RubricScore, tier reviewpkgv1.EvidenceTier) (level uint32, note string) {
	items := max(1, c.GetEvidence().GetMinItems())
	switch {
	case score.GetScorerId() == "":
		return 0, "nobody signed the score"
	case uint32(len(score.GetEvidenceIds())) < items: //nolint:gosec // a document is smaller
		return 0, fmt.Sprintf("%d pieces of evidence, want %d", len(score.GetEvidenceIds()), items)
	case score.GetTier() == tierAsserted:
		return 0, "the evidence is asserted only"
	}
	for i, l := range c.GetLevels() {
		if l.GetMinTier() > tier && uint32(i) <= max(score.GetLevel(), score.GetLevelMax()) { //nolint:gosec // below 16
			return uint32(max(0, i-1)), fmt.Sprintf("level %d needs evidence that is %s, found %s", //nolint:gosec // below 16
				i, inwords.Enum(l.GetMinTier()), inwords.Enum(tier))
		}
	}
	return top(c), ""
}

// limitNotApplicable makes the criteria of a dimension unknown that reviewers
// declared not applicable, if these are more of its weight than the rubric
// allows. Criteria that the rubric's own condition excludes count neither way.
func (s *scoring) limitNotApplicable(results []*reviewpkgv1.CriterionResult) {
	var all, declared uint64
	isDeclared := func(r *reviewpkgv1.CriterionResult) bool {
		return r.GetState() == stateNotApplicable && r.GetOrigin() == reviewpkgv1.ScoreOrigin_SCORE_ORIGIN_REVIEWER
	}
	for _, r := range results {
		weight := uint64(s.criteria[r.GetCriterion()].GetWeight())
		if isDeclared(r) {
			declared += weight
		}
		if isDeclared(r) || r.GetState() != stateNotApplicable {
			all += weight
		}
	}
	if declared*maxScore <= all*uint64(s.rubric.GetMaxNotApplicablePermille()) {
		return
	}
	for _, r := range results {
		if isDeclared(r) {
			r.SetState(stateUnknown)
			r.SetLevelMax(top(s.criteria[r.GetCriterion()]))
			r.SetNote(fmt.Sprintf("%d of %d of the weight is declared not applicable, want %d of 1000 at most",
				declared, all, s.rubric.GetMaxNotApplicablePermille()))
		}
	}
}
