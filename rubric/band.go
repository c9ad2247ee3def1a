package rubric

import (
	"slices"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// The ends of the scale of levels. What is not stated lies below both.
const (
	lowest  = reviewpkgv1.Level_LEVEL_VERY_LOW
	highest = reviewpkgv1.Level_LEVEL_VERY_HIGH
)

// A span is a range of levels, both ends included.
type span struct {
	min, max reviewpkgv1.Level
}

// known reports whether the span is a single level.
func (s span) known() bool { return s.min == s.max }

// counts holds how many contributors there are of each level; its first number
// is not used.
type counts [highest + 1]uint64

// A scale turns levels into scores.
type scale struct {
	bands    []*reviewpkgv1.ScoreBand
	constant uint64
}

// score returns the level of the worst contributor, and the score: the worst
// contributor fixes the band, and the number of contributors moves the score
// inside it, never out of it. A contributor that is one level better moves it a
// quarter as much, and volume_constant is the number of further contributors
// of the worst level that half fill the band:
//
//	q     = (N[m]-1)*256 + sum over l < m of N[l]*256 / 4^(m-l)
//	score = min[m] + floor((max[m]-min[m]) * q / (q + volume_constant*256))
//
// where m is the worst level, N[l] the number of contributors of level l, and
// min, max the band of m. 256 is 4^4, so that every term is an integer.
// Without contributors the score is the lower end of the lowest band.
func (s scale) score(n counts) (reviewpkgv1.Level, uint32) {
	const unit = 256
	worst := highest
	for worst > lowest && n[worst] == 0 {
		worst--
	}
	q := uint64(0)
	if n[worst] > 0 {
		q = (n[worst] - 1) * unit
	}
	for l := lowest; l < worst; l++ {
		q += n[l] * (unit >> (2 * uint(worst-l))) //nolint:gosec // worst is above l
	}
	band := s.bands[worst-1]
	width := uint64(band.GetMax() - band.GetMin())
	return worst, band.GetMin() + uint32(width*q/(q+s.constant*unit)) //nolint:gosec // below width
}

// A contributor is something that a risk comes from: an open finding, what the
// criteria of a dimension leave open, or a dimension.
type contributor struct {
	path, title, derivation string
	risk                    span
	// absent says that the contributor may not be there at all.
	absent bool
}

// tally counts contributors by level in the two extreme cases: each as bad as it
// is at least, and as bad as it may be.
func tally(contributors []contributor) (best, worst counts) {
	for _, c := range contributors {
		if !c.absent {
			best[c.risk.min]++
		}
		worst[c.risk.max]++
	}
	return best, worst
}

// risk returns the risk of contributors. The score is monotone in the level of
// each, so that its ends are the scores of the two extreme cases.
func (s scale) risk(contributors []contributor) *reviewpkgv1.RiskInterval {
	best, worst := tally(contributors)
	levelMin, scoreMin := s.score(best)
	levelMax, scoreMax := s.score(worst)
	return reviewpkgv1.RiskInterval_builder{
		LevelMin: levelMin, LevelMax: levelMax, ScoreMin: scoreMin, ScoreMax: scoreMax,
	}.Build()
}

// contributions returns contributors as messages, worst first, with the points
// that each adds to the two ends of the score: the contributors are taken away
// one by one, worst first, and each counts for what the score loses with it. The
// points of all add up to the score, because the last that is left stands for
// the rest of it.
func (s scale) contributions(contributors []contributor) []*reviewpkgv1.Contribution {
	contributors = slices.SortedFunc(slices.Values(contributors), worstFirst)
	best, worst := tally(contributors)
	_, scoreMin := s.score(best)
	_, scoreMax := s.score(worst)
	list := make([]*reviewpkgv1.Contribution, len(contributors))
	for i, c := range contributors {
		low := c.risk.min
		if c.absent {
			// The model has no level for "none at all".
			low = lowest
		} else {
			best[c.risk.min]--
		}
		worst[c.risk.max]--
		_, restMin := s.score(best)
		_, restMax := s.score(worst)
		list[i] = reviewpkgv1.Contribution_builder{
			Path: c.path, Title: c.title, LevelMin: low, LevelMax: c.risk.max, Derivation: c.derivation,
			PointsMin: scoreMin - restMin, PointsMax: scoreMax - restMax,
		}.Build()
		scoreMin, scoreMax = restMin, restMax
	}
	return list
}

// overall returns the risk over dimensions, or any risk if none is assessed.
func (s scale) overall(dimensions []contributor) *reviewpkgv1.RiskInterval {
	if len(dimensions) == 0 {
		return s.anything()
	}
	return s.risk(dimensions)
}

// overallInherent returns the inherent risk over the dimensions that are
// assessed.
func (s scale) overallInherent(dimensions []*reviewpkgv1.DimensionProfile) *reviewpkgv1.RiskInterval {
	var contributors []contributor
	for _, d := range dimensions {
		if !d.GetNotAssessed() {
			contributors = append(contributors, contributor{risk: levels(d.GetInherent())})
		}
	}
	return s.overall(contributors)
}

// anything returns the risk of something that nobody assessed: not zero, but
// any.
func (s scale) anything() *reviewpkgv1.RiskInterval {
	return reviewpkgv1.RiskInterval_builder{
		LevelMin: lowest, LevelMax: highest,
		ScoreMin: s.bands[0].GetMin(), ScoreMax: s.bands[len(s.bands)-1].GetMax(),
	}.Build()
}
