package main

// commonPairs are the pairs of common.proto and people.proto.
func commonPairs() map[string]pair {
	return map[string]pair{
		"narrative.answered": {
			keep: []string{`{"presence":"PRESENCE_ANSWERED","text":"yes"}`, `{"text":"yes"}`},
			bad:  []string{`{"presence":"PRESENCE_ANSWERED"}`},
		},
		// An equation of two conditions, which either side can break.
		"narrative.merged": {
			keep: []string{`{"presence":"PRESENCE_MERGED_ELSEWHERE","mergedInto":"self_assessment.appendix"}`},
			bad:  []string{`{"presence":"PRESENCE_MERGED_ELSEWHERE"}`, `{"mergedInto":"self_assessment.appendix"}`},
		},
		"narrative.empty": {
			keep: []string{`{"presence":"PRESENCE_EMPTY"}`},
			bad:  []string{`{"presence":"PRESENCE_EMPTY","text":"not empty"}`, `{"presence":"PRESENCE_MERGED_ELSEWHERE","mergedInto":"summary","text":"too"}`},
		},
		// A pattern that is not held to the end takes a line feed behind the day,
		// and a digit of any script passes where \\d stands for [0-9].
		"date.format": {
			keep: []string{`{"value":"2019"}`, `{"value":"2019-05"}`, `{"value":"2019-05-24"}`},
			bad:  []string{`{"value":"24.05.2019"}`, `{"value":"2019-5-24"}`, `{"value":"2019-05-24T00:00:00Z"}`, `{"value":"2019-05-24\n"}`, `{"value":"٢٠١٩"}`},
		},
		// Leap years by all three of their rules.
		"date.impossible": {
			keep: []string{`{"value":"2020-02-29"}`, `{"value":"2000-02-29"}`, `{"value":"2019-12-31"}`},
			bad:  []string{`{"value":"2019-02-29"}`, `{"value":"1900-02-29"}`, `{"value":"2019-04-31"}`, `{"value":"2019-13"}`, `{"value":"2019-00-10"}`, `{"value":"2019-01-00"}`},
		},
		// Two dots are harmful as a whole part of a path, not inside of one.
		"artifact.path": {
			keep: []string{`{"path":"docs/a..b/slides.pdf"}`},
			bad:  []string{`{"path":"../slides.pdf"}`, `{"path":"/etc/passwd"}`, `{"path":"docs\\slides.pdf"}`, `{"path":"docs//slides.pdf"}`, `{"path":"c:slides.pdf"}`},
		},
		"artifact.place": {
			keep: []string{`{"path":null,"url":"https://example.org/slides"}`},
			bad:  []string{`{"path":null}`},
		},
		"value_source.lines": {
			keep: []string{`{"startLine":3,"endLine":3}`, `{"startLine":3}`},
			bad:  []string{`{"startLine":3,"endLine":2}`, `{"endLine":2}`},
		},
		"person.named": {
			keep: []string{`{"handles":[{"system":"github","name":"alex"}],"name":null}`},
			bad:  []string{`{"name":null}`},
		},
	}
}

// partPairs are the pairs of change.proto and of the parts of an assessment.
func partPairs() map[string]pair {
	return map[string]pair{
		// A value that is null is there: has() must not take it for nothing.
		"change.before": {
			keep: []string{`{"kind":"CHANGE_KIND_CHANGED","before":1,"after":2}`, `{"kind":"CHANGE_KIND_CHANGED","before":null,"after":[null,{"a":1.5}]}`},
			bad:  []string{`{"before":"old"}`, `{"kind":"CHANGE_KIND_MOVED"}`},
		},
		"change.after": {
			keep: []string{`{"kind":"CHANGE_KIND_MOVED","before":["a","b"],"after":["b","a"]}`},
			bad:  []string{`{"kind":"CHANGE_KIND_REMOVED","before":"old","after":"new"}`},
		},
		// Zero is a position, because the field is optional.
		"change.position": {
			keep: []string{`{"position":0}`},
			bad:  []string{`{"kind":"CHANGE_KIND_CHANGED","before":1,"after":2,"position":0}`},
		},
		"sbom.link": {
			keep: []string{`{"availability":"SBOM_AVAILABILITY_AVAILABLE","links":[{"url":"sbom.json"}],"note":null}`},
			bad:  []string{`{"availability":"SBOM_AVAILABILITY_THIRD_PARTY_SCAN","note":null}`},
		},
		"compliance.claims": {
			keep: []string{`{"status":"COMPLIANCE_STATUS_NONE_DECLARED","claims":[{"id":"c","standard":"SLSA","relation":"COMPLIANCE_RELATION_ALIGNED"}]}`},
			bad:  []string{`{"status":"COMPLIANCE_STATUS_NONE_DECLARED","claims":[{"id":"c","standard":"SLSA","relation":"COMPLIANCE_RELATION_COMPLIES"}]}`},
		},
		"channel.place": {
			keep: []string{`{"kind":null,"address":"#security"}`},
			bad:  []string{`{"kind":null,"private":true}`},
		},
	}
}

// packagePairs are the pairs of the package, its findings, its architecture,
// its threats and its review.
func packagePairs() map[string]pair {
	return map[string]pair{
		// Each keeps one half of its rule and breaks the other.
		"package.findings": {
			keep: []string{`{"noFindingsStatement":"none were found"}`},
			bad:  []string{`{"noFindingsStatement":"none were found","findings":[{"id":"f","title":"one","state":"FINDING_STATE_REPORTED"}]}`},
		},
		"package.final_process": one(`{"status":"PACKAGE_STATUS_FINAL","processes":["REVIEW_PROCESS_OPENSTACK"]}`, `{"status":"PACKAGE_STATUS_FINAL"}`),
		"package.obsolete":      one(`{"status":"PACKAGE_STATUS_OBSOLETE","obsoleteReason":"archived"}`, `{"obsoleteReason":"archived"}`),
		"authorship.adopted": one(`{"maintainerReview":"MAINTAINER_REVIEW_ADOPTED","adopted":{"value":"2024"}}`,
			`{"maintainerReview":"MAINTAINER_REVIEW_PENDING","adopted":{"value":"2024"}}`),
		// An upper bound without a lower one is broken too; equal bounds are not.
		"finding.likelihood_range": {
			keep: []string{`{"likelihood":"LEVEL_LOW","likelihoodMax":"LEVEL_LOW"}`},
			bad:  []string{`{"likelihood":"LEVEL_HIGH","likelihoodMax":"LEVEL_LOW"}`, `{"likelihoodMax":"LEVEL_LOW"}`},
		},
		"finding.impact_range": {
			keep: []string{`{"impact":"LEVEL_LOW","impactMax":"LEVEL_VERY_HIGH"}`},
			bad:  []string{`{"impact":"LEVEL_VERY_HIGH","impactMax":"LEVEL_LOW"}`, `{"impactMax":"LEVEL_LOW"}`},
		},
		"finding.rejection": {
			keep: []string{`{"state":"FINDING_STATE_REJECTED","rejectionReason":"REJECTION_REASON_DUPLICATE"}`},
			bad:  []string{`{"state":"FINDING_STATE_REJECTED"}`, `{"state":"FINDING_STATE_AGREED","rejectionReason":"REJECTION_REASON_DUPLICATE"}`},
		},
		"attack_technique.id":       one(`{"tactic":"TA0001","technique":null}`, `{"technique":null,"name":"Valid Accounts"}`),
		"architecture.dependencies": one(`{"noDependenciesStatement":"none"}`, `{"noDependenciesStatement":"none","externalDependencies":[{"id":"d","name":"keystone"}]}`),
		// The second of two interfaces counts: a reader of the first only passes it.
		"architecture.entry_points": one(`{"noEntryPointsStatement":"none","interfaces":[{"id":"i","fromId":"a","toId":"b"}]}`,
			`{"noEntryPointsStatement":"none","interfaces":[{"id":"i","fromId":"a","toId":"b"},{"id":"j","fromId":"b","toId":"a","entryPoint":true}]}`),
		"data_asset.persistence": one(`{"notPersistedReason":"in memory"}`, `{"notPersistedReason":"in memory","persistence":[{"id":"p","locationText":"disk"}]}`),
		"data_asset.impact": one(`{"impactNotModelledReason":"later"}`,
			`{"impactNotModelledReason":"later","impacts":[{"property":"SECURITY_PROPERTY_AUDIT","severity":"LEVEL_LOW"}]}`),
		"persistence.location": one(`{"locationText":null,"locationId":"db"}`, `{"locationText":null}`),
		"impact.said":          one(`{"narrative":null,"severity":"LEVEL_LOW"}`, `{"narrative":null}`),
		"authentication.none":  one(`{"mechanism":"AUTHENTICATION_MECHANISM_NONE","noneRationale":"public"}`, `{"mechanism":"AUTHENTICATION_MECHANISM_NONE"}`),
		// The first row is right in both, so that all rows must be looked at.
		"threat_matrix.columns": one(`{"columns":["a","b"],"rows":[{"victim":"v","cells":[{},{}]},{"victim":"w","cells":[{},{}]}]}`,
			`{"columns":["a","b"],"rows":[{"victim":"v","cells":[{},{}]},{"victim":"w","cells":[{}]}]}`),
		"validation.assertions": one(
			`{"assertions":[{"assertion":"ASSERTION_DATA_FLOW","met":"ANSWER_YES"},{"assertion":"ASSERTION_ENTRY_POINTS","met":"ANSWER_YES"}]}`,
			`{"assertions":[{"assertion":"ASSERTION_DATA_FLOW","met":"ANSWER_YES"},{"assertion":"ASSERTION_DATA_FLOW","met":"ANSWER_NO"}]}`),
	}
}
