package reviewpkg

import (
	"fmt"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// team checks that the review had the people that the TAG-Security process
// asks for, and that each reviewer declared their interests. The guide wants
// the lead to find two more reviewers, its issue template one or more; the
// lesser number is required, because reviews were published with it.
func (g *gaps) team(p *reviewpkgv1.ReviewPackage) {
	g.part("Review team")
	var lead, securityLead bool
	var reviewers []*reviewpkgv1.Person
	declared := map[string]bool{}
	for _, d := range p.GetProcess().GetConflictDeclarations() {
		declared[d.GetPersonId()] = true
	}
	for _, person := range p.GetPeople() {
		lead = lead || hasRole(person, reviewpkgv1.RoleKind_ROLE_KIND_LEAD_SECURITY_REVIEWER)
		securityLead = securityLead || hasRole(person, reviewpkgv1.RoleKind_ROLE_KIND_PROJECT_SECURITY_LEAD)
		if hasRole(person, reviewerRoles...) {
			reviewers = append(reviewers, person)
		}
	}
	g.check("CJ50", "people", lead, "name the lead security reviewer")
	g.check("CJ51", "people", len(reviewers) >= 2, "name a security reviewer beside the lead")
	g.check("CJ52", "people", securityLead, "name the project security lead")
	for _, person := range reviewers {
		g.check("CJ53", "process.conflict_declarations", declared[person.GetId()],
			fmt.Sprintf("record what %s declared about conflicts of interest", quote(person.GetId())))
	}
	g.check("CJ54", "process.conflict_assertion", p.GetProcess().HasConflictAssertion(), "record what the lead asserts about the team")
}

// wholePackage checks what a TAG-Security package has beside its two
// assessments, and the four things that it shall describe: design goals, risks,
// limits that others must make up for, and next steps. What the assessments
// hold already is not asked for again.
func (g *gaps) wholePackage(p *reviewpkgv1.ReviewPackage) {
	g.summary(p.GetSummary(), p.GetRecommendations())
	g.part("Presentation")
	talk := p.GetPresentation()
	g.check("CP11", "presentation", len(talk.GetSlidesIds()) > 0 || len(talk.GetRecordingIds()) > 0 || talk.GetNotHeldReason() != "",
		"add slides or a recording, or say why there was no presentation")
	// Goals and next steps may stand in either assessment.
	g.part("What the package shall describe")
	securityGoal := len(p.GetGuarantees()) > 0
	for _, a := range []*reviewpkgv1.Assessment{p.GetSelfAssessment(), p.GetJointReview()} {
		for _, goal := range a.GetOverview().GetGoals() {
			securityGoal = securityGoal || goal.GetKind() == reviewpkgv1.GoalKind_GOAL_KIND_SECURITY
		}
	}
	g.check("CP12", "guarantees", securityGoal, "state the security design goals, as goals or guarantees")
	g.check("CP13", "findings", len(p.GetFindings()) > 0 || p.GetNoFindingsStatement() != "",
		"list the risks in design and configuration, or say that there are no findings")
	// The package shall describe known limitations, among them what is left to
	// others. No section of the templates is made for it, so that the model is.
	g.check("CP14", "assumptions", len(p.GetAssumptions()) > 0,
		"state what upstream, downstream and complementary software is expected to handle")
	roadmap := p.GetJointReview().GetRoadmap()
	g.check("CP15", "recommendations", len(p.GetRecommendations()) > 0 || len(roadmap.GetNextSteps()) > 0 || answer(roadmap.GetNextStepsNote()),
		"state the next steps to enhance the project's security")
}

// summary checks the joint README. It repeats in short what the two assessments
// tell at length, because those who do due diligence read it alone.
func (g *gaps) summary(s *reviewpkgv1.Summary, recommendations []*reviewpkgv1.Recommendation) {
	g.part("Joint README")
	const at = "summary."
	g.check("CP01", at+"completed", s.HasCompleted(), "give the date of completion")
	g.check("CP02", at+"reviewer_ids", len(s.GetReviewerIds()) > 0, "name the security reviewers")
	g.check("CP03", at+"project_security_lead_ids", len(s.GetProjectSecurityLeadIds()) > 0, "name the project security lead")
	g.check("CP04", at+"source_code", len(s.GetSourceCode()) > 0, "link the source code")
	g.check("CP05", at+"background", answer(s.GetBackground()), "give the background")
	g.check("CP06", at+"maturity", answer(s.GetMaturity()) || len(s.GetMaturityItems()) > 0, "describe maturity: use cases and integrations")
	g.check("CP07", at+"design", answer(s.GetDesign()), "summarise the design")
	g.check("CP08", at+"analysis", answer(s.GetAnalysis()), "summarise the analysis")
	g.check("CP09", "recommendations", len(recommendations) > 0 || answer(s.GetRecommendationsNote()), "give recommendations, or say that there are none")
	g.check("CP10", at+"tracking_issue", s.HasTrackingIssue(), "link the issue where the review is tracked")
}
