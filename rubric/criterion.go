package rubric

import (
	"cmp"
	"slices"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// The states of a criterion. The level or range of a state is in the result;
// an unknown criterion has the range of all levels, so that whoever computes
// with it needs no case of its own.
const (
	stateLevel         = reviewpkgv1.ScoreState_SCORE_STATE_LEVEL
	stateRange         = reviewpkgv1.ScoreState_SCORE_STATE_RANGE
	stateUnknown       = reviewpkgv1.ScoreState_SCORE_STATE_UNKNOWN
	stateNotApplicable = reviewpkgv1.ScoreState_SCORE_STATE_NOT_APPLICABLE
)

// A reviewerScore is a score of the package with its path.
type reviewerScore struct {
	path  string
	score *reviewpkgv1.RubricScore
}

// reviewerScores returns the scores of p that were given under r, by criterion.
// A score holds for one version of a rubric.
func reviewerScores(p *reviewpkgv1.ReviewPackage, r *reviewpkgv1.Rubric) map[string][]reviewerScore {
	byCriterion := map[string][]reviewerScore{}
	paths := itemPaths(p, "scores")
	for i, s := range p.GetScores() {
		if s.GetRubric() == r.GetId() && s.GetRubricVersion() == r.GetVersion() {
			id := s.GetCriterion()
			byCriterion[id] = append(byCriterion[id], reviewerScore{paths[i], s})
		}
	}
	for _, scores := range byCriterion {
		slices.SortFunc(scores, func(a, b reviewerScore) int {
			return cmp.Or(cmp.Compare(a.score.GetId(), b.score.GetId()), cmp.Compare(a.path, b.path))
		})
	}
	return byCriterion
}

// criterion scores criterion i: as reviewers did, or else as the content of the
// package shows. It also returns where the two differ.
func (s *scoring) criterion(i int) (*reviewpkgv1.CriterionResult, []*reviewpkgv1.ScoreDifference, error) {
	c := s.rubric.GetCriteria()[i]
	shown, err := s.derive(i)
	if err != nil {
		return nil, nil, err
	}
	scores := s.reviewers[c.GetId()]
	if len(scores) == 0 {
		return shown, nil, nil
	}
	return s.reviewed(c, scores), differences(c, scores, shown), nil
}

// derive scores criterion i by its conditions: the highest level whose
// condition holds. Where none holds nothing is known.
func (s *scoring) derive(i int) (*reviewpkgv1.CriterionResult, error) {
	c, at := s.rubric.GetCriteria()[i], criterionPath(s.rubric, i)
	b := reviewpkgv1.CriterionResult_builder{Criterion: c.GetId(), Origin: reviewpkgv1.ScoreOrigin_SCORE_ORIGIN_DERIVED}
	if text := c.GetAppliesWhen(); text != "" {
		applies, err := s.conditions[text].holds(at+".applies_when", s.vars)
		if err != nil {
			return nil, err
		}
		if !applies {
			b.State = stateNotApplicable
			return b.Build(), nil
		}
	}
	// From the top, so that the first condition that holds decides.
	for l := len(c.GetLevels()) - 1; l >= 0; l-- {
		text := c.GetLevels()[l].GetWhen()
		if text == "" {
			continue
		}
		holds, err := s.conditions[text].holds(levelPath(at, l)+".when", s.vars)
		if err != nil {
			return nil, err
		}
		if holds {
			b.State, b.LevelMin, b.LevelMax = stateLevel, uint32(l), uint32(l) //nolint:gosec // below 16
			b.Tier = tierDocumented
			return b.Build(), nil
		}
	}
	b.State, b.LevelMax, b.Origin = stateUnknown, top(c), reviewpkgv1.ScoreOrigin_SCORE_ORIGIN_NONE
	return b.Build(), nil
}

// reviewed combines the scores that reviewers gave one criterion. Where they
// differ every level between the lowest and the highest is possible. The
// criterion does not apply only if the rubric allows that, all of them say so
// and somebody confirmed it, because a criterion that drops out is an easy way
// to a better score. A score without a level that the criterion has tells
// nothing, and one that is not backed tells only that the level is no higher.
// Of several scores the least tier counts: what one of them could not show is
// not shown.
func (s *scoring) reviewed(c *reviewpkgv1.Criterion, scores []reviewerScore) *reviewpkgv1.CriterionResult {
	b := reviewpkgv1.CriterionResult_builder{
		Criterion: c.GetId(), State: stateNotApplicable,
		Origin: reviewpkgv1.ScoreOrigin_SCORE_ORIGIN_REVIEWER, Score: scores[0].score.GetId(),
	}
	found := false
	for _, r := range scores {
		low, high, ok := levelsOf(c, r.score)
		tier := s.tier(r.score)
		supported, note := support(c, r.score, tier)
		low = min(low, supported)
		switch {
		case !ok && !found && (!c.GetMayNotApply() || !notApplicable(r.score)):
			b.State = stateUnknown
			b.Note = cmp.Or(b.Note, refused(c, r.score))
		case ok && !found:
			b.State, b.LevelMin, b.LevelMax, b.Score, found = stateLevel, low, high, r.score.GetId(), true
			b.Tier, b.Note = tier, note
		case ok:
			b.LevelMin, b.LevelMax, b.Tier = min(b.LevelMin, low), max(b.LevelMax, high), min(b.Tier, tier)
			b.Note = cmp.Or(b.Note, note)
		}
	}
	switch {
	case found && b.LevelMin != b.LevelMax:
		b.State = stateRange
	case b.State == stateUnknown:
		b.LevelMax = top(c)
	}
	return b.Build()
}

// levelsOf returns the levels that a score gives. A level above the highest of
// the criterion is a mistake, and nobody can tell what was meant.
func levelsOf(c *reviewpkgv1.Criterion, s *reviewpkgv1.RubricScore) (low, high uint32, ok bool) {
	low = s.GetLevel()
	switch s.GetState() {
	case stateLevel:
		high = low
	case stateRange:
		high = s.GetLevelMax()
	default:
		return 0, 0, false
	}
	return low, high, s.HasLevel() && low <= high && high <= top(c)
}

// notApplicable reports whether a score says, with a reason and confirmed by
// somebody else, that the criterion does not apply.
func notApplicable(s *reviewpkgv1.RubricScore) bool {
	return s.GetState() == stateNotApplicable && s.GetRationale() != "" &&
		s.GetScorerId() != "" && s.GetConfirmerId() != "" && s.GetConfirmerId() != s.GetScorerId()
}

// refused says why a score that declares a criterion not applicable does not
// count as that; nothing for any other score.
func refused(c *reviewpkgv1.Criterion, s *reviewpkgv1.RubricScore) string {
	switch {
	case s.GetState() != stateNotApplicable:
		return ""
	case !c.GetMayNotApply():
		return "declared not applicable, which the rubric does not allow"
	default:
		return "declared not applicable, want a reason, a scorer, and somebody else who confirms it"
	}
}

// differences returns the scores of reviewers that are not what the content
// shows. A level without a condition cannot be shown, so that it does not
// differ from the highest level that can.
func differences(c *reviewpkgv1.Criterion, scores []reviewerScore, shown *reviewpkgv1.CriterionResult) []*reviewpkgv1.ScoreDifference {
	if shown.GetState() != stateLevel {
		return nil
	}
	level := shown.GetLevelMin()
	var found []*reviewpkgv1.ScoreDifference
	for _, s := range scores {
		low, high, ok := levelsOf(c, s.score)
		if !ok || low <= level && level <= high || low > level && !shownAbove(c, level, low) {
			continue
		}
		found = append(found, reviewpkgv1.ScoreDifference_builder{
			Criterion: c.GetId(), Path: s.path, Declared: low, Derived: level,
		}.Build())
	}
	return found
}

// shownAbove reports whether a package could show one of the levels above
// level, up to limit.
func shownAbove(c *reviewpkgv1.Criterion, level, limit uint32) bool {
	return slices.ContainsFunc(c.GetLevels()[level+1:limit+1], func(l *reviewpkgv1.CriterionLevel) bool { return l.GetWhen() != "" })
}

// top returns the highest level of a criterion.
func top(c *reviewpkgv1.Criterion) uint32 { return uint32(len(c.GetLevels()) - 1) } //nolint:gosec // below 16
