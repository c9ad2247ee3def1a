package rubric

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/testing/protocmp"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
	"github.com/reviewpkg/sdk/reviewpkg"
)

// scored returns a package with scores for criterion X.1 of the small rubric,
// of which each test gives the rest.
func scored(t *testing.T, label string, scores ...string) *reviewpkgv1.ReviewPackage {
	t.Helper()
	p := parsePackage(t, fmt.Sprintf("{id: p, labels: {a: '%s'}}", label))
	for i, text := range scores {
		s := parse(t, &reviewpkgv1.RubricScore{}, text)
		s.SetId(fmt.Sprint("s", i))
		s.SetRubric("small")
		if s.GetRubricVersion() == "" {
			s.SetRubricVersion("1.0.0")
		}
		s.SetCriterion("X.1")
		if s.GetState() != stateNotApplicable {
			back(s)
		}
		p.SetScores(append(p.GetScores(), s))
	}
	return p
}

// back makes somebody stand behind a score, and something show it.
func back(s *reviewpkgv1.RubricScore) {
	s.SetScorerId("ann")
	s.SetEvidenceIds([]string{"e"})
}

func TestBacked(t *testing.T) {
	s := newTestScorer(t, smallRubric())
	for _, test := range []struct {
		name  string
		edit  func(s *reviewpkgv1.RubricScore)
		exact bool
	}{
		{"signed and shown", func(*reviewpkgv1.RubricScore) {}, true},
		{"nobody signed", func(s *reviewpkgv1.RubricScore) { s.SetScorerId("") }, false},
		{"nothing shows it", func(s *reviewpkgv1.RubricScore) { s.SetEvidenceIds(nil) }, false},
		{"asserted", func(s *reviewpkgv1.RubricScore) { s.SetTier(reviewpkgv1.EvidenceTier_EVIDENCE_TIER_ASSERTED) }, false},
		{"verified", func(s *reviewpkgv1.RubricScore) {
			s.SetTier(reviewpkgv1.EvidenceTier_EVIDENCE_TIER_REVIEWER_VERIFIED)
		}, true},
	} {
		p := scored(t, "", "{state: SCORE_STATE_LEVEL, level: 3}")
		test.edit(p.GetScores()[0])
		r := dimensionOf(t, mustScore(t, s, p), "X").GetCriteria()[0]
		if exact := r.GetLevelMin() == 3; exact != test.exact || r.GetLevelMax() != 3 || !exact && r.GetLevelMin() != 0 {
			t.Errorf("%s: levels %d to %d", test.name, r.GetLevelMin(), r.GetLevelMax())
		}
	}
}

func TestCriterion(t *testing.T) {
	const (
		reviewer = "SCORE_ORIGIN_REVIEWER"
		derived  = "SCORE_ORIGIN_DERIVED"
		nobody   = "SCORE_ORIGIN_NONE"
	)
	s := newTestScorer(t, smallRubric())
	for _, test := range []struct {
		name, label string
		scores      []string
		want        string // without the criterion
		differences string // declared > derived, one for each
	}{
		{"nothing", "", nil, "{state: SCORE_STATE_UNKNOWN, levelMax: 3, origin: " + nobody + "}", ""},
		{"derived", "2", nil, "{state: SCORE_STATE_LEVEL, levelMin: 2, levelMax: 2, origin: " + derived + "}", ""},
		{"declared absent", "0", nil, "{state: SCORE_STATE_LEVEL, origin: " + derived + "}", ""},
		{"does not apply", "none", nil, "{state: SCORE_STATE_NOT_APPLICABLE, origin: " + derived + "}", ""},
		{"reviewer", "", []string{"{state: SCORE_STATE_LEVEL, level: 3}"}, "{state: SCORE_STATE_LEVEL, levelMin: 3, levelMax: 3, origin: " + reviewer + ", score: s0}", ""},
		{"reviewer agrees", "2", []string{"{state: SCORE_STATE_LEVEL, level: 2}"}, "{state: SCORE_STATE_LEVEL, levelMin: 2, levelMax: 2, origin: " + reviewer + ", score: s0}", ""},
		{"reviewer is lower", "2", []string{"{state: SCORE_STATE_LEVEL, level: 1}"}, "{state: SCORE_STATE_LEVEL, levelMin: 1, levelMax: 1, origin: " + reviewer + ", score: s0}", "1>2"},
		{"reviewer verified what is documented", "2", []string{"{state: SCORE_STATE_LEVEL, level: 3}"}, "{state: SCORE_STATE_LEVEL, levelMin: 3, levelMax: 3, origin: " + reviewer + ", score: s0}", ""},
		{"reviewer verified what is hardly documented", "1", []string{"{state: SCORE_STATE_LEVEL, level: 3}"}, "{state: SCORE_STATE_LEVEL, levelMin: 3, levelMax: 3, origin: " + reviewer + ", score: s0}", "3>1"},
		{"range", "0", []string{"{state: SCORE_STATE_RANGE, level: 1, levelMax: 2}"}, "{state: SCORE_STATE_RANGE, levelMin: 1, levelMax: 2, origin: " + reviewer + ", score: s0}", "1>0"},
		{"range of one", "1", []string{"{state: SCORE_STATE_RANGE, level: 1, levelMax: 1}"}, "{state: SCORE_STATE_LEVEL, levelMin: 1, levelMax: 1, origin: " + reviewer + ", score: s0}", ""},
		{"two reviewers", "", []string{"{state: SCORE_STATE_LEVEL, level: 2}", "{state: SCORE_STATE_LEVEL, level: 1}"}, "{state: SCORE_STATE_RANGE, levelMin: 1, levelMax: 2, origin: " + reviewer + ", score: s0}", ""},
		{"one of two does not know", "", []string{"{state: SCORE_STATE_UNKNOWN}", "{state: SCORE_STATE_LEVEL, level: 1}"}, "{state: SCORE_STATE_LEVEL, levelMin: 1, levelMax: 1, origin: " + reviewer + ", score: s1}", ""},
		{"reviewer does not know", "2", []string{"{state: SCORE_STATE_UNKNOWN}"}, "{state: SCORE_STATE_UNKNOWN, levelMax: 3, origin: " + reviewer + ", score: s0}", ""},
		{"not applicable", "2", []string{"{state: SCORE_STATE_NOT_APPLICABLE, scorerId: a, confirmerId: b, rationale: no}"}, "{state: SCORE_STATE_NOT_APPLICABLE, origin: " + reviewer + ", score: s0}", ""},
		{"not applicable, nobody confirms", "2", []string{"{state: SCORE_STATE_NOT_APPLICABLE, scorerId: a, rationale: no}"}, "{state: SCORE_STATE_UNKNOWN, levelMax: 3, origin: " + reviewer + ", score: s0}", ""},
		{"not applicable, confirmed by oneself", "2", []string{"{state: SCORE_STATE_NOT_APPLICABLE, scorerId: a, confirmerId: a, rationale: no}"}, "{state: SCORE_STATE_UNKNOWN, levelMax: 3, origin: " + reviewer + ", score: s0}", ""},
		{"not applicable, nobody scored", "2", []string{"{state: SCORE_STATE_NOT_APPLICABLE, confirmerId: b, rationale: no}"}, "{state: SCORE_STATE_UNKNOWN, levelMax: 3, origin: " + reviewer + ", score: s0}", ""},
		{"not applicable to one of two", "", []string{"{state: SCORE_STATE_NOT_APPLICABLE, scorerId: a, confirmerId: b, rationale: no}", "{state: SCORE_STATE_LEVEL, level: 1}"}, "{state: SCORE_STATE_LEVEL, levelMin: 1, levelMax: 1, origin: " + reviewer + ", score: s1}", ""},
		{"unknown to one of two", "", []string{"{state: SCORE_STATE_UNKNOWN}", "{state: SCORE_STATE_NOT_APPLICABLE, scorerId: a, confirmerId: b, rationale: no}"}, "{state: SCORE_STATE_UNKNOWN, levelMax: 3, origin: " + reviewer + ", score: s0}", ""},
		{"level that is not there", "2", []string{"{state: SCORE_STATE_LEVEL, level: 4}"}, "{state: SCORE_STATE_UNKNOWN, levelMax: 3, origin: " + reviewer + ", score: s0}", ""},
		{"range that goes too far", "2", []string{"{state: SCORE_STATE_RANGE, level: 2, levelMax: 9}"}, "{state: SCORE_STATE_UNKNOWN, levelMax: 3, origin: " + reviewer + ", score: s0}", ""},
		{"range the wrong way round", "2", []string{"{state: SCORE_STATE_RANGE, level: 2, levelMax: 1}"}, "{state: SCORE_STATE_UNKNOWN, levelMax: 3, origin: " + reviewer + ", score: s0}", ""},
		{"a value and no level", "2", []string{"{state: SCORE_STATE_LEVEL, value: 9.5}"}, "{state: SCORE_STATE_UNKNOWN, levelMax: 3, origin: " + reviewer + ", score: s0}", ""},
		{"another version", "2", []string{"{state: SCORE_STATE_LEVEL, level: 0, rubricVersion: 2.0.0}"}, "{state: SCORE_STATE_LEVEL, levelMin: 2, levelMax: 2, origin: " + derived + "}", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			profile := mustScore(t, s, scored(t, test.label, test.scores...))
			want := parse(t, &reviewpkgv1.CriterionResult{}, test.want)
			want.SetCriterion("X.1")
			switch {
			case want.GetState() == stateUnknown || want.GetState() == stateNotApplicable:
			case want.GetOrigin() == reviewpkgv1.ScoreOrigin_SCORE_ORIGIN_DERIVED:
				want.SetTier(tierDocumented)
			default:
				want.SetTier(tierAsserted) // no score of this test states one
			}
			if diff := cmp.Diff(want, dimensionOf(t, profile, "X").GetCriteria()[0], protocmp.Transform(),
				protocmp.IgnoreFields(want, "note")); diff != "" {
				t.Error(diff)
			}
			var differences []string
			for _, d := range profile.GetScoreDifferences() {
				differences = append(differences, fmt.Sprintf("%d>%d", d.GetDeclared(), d.GetDerived()))
				if d.GetCriterion() != "X.1" || d.GetPath() != `scores["s0"]` {
					t.Errorf("the difference is at %s, %s", d.GetCriterion(), d.GetPath())
				}
			}
			if got := strings.Join(differences, " "); got != test.differences {
				t.Errorf("differences are %q, want %q", got, test.differences)
			}
		})
	}
}

func TestGap(t *testing.T) {
	s := newTestScorer(t, smallRubric())
	for _, test := range []struct {
		a, b, risk, derivation string
	}{
		// (2*667 + 1*333) / 3 = 555, rounded down.
		{"2", "1", "medium (210)", "2 of 2 criteria known, 555 permille met, weakness medium, exposure high, matrix nist-800-30-i2"},
		// (2*0 + 1*333) / 3 = 111.
		{"0", "1", "high (800)", "2 of 2 criteria known, 111 permille met, weakness very high, exposure high, matrix nist-800-30-i2"},
		// (2*667 + 1*0) / 3 = 444; (2*667 + 1*1000) / 3 = 778.
		{"2", "", "low to medium (50 to 210)", "1 of 2 criteria known, 444 to 778 permille met, weakness low to medium, exposure high, matrix nist-800-30-i2"},
		{"", "", "low to high (50 to 800)", "0 of 2 criteria known, 0 to 1000 permille met, weakness very low to very high, exposure high, matrix nist-800-30-i2"},
		{"none", "2", "medium (210)", "1 of 2 criteria known, 667 permille met, weakness medium, exposure high, matrix nist-800-30-i2"},
	} {
		t.Run(test.a+","+test.b, func(t *testing.T) {
			p := parsePackage(t, fmt.Sprintf("{id: p, labels: {a: '%s', b: '%s'}}", test.a, test.b))
			d := dimensionOf(t, mustScore(t, s, p), "X")
			if got := riskWords(d.GetRisk()); got != test.risk {
				t.Errorf("risk is %s, want %s", got, test.risk)
			}
			c := d.GetContributions()
			if len(c) != 1 || c[0].GetPath() != `criteria["X"]` || c[0].GetDerivation() != test.derivation {
				t.Errorf("contributions are %v, want %s", c, test.derivation)
			}
		})
	}
}

// If nothing applies nothing is assessed, which is no zero risk.
func TestNotAssessed(t *testing.T) {
	s := newTestScorer(t, smallRubric())
	p := parsePackage(t, "{id: p, labels: {a: none, b: none}}")
	profile := mustScore(t, s, p)
	d := dimensionOf(t, profile, "X")
	if !d.GetNotAssessed() || riskWords(d.GetRisk()) != "very low to very high (0 to 1000)" || len(d.GetContributions()) != 0 {
		t.Errorf("X is %v", d)
	}
	if got := riskWords(profile.GetOverall()); got != "very low to very high (0 to 1000)" {
		t.Errorf("overall is %s", got)
	}
	// A dimension that is not assessed is left out of the rest.
	p.SetFindings([]*reviewpkgv1.Finding{finding("a", low, high)})
	if got := riskWords(mustScore(t, s, p).GetOverall()); got != "medium (210)" {
		t.Errorf("overall is %s, want medium (210)", got)
	}
}

func TestConditionThatFails(t *testing.T) {
	for _, test := range []struct {
		name, when string
		code       reviewpkg.Code
	}{
		{"no such key", "pkg.labels['b'] == ''", reviewpkg.BadFormat},
		{"too much work", "pkg.findings.all(f, pkg.findings.all(g, pkg.findings.all(h, f.id != '' || g.id != '' || h.id != '')))", reviewpkg.TooLarge},
	} {
		t.Run(test.name, func(t *testing.T) {
			r := smallRubric()
			r.GetCriteria()[0].GetLevels()[2].SetWhen(test.when)
			var findings []*reviewpkgv1.Finding
			for i := range 200 {
				findings = append(findings, finding(fmt.Sprint("f", i), low, low))
			}
			_, err := ScoreOptions{Rubric: r}.Score(withFindings(findings...))
			var d *reviewpkg.Diagnostic
			if !errors.As(err, &d) || d.Code != test.code || d.Path != `criteria["X.1"].levels[2].when` {
				t.Errorf("%v, want %s at the condition", err, test.code)
			}
			r.GetCriteria()[0].SetAppliesWhen(test.when)
			if _, err := (ScoreOptions{Rubric: r}).Score(withFindings(findings...)); !errors.Is(err, test.code) {
				t.Errorf("%v, want %s", err, test.code)
			}
		})
	}
}

func TestNarrativeFunctions(t *testing.T) {
	for _, test := range []struct {
		narrative              string
		answered, declaredNone bool
	}{
		{"{}", false, false},
		{"{text: yes}", true, false},
		{"{text: yes, presence: PRESENCE_ANSWERED}", true, false},
		{"{text: yes, presence: PRESENCE_TEMPLATE_TEXT}", false, false},
		{"{text: none, presence: PRESENCE_NONE_DECLARED}", false, true},
		{"{presence: PRESENCE_UNKNOWN}", false, false},
		{"{presence: PRESENCE_EMPTY}", false, false},
		{"{presence: PRESENCE_NOT_APPLICABLE}", false, false},
		{"{presence: PRESENCE_MERGED_ELSEWHERE, mergedInto: summary.background}", true, false},
		{"{presence: PRESENCE_MERGED_ELSEWHERE}", false, false},
	} {
		n := parse(t, &reviewpkgv1.Narrative{}, test.narrative)
		if a, d := answered(n), declaredNone(n); a != test.answered || d != test.declaredNone {
			t.Errorf("%s: answered is %t, declared_none is %t", test.narrative, a, d)
		}
	}
}

func TestPrintable(t *testing.T) {
	if got := printable("no\n\x07such\tfield"); got != "no  such field" {
		t.Errorf("%q", got)
	}
	if got := printable(strings.Repeat("x", 1000)); len(got) > 80 {
		t.Errorf("%d bytes", len(got))
	}
}
