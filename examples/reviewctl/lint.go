package main

import (
	"bytes"
	"errors"
	"fmt"

	"github.com/urfave/cli/v3"
	"google.golang.org/protobuf/proto"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
	"github.com/reviewpkg/sdk/reviewpkg"
	"github.com/reviewpkg/sdk/rubric"
)

// lintCommand is the verb lint.
func lintCommand() *cli.Command {
	return &cli.Command{
		Name:      "lint",
		Usage:     "look for what is wrong with rubrics and policies, and what a new rubric moves",
		ArgsUsage: "RUBRIC|POLICY...",
		Description: `Prints everything that makes a rubric or a policy wrong, or say less than it
seems to, each with its place; the field "schema" of a file says which of the two
it is. Policies are looked at beside the rubric of --rubric.

With --against OLD the arguments are NEW PACKAGE...: packages are scored under
both rubrics, and what moves is printed. With --format json the result is a
reviewpkg.v1.RubricChange, and otherwise a reviewpkg.v1.DiagnosticReport.

Examples:
   reviewctl lint rubric.yaml policy.yaml
   reviewctl lint --rubric rubric.yaml --warn-exit policies/*.yaml
   reviewctl lint --against old.yaml new.yaml examples/packages/*`,
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "against", TakesFile: true, Usage: "print what moves from the rubric in `OLD` to that in the first argument"},
			rubricFlag(), warnExitFlag(), formatFlag("text", "json"), allowIncompleteFlag(), outputFlag(),
		},
		Action: action(lintDocuments),
	}
}

// lintDocuments lints rubrics and policies, or compares two rubrics.
func lintDocuments(cmd *cli.Command) ([]byte, int, error) {
	if cmd.IsSet("against") {
		return lintAgainst(cmd)
	}
	paths, err := arguments(cmd, 1, 0)
	if err != nil {
		return nil, 0, err
	}
	r, err := rubricOf(cmd)
	if err != nil {
		return nil, 0, err
	}
	// Rubrics are linted by every reader; a policy needs a rubric beside it.
	r = orDefault(r)
	reader := newReader(cmd)
	reader.options.Check = func(m proto.Message) reviewpkg.Diagnostics {
		if policy, ok := m.(*reviewpkgv1.Policy); ok {
			return rubric.LintPolicy(policy, r)
		}
		return lint(m)
	}
	return checkFiles(cmd, reader, paths, nil, kindOf("rubric"), kindOf("policy"))
}

// lintAgainst prints what moves if packages are scored under another rubric.
func lintAgainst(cmd *cli.Command) ([]byte, int, error) {
	paths, err := arguments(cmd, 1, 0)
	if err != nil {
		return nil, 0, err
	}
	switch {
	case len(paths) < 2:
		return nil, 0, fmt.Errorf("--against wants NEW PACKAGE..., found %s; see %s --help", plural(len(paths), "argument"), cmd.FullName())
	case cmd.IsSet("rubric"):
		return nil, 0, errors.New("--against compares the rubrics that it and the first argument name; --rubric is for policies")
	}
	// Both must be valid: under a broken rubric nothing can be scored.
	before, _, err := load[*reviewpkgv1.Rubric](cmd, argument(cmd.String("against")))
	if err != nil {
		return nil, 0, err
	}
	after, _, err := load[*reviewpkgv1.Rubric](cmd, paths[0])
	if err != nil {
		return nil, 0, err
	}
	var packages []*reviewpkgv1.ReviewPackage
	// A corpus has hundreds of packages, and to read them takes most of the time.
	bar := newProgress(cmd.Root().ErrWriter, "reading", len(paths)-1)
	for _, path := range paths[1:] {
		// What is wrong with a package is written where the bar is.
		bar.clear()
		p, _, err := loadPackage(cmd, path)
		if err != nil {
			return nil, 0, err
		}
		packages = append(packages, p)
		bar.step()
	}
	change, err := rubric.CompareRubrics(packages, before, after)
	if err != nil {
		return nil, 0, err
	}
	if cmd.String("format") == "json" {
		data, err := reviewpkg.Marshal(change)
		return data, exitPass, err
	}
	return rubricChangeText(change), exitPass, nil
}

// rubricChangeText returns what moves as text: a table of the packages, and
// below it the dimensions and criteria of each that moves.
func rubricChangeText(c *reviewpkgv1.RubricChange) []byte {
	var b bytes.Buffer
	version := func(v *reviewpkgv1.RubricVersion) string { return clean(v.GetRubric() + " " + v.GetVersion()) }
	// What moves inside a package may leave its overall risk where it is.
	moved := 0
	for _, p := range c.GetPackages() {
		if !proto.Equal(p.GetBefore(), p.GetAfter()) || len(p.GetDimensions())+len(p.GetCriteria()) > 0 {
			moved++
		}
	}
	fmt.Fprintf(&b, "From %s to %s: %d of %s moved\n\n", version(c.GetBefore()), version(c.GetAfter()), moved, plural(len(c.GetPackages()), "package"))
	table := newTable(&b)
	table.row("PACKAGE", "BEFORE", "AFTER", "RANK")
	for _, p := range c.GetPackages() {
		// Ranks tell whether the rubric orders projects in another way.
		rank := fmt.Sprint(p.GetRankAfter())
		if p.GetRankBefore() != p.GetRankAfter() {
			rank = fmt.Sprintf("%d -> %d", p.GetRankBefore(), p.GetRankAfter())
		}
		table.row(p.GetPackage(), riskText(p.GetBefore()), riskText(p.GetAfter()), rank)
	}
	table.flush()
	for _, p := range c.GetPackages() {
		if len(p.GetDimensions())+len(p.GetCriteria()) == 0 {
			continue
		}
		fmt.Fprintf(&b, "\n%s:\n", clean(p.GetPackage()))
		table := newTable(&b)
		for _, e := range p.GetDimensions() {
			table.row("  "+e.GetDimension(), effectText(e.GetBefore()), "->", effectText(e.GetAfter()))
		}
		for _, e := range p.GetCriteria() {
			table.row("  "+e.GetCriterion(), resultText(e.GetBefore()), "->", resultText(e.GetAfter()))
		}
		table.flush()
	}
	return b.Bytes()
}

// resultText returns how a criterion was scored, which it may not have been.
func resultText(r *reviewpkgv1.CriterionResult) string {
	switch {
	case r == nil:
		return "not there"
	case r.GetState() == reviewpkgv1.ScoreState_SCORE_STATE_NOT_APPLICABLE, r.GetState() == reviewpkgv1.ScoreState_SCORE_STATE_UNKNOWN:
		return word(r.GetState())
	default:
		return "level " + interval(r.GetLevelMin(), r.GetLevelMax()) + ", " + word(r.GetOrigin())
	}
}
