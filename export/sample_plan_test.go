package export_test

import reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"

// Short names for what the actions of a plan are made of.
const (
	review       = reviewpkgv1.PlanActionKind_PLAN_ACTION_KIND_REVIEW
	contribution = reviewpkgv1.PlanActionKind_PLAN_ACTION_KIND_CONTRIBUTION
	control      = reviewpkgv1.PlanActionKind_PLAN_ACTION_KIND_CONTROL

	reviewer  = reviewpkgv1.EffortRole_EFFORT_ROLE_REVIEWER
	developer = reviewpkgv1.EffortRole_EFFORT_ROLE_DEVELOPER
	operator  = reviewpkgv1.EffortRole_EFFORT_ROLE_OPERATOR
)

// interval returns a risk.
func interval(from, to reviewpkgv1.Level, low, high uint32) *reviewpkgv1.RiskInterval {
	return reviewpkgv1.RiskInterval_builder{LevelMin: from, LevelMax: to, ScoreMin: low, ScoreMax: high}.Build()
}

// day returns a date.
func day(s string) *reviewpkgv1.Date { return reviewpkgv1.Date_builder{Value: s}.Build() }

// hours returns an effort.
func hours(least, likely, most uint32, role reviewpkgv1.EffortRole) *reviewpkgv1.EffortHint {
	return reviewpkgv1.EffortHint_builder{HoursMin: least, HoursLikely: likely, HoursMax: most, Role: role}.Build()
}

// samplePlan returns a plan of three actions that is not proven to be the best,
// counts on luck, and leaves three actions aside.
func samplePlan() *reviewpkgv1.Plan {
	return reviewpkgv1.Plan_builder{
		Schema: "reviewpkg.v1.Plan", Package: "barbican-newton", PackageDigest: sampleDigest("a"),
		Policy: "example-bank", PolicyDigest: sampleDigest("c"), Rubric: "default", RubricDigest: sampleDigest("b"),
		Target: pass, Before: fail, After: warn, Hours: 74, HoursAtLeast: 60, Conditional: true,
		RiskBefore: interval(high, veryHigh, 655, 900), RiskAfter: interval(medium, medium, 210, 412),
		Effects: []*reviewpkgv1.DimensionEffect{
			reviewpkgv1.DimensionEffect_builder{Dimension: "D7", Before: interval(veryHigh, veryHigh, 900, 900), After: interval(low, medium, 80, 300)}.Build(),
			reviewpkgv1.DimensionEffect_builder{Dimension: "D9", After: interval(low, low, 60, 60)}.Build(),
		},
		Actions: []*reviewpkgv1.PlanAction{
			reviewpkgv1.PlanAction_builder{
				Id: "review-D1.3", Kind: review, Title: "Find out whether all trust boundaries are drawn", Path: `criteria["D1.3"]`, Dimension: "D1",
				From: "level 0 to 2", To: "level 2", Effort: hours(8, 12, 20, reviewer), Chosen: true, Points: 112, PointsInPlan: 140,
				MilliPointsPerHour: 9333, Rules: []string{"appetite.D1", "overall"},
			}.Build(),
			reviewpkgv1.PlanAction_builder{
				Id: "close-fi-02", Kind: contribution, Title: "Close: messages between API and worker carry no signature", Path: `findings["fi-02"]`, Dimension: "D7",
				From: "very high", To: "closed", Effort: hours(30, 50, 80, developer), Chosen: true, Points: 21, PointsInPlan: 371,
				MilliPointsPerHour: 420, Rules: []string{"appetite.D7"},
			}.Build(),
			reviewpkgv1.PlanAction_builder{
				Id: "control-fi-01", Kind: control, Title: "Put a control in front of the API nodes", Path: `findings["fi-01"]`, Dimension: "D7",
				Effort: hours(12, 12, 12, operator), Chosen: true, Points: 1, PointsInPlan: 40, MilliPointsPerHour: 83, Rules: []string{"appetite.D7"},
			}.Build(),
			reviewpkgv1.PlanAction_builder{
				Id: "close-fi-04", Kind: contribution, Title: "Close: no rate limit", Path: `findings["fi-04"]`, From: "very low to very high", To: "closed",
				Effort: hours(4, 8, 16, developer), Points: 1,
			}.Build(),
			reviewpkgv1.PlanAction_builder{Id: "x", Title: "Something else", Path: "x", Effort: hours(1, 1, 1, 0), Points: 2}.Build(),
			reviewpkgv1.PlanAction_builder{Id: "y", Title: "Nothing much", Path: "y", Effort: hours(1, 1, 1, 0)}.Build(),
		},
		Unreachable: []string{"completeness.openstack"},
	}.Build()
}

// sampleWaiver returns what became of a waiver.
func sampleWaiver(id, path string, s reviewpkgv1.WaiverStatus, message string) *reviewpkgv1.WaiverResult {
	return reviewpkgv1.WaiverResult_builder{Waiver: id, Path: path, Status: s, Message: message}.Build()
}

// judged fills the parts of a verdict that come from rules over items, waivers
// and deadlines.
func judged(v *reviewpkgv1.Verdict) *reviewpkgv1.Verdict {
	read := func(path, value string) *reviewpkgv1.ReadValue {
		return reviewpkgv1.ReadValue_builder{Path: path, Value: value}.Build()
	}
	var many []*reviewpkgv1.ItemResult
	for range 4 {
		many = append(many, reviewpkgv1.ItemResult_builder{Outcome: warn, Path: `findings["fi-09"]`}.Build())
	}
	rule := reviewpkgv1.RuleResult_builder{
		Rule: "rule.no-open-injection", Outcome: fail, Message: "injections are fixed", PolicyPath: `rules["no-open-injection"]`, Checked: 6,
		Remediation: "fix the finding, or take the plugin out of service", Waivers: []string{"w-1"}, Unknowns: []string{`findings["fi-04"].weaknesses`, "review.scope"},
		Paths: []string{`findings["fi-01"]`, `findings["fi-01"].state`, `findings["fi-04"].weaknesses`, "review.scope", "labels"},
		Items: append([]*reviewpkgv1.ItemResult{
			reviewpkgv1.ItemResult_builder{
				Path: `findings["fi-01"]`, Outcome: fail, Message: "fi-01 | is open",
				Reads: []*reviewpkgv1.ReadValue{read(`findings["fi-01"].state`, "agreed"), read(`findings["fi-01"].likelihood`, "medium"), read("x", "")},
			}.Build(),
			reviewpkgv1.ItemResult_builder{
				Outcome: tell, Message: "injections are fixed", Unknowns: []string{`findings["fi-04"].weaknesses`}, Waivers: []string{"w-1"},
			}.Build(),
		}, many...),
	}.Build()
	v.SetResults(append([]*reviewpkgv1.RuleResult{rule}, v.GetResults()...))
	applied := sampleWaiver("w-1", `waivers["w-1"]`, reviewpkgv1.WaiverStatus_WAIVER_STATUS_APPLIED, "it covers fi-01 until 2027-03-31")
	applied.SetRules([]string{"rule.no-open-injection"})
	applied.SetFindings([]string{"fi-01"})
	v.SetWaivers([]*reviewpkgv1.WaiverResult{
		applied,
		sampleWaiver("w-2", `waivers["w-2"]`, reviewpkgv1.WaiverStatus_WAIVER_STATUS_EXPIRED, "its last day was 2026-03-31"),
		sampleWaiver("", "waivers[2]", reviewpkgv1.WaiverStatus_WAIVER_STATUS_MALFORMED, "id is missing"),
		sampleWaiver("w-4", `waivers["w-4"]`, reviewpkgv1.WaiverStatus_WAIVER_STATUS_UNUSED, "the finding is closed"),
	})
	v.SetWaiversDigest(sampleDigest("f"))
	v.SetAsOf(day("2026-11-27"))
	v.SetOverdue([]*reviewpkgv1.OverdueFinding{reviewpkgv1.OverdueFinding_builder{
		Finding: "fi-02", Path: `findings["fi-02"]`, LevelMin: veryHigh, LevelMax: veryHigh, Due: day("2026-09-01"), Days: 88,
	}.Build()})
	v.SetDecisive([]*reviewpkgv1.Unknown{reviewpkgv1.Unknown_builder{
		Path: `findings["fi-04"].likelihood`, Question: "How likely is it that no rate limit is exploited?",
	}.Build()})
	v.SetEffective(interval(medium, veryHigh, 300, 900))
	v.SetEffectiveDimensions([]*reviewpkgv1.DimensionRisk{
		reviewpkgv1.DimensionRisk_builder{Dimension: "D1", Risk: interval(low, high, 200, 810)}.Build(),
		reviewpkgv1.DimensionRisk_builder{Dimension: "D7", Risk: interval(veryHigh, veryHigh, 900, 900)}.Build(),
	})
	return v
}

// trusted fills the parts of a profile that say where its figures come from and
// how much to trust them.
func trusted(p *reviewpkgv1.RiskProfile) *reviewpkgv1.RiskProfile {
	trust := func(l reviewpkgv1.ConfidenceLevel, coverage, evidence uint32, fresh *uint32) *reviewpkgv1.Confidence {
		return reviewpkgv1.Confidence_builder{
			Level: l, CoveragePermille: coverage, EvidencePermille: evidence, FreshnessPermille: fresh,
			Independence: reviewpkgv1.ConfidenceLevel_CONFIDENCE_LEVEL_MEDIUM,
		}.Build()
	}
	fresh := uint32(1000)
	p.SetAsOf(day("2026-11-27"))
	p.SetInherent(interval(veryHigh, veryHigh, 960, 970))
	p.SetConfidence(trust(reviewpkgv1.ConfidenceLevel_CONFIDENCE_LEVEL_LOW, 703, 455, &fresh))
	d := p.GetDimensions()
	d[0].SetConfidence(trust(reviewpkgv1.ConfidenceLevel_CONFIDENCE_LEVEL_MEDIUM, 812, 500, &fresh))
	d[2].SetConfidence(trust(0, 1000, 250, nil))
	d[0].SetInherent(interval(veryHigh, veryHigh, 960, 960))
	d[1].SetInherent(interval(veryLow, veryHigh, 0, 1000))
	d[2].SetInherent(interval(veryHigh, veryHigh, 930, 930))
	give := func(c *reviewpkgv1.Contribution, low, high uint32) { c.SetPointsMin(low); c.SetPointsMax(high) }
	give(d[0].GetContributions()[0], 200, 412)
	for i, n := range []uint32{700, 150, 50, 0} {
		give(d[2].GetContributions()[i], n, n)
	}
	part := func(id, title string, from, to reviewpkgv1.Level, low, high uint32) *reviewpkgv1.Contribution {
		return reviewpkgv1.Contribution_builder{
			Path: `dimensions["` + id + `"]`, Title: title, LevelMin: from, LevelMax: to, PointsMin: low, PointsMax: high,
		}.Build()
	}
	p.SetContributions([]*reviewpkgv1.Contribution{
		part("D7", "Findings", veryHigh, veryHigh, 500, 700), part("D1", "Design", low, medium, 155, 200),
	})
	return p
}
