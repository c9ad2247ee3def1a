package cncf

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/encoding/prototext"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/testing/protocmp"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// same compares a message with one in the text format.
func same(t *testing.T, what, want string, have proto.Message) {
	t.Helper()
	m := have.ProtoReflect().New().Interface()
	if want == "" && !have.ProtoReflect().IsValid() {
		return
	}
	if err := prototext.Unmarshal([]byte(want), m); err != nil {
		t.Fatal(what, err)
	}
	if diff := cmp.Diff(m, have, protocmp.Transform()); diff != "" {
		t.Errorf("%s: (-want +have)\n%s", what, diff)
	}
}

func TestOverviewForms(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"groups of actors", "## Actors\n\n### Client actors\n\n* Hub: turns\n* Rim\n\n### Server actors\n\n#### Axle\n\nHolds.\n\n### Lone\n\nStands.\n",
			`actors { id: "actor-hub" name: "Hub" description: "turns" } actors { id: "actor-rim" name: "Rim" } actors { id: "actor-axle" name: "Axle" description: "Holds." }
			actors { id: "actor-lone" name: "Lone" description: "Stands." }`},
		{"groups in a list", "## Actors\n\n* Client actors:\n  * Hub: turns\n* Other actors:\n* Rim\n",
			`actors { id: "actor-hub" name: "Hub" description: "turns" } actors { id: "actor-other-actors" name: "Other actors" } actors { id: "actor-rim" name: "Rim" }`},
		{"bold groups", "## Goals\n\n* First\n\n**Security goals**\n\n* Second\n\n**General goals**\n\n* Third\n",
			`goals { id: "goal-first" text: "First" } goals { id: "goal-second" text: "Second" kind: GOAL_KIND_SECURITY } goals { id: "goal-third" text: "Third" kind: GOAL_KIND_GENERAL }`},
		{"bold names with text", "## Actors\n\nThere are two.\n\n**Hub**: turns\n\n**Rim**: rolls\n",
			`actors { id: "actor-hub" name: "Hub" description: "turns" } actors { id: "actor-rim" name: "Rim" description: "rolls" } actors_note { text: "There are two." }`},
		{"a subject in bold", "## Actors\n\n* The **hub** turns.\n* **Rims** roll along.\n",
			`actors { id: "actor-the-hub-turns" name: "The hub turns." description: "The **hub** turns." } actors { id: "actor-rims" name: "Rims" description: "**Rims** roll along." }`},
		{"a name with a colon", "## Actors\n\n* Hub: The Middle\n  * Role: turns\n", `actors { id: "actor-hub-the-middle" name: "Hub: The Middle" role: "turns" }`},
		{"a table of HTML", "## Actors\n\n<table><tr><th>Actor</th><th>Isolation</th><th>Description</th></tr>\n<tr><td>Hub</td><td>a case</td><td>turns</td></tr></table>\n",
			`actors { id: "actor-hub" name: "Hub" isolation: "a case" description: "turns" }`},
		{"fields in lines", "## Actors\n\n### Hub\n\n**Role:** turns\nand turns\n**Isolation:** a case\n", `actors { id: "actor-hub" name: "Hub" role: "turns\nand turns" isolation: "a case" description: "**Role:** turns\nand turns\n**Isolation:** a case" }`},
		{"one goal, none", "## Goals\n\n* N/A\n\n## Non-goals\n\nNone.\n", `goals_note { text: "N/A" presence: PRESENCE_NOT_APPLICABLE } non_goals_note { text: "None." presence: PRESENCE_NONE_DECLARED }`},
		{"goals in paragraphs", "## Goals\n\nTo turn.\n\n![a wheel](w.png)\n\nTo roll.\n", `goals { id: "goal-to-turn" text: "To turn." } goals { id: "goal-to-roll" text: "To roll." } goals_note { text: "![a wheel](w.png)" }`},
		{"actors and actions in one", "## Actors and Actions\n\n* Hub: turns\n", `actors { id: "actor-hub" name: "Hub" description: "turns" }`},
		{"actions with all labels", "## Actors\n\n* Hub\n* Rim (outer)\n\n## Actions\n\n### Turn\n\n* Involved Actors:\n  * Hub\n  * rims\n* Security Checks: the bolt\n* Data Handling: none\n* Interactions: Hub and rim\n* Phase: day\n* Workflow:\n  1. push\n  2. pull\n\nThe rest.\n",
			`actors { id: "actor-hub" name: "Hub" } actors { id: "actor-rim-outer" name: "Rim (outer)" }
			actions { id: "action-turn" name: "Turn" actor_ids: "actor-hub" actor_ids: "actor-rim-outer" security_checks: "the bolt" sensitive_data: "none" interactions: "Hub and rim" phase: "day" steps: "push" steps: "pull" description: "The rest." }`},
		{"an id that a comment gives", "## Goals\n\n* To turn\n  <!-- id: g1 -->\n* To roll\n  <!-- id: g1 -->\n", `goals { id: "g1" text: "To turn" } goals { id: "goal-to-roll" text: "To roll" }`},
	} {
		pkg, _ := importText(t, "a.md", assessmentWith(c.text))
		o := pkg.GetSelfAssessment().GetOverview()
		o.ClearSummary()
		same(t, c.name, c.want, o)
	}
}

func TestFunctionForms(t *testing.T) {
	head := "## Security functions and features\n\n"
	for _, c := range []struct{ name, text, want string }{
		{"a table with the class", head + "Two.\n\n| Component | Applicability | Description of Importance |\n|-|-|-|\n| Hub | `Critical` | turns |\n| Rim | Relevant | rolls |\n| Air | None | |\n\n| Other | Table |\n|-|-|\n| a | b |\n",
			`text { text: "Two.\n\n| Other | Table |\n|-|-|\n| a | b |" } critical { id: "critical-hub" name: "Hub" description: "turns" } relevant { id: "relevant-rim" name: "Rim" description: "rolls" }`},
		{"sections", head + "### Critical\n\n#### Hub\n\n* Importance: it falls off\n* Turns.\n\n#### Threats to it\n\nRust.\n\n### Security Relevant\n\nThe paint.\n",
			`critical { id: "critical-hub" name: "Hub" description: "* Turns." importance: "it falls off" } critical_note { text: "Threats to it: Rust." } relevant_note { text: "The paint." }`},
	} {
		pkg, _ := importText(t, "a.md", assessmentWith(c.text))
		f := pkg.GetSelfAssessment().GetFunctions()
		same(t, c.name, c.want, f)
	}
}

func TestComplianceForms(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"stated claims", "* **PCI DSS**: complies\n  * Scope: the store\n  * Validated by: Ann\n* **GDPR**: enables\n  <https://x.example/gdpr>\n",
			`status: COMPLIANCE_STATUS_DECLARED claims { id: "claim-pci-dss" standard: "PCI DSS" relation: COMPLIANCE_RELATION_COMPLIES scope: "the store" validated_by: "Ann" }
			claims { id: "claim-gdpr" standard: "GDPR" relation: COMPLIANCE_RELATION_ENABLES evidence { url: "https://x.example/gdpr" } }`},
		{"a denial", "Wheel does not comply with any standard. It may one day.", `status: COMPLIANCE_STATUS_NONE_DECLARED text { text: "Wheel does not comply with any standard. It may one day." presence: PRESENCE_NONE_DECLARED }`},
		{"words", "Wheel is round.", `text { text: "Wheel is round." }`},
		{"audits without an auditor", "Wheel is round.\n\n### Existing Audits\n\nOne, [by an aunt](https://x.example/a).", `text { text: "Wheel is round.\n\nOne, [by an aunt](https://x.example/a)." }`},
		{"only audits", "### Security Audits\n\nOne, by an aunt.", `text { text: "One, by an aunt." }`},
	} {
		pkg, _ := importText(t, "a.md", assessmentWith("## Project compliance\n\n"+c.text))
		same(t, c.name, c.want, pkg.GetSelfAssessment().GetCompliance())
	}
}

func TestDevelopmentForms(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"a table of practices", "## Development Pipeline\n\n| Practice | Answer |\n|-|-|\n| Signed commits | yes |\n| Signed images | no |\n| Two factors | unknown |\n| Required reviewers | 2 |\n| SLSA build level | 3 |\n| Tools | Trivy, CodeQL |\n| Release process | one<br>two |\n| Colour | red |\n",
			`pipeline { signed_commits: ANSWER_YES signed_images: ANSWER_NO two_factor: ANSWER_UNKNOWN required_reviewers: 2 slsa_build_level: 3 tools: "Trivy" tools: "CodeQL" release_process: "one\ntwo" }`},
		{"denied facts", "## Development Pipeline\n\nCommits are not signed with Cosign. Trivy would be nice. Two-factor login is used. The DCO check runs.\n",
			`pipeline { text { text: "Commits are not signed with Cosign. Trivy would be nice. Two-factor login is used. The DCO check runs." } two_factor: ANSWER_YES certificate_of_origin: ANSWER_YES }`},
		{"stated channels", "## Communication Channels\n\n### Inbound\n\n* Channel\n  * Kind: chat\n  * Address: <https://x.example/chat>\n  * Private: yes\n\n### Outbound\n\nNone.\n\n### Internal\n",
			`channels { direction: CHANNEL_DIRECTION_INBOUND kind: "chat" address: "https://x.example/chat" private: true } channels { direction: CHANNEL_DIRECTION_OUTBOUND note: "None." }`},
		{"one heading for two directions", "## Communication Channels\n\n### Inbound and Outbound\n\nPigeons.\n", `channels { direction: CHANNEL_DIRECTION_INBOUND_AND_OUTBOUND note: "Pigeons." }`},
		{"a lead with a list", "## Communication Channels\n\n- Inbound: these two\n  - Slack\n  - Zoom\n", `channels { direction: CHANNEL_DIRECTION_INBOUND note: "these two\n\n- Slack\n- Zoom" }`},
	} {
		pkg, _ := importText(t, "a.md", assessmentWith("")+"\n"+c.text)
		d := pkg.GetSelfAssessment().GetDevelopment()
		d.ClearText()
		for _, ch := range d.GetChannels() {
			if strings.HasPrefix(ch.GetNote(), "these two") {
				ch.SetKind("") // chat and meeting
			}
		}
		same(t, c.name, c.want, d)
	}
}

func TestResolutionForms(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"stated lines", "### Responsible Disclosures Process\n\n- Policy: https://x.example/policy\n- Contacts: <a@x.example>, b@x.example\n- Private reporting: no\n- Embargo in days: 30\n- Acknowledgement in hours: 24\n- Distributors: a list\n- CVE policy: always\n\nMore.\n",
			`disclosure { text { text: "More." } policy_url: "https://x.example/policy" contacts: "a@x.example" contacts: "b@x.example" private_reporting: ANSWER_NO embargo_days: 30 acknowledge_hours: 24 distributors: "a list" cve_policy: "always" }`},
		{"a number too large", "### Responsible Disclosures Process\n\n- Embargo in days: 5000\n- CVE policy: never\n", `disclosure { text { text: "- Embargo in days: 5000" } cve_policy: "never" }`},
		{"words", "### Responsible Disclosures Process\n\nReport at https://x.example/SECURITY.md or https://github.com/o/r/security/advisories/new. Embargoes last for two weeks.\n",
			`disclosure { text { text: "Report at https://x.example/SECURITY.md or https://github.com/o/r/security/advisories/new. Embargoes last for two weeks." } policy_url: "https://x.example/SECURITY.md" contacts: "https://github.com/o/r/security/advisories/new" private_reporting: ANSWER_YES embargo_days: 14 }`},
		{"a team", "### Vulnerability Response Process\n\n- Team: the wardens\n- Fix in days: 20\n- Ann Lee (@annlee), Axle Inc\n- Nobody\n",
			`vulnerability_response { text { text: "- Ann Lee (@annlee), Axle Inc\n- Nobody" } team: "the wardens" fix_days: 20 responder_ids: "person-ann-lee" }`},
		{"a team with a heading", "Words.\n\n### Security Team\n\n- Ann Lee (@annlee)\n", `text { text: "Words." }`},
		{"an incident", "### Incident Response\n\nFast.\n\n- **Playbook**: https://x.example/book\n- Patch releases: weekly\n", `incident_response { text { text: "Fast." } playbook_url: "https://x.example/book" patching { text: "weekly" } }`},
		{"no closed issues", "### Closed security issues and vulnerabilities\n\nThere have been no such issues. We look for them all of the time and will tell everybody who wants to know about them, at once, by all means, in all languages of the world.\n",
			`closed_issues_note { text: "There have been no such issues. We look for them all of the time and will tell everybody who wants to know about them, at once, by all means, in all languages of the world." presence: PRESENCE_NONE_DECLARED }`},
	} {
		pkg, _ := importText(t, "a.md", assessmentWith("## Security issue resolution\n\n"+c.text))
		same(t, c.name, c.want, pkg.GetSelfAssessment().GetIssueResolution())
		if strings.Contains(c.name, "team") {
			same(t, c.name, `id: "person-ann-lee" name: "Ann Lee" handles { system: "github" name: "annlee" } roles { kind: ROLE_KIND_SECURITY_CONTACT artifact_id: "file-a-md" } `+
				map[bool]string{true: `affiliation: "Axle Inc"`}[c.name == "a team"], pkg.GetPeople()[0])
		}
	}
}

func TestAppendixForms(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"issues in words", "### Known Issues\n\nWe had CVE-2020-1111.\n\nCVE-2021-2222, see https://x.example/2222\n",
			`known_issues_note { text: "We had CVE-2020-1111.\n\nCVE-2021-2222, see https://x.example/2222" } known_issues { id: "issue-cve-2020-1111" vulnerability_ids: "CVE-2020-1111" }
			known_issues { id: "issue-cve-2021-2222" vulnerability_ids: "CVE-2021-2222" links { url: "https://x.example/2222" } }`},
		{"issues with labels", "### Known Issues\n\n* CVE-2020-1111: a hole\n  * Severity: 7.2\n  * Impact: all\n  * State: Won't fix\n  * Affected: 1.0\n* a remark\n* CVE-2020-2222: a path, CVSS:3.0/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N, critical severity\n  * State: open\n* CVE-2020-3333 (3 May 2021)\n  * State: fixed\n",
			`known_issues { id: "issue-cve-2020-1111" title: "CVE-2020-1111" vulnerability_ids: "CVE-2020-1111" description: "a hole" severity_text: "7.2" impact: "all" status: KNOWN_ISSUE_STATUS_WONT_FIX affected_versions: "1.0" }
			known_issues { id: "issue-cve-2020-2222" title: "CVE-2020-2222" vulnerability_ids: "CVE-2020-2222" description: "a path, CVSS:3.0/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N, critical severity" severity: LEVEL_VERY_HIGH status: KNOWN_ISSUE_STATUS_OPEN cvss_vector: "CVSS:3.0/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N" }
			known_issues { id: "issue-cve-2020-3333" title: "CVE-2020-3333 (3 May 2021)" vulnerability_ids: "CVE-2020-3333" published { value: "2021-05-03" raw: "3 May 2021" } status: KNOWN_ISSUE_STATUS_FIXED }
			known_issues_note { text: "- a remark" }`},
		{"badges", "### Badges\n\n* [OpenSSF Best Practices](https://www.bestpractices.dev/projects/7): gold; 100 %\n* [CLOMonitor](https://clomonitor.io/projects/cncf/wheel)\n",
			`badges { programme: "OpenSSF Best Practices" url: "https://www.bestpractices.dev/projects/7" level: "gold" score: "100 %" } badges { programme: "CLOMonitor" url: "https://clomonitor.io/projects/cncf/wheel" }`},
		{"related", "### Related Projects\n\nMany.\n\n* [Cog](https://cog.example): has teeth\n* Wheel vs Square: it rolls\n* https://axle.example\n* Nothing that we know of is like it in any way, and that will stay so for a long time.\n* [Hub](https://hub.example) and others are much larger, but they need a great deal more of space and grease.\n",
			`related_projects { name: "Cog" url: "https://cog.example" comparison: "has teeth" } related_projects { name: "Square" comparison: "it rolls" } related_projects { name: "https://axle.example" url: "https://axle.example" }
			related_projects { name: "Hub" url: "https://hub.example" comparison: "[Hub](https://hub.example) and others are much larger, but they need a great deal more of space and grease." }
			related_projects_note { text: "Many.\n\n- Nothing that we know of is like it in any way, and that will stay so for a long time." }`},
		{"references", "### References\n\n* [a](https://a.example)\n* https://b.example\n", `references { title: "a" url: "https://a.example" } references { url: "https://b.example" }`},
		{"cases", "### Case Studies\n\nAxle Inc. rolls.\n\nHub Inc. turns.\n\n### Known Issues\n\nNo CVEs have been found\n", `case_studies { scenario: "Axle Inc. rolls." } case_studies { scenario: "Hub Inc. turns." } known_issues_note { text: "No CVEs have been found" presence: PRESENCE_NONE_DECLARED }`},
	} {
		pkg, _ := importText(t, "a.md", strings.Replace(assessmentWith(""), "Nothing more to tell.", c.text, 1))
		same(t, c.name, c.want, pkg.GetSelfAssessment().GetAppendix())
	}
}

func TestPreambleForms(t *testing.T) {
	rest := strings.TrimPrefix(assessmentWith(""), "# Self-assessment of Wheel\n")
	for _, c := range []struct{ name, head, want string }{
		{"a date alone", "May 2020", `date { value: "2020-05" raw: "May 2020" }`},
		{"an italic date", "*2020-05-03*", `date { value: "2020-05-03" }`},
		{"a labelled date", "**Date:** 22nd July, 2025", `date { value: "2025-07-22" raw: "22nd July, 2025" }`},
		{"the first of two", "Date: 2020-05-03\nUpdated: 2021", `date { value: "2020-05-03" }`},
		{"no date", "In 2020 the wheel was made round, which took all of the summer and more", ``},
		{"a number", "42 is no date", ``},
		{"a table", "| Website | https://wheel.example |\n|-|-|\n| Software | https://github.com/o/wheel |", `website: "https://wheel.example" software { url: "https://github.com/o/wheel" }`},
		{"a list", "* Website: wheel.example\n* Colour: red", `website: "https://wheel.example"`},
		{"a hard break", "Website: https://wheel.example\\\nDate: 2020", `website: "https://wheel.example" date { value: "2020" }`},
	} {
		pkg, _ := importText(t, "a.md", "# Self-assessment of Wheel\n\n"+c.head+"\n"+rest)
		same(t, c.name, c.want, pkg.GetSelfAssessment().GetMetadata())
	}
	_, report := importText(t, "a.md", "# Self-assessment of Wheel\n\nDate: 02/03/2021\n"+rest)
	if d := report.GetDiagnostics(); len(d) != 1 || d[0].GetCode() != "ambiguous-date" || d[0].GetLine() != 3 {
		t.Error("an ambiguous date: ", d)
	}
}

func TestAuthorship(t *testing.T) {
	rest := strings.TrimPrefix(assessmentWith(""), "# Self-assessment of Wheel\n")
	for _, c := range []struct{ head, want string }{
		{"Drafted by [Security Pals](https://x.example/1102), pending review by the maintainers.", `origin: AUTHORSHIP_ORIGIN_PROGRAMME programme { title: "Security Pals" url: "https://x.example/1102" } maintainer_review: MAINTAINER_REVIEW_PENDING`},
		{"Drafted by the Security Pals and read by the core maintainers.", `origin: AUTHORSHIP_ORIGIN_PROGRAMME maintainer_review: MAINTAINER_REVIEW_ADOPTED`},
		{"Drafted by the Security Pals.", `origin: AUTHORSHIP_ORIGIN_PROGRAMME`},
		{"Origin: programme: [Pals](https://x.example/p)\nMaintainer review: none", `origin: AUTHORSHIP_ORIGIN_PROGRAMME programme { title: "Pals" url: "https://x.example/p" } maintainer_review: MAINTAINER_REVIEW_NONE`},
		{"Origin: external", `origin: AUTHORSHIP_ORIGIN_EXTERNAL`},
		{"Origin: the moon", ``},
	} {
		pkg, _ := importText(t, "a.md", "# Self-assessment of Wheel\n\n"+c.head+"\n"+rest)
		same(t, c.head, c.want, pkg.GetAuthorship())
	}
}

func TestTeam(t *testing.T) {
	pkg, _ := importText(t, "a.md", strings.Replace(assessmentWith(""), "\n## Overview", "\n## Authors and collaborators\n\nAll of us.\n\n* Ann Lee (@annlee)\n* Bo Ek\n\n## Security Champions\n\n- @cyfox\n\n## Overview", 1))
	var have []string
	for _, p := range pkg.GetPeople() {
		have = append(have, p.GetId()+" "+strings.TrimPrefix(p.GetRoles()[0].GetKind().String(), "ROLE_KIND_"))
	}
	slices.Sort(have)
	if diff := cmp.Diff([]string{"person-ann-lee AUTHOR", "person-bo-ek AUTHOR", "person-cyfox SECURITY_CHAMPION"}, have); diff != "" {
		t.Error(diff)
	}
}

func TestSecurityLinkForms(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"a table", "| Document | URL |\n|-|-|\n| [Policy](https://x.example/p) | none yet |\n| - | x |\n| Audit | https://x.example/audit |\n",
			`title: "Policy" kind: SECURITY_LINK_KIND_OTHER note: "none yet"|title: "Audit" kind: SECURITY_LINK_KIND_AUDIT urls: "https://x.example/audit"`},
		{"no header", "| Security file | https://x.example/s |\n|-|-|\n", `title: "Security file" kind: SECURITY_LINK_KIND_SECURITY_FILE urls: "https://x.example/s"`},
		{"a list", "- Policy: https://x.example/p\n- Read [this](https://x.example/threats)\n- Something without an address that is rather long and ends with a full stop, as sentences do.\n",
			`title: "Policy" kind: SECURITY_LINK_KIND_OTHER urls: "https://x.example/p"|title: "Read this" kind: SECURITY_LINK_KIND_OTHER urls: "https://x.example/threats" note: "Read [this](https://x.example/threats)"|` +
				`title: "Something without an address that is rather long and ends with a full stop, as…" kind: SECURITY_LINK_KIND_OTHER note: "Something without an address that is rather long and ends with a full stop, as sentences do."`},
		{"the template's", "| Doc | url |\n|-|-|\n| Security file | https://my.security.file |\n", ``},
	} {
		pkg, _ := importText(t, "a.md", assessmentWith("## Security links\n\n"+c.text))
		links := pkg.GetSelfAssessment().GetSecurityLinks()
		want := strings.Split(c.want, "|")
		if c.want == "" {
			want = nil
		}
		if len(links) != len(want) {
			t.Errorf("%s: %d links, want %d", c.name, len(links), len(want))
			continue
		}
		for i := range links {
			same(t, c.name, want[i], links[i])
		}
	}
}

func TestJointForms(t *testing.T) {
	joint := "# Joint assessment of Wheel\n\n## Joint-assessment use\n\nFor all.\n\n"
	pkg, _ := importText(t, "a.md", joint+"## Project Design\n\nRound.\n\n## Hands-on assessment\n\nWheel did not receive a hands-on assessment.\n\n## Roadmap\n\nFar.\n\n### Project Next Steps\n\n* Turn\n  * Trackers: https://github.com/o/r/issues/5\n")
	a := pkg.GetJointReview()
	same(t, "design", `design { text: "Round." }`, a.GetDesign())
	same(t, "hands-on", `performed: ANSWER_NO`, a.GetHandsOn())
	same(t, "roadmap", `text { text: "Far." } next_steps { id: "joint-step-turn" text: "Turn" trackers { url: "https://github.com/o/r/issues/5" relation: TRACKER_RELATION_TRACKS } }`, a.GetRoadmap())

	pkg, _ = importText(t, "a.md", joint+"## Hands-on assessment\n\nWheel did/did not receive a hands-on assessment.\n\n### Assessment Details\n\n| | |\n|-|-|\n| Date of review | 03/04/2024 - May 2024 |\n")
	same(t, "dates", `from { value: "2024-03-04" raw: "03/04/2024" } until { value: "2024-05" raw: "May 2024" }`, pkg.GetJointReview().GetHandsOn())
}

func TestFindingForms(t *testing.T) {
	joint := "# Joint assessment of Wheel\n\n## Joint-assessment use\n\nFor all.\n\n## Findings\n\n"
	pkg, _ := importText(t, "a.md", joint+"| Title | Loose bolt |\n|-|-|\n| Description | It is loose. |\n| Details | Very. |\n| Risk | High |\n| Severity | 7.1 |\n| Status | open |\n| State | Fix claimed |\n| Number | W-9 |\n| Impact Description | It falls off. |\n| Suggested controls | a nut<br>a pin |\n| Investigation results | It is so. |\n| Trackers | https://github.com/o/r/issues/4 |\n| Priority | first |\n\n<!-- id: bolt -->\n")
	if len(pkg.GetFindings()) != 1 {
		t.Fatal(pkg.GetFindings())
	}
	same(t, "all labels", `id: "bolt" number: "W-9" title: "Loose bolt" category: "Findings" description: "It is loose.\n\nVery." overall: LEVEL_HIGH severity_text: "7.1" state: FINDING_STATE_FIX_CLAIMED
		origin: FINDING_ORIGIN_REVIEW impact_description: "It falls off." suggested_controls: "a nut" suggested_controls: "a pin" investigation_results: "It is so."
		trackers { url: "https://github.com/o/r/issues/4" relation: TRACKER_RELATION_TRACKS }`, pkg.GetFindings()[0])
}

func TestThreatForms(t *testing.T) {
	pkg, _ := importText(t, "t.md", "# Threat model of Wheel\n\n## Theoretical threats\n\n* **Spoofing**\n  * Threat: a false wheel\n  * Mitigations: a mark\n* Denial of service\n  * Threat: dust\n  * Possible mitigation: grease\n* A thing that cannot be named in a few words and therefore has no name of its own at all.\n* Outer\n  * inner\n\n## Elevation of Privilege\n\n### Threat-01-E: Rider becomes driver\n\nIt is easy.\n\n## Use\n\n| Victim | Hub |\n|-|-|\n| | x |\n")
	var have []string
	for _, th := range pkg.GetThreatModels()[0].GetThreats() {
		have = append(have, fmt.Sprintf("%s|%s|%s|%v|%s", th.GetNumber(), th.GetTitle(), th.GetDescription(), len(th.GetStride()), strings.Join(th.GetMitigations(), "/")))
	}
	want := []string{
		"|Spoofing|a false wheel|1|a mark",
		"|Denial of service|dust|1|grease",
		"|A thing that cannot be named in a few words and therefore has no name of its…|A thing that cannot be named in a few words and therefore has no name of its own at all.|0|",
		"|Outer|* inner|0|",
		"Threat-01-E|Rider becomes driver|It is easy.|1|",
	}
	if diff := cmp.Diff(want, have); diff != "" {
		t.Error(diff)
	}
	if len(pkg.GetThreatModels()[0].GetMatrices()) != 0 {
		t.Error("a matrix without rows")
	}
	// A document without a threat gets no model, and its id is free again.
	pkg, _ = importText(t, "a.md", assessmentWith("## Threat Model\n\nNone yet.\n"), "t.md", "# Threat model of Wheel\n\n## Tampering\n\n* Threat: a nail\n")
	if m := pkg.GetThreatModels(); len(m) != 1 || m[0].GetId() != "threat-model" || m[0].GetArtifactId() != "file-t-md" {
		t.Error(m)
	}
}

func TestAdviceForms(t *testing.T) {
	pkg, _ := importText(t, "a.md", "# Wheel\n\n## Action items\n\nAll of these.\n\n- Round it off.\n  - Done.\n  - Trackers: https://github.com/o/r/issues/4\n- Grease it.\n\n  With care.\n\n  - Maintainers: we will add it in https://github.com/o/r/pull/5\n- <!-- nothing -->\n\n### Brakes:\n\n* Test them?\n\n### Spoofing\n\n* Not advice\n")
	want := []string{
		`id: "rec-round-it-off" text: "Round it off." audience: AUDIENCE_PROJECT kind: RECOMMENDATION_KIND_ACTION disposition: DISPOSITION_DONE trackers { url: "https://github.com/o/r/issues/4" relation: TRACKER_RELATION_TRACKS }`,
		`id: "rec-grease-it-with-care" text: "Grease it.\n\nWith care." audience: AUDIENCE_PROJECT kind: RECOMMENDATION_KIND_ACTION disposition: DISPOSITION_ACCEPTED disposition_text: "Maintainers: we will add it in https://github.com/o/r/pull/5" trackers { url: "https://github.com/o/r/pull/5" relation: TRACKER_RELATION_TRACKS }`,
		`id: "rec-test-them" text: "Test them?" audience: AUDIENCE_PROJECT kind: RECOMMENDATION_KIND_QUESTION category: "Brakes"`,
	}
	if len(pkg.GetRecommendations()) != len(want) {
		t.Fatal(pkg.GetRecommendations())
	}
	for i, rec := range pkg.GetRecommendations() {
		same(t, "advice", want[i], rec)
	}
}

func TestSummaryForms(t *testing.T) {
	pkg, _ := importText(t, "README.md", "# Wheel\n\nCompleted: *dd MMM yyyy*\nSecurity reviewers: TBD\nObservers: Ann Lee\nVersion: 2.0\nSource code: none\nWeb site: none\n\n## Background\n\nN/A\n\n## Maturity\n\nRolls.\n\n## Summary\n\nRound.\n\n## Recommendations\n\n### CNCF recommendations\n\nNone.\n\n### Project recommendations\n\n* One\n\n**Tracking issue**: none\n\nTracking: https://github.com/o/r/issues/2 and https://github.com/orgs/o/projects/3\n")
	same(t, "summary", `version_reviewed: "2.0" background { text: "N/A" presence: PRESENCE_NOT_APPLICABLE } maturity { text: "Rolls." } text { text: "Round." }
		tracking_issue { url: "https://github.com/o/r/issues/2" relation: TRACKER_RELATION_TRACKS } tracking_board { url: "https://github.com/orgs/o/projects/3" relation: TRACKER_RELATION_TRACKS }`, pkg.GetSummary())
	if p := pkg.GetPeople(); len(p) != 1 || p[0].GetRoles()[0].GetKind() != reviewpkgv1.RoleKind_ROLE_KIND_OBSERVER {
		t.Error(p)
	}
}
