package rubric

import (
	"fmt"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// How many choices are really judged, at most: fewer if one takes long. More
// would find out more about rules that nobody can compute.
const (
	maxPlanTrials    = 256
	fewPlanTrials    = 40
	manyPlanSubjects = 100
)

// A planTrial is a choice that was carried out and judged.
type planTrial struct {
	outcome reviewpkgv1.Outcome
	verdict *reviewpkgv1.Verdict
	results map[string]*reviewpkgv1.RuleResult
}

// try carries out a choice on a copy of the package, and judges that.
func (pl *planner) try(choice planChoice) (*planTrial, error) {
	key := fmt.Sprint([]int(choice))
	if t := pl.trials[key]; t != nil {
		return t, nil
	}
	pl.left--
	j := *pl.Judge
	j.options.Waivers = pl.withWaivers(pl.chosenControls(choice))
	p := pl.apply(choice)
	profile, err := j.score(p, j.asOf)
	if err != nil {
		return nil, err
	}
	verdict, err := j.verdict(p, profile)
	if err != nil {
		return nil, err
	}
	t := &planTrial{outcome: pass, verdict: verdict, results: map[string]*reviewpkgv1.RuleResult{}}
	for _, r := range verdict.GetResults() {
		t.results[r.GetRule()] = r
	}
	// Nobody can write down here what the gaps ask for, so that the rule is what
	// is filled in.
	for i, s := range pl.subjects {
		if choice[i] > 0 && s.rule != "" && t.results[s.rule] != nil {
			t.results[s.rule] = reviewpkgv1.RuleResult_builder{Rule: s.rule, Outcome: pass}.Build()
		}
	}
	for _, r := range t.results {
		t.outcome = max(t.outcome, r.GetOutcome())
	}
	pl.trials[key] = t
	return t, nil
}

// bad reports whether a rule is worse than the target.
func (pl *planner) bad(t *planTrial, rule string) bool {
	return t.results[rule].GetOutcome() > pl.target
}
