package cncf

import (
	"strings"

	"github.com/reviewpkg/sdk/internal/intake"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// readResolution reads how security issues are dealt with. The template nests
// the response to vulnerabilities below disclosure, and eight of ten authors
// with a heading for it put it beside; two have one heading for disclosure and
// incidents.
func (r *reader) readResolution() {
	i := &reviewpkgv1.IssueResolution{}
	i.SetText(r.narrative(resolution, r.at("issue_resolution.text")))
	// How reports come in, and what happens then.
	if n := r.unclaimed(disclosure); n != nil {
		i.SetDisclosure(r.disclosure(r.found[disclosure], n))
	}
	if n := r.unclaimed(response); n != nil {
		i.SetVulnerabilityResponse(r.response(r.found[response], n))
	}
	// One heading for both is one text, and must not be there twice.
	if s := r.found[incidentResponse]; s != nil && !s.has(disclosure) {
		if n := r.unclaimed(incidentResponse); n != nil {
			i.SetIncidentResponse(r.incident(s, n))
		}
	}
	if s := r.found[closedIssues]; s != nil {
		list, note := r.issues(s, "issue_resolution.closed_issues", "closed")
		// The heading says that they are closed.
		for _, issue := range list {
			issue.SetStatus(reviewpkgv1.KnownIssueStatus_KNOWN_ISSUE_STATUS_FIXED)
		}
		i.SetClosedIssues(list)
		i.SetClosedIssuesNote(r.note(closedIssues, s, note, len(list), r.at("issue_resolution.closed_issues_note")))
	}
	// A team that responds may have a heading of its own.
	if s := r.found[resolution]; s != nil {
		for _, sub := range r.plainSubs(s) {
			if strings.HasSuffix(sub.key(), "team") {
				r.responders(sub)
			}
		}
	}
	if !intake.IsEmpty(i) {
		r.a.SetIssueResolution(i)
	}
}

// unclaimed returns the answer of a part as narrative does, without saying what
// it is the source of: labelled lines leave it, and nothing may be left.
func (r *reader) unclaimed(p part) *reviewpkgv1.Narrative {
	s := r.found[p]
	if s == nil {
		return nil
	}
	return r.answer(p, s, r.fullText(s))
}

// incident reads the phases that a section on incidents has under labels. The
// template names four phases. Those that authors give a label are fields; most
// documents tell all of them in one paragraph, which stays whole.
func (r *reader) incident(s *section, n *reviewpkgv1.Narrative) *reviewpkgv1.IncidentResponse {
	i := reviewpkgv1.IncidentResponse_builder{Text: n}.Build()
	e := r.subEntry(s)
	e.text = n.GetText()
	var used []*field
	for _, phase := range []struct {
		name string
		set  func(*reviewpkgv1.Narrative)
		path string
	}{
		{"triage", i.SetTriage, "triage"}, {"confirm", i.SetConfirmation, "confirmation"},
		{"notif", i.SetNotification, "notification"}, {"patch", i.SetPatching, "patching"},
	} {
		if f := e.field(phase.name); f != nil && f.value != "" {
			phase.set(intake.Narrative(f.value, 0))
			used = append(used, f)
			r.Claim(r.at("issue_resolution.incident_response."+phase.path), f.start, f.end, reviewpkgv1.Derivation_DERIVATION_BOLD_LEAD, "")
		}
	}
	if u := e.value("playbook"); intake.URI(u) != "" {
		i.SetPlaybookUrl(intake.URI(u))
		f := e.field("playbook")
		used = append(used, f)
		r.Claim(r.at("issue_resolution.incident_response.playbook_url"), f.start, f.end, reviewpkgv1.Derivation_DERIVATION_BOLD_LEAD, "")
	}
	i.SetText(rest(n, &e, used))
	if i.HasText() {
		r.claimSection(s, r.at("issue_resolution.incident_response.text"))
	}
	return i
}

// rest returns an answer without the labelled lines that have fields of their
// own, or nil if nothing is left.
func rest(n *reviewpkgv1.Narrative, e *entry, used []*field) *reviewpkgv1.Narrative {
	if len(used) == 0 {
		return n
	}
	e.text = n.GetText()
	text := e.without(used...)
	if text == "" {
		return nil
	}
	state := reviewpkgv1.Presence_PRESENCE_UNSPECIFIED
	if oneOf(text, "Not applicable.", "None.", "Unknown.") { // as writer.answer has them
		state = presenceOf(text)
	}
	return intake.Narrative(text, state)
}
