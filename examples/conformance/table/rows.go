package main

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/reviewpkg/sdk/examples/conformance/kit"
)

// The table stands between these.
const (
	begin  = "<!-- results -->\n\n"
	end    = "\n<!-- /results -->"
	header = "| language | passed | failed | not applicable | why not |\n|---|---|---|---|---|\n"
)

// A row is what one implementation made of all cases.
type row struct {
	language string
	cells    string
}

// summary returns the row of results. They must be about every case once: what
// nobody tried did not pass.
func summary(results *kit.Results, cases []*kit.Case) (row, error) {
	outcomes := map[string]kit.Result{}
	for _, r := range results.Results {
		if _, twice := outcomes[r.ID]; twice {
			return row{}, fmt.Errorf("%s: the case %q stands twice in the results", results.Language, r.ID)
		}
		outcomes[r.ID] = r
	}
	counts := map[string]int{}
	reasons := map[string]int{}
	for _, c := range cases {
		r, ok := outcomes[c.ID]
		if !ok {
			return row{}, fmt.Errorf("%s: there is no result for the case %s", results.Language, c.ID)
		}
		delete(outcomes, c.ID)
		switch {
		case !slices.Contains([]string{kit.Passed, kit.Failed, kit.NotApplicable}, r.Outcome):
			return row{}, fmt.Errorf("%s: the case %s is %q", results.Language, c.ID, r.Outcome)
		case r.Outcome == kit.NotApplicable && r.Reason == "":
			return row{}, fmt.Errorf("%s: the case %s is not applicable, and nothing says why", results.Language, c.ID)
		case r.Outcome == kit.NotApplicable:
			reasons[r.Reason]++
		}
		counts[r.Outcome]++
	}
	// What is left has the ids of another version of the kit.
	for id := range outcomes {
		return row{}, fmt.Errorf("%s: there is no case %q", results.Language, id)
	}
	return row{results.Language, fmt.Sprintf("| %s | %d | %d | %d | %s |\n", cell(results.Language),
		counts[kit.Passed], counts[kit.Failed], counts[kit.NotApplicable], why(reasons))}, nil
}

// why lists reasons, those of most cases first.
func why(reasons map[string]int) string {
	words := make([]string, 0, len(reasons))
	for reason := range reasons {
		words = append(words, reason)
	}
	slices.SortFunc(words, func(a, b string) int {
		return cmp.Or(cmp.Compare(reasons[b], reasons[a]), cmp.Compare(a, b))
	})
	for i, reason := range words {
		words[i] = fmt.Sprintf("%d: %s", reasons[reason], cell(reason))
	}
	return strings.Join(words, "; ")
}

// cell writes a text so that it stays in its cell.
func cell(text string) string {
	return strings.NewReplacer("|", `\|`, "\n", " ", "\r", " ", "<", "&lt;").Replace(text)
}

// replace returns a page with the rows in its table. Languages without a new
// row keep the old one.
func replace(page string, rows []row) (string, error) {
	before, rest, ok := strings.Cut(page, begin)
	old, after, closed := strings.Cut(rest, end)
	if !ok || !closed {
		return "", errors.New("the markers of the table are missing")
	}
	for line := range strings.Lines(strings.TrimPrefix(old, header)) {
		language, _, _ := strings.Cut(strings.TrimPrefix(line, "| "), " |")
		known := slices.ContainsFunc(rows, func(r row) bool { return cell(r.language) == language })
		if strings.HasPrefix(line, "| ") && !known {
			rows = append(rows, row{language, line})
		}
	}
	// By name, so that the order in which languages ran does not show.
	slices.SortFunc(rows, func(a, b row) int { return cmp.Compare(a.language, b.language) })
	var table strings.Builder
	for _, r := range rows {
		table.WriteString(r.cells)
	}
	return before + begin + header + table.String() + end + after, nil
}
