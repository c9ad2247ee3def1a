package main

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/urfave/cli/v3"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
	"github.com/reviewpkg/sdk/rubric"
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
reviewpkg.v1.Verdict; the formats for readers write the whole report.

Examples:
   reviewctl compare examples/packages/cncf-openfga
   reviewctl compare --policy policy.yaml --allow-draft package.yaml
   reviewctl compare --warn-exit --format markdown -o comment.md package.yaml`,
		Flags: []cli.Flag{
			policyFlag("compare with the policy in `FILE` instead of the default one"), rubricFlag(),
			allowDraftFlag(), warnExitFlag(), formatFlag(append([]string{"text", "json"}, reportFormats()...)...), allowIncompleteFlag(), outputFlag(),
		},
		Action: action(compare),
	}
}

// compare compares a package with a policy.
func compare(cmd *cli.Command) ([]byte, int, error) {
	s, err := scorePackage(cmd)
	if err != nil {
		return nil, 0, err
	}
	if err := s.compare(cmd); err != nil {
		return nil, 0, err
	}
	data, err := s.show(cmd.String("format"), s.verdict, verdictText)
	return data, exitCode(s.verdict.GetOutcome(), cmd.Bool("warn-exit")), err
}

// compare compares a scored package with the policy of the flag.
func (s *scored) compare(cmd *cli.Command) error {
	policy := rubric.DefaultPolicy()
	if file := argument(cmd.String("policy")); file != "" {
		var err error
		if policy, _, err = load[*reviewpkgv1.Policy](cmd, file); err != nil {
			return err
		}
	}
	options := rubric.CompareOptions{AllowDraft: cmd.Bool("allow-draft")}
	verdict, err := options.Compare(s.pkg, s.profile, policy)
	if err != nil {
		return fmt.Errorf("%s: %w", s.path, err)
	}
	s.verdict = verdict
	return nil
}

// exitCode returns the exit code for an outcome.
func exitCode(outcome reviewpkgv1.Outcome, warnExit bool) int {
	switch outcome {
	case reviewpkgv1.Outcome_OUTCOME_PASS:
		return exitPass
	case reviewpkgv1.Outcome_OUTCOME_WARN:
		if warnExit {
			return exitWarn
		}
		return exitPass
	case reviewpkgv1.Outcome_OUTCOME_FAIL:
		return exitFail
	default:
		// What is not known to pass does not pass.
		return exitIndeterminate
	}
}

// mostPaths is how many paths of a rule the text of a verdict names; all are in
// the JSON.
const mostPaths = 10

// verdictText returns a verdict as text.
func verdictText(s *scored) ([]byte, error) {
	v := s.verdict
	var b bytes.Buffer
	fmt.Fprintf(&b, "%s: %s under policy %s, version %s\n", strings.ToUpper(word(v.GetOutcome())),
		clean(v.GetPackage()), clean(v.GetPolicy()), clean(v.GetPolicyVersion()))
	for _, r := range v.GetResults() {
		fmt.Fprintf(&b, "\n%s %s: %s\n", word(r.GetOutcome()), clean(r.GetRule()), clean(r.GetMessage()))
		// A package with many gaps has hundreds of them.
		for i, path := range r.GetPaths() {
			if i == mostPaths {
				fmt.Fprintf(&b, "  and %d more\n", len(r.GetPaths())-i)
				break
			}
			b.WriteString("  at " + clean(path) + "\n")
		}
	}
	return b.Bytes(), nil
}
