package rubric

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/testing/protocmp"
	"pgregory.net/rapid"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// trustRubric is the tiered rubric with figures for confidence.
func trustRubric() *reviewpkgv1.Rubric {
	r := tieredRubric()
	r.SetTierValues(reviewpkgv1.EvidenceTierValues_builder{Asserted: 250, Documented: 500, ReviewerVerified: 800, IndependentlyValidated: 1000}.Build())
	r.SetConfidenceBands([]*reviewpkgv1.ConfidenceBand{
		reviewpkgv1.ConfidenceBand_builder{MinPermille: 0, Confidence: noConfidence}.Build(),
		reviewpkgv1.ConfidenceBand_builder{MinPermille: 250, Confidence: lowConfidence}.Build(),
		reviewpkgv1.ConfidenceBand_builder{MinPermille: 500, Confidence: midConfidence}.Build(),
		reviewpkgv1.ConfidenceBand_builder{MinPermille: 750, Confidence: fullConfidence}.Build(),
	})
	return r
}

func onDay(t testing.TB, text string) time.Time {
	t.Helper()
	at, err := time.Parse(time.DateOnly, text)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

func TestConfidence(t *testing.T) {
	const (
		verified = "{id: s, rubric: small, rubricVersion: 1.0.0, criterion: X.1, state: SCORE_STATE_LEVEL, level: 3, tier: EVIDENCE_TIER_REVIEWER_VERIFIED, scorerId: ann, evidenceIds: [e, f], date: {value: '2026-05-01'}}"
		between  = "{id: s, rubric: small, rubricVersion: 1.0.0, criterion: X.1, state: SCORE_STATE_RANGE, level: 1, levelMax: 2, tier: EVIDENCE_TIER_DOCUMENTED, scorerId: ann, evidenceIds: [e, f]}"
	)
	for _, test := range []struct {
		name, pkg, asOf, want string
	}{
		{"nothing is known", "{id: p}", "2026-06-01", "{level: CONFIDENCE_LEVEL_NONE, freshnessPermille: 0, independence: CONFIDENCE_LEVEL_NONE}"},
		{"no day", "{id: p, selfAssessment: {}, labels: {a: '2', b: '2'}}", "", "{coveragePermille: 1000, evidencePermille: 500, independence: CONFIDENCE_LEVEL_LOW}"},
		// Two thirds of the weight are known; only X.1 can become stale, and
		// nobody can tell its age.
		{"by its own words", "{id: p, selfAssessment: {}, labels: {a: '2'}}", "2026-06-01", "{level: CONFIDENCE_LEVEL_NONE, coveragePermille: 666, evidencePermille: 500, freshnessPermille: 0, independence: CONFIDENCE_LEVEL_LOW}"},
		{"dated by the document", "{id: p, selfAssessment: {metadata: {date: {value: '2026-05'}}}, labels: {a: '2'}}", "2026-06-01", "{level: CONFIDENCE_LEVEL_LOW, coveragePermille: 666, evidencePermille: 500, freshnessPermille: 1000, independence: CONFIDENCE_LEVEL_LOW}"},
		{"verified by others", "{id: p, jointReview: {}, scores: [" + verified + "], labels: {b: '2'}}", "2026-06-01", "{level: CONFIDENCE_LEVEL_MEDIUM, coveragePermille: 1000, evidencePermille: 700, freshnessPermille: 1000, independence: CONFIDENCE_LEVEL_MEDIUM}"},
		// A hundred days after the first of May it is the ninth of August.
		{"on its last day", "{id: p, jointReview: {}, scores: [" + verified + "]}", "2026-08-09", "{level: CONFIDENCE_LEVEL_MEDIUM, coveragePermille: 666, evidencePermille: 800, freshnessPermille: 1000, independence: CONFIDENCE_LEVEL_MEDIUM}"},
		{"stale", "{id: p, jointReview: {}, scores: [" + verified + "]}", "2026-08-10", "{level: CONFIDENCE_LEVEL_NONE, coveragePermille: 666, evidencePermille: 800, freshnessPermille: 0, independence: CONFIDENCE_LEVEL_MEDIUM}"},
		// Two of three steps of a range are known: of 1000 permille 666, of two
		// thirds of the weight.
		{"a range", "{id: p, selfAssessment: {}, scores: [" + between + "]}", "", "{coveragePermille: 444, evidencePermille: 500, independence: CONFIDENCE_LEVEL_LOW}"},
	} {
		t.Run(test.name, func(t *testing.T) {
			var asOf time.Time
			if test.asOf != "" {
				asOf = onDay(t, test.asOf)
			}
			profile, err := ScoreOptions{Rubric: trustRubric(), AsOf: asOf}.Score(parsePackage(t, test.pkg))
			if err != nil {
				t.Fatal(err)
			}
			want := parse(t, &reviewpkgv1.Confidence{}, test.want)
			if diff := cmp.Diff(want, dimensionOf(t, profile, "X").GetConfidence(), protocmp.Transform()); diff != "" {
				t.Error(diff)
			}
			if profile.GetAsOf().GetValue() != test.asOf {
				t.Errorf("the day is %q", profile.GetAsOf().GetValue())
			}
		})
	}
}

func TestIndependence(t *testing.T) {
	const conflict = "process: {conflictDeclarations: [{personId: ann, paid: ANSWER_YES}]"
	for _, test := range []struct {
		pkg  string
		want reviewpkgv1.ConfidenceLevel
	}{
		{"{}", noConfidence},
		{"{selfAssessment: {}}", lowConfidence},
		{"{architecture: {}}", lowConfidence},
		{"{architecture: {}, review: {body: {kind: REVIEW_BODY_KIND_PROJECT_TEAM}}}", lowConfidence},
		{"{architecture: {}, review: {body: {kind: REVIEW_BODY_KIND_PROJECT_TEAM}, validation: {decision: VALIDATION_DECISION_ACCEPTED}}}", midConfidence},
		{"{architecture: {}, review: {body: {kind: REVIEW_BODY_KIND_COMMUNITY_SECURITY_TEAM}}}", midConfidence},
		{"{selfAssessment: {}, jointReview: {}}", midConfidence},
		{"{architecture: {}, review: {body: {kind: REVIEW_BODY_KIND_THIRD_PARTY}}}", midConfidence},
		{"{architecture: {}, review: {body: {kind: REVIEW_BODY_KIND_THIRD_PARTY}, validation: {decision: VALIDATION_DECISION_PENDING}}}", midConfidence},
		{"{architecture: {}, review: {body: {kind: REVIEW_BODY_KIND_THIRD_PARTY}, validation: {decision: VALIDATION_DECISION_ACCEPTED}}}", fullConfidence},
		{"{jointReview: {}, " + conflict + "}}", lowConfidence},
		{"{jointReview: {}, " + conflict + ", conflictWaivers: [{personId: ann, chairIds: [a], facilitatorId: f}]}}", lowConfidence},
		{"{jointReview: {}, " + conflict + ", conflictWaivers: [{personId: rex, chairIds: [a, b], facilitatorId: f}]}}", lowConfidence},
		{"{jointReview: {}, " + conflict + ", conflictWaivers: [{personId: ann, chairIds: [a, b], facilitatorId: f}]}}", midConfidence},
		{"{jointReview: {}, process: {conflictDeclarations: [{personId: ann, usesProject: ANSWER_YES}]}}", midConfidence},
	} {
		if got := independent(parsePackage(t, test.pkg)); got != test.want {
			t.Errorf("%s: %s, want %s", test.pkg, got, test.want)
		}
	}
}

// D7 of a rubric has findings only: it is known as far as they are rated.
func TestConfidenceInFindings(t *testing.T) {
	unrated := reviewpkgv1.Finding_builder{Id: "u", Title: "u", State: reported}.Build()
	p := withFindings(finding("a", low, low), finding("b", low, low), finding("c", low, low), unrated)
	p.SetReview(parse(t, &reviewpkgv1.ReviewRecord{}, "{date: {value: '2026-05-01'}, body: {kind: REVIEW_BODY_KIND_COMMUNITY_SECURITY_TEAM}, evidence: [{id: e, kind: EVIDENCE_KIND_CODE_REVIEW}]}"))
	profile, err := ScoreOptions{Rubric: trustRubric(), AsOf: onDay(t, "2026-06-01")}.Score(p)
	if err != nil {
		t.Fatal(err)
	}
	want := parse(t, &reviewpkgv1.Confidence{}, "{level: CONFIDENCE_LEVEL_MEDIUM, coveragePermille: 750, evidencePermille: 800, freshnessPermille: 1000, independence: CONFIDENCE_LEVEL_MEDIUM}")
	if diff := cmp.Diff(want, dimensionOf(t, profile, "F").GetConfidence(), protocmp.Transform()); diff != "" {
		t.Error(diff)
	}
}

// Time alone never raises confidence, and changes no risk.
func TestTimeRaisesNothing(t *testing.T) {
	s := newTestScorer(t, trustRubric())
	start := onDay(t, "2020-01-01")
	rapid.Check(t, func(t *rapid.T) {
		p := drawPackage(t)
		for _, score := range p.GetScores() {
			score.SetDate(reviewpkgv1.Date_builder{Value: rapid.SampledFrom([]string{"", "2020", "2020-03", "2020-03-04"}).Draw(t, "date")}.Build())
		}
		from := start.AddDate(0, 0, rapid.IntRange(0, 800).Draw(t, "day"))
		to := from.AddDate(0, 0, rapid.IntRange(0, 800).Draw(t, "days later"))
		before, err := s.score(p, from)
		if err != nil {
			t.Fatal(err)
		}
		after, err := s.score(p, to)
		if err != nil {
			t.Fatal(err)
		}
		for i, d := range before.GetDimensions() {
			later := after.GetDimensions()[i]
			if later.GetConfidence().GetFreshnessPermille() > d.GetConfidence().GetFreshnessPermille() ||
				later.GetConfidence().GetLevel() > d.GetConfidence().GetLevel() {
				t.Fatalf("%s: confidence goes from %v to %v", d.GetDimension(), d.GetConfidence(), later.GetConfidence())
			}
		}
		for _, profile := range []*reviewpkgv1.RiskProfile{before, after} {
			profile.ClearAsOf()
			profile.ClearConfidence()
			for _, d := range profile.GetDimensions() {
				d.ClearConfidence()
			}
		}
		if diff := cmp.Diff(before, after, protocmp.Transform()); diff != "" {
			t.Fatal(diff)
		}
	})
}

func TestDays(t *testing.T) {
	for value, want := range map[string]string{
		"2024-02-29": "2024-02-29 2024-02-29", "2024-02": "2024-02-01 2024-02-29", "2023": "2023-01-01 2023-12-31",
		"": "", "2024-02-30": "", "24": "", "2024-2": "", "2024-02-29T00": "", "soon": "",
	} {
		got := ""
		if r, ok := days(reviewpkgv1.Date_builder{Value: value}.Build()); ok {
			got = r.first.Format(time.DateOnly) + " " + r.last.Format(time.DateOnly)
		}
		if got != want {
			t.Errorf("%q is %q, want %q", value, got, want)
		}
	}
	if _, ok := days(nil); ok {
		t.Error("no date is a date")
	}
	evening := time.Date(2026, 5, 1, 23, 30, 0, 0, time.FixedZone("west", -3600))
	if got := dated(evening).GetValue(); got != "2026-05-02" {
		t.Errorf("the day of %s is %s in UTC", evening, got)
	}
	if dated(time.Time{}) != nil {
		t.Error("no instant has a day")
	}
}
