package main

import (
	"os"
	"path/filepath"
	"strings"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
	"github.com/reviewpkg/sdk/reviewpkg/cncf"
	"github.com/reviewpkg/sdk/reviewpkg/openstack"
)

// A community publishes its reviews as documents of its own form.
type community struct {
	name string
	// endings of the names of its documents.
	endings []string
	// read reads the documents of a project. An empty id leaves it to the
	// reader.
	read func(p project, id string) (*reviewpkgv1.ReviewPackage, *reviewpkgv1.ImportReport, error)
	// write writes a package as such documents.
	write func(*reviewpkgv1.ReviewPackage) (*reviewpkgv1.Rendering, error)
}

// communities returns those whose documents the library knows.
func communities() []community {
	return []community{
		{"cncf", []string{".md", ".markdown"}, readCNCF, cncf.Render},
		{"openstack", []string{".rst"}, readOpenStack, openstack.Render},
	}
}

// communityNames returns the names of the communities.
func communityNames() []string {
	var names []string
	for _, c := range communities() {
		names = append(names, c.name)
	}
	return names
}

// findCommunity returns the community of a name, or nil.
func findCommunity(name string) *community {
	for _, c := range communities() {
		if c.name == name {
			return &c
		}
	}
	return nil
}

// readCNCF reads Markdown.
func readCNCF(p project, id string) (*reviewpkgv1.ReviewPackage, *reviewpkgv1.ImportReport, error) {
	o := cncf.ImportOptions{ID: id, Files: p.files}
	pkg, report, err := o.Import(os.DirFS(p.folder))
	// Some documents have no title but "Self-assessment". The library sees no
	// more of their folder than what is in it, and its name is all that tells
	// such projects apart.
	if err == nil && pkg.GetProject().GetName() == "project" {
		if o.Name = folderName(p.folder); o.Name != "" {
			return o.Import(os.DirFS(p.folder))
		}
	}
	return pkg, report, err
}

// folderName returns the name of a folder, and nothing for the root.
func folderName(folder string) string {
	full, err := filepath.Abs(folder)
	if err != nil || filepath.Dir(full) == full {
		return ""
	}
	// Names of files need not be text; those of projects are.
	return clean(strings.ToValidUTF8(filepath.Base(full), "?"))
}

// readOpenStack reads reStructuredText.
func readOpenStack(p project, id string) (*reviewpkgv1.ReviewPackage, *reviewpkgv1.ImportReport, error) {
	return openstack.ImportOptions{ID: id, Files: p.files}.Import(os.DirFS(p.folder))
}
