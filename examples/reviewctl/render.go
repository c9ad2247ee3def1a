package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/urfave/cli/v3"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// exportDocuments writes a package as the documents of a community, and says
// what they do not hold.
func exportDocuments(cmd *cli.Command, c *community) error {
	for _, flag := range []string{"report", "policy", "rubric", "waivers"} {
		if cmd.IsSet(flag) {
			return fmt.Errorf("--%s is for reports; the documents of a community hold none", flag)
		}
	}
	folder := argument(cmd.String("output"))
	if folder == "" || folder == "-" {
		return fmt.Errorf("%s documents are files; name a folder for them with -o", c.name)
	}
	args, err := arguments(cmd, 1, 1)
	if err != nil {
		return err
	}
	p, _, err := loadPackage(cmd, args[0])
	if err != nil {
		return err
	}
	rendering, err := c.write(p)
	if err != nil {
		return fmt.Errorf("%s: %w", fileName(args[0]), err)
	}
	written, err := writeFiles(folder, rendering.GetFiles(), cmd.Bool("force"))
	if err != nil {
		return err
	}
	if err := sayLosses(cmd, rendering, c); err != nil {
		return err
	}
	// One on a line and nothing else, for xargs.
	for _, name := range written {
		if _, err := fmt.Fprintln(cmd.Root().Writer, clean(name)); err != nil {
			return err
		}
	}
	return nil
}

// sayLosses lists what documents do not hold of their package, as diff does.
func sayLosses(cmd *cli.Command, r *reviewpkgv1.Rendering, c *community) error {
	var b strings.Builder
	for _, change := range r.GetLosses() {
		b.WriteString(clean(changeText(change)) + "\n")
	}
	if n := len(r.GetLosses()); n > 0 {
		fmt.Fprintf(&b, "%s between the package and what its %s documents hold\n", plural(n, "difference"), c.name)
	}
	_, err := cmd.Root().ErrWriter.Write([]byte(b.String()))
	return err
}

// writeFiles writes documents below a folder and returns their paths. Nothing is
// written if one of them would lie elsewhere, or is there already and may not be
// replaced.
func writeFiles(folder string, files []*reviewpkgv1.RenderedFile, force bool) ([]string, error) {
	taken := map[string]bool{}
	for _, f := range files {
		// Paths are made of what the package says, which a stranger wrote.
		name := f.GetPath()
		if !fs.ValidPath(name) || name == "." || !filepath.IsLocal(filepath.FromSlash(name)) || strings.Contains(name, `\`) {
			return nil, fmt.Errorf("%q is no path below a folder", name)
		}
		if key := strings.ToLower(name); taken[key] {
			return nil, fmt.Errorf("two documents would be written to %q", name)
		} else {
			taken[key] = true
		}
	}
	if err := os.Mkdir(folder, 0o755); err != nil && !errors.Is(err, fs.ErrExist) { //nolint:gosec // documents, for others to read
		return nil, err
	}
	// A root is never left, not by a link in the folder either.
	root, err := os.OpenRoot(folder)
	if err != nil {
		return nil, err
	}
	defer root.Close() //nolint:errcheck // nothing is written through it any more
	if err := replaceable(root, files, force); err != nil {
		return nil, err
	}
	var written []string
	for _, f := range files {
		if dir := path.Dir(f.GetPath()); dir != "." {
			if err := root.MkdirAll(dir, 0o755); err != nil {
				return nil, err
			}
		}
		if err := root.WriteFile(f.GetPath(), f.GetContent(), 0o644); err != nil {
			return nil, err
		}
		written = append(written, filepath.Join(folder, filepath.FromSlash(f.GetPath())))
	}
	return written, nil
}

// replaceable returns an error that names what is in the way of files.
func replaceable(root *os.Root, files []*reviewpkgv1.RenderedFile, force bool) error {
	var there []string
	for _, f := range files {
		switch info, err := root.Lstat(f.GetPath()); {
		case errors.Is(err, fs.ErrNotExist):
		case err != nil:
			return err
		case !info.Mode().IsRegular():
			return &fs.PathError{Op: "write", Path: filepath.Join(root.Name(), f.GetPath()), Err: errors.New("not a regular file")}
		case !force:
			there = append(there, filepath.Join(root.Name(), f.GetPath()))
		}
	}
	if len(there) > 0 {
		return fmt.Errorf("--force is needed to replace %s", strings.Join(there, ", "))
	}
	return nil
}
