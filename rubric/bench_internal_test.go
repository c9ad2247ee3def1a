package rubric

import (
	"testing"
	"time"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
	"github.com/reviewpkg/sdk/reviewpkg"
)

// What does not depend on the package: reading and compiling the rubric.
func BenchmarkNewScorer(b *testing.B) {
	for b.Loop() {
		if _, err := newScorer(nil); err != nil {
			b.Fatal(err)
		}
	}
}

// What does: a package of 500 findings under a rubric that is compiled.
func BenchmarkScoreCompiled500(b *testing.B) {
	s := newTestScorer(b, nil)
	p := &reviewpkgv1.ReviewPackage{}
	for range 500 {
		p.SetFindings(append(p.GetFindings(), finding("f", low, high)))
	}
	for b.Loop() {
		mustScore(b, s, p)
	}
}

// To judge a package of 500 findings, that is to score it and to compare it with
// a policy of 100 rules, takes at most twice as long as to load it from JSON.
func BenchmarkJudge500(b *testing.B) {
	p := benchPackage(500)
	data, err := reviewpkg.Marshal(p)
	if err != nil {
		b.Fatal(err)
	}
	policy := DefaultPolicy()
	policy.SetRules(benchPolicy(100).GetRules())
	j, err := CompareOptions{AllowDraft: true, AsOf: onDay(b, "2026-06-01")}.Judge(policy)
	if err != nil {
		b.Fatal(err)
	}
	var loading, judging time.Duration
	for b.Loop() {
		start := time.Now()
		if err := reviewpkg.Unmarshal(data, &reviewpkgv1.ReviewPackage{}); err != nil {
			b.Fatal(err)
		}
		middle := time.Now()
		if _, _, err := j.Judge(p); err != nil {
			b.Fatal(err)
		}
		loading, judging = loading+middle.Sub(start), judging+time.Since(middle)
	}
	b.ReportMetric(float64(judging)/float64(loading), "judge/load-ratio")
}
