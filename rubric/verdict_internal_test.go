package rubric

import (
	"fmt"
	"slices"
	"testing"

	"google.golang.org/protobuf/proto"
	"pgregory.net/rapid"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
	"github.com/reviewpkg/sdk/reviewpkg"
)

// drawAppetite draws an appetite of any shape.
func drawAppetite(t *rapid.T, dimension string) *reviewpkgv1.Appetite {
	a := reviewpkgv1.Appetite_builder{
		Dimension: dimension, Appetite: reviewpkgv1.Level(rapid.Int32Range(1, int32(highest)).Draw(t, "appetite")),
	}.Build()
	if rapid.Bool().Draw(t, "with a tolerance") {
		a.SetTolerance(reviewpkgv1.Level(rapid.Int32Range(int32(a.GetAppetite()), int32(highest)).Draw(t, "tolerance")))
	}
	return a
}

// drawPolicy draws a policy of appetites for the small rubric.
func drawPolicy(t *rapid.T) *reviewpkgv1.Policy {
	b := reviewpkgv1.Policy_builder{
		Schema: "reviewpkg.v1.Policy", Id: "policy", Version: "1", Title: "A policy", Owner: "somebody", Rubric: "small",
		Appetites: []*reviewpkgv1.Appetite{drawAppetite(t, "X")},
	}
	if rapid.Bool().Draw(t, "F") {
		b.Appetites = append(b.Appetites, drawAppetite(t, "F"))
	}
	if rapid.Bool().Draw(t, "overall") {
		b.Overall = drawAppetite(t, "")
	}
	if rapid.Bool().Draw(t, "exposure") {
		b.Exposures = []*reviewpkgv1.ExposureOverlay{reviewpkgv1.ExposureOverlay_builder{
			Dimension: "X", Exposure: reviewpkgv1.Level(rapid.Int32Range(1, int32(highest)).Draw(t, "exposure of X")),
		}.Build()}
	}
	return b.Build()
}

// judgeOf returns a judge of a policy for the rubric of s, that takes drafts.
func judgeOf(t interface{ Fatal(...any) }, o CompareOptions, s *scorer, policy *reviewpkgv1.Policy) *Judge {
	o.AllowDraft = true
	j, err := o.judge(policy, s)
	if err != nil {
		t.Fatal(err)
	}
	return j
}

// mustJudge judges p under a policy for the rubric of s.
func mustJudge(t interface{ Fatal(...any) }, o CompareOptions, s *scorer, policy *reviewpkgv1.Policy, p *reviewpkgv1.ReviewPackage) *reviewpkgv1.Verdict {
	_, v, err := judgeOf(t, o, s, policy).Judge(p)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// drawSmallPackage draws a package of which the completions can be counted: one
// finding that may be unrated, one that may be disputed.
func drawSmallPackage(t *rapid.T) *reviewpkgv1.ReviewPackage {
	p := reviewpkgv1.ReviewPackage_builder{Id: "p", Labels: map[string]string{
		"a": rapid.SampledFrom([]string{"", "0", "1", "2"}).Draw(t, "a"),
		"b": rapid.SampledFrom([]string{"", "1", "2"}).Draw(t, "b"),
	}}.Build()
	f := drawFinding(t, "f")
	f.SetState(reported)
	p.SetFindings([]*reviewpkgv1.Finding{f})
	if rapid.Bool().Draw(t, "disputed") {
		d := finding("d", rapid.SampledFrom([]reviewpkgv1.Level{low, medium, high}).Draw(t, "likelihood"), high)
		p.SetDisputedFindings([]*reviewpkgv1.Finding{d})
	}
	return p
}

// P7: the verdict is PASS if every completion passes, FAIL if every one fails, a
// warning if every one is accepted and some with a warning, and INDETERMINATE
// otherwise.
func TestP7Verdict(t *testing.T) {
	s := newTestScorer(t, smallRubric())
	rapid.Check(t, func(t *rapid.T) {
		p, policy := drawSmallPackage(t), drawPolicy(t)
		seen := map[reviewpkgv1.Outcome]int{}
		completions(p, func(q *reviewpkgv1.ReviewPackage) {
			v := mustJudge(t, CompareOptions{}, s, policy, q)
			if v.GetOutcome() == indeterminate {
				t.Fatalf("a package without open questions is not decided: %v", v)
			}
			seen[v.GetOutcome()]++
		})
		want := pass
		switch {
		case seen[fail] > 0 && seen[pass]+seen[warn] > 0:
			want = indeterminate
		case seen[fail] > 0:
			want = fail
		case seen[warn] > 0:
			want = warn
		}
		if got := mustJudge(t, CompareOptions{}, s, policy, p); got.GetOutcome() != want {
			t.Fatalf("%s, and the completions give %v: %v", short(got.GetOutcome()), seen, got)
		}
	})
}

// P10: time alone improves no verdict.
func TestP10Time(t *testing.T) {
	s := newTestScorer(t, trustRubric())
	start := onDay(t, "2020-01-01")
	rapid.Check(t, func(t *rapid.T) {
		p, policy := drawPackage(t), drawPolicy(t)
		dates := rapid.SampledFrom([]string{"", "2020", "2020-03", "2020-03-04", "2021-01-01"})
		date := func(label string) *reviewpkgv1.Date {
			return reviewpkgv1.Date_builder{Value: dates.Draw(t, label)}.Build()
		}
		for _, f := range slices.Concat(p.GetFindings(), p.GetDisputedFindings()) {
			f.SetRaised(date("raised"))
		}
		p.SetReview(reviewpkgv1.ReviewRecord_builder{Date: date("reviewed")}.Build())
		for _, a := range policy.GetAppetites() {
			a.SetMinConfidence(reviewpkgv1.ConfidenceLevel(rapid.Int32Range(0, 3).Draw(t, "confidence")))
		}
		for l := low; l <= highest; l++ {
			policy.SetDeadlines(append(policy.GetDeadlines(), reviewpkgv1.Deadline_builder{
				Level: l, Days: rapid.Uint32Range(0, 400).Draw(t, "days"),
				Severity: rapid.SampledFrom([]reviewpkgv1.Outcome{0, warn, fail}).Draw(t, "severity"),
				Unknown:  reviewpkgv1.UnknownMode(rapid.Int32Range(0, 3).Draw(t, "unknown")),
			}.Build()))
		}
		policy.SetFreshness(reviewpkgv1.FreshnessRequirement_builder{MaxAgeDays: rapid.Uint32Range(1, 400).Draw(t, "age")}.Build())
		from := start.AddDate(0, 0, rapid.IntRange(0, 800).Draw(t, "day"))
		before := mustJudge(t, CompareOptions{AsOf: from}, s, policy, p)
		after := mustJudge(t, CompareOptions{AsOf: from.AddDate(0, 0, rapid.IntRange(0, 800).Draw(t, "days later"))}, s, policy, p)
		if worse := after.GetOutcome() < before.GetOutcome() && !settled(before, after); worse || len(after.GetOverdue()) < len(before.GetOverdue()) {
			t.Fatalf("%v, and later %v", before, after)
		}
	})
}

// settled reports whether all that time improved is a question that it answered:
// what was INDETERMINATE or, where the policy counts the unknown as a failure,
// failed, may become a warning once it is known.
func settled(before, after *reviewpkgv1.Verdict) bool {
	was := map[string]*reviewpkgv1.RuleResult{}
	for _, r := range before.GetResults() {
		was[r.GetRule()] = r
	}
	for _, r := range after.GetResults() {
		if b := was[r.GetRule()]; r.GetOutcome() < b.GetOutcome() && len(b.GetUnknowns()) == 0 {
			return false
		}
	}
	return true
}

// P13: a declared rating that is not the computed one is always reported, and
// nothing else is.
func TestP13Differences(t *testing.T) {
	s := newTestScorer(t, smallRubric())
	for l := lowest; l <= highest; l++ {
		for i := lowest; i <= highest; i++ {
			for declared := lowest; declared <= highest; declared++ {
				f := finding("f", l, i)
				f.SetOverall(declared)
				profile := mustScore(t, s, withFindings(f))
				computed := profile.GetFindings()[0].GetLevelMin()
				// On a scale of three steps its ends stand for those of five.
				three := l != lowest && l != highest && i != lowest && i != highest && declared != lowest && declared != highest
				differ := declared != computed
				if three {
					differ = declared != min(max(computed, low), high)
				}
				if got := len(profile.GetRatingDifferences()) == 1; got != differ {
					t.Errorf("likelihood %s, impact %s, declared %s, computed %s: difference %t", word(l), word(i), word(declared), word(computed), got)
				}
			}
		}
	}
}

// P14: the same documents give the same bytes.
func TestP14SameBytes(t *testing.T) {
	s := newTestScorer(t, smallRubric())
	rapid.Check(t, func(t *rapid.T) {
		p, policy := drawPackage(t), drawPolicy(t)
		var first string
		for i := range 3 {
			data, err := reviewpkg.Marshal(mustJudge(t, CompareOptions{}, s, policy, proto.CloneOf(p)))
			if err != nil {
				t.Fatal(err)
			}
			if i == 0 {
				first = string(data)
			} else if string(data) != first {
				t.Fatal("the verdict has other bytes")
			}
		}
	})
}

// P15: a policy that accepts less accepts nothing that it refused.
func TestP15Tightening(t *testing.T) {
	s := newTestScorer(t, smallRubric())
	rapid.Check(t, func(t *rapid.T) {
		p, policy := drawPackage(t), drawPolicy(t)
		before := mustJudge(t, CompareOptions{}, s, policy, p)
		what := tighten(t, policy)
		if after := mustJudge(t, CompareOptions{}, s, policy, p); after.GetOutcome() < before.GetOutcome() {
			t.Fatalf("%s: %s becomes %s", what, short(before.GetOutcome()), short(after.GetOutcome()))
		}
	})
}

// tighten makes a policy stricter in one way, and says in which.
func tighten(t *rapid.T, policy *reviewpkgv1.Policy) string {
	list := slices.Clone(policy.GetAppetites())
	if policy.HasOverall() {
		list = append(list, policy.GetOverall())
	}
	a := rapid.SampledFrom(list).Draw(t, "tightened")
	switch rapid.IntRange(0, 2).Draw(t, "way") {
	case 0:
		a.SetTolerance(0)
		return fmt.Sprintf("%s without tolerance", a.GetDimension())
	case 1:
		a.SetAppetite(max(lowest, a.GetAppetite()-1))
		return fmt.Sprintf("%s with less appetite", a.GetDimension())
	default:
		policy.SetExposures([]*reviewpkgv1.ExposureOverlay{reviewpkgv1.ExposureOverlay_builder{Dimension: "X", Exposure: highest}.Build()})
		return "X at the highest exposure"
	}
}
