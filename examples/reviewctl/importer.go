package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/urfave/cli/v3"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
	"github.com/reviewpkg/sdk/reviewpkg"
)

// An importer reads projects one after the other.
type importer struct {
	cmd    *cli.Command
	output string // value of the flag -o
	many   bool   // more than one project
	folder bool   // the output is a folder
	bar    progress
	files  map[string]string // the project that a file was written for
	text   bytes.Buffer      // the summary
	total  counts
	unread int
}

// prepare finds out where packages go.
func (in *importer) prepare() error {
	if !in.many && (in.output == "" || in.output == "-") {
		return nil
	}
	info, err := os.Stat(in.output)
	switch in.folder = err == nil && info.IsDir(); {
	case !in.many || in.folder && in.cmd.String("format") == "text" && in.cmd.String("id") == "":
		return nil
	case in.cmd.String("id") != "":
		return errors.New("--id names one package; import one project at a time")
	case in.cmd.String("format") != "text":
		return errors.New("--format json reports on one package; import one project at a time")
	case in.output == "" || in.output == "-" || err == nil || encodingByName(in.output) != "":
		return errors.New("several projects are several packages; name a folder for them with -o")
	}
	in.folder = true
	return os.Mkdir(in.output, 0o755) //nolint:gosec // packages, for others to read
}

// project reads a project and writes its package.
func (in *importer) project(p project) error {
	c := findCommunity(in.cmd.String("from"))
	if c == nil {
		var err error
		if c, err = p.community(); err != nil {
			return err
		}
	}
	pkg, report, err := c.read(p, in.cmd.String("id"))
	if err != nil {
		return fmt.Errorf("%s: %w", p.name(), err)
	}
	if err := in.write(p, pkg); err != nil {
		return err
	}
	done := &imported{project: p, community: c.name, pkg: pkg, report: report, brief: in.many}
	in.total.add(report)
	if in.cmd.String("format") == "json" {
		data, err := reviewpkg.Marshal(report)
		in.text.Write(data)
		return err
	}
	if in.text.Len() > 0 {
		in.text.WriteByte('\n')
	}
	return done.writeText(&in.text, in.cmd.Bool("parts"))
}

// write writes the package of a project.
func (in *importer) write(p project, pkg *reviewpkgv1.ReviewPackage) error {
	file := in.output
	if in.folder {
		file = filepath.Join(file, pkg.GetId()+".yaml")
	}
	encoding := encodingByName(file)
	if encoding == "" {
		encoding = reviewpkg.YAML
	}
	data, err := reviewpkg.MarshalOptions{Encoding: encoding}.Marshal(pkg)
	if err != nil {
		return fmt.Errorf("%s: %w", p.name(), err)
	}
	if file == "" || file == "-" {
		_, err = in.cmd.Root().Writer.Write(data)
		return err
	}
	// Two projects may have one name, and the first package would be gone.
	key := strings.ToLower(file)
	if other := in.files[key]; other != "" {
		return fmt.Errorf("%s: its package would take the place of that of %s, %s; import it by itself, with --id", p.name(), other, file)
	}
	in.files[key] = p.name()
	return os.WriteFile(file, data, 0o644) //nolint:gosec // a package, for others to read
}

// finish writes the summary and returns the exit code as an error.
func (in *importer) finish(projects int) error {
	if in.cmd.String("format") == "text" {
		if in.text.Len() > 0 {
			in.text.WriteByte('\n')
		}
		if in.many {
			in.text.WriteString(plural(projects, "project") + ", ")
		}
		in.text.WriteString(in.total.String())
		if in.unread > 0 {
			fmt.Fprintf(&in.text, ", %d not read", in.unread)
		}
		in.text.WriteByte('\n')
	}
	out := in.cmd.Root().Writer
	if in.output == "" || in.output == "-" {
		out = in.cmd.Root().ErrWriter
	}
	if _, err := io.Copy(out, &in.text); err != nil {
		return err
	}
	switch {
	case in.unread > 0:
		return status(exitTrouble)
	case in.total.doubts > 0 && in.cmd.Bool("warn-exit"):
		return status(exitWarn)
	default:
		return nil
	}
}

// encodingByName returns the encoding that the name of a file stands for, or
// none. The endings are those that the library reads.
func encodingByName(file string) reviewpkg.Encoding {
	for encoding, endings := range map[reviewpkg.Encoding][]string{
		reviewpkg.JSON:   {".json"},
		reviewpkg.YAML:   {".yaml", ".yml"},
		reviewpkg.Binary: {".binpb", ".pb"},
		reviewpkg.Text:   {".txtpb", ".textproto"},
	} {
		if slices.Contains(endings, strings.ToLower(filepath.Ext(file))) {
			return encoding
		}
	}
	return ""
}
