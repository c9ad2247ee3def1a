package cncf

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/yuin/goldmark/parser"

	"github.com/reviewpkg/sdk/internal/intake"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
	"github.com/reviewpkg/sdk/reviewpkg"
)

// ErrNoDocuments says that a folder holds no document of a security review that
// this package can read.
var ErrNoDocuments = errors.New("no CNCF security review document")

// Import reads the documents of one project; see [ImportOptions.Import].
func Import(fsys fs.FS) (*reviewpkgv1.ReviewPackage, *reviewpkgv1.ImportReport, error) {
	return ImportOptions{}.Import(fsys)
}

// ImportOptions say what is read and how it is named. The zero value reads a
// whole folder.
type ImportOptions struct {
	// ID of the package; "cncf-" and the name of the project if empty.
	ID string
	// Name of the project; read from the documents if empty.
	Name string
	// Files are the documents to read, relative to the folder. If empty, all
	// files below the folder with the ending .md or .markdown are looked at,
	// and those that are no part of a review are skipped.
	Files []string
	// MaxBytes is the size up to which a document is read; 16 MiB if zero.
	MaxBytes int64
	// MaxFiles is the number of files the folder may hold; 10,000 if zero. If
	// Files are named, the folder may hold more, and a picture that is not among
	// the first of them is one that is missing.
	MaxFiles int
}

// Import reads the documents of one project into a package: self-assessment,
// joint review, joint README, threat models and recommendations. What a
// document is, is decided by its content. The package is a draft that is valid;
// it holds every document whole, and its value sources say from which lines each
// value was read.
//
// Repairs and doubts are in the report. The error says that the folder or one
// of the named files cannot be read, that ID is no id, or wraps [ErrNoDocuments].
func (o ImportOptions) Import(fsys fs.FS) (*reviewpkgv1.ReviewPackage, *reviewpkgv1.ImportReport, error) {
	if o.ID != "" && !intake.ValidID(o.ID) {
		return nil, nil, fmt.Errorf("cncf: %q is no id", o.ID)
	}
	folder, err := intake.OpenFolder(fsys, []string{".md", ".markdown"}, o.Files, intake.Limits{MaxBytes: o.MaxBytes, MaxFiles: o.MaxFiles})
	if err != nil {
		return nil, nil, fmt.Errorf("cncf: %w", err)
	}
	return o.read(folder, map[*intake.File]*page{})
}

// read reads the documents of a folder, without a look at the id. Pages that
// were parsed before are given, and those that are parsed now are added to them.
func (o ImportOptions) read(folder *intake.Folder, parsed map[*intake.File]*page) (*reviewpkgv1.ReviewPackage, *reviewpkgv1.ImportReport, error) {
	m := &importer{options: o, Import: intake.New(folder), parser: markdown(), parsed: parsed}
	for _, f := range folder.Documents {
		m.open(f, len(o.Files) > 0)
	}
	if len(m.pages) == 0 {
		return nil, nil, fmt.Errorf("cncf: %w in the folder; it has %d Markdown file(s)", ErrNoDocuments, len(folder.Documents))
	}
	m.identify()
	for _, p := range m.pages {
		m.read(p)
	}
	m.compareStages()
	pkg, report := m.Finish()
	if len(o.Files) == 0 {
		pkg = m.restore(pkg, report)
	}
	return pkg, report, nil
}

// restore gives a package back that was rendered with what its documents cannot
// hold: the changes in a file beside them. They are applied only to the package
// that they were made for, so that no edit of a document is overruled.
func (m *importer) restore(pkg *reviewpkgv1.ReviewPackage, report *reviewpkgv1.ImportReport) *reviewpkgv1.ReviewPackage {
	data, ok := m.Folder().Read(changesFile)
	if !ok {
		return pkg
	}
	changes := &reviewpkgv1.ChangeSet{}
	err := reviewpkg.UnmarshalOptions{Filename: changesFile, MaxBytes: int64(len(data))}.Unmarshal(data, changes)
	// The digest is that of the package that the documents alone give, which
	// every edit of one of them changes.
	if err == nil {
		var digest string
		if digest, err = reviewpkg.Digest(pkg); err == nil && digest != changes.GetBeforeDigest() {
			err = errors.New("the documents are not those it was made for")
		}
	}
	if err == nil {
		var restored *reviewpkgv1.ReviewPackage
		if restored, err = reviewpkg.Apply(pkg, changes.GetChanges()); err == nil {
			report.SetPackage(restored.GetId())
			return restored
		}
	}
	report.SetDiagnostics(append(report.GetDiagnostics(), reviewpkgv1.Diagnostic_builder{
		Code: "stale-changes", Level: reviewpkgv1.DiagnosticLevel_DIAGNOSTIC_LEVEL_WARNING, File: changesFile,
		Message: "the changes are not applied: " + firstLine(err.Error()), Hint: "render the package again, or delete the file",
	}.Build()))
	return pkg
}

// An importer reads the documents of one project.
type importer struct {
	*intake.Import
	options ImportOptions          // as they were given
	parser  parser.Parser          // of all documents
	parsed  map[*intake.File]*page // all that were parsed, by this import or before
	pages   []*opened              // in the order of the files, later of their kinds
	name    string                 // of the project, folded
	stages  []stageOf              // of all documents, to compare them
}

// An opened document is parsed, and it is known what it is. All documents are
// opened before the first is read, because the name of the package may be in
// the last one.
type opened struct {
	*outline
	kind reviewpkgv1.ArtifactKind
}

// A stageOf is the stage that a document declares.
type stageOf struct {
	doc   *page
	stage reviewpkgv1.AssessmentStage
	line  int
}

// open parses a file and keeps it if it is part of a review. A file that was
// asked for is kept whatever it is. The name of the project helps to find
// parts: authors put it before and behind the words of the template.
func (m *importer) open(f *intake.File, named bool) {
	d := m.Preview(f)
	p := m.page(d, f)
	// Each document by its own title: a folder may hold those of two projects.
	name := m.options.Name
	if name == "" {
		name = nameInText(p)
	}
	kind, o := classify(p, intake.Fold(name))
	if kind == 0 {
		if !named {
			m.Folder().Skip(f, "no part of a security review that is known")
			return
		}
		kind = reviewpkgv1.ArtifactKind_ARTIFACT_KIND_OTHER
		d.Warn("unknown-document", 0, "this is no part of a security review that is known", "it is kept as text; nothing was read from it")
	}
	m.pages = append(m.pages, &opened{outline: o, kind: kind})
}

// page returns the page that a document is. One that was parsed before keeps its
// blocks, which no reading changes; what the parse had to mend was said then.
func (m *importer) page(d *intake.Document, f *intake.File) *page {
	if before := m.parsed[f]; before != nil {
		again := *before
		again.Document = d
		return &again
	}
	p := newPage(d, m.parser)
	m.parsed[f] = p
	return p
}

// order puts the self-assessment first: the other documents refer to it.
func order(kind reviewpkgv1.ArtifactKind) int {
	switch kind {
	case reviewpkgv1.ArtifactKind_ARTIFACT_KIND_SELF_ASSESSMENT: // has the actors
		return 0
	case reviewpkgv1.ArtifactKind_ARTIFACT_KIND_JOINT_REVIEW: // names them
		return 1
	case reviewpkgv1.ArtifactKind_ARTIFACT_KIND_JOINT_README: // sums both up
		return 2
	default:
		return 3
	}
}

// identify names the package and gives each document its place in it. A second
// document of a kind that the package has once is kept as text. The shallower
// folder comes first: what lies deeper is about a part of the project.
func (m *importer) identify() {
	slices.SortStableFunc(m.pages, func(a, b *opened) int {
		return cmp.Or(cmp.Compare(order(a.kind), order(b.kind)), cmp.Compare(depth(a.Path()), depth(b.Path())))
	})
	// A package that was rendered has its own names.
	if _, ok := m.Folder().Read(changesFile); ok && len(m.options.Files) == 0 {
		m.options.ID, m.options.Name = "", ""
	}
	name := m.options.Name
	// The first document that names the project counts, and the
	// self-assessment comes first.
	for _, p := range m.pages {
		if name == "" {
			name = projectName(p)
		}
	}
	m.name = intake.Fold(name) // before the word for a project without name, which stands in blanks
	if m.options.Name == "" {
		name = fullName(m.pages, name)
	}
	if name == "" {
		name = "project"
	}
	id := m.options.ID
	if id == "" {
		id = m.ID("cncf", name)
	} else {
		m.Take(id)
	}
	pkg := m.Package
	pkg.SetId(id)
	pkg.SetTitle("Security review of " + name)
	pkg.SetProject(reviewpkgv1.Project_builder{Name: name, Slug: intake.Slug(name)}.Build())
}

func depth(name string) int { return strings.Count(name, "/") }
