package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/urfave/cli/v3"

	"github.com/reviewpkg/sdk/export"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
	"github.com/reviewpkg/sdk/reviewpkg"
)

// encodings returns the names of the forms in which a package can be written
// down.
func encodings() []string {
	return []string{string(reviewpkg.JSON), string(reviewpkg.YAML), string(reviewpkg.Binary), string(reviewpkg.Text)}
}

// targets returns what --to takes: the encodings, the report formats, and the
// communities.
func targets() []string {
	return append(append(encodings(), reportFormats()...), communityNames()...)
}

// exportCommand is the verb export.
func exportCommand() *cli.Command {
	return &cli.Command{
		Name:      "export",
		Usage:     "write a package in another form",
		ArgsUsage: "PACKAGE",
		Description: fmt.Sprintf(`Writes the package itself in one of the encodings %s,
which lose nothing but comments, or a report on it as one of %s. With
--report the encodings json and yaml write the report as well. A report holds
the risk profile; if --policy names a policy, it holds the verdict as well, and
a plan unless the package passes. Fields of a later model, which only binary can
hold, give a warning where they get lost.

As one of %s the package becomes the documents of that
community: files in the folder that -o names, whose paths are printed one on a
line. What they do not hold goes to the error output, as diff prints changes. If
a file review.changes.json is among them, it lets import give that back.

Examples:
   reviewctl export --to json examples/packages/openstack-barbican
   reviewctl export --to html --policy policy.yaml -o report.html package.yaml
   reviewctl export --to yaml --report package.json
   reviewctl export --to cncf -o openfga examples/packages/cncf-openfga`,
			strings.Join(encodings(), ", "), strings.Join(reportFormats(), ", "), strings.Join(communityNames(), ", ")),
		Flags: append([]cli.Flag{
			&cli.StringFlag{Name: "to", Usage: "write as `FORMAT`, one of " + strings.Join(targets(), ", ")},
			&cli.BoolFlag{Name: "report", Usage: "write the report, also as json or yaml"},
			&cli.BoolFlag{Name: "force", Usage: "replace documents that are in the folder already"},
			&cli.BoolFlag{Name: "no-plan", Usage: "leave the plan out of a report"},
		}, append(planFlags(), judgeFlags("put into the report the verdict under")...)...),
		Action: func(ctx context.Context, cmd *cli.Command) error {
			// Several files cannot go where one would.
			if c := findCommunity(cmd.String("to")); c != nil {
				return exportDocuments(cmd, c)
			}
			return action(exportPackage)(ctx, cmd)
		},
	}
}

// exportPackage writes a package in another form.
func exportPackage(cmd *cli.Command) ([]byte, int, error) {
	to := argument(cmd.String("to"))
	if !slices.Contains(targets(), to) {
		return nil, 0, fmt.Errorf("--to %q is no format, want one of %s", to, strings.Join(targets(), ", "))
	}
	var data []byte
	var err error
	// JSON and YAML can hold either; without --report they hold the package, so
	// that all encodings mean the same.
	if slices.Contains(encodings(), to) && !cmd.Bool("report") {
		data, err = exportEncoded(cmd, reviewpkg.Encoding(to))
	} else {
		data, err = exportReport(cmd, to)
	}
	return data, exitPass, err
}

// exportEncoded returns the package itself.
func exportEncoded(cmd *cli.Command, encoding reviewpkg.Encoding) ([]byte, error) {
	for _, flag := range []string{"policy", "rubric", "waivers"} {
		if cmd.IsSet(flag) {
			return nil, errors.New("--policy, --rubric and --waivers are for reports; add --report, or choose another format")
		}
	}
	args, err := arguments(cmd, 1, 1)
	if err != nil {
		return nil, err
	}
	p, doc, err := load[*reviewpkgv1.ReviewPackage](cmd, args[0])
	if err != nil {
		return nil, err
	}
	if encoding != reviewpkg.Binary {
		warnOfLoss(cmd, doc, encoding)
	}
	return reviewpkg.MarshalOptions{Encoding: encoding}.Marshal(p)
}

// warnOfLoss says which fields a document loses in an encoding by name: those
// that the model does not have, and that the reader kept.
func warnOfLoss(cmd *cli.Command, doc *document, encoding reviewpkg.Encoding) {
	lost := &document{name: doc.name, data: doc.data}
	for _, d := range doc.diagnostics {
		if d.Code == reviewpkg.UnknownField {
			d.Message = "fields that the model does not have are lost in " + string(encoding)
			lost.diagnostics = append(lost.diagnostics, d)
		}
	}
	newReader(cmd).writeDiagnostics(cmd.Root().ErrWriter, lost)
}

// exportReport returns the report on the package.
func exportReport(cmd *cli.Command, format string) ([]byte, error) {
	// Not every encoding of a package is one of reports, and nobody wants to
	// wait for the score to hear of it.
	if _, err := export.Find(format); err != nil {
		return nil, fmt.Errorf("a report cannot be written: %w", err)
	}
	if !cmd.IsSet("policy") {
		if cmd.IsSet("waivers") {
			return nil, errors.New("--waivers wants --policy: a waiver is for a rule of a policy")
		}
		s, err := scorePackage(cmd)
		if err != nil {
			return nil, err
		}
		return s.report(format)
	}
	s, err := judgePackage(cmd)
	if err != nil {
		return nil, err
	}
	if err := s.addPlan(cmd); err != nil {
		return nil, err
	}
	return s.report(format)
}
