package main

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"

	"github.com/urfave/cli/v3"
	"google.golang.org/protobuf/types/known/structpb"

	"github.com/reviewpkg/sdk/export"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
	"github.com/reviewpkg/sdk/reviewpkg"
)

// diffCommand is the verb diff.
func diffCommand() *cli.Command {
	return &cli.Command{
		Name:      "diff",
		Usage:     "show what changed between two versions of a package",
		ArgsUsage: "OLD NEW",
		Description: `Prints one change a line: what kind of change it is, the field, and its values.
With --format json the result is a reviewpkg.v1.ChangeSet, which leads from the
old version to the new one exactly.

Examples:
   reviewctl diff examples/packages/openstack-barbican examples/packages/openstack-barbican-next.yaml
   git show HEAD:package.yaml | reviewctl diff --exit-code - package.yaml
   reviewctl diff --format markdown -o changes.md old.yaml new.yaml`,
		Flags: []cli.Flag{
			&cli.BoolFlag{Name: "exit-code", Usage: "exit with 1 if there are changes"},
			formatFlag("text", "json", "markdown", "html"), allowIncompleteFlag(), outputFlag(),
		},
		Action: action(diff),
	}
}

// diff compares two versions of a package.
func diff(cmd *cli.Command) ([]byte, int, error) {
	args, err := arguments(cmd, 2, 2)
	if err != nil {
		return nil, 0, err
	}
	before, _, err := loadPackage(cmd, args[0])
	if err != nil {
		return nil, 0, err
	}
	after, _, err := loadPackage(cmd, args[1])
	if err != nil {
		return nil, 0, err
	}
	set, err := reviewpkg.NewChangeSet(before, after)
	if err != nil {
		return nil, 0, err
	}
	var b bytes.Buffer
	switch cmd.String("format") {
	case "json":
		var data []byte
		data, err = reviewpkg.Marshal(set)
		b.Write(data)
	case "markdown":
		err = export.Markdown{}.WriteChanges(&b, set)
	case "html":
		err = export.HTML{}.WriteChanges(&b, set)
	default:
		// No headings and no summary: each line is a change, for grep and wc.
		for _, c := range set.GetChanges() {
			b.WriteString(clean(changeText(c)) + "\n")
		}
	}
	code := exitPass
	if cmd.Bool("exit-code") && len(set.GetChanges()) > 0 {
		code = exitFail
	}
	return b.Bytes(), code, err
}

// changeText returns a change as one line.
func changeText(c *reviewpkgv1.Change) string {
	line := word(c.GetKind()) + " " + c.GetPath() + ": "
	switch c.GetKind() {
	case reviewpkgv1.ChangeKind_CHANGE_KIND_ADDED:
		return line + valueText(c.GetAfter())
	case reviewpkgv1.ChangeKind_CHANGE_KIND_REMOVED:
		return line + valueText(c.GetBefore())
	default:
		return line + valueText(c.GetBefore()) + " -> " + valueText(c.GetAfter())
	}
}

// valueText returns a value in few words: that of an object is what it goes by.
func valueText(v *structpb.Value) string {
	const most = 60
	switch v.GetKind().(type) {
	case *structpb.Value_StringValue:
		text := []rune(v.GetStringValue())
		if len(text) > most {
			text = append(text[:most], []rune("...")...)
		}
		return strconv.Quote(string(text))
	case *structpb.Value_ListValue:
		return "list of " + plural(len(v.GetListValue().GetValues()), "item")
	case *structpb.Value_StructValue:
		// An item that came in or went out whole is long; these fields tell it
		// from its neighbours.
		fields := v.GetStructValue().GetFields()
		var parts []string
		for _, name := range []string{"id", "name", "title", "summary", "kind", "value"} {
			if field, ok := fields[name].GetKind().(*structpb.Value_StringValue); ok {
				parts = append(parts, name+" "+valueText(structpb.NewStringValue(field.StringValue)))
			}
		}
		if parts == nil {
			return "object with " + plural(len(fields), "field")
		}
		return strings.Join(parts, ", ")
	default:
		return fmt.Sprint(v.AsInterface())
	}
}
