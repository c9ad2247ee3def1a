package main

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/urfave/cli/v3"

	"github.com/reviewpkg/sdk/reviewpkg"
)

// The exit codes. They are part of what the program promises.
const (
	exitPass          = 0 // or a document without errors
	exitFail          = 1 // or an invalid document
	exitTrouble       = 2 // wrong usage, input or output: nothing was decided
	exitIndeterminate = 3 // not enough is known to decide
	exitWarn          = 4 // only where --warn-exit asks for it
)

// exitCodes is the part of every help text that explains them.
const exitCodes = `

Exit codes: 0 pass, 1 fail or an invalid document, 2 wrong usage or a file that
cannot be read or written, 3 indeterminate, 4 a warning, where --warn-exit asks
for it.`

const description = `A FILE is a document, a folder that holds a package.yaml, or - for the
standard input. Its encoding is told by its name (.yaml .json .binpb .txtpb), and
otherwise by how it begins. "reviewctl VERB --help" explains a verb.` + exitCodes

// A status is an exit code for which everything was said already.
type status int

// Error makes a status pass through the command library, which only knows
// errors; nobody sees the text.
func (s status) Error() string { return fmt.Sprintf("exit code %d", int(s)) }

// run runs the program and returns its exit code. args begins with the name of
// the program.
func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	out := &output{w: stdout}
	root := &cli.Command{
		Name:        "reviewctl",
		Usage:       "import, validate, score, compare and export security review packages",
		UsageText:   "reviewctl VERB [options] FILE...",
		Description: description,
		Commands: []*cli.Command{
			importCommand(), validateCommand(), scoreCommand(), compareCommand(), planCommand(), lintCommand(),
			diffCommand(), exportCommand(), schemaCommand(), helpCommand(),
		},
		Reader:    &input{r: stdin},
		Writer:    out,
		ErrWriter: stderr,
		Action:    noVerb,
		// The command library would print usage errors together with the whole
		// help, and leave the process by itself.
		OnUsageError:   usageError,
		ExitErrHandler: func(context.Context, *cli.Command, error) {},
	}
	for _, c := range root.Commands {
		c.OnUsageError = usageError
		c.HideHelpCommand = true // "help" may be the name of a file
		c.Description += exitCodes
	}
	err := root.Run(ctx, hideDashes(args))
	if err == nil {
		// Half a help text is no success.
		err = out.err
	}
	if err == nil {
		return exitPass
	}
	var code status
	if errors.As(err, &code) {
		return int(code)
	}
	complain(stderr, err)
	// A mistake in a document that shows only while it is used.
	var invalid *reviewpkg.Diagnostic
	if errors.As(err, &invalid) {
		return exitFail
	}
	return exitTrouble
}

// complain writes an error to the error output.
func complain(stderr io.Writer, err error) {
	// Nobody is left to tell if this fails.
	_, _ = fmt.Fprintln(stderr, "reviewctl: "+clean(err.Error()))
}

// helpCommand is the verb help. That of the command library has usage errors of
// its own.
func helpCommand() *cli.Command {
	return &cli.Command{
		Name:      "help",
		Usage:     "explain a verb",
		ArgsUsage: "[VERB]",
		Action: func(ctx context.Context, cmd *cli.Command) error {
			args, err := arguments(cmd, 0, 1)
			if err != nil {
				return err
			}
			if len(args) == 0 {
				return cli.ShowRootCommandHelp(cmd.Root())
			}
			// The command library would exit with 3, which means something else
			// here.
			if cmd.Root().Command(args[0]) == nil {
				return noVerb(ctx, cmd)
			}
			return cli.ShowCommandHelp(ctx, cmd.Root(), args[0])
		},
	}
}

// noVerb is what happens if no verb is named, or none that there is.
func noVerb(_ context.Context, cmd *cli.Command) error {
	if name := cmd.Args().First(); name != "" {
		return fmt.Errorf("there is no verb %q; see reviewctl --help", argument(name))
	}
	return errors.New("what to do? see reviewctl --help")
}

// usageError says where to find help.
func usageError(_ context.Context, cmd *cli.Command, err error, _ bool) error {
	return fmt.Errorf("%w; see %s --help", err, cmd.FullName())
}

// An input can be read once: a second file "-" would look empty.
type input struct {
	r    io.Reader
	done bool
}

// Read reads from the reader below.
func (i *input) Read(p []byte) (int, error) {
	if i.done {
		return 0, errors.New("the standard input can be read once only")
	}
	n, err := i.r.Read(p)
	i.done = errors.Is(err, io.EOF)
	return n, err
}

// An output remembers the first error of a writer, because the command library
// prints help without looking at errors.
type output struct {
	w   io.Writer
	err error
}

// Write writes to the writer below.
func (o *output) Write(p []byte) (int, error) {
	n, err := o.w.Write(p)
	if err != nil && o.err == nil {
		o.err = err
	}
	return n, err
}
