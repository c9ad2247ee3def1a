package cncf

// A part is a question of the templates. Names and forms in the documents vary,
// and the question stays.
type part uint8

// The parts of the self-assessment come first: those that are headings in the
// template, then those that are bullets.
const (
	noPart part = iota

	metadata         // the table at the top, for an index of all assessments
	securityLinks    // where the project keeps its documents on security
	overview         // one or two sentences on what the project is
	background       // the problem that it solves
	actors           // its parts that are isolated from each other
	actions          // what actors do to serve a user, and what they check
	goals            // what it intends, the guarantees of security among that
	nonGoals         // what somebody could expect of it in vain
	use              // a note on what the document is, nearly the same in all
	functions        // holds the two lists of components
	compliance       // standards that it is documented to meet
	development      // holds how the project is made
	resolution       // holds how reports are dealt with
	appendix         // holds what else there is
	critical         // components that make it secure and cannot be configured
	relevant         // components that configuration can make more secure
	pipeline         // how changes are tested, reviewed, signed and released
	channels         // holds the three directions below
	internalChannel  // how members talk with each other
	inboundChannel   // how users reach the team
	outboundChannel  // how the team reaches the users
	ecosystem        // how it fits the cloud native ecosystem
	disclosure       // how problems are reported, from outside and inside
	response         // who answers a report, and how
	incidentResponse // triage, confirmation, notification, patching
	knownIssues      // vulnerabilities so far, or how they are looked for
	bestPractices    // the badge, and what it lacks
	caseStudies      // two or three stories of its use
	relatedProjects  // how others differ
	references       // in no template

	// The parts that only the joint assessment has; early self-assessments have
	// them as well.
	jointUse        // the note again, in other words
	intendedUse     // holds for whom it is, and how it is run
	targetUsers     // personas of the community, mapped to the project's
	operation       // how it is run, keys above all
	projectDesign   // holds design and diagram
	design          // network, encryption, access control, logging
	dataFlow        // a picture, in all that have it
	allFunctions    // functions as the joint assessment names them
	configuration   // holds the three below
	defaultConfig   // what is on without doing anything, and its risks
	secureConfig    // what a deployer should set, and why
	advancedConfig  // what only some deployers need
	existingAudits  // reports of auditors, with their dates
	analysis        // holds what an attacker wants, can and causes
	motivations     // goals and kinds of attackers, insiders too
	predisposing    // what makes attacks likely, trust in others too
	capabilities    // what attackers can do, and what not
	risksAndEffects // a rough estimate, and the consequences
	degradation     // what is left of security under attack
	compensating    // what contains an attack or recovers from it
	failureModes    // in one review only
	securityImpact  // in one review only
	threatModel     // a matrix for each area of attack
	closedIssues    // vulnerabilities that are dealt with
	handsOn         // whether reviewers tried the project themselves
	handsOnDetails  // a table of when and who
	handsOnFindings // a table with a finding a row
	handsOnResult   // what the reviewers say about it
	roadmap         // holds the two below
	nextSteps       // what the project does next, in its order
	requests        // what it asks of the foundation

	// The parts of the joint README that no assessment has. It shares background
	// and design with them.
	completed         // the date
	securityReviewers // names and handles of who reviewed
	securityLead      // who answers for the project
	projectTeam       // who helped on the side of the project
	sourceCode        // its repository
	webSite           // its pages
	maturity          // who uses it, and what it works with
	summary           // what the reviewers found, in short
	summaryAnalysis   // how secure they think it is
	recommendations   // holds the three below
	foundationAdvice  // to the foundation
	projectAdvice     // to the project
	additionalAdvice  // to anybody else
	trackingIssue     // where the review was organised
	actionItems       // tasks out of writing the assessment
	clarifications    // questions of reviewers, with the answers
	tableOfContents   // only known to be left out

	partCount
)

// partNames are the names of the parts in the report: those of the current
// template where it has the part.
var partNames = [partCount]string{
	metadata:          "metadata",
	securityLinks:     "security links",
	overview:          "overview",
	background:        "background",
	actors:            "actors",
	actions:           "actions",
	goals:             "goals",
	nonGoals:          "non-goals",
	use:               "self-assessment use",
	functions:         "security functions and features",
	compliance:        "project compliance",
	development:       "secure development practices",
	resolution:        "security issue resolution",
	appendix:          "appendix",
	critical:          "critical",
	relevant:          "security relevant",
	pipeline:          "development pipeline",
	channels:          "communication channels",
	internalChannel:   "internal",
	inboundChannel:    "inbound",
	outboundChannel:   "outbound",
	ecosystem:         "ecosystem",
	disclosure:        "responsible disclosures process",
	response:          "vulnerability response process",
	incidentResponse:  "incident response",
	knownIssues:       "known issues over time",
	bestPractices:     "best practices",
	caseStudies:       "case studies",
	relatedProjects:   "related projects / vendors",
	references:        "references",
	jointUse:          "joint-assessment use",
	intendedUse:       "intended use",
	targetUsers:       "target users and use cases",
	operation:         "operation",
	projectDesign:     "project design",
	design:            "design",
	dataFlow:          "data flow diagram",
	allFunctions:      "functions and features",
	configuration:     "configuration and set-up",
	defaultConfig:     "default",
	secureConfig:      "secure",
	advancedConfig:    "advanced secure",
	existingAudits:    "existing audits",
	analysis:          "security analysis",
	motivations:       "attacker motivations",
	predisposing:      "predisposing conditions",
	capabilities:      "expected attacker capabilities",
	risksAndEffects:   "attack risks and effects",
	degradation:       "security degradation",
	compensating:      "compensating mechanisms",
	failureModes:      "failure modes",
	securityImpact:    "security impact",
	threatModel:       "threat model",
	closedIssues:      "closed security issues",
	handsOn:           "hands-on assessment",
	handsOnDetails:    "assessment details",
	handsOnFindings:   "hands-on findings",
	handsOnResult:     "hands-on result",
	roadmap:           "roadmap",
	nextSteps:         "project next steps",
	requests:          "cncf requests",
	completed:         "completed",
	securityReviewers: "security reviewers",
	securityLead:      "project security lead",
	projectTeam:       "project team",
	sourceCode:        "source code",
	webSite:           "web site",
	maturity:          "maturity",
	summary:           "summary",
	summaryAnalysis:   "analysis",
	recommendations:   "recommendations",
	foundationAdvice:  "cncf recommendations",
	projectAdvice:     "project recommendations",
	additionalAdvice:  "additional recommendations",
	trackingIssue:     "tracking issue",
	actionItems:       "action items",
	clarifications:    "clarifications",
	tableOfContents:   "table of contents",
}

// String returns the name of the part.
func (p part) String() string { return partNames[p] }
