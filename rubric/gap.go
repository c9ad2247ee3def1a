package rubric

import (
	"fmt"
	"strconv"
	"strings"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// A share is a range of permille, both ends included: how much of the criteria
// is met.
type share struct {
	min, max uint32
}

// gap returns the contributor that stands for what the criteria of a dimension
// leave open, and the share of them that is met: the mean of the values of
// their levels by weight, in permille, rounded down, which is towards more
// risk. A criterion that does not apply has no weight; if none applies the last
// result is false.
//
// The less is met, the likelier it is that the lack matters; how much it
// matters is the exposure of the dimension. Both together give the risk in the
// rubric's gap matrix.
func (s *scorer) gap(d *reviewpkgv1.Dimension, results []*reviewpkgv1.CriterionResult) (c contributor, met share, ok bool) {
	var weight, low, high uint64
	known := 0
	for _, r := range results {
		if r.GetState() == stateNotApplicable {
			continue
		}
		criterion := s.criteria[r.GetCriterion()]
		w := uint64(criterion.GetWeight())
		weight += w
		low += w * uint64(criterion.GetLevels()[r.GetLevelMin()].GetValuePermille())
		high += w * uint64(criterion.GetLevels()[r.GetLevelMax()].GetValuePermille())
		if r.GetState() != stateUnknown {
			known++
		}
	}
	if weight == 0 {
		return contributor{}, met, false
	}
	// Both ends are divided the same way, so that a higher level never lowers
	// the share.
	met = share{uint32(low / weight), uint32(high / weight)} //nolint:gosec // a mean of at most 1000
	met, gated := s.gates(met, results)
	c = s.gapOf(d.GetId(), met, d.GetExposure())
	c.derivation = fmt.Sprintf("%d of %d criteria known%s, %s", known, len(results), gated, c.derivation)
	return c, met, true
}

// gapOf returns the contributor for a share of the criteria of a dimension that
// is met, at an exposure.
func (s *scorer) gapOf(dimension string, met share, exposure reviewpkgv1.Level) contributor {
	// The ends change places: the less is met, the greater is the weakness.
	weakness := span{s.weakness(met.max), s.weakness(met.min)}
	return contributor{
		path:  gapPath(dimension),
		title: "what the criteria leave open",
		risk:  lookup(s.gapMatrix, weakness, span{exposure, exposure}),
		derivation: fmt.Sprintf("%s permille met, weakness %s, exposure %s, matrix %s",
			met.words(), weakness.words(), word(exposure), s.gapMatrix.GetId()),
	}
}

// gates lowers the share that is met to the cap of each criterion that is below
// the level its gate asks for, so that the mean of the others cannot make up
// for it. It also returns in words which criteria do that or may.
func (s *scorer) gates(met share, results []*reviewpkgv1.CriterionResult) (capped share, words string) {
	var ids []string
	for _, r := range results {
		gate := s.criteria[r.GetCriterion()].GetGate()
		if gate == nil || r.GetState() == stateNotApplicable || r.GetLevelMin() >= gate.GetMinLevel() {
			continue
		}
		ids = append(ids, r.GetCriterion())
		met.min = min(met.min, gate.GetCapPermille())
		if r.GetLevelMax() < gate.GetMinLevel() {
			met.max = min(met.max, gate.GetCapPermille())
		}
	}
	if len(ids) > 0 {
		words = ", gate of " + strings.Join(ids, ", ")
	}
	return met, words
}

// words returns a share in words: "667", "333 to 667".
func (s share) words() string {
	if s.min == s.max {
		return strconv.FormatUint(uint64(s.min), 10)
	}
	return fmt.Sprintf("%d to %d", s.min, s.max)
}

// weakness returns how weak a dimension is of whose criteria a share is met, in
// permille.
func (s *scorer) weakness(permille uint32) reviewpkgv1.Level {
	if b := reached(s.rubric.GetWeaknessBands(), permille); b != nil {
		return b.GetWeakness()
	}
	return highest
}

// reached returns the last band of a list that a share reaches; nil if it reaches
// none. Bands begin with the lowest share.
func reached[B interface{ GetMinPermille() uint32 }](bands []B, permille uint32) (last B) {
	for _, b := range bands {
		if permille >= b.GetMinPermille() {
			last = b
		}
	}
	return last
}
