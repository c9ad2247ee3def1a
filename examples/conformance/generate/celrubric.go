package main

import (
	"fmt"
	"strings"
)

// rubricPairs are the pairs of rubric.proto.
func rubricPairs() map[string]pair {
	const (
		dimension = `{"id":"D1","title":"Design","statement":"Is it sound?","exposure":"LEVEL_HIGH","findings":true}`
		other     = `{"id":"D2","title":"Data","statement":"Is it safe?","exposure":"LEVEL_HIGH"}`
		rows      = `"impacts":["LEVEL_LOW","LEVEL_HIGH"],"rows":[{"likelihood":"LEVEL_LOW","risks":["LEVEL_LOW","LEVEL_LOW"]},{"likelihood":"LEVEL_HIGH","risks":["LEVEL_LOW","LEVEL_HIGH"]}]`
		m         = `{"id":"m","title":"Risk","source":"by hand",` + rows + `}`
		n         = `{"id":"n","title":"Gap","source":"by hand",` + rows + `}`
		levels    = `"weight":1,"levels":[{"ordinal":0,"valuePermille":0,"anchor":"nothing"},{"ordinal":1,"valuePermille":9,"anchor":"some"}]`
		c1        = `{"id":"D1.1","dimensionId":"D1","statement":"It is written down.",` + levels + `}`
		effort    = `"effort":{"hoursMin":1,"hoursLikely":2,"hoursMax":3,"role":"EFFORT_ROLE_DEVELOPER"}`
		ab        = `{"ordinal":0,"valuePermille":0,"anchor":"a"},{"ordinal":1,"valuePermille":500,"anchor":"b"}`
	)
	return map[string]pair{
		"rubric.dimension_ids":       one(`{"dimensions":[`+dimension+`,`+other+`]}`, `{"dimensions":[`+dimension+`,`+strings.Replace(other, "D2", "D1", 1)+`]}`),
		"rubric.matrix_ids":          one(`{"matrices":[`+m+`,`+n+`]}`, `{"matrices":[`+m+`,`+m+`]}`),
		"rubric.criterion_ids":       one(`{"criteria":[`+c1+`,`+strings.Replace(c1, "D1.1", "D1.2", 1)+`]}`, `{"criteria":[`+c1+`,`+c1+`]}`),
		"rubric.criterion_dimension": one(`{"criteria":[`+c1+`]}`, `{"criteria":[`+strings.Replace(c1, `"D1"`, `"D7"`, 1)+`]}`),
		"rubric.finding_matrix": {
			keep: []string{`{"matrices":[` + n + `,` + m + `],"findingMatrixId":"m","gapMatrixId":"n"}`},
			bad:  []string{`{"findingMatrixId":"x"}`, `{"gapMatrixId":"x"}`},
		},
		"rubric.remedies": one(`{"remedyEfforts":[{`+effort+`},{"remedy":"REMEDY_CODE_CHANGE",`+effort+`}]}`, `{"remedyEfforts":[{`+effort+`},{`+effort+`}]}`),
		// None and two are both not one.
		"rubric.findings_dimension": {
			keep: []string{`{"dimensions":[` + other + `,` + dimension + `]}`},
			bad:  []string{`{"dimensions":[` + other + `]}`, `{"dimensions":[` + dimension + `,` + strings.Replace(dimension, "D1", "D2", 1) + `]}`},
		},
		"risk_matrix.columns": one(`{`+rows+`}`, `{`+strings.Replace(rows, `"risks":["LEVEL_LOW",`, `"risks":[`, 1)+`}`),
		// In the wrong order, each of them once.
		"risk_matrix.impacts": one(`{`+rows+`}`, `{`+strings.Replace(rows, `["LEVEL_LOW","LEVEL_HIGH"]`, `["LEVEL_HIGH","LEVEL_LOW"]`, 1)+`}`),
		"risk_matrix.likelihoods": {
			keep: []string{`{` + rows + `}`},
			bad:  []string{`{` + strings.ReplaceAll(rows, `"likelihood":"LEVEL_LOW"`, `"likelihood":"LEVEL_HIGH"`) + `}`},
		},
		"score_band.order": one(`{"min":500,"max":500}`, `{"min":500,"max":499}`),
		"criterion.ordinals": {
			keep: []string{`{"levels":[` + ab + `,{"ordinal":2,"valuePermille":1000,"anchor":"c"}]}`, `{"levels":[` + manyLevels(16) + `]}`},
			// The second also has a number that a rule of its own refuses.
			bad: []string{`{"levels":[` + ab + `,{"ordinal":1,"valuePermille":1000,"anchor":"c"}]}`, `{"levels":[` + ab + `,` + ab + `]}`},
		},
		"criterion.values": {
			keep: []string{`{"levels":[` + ab + `]}`},
			bad:  []string{`{"levels":[` + ab + `,{"ordinal":2,"valuePermille":500,"anchor":"c"}]}`},
		},
		// Equal is not more.
		"evidence_tier_values.order": one(`{"asserted":1,"documented":2,"reviewerVerified":3,"independentlyValidated":4}`,
			`{"asserted":1,"documented":2,"reviewerVerified":2,"independentlyValidated":4}`),
		// Equal is allowed here.
		"effort_hint.order": {
			keep: []string{`{"hoursMin":8,"hoursLikely":8,"hoursMax":8}`},
			bad:  []string{`{"hoursMin":9,"hoursLikely":8,"hoursMax":16}`, `{"hoursMin":4,"hoursLikely":8,"hoursMax":7}`},
		},
	}
}

// scorePairs are the pairs of the scores of reviewers.
func scorePairs() map[string]pair {
	const score = `"state":"SCORE_STATE_`
	return map[string]pair{
		// Level and value of zero are there, because both are optional.
		"rubric_score.level": {
			keep: []string{`{` + score + `LEVEL","level":0}`, `{` + score + `LEVEL","level":null,"value":0}`},
			bad:  []string{`{` + score + `LEVEL","level":1,"levelMax":2}`},
		},
		"rubric_score.range": {
			keep: []string{`{` + score + `RANGE","level":0,"levelMax":0}`},
			bad:  []string{`{` + score + `RANGE","level":2,"levelMax":1}`, `{` + score + `RANGE","level":2}`},
		},
		"rubric_score.no_level": {
			keep: []string{`{` + score + `RANGE","level":1,"levelMax":2}`},
			bad:  []string{`{` + score + `UNKNOWN","level":0}`},
		},
		"rubric_score.not_applicable": {
			keep: []string{`{` + score + `NOT_APPLICABLE","level":null,"rationale":"it has no network","scorerId":"a","confirmerId":"b"}`},
			bad:  []string{`{` + score + `NOT_APPLICABLE","level":null,"rationale":"it has no network","scorerId":"a"}`},
		},
		"rubric_score.confirmer": one(`{"scorerId":"a","confirmerId":"b"}`, `{"scorerId":"a","confirmerId":"a"}`),
	}
}

// manyLevels returns levels with the numbers from 0 to n-1.
func manyLevels(n int) string {
	levels := make([]string, n)
	for i := range levels {
		levels[i] = fmt.Sprintf(`{"ordinal":%d,"valuePermille":%d,"anchor":"level %d"}`, i, i, i)
	}
	return strings.Join(levels, ",")
}
