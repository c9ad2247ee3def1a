package rubric

import (
	"slices"

	"cel.dev/cel-go/cel"

	"github.com/reviewpkg/sdk/internal/celview"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// nothingRead is what a field holds that shows nothing, in the words of a
// recording.
var nothingRead = []string{"", "0 items", "not stated", "false"}

// explain adds to each criterion whose level the package shows what shows it:
// the fields that the condition of the level read, as far as the package states
// something there. Only what is stated has lines that a reader can look up.
func (s *scorer) explain(p *reviewpkgv1.ReviewPackage, profile *reviewpkgv1.RiskProfile) error {
	kit, err := theRuleKit()
	if err != nil {
		return err
	}
	session := kit.types.NewSession(&ruleContext{})
	vars := &celview.Vars{Names: []string{"pkg"}, Objects: []*celview.Object{session.Root(p, "")}}
	for _, r := range criteriaOf(profile) {
		if r.GetOrigin() != reviewpkgv1.ScoreOrigin_SCORE_ORIGIN_DERIVED || r.GetState() != stateLevel {
			continue
		}
		text := s.criteria[r.GetCriterion()].GetLevels()[r.GetLevelMin()].GetWhen()
		program, err := recordable(kit, text)
		if err != nil {
			return err
		}
		// What comes out is known already; a field that is not stated may be
		// unknown here, and then more of the condition is read and not less.
		reads := session.Record(maxReads, func() { _, _, _ = program.Eval(vars) })
		for _, read := range reads {
			if !slices.Contains(nothingRead, read.Value) {
				r.SetPaths(append(r.GetPaths(), read.Path))
			}
		}
	}
	return nil
}

// recordable compiles a condition of a rubric so that what it reads can be
// recorded.
func recordable(kit *ruleKit, text string) (cel.Program, error) {
	env := kit.envs[reviewpkgv1.RuleTarget_RULE_TARGET_PACKAGE]
	checked, issues := env.Compile(text)
	if issues.Err() != nil {
		return nil, issues.Err()
	}
	return env.Program(checked, cel.CostLimit(conditionCost))
}
