package reviewpkg

import (
	"fmt"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// selfAssessment checks the 14 heading-type and 15 bullet-type parts of the
// TAG-Security self-assessment template.
func (g *gaps) selfAssessment(p *reviewpkgv1.ReviewPackage) {
	a := p.GetSelfAssessment()
	const at = "self_assessment."
	g.metadata("CS", at, a.GetMetadata(), true)
	g.check("CS06", at+"security_links", len(a.GetSecurityLinks()) > 0, "link the project's security documents")
	g.overview("CS", at, a.GetOverview())
	g.actors(at, a.GetOverview())
	g.part("Self-assessment use")
	g.check("CS15", at+"use", answer(a.GetUse()), "say what the self-assessment may be used for")
	g.functions("CS", at, a.GetFunctions())
	g.compliance("CS", at, a.GetCompliance())
	g.development("CS", at, a.GetDevelopment())
	g.resolution("CS", at, a.GetIssueResolution())
	g.appendix("CS", at, a.GetAppendix())
	best := a.GetAppendix()
	g.check("CS28", at+"appendix.badges", len(best.GetBadges()) > 0 || answer(best.GetBestPracticesNote()),
		"say where the project stands with the OpenSSF Best Practices badge")
}

// jointReview checks the parts of the TAG-Security joint assessment template,
// and the team that the process asks for. Parts that both templates have keep
// their number; the joint one has no stage, no actors and actions, and no badge.
func (g *gaps) jointReview(p *reviewpkgv1.ReviewPackage) {
	a := p.GetJointReview()
	const at = "joint_review."
	g.metadata("CJ", at, a.GetMetadata(), false)
	g.check("CJ06", at+"security_links", len(a.GetSecurityLinks()) > 0, "link the project's security documents")
	g.overview("CJ", at, a.GetOverview())
	g.part("Joint-assessment use")
	g.check("CJ15", at+"use", answer(a.GetUse()), "say what the joint review may be used for")
	g.part("Intended use")
	use := a.GetIntendedUse()
	g.check("CJ31", at+"intended_use.target_users", len(use.GetTargetUsers()) > 0 || answer(use.GetTargetUsersNote()), "name target users and their use cases")
	g.check("CJ32", at+"intended_use.operation", answer(use.GetOperation()), "say how the project is run and how keys are managed and stored")
	g.part("Project design")
	g.check("CJ33", at+"design.design", answer(a.GetDesign().GetDesign()), "describe architecture, network, encryption, access control and logging")
	g.check("CJ34", at+"design.diagram_ids", len(a.GetDesign().GetDiagramIds()) > 0 || answer(a.GetDesign().GetDiagrams()), "add a data-flow or architecture diagram")
	g.functions("CJ", at, a.GetFunctions())
	g.part("Configuration and set-up")
	g.check("CJ35", at+"configuration.default", answer(a.GetConfiguration().GetDefault()), "describe the default configuration with its risks and trade-offs")
	g.check("CJ36", at+"configuration.secure", answer(a.GetConfiguration().GetSecure()), "describe the secure configuration with its reasons and trade-offs")
	g.check("CJ37", at+"configuration.advanced_secure", answer(a.GetConfiguration().GetAdvancedSecure()), "describe the advanced secure configuration")
	g.compliance("CJ", at, a.GetCompliance())
	g.analysis(at, p, a.GetSecurityAnalysis())
	g.development("CJ", at, a.GetDevelopment())
	g.resolution("CJ", at, a.GetIssueResolution())
	closed := a.GetIssueResolution()
	g.check("CJ45", at+"issue_resolution.closed_issues", len(closed.GetClosedIssues()) > 0 || answer(closed.GetClosedIssuesNote()),
		"list closed security issues, or say that there are none")
	g.handsOn(at, a.GetHandsOn())
	g.part("Roadmap")
	roadmap := a.GetRoadmap()
	g.check("CJ48", at+"roadmap.next_steps", len(roadmap.GetNextSteps()) > 0 || answer(roadmap.GetNextStepsNote()), "say what the project does next")
	g.check("CJ49", at+"roadmap.foundation_requests", len(roadmap.GetFoundationRequests()) > 0 || answer(roadmap.GetFoundationRequestsNote()),
		"say what the project asks of its foundation, or that it asks nothing")
	g.appendix("CJ", at, a.GetAppendix())
	g.team(p)
}

// metadata checks the rows of the table that every assessment begins with. That
// none of it is there, such as no SBOM, is an answer; that nobody knows is none.
func (g *gaps) metadata(code, at string, m *reviewpkgv1.AssessmentMetadata, stage bool) {
	g.part("Metadata")
	at += "metadata."
	if stage {
		g.check(code+"01", at+"stage", m.GetStage() != 0, "state the stage of the document")
	}
	g.check(code+"02", at+"software", len(m.GetSoftware()) > 0, "link the repository of the software")
	g.check(code+"03", at+"security_provider", decided(m.GetSecurityProvider()), "say whether the project's main purpose is security")
	g.check(code+"04", at+"languages", len(m.GetLanguages()) > 0, "name the languages the project is written in")
	g.check(code+"05", at+"sbom.availability", m.GetSbom().GetAvailability() != 0, "say whether there is a software bill of materials")
}

// overview checks the parts of the overview that both templates have. A list, or
// a note that says why there is no list, answers the question.
func (g *gaps) overview(code, at string, o *reviewpkgv1.Overview) {
	g.part("Overview")
	at += "overview."
	g.check(code+"07", at+"summary", answer(o.GetSummary()), "describe the project in a sentence or two")
	g.check(code+"08", at+"background", answer(o.GetBackground()), "describe the domain or problem area")
	g.check(code+"12", at+"goals", len(o.GetGoals()) > 0 || answer(o.GetGoalsNote()), "name the goals and the security guarantees among them")
	g.check(code+"14", at+"non_goals", len(o.GetNonGoals()) > 0 || answer(o.GetNonGoalsNote()), "name what is not a goal, though a reader might think so")
}

// actors checks the parts that only the self-assessment has. The template names
// an actor apart only if it is isolated from the others, and asks by what
// means; one that is alone has nothing to be isolated from, and a note on the
// actors may tell it for all of them.
func (g *gaps) actors(at string, o *reviewpkgv1.Overview) {
	at += "overview."
	noted := answer(o.GetActorsNote())
	g.check("CS09", at+"actors", len(o.GetActors()) > 0 || noted, "name the parts of the system that act")
	for i, actor := range o.GetActors() {
		g.check("CS10", key(at+"actors", i, actor.GetId())+".isolation", actor.GetIsolation() != "" || noted || len(o.GetActors()) == 1,
			fmt.Sprintf("say by what means %s is isolated from the others", quote(actor.GetName())))
	}
	g.check("CS11", at+"actions", len(o.GetActions()) > 0 || answer(o.GetActionsNote()), "name the steps by which the actors provide the service")
}

// functions checks both kinds of functions apart: the critical ones cannot be
// configured away, the relevant ones can, and a threat model needs to know which
// is which.
func (g *gaps) functions(code, at string, f *reviewpkgv1.SecurityFunctions) {
	g.part("Security functions and features")
	at += "functions."
	g.check(code+"16", at+"critical", len(f.GetCritical()) > 0 || answer(f.GetCriticalNote()), "list the critical security components")
	g.check(code+"17", at+"relevant", len(f.GetRelevant()) > 0 || answer(f.GetRelevantNote()), "list the security-relevant components")
}

// compliance checks one field: that the project complies with no standard is an
// answer, and has a value of its own.
func (g *gaps) compliance(code, at string, c *reviewpkgv1.Compliance) {
	g.part("Project compliance")
	g.check(code+"18", at+"compliance.status", c.GetStatus() != 0, "say which standards the project complies with, or that it complies with none")
}

// development checks the pipeline, the channels one way each, and the ecosystem.
func (g *gaps) development(code, at string, d *reviewpkgv1.DevelopmentPractices) {
	g.part("Secure development practices")
	at += "development."
	g.check(code+"19", at+"pipeline.text", answer(d.GetPipeline().GetText()), "describe testing and assessment on the way to a release")
	g.channel(code+"20", at, d, "within the team", reviewpkgv1.ChannelDirection_CHANNEL_DIRECTION_INTERNAL)
	g.channel(code+"21", at, d, "from users to the team", reviewpkgv1.ChannelDirection_CHANNEL_DIRECTION_INBOUND)
	g.channel(code+"22", at, d, "from the team to users", reviewpkgv1.ChannelDirection_CHANNEL_DIRECTION_OUTBOUND)
	g.check(code+"23", at+"ecosystem", answer(d.GetEcosystem()), "say how the software fits into its ecosystem")
}

// channel checks that messages can go one way. A channel that goes both ways
// serves inbound and outbound; inside the team it says nothing, because the
// template means its members by that. A note stands for all three.
func (g *gaps) channel(code, at string, d *reviewpkgv1.DevelopmentPractices, words string, want reviewpkgv1.ChannelDirection) {
	const both = reviewpkgv1.ChannelDirection_CHANNEL_DIRECTION_INBOUND_AND_OUTBOUND
	met := answer(d.GetChannelsNote())
	for _, c := range d.GetChannels() {
		internal := want == reviewpkgv1.ChannelDirection_CHANNEL_DIRECTION_INTERNAL
		met = met || c.GetDirection() == want || c.GetDirection() == both && !internal
	}
	g.check(code, at+"channels", met, "name the channels "+words)
}

// resolution checks the three processes of the section. The template nests the
// response under the disclosure, which invites to tell both at once; an answer
// that is merged into another says so with its presence, and counts.
func (g *gaps) resolution(code, at string, r *reviewpkgv1.IssueResolution) {
	g.part("Security issue resolution")
	at += "issue_resolution."
	g.check(code+"24", at+"disclosure.text", answer(r.GetDisclosure().GetText()), "describe responsible disclosure")
	g.check(code+"25", at+"vulnerability_response.text", answer(r.GetVulnerabilityResponse().GetText()), "say who responds to a vulnerability, and how")
	g.check(code+"26", at+"incident_response.text", incidentPlan(r.GetIncidentResponse()), "describe triage, confirmation, notification and patching")
}

// incidentPlan reports whether a plan is told, in one text or by its phases.
func incidentPlan(r *reviewpkgv1.IncidentResponse) bool {
	return answer(r.GetText()) ||
		answer(r.GetTriage()) && answer(r.GetConfirmation()) && answer(r.GetNotification()) && answer(r.GetPatching())
}

// appendix checks what both templates keep in the appendix; the badge is asked
// for in the self-assessment alone.
func (g *gaps) appendix(code, at string, a *reviewpkgv1.Appendix) {
	g.part("Appendix")
	at += "appendix."
	g.check(code+"27", at+"known_issues", len(a.GetKnownIssues()) > 0 || answer(a.GetKnownIssuesNote()), "list past vulnerabilities, or the record if there are none")
	g.check(code+"29", at+"case_studies", len(a.GetCaseStudies()) > 0 || answer(a.GetCaseStudiesNote()), "tell two or three cases of use")
	g.check(code+"30", at+"related_projects", len(a.GetRelatedProjects()) > 0 || answer(a.GetRelatedProjectsNote()), "say how related projects differ")
}

// analysis checks the six parts of the security analysis and the threat model.
// The template asks for three matrices; a threat model of any shape counts,
// because projects published lists, trees and paths as well.
func (g *gaps) analysis(at string, p *reviewpkgv1.ReviewPackage, s *reviewpkgv1.SecurityAnalysis) {
	g.part("Security analysis")
	at += "security_analysis."
	g.check("CJ38", at+"attacker_motivations", answer(s.GetAttackerMotivations()), "say what attackers are after, insiders included")
	g.check("CJ39", at+"predisposing_conditions", answer(s.GetPredisposingConditions()), "name conditions that help an attack, and trust relationships")
	g.check("CJ40", at+"attacker_capabilities", answer(s.GetAttackerCapabilities()), "say what attackers can do, and what not")
	g.check("CJ41", at+"attack_risks_and_effects", answer(s.GetAttackRisksAndEffects()), "estimate risks and consequences")
	g.check("CJ42", at+"security_degradation", answer(s.GetSecurityDegradation()), "say what security is left under attack")
	g.check("CJ43", at+"compensating_mechanisms", answer(s.GetCompensatingMechanisms()), "describe containment and recovery")
	g.check("CJ44", "threat_models", len(p.GetThreatModels()) > 0 || answer(s.GetThreatModelNote()), "add a threat model")
}

// handsOn checks the template's fixed sentence, that there was a hands-on part or
// that there was none, and what belongs to the first.
func (g *gaps) handsOn(at string, h *reviewpkgv1.HandsOnAssessment) {
	g.part("Hands-on assessment")
	g.check("CJ46", at+"hands_on.performed", decided(h.GetPerformed()), "say whether there was a hands-on assessment")
	// Most reviews have no hands-on part, and then there is nothing to tell.
	if h.GetPerformed() == reviewpkgv1.Answer_ANSWER_YES {
		g.checkAll("CJ47", at+"hands_on", "give date, reviewers and result of the hands-on assessment",
			need{"from", h.HasFrom()}, need{"reviewer_ids", len(h.GetReviewerIds()) > 0}, need{"result", answer(h.GetResult())})
	}
}
