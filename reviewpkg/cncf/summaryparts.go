package cncf

import "slices"

// summaryParts returns what there is to know about the parts of the joint README. Its
// names are other ones than those of the assessments: Design is a word in a
// paragraph here, and a section there.
func summaryParts() []partInfo {
	return slices.Concat(summaryHeadParts(), summaryAdviceParts())
}

// summaryHeadParts returns the keys at the top of the joint README, and what the
// reviewers found.
func summaryHeadParts() []partInfo {
	return []partInfo{
		// Completed is the template's key, and Date completed what a README of 2021
		// has.
		{part: completed, exact: "Completed", aliases: "date completed|completion date|completed on"},
		{
			part: securityReviewers, exact: "Security reviewers",
			aliases: "security reviewer s|security reviewer|reviewers|security assessment reviewers",
		},
		{
			part: securityLead, exact: "Project security lead",
			aliases: "project security leads|project lead|security lead|project security lead s",
		},
		{part: projectTeam, exact: "Project team", aliases: "project team members|project maintainers|team"},
		{
			part: sourceCode, exact: "Source code",
			aliases: "source|source repository|repository|source code repository|source code repositories",
		},
		{part: webSite, exact: "Web site", aliases: "website|project website|web page|homepage"},
		{
			part: background, exact: "Background",
			aliases: "project background|background information|overview",
		},
		{part: maturity, exact: "Maturity", aliases: "project maturity|maturity and adoption"},
		{part: summary, exact: "Summary", aliases: "assessment summary|summary of the assessment"},
		// Bold words in the template, and headings in some documents.
		{part: design, exact: "Design", aliases: "project design|system design", within: []part{summary}},
		{part: summaryAnalysis, exact: "Analysis", aliases: "security analysis", within: []part{summary}},
	}
}

// summaryAdviceParts returns what the reviewers advise, and where that is tracked.
func summaryAdviceParts() []partInfo {
	return []partInfo{
		// To whom a list is addressed is said in any words; audienceOf reads the
		// shorter ones.
		{
			part: recommendations, exact: "Recommendations",
			aliases: "recommendation|findings and recommendations",
		},
		{
			part: foundationAdvice, exact: "CNCF recommendations", within: []part{recommendations},
			aliases: "recommendations to cncf|recommendations to the cncf|recommendations for cncf" +
				"|recommendations for the cncf|suggestions to cncf toc|suggestions to cncf" +
				"|suggestions to the cncf|suggestions to the toc|suggestions for cncf" +
				"|recommendations to cncf toc|recommendations to the toc|recommendations to toc",
		},
		{
			part: projectAdvice, exact: "Project recommendations", within: []part{recommendations},
			aliases: "recommendations to the project team|recommendations for the project team" +
				"|recommendations to the project|recommendations for the project" +
				"|recommendations to project|recommendations to project team" +
				"|suggestions to the project team|suggestions to the project" +
				"|suggestions for the project|suggestions for the project team" +
				"|recommendations to the team",
		},
		{
			part: additionalAdvice, exact: "Additional recommendations", within: []part{recommendations},
			aliases: "other recommendations|further recommendations|recommendations to the community" +
				"|additional suggestions|community recommendations",
		},
		// One review has questions with answers by the maintainers, which the
		// template does not ask for.
		{
			part: clarifications, exact: "Additional Clarifications",
			aliases: "clarifications|clarifying questions|questions and answers|questions",
		},
		// The last line of the template. One review has a board beside it.
		{
			part: trackingIssue, exact: "Tracking issue",
			aliases: "tracking issues|tracking|tracking board|project tracking board",
		},
	}
}
