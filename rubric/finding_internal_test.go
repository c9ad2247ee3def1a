package rubric

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/testing/protocmp"

	"github.com/reviewpkg/sdk/internal/inwords"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// levelNamed returns the level that a vector names.
func levelNamed(t *testing.T, name string) reviewpkgv1.Level {
	t.Helper()
	for l := lowest; l <= highest; l++ {
		if inwords.Enum(l) == name {
			return l
		}
	}
	t.Fatalf("no level %q", name)
	return 0
}

// barbican returns the eight findings of the vector file.
func barbican(t *testing.T) []*reviewpkgv1.Finding {
	t.Helper()
	var findings []*reviewpkgv1.Finding
	for _, row := range loadVectors(t).OpenStackFindings {
		if row.Package != "barbican" {
			continue
		}
		f := finding(fmt.Sprint("finding-", row.N), levelNamed(t, row.L), levelNamed(t, row.I))
		f.SetOverall(levelNamed(t, row.Declared))
		findings = append(findings, f)
	}
	if len(findings) != 8 {
		t.Fatalf("%d findings, want 8", len(findings))
	}
	return findings
}

func TestBarbicanFindings(t *testing.T) {
	s := newTestScorer(t, nil)
	for _, test := range []struct {
		name  string
		fixed []int
		want  uint32
	}{
		{"all open", nil, 855},
		{"finding 1 fixed", []int{1}, 834},
		{"findings 1 and 7 fixed", []int{1, 7}, 484},
	} {
		t.Run(test.name, func(t *testing.T) {
			p := withFindings(barbican(t)...)
			for _, n := range test.fixed {
				p.GetFindings()[n-1].SetState(fixed)
			}
			risk := dimensionOf(t, mustScore(t, s, p), "D7").GetRisk()
			if risk.GetScoreMin() != test.want || risk.GetScoreMax() != test.want {
				t.Errorf("%s, want %d", riskWords(risk), test.want)
			}
		})
	}
}

func TestBarbicanDifferences(t *testing.T) {
	profile := mustScore(t, newTestScorer(t, nil), withFindings(barbican(t)...))
	want := []*reviewpkgv1.RatingDifference{
		reviewpkgv1.RatingDifference_builder{Path: `findings["finding-5"].overall`, Finding: "finding-5", Declared: medium, Computed: low, Matrix: "owasp"}.Build(),
		reviewpkgv1.RatingDifference_builder{Path: `findings["finding-7"].overall`, Finding: "finding-7", Declared: medium, Computed: high, Matrix: "owasp"}.Build(),
	}
	if diff := cmp.Diff(want, profile.GetRatingDifferences(), protocmp.Transform()); diff != "" {
		t.Error(diff)
	}
}

// The ratings of OpenFGA's joint assessment: 13 findings, and one without.
func TestOpenFGAFindings(t *testing.T) {
	var findings []*reviewpkgv1.Finding
	add := func(n int, impact, likelihood reviewpkgv1.Level) {
		for range n {
			findings = append(findings, finding(fmt.Sprint("f-", len(findings)), likelihood, impact))
		}
	}
	add(8, high, low)
	add(1, high, medium)
	add(2, low, low)
	add(2, medium, low)
	add(1, 0, 0)
	d := dimensionOf(t, mustScore(t, newTestScorer(t, nil), withFindings(findings...)), "D7")
	want := reviewpkgv1.RiskInterval_builder{LevelMin: high, LevelMax: highest, ScoreMin: 855, ScoreMax: 966}.Build()
	if diff := cmp.Diff(want, d.GetRisk(), protocmp.Transform()); diff != "" {
		t.Error(diff)
	}
	unknowns := []*reviewpkgv1.Unknown{
		unknown(`findings["f-13"].likelihood`, "how likely the finding is to be exploited"),
		unknown(`findings["f-13"].impact`, "how grave the consequences would be"),
	}
	if diff := cmp.Diff(unknowns, d.GetUnknowns(), protocmp.Transform()); diff != "" {
		t.Error(diff)
	}
	if c := d.GetContributions()[0]; c.GetPath() != `findings["f-13"]` || c.GetLevelMin() != lowest || c.GetLevelMax() != highest {
		t.Errorf("the worst contribution is %v", c)
	}
}

func TestRate(t *testing.T) {
	for _, test := range []struct {
		name, finding string
		want          span
		derivation    string
	}{
		{"known", `{likelihood: LEVEL_LOW, impact: LEVEL_HIGH}`, span{medium, medium}, "likelihood low, impact high, matrix owasp"},
		{"range", `{likelihood: LEVEL_LOW, likelihoodMax: LEVEL_HIGH, impact: LEVEL_HIGH}`, span{medium, highest}, "likelihood low to high, impact high, matrix owasp"},
		{"range the wrong way round", `{likelihood: LEVEL_HIGH, likelihoodMax: LEVEL_LOW, impact: LEVEL_LOW}`, span{lowest, medium}, "likelihood low to high, impact low, matrix owasp"},
		{"no likelihood", `{impact: LEVEL_MEDIUM}`, span{low, high}, "likelihood very low to very high, impact medium, matrix owasp"},
		{"no impact", `{likelihood: LEVEL_LOW}`, span{lowest, medium}, "likelihood low, impact very low to very high, matrix owasp"},
		{"nothing", `{}`, span{lowest, highest}, "likelihood very low to very high, impact very low to very high, matrix owasp"},
		{"outside the matrix", `{likelihood: LEVEL_VERY_HIGH, impact: LEVEL_VERY_LOW}`, span{medium, medium}, "likelihood very high, impact very low, matrix owasp"},
		{"no such level", `{likelihood: 77, impact: LEVEL_LOW}`, span{lowest, medium}, "likelihood very low to very high, impact low, matrix owasp"},
		{"declared only", `{overall: LEVEL_HIGH}`, span{high, high}, "declared as high, likelihood and impact not stated"},
		{"declared and half rated", `{overall: LEVEL_HIGH, impact: LEVEL_LOW}`, span{lowest, medium}, "likelihood very low to very high, impact low, matrix owasp"},
	} {
		t.Run(test.name, func(t *testing.T) {
			f := parse(t, &reviewpkgv1.Finding{}, test.finding)
			got := newTestScorer(t, smallRubric()).rate(f, "findings[0]")
			if got.risk != test.want || got.derivation != test.derivation {
				t.Errorf("%v, %s; want %v, %s", got.risk, got.derivation, test.want, test.derivation)
			}
		})
	}
}

func TestRatingDifference(t *testing.T) {
	for _, test := range []struct {
		name, finding string
		want          reviewpkgv1.Level // 0 for no difference
	}{
		{"same", `{likelihood: LEVEL_LOW, impact: LEVEL_HIGH, overall: LEVEL_MEDIUM}`, 0},
		{"lower than declared", `{likelihood: LEVEL_LOW, impact: LEVEL_MEDIUM, overall: LEVEL_MEDIUM}`, low},
		{"scale of three", `{likelihood: LEVEL_LOW, impact: LEVEL_LOW, overall: LEVEL_LOW}`, 0},
		{"scale of five", `{likelihood: LEVEL_LOW, impact: LEVEL_LOW, overall: LEVEL_VERY_HIGH}`, lowest},
		{"inside a range", `{likelihood: LEVEL_LOW, likelihoodMax: LEVEL_HIGH, impact: LEVEL_HIGH, overall: LEVEL_HIGH}`, 0},
		{"below a range", `{likelihood: LEVEL_MEDIUM, likelihoodMax: LEVEL_HIGH, impact: LEVEL_HIGH, overall: LEVEL_LOW}`, high},
		{"above a range", `{likelihood: LEVEL_LOW, likelihoodMax: LEVEL_MEDIUM, impact: LEVEL_LOW, overall: LEVEL_HIGH}`, low},
		{"nothing declared", `{likelihood: LEVEL_LOW, impact: LEVEL_HIGH}`, 0},
		{"half rated", `{likelihood: LEVEL_LOW, overall: LEVEL_HIGH}`, 0},
	} {
		t.Run(test.name, func(t *testing.T) {
			f := parse(t, &reviewpkgv1.Finding{}, test.finding)
			got := newTestScorer(t, smallRubric()).ratingDifference(f, "findings[0]")
			if got.GetComputed() != test.want || (got == nil) != (test.want == 0) {
				t.Errorf("%v, want %s", got, word(test.want))
			}
		})
	}
}

func TestDisputedFindings(t *testing.T) {
	p := withFindings(finding("a", low, high))
	p.SetDisputedFindings([]*reviewpkgv1.Finding{finding("b", high, high)})
	profile := mustScore(t, newTestScorer(t, smallRubric()), p)
	d := dimensionOf(t, profile, "F")
	want := reviewpkgv1.RiskInterval_builder{LevelMin: medium, LevelMax: highest, ScoreMin: 210, ScoreMax: 960}.Build()
	if diff := cmp.Diff(want, d.GetRisk(), protocmp.Transform()); diff != "" {
		t.Error(diff)
	}
	contribution := reviewpkgv1.Contribution_builder{
		Path: `disputed_findings["b"]`, Title: "b", LevelMin: lowest, LevelMax: highest,
		Derivation: "likelihood high, impact high, matrix owasp; disputed, so that it may count for nothing",
		PointsMax:  750, // the score falls from 960 to 210 without it
	}.Build()
	if diff := cmp.Diff(contribution, d.GetContributions()[0], protocmp.Transform()); diff != "" {
		t.Error(diff)
	}
	if u := d.GetUnknowns(); len(u) != 1 || u[0].GetPath() != `disputed_findings["b"].agreement` {
		t.Errorf("unknown is %v", u)
	}
	// The finding itself is known, whether or not it stands.
	if f := profile.GetFindings()[0]; f.GetLevelMin() != highest || f.GetPath() != `disputed_findings["b"]` {
		t.Errorf("the worst finding is %v", f)
	}
	p.GetDisputedFindings()[0].SetState(fixed)
	risk := dimensionOf(t, mustScore(t, newTestScorer(t, smallRubric()), p), "F").GetRisk()
	if risk.GetScoreMax() != 210 {
		t.Errorf("a disputed finding that is fixed gives %s", riskWords(risk))
	}
}

func TestFindingsDimension(t *testing.T) {
	named := finding("a", high, high)
	named.SetDimension("X")
	lost := finding("b", low, high)
	lost.SetDimension("nowhere")
	for _, test := range []struct {
		name     string
		pkg      *reviewpkgv1.ReviewPackage
		assessed bool
		want     uint32
	}{
		{"nothing is said", withFindings(), false, 1000},
		{"no findings, and nobody looked", reviewpkgv1.ReviewPackage_builder{NoFindingsStatement: "none"}.Build(), false, 1000},
		{"no findings, and somebody looked", parsePackage(t, "{no_findings_statement: none, people: [{id: a, roles: [{kind: ROLE_KIND_SECURITY_REVIEWER}]}]}"), true, 0},
		{"no findings, and a body looked", parsePackage(t, "{no_findings_statement: none, review: {body: {name: B}}}"), true, 0},
		{"all closed", withFindings(reviewpkgv1.Finding_builder{Id: "c", State: fixed}.Build()), true, 0},
		{"one that names another dimension", withFindings(named), true, 960},
		{"one that names no dimension of the rubric", withFindings(lost), true, 210},
	} {
		t.Run(test.name, func(t *testing.T) {
			d := dimensionOf(t, mustScore(t, newTestScorer(t, smallRubric()), test.pkg), "F")
			if d.GetNotAssessed() == test.assessed || d.GetRisk().GetScoreMax() != test.want {
				t.Errorf("not assessed is %t, risk %s; want at most %d", d.GetNotAssessed(), riskWords(d.GetRisk()), test.want)
			}
			if asks := len(d.GetUnknowns()) == 1 && d.GetUnknowns()[0].GetPath() == "findings"; asks == test.assessed {
				t.Errorf("unknown is %v", d.GetUnknowns())
			}
		})
	}
	x := dimensionOf(t, mustScore(t, newTestScorer(t, smallRubric()), withFindings(named)), "X")
	if x.GetRisk().GetLevelMin() != highest || x.GetContributions()[0].GetPath() != `findings["a"]` {
		t.Errorf("a finding that names X does not count there: %v", x)
	}
}

// Ids that stand twice name nothing, so that the index does.
func TestFindingPaths(t *testing.T) {
	p := withFindings(finding("a", low, low), finding("b", low, low), finding("b", low, high), finding(`"`, low, low))
	var got []string
	for _, f := range mustScore(t, newTestScorer(t, smallRubric()), p).GetFindings() {
		got = append(got, f.GetPath())
	}
	want := []string{"findings[2]", `findings["\""]`, `findings["a"]`, "findings[1]"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
