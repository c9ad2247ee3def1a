package cncf

import (
	"strings"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// A part is a question of the templates, by the name they give it. The names
// are those of the current template where it has the part.
type part string

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

// A partInfo is what is known about a part.
type partInfo struct {
	part part
	// exact are the texts that the templates give its heading or bullet, of any
	// generation, separated by bars.
	exact string
	// aliases are other names that authors give it, folded, separated by bars.
	aliases string
	// within are the parts whose section it belongs to. A part that is generic
	// counts only there, because its name alone says too little; any part of
	// the list is looked for among the leads of their items.
	within []part
	// generic names say too little outside of their section.
	generic bool
}

// assessmentParts returns what there is to know about the parts of both
// assessments, in the order of the templates.
func assessmentParts() []partInfo {
	return []partInfo{
		{part: metadata, exact: "Metadata", aliases: "project metadata|meta data|assessment metadata"},
		{part: securityLinks, exact: "Security links", aliases: "relevant links|security documentation|security related links|security documents|security links and documentation", within: []part{metadata}},
		{part: overview, exact: "Overview", aliases: "project overview|overview of the project"},
		{part: background, exact: "Background", aliases: "project background|background information"},
		{part: actors, exact: "Actors", aliases: "system actors|actors and actions|actors and data flow|actors and roles|key actors"},
		{part: actions, exact: "Actions", aliases: "actors and actions|actors and data flow|key actions"},
		{part: goals, exact: "Goals|Goal", aliases: "project goals|project goal|goals and objectives|scope goals|general and security goals|goals and non goals|security and general goals"},
		{part: nonGoals, exact: "Non-goals|Non-Goals", aliases: "nongoals|non goal|project non goals|out of scope|non goals out of scope|goals and non goals|non goals and out of scope"},
		{part: use, exact: "Self-assessment use", aliases: "use of this self assessment|use of the self assessment|self assessment usage|self assesment use|self assessment uses|assessment use"},
		{part: functions, exact: "Security functions and features", aliases: "security features and functions|security functions|security features|security functions features|security functionality and features"},
		{part: critical, exact: "Critical", aliases: "critical components|critical security components|critical security component|critical security functions|critical functions|critical features|critical security features|critical functions and features|critical security functions and features|critical security features and functions|security critical|security critical components|critical components and features", within: []part{functions, allFunctions}, generic: true},
		{part: relevant, exact: "Security Relevant|Relevant", aliases: "security relevant components|security relevant component|security relevant functions|security relevant features|security relevant functions and features|security relevant security components|relevant security functions and features|relevant security functions|relevant security components|relevant components|relevant functions|relevant security features|security relevant settings|security relevant configuration", within: []part{functions, allFunctions}, generic: true},
		{part: compliance, exact: "Project compliance|Project Compliance|Compliance", aliases: "compliance with standards|standards compliance|project compliance and standards|security compliance|regulatory compliance"},
		{part: development, exact: "Secure development practices|Secure Development Practices", aliases: "security development practices|secure development|development practices|secure software development practices|security hygiene and secure development practices|secure development process|secure development lifecycle"},
		{part: pipeline, exact: "Development Pipeline", aliases: "deployment pipeline|build pipeline|secure build pipeline|development pipelines|release pipeline|release testing and assessment process|release testing and assessment processes|development and build pipeline|ci cd pipeline|development pipeline and testing|development process", within: []part{development}},
		{part: channels, exact: "Communication Channels", aliases: "communications channels|communication channel|communication links|communications|communication|communication methods|channels of communication", within: []part{development}},
		{part: internalChannel, exact: "Internal", aliases: "internal communication|internal communications|internal channels|internal communication channels|internal channel|team members internal", within: []part{channels, development}, generic: true},
		{part: inboundChannel, exact: "Inbound", aliases: "inbound communication|inbound communications|inbound channels|inbound communication channels|inbound channel|inbound and outbound|inbound outbound", within: []part{channels, development}, generic: true},
		{part: outboundChannel, exact: "Outbound", aliases: "outbound communication|outbound communications|outbound channels|outbound communication channels|outbound channel|inbound and outbound|inbound outbound", within: []part{channels, development}, generic: true},
		{part: ecosystem, exact: "Ecosystem", aliases: "cloud native ecosystem|ecosystem integration|ecosystem and integrations|project ecosystem", within: []part{development}},
		{part: resolution, exact: "Security issue resolution|Security Issue Resolution", aliases: "issue resolution|security issues resolution|security processes|security and vulnerability management|vulnerability reporting and incident response|vulnerability reporting incident response|issue resolution and responsible disclosure|vulnerability management|security issue management|security incident resolution|security issue handling"},
		{part: disclosure, exact: "Responsible Disclosures Process", aliases: "responsible disclosure process|responsible disclosure|responsible disclosures|responsible disclosure practice|responsible disclosure practices|responsible disclosure policy|disclosures|disclosure process|disclosure policy|security disclosure|vulnerability disclosure|vulnerability disclosure process|vulnerability disclosure policy|coordinated disclosure|coordinated vulnerability disclosure|security disclosure process|reporting a vulnerability|reporting vulnerabilities|vulnerability reporting|vulnerability reporting process|reporting security issues|reporting security vulnerabilities|reporting security incidents|responsible disclosures process and incident response|responsible disclosure process and incident response|issue resolution and responsible disclosure|security vulnerability reporting", within: []part{resolution}},
		{part: response, exact: "Vulnerability Response Process", aliases: "vulnerability response|vulnerability response processes|vulnerability handling|vulnerability handling process|vulnerability management plans|vulnerability management process|security response process|security vulnerability response|security response|vulnerability response plan|vulnerability response policy", within: []part{resolution, disclosure}},
		{part: incidentResponse, exact: "Incident Response", aliases: "incident response process|incident response plan|incident response processes|incident response procedure|incident response procedures|incident management|security incident response|incident handling|responsible disclosures process and incident response|responsible disclosure process and incident response|vulnerability reporting and incident response|vulnerability reporting incident response", within: []part{resolution}},
		{part: appendix, exact: "Appendix", aliases: "appendices|appendixes"},
		{part: knownIssues, exact: "Known Issues Over Time", aliases: "known issues|known issues over the time|known vulnerabilities|known security issues|past vulnerabilities|past security issues|vulnerability history|known limitations|known vulnerabilities over time|security issues over time", within: []part{appendix}},
		{part: bestPractices, exact: "CII Best Practices|Open SSF Best Practices|OpenSSF Best Practices|Best Practices", aliases: "cii best practices badge|open ssf best practices badge|openssf best practices badge|openssf badge|ossf best practices|best practices badge|best practice badge|openssf best practice|openssf scorecard|core infrastructure initiative cii best practices|core infrastructure initiative best practices|cii openssf best practices|badges|openssf best practices and scorecard", within: []part{appendix}},
		{part: caseStudies, exact: "Case Studies", aliases: "case study|real world use cases|example use cases|adopters and case studies|case studies user stories|case studies and user stories|user stories|use cases and case studies|case studies and adopters", within: []part{appendix}},
		{part: relatedProjects, exact: "Related Projects / Vendors", aliases: "related projects|related projects and vendors|related projects or vendors|related projects vendors and comparisons|related projects and comparisons|comparisons|comparison|competition|related vendors|comparison with other projects|similar projects|alternatives|alternative projects|competitors", within: []part{appendix}},
		{part: references, exact: "References", aliases: "further references|links|related talks|talks|resources|additional resources|further reading", within: []part{appendix}, generic: true},

		{part: jointUse, exact: "Joint-assessment use|Joint-review use", aliases: "joint assessment usage|use of this joint assessment"},
		{part: intendedUse, exact: "Intended Use", aliases: "intended uses|intended usage"},
		{part: targetUsers, exact: "Target Users and Use Cases", aliases: "target users|target users use cases|target audience|use cases|users and use cases", within: []part{intendedUse}},
		{part: operation, exact: "Operation", aliases: "operations|operational aspects", within: []part{intendedUse, projectDesign}, generic: true},
		{part: projectDesign, exact: "Project Design", aliases: "project and design|project architecture and design|project design and architecture"},
		{part: design, exact: "Design", aliases: "system design|architecture and design|design and architecture", within: []part{projectDesign}, generic: true},
		{part: dataFlow, exact: "Data flow diagram/Architecture diagram", aliases: "data flow diagram|data flow diagrams|architecture diagram|architecture diagrams|data flow and architecture diagram", within: []part{projectDesign}},
		{part: allFunctions, exact: "Functions and features", aliases: "features and functions|functions and features of the project|project features"},
		{part: configuration, exact: "Configuration and Set-Up", aliases: "configuration and setup|configuration and set up|configuration set up|setup and configuration"},
		{part: defaultConfig, exact: "Default", aliases: "default configuration|default configurations|default config|default settings", within: []part{configuration}, generic: true},
		{part: secureConfig, exact: "Secure", aliases: "secure configuration|secure configurations|secure config|secure settings", within: []part{configuration}, generic: true},
		{part: advancedConfig, exact: "Advanced Secure", aliases: "advanced secure configuration|advanced secure configurations|advanced configuration|advanced", within: []part{configuration}, generic: true},
		{part: existingAudits, exact: "Existing Audits", aliases: "existing audit|third party security reviews|third party security audits|security audits|security audit|previous audits|past audits|audits", within: []part{compliance}},
		{part: analysis, exact: "Security Analysis", aliases: "security analyses"},
		{part: motivations, exact: "Attacker Motivations", aliases: "attacker motivation|attackers motivations|motivations of attackers", within: []part{analysis}},
		{part: predisposing, exact: "Predisposing Conditions", aliases: "predisposing condition|pre disposing conditions", within: []part{analysis}},
		{part: capabilities, exact: "Expected Attacker Capabilities", aliases: "attacker capabilities|expected attackers capabilities|expected attacker capability|capabilities of attackers", within: []part{analysis}},
		{part: risksAndEffects, exact: "Attack Risks and Effects", aliases: "attack risk and effects|attack risks|attack risks effects|attack risk", within: []part{analysis}},
		{part: degradation, exact: "Security Degradation", aliases: "degradation of security", within: []part{analysis}},
		{part: compensating, exact: "Compensating Mechanisms", aliases: "compensating mechanism|compensating controls", within: []part{analysis}},
		{part: failureModes, exact: "Failure Modes", aliases: "failure modes considered", within: []part{analysis}},
		{part: securityImpact, exact: "Security Impact", aliases: "security impact assessment", within: []part{analysis}},
		{part: threatModel, exact: "Threat Model", aliases: "threat modeling|threat modelling|threat models|threat modeling with stride|threat modelling with stride|stride threat model|lightweight threat model|threat analysis"},
		{part: closedIssues, exact: "Closed security issues and vulnerabilities", aliases: "closed security issues|closed issues and vulnerabilities|closed vulnerabilities", within: []part{resolution}},
		{part: handsOn, exact: "Hands-on assessment|Hands-on review", aliases: "hands on"},
		{part: handsOnDetails, exact: "Assessment Details|Review Details", within: []part{handsOn}, generic: true},
		{part: handsOnFindings, exact: "Findings", within: []part{handsOn}, generic: true},
		{part: handsOnResult, exact: "Hands-on assessment result|Hands-on review result", aliases: "hands on result|hands on assessment results", within: []part{handsOn}},
		{part: roadmap, exact: "Roadmap", aliases: "project roadmap|road map|security roadmap"},
		{part: nextSteps, exact: "Project Next Steps", aliases: "next steps|project next step", within: []part{roadmap}},
		{part: requests, exact: "CNCF Requests", aliases: "cncf request|requests to cncf|requests to the cncf", within: []part{roadmap}},

		{part: projectAdvice, exact: "Project recommendations", aliases: "recommendations|recommendations to the project|recommendations for the project|recommendations to the project team|suggestions to the project team|recommendations and action items"},
		{part: foundationAdvice, exact: "CNCF recommendations", aliases: "recommendations to cncf|recommendations to the cncf|suggestions to cncf toc"},
		{part: actionItems, exact: "Action items", aliases: "action item|actions items|project action items|follow up actions|recommended action items|security action items"},
		{part: tableOfContents, exact: "Table of contents", aliases: "contents|toc"},
	}
}

// summaryParts returns the same for the joint README.
func summaryParts() []partInfo {
	return []partInfo{
		{part: completed, exact: "Completed", aliases: "date completed|completion date|completed on"},
		{part: securityReviewers, exact: "Security reviewers", aliases: "security reviewer s|security reviewer|reviewers|security assessment reviewers"},
		{part: securityLead, exact: "Project security lead", aliases: "project security leads|project lead|security lead|project security lead s"},
		{part: projectTeam, exact: "Project team", aliases: "project team members|project maintainers|team"},
		{part: sourceCode, exact: "Source code", aliases: "source|source repository|repository|source code repository|source code repositories"},
		{part: webSite, exact: "Web site", aliases: "website|project website|web page|homepage"},
		{part: background, exact: "Background", aliases: "project background|background information|overview"},
		{part: maturity, exact: "Maturity", aliases: "project maturity|maturity and adoption"},
		{part: summary, exact: "Summary", aliases: "assessment summary|summary of the assessment"},
		{part: design, exact: "Design", aliases: "project design|system design", within: []part{summary}},
		{part: summaryAnalysis, exact: "Analysis", aliases: "security analysis", within: []part{summary}},
		{part: recommendations, exact: "Recommendations", aliases: "recommendation|findings and recommendations"},
		{part: foundationAdvice, exact: "CNCF recommendations", aliases: "recommendations to cncf|recommendations to the cncf|recommendations for cncf|recommendations for the cncf|suggestions to cncf toc|suggestions to cncf|suggestions to the cncf|suggestions to the toc|suggestions for cncf|recommendations to cncf toc|recommendations to the toc|recommendations to toc", within: []part{recommendations}},
		{part: projectAdvice, exact: "Project recommendations", aliases: "recommendations to the project team|recommendations for the project team|recommendations to the project|recommendations for the project|recommendations to project|recommendations to project team|suggestions to the project team|suggestions to the project|suggestions for the project|suggestions for the project team|recommendations to the team", within: []part{recommendations}},
		{part: additionalAdvice, exact: "Additional recommendations", aliases: "other recommendations|further recommendations|recommendations to the community|additional suggestions|community recommendations", within: []part{recommendations}},
		{part: clarifications, exact: "Additional Clarifications", aliases: "clarifications|clarifying questions|questions and answers|questions"},
		{part: trackingIssue, exact: "Tracking issue", aliases: "tracking issues|tracking|tracking board|project tracking board"},
	}
}

// A labelBook finds parts by their labels.
type labelBook struct {
	infos  []partInfo
	byPart map[part]*partInfo
	exact  map[string][]part // by plain text
	folded map[string][]part // by key
	long   []longName        // names that a misspelling can be told from
}

// A longName is a name of the templates that is no other word misspelt.
type longName struct {
	key  string
	part part
}

func newLabelBook(infos []partInfo) *labelBook {
	b := &labelBook{infos: infos, byPart: map[part]*partInfo{}, exact: map[string][]part{}, folded: map[string][]part{}}
	for i := range infos {
		info := &infos[i]
		b.byPart[info.part] = info
		for text := range strings.SplitSeq(info.exact, "|") {
			b.exact[text] = append(b.exact[text], info.part)
			k := key(text)
			b.addFolded(k, info.part)
			if len(k) >= shortestLong && !info.generic {
				b.long = append(b.long, longName{k, info.part})
			}
		}
		if info.aliases == "" {
			continue
		}
		for alias := range strings.SplitSeq(info.aliases, "|") {
			b.addFolded(alias, info.part)
		}
	}
	return b
}

func (b *labelBook) addFolded(alias string, p part) {
	for _, known := range b.folded[alias] {
		if known == p {
			return
		}
	}
	b.folded[alias] = append(b.folded[alias], p)
}

// A match is a label that was recognised.
type match struct {
	parts []part
	how   reviewpkgv1.Derivation
}

// find returns the parts that a label names. name is that of the project, which
// authors put before and behind the template's words.
func (b *labelBook) find(label, name string) (match, bool) {
	if parts := b.exact[label]; parts != nil {
		return match{parts, reviewpkgv1.Derivation_DERIVATION_EXACT_HEADING}, true
	}
	alias := reviewpkgv1.Derivation_DERIVATION_ALIAS
	k := key(label)
	if k == "" || len(k) > 80 {
		return match{}, false
	}
	for _, try := range []string{k, withoutName(k, name), key(withoutParentheses(label)), withoutName(key(withoutParentheses(label)), name)} {
		if parts := b.folded[try]; try != "" && parts != nil {
			return match{parts, alias}, true
		}
	}
	if strings.HasPrefix(k, "appendix ") && b.byPart[appendix] != nil {
		return match{[]part{appendix}, alias}, true
	}
	if parts := b.misspelt(k); parts != nil {
		return match{parts, alias}, true
	}
	return match{}, false
}

// withoutParentheses removes a remark at the end: "Critical (not configurable)".
func withoutParentheses(label string) string {
	label = strings.TrimRight(label, " :.")
	if i := strings.IndexByte(label, '('); i > 0 && strings.HasSuffix(label, ")") {
		return label[:i]
	}
	return label
}

// withoutName removes the name of the project from both ends of a folded label:
// "cortex goals", "critical security components of cortex".
func withoutName(k, name string) string {
	if name == "" {
		return ""
	}
	// People shorten the names of projects to their first word.
	if first, _, ok := strings.Cut(name, " "); ok && !strings.HasPrefix(k, name) && !strings.HasSuffix(k, name) && len(first) > 3 {
		name = first
	}
	for _, end := range []string{" of " + name, " in " + name, " for " + name, " of the " + name + " project", " with " + name} {
		if rest, ok := strings.CutSuffix(k, end); ok {
			return rest
		}
	}
	for _, start := range []string{name + " s ", name + " project ", name + " "} {
		if rest, ok := strings.CutPrefix(k, start); ok {
			return rest
		}
	}
	return ""
}

// shortestLong is the length from which one wrong letter leaves no doubt.
const shortestLong = 9

// misspelt returns the parts whose name is one letter away, in words long
// enough that it can be nothing else.
func (b *labelBook) misspelt(k string) []part {
	for _, name := range b.long {
		if nearly(k, name.key) {
			return []part{name.part}
		}
	}
	return nil
}

// nearly reports whether a and b differ by one letter that is wrong, missing or
// too many, or by two that changed places.
func nearly(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(b)-len(a) > 1 {
		return false
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	if len(a) < len(b) {
		return a[i:] == b[i+1:]
	}
	if i >= len(a)-1 {
		return true
	}
	return a[i+1:] == b[i+1:] || a[i] == b[i+1] && a[i+1] == b[i] && a[i+2:] == b[i+2:]
}
