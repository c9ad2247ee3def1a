package rubric

import (
	"fmt"
	"regexp"
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
	{"D1.3", 1, "architecture: {controls: [{property: SECURITY_PROPERTY_AUDIT, text: logs}]}"},
	{"D1.3", 1, "joint_review: {overview: {goals: [{text: keep secrets, kind: GOAL_KIND_SECURITY}]}}"},
	{"D1.3", 1, "guarantees: [{statement: a, conditions: b}, {statement: c}]"},
	{"D1.3", 2, "guarantees: [{statement: a, provided_by_ids: [api]}]"},
	{"D1.3", 2, "guarantees: [{statement: a, conditions: TLS is on}, {statement: b, assumption_ids: [x]}, {statement: c, evidence_ids: [e]}, {statement: d}]"},
	{"D1.4", 1, "architecture: {use_cases: [{description: a, actor_id: user}, {description: b}], deployment: {description: one node}}"},
	{"D1.4", 1, "architecture: {use_cases: [{description: a, actor_id: user}]}"},
	{"D1.4", 1, "joint_review: {intended_use: {operation: {text: keys lie in a file}}}"},
	{"D1.4", 2, "architecture: {use_cases: [{description: a, actor_id: user}], deployment: {description: one node}}"},
	{"D1.4", 2, "joint_review: {intended_use: {operation: {text: keys lie in a file}, target_users: [{use_case: a}]}}"},
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
	{"D2.4", 1, "architecture: {interfaces: [{entry_point: true}, {authorization: roles}]}"},
	{"D2.4", 1, "architecture: {interfaces: [{entry_point: true, authorization: roles}, {entry_point: true}]}"},
	{"D2.4", 1, "architecture: {data_assets: [{name: rules, category: ASSET_CATEGORY_AUTHORIZATION_POLICY}]}"},
	{"D2.4", 1, "self_assessment: {overview: {actions: [{name: read, actor_ids: [user], security_checks: token}, {name: write, security_checks: token}]}}"},
	{"D2.4", 2, "architecture: {interfaces: [{entry_point: true, authorization: roles}, {}]}"},
	{"D2.4", 2, "self_assessment: {overview: {actions: [{name: read, actor_ids: [user], security_checks: token}]}}"},
	{"D2.5", 1, "architecture: {data_formats: [{name: JSON}]}"},
	{"D2.5", 1, "architecture: {data_formats: [{name: JSON, parsed_by_ids: [api]}], transformations: [{kind: TRANSFORMATION_KIND_PARSE}]}"},
	{"D2.5", 1, "architecture: {transformations: [{kind: TRANSFORMATION_KIND_VALIDATE}]}"},
	{"D2.5", 1, "{architecture: {interfaces: [{entry_point: true}, {entry_point: true}]}, review: {notes: {interface_checks: [{question: INTERFACE_QUESTION_MALICIOUS_INPUT, answer: ANSWER_YES}]}}}"},
	{"D2.5", 1, "{architecture: {data_formats: [{name: JSON, parsed_by_ids: [api]}], transformations: [{kind: TRANSFORMATION_KIND_VALIDATE}]}, review: {notes: {interface_checks: [{question: INTERFACE_QUESTION_MALICIOUS_INPUT, answer: ANSWER_NO}]}}}"},
	{"D2.5", 1, "self_assessment: {overview: {actions: [{name: read, input: a name, security_checks: length}, {name: write}]}}"},
	{"D2.5", 2, "architecture: {data_formats: [{name: JSON, parsed_by_ids: [api]}], transformations: [{kind: TRANSFORMATION_KIND_VALIDATE}]}"},
	{"D2.5", 2, "{architecture: {interfaces: [{entry_point: true}]}, review: {notes: {interface_checks: [{question: INTERFACE_QUESTION_MALICIOUS_INPUT, answer: ANSWER_YES}]}}}"},
	{"D2.5", 2, "self_assessment: {overview: {actions: [{name: read, input: a name, security_checks: length}]}}"},
	{"D3.1", 1, "architecture: {data_assets: [{name: key}]}"},
	{"D3.1", 1, "architecture: {data_assets: [{name: key, impact_not_modelled_reason: no time}]}"},
	{"D3.1", 2, "architecture: {data_assets: [{name: key, confidentiality: LEVEL_HIGH, integrity: LEVEL_LOW, availability: LEVEL_LOW}]}"},
	{"D3.1", 2, "architecture: {data_assets: [{name: key, impacts: [{narrative: all is lost}]}]}"},
	{"D3.1", 2, "threat_models: [{data_dictionary: [{name: key, classification: secret}]}]"},
	{"D3.2", 1, "architecture: {data_assets: [{name: key, not_persisted_reason: in memory}, {name: token}]}"},
	{"D3.2", 2, "architecture: {data_assets: [{name: key, persistence: [{location_text: disk}]}]}"},
	{"D3.3", 1, "architecture: {interfaces: [{transport: {protocol: REST}}]}"},
	{"D3.3", 2, "architecture: {data_formats: [{name: JSON}], interfaces: [{transport: {protocol: REST}, flows: [{asset_id: key}]}]}"},
	{"D3.4", 0, "architecture: {interfaces: [{entry_point: true, transport: {encrypted: ANSWER_NO}}, {}]}"},
	{"D3.4", 1, "architecture: {interfaces: [{crosses_trust_boundary: true, transport: {encrypted: ANSWER_YES}}, {entry_point: true}]}"},
	{"D3.4", 1, "architecture: {interfaces: [{transport: {secured_by: TLS}}]}"},
	{"D3.4", 1, "{architecture: {interfaces: [{entry_point: true, transport: {encrypted: ANSWER_NO}}, {entry_point: true}]}, threat_models: [{control_families: [{name: Networking, controls: a}, {name: Cryptography, controls: b}]}]}"},
	{"D3.4", 1, "threat_models: [{control_families: [{name: Cryptography, controls: TLS}, {name: Networking}]}]"},
	{"D3.4", 2, "architecture: {interfaces: [{crosses_trust_boundary: true, transport: {encrypted: ANSWER_YES}}, {}]}"},
	{"D3.4", 2, "threat_models: [{control_families: [{name: Cryptography, controls: TLS}, {name: Networking, controls: a proxy}]}]"},
	{"D3.5", 0, "architecture: {data_assets: [{name: key, category: ASSET_CATEGORY_CREDENTIAL, persistence: [{location_text: disk, form: STORAGE_FORM_PLAINTEXT}]}]}"},
	{"D3.5", 0, "{architecture: {data_assets: [{name: key, category: ASSET_CATEGORY_CREDENTIAL, persistence: [{location_text: disk, form: STORAGE_FORM_PLAINTEXT}]}]}, threat_models: [{control_families: [{name: Secrets Management, controls: a vault}]}]}"},
	{"D3.5", 1, "architecture: {data_assets: [{name: key, category: ASSET_CATEGORY_CREDENTIAL, persistence: [{location_text: disk, form: STORAGE_FORM_PLAINTEXT}, {location_text: memory, form: STORAGE_FORM_ENCRYPTED}]}]}"},
	{"D3.5", 1, "architecture: {data_assets: [{name: key, category: ASSET_CATEGORY_CREDENTIAL, persistence: [{location_text: disk, form: STORAGE_FORM_ENCRYPTED}]}, {name: token, category: ASSET_CATEGORY_AUTHORIZATION_TOKEN}]}"},
	{"D3.5", 1, "threat_models: [{control_families: [{name: Secrets Management, controls: a vault}]}]"},
	{"D3.5", 2, "architecture: {data_assets: [{name: key, category: ASSET_CATEGORY_CRYPTOGRAPHIC_KEY, persistence: [{location_text: disk, form: STORAGE_FORM_WRAPPED}]}, {name: picture, persistence: [{location_text: disk, form: STORAGE_FORM_PLAINTEXT}]}]}"},
	{"D4.1", 0, "joint_review: {configuration: {secure: {presence: PRESENCE_NONE_DECLARED}}}"},
	{"D4.1", 1, "self_assessment: {security_links: [{kind: SECURITY_LINK_KIND_CONFIGURATION}]}"},
	{"D4.1", 1, "architecture: {deployment: {description: one node, basis: DEPLOYMENT_BASIS_MINIMAL}}"},
	{"D4.1", 2, "joint_review: {configuration: {default: {text: open}, secure: {text: closed}}}"},
	{"D4.1", 2, "architecture: {deployment: {description: three nodes, basis: DEPLOYMENT_BASIS_BEST_PRACTICE}}"},
	{"D4.2", 1, "architecture: {components: [{name: api}]}"},
	{"D4.2", 1, "architecture: {diagrams: [{id: d}], components: [{name: api, purpose: answers}]}"},
	{"D4.2", 2, "architecture: {diagrams: [{id: d, artifact_id: p}], components: [{name: api, purpose: answers}]}"},
	{"D4.2", 2, "joint_review: {design: {design: {text: three parts}, diagram_ids: [d]}}"},
	{"D4.3", 1, "project: {version: '3'}"},
	{"D4.3", 1, "project: {scope: {text: the server}}"},
	{"D4.3", 1, "{project: {version: '3', components: [{name: a, covered: ANSWER_YES}, {name: b}]}, architecture: {deployment: {variants: [{name: a}]}}}"},
	{"D4.3", 2, "project: {version: '3', scope: {text: the server}}"},
	{"D4.3", 2, "{project: {repositories: [{commit: abc}]}, architecture: {deployment: {variants: [{name: a, reviewed: true}]}}}"},
	{"D4.3", 2, "{summary: {version_reviewed: '3'}, project: {components: [{name: a, covered: ANSWER_YES}, {name: b, covered: ANSWER_NO}]}}"},
	{"D4.4", 0, "self_assessment: {functions: {relevant_note: {presence: PRESENCE_NONE_DECLARED}}}"},
	{"D4.4", 1, "self_assessment: {functions: {relevant: [{name: TLS, description: guards}, {name: logs}]}}"},
	{"D4.4", 1, "joint_review: {configuration: {advanced_secure: {text: more}}}"},
	{"D4.4", 1, "architecture: {components: [{name: conf, kind: COMPONENT_KIND_CONFIG_FILE, purpose: settings}], data_assets: [{name: settings, category: ASSET_CATEGORY_CONFIGURATION}]}"},
	{"D4.4", 2, "architecture: {components: [{name: conf, kind: COMPONENT_KIND_CONFIG_FILE, purpose: settings}], data_assets: [{name: settings, category: ASSET_CATEGORY_CONFIGURATION, impacts: [{narrative: all is lost}]}]}"},
	{"D4.4", 2, "self_assessment: {functions: {relevant: [{name: TLS, description: guards}]}}"},
	{"D5.1", 1, "architecture: {external_dependencies: [{name: keystone}]}"},
	{"D5.1", 2, "architecture: {external_dependencies: [{name: keystone, impact_if_unavailable: no logins}]}"},
	{"D5.1", 2, "architecture: {no_dependencies_statement: none}"},
	{"D5.2", 1, "assumptions: [{statement: the network is ours}]"},
	{"D5.2", 2, "assumptions: [{statement: the network is ours, if_violated: all is lost}]"},
	{"D5.3", 0, "self_assessment: {metadata: {sbom: {availability: SBOM_AVAILABILITY_NONE}}}"},
	{"D5.3", 1, "self_assessment: {metadata: {sbom: {availability: SBOM_AVAILABILITY_PLANNED}}}"},
	{"D5.3", 2, "artifacts: [{kind: ARTIFACT_KIND_SBOM}]"},
	{"D5.4", 0, "{self_assessment: {development: {pipeline: {dependency_analysis: ANSWER_NO}}}, review: {evidence: [{kind: EVIDENCE_KIND_DEPENDENCY_SCAN}]}}"},
	{"D5.4", 1, "review: {evidence: [{kind: EVIDENCE_KIND_DEPENDENCY_SCAN}]}"},
	{"D5.4", 1, "self_assessment: {development: {pipeline: {dependency_analysis: ANSWER_YES, tools: [a]}}}"},
	{"D5.4", 2, "self_assessment: {development: {pipeline: {dependency_analysis: ANSWER_YES, tools: [a]}}, metadata: {sbom: {availability: SBOM_AVAILABILITY_DEPENDENCY_MANIFEST}}}"},
	{"D5.5", 1, "architecture: {external_dependencies: [{name: keystone, purpose: logins, operated_by: DEPENDENCY_OPERATOR_DEPLOYER}]}"},
	{"D5.5", 1, "self_assessment: {development: {ecosystem: {text: runs on Kubernetes}}}"},
	{"D5.5", 2, "architecture: {external_dependencies: [{name: keystone, purpose: logins, operated_by: DEPENDENCY_OPERATOR_DEPLOYER, assumption_ids: [a]}]}"},
	{"D5.5", 2, "architecture: {no_dependencies_statement: none}"},
	{"D5.5", 2, "joint_review: {development: {ecosystem: {text: a}}, security_analysis: {predisposing_conditions: {text: b}}}"},
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
	{"D6.3", 1, "architecture: {actors: [{name: admin, malice_out_of_scope: true}]}"},
	{"D6.3", 1, "threat_models: [{adversaries: [{name: insider, capabilities: root}, {name: outsider, defended_against: ANSWER_UNKNOWN}]}]"},
	{"D6.3", 1, "joint_review: {security_analysis: {attacker_motivations: {text: a}}}"},
	{"D6.3", 2, "architecture: {threat_actors_considered: {text: all but states}}"},
	{"D6.3", 2, "threat_models: [{adversaries: [{name: insider, capabilities: root}]}]"},
	{"D6.3", 2, "joint_review: {security_analysis: {attacker_motivations: {text: a}, attacker_capabilities: {text: b}}}"},
	{"D6.4", 1, "threat_models: [{threats: [{title: spoofing, mitigations: [sign]}, {title: flood, disposition: DISPOSITION_OPEN}]}]"},
	{"D6.4", 1, "threat_models: [{control_proposals: [{threat: spoofing}]}]"},
	{"D6.4", 1, "findings: [{id: f, stride: [STRIDE_SPOOFING]}]"},
	{"D6.4", 1, "{findings: [{id: f, origin: FINDING_ORIGIN_THREAT_MODEL, asset_ids: [a]}], review: {evidence: [{kind: EVIDENCE_KIND_THREAT_MODEL}]}}"},
	{"D6.4", 2, "threat_models: [{threats: [{title: spoofing, disposition: DISPOSITION_MITIGATED}]}]"},
	{"D6.4", 2, "{findings: [{id: f, recommendation: mend it, asset_ids: [a]}], review: {evidence: [{kind: EVIDENCE_KIND_ARCHITECTURE_REVIEW}]}}"},
	{"D6.5", 0, "joint_review: {hands_on: {performed: ANSWER_NO}}"},
	{"D6.5", 1, "joint_review: {hands_on: {performed: ANSWER_YES}}"},
	{"D6.5", 1, "review: {evidence: [{kind: EVIDENCE_KIND_PENETRATION_TEST, summary: done}]}"},
	{"D6.5", 1, "joint_review: {compliance: {audits: [{auditor: A, report: {url: 'https://example.org'}}]}}"},
	{"D6.5", 2, "{review: {evidence: [{kind: EVIDENCE_KIND_PENETRATION_TEST, summary: done, url: 'https://example.org'}]}, joint_review: {hands_on: {performed: ANSWER_NO}}}"},
	{"D6.5", 2, "joint_review: {hands_on: {performed: ANSWER_YES, result: {text: it held}}}"},
	{"D6.5", 2, "joint_review: {compliance: {audits: [{auditor: A, report: {url: 'https://example.org'}, findings_status: all fixed}]}}"},
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
	{"D8.4", 1, "review: {oversight: {state: OVERSIGHT_STATE_GRANTED}}"},
	{"D8.4", 1, "self_assessment: {security_links: [{kind: SECURITY_LINK_KIND_ADVISORIES, urls: ['https://example.org']}]}"},
	{"D8.4", 1, "self_assessment: {appendix: {known_issues: [{title: a, vulnerability_ids: [CVE-2024-1]}]}}"},
	{"D8.4", 1, "self_assessment: {issue_resolution: {disclosure: {cve_policy: we ask}}, security_links: [{kind: SECURITY_LINK_KIND_ADVISORIES}]}"},
	{"D8.4", 2, "self_assessment: {issue_resolution: {disclosure: {cve_policy: we ask}}, security_links: [{kind: SECURITY_LINK_KIND_ADVISORIES, urls: ['https://example.org']}]}"},
	{"D8.4", 2, "self_assessment: {appendix: {known_issues: [{vulnerability_ids: [CVE-2024-1], affected_versions: '1'}]}}"},
	{"D8.5", 0, "{self_assessment: {appendix: {known_issues: [{status: KNOWN_ISSUE_STATUS_OPEN, severity: LEVEL_HIGH}]}}, joint_review: {issue_resolution: {closed_issues: [{fixed_versions: '2'}]}}}"},
	{"D8.5", 1, "self_assessment: {appendix: {known_issues: [{status: KNOWN_ISSUE_STATUS_FIXED}, {status: KNOWN_ISSUE_STATUS_WONT_FIX, fixed_versions: '2'}]}}"},
	{"D8.5", 1, "self_assessment: {appendix: {known_issues: [{status: KNOWN_ISSUE_STATUS_OPEN}, {fixed_versions: '2'}, {fixed_versions: '2'}, {fixed_versions: '2'}]}}"},
	{"D8.5", 2, "joint_review: {issue_resolution: {closed_issues: [{fixed_versions: '2'}]}}"},
	{"D8.5", 2, "joint_review: {issue_resolution: {closed_issues: [{status: KNOWN_ISSUE_STATUS_FIXED, links: [{url: 'https://example.org'}]}]}}"},
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
	{"D9.4", 0, "{self_assessment: {development: {pipeline: {two_factor: ANSWER_NO}}}, people: [{name: A, roles: [{kind: ROLE_KIND_MAINTAINER}]}]}"},
	{"D9.4", 1, "people: [{name: A, roles: [{kind: ROLE_KIND_PROJECT_LEAD}]}]"},
	{"D9.4", 1, "self_assessment: {development: {pipeline: {two_factor: ANSWER_YES}}}"},
	{"D9.4", 2, "{self_assessment: {development: {pipeline: {two_factor: ANSWER_YES}}}, people: [{name: A, roles: [{kind: ROLE_KIND_MAINTAINER}]}]}"},
	{"D9.5", 0, "authorship: {maintainer_review: MAINTAINER_REVIEW_NONE}"},
	{"D9.5", 1, "people: [{name: A, roles: [{kind: ROLE_KIND_SECURITY_CHAMPION}]}]"},
	{"D9.5", 1, "authorship: {origin: AUTHORSHIP_ORIGIN_PROJECT, maintainer_review: MAINTAINER_REVIEW_ADOPTED}"},
	{"D9.5", 2, "{authorship: {maintainer_review: MAINTAINER_REVIEW_ADOPTED}, people: [{name: A, roles: [{kind: ROLE_KIND_SECURITY_CHAMPION}]}]}"},
	{"D9.5", 2, "{findings: [{id: f, agreement: {project: {person_id: a}}}], review: {oversight: {liaison_id: a}}}"},
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
	{"D10.4", 0, "{status: PACKAGE_STATUS_OBSOLETE, review: {date: {value: '2024'}}}"},
	{"D10.4", 1, "review: {date: {value: '2024'}}"},
	{"D10.4", 2, "{review: {date: {value: '2024'}}, renewal_due: {value: '2025'}}"},
	{"D10.4", 2, "{summary: {completed: {value: '2024'}}, package_links: [{relation: PACKAGE_RELATION_SUPERSEDES, package: old}]}"},
	{"D10.5", 1, "people: [{name: A, affiliation: X, roles: [{kind: ROLE_KIND_MAINTAINER}]}, {name: B, affiliation: X, roles: [{kind: ROLE_KIND_MAINTAINER}]}, {name: C, roles: [{kind: ROLE_KIND_MAINTAINER}]}]"},
	{"D10.5", 2, "people: [{name: A, affiliation: X, roles: [{kind: ROLE_KIND_MAINTAINER}]}, {name: B, affiliation: Y, roles: [{kind: ROLE_KIND_PROJECT_LEAD}]}]"},
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
			functions: {text: %[1]s, critical_note: %[1]s, relevant_note: %[1]s},
			configuration: {text: %[1]s, default: %[1]s, secure: %[1]s, advanced_secure: %[1]s},
			intended_use: {text: %[1]s, target_users_note: %[1]s, operation: %[1]s}, hands_on: {result: %[1]s},
			appendix: {known_issues_note: %[1]s}, design: {design: %[1]s}, development: {text: %[1]s, ecosystem: %[1]s, pipeline: {text: %[1]s}},
			security_analysis: {text: %[1]s, attacker_motivations: %[1]s, attacker_capabilities: %[1]s, attack_risks_and_effects: %[1]s, predisposing_conditions: %[1]s,
			security_degradation: %[1]s, compensating_mechanisms: %[1]s, failure_modes: %[1]s, threat_model_note: %[1]s},
			issue_resolution: {text: %[1]s, disclosure: {text: %[1]s}, vulnerability_response: {text: %[1]s}, incident_response: {text: %[1]s, triage: %[1]s}, closed_issues_note: %[1]s},
			roadmap: {text: %[1]s, next_steps_note: %[1]s}}`, n)
		p := parsePackage(t, fmt.Sprintf(`{self_assessment: %[1]s, joint_review: %[1]s, summary: {maturity: %[2]s}, project: {scope: %[2]s},
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

// Lists of bare names show level 1 at best: level 2 takes content.
func TestNamesShowLittle(t *testing.T) {
	assessment := `{overview: {actors: [{id: a1, name: a}], actions: [{id: a2, name: a}], goals: [{id: a3, text: a}]},
		intended_use: {target_users: [{use_case: a}]}, functions: {critical: [{id: a4, name: a}], relevant: [{id: a5, name: a}]},
		compliance: {audits: [{auditor: a}]}, appendix: {known_issues: [{id: a6}], badges: [{programme: a}]},
		issue_resolution: {closed_issues: [{id: a7}]}, roadmap: {next_steps: [{id: a8, text: a}]},
		security_links: [{title: a, kind: SECURITY_LINK_KIND_ADVISORIES}, {title: a, kind: SECURITY_LINK_KIND_AUDIT}]}`
	p := parsePackage(t, fmt.Sprintf(`{self_assessment: %[1]s, joint_review: %[1]s, guarantees: [{id: g, statement: a}], assumptions: [{id: h, statement: a}],
		people: [{id: p, name: a, roles: [{kind: ROLE_KIND_MAINTAINER}, {kind: ROLE_KIND_SECURITY_CONTACT}]}], project: {version: '1', components: [{id: c, name: a}]},
		recommendations: [{id: r, text: a}], findings: [{id: f, title: a}], review: {evidence: [{id: e, kind: EVIDENCE_KIND_CODE_REVIEW}, {id: s, kind: EVIDENCE_KIND_DEPENDENCY_SCAN}]},
		threat_models: [{id: m, threats: [{id: t, title: a}], adversaries: [{id: v, name: a}], control_families: [{name: network}, {name: cryptography}, {name: secrets}], data_dictionary: [{name: a}]}],
		architecture: {interfaces: [{id: i, from_id: a, to_id: b, entry_point: true, crosses_trust_boundary: true}], actors: [{id: b, name: a}], use_cases: [{id: u, description: a}],
			components: [{id: n, name: a, kind: COMPONENT_KIND_CONFIG_FILE}], external_dependencies: [{id: d, name: a}], data_formats: [{id: j, name: a}], diagrams: [{id: k}],
			data_assets: [{id: x, name: a, category: ASSET_CATEGORY_CREDENTIAL}, {id: y, name: a, category: ASSET_CATEGORY_CONFIGURATION}]}}`, assessment))
	for _, d := range mustScore(t, newTestScorer(t, nil), p).GetDimensions() {
		for _, r := range d.GetCriteria() {
			if r.GetState() == stateLevel && r.GetLevelMin() > 1 {
				t.Errorf("names alone give %v", r)
			}
		}
	}
}

// What the header of the default rubric says of every criterion holds.
func TestDefaultCriteria(t *testing.T) {
	r := Default()
	if ds := Lint(r); len(ds) > 0 {
		t.Errorf("the linter says %v", ds)
	}
	schemes := map[string]*regexp.Regexp{
		"OSPS Baseline":          regexp.MustCompile(`^OSPS-(AC|BR|DO|GV|LE|QA|SA|VM)-[0-9]{2}\.[0-9]{2}$`),
		"OpenSSF Best Practices": regexp.MustCompile(`^[a-z][a-zA-Z0-9_]+$`),
		"NIST SSDF":              regexp.MustCompile(`^(PO|PS|PW|RV)\.[1-9]$`),
	}
	review, perDimension, gates := uint32(0), map[string]int{}, map[string]int{}
	tiers := []reviewpkgv1.EvidenceTier{0, 1, 2, 3}
	for _, c := range r.GetCriteria() {
		perDimension[c.GetDimensionId()]++
		for i, l := range c.GetLevels() {
			if l.GetMinTier() != tiers[i] {
				t.Errorf("%s level %d needs the tier %s, want %s", c.GetId(), i, l.GetMinTier(), tiers[i])
			}
		}
		if len(c.GetLevels()) != len(tiers) || c.GetLevels()[3].GetWhen() != "" || c.GetRationale() == "" {
			t.Errorf("%s has not four levels, the highest without a condition, and a rationale", c.GetId())
		}
		if age := c.GetEvidence().GetMaxAgeDays(); c.GetEvidence().GetMinItems() != 1 || age != 365 && age != 730 {
			t.Errorf("%s asks for the evidence %v", c.GetId(), c.GetEvidence())
		}
		if c.HasGate() {
			gates[c.GetDimensionId()]++
			// Below the gate the weakness is high, and no way leads around it.
			if c.GetGate().GetCapPermille() != r.GetWeaknessBands()[2].GetMinPermille()-1 || c.GetMayNotApply() {
				t.Errorf("the gate of %s is %v, may it not apply: %t", c.GetId(), c.GetGate(), c.GetMayNotApply())
			}
		}
		if !c.HasRaiseEffort() || c.GetReviewEffort().GetRole() != reviewpkgv1.EffortRole_EFFORT_ROLE_REVIEWER || c.GetReviewEffort().GetHoursMax() > 8 {
			t.Errorf("%s takes the effort %v to raise, %v to review", c.GetId(), c.GetRaiseEffort(), c.GetReviewEffort())
		}
		review += c.GetReviewEffort().GetHoursLikely()
		for _, m := range c.GetMappings() {
			if format := schemes[m.GetScheme()]; format == nil || !format.MatchString(m.GetCriterion()) {
				t.Errorf("%s is mapped to %v", c.GetId(), m)
			}
		}
	}
	for _, d := range r.GetDimensions() {
		// A criterion in the dimension of findings would blur what they say.
		if n := perDimension[d.GetId()]; d.GetFindings() != (n == 0) || n != 0 && n < 4 || n > 5 || gates[d.GetId()] > 1 {
			t.Errorf("%s has %d criteria, %d with a gate", d.GetId(), n, gates[d.GetId()])
		}
	}
	if review < 100 || review > 120 {
		t.Errorf("to review all takes %d hours, want about the 110 of a joint review", review)
	}
}

// Each kind of remedy has an effort, and one is for those that have no kind.
func TestDefaultRemedies(t *testing.T) {
	r := Default()
	seen := map[reviewpkgv1.Remedy]bool{}
	for _, e := range r.GetRemedyEfforts() {
		seen[e.GetRemedy()] = true
	}
	for number, name := range reviewpkgv1.Remedy_name {
		if !seen[reviewpkgv1.Remedy(number)] {
			t.Errorf("%s has no effort", name)
		}
	}
	if !r.HasRatingEffort() || !r.HasTierValues() || r.GetMaxNotApplicablePermille() == 0 {
		t.Error("the default rubric lacks what plans and confidence rest on")
	}
}
