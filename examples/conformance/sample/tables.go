package sample

import "strings"

// A pattern's samples: a text that matches it and one that does not.
type samples struct{ good, bad string }

// patterns returns samples for every regular expression of the .proto files. A
// new one that has none here stops the generator.
func patterns() map[string]samples {
	zeros := strings.Repeat("0", 64)
	return map[string]samples{
		`^[A-Za-z0-9][A-Za-z0-9._-]*$`:    {"", "not an id"}, // good depends on the message
		`^[A-Za-z0-9][A-Za-z0-9._/-]*$`:   {"review/scope", "not a key"},
		`^[0-9]+\.[0-9]+\.[0-9]+$`:        {"1.0.0", "1.0"},
		`^[^@\s][\s\S]*$`:                 {"someone", "@someone"},
		`^[a-z0-9-]+$`:                    {"github", "Git Hub"},
		`^sha256:[0-9a-f]{64}$`:           {"sha256:" + zeros, "sha256:0"},
		`^(sha256:[0-9a-f]{64})?$`:        {"sha256:" + zeros, zeros},
		`^([0-9a-f]{64})?$`:               {zeros, strings.Repeat("F", 64)},
		`^(CVSS:(3\.[01]|4\.0)/.+)?$`:     {"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", "AV:N/AC:L/Au:N/C:P/I:P/A:P"},
		`^(TA[0-9]{4})?$`:                 {"TA0001", "TA1"},
		`^(T[0-9]{4}(\.[0-9]{3})?)?$`:     {"T1078.004", "T1078.4"},
		`^([a-z0-9]+([._-][a-z0-9]+)*)?$`: {"oslo.config", "Oslo Config"},
		`^([a-z0-9][a-z0-9!#$&^_.+-]*/[a-z0-9][a-z0-9!#$&^_.+-]*)?$`: {"application/pdf", "pdf"},
		`^([a-z0-9][a-z0-9._-]*)?$`:                                  {"stable", "-stable"},
		`^(pkg:.+)?$`:                                                {"pkg:pypi/barbican@3.0.0", "pypi/barbican"},
		`^CWE-[0-9]+$`:                                               {"CWE-79", "CWE 79"},
		`^[0-9]{1,5}(-[0-9]{1,5})?/(tcp|udp|sctp)$`:                  {"5672/tcp", "5672"},
	}
}

// bases are what a message needs to keep its own rules in CEL, beyond what its
// required fields are given anyway.
func bases() map[string]string {
	return map[string]string{
		"Date":            `{"value":"2026-01-15"}`,
		"Artifact":        `{"path":"docs/slides.pdf"}`,
		"Persistence":     `{"locationText":"on disk"}`,
		"ImpactStatement": `{"narrative":"secrets leak"}`,
		"Sbom":            `{"note":"attached to the release"}`,
		"Channel":         `{"kind":"mailing list"}`,
		"Change":          `{"after":"new title"}`,
		"ValueSource":     `{"path":"findings[\"finding-1\"].likelihood"}`,
		"Person":          `{"name":"Alex Doe"}`,
		"AttackTechnique": `{"technique":"T1078"}`,
		"Appetite":        `{"dimension":"D1"}`,
		"Policy":          `{"overall":{"appetite":"LEVEL_MEDIUM"}}`,
		"Waiver":          `{"rules":["no-high-findings"]}`,
		"Criterion": `{"dimensionId":"D1","weight":1,"levels":[{"ordinal":0,"valuePermille":0,"anchor":"nothing"},
			{"ordinal":1,"valuePermille":1000,"anchor":"everything"}]}`,
		"CriterionLevel":     `{"valuePermille":500}`,
		"EvidenceTierValues": `{"asserted":100,"documented":300,"reviewerVerified":700,"independentlyValidated":1000}`,
		"EffortHint":         `{"hoursMin":4,"hoursLikely":8,"hoursMax":16}`,
		"RiskMatrix": `{"id":"m","impacts":["LEVEL_LOW","LEVEL_HIGH"],"rows":[
			{"likelihood":"LEVEL_LOW","risks":["LEVEL_LOW","LEVEL_MEDIUM"]},
			{"likelihood":"LEVEL_HIGH","risks":["LEVEL_MEDIUM","LEVEL_HIGH"]}]}`,
		"Rubric": `{"findingMatrixId":"m","gapMatrixId":"m","volumeConstant":8,
			"dimensions":[{"id":"D1","title":"Design","statement":"Is it sound?","exposure":"LEVEL_HIGH","findings":true}],
			"matrices":[{"id":"m","title":"Risk","source":"by hand","impacts":["LEVEL_LOW","LEVEL_HIGH"],"rows":[
				{"likelihood":"LEVEL_LOW","risks":["LEVEL_LOW","LEVEL_LOW"]},{"likelihood":"LEVEL_HIGH","risks":["LEVEL_LOW","LEVEL_HIGH"]}]}],
			"bands":[{"level":"LEVEL_VERY_LOW","min":0,"max":199},{"level":"LEVEL_LOW","min":200,"max":399},{"level":"LEVEL_MEDIUM","min":400,"max":599},
				{"level":"LEVEL_HIGH","min":600,"max":799},{"level":"LEVEL_VERY_HIGH","min":800,"max":1000}]}`,
		"RubricScore":     `{"level":1}`,
		"Dimension":       `{"findings":true}`,
		"RiskMatrixRow":   `{"risks":["LEVEL_LOW","LEVEL_MEDIUM"]}`,
		"ThreatMatrixRow": `{"cells":[{"status":"THREAT_CELL_STATUS_POSSIBLE"}]}`,
		"ThreatMatrix":    `{"columns":["network"],"rows":[{"victim":"API","cells":[{"status":"THREAT_CELL_STATUS_POSSIBLE"}]}]}`,
	}
}

// without are the fields that a message with everything set leaves out, because
// they exclude what the others say.
func without() map[string][]string {
	return map[string][]string{
		"Narrative":     {"merged_into"},
		"ReviewPackage": {"no_findings_statement", "obsolete_reason"},
		"Architecture":  {"no_dependencies_statement", "no_entry_points_statement"},
		"DataAsset":     {"not_persisted_reason", "impact_not_modelled_reason"},
		"Finding":       {"rejection_reason"},
		"Change":        {"before"},
		"RubricScore":   {"level_max"},
		"Authorship":    {"adopted"},
		// A number that is no index of the levels stops the rules of the criterion.
		"CriterionLevel": {"ordinal"},
	}
}

// words are texts for fields that most messages have, by their names. All
// others are given their own name.
func words() map[string]string {
	return map[string]string{
		"name":           "secret store",
		"title":          "Secret store of the cloud",
		"text":           "It keeps secrets for other services.",
		"description":    "It keeps secrets for other services.",
		"statement":      "Every way in has authentication.",
		"version":        "3.0.0",
		"release":        "Newton",
		"note":           "as the diagram shows",
		"raw":            "May 2016",
		"commit":         "4f2c9d1",
		"language":       "en",
		"license":        "Apache-2.0",
		"owner":          "security office",
		"rationale":      "It is reachable from outside.",
		"justification":  "The log is read by two people.",
		"recommendation": "Leave secrets out of the log.",
		"question":       "Who can read the log?",
		"reason":         "It holds no text.",
		"source":         "# Overview\n",
		"heading":        "Overview",
		"anchor":         "Nothing is documented.",
		"purpose":        "It lets requests in.",
		"technology":     "Python",
		"dimension":      "D7",
		"criterion":      "D7.1",
		"rubric":         "reviewpkg-default",
		"rubric_version": "1.0.0",
		"package":        "barbican-newton",
		"policy":         "research-cloud",
		"policy_version": "1",
		"finding":        "f-1",
		"condition":      "finding.impact < 4",
		"file":           "package.yaml",
	}
}
