package main

import (
	"context"
	"fmt"
	"regexp"
	"strings"

	"github.com/urfave/cli/v3"
)

// importCommand is the verb import.
func importCommand() *cli.Command {
	from := append([]string{"auto"}, communityNames()...)
	return &cli.Command{
		Name:      "import",
		Usage:     "read the documents of a review into a package",
		ArgsUsage: "PATH...",
		Description: fmt.Sprintf(`A PATH is the folder of a project, or a document in it. The documents of one
folder are one project, and several folders are several projects. Documents are
told by the endings of their names: %s.

The package is a draft, because a program read it. Its encoding is told by the
name of the output file, and is YAML otherwise. For several projects -o names a
folder, and each package gets a file of its id there. Pictures stay where they
are: validate --artifacts finds them if the package lies in the project's folder.

The summary says of each document how many parts of its template were found, and
how much of it stands in fields of the package, only as the text of a section
that the template has, or under headings that are not known. No text is lost:
the package holds every document whole. Then come the places where the markup
had to be mended (notes), and those where the reader was in doubt (warnings).
With --format json all that is a reviewpkg.v1.ImportReport. It goes to the
standard output if the package goes to a file, and to the error output otherwise.

Examples:
   reviewctl import -o harbor.yaml cncf/harbor
   reviewctl import --parts -o harbor.yaml cncf/harbor/self-assessment.md
   reviewctl import --warn-exit -o packages/ cncf/*
   reviewctl import --from openstack --id barbican barbican/newton > package.yaml`, strings.Join(endings(), ", ")),
		Flags: []cli.Flag{
			choiceFlag("from", "take the documents for those of `COMMUNITY`", from...),
			&cli.StringFlag{Name: "id", Usage: "give the package the id `ID` instead of one made of the name of the project", Validator: checkID},
			&cli.BoolFlag{Name: "parts", Usage: "list the parts of each document, with their lines and how they were found"},
			warnExitFlag(), formatFlag("text", "json"),
			&cli.StringFlag{Name: "output", Aliases: []string{"o"}, TakesFile: true, Usage: "write the package to `FILE`, or below it if it is a folder"},
		},
		Action: importProjects,
	}
}

// checkID refuses what is no id of a package. It is a file name, too.
func checkID(id string) error {
	const longest = 128
	if !regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]*$`).MatchString(id) || len(id) > longest {
		return fmt.Errorf("want letters, digits and . _ - in it, and at most %d of them", longest)
	}
	return nil
}

// importProjects reads the documents of projects.
func importProjects(_ context.Context, cmd *cli.Command) error {
	paths, err := arguments(cmd, 1, 0)
	if err != nil {
		return err
	}
	all, err := projects(paths)
	if err != nil {
		return err
	}
	in := &importer{cmd: cmd, output: argument(cmd.String("output")), many: len(all) > 1, files: map[string]string{}}
	if err := in.prepare(); err != nil {
		return err
	}
	in.bar = newProgress(cmd.Root().ErrWriter, "importing", len(all))
	for _, p := range all {
		err := in.project(p)
		if err != nil && !in.many {
			return err
		}
		if err != nil {
			// The documents of one project must not keep the others from being
			// read.
			in.unread++
			in.bar.clear()
			complain(cmd.Root().ErrWriter, err)
		}
		in.bar.step()
	}
	return in.finish(len(all) - in.unread)
}
