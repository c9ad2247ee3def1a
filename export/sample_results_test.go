package export_test

import (
	"google.golang.org/protobuf/types/known/structpb"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

func sampleProfile() *reviewpkgv1.RiskProfile {
	risk := func(from, to reviewpkgv1.Level, low, high uint32) *reviewpkgv1.RiskInterval {
		return reviewpkgv1.RiskInterval_builder{LevelMin: from, LevelMax: to, ScoreMin: low, ScoreMax: high}.Build()
	}
	finding := func(id string, from, to, declared reviewpkgv1.Level) *reviewpkgv1.FindingRisk {
		return reviewpkgv1.FindingRisk_builder{Finding: id, Path: `findings["` + id + `"]`, LevelMin: from, LevelMax: to, Declared: declared}.Build()
	}
	part := func(path, title, derivation string, from, to reviewpkgv1.Level) *reviewpkgv1.Contribution {
		return reviewpkgv1.Contribution_builder{Path: path, Title: title, Derivation: derivation, LevelMin: from, LevelMax: to}.Build()
	}
	unknown := func(path, question string) *reviewpkgv1.Unknown {
		return reviewpkgv1.Unknown_builder{Path: path, Question: question}.Build()
	}
	return reviewpkgv1.RiskProfile_builder{
		Schema: "reviewpkg.v1.RiskProfile", Package: "barbican-newton", PackageDigest: sampleDigest("a"), Draft: true,
		Rubric: "default", RubricVersion: "1.2", RubricDigest: sampleDigest("b"),
		Overall: risk(high, veryHigh, 655, 900),
		Dimensions: []*reviewpkgv1.DimensionProfile{
			reviewpkgv1.DimensionProfile_builder{
				Dimension: "D1", Title: "Design", Risk: risk(low, medium, 200, 412), MetPermilleMin: 600, MetPermilleMax: 855,
				Criteria: []*reviewpkgv1.CriterionResult{reviewpkgv1.CriterionResult_builder{
					Criterion: "D1.1", State: reviewpkgv1.ScoreState_SCORE_STATE_LEVEL, LevelMin: 2, LevelMax: 2,
					Origin: reviewpkgv1.ScoreOrigin_SCORE_ORIGIN_DERIVED,
				}.Build()},
				Contributions: []*reviewpkgv1.Contribution{part(`criteria["D1"]`, "", "3 of 8 criteria are not met or not known", low, medium)},
				Unknowns: []*reviewpkgv1.Unknown{
					unknown("D1.3", "Are all trust boundaries drawn?"),
					unknown(`architecture.assets["key"].integrity`, "What follows from a forged key?"),
				},
			}.Build(),
			reviewpkgv1.DimensionProfile_builder{Dimension: "D2", Title: "Supply chain", Risk: risk(veryLow, veryHigh, 0, 1000), NotAssessed: true}.Build(),
			reviewpkgv1.DimensionProfile_builder{
				Dimension: "D7", Title: "Findings", Risk: risk(veryHigh, veryHigh, 900, 900),
				Contributions: []*reviewpkgv1.Contribution{
					part(`findings["fi-02"]`, "Messages between API and worker carry no signature", "likelihood high, impact high", veryHigh, veryHigh),
					part(`findings["fi-01"]`, "", "", medium, high),
					part(`findings["fi-04"]`, "", "", veryLow, veryHigh),
					part(`disputed_findings["fi-06"]`, "", "", veryLow, veryHigh),
				},
				Unknowns: []*reviewpkgv1.Unknown{unknown(`findings["fi-04"].likelihood`, "How likely is it that no rate limit is exploited?")},
			}.Build(),
		},
		Findings: []*reviewpkgv1.FindingRisk{
			finding("fi-02", veryHigh, veryHigh, veryHigh), finding("fi-01", medium, high, high),
			finding("fi-04", veryLow, veryHigh, unstated), finding("fi-99", low, low, unstated),
		},
		RatingDifferences: []*reviewpkgv1.RatingDifference{reviewpkgv1.RatingDifference_builder{
			Path: `findings["fi-01"].overall`, Finding: "fi-01", Declared: high, Computed: medium, Matrix: "owasp",
		}.Build()},
		ScoreDifferences: []*reviewpkgv1.ScoreDifference{reviewpkgv1.ScoreDifference_builder{
			Criterion: "D1.2", Path: `scores["s-1"]`, Declared: 3, Derived: 1,
		}.Build()},
	}.Build()
}

func sampleVerdict() *reviewpkgv1.Verdict {
	result := func(o reviewpkgv1.Outcome, rule, message, found, wanted string, paths ...string) *reviewpkgv1.RuleResult {
		return reviewpkgv1.RuleResult_builder{Outcome: o, Rule: rule, Message: message, Found: found, Wanted: wanted, Paths: paths}.Build()
	}
	return reviewpkgv1.Verdict_builder{
		Schema: "reviewpkg.v1.Verdict", Outcome: fail, Package: "barbican-newton", PackageDigest: sampleDigest("a"), Draft: true,
		Policy: "example-bank", PolicyVersion: "7", PolicyDigest: sampleDigest("c"),
		Results: []*reviewpkgv1.RuleResult{
			result(fail, "appetite.D7", "the risk is above the tolerance", "very high", "at most medium", `findings["fi-02"]`, `findings["fi-01"]`),
			result(tell, "appetite.D2", "the dimension was not assessed", "", ""),
			result(warn, "completeness.openstack", "833 of 1000 checks are met", "833", "at least 900",
				"a", "b", "c", "d", "e", "f", "g"),
			result(pass, "appetite.D1", "the risk is within the appetite", "low to medium", "at most medium"),
			result(pass, "draft", "drafts are allowed", "", ""),
		},
	}.Build()
}

func sampleChanges() *reviewpkgv1.ChangeSet {
	text := structpb.NewStringValue
	object := func(fields map[string]*structpb.Value) *structpb.Value {
		return structpb.NewStructValue(&structpb.Struct{Fields: fields})
	}
	ids := func(ids ...string) *structpb.Value {
		l := &structpb.ListValue{}
		for _, id := range ids {
			l.Values = append(l.Values, text(id))
		}
		return structpb.NewListValue(l)
	}
	change := func(kind reviewpkgv1.ChangeKind, path string, before, after *structpb.Value) *reviewpkgv1.Change {
		return reviewpkgv1.Change_builder{Kind: kind, Path: path, Before: before, After: after}.Build()
	}
	const (
		added   = reviewpkgv1.ChangeKind_CHANGE_KIND_ADDED
		removed = reviewpkgv1.ChangeKind_CHANGE_KIND_REMOVED
		changed = reviewpkgv1.ChangeKind_CHANGE_KIND_CHANGED
		moved   = reviewpkgv1.ChangeKind_CHANGE_KIND_MOVED
	)
	return reviewpkgv1.ChangeSet_builder{
		Schema: "reviewpkg.v1.ChangeSet", BeforeId: "barbican-mitaka", AfterId: "barbican-newton",
		BeforeDigest: sampleDigest("d"), AfterDigest: sampleDigest("a"),
		Changes: []*reviewpkgv1.Change{
			change(changed, "status", text("PACKAGE_STATUS_DRAFT"), text("PACKAGE_STATUS_IN_REVIEW")),
			change(changed, "project.version", text("2.0.0"), text("3.0.0.0b2")),
			change(added, `labels["maturity"]`, nil, text("incubating")),
			change(added, `findings["fi-05"]`, nil, object(map[string]*structpb.Value{"id": text("fi-05"), "title": text("Plugins can read | write every key")})),
			change(removed, `findings["fi-00"]`, object(map[string]*structpb.Value{"id": text("fi-00")}), nil),
			change(changed, `findings["fi-01"].likelihood`, text("LEVEL_HIGH"), text("LEVEL_MEDIUM")),
			change(changed, `findings["fi-01"].agreement.project.person_id`, text("p-1"), text("p-2")),
			change(added, `findings["fi-01"].priority`, nil, structpb.NewNumberValue(2)),
			change(changed, `findings["fi-01"].trackers[0].label`, text("bug 1"), text("bug 2")),
			change(removed, `architecture.data_assets["key"]`, object(map[string]*structpb.Value{"name": text("Master key")}), nil),
			change(changed, `people["p-1"].group`, structpb.NewBoolValue(false), structpb.NewBoolValue(true)),
			change(added, "processes[1]", nil, text("REVIEW_PROCESS_CNCF_SELF")),
			change(added, "renewal_due", nil, object(map[string]*structpb.Value{"value": text("2028-06")})),
			change(moved, "findings", ids("fi-01", "fi-02"), ids("fi-02", "fi-01")),
			change(changed, `findings["fi-02"].@unknown`, text("eA=="), text("eQ==")),
			change(removed, `findings["fi-02"].colour`, text("red"), nil),
			change(removed, "notices[0", text("not a path"), nil),
			change(removed, "title.text", structpb.NewListValue(&structpb.ListValue{}), nil),
			change(0, "version", structpb.NewListValue(&structpb.ListValue{Values: []*structpb.Value{structpb.NewNullValue()}}), nil),
		},
	}.Build()
}
