package rubric

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/testing/protocmp"
	"pgregory.net/rapid"

	"github.com/reviewpkg/sdk/internal/randpkg"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
	"github.com/reviewpkg/sdk/reviewpkg"
)

// drawFinding draws a finding that may be unrated, half rated or rated by a
// range, and in any state.
func drawFinding(t *rapid.T, id string) *reviewpkgv1.Finding {
	level := func(name string) reviewpkgv1.Level {
		return reviewpkgv1.Level(rapid.Int32Range(0, int32(highest)).Draw(t, name))
	}
	upper := func(from reviewpkgv1.Level, name string) reviewpkgv1.Level {
		if from == 0 || rapid.Bool().Draw(t, name+" is one level") {
			return 0
		}
		return reviewpkgv1.Level(rapid.Int32Range(int32(from), int32(highest)).Draw(t, name))
	}
	f := finding(id, level("likelihood"), level("impact"))
	f.SetLikelihoodMax(upper(f.GetLikelihood(), "likelihood max"))
	f.SetImpactMax(upper(f.GetImpact(), "impact max"))
	f.SetState(reviewpkgv1.FindingState(rapid.Int32Range(1, 9).Draw(t, "state")))
	f.SetDimension(rapid.SampledFrom([]string{"", "X", "F", "lost"}).Draw(t, "dimension"))
	return f
}

// drawPackage draws a package for the small rubric.
func drawPackage(t *rapid.T) *reviewpkgv1.ReviewPackage {
	b := reviewpkgv1.ReviewPackage_builder{Id: "p", Labels: map[string]string{}}
	for i := range rapid.IntRange(0, 5).Draw(t, "findings") {
		b.Findings = append(b.Findings, drawFinding(t, fmt.Sprint("f", i)))
	}
	for i := range rapid.IntRange(0, 2).Draw(t, "disputed findings") {
		b.DisputedFindings = append(b.DisputedFindings, drawFinding(t, fmt.Sprint("d", i)))
	}
	for _, label := range []string{"a", "b"} {
		b.Labels[label] = rapid.SampledFrom([]string{"", "0", "1", "2"}).Draw(t, label)
	}
	for i := range rapid.IntRange(0, 3).Draw(t, "scores") {
		b.Scores = append(b.Scores, drawScore(t, fmt.Sprint("s", i)))
	}
	return b.Build()
}

func drawScore(t *rapid.T, id string) *reviewpkgv1.RubricScore {
	b := reviewpkgv1.RubricScore_builder{
		Id: id, Rubric: "small", RubricVersion: "1.0.0",
		Criterion: rapid.SampledFrom([]string{"X.1", "X.2"}).Draw(t, "criterion"),
		State:     rapid.SampledFrom([]reviewpkgv1.ScoreState{stateLevel, stateRange, stateUnknown}).Draw(t, "state"),
	}
	if b.State == stateUnknown {
		return b.Build()
	}
	if rapid.Bool().Draw(t, "backed") {
		b.ScorerId, b.EvidenceIds = "ann", []string{"e"}
	}
	b.Level = proto.Uint32(rapid.Uint32Range(0, 3).Draw(t, "level"))
	if b.State == stateRange {
		b.LevelMax = proto.Uint32(rapid.Uint32Range(*b.Level, 3).Draw(t, "level max"))
	}
	return b.Build()
}

// risks returns the risks of a profile that count for something.
func risks(profile *reviewpkgv1.RiskProfile) map[string]*reviewpkgv1.RiskInterval {
	found := map[string]*reviewpkgv1.RiskInterval{}
	for _, d := range profile.GetDimensions() {
		if !d.GetNotAssessed() {
			found[d.GetDimension()] = d.GetRisk()
		}
	}
	if len(found) > 0 {
		found["overall"] = profile.GetOverall()
	}
	return found
}

// compareRisks fails unless ok holds for each risk that is in both profiles.
func compareRisks(t *rapid.T, what string, before, after *reviewpkgv1.RiskProfile, ok func(before, after *reviewpkgv1.RiskInterval) bool) {
	t.Helper()
	for name, a := range risks(before) {
		if b := risks(after)[name]; b != nil && !ok(a, b) {
			t.Fatalf("%s: %s goes from %s to %s", what, name, riskWords(a), riskWords(b))
		}
	}
}

func notLower(a, b *reviewpkgv1.RiskInterval) bool {
	return b.GetScoreMin() >= a.GetScoreMin() && b.GetScoreMax() >= a.GetScoreMax() &&
		b.GetLevelMin() >= a.GetLevelMin() && b.GetLevelMax() >= a.GetLevelMax()
}

func notHigher(a, b *reviewpkgv1.RiskInterval) bool { return notLower(b, a) }

func inside(a, b *reviewpkgv1.RiskInterval) bool {
	return b.GetScoreMin() >= a.GetScoreMin() && b.GetScoreMax() <= a.GetScoreMax() &&
		b.GetLevelMin() >= a.GetLevelMin() && b.GetLevelMax() <= a.GetLevelMax()
}

// The properties P1 to P16 that hold for every score and verdict. Each is a test
// of its own, so that a long run can be asked for by name:
//
//	go test ./rubric -run 'TestP[1-7]' -rapid.checks=150000
//
// is more than a million cases of the first seven; CI takes the default of a
// hundred each. Bands, matrices and weakness are small enough to be gone through
// one by one, and are, in their own tests.

// P1: scores lie between 0 and 1000 and in the band of their level, which is that
// of the worst contributor; and scoring changes nothing.
func TestP1Bounds(t *testing.T) {
	s := newTestScorer(t, smallRubric())
	rapid.Check(t, func(t *rapid.T) {
		p := drawPackage(t)
		before := proto.CloneOf(p)
		profile := mustScore(t, s, p)
		if diff := cmp.Diff(before, p, protocmp.Transform()); diff != "" {
			t.Fatalf("the package changed: %s", diff)
		}
		if err := reviewpkg.Validate(profile); err != nil {
			t.Fatal(err)
		}
		for name, risk := range risks(profile) {
			low, high := s.scale.bands[risk.GetLevelMin()-1], s.scale.bands[risk.GetLevelMax()-1]
			if risk.GetScoreMin() > risk.GetScoreMax() || risk.GetLevelMin() > risk.GetLevelMax() ||
				risk.GetScoreMin() < low.GetMin() || risk.GetScoreMin() > low.GetMax() ||
				risk.GetScoreMax() < high.GetMin() || risk.GetScoreMax() > high.GetMax() {
				t.Fatalf("%s is %s", name, riskWords(risk))
			}
		}
		for _, d := range profile.GetDimensions() {
			worst := reviewpkgv1.Level(0)
			for _, c := range d.GetContributions() {
				worst = max(worst, c.GetLevelMax())
			}
			if !d.GetNotAssessed() && d.GetRisk().GetLevelMax() != max(worst, lowest) {
				t.Fatalf("%s is %s, and its worst contributor %s", d.GetDimension(), riskWords(d.GetRisk()), word(worst))
			}
		}
	})
}

// P2: one more open finding lowers no figure.
func TestP2OneMoreFinding(t *testing.T) {
	s := newTestScorer(t, smallRubric())
	rapid.Check(t, func(t *rapid.T) {
		p := drawPackage(t)
		profile := mustScore(t, s, p)
		added := drawFinding(t, "added")
		added.SetState(reported)
		p.SetFindings(append(p.GetFindings(), added))
		compareRisks(t, "one more finding", profile, mustScore(t, s, p), notLower)
	})
}

// P3: a criterion at a higher level, and a finding that is less grave, raise no
// risk.
func TestP3Better(t *testing.T) {
	s := newTestScorer(t, smallRubric())
	rapid.Check(t, func(t *rapid.T) {
		p := drawPackage(t)
		profile := mustScore(t, s, p)
		for _, score := range p.GetScores() {
			if score.GetState() == stateLevel && score.GetLevel() < 3 {
				score.SetLevel(score.GetLevel() + 1)
				compareRisks(t, "a higher level", profile, mustScore(t, s, p), notHigher)
				break
			}
		}
		list := slices.Concat(p.GetFindings(), p.GetDisputedFindings())
		if len(list) == 0 {
			return
		}
		profile = mustScore(t, s, p)
		f := rapid.SampledFrom(list).Draw(t, "finding")
		if l := f.GetLikelihood(); rapid.Bool().Draw(t, "likelihood") && l > 0 && l < highest {
			f.SetLikelihood(l + 1)
			f.SetLikelihoodMax(max(f.GetLikelihoodMax(), l+1))
		} else if i := f.GetImpact(); i > 0 && i < highest {
			f.SetImpact(i + 1)
			f.SetImpactMax(max(f.GetImpactMax(), i+1))
		}
		compareRisks(t, "a worse finding", profile, mustScore(t, s, p), notLower)
	})
}

// P4: whoever hides what is known never gets a better upper end for it.
func TestP4HidingNeverPays(t *testing.T) {
	s := newTestScorer(t, smallRubric())
	rapid.Check(t, func(t *rapid.T) {
		p := drawPackage(t)
		profile := mustScore(t, s, p)
		switch rapid.IntRange(0, 2).Draw(t, "what is hidden") {
		case 0:
			if len(p.GetFindings()) == 0 {
				return
			}
			f := rapid.SampledFrom(p.GetFindings()).Draw(t, "finding")
			f.SetLikelihood(0)
			f.SetLikelihoodMax(0)
		case 1:
			if len(p.GetScores()) > 0 {
				return // a score stands instead of what the labels show
			}
			p.GetLabels()[rapid.SampledFrom([]string{"a", "b"}).Draw(t, "label")] = ""
		default:
			for _, score := range p.GetScores() {
				score.SetEvidenceIds(nil)
			}
		}
		compareRisks(t, "a thing that is hidden", profile, mustScore(t, s, p), func(before, after *reviewpkgv1.RiskInterval) bool {
			return after.GetScoreMax() >= before.GetScoreMax() && after.GetLevelMax() >= before.GetLevelMax()
		})
	})
}

// P5: whoever answers an open question narrows the risk, whatever the answer is.
func TestP5Refinement(t *testing.T) {
	s := newTestScorer(t, smallRubric())
	rapid.Check(t, func(t *rapid.T) {
		p := drawPackage(t)
		profile := mustScore(t, s, p)
		refined := proto.CloneOf(p)
		answer := func(level, upper reviewpkgv1.Level, name string) reviewpkgv1.Level {
			may := stated(level, upper)
			return reviewpkgv1.Level(rapid.Int32Range(int32(may.min), int32(may.max)).Draw(t, name))
		}
		switch list := slices.Concat(refined.GetFindings(), refined.GetDisputedFindings()); {
		case len(list) > 0 && rapid.Bool().Draw(t, "a finding"):
			f := rapid.SampledFrom(list).Draw(t, "finding")
			f.SetLikelihood(answer(f.GetLikelihood(), f.GetLikelihoodMax(), "answer"))
			f.SetLikelihoodMax(0)
			f.SetImpact(answer(f.GetImpact(), f.GetImpactMax(), "answer"))
			f.SetImpactMax(0)
		case len(refined.GetDisputedFindings()) > 0 && rapid.Bool().Draw(t, "a dispute"):
			disputed := refined.GetDisputedFindings()
			if rapid.Bool().Draw(t, "it stands") {
				refined.SetFindings(append(refined.GetFindings(), disputed[0]))
				refined.SetDisputedFindings(disputed[1:])
			} else {
				disputed[0].SetState(reviewpkgv1.FindingState_FINDING_STATE_REJECTED)
				signed := reviewpkgv1.SignOff_builder{PersonId: "rex"}.Build()
				disputed[0].SetAgreement(reviewpkgv1.Agreement_builder{Reviewer: signed}.Build())
			}
		default:
			i := slices.IndexFunc(refined.GetScores(), func(s *reviewpkgv1.RubricScore) bool { return s.GetState() == stateRange })
			if i < 0 || len(refined.GetScores()) > 1 {
				return
			}
			score := refined.GetScores()[i]
			score.SetLevel(rapid.Uint32Range(score.GetLevel(), score.GetLevelMax()).Draw(t, "level"))
			score.SetState(stateLevel)
			score.ClearLevelMax()
		}
		compareRisks(t, "an answer", profile, mustScore(t, s, refined), inside)
	})
}

// P8: the order of lists does not matter.
func TestP8Order(t *testing.T) {
	s := newTestScorer(t, smallRubric())
	rapid.Check(t, func(t *rapid.T) {
		p := drawPackage(t)
		shuffled := proto.CloneOf(p)
		if len(p.GetFindings()) > 0 {
			shuffled.SetFindings(rapid.Permutation(shuffled.GetFindings()).Draw(t, "findings"))
		}
		if len(p.GetScores()) > 0 {
			shuffled.SetScores(rapid.Permutation(shuffled.GetScores()).Draw(t, "scores"))
		}
		if diff := cmp.Diff(mustScore(t, s, p), mustScore(t, s, shuffled), protocmp.Transform(),
			protocmp.IgnoreFields(&reviewpkgv1.RiskProfile{}, "package_digest")); diff != "" {
			t.Fatal(diff)
		}
	})
}

// Random packages under the default rubric: no error, nothing changes, a valid
// profile, and the same bytes each time.
func TestRandomPackages(t *testing.T) {
	s := newTestScorer(t, nil)
	policy := DefaultPolicy()
	rapid.Check(t, func(t *rapid.T) {
		p := randpkg.Package(t)
		p.SetId("p")
		for i, f := range slices.Concat(p.GetFindings(), p.GetDisputedFindings()) {
			if f.GetId() == "" {
				f.SetId(fmt.Sprint("added-", i))
			}
		}
		before := proto.CloneOf(p)
		profile := mustScore(t, s, p)
		if err := reviewpkg.Validate(profile); err != nil {
			t.Fatal(err)
		}
		verdict, err := Compare(p, profile, policy)
		if err != nil {
			t.Fatal(err)
		}
		if err := reviewpkg.Validate(verdict); err != nil {
			t.Fatal(err)
		}
		again := mustScore(t, s, p)
		if first, second := digest(t, profile), digest(t, again); first != second {
			t.Fatal("the second profile has other bytes")
		}
		if !proto.Equal(before, p) || !proto.Equal(policy, DefaultPolicy()) {
			t.Fatal("an argument changed")
		}
	})
}

func digest(t interface{ Fatal(...any) }, m proto.Message) string {
	d, err := reviewpkg.Digest(m)
	if err != nil {
		t.Fatal(err)
	}
	return d
}
