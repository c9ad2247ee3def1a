package rating

import (
	"testing"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// TestPublishedRatings holds the nine findings that OpenStack published
// against the OWASP matrix: seven agree.
func TestPublishedRatings(t *testing.T) {
	matrix := OWASP()
	for _, test := range []struct {
		finding                      string
		likelihood, impact, declared reviewpkgv1.Level
		computed                     reviewpkgv1.Level
		differs                      bool
	}{
		{"barbican 1", medium, high, high, high, false},
		{"barbican 2", low, high, medium, medium, false},
		{"barbican 5", low, medium, medium, low, true},
		{"barbican 6", low, medium, low, low, false},
		{"barbican 7", medium, high, medium, high, true},
		{"keystonemiddleware 1", medium, medium, medium, medium, false},
	} {
		got, ok := Lookup(matrix, test.likelihood, test.impact)
		if !ok || got != test.computed {
			t.Errorf("%s: computed %s, want %s", test.finding, got, test.computed)
		}
		if Differs(test.likelihood, test.impact, test.declared, got) != test.differs {
			t.Errorf("%s: differs is not %t", test.finding, test.differs)
		}
	}
}

func TestLookupCorners(t *testing.T) {
	matrix := OWASP()
	for _, test := range []struct {
		likelihood, impact, want reviewpkgv1.Level
		ok                       bool
	}{
		{low, low, veryLow, true},
		{high, high, veryHigh, true},
		{veryLow, veryLow, veryLow, true},    // below the first row and column
		{veryHigh, veryHigh, veryHigh, true}, // above the last ones
		{0, high, 0, false},
		{high, 0, 0, false},
	} {
		got, ok := Lookup(matrix, test.likelihood, test.impact)
		if got != test.want || ok != test.ok {
			t.Errorf("Lookup(%s, %s) = %s, %t", test.likelihood, test.impact, got, ok)
		}
	}
	ragged := OWASP()
	ragged.GetRows()[0].SetRisks(nil)
	if _, ok := Lookup(ragged, low, low); ok {
		t.Error("a row without cells has a risk")
	}
	if _, ok := Lookup(&reviewpkgv1.RiskMatrix{}, low, low); ok {
		t.Error("an empty matrix has a risk")
	}
}

// TestDiffersOnThreeSteps holds that a scale of three steps is not blamed for
// words that it does not have, and that one of five is.
func TestDiffersOnThreeSteps(t *testing.T) {
	for _, test := range []struct {
		likelihood, impact, declared, computed reviewpkgv1.Level
		want                                   bool
	}{
		{low, low, low, veryLow, false},
		{high, high, high, veryHigh, false},
		{high, high, medium, veryHigh, true},
		{high, high, veryLow, veryHigh, true},
		{veryHigh, high, high, veryHigh, true},
		{veryHigh, high, veryHigh, veryHigh, false},
	} {
		if got := Differs(test.likelihood, test.impact, test.declared, test.computed); got != test.want {
			t.Errorf("Differs(%v) = %t", test, got)
		}
	}
}
