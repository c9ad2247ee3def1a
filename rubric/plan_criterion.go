package rubric

import (
	"fmt"

	"github.com/reviewpkg/sdk/internal/inwords"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// criterionSubject returns what can be done about a criterion; nil if it does
// not apply.
//
// Of a criterion that reviewers declared not applicable, more of which there is
// than the rubric allows, nothing is planned: to score one brings others back
// into force.
func (pl *planner) criterionSubject(dimension string, r *reviewpkgv1.CriterionResult) *planSubject {
	c := pl.criteria[r.GetCriterion()]
	if r.GetState() == stateNotApplicable || pl.declaredOut(r) {
		return nil
	}
	s := &planSubject{
		path: keyed("criteria", c.GetId()), title: c.GetStatement(), dimension: dimension,
		from: levelWords(r), criterion: r,
	}
	pl.reviewOption(s, c, r)
	pl.raiseOptions(s, c, r)
	return s
}

// declaredOut reports whether all that a criterion has are scores that declare it
// not applicable, and do not count.
func (pl *planner) declaredOut(r *reviewpkgv1.CriterionResult) bool {
	if r.GetState() != stateUnknown || r.GetOrigin() != reviewpkgv1.ScoreOrigin_SCORE_ORIGIN_REVIEWER {
		return false
	}
	c := pl.criteria[r.GetCriterion()]
	scores := pl.scoresOf(r.GetCriterion())
	for _, s := range scores {
		if !c.GetMayNotApply() || !notApplicable(s) {
			return false
		}
	}
	return len(scores) > 0
}

// scoresOf returns the scores of the package for a criterion of the rubric.
func (pl *planner) scoresOf(criterion string) []*reviewpkgv1.RubricScore {
	var scores []*reviewpkgv1.RubricScore
	for _, s := range pl.pkg.GetScores() {
		if pl.scoreOf(s, criterion) {
			scores = append(scores, s)
		}
	}
	return scores
}

// scoreOf reports whether a score is one for a criterion of the rubric.
func (s *scorer) scoreOf(score *reviewpkgv1.RubricScore, criterion string) bool {
	return score.GetCriterion() == criterion && score.GetRubric() == s.rubric.GetId() &&
		score.GetRubricVersion() == s.rubric.GetVersion()
}

// reviewOption adds the review of a criterion whose level is not known. It may
// turn out as good as the range allows, and as evidence of a reviewer can show.
func (pl *planner) reviewOption(s *planSubject, c *reviewpkgv1.Criterion, r *reviewpkgv1.CriterionResult) {
	effort := c.GetReviewEffort()
	if effort == nil || r.GetLevelMin() == r.GetLevelMax() {
		return
	}
	level, tier := r.GetLevelMin(), tierVerified
	for l := r.GetLevelMin(); l <= r.GetLevelMax() && tierFor(c, l) <= tier; l++ {
		level = l
	}
	s.options = append(s.options, planOption{
		id: s.path + ":0", kind: reviewAction, effort: effort, effect: scores, conditional: true,
		title: "find out the level of " + c.GetId() + ": " + inwords.Line(c.GetStatement()),
		to:    fmt.Sprintf("level %d at best", level), level: level, tier: tier,
	})
}

// raiseOptions adds the levels that a project can reach. A level that takes more
// than documents takes a reviewer as well, and one that takes a third party is
// out of reach, because no rubric says what that takes.
func (pl *planner) raiseOptions(s *planSubject, c *reviewpkgv1.Criterion, r *reviewpkgv1.CriterionResult) {
	effort := c.GetRaiseEffort()
	if effort == nil {
		return
	}
	for l := r.GetLevelMin() + 1; l <= top(c); l++ {
		// Up to the upper end of a range nobody knows whether there is anything
		// left to do, so that it counts as not done.
		var more *reviewpkgv1.EffortHint
		tier := max(tierDocumented, tierFor(c, l))
		if tier > tierDocumented {
			more = c.GetReviewEffort()
		}
		if tier > tierVerified || tier > tierDocumented && more == nil {
			return
		}
		s.options = append(s.options, planOption{
			id: fmt.Sprintf("%s:%d", s.path, l), kind: contribution, effect: scores, level: l, tier: tier,
			effort: times(effort, int64(l-r.GetLevelMin()), more),
			title:  fmt.Sprintf("reach level %d of %s: %s", l, c.GetId(), inwords.Line(c.GetStatement())),
			to:     fmt.Sprintf("level %d", l),
		})
	}
}

// tierFor returns the least tier of evidence that shows a level of a criterion.
func tierFor(c *reviewpkgv1.Criterion, level uint32) reviewpkgv1.EvidenceTier {
	tier := tierAsserted
	for _, l := range c.GetLevels()[:level+1] {
		tier = max(tier, l.GetMinTier())
	}
	return tier
}
