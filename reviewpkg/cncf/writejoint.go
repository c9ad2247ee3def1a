package cncf

import (
	"strings"

	"github.com/reviewpkg/sdk/internal/intake"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// jointAssessment returns the joint assessment, with the findings and threat
// models of the package. Findings have no place in the template but for those
// of a hands-on assessment; they stand below the threat model, as in the one
// review that has them.
func (w *writer) jointAssessment() string {
	a := w.p.GetJointReview()
	w.heading(1, "Joint-assessment of "+inline(w.name))
	w.notices()
	w.metadata(2, a)
	o := a.GetOverview()
	w.part(2, "Overview", o.GetSummary())
	w.part(3, "Background", o.GetBackground())
	// The joint template has neither actors nor actions.
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
	// The joint template has no section for it; the name is that of the
	// self-assessment, which the reader looks for in both.
	w.compliance(2, "Project Compliance", a.GetCompliance())
	w.jointParts(2, a, func() { w.threatModels(2) })
	w.development(2, a.GetDevelopment())
	w.hygiene(3, a.GetHygiene())
	w.resolution(2, a.GetIssueResolution(), true)
	// Without the badge: the joint template does not ask for it.
	w.appendix(2, a.GetAppendix(), false)
	return w.b.String()
}

// jointParts writes the parts that the joint assessment has, and the threats
// behind the note on them. Parts that single reviews added are written only if
// they are there: their empty headings would look like parts that the template
// asks for.
func (w *writer) jointParts(level int, a *reviewpkgv1.Assessment, threats func()) {
	u := a.GetIntendedUse()
	w.heading(level, "Intended Use")
	if u.HasText() {
		w.line(w.answer(u.GetText()))
	}
	var list []string
	for _, p := range u.GetTargetUsers() {
		text := w.prose(p.GetUseCase(), true)
		// A use without a user is a sentence; with a bold word before it, its first
		// words would become the user.
		if p.GetProjectTerm() != "" {
			text = w.named(p.GetProjectTerm(), visible(p.GetUseCase()))
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
	// Threats stand behind the note on them and before the hands-on assessment,
	// whose findings have a place of their own.
	threats()
	w.handsOn(level, a.GetHandsOn())
	w.roadmap(level, a.GetRoadmap())
}

func (w *writer) roadmap(level int, r *reviewpkgv1.Roadmap) {
	w.heading(level, "Roadmap")
	if r.HasText() {
		w.line(w.answer(r.GetText()))
	}
	w.bullet("Project Next Steps.", nil, w.itemParts(r.GetNextStepsNote(), w.roadmapItems("step", r.GetNextSteps()), false)...)
	w.bullet("CNCF Requests.", nil, w.itemParts(r.GetFoundationRequestsNote(), w.roadmapItems("request", r.GetFoundationRequests()), false)...)
}

// roadmapItems returns next steps or requests as items. Their ids are made of
// their first words, as those of goals.
func (w *writer) roadmapItems(kind string, list []*reviewpkgv1.RoadmapItem) []string {
	var out []string
	for _, i := range list {
		trackers := missingTrackers(i.GetTrackers(), i.GetText())
		// The id that the reader will make is compared with the one the item has, so
		// that a comment with the id is only written where they differ.
		e := goalEntry(strings.Join(append([]string{i.GetText()}, trackers...), "\n\n"))
		out = append(out, w.listItem(w.prose(i.GetText(), true), kind, goalName(&e), i.GetId(), trackers...))
	}
	return out
}

// handsOn writes whether there was a hands-on assessment, in the template's
// sentence.
func (w *writer) handsOn(level int, h *reviewpkgv1.HandsOnAssessment) {
	w.heading(level, "Hands-on assessment")
	name := w.name
	if intake.Fold(name) == "" {
		name = "The project" // a name that is no word makes no sentence
	}
	switch h.GetPerformed() {
	case reviewpkgv1.Answer_ANSWER_YES:
		// The sentence is the template's, which is a choice of two that authors strike
		// one of out. Readers and programs both look for it.
		w.line("**" + inline(name) + " did receive a hands-on assessment from TAG-Security.**")
	case reviewpkgv1.Answer_ANSWER_NO:
		w.line("**" + inline(name) + " did not receive a hands-on assessment from TAG-Security.**")
	default:
		w.line(notStated)
	}
	if h.HasResult() {
		w.part(level+1, "Hands-on assessment result", h.GetResult())
	}
}
