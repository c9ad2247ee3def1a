package main

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/urfave/cli/v3"
	"google.golang.org/protobuf/proto"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
	"github.com/reviewpkg/sdk/reviewpkg"
	"github.com/reviewpkg/sdk/rubric"
)

// judgeFlags are the flags of all verbs that compare a package with a policy. The
// usage says what the policy is for.
func judgeFlags(usage string) []cli.Flag {
	policy := &cli.StringFlag{Name: "policy", TakesFile: true, Usage: usage + " `POLICY`: a file, or one of " + strings.Join(rubric.Presets(), ", ")}
	return []cli.Flag{
		policy, waiversFlag(), rubricFlag(), asOfFlag(), allowDraftFlag(), allowIncompleteFlag(), outputFlag(),
	}
}

// asOf returns the day of the flag --as-of, or today. It is the one place where
// the clock is read: the library has none.
func asOf(cmd *cli.Command) time.Time {
	// The flag was looked at when it was read.
	if day, err := time.Parse(time.DateOnly, cmd.String("as-of")); err == nil {
		return day
	}
	return time.Now().UTC()
}

// rubricOf returns the rubric of the flag; nil for the default one, which the
// library has at hand.
func rubricOf(cmd *cli.Command) (*reviewpkgv1.Rubric, error) {
	file := argument(cmd.String("rubric"))
	if file == "" {
		return nil, nil
	}
	r, _, err := load[*reviewpkgv1.Rubric](cmd, file)
	return r, err
}

// orDefault returns a rubric that is there.
func orDefault(r *reviewpkgv1.Rubric) *reviewpkgv1.Rubric {
	if r == nil {
		return rubric.Default()
	}
	return r
}

// policyOf returns the policy of the flag and its name: the default one, that in
// a file, or a preset. A file wins, so that a later preset changes nothing for
// those who have a file of its name.
func policyOf(cmd *cli.Command, r *reviewpkgv1.Rubric) (*reviewpkgv1.Policy, string, error) {
	name := argument(cmd.String("policy"))
	if name == "" {
		return rubric.DefaultPolicy(), "the default policy", nil
	}
	info, err := os.Stat(name)
	if name != "-" && (err != nil || info.IsDir()) {
		if slices.Contains(rubric.Presets(), name) {
			policy, err := rubric.Preset(name)
			return policy, name, err
		}
		if err != nil {
			return nil, "", fmt.Errorf("%w; nor is it a preset, want a file or one of %s", err, strings.Join(rubric.Presets(), ", "))
		}
	}
	// What is wrong with its rules has a place as long as the file is at hand. That
	// it is for another rubric is for the judge to say.
	reader := newReader(cmd)
	reader.options.Check = func(m proto.Message) reviewpkg.Diagnostics {
		beside := orDefault(r)
		if policy, ok := m.(*reviewpkgv1.Policy); ok && policy.GetRubric() == beside.GetId() {
			return rubric.LintPolicy(policy, beside)
		}
		return nil
	}
	policy, _, err := loadWith[*reviewpkgv1.Policy](cmd, reader, name)
	return policy, fileName(name), err
}

// waiversOf returns the waivers of the flag; nil if there are none.
func waiversOf(cmd *cli.Command) (*reviewpkgv1.WaiverSet, error) {
	file := argument(cmd.String("waivers"))
	if file == "" {
		return nil, nil
	}
	if file == "-" {
		return nil, errors.New("--waivers wants a file: waivers are what others approved, and a file can be shown to them")
	}
	// Not load: a waiver that breaks a rule is a result and no error.
	set, err := rubric.LoadWaivers(file)
	return set, refused(cmd, file, err)
}

// refused returns err, or the exit code for it if it is about the content of a
// document: what is wrong there goes to the error output with its place.
func refused(cmd *cli.Command, name string, err error) error {
	var invalid *reviewpkg.InvalidError
	if !errors.As(err, &invalid) {
		return err
	}
	newReader(cmd).writeDiagnostics(cmd.Root().ErrWriter, &document{name: name, diagnostics: invalid.Diagnostics})
	return status(exitFail)
}

// judgePackage reads the package that is the only argument, scores it and
// compares it with the policy of the flags.
func judgePackage(cmd *cli.Command) (*scored, error) {
	s, err := readPackage(cmd)
	if err != nil {
		return nil, err
	}
	return s, s.compare(cmd)
}

// compare scores the package and compares it with the policy of the flags.
func (s *scored) compare(cmd *cli.Command) error {
	var err error
	if s.rubric, err = rubricOf(cmd); err != nil {
		return err
	}
	policy, name, err := policyOf(cmd, s.rubric)
	if err != nil {
		return err
	}
	options := rubric.CompareOptions{Rubric: s.rubric, AsOf: asOf(cmd), AllowDraft: cmd.Bool("allow-draft")}
	if options.Waivers, err = waiversOf(cmd); err != nil {
		return err
	}
	if s.judge, err = options.Judge(policy); err != nil {
		return refused(cmd, name, fmt.Errorf("%s: %w", name, err))
	}
	if s.profile, s.verdict, err = s.judge.Judge(s.pkg); err != nil {
		return refused(cmd, s.path, fmt.Errorf("%s: %w", s.path, err))
	}
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
