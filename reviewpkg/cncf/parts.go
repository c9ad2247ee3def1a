package cncf

import "slices"

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
// assessments, in the order of the templates. Both are looked for in every
// assessment: the template of 2019 was one document, and its self-assessments
// have what is now in the joint assessment only.
func assessmentParts() []partInfo {
	return slices.Concat(
		overviewParts(), functionParts(), developmentParts(), resolutionParts(), appendixParts(),
		designParts(), analysisParts(), closingParts(), sharedParts(),
	)
}

// Of the headings of the templates, 79 % have the template's words, 11 % the same
// words with another case, number or punctuation, and 4 % other words, which are
// the aliases here. Of the bullets it is 27, 5 and 8 %, and 32 % stand as a bold
// word or at the head of an item; see leads.go for those.

// overviewParts returns the first parts of an assessment: what the project is.
func overviewParts() []partInfo {
	return []partInfo{
		{part: metadata, exact: "Metadata", aliases: "project metadata|meta data|assessment metadata"},
		// The template has it below the metadata, and a section of its own in 43 of
		// 49 documents is a table in 39 of them.
		{
			part: securityLinks, exact: "Security links", within: []part{metadata},
			aliases: "relevant links|security documentation|security related links|security documents" +
				"|security links and documentation",
		},
		{part: overview, exact: "Overview", aliases: "project overview|overview of the project"},
		{part: background, exact: "Background", aliases: "project background|background information"},
		// Actors and actions came in January 2023; documents that are older have
		// neither, and some that are newer have both in one section.
		{
			part: actors, exact: "Actors",
			aliases: "system actors|actors and actions|actors and data flow|actors and roles|key actors",
		},
		{part: actions, exact: "Actions", aliases: "actors and actions|actors and data flow|key actions"},
		// 12 of 49 documents write the name of the next part with another case or
		// hyphen, and some put both into one section, which is then both parts.
		{
			part: goals, exact: "Goals|Goal",
			aliases: "project goals|project goal|goals and objectives|scope goals" +
				"|general and security goals|goals and non goals|security and general goals",
		},
		{
			part: nonGoals, exact: "Non-goals|Non-Goals",
			aliases: "nongoals|non goal|project non goals|out of scope|non goals out of scope" +
				"|goals and non goals|non goals and out of scope",
		},
		// The note is nearly the template's in 28 of 60 documents, and tells more
		// surely than any other part that a document is a self-assessment.
		{
			part: use, exact: "Self-assessment use",
			aliases: "use of this self assessment|use of the self assessment|self assessment usage" +
				"|self assesment use|self assessment uses|assessment use",
		},
	}
}

// functionParts returns the parts on the components that security depends on, and on
// standards.
func functionParts() []partInfo {
	return []partInfo{
		{
			part: functions, exact: "Security functions and features",
			aliases: "security features and functions|security functions|security features" +
				"|security functions features|security functionality and features",
		},
		// The template has a bullet; authors make it a heading with a noun of their
		// own, and 17 of 49 have neither this part nor the next.
		{
			part: critical, exact: "Critical", within: []part{functions, allFunctions}, generic: true,
			aliases: "critical components|critical security components|critical security component" +
				"|critical security functions|critical functions|critical features" +
				"|critical security features|critical functions and features" +
				"|critical security functions and features|critical security features and functions" +
				"|security critical|security critical components|critical components and features",
		},
		// The joint assessment says Relevant where the self-assessment says
		// Security Relevant.
		{
			part: relevant, exact: "Security Relevant|Relevant", within: []part{functions, allFunctions}, generic: true,
			aliases: "security relevant components|security relevant component|security relevant functions" +
				"|security relevant features|security relevant functions and features" +
				"|security relevant security components|relevant security functions and features" +
				"|relevant security functions|relevant security components|relevant components" +
				"|relevant functions|relevant security features|security relevant settings" +
				"|security relevant configuration",
		},
		// 43 of 49 have it under its own words; the template repeats the second of
		// them as a bullet below the heading.
		{
			part: compliance, exact: "Project compliance|Project Compliance|Compliance",
			aliases: "compliance with standards|standards compliance|project compliance and standards" +
				"|security compliance|regulatory compliance",
		},
	}
}

// developmentParts returns the parts on how the project is made.
func developmentParts() []partInfo {
	return []partInfo{
		{
			part: development, exact: "Secure development practices|Secure Development Practices",
			aliases: "security development practices|secure development|development practices" +
				"|secure software development practices" +
				"|security hygiene and secure development practices|secure development process" +
				"|secure development lifecycle",
		},
		// Wherever the words say build or release, the answer is to the same
		// question.
		{
			part: pipeline, exact: "Development Pipeline", within: []part{development},
			aliases: "deployment pipeline|build pipeline|secure build pipeline|development pipelines" +
				"|release pipeline|release testing and assessment process" +
				"|release testing and assessment processes|development and build pipeline" +
				"|ci cd pipeline|development pipeline and testing|development process",
		},
		{
			part: channels, exact: "Communication Channels", within: []part{development},
			aliases: "communications channels|communication channel|communication links|communications" +
				"|communication|communication methods|channels of communication",
		},
		// The three directions are bullets in 24 of 49 documents, and headings in 6.
		// Inbound and outbound together is one section for both.
		{
			part: internalChannel, exact: "Internal", within: []part{channels, development}, generic: true,
			aliases: "internal communication|internal communications|internal channels" +
				"|internal communication channels|internal channel|team members internal",
		},
		{
			part: inboundChannel, exact: "Inbound", within: []part{channels, development}, generic: true,
			aliases: "inbound communication|inbound communications|inbound channels" +
				"|inbound communication channels|inbound channel|inbound and outbound" +
				"|inbound outbound",
		},
		{
			part: outboundChannel, exact: "Outbound", within: []part{channels, development}, generic: true,
			aliases: "outbound communication|outbound communications|outbound channels" +
				"|outbound communication channels|outbound channel|inbound and outbound" +
				"|inbound outbound",
		},
		{
			part: ecosystem, exact: "Ecosystem", within: []part{development},
			aliases: "cloud native ecosystem|ecosystem integration|ecosystem and integrations" +
				"|project ecosystem",
		},
	}
}

// resolutionParts returns the parts on what happens to reports of vulnerabilities.
func resolutionParts() []partInfo {
	return []partInfo{
		{
			part: resolution, exact: "Security issue resolution|Security Issue Resolution",
			aliases: "issue resolution|security issues resolution|security processes" +
				"|security and vulnerability management|vulnerability reporting and incident response" +
				"|vulnerability reporting incident response" +
				"|issue resolution and responsible disclosure|vulnerability management" +
				"|security issue management|security incident resolution|security issue handling",
		},
		// The part with the most names: 11 of 49 documents have one that only
		// resembles the template's, and 13 have none. Two headings answer this part
		// and the next ones at once.
		{
			part: disclosure, exact: "Responsible Disclosures Process", within: []part{resolution},
			aliases: "responsible disclosure process|responsible disclosure|responsible disclosures" +
				"|responsible disclosure practice|responsible disclosure practices" +
				"|responsible disclosure policy|disclosures|disclosure process|disclosure policy" +
				"|security disclosure|vulnerability disclosure|vulnerability disclosure process" +
				"|vulnerability disclosure policy|coordinated disclosure" +
				"|coordinated vulnerability disclosure|security disclosure process" +
				"|reporting a vulnerability|reporting vulnerabilities|vulnerability reporting" +
				"|vulnerability reporting process|reporting security issues" +
				"|reporting security vulnerabilities|reporting security incidents" +
				"|responsible disclosures process and incident response" +
				"|responsible disclosure process and incident response" +
				"|issue resolution and responsible disclosure|security vulnerability reporting",
		},
		// The template nests it below disclosure; 8 of 10 authors with a heading for
		// it put it beside. 32 of 49 have the answer elsewhere.
		{
			part: response, exact: "Vulnerability Response Process", within: []part{resolution, disclosure},
			aliases: "vulnerability response|vulnerability response processes|vulnerability handling" +
				"|vulnerability handling process|vulnerability management plans" +
				"|vulnerability management process|security response process" +
				"|security vulnerability response|security response|vulnerability response plan" +
				"|vulnerability response policy",
		},
		{
			part: incidentResponse, exact: "Incident Response", within: []part{resolution},
			aliases: "incident response process|incident response plan|incident response processes" +
				"|incident response procedure|incident response procedures|incident management" +
				"|security incident response|incident handling" +
				"|responsible disclosures process and incident response" +
				"|responsible disclosure process and incident response" +
				"|vulnerability reporting and incident response" +
				"|vulnerability reporting incident response",
		},
	}
}

// appendixParts returns the parts of the appendix.
func appendixParts() []partInfo {
	return []partInfo{
		{part: appendix, exact: "Appendix", aliases: "appendices|appendixes"},
		{
			part: knownIssues, exact: "Known Issues Over Time", within: []part{appendix},
			aliases: "known issues|known issues over the time|known vulnerabilities|known security issues" +
				"|past vulnerabilities|past security issues|vulnerability history|known limitations" +
				"|known vulnerabilities over time|security issues over time",
		},
		// The badge changed its owner, and the template its words: CII until 2024,
		// Open SSF since. Documents of every year have either.
		{
			part: bestPractices, exact: "CII Best Practices|Open SSF Best Practices|OpenSSF Best Practices|Best Practices", within: []part{appendix},
			aliases: "cii best practices badge|open ssf best practices badge|openssf best practices badge" +
				"|openssf badge|ossf best practices|best practices badge|best practice badge" +
				"|openssf best practice|openssf scorecard" +
				"|core infrastructure initiative cii best practices" +
				"|core infrastructure initiative best practices|cii openssf best practices|badges" +
				"|openssf best practices and scorecard",
		},
		{
			part: caseStudies, exact: "Case Studies", within: []part{appendix},
			aliases: "case study|real world use cases|example use cases|adopters and case studies" +
				"|case studies user stories|case studies and user stories|user stories" +
				"|use cases and case studies|case studies and adopters",
		},
		{
			part: relatedProjects, exact: "Related Projects / Vendors", within: []part{appendix},
			aliases: "related projects|related projects and vendors|related projects or vendors" +
				"|related projects vendors and comparisons|related projects and comparisons" +
				"|comparisons|comparison|competition|related vendors|comparison with other projects" +
				"|similar projects|alternatives|alternative projects|competitors",
		},
		// No part of a template, and a list of links in every one that has it.
		{
			part: references, exact: "References", within: []part{appendix}, generic: true,
			aliases: "further references|links|related talks|talks|resources|additional resources" +
				"|further reading",
		},
	}
}
