package rubric

import (
	"sync"

	"cel.dev/cel-go/cel"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"

	"github.com/reviewpkg/sdk/internal/celview"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// maxRegexSize is how many instructions a regular expression may have: its time
// is this times the length of the text.
const maxRegexSize = 1000

// A ruleTarget says what a rule about items is about: the variable that holds
// the item, its kind, and the words for one and for many.
type ruleTarget struct {
	variable, kind string
	one, many      string
}

// ruleTargets are the targets but the package as a whole, which is no item.
var ruleTargets = map[reviewpkgv1.RuleTarget]ruleTarget{
	reviewpkgv1.RuleTarget_RULE_TARGET_FINDING:        {"finding", "Finding", "finding", "findings"},
	reviewpkgv1.RuleTarget_RULE_TARGET_CRITERION:      {"criterion", "CriterionResult", "criterion", "criteria"},
	reviewpkgv1.RuleTarget_RULE_TARGET_DIMENSION:      {"dimension", "DimensionProfile", "dimension", "dimensions"},
	reviewpkgv1.RuleTarget_RULE_TARGET_ASSET:          {"asset", "DataAsset", "asset", "assets"},
	reviewpkgv1.RuleTarget_RULE_TARGET_ENTRY_POINT:    {"entry_point", "Interface", "entry point", "entry points"},
	reviewpkgv1.RuleTarget_RULE_TARGET_DEPENDENCY:     {"dependency", "ExternalDependency", "dependency", "dependencies"},
	reviewpkgv1.RuleTarget_RULE_TARGET_EVIDENCE:       {"evidence", "Evidence", "piece of evidence", "pieces of evidence"},
	reviewpkgv1.RuleTarget_RULE_TARGET_RECOMMENDATION: {"recommendation", "Recommendation", "recommendation", "recommendations"},
}

// A ruleKit is what all rules of all policies are compiled and evaluated with.
type ruleKit struct {
	types     *celview.Types
	envs      map[reviewpkgv1.RuleTarget]*cel.Env
	functions map[string]celview.Function
	fields    ruleFields
}

// ruleFields are the indexes of the fields that functions of rules read.
type ruleFields struct {
	likelihood, impact, overall, state, agreement, risk, date int
}

// theRuleKit makes the kit once: making it takes longer than all rules of a
// policy do.
var theRuleKit = sync.OnceValues(newRuleKit)

func newRuleKit() (*ruleKit, error) {
	// Items of a profile are named by what they are about.
	// Their paths are those of the contributions of a profile.
	keys := map[protoreflect.FullName]protoreflect.Name{
		"reviewpkg.v1.DimensionProfile": "dimension", "reviewpkg.v1.CriterionResult": "criterion",
	}
	t, err := celview.New(keys, &reviewpkgv1.ReviewPackage{}, &reviewpkgv1.RiskProfile{})
	if err != nil {
		return nil, err
	}
	finding := &reviewpkgv1.Finding{}
	k := &ruleKit{types: t, envs: map[reviewpkgv1.RuleTarget]*cel.Env{}, fields: ruleFields{
		likelihood: fieldIndex(finding, "likelihood"), impact: fieldIndex(finding, "impact"),
		overall: fieldIndex(finding, "overall"), state: fieldIndex(finding, "state"),
		agreement: fieldIndex(finding, "agreement"),
		risk:      fieldIndex(&reviewpkgv1.DimensionProfile{}, "risk"),
		date:      fieldIndex(&reviewpkgv1.Date{}, "value"),
	}}
	k.functions = k.ruleFunctions()
	options := append(t.EnvOptions(),
		// Enums and messages go by their short names.
		cel.Container("reviewpkg.v1"),
		cel.Variable("pkg", cel.ObjectType("reviewpkg.v1.ReviewPackage")),
		cel.Variable("profile", cel.ObjectType("reviewpkg.v1.RiskProfile")),
		cel.ParserExpressionSizeLimit(maxConditionSize),
		cel.RegexProgramSizeLimit(maxRegexSize),
	)
	base, err := cel.NewEnv(append(options, k.declarations()...)...)
	if err != nil {
		return nil, err
	}
	k.envs[reviewpkgv1.RuleTarget_RULE_TARGET_PACKAGE] = base
	// A rule sees the item under one name only, so that one which is about
	// something else does not compile.
	for target, about := range ruleTargets {
		variable := cel.Variable(about.variable, cel.ObjectType("reviewpkg.v1."+about.kind))
		if k.envs[target], err = base.Extend(variable); err != nil {
			return nil, err
		}
	}
	return k, nil
}

// fieldIndex returns the index of a field that the model has.
func fieldIndex(m proto.Message, name protoreflect.Name) int {
	return m.ProtoReflect().Descriptor().Fields().ByName(name).Index()
}
