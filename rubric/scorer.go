package rubric

import (
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
	"github.com/reviewpkg/sdk/reviewpkg"
)

// A scorer scores packages under one rubric. It does not change once it is
// made, so that any number of packages can be scored with one.
type scorer struct {
	rubric                   *reviewpkgv1.Rubric
	digest                   string // of the rubric's canonical JSON
	scale                    scale
	findingMatrix, gapMatrix *reviewpkgv1.RiskMatrix
	findingsDimension        string
	dimensions               map[string]*reviewpkgv1.Dimension
	criteria                 map[string]*reviewpkgv1.Criterion
	conditions               map[string]condition
}

// newScorer checks and compiles a rubric; nil means the default one.
func newScorer(r *reviewpkgv1.Rubric) (*scorer, error) {
	trusted := r == nil
	if trusted {
		r = Default()
	} else if err := reviewpkg.Validate(r); err != nil {
		return nil, err
	}
	conditions, ds := compile(r, trusted)
	if err := ds.Err(); err != nil {
		return nil, err
	}
	digest, err := reviewpkg.Digest(r)
	if err != nil {
		return nil, err
	}
	// Lists of a rubric are looked up by id many times, and ids are unique.
	s := &scorer{
		rubric:     r,
		digest:     digest,
		scale:      scale{bands: r.GetBands(), constant: uint64(r.GetVolumeConstant())},
		dimensions: map[string]*reviewpkgv1.Dimension{},
		criteria:   map[string]*reviewpkgv1.Criterion{},
		conditions: conditions,
	}
	for _, m := range r.GetMatrices() {
		if m.GetId() == r.GetFindingMatrixId() {
			s.findingMatrix = m
		}
		if m.GetId() == r.GetGapMatrixId() {
			s.gapMatrix = m
		}
	}
	for _, d := range r.GetDimensions() {
		s.dimensions[d.GetId()] = d
		if d.GetFindings() {
			s.findingsDimension = d.GetId()
		}
	}
	for _, c := range r.GetCriteria() {
		s.criteria[c.GetId()] = c
	}
	return s, nil
}
