package cncf

import reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"

// A part is a question of the templates, by the name they give it. The names
// are those of the current template where it has the part.
type part string

// part writes a part of the template that is a heading.
func (w *writer) part(level int, title string, n *reviewpkgv1.Narrative) {
	w.heading(level, title)
	if text := w.answer(n); text != "" {
		w.line(text)
	}
}

// The parts of the self-assessment, first those that are headings in the
// template, then those that are bullets.
const (
	metadata         part = "metadata"
	securityLinks    part = "security links"
	overview         part = "overview"
	background       part = "background"
	actors           part = "actors"
	actions          part = "actions"
	goals            part = "goals"
	nonGoals         part = "non-goals"
	use              part = "self-assessment use"
	functions        part = "security functions and features"
	compliance       part = "project compliance"
	development      part = "secure development practices"
	resolution       part = "security issue resolution"
	appendix         part = "appendix"
	critical         part = "critical"
	relevant         part = "security relevant"
	pipeline         part = "development pipeline"
	channels         part = "communication channels"
	internalChannel  part = "internal"
	inboundChannel   part = "inbound"
	outboundChannel  part = "outbound"
	ecosystem        part = "ecosystem"
	disclosure       part = "responsible disclosures process"
	response         part = "vulnerability response process"
	incidentResponse part = "incident response"
	knownIssues      part = "known issues over time"
	bestPractices    part = "best practices"
	caseStudies      part = "case studies"
	relatedProjects  part = "related projects / vendors"
	references       part = "references"
)

// The parts that only the joint assessment has; early self-assessments have
// them as well.
const (
	jointUse        part = "joint-assessment use"
	intendedUse     part = "intended use"
	targetUsers     part = "target users and use cases"
	operation       part = "operation"
	projectDesign   part = "project design"
	design          part = "design"
	dataFlow        part = "data flow diagram"
	allFunctions    part = "functions and features"
	configuration   part = "configuration and set-up"
	defaultConfig   part = "default"
	secureConfig    part = "secure"
	advancedConfig  part = "advanced secure"
	existingAudits  part = "existing audits"
	analysis        part = "security analysis"
	motivations     part = "attacker motivations"
	predisposing    part = "predisposing conditions"
	capabilities    part = "expected attacker capabilities"
	risksAndEffects part = "attack risks and effects"
	degradation     part = "security degradation"
	compensating    part = "compensating mechanisms"
	failureModes    part = "failure modes"
	securityImpact  part = "security impact"
	threatModel     part = "threat model"
	closedIssues    part = "closed security issues"
	handsOn         part = "hands-on assessment"
	handsOnDetails  part = "assessment details"
	handsOnFindings part = "hands-on findings"
	handsOnResult   part = "hands-on result"
	roadmap         part = "roadmap"
	nextSteps       part = "project next steps"
	requests        part = "cncf requests"
)

// The parts of the joint README that no assessment has. It shares background
// and design with them.
const (
	completed         part = "completed"
	securityReviewers part = "security reviewers"
	securityLead      part = "project security lead"
	projectTeam       part = "project team"
	sourceCode        part = "source code"
	webSite           part = "web site"
	maturity          part = "maturity"
	summary           part = "summary"
	summaryAnalysis   part = "analysis"
	recommendations   part = "recommendations"
	foundationAdvice  part = "cncf recommendations"
	projectAdvice     part = "project recommendations"
	additionalAdvice  part = "additional recommendations"
	trackingIssue     part = "tracking issue"
	actionItems       part = "action items"
	clarifications    part = "clarifications"
	tableOfContents   part = "table of contents"
)
