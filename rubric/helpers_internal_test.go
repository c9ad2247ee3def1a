package rubric

import (
	"testing"
	"time"

	"buf.build/go/protoyaml"
	"google.golang.org/protobuf/proto"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

const (
	low    = reviewpkgv1.Level_LEVEL_LOW
	medium = reviewpkgv1.Level_LEVEL_MEDIUM
	high   = reviewpkgv1.Level_LEVEL_HIGH

	reported = reviewpkgv1.FindingState_FINDING_STATE_REPORTED
	fixed    = reviewpkgv1.FindingState_FINDING_STATE_VERIFIED_FIXED
)

// parse reads a fragment of YAML into m. It checks nothing, so that a test can
// hold no more than what it is about.
func parse[M proto.Message](t testing.TB, m M, text string) M {
	t.Helper()
	if err := protoyaml.Unmarshal([]byte(text), m); err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return m
}

func parsePackage(t testing.TB, text string) *reviewpkgv1.ReviewPackage {
	t.Helper()
	return parse(t, &reviewpkgv1.ReviewPackage{}, text)
}

// smallRubric has a dimension X with two criteria, of weight 2 and 1, whose
// levels follow the labels "a" and "b" of the package, and a dimension F for
// findings. It is valid.
func smallRubric() *reviewpkgv1.Rubric {
	r := Default()
	criterion := func(id, label string, weight uint32) *reviewpkgv1.Criterion {
		when := func(value string) string {
			return "'" + label + "' in pkg.labels && pkg.labels['" + label + "'] == '" + value + "'"
		}
		level := func(ordinal, value uint32, when string) *reviewpkgv1.CriterionLevel {
			return reviewpkgv1.CriterionLevel_builder{Ordinal: ordinal, ValuePermille: value, Anchor: "as it is", When: when}.Build()
		}
		return reviewpkgv1.Criterion_builder{
			Id: id, DimensionId: "X", Statement: "Is " + label + " there?", Weight: weight,
			AppliesWhen: "!(" + when("none") + ")", MayNotApply: true,
			Levels: []*reviewpkgv1.CriterionLevel{
				level(0, 0, when("0")), level(1, 333, when("1")), level(2, 667, when("2")), level(3, 1000, ""),
			},
		}.Build()
	}
	r.SetId("small")
	r.SetMaxNotApplicablePermille(1000)
	// What work takes is up to the tests of plans.
	r.SetRemedyEfforts(nil)
	r.ClearRatingEffort()
	r.ClearGapEffort()
	r.ClearRenewalEffort()
	r.SetDimensions([]*reviewpkgv1.Dimension{
		reviewpkgv1.Dimension_builder{Id: "X", Title: "X", Statement: "Is it there?", Exposure: high}.Build(),
		reviewpkgv1.Dimension_builder{Id: "F", Title: "F", Statement: "What was found?", Exposure: high, Findings: true}.Build(),
	})
	r.SetCriteria([]*reviewpkgv1.Criterion{criterion("X.1", "a", 2), criterion("X.2", "b", 1)})
	return r
}

// newTestScorer returns a scorer for r.
func newTestScorer(t testing.TB, r *reviewpkgv1.Rubric) *scorer {
	t.Helper()
	s, err := newScorer(r)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// mustScore scores p.
func mustScore(t interface{ Fatal(...any) }, s *scorer, p *reviewpkgv1.ReviewPackage) *reviewpkgv1.RiskProfile {
	profile, err := s.score(p, time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	return profile
}

// dimensionOf returns the profile of a dimension.
func dimensionOf(t interface{ Fatal(...any) }, profile *reviewpkgv1.RiskProfile, id string) *reviewpkgv1.DimensionProfile {
	for _, d := range profile.GetDimensions() {
		if d.GetDimension() == id {
			return d
		}
	}
	t.Fatal("there is no dimension " + id)
	return nil
}

// finding returns an open finding with a rating.
func finding(id string, likelihood, impact reviewpkgv1.Level) *reviewpkgv1.Finding {
	return reviewpkgv1.Finding_builder{Id: id, Title: id, Likelihood: likelihood, Impact: impact, State: reported}.Build()
}

// withFindings returns a package with findings.
func withFindings(findings ...*reviewpkgv1.Finding) *reviewpkgv1.ReviewPackage {
	return reviewpkgv1.ReviewPackage_builder{Id: "p", Findings: findings}.Build()
}
