package export

import (
	"slices"
	"strconv"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// profile appends the risk by dimension, how much to trust it, what it comes
// from, what is not known, and where the declared and the computed differ. The
// verdict has the risk that counts for its policy, where that is another.
func (p *page) profile(profile *reviewpkgv1.RiskProfile, v *reviewpkgv1.Verdict, most limits) {
	if profile == nil {
		return
	}
	p.heading(2, words("Risk profile"))
	p.paragraph(words("Every figure is an interval: what the package does not say widens it, and counts neither as good nor as bad. Inherent is the risk before anything was done about it."))
	p.dimensions(profile, v, most)
	p.sources(profile, most)
	p.confidence(profile, most)
	p.unknowns(profile, most)
	p.ratingDifferences(profile.GetRatingDifferences(), most)
	p.scoreDifferences(profile.GetScoreDifferences(), most)
}

// dimensions appends the table of dimensions, with all of them together as its
// last row.
func (p *page) dimensions(profile *reviewpkgv1.RiskProfile, v *reviewpkgv1.Verdict, most limits) {
	effective := map[string]*reviewpkgv1.RiskInterval{}
	for _, e := range v.GetEffectiveDimensions() {
		effective[e.GetDimension()] = e.GetRisk()
	}
	t := table{Caption: "Risk by dimension", Columns: []column{
		{Title: "Dimension"}, {Title: "Level"}, {Title: "Score", Number: true}, {Title: "Inherent"}, {Title: "Effective"},
		{Title: "Confidence"}, {Title: "Criteria met", Number: true}, {Title: "Unknowns", Number: true},
	}}
	differs := false
	for _, d := range profile.GetDimensions() {
		counts := differing(d.GetRisk(), effective[d.GetDimension()])
		differs = differs || counts != nil && !d.GetNotAssessed()
		t.Rows = append(t.Rows, dimensionRow(d, counts))
	}
	n, rest := cut(len(t.Rows), most.items)
	t.Rows = t.Rows[:n:n]
	risk, counts := profile.GetOverall(), differing(profile.GetOverall(), v.GetEffective())
	t.Rows = append(t.Rows, []line{
		{strong("Overall", "")}, {levels(risk.GetLevelMin(), risk.GetLevelMax())},
		{words("%s", figures(risk.GetScoreMin(), risk.GetScoreMax()))},
		interval(profile.GetInherent()), counts, {confidenceLevel(profile.GetConfidence())},
		{}, {words("%d", unknownCount(profile))},
	})
	// Most policies take the risk as it is, and a page is not wide.
	if differs = differs || counts != nil; !differs {
		const column = 4
		t.Columns = slices.Delete(t.Columns, column, column+1)
		for i, row := range t.Rows {
			t.Rows[i] = slices.Delete(row, column, column+1)
		}
	}
	p.table(t, 0, "")
	if rest > 0 {
		p.paragraph(andMore(rest, "dimension")...)
	}
	if differs {
		p.paragraph(words("Effective is the risk that counts for the policy, where it is another: with the organisation's exposure, and without the findings that a waiver covers."))
	}
}

// differing returns the effective risk, if there is one and it is not the risk
// itself.
func differing(risk, effective *reviewpkgv1.RiskInterval) line {
	if effective == nil || risk.GetLevelMin() == effective.GetLevelMin() && risk.GetLevelMax() == effective.GetLevelMax() &&
		risk.GetScoreMin() == effective.GetScoreMin() && risk.GetScoreMax() == effective.GetScoreMax() {
		return nil
	}
	return interval(effective)
}

// dimensionRow returns the row of one dimension. The id comes first because rules
// of policies are named after it. Of a dimension that was not assessed, figures
// would look like knowledge.
func dimensionRow(d *reviewpkgv1.DimensionProfile, effective line) []line {
	risk := d.GetRisk()
	row := []line{
		dimensionName(d),
		{levels(risk.GetLevelMin(), risk.GetLevelMax())},
		{words("%s", figures(risk.GetScoreMin(), risk.GetScoreMax()))},
		interval(d.GetInherent()), effective, {confidenceLevel(d.GetConfidence())},
		criteriaMet(d),
		{words("%d", len(d.GetUnknowns()))},
	}
	if d.GetNotAssessed() {
		row[1], row[2], row[6] = line{words("not assessed")}, line{words("n/a")}, line{words("n/a")}
		row[3], row[4] = line{words("n/a")}, nil
	}
	return row
}

// dimensionName returns the id of a dimension and its title.
func dimensionName(d *reviewpkgv1.DimensionProfile) line {
	name := line{code(d.GetDimension())}
	if title := quote(d.GetTitle()); title.Text != "" {
		name = append(name, words(" "), title)
	}
	return name
}

// percent returns a share, or both ends of an interval of shares, from permille
// rounded down: nothing counts as 100 % but the whole.
func percent(low, high uint32) string {
	return figures(low/10, high/10) + " %"
}

// unknowns appends the questions whose answers would narrow the intervals. It is
// the list of work for those who want a better profile, and therefore has the
// place where each answer goes.
func (p *page) unknowns(profile *reviewpkgv1.RiskProfile, most limits) {
	t := table{Caption: "What is not known", Columns: []column{{Title: "Dimension"}, {Title: "Question"}, {Title: "Where the answer belongs"}}}
	for _, d := range profile.GetDimensions() {
		for _, u := range d.GetUnknowns() {
			t.Rows = append(t.Rows, []line{{code(d.GetDimension())}, {quote(u.GetQuestion())}, {code(u.GetPath())}})
		}
	}
	if len(t.Rows) > 0 {
		p.heading(3, words("What is not known"))
		p.table(t, most.items, "question")
	}
}

// ratingDifferences appends the findings whose declared rating is not the
// computed one. Both stand side by side; which is right is for people to say.
func (p *page) ratingDifferences(differences []*reviewpkgv1.RatingDifference, most limits) {
	t := table{Caption: "Rating differences", Columns: []column{
		{Title: "Finding"}, {Title: "Declared"}, {Title: "Computed"}, {Title: "Matrix"}, {Title: "Where"},
	}}
	for _, d := range differences {
		t.Rows = append(t.Rows, []line{
			{code(d.GetFinding())}, {level(d.GetDeclared())}, {level(d.GetComputed())},
			{code(d.GetMatrix())}, {code(d.GetPath())},
		})
	}
	if len(t.Rows) > 0 {
		p.heading(3, words("Declared ratings that differ from the computed ones"))
		p.table(t, most.items, "difference")
	}
}

// scoreDifferences appends the criteria that a reviewer scored otherwise than
// the content of the package shows.
func (p *page) scoreDifferences(differences []*reviewpkgv1.ScoreDifference, most limits) {
	t := table{Caption: "Score differences", Columns: []column{
		{Title: "Criterion"}, {Title: "Reviewer", Number: true}, {Title: "Content shows", Number: true}, {Title: "Where"},
	}}
	for _, d := range differences {
		t.Rows = append(t.Rows, []line{
			{code(d.GetCriterion())},
			{words("%s", strconv.FormatUint(uint64(d.GetDeclared()), 10))},
			{words("%s", strconv.FormatUint(uint64(d.GetDerived()), 10))},
			{code(d.GetPath())},
		})
	}
	if len(t.Rows) > 0 {
		p.heading(3, words("Scores that differ from what the package shows"))
		p.table(t, most.items, "difference")
	}
}

// criteriaMet returns which share of its criteria a dimension meets. One that
// has findings only meets none and lacks none.
func criteriaMet(d *reviewpkgv1.DimensionProfile) line {
	if len(d.GetCriteria()) == 0 {
		return line{words("no criteria")}
	}
	return line{words("%s", percent(d.GetMetPermilleMin(), d.GetMetPermilleMax()))}
}
