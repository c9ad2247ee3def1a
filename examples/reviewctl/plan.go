package main

import (
	"errors"
	"fmt"
	"strconv"

	"github.com/urfave/cli/v3"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
	"github.com/reviewpkg/sdk/rubric"
)

// planCommand is the verb plan.
func planCommand() *cli.Command {
	return &cli.Command{
		Name:      "plan",
		Usage:     "say what would bring a package inside a policy, and what that costs",
		ArgsUsage: "PACKAGE",
		Description: `Finds the work that takes the fewest hours and makes a package pass: reviews of
what is not known, contributions to the project, controls of the organisation.
Every effect was computed by judging the package again. --target warn is content
with a warning, and --budget asks for the best that so many hours can do. With
--format json the result is a reviewpkg.v1.Plan; the formats for readers write
the whole report.

The exit code is 0 if the package is there or the plan leads there, and 1 if not:
if the budget is too small, or some rule cannot be helped. That a package is a
draft is such a rule, unless --allow-draft is given.

Examples:
   reviewctl plan --allow-draft examples/packages/openstack-barbican
   reviewctl plan --policy policy.yaml --target warn --budget 40 package.yaml
   reviewctl plan --as-of 2026-11-27 --format markdown -o plan.md package.yaml`,
		Flags: append([]cli.Flag{formatFlag(append([]string{"text", "json"}, reportFormats()...)...)},
			append(planFlags(), judgeFlags("plan for")...)...),
		Action: action(plan),
	}
}

// planFlags are the flags that say what a plan is to reach.
func planFlags() []cli.Flag {
	return []cli.Flag{
		choiceFlag("target", "plan for `OUTCOME`", "pass", "warn"),
		// Not a number of the command library, which would take a budget of -1 and
		// call one of 0 none.
		&cli.StringFlag{
			Name: "budget", Usage: "the most `HOURS` that a plan may take",
			Validator: func(value string) error {
				if n, err := strconv.ParseUint(value, 10, 32); err != nil || n == 0 {
					return errors.New("want a whole number of hours, 1 or more")
				}
				return nil
			},
		},
	}
}

// plan makes a plan for a package.
func plan(cmd *cli.Command) ([]byte, int, error) {
	s, err := judgePackage(cmd)
	if err != nil {
		return nil, 0, err
	}
	if err := s.makePlan(cmd); err != nil {
		return nil, 0, err
	}
	// A plan for all other rules is worth having, and does not lead there.
	code := exitFail
	if reached(s.plan, s.plan.GetAfter()) && len(s.plan.GetUnreachable()) == 0 {
		code = exitPass
	}
	data, err := s.show(cmd.String("format"), s.plan, planText)
	return data, code, err
}

// makePlan makes the plan for a package that was judged.
func (s *scored) makePlan(cmd *cli.Command) error {
	// The library is content with a warning unless it is told otherwise.
	options := rubric.PlanOptions{Target: reviewpkgv1.Outcome_OUTCOME_PASS}
	if cmd.String("target") == "warn" {
		options.Target = reviewpkgv1.Outcome_OUTCOME_WARN
	}
	if text := cmd.String("budget"); text != "" {
		// The flag was looked at when it was read.
		n, err := strconv.ParseUint(text, 10, 32)
		if err != nil {
			return err
		}
		options.BudgetHours = uint32(n)
	}
	var err error
	if s.plan, err = s.judge.Plan(s.pkg, options); err != nil {
		return fmt.Errorf("%s: %w", s.path, err)
	}
	return nil
}

// reached reports whether an outcome is the target of a plan, or a better one.
// What is not stated is no outcome.
func reached(plan *reviewpkgv1.Plan, outcome reviewpkgv1.Outcome) bool {
	return outcome != reviewpkgv1.Outcome_OUTCOME_UNSPECIFIED && outcome <= plan.GetTarget()
}
