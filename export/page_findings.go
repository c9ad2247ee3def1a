package export

import (
	"cmp"
	"slices"

	"github.com/reviewpkg/sdk/internal/inwords"
	"github.com/reviewpkg/sdk/internal/rating"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// findings appends the open findings, worst first, the disputed ones, and how
// many are closed. The statement of a package without findings is in quotation
// marks: it is a claim of its authors.
func (p *page) findings(r *reviewpkgv1.Report, most limits) {
	p.heading(2, words("Open findings"))
	open, closed := openFindings(r)
	if len(open) == 0 {
		p.paragraph(words("No open findings."))
	}
	if statement := quote(r.GetPackage().GetNoFindingsStatement()); statement.Text != "" {
		p.paragraph(words("The package says: “"), statement, words("”"))
	}
	t := table{Caption: "Open findings", Columns: []column{
		{Title: "Id"}, {Title: "Title"}, {Title: "Likelihood"}, {Title: "Impact"},
		{Title: "Declared"}, {Title: "Computed"}, {Title: "State"},
	}}
	for _, f := range open {
		t.Rows = append(t.Rows, f.row())
	}
	p.table(t, most.findings, "finding")
	p.closed(closed)
	p.disputed(r.GetPackage().GetDisputedFindings(), most)
}

// A rated finding is a finding with the risk that the profile gives it. Either
// may be missing.
type rated struct {
	id      string
	finding *reviewpkgv1.Finding
	risk    *reviewpkgv1.FindingRisk
}

// row returns the row of the finding in the table. A finding that only the
// profile has is shown all the same, because the profile counted it.
func (f rated) row() []line {
	if f.finding == nil {
		return []line{
			{code(f.id)}, {words("not in the package")}, {}, {}, {level(f.risk.GetDeclared())}, {f.computed()}, {},
		}
	}
	return []line{
		{code(f.id)},
		orNotStated(quote(f.finding.GetTitle())),
		{levels(f.finding.GetLikelihood(), f.finding.GetLikelihoodMax())},
		{levels(f.finding.GetImpact(), f.finding.GetImpactMax())},
		{level(f.finding.GetOverall())},
		{f.computed()},
		{words("%s", inwords.Enum(f.finding.GetState()))},
	}
}

// computed returns the computed risk. Without a profile there is none: the matrix
// belongs to a rubric, and which one that would be is not for an export to say.
func (f rated) computed() span {
	if f.risk == nil {
		return words("not computed")
	}
	return levels(f.risk.GetLevelMin(), f.risk.GetLevelMax())
}

// openFindings returns the findings of the package that are open, worst first,
// and those that stand and are not. If there is a profile, it decides which are
// open and in which order; otherwise the state and the declared rating do.
func openFindings(r *reviewpkgv1.Report) (open []rated, closed []*reviewpkgv1.Finding) {
	findings := r.GetPackage().GetFindings()
	if r.GetProfile() == nil {
		for _, f := range findings {
			if !rating.Closed(f) {
				open = append(open, rated{id: f.GetId(), finding: f})
			} else {
				closed = append(closed, f)
			}
		}
		slices.SortStableFunc(open, func(a, b rated) int {
			return cmp.Compare(b.finding.GetOverall(), a.finding.GetOverall())
		})
		return open, closed
	}
	// Of a finding that stands and one that is disputed under the same id, which is
	// invalid, the one that stands is shown.
	byID := map[string]*reviewpkgv1.Finding{}
	for _, f := range slices.Concat(r.GetPackage().GetDisputedFindings(), findings) {
		byID[f.GetId()] = f
	}
	listed := map[string]bool{}
	for _, risk := range r.GetProfile().GetFindings() {
		listed[risk.GetFinding()] = true
		open = append(open, rated{id: risk.GetFinding(), finding: byID[risk.GetFinding()], risk: risk})
	}
	for _, f := range findings {
		if !listed[f.GetId()] {
			closed = append(closed, f)
		}
	}
	return open, closed
}

// closed appends how many findings are not open, by state in the order of the
// model, so that nobody takes the table for all that was found.
func (p *page) closed(findings []*reviewpkgv1.Finding) {
	if len(findings) == 0 {
		return
	}
	counts := map[reviewpkgv1.FindingState]int{}
	var states []reviewpkgv1.FindingState
	for _, f := range findings {
		if counts[f.GetState()]++; counts[f.GetState()] == 1 {
			states = append(states, f.GetState())
		}
	}
	slices.Sort(states)
	var l line
	for _, s := range states {
		l = append(l, words("%d %s", counts[s], inwords.Enum(s)))
	}
	p.paragraph(append(line{words("Not open: ")}, append(joined(l, 0), words("."))...)...)
}

// disputed appends the findings that a party disputes, whether or not the profile
// counts them, with what the parties say.
func (p *page) disputed(findings []*reviewpkgv1.Finding, most limits) {
	t := table{Caption: "Disputed findings", Columns: []column{
		{Title: "Id"}, {Title: "Title"}, {Title: "State"}, {Title: "What is disputed"},
	}}
	for _, f := range findings {
		t.Rows = append(t.Rows, []line{
			{code(f.GetId())},
			orNotStated(quote(f.GetTitle())),
			{words("%s", inwords.Enum(f.GetState()))},
			orNotStated(quote(f.GetAgreement().GetNote())),
		})
	}
	if len(t.Rows) > 0 {
		p.heading(3, words("Disputed findings"))
		p.table(t, most.findings, "finding")
	}
}
