package main

import (
	"github.com/urfave/cli/v3"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// compareCommand is the verb compare.
func compareCommand() *cli.Command {
	return &cli.Command{
		Name:      "compare",
		Usage:     "say whether a package lies inside a policy",
		ArgsUsage: "PACKAGE",
		Description: `Scores a package and compares its risk profile with a policy: the verdict
first, then the result of every rule, those that decide the outcome first, with
the fields they rest on. With --format json the result is a
reviewpkg.v1.Verdict; the formats for readers write the whole report, with a plan
of what to do unless the package passes. --explain shows what every figure comes
from: the fields that rules read, and where a document says so.

Dates, such as those of waivers, are judged for the day of --as-of. A waiver
never hides anything: what it covers is a warning.

Examples:
   reviewctl compare examples/packages/cncf-openfga
   reviewctl compare --policy policy.yaml --waivers waivers.yaml package.yaml
   reviewctl compare --as-of 2026-11-27 --explain package.yaml
   reviewctl compare --warn-exit --format markdown -o comment.md package.yaml`,
		Flags: append([]cli.Flag{
			formatFlag(append([]string{"text", "json"}, reportFormats()...)...), explainFlag(), warnExitFlag(),
			&cli.BoolFlag{Name: "no-plan", Usage: "leave the plan out of a report"},
		}, append(planFlags(), judgeFlags("compare with")...)...),
		Action: action(compare),
	}
}

// compare compares a package with a policy.
func compare(cmd *cli.Command) ([]byte, int, error) {
	format, err := textIfExplained(cmd)
	if err != nil {
		return nil, 0, err
	}
	s, err := judgePackage(cmd)
	if err != nil {
		return nil, 0, err
	}
	if format != "text" && format != "json" {
		if err := s.addPlan(cmd); err != nil {
			return nil, 0, err
		}
	}
	data, err := s.show(format, s.verdict, verdictText)
	return data, exitCode(s.verdict.GetOutcome(), cmd.Bool("warn-exit")), err
}

// addPlan makes the plan of a report, unless nothing is to be done or nobody
// wants it.
func (s *scored) addPlan(cmd *cli.Command) error {
	if cmd.Bool("no-plan") || s.verdict.GetOutcome() == reviewpkgv1.Outcome_OUTCOME_PASS {
		return nil
	}
	return s.makePlan(cmd)
}
