package openstack

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/reviewpkg/sdk/internal/intake"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// A page is a document that is being read.
type page struct {
	*intake.Document
	template *template
	sections []*section
	header   []*section // what stands above the first part
	parts    map[*part]*reviewpkgv1.ImportedPart
}

// newPage finds the sections of a document and what the template knows them as.
func newPage(d *intake.Document, t *template) *page {
	lines := make([]string, d.LineCount())
	for i := range lines {
		lines[i] = d.Line(i)
	}
	p := &page{Document: d, template: t, sections: outline(lines), parts: map[*part]*reviewpkgv1.ImportedPart{}}
	headings := make([]intake.Heading, 0, len(p.sections))
	for _, s := range p.sections {
		if s.level > 0 {
			headings = append(headings, intake.Heading{Line: s.line, End: s.body, Level: s.level, Text: plain(s.title)})
		}
	}
	p.Sections(headings)
	// The report lists all parts of the template, found or not.
	for _, list := range [][]*part{t.header, t.sections} {
		for _, x := range list {
			p.parts[x] = reviewpkgv1.ImportedPart_builder{Name: x.name, Expected: x.expected}.Build()
			d.Report.SetParts(append(d.Report.GetParts(), p.parts[x]))
		}
	}
	for _, s := range p.sections {
		var repairs []repair
		s.blocks, repairs = readBlocks(lines, s.body, s.end)
		if s.glued {
			p.Repair("repaired-markup", p.LineStart(s.line), "a heading follows text without a blank line", "")
		}
		for _, r := range repairs {
			p.Repair(r.code, p.LineStart(r.line), r.message, "put a blank line before it")
		}
		p.place(s)
	}
	return p
}

// place tells what a section is. All that stands above the first part is the
// header: one template has it below a heading of its own, and one below two.
func (p *page) place(s *section) {
	// First of all: a finding may be called like a part.
	if _, _, ok := numbered(s.title); ok && p.template.kind == reviewpkgv1.ArtifactKind_ARTIFACT_KIND_FINDINGS_PAGE {
		p.Know(s.line, s.end)
		return
	}
	var exact bool
	if s.part, exact = find(p.template.sections, s.title); s.part != nil {
		p.Know(s.line, s.end)
		part := p.parts[s.part]
		if part.GetFound() {
			p.Warn("duplicate-section", p.LineStart(s.line), fmt.Sprintf("the section %q is here a second time", s.part.name), "both are read")
			return
		}
		derivation := reviewpkgv1.Derivation_DERIVATION_ALIAS
		if exact {
			derivation = reviewpkgv1.Derivation_DERIVATION_EXACT_HEADING
		}
		p.found(s.part, s.line, derivation)
		part.SetPresence(reviewpkgv1.Presence_PRESENCE_EMPTY)
		return
	}
	for _, x := range p.template.sections {
		if p.parts[x].GetFound() {
			return // below the header
		}
	}
	p.Know(s.line, s.body)
	s.header = true
	p.header = append(p.header, s)
}

// found notes where a part of the template stands.
func (p *page) found(x *part, line int, how reviewpkgv1.Derivation) {
	part := p.parts[x]
	if part.GetFound() {
		return
	}
	part.SetFound(true)
	part.SetLine(uint32(line + 1)) //nolint:gosec // lines of a document of at most 16 MiB
	part.SetDerivation(how)
}

// answered notes that a part of the template holds something, and how many items
// were read from it.
func (p *page) answered(x *part, items int) {
	part := p.parts[x]
	part.SetPresence(reviewpkgv1.Presence_PRESENCE_ANSWERED)
	part.SetItems(part.GetItems() + uint32(items)) //nolint:gosec // fewer than lines
}

// each calls read for every section that the template knows as a part, with its
// blocks but for those that are still the template's.
func (p *page) each(x *part, read func(s *section, blocks []*block)) {
	for _, s := range p.sections {
		if s.part != x {
			continue
		}
		blocks := p.filled(s)
		if len(blocks) > 0 {
			p.answered(x, 0)
			read(s, blocks)
		}
	}
}

// A reader reads the pages of a review into a package.
type reader struct {
	in       *intake.Import
	pages    []*page
	stated   map[*block]string // ids that comments state
	variants map[string]string // ids of variants by name
	images   map[string]string // ids of images that are not in the folder
	// artifacts are those of the package, by id.
	artifacts map[string]*reviewpkgv1.Artifact
	// artifactIDs are the ids that comments state for images.
	artifactIDs map[*block]string
	attending   map[string]bool // persons who are known to have taken part
	ends        endpoints
	assets      assetIndex
	// noDependencies notes that there are no dependencies, as a page states.
	noDependencies func()
	// noFindingsStatement does the same for findings.
	noFindingsStatement func()
	subject             subject
}

// newReader returns a reader that collects what it reads in an import.
func newReader(in *intake.Import) *reader {
	return &reader{
		in: in, stated: map[*block]string{}, variants: map[string]string{}, images: map[string]string{},
		artifacts: map[string]*reviewpkgv1.Artifact{}, attending: map[string]bool{}, artifactIDs: map[*block]string{},
		ends: newEndpoints(), assets: newAssetIndex(),
	}
}

// read reads all pages. Names are read before what refers to them, whatever the
// order of the sections is.
func (r *reader) read(id string) {
	r.reserve()
	for _, p := range r.pages {
		r.header(p)
	}
	for _, p := range r.pages {
		switch p.template.kind {
		case reviewpkgv1.ArtifactKind_ARTIFACT_KIND_ARCHITECTURE_PAGE:
			r.architecture(p)
		case reviewpkgv1.ArtifactKind_ARTIFACT_KIND_FINDINGS_PAGE:
			r.findings(p)
		default:
			r.notes(p)
		}
		// Only when all is read is it known that nothing was.
		r.blank(p)
	}
	r.finish(id)
}

// finish sets what the package must have.
func (r *reader) finish(id string) {
	pkg := r.in.Package
	for _, p := range r.pages {
		if p.template.kind != reviewpkgv1.ArtifactKind_ARTIFACT_KIND_REVIEW_NOTES && len(pkg.GetProcesses()) == 0 {
			pkg.SetProcesses([]reviewpkgv1.ReviewProcess{reviewpkgv1.ReviewProcess_REVIEW_PROCESS_OPENSTACK})
		}
	}
	// What holds nothing says nothing.
	if review := pkg.GetReview(); review != nil && intake.IsEmpty(review.GetNotes()) {
		review.ClearNotes()
	}
	if pkg.HasReview() && intake.IsEmpty(pkg.GetReview()) {
		pkg.ClearReview()
	}
	if pkg.HasArchitecture() && intake.IsEmpty(pkg.GetArchitecture()) {
		pkg.ClearArchitecture()
	}
	r.project()
	switch {
	case id != "":
		pkg.SetId(id)
		// An id that a page states is from a package that was rendered.
	case r.subject.id != "":
		pkg.SetId(r.subject.id)
	default:
		pkg.SetId(packageID(pkg.GetProject()))
	}
	pkg.SetTitle(packageTitle(pkg.GetProject()))
}

// reserve takes all ids that comments state, so that none that the reader makes
// is in their way.
func (r *reader) reserve() {
	var walk func([]*block, *block)
	walk = func(blocks []*block, owner *block) {
		for _, b := range blocks {
			// The first comment counts, and one whose id is taken is none.
			if b.kind == comment && b.name == "id" && owner != nil && r.stated[owner] == "" && r.in.Take(b.text) {
				r.stated[owner] = b.text
			}
			walk(b.kids, b)
		}
	}
	// All pages before any is read: an id of the last one may be what the first
	// one would make of a name.
	for _, p := range r.pages {
		for _, s := range p.sections {
			walk(s.blocks, nil)
			r.reserveImages(s)
			// A finding is a section, and its id stands below the heading.
			for _, b := range s.blocks {
				if b.kind == comment && b.name == "id" && s.part == nil && !s.header && s.id == "" && r.in.Take(b.text) {
					s.id = b.text
				}
			}
		}
	}
}

// reserveImages takes the ids of images, which stand behind them: a directive has
// no room for a comment.
func (r *reader) reserveImages(s *section) {
	var last *block
	for _, b := range s.blocks {
		switch {
		case b.kind == directive:
			last = b
			// Other blocks may stand between an image and its comments: the words on how
			// it was made.
		case b.kind != comment || last == nil:
		case b.name == "id" && r.stated[last] == "" && r.in.Take(b.text):
			r.stated[last] = b.text
		case b.name == "artifact" && r.artifactIDs[last] == "" && r.in.Take(b.text):
			r.artifactIDs[last] = b.text
		}
	}
}

// id returns the id of the item that a block is: the one that a comment states,
// or one that is made of its name.
func (r *reader) id(b *block, prefix, name string) string {
	if id := r.stated[b]; id != "" {
		return id
	}
	return r.in.ID(prefix, name)
}

// item returns the field path of an item of a list.
func itemPath(list, id string) string { return list + "[" + strconv.Quote(id) + "]" }

// offset returns where a block begins.
func (p *page) offset(b *block) int {
	line := p.Line(b.start)
	return p.LineStart(b.start) + len(line) - len(strings.TrimLeft(line, " \t"))
}

// warn notes a doubt about a block.
func (p *page) warn(code string, b *block, format string, args ...any) {
	p.Warn(code, p.offset(b), fmt.Sprintf(format, args...), "")
}
