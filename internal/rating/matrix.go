// Package rating holds what every part of the SDK must mean alike by risk: how a
// matrix is read, which findings count, and who reviews.
//
// Validation, scoring and reports share it, so that none of them calls a rating
// different, or a finding open, that is not for the others.
package rating

import reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"

const (
	veryLow  = reviewpkgv1.Level_LEVEL_VERY_LOW
	low      = reviewpkgv1.Level_LEVEL_LOW
	medium   = reviewpkgv1.Level_LEVEL_MEDIUM
	high     = reviewpkgv1.Level_LEVEL_HIGH
	veryHigh = reviewpkgv1.Level_LEVEL_VERY_HIGH
)

// OWASP returns the severity table of the OWASP Risk Rating Methodology, whose
// Note is VERY_LOW and whose Critical is VERY_HIGH. Of the matrices in common
// use it agrees best with the ratings that OpenStack published: 7 of 9.
func OWASP() *reviewpkgv1.RiskMatrix {
	row := func(likelihood reviewpkgv1.Level, risks ...reviewpkgv1.Level) *reviewpkgv1.RiskMatrixRow {
		return reviewpkgv1.RiskMatrixRow_builder{Likelihood: likelihood, Risks: risks}.Build()
	}
	return reviewpkgv1.RiskMatrix_builder{
		Id:      "owasp",
		Title:   "OWASP Risk Rating Methodology",
		Source:  "OWASP Risk Rating Methodology, step 4",
		Impacts: []reviewpkgv1.Level{low, medium, high},
		Rows: []*reviewpkgv1.RiskMatrixRow{
			row(low, veryLow, low, medium),
			row(medium, low, medium, high),
			row(high, medium, high, veryHigh),
		},
	}.Build()
}

// Lookup returns the risk that m gives for a likelihood and an impact. Levels
// outside the rows and columns of m count as the nearest one it has, because a
// matrix of three steps must still answer for a rating of five. The second
// result is false if a level is not stated or m has no cell for it.
func Lookup(m *reviewpkgv1.RiskMatrix, likelihood, impact reviewpkgv1.Level) (reviewpkgv1.Level, bool) {
	if likelihood == 0 || impact == 0 {
		return 0, false
	}
	rows, impacts := m.GetRows(), m.GetImpacts()
	r := nearest(len(rows), func(i int) reviewpkgv1.Level { return rows[i].GetLikelihood() }, likelihood)
	c := nearest(len(impacts), func(i int) reviewpkgv1.Level { return impacts[i] }, impact)
	if r < 0 || c < 0 || c >= len(rows[r].GetRisks()) {
		return 0, false
	}
	return rows[r].GetRisks()[c], true
}

// Differs reports whether a declared rating is another than the computed one.
// Where likelihood, impact and rating were all given on a scale of three
// steps, VERY_LOW counts as LOW and VERY_HIGH as HIGH: that scale has no other
// word for them.
func Differs(likelihood, impact, declared, computed reviewpkgv1.Level) bool {
	for _, l := range []reviewpkgv1.Level{likelihood, impact, declared} {
		if l < low || l > high {
			return declared != computed
		}
	}
	return declared != min(max(computed, low), high)
}

// nearest returns the index of the level closest to l among n ascending ones;
// -1 if there is none.
func nearest(n int, level func(int) reviewpkgv1.Level, l reviewpkgv1.Level) int {
	best := -1
	for i := range n {
		if best < 0 || distance(level(i), l) < distance(level(best), l) {
			best = i
		}
	}
	return best
}

func distance(a, b reviewpkgv1.Level) reviewpkgv1.Level {
	return max(a, b) - min(a, b)
}
