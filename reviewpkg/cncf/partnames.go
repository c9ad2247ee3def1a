package cncf

// A part is a question of the templates, by the name they give it. The names
// are those of the current template where it has the part. Names and forms in
// the documents vary, and the question stays.
type part string

// The parts of the self-assessment, first those that are headings in the
// template, then those that are bullets.
const (
	metadata         part = "metadata"                        // the table at the top, for an index of all assessments
	securityLinks    part = "security links"                  // where the project keeps its documents on security
	overview         part = "overview"                        // one or two sentences on what the project is
	background       part = "background"                      // the problem that it solves
	actors           part = "actors"                          // its parts that are isolated from each other
	actions          part = "actions"                         // what actors do to serve a user, and what they check
	goals            part = "goals"                           // what it intends, the guarantees of security among that
	nonGoals         part = "non-goals"                       // what somebody could expect of it in vain
	use              part = "self-assessment use"             // a note on what the document is, nearly the same in all
	functions        part = "security functions and features" // holds the two lists of components
	compliance       part = "project compliance"              // standards that it is documented to meet
	development      part = "secure development practices"    // holds how the project is made
	resolution       part = "security issue resolution"       // holds how reports are dealt with
	appendix         part = "appendix"                        // holds what else there is
	critical         part = "critical"                        // components that make it secure and cannot be configured
	relevant         part = "security relevant"               // components that configuration can make more secure
	pipeline         part = "development pipeline"            // how changes are tested, reviewed, signed and released
	channels         part = "communication channels"          // holds the three directions below
	internalChannel  part = "internal"                        // how members talk with each other
	inboundChannel   part = "inbound"                         // how users reach the team
	outboundChannel  part = "outbound"                        // how the team reaches the users
	ecosystem        part = "ecosystem"                       // how it fits the cloud native ecosystem
	disclosure       part = "responsible disclosures process" // how problems are reported, from outside and inside
	response         part = "vulnerability response process"  // who answers a report, and how
	incidentResponse part = "incident response"               // triage, confirmation, notification, patching
	knownIssues      part = "known issues over time"          // vulnerabilities so far, or how they are looked for
	bestPractices    part = "best practices"                  // the badge, and what it lacks
	caseStudies      part = "case studies"                    // two or three stories of its use
	relatedProjects  part = "related projects / vendors"      // how others differ
	references       part = "references"                      // in no template
)

// The parts that only the joint assessment has; early self-assessments have
// them as well.
const (
	jointUse        part = "joint-assessment use"           // the note again, in other words
	intendedUse     part = "intended use"                   // holds for whom it is, and how it is run
	targetUsers     part = "target users and use cases"     // personas of the community, mapped to the project's
	operation       part = "operation"                      // how it is run, keys above all
	projectDesign   part = "project design"                 // holds design and diagram
	design          part = "design"                         // network, encryption, access control, logging
	dataFlow        part = "data flow diagram"              // a picture, in all that have it
	allFunctions    part = "functions and features"         // functions as the joint assessment names them
	configuration   part = "configuration and set-up"       // holds the three below
	defaultConfig   part = "default"                        // what is on without doing anything, and its risks
	secureConfig    part = "secure"                         // what a deployer should set, and why
	advancedConfig  part = "advanced secure"                // what only some deployers need
	existingAudits  part = "existing audits"                // reports of auditors, with their dates
	analysis        part = "security analysis"              // holds what an attacker wants, can and causes
	motivations     part = "attacker motivations"           // goals and kinds of attackers, insiders too
	predisposing    part = "predisposing conditions"        // what makes attacks likely, trust in others too
	capabilities    part = "expected attacker capabilities" // what attackers can do, and what not
	risksAndEffects part = "attack risks and effects"       // a rough estimate, and the consequences
	degradation     part = "security degradation"           // what is left of security under attack
	compensating    part = "compensating mechanisms"        // what contains an attack or recovers from it
	failureModes    part = "failure modes"                  // in one review only
	securityImpact  part = "security impact"                // in one review only
	threatModel     part = "threat model"                   // a matrix for each area of attack
	closedIssues    part = "closed security issues"         // vulnerabilities that are dealt with
	handsOn         part = "hands-on assessment"            // whether reviewers tried the project themselves
	handsOnDetails  part = "assessment details"             // a table of when and who
	handsOnFindings part = "hands-on findings"              // a table with a finding a row
	handsOnResult   part = "hands-on result"                // what the reviewers say about it
	roadmap         part = "roadmap"                        // holds the two below
	nextSteps       part = "project next steps"             // what the project does next, in its order
	requests        part = "cncf requests"                  // what it asks of the foundation
)

// The parts of the joint README that no assessment has. It shares background
// and design with them.
const (
	completed         part = "completed"                  // the date
	securityReviewers part = "security reviewers"         // names and handles of who reviewed
	securityLead      part = "project security lead"      // who answers for the project
	projectTeam       part = "project team"               // who helped on the side of the project
	sourceCode        part = "source code"                // its repository
	webSite           part = "web site"                   // its pages
	maturity          part = "maturity"                   // who uses it, and what it works with
	summary           part = "summary"                    // what the reviewers found, in short
	summaryAnalysis   part = "analysis"                   // how secure they think it is
	recommendations   part = "recommendations"            // holds the three below
	foundationAdvice  part = "cncf recommendations"       // to the foundation
	projectAdvice     part = "project recommendations"    // to the project
	additionalAdvice  part = "additional recommendations" // to anybody else
	trackingIssue     part = "tracking issue"             // where the review was organised
	actionItems       part = "action items"               // tasks out of writing the assessment
	clarifications    part = "clarifications"             // questions of reviewers, with the answers
	tableOfContents   part = "table of contents"          // only known to be left out
)
