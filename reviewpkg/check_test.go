package reviewpkg_test

import (
	"cmp"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
	"github.com/reviewpkg/sdk/reviewpkg"
)

// decode reads a package whatever is said about it, and returns that as well.
func decode(t *testing.T, body string) (*reviewpkgv1.ReviewPackage, reviewpkg.Diagnostics) {
	t.Helper()
	p := &reviewpkgv1.ReviewPackage{}
	found, err := reviewpkg.DecodeForTest([]byte(body), p)
	if err != nil {
		t.Fatal(err)
	}
	return p, found
}

const head = "{schema: reviewpkg.v1.ReviewPackage, id: p, title: P, project: {name: P}, status: draft, "

// TestRules holds where the rules end: what is reported stands in testdata/bad,
// and here is what lies right beside it.
func TestRules(t *testing.T) {
	conflict := func(rest string) string {
		return "people: [{id: a, name: A, roles: [{kind: security_reviewer}]}, {id: b, name: B, roles: [{kind: security_reviewer}]}, " +
			"{id: c, name: C, roles: [{kind: chair}]}, {id: d, name: D, roles: [{kind: chair}]}, {id: f, name: F, roles: [{kind: facilitator}]}], process: {" + rest + "}"
	}
	validation := func(route, body, rest string) string {
		return "review: {route: " + route + ", body: {name: R, kind: " + route + "}, validation: {decision: accepted, body: " + body + rest + "}}"
	}
	for _, test := range []struct{ name, body, want string }{
		// Dates.
		{"obsolete after the renewal was due", "renewal_due: {value: '2021'}, history: [{status: final, date: {value: '2020'}}, {status: obsolete, date: {value: '2022'}}]", ""},
		{"due before it was final", "renewal_due: {value: '2019'}, history: [{status: final, date: {value: '2020'}}]", "date-order renewal_due"},
		{"dates of other precision", "history: [{status: draft, date: {value: 2020-05-24}}, {status: final, date: {value: 2020-05}}]", ""},
		{"a joint review hands on", "joint_review: {hands_on: {from: {value: '2020'}, until: {value: '2019'}}}", "date-order joint_review.hands_on.until"},
		{"a disputed finding that changed first", "disputed_findings: [{id: f, title: F, state: reported, agreement: {state: disputed}, raised: {value: '2020'}, state_changed: {value: '2019'}}]", `date-order disputed_findings["f"].state_changed`},
		{"a summary before the self-assessment", "self_assessment: {metadata: {date: {value: '2020'}}}, summary: {completed: {value: '2019'}}", "date-order summary.completed"},
		{"a date that is none", "findings: [{id: f, title: F, state: reported, raised: {value: '2020'}, state_changed: {value: '1'}}]", `bad-date findings["f"].state_changed.value`},
		// Paths.
		{"an id that stands twice", "findings: [{id: f, title: F, state: reported, agreement: {state: disputed}}, {id: f, title: F, state: reported}]",
			"duplicate-id findings[1].id\nmisplaced-finding findings[0].agreement.state"},
		{"a source without a path", "value_sources: [{derivation: stated}]", "missing-field value_sources[0].path"},
		// Circles, and what looks like one.
		{"two keys under one", "architecture: {components: [{id: db, name: D}], data_assets: [{id: k, name: K}, " +
			"{id: a, name: A, persistence: [{id: a.1, location_id: db, protected_by_id: k}, {id: a.2, location_id: db, protected_by_id: b}]}, " +
			"{id: b, name: B, persistence: [{id: b.1, location_id: db, protected_by_id: k}]}]}", ""},
		{"a circle behind a chain", "architecture: {components: [{id: a, name: A, runs_on_id: b}, {id: b, name: B, runs_on_id: c}, {id: c, name: C, runs_on_id: b}]}", `reference-cycle architecture.components["b"]`},
		{"actors of both assessments", "self_assessment: {overview: {actors: [{id: a, name: A, parent_id: a}]}}, joint_review: {overview: {actors: [{id: b, name: B, parent_id: b}]}}",
			`reference-cycle self_assessment.overview.actors["a"]` + "\n" + `reference-cycle joint_review.overview.actors["b"]`},
		// Answers that are elsewhere.
		{"two parts that answer one another", "self_assessment: {overview: {summary: {presence: merged_elsewhere, merged_into: self_assessment.overview.background}, background: {presence: merged_elsewhere, merged_into: self_assessment.overview.summary}}}",
			"dangling-path self_assessment.overview.summary.merged_into\ndangling-path self_assessment.overview.background.merged_into"},
		{"merged into a part that is not there", "self_assessment: {overview: {summary: {presence: merged_elsewhere, merged_into: self_assessment.overview.goals}}}", "dangling-path self_assessment.overview.summary.merged_into"},
		{"merged into text that is not there", "self_assessment: {overview: {summary: {presence: merged_elsewhere, merged_into: version}}}", "dangling-path self_assessment.overview.summary.merged_into"},
		{"merged into labels that are not there", "self_assessment: {overview: {summary: {presence: merged_elsewhere, merged_into: labels}}}", "dangling-path self_assessment.overview.summary.merged_into"},
		{"merged into a list", "self_assessment: {overview: {summary: {presence: merged_elsewhere, merged_into: self_assessment.overview.goals}, goals: [{id: g, text: G}]}}", ""},
		{"merged into a number", "self_assessment: {overview: {summary: {presence: merged_elsewhere, merged_into: status}}}", ""},
		// Interfaces.
		{"an entry point by the direction of data", "architecture: {components: [{id: a, name: A}], external_dependencies: [{id: q, name: Q}], interfaces: [{id: i, from_id: a, to_id: q, entry_point: true}]}", ""},
		{"an end that is no endpoint", "people: [{id: a, name: A}], architecture: {external_dependencies: [{id: q, name: Q}], interfaces: [{id: i, from_id: a, to_id: q}]}", `wrong-reference architecture.interfaces["i"].from_id`},
		// Findings.
		{"a disputed finding of an unreviewed variant", "architecture: {deployment: {variants: [{id: v, name: V}, {id: w, name: W, reviewed: true}]}}, disputed_findings: [{id: f, title: F, state: reported, agreement: {state: disputed}, variant_ids: [w, v], likelihood: high, impact: high, overall: low}]",
			`rating-divergence disputed_findings["f"].overall` + "\n" + `unreviewed-variant disputed_findings["f"].variant_ids[1]`},
		{"a range of impacts", "findings: [{id: f, title: F, state: reported, likelihood: high, impact: low, impact_max: high, overall: low}]", ""},
		// Routes.
		{"each body on its route", validation("third_party", "{name: V, kind: community_security_team}", ""), ""},
		{"a community team with agreement", validation("project_team", "{name: V, kind: community_security_team}", ", agreed_in_advance: true"), ""},
		{"the project validates", validation("third_party", "{name: V, kind: project_team}", ""), "route-mismatch review.validation.body.kind"},
		{"a scan beside a review", "review: {evidence: [{id: e, kind: audit}, {id: s, kind: vulnerability_scan}]}", ""},
		{"a vulnerability scan", "review: {evidence: [{id: s, kind: vulnerability_scan}]}", "insufficient-evidence review.evidence"},
		{"oversight without a review in 2017", "review: {oversight: {state: granted, profile: 2015-2019}}", "oversight-mismatch review.oversight.state"},
		{"oversight without a review in 2022", "review: {oversight: {state: granted, profile: '2022'}}", ""},
		{"oversight after a review", "review: {status: completed, oversight: {state: granted}}", ""},
		{"oversight that was asked for", "review: {oversight: {state: requested}}", ""},
		// Conflicts of interest.
		{"one soft conflict", conflict("conflict_declarations: [{person_id: a, uses_project: yes}], conflict_assertion: {lead_id: a}"), ""},
		{"soft conflicts of two", conflict("conflict_declarations: [{person_id: a, uses_project: yes}, {person_id: b, personal_stake: yes}], conflict_assertion: {lead_id: a}"),
			"conflict-of-interest process.conflict_assertion.approved_by_id"},
		{"approved by a reviewer", conflict("conflict_declarations: [{person_id: a, uses_project: yes, contributed: yes}], conflict_assertion: {lead_id: a, approved_by_id: b, approval_reason: Few know it.}"),
			"conflict-of-interest process.conflict_assertion.approved_by_id"},
		{"approved without a reason", conflict("conflict_declarations: [{person_id: a, uses_project: yes, contributed: yes}], conflict_assertion: {lead_id: a, approved_by_id: c}"),
			"conflict-of-interest process.conflict_assertion.approved_by_id"},
		{"approved by a chair", conflict("conflict_declarations: [{person_id: a, uses_project: yes, contributed: yes}], conflict_assertion: {lead_id: a, approved_by_id: c, approval_reason: Few know it.}"), ""},
		{"a waived hard conflict", conflict("conflict_declarations: [{person_id: a, financial_interest: yes}], conflict_waivers: [{person_id: a, chair_ids: [c, d], facilitator_id: f, justification: J}], " +
			"conflict_assertion: {lead_id: b, no_unwaived_hard_conflict: yes, approved_by_id: c, approval_reason: Few know it.}"), ""},
		{"a hard conflict of somebody who reports", conflict("conflict_declarations: [{person_id: a, reporting_line: yes}]"), "conflict-of-interest process.conflict_declarations[0].reporting_line"},
		{"a hard conflict that may be", conflict("conflict_declarations: [{person_id: a, maintainer: unknown}]"), ""},
		{"a chair's conflict", conflict("conflict_declarations: [{person_id: c, maintainer: yes}]"), ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			// YAML 1.1 readers take yes for true; this one wants it quoted.
			_, found := decode(t, head+strings.ReplaceAll(test.body, ": yes", `: "yes"`)+"}")
			var lines []string
			for _, d := range found {
				lines = append(lines, string(d.Code)+" "+d.Path)
			}
			if diff := gocmp.Diff(test.want, strings.Join(lines, "\n")); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

// TestHostileReferences holds that long chains and many lost references take
// time with the length of the document: with its square, the hints of lost
// references would outlast the time limit of the whole test run.
func TestHostileReferences(t *testing.T) {
	t.Parallel()
	for target, want := range map[string]reviewpkg.Code{"c": reviewpkg.DanglingReference, "lost": reviewpkg.TooLarge} {
		components := make([]*reviewpkgv1.Component, 20_000)
		for i := range components {
			components[i] = reviewpkgv1.Component_builder{Id: "c" + strconv.Itoa(i), Name: "C", RunsOnId: target + strconv.Itoa(i+1)}.Build()
		}
		p := reviewpkgv1.ReviewPackage_builder{Architecture: reviewpkgv1.Architecture_builder{Components: components}.Build()}.Build()
		// The chain ends in the void; of the lost references not all are listed.
		ds := reviewpkg.Diagnose(p)
		if last := ds[len(ds)-1]; last.Code != want {
			t.Errorf("references to %s: the last of %d diagnostics is %v, want %s", target, len(ds), last.Error(), want)
		}
	}
}

// TestDiagnoseIsUnmarshal holds that a message says the same as the document it
// could have been read from, but for the places.
func TestDiagnoseIsUnmarshal(t *testing.T) {
	files, err := filepath.Glob("testdata/bad/*.yaml")
	if err != nil {
		t.Fatal(err)
	}
	compared := 0
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		m := kindOf(data)
		want, err := reviewpkg.DecodeForTest(data, m)
		if err != nil {
			continue // what cannot be decoded is no message
		}
		compared++
		got := reviewpkg.Diagnose(m)
		for _, ds := range []reviewpkg.Diagnostics{want, got} {
			for i := range ds {
				ds[i].Pos = reviewpkg.Position{}
			}
			slices.SortFunc(ds, func(a, b reviewpkg.Diagnostic) int {
				return cmp.Or(strings.Compare(a.Path, b.Path), strings.Compare(a.Error(), b.Error()))
			})
		}
		if diff := gocmp.Diff(want, got); diff != "" {
			t.Errorf("%s: (-document +message)\n%s", file, diff)
		}
	}
	if compared < 20 {
		t.Errorf("compared %d documents only", compared)
	}
}
