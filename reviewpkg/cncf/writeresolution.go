package cncf

import (
	"strings"

	"google.golang.org/protobuf/proto"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// disclosure returns what is stated about disclosure, if the words do not tell
// it. The reader concludes nothing where anything is stated, so that it is all
// or none.
func (w *writer) disclosure(d *reviewpkgv1.Disclosure) []string {
	derived := reviewpkgv1.Disclosure_builder{Text: d.GetText()}.Build()
	disclosureFacts(derived, d.GetText().GetText())
	// The words tell all of it.
	if d == nil || proto.Equal(derived, d) {
		return nil
	}
	var out []string
	if d.GetPolicyUrl() != "" {
		out = append(out, "* Policy: <"+target(d.GetPolicyUrl())+">")
	}
	out = append(out, w.labelled("Contacts", strings.Join(d.GetContacts(), ", "))...)
	out = append(out, w.labelled("Private reporting", map[reviewpkgv1.Answer]string{1: "Yes", 2: "No", 3: "Unknown"}[d.GetPrivateReporting()])...)
	if d.HasEmbargoDays() {
		out = append(out, "* Embargo in days: "+itoa(int(d.GetEmbargoDays())))
	}
	if d.HasAcknowledgeHours() {
		out = append(out, "* Acknowledgement in hours: "+itoa(int(d.GetAcknowledgeHours())))
	}
	return append(append(out, w.labelled("Distributors", d.GetDistributors())...), w.labelled("CVE policy", d.GetCvePolicy())...)
}

// response returns the response to vulnerabilities. Days that the words name
// again are left to them.
func (w *writer) response(v *reviewpkgv1.VulnerabilityResponse) string {
	var out []string
	if text := w.answer(v.GetText()); v.HasText() && text != notStated {
		out = append(out, text)
	}
	out = append(out, w.labelled("Team", v.GetTeam())...)
	if days, ok := period(v.GetText().GetText(), "fix", "patch", "resolv"); v.HasFixDays() && (!ok || (days+23)/24 != v.GetFixDays()) {
		out = append(out, "* Fix in days: "+itoa(int(v.GetFixDays())))
	}
	if len(out) == 0 {
		out = []string{notStated}
	}
	return strings.Join(out, "\n\n")
}

// resolution writes how reports are dealt with. Closed issues have a heading in
// the joint template only.
func (w *writer) resolution(level int, r *reviewpkgv1.IssueResolution, closed bool) {
	w.heading(level, "Security issue resolution")
	if r.HasText() {
		w.line(w.answer(r.GetText()))
	}
	var nested []string
	if r.HasVulnerabilityResponse() {
		if !r.HasDisclosure() {
			nested = append(nested, notStated) // or the part would count as empty
		}
		nested = append(nested, "* Vulnerability Response Process.\n\n"+indented(w.response(r.GetVulnerabilityResponse())))
	}
	nested = append(w.disclosure(r.GetDisclosure()), nested...)
	w.bullet("Responsible Disclosures Process.", r.GetDisclosure().GetText(), nested...)
	i := r.GetIncidentResponse()
	nested = nil
	for _, phase := range []struct {
		label string
		n     *reviewpkgv1.Narrative
	}{{"Triage", i.GetTriage()}, {"Confirmation", i.GetConfirmation()}, {"Notification", i.GetNotification()}, {"Patching", i.GetPatching()}} {
		nested = append(nested, w.labelled(phase.label, phase.n.GetText())...)
	}
	if i.GetPlaybookUrl() != "" {
		nested = append(nested, "* Playbook: "+target(i.GetPlaybookUrl()))
	}
	w.bullet("Incident Response.", i.GetText(), nested...)
	if closed || r.HasClosedIssuesNote() || len(r.GetClosedIssues()) > 0 {
		w.heading(level+1, "Closed security issues and vulnerabilities")
		w.items(r.GetClosedIssuesNote(), w.issues("closed", r.GetClosedIssues()), false)
	}
}

// issues returns known issues as items. Ids stand in the text or the title
// where authors have them; severity and dates get labels.
func (w *writer) issues(kind string, list []*reviewpkgv1.KnownIssue) []string {
	var out []string
	for _, k := range list {
		text := w.prose(k.GetDescription(), true)
		name := nameOf(k.GetDescription(), maxName)
		if k.GetTitle() != "" {
			text, name = w.named(k.GetTitle(), k.GetDescription()), k.GetTitle()
		}
		// The reader makes the id of the first of them.
		if ids := k.GetVulnerabilityIds(); len(ids) > 0 {
			name = ids[0]
		}
		// An issue is one because its text names it.
		var ids []string
		for _, id := range k.GetVulnerabilityIds() {
			if !oneOf(id, vulnerabilityIDs(k.GetTitle()+" "+k.GetDescription())...) {
				ids = append(ids, id)
			}
		}
		severity := k.GetSeverityText()
		if severity == "" {
			severity = levelWord(k.GetSeverity())
		}
		nested := w.labelled("Vulnerability ids", strings.Join(ids, ", "))
		for _, f := range []struct{ label, text string }{
			{"Severity", severity}, {"Published", dateText(k.GetPublished())}, {"Affected versions", k.GetAffectedVersions()}, {"Fixed versions", k.GetFixedVersions()},
			{"Impact", k.GetImpact()}, {"State", map[reviewpkgv1.KnownIssueStatus]string{1: "Open", 2: "Fixed", 3: "Won't fix"}[k.GetStatus()]},
		} {
			nested = append(nested, w.labelled(f.label, f.text)...)
		}
		out = append(out, w.listItem(text, kind, name, k.GetId(), nested...))
	}
	return out
}
