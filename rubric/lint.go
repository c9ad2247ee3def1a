package rubric

import (
	"fmt"

	"github.com/reviewpkg/sdk/internal/inwords"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
	"github.com/reviewpkg/sdk/reviewpkg"
)

// maxScore is the highest score, and the upper end of every permille.
const maxScore = 1000

// Lint returns everything that is wrong with a rubric: what reviewpkg.Diagnose
// finds and, if that is no error, what breaks scoring. An error is a matrix
// that is not monotone or not plausible, bands that leave a gap, and a
// condition that does not compile. A warning is what makes a rubric say less
// than it seems to.
//
// A matrix is plausible, after Cox ("What's wrong with risk matrices?", 2008),
// if its lowest level never lies next to its highest, the highest is not in the
// first row or column, and neighbours differ by one level at most.
func Lint(r *reviewpkgv1.Rubric) reviewpkg.Diagnostics {
	ds := reviewpkg.Diagnose(r)
	if ds.Err() != nil {
		return ds
	}
	_, found := compile(r, false)
	return append(append(ds, found...), lintWarnings(r)...)
}

// compile lints what the rules of the .proto files cannot say, and compiles the
// conditions. The rubric must be valid otherwise.
func compile(r *reviewpkgv1.Rubric, trusted bool) (map[string]condition, reviewpkg.Diagnostics) {
	var ds reviewpkg.Diagnostics
	for i, m := range r.GetMatrices() {
		ds = append(ds, lintMatrix(m, keyed("matrices", r.GetMatrices()[i].GetId()))...)
	}
	ds = append(ds, lintBands(r.GetBands())...)
	ds = append(ds, lintWeakness(r.GetWeaknessBands())...)
	ds = append(ds, lintConfidence(r.GetConfidenceBands())...)
	for i, c := range r.GetCriteria() {
		ds = append(ds, lintCriterion(c, criterionPath(r, i))...)
	}
	conditions, found := compileConditions(r, trusted)
	return conditions, append(ds, found...)
}

// lintMatrix checks that a matrix is monotone and plausible. Levels may be any
// numbers, so that matrices of six steps can be linted as well.
func lintMatrix(m *reviewpkgv1.RiskMatrix, path string) reviewpkg.Diagnostics {
	var ds reviewpkg.Diagnostics
	cell := func(row, column int) reviewpkgv1.Level { return m.GetRows()[row].GetRisks()[column] }
	lowest, highest := matrixRange(m)
	report := func(rule string, row, column int, message string) {
		at := fmt.Sprintf("%s.rows[%d].risks[%d]", path, row, column)
		ds = append(ds, problem(reviewpkg.Inconsistent, "matrix_"+rule, at, message))
	}
	// neighbour compares a cell with the one below or to the left of it, which
	// must not be worse.
	neighbour := func(row, column int, before reviewpkgv1.Level, direction string) {
		switch here := cell(row, column); {
		case here < before:
			report("monotone", row, column, fmt.Sprintf("risk %s is below %s, though the %s is higher", word(here), word(before), direction))
		case here == highest && before == lowest && highest != lowest:
			report("adjacent", row, column, fmt.Sprintf("the highest level %s is next to the lowest, %s", word(here), word(before)))
		case here > before+1:
			report("step", row, column, fmt.Sprintf("risk goes from %s to %s in one step of %s, want one level at most", word(before), word(here), direction))
		}
	}
	for row := range m.GetRows() {
		for column := range m.GetRows()[row].GetRisks() {
			if row > 0 {
				neighbour(row, column, cell(row-1, column), "likelihood")
			}
			if column > 0 {
				neighbour(row, column, cell(row, column-1), "impact")
			}
			if (row == 0 || column == 0) && cell(row, column) == highest && highest != lowest {
				report("top", row, column, fmt.Sprintf("the highest level %s is in the first row or column", word(highest)))
			}
		}
	}
	return ds
}

// matrixRange returns the lowest and the highest level in a matrix: those that
// it gives, which need not be the ends of the scale.
func matrixRange(m *reviewpkgv1.RiskMatrix) (lowest, highest reviewpkgv1.Level) {
	for _, row := range m.GetRows() {
		for _, l := range row.GetRisks() {
			if lowest == 0 || l < lowest {
				lowest = l
			}
			highest = max(highest, l)
		}
	}
	return lowest, highest
}

// lintBands checks that the bands are the five levels in order, and leave no
// score out and none twice.
func lintBands(bands []*reviewpkgv1.ScoreBand) reviewpkg.Diagnostics {
	var ds reviewpkg.Diagnostics
	// There are five bands, or the rules of the model were broken.
	next := uint32(0)
	for i, b := range bands {
		at := indexed("bands", i)
		if want := reviewpkgv1.Level(i + 1); b.GetLevel() != want { //nolint:gosec // i is below 5
			ds = append(ds, problem(reviewpkg.Inconsistent, "band_level", at+".level",
				fmt.Sprintf("the band is for %s, want %s: bands stand lowest first", word(b.GetLevel()), word(want))))
		}
		if b.GetMin() != next {
			ds = append(ds, problem(reviewpkg.Inconsistent, "band_gap", at+".min",
				fmt.Sprintf("the band starts at %d, want %d", b.GetMin(), next)))
		}
		next = b.GetMax() + 1
	}
	if next != maxScore+1 {
		ds = append(ds, problem(reviewpkg.Inconsistent, "band_gap", "bands",
			fmt.Sprintf("the bands end at %d, want %d", int(next)-1, maxScore)))
	}
	return ds
}

// lintStart checks where band i of a list begins: the first at nothing, and each
// other behind the one before it.
func lintStart[B interface{ GetMinPermille() uint32 }](bands []B, i int, kind, path string) reviewpkg.Diagnostics {
	start := bands[i].GetMinPermille()
	switch {
	case i == 0 && start != 0:
		return reviewpkg.Diagnostics{problem(reviewpkg.Inconsistent, kind+"_start", path+".min_permille",
			fmt.Sprintf("the first band starts at %d, want 0", start))}
	case i > 0 && start <= bands[i-1].GetMinPermille():
		return reviewpkg.Diagnostics{problem(reviewpkg.Inconsistent, kind+"_order", path+".min_permille",
			fmt.Sprintf("the band starts at %d, want more than %d", start, bands[i-1].GetMinPermille()))}
	default:
		return nil
	}
}

// lintWeakness checks that every share has a weakness, and that more of the
// criteria met is never a greater weakness.
func lintWeakness(bands []*reviewpkgv1.WeaknessBand) reviewpkg.Diagnostics {
	var ds reviewpkg.Diagnostics
	for i, b := range bands {
		at := indexed("weakness_bands", i)
		start := lintStart(bands, i, "weakness", at)
		ds = append(ds, start...)
		if start == nil && i > 0 && b.GetWeakness() > bands[i-1].GetWeakness() {
			ds = append(ds, problem(reviewpkg.Inconsistent, "weakness_monotone", at+".weakness",
				fmt.Sprintf("the weakness is %s, want %s at most", word(b.GetWeakness()), word(bands[i-1].GetWeakness()))))
		}
	}
	return ds
}

// lintConfidence checks that every share has a confidence, and that more of it
// is never less.
func lintConfidence(bands []*reviewpkgv1.ConfidenceBand) reviewpkg.Diagnostics {
	var ds reviewpkg.Diagnostics
	for i, b := range bands {
		at := indexed("confidence_bands", i)
		start := lintStart(bands, i, "confidence", at)
		ds = append(ds, start...)
		if start == nil && i > 0 && b.GetConfidence() < bands[i-1].GetConfidence() {
			ds = append(ds, problem(reviewpkg.Inconsistent, "confidence_monotone", at+".confidence",
				fmt.Sprintf("the confidence is %s, want %s at least", inwords.Enum(b.GetConfidence()), inwords.Enum(bands[i-1].GetConfidence()))))
		}
	}
	return ds
}

// lintCriterion checks that a higher level never needs less evidence, that no
// package reaches by its own words what takes a reviewer, and that a gate can
// be passed.
func lintCriterion(c *reviewpkgv1.Criterion, path string) reviewpkg.Diagnostics {
	var ds reviewpkg.Diagnostics
	for i, l := range c.GetLevels() {
		if i > 0 && l.GetMinTier() < c.GetLevels()[i-1].GetMinTier() {
			ds = append(ds, problem(reviewpkg.Inconsistent, "criterion_tier", levelPath(path, i)+".min_tier",
				"the level needs weaker evidence than the one below it"))
		}
		if l.GetWhen() != "" && l.GetMinTier() > tierDocumented {
			ds = append(ds, problem(reviewpkg.Inconsistent, "criterion_derived", levelPath(path, i)+".when",
				"the level has a condition, and needs better evidence than a package's own words"))
		}
	}
	if gate := c.GetGate(); gate != nil && gate.GetMinLevel() > top(c) {
		ds = append(ds, problem(reviewpkg.Inconsistent, "criterion_gate", path+".gate.min_level",
			fmt.Sprintf("the gate asks for level %d, and the highest is %d", gate.GetMinLevel(), top(c))))
	}
	return ds
}

// lintWarnings returns what makes a valid rubric say less than it seems to.
func lintWarnings(r *reviewpkgv1.Rubric) reviewpkg.Diagnostics {
	var ds reviewpkg.Diagnostics
	warn := func(rule, path, message string) {
		d := problem(reviewpkg.Inconsistent, rule, path, message)
		d.Level = reviewpkg.LevelWarning
		ds = append(ds, d)
	}
	criteria := map[string]int{}
	for i, c := range r.GetCriteria() {
		criteria[c.GetDimensionId()]++
		levels, at := c.GetLevels(), criterionPath(r, i)
		top := len(levels) - 1
		if levels[0].GetValuePermille() != 0 || levels[top].GetValuePermille() != maxScore {
			warn("criterion_span", at+".levels", fmt.Sprintf("the levels span %d to %d, want 0 to %d",
				levels[0].GetValuePermille(), levels[top].GetValuePermille(), maxScore))
		}
		if levels[top].GetWhen() != "" {
			warn("criterion_top", levelPath(at, top)+".when",
				"the highest level has a condition, so that a package reaches it by its own words")
		}
	}
	for _, d := range r.GetDimensions() {
		if criteria[d.GetId()] == 0 && !d.GetFindings() {
			warn("dimension_empty", keyed("dimensions", d.GetId()),
				"the dimension has no criteria, so that only findings which name it are ever counted")
		}
	}
	return ds
}
