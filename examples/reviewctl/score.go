package main

import (
	"bytes"
	"fmt"

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
whole report. --explain shows how each score adds up, and how every criterion was
scored. How much to trust a score depends on its age on the day of --as-of.

Examples:
   reviewctl score examples/packages/openstack-barbican
   reviewctl score --explain --as-of 2026-11-27 package.yaml
   reviewctl score --format json -o profile.json package.yaml
   reviewctl score --rubric rubric.yaml --format markdown package.yaml`,
		Flags: []cli.Flag{
			formatFlag(append([]string{"text", "json"}, reportFormats()...)...), explainFlag(),
			rubricFlag(), asOfFlag(), allowIncompleteFlag(), outputFlag(),
		},
		Action: action(score),
	}
}

// score scores a package.
func score(cmd *cli.Command) ([]byte, int, error) {
	format, err := textIfExplained(cmd)
	if err != nil {
		return nil, 0, err
	}
	s, err := scorePackage(cmd)
	if err != nil {
		return nil, 0, err
	}
	data, err := s.show(format, s.profile, profileText)
	return data, exitPass, err
}

// A scored package, and the verdict and the plan for it if there are any.
type scored struct {
	path        string
	pkg         *reviewpkgv1.ReviewPackage
	diagnostics reviewpkg.Diagnostics
	rubric      *reviewpkgv1.Rubric
	profile     *reviewpkgv1.RiskProfile
	judge       *rubric.Judge
	verdict     *reviewpkgv1.Verdict
	plan        *reviewpkgv1.Plan
	// explain says that the text explains every figure.
	explain bool
}

// readPackage reads the package that is the only argument.
func readPackage(cmd *cli.Command) (*scored, error) {
	args, err := arguments(cmd, 1, 1)
	if err != nil {
		return nil, err
	}
	s := &scored{path: fileName(args[0]), explain: cmd.Bool("explain")}
	s.pkg, s.diagnostics, err = loadPackage(cmd, args[0])
	return s, err
}

// scorePackage reads the package that is the only argument, and scores it under
// the rubric of the flag.
func scorePackage(cmd *cli.Command) (*scored, error) {
	s, err := readPackage(cmd)
	if err != nil {
		return nil, err
	}
	if s.rubric, err = rubricOf(cmd); err != nil {
		return nil, err
	}
	options := rubric.ScoreOptions{Rubric: s.rubric, AsOf: asOf(cmd)}
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
	report := export.NewReport(s.pkg, s.profile, s.verdict, s.diagnostics...)
	report.SetPlan(s.plan)
	err = f.Write(&b, report)
	return b.Bytes(), err
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
