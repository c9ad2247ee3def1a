package cncf

import (
	"google.golang.org/protobuf/proto"

	"github.com/reviewpkg/sdk/internal/intake"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
	"github.com/reviewpkg/sdk/reviewpkg"
)

// The names that the documents of a package have.
const (
	selfFile    = "self-assessment.md"
	jointFile   = "joint-assessment.md"
	summaryFile = "README.md"
	changesFile = "review.changes.json"
)

// Render writes a package as the documents of the current CNCF templates:
// self-assessment.md, joint-assessment.md and README.md, of which those are
// written for which the package has something. Part by part they follow the
// template; a part of which the package says nothing is there and says so.
//
// No text of the package changes the structure of the documents: a text that
// Markdown would take for headings, lists of the template, or HTML is quoted.
// Every document carries what it is not, and that the package is a draft, if it
// is one.
//
// The templates hold less than a package. What the documents do not hold is in
// the rendering, as the losses: the changes between p and the package that is
// read back from them, sources, imported documents and the files themselves
// aside. The file review.changes.json holds the same for programs: with it
// beside the documents, as long as nobody changes these, [Import] gives back
// the package as it was. Without it, the losses are lost.
func Render(p *reviewpkgv1.ReviewPackage) (*reviewpkgv1.Rendering, error) {
	out := reviewpkgv1.Rendering_builder{Schema: "reviewpkg.v1.Rendering"}.Build()
	add := func(name, content string) {
		out.SetFiles(append(out.GetFiles(), reviewpkgv1.RenderedFile_builder{Path: name, Content: []byte(content)}.Build()))
	}
	if p.HasSelfAssessment() {
		add(selfFile, newWriter(p, "").selfAssessment())
	}
	if p.HasJointReview() || len(p.GetFindings())+len(p.GetThreatModels()) > 0 {
		add(jointFile, newWriter(p, "joint-").jointAssessment())
	}
	if p.HasSummary() || len(p.GetRecommendations()) > 0 || len(out.GetFiles()) == 0 {
		add(summaryFile, newWriter(p, "").summary())
	}
	// The documents are read as anybody would read them, and then by somebody who
	// knows what the project is called. They are parsed once for both.
	folder, parsed := intake.Rendered(out.GetFiles()), map[*intake.File]*page{}
	back, _, err := ImportOptions{}.read(folder, parsed)
	if err != nil {
		return nil, err
	}
	changes, err := reviewpkg.NewChangeSet(back, p)
	if err != nil {
		return nil, err
	}
	if len(changes.GetChanges()) > 0 {
		data, err := reviewpkg.Marshal(changes)
		if err != nil {
			return nil, err
		}
		add(changesFile, string(data))
	}
	named := ImportOptions{ID: p.GetId(), Name: p.GetProject().GetName()}
	if back, _, err = named.read(folder, parsed); err != nil {
		return nil, err
	}
	out.SetLosses(reviewpkg.Diff(comparable(p), comparable(back)))
	return out, nil
}

// comparable returns a copy of a package without what reading it back from
// documents must change: the documents themselves, and that an answer with a
// text is an answer. What is left differs only if something was lost.
func comparable(p *reviewpkgv1.ReviewPackage) *reviewpkgv1.ReviewPackage {
	c := proto.CloneOf(p)
	c.SetDocuments(nil)
	c.SetValueSources(nil)
	documents := map[string]bool{}
	for _, d := range p.GetDocuments() {
		documents[d.GetArtifactId()] = true
	}
	var kept []*reviewpkgv1.Artifact
	for _, a := range c.GetArtifacts() {
		switch a.GetPath() {
		case selfFile, jointFile, summaryFile:
		default:
			if !documents[a.GetId()] {
				kept = append(kept, a)
			}
		}
	}
	c.SetArtifacts(kept)
	for _, person := range c.GetPeople() {
		for _, r := range person.GetRoles() {
			r.SetArtifactId("")
		}
	}
	for _, m := range c.GetThreatModels() {
		m.SetArtifactId("")
	}
	normalise(c.ProtoReflect())
	return c
}
