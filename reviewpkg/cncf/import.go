package cncf

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"path"
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
	// MaxFiles is the number of files the folder may hold; 10,000 if zero.
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
	return o.read(fsys)
}

// read imports without a look at the options.
func (o ImportOptions) read(fsys fs.FS) (*reviewpkgv1.ReviewPackage, *reviewpkgv1.ImportReport, error) {
	folder, err := intake.OpenFolder(fsys, []string{".md", ".markdown"}, o.Files, intake.Limits{MaxBytes: o.MaxBytes, MaxFiles: o.MaxFiles})
	if err != nil {
		return nil, nil, fmt.Errorf("cncf: %w", err)
	}
	m := &importer{options: o, Import: intake.New(folder), parser: markdown()}
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

func firstLine(s string) string {
	line, _, _ := strings.Cut(s, "\n")
	return line
}

// An importer reads the documents of one project.
type importer struct {
	*intake.Import
	options ImportOptions
	parser  parser.Parser
	pages   []*opened
	name    string // of the project, folded
	stages  []stageOf
}

// An opened document is parsed, and it is known what it is.
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
// asked for is kept whatever it is.
func (m *importer) open(f *intake.File, named bool) {
	d := m.Preview(f)
	p := newPage(d, m.parser)
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
	}
	m.pages = append(m.pages, &opened{outline: o, kind: kind})
}

// order puts the self-assessment first: the other documents refer to it.
func order(kind reviewpkgv1.ArtifactKind) int {
	switch kind {
	case reviewpkgv1.ArtifactKind_ARTIFACT_KIND_SELF_ASSESSMENT:
		return 0
	case reviewpkgv1.ArtifactKind_ARTIFACT_KIND_JOINT_REVIEW:
		return 1
	case reviewpkgv1.ArtifactKind_ARTIFACT_KIND_JOINT_README:
		return 2
	default:
		return 3
	}
}

// identify names the package and gives each document its place in it. A second
// document of a kind that the package has once is kept as text.
func (m *importer) identify() {
	slices.SortStableFunc(m.pages, func(a, b *opened) int {
		return cmp.Or(cmp.Compare(order(a.kind), order(b.kind)), cmp.Compare(depth(a.Path()), depth(b.Path())))
	})
	// A package that was rendered has its own names.
	if _, ok := m.Folder().Read(changesFile); ok && len(m.options.Files) == 0 {
		m.options.ID, m.options.Name = "", ""
	}
	name := m.options.Name
	for _, p := range m.pages {
		if name == "" {
			name = projectName(p)
		}
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
	m.name = intake.Fold(name)
}

func depth(name string) int { return strings.Count(name, "/") }

// read reads one document into the package.
func (m *importer) read(p *opened) {
	pkg := m.Package
	m.Adopt(p.Document, p.kind)
	o := p.outline
	o.Sections(headings(o))
	r := newReader(o)
	r.name = m.name
	switch p.kind {
	case reviewpkgv1.ArtifactKind_ARTIFACT_KIND_SELF_ASSESSMENT:
		if pkg.HasSelfAssessment() {
			r.second()
			break
		}
		r.a, r.root = &reviewpkgv1.Assessment{}, "self_assessment"
		pkg.SetSelfAssessment(r.a)
		pkg.SetProcesses(append(pkg.GetProcesses(), reviewpkgv1.ReviewProcess_REVIEW_PROCESS_CNCF_SELF))
		r.readAssessment()
	case reviewpkgv1.ArtifactKind_ARTIFACT_KIND_JOINT_REVIEW:
		if pkg.HasJointReview() {
			r.second()
			break
		}
		r.a, r.root, r.prefix = &reviewpkgv1.Assessment{}, "joint_review", "joint-"
		pkg.SetJointReview(r.a)
		pkg.SetProcesses(append(pkg.GetProcesses(), reviewpkgv1.ReviewProcess_REVIEW_PROCESS_CNCF_JOINT))
		r.readAssessment()
	case reviewpkgv1.ArtifactKind_ARTIFACT_KIND_JOINT_README:
		if pkg.HasSummary() {
			r.second()
			break
		}
		r.readSummary()
	case reviewpkgv1.ArtifactKind_ARTIFACT_KIND_THREAT_MODEL:
		r.readThreats(true)
	case reviewpkgv1.ArtifactKind_ARTIFACT_KIND_RECOMMENDATIONS:
		r.readAdvice()
	default:
	}
	r.readLinks()
	m.finish(r, p.kind)
}

// second says that the package has a document of this kind already.
func (r *reader) second() {
	r.Warn("duplicate-document", 0, "the folder has a second document of this kind", "only the first one is read; this one is kept as text")
}

// finish says what a document is and how far it is a template.
func (m *importer) finish(r *reader, kind reviewpkgv1.ArtifactKind) {
	r.SetGeneration(generation(r.outline, kind, r.a.GetMetadata()), templateVersion(r.Text))
	expected := func(p part) bool { return expects(kind, p) }
	residue := r.residue(func(line int) bool {
		for _, p := range []part{use, jointUse, handsOn} {
			if s := r.found[p]; s != nil && s.start <= line && line < s.end && !r.placeholder(s) {
				return true
			}
		}
		return false
	})
	if r.a != nil || kind == reviewpkgv1.ArtifactKind_ARTIFACT_KIND_JOINT_README {
		r.reportParts(expected)
	}
	r.Report.SetBlankTemplate(isBlank(r, residue))
	if r.a.HasMetadata() && r.a.GetMetadata().GetStage() != 0 {
		m.stages = append(m.stages, stageOf{r.page, r.a.GetMetadata().GetStage(), r.stageLine()})
	}
	m.projectFacts(r)
}

// placeholder reports whether a section still has the template's word for the
// name of the project.
func (r *reader) placeholder(s *section) bool {
	return containsAny(strings.ToLower(r.Lines(s.start, s.end)), "[project]", "did/did not")
}

// isBlank reports whether a document is a template that nobody filled in: most
// of its parts are the template's text.
func isBlank(r *reader, residue int) bool {
	filled, blank := 0, 0
	for p := range r.found {
		switch r.states[p] {
		case reviewpkgv1.Presence_PRESENCE_TEMPLATE_TEXT:
			blank++
		case reviewpkgv1.Presence_PRESENCE_ANSWERED:
			filled++
		default:
		}
	}
	return blank > filled && residue > 0
}

// expects reports whether a document of a kind should have a part.
func expects(kind reviewpkgv1.ArtifactKind, p part) bool {
	switch kind {
	case reviewpkgv1.ArtifactKind_ARTIFACT_KIND_SELF_ASSESSMENT:
		return selfParts(p)
	case reviewpkgv1.ArtifactKind_ARTIFACT_KIND_JOINT_REVIEW:
		return p != use && p != actors && p != actions && p != bestPractices && p != projectAdvice && p != foundationAdvice && p != actionItems &&
			p != failureModes && p != securityImpact && p != references && p != tableOfContents && p != allFunctions && !strings.HasPrefix(string(p), "hands-on f")
	case reviewpkgv1.ArtifactKind_ARTIFACT_KIND_JOINT_README:
		return p != clarifications
	default:
		return false
	}
}

// selfParts reports whether a part is one of the self-assessment's.
func selfParts(p part) bool {
	switch p {
	case metadata, securityLinks, overview, background, actors, actions, goals, nonGoals, use, functions, compliance, development, resolution, appendix,
		critical, relevant, pipeline, channels, internalChannel, inboundChannel, outboundChannel, ecosystem, disclosure, response, incidentResponse,
		knownIssues, bestPractices, caseStudies, relatedProjects:
		return true
	default:
		return false
	}
}

// headings returns the headings of a page for its tree of sections.
func headings(o *outline) []intake.Heading {
	var out []intake.Heading
	for _, b := range o.blocks {
		if b.kind == heading {
			out = append(out, intake.Heading{Line: b.start, Level: b.level, Text: b.label})
		}
	}
	return out
}

// templateVersion returns the version of the template that a document names in
// a comment, as a few do.
func templateVersion(text string) string {
	i := strings.Index(text, "Template: http")
	if i < 0 {
		return ""
	}
	return firstURL(text[i:min(len(text), i+300)])
}

// readAssessment reads a self-assessment or a joint review.
func (r *reader) readAssessment() {
	if s := r.found[metadata]; s != nil {
		r.readMetadata(s)
	}
	r.readPreamble(func(d *reviewpkgv1.Date) string {
		if !r.a.HasMetadata() {
			r.a.SetMetadata(&reviewpkgv1.AssessmentMetadata{})
		}
		r.a.GetMetadata().SetDate(d)
		return r.at("metadata.date")
	})
	r.readSecurityLinks()
	r.readOverview()
	r.readFunctions()
	r.readCompliance()
	r.readDevelopment()
	r.readResolution()
	r.readAppendix()
	r.readJointParts()
	p := use
	if r.found[p] == nil {
		p = jointUse
	}
	r.a.SetUse(r.narrative(p, r.at("use")))
	r.readTeam()
	r.readAuthorship(p)
	r.readFindings()
	r.readHygiene()
	r.readThreats(false)
	r.readAdvice()
	if intake.IsEmpty(r.a.GetMetadata()) {
		r.a.ClearMetadata()
	}
}

// readAuthorship reads that the project wrote the assessment itself, from the
// note on its use.
func (r *reader) readAuthorship(p part) {
	pkg := r.Import().Package
	s := r.found[p]
	if s == nil || pkg.HasAuthorship() || r.name == "" || r.root != "self_assessment" {
		return
	}
	if strings.Contains(intake.Fold(r.Lines(s.start, s.end)), "created by the "+r.name+" team") {
		pkg.SetAuthorship(reviewpkgv1.Authorship_builder{Origin: reviewpkgv1.AuthorshipOrigin_AUTHORSHIP_ORIGIN_PROJECT}.Build())
		r.Claim("authorship", s.start, s.end, reviewpkgv1.Derivation_DERIVATION_STATED, "")
	}
}

// projectName returns the name of the project by the title of a document, or by
// the folder that it lies in.
func projectName(p *opened) string {
	if name := nameInText(p.page); name != "" {
		return name
	}
	dir := path.Base(path.Dir(p.Path()))
	if dir == "." || dir == "/" || oneOf(key(dir), "docs", "doc", "security assessment", "assessments") {
		return ""
	}
	return dir
}

// nameInText returns the name of the project by the headings before the first
// part, or by the repository that the metadata name.
func nameInText(p *page) string {
	for _, b := range p.blocks {
		if b.kind != heading || b.label == "" {
			continue
		}
		if _, ok := assessmentBook().find(b.label, ""); ok {
			break
		}
		if name := trimTitle(b.label); name != "" {
			return name
		}
	}
	_, rest, ok := strings.Cut(p.Text, "| Software")
	if !ok {
		return ""
	}
	row := rest[:min(len(rest), 400)]
	row, _, _ = strings.Cut(row, "\n")
	if u := firstURL(row); isRepository(u) {
		return path.Base(strings.TrimRight(u, "/"))
	}
	return ""
}

// trimTitle removes the words for the document from its title.
func trimTitle(title string) string {
	words := strings.Fields(strings.NewReplacer("—", " ", "–", " ", ":", " ", "[", " ", "]", " ").Replace(title))
	var kept []string
	for _, w := range words {
		switch key(w) {
		case "self", "assessment", "selfassessment", "self assessment", "security", "joint", "joint assessment", "joint review", "review", "cncf", "tag", "tag security", "for", "of", "the", "project", "outline", "", "report", "name",
			"threat", "model", "modeling", "with", "recommendations", "to", "stride", "lightweight", "analysis", "action", "items", "post", "survey", "summary", "metadata":
		default:
			kept = append(kept, w)
		}
	}
	if len(kept) > 4 {
		return ""
	}
	return strings.Join(kept, " ")
}

// compareStages reports documents of one folder that declare different stages.
func (m *importer) compareStages() {
	for i, a := range m.stages {
		for j, b := range m.stages {
			if i != j && a.stage != b.stage {
				a.doc.Warn("stage-contradiction", a.doc.LineStart(a.line), "the document "+b.doc.Path()+" declares another stage",
					"both stand as declared; let them say the same")
				break
			}
		}
	}
}

// stageLine returns the line on which the stage of the document stands.
func (r *reader) stageLine() int {
	return r.ClaimedAt(r.at("metadata.stage"))
}

// projectFacts copies what a document says about the project to where the
// package has it.
func (m *importer) projectFacts(r *reader) {
	project := m.Package.GetProject()
	if w := m.Package.GetSummary().GetWebsite(); w != "" && project.GetWebsite() == "" {
		project.SetWebsite(w)
	}
	for _, l := range m.Package.GetSummary().GetSourceCode() {
		addRepository(project, l.GetUrl())
	}
	for _, l := range r.a.GetMetadata().GetSoftware() {
		url := l.GetUrl()
		if !isRepository(url) {
			if project.GetWebsite() == "" && intake.URI(url) != "" && !strings.Contains(url, "github.com/") {
				project.SetWebsite(url)
			}
			continue
		}
		addRepository(project, url)
	}
	if w := r.a.GetMetadata().GetWebsite(); w != "" {
		project.SetWebsite(w)
	}
}

func addRepository(project *reviewpkgv1.Project, url string) {
	if isRepository(url) && !slices.ContainsFunc(project.GetRepositories(), func(have *reviewpkgv1.Repository) bool { return have.GetUrl() == url }) {
		project.SetRepositories(append(project.GetRepositories(), reviewpkgv1.Repository_builder{Url: url}.Build()))
	}
}

// isRepository reports whether an address is that of a repository on a code
// host: an owner and a name.
func isRepository(url string) bool {
	for _, host := range []string{"https://github.com/", "http://github.com/", "https://gitlab.com/"} {
		if rest, ok := strings.CutPrefix(url, host); ok {
			rest = strings.Trim(rest, "/")
			return strings.Count(rest, "/") == 1
		}
	}
	return false
}
