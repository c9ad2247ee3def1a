package rubric

import (
	"fmt"
	"testing"

	"google.golang.org/protobuf/proto"
	"pgregory.net/rapid"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// completions visits every way to answer the open questions of p: each level of
// a rating that is not known, each level of a criterion that nobody scored,
// each disputed finding in and out.
func completions(p *reviewpkgv1.ReviewPackage, visit func(*reviewpkgv1.ReviewPackage)) {
	for i, f := range p.GetFindings() {
		likelihood, impact := stated(f.GetLikelihood(), f.GetLikelihoodMax()), stated(f.GetImpact(), f.GetImpactMax())
		if likelihood.known() && impact.known() {
			continue
		}
		for l := likelihood.min; l <= likelihood.max; l++ {
			for m := impact.min; m <= impact.max; m++ {
				q := proto.CloneOf(p)
				g := q.GetFindings()[i]
				g.SetLikelihood(l)
				g.SetLikelihoodMax(0)
				g.SetImpact(m)
				g.SetImpactMax(0)
				completions(q, visit)
			}
		}
		return
	}
	if disputed := p.GetDisputedFindings(); len(disputed) > 0 {
		for _, stands := range []bool{true, false} {
			q := proto.CloneOf(p)
			q.SetDisputedFindings(q.GetDisputedFindings()[1:])
			if stands {
				q.SetFindings(append(q.GetFindings(), disputed[0]))
			}
			completions(q, visit)
		}
		return
	}
	for _, criterion := range []string{"X.1", "X.2"} {
		label := map[string]string{"X.1": "a", "X.2": "b"}[criterion]
		if p.GetLabels()[label] != "" {
			continue
		}
		for level := range uint32(4) {
			q := proto.CloneOf(p)
			q.GetLabels()[label] = "settled"
			q.SetScores(append(q.GetScores(), reviewpkgv1.RubricScore_builder{
				Id: criterion, Rubric: "small", RubricVersion: "1.0.0", Criterion: criterion,
				State: stateLevel, Level: proto.Uint32(level), ScorerId: "ann", EvidenceIds: []string{"e"},
			}.Build()))
			completions(q, visit)
		}
		return
	}
	visit(p)
}

// P6: the interval is the exact hull: its ends are the least and the most that any
// way to answer the open questions gives, and no wider.
func TestP6Hull(t *testing.T) {
	s := newTestScorer(t, smallRubric())
	rapid.Check(t, func(t *rapid.T) {
		p := reviewpkgv1.ReviewPackage_builder{Id: "p", Labels: map[string]string{
			"a": rapid.SampledFrom([]string{"", "0", "1", "2"}).Draw(t, "a"),
			"b": rapid.SampledFrom([]string{"", "2"}).Draw(t, "b"),
		}}.Build()
		// A finding without any rating, at most, and the rest of it known, so
		// that the completions can be counted.
		for i := range rapid.IntRange(1, 3).Draw(t, "findings") {
			f := drawFinding(t, fmt.Sprint("f", i))
			f.SetState(reported)
			if i > 0 {
				f.SetLikelihood(max(f.GetLikelihood(), lowest))
				f.SetLikelihoodMax(0)
				f.SetImpact(max(f.GetImpact(), lowest))
				f.SetImpactMax(0)
			}
			p.SetFindings(append(p.GetFindings(), f))
		}
		if rapid.Bool().Draw(t, "disputed") {
			d := finding("d", medium, high)
			d.SetDimension(rapid.SampledFrom([]string{"", "X"}).Draw(t, "disputed dimension"))
			p.SetDisputedFindings([]*reviewpkgv1.Finding{d})
		}
		want := map[string]*reviewpkgv1.RiskInterval{}
		completions(p, func(q *reviewpkgv1.ReviewPackage) {
			for name, risk := range risks(mustScore(t, s, q)) {
				if risk.GetScoreMin() != risk.GetScoreMax() || risk.GetLevelMin() != risk.GetLevelMax() {
					t.Fatalf("%s of a package without open questions is %s", name, riskWords(risk))
				}
				if want[name] == nil {
					want[name] = proto.CloneOf(risk)
				}
				w := want[name]
				w.SetLevelMin(min(w.GetLevelMin(), risk.GetLevelMin()))
				w.SetLevelMax(max(w.GetLevelMax(), risk.GetLevelMax()))
				w.SetScoreMin(min(w.GetScoreMin(), risk.GetScoreMin()))
				w.SetScoreMax(max(w.GetScoreMax(), risk.GetScoreMax()))
			}
		})
		for name, got := range risks(mustScore(t, s, p)) {
			if w := want[name]; !proto.Equal(got, w) {
				t.Fatalf("%s is %s, and the completions give %s", name, riskWords(got), riskWords(w))
			}
		}
	})
}
