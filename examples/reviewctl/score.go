package main

import (
	"bytes"
	"fmt"
	"text/tabwriter"

	"github.com/urfave/cli/v3"
	"google.golang.org/protobuf/proto"

	"github.com/reviewpkg/sdk/export"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
	"github.com/reviewpkg/sdk/reviewpkg"
	"github.com/reviewpkg/sdk/rubric"
)

// scoreCommand is the verb score.
func scoreCommand() *cli.Command {
	return &cli.Command{
		Name:      "score",
		Usage:     "show the risk profile of a package",
		ArgsUsage: "PACKAGE",
		Description: `Scores a package under a rubric. Every level and score is an interval, because
what the package does not say counts neither as good nor as bad. With --format
json the result is a reviewpkg.v1.RiskProfile; the formats for readers write the
whole report.

Examples:
   reviewctl score examples/packages/openstack-barbican
   reviewctl score --format json -o profile.json package.yaml
   reviewctl score --rubric rubric.yaml --format markdown package.yaml`,
		Flags:  []cli.Flag{rubricFlag(), formatFlag(append([]string{"text", "json"}, reportFormats()...)...), allowIncompleteFlag(), outputFlag()},
		Action: action(score),
	}
}

// score scores a package.
func score(cmd *cli.Command) ([]byte, int, error) {
	s, err := scorePackage(cmd)
	if err != nil {
		return nil, 0, err
	}
	data, err := s.show(cmd.String("format"), s.profile, profileText)
	return data, exitPass, err
}

// A scored package, and the verdict on it if there is one.
type scored struct {
	path        string
	pkg         *reviewpkgv1.ReviewPackage
	diagnostics reviewpkg.Diagnostics
	profile     *reviewpkgv1.RiskProfile
	verdict     *reviewpkgv1.Verdict
}

// scorePackage reads the package that is the only argument, and scores it under
// the rubric of the flag.
func scorePackage(cmd *cli.Command) (*scored, error) {
	args, err := arguments(cmd, 1, 1)
	if err != nil {
		return nil, err
	}
	s := &scored{path: fileName(args[0])}
	if s.pkg, s.diagnostics, err = loadPackage(cmd, args[0]); err != nil {
		return nil, err
	}
	var options rubric.ScoreOptions
	if file := argument(cmd.String("rubric")); file != "" {
		if options.Rubric, _, err = load[*reviewpkgv1.Rubric](cmd, file); err != nil {
			return nil, err
		}
	}
	if s.profile, err = options.Score(s.pkg); err != nil {
		return nil, fmt.Errorf("%s: %w", s.path, err)
	}
	return s, nil
}

// show returns what a verb found out in a format: a program wants the message
// alone, somebody at a terminal its text, and any other reader the report.
func (s *scored) show(format string, m proto.Message, text func(*scored) ([]byte, error)) ([]byte, error) {
	switch format {
	case "json":
		return reviewpkg.Marshal(m)
	case "text":
		return text(s)
	default:
		return s.report(format)
	}
}

// report returns the report in a format of the library.
func (s *scored) report(format string) ([]byte, error) {
	f, err := export.Find(format)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	err = f.Write(&b, export.NewReport(s.pkg, s.profile, s.verdict, s.diagnostics...))
	return b.Bytes(), err
}

// profileText returns a risk profile as text: a table of the dimensions, the
// findings, what was declared otherwise, and what is not known.
func profileText(s *scored) ([]byte, error) {
	profile := s.profile
	var b bytes.Buffer
	writeHead(&b, s.pkg, profile)
	rows := bytes.NewBufferString("DIMENSION\t\tLEVEL\tSCORE\tUNKNOWN\n")
	for _, d := range profile.GetDimensions() {
		risk := d.GetRisk()
		level := levels(risk.GetLevelMin(), risk.GetLevelMax())
		// Its interval is as wide as it gets and would look like a result.
		if d.GetNotAssessed() {
			level = "not assessed"
		}
		fmt.Fprintf(rows, "%s\t%s\t%s\t%s\t%d\n", clean(d.GetDimension()), clean(d.GetTitle()), level, scores(risk), len(d.GetUnknowns()))
	}
	risk := profile.GetOverall()
	fmt.Fprintf(rows, "overall\t\t%s\t%s\n", levels(risk.GetLevelMin(), risk.GetLevelMax()), scores(risk))
	table := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
	if _, err := rows.WriteTo(table); err != nil {
		return nil, err
	}
	if err := table.Flush(); err != nil {
		return nil, err
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
	var unknowns []*reviewpkgv1.Unknown
	listed := map[string]bool{}
	for _, d := range profile.GetDimensions() {
		// A finding that counts in two dimensions leaves one question open.
		for _, u := range d.GetUnknowns() {
			if !listed[u.GetPath()] {
				listed[u.GetPath()] = true
				unknowns = append(unknowns, u)
			}
		}
	}
	section(&b, "Not known", unknowns, func(u *reviewpkgv1.Unknown) string {
		return u.GetPath() + ": " + u.GetQuestion()
	})
	return b.Bytes(), nil
}

// writeHead writes what was scored, and under which rubric.
func writeHead(b *bytes.Buffer, p *reviewpkgv1.ReviewPackage, profile *reviewpkgv1.RiskProfile) {
	fmt.Fprintf(b, "%s: %s\n", clean(p.GetId()), clean(p.GetTitle()))
	if profile.GetDraft() {
		fmt.Fprintf(b, "This package is not final: %s.\n", word(p.GetStatus()))
	}
	fmt.Fprintf(b, "Rubric %s, version %s.\n\n", clean(profile.GetRubric()), clean(profile.GetRubricVersion()))
}

// section writes a list under a title, or nothing if the list is empty.
func section[T any](b *bytes.Buffer, title string, items []T, line func(T) string) {
	if len(items) == 0 {
		return
	}
	fmt.Fprintf(b, "\n%s:\n", title)
	for _, item := range items {
		b.WriteString("  " + clean(line(item)) + "\n")
	}
}
