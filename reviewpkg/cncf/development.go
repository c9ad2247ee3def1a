package cncf

import (
	"github.com/reviewpkg/sdk/internal/intake"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// readDevelopment reads the development practices. 46 of 48 documents answer
// with lists, 37 with prose, and 31 with headings of their own.
func (r *reader) readDevelopment() {
	d := &reviewpkgv1.DevelopmentPractices{}
	d.SetText(r.narrative(development, r.at("development.text")))
	if n := r.narrative(pipeline, r.at("development.pipeline.text")); n != nil {
		p := reviewpkgv1.DevelopmentPipeline_builder{Text: n}.Build()
		if !r.practices(p) {
			r.pipelineFacts(p, n.GetText())
		}
		d.SetPipeline(p)
	}
	r.readChannels(d)
	d.SetEcosystem(r.narrative(ecosystem, r.at("development.ecosystem")))
	if !intake.IsEmpty(d) {
		r.a.SetDevelopment(d)
	}
}
