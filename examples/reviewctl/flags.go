package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/urfave/cli/v3"

	"github.com/reviewpkg/sdk/export"
)

// dash stands for the argument "-", behind which the command library would
// drop everything else. No argument of a process can hold a zero byte.
const dash = "\x00"

// hideDashes returns the arguments with another name for the standard input.
func hideDashes(args []string) []string {
	hidden := slices.Clone(args)
	for i, arg := range hidden {
		if arg == "-" {
			hidden[i] = dash
		}
	}
	return hidden
}

// argument returns an argument as it was given.
func argument(arg string) string {
	if arg == dash {
		return "-"
	}
	return arg
}

// arguments returns the positional arguments of a verb. It is an error if there
// are fewer than least, or more than most where most is not 0.
func arguments(cmd *cli.Command, least, most int) ([]string, error) {
	args := cmd.Args().Slice()
	for i := range args {
		args[i] = argument(args[i])
	}
	if n := len(args); n < least || most > 0 && n > most {
		return nil, fmt.Errorf("want %s, found %s; see %s --help", cmd.ArgsUsage, plural(n, "argument"), cmd.FullName())
	}
	return args, nil
}

// An act does what a verb is for, and returns what to print and the exit code.
type act func(cmd *cli.Command) (data []byte, code int, err error)

// action makes an act print to the file of the flag -o, or to the standard
// output.
func action(do act) cli.ActionFunc {
	return func(_ context.Context, cmd *cli.Command) error {
		// Nothing is written before everything worked, so that no file is left
		// half full.
		data, code, err := do(cmd)
		if err != nil {
			return err
		}
		if file := argument(cmd.String("output")); file != "" && file != "-" {
			err = os.WriteFile(file, data, 0o644) //nolint:gosec // a report, for others to read
		} else {
			_, err = cmd.Root().Writer.Write(data)
		}
		if err == nil && code != exitPass {
			err = status(code)
		}
		return err
	}
}

// allowIncompleteFlag is the flag of all verbs that read packages.
func allowIncompleteFlag() cli.Flag {
	return &cli.BoolFlag{Name: "allow-incomplete", Usage: "only warn of a package that declares itself complete or final and is not"}
}

// outputFlag is the flag -o.
func outputFlag() cli.Flag {
	return &cli.StringFlag{Name: "output", Aliases: []string{"o"}, TakesFile: true, Usage: "write to `FILE` instead of the standard output"}
}

// warnExitFlag is the flag --warn-exit.
func warnExitFlag() cli.Flag {
	return &cli.BoolFlag{Name: "warn-exit", Usage: "exit with 4 if there is a warning and nothing worse"}
}

// rubricFlag is the flag --rubric.
func rubricFlag() cli.Flag {
	return &cli.StringFlag{Name: "rubric", TakesFile: true, Usage: "score with the rubric in `FILE` instead of the default one"}
}

// allowDraftFlag is the flag --allow-draft.
func allowDraftFlag() cli.Flag {
	return &cli.BoolFlag{Name: "allow-draft", Usage: "decide about a package that is a draft; otherwise the verdict is indeterminate"}
}

// waiversFlag is the flag --waivers.
func waiversFlag() cli.Flag {
	return &cli.StringFlag{Name: "waivers", TakesFile: true, Usage: "apply the waivers in `FILE`"}
}

// asOfFlag is the flag --as-of.
func asOfFlag() cli.Flag {
	return &cli.StringFlag{
		Name: "as-of", Usage: "judge ages and deadlines for `DAY`, YYYY-MM-DD, instead of today in UTC",
		Validator: func(value string) error {
			if _, err := time.Parse(time.DateOnly, value); err != nil {
				return errors.New("want a day, YYYY-MM-DD")
			}
			return nil
		},
	}
}

// explainFlag is the flag --explain.
func explainFlag() cli.Flag {
	return &cli.BoolFlag{Name: "explain", Usage: "show what every figure comes from, as text"}
}

// textIfExplained returns the format of the flag. Only text explains; the other
// formats hold all there is anyhow.
func textIfExplained(cmd *cli.Command) (string, error) {
	format := cmd.String("format")
	if cmd.Bool("explain") && format != "text" {
		return "", fmt.Errorf("--explain prints text, and %s was asked for", format)
	}
	return format, nil
}

// formatFlag is the flag --format, for the given formats, the first of which is
// the default.
func formatFlag(formats ...string) cli.Flag {
	return choiceFlag("format", "print as `FORMAT`", formats...)
}

// choiceFlag is a flag that takes one of the given values, the first of which is
// the default.
func choiceFlag(name, usage string, values ...string) cli.Flag {
	return &cli.StringFlag{
		Name:  name,
		Value: values[0],
		Usage: usage + ", one of " + strings.Join(values, ", "),
		Validator: func(value string) error {
			if !slices.Contains(values, value) {
				return fmt.Errorf("want one of %s", strings.Join(values, ", "))
			}
			return nil
		},
	}
}

// reportFormats returns the formats of a report that are meant for readers: all
// but those that write it as it is. The library says which there are, so that a
// format that it gains is offered here as well.
func reportFormats() []string {
	var names []string
	for _, f := range export.Formats() {
		if name := f.Name(); name != "json" && name != "yaml" {
			names = append(names, name)
		}
	}
	return names
}
