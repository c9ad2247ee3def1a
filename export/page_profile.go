package export

import (
	"strconv"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// profile appends the risk by dimension, what it comes from, what is not known,
// and where the declared and the computed differ.
func (p *page) profile(profile *reviewpkgv1.RiskProfile, most limits) {
	if profile == nil {
		return
	}
	p.heading(2, words("Risk profile"))
	p.paragraph(words("Every figure is an interval: what the package does not say widens it, and counts neither as good nor as bad."))
	t := table{Caption: "Risk by dimension", Columns: []column{
		{Title: "Dimension"}, {Title: "Level"}, {Title: "Score", Number: true},
		{Title: "Criteria met", Number: true}, {Title: "Unknowns", Number: true},
	}}
	for _, d := range profile.GetDimensions() {
		t.Rows = append(t.Rows, dimensionRow(d))
	}
	p.table(t, most.items, "dimension")
	p.sources(profile, most)
	p.unknowns(profile, most)
	p.ratingDifferences(profile.GetRatingDifferences(), most)
	p.scoreDifferences(profile.GetScoreDifferences(), most)
}

// dimensionRow returns the row of one dimension. The id comes first because rules
// of policies are named after it. Of a dimension that was not
// assessed, figures would look like knowledge.
func dimensionRow(d *reviewpkgv1.DimensionProfile) []line {
	name := line{code(d.GetDimension())}
	if title := quote(d.GetTitle()); title.Text != "" {
		name = append(name, words(" "), title)
	}
	risk := d.GetRisk()
	row := []line{
		name,
		{levels(risk.GetLevelMin(), risk.GetLevelMax())},
		{words("%s", figures(risk.GetScoreMin(), risk.GetScoreMax()))},
		criteriaMet(d),
		{words("%d", len(d.GetUnknowns()))},
	}
	if d.GetNotAssessed() {
		row[1], row[2], row[3] = line{words("not assessed")}, line{words("n/a")}, line{words("n/a")}
	}
	return row
}

// percent returns a share, or both ends of an interval of shares, from permille
// rounded down: nothing counts as 100 % but the whole.
func percent(low, high uint32) string {
	return figures(low/10, high/10) + " %"
}

// sources appends what the risk of each dimension comes from. The profile has the
// worst first, so that the first few explain the figure.
func (p *page) sources(profile *reviewpkgv1.RiskProfile, most limits) {
	var items []item
	for _, d := range profile.GetDimensions() {
		n, rest := cut(len(d.GetContributions()), most.below)
		if n == 0 {
			continue
		}
		top := item{Line: line{code(d.GetDimension()), words(" "), quote(d.GetTitle())}}
		for _, c := range d.GetContributions()[:n] {
			top.Items = append(top.Items, item{Line: contribution(c)})
		}
		if rest > 0 {
			top.Items = append(top.Items, item{Line: andMore(rest, "contribution")})
		}
		items = append(items, top)
	}
	if len(items) > 0 {
		p.heading(3, words("What the risk comes from"))
		p.list(items, most.items, "dimension")
	}
}

// contribution returns one thing that a risk comes from: how much, what, where,
// and how the profile got there.
func contribution(c *reviewpkgv1.Contribution) line {
	l := line{words("Risk "), levels(c.GetLevelMin(), c.GetLevelMax()), words(": ")}
	if title := quote(c.GetTitle()); title.Text != "" {
		l = append(l, title, words(", "))
	}
	l = append(l, code(c.GetPath()))
	if derivation := quote(c.GetDerivation()); derivation.Text != "" {
		l = append(l, words(" ("), derivation, words(")"))
	}
	return l
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
