// Package openstack reads the pages of an OpenStack security review into a
// package, and writes a package as those pages: the architecture page, the review
// findings, and the notes of the review meeting, all in reStructuredText.
//
//	pkg, report, err := openstack.Import(os.DirFS("barbican/newton"))
//	rendering, err := openstack.Render(pkg)
//
// The pages were written by people, in three generations of templates, and none
// is free of mistakes. [Import] reads what they mean where that is certain, says
// where it had to mend something, and guesses nothing: a name that leads nowhere
// is kept and reported. Whatever it could not read stays in the text of the
// document, which the package holds byte for byte.
//
// [Render] lists what the pages do not hold. The list is exact, because Render
// reads its own pages back to make it.
package openstack

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/reviewpkg/sdk/internal/intake"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// ErrNoDocuments says that a folder holds no page of a security review.
var ErrNoDocuments = errors.New("no page of an OpenStack security review")

// Import reads the pages of one project; see [ImportOptions.Import].
func Import(fsys fs.FS) (*reviewpkgv1.ReviewPackage, *reviewpkgv1.ImportReport, error) {
	return ImportOptions{}.Import(fsys)
}

// ImportOptions say what is read. The zero value reads every page in a folder.
type ImportOptions struct {
	// ID of the package; "openstack-PROJECT-RELEASE" if empty.
	ID string
	// Files are the paths of the pages, with forward slashes; all files below
	// the folder that end in .rst if empty.
	Files []string
	// MaxBytes is the size up to which a page is read, in bytes; 16 MiB if
	// zero. Larger ones are skipped, and the report says so.
	MaxBytes int64
	// MaxFiles is the number of files that the folder may hold; 10,000 if zero. If
	// Files are named, the folder may hold more, and a picture that is not among
	// the first of them is one that is missing.
	MaxFiles int
}

// Import reads the pages of one project into a package, and reports how. The
// package is valid, whatever the pages hold, and a draft: a program read it, and
// nobody has confirmed that. A status that a page declares is kept, whether or
// not its content bears it out.
//
// What a page is follows from its content. Pages of other kinds are skipped, and
// the report lists them. It is an error if the folder cannot be read, if a file
// that Files names is missing, if ID is no id, and, as [ErrNoDocuments], if there
// is no page of a review in it.
func (o ImportOptions) Import(fsys fs.FS) (*reviewpkgv1.ReviewPackage, *reviewpkgv1.ImportReport, error) {
	folder, err := intake.OpenFolder(fsys, []string{".rst"}, o.Files, intake.Limits{MaxBytes: o.MaxBytes, MaxFiles: o.MaxFiles})
	if err != nil {
		return nil, nil, fmt.Errorf("openstack: %w", err)
	}
	if o.ID != "" && !intake.ValidID(o.ID) {
		return nil, nil, fmt.Errorf("openstack: %q is no id", o.ID)
	}
	return readFolder(folder, o.ID)
}

// readFolder reads the pages in a folder into a package with an id, or with the
// one that they give if it is empty.
func readFolder(folder *intake.Folder, id string) (*reviewpkgv1.ReviewPackage, *reviewpkgv1.ImportReport, error) {
	r := newReader(intake.New(folder))
	var others []string
	for _, f := range folder.Documents {
		lines := strings.Split(string(f.Data), "\n")
		// Cut before it is known what the page is, because its headings tell that.
		t := templateOf(lines, outline(lines))
		if t == nil {
			folder.Skip(f, "no page of an OpenStack security review")
			others = append(others, f.Path)
			continue
		}
		r.pages = append(r.pages, newPage(r.in.Document(f, t.kind, reviewpkgv1.Markup_MARKUP_RESTRUCTUREDTEXT), t))
	}
	if len(r.pages) == 0 {
		return nil, nil, fmt.Errorf("openstack: %w: %s", ErrNoDocuments, found(others))
	}
	// Components and assets are named on the first page, and findings and notes
	// speak of them.
	slices.SortStableFunc(r.pages, func(a, b *page) int {
		return slices.Index(templates, a.template) - slices.Index(templates, b.template)
	})
	r.pages = onePerKind(r.pages)
	r.read(id)
	pkg, report := r.in.Finish()
	return pkg, report, nil
}

// onePerKind returns the pages that are read: of each kind the first that names
// its project, or else the first. A second one is a page of another project or
// an old copy, and its items would only be mixed with those of the first; it is
// kept as text.
func onePerKind(pages []*page) []*page {
	var out []*page
	for _, t := range templates {
		var best *page
		for _, p := range pages {
			if p.template == t && (best == nil || !best.namesProject() && p.namesProject()) {
				best = p
			}
		}
		if best == nil {
			continue
		}
		out = append(out, best)
		for _, p := range pages {
			if p.template == t && p != best {
				p.Warn("duplicate-document", 0, "this is a second page of its kind, beside "+quoted(best.Path()), "import each review from a folder of its own")
			}
		}
	}
	return out
}

// found says what a folder holds instead of pages.
func found(others []string) string {
	const most = 5
	switch n := len(others); {
	case n == 0:
		return "there is no file that ends in .rst"
	case n > most:
		return fmt.Sprintf("%s and %d more are of other kinds", strings.Join(others[:most], ", "), n-most)
	default:
		return strings.Join(others, ", ") + " is of another kind"
	}
}
