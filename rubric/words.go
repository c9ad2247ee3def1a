package rubric

import (
	"fmt"

	"github.com/reviewpkg/sdk/internal/inwords"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// word returns a level in words: "very high". Results are read by people who
// never saw the model.
func word(l reviewpkgv1.Level) string { return inwords.Enum(l) }

// words returns a range of levels in words: "low", "low to high".
func (s span) words() string {
	if s.known() {
		return word(s.min)
	}
	return word(s.min) + " to " + word(s.max)
}

// riskWords returns a risk in words: "high (855)", "low to high (202 to 855)".
func riskWords(r *reviewpkgv1.RiskInterval) string {
	scores := share{r.GetScoreMin(), r.GetScoreMax()}
	return fmt.Sprintf("%s (%s)", levels(r).words(), scores.words())
}
