package main

// policyPairs are the pairs of policy.proto.
func policyPairs() map[string]pair {
	const (
		rule     = `{"id":"r1","statement":"No finding.","target":"RULE_TARGET_FINDING","condition":"false"}`
		rule2    = `{"id":"r2","statement":"No finding.","target":"RULE_TARGET_FINDING","condition":"false"}`
		exposure = `{"dimension":"D1","exposure":"LEVEL_HIGH"}`
		deadline = `{"level":"LEVEL_HIGH","days":30}`
		appetite = `{"dimension":"D1","appetite":"LEVEL_MEDIUM"}`
		process  = `{"process":"REVIEW_PROCESS_OPENSTACK","minPermille":800}`
		term     = `{"level":"LEVEL_HIGH","maxDays":90}`
		day      = `{"value":"2026-01-15"}`
		waiver   = `"rules":["r1"],"scope":{"package":"p"},"category":"WAIVER_CATEGORY_ACCEPT","justification":"why","owner":"o","requestedBy":"q",` +
			`"approvals":[{"approver":"a","date":` + day + `}],"expires":` + day + `,"maxLevel":"LEVEL_HIGH"}`
	)
	return map[string]pair{
		// Any one of the four will do.
		"policy.checks":   {keep: []string{`{"overall":{"appetite":"LEVEL_LOW"}}`, `{"overall":null,"rules":[` + rule + `]}`}, bad: []string{`{"overall":null}`}},
		"policy.rule_ids": one(`{"rules":[`+rule+`,`+rule2+`]}`, `{"rules":[`+rule+`,`+rule+`]}`),
		// Unique by one field of theirs, whatever the others say.
		"policy.exposures":          one(`{"exposures":[`+exposure+`,{"dimension":"D2","exposure":"LEVEL_HIGH"}]}`, `{"exposures":[`+exposure+`,`+exposure+`]}`),
		"policy.deadlines":          one(`{"deadlines":[`+deadline+`,{"level":"LEVEL_LOW","days":30}]}`, `{"deadlines":[`+deadline+`,`+deadline+`]}`),
		"policy.dimensions":         one(`{"appetites":[`+appetite+`,{"dimension":"D2","appetite":"LEVEL_MEDIUM"}]}`, `{"appetites":[`+appetite+`,`+appetite+`]}`),
		"policy.appetite_dimension": {keep: []string{`{"appetites":[` + appetite + `]}`}, bad: []string{`{"appetites":[{"appetite":"LEVEL_LOW"}]}`, `{"overall":` + appetite + `}`}},
		"policy.processes":          one(`{"completeness":[`+process+`,{"process":"REVIEW_PROCESS_CNCF_SELF"}]}`, `{"completeness":[`+process+`,`+process+`]}`),
		"appetite.tolerance":        one(`{"appetite":"LEVEL_MEDIUM","tolerance":"LEVEL_MEDIUM"}`, `{"appetite":"LEVEL_MEDIUM","tolerance":"LEVEL_LOW"}`),
		"waiver_rules.terms":        one(`{"terms":[`+term+`,{"level":"LEVEL_LOW"}]}`, `{"terms":[`+term+`,`+term+`]}`),
		"waiver_set.ids":            one(`{"waivers":[{"id":"w1",`+waiver+`,{"id":"w2",`+waiver+`]}`, `{"waivers":[{"id":"w1",`+waiver+`,{"id":"w1",`+waiver+`]}`),
		"waiver.target":             one(`{"rules":null,"findings":["f1"]}`, `{"rules":null}`),
		// The second of two approvals counts, too.
		"waiver.requester":  one(`{"requestedBy":"q","approvals":[{"approver":"a","date":`+day+`}]}`, `{"requestedBy":"q","approvals":[{"approver":"a","date":`+day+`},{"approver":"q","date":`+day+`}]}`),
		"waiver.expiry_day": one(`{"expires":`+day+`}`, `{"expires":{"value":"2026-01"}}`),
		"waiver.controls":   one(`{"category":"WAIVER_CATEGORY_MITIGATED_ELSEWHERE","compensatingControls":["a firewall"]}`, `{"category":"WAIVER_CATEGORY_MITIGATED_ELSEWHERE"}`),
	}
}
