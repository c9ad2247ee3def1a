package rubric

import (
	"slices"
	"testing"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"
	"google.golang.org/protobuf/proto"

	"github.com/reviewpkg/sdk/internal/rating"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// presetItem returns the variable of a target and an empty item of it.
func presetItem(target reviewpkgv1.RuleTarget) (string, proto.Message) {
	switch target {
	case reviewpkgv1.RuleTarget_RULE_TARGET_FINDING:
		return "finding", &reviewpkgv1.Finding{}
	case reviewpkgv1.RuleTarget_RULE_TARGET_CRITERION:
		return "criterion", &reviewpkgv1.CriterionResult{}
	case reviewpkgv1.RuleTarget_RULE_TARGET_DIMENSION:
		return "dimension", &reviewpkgv1.DimensionProfile{}
	case reviewpkgv1.RuleTarget_RULE_TARGET_ASSET:
		return "asset", &reviewpkgv1.DataAsset{}
	case reviewpkgv1.RuleTarget_RULE_TARGET_ENTRY_POINT:
		return "entry_point", &reviewpkgv1.Interface{}
	case reviewpkgv1.RuleTarget_RULE_TARGET_DEPENDENCY:
		return "dependency", &reviewpkgv1.ExternalDependency{}
	case reviewpkgv1.RuleTarget_RULE_TARGET_EVIDENCE:
		return "evidence", &reviewpkgv1.Evidence{}
	case reviewpkgv1.RuleTarget_RULE_TARGET_RECOMMENDATION:
		return "recommendation", &reviewpkgv1.Recommendation{}
	default:
		return "pkg", &reviewpkgv1.ReviewPackage{}
	}
}

// presetEnv has the functions of rules in a plain form: everything is known, the
// risk of a finding is its overall rating, a finding is disputed if its
// agreement is, and whatever is of before 2024 is old.
func presetEnv(t *testing.T, target reviewpkgv1.RuleTarget) *cel.Env {
	t.Helper()
	message := func(kind string) *cel.Type { return cel.ObjectType("reviewpkg.v1." + kind) }
	unary := func(name string, arg, result *cel.Type, f func(ref.Val) ref.Val) cel.EnvOption {
		return cel.Function(name, cel.Overload(name+"_it", []*cel.Type{arg}, result, cel.UnaryBinding(f)))
	}
	finding := func(v ref.Val) *reviewpkgv1.Finding { return v.Value().(*reviewpkgv1.Finding) }
	options := []cel.EnvOption{
		cel.Types(&reviewpkgv1.ReviewPackage{}, &reviewpkgv1.RiskProfile{}),
		cel.Container("reviewpkg.v1"),
		cel.Variable("pkg", message("ReviewPackage")), cel.Variable("profile", message("RiskProfile")),
		narrativeFunction("answered", answered), narrativeFunction("declared_none", declaredNone),
		unary("level", cel.StringType, cel.IntType, func(v ref.Val) ref.Val {
			return types.Int(slices.Index([]string{"", "very_low", "low", "medium", "high", "very_high"}, v.Value().(string)))
		}),
		unary("risk", message("Finding"), cel.IntType, func(v ref.Val) ref.Val { return types.Int(finding(v).GetOverall()) }),
		unary("open", message("Finding"), cel.BoolType, func(v ref.Val) ref.Val { return types.Bool(!rating.Closed(finding(v))) }),
		unary("disputed", message("Finding"), cel.BoolType, func(v ref.Val) ref.Val {
			return types.Bool(finding(v).GetAgreement().GetState() == reviewpkgv1.AgreementState_AGREEMENT_STATE_DISPUTED)
		}),
		cel.Function("older_than", cel.Overload("older_than_it", []*cel.Type{message("Date"), cel.IntType}, cel.BoolType,
			cel.BinaryBinding(func(d, _ ref.Val) ref.Val { return types.Bool(d.Value().(*reviewpkgv1.Date).GetValue() < "2024") }))),
	}
	if name, item := presetItem(target); name != "pkg" {
		options = append(options, cel.Variable(name, cel.ObjectType(string(item.ProtoReflect().Descriptor().FullName()))))
	}
	env, err := cel.NewEnv(options...)
	if err != nil {
		t.Fatal(err)
	}
	return env
}

// presetEval evaluates an expression of a rule, which must have a type.
func presetEval(t *testing.T, env *cel.Env, text string, want *cel.Type, vars map[string]any) any {
	t.Helper()
	ast, issues := env.Compile(text)
	if issues.Err() != nil {
		t.Fatalf("%s: %v", text, issues.Err())
	}
	if !ast.OutputType().IsExactType(want) {
		t.Fatalf("%s gives %s, want %s", text, ast.OutputType(), want)
	}
	program, err := env.Program(ast)
	if err != nil {
		t.Fatal(err)
	}
	v, _, err := program.Eval(vars)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return v.Value()
}

// presetCases give an item that keeps each rule of the presets and items that
// break it, by the rule's id: what goes by one id asks for one thing in all
// presets.
var presetCases = map[string]struct {
	keeps  []string
	breaks []string
}{
	"agreed": {
		[]string{"{agreement: {state: AGREEMENT_STATE_AGREED, project: {person_id: a}, reviewer: {person_id: b}}}", "{agreement: {state: AGREEMENT_STATE_DISPUTED}}"},
		[]string{"{agreement: {state: AGREEMENT_STATE_AGREED, project: {person_id: a}, reviewer: {person_id: a}}}", "{agreement: {state: AGREEMENT_STATE_PENDING}}"},
	},
	"analysis":   {[]string{"{joint_review: {development: {pipeline: {static_analysis: ANSWER_YES}}}}"}, []string{"{}"}},
	"assertions": {[]string{"{}", assertions("ANSWER_YES", 8)}, []string{assertions("ANSWER_YES", 7), assertions("ANSWER_NO", 8)}},
	"coverage": {
		[]string{"{dimension: D7}", "{dimension: D1, criteria: [{criterion: D1.1}], confidence: {coverage_permille: 500}}"},
		[]string{"{dimension: D1, criteria: [{criterion: D1.1}], confidence: {coverage_permille: 499}}"},
	},
	"asset-impact":           {[]string{"{impacts: [{narrative: a}], not_persisted_reason: b}", "{confidentiality: LEVEL_LOW, integrity: LEVEL_LOW, availability: LEVEL_LOW, persistence: [{id: p}]}"}, []string{"{impacts: [{narrative: a}]}", "{persistence: [{id: p}], confidentiality: LEVEL_LOW}"}},
	"badge":                  {[]string{"{self_assessment: {appendix: {badges: [{programme: OpenSSF Best Practices, level: Silver}]}}}"}, []string{"{self_assessment: {appendix: {badges: [{programme: OpenSSF Best Practices, level: in progress}, {programme: CLOMonitor, level: passing}]}}}"}},
	"champion":               {[]string{"{people: [{roles: [{kind: ROLE_KIND_SECURITY_CHAMPION}]}]}"}, []string{"{people: [{roles: [{kind: ROLE_KIND_MAINTAINER}]}]}"}},
	"contact":                {[]string{"{people: [{roles: [{kind: ROLE_KIND_SECURITY_CONTACT}]}]}", "{self_assessment: {issue_resolution: {disclosure: {contacts: [us]}}}}"}, []string{"{people: [{roles: [{kind: ROLE_KIND_MAINTAINER}]}]}"}},
	"contact-group":          {[]string{"{review: {oversight: {security_contact: coresec}}}"}, []string{"{}"}},
	"dependency-assumptions": {[]string{"{assumption_ids: [a]}", "{impact_if_compromised: a}"}, []string{"{impact_if_unavailable: a}"}},
	"disposition": {
		[]string{"{audience: AUDIENCE_PROJECT, disposition: DISPOSITION_DECLINED}", "{audience: AUDIENCE_USERS}", "{audience: AUDIENCE_PROJECT, trackers: [{url: 'https://example.org'}]}"},
		[]string{"{audience: AUDIENCE_PROJECT}"},
	},
	"disputed":             {[]string{"{}", "{agreement: {state: AGREEMENT_STATE_DISPUTED, note: a}}"}, []string{"{agreement: {state: AGREEMENT_STATE_DISPUTED}}"}},
	"embargo":              {[]string{"{review: {oversight: {embargo_days: 90}}}"}, []string{"{review: {oversight: {embargo_days: 91}}}"}},
	"entry-authentication": {[]string{"{out_of_scope_reason: a}", "{authentication: {mechanism: AUTHENTICATION_MECHANISM_NONE, none_rationale: a}}", "{authentication: {mechanism: AUTHENTICATION_MECHANISM_TOKEN}}"}, []string{"{authentication: {mechanism: AUTHENTICATION_MECHANISM_UNKNOWN}}", "{authentication: {mechanism: AUTHENTICATION_MECHANISM_NONE}}"}},
	"evidence":             {[]string{"{review: {evidence: [{kind: EVIDENCE_KIND_DEPENDENCY_SCAN}, {kind: EVIDENCE_KIND_AUDIT}]}}"}, []string{"{}", "{review: {evidence: [{kind: EVIDENCE_KIND_DEPENDENCY_SCAN}, {kind: EVIDENCE_KIND_VULNERABILITY_SCAN}, {kind: EVIDENCE_KIND_STATIC_ANALYSIS_SCAN}]}}"}},
	"evidence-age":         {[]string{"{}", "{date: {value: '2025'}}"}, []string{"{date: {value: '2020'}}"}},
	"goals":                {[]string{"{self_assessment: {overview: {goals: [{text: a}], non_goals_note: {text: b}}}}"}, []string{"{self_assessment: {overview: {goals: [{text: a}]}}}", "{self_assessment: {overview: {non_goals: [{text: a}]}}}"}},
	"liaison":              {[]string{"{people: [{roles: [{kind: ROLE_KIND_PROJECT_LEAD}]}]}", "{review: {oversight: {liaison_id: a}}}"}, []string{"{people: [{roles: [{kind: ROLE_KIND_ARCHITECT}]}]}"}},
	"maintainers":          {[]string{"{authorship: {origin: AUTHORSHIP_ORIGIN_JOINT}}", "{authorship: {origin: AUTHORSHIP_ORIGIN_PROGRAMME, maintainer_review: MAINTAINER_REVIEW_ADOPTED}}"}, []string{"{authorship: {origin: AUTHORSHIP_ORIGIN_PROGRAMME, maintainer_review: MAINTAINER_REVIEW_PENDING}}"}},
	"musts":                {[]string{"{criterion: D1.1}", "{criterion: D8.1, level_min: 2}"}, []string{"{criterion: D8.1, level_min: 1, level_max: 3}", "{criterion: D2.1}", "{criterion: D3.1}", "{criterion: D6.1}"}},
	"private-reports":      {[]string{"{joint_review: {issue_resolution: {disclosure: {private_reporting: ANSWER_YES}}}}"}, []string{"{self_assessment: {issue_resolution: {disclosure: {private_reporting: ANSWER_NO}}}}"}},
	"private-tracker":      {[]string{"{review: {oversight: {private_tracker: ANSWER_YES}}}"}, []string{"{review: {oversight: {private_tracker: ANSWER_NO}}}"}},
	"recommendation":       {[]string{"{recommendation: a}", "{suggested_controls: [a]}", "{state: FINDING_STATE_VERIFIED_FIXED}"}, []string{"{state: FINDING_STATE_REPORTED}"}},
	"resolved":             {[]string{"{overall: LEVEL_MEDIUM}", "{overall: LEVEL_HIGH, state: FINDING_STATE_VERIFIED_FIXED}"}, []string{"{overall: LEVEL_HIGH}", "{overall: LEVEL_VERY_HIGH, state: FINDING_STATE_ACCEPTED}"}},
	"response":             {[]string{"{self_assessment: {issue_resolution: {vulnerability_response: {team: core}}}}", "{joint_review: {issue_resolution: {vulnerability_response: {responder_ids: [a]}}}}"}, []string{"{self_assessment: {issue_resolution: {text: {text: we respond}}}}"}},
	"review-of-changes":    {[]string{"{self_assessment: {development: {pipeline: {required_reviewers: 1}}}}"}, []string{"{self_assessment: {development: {pipeline: {required_reviewers: 0}}}}"}},
	"second-factor":        {[]string{"{self_assessment: {development: {pipeline: {two_factor: ANSWER_YES}}}}"}, []string{"{self_assessment: {development: {pipeline: {two_factor: ANSWER_NO}}}}"}},
	"self-assessment":      {[]string{"{artifacts: [{kind: ARTIFACT_KIND_SELF_ASSESSMENT}], self_assessment: {metadata: {stage: ASSESSMENT_STAGE_COMPLETE}}}"}, []string{"{artifacts: [{kind: ARTIFACT_KIND_SELF_ASSESSMENT}], self_assessment: {metadata: {stage: ASSESSMENT_STAGE_OBSOLETE}}}", "{self_assessment: {metadata: {stage: ASSESSMENT_STAGE_COMPLETE}}}"}},
	"signed-releases":      {[]string{"{self_assessment: {development: {pipeline: {slsa_build_level: 2}}}}", "{joint_review: {development: {pipeline: {signed_images: ANSWER_YES}}}}"}, []string{"{self_assessment: {development: {pipeline: {slsa_build_level: 1, signed_images: ANSWER_NO}}}}"}},
	"stage":                {[]string{"{self_assessment: {metadata: {stage: ASSESSMENT_STAGE_COMPLETE}}}"}, []string{"{self_assessment: {metadata: {stage: ASSESSMENT_STAGE_INCOMPLETE}}}"}},
	"third-party-review":   {[]string{"{review: {evidence: [{kind: EVIDENCE_KIND_AUDIT, url: 'https://example.org'}]}}", "{artifacts: [{kind: ARTIFACT_KIND_AUDIT_REPORT}]}"}, []string{"{review: {evidence: [{kind: EVIDENCE_KIND_AUDIT}, {kind: EVIDENCE_KIND_INTERVIEW, url: 'https://example.org'}]}}"}},
	"tracked":              {[]string{"{overall: LEVEL_HIGH, trackers: [{url: 'https://example.org'}]}", "{overall: LEVEL_HIGH, state: FINDING_STATE_VERIFIED_FIXED}"}, []string{"{overall: LEVEL_HIGH}"}},
	"validated": {
		[]string{"{review: {route: REVIEW_ROUTE_COMMUNITY_TEAM}}", "{review: {route: REVIEW_ROUTE_THIRD_PARTY, body: {name: A}, validation: {decision: VALIDATION_DECISION_ACCEPTED, body: {name: B}}}}"},
		[]string{"{review: {route: REVIEW_ROUTE_PROJECT_TEAM, body: {name: A}}}", "{review: {route: REVIEW_ROUTE_THIRD_PARTY, body: {name: A}, validation: {decision: VALIDATION_DECISION_ACCEPTED, body: {name: A}}}}", "{review: {route: REVIEW_ROUTE_THIRD_PARTY, body: {name: A}, validation: {decision: VALIDATION_DECISION_PENDING, body: {name: B}}}}"},
	},
}

// assertions returns a package with a validation of some assertions.
func assertions(met string, n int) string {
	text := "{review: {route: REVIEW_ROUTE_THIRD_PARTY, validation: {assertions: ["
	for range n {
		text += "{met: " + met + "}, "
	}
	return text + "]}}}"
}

// Every expression of the presets compiles, and every rule can be kept and
// broken.
func TestPresetRules(t *testing.T) {
	used := map[string]bool{}
	for _, name := range Presets() {
		policy, err := Preset(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range policy.GetRules() {
			test, ok := presetCases[r.GetId()]
			if used[r.GetId()] = true; !ok || len(test.keeps) == 0 || len(test.breaks) == 0 {
				t.Errorf("%s: no test shows that the rule %s can be kept and broken", name, r.GetId())
			}
			env := presetEnv(t, r.GetTarget())
			for i, text := range slices.Concat(test.keeps, test.breaks) {
				variable, item := presetItem(r.GetTarget())
				vars := map[string]any{"pkg": &reviewpkgv1.ReviewPackage{}, "profile": &reviewpkgv1.RiskProfile{}}
				vars[variable] = parse(t, item, text)
				kept := r.GetWhen() != "" && presetEval(t, env, r.GetWhen(), cel.BoolType, vars) == false ||
					presetEval(t, env, r.GetCondition(), cel.BoolType, vars) == true
				if want := i < len(test.keeps); kept != want {
					t.Errorf("%s: %s keeps the rule %s: %t, want %t", name, text, r.GetId(), kept, want)
				}
				if m := r.GetMessage(); m != "" && presetEval(t, env, m, cel.StringType, vars) == "" {
					t.Errorf("%s: the message of the rule %s is empty", name, r.GetId())
				}
			}
		}
	}
	for id := range presetCases {
		if !used[id] {
			t.Errorf("no preset has the rule %s", id)
		}
	}
}

// A finding that is on the roadmap is planned, for those who ask for no more.
func TestPresetRoadmap(t *testing.T) {
	policy, err := Preset("cncf-graduated")
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(policy.GetRules(), func(r *reviewpkgv1.PolicyRule) bool { return r.GetId() == "tracked" })
	env := presetEnv(t, reviewpkgv1.RuleTarget_RULE_TARGET_FINDING)
	for id, want := range map[string]bool{"f": true, "g": false} {
		vars := map[string]any{
			"finding": parse(t, &reviewpkgv1.Finding{}, "{id: "+id+"}"),
			"pkg":     parsePackage(t, "{joint_review: {roadmap: {next_steps: [{id: s, text: mend it, finding_ids: [f]}]}}}"),
		}
		if got := presetEval(t, env, policy.GetRules()[i].GetCondition(), cel.BoolType, vars); got != want {
			t.Errorf("the finding %s is planned: %v, want %t", id, got, want)
		}
	}
}
