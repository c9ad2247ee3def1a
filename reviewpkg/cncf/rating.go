package cncf

import (
	"strings"

	"github.com/reviewpkg/sdk/internal/intake"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// yesNo reads an answer of one word. What follows it explains, and stays with
// the text.
func yesNo(value string) reviewpkgv1.Answer {
	switch word, _, _ := strings.Cut(intake.Fold(plainText(value)), " "); word {
	case "yes":
		return reviewpkgv1.Answer_ANSWER_YES
	case "no":
		return reviewpkgv1.Answer_ANSWER_NO
	case "unknown":
		return reviewpkgv1.Answer_ANSWER_UNKNOWN
	default:
		return reviewpkgv1.Answer_ANSWER_UNSPECIFIED
	}
}

// level reads a level. A word that names none is reported, and no level. The
// word itself stays beside the field.
func (r *reader) level(value string, row *row) reviewpkgv1.Level {
	folded := intake.Fold(plainText(value))
	level, ok := levelOf(folded)
	if !ok {
		r.Warn("unclear-value", r.LineStart(row.start), "the rating is no level that is known", "write High, Medium or Low")
	}
	return level
}

// levelOf returns the level that a word names. Words for "no rating" name the
// level of nothing. Reviews have three levels, scanners five, and CVSS four
// with another name for the highest.
func levelOf(folded string) (reviewpkgv1.Level, bool) {
	switch folded {
	case "very low", "informational", "info", "note", "none": // scanners and auditors say these
		return reviewpkgv1.Level_LEVEL_VERY_LOW, true
	case "low":
		return reviewpkgv1.Level_LEVEL_LOW, true
	case "med", "medium", "moderate": // Med is what the one review with ratings has
		return reviewpkgv1.Level_LEVEL_MEDIUM, true
	case "high":
		return reviewpkgv1.Level_LEVEL_HIGH, true
	case "critical", "very high", "severe": // of advisories
		return reviewpkgv1.Level_LEVEL_VERY_HIGH, true
	case "", "n a", "na", "not applicable", "tbd", "unknown": // one rating of 14 is N/A
		return reviewpkgv1.Level_LEVEL_UNSPECIFIED, true
	default:
		return reviewpkgv1.Level_LEVEL_UNSPECIFIED, false
	}
}
