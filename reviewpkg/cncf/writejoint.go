package cncf

import (
	"strconv"
	"strings"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// jointAssessment returns the joint assessment, with the findings and threat
// models of the package.
func (w *writer) jointAssessment() string {
	a := w.p.GetJointReview()
	w.heading(1, "Joint-assessment of "+inline(w.name))
	w.notices()
	w.metadata(2, a)
	o := a.GetOverview()
	w.part(2, "Overview", o.GetSummary())
	w.part(3, "Background", o.GetBackground())
	if len(o.GetActors()) > 0 || o.HasActorsNote() {
		w.actors(o)
	}
	if len(o.GetActions()) > 0 || o.HasActionsNote() {
		w.actions(o)
	}
	w.goals(3, "Goals", "goal", o.GetGoalsNote(), o.GetGoals())
	w.goals(3, "Non-goals", "non-goal", o.GetNonGoalsNote(), o.GetNonGoals())
	w.part(2, "Joint-assessment use", a.GetUse())
	w.functions(2, "Functions and features", a.GetFunctions())
	w.compliance(2, "Project Compliance", a.GetCompliance())
	w.jointParts(2, a)
	w.threatModels(2)
	w.development(2, a.GetDevelopment())
	w.hygiene(3, a.GetHygiene())
	w.resolution(2, a.GetIssueResolution(), true)
	w.appendix(2, a.GetAppendix(), false)
	return w.b.String()
}

// jointParts writes the parts that the joint assessment has.
func (w *writer) jointParts(level int, a *reviewpkgv1.Assessment) {
	u := a.GetIntendedUse()
	w.heading(level, "Intended Use")
	if u.HasText() {
		w.line(w.answer(u.GetText()))
	}
	var list []string
	for _, p := range u.GetTargetUsers() {
		text := w.prose(p.GetUseCase(), true)
		if p.GetProjectTerm() != "" {
			text = w.named(p.GetProjectTerm(), p.GetUseCase())
		}
		list = append(list, w.listItem(text, "", "", "", w.labelled("Persona", p.GetPersona())...))
	}
	w.bullet("Target Users and Use Cases.", nil, w.itemParts(u.GetTargetUsersNote(), list, false)...)
	w.bullet("Operation.", u.GetOperation())
	w.heading(level, "Project Design")
	w.bullet("Design.", a.GetDesign().GetDesign())
	w.bullet("Data flow diagram/Architecture diagram", a.GetDesign().GetDiagrams())
	c := a.GetConfiguration()
	w.heading(level, "Configuration and Set-Up")
	if c.HasText() {
		w.line(w.answer(c.GetText()))
	}
	w.bullet("Default.", c.GetDefault())
	w.bullet("Secure.", c.GetSecure())
	w.bullet("Advanced Secure.", c.GetAdvancedSecure())
	s := a.GetSecurityAnalysis()
	w.heading(level, "Security Analysis")
	if s.HasText() {
		w.line(w.answer(s.GetText()))
	}
	for _, f := range []struct {
		title string
		n     *reviewpkgv1.Narrative
	}{
		{"Attacker Motivations", s.GetAttackerMotivations()}, {"Predisposing Conditions", s.GetPredisposingConditions()},
		{"Expected Attacker Capabilities", s.GetAttackerCapabilities()}, {"Attack Risks and Effects", s.GetAttackRisksAndEffects()},
		{"Security Degradation", s.GetSecurityDegradation()}, {"Compensating Mechanisms", s.GetCompensatingMechanisms()},
	} {
		w.part(level+1, f.title, f.n)
	}
	if s.HasFailureModes() {
		w.part(level+1, "Failure Modes", s.GetFailureModes())
	}
	if s.HasSecurityImpact() {
		w.part(level+1, "Security Impact", s.GetSecurityImpact())
	}
	if s.HasThreatModelNote() {
		w.part(level, "Threat Model", s.GetThreatModelNote())
	}
	w.handsOn(level, a.GetHandsOn())
	r := a.GetRoadmap()
	w.heading(level, "Roadmap")
	if r.HasText() {
		w.line(w.answer(r.GetText()))
	}
	w.bullet("Project Next Steps.", nil, w.itemParts(r.GetNextStepsNote(), w.roadmapItems("step", r.GetNextSteps()), false)...)
	w.bullet("CNCF Requests.", nil, w.itemParts(r.GetFoundationRequestsNote(), w.roadmapItems("request", r.GetFoundationRequests()), false)...)
}

func (w *writer) roadmapItems(kind string, list []*reviewpkgv1.RoadmapItem) []string {
	var out []string
	for _, i := range list {
		e := goalEntry(i.GetText())
		out = append(out, w.listItem(w.prose(i.GetText(), true), kind, goalName(&e), i.GetId(), missingTrackers(i.GetTrackers(), i.GetText())...))
	}
	return out
}

func (w *writer) handsOn(level int, h *reviewpkgv1.HandsOnAssessment) {
	w.heading(level, "Hands-on assessment")
	switch h.GetPerformed() {
	case reviewpkgv1.Answer_ANSWER_YES:
		w.line("**" + inline(w.name) + " did receive a hands-on assessment from TAG-Security.**")
	case reviewpkgv1.Answer_ANSWER_NO:
		w.line("**" + inline(w.name) + " did not receive a hands-on assessment from TAG-Security.**")
	default:
		w.line(notStated)
	}
	if h.HasResult() {
		w.part(level+1, "Hands-on assessment result", h.GetResult())
	}
}

// threatModels writes the threat models and the findings of the package.
func (w *writer) threatModels(level int) {
	if len(w.p.GetThreatModels())+len(w.p.GetFindings()) == 0 {
		return
	}
	if !w.p.GetJointReview().GetSecurityAnalysis().HasThreatModelNote() {
		w.heading(level, "Threat Model")
	}
	if m := w.p.GetThreatModels(); len(m) == 1 && m[0].GetId() != w.prefix+"threat-model" {
		w.line("<!-- id: " + m[0].GetId() + " -->")
	}
	for _, m := range w.p.GetThreatModels() {
		for _, x := range m.GetMatrices() {
			w.matrix(level+1, x)
		}
		for _, t := range m.GetThreats() {
			w.threat(level+1, t)
		}
		w.threatTables(m)
	}
	category := ""
	for i, f := range w.p.GetFindings() {
		if c := oneLine(f.GetCategory()); c != category && c != "" {
			category = c
			w.heading(level+1, inline(category))
		}
		w.finding(f)
		if f.GetId() != w.ids.ID("finding", itoa(i+1)) {
			w.line("<!-- id: " + f.GetId() + " -->")
		}
	}
}

// hygiene writes practices and their state, a table for each topic.
func (w *writer) hygiene(level int, list []*reviewpkgv1.HygieneItem) {
	for i := 0; i < len(list); {
		topic := list[i].GetTopic()
		w.heading(level, inline(topic))
		rows := []string{"| Aspect | Status |", "| -- | -- |"}
		for ; i < len(list) && list[i].GetTopic() == topic; i++ {
			rows = append(rows, tableRow([]string{inline(list[i].GetAspect()), cell(list[i].GetStatus())}))
		}
		w.line(rows...)
	}
}

func (w *writer) matrix(level int, m *reviewpkgv1.ThreatMatrix) {
	w.heading(level, inline(m.GetTitle()))
	head := []string{"Victim Components"}
	for _, c := range m.GetColumns() {
		head = append(head, inline(c))
	}
	rows := []string{tableRow(head), "|" + strings.Repeat(" -- |", len(head))}
	for _, r := range m.GetRows() {
		cells := []string{inline(r.GetVictim())}
		for _, c := range r.GetCells() {
			cells = append(cells, cell(matrixText(c)))
		}
		rows = append(rows, tableRow(cells))
	}
	w.line(rows...)
}

func tableRow(cells []string) string { return "| " + strings.Join(cells, " | ") + " |" }

func matrixText(c *reviewpkgv1.ThreatMatrixCell) string {
	text := inline(c.GetText())
	switch c.GetStatus() {
	case reviewpkgv1.ThreatCellStatus_THREAT_CELL_STATUS_NOT_APPLICABLE:
		text = "N/A: " + text
	case reviewpkgv1.ThreatCellStatus_THREAT_CELL_STATUS_MITIGATED:
		text = "Mitigated: " + text
	case reviewpkgv1.ThreatCellStatus_THREAT_CELL_STATUS_POSSIBLE:
		text = "NONE: " + text
	case reviewpkgv1.ThreatCellStatus_THREAT_CELL_STATUS_CONDITIONAL:
		text = inline(c.GetCapability()) + ": " + text
	default:
	}
	if c.HasScore() {
		text += " Score: " + strconv.FormatFloat(c.GetScore(), 'f', -1, 64)
	}
	if c.GetNote() != "" {
		text += " NOTE: " + inline(c.GetNote())
	}
	return strings.TrimSpace(text)
}

// threatTables writes the parts of a threat model that are tables.
func (w *writer) threatTables(m *reviewpkgv1.ThreatModel) {
	write := func(head []string, rows [][]string) {
		if len(rows) == 0 {
			return
		}
		lines := []string{tableRow(head), "|" + strings.Repeat(" -- |", len(head))}
		for _, r := range rows {
			lines = append(lines, tableRow(r))
		}
		w.line(lines...)
	}
	var rows [][]string
	for _, a := range m.GetAttackerSets() {
		var members []string
		for _, name := range a.GetMembers() {
			members = append(members, inline(name))
		}
		rows = append(rows, []string{strings.Join(members, " + "), cell(a.GetImpact()), cell(a.GetRecovery())})
	}
	write([]string{"Type of Attack", "Attacker's Level of Access", "Recovery Steps"}, rows)
	rows = nil
	for _, d := range m.GetDataDictionary() {
		rows = append(rows, []string{inline(d.GetName()), inline(d.GetClassification()), cell(d.GetComment())})
	}
	write([]string{"Name", "Classification", "Comments"}, rows)
	rows = nil
	for _, c := range m.GetControlProposals() {
		rows = append(rows, []string{inline(c.GetThreat()), cell(c.GetDescription()), cell(c.GetControls()), cell(strings.Join(linkTexts(c.GetReferences()), " "))})
	}
	write([]string{"Threat", "Description", "Controls", "References"}, rows)
}

func (w *writer) threat(level int, t *reviewpkgv1.Threat) {
	title := inline(t.GetTitle())
	if t.GetNumber() != "" {
		title = inline(t.GetNumber()) + " - " + title
	}
	w.heading(level, title)
	name := t.GetNumber()
	if name == "" {
		name = t.GetTitle()
	}
	if w.ids.ID(w.prefix+"threat", strings.TrimPrefix(strings.ToLower(name), "threat-")) != t.GetId() {
		w.line("<!-- id: " + t.GetId() + " -->")
	}
	var items []string
	items = append(items, w.labelled("Description", t.GetDescription())...)
	items = append(items, w.labelled("Application", t.GetApplication())...)
	for i, c := range t.GetCases() {
		items = append(items, w.labelled("Case "+itoa(i+1), c)...)
	}
	if list := t.GetMitigations(); len(list) > 0 {
		item := "* Mitigations:"
		for _, m := range list {
			item += "\n  * " + strings.TrimPrefix(indented(indented(w.prose(m, true))), "    ")
		}
		items = append(items, item)
	}
	if len(items) > 0 {
		w.line(strings.Join(items, "\n\n"))
	}
}

// finding writes a finding as the table of two columns that joint assessments
// have.
func (w *writer) finding(f *reviewpkgv1.Finding) {
	title := inline(f.GetTitle())
	if f.GetKind() == reviewpkgv1.FindingKind_FINDING_KIND_INFORMATIONAL {
		title = "INFORMATIONAL: " + title
	}
	rows := []string{tableRow([]string{"Summary", title}), "| -- | -- |"}
	add := func(label, value string) {
		if value != "" {
			rows = append(rows, tableRow([]string{label, cell(value)}))
		}
	}
	add("Number", inline(f.GetNumber()))
	add("Discovered in self-assessment?", map[reviewpkgv1.Answer]string{1: "Yes", 2: "No", 3: "Unknown"}[f.GetInSelfAssessment()])
	add("Weakness", f.GetDescription())
	add("Discussion", f.GetDiscussion())
	add("Impact description", f.GetImpactDescription())
	var techniques []string
	for _, t := range f.GetAttackTechniques() {
		techniques = append(techniques, techniqueText(t))
	}
	add("MITRE classification", strings.Join(techniques, "\n"))
	var stride []string
	for _, s := range f.GetStride() {
		stride = append(stride, strings.ToLower(strings.ReplaceAll(strings.TrimPrefix(s.String(), "STRIDE_"), "_", " ")))
	}
	add("STRIDE", strings.Join(stride, ", "))
	var names []string
	for _, n := range f.GetAffectedNames() {
		names = append(names, inline(n))
	}
	add("Actors", strings.Join(names, ", "))
	add("Suggested Mitigation", f.GetRecommendation())
	add("Suggested controls", strings.Join(f.GetSuggestedControls(), "\n"))
	add("Investigation results", f.GetInvestigationResults())
	var open []string
	for _, t := range f.GetTrackers() {
		if !strings.Contains(f.GetRecommendation(), t.GetUrl()) {
			open = append(open, trackerText(t))
		}
	}
	add("Trackers", strings.Join(open, " "))
	add("CWE", strings.Join(f.GetCwes(), ", "))
	add("Impact", levelWord(f.GetImpact()))
	add("Likelihood", levelWord(f.GetLikelihood()))
	add("Overall risk", levelWord(f.GetOverall()))
	add("Severity", inline(f.GetSeverityText()))
	add("References", strings.Join(linkTexts(f.GetReferences()), " "))
	if f.GetState() > reviewpkgv1.FindingState_FINDING_STATE_REPORTED {
		add("State", strings.ToLower(strings.ReplaceAll(strings.TrimPrefix(f.GetState().String(), "FINDING_STATE_"), "_", " ")))
	}
	// A table with two rows is no finding to the reader.
	if len(rows) < 4 {
		rows = append(rows, "| Discussion | |", "| Weakness | |")
	}
	w.line(rows...)
}

func techniqueText(t *reviewpkgv1.AttackTechnique) string {
	names := strings.SplitN(t.GetName(), " -> ", 2)
	var parts []string
	for i, id := range []string{t.GetTactic(), t.GetTechnique()} {
		if id == "" {
			continue
		}
		name := ""
		if k := i - (2 - len(names)); len(names) == 2 {
			name = names[i]
		} else if k >= 0 || t.GetTechnique() == "" {
			name = names[0]
		}
		if name != "" {
			id += ": " + inline(name)
		}
		parts = append(parts, id)
	}
	return strings.Join(parts, " -> ")
}

// summary returns the joint README.
func (w *writer) summary() string {
	s := w.p.GetSummary()
	w.heading(1, inline(w.name)+" TAG-Security Security Assessment")
	w.notices()
	w.keyLine("Completed", dateText(s.GetCompleted()))
	w.keyLine("Security reviewers", w.persons(s.GetReviewerIds()))
	w.keyLine("Project security lead", w.persons(s.GetProjectSecurityLeadIds()))
	w.keyLine("Project team", w.persons(s.GetProjectTeamIds()))
	w.otherPeople(reviewpkgv1.RoleKind_ROLE_KIND_AUTHOR, reviewpkgv1.RoleKind_ROLE_KIND_CONTRIBUTOR, reviewpkgv1.RoleKind_ROLE_KIND_MAINTAINER,
		reviewpkgv1.RoleKind_ROLE_KIND_SECURITY_REVIEWER, reviewpkgv1.RoleKind_ROLE_KIND_PROJECT_SECURITY_LEAD, reviewpkgv1.RoleKind_ROLE_KIND_PROJECT_TEAM)
	w.keyLine("Project version reviewed", inline(s.GetVersionReviewed()))
	for _, l := range s.GetSourceCode() {
		w.keyLine("Source code", linkText(l))
	}
	w.keyLine("Web site", s.GetWebsite())
	w.part(2, "Background", s.GetBackground())
	w.heading(3, "Maturity")
	var list []string
	for _, m := range s.GetMaturityItems() {
		list = append(list, w.listItem(w.prose(m, true), "", "", ""))
	}
	w.items(s.GetMaturity(), list, false)
	w.heading(2, "Summary")
	if s.HasText() {
		w.line(w.answer(s.GetText()))
	}
	w.part(3, "Design", s.GetDesign())
	w.part(3, "Analysis", s.GetAnalysis())
	w.part(2, "Recommendations", s.GetRecommendationsNote())
	for _, a := range []struct {
		title    string
		audience reviewpkgv1.Audience
	}{
		{"CNCF recommendations", reviewpkgv1.Audience_AUDIENCE_FOUNDATION}, {"Project recommendations", reviewpkgv1.Audience_AUDIENCE_PROJECT},
		{"Additional recommendations", reviewpkgv1.Audience_AUDIENCE_COMMUNITY},
	} {
		w.heading(3, a.title)
		var items []string
		for _, r := range w.p.GetRecommendations() {
			if r.GetAudience() == a.audience {
				items = append(items, w.recommendation(r))
			}
		}
		if len(items) == 0 {
			items = []string{notStated}
		}
		w.line(strings.Join(items, "\n\n"))
	}
	w.keyLine("Tracking issue", trackerText(s.GetTrackingIssue()))
	w.keyLine("Tracking board", trackerText(s.GetTrackingBoard()))
	return w.b.String()
}

func (w *writer) keyLine(key, value string) {
	if value != "" {
		w.line(key + ": " + value)
	}
}

func (w *writer) persons(ids []string) string {
	var out []string
	for _, id := range ids {
		for _, p := range w.p.GetPeople() {
			if p.GetId() == id {
				out = append(out, w.personText(p))
			}
		}
	}
	return strings.Join(out, ", ")
}

func trackerText(t *reviewpkgv1.Tracker) string {
	switch {
	case t == nil:
		return ""
	case t.GetLabel() == "":
		return "<" + t.GetUrl() + ">"
	default:
		return "[" + inline(t.GetLabel()) + "](" + t.GetUrl() + ")"
	}
}

// missingTrackers returns an item with the trackers that a text does not link.
func missingTrackers(list []*reviewpkgv1.Tracker, text string) []string {
	var missing []string
	for _, t := range list {
		if !strings.Contains(text, t.GetUrl()) {
			missing = append(missing, trackerText(t))
		}
	}
	if len(missing) == 0 {
		return nil
	}
	return []string{"* Trackers: " + strings.Join(missing, " ")}
}

// recommendation returns a recommendation as an item, with its points and what
// became of it below.
func (w *writer) recommendation(r *reviewpkgv1.Recommendation) string {
	var nested []string
	for _, p := range r.GetPoints() {
		nested = append(nested, "* "+strings.TrimPrefix(indented(w.prose(p.GetText(), true)), "  "))
	}
	nested = append(nested, missingTrackers(r.GetTrackers(), r.GetText()+" "+r.GetDispositionText())...)
	if r.GetDisposition() != 0 {
		nested = append(nested, "* "+dispositionWords()[min(int(r.GetDisposition()), len(dispositionWords())-1)]+".")
	}
	if text := r.GetDispositionText(); text != "" {
		nested = append(nested, "* "+strings.TrimPrefix(indented(w.prose(text, true)), "  "))
	}
	return w.listItem(w.prose(r.GetText(), true), "rec", shorten(plainText(beginning(r.GetText())), 40), r.GetId(), nested...)
}
