package rubric

import (
	"slices"
	"testing"
	"time"

	"google.golang.org/protobuf/proto"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
	"github.com/reviewpkg/sdk/reviewpkg"
)

// FuzzScore feeds packages as bytes: whatever can be decoded has a valid
// profile and a verdict, or an error, and no panic.
func FuzzScore(f *testing.F) {
	policy, s := DefaultPolicy(), newTestScorer(f, nil)
	for _, p := range []*reviewpkgv1.ReviewPackage{
		{},
		withFindings(finding("f", low, high), finding("f", 0, 99)),
		parsePackage(f, "{id: p, disputed_findings: [{id: d, impact: LEVEL_LOW, impact_max: LEVEL_HIGH}], labels: {a: b}}"),
		parsePackage(f, "{id: p, scores: [{rubric: reviewpkg-default, rubric_version: 1.0.0, criterion: D1.1, state: SCORE_STATE_RANGE, level: 7, level_max: 3}]}"),
		parsePackage(f, "{id: p, architecture: {interfaces: [{entry_point: true, flows: [{}]}], data_assets: [{}]}}"),
	} {
		data, err := proto.Marshal(p)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		p := new(reviewpkgv1.ReviewPackage)
		if proto.Unmarshal(data, p) != nil {
			return
		}
		profile, err := s.score(p, time.Time{})
		if err != nil {
			return
		}
		if p.GetId() != "" && haveIDs(p) {
			if err := reviewpkg.Validate(profile); err != nil {
				t.Error(err)
			}
		}
		if risk := profile.GetOverall(); risk.GetScoreMin() > risk.GetScoreMax() || risk.GetScoreMax() > maxScore {
			t.Errorf("overall risk is %v", risk)
		}
		if verdict, err := Compare(p, profile, policy); err == nil && verdict.GetOutcome() == 0 {
			t.Error("a verdict without an outcome")
		}
	})
}

// haveIDs reports whether all findings of p have an id, as in a valid package.
func haveIDs(p *reviewpkgv1.ReviewPackage) bool {
	return !slices.ContainsFunc(slices.Concat(p.GetFindings(), p.GetDisputedFindings()),
		func(f *reviewpkgv1.Finding) bool { return f.GetId() == "" })
}
