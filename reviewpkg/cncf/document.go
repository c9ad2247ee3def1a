package cncf

import (
	"slices"
	"strings"

	"github.com/reviewpkg/sdk/internal/intake"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// read reads one document into the package. The kind decides what is looked
// for, and how often: a package has one assessment of each kind, and any number
// of threat models.
func (m *importer) read(p *opened) {
	pkg := m.Package
	m.Adopt(p.Document, p.kind)
	o := p.outline
	o.Sections(headings(o))
	r := newReader(o)
	r.name = m.name
	switch p.kind {
	case reviewpkgv1.ArtifactKind_ARTIFACT_KIND_SELF_ASSESSMENT:
		if r.first(pkg.HasSelfAssessment(), reviewpkgv1.ReviewProcess_REVIEW_PROCESS_CNCF_SELF) {
			r.a, r.root = &reviewpkgv1.Assessment{}, "self_assessment"
			pkg.SetSelfAssessment(r.a)
			r.readAssessment()
		}
	case reviewpkgv1.ArtifactKind_ARTIFACT_KIND_JOINT_REVIEW:
		if r.first(pkg.HasJointReview(), reviewpkgv1.ReviewProcess_REVIEW_PROCESS_CNCF_JOINT) {
			r.a, r.root, r.prefix = &reviewpkgv1.Assessment{}, "joint_review", "joint-"
			pkg.SetJointReview(r.a)
			r.readAssessment()
		}
	case reviewpkgv1.ArtifactKind_ARTIFACT_KIND_JOINT_README:
		if r.first(pkg.HasSummary(), reviewpkgv1.ReviewProcess_REVIEW_PROCESS_CNCF_JOINT) {
			r.readSummary()
		}
	case reviewpkgv1.ArtifactKind_ARTIFACT_KIND_THREAT_MODEL:
		r.readThreats(true)
	case reviewpkgv1.ArtifactKind_ARTIFACT_KIND_RECOMMENDATIONS:
		r.readAdvice()
	default:
	}
	r.readLinks()
	m.finish(r, p.kind)
}

// first reports whether a document is the first of its kind, and notes the
// process that it belongs to, or that it is a second one. Sub-projects have
// folders of their own; two files of one kind in one folder are an older version
// and a newer one, and nothing says which.
func (r *reader) first(has bool, process reviewpkgv1.ReviewProcess) bool {
	if has {
		r.Warn("duplicate-document", 0, "the folder has a second document of this kind", "only the first one is read; this one is kept as text")
		return false
	}
	pkg := r.Import().Package
	if !slices.Contains(pkg.GetProcesses(), process) {
		pkg.SetProcesses(append(pkg.GetProcesses(), process))
	}
	return true
}

// finish says what a document is and how far it is a template. Residue is
// reported for the whole document, because sentences of the template stand in
// sections that were read as well as in those that were not.
func (m *importer) finish(r *reader, kind reviewpkgv1.ArtifactKind) {
	r.SetGeneration(generation(r.outline, kind, r.a.GetMetadata()), templateVersion(r.Text))
	// Notes that are meant to stay are no residue while they name the project.
	var notes []*section
	for _, p := range []part{use, jointUse, handsOn} {
		if s := r.found[p]; s != nil && !r.placeholder(s) {
			notes = append(notes, s)
		}
	}
	residue := r.residue(func(line int) bool {
		return slices.ContainsFunc(notes, func(s *section) bool { return s.start <= line && line < s.end })
	})
	// Threat models and advice have no template here, and lack no parts.
	if r.a != nil || kind == reviewpkgv1.ArtifactKind_ARTIFACT_KIND_JOINT_README {
		r.reportParts(kind)
	}
	r.Report.SetBlankTemplate(isBlank(r, residue))
	if r.a.HasMetadata() && r.a.GetMetadata().GetStage() != 0 {
		m.stages = append(m.stages, stageOf{r.page, r.a.GetMetadata().GetStage(), r.stageLine()})
	}
	m.projectFacts(r)
}

// placeholder reports whether a section still has the template's word for the
// name of the project. The note on the use is meant to stay as it is in the
// template, so that its sentences are residue only with the placeholder in it.
func (r *reader) placeholder(s *section) bool {
	return containsAny(lowerCase(r.Lines(s.start, s.end)), "[project]", "did/did not")
}

// isBlank reports whether a document is a template that nobody filled in: most
// of its parts are the template's text. New folders are made by copying the
// template, and some get no further.
func isBlank(r *reader, residue int) bool {
	filled, blank := 0, 0
	for p, s := range r.found {
		if s == nil {
			continue
		}
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

// headings returns the headings of a page for its tree of sections.
func headings(o *outline) []intake.Heading {
	out := make([]intake.Heading, 0, len(o.list))
	for _, b := range o.blocks {
		if b.kind == heading {
			out = append(out, intake.Heading{Line: b.start, End: b.end, Level: b.head.level, Text: b.head.label})
		}
	}
	return out
}

// templateVersion returns the version of the template that a document names in
// a comment, as a few do. It names a commit; only one project does so.
func templateVersion(text string) string {
	i := strings.Index(text, "Template: http")
	if i < 0 {
		return ""
	}
	return firstURL(text[i:min(len(text), i+300)])
}

// readAssessment reads a self-assessment or a joint review. Metadata come
// first, for the stage and the repositories; people before findings, which may
// name them; threats before advice, which leaves them alone.
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

// compareStages reports documents of one folder that declare different stages.
// One project declares Incomplete in one document and Complete in the other.
// Both may be right about their document.
func (m *importer) compareStages() {
	// Each document is told once, of the first other that differs.
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
