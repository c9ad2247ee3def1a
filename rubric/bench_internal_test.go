package rubric

import (
	"testing"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
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
