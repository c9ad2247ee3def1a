package rubric

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// tieredRubric is the small rubric whose X.1 asks for two pieces of evidence, and
// for a reviewer's verification at level 3.
func tieredRubric() *reviewpkgv1.Rubric {
	r := smallRubric()
	c := r.GetCriteria()[0]
	c.GetLevels()[3].SetMinTier(tierVerified)
	c.SetEvidence(reviewpkgv1.EvidenceRule_builder{MinItems: 2, MaxAgeDays: 100}.Build())
	return r
}

func TestSupport(t *testing.T) {
	s := newTestScorer(t, tieredRubric())
	for _, test := range []struct {
		name, score string
		low, high   uint32
		tier        reviewpkgv1.EvidenceTier
		note        string // the beginning of it
	}{
		{"shown", "{level: 3, tier: EVIDENCE_TIER_REVIEWER_VERIFIED, scorerId: ann, evidenceIds: [e, f]}", 3, 3, tierVerified, ""},
		{"better than needed", "{level: 3, tier: EVIDENCE_TIER_INDEPENDENTLY_VALIDATED, scorerId: ann, evidenceIds: [e, f]}", 3, 3, tierValidated, ""},
		{"documented is not verified", "{level: 3, tier: EVIDENCE_TIER_DOCUMENTED, scorerId: ann, evidenceIds: [e, f]}", 2, 3, tierDocumented, "level 3 needs evidence that is reviewer verified, found documented"},
		{"documented is enough for level 2", "{level: 2, tier: EVIDENCE_TIER_DOCUMENTED, scorerId: ann, evidenceIds: [e, f]}", 2, 2, tierDocumented, ""},
		{"too little evidence", "{level: 2, tier: EVIDENCE_TIER_DOCUMENTED, scorerId: ann, evidenceIds: [e]}", 0, 2, tierDocumented, "1 pieces of evidence, want 2"},
		{"nobody signed", "{level: 2, tier: EVIDENCE_TIER_DOCUMENTED, evidenceIds: [e, f]}", 0, 2, tierDocumented, "nobody signed"},
		{"asserted", "{level: 2, tier: EVIDENCE_TIER_ASSERTED, scorerId: ann, evidenceIds: [e, f]}", 0, 2, tierAsserted, "the evidence is asserted"},
		{"scans alone", "{level: 3, tier: EVIDENCE_TIER_INDEPENDENTLY_VALIDATED, scorerId: ann, evidenceIds: [scan, report]}", 2, 3, tierDocumented, "level 3 needs"},
		{"a scan and something else", "{level: 3, tier: EVIDENCE_TIER_REVIEWER_VERIFIED, scorerId: ann, evidenceIds: [scan, e]}", 3, 3, tierVerified, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			score := parse(t, &reviewpkgv1.RubricScore{}, test.score)
			score.SetId("s")
			score.SetRubric("small")
			score.SetRubricVersion("1.0.0")
			score.SetCriterion("X.1")
			score.SetState(stateLevel)
			p := parsePackage(t, `{id: p, review: {evidence: [{id: scan, kind: EVIDENCE_KIND_STATIC_ANALYSIS_SCAN}, {id: e, kind: EVIDENCE_KIND_AUDIT}]},
				artifacts: [{id: report, kind: ARTIFACT_KIND_SCAN_REPORT}]}`)
			p.SetScores([]*reviewpkgv1.RubricScore{score})
			r := dimensionOf(t, mustScore(t, s, p), "X").GetCriteria()[0]
			if r.GetLevelMin() != test.low || r.GetLevelMax() != test.high || r.GetTier() != test.tier ||
				(test.note == "") != (r.GetNote() == "") || !strings.HasPrefix(r.GetNote(), test.note) {
				t.Errorf("got %v", r)
			}
		})
	}
}

// A reviewer may take a criterion out of a dimension only where the rubric lets
// them, and only so much of the weight.
func TestNotApplicableIsLimited(t *testing.T) {
	declare := func(criterion string) *reviewpkgv1.RubricScore {
		return reviewpkgv1.RubricScore_builder{
			Id: criterion, Rubric: "small", RubricVersion: "1.0.0", Criterion: criterion, State: stateNotApplicable,
			ScorerId: "ann", ConfirmerId: "rex", Rationale: "there is none",
		}.Build()
	}
	for _, test := range []struct {
		name     string
		edit     func(*reviewpkgv1.Rubric)
		declared []string
		want     string // the states of both criteria
	}{
		{"allowed", func(*reviewpkgv1.Rubric) {}, []string{"X.2"}, "UNKNOWN NOT_APPLICABLE"},
		{"all of them", func(*reviewpkgv1.Rubric) {}, []string{"X.1", "X.2"}, "NOT_APPLICABLE NOT_APPLICABLE"},
		{"not this one", func(r *reviewpkgv1.Rubric) { r.GetCriteria()[1].SetMayNotApply(false) }, []string{"X.2"}, "UNKNOWN UNKNOWN"},
		{"a third is just allowed", func(r *reviewpkgv1.Rubric) { r.SetMaxNotApplicablePermille(334) }, []string{"X.2"}, "UNKNOWN NOT_APPLICABLE"},
		{"a third is too much", func(r *reviewpkgv1.Rubric) { r.SetMaxNotApplicablePermille(333) }, []string{"X.2"}, "UNKNOWN UNKNOWN"},
		{"none is accepted", func(r *reviewpkgv1.Rubric) { r.SetMaxNotApplicablePermille(0) }, []string{"X.2"}, "UNKNOWN UNKNOWN"},
	} {
		t.Run(test.name, func(t *testing.T) {
			r := smallRubric()
			test.edit(r)
			p := parsePackage(t, "{id: p}")
			for _, criterion := range test.declared {
				p.SetScores(append(p.GetScores(), declare(criterion)))
			}
			var states []string
			for _, c := range dimensionOf(t, mustScore(t, newTestScorer(t, r), p), "X").GetCriteria() {
				states = append(states, strings.TrimPrefix(c.GetState().String(), "SCORE_STATE_"))
				if c.GetState() == stateUnknown && c.GetOrigin() == reviewpkgv1.ScoreOrigin_SCORE_ORIGIN_REVIEWER && c.GetNote() == "" {
					t.Errorf("nothing says why %s does not count", c.GetCriterion())
				}
			}
			if got := strings.Join(states, " "); got != test.want {
				t.Errorf("%s, want %s", got, test.want)
			}
		})
	}
}

// A gate caps what the other criteria can make up for, at each end of what is
// not known.
func TestGate(t *testing.T) {
	r := smallRubric()
	r.GetCriteria()[1].SetGate(reviewpkgv1.Gate_builder{MinLevel: 1, CapPermille: 399}.Build())
	s := newTestScorer(t, r)
	for _, test := range []struct {
		labels   string
		min, max uint32
	}{
		{"{a: '2', b: '2'}", 667, 667},
		{"{a: '2', b: '1'}", 555, 555},
		{"{a: '2', b: '0'}", 399, 399}, // 444 without the gate
		{"{a: '2'}", 399, 778},         // the criterion may be below it or not
		{"{a: '1', b: '0'}", 222, 222}, // the cap raises nothing
		{"{a: '2', b: none}", 667, 667},
	} {
		d := dimensionOf(t, mustScore(t, s, parsePackage(t, "{id: p, labels: "+test.labels+"}")), "X")
		if d.GetMetPermilleMin() != test.min || d.GetMetPermilleMax() != test.max {
			t.Errorf("%s: %d to %d, want %d to %d", test.labels, d.GetMetPermilleMin(), d.GetMetPermilleMax(), test.min, test.max)
		}
		if gated := strings.Contains(d.GetContributions()[0].GetDerivation(), "gate of X.2"); gated != strings.Contains(test.labels, "b: '0'") && test.labels != "{a: '2'}" {
			t.Errorf("%s: %s", test.labels, d.GetContributions()[0].GetDerivation())
		}
	}
}

// P11: the points of all contributions are the score, at both ends, of each
// dimension and over all of them; and the inherent risk is never below the
// residual one.
func TestP11ContributionsAddUp(t *testing.T) {
	s := newTestScorer(t, smallRubric())
	rapid.Check(t, func(t *rapid.T) {
		profile := mustScore(t, s, drawPackage(t))
		sum := func(list []*reviewpkgv1.Contribution) (low, high uint32) {
			for _, c := range list {
				low, high = low+c.GetPointsMin(), high+c.GetPointsMax()
			}
			return low, high
		}
		for _, d := range profile.GetDimensions() {
			if d.GetNotAssessed() {
				continue
			}
			if low, high := sum(d.GetContributions()); low != d.GetRisk().GetScoreMin() || high != d.GetRisk().GetScoreMax() {
				t.Fatalf("%s is %s, and its contributions are %d to %d", d.GetDimension(), riskWords(d.GetRisk()), low, high)
			}
			if !notLower(d.GetRisk(), d.GetInherent()) {
				t.Fatalf("%s is %s, and %s before anything was done", d.GetDimension(), riskWords(d.GetRisk()), riskWords(d.GetInherent()))
			}
		}
		if len(profile.GetContributions()) == 0 {
			return
		}
		if low, high := sum(profile.GetContributions()); low != profile.GetOverall().GetScoreMin() || high != profile.GetOverall().GetScoreMax() {
			t.Fatalf("overall is %s, and its contributions are %d to %d", riskWords(profile.GetOverall()), low, high)
		}
		if !notLower(profile.GetOverall(), profile.GetInherent()) {
			t.Fatalf("overall is %s, inherent %s", riskWords(profile.GetOverall()), riskWords(profile.GetInherent()))
		}
	})
}

// What was fixed or mitigated is part of the inherent risk; what was rejected
// never was one.
func TestInherent(t *testing.T) {
	closed := finding("a", high, high)
	closed.SetState(fixed)
	rejected := finding("b", high, high)
	rejected.SetState(reviewpkgv1.FindingState_FINDING_STATE_REJECTED)
	rejected.SetAgreement(reviewpkgv1.Agreement_builder{Reviewer: reviewpkgv1.SignOff_builder{PersonId: "rex"}.Build()}.Build())
	s := newTestScorer(t, smallRubric())
	for _, test := range []struct {
		findings []*reviewpkgv1.Finding
		inherent uint32
	}{
		{[]*reviewpkgv1.Finding{closed}, 960},
		{[]*reviewpkgv1.Finding{rejected}, 0},
		{[]*reviewpkgv1.Finding{rejected, closed, finding("c", high, high)}, 968},
	} {
		d := dimensionOf(t, mustScore(t, s, withFindings(test.findings...)), "F")
		if d.GetInherent().GetScoreMin() != test.inherent || d.GetInherent().GetScoreMax() != test.inherent {
			t.Errorf("the inherent risk is %s, want %d", riskWords(d.GetInherent()), test.inherent)
		}
	}
}

// A finding that has a CVSS vector and no other rating is rated by it.
func TestFindingByCVSS(t *testing.T) {
	s := newTestScorer(t, smallRubric())
	const critical = "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N"
	for _, test := range []struct {
		name, finding string
		level         reviewpkgv1.Level
		difference    bool
	}{
		{"vector alone", "{id: f, cvss_vector: '" + critical + "'}", highest, false},
		{"declared as well", "{id: f, overall: LEVEL_HIGH, cvss_vector: '" + critical + "'}", high, true},
		{"declared alike", "{id: f, overall: LEVEL_VERY_HIGH, cvss_vector: '" + critical + "'}", highest, false},
		{"the matrix comes first", "{id: f, likelihood: LEVEL_LOW, impact: LEVEL_LOW, cvss_vector: '" + critical + "'}", lowest, false},
		{"no vector", "{id: f, overall: LEVEL_LOW, cvss_vector: 'CVSS:4.0/AV:X'}", low, false},
	} {
		profile := mustScore(t, s, withFindings(parse(t, &reviewpkgv1.Finding{}, test.finding)))
		f := profile.GetFindings()[0]
		if f.GetLevelMin() != test.level || f.GetLevelMax() != test.level || (len(profile.GetRatingDifferences()) > 0) != test.difference {
			t.Errorf("%s: %v, differences %v", test.name, f, profile.GetRatingDifferences())
		}
		if f.HasCvssTenths() != (test.name != "no vector") || f.HasCvssTenths() && f.GetCvssTenths() != 93 {
			t.Errorf("%s: the score is %d tenths", test.name, f.GetCvssTenths())
		}
	}
}
