package rubric

import (
	"fmt"
	"testing"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// conditionCases give packages that show a level of a criterion of the default
// rubric and no more. A level may stand several times, for both communities.
var conditionCases = []struct {
	criterion string
	level     uint32
	pkg       string
}{
	{"D1.1", 0, "self_assessment: {overview: {goals_note: {presence: PRESENCE_NONE_DECLARED}}}"},
	{"D1.1", 1, "architecture: {purpose: {text: stores secrets}}"},
	{"D1.1", 1, "joint_review: {overview: {goals: [{text: keep secrets}]}}"},
	{"D1.1", 2, "self_assessment: {overview: {goals: [{text: keep secrets}], non_goals_note: {text: no DoS}}}"},
	{"D1.1", 2, "architecture: {purpose: {text: stores secrets}, actors: [{malice_out_of_scope: true, scope_rationale: trusted}]}"},
	{"D1.2", 0, "self_assessment: {functions: {critical_note: {presence: PRESENCE_NONE_DECLARED}}}"},
	{"D1.2", 1, "self_assessment: {functions: {text: {text: some}}}"},
	{"D1.2", 2, "self_assessment: {functions: {critical: [{name: check, description: checks}]}}"},
	{"D1.2", 1, "self_assessment: {functions: {relevant: [{name: log}], critical: [{name: check, description: checks}, {name: b}]}}"},
	{"D1.2", 1, "architecture: {controls: [{property: SECURITY_PROPERTY_AUDIT}, {property: SECURITY_PROPERTY_AUDIT}, {property: SECURITY_PROPERTY_AUDIT}]}"},
	{"D1.2", 2, "architecture: {controls: [{property: SECURITY_PROPERTY_AUDIT}, {property: SECURITY_PROPERTY_INTEGRITY}, {property: SECURITY_PROPERTY_AVAILABILITY}]}"},
	{"D2.1", 1, "self_assessment: {overview: {actions: [{name: read}]}}"},
	{"D2.1", 1, "architecture: {interfaces: [{entry_point: true}]}"},
	{"D2.1", 2, "architecture: {interfaces: [{entry_point: true, flows: [{asset_id: a}]}, {}]}"},
	{"D2.1", 2, "architecture: {no_entry_points_statement: a library}"},
	{"D2.1", 2, "self_assessment: {overview: {actions: [{name: read, input: a name}]}}"},
	{"D2.2", 1, "architecture: {actors: [{name: user}]}"},
	{"D2.2", 1, "self_assessment: {overview: {actors: [{name: user}, {name: server, isolation: process}]}}"},
	{"D2.2", 2, "self_assessment: {overview: {actors: [{name: server, isolation: process}]}}"},
	{"D2.2", 1, "architecture: {trust_domains: [{name: in}, {name: out}], diagrams: [{shows_trust_boundaries: ANSWER_YES}]}"},
	{"D2.2", 2, "architecture: {trust_domains: [{name: in}, {name: out}], components: [{name: api, trust_domain_id: in}]}"},
	{"D2.2", 2, "architecture: {trust_domains: [{name: in}, {name: out}], interfaces: [{crosses_trust_boundary: true}]}"},
	{"D2.2", 2, "architecture: {actors: [{name: user}], diagrams: [{shows_trust_boundaries: ANSWER_YES, artifact_id: d}]}"},
	{"D2.2", 2, "threat_models: [{trust_boundaries: {text: one}}]"},
	{"D2.3", 0, "architecture: {interfaces: [{entry_point: true, authentication: {mechanism: AUTHENTICATION_MECHANISM_NONE, none_rationale: public}}]}"},
	{"D2.3", 1, "architecture: {interfaces: [{entry_point: true}, {authentication: {mechanism: AUTHENTICATION_MECHANISM_SSH}}]}"},
	{"D2.3", 2, "architecture: {interfaces: [{entry_point: true, authentication: {mechanism: AUTHENTICATION_MECHANISM_TOKEN}}]}"},
	{"D2.3", 2, "self_assessment: {overview: {actions: [{name: read, security_checks: token}]}}"},
	{"D3.1", 1, "architecture: {data_assets: [{name: key}]}"},
	{"D3.1", 1, "architecture: {data_assets: [{name: key, impact_not_modelled_reason: no time}]}"},
	{"D3.1", 2, "architecture: {data_assets: [{name: key, confidentiality: LEVEL_HIGH, integrity: LEVEL_LOW, availability: LEVEL_LOW}]}"},
	{"D3.1", 2, "architecture: {data_assets: [{name: key, impacts: [{narrative: all is lost}]}]}"},
	{"D3.1", 2, "threat_models: [{data_dictionary: [{name: key, classification: secret}]}]"},
	{"D3.2", 1, "architecture: {data_assets: [{name: key, not_persisted_reason: in memory}, {name: token}]}"},
	{"D3.2", 2, "architecture: {data_assets: [{name: key, persistence: [{location_text: disk}]}]}"},
	{"D3.3", 1, "architecture: {interfaces: [{transport: {protocol: REST}}]}"},
	{"D3.3", 2, "architecture: {data_formats: [{name: JSON}], interfaces: [{transport: {protocol: REST}, flows: [{asset_id: key}]}]}"},
	{"D4.1", 0, "joint_review: {configuration: {secure: {presence: PRESENCE_NONE_DECLARED}}}"},
	{"D4.1", 1, "self_assessment: {security_links: [{kind: SECURITY_LINK_KIND_CONFIGURATION}]}"},
	{"D4.1", 1, "architecture: {deployment: {description: one node, basis: DEPLOYMENT_BASIS_MINIMAL}}"},
	{"D4.1", 2, "joint_review: {configuration: {default: {text: open}, secure: {text: closed}}}"},
	{"D4.1", 2, "architecture: {deployment: {description: three nodes, basis: DEPLOYMENT_BASIS_BEST_PRACTICE}}"},
	{"D4.2", 1, "architecture: {components: [{name: api}]}"},
	{"D4.2", 1, "architecture: {diagrams: [{id: d}], components: [{name: api, purpose: answers}]}"},
	{"D4.2", 2, "architecture: {diagrams: [{id: d, artifact_id: p}], components: [{name: api, purpose: answers}]}"},
	{"D4.2", 2, "joint_review: {design: {design: {text: three parts}, diagram_ids: [d]}}"},
	{"D5.1", 1, "architecture: {external_dependencies: [{name: keystone}]}"},
	{"D5.1", 2, "architecture: {external_dependencies: [{name: keystone, impact_if_unavailable: no logins}]}"},
	{"D5.1", 2, "architecture: {no_dependencies_statement: none}"},
	{"D5.2", 1, "assumptions: [{statement: the network is ours}]"},
	{"D5.2", 2, "assumptions: [{statement: the network is ours, if_violated: all is lost}]"},
	{"D5.3", 0, "self_assessment: {metadata: {sbom: {availability: SBOM_AVAILABILITY_NONE}}}"},
	{"D5.3", 1, "self_assessment: {metadata: {sbom: {availability: SBOM_AVAILABILITY_PLANNED}}}"},
	{"D5.3", 2, "artifacts: [{kind: ARTIFACT_KIND_SBOM}]"},
	{"D6.1", 0, "self_assessment: {security_analysis: {threat_model_note: {presence: PRESENCE_NONE_DECLARED}}}"},
	{"D6.1", 1, "review: {evidence: [{kind: EVIDENCE_KIND_ARCHITECTURE_REVIEW}]}"},
	{"D6.1", 2, "{review: {evidence: [{kind: EVIDENCE_KIND_ARCHITECTURE_REVIEW}]}, findings: [{id: f}]}"},
	{"D6.1", 1, "threat_models: [{threats: [{title: spoofing}], matrices: [{title: compromise}]}]"},
	{"D6.1", 2, "threat_models: [{threats: [{title: spoofing, mitigations: [sign]}]}]"},
	{"D6.1", 2, "threat_models: [{matrices: [{title: compromise, rows: [{victim: client}]}]}]"},
	{"D6.1", 2, "threat_models: [{attack_paths: [{steps: [spoof]}]}]"},
	{"D6.1", 2, "joint_review: {security_analysis: {attacker_motivations: {text: a}, attacker_capabilities: {text: b}, attack_risks_and_effects: {text: c}}}"},
	{"D6.2", 0, "joint_review: {security_analysis: {compensating_mechanisms: {presence: PRESENCE_NONE_DECLARED}}}"},
	{"D6.2", 1, "joint_review: {security_analysis: {failure_modes: {text: a}}}"},
	{"D6.2", 2, "joint_review: {security_analysis: {failure_modes: {text: a}, compensating_mechanisms: {text: b}}}"},
	{"D6.2", 1, "architecture: {interfaces: [{entry_point: true, out_of_scope_reason: none}, {compromise_impact: all is lost}]}"},
	{"D6.2", 2, "architecture: {interfaces: [{entry_point: true, compromise_impact: all is lost}]}"},
	{"D8.1", 0, "self_assessment: {issue_resolution: {disclosure: {private_reporting: ANSWER_NO}}}"},
	{"D8.1", 0, "self_assessment: {issue_resolution: {disclosure: {private_reporting: ANSWER_NO, text: {text: open an issue}, contacts: [us]}}}"},
	{"D8.1", 1, "self_assessment: {issue_resolution: {disclosure: {text: {text: mail us}}}}"},
	{"D8.1", 2, "self_assessment: {issue_resolution: {disclosure: {text: {text: mail us}, contacts: [us]}}}"},
	{"D8.1", 2, "review: {oversight: {state: OVERSIGHT_STATE_GRANTED}}"},
	{"D8.2", 0, "self_assessment: {issue_resolution: {vulnerability_response: {text: {presence: PRESENCE_NONE_DECLARED}}}}"},
	{"D8.2", 1, "self_assessment: {issue_resolution: {vulnerability_response: {team: core}}}"},
	{"D8.2", 2, "self_assessment: {issue_resolution: {vulnerability_response: {team: core, fix_days: 0}}}"},
	{"D8.2", 2, "review: {oversight: {security_contact: coresec, embargo_days: 90}}"},
	{"D8.3", 0, "self_assessment: {issue_resolution: {incident_response: {text: {presence: PRESENCE_NONE_DECLARED}}}}"},
	{"D8.3", 1, "self_assessment: {issue_resolution: {incident_response: {text: {text: we do}}}}"},
	{"D8.3", 2, "self_assessment: {issue_resolution: {incident_response: {playbook_url: 'https://example.org'}}}"},
	{"D9.1", 0, "self_assessment: {development: {pipeline: {required_reviewers: 0}}}"},
	{"D9.1", 0, "self_assessment: {development: {pipeline: {required_reviewers: 0, text: {text: who can push does}}}}"},
	{"D9.1", 1, "self_assessment: {development: {text: {text: people read changes}}}"},
	{"D9.1", 1, "self_assessment: {development: {pipeline: {required_reviewers: 2}}}"},
	{"D9.1", 2, "self_assessment: {development: {pipeline: {required_reviewers: 1, certificate_of_origin: ANSWER_YES}}}"},
	{"D9.2", 0, "self_assessment: {development: {pipeline: {vulnerability_checks: ANSWER_NO}}}"},
	{"D9.2", 1, "self_assessment: {development: {pipeline: {static_analysis: ANSWER_YES}}}"},
	{"D9.2", 2, "self_assessment: {development: {pipeline: {static_analysis: ANSWER_YES, fuzzing: ANSWER_YES}}}"},
	{"D9.3", 0, "self_assessment: {development: {pipeline: {signed_images: ANSWER_NO}}}"},
	{"D9.3", 1, "self_assessment: {development: {pipeline: {release_process: by hand}}}"},
	{"D9.3", 2, "self_assessment: {development: {pipeline: {slsa_build_level: 3}}}"},
	{"D10.1", 0, "disputed_findings: [{id: f, recommendation: mend it}]"},
	{"D10.1", 1, "findings: [{id: f, recommendation: mend it}]"},
	{"D10.1", 2, "findings: [{id: f, recommendation: mend it, agreement: {state: AGREEMENT_STATE_AGREED}}]"},
	{"D10.1", 1, "{findings: [{id: f, recommendation: mend it, agreement: {state: AGREEMENT_STATE_AGREED}}], disputed_findings: [{id: g}]}"},
	{"D10.1", 2, "no_findings_statement: we looked"},
	{"D10.2", 0, "self_assessment: {roadmap: {text: {presence: PRESENCE_NONE_DECLARED}}}"},
	{"D10.2", 1, "recommendations: [{text: mend it}]"},
	{"D10.2", 1, "recommendations: [{text: mend it, trackers: [{url: 'https://example.org'}]}, {text: b}, {text: c}]"},
	{"D10.2", 2, "recommendations: [{text: mend it, trackers: [{url: 'https://example.org'}]}]"},
	{"D10.2", 2, "review: {notes: {actions: [{text: mend it, trackers: [{url: 'https://example.org'}]}]}}"},
	{"D10.2", 2, "joint_review: {roadmap: {next_steps: [{text: mend it, trackers: [{url: 'https://example.org'}]}, {text: b}]}}"},
	{"D10.3", 0, "{project: {maturity: PROJECT_MATURITY_ARCHIVED}, people: [{name: A}], self_assessment: {appendix: {badges: [{programme: b}]}}}"},
	{"D10.3", 1, "people: [{name: A, roles: [{kind: ROLE_KIND_MAINTAINER}]}]"},
	{"D10.3", 1, "{summary: {maturity: {text: young}}, self_assessment: {appendix: {case_studies: [{scenario: a}], badges: [{level: in progress}]}}}"},
	{"D10.3", 2, "self_assessment: {appendix: {badges: [{level: passing}]}}"},
	{"D10.3", 2, "joint_review: {appendix: {case_studies: [{adopter: A}]}}"},
	{"D10.3", 2, "project: {maturity: PROJECT_MATURITY_GRADUATED}"},
}

// Every condition of the default rubric holds for some package, and a package
// that shows a level shows no other one.
func TestDefaultConditions(t *testing.T) {
	s := newTestScorer(t, nil)
	seen := map[string]bool{}
	for _, test := range conditionCases {
		at := fmt.Sprintf("%s level %d", test.criterion, test.level)
		seen[at] = true
		p := parsePackage(t, test.pkg)
		p.SetId("p")
		profile := mustScore(t, s, p)
		for _, r := range dimensionOf(t, profile, s.criteria[test.criterion].GetDimensionId()).GetCriteria() {
			if r.GetCriterion() != test.criterion {
				continue
			}
			if r.GetState() != stateLevel || r.GetLevelMin() != test.level || r.GetLevelMax() != test.level {
				t.Errorf("%s: %s gives %v", at, test.pkg, r)
			}
		}
	}
	for _, c := range s.rubric.GetCriteria() {
		for i, l := range c.GetLevels() {
			if at := fmt.Sprintf("%s level %d", c.GetId(), i); l.GetWhen() != "" && !seen[at] {
				t.Errorf("%s: no test shows that its condition can hold", at)
			}
		}
	}
}

// A package that says nothing shows nothing: no criterion has a level, so that
// every dimension may be good or bad.
func TestEmptyPackage(t *testing.T) {
	profile := mustScore(t, newTestScorer(t, nil), &reviewpkgv1.ReviewPackage{})
	for _, d := range profile.GetDimensions() {
		for _, r := range d.GetCriteria() {
			if r.GetState() != stateUnknown || r.GetLevelMin() != 0 || r.GetLevelMax() != 3 {
				t.Errorf("an empty package gives %v", r)
			}
		}
		if got, want := len(d.GetUnknowns()), max(1, len(d.GetCriteria())); got != want {
			t.Errorf("%s has %d open questions, want %d", d.GetDimension(), got, want)
		}
	}
	// Seven dimensions of high exposure and two of medium: 50 + floor(159*1664/2688),
	// and 800 + the same.
	if got := riskWords(profile.GetOverall()); got != "low to high (148 to 898)" {
		t.Errorf("overall is %s", got)
	}
}

// What nobody says, says they do not know, or has left from the template, shows
// no level of any criterion.
func TestOutlineShowsNothing(t *testing.T) {
	s := newTestScorer(t, nil)
	for _, n := range []string{"{}", "{text: '  '}", "{presence: PRESENCE_UNKNOWN}", "{presence: PRESENCE_EMPTY}", "{text: '[project]', presence: PRESENCE_TEMPLATE_TEXT}"} {
		outline := fmt.Sprintf(`{overview: {goals_note: %[1]s, non_goals_note: %[1]s, actors_note: %[1]s, actions_note: %[1]s},
			functions: {text: %[1]s, critical_note: %[1]s, relevant_note: %[1]s}, configuration: {text: %[1]s, default: %[1]s, secure: %[1]s},
			design: {design: %[1]s}, development: {text: %[1]s, ecosystem: %[1]s, pipeline: {text: %[1]s}},
			security_analysis: {text: %[1]s, attacker_motivations: %[1]s, attacker_capabilities: %[1]s, attack_risks_and_effects: %[1]s, predisposing_conditions: %[1]s,
			security_degradation: %[1]s, compensating_mechanisms: %[1]s, failure_modes: %[1]s, threat_model_note: %[1]s},
			issue_resolution: {text: %[1]s, disclosure: {text: %[1]s}, vulnerability_response: {text: %[1]s}, incident_response: {text: %[1]s, triage: %[1]s}},
			roadmap: {text: %[1]s, next_steps_note: %[1]s}}`, n)
		p := parsePackage(t, fmt.Sprintf(`{self_assessment: %[1]s, joint_review: %[1]s, summary: {maturity: %[2]s},
			architecture: {purpose: %[2]s, threat_actors_considered: %[2]s, degraded_controls: %[2]s}}`, outline, n))
		for _, d := range mustScore(t, s, p).GetDimensions() {
			for _, r := range d.GetCriteria() {
				if r.GetState() != stateUnknown {
					t.Errorf("%s everywhere gives %v", n, r)
				}
			}
		}
	}
}
