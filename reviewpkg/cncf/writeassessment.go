package cncf

import (
	"strconv"
	"strings"

	"google.golang.org/protobuf/proto"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// selfAssessment returns the self-assessment.
func (w *writer) selfAssessment() string {
	a := w.p.GetSelfAssessment()
	w.heading(1, "Self-assessment of "+inline(w.name))
	w.notices()
	if a := w.p.GetAuthorship(); a.GetOrigin() != 0 {
		origin := originWords()[min(int(a.GetOrigin()), len(originWords())-1)]
		if a.HasProgramme() {
			origin += ": " + linkText(a.GetProgramme())
		}
		w.line("Origin: " + origin)
	}
	if m := int(w.p.GetAuthorship().GetMaintainerReview()); m > 0 && m < len(reviewWords()) {
		w.line("Maintainer review: " + reviewWords()[m])
	}
	w.people("Authors", reviewpkgv1.RoleKind_ROLE_KIND_AUTHOR)
	w.people("Contributors", reviewpkgv1.RoleKind_ROLE_KIND_CONTRIBUTOR)
	w.people("Maintainers", reviewpkgv1.RoleKind_ROLE_KIND_MAINTAINER)
	w.heading(2, "Self-assessment outline")
	w.metadata(3, a)
	o := a.GetOverview()
	w.part(3, "Overview", o.GetSummary())
	w.part(4, "Background", o.GetBackground())
	w.actors(o)
	w.actions(o)
	w.goals(4, "Goals", "goal", o.GetGoalsNote(), o.GetGoals())
	w.goals(4, "Non-goals", "non-goal", o.GetNonGoalsNote(), o.GetNonGoals())
	w.part(3, "Self-assessment use", a.GetUse())
	w.functions(3, "Security functions and features", a.GetFunctions())
	w.compliance(3, "Project compliance", a.GetCompliance())
	w.development(3, a.GetDevelopment())
	w.resolution(3, a.GetIssueResolution(), false)
	w.appendix(3, a.GetAppendix(), true)
	if !emptyJointParts(a) {
		w.jointParts(3, a)
	}
	return w.b.String()
}

// emptyJointParts reports whether an assessment has none of the parts that the
// template has in the joint assessment only.
func emptyJointParts(a *reviewpkgv1.Assessment) bool {
	return !a.HasIntendedUse() && !a.HasDesign() && !a.HasConfiguration() && !a.HasSecurityAnalysis() && !a.HasRoadmap() && !a.HasHandsOn()
}

// metadata writes the quick-reference table and the security links.
func (w *writer) metadata(level int, a *reviewpkgv1.Assessment) {
	m := a.GetMetadata()
	w.heading(level, "Metadata")
	rows := []string{"|||", "| -- | -- |"}
	add := func(key, value string) {
		if value != "" {
			rows = append(rows, "| "+key+" | "+cell(value)+" |")
		}
	}
	add("Assessment Stage", map[reviewpkgv1.AssessmentStage]string{
		reviewpkgv1.AssessmentStage_ASSESSMENT_STAGE_INCOMPLETE: "Incomplete", reviewpkgv1.AssessmentStage_ASSESSMENT_STAGE_COMPLETE: "Complete",
		reviewpkgv1.AssessmentStage_ASSESSMENT_STAGE_OBSOLETE: "Obsolete", reviewpkgv1.AssessmentStage_ASSESSMENT_STAGE_DRAFT: "Draft",
		reviewpkgv1.AssessmentStage_ASSESSMENT_STAGE_IN_PROGRESS: "In progress",
	}[m.GetStage()])
	add("Software", strings.Join(linkTexts(m.GetSoftware()), "\n"))
	add("Security Provider", providerText(m))
	add("Languages", languageText(m.GetLanguages()))
	add("SBOM", sbomText(m.GetSbom()))
	add("Website", m.GetWebsite())
	add("Compatibility", m.GetCompatibility())
	add("Cosign pub-key", m.GetSigningKeyUrl())
	add("Security Insights", m.GetSecurityInsightsUrl())
	add("Assessment Version", inline(m.GetAssessmentVersion()))
	add("Project Version", inline(m.GetProjectVersion()))
	if d := m.GetDate(); d.GetRaw() != "" {
		add("Date", d.GetRaw())
	} else {
		add("Date", d.GetValue())
	}
	for _, r := range m.GetOtherRows() {
		add(inline(r.GetKey()), r.GetValue())
	}
	w.line(rows...)
	w.heading(level+1, "Security links")
	if len(a.GetSecurityLinks()) == 0 {
		w.line(notStated)
		return
	}
	rows = []string{"| Doc | url |", "| -- | -- |"}
	for _, l := range a.GetSecurityLinks() {
		value := l.GetNote()
		if value == "" {
			value = "<" + strings.Join(l.GetUrls(), ">\n<") + ">"
		}
		rows = append(rows, "| "+inline(l.GetTitle())+" | "+cell(value)+" |")
	}
	w.line(rows...)
}

func providerText(m *reviewpkgv1.AssessmentMetadata) string {
	word := map[reviewpkgv1.Answer]string{reviewpkgv1.Answer_ANSWER_YES: "Yes", reviewpkgv1.Answer_ANSWER_NO: "No"}[m.GetSecurityProvider()]
	if word == "" || m.GetSecurityProviderReason() == "" {
		return word + m.GetSecurityProviderReason()
	}
	return word + ". " + m.GetSecurityProviderReason()
}

func languageText(list []*reviewpkgv1.Language) string {
	var out []string
	for _, l := range list {
		text := inline(l.GetName())
		if l.HasSharePermille() {
			text += " " + strconv.FormatFloat(float64(l.GetSharePermille())/10, 'f', -1, 64) + "%"
		}
		if l.GetNote() != "" {
			text += " (" + inline(l.GetNote()) + ")"
		}
		out = append(out, text)
	}
	return strings.Join(out, ", ")
}

func sbomText(s *reviewpkgv1.Sbom) string {
	if s == nil {
		return ""
	}
	text := s.GetNote()
	for _, l := range s.GetLinks() {
		if !strings.Contains(text, l.GetUrl()) {
			text += "\n" + linkText(l)
		}
	}
	return strings.TrimSpace(sbomWords()[s.GetAvailability()] + ". " + text)
}

func (w *writer) actors(o *reviewpkgv1.Overview) {
	w.heading(4, "Actors")
	var list []string
	for _, a := range o.GetActors() {
		nested := append(append(w.labelled("Role", a.GetRole()), w.labelled("Isolation", a.GetIsolation())...), w.labelled("Trust", a.GetTrust())...)
		list = append(list, w.listItem(w.named(a.GetName(), a.GetDescription()), "actor", a.GetName(), a.GetId(), nested...))
	}
	w.items(o.GetActorsNote(), list, false)
}

func (w *writer) actions(o *reviewpkgv1.Overview) {
	w.heading(4, "Actions")
	names := map[string]string{}
	for _, a := range append(w.p.GetSelfAssessment().GetOverview().GetActors(), o.GetActors()...) {
		names[a.GetId()] = a.GetName()
	}
	var list []string
	for _, a := range o.GetActions() {
		var nested []string
		if len(a.GetActorIds()) > 0 {
			item := "* Actors:"
			for _, id := range a.GetActorIds() {
				item += "\n  * " + inline(names[id])
			}
			nested = append(nested, item)
		}
		if len(a.GetSteps()) > 0 {
			item := "* Steps:"
			for _, step := range a.GetSteps() {
				item += "\n  * " + strings.TrimPrefix(indented(indented(w.prose(step, true))), "    ")
			}
			nested = append(nested, item)
		}
		for _, f := range []struct{ label, text string }{
			{"Security checks", a.GetSecurityChecks()}, {"Use of sensitive data", a.GetSensitiveData()}, {"Actor interactions", a.GetInteractions()},
			{"Input", a.GetInput()}, {"Output", a.GetOutput()}, {"Phase", a.GetPhase()},
		} {
			nested = append(nested, w.labelled(f.label, f.text)...)
		}
		list = append(list, w.listItem(w.named(a.GetName(), a.GetDescription()), "action", a.GetName(), a.GetId(), nested...))
	}
	w.items(o.GetActionsNote(), list, false)
}

// goals writes goals in groups: those of no kind, general ones, those of
// security.
func (w *writer) goals(level int, title, kind string, note *reviewpkgv1.Narrative, goals []*reviewpkgv1.Goal) {
	w.heading(level, title)
	groups := map[reviewpkgv1.GoalKind][]string{}
	for _, g := range goals {
		text := w.prose(g.GetText(), true)
		e := goalEntry(g.GetText())
		groups[g.GetKind()] = append(groups[g.GetKind()], w.listItem(text, kind, goalName(&e), g.GetId()))
	}
	var list []string
	for k, label := range []string{"", "General goals", "Security goals"} {
		items := groups[reviewpkgv1.GoalKind(k)] //nolint:gosec // 0 to 2
		if len(items) > 0 && label != "" {
			if kind != "goal" {
				label = strings.Replace(label, "goals", "non-goals", 1)
			}
			list = append(list, "**"+label+"**")
		}
		list = append(list, items...)
	}
	w.items(note, list, true)
}

// goalEntry returns the entry that a goal is read as, for its name.
func goalEntry(text string) entry {
	return (&outline{}).textEntry(text, &block{})
}

func (w *writer) functions(level int, title string, f *reviewpkgv1.SecurityFunctions) {
	w.heading(level, title)
	if f.HasText() {
		w.line(w.answer(f.GetText()))
	}
	w.bullet("Critical.", nil, w.components("critical", f.GetCriticalNote(), f.GetCritical())...)
	w.bullet("Security Relevant.", nil, w.components("relevant", f.GetRelevantNote(), f.GetRelevant())...)
}

func (w *writer) components(kind string, note *reviewpkgv1.Narrative, list []*reviewpkgv1.SecurityFunction) []string {
	var items []string
	for _, c := range list {
		items = append(items, w.listItem(w.named(c.GetName(), c.GetDescription()), kind, c.GetName(), c.GetId(), w.labelled("Importance", c.GetImportance())...))
	}
	return w.itemParts(note, items, false)
}

func (w *writer) compliance(level int, title string, c *reviewpkgv1.Compliance) {
	w.heading(level, title)
	var list []string
	for _, claim := range c.GetClaims() {
		word := relationWords()[min(int(claim.GetRelation()), len(relationWords())-1)]
		nested := append(w.labelled("Scope", claim.GetScope()), w.labelled("Validated by", claim.GetValidatedBy())...)
		nested = append(nested, w.labelled("Evidence", strings.Join(linkTexts(claim.GetEvidence()), " "))...)
		list = append(list, w.listItem("**"+inline(claim.GetStandard())+"**: "+word, "claim", claim.GetStandard(), claim.GetId(), nested...))
	}
	text := w.answer(c.GetText())
	if c.HasText() || len(list) == 0 {
		w.line(text)
	}
	if len(list) > 0 {
		w.line(strings.Join(list, "\n\n"))
	}
	if len(c.GetAudits()) > 0 {
		w.heading(level+1, "Existing Audits")
		var audits []string
		for _, a := range c.GetAudits() {
			audits = append(audits, "* ["+inline(a.GetAuditor())+"]("+a.GetReport().GetUrl()+")")
		}
		w.line(strings.Join(audits, "\n"))
	}
}

func (w *writer) development(level int, d *reviewpkgv1.DevelopmentPractices) {
	w.heading(level, "Secure development practices")
	if d.HasText() {
		w.line(w.answer(d.GetText()))
	}
	w.bullet("Development Pipeline.", d.GetPipeline().GetText(), practiceTable(d.GetPipeline())...)
	w.channels(d)
	w.bullet("Ecosystem.", d.GetEcosystem())
}

// practiceTable returns the table of what is known about a pipeline.
func practiceTable(p *reviewpkgv1.DevelopmentPipeline) []string {
	if p == nil {
		return nil
	}
	rows := []string{"| Practice | Answer |", "| -- | -- |"}
	add := func(name, value string) {
		if value != "" {
			rows = append(rows, "| "+name+" | "+cell(value)+" |")
		}
	}
	for _, q := range practices() {
		add(q.name, map[reviewpkgv1.Answer]string{reviewpkgv1.Answer_ANSWER_YES: "Yes", reviewpkgv1.Answer_ANSWER_NO: "No", reviewpkgv1.Answer_ANSWER_UNKNOWN: "Unknown"}[q.get(p)])
	}
	if p.HasRequiredReviewers() {
		add("Required reviewers", itoa(int(p.GetRequiredReviewers())))
	}
	if p.HasSlsaBuildLevel() {
		add("SLSA build level", itoa(int(p.GetSlsaBuildLevel())))
	}
	var tools []string
	for _, t := range p.GetTools() {
		tools = append(tools, inline(t))
	}
	add("Tools", strings.Join(tools, ", "))
	add("Release process", p.GetReleaseProcess())
	return []string{strings.Join(rows, "\n")}
}

func (w *writer) channels(d *reviewpkgv1.DevelopmentPractices) {
	var nested []string
	for direction, label := range []string{"", "Internal", "Inbound", "Outbound", "Inbound and Outbound"} {
		item := ""
		for _, c := range d.GetChannels() {
			if int(c.GetDirection()) != direction {
				continue
			}
			text := w.prose(c.GetNote(), true)
			if derived := channel(c.GetNote()); derived.GetKind() != c.GetKind() || derived.GetAddress() != c.GetAddress() || c.GetPrivate() || c.GetNote() == "" {
				text = w.statedChannel(c)
			}
			item += "\n  * " + strings.TrimPrefix(indented(indented(text)), "    ")
		}
		if item != "" && label != "" {
			nested = append(nested, "* "+label+"."+item)
		}
	}
	w.bullet("Communication Channels.", d.GetChannelsNote(), nested...)
}

// statedChannel returns a channel with labelled lines.
func (w *writer) statedChannel(c *reviewpkgv1.Channel) string {
	parts := []string{channelWord}
	if c.GetNote() != "" {
		parts[0] = w.prose(c.GetNote(), true)
	}
	address := c.GetAddress()
	if strings.Contains(address, "://") {
		address = "<" + address + ">"
	}
	parts = append(append(parts, w.labelled("Kind", c.GetKind())...), w.labelled("Address", address)...)
	if c.GetPrivate() {
		parts = append(parts, "* Private: Yes")
	}
	return strings.Join(parts, "\n")
}

// disclosure returns what is stated about disclosure, if the words do not tell
// it.
func (w *writer) disclosure(d *reviewpkgv1.Disclosure) []string {
	derived := reviewpkgv1.Disclosure_builder{Text: d.GetText()}.Build()
	disclosureFacts(derived, d.GetText().GetText())
	if d == nil || proto.Equal(derived, d) {
		return nil
	}
	var out []string
	if d.GetPolicyUrl() != "" {
		out = append(out, "* Policy: <"+d.GetPolicyUrl()+">")
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

// response returns the response to vulnerabilities.
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

func (w *writer) resolution(level int, r *reviewpkgv1.IssueResolution, closed bool) {
	w.heading(level, "Security issue resolution")
	if r.HasText() {
		w.line(w.answer(r.GetText()))
	}
	var nested []string
	if r.HasVulnerabilityResponse() {
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
		nested = append(nested, "* Playbook: "+i.GetPlaybookUrl())
	}
	w.bullet("Incident Response.", i.GetText(), nested...)
	if closed || r.HasClosedIssuesNote() || len(r.GetClosedIssues()) > 0 {
		w.heading(level+1, "Closed security issues and vulnerabilities")
		w.items(r.GetClosedIssuesNote(), w.issues("closed", r.GetClosedIssues()), false)
	}
}

// issues returns known issues as items.
func (w *writer) issues(kind string, list []*reviewpkgv1.KnownIssue) []string {
	var out []string
	for _, k := range list {
		text := w.prose(k.GetDescription(), true)
		name := shorten(plainText(beginning(k.GetDescription())), maxName)
		if k.GetTitle() != "" {
			text, name = w.named(k.GetTitle(), k.GetDescription()), k.GetTitle()
		}
		if ids := k.GetVulnerabilityIds(); len(ids) > 0 {
			name = ids[0]
		}
		severity := k.GetSeverityText()
		if severity == "" {
			severity = levelWord(k.GetSeverity())
		}
		var nested []string
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

func dateText(d *reviewpkgv1.Date) string {
	if d.GetRaw() != "" {
		return d.GetRaw()
	}
	return d.GetValue()
}

func levelWord(l reviewpkgv1.Level) string {
	return []string{"", "Very low", "Low", "Medium", "High", "Critical"}[max(0, min(int(l), 5))]
}

func (w *writer) appendix(level int, a *reviewpkgv1.Appendix, practices bool) {
	w.heading(level, "Appendix")
	if a.HasText() {
		w.line(w.answer(a.GetText()))
	}
	w.bullet("Known Issues Over Time.", nil, w.itemParts(a.GetKnownIssuesNote(), w.issues("issue", a.GetKnownIssues()), false)...)
	var badges []string
	for _, b := range a.GetBadges() {
		state := inline(b.GetLevel())
		if b.GetScore() != "" {
			state += "; " + inline(b.GetScore())
		}
		item := "* [" + inline(b.GetProgramme()) + "](" + b.GetUrl() + ")"
		if state != "" {
			item += ": " + state
		}
		badges = append(badges, item)
	}
	if practices || len(badges) > 0 || a.HasBestPracticesNote() {
		var nested []string
		if len(badges) > 0 {
			nested = append(nested, strings.Join(badges, "\n"))
		}
		w.bullet("Open SSF Best Practices.", a.GetBestPracticesNote(), nested...)
	}
	var list []string
	for _, c := range a.GetCaseStudies() {
		text := w.prose(c.GetScenario(), true)
		if c.GetAdopter() != "" {
			text = w.named(c.GetAdopter(), c.GetScenario())
		}
		list = append(list, w.listItem(text, "", "", ""))
	}
	w.bullet("Case Studies.", nil, w.itemParts(a.GetCaseStudiesNote(), list, true)...)
	if len(a.GetReferences()) > 0 {
		var refs []string
		for _, l := range a.GetReferences() {
			refs = append(refs, "* "+linkText(l))
		}
		w.bullet("References.", nil, strings.Join(refs, "\n"))
	}
	list = nil
	for _, r := range a.GetRelatedProjects() {
		text := w.named(r.GetName(), r.GetComparison())
		if r.GetUrl() != "" && !strings.Contains(r.GetComparison(), r.GetUrl()) {
			rest := strings.TrimPrefix(text, "**"+inline(r.GetName())+"**")
			text = "[" + inline(r.GetName()) + "](" + r.GetUrl() + ")" + rest
		}
		list = append(list, w.listItem(text, "", "", ""))
	}
	w.bullet("Related Projects / Vendors.", nil, w.itemParts(a.GetRelatedProjectsNote(), list, false)...)
}
