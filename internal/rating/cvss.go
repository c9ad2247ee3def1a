package rating

import (
	"math"
	"strings"

	gocvss30 "github.com/pandatix/go-cvss/30"
	gocvss31 "github.com/pandatix/go-cvss/31"
	gocvss40 "github.com/pandatix/go-cvss/40"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// CVSS returns the score of a CVSS vector of version 3.0, 3.1 or 4.0, in tenths
// from 0 to 100, and the level of its qualitative rating (CVSS v4.0
// specification, section 6, which has the bounds of v3.1): None is VERY_LOW,
// Critical is VERY_HIGH. The last result is false if it is no such vector.
//
// A vector of version 3 counts with its base and temporal metrics: what the
// environmental ones say depends on who runs the project, and belongs to the
// exposures of their policy.
func CVSS(vector string) (tenths uint32, level reviewpkgv1.Level, ok bool) {
	score, ok := cvssScore(vector)
	if !ok || score < 0 || score > 10 {
		return 0, 0, false
	}
	// One decimal is all that the specification gives, so that a tenth is exact
	// however a processor rounds.
	tenths = uint32(math.Round(score * 10))
	switch {
	case tenths == 0:
		return tenths, veryLow, true
	case tenths < 40:
		return tenths, low, true
	case tenths < 70:
		return tenths, medium, true
	case tenths < 90:
		return tenths, high, true
	default:
		return tenths, veryHigh, true
	}
}

// cvssScore returns the score of a vector as the library gives it.
func cvssScore(vector string) (float64, bool) {
	version, _, _ := strings.Cut(vector, "/")
	switch version {
	case "CVSS:3.0":
		v, err := gocvss30.ParseVector(vector)
		if err != nil {
			return 0, false
		}
		return v.TemporalScore(), true
	case "CVSS:3.1":
		v, err := gocvss31.ParseVector(vector)
		if err != nil {
			return 0, false
		}
		return v.TemporalScore(), true
	case "CVSS:4.0":
		v, err := gocvss40.ParseVector(vector)
		if err != nil {
			return 0, false
		}
		return v.Score(), true
	default:
		return 0, false
	}
}
