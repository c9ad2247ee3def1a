package main

import (
	"bytes"
	"errors"
	"fmt"
	"slices"

	"github.com/urfave/cli/v3"
	"google.golang.org/protobuf/proto"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
	"github.com/reviewpkg/sdk/reviewpkg"
)

// validateCommand is the verb validate.
func validateCommand() *cli.Command {
	return &cli.Command{
		Name:      "validate",
		Usage:     "check documents and show everything that is wrong with them",
		ArgsUsage: "FILE...",
		Description: `Checks packages, rubrics, policies, waivers and every other document of the
model; each says in its field "schema" what it is. All mistakes are shown, each
with its place, its code, its field path and, where one is known, a hint. With
--format json the result is a reviewpkg.v1.DiagnosticReport. A file that cannot
be read does not keep the others from being checked.

Examples:
   reviewctl validate examples/packages/*
   reviewctl validate --artifacts --warn-exit package.yaml policy.yaml
   reviewctl validate --gaps examples/packages/openstack-barbican
   reviewctl validate --format json -o diagnostics.json - < package.json`,
		Flags: []cli.Flag{
			&cli.BoolFlag{Name: "artifacts", Usage: "check the size and digest of the files that packages name as artifacts"},
			&cli.BoolFlag{Name: "gaps", Usage: "list what valid packages lack for the processes that they follow"},
			&cli.BoolFlag{Name: "allow-unknown", Usage: "only warn of fields and enum values that the model does not have"},
			warnExitFlag(), formatFlag("text", "json"), allowIncompleteFlag(), outputFlag(),
		},
		Action: action(validate),
	}
}

// validate checks documents.
func validate(cmd *cli.Command) ([]byte, int, error) {
	paths, err := arguments(cmd, 1, 0)
	if err != nil {
		return nil, 0, err
	}
	if cmd.Bool("artifacts") && slices.Contains(paths, "-") {
		return nil, 0, errors.New("--artifacts looks beside the package, and the standard input is nowhere")
	}
	r := newReader(cmd)
	r.options.VerifyArtifacts = cmd.Bool("artifacts")
	r.options.AllowUnknown = cmd.Bool("allow-unknown")
	gaps := gapsOf
	if !cmd.Bool("gaps") {
		gaps = nil
	}
	return checkFiles(cmd, r, paths, gaps, kinds()...)
}

// checkFiles reads documents of the given kinds and prints what there is to say
// about them, and the gaps of those that have some if anybody asked.
func checkFiles(
	cmd *cli.Command, r reader, paths []string, gapsOf func(proto.Message) *reviewpkgv1.PackageGaps, kinds ...kind,
) ([]byte, int, error) {
	var text bytes.Buffer
	var all reviewpkg.Diagnostics
	var lacking []*reviewpkgv1.PackageGaps
	var total tally
	unread := 0
	// One file that is broken or missing must not hide what is wrong with the
	// others.
	for _, path := range paths {
		doc, err := r.read(path, kinds...)
		if err != nil {
			unread++
			complain(cmd.Root().ErrWriter, err)
			continue
		}
		r.writeDiagnostics(&text, doc)
		var own tally
		own.add(doc.diagnostics)
		total.add(doc.diagnostics)
		all = append(all, doc.diagnostics...)
		fmt.Fprintf(&text, "%s: %s\n", clean(fileName(path)), &own)
		if gapsOf == nil {
			continue
		}
		if gaps := gapsOf(doc.message); gaps != nil {
			lacking = append(lacking, gaps)
			text.WriteString(gapsText(gaps))
		}
	}
	code := exitPass
	switch {
	// What was not read was not checked, which is worse than a known error.
	case unread > 0:
		code = exitTrouble
	case total.errors > 0:
		code = exitFail
	case total.warnings > 0 && cmd.Bool("warn-exit"):
		code = exitWarn
	}
	if cmd.String("format") == "json" {
		report := all.Report()
		report.SetGaps(lacking)
		data, err := reviewpkg.Marshal(report)
		return data, code, err
	}
	fmt.Fprintf(&text, "%s: %s", plural(len(paths)-unread, "file"), &total)
	if unread > 0 {
		fmt.Fprintf(&text, ", %d not read", unread)
	}
	text.WriteByte('\n')
	return text.Bytes(), code, nil
}
