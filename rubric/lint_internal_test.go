package rubric

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/testing/protocmp"

	"github.com/reviewpkg/sdk/internal/rating"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
	"github.com/reviewpkg/sdk/reviewpkg"
)

// gridMatrix turns a grid of a vector into a matrix: level 0 of the vector is
// VERY_LOW.
func gridMatrix(grid [][]int) *reviewpkgv1.RiskMatrix {
	b := reviewpkgv1.RiskMatrix_builder{Id: "m", Title: "M", Source: "a test"}
	for i, cells := range grid {
		row := reviewpkgv1.RiskMatrixRow_builder{Likelihood: reviewpkgv1.Level(i + 1)}
		for _, cell := range cells {
			row.Risks = append(row.Risks, reviewpkgv1.Level(cell+1))
		}
		b.Rows = append(b.Rows, row.Build())
	}
	for i := range grid[0] {
		b.Impacts = append(b.Impacts, reviewpkgv1.Level(i+1))
	}
	return b.Build()
}

// rules returns the rules that were broken, each once.
func ruleNames(ds reviewpkg.Diagnostics) []string {
	var found []string
	for _, d := range ds {
		found = append(found, strings.TrimPrefix(d.Rule, "rubric."))
	}
	slices.Sort(found)
	return slices.Compact(found)
}

func TestLintMatrixVectors(t *testing.T) {
	names := map[string]string{"top-in-first-row": "matrix_top", "step>1": "matrix_step"}
	for _, m := range loadVectors(t).Matrices {
		var want []string
		for _, name := range m.ExpectLint {
			want = append(want, names[name])
		}
		slices.Sort(want)
		got := ruleNames(lintMatrix(gridMatrix(m.Grid), "m"))
		if !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", m.ID, got, want)
		}
	}
}

func TestLintMatrix(t *testing.T) {
	for _, test := range []struct {
		name string
		grid [][]int
		want []string
	}{
		{"plausible", [][]int{{0, 1, 2}, {1, 2, 3}, {2, 3, 4}}, nil},
		{"falls along a row", [][]int{{0, 1, 0}, {1, 2, 1}, {2, 3, 2}}, []string{"matrix_monotone"}},
		{"falls along a column", [][]int{{0, 1, 1}, {1, 2, 2}, {0, 2, 3}}, []string{"matrix_monotone", "matrix_step"}},
		{"highest level in the first row", [][]int{{0, 1, 2}, {1, 2, 2}, {1, 2, 2}}, []string{"matrix_top"}},
		{"highest level in the first column", [][]int{{0, 1, 1}, {1, 2, 2}, {2, 2, 2}}, []string{"matrix_top"}},
		{"lowest next to highest", [][]int{{0, 0, 0}, {0, 0, 1}, {0, 1, 1}}, []string{"matrix_adjacent"}},
		{"two levels at once", [][]int{{0, 1, 1}, {1, 1, 3}, {1, 3, 4}}, []string{"matrix_step"}},
		{"one level only", [][]int{{1, 1}, {1, 1}}, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := ruleNames(lintMatrix(gridMatrix(test.grid), "m")); !slices.Equal(got, test.want) {
				t.Errorf("%v, want %v", got, test.want)
			}
		})
	}
}

func TestLintMatrixNamesTheCell(t *testing.T) {
	ds := lintMatrix(gridMatrix([][]int{{0, 1, 0}, {1, 2, 1}, {2, 3, 3}}), `matrices["m"]`)[:1]
	want := reviewpkg.Diagnostics{{
		Code: reviewpkg.Inconsistent, Rule: "rubric.matrix_monotone", Level: reviewpkg.LevelError,
		Path: `matrices["m"].rows[0].risks[2]`, Message: "risk very low is below low, though the impact is higher",
	}}
	if diff := cmp.Diff(want, ds); diff != "" {
		t.Error(diff)
	}
}

func TestLint(t *testing.T) {
	band := func(r *reviewpkgv1.Rubric, i int) *reviewpkgv1.ScoreBand { return r.GetBands()[i] }
	weakness := func(r *reviewpkgv1.Rubric, i int) *reviewpkgv1.WeaknessBand { return r.GetWeaknessBands()[i] }
	criterion := func(r *reviewpkgv1.Rubric) *reviewpkgv1.Criterion { return r.GetCriteria()[0] }
	for _, test := range []struct {
		name  string
		edit  func(r *reviewpkgv1.Rubric)
		code  reviewpkg.Code
		rule  string
		path  string
		level reviewpkg.Level
	}{
		{"gap between bands", func(r *reviewpkgv1.Rubric) { band(r, 1).SetMin(51) }, reviewpkg.Inconsistent, "rubric.band_gap", "bands[1].min", reviewpkg.LevelError},
		{"bands end early", func(r *reviewpkgv1.Rubric) { band(r, 4).SetMax(999) }, reviewpkg.Inconsistent, "rubric.band_gap", "bands", reviewpkg.LevelError},
		{"bands start late", func(r *reviewpkgv1.Rubric) { band(r, 0).SetMin(1) }, reviewpkg.Inconsistent, "rubric.band_gap", "bands[0].min", reviewpkg.LevelError},
		{"bands out of order", func(r *reviewpkgv1.Rubric) { band(r, 0).SetLevel(low) }, reviewpkg.Inconsistent, "rubric.band_level", "bands[0].level", reviewpkg.LevelError},
		{"weakness starts late", func(r *reviewpkgv1.Rubric) { weakness(r, 0).SetMinPermille(1) }, reviewpkg.Inconsistent, "rubric.weakness_start", "weakness_bands[0].min_permille", reviewpkg.LevelError},
		{"weakness out of order", func(r *reviewpkgv1.Rubric) { weakness(r, 2).SetMinPermille(150) }, reviewpkg.Inconsistent, "rubric.weakness_order", "weakness_bands[2].min_permille", reviewpkg.LevelError},
		{"weakness grows", func(r *reviewpkgv1.Rubric) { weakness(r, 4).SetWeakness(medium) }, reviewpkg.Inconsistent, "rubric.weakness_monotone", "weakness_bands[4].weakness", reviewpkg.LevelError},
		{"matrix", func(r *reviewpkgv1.Rubric) {
			r.GetMatrices()[0].GetRows()[0].SetRisks([]reviewpkgv1.Level{medium, medium, medium})
		}, reviewpkg.Inconsistent, "rubric.matrix_monotone", `matrices["owasp"].rows[1].risks[0]`, reviewpkg.LevelError},
		{"condition does not compile", func(r *reviewpkgv1.Rubric) { criterion(r).GetLevels()[2].SetWhen("pkg.nothing") }, reviewpkg.BadFormat, "rubric.condition", `criteria["X.1"].levels[2].when`, reviewpkg.LevelError},
		{"condition is no truth value", func(r *reviewpkgv1.Rubric) { criterion(r).SetAppliesWhen("pkg.id") }, reviewpkg.BadFormat, "rubric.condition", `criteria["X.1"].applies_when`, reviewpkg.LevelError},
		{"condition too long", func(r *reviewpkgv1.Rubric) {
			criterion(r).SetAppliesWhen("true" + strings.Repeat(" ", maxConditionSize))
		}, reviewpkg.BadFormat, "rubric.condition", `criteria["X.1"].applies_when`, reviewpkg.LevelError},
		{"the rules of the model", func(r *reviewpkgv1.Rubric) { r.SetGapMatrixId("none") }, reviewpkg.Inconsistent, "rubric.finding_matrix", "", reviewpkg.LevelError},
		{"ordinals", func(r *reviewpkgv1.Rubric) { criterion(r).GetLevels()[1].SetOrdinal(2) }, reviewpkg.Inconsistent, "criterion.ordinals", `criteria["X.1"]`, reviewpkg.LevelError},
		{"top level by condition", func(r *reviewpkgv1.Rubric) { criterion(r).GetLevels()[3].SetWhen("true") }, reviewpkg.Inconsistent, "rubric.criterion_top", `criteria["X.1"].levels[3].when`, reviewpkg.LevelWarning},
		{"levels do not span", func(r *reviewpkgv1.Rubric) { criterion(r).GetLevels()[3].SetValuePermille(900) }, reviewpkg.Inconsistent, "rubric.criterion_span", `criteria["X.1"].levels`, reviewpkg.LevelWarning},
		{"empty dimension", func(r *reviewpkgv1.Rubric) {
			r.GetCriteria()[0].SetDimensionId("F")
			r.GetCriteria()[1].SetDimensionId("F")
		}, reviewpkg.Inconsistent, "rubric.dimension_empty", `dimensions["X"]`, reviewpkg.LevelWarning},
	} {
		t.Run(test.name, func(t *testing.T) {
			r := smallRubric()
			test.edit(r)
			ds := Lint(r)
			if !slices.ContainsFunc(ds, func(d reviewpkg.Diagnostic) bool {
				return d.Code == test.code && d.Rule == test.rule && d.Path == test.path && d.Level == test.level
			}) {
				t.Errorf("no %s at %s in\n%v", test.rule, test.path, ds)
			}
			_, err := ScoreOptions{Rubric: r}.Score(withFindings())
			if failed := errors.Is(err, test.code); failed != (test.level == reviewpkg.LevelError) {
				t.Errorf("scoring with it: %v", err)
			}
		})
	}
}

func TestLintTooManyConditions(t *testing.T) {
	r := smallRubric()
	var criteria []*reviewpkgv1.Criterion
	for i := range maxConditions + 1 {
		criteria = append(criteria, reviewpkgv1.Criterion_builder{
			Id: fmt.Sprint("C", i), DimensionId: "X", Statement: "Is it?", Weight: 1,
			AppliesWhen: fmt.Sprintf("size(pkg.findings) == %d", i),
		}.Build())
	}
	r.SetCriteria(criteria)
	_, ds := compileConditions(r, false)
	if len(ds) != 1 || ds[0].Code != reviewpkg.TooLarge {
		t.Errorf("%d conditions give %v", maxConditions+1, ds)
	}
}

func TestSmallRubricIsClean(t *testing.T) {
	if ds := Lint(smallRubric()); ds != nil {
		t.Error(ds)
	}
}

func TestDefaultRubric(t *testing.T) {
	r := new(reviewpkgv1.Rubric)
	if err := reviewpkg.Unmarshal(defaultYAML, r); err != nil {
		t.Fatal(err)
	}
	if ds := Lint(r); ds != nil {
		t.Error(ds)
	}
	if diff := cmp.Diff(r, Default(), protocmp.Transform()); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(rating.OWASP(), r.GetMatrices()[0], protocmp.Transform()); diff != "" {
		t.Error(diff)
	}
	if m := loadVectors(t).Matrices[0]; m.ID != "nist-sp800-30r1-i2" {
		t.Fatalf("the first vector is %s", m.ID)
	} else if diff := cmp.Diff(gridMatrix(m.Grid).GetRows(), r.GetMatrices()[1].GetRows(), protocmp.Transform()); diff != "" {
		t.Error(diff)
	}
	for _, d := range r.GetDimensions() {
		if d.GetExposure() > high {
			t.Errorf("%s has exposure %s: what is missing is never as grave as the worst finding", d.GetId(), word(d.GetExposure()))
		}
	}
	for _, c := range r.GetCriteria() {
		if top := c.GetLevels()[len(c.GetLevels())-1]; top.GetWhen() != "" {
			t.Errorf("%s: the package's own words reach the highest level", c.GetId())
		}
	}
}

func TestLintCriteriaAndConfidence(t *testing.T) {
	for _, test := range []struct {
		name string
		edit func(*reviewpkgv1.Rubric)
		want string
	}{
		{"as it is", func(*reviewpkgv1.Rubric) {}, ""},
		{"weaker evidence above", func(r *reviewpkgv1.Rubric) { r.GetCriteria()[0].GetLevels()[1].SetMinTier(tierDocumented) }, "criterion_tier"},
		{"verified by its own words", func(r *reviewpkgv1.Rubric) {
			r.GetCriteria()[0].GetLevels()[2].SetMinTier(tierVerified)
		}, "criterion_derived"},
		{"a gate that nobody passes", func(r *reviewpkgv1.Rubric) {
			r.GetCriteria()[0].SetGate(reviewpkgv1.Gate_builder{MinLevel: 4, CapPermille: 1}.Build())
		}, "criterion_gate"},
		{"no confidence for the least", func(r *reviewpkgv1.Rubric) { r.GetConfidenceBands()[0].SetMinPermille(1) }, "confidence_start"},
		{"bands out of order", func(r *reviewpkgv1.Rubric) { r.GetConfidenceBands()[2].SetMinPermille(250) }, "confidence_order"},
		{"less for more", func(r *reviewpkgv1.Rubric) { r.GetConfidenceBands()[3].SetConfidence(lowConfidence) }, "confidence_monotone"},
	} {
		r := trustRubric()
		test.edit(r)
		if got := strings.Join(ruleNames(Lint(r)), " "); !strings.Contains(got, test.want) || test.want == "" && strings.Contains(got, "confidence") {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
}

// An ordinal that is no place in the list of levels is a mistake with a name, and
// does not keep the other rules from being applied.
func TestLintOrdinalOutOfRange(t *testing.T) {
	r := smallRubric()
	r.GetCriteria()[0].GetLevels()[3].SetOrdinal(9)
	if got := ruleNames(Lint(r)); !slices.Contains(got, "criterion.ordinals") {
		t.Errorf("%v", got)
	}
}
