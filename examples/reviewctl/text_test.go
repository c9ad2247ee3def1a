package main

import (
	"strings"
	"testing"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// Short names that the samples use.
const (
	lowLevel, mediumLevel, highLevel = reviewpkgv1.Level_LEVEL_LOW, reviewpkgv1.Level_LEVEL_MEDIUM, reviewpkgv1.Level_LEVEL_VERY_HIGH

	passed, warned = reviewpkgv1.Outcome_OUTCOME_PASS, reviewpkgv1.Outcome_OUTCOME_WARN
	open, failed   = reviewpkgv1.Outcome_OUTCOME_INDETERMINATE, reviewpkgv1.Outcome_OUTCOME_FAIL
)

// hostile is a text that no line of output may hold as it is.
const hostile = "\x1b[2J\n\u202Ex\ty"

// riskOf returns a risk.
func riskOf(from, to reviewpkgv1.Level, low, high uint32) *reviewpkgv1.RiskInterval {
	return reviewpkgv1.RiskInterval_builder{LevelMin: from, LevelMax: to, ScoreMin: low, ScoreMax: high}.Build()
}

// unknownAt returns an open question.
func unknownAt(path, question string) *reviewpkgv1.Unknown {
	return reviewpkgv1.Unknown_builder{Path: path, Question: question}.Build()
}

// sampleScored returns a package with a profile, a verdict and a plan, each with
// everything that they can hold, by nobody's rubric but its own.
func sampleScored() *scored {
	return &scored{
		path: "p.yaml", pkg: samplePackage(), rubric: sampleRubric(),
		profile: sampleProfile(), verdict: sampleVerdict(), plan: samplePlan(),
	}
}

// samplePackage returns a package whose values have sources.
func samplePackage() *reviewpkgv1.ReviewPackage {
	source := func(path, document string, first, last uint32) *reviewpkgv1.ValueSource {
		return reviewpkgv1.ValueSource_builder{
			Path: path, DocumentId: document, StartLine: first, EndLine: last,
			Derivation: reviewpkgv1.Derivation_DERIVATION_TABLE_CELL, Note: "other.md",
		}.Build()
	}
	return reviewpkgv1.ReviewPackage_builder{
		Id: "p", Title: "A " + hostile, Status: reviewpkgv1.PackageStatus_PACKAGE_STATUS_DRAFT,
		Artifacts: []*reviewpkgv1.Artifact{reviewpkgv1.Artifact_builder{Id: "a-1", Path: "self-assessment.md"}.Build()},
		Documents: []*reviewpkgv1.Document{
			reviewpkgv1.Document_builder{Id: "d-1", ArtifactId: "a-1"}.Build(), reviewpkgv1.Document_builder{Id: "d-2"}.Build(),
		},
		ValueSources: []*reviewpkgv1.ValueSource{
			source(`findings["f.1"]`, "d-1", 120, 124), source(`findings["f.1"].likelihood`, "d-1", 121, 121),
			source(`findings["f.1"].likelihood`, "d-2", 9, 9), source(`scores["s-1"]`, "d-2", 0, 0), source("status", "", 7, 0),
		},
	}.Build()
}

// sampleRubric returns a rubric as far as an explanation needs one.
func sampleRubric() *reviewpkgv1.Rubric {
	level := func(value uint32) *reviewpkgv1.CriterionLevel {
		return reviewpkgv1.CriterionLevel_builder{ValuePermille: value}.Build()
	}
	criterion := func(id string, weight uint32, gate *reviewpkgv1.Gate) *reviewpkgv1.Criterion {
		return reviewpkgv1.Criterion_builder{
			Id: id, Weight: weight, Gate: gate, Levels: []*reviewpkgv1.CriterionLevel{level(0), level(500), level(1000)},
		}.Build()
	}
	return reviewpkgv1.Rubric_builder{
		Id: "r", VolumeConstant: 4,
		Bands: []*reviewpkgv1.ScoreBand{
			reviewpkgv1.ScoreBand_builder{Level: lowLevel, Max: 209}.Build(), reviewpkgv1.ScoreBand_builder{Level: highLevel, Min: 210, Max: 1000}.Build(),
		},
		Criteria: []*reviewpkgv1.Criterion{
			criterion("D1.1", 2, reviewpkgv1.Gate_builder{MinLevel: 2, CapPermille: 300}.Build()), criterion("D1.2", 1, nil), criterion("D1.3", 5, nil),
		},
	}.Build()
}

// sampleProfile returns a profile of three dimensions.
func sampleProfile() *reviewpkgv1.RiskProfile {
	part := func(path, title, derivation string, low, high uint32) *reviewpkgv1.Contribution {
		return reviewpkgv1.Contribution_builder{
			Path: path, Title: title, Derivation: derivation, LevelMin: lowLevel, LevelMax: highLevel, PointsMin: low, PointsMax: high,
		}.Build()
	}
	result := func(id string, state reviewpkgv1.ScoreState, low, high uint32, origin reviewpkgv1.ScoreOrigin, score, note string) *reviewpkgv1.CriterionResult {
		return reviewpkgv1.CriterionResult_builder{
			Criterion: id, State: state, LevelMin: low, LevelMax: high, Origin: origin, Score: score, Note: note,
			Tier: reviewpkgv1.EvidenceTier_EVIDENCE_TIER_DOCUMENTED,
		}.Build()
	}
	fresh := uint32(750)
	trust := reviewpkgv1.Confidence_builder{
		Level: reviewpkgv1.ConfidenceLevel_CONFIDENCE_LEVEL_LOW, CoveragePermille: 600, EvidencePermille: 300, FreshnessPermille: &fresh,
		Independence: reviewpkgv1.ConfidenceLevel_CONFIDENCE_LEVEL_MEDIUM,
	}.Build()
	wide, sure := riskOf(lowLevel, highLevel, 50, 900), riskOf(lowLevel, lowLevel, 50, 50)
	return reviewpkgv1.RiskProfile_builder{
		Rubric: "r", RubricVersion: "1.0.0", Draft: true, Overall: wide, Inherent: riskOf(highLevel, highLevel, 960, 960), Confidence: trust,
		Contributions: []*reviewpkgv1.Contribution{part(`dimensions["D1"]`, "One", "score 50 to 900", 40, 600), part(`dimensions["D2"]`, "Two", "", 10, 300)},
		Dimensions: []*reviewpkgv1.DimensionProfile{
			reviewpkgv1.DimensionProfile_builder{
				Dimension: "D1", Title: "One" + hostile, Risk: wide, Inherent: wide, Confidence: trust, MetPermilleMin: 166, MetPermilleMax: 300,
				Unknowns:      []*reviewpkgv1.Unknown{unknownAt("D1.1", "Is it "+hostile+" known?")},
				Contributions: []*reviewpkgv1.Contribution{part(`findings["f.1"]`, hostile, "likelihood low", 50, 900), part(`criteria["D1"]`, "", "", 0, 0)},
				Criteria: []*reviewpkgv1.CriterionResult{
					result("D1.1", reviewpkgv1.ScoreState_SCORE_STATE_RANGE, 0, 1, reviewpkgv1.ScoreOrigin_SCORE_ORIGIN_REVIEWER, "s-1", "a claim "+hostile),
					result("D1.2", reviewpkgv1.ScoreState_SCORE_STATE_LEVEL, 1, 1, reviewpkgv1.ScoreOrigin_SCORE_ORIGIN_DERIVED, "", ""),
					result("D1.3", reviewpkgv1.ScoreState_SCORE_STATE_NOT_APPLICABLE, 0, 0, reviewpkgv1.ScoreOrigin_SCORE_ORIGIN_REVIEWER, "s-2", ""),
					result("D1.9", reviewpkgv1.ScoreState_SCORE_STATE_UNKNOWN, 0, 7, reviewpkgv1.ScoreOrigin_SCORE_ORIGIN_NONE, "", ""),
				},
			}.Build(),
			// Points that do not add up are no sum.
			reviewpkgv1.DimensionProfile_builder{Dimension: "D2", Title: "Two", Risk: sure, Contributions: []*reviewpkgv1.Contribution{part("x", "", "", 1, 1)}}.Build(),
			reviewpkgv1.DimensionProfile_builder{Dimension: "D3", Title: "Three", Risk: wide, NotAssessed: true}.Build(),
		},
		Findings: []*reviewpkgv1.FindingRisk{
			reviewpkgv1.FindingRisk_builder{Finding: "f", Path: `findings["f"]`, Dimension: "D2", LevelMin: lowLevel, LevelMax: highLevel}.Build(),
		},
		RatingDifferences: []*reviewpkgv1.RatingDifference{
			reviewpkgv1.RatingDifference_builder{Path: `findings["f"].overall`, Declared: lowLevel, Computed: highLevel, Matrix: "m"}.Build(),
		},
		ScoreDifferences: []*reviewpkgv1.ScoreDifference{
			reviewpkgv1.ScoreDifference_builder{Path: `scores["s"].level`, Criterion: "D1.1", Declared: 3, Derived: 1}.Build(),
		},
	}.Build()
}

// sampleVerdict returns a verdict with a rule over items and all that stands
// beside rules.
func sampleVerdict() *reviewpkgv1.Verdict {
	var many []string
	for range mostPaths + 2 {
		many = append(many, `findings["f\x1b"]`+"\x1b")
	}
	read := func(path, value string) *reviewpkgv1.ReadValue {
		return reviewpkgv1.ReadValue_builder{Path: path, Value: value}.Build()
	}
	waiver := func(id string, s reviewpkgv1.WaiverStatus, message string, rules, findings []string) *reviewpkgv1.WaiverResult {
		return reviewpkgv1.WaiverResult_builder{Waiver: id, Path: "waivers[1]", Status: s, Message: message, Rules: rules, Findings: findings}.Build()
	}
	return reviewpkgv1.Verdict_builder{
		Outcome: failed, Package: "p", Policy: "q", PolicyVersion: "2", AsOf: reviewpkgv1.Date_builder{Value: today}.Build(),
		Results: []*reviewpkgv1.RuleResult{
			reviewpkgv1.RuleResult_builder{
				Rule: "rule.fixed", Outcome: failed, Message: "it is open " + hostile, PolicyPath: `rules["fixed"]`, Found: "1 " + hostile, Wanted: "none", Checked: 3,
				Paths: []string{`findings["f.1"]`, "status"}, Unknowns: []string{"review" + hostile}, Waivers: []string{"w-1", hostile}, Remediation: "fix it " + hostile,
				Items: []*reviewpkgv1.ItemResult{
					reviewpkgv1.ItemResult_builder{
						Path: `findings["f.1"]`, Outcome: failed, Message: "bad " + hostile, Waivers: []string{"w-1"}, Unknowns: []string{`findings["f.1"].impact`},
						Reads: []*reviewpkgv1.ReadValue{
							read(`findings["f.1"].likelihood`, "high"), read(`findings["f.1"].title`, hostile), read("title", ""), read(`scores["s-1"].level`, "2"),
						},
					}.Build(),
					reviewpkgv1.ItemResult_builder{Outcome: open, Message: "the package as a whole"}.Build(),
				},
			}.Build(),
			reviewpkgv1.RuleResult_builder{Rule: "appetite.D7", Outcome: failed, Message: "the risk is\nhigh", Paths: many}.Build(),
			reviewpkgv1.RuleResult_builder{Rule: "draft", Outcome: passed, Message: "it is final", Paths: []string{"status"}}.Build(),
		},
		EffectiveDimensions: []*reviewpkgv1.DimensionRisk{
			reviewpkgv1.DimensionRisk_builder{Dimension: "D1", Risk: riskOf(mediumLevel, mediumLevel, 300, 300)}.Build(),
			reviewpkgv1.DimensionRisk_builder{Dimension: "D2", Risk: riskOf(lowLevel, lowLevel, 50, 50)}.Build(),
		},
		Decisive: []*reviewpkgv1.Unknown{unknownAt("status", "whether "+hostile)},
		Waivers: []*reviewpkgv1.WaiverResult{
			waiver("w-1", reviewpkgv1.WaiverStatus_WAIVER_STATUS_APPLIED, "it covers f.1", []string{"rule.fixed"}, []string{"f.1" + hostile}),
			waiver("", reviewpkgv1.WaiverStatus_WAIVER_STATUS_MALFORMED, "id is missing"+hostile, nil, nil),
		},
		Overdue: []*reviewpkgv1.OverdueFinding{reviewpkgv1.OverdueFinding_builder{
			Path: `findings["f.1"]`, LevelMin: highLevel, LevelMax: highLevel, Due: reviewpkgv1.Date_builder{Value: "2026-11-26"}.Build(), Days: 1,
		}.Build()},
	}.Build()
}

// samplePlan returns a plan with a chosen action of each kind, and another one.
func samplePlan() *reviewpkgv1.Plan {
	do := func(kind reviewpkgv1.PlanActionKind, role reviewpkgv1.EffortRole, least, likely, most, alone, together, rate uint32) *reviewpkgv1.PlanAction {
		return reviewpkgv1.PlanAction_builder{
			Kind: kind, Title: "Do " + hostile, Path: `findings["f.1"]`, From: "high", To: "closed", Chosen: together > 0,
			Points: alone, PointsInPlan: together, MilliPointsPerHour: rate, Rules: []string{"appetite.D7", "overall"},
			Effort: reviewpkgv1.EffortHint_builder{HoursMin: least, HoursLikely: likely, HoursMax: most, Role: role}.Build(),
		}.Build()
	}
	return reviewpkgv1.Plan_builder{
		Package: "p", Policy: "q", Target: passed, Before: failed, After: passed, Hours: 74, HoursAtLeast: 60, Conditional: true,
		RiskBefore: riskOf(highLevel, highLevel, 855, 855), RiskAfter: riskOf(lowLevel, mediumLevel, 60, 210),
		Actions: []*reviewpkgv1.PlanAction{
			do(reviewpkgv1.PlanActionKind_PLAN_ACTION_KIND_CONTRIBUTION, reviewpkgv1.EffortRole_EFFORT_ROLE_DEVELOPER, 30, 50, 80, 21, 371, 420),
			do(reviewpkgv1.PlanActionKind_PLAN_ACTION_KIND_REVIEW, reviewpkgv1.EffortRole_EFFORT_ROLE_REVIEWER, 12, 12, 12, 1, 40, 83),
			do(reviewpkgv1.PlanActionKind_PLAN_ACTION_KIND_CONTROL, reviewpkgv1.EffortRole_EFFORT_ROLE_OPERATOR, 8, 12, 20, 5, 6, 12345),
			reviewpkgv1.PlanAction_builder{Title: "Nothing much"}.Build(),
			do(reviewpkgv1.PlanActionKind_PLAN_ACTION_KIND_CONTRIBUTION, reviewpkgv1.EffortRole_EFFORT_ROLE_WRITER, 1, 1, 2, 3, 0, 3000),
		},
		Effects: []*reviewpkgv1.DimensionEffect{
			reviewpkgv1.DimensionEffect_builder{Dimension: "D1" + hostile, Before: riskOf(highLevel, highLevel, 855, 855), After: riskOf(lowLevel, lowLevel, 60, 60)}.Build(),
			reviewpkgv1.DimensionEffect_builder{Dimension: "D2", After: riskOf(lowLevel, lowLevel, 60, 60)}.Build(),
		},
		Unreachable: []string{"completeness.openstack", hostile},
	}.Build()
}

// TestTexts compares every text for people with a golden file. The samples are
// hostile, so that no line may hold what could steer a terminal.
func TestTexts(t *testing.T) {
	explained := sampleScored()
	explained.explain = true
	for name, test := range map[string]struct {
		text func(*scored) ([]byte, error)
		s    *scored
	}{
		"profile.txt": {profileText, sampleScored()}, "verdict.txt": {verdictText, sampleScored()}, "plan.txt": {planText, sampleScored()},
		"profile-explained.txt": {profileText, explained}, "verdict-explained.txt": {verdictText, explained},
		"rubric-change.txt": {func(*scored) ([]byte, error) { return rubricChangeText(sampleRubricChange()), nil }, nil},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := test.text(test.s)
			if err != nil {
				t.Fatal(err)
			}
			golden(t, name, string(got))
			if at := strings.IndexAny(string(got), "\x1b\u202E\t"); at >= 0 {
				t.Errorf("byte %d of the output steers a terminal", at)
			}
			for _, line := range strings.Split(string(got), "\n") {
				if strings.HasPrefix(line, "x") || strings.TrimRight(line, " ") != line {
					t.Errorf("line %q begins with text of a stranger, or ends in spaces", line)
				}
			}
		})
	}
}

// sampleRubricChange returns a change that moves one package of two.
func sampleRubricChange() *reviewpkgv1.RubricChange {
	result := func(state reviewpkgv1.ScoreState, low, high uint32) *reviewpkgv1.CriterionResult {
		return reviewpkgv1.CriterionResult_builder{State: state, LevelMin: low, LevelMax: high, Origin: reviewpkgv1.ScoreOrigin_SCORE_ORIGIN_DERIVED}.Build()
	}
	effect := func(id string, before, after *reviewpkgv1.CriterionResult) *reviewpkgv1.CriterionEffect {
		return reviewpkgv1.CriterionEffect_builder{Criterion: id, Before: before, After: after}.Build()
	}
	low, high := riskOf(lowLevel, lowLevel, 60, 60), riskOf(lowLevel, highLevel, 60, 855)
	return reviewpkgv1.RubricChange_builder{
		Before: reviewpkgv1.RubricVersion_builder{Rubric: "r" + hostile, Version: "1"}.Build(),
		After:  reviewpkgv1.RubricVersion_builder{Rubric: "r", Version: "2"}.Build(),
		Packages: []*reviewpkgv1.PackageEffect{
			reviewpkgv1.PackageEffect_builder{
				Package: "p" + hostile, Before: low, After: high, RankBefore: 2, RankAfter: 1,
				Dimensions: []*reviewpkgv1.DimensionEffect{reviewpkgv1.DimensionEffect_builder{Dimension: "D1", Before: low, After: high}.Build()},
				Criteria: []*reviewpkgv1.CriterionEffect{
					effect("D1.1", result(reviewpkgv1.ScoreState_SCORE_STATE_RANGE, 1, 2), result(reviewpkgv1.ScoreState_SCORE_STATE_UNKNOWN, 0, 3)),
					effect("D1.2", nil, result(reviewpkgv1.ScoreState_SCORE_STATE_NOT_APPLICABLE, 0, 0)),
				},
			}.Build(),
			reviewpkgv1.PackageEffect_builder{Package: "q", Before: high, After: high, RankBefore: 1, RankAfter: 1}.Build(),
		},
	}.Build()
}
