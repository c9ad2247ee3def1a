package main

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// explainProfile writes what every score of a profile comes from, so that each
// can be followed with a pencil: the contributions, whose points add up to it,
// and the criteria, whose values do to what is met.
func explainProfile(b *bytes.Buffer, s *scored) {
	from, r := newSources(s.pkg), orDefault(s.rubric)
	b.WriteString("\nHow the scores come about:\n")
	for _, band := range r.GetBands() {
		fmt.Fprintf(b, "  %s is %d to %d\n", word(band.GetLevel()), band.GetMin(), band.GetMax())
	}
	fmt.Fprintf(b, "  The worst contribution gives the level. Each further one of that level counts 1,\n"+
		"  each of a lower one a quarter for every level below; n of them move the score by\n"+
		"  n / (n + %d) of the way through the band, rounded down. The points of a contribution\n"+
		"  are what the score loses without it and those above it.\n", r.GetVolumeConstant())
	fmt.Fprintf(b, "\noverall: %s\n", riskText(s.profile.GetOverall()))
	contributionsText(b, s.profile.GetOverall(), s.profile.GetContributions(), from)
	for _, d := range s.profile.GetDimensions() {
		// A dimension that nobody assessed has criteria to show, and no risk.
		fmt.Fprintf(b, "\n%s %s: ", clean(d.GetDimension()), clean(d.GetTitle()))
		if d.GetNotAssessed() {
			b.WriteString("not assessed\n")
		} else {
			fmt.Fprintf(b, "%s; inherent: %s\n", riskText(d.GetRisk()), effectText(d.GetInherent()))
			fmt.Fprintf(b, "  confidence %s: %s\n", confidence(d.GetConfidence()), confidenceText(d.GetConfidence()))
		}
		contributionsText(b, d.GetRisk(), d.GetContributions(), from)
		criteriaText(b, d, r, from)
	}
}

// riskText returns the levels and the scores of a risk.
func riskText(risk *reviewpkgv1.RiskInterval) string {
	return levels(risk.GetLevelMin(), risk.GetLevelMax()) + ", " + scores(risk)
}

// effectText returns a risk that may not be there.
func effectText(risk *reviewpkgv1.RiskInterval) string {
	if risk == nil {
		return "not there"
	}
	return riskText(risk)
}

// contributionsText writes contributions, and the sums that their points make. A
// sum that does not add up is not shown as one: the profile may come from
// another program.
func contributionsText(b *bytes.Buffer, risk *reviewpkgv1.RiskInterval, list []*reviewpkgv1.Contribution, from *sources) {
	if len(list) == 0 {
		return
	}
	low := sumText(list, (*reviewpkgv1.Contribution).GetPointsMin, risk.GetScoreMin())
	high := sumText(list, (*reviewpkgv1.Contribution).GetPointsMax, risk.GetScoreMax())
	switch {
	case low == high && low != "":
		b.WriteString("  " + low + "\n")
	case low != "" && high != "":
		b.WriteString("  at least " + low + "\n  at most  " + high + "\n")
	}
	table := newTable(b)
	table.row("  AT LEAST", "AT MOST", "LEVEL", "WHERE", "WHAT")
	for _, c := range list {
		what := strings.Join(slices.DeleteFunc([]string{c.GetTitle(), c.GetDerivation()}, func(s string) bool { return s == "" }), "; ")
		table.row(fmt.Sprintf("  %d", c.GetPointsMin()), fmt.Sprint(c.GetPointsMax()), levels(c.GetLevelMin(), c.GetLevelMax()),
			c.GetPath(), what+from.place(c.GetPath()))
	}
	table.flush()
}

// sumText returns "855 = 371 + 484", or nothing if that is not so.
func sumText(list []*reviewpkgv1.Contribution, points func(*reviewpkgv1.Contribution) uint32, score uint32) string {
	var terms []string
	all := uint64(0)
	for _, c := range list {
		all += uint64(points(c))
		terms = append(terms, fmt.Sprint(points(c)))
	}
	if all != uint64(score) {
		return ""
	}
	return fmt.Sprintf("%d = %s", score, strings.Join(terms, " + "))
}

// criteriaText writes how the criteria of a dimension were scored, and how that
// makes the share that is met.
func criteriaText(b *bytes.Buffer, d *reviewpkgv1.DimensionProfile, r *reviewpkgv1.Rubric, from *sources) {
	if len(d.GetCriteria()) == 0 {
		return
	}
	criteria := map[string]*reviewpkgv1.Criterion{}
	for _, c := range r.GetCriteria() {
		criteria[c.GetId()] = c
	}
	// The arithmetic is that of the library, on integers, so that a difference
	// would be seen.
	var weight, low, high uint64
	var rows bytes.Buffer
	table := newTable(&rows)
	table.row("  CRITERION", "WEIGHT", "LEVEL", "VALUE", "SAID BY", "SHOWN", "REMARK")
	for _, result := range d.GetCriteria() {
		c := criteria[result.GetCriterion()]
		w := uint64(c.GetWeight())
		row := []string{"  " + result.GetCriterion(), fmt.Sprint(w), word(result.GetState()), "", word(result.GetOrigin()), word(result.GetTier()), remark(result, c, from)}
		// What does not apply has no weight. What is not known has any level.
		if result.GetState() != reviewpkgv1.ScoreState_SCORE_STATE_NOT_APPLICABLE {
			least, most := value(c, result.GetLevelMin()), value(c, result.GetLevelMax())
			weight, low, high = weight+w, low+w*least, high+w*most
			row[2] = interval(result.GetLevelMin(), result.GetLevelMax())
			row[3] = interval(uint32(least), uint32(most)) //nolint:gosec // permille
		}
		table.row(row...)
	}
	table.flush()
	if weight > 0 {
		met := fmt.Sprintf("  met: %d / %d = %d of 1000", low, weight, low/weight)
		if high != low {
			met += fmt.Sprintf(" at least, %d / %d = %d at most", high, weight, high/weight)
		}
		b.WriteString(met)
		if uint64(d.GetMetPermilleMin()) < low/weight || uint64(d.GetMetPermilleMax()) < high/weight {
			b.WriteString("; after gates " + interval(d.GetMetPermilleMin(), d.GetMetPermilleMax()))
		}
		b.WriteByte('\n')
	}
	b.Write(rows.Bytes())
}

// remark returns the remark on the result of a criterion, the gate that it does
// not reach for certain, and the score that it comes from.
func remark(result *reviewpkgv1.CriterionResult, c *reviewpkgv1.Criterion, from *sources) string {
	var parts []string
	if id := result.GetScore(); id != "" {
		parts = append(parts, "score "+id+from.place(`scores["`+id+`"]`))
	}
	if gate := c.GetGate(); gate != nil && result.GetLevelMin() < gate.GetMinLevel() && result.GetState() != reviewpkgv1.ScoreState_SCORE_STATE_NOT_APPLICABLE {
		parts = append(parts, fmt.Sprintf("gate: below level %d the dimension counts %d at most", gate.GetMinLevel(), gate.GetCapPermille()))
	}
	if result.GetNote() != "" {
		parts = append(parts, result.GetNote())
	}
	return strings.Join(parts, "; ")
}

// value returns what a level of a criterion is worth, in permille; nothing if
// there is no such level.
func value(c *reviewpkgv1.Criterion, level uint32) uint64 {
	if int(level) >= len(c.GetLevels()) {
		return 0
	}
	return uint64(c.GetLevels()[level].GetValuePermille())
}
