package main

import (
	"bytes"
	"fmt"
	"text/tabwriter"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// profileText returns a risk profile as text: a table of the dimensions, the
// findings, what was declared otherwise, and what is not known. An explained one
// has how each score adds up as well.
func profileText(s *scored) ([]byte, error) {
	profile := s.profile
	var b bytes.Buffer
	writeHead(&b, s.pkg, profile)
	table := newTable(&b)
	table.row("DIMENSION", "", "LEVEL", "SCORE", "INHERENT", "CONFIDENCE", "UNKNOWN")
	for _, d := range profile.GetDimensions() {
		risk, inherent := d.GetRisk(), scores(d.GetInherent())
		level := levels(risk.GetLevelMin(), risk.GetLevelMax())
		// Its interval is as wide as it gets and would look like a result.
		if d.GetNotAssessed() {
			level = "not assessed"
		}
		table.row(d.GetDimension(), d.GetTitle(), level, scores(risk), inherent, confidence(d.GetConfidence()), fmt.Sprint(len(d.GetUnknowns())))
	}
	risk := profile.GetOverall()
	table.row("overall", "", levels(risk.GetLevelMin(), risk.GetLevelMax()), scores(risk), scores(profile.GetInherent()), confidence(profile.GetConfidence()))
	table.flush()
	if c := profile.GetConfidence(); c != nil {
		fmt.Fprintf(&b, "\nConfidence %s: %s.\n", confidence(c), confidenceText(c))
	}
	section(&b, "Findings", profile.GetFindings(), func(f *reviewpkgv1.FindingRisk) string {
		return fmt.Sprintf("%s: %s, counts for %s", f.GetPath(), levels(f.GetLevelMin(), f.GetLevelMax()), f.GetDimension())
	})
	section(&b, "Ratings that differ from the matrix", profile.GetRatingDifferences(), func(d *reviewpkgv1.RatingDifference) string {
		return fmt.Sprintf("%s: declared %s, computed %s by %s", d.GetPath(), word(d.GetDeclared()), word(d.GetComputed()), d.GetMatrix())
	})
	section(&b, "Scores that differ from the content", profile.GetScoreDifferences(), func(d *reviewpkgv1.ScoreDifference) string {
		return fmt.Sprintf("%s: criterion %s declared %d, derived %d", d.GetPath(), d.GetCriterion(), d.GetDeclared(), d.GetDerived())
	})
	section(&b, "Not known", unknowns(profile), func(u *reviewpkgv1.Unknown) string {
		return u.GetPath() + ": " + u.GetQuestion()
	})
	if s.explain {
		explainProfile(&b, s)
	}
	return b.Bytes(), nil
}

// unknowns returns what is not known, each once: a finding that counts in two
// dimensions leaves one question open.
func unknowns(profile *reviewpkgv1.RiskProfile) []*reviewpkgv1.Unknown {
	var list []*reviewpkgv1.Unknown
	listed := map[string]bool{}
	for _, d := range profile.GetDimensions() {
		for _, u := range d.GetUnknowns() {
			if !listed[u.GetPath()] {
				listed[u.GetPath()] = true
				list = append(list, u)
			}
		}
	}
	return list
}

// writeHead writes what was scored, and under which rubric.
func writeHead(b *bytes.Buffer, p *reviewpkgv1.ReviewPackage, profile *reviewpkgv1.RiskProfile) {
	fmt.Fprintf(b, "%s: %s\n", clean(p.GetId()), clean(p.GetTitle()))
	if profile.GetDraft() {
		fmt.Fprintf(b, "This package is not final: %s.\n", word(p.GetStatus()))
	}
	fmt.Fprintf(b, "Rubric %s, version %s.\n\n", clean(profile.GetRubric()), clean(profile.GetRubricVersion()))
}

// confidence returns how much to trust something.
func confidence(c *reviewpkgv1.Confidence) string {
	if c.GetLevel() == reviewpkgv1.ConfidenceLevel_CONFIDENCE_LEVEL_UNSPECIFIED {
		return "not known"
	}
	return word(c.GetLevel())
}

// confidenceText returns the figures that a confidence is the lowest of.
func confidenceText(c *reviewpkgv1.Confidence) string {
	fresh := "not known"
	if c.HasFreshnessPermille() {
		fresh = fmt.Sprintf("%d of 1000", c.GetFreshnessPermille())
	}
	return fmt.Sprintf("coverage %d of 1000, evidence %d of 1000, freshness %s, independence %s",
		c.GetCoveragePermille(), c.GetEvidencePermille(), fresh, word(c.GetIndependence()))
}

// A table lines up columns. Its cells are cleaned, so that none holds a tab or a
// line break.
type table struct{ w *tabwriter.Writer }

// newTable returns a table that is written to b, which cannot fail.
func newTable(b *bytes.Buffer) table {
	const padding = 2
	return table{tabwriter.NewWriter(b, 0, 0, padding, ' ', 0)}
}

// row writes a row, without the cells at its end that are empty.
func (t table) row(cells ...string) {
	for len(cells) > 0 && cells[len(cells)-1] == "" {
		cells = cells[:len(cells)-1]
	}
	for i, c := range cells {
		if i > 0 {
			_, _ = t.w.Write([]byte("\t"))
		}
		_, _ = t.w.Write([]byte(clean(c)))
	}
	_, _ = t.w.Write([]byte("\n"))
}

// flush ends the table.
func (t table) flush() { _ = t.w.Flush() }
