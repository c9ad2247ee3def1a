package rubric

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// No smaller number of gaps meets a requirement: all ways to fill them are tried.
func TestGapsToFill(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		have := &reviewpkgv1.Completeness{}
		type part struct{ checks, met, most uint32 }
		var parts []part
		required := 0
		r := reviewpkgv1.CompletenessRequirement_builder{
			MinPermille: rapid.Uint32Range(0, 1000).Draw(t, "wanted"), RequiredCodes: []string{"must"},
		}.Build()
		for i := range rapid.IntRange(1, 4).Draw(t, "parts") {
			checks := rapid.Uint32Range(0, 5).Draw(t, "checks")
			met := rapid.Uint32Range(0, checks).Draw(t, "met")
			name := fmt.Sprint("part ", i)
			have.SetParts(append(have.GetParts(), reviewpkgv1.PartCompleteness_builder{Part: name, Checks: checks, Met: met}.Build()))
			one := part{checks, met, checks}
			for range checks - met {
				code := rapid.SampledFrom([]string{"must", "may", "may", "may"}).Draw(t, "code")
				have.SetGaps(append(have.GetGaps(), reviewpkgv1.Gap_builder{Code: code, Part: name}.Build()))
				if code == "must" {
					required++
					one.met++
				}
			}
			if rapid.IntRange(0, 3).Draw(t, "advice") == 0 {
				have.SetGaps(append(have.GetGaps(), reviewpkgv1.Gap_builder{Code: "must", Part: name, Advisory: true}.Build()))
				required++
			}
			if checks > 0 {
				parts = append(parts, one)
			}
		}
		if len(parts) == 0 {
			return
		}
		best := 100
		var try func(rest []part, filled int, share uint32)
		try = func(rest []part, filled int, share uint32) {
			if len(rest) == 0 {
				if share/uint32(len(parts)) >= r.GetMinPermille() {
					best = min(best, filled)
				}
				return
			}
			for more := rest[0].met; more <= rest[0].most; more++ {
				try(rest[1:], filled+int(more-rest[0].met), share+more*1000/rest[0].checks)
			}
		}
		try(slices.Clone(parts), required, 0)
		if got := gapsToFill(have, r); got != best {
			t.Fatalf("%d gaps, want %d", got, best)
		}
	})
}

// A hostile number of gaps is counted in bounded time.
func TestGapsToFillMany(t *testing.T) {
	have := &reviewpkgv1.Completeness{}
	for i := range 20 {
		have.SetParts(append(have.GetParts(), reviewpkgv1.PartCompleteness_builder{Part: fmt.Sprint(i), Checks: 100_000}.Build()))
	}
	if got := gapsToFill(have, reviewpkgv1.CompletenessRequirement_builder{MinPermille: 900}.Build()); got != 1_800_000 {
		t.Errorf("%d gaps", got)
	}
}
