package main

import (
	"encoding/json"
	"errors"
	"fmt"

	"github.com/urfave/cli/v3"

	"github.com/reviewpkg/sdk/export"
)

// schemaCommand is the verb schema.
func schemaCommand() *cli.Command {
	return &cli.Command{
		Name:      "schema",
		Usage:     "print the JSON Schema of a kind of document",
		ArgsUsage: kindNames(),
		Description: `Prints a JSON Schema (draft 2020-12) for editors and for validators in other
languages. With --descriptor-set and no kind it prints the whole model as a
binary google.protobuf.FileDescriptorSet, for tools of protobuf.

Examples:
   reviewctl schema package > package.schema.json
   reviewctl schema --descriptor-set -o model.binpb`,
		Flags: []cli.Flag{
			&cli.BoolFlag{Name: "descriptor-set", Usage: "print the model as a FileDescriptorSet"},
			outputFlag(),
		},
		Action: action(schema),
	}
}

// schema prints a schema.
func schema(cmd *cli.Command) ([]byte, int, error) {
	if cmd.Bool("descriptor-set") {
		if cmd.Args().Present() {
			return nil, 0, errors.New("--descriptor-set prints the whole model; name no kind")
		}
		data, err := export.DescriptorSet()
		return data, exitPass, err
	}
	args, err := arguments(cmd, 1, 1)
	if err != nil {
		return nil, 0, err
	}
	for _, k := range kinds() {
		if k.name != args[0] {
			continue
		}
		s, err := export.Schema(k.make())
		if err != nil {
			return nil, 0, err
		}
		// A schema is no message, so that encoding/json is right for it.
		data, err := json.MarshalIndent(s, "", "  ")
		return append(data, '\n'), exitPass, err
	}
	return nil, 0, fmt.Errorf("there is no kind of document %q, want one of %s", args[0], kindNames())
}
