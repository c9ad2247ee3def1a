package reviewpkg_test

import (
	"fmt"
	"testing"
	"time"

	"google.golang.org/protobuf/proto"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
	"github.com/reviewpkg/sdk/reviewpkg"
)

// manyFindings returns a package with n findings.
func manyFindings(n int) *reviewpkgv1.ReviewPackage {
	findings := make([]*reviewpkgv1.Finding, n)
	for i := range findings {
		findings[i] = reviewpkgv1.Finding_builder{
			Id:          fmt.Sprintf("finding-%d", i),
			Title:       fmt.Sprintf("Finding number %d", i),
			State:       reviewpkgv1.FindingState_FINDING_STATE_AGREED,
			Likelihood:  reviewpkgv1.Level_LEVEL_MEDIUM,
			Impact:      reviewpkgv1.Level_LEVEL_HIGH,
			AssetIds:    []string{"asset-1", "asset-2"},
			Description: "What is wrong, in a sentence or two, and how somebody came across it.",
			Trackers:    []*reviewpkgv1.Tracker{reviewpkgv1.Tracker_builder{Url: fmt.Sprintf("https://bugs.example/%d", i)}.Build()},
		}.Build()
	}
	return reviewpkgv1.ReviewPackage_builder{Id: "pkg", Findings: findings}.Build()
}

// BenchmarkDiff compares packages of 500 findings, of which one was fixed, and
// says how much longer that takes than what nobody can do without: a look at
// every field of both, and a copy.
func BenchmarkDiff(b *testing.B) {
	before := manyFindings(500)
	after := manyFindings(500)
	after.GetFindings()[250].SetState(reviewpkgv1.FindingState_FINDING_STATE_VERIFIED_FIXED)
	same := manyFindings(500)
	changes := reviewpkg.Diff(before, after)
	if len(changes) != 1 {
		b.Fatalf("%d changes", len(changes))
	}
	var diff, apply, base time.Duration
	for b.Loop() {
		start := time.Now()
		reviewpkg.Diff(before, after)
		diffed := time.Now()
		if _, err := reviewpkg.Apply(before, changes); err != nil {
			b.Fatal(err)
		}
		applied := time.Now()
		if !proto.Equal(before, same) {
			b.Fatal("not equal")
		}
		proto.Clone(before)
		diff += diffed.Sub(start)
		apply += applied.Sub(diffed)
		base += time.Since(applied)
	}
	b.ReportMetric(float64(diff)/float64(base), "diff/equal+clone")
	b.ReportMetric(float64(apply)/float64(base), "apply/equal+clone")
	b.ReportMetric(float64(diff.Nanoseconds())/float64(b.N), "diff-ns/op")
}
