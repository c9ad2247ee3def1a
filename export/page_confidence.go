package export

import (
	"fmt"

	"github.com/reviewpkg/sdk/internal/inwords"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// confidence appends how much to trust the profile, and the four figures that
// say so: a reader of "low" wants to know whether to review more, to look at the
// evidence, to review again, or to ask somebody else.
func (p *page) confidence(profile *reviewpkgv1.RiskProfile, most limits) {
	if !profile.HasConfidence() {
		return
	}
	t := table{Caption: "Confidence", Columns: []column{
		{Title: "Dimension"}, {Title: "Confidence"}, {Title: "Coverage", Number: true}, {Title: "Evidence", Number: true},
		{Title: "Freshness", Number: true}, {Title: "Independence"},
	}}
	row := func(name line, c *reviewpkgv1.Confidence) {
		fresh := words("not known")
		if c.HasFreshnessPermille() {
			fresh = words("%s", percent(c.GetFreshnessPermille(), c.GetFreshnessPermille()))
		}
		t.Rows = append(t.Rows, []line{
			name, {confidenceLevel(c)},
			{words("%s", percent(c.GetCoveragePermille(), c.GetCoveragePermille()))},
			{words("%s", percent(c.GetEvidencePermille(), c.GetEvidencePermille()))},
			{fresh}, {words("%s", inwords.Enum(c.GetIndependence()))},
		})
	}
	row(line{strong("Overall", "")}, profile.GetConfidence())
	for _, d := range profile.GetDimensions() {
		if d.HasConfidence() && !d.GetNotAssessed() {
			row(dimensionName(d), d.GetConfidence())
		}
	}
	p.heading(3, words("Confidence"))
	p.paragraph(words("How much to trust the figures, which says nothing about the risk: the lowest that one of the four columns gives. Coverage is how much of the criteria is known, by weight; evidence what the proof of that is worth; freshness how much of the proof is not too old; independence how far those who reviewed stand from the project."))
	p.table(t, most.items, "dimension")
}

// confidenceLevel returns a level of confidence, which cannot be told without a
// day or without bands in the rubric.
func confidenceLevel(c *reviewpkgv1.Confidence) span {
	if c.GetLevel() == reviewpkgv1.ConfidenceLevel_CONFIDENCE_LEVEL_UNSPECIFIED {
		return words("not known")
	}
	return words("%s", inwords.Enum(c.GetLevel()))
}

// interval returns a risk: its levels and its scores.
func interval(risk *reviewpkgv1.RiskInterval) line {
	if risk == nil {
		return line{words("not there")}
	}
	return line{levels(risk.GetLevelMin(), risk.GetLevelMax()), words(", %s", figures(risk.GetScoreMin(), risk.GetScoreMax()))}
}

// hours returns a number of hours in words.
func hours(n uint64) string {
	if n == 1 {
		return "1 hour"
	}
	return fmt.Sprintf("%d hours", n)
}

// effort returns hours of work, the likely ones first.
func effort(least, likely, most uint32) string {
	if least == likely && likely == most {
		return fmt.Sprint(likely)
	}
	return fmt.Sprintf("%d (%d to %d)", likely, least, most)
}

// thousandths returns a number of thousandths with one decimal, rounded down. A
// little is not nothing.
func thousandths(n uint32) string {
	if 0 < n && n < 100 {
		return "< 0.1"
	}
	return fmt.Sprintf("%d.%d", n/1000, n%1000/100)
}
