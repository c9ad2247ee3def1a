package cncf

// designParts returns the first parts that only the joint assessment has today. The
// self-assessments of 2019 to 2021 have them as well, and lack 40 % of the headings
// that came later.
func designParts() []partInfo {
	return []partInfo{
		// The word review became assessment in April 2023.
		{
			part: jointUse, exact: "Joint-assessment use|Joint-review use",
			aliases: "joint assessment usage|use of this joint assessment",
		},
		{part: intendedUse, exact: "Intended Use", aliases: "intended uses|intended usage"},
		// Use cases alone is what most authors call it.
		{
			part: targetUsers, exact: "Target Users and Use Cases", within: []part{intendedUse},
			aliases: "target users|target users use cases|target audience|use cases|users and use cases",
		},
		{
			part: operation, exact: "Operation", within: []part{intendedUse, projectDesign}, generic: true,
			aliases: "operations|operational aspects",
		},
		{
			part: projectDesign, exact: "Project Design",
			aliases: "project and design|project architecture and design|project design and architecture",
		},
		{
			part: design, exact: "Design", within: []part{projectDesign}, generic: true,
			aliases: "system design|architecture and design|design and architecture",
		},
		{
			part: dataFlow, exact: "Data flow diagram/Architecture diagram", within: []part{projectDesign},
			aliases: "data flow diagram|data flow diagrams|architecture diagram|architecture diagrams" +
				"|data flow and architecture diagram",
		},
		{
			part: allFunctions, exact: "Functions and features",
			aliases: "features and functions|functions and features of the project|project features",
		},
		{
			part: configuration, exact: "Configuration and Set-Up",
			aliases: "configuration and setup|configuration and set up|configuration set up" +
				"|setup and configuration",
		},
		{
			part: defaultConfig, exact: "Default", within: []part{configuration}, generic: true,
			aliases: "default configuration|default configurations|default config|default settings",
		},
		{
			part: secureConfig, exact: "Secure", within: []part{configuration}, generic: true,
			aliases: "secure configuration|secure configurations|secure config|secure settings",
		},
		{
			part: advancedConfig, exact: "Advanced Secure", within: []part{configuration}, generic: true,
			aliases: "advanced secure configuration|advanced secure configurations|advanced configuration" +
				"|advanced",
		},
		// Self-assessments have this section as well, below names of their own.
		{
			part: existingAudits, exact: "Existing Audits", within: []part{compliance},
			aliases: "existing audit|third party security reviews|third party security audits" +
				"|security audits|security audit|previous audits|past audits|audits",
		},
	}
}

// analysisParts returns the parts of the security analysis.
func analysisParts() []partInfo {
	return []partInfo{
		{part: analysis, exact: "Security Analysis", aliases: "security analyses"},
		{
			part: motivations, exact: "Attacker Motivations", within: []part{analysis},
			aliases: "attacker motivation|attackers motivations|motivations of attackers",
		},
		{
			part: predisposing, exact: "Predisposing Conditions", within: []part{analysis},
			aliases: "predisposing condition|pre disposing conditions",
		},
		{
			part: capabilities, exact: "Expected Attacker Capabilities", within: []part{analysis},
			aliases: "attacker capabilities|expected attackers capabilities|expected attacker capability" +
				"|capabilities of attackers",
		},
		{
			part: risksAndEffects, exact: "Attack Risks and Effects", within: []part{analysis},
			aliases: "attack risk and effects|attack risks|attack risks effects|attack risk",
		},
		{
			part: degradation, exact: "Security Degradation", within: []part{analysis},
			aliases: "degradation of security",
		},
		{
			part: compensating, exact: "Compensating Mechanisms", within: []part{analysis},
			aliases: "compensating mechanism|compensating controls",
		},
		// This and the next one are parts that one review added.
		{
			part: failureModes, exact: "Failure Modes", within: []part{analysis},
			aliases: "failure modes considered",
		},
		{
			part: securityImpact, exact: "Security Impact", within: []part{analysis},
			aliases: "security impact assessment",
		},
		// The spelling of modelling, the method and the weight vary.
		{
			part: threatModel, exact: "Threat Model",
			aliases: "threat modeling|threat modelling|threat models|threat modeling with stride" +
				"|threat modelling with stride|stride threat model|lightweight threat model" +
				"|threat analysis",
		},
		{
			part: closedIssues, exact: "Closed security issues and vulnerabilities", within: []part{resolution},
			aliases: "closed security issues|closed issues and vulnerabilities|closed vulnerabilities",
		},
	}
}

// closingParts returns what comes after the analysis.
func closingParts() []partInfo {
	return []partInfo{
		// No document of the corpus records a hands-on assessment that took place:
		// the section says that there was none, or is the template's.
		{part: handsOn, exact: "Hands-on assessment|Hands-on review", aliases: "hands on"},
		{part: handsOnDetails, exact: "Assessment Details|Review Details", within: []part{handsOn}, generic: true},
		{part: handsOnFindings, exact: "Findings", within: []part{handsOn}, generic: true},
		{
			part: handsOnResult, exact: "Hands-on assessment result|Hands-on review result", within: []part{handsOn},
			aliases: "hands on result|hands on assessment results",
		},
		{part: roadmap, exact: "Roadmap", aliases: "project roadmap|road map|security roadmap"},
		{
			part: nextSteps, exact: "Project Next Steps", within: []part{roadmap},
			aliases: "next steps|project next step",
		},
		{
			part: requests, exact: "CNCF Requests", within: []part{roadmap},
			aliases: "cncf request|requests to cncf|requests to the cncf",
		},
	}
}

// sharedParts returns what is no part of an assessment in the templates, and stands
// in some all the same.
func sharedParts() []partInfo {
	return []partInfo{
		// Recommendations stand in assessments as well, where reviewers had no
		// README. A heading that says no more is to the project.
		{
			part: projectAdvice, exact: "Project recommendations",
			aliases: "recommendations|recommendations to the project|recommendations for the project" +
				"|recommendations to the project team|suggestions to the project team" +
				"|recommendations and action items",
		},
		{
			part: foundationAdvice, exact: "CNCF recommendations",
			aliases: "recommendations to cncf|recommendations to the cncf|suggestions to cncf toc",
		},
		// Eight self-assessments list what came out of writing them.
		{
			part: actionItems, exact: "Action items",
			aliases: "action item|actions items|project action items|follow up actions" +
				"|recommended action items|security action items",
		},
		{part: tableOfContents, exact: "Table of contents", aliases: "contents|toc"},
	}
}
