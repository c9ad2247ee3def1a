package reviewpkg_test

import (
	"slices"
	"testing"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
	"github.com/reviewpkg/sdk/reviewpkg"
)

// gapsOf returns the gaps that a process does not allow, each as code and path;
// those that are advice begin with "advice".
func gapsOf(p *reviewpkgv1.ReviewPackage, process reviewpkgv1.ReviewProcess) []string {
	var found []string
	for _, gap := range reviewpkg.Completeness(p, process).GetGaps() {
		text := gap.GetCode() + " " + gap.GetPath()
		if gap.GetAdvisory() {
			text = "advice " + text
		}
		found = append(found, text)
	}
	return found
}

// TestGapPaths takes one of several fields that belong to a check out of a
// complete package, and wants the gap to lead to that field.
func TestGapPaths(t *testing.T) {
	base := gapsOf(load(t, "testdata/complete/openstack.yaml"), openstack)
	for _, test := range []struct {
		file    string
		process reviewpkgv1.ReviewProcess
		clear   string
		want    []string
	}{
		{"cncf", cncfJoint, "joint_review.security_links", []string{"CJ06 joint_review.security_links"}},
		{"cncf", cncfJoint, "joint_review.hands_on.from", []string{"CJ47 joint_review.hands_on.from"}},
		{"cncf", cncfJoint, "joint_review.hands_on.reviewer_ids", []string{"CJ47 joint_review.hands_on.reviewer_ids"}},
		{"cncf", cncfJoint, "joint_review.hands_on.result", []string{"CJ47 joint_review.hands_on.result"}},
		{"openstack", openstack, `architecture.interfaces["if-1"].authentication`, []string{`EP3 architecture.interfaces["if-1"].authentication`, `DF5 architecture.interfaces["if-1"].authentication`}},
		{"openstack", openstack, `architecture.interfaces["if-2"].compromise_impact`, []string{`DF5 architecture.interfaces["if-2"].compromise_impact`}},
		{"openstack", openstack, `architecture.interfaces["if-2"].flows`, []string{`DF4 architecture.interfaces["if-2"].flows`, `advice DF6 architecture.data_assets["key"]`, `IX2 architecture.interfaces["if-2"].flows`}},
		{"openstack", openstack, `architecture.diagrams["picture"].interface_ids`, []string{"DF7 architecture.diagrams", "DF7 architecture.diagrams", "DF7 architecture.diagrams"}},
		{"openstack", openstack, `architecture.external_dependencies["clock"].kind`, []string{`ED2 architecture.external_dependencies["clock"].kind`}},
		{"openstack", openstack, `architecture.external_dependencies["clock"].operated_by`, []string{`ED2 architecture.external_dependencies["clock"].operated_by`}},
		{"openstack", openstack, `architecture.external_dependencies["clock"].impact_if_compromised`, []string{`ED4 architecture.external_dependencies["clock"].impact_if_compromised`}},
		{"openstack", openstack, `architecture.external_dependencies["clock"].impact_if_unavailable`, []string{`ED4 architecture.external_dependencies["clock"].impact_if_unavailable`}},
		{"openstack", openstack, `findings["f-1"].description`, []string{`FI2 findings["f-1"].description`}},
		{"openstack", openstack, `findings["f-1"].impact_description`, []string{`FI2 findings["f-1"].impact_description`}},
		{"openstack", openstack, `findings["f-1"].likelihood`, []string{`FI2 findings["f-1"].likelihood`}},
		{"openstack", openstack, `findings["f-1"].impact`, []string{`FI2 findings["f-1"].impact`}},
		{"openstack", openstack, `findings["f-1"].recommendation`, []string{`FI2 findings["f-1"].recommendation`}},
		{"openstack", openstack, `findings["f-1"].agreement.state`, []string{`FI4 findings["f-1"].agreement`}},
		{"openstack", openstack, `findings["f-1"].agreement.project`, []string{`FI4 findings["f-1"].agreement`}},
		{"openstack", openstack, `people["pia"].roles`, []string{`FI4 findings["f-1"].agreement`}},
		{"openstack", openstack, `people["val"].roles`, []string{"RT2 review.validation.reviewer_ids"}},
		{"openstack", openstack, "review.body", []string{"RT1 review.body"}},
		{"openstack", openstack, "review.validation.decision", []string{"RT2 review.validation.decision"}},
		{"openstack", openstack, `architecture.diagrams["flow"].kind`, []string{"advice RT7 architecture.diagrams"}},
		{"openstack", openstack, `architecture.diagrams["picture"].kind`, []string{"RT6 architecture.diagrams"}},
		{"openstack", openstack, `architecture.diagrams["picture"].basis`, []string{"RT6 architecture.diagrams"}},
	} {
		t.Run(test.clear, func(t *testing.T) {
			p := load(t, "testdata/complete/"+test.file+".yaml")
			clearField(t, p, test.clear)
			got := gapsOf(p, test.process)
			if test.file == "openstack" {
				got = slices.DeleteFunc(got, func(gap string) bool { return slices.Contains(base, gap) })
			}
			if !slices.Equal(got, test.want) {
				t.Errorf("without %s the gaps are %q, want %q", test.clear, got, test.want)
			}
		})
	}
}

// TestChecks reads small packages, and says for one check each whether there is
// a gap.
func TestChecks(t *testing.T) {
	const unknown, none = "presence: unknown", "presence: none_declared"
	self := func(rest string) string { return "self_assessment: {" + rest + "}" }
	arch := func(rest string) string { return "architecture: {" + rest + "}" }
	parts := func(interfaces string) string {
		return arch("actors: [{id: u, name: U}], components: [{id: c, name: C}, {id: d, name: D, kind: database}], " +
			"external_dependencies: [{id: x, name: X}], data_formats: [{id: j, name: J}], interfaces: [" + interfaces + "]")
	}
	route := func(kind, roles string) string {
		return "people: [{id: v, name: V, roles: [{kind: validating_reviewer}]}, {id: a, name: A, roles: [" + roles + "]}], review: {route: " + kind +
			", validation: {body: {name: B, kind: community_security_team}, reviewer_ids: [v], decision: accepted}}"
	}
	stored := func(form, transformation string) string {
		return arch("data_assets: [{id: a, name: A, persistence: [{id: a.1, location_text: disk, form: " + form + "}]}], transformations: [{id: t, kind: " + transformation + ", input_asset_id: a}]")
	}
	for _, test := range []struct {
		name    string
		process reviewpkgv1.ReviewProcess
		body    string
		code    string
		gap     bool
	}{
		{"a provider that nobody knows", cncfSelf, self("metadata: {security_provider: unknown}"), "CS03", true},
		{"no provider", cncfSelf, self("metadata: {security_provider: 'no'}"), "CS03", false},
		{"a text", cncfSelf, self("overview: {summary: {text: S}}"), "CS07", false},
		{"blanks", cncfSelf, self("overview: {summary: {text: '  '}}"), "CS07", true},
		{"answered with nothing", cncfSelf, self("overview: {summary: {presence: answered}}"), "CS07", true},
		{"unknown", cncfSelf, self("overview: {summary: {" + unknown + "}}"), "CS07", true},
		{"left from the template", cncfSelf, self("overview: {summary: {text: S, presence: template_text}}"), "CS07", true},
		{"none", cncfSelf, self("overview: {summary: {" + none + "}}"), "CS07", false},
		{"one actor", cncfSelf, self("overview: {actors: [{id: a, name: A}]}"), "CS10", false},
		{"two actors", cncfSelf, self("overview: {actors: [{id: a, name: A}, {id: b, name: B}]}"), "CS10", true},
		{"two actors and a note", cncfSelf, self("overview: {actors_note: {text: N}, actors: [{id: a, name: A}, {id: b, name: B}]}"), "CS10", false},
		{"an incident by its phases", cncfSelf, self("issue_resolution: {incident_response: {triage: {text: T}, confirmation: {text: C}, notification: {text: N}, patching: {text: P}}}"), "CS26", false},
		{"an incident without patching", cncfSelf, self("issue_resolution: {incident_response: {triage: {text: T}, confirmation: {text: C}, notification: {text: N}}}"), "CS26", true},
		{"a channel both ways", cncfSelf, self("development: {channels: [{direction: inbound_and_outbound}]}"), "CS20", true},
		{"hands on, nobody knows", cncfJoint, "joint_review: {hands_on: {performed: unknown}}", "CJ46", true},
		{"not hands on", cncfJoint, "joint_review: {hands_on: {performed: 'no'}}", "CJ46", false},
		{"nothing hands on to tell", cncfJoint, "joint_review: {hands_on: {performed: 'no'}}", "CJ47", false},
		{"a goal of the joint review", cncfPackage, "joint_review: {overview: {goals: [{id: g, text: G, kind: security}]}}", "CP12", false},
		{"a guarantee", cncfPackage, "guarantees: [{id: g, statement: G}]", "CP12", false},
		{"next steps in prose", cncfPackage, "joint_review: {roadmap: {next_steps_note: {text: N}}}", "CP15", false},
		{"no next steps", cncfPackage, "joint_review: {}", "CP15", true},

		{"no entry points, and why", openstack, arch("no_entry_points_statement: A library."), "EP1", false},
		{"an unknown mechanism", openstack, parts("{id: i, from_id: u, to_id: c, entry_point: true, transport: {protocol: P}, authentication: {mechanism: unknown}}"), "EP3", true},
		{"an actor that listens", openstack, parts("{id: i, from_id: c, to_id: u}"), "EP7", true},
		{"an actor that starts", openstack, parts("{id: i, from_id: u, to_id: c}"), "EP7", false},
		{"a component beside", openstack, parts("{id: i, from_id: u, to_id: c}"), "EP6", true},
		{"an actor that listens is no entry point", openstack, parts("{id: i, from_id: c, to_id: u}"), "EP4", false},
		{"an entry point out of scope", openstack, parts("{id: i, from_id: u, to_id: c, entry_point: true, out_of_scope_reason: R}"), "EP5", false},
		{"an interface out of scope", openstack, parts("{id: i, from_id: c, to_id: x, out_of_scope_reason: R}"), "DF4", false},
		{"an interface out of scope to a dependency", openstack, parts("{id: i, from_id: c, to_id: x, authentication: {mechanism: token}, out_of_scope_reason: R}"), "IX2", false},
		{"an interface inside", openstack, parts("{id: i, from_id: c, to_id: d}"), "DF5", false},
		{"an interface that is not encrypted", openstack, parts("{id: i, from_id: c, to_id: d, transport: {encrypted: 'no'}}"), "DF5", true},
		{"an interface inside to no dependency", openstack, parts("{id: i, from_id: c, to_id: d}"), "IX2", false},
		{"a store that holds nothing", openstack, parts(""), "PE4", true},
		{"a backup without a statement", openstack, arch("data_assets: [{id: a, name: A, persistence: [{id: a.1, location_text: tape, backup: true}]}]"), "AS3", true},
		{"a backup with a statement", openstack, arch("data_assets: [{id: a, name: A, persistence: [{id: a.1, location_text: tape, backup: true}], impacts: [{property: integrity, narrative: N, persistence_id: a.1}]}]"), "AS3", false},
		{"rated", openstack, arch("data_assets: [{id: a, name: A, confidentiality: low, integrity: low, availability: low}]"), "AS2", false},
		{"stored as it is", openstack, stored("plaintext", "parse"), "FM3", false},
		{"parsed, and stored encrypted", openstack, stored("encrypted", "parse"), "FM3", true},
		{"encrypted, and stored so", openstack, stored("encrypted", "encrypt"), "FM3", false},
		{"hashed, and stored so", openstack, stored("hashed", "hash"), "FM3", false},
		{"wrapped, and stored so", openstack, stored("wrapped", "wrap_key"), "FM3", false},
		{"encrypted under no key", openstack, stored("wrapped", "wrap_key"), "PE3", true},
		{"in a device", openstack, stored("non_extractable", "parse"), "PE3", false},
		{"nobody parses", openstack, parts("{id: i, from_id: u, to_id: c, entry_point: true, flows: [{asset_id: a, direction: request, format_id: j}]}"), "FM4", true},
		{"the response goes out", openstack, parts("{id: i, from_id: u, to_id: c, entry_point: true, flows: [{asset_id: a, direction: response, format_id: j}]}"), "FM4", false},
		{"the response comes in", openstack, parts("{id: i, from_id: c, to_id: x, entry_point: true, flows: [{asset_id: a, direction: response, format_id: j}]}"), "FM4", true},
		{"a component parses", openstack, arch("components: [{id: c, name: C}], interfaces: [{id: i, from_id: u, to_id: c, entry_point: true, flows: [{direction: request, format_id: j}]}], transformations: [{id: t, kind: parse, component_id: c, input_format_id: j}]"), "FM4", false},
		{"a component validates", openstack, arch("components: [{id: c, name: C}], interfaces: [{id: i, from_id: u, to_id: c, entry_point: true, flows: [{direction: request, format_id: j}]}], transformations: [{id: t, kind: validate, component_id: c, input_format_id: j}]"), "FM4", false},
		{"a component signs", openstack, arch("components: [{id: c, name: C}], interfaces: [{id: i, from_id: u, to_id: c, entry_point: true, flows: [{direction: request, format_id: j}]}], transformations: [{id: t, kind: sign, component_id: c, input_format_id: j}]"), "FM4", true},
		{"a format says who parses it", openstack, arch("components: [{id: c, name: C}], data_formats: [{id: j, name: J, parsed_by_ids: [c]}], interfaces: [{id: i, from_id: u, to_id: c, entry_point: true, flows: [{direction: request, format_id: j}]}]"), "FM4", false},
		{"a process is no store", openstack, arch("components: [{id: c, name: C, kind: process}]"), "PE4", false},
		{"a store in use", openstack, arch("components: [{id: c, name: C, kind: database}], data_assets: [{id: a, name: A, persistence: [{id: a.1, location_id: c}]}]"), "PE4", false},
		{"no entry point", openstack, parts("{id: i, from_id: u, to_id: c, flows: [{asset_id: a, direction: request, format_id: j}]}"), "FM4", false},
		{"no dependencies", openstack, arch("no_dependencies_statement: None."), "ED1", false},
		{"no findings", openstack, "no_findings_statement: We looked.", "FI1", false},
		{"none but disputed findings", openstack, "disputed_findings: [{id: f, title: F}]", "FI1", true},
		{"an open finding", openstack, "findings: [{id: f, title: F, state: agreed}]", "FI9", false},
		{"scans alone", openstack, "review: {evidence: [{id: e, kind: static_analysis_scan}]}", "RT5", true},
		{"a reviewer who leads", openstack, route("third_party", "{kind: security_reviewer}, {kind: project_lead}"), "RT4", true},
		{"a reviewer who is the architect", openstack, route("third_party", "{kind: security_reviewer}, {kind: architect}"), "RT4", true},
		{"a lead who does not review", openstack, route("third_party", "{kind: project_lead}"), "RT4", false},
		{"the project's own reviewer", openstack, route("project_team", "{kind: security_reviewer}, {kind: architect}"), "RT4", false},
		{"accepted without agreement", openstack, route("project_team", ""), "RT3", true},
		{"no validation by the community's team", openstack, "review: {route: community_team}", "RT2", false},
		{"a diagram as text", openstack, arch("diagrams: [{id: d, kind: service_architecture, basis: reference_architecture, source_text: T}]"), "RT6", false},
		{"a diagram without a digest", openstack, "artifacts: [{id: p, kind: diagram}], architecture: {diagrams: [{id: d, kind: service_architecture, basis: best_practice, artifact_id: p}]}", "RT6", true},
	} {
		t.Run(test.code+" "+test.name, func(t *testing.T) {
			p, _ := decode(t, head+test.body+"}")
			found := slices.ContainsFunc(reviewpkg.Completeness(p, test.process).GetGaps(), func(g *reviewpkgv1.Gap) bool { return g.GetCode() == test.code })
			if found != test.gap {
				t.Errorf("gap is %t, want %t", found, test.gap)
			}
		})
	}
}

// TestDeclaredStageOfPages holds that either page declares the whole complete.
func TestDeclaredStageOfPages(t *testing.T) {
	for body, want := range map[string]reviewpkgv1.AssessmentStage{
		"architecture: {status: reviewed}": reviewpkgv1.AssessmentStage_ASSESSMENT_STAGE_COMPLETE,
		"review: {status: completed}":      reviewpkgv1.AssessmentStage_ASSESSMENT_STAGE_COMPLETE,
		"architecture: {status: draft}":    reviewpkgv1.AssessmentStage_ASSESSMENT_STAGE_UNSPECIFIED,
	} {
		p, _ := decode(t, head+body+"}")
		if got := reviewpkg.Completeness(p, openstack).GetDeclaredStage(); got != want {
			t.Errorf("%s declares %s, want %s", body, got, want)
		}
	}
}

// TestRouteOfTheProject holds that the community's team must have agreed to
// validate, and that the eight assertions are eight different ones.
func TestRouteOfTheProject(t *testing.T) {
	p := load(t, "testdata/complete/openstack.yaml")
	p.GetReview().SetRoute(reviewpkgv1.ReviewRoute_REVIEW_ROUTE_PROJECT_TEAM)
	if got, want := codes(p, openstack), []string{"RT3"}; !slices.Equal(got, want) {
		t.Errorf("without agreement the gaps are %v, want %v", got, want)
	}
	v := p.GetReview().GetValidation()
	v.SetAgreedInAdvance(true)
	if got := codes(p, openstack); len(got) != 0 {
		t.Errorf("with agreement the gaps are %v", got)
	}
	v.GetAssertions()[0].SetAssertion(v.GetAssertions()[1].GetAssertion())
	if got, want := codes(p, openstack), []string{"RT3"}; !slices.Equal(got, want) {
		t.Errorf("with seven assertions the gaps are %v, want %v", got, want)
	}
}
