package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
)

// A project is where the documents of one project lie.
type project struct {
	folder string
	// files to read, below the folder and with forward slashes; all if empty.
	files []string
}

// projects returns what the paths of a command line stand for: each folder is a
// project of its own, and files are the documents of one.
func projects(paths []string) ([]project, error) {
	var folders []project
	var files []string
	for _, p := range paths {
		if p == "-" {
			return nil, errors.New("documents lie in a folder, and the standard input is none")
		}
		info, err := os.Stat(p)
		switch {
		case err != nil:
			return nil, err
		case info.IsDir():
			folders = append(folders, project{folder: p})
			continue
		}
		// The library follows no links, and would not say so of this one.
		if info, err = os.Lstat(p); err != nil {
			return nil, err
		}
		if !info.Mode().IsRegular() {
			return nil, &fs.PathError{Op: "import", Path: p, Err: errors.New("not a regular file")}
		}
		files = append(files, p)
	}
	if len(files) == 0 {
		return folders, nil
	}
	if len(folders) > 0 {
		return nil, fmt.Errorf("%s is a folder and %s a file; name folders or the files of one folder", folders[0].folder, files[0])
	}
	one, err := together(files)
	return []project{one}, err
}

// together returns the project that files belong to. Its folder is the one
// nearest to the root: documents may lie in folders below it.
func together(files []string) (project, error) {
	folder := filepath.Dir(files[0])
	for _, f := range files[1:] {
		if dir := filepath.Dir(f); len(dir) < len(folder) || dir == "." {
			folder = dir
		}
	}
	one := project{folder: folder}
	for _, f := range files {
		name, err := filepath.Rel(folder, f)
		if err != nil || !filepath.IsLocal(name) {
			return project{}, fmt.Errorf("%s is not below %s; import one project at a time", f, folder)
		}
		one.files = append(one.files, filepath.ToSlash(name))
	}
	return one, nil
}

// name returns what the project is called in messages.
func (p project) name() string {
	if len(p.files) == 1 {
		return filepath.Join(p.folder, p.files[0])
	}
	return p.folder
}

// community returns the community whose documents a project has, by the endings
// of their names. It is not guessed where there are documents of two.
func (p project) community() (*community, error) {
	names := p.files
	if len(names) == 0 {
		var err error
		if names, err = p.samples(); err != nil {
			return nil, err
		}
	}
	example := map[string]string{} // a document of each community
	for _, name := range names {
		if c := communityOf(name); c != nil && example[c.name] == "" {
			example[c.name] = name
		}
	}
	var found []string
	var said []string
	for _, c := range communities() {
		if name := example[c.name]; name != "" {
			found = append(found, c.name)
			said = append(said, fmt.Sprintf("%s looks like %s", name, c.name))
		}
	}
	switch len(found) {
	case 1:
		return findCommunity(found[0]), nil
	case 0:
		return nil, fmt.Errorf("%s: no file ends in %s; see --from", p.name(), strings.Join(endings(), ", "))
	default:
		return nil, fmt.Errorf("%s: %s; say which with --from", p.name(), strings.Join(said, ", "))
	}
}

// samples returns the documents of the folder by name, as the library looks for
// them: without hidden folders and links. A document of every community is all
// that anybody wants to know, so that it stops there.
func (p project) samples() ([]string, error) {
	var names []string
	seen := map[string]bool{}
	err := fs.WalkDir(os.DirFS(p.folder), ".", func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil && name == ".":
			return err
		case err != nil:
			return nil // the library reports what it cannot read
		case entry.IsDir() && name != "." && strings.HasPrefix(entry.Name(), "."):
			return fs.SkipDir
		case !entry.Type().IsRegular():
			return nil
		}
		if c := communityOf(name); c != nil && !seen[c.name] {
			seen[c.name] = true
			names = append(names, name)
		}
		if len(seen) == len(communities()) {
			return fs.SkipAll
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("%s: %w", p.folder, err)
	}
	return names, nil
}

// communityOf returns the community that a file name belongs to, or nil.
func communityOf(name string) *community {
	ending := strings.ToLower(path.Ext(name))
	for _, c := range communities() {
		if slices.Contains(c.endings, ending) {
			return &c
		}
	}
	return nil
}

// endings returns those of all communities.
func endings() []string {
	var all []string
	for _, c := range communities() {
		all = append(all, c.endings...)
	}
	return all
}
