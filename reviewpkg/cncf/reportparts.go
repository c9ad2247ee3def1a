package cncf

import (
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// settle gives the parts that hold other parts, and no answer of their own, the
// state of these: the template's, if nobody filled one of them in. Who deletes
// the instructions below a heading, and leaves the heading, has answered in
// what is below it.
func (r *reader) settle(s *section) (filled, blank int) {
	for _, sub := range s.subs {
		f, b := r.settle(sub)
		filled, blank = filled+f, blank+b
	}
	for _, p := range s.parts {
		if r.states[p] == 0 && !isLeaf(p) && (filled+blank > 0 || r.leftOver[p]) {
			r.states[p] = reviewpkgv1.Presence_PRESENCE_ANSWERED
			if filled == 0 {
				r.states[p] = reviewpkgv1.Presence_PRESENCE_TEMPLATE_TEXT
			}
		}
		switch r.states[p] {
		case 0, reviewpkgv1.Presence_PRESENCE_EMPTY:
		case reviewpkgv1.Presence_PRESENCE_TEMPLATE_TEXT:
			blank++
		default:
			filled++
		}
	}
	return filled, blank
}

// reportParts says in the report which parts were found, and how. A missing
// part is told only where the template has it; one that a document has beyond
// its template is told as well.
func (r *reader) reportParts(kind reviewpkgv1.ArtifactKind) {
	r.settle(r.outline.root)
	var parts []*reviewpkgv1.ImportedPart
	for i := range r.book.infos {
		p := r.book.infos[i].part
		s := r.found[p]
		want := expects(kind, p)
		if p == tableOfContents || s == nil && !want {
			continue
		}
		out := reviewpkgv1.ImportedPart_builder{Name: p.String(), Expected: want, Found: s != nil, Presence: r.states[p], Items: uint32(r.counts[p])}.Build() //nolint:gosec // items of a document
		if s != nil {
			out.SetLine(uint32(s.start + 1)) //nolint:gosec // lines of a document
			out.SetDerivation(s.how)
			r.Know(s.start, r.fullEnd(s))
		}
		parts = append(parts, out)
	}
	r.Report.SetParts(parts)
}

// expects reports whether a document of a kind should have a part. The joint
// template has no actors, actions and badge, and words of its own for the note
// on its use; the parts that single reviews added are expected of none.
func expects(kind reviewpkgv1.ArtifactKind, p part) bool {
	switch kind {
	case reviewpkgv1.ArtifactKind_ARTIFACT_KIND_SELF_ASSESSMENT:
		return selfParts(p)
	case reviewpkgv1.ArtifactKind_ARTIFACT_KIND_JOINT_REVIEW:
		return p != use && p != actors && p != actions && p != bestPractices && p != projectAdvice && p != foundationAdvice && p != actionItems &&
			p != failureModes && p != securityImpact && p != references && p != tableOfContents && p != allFunctions && p != handsOnFindings
	case reviewpkgv1.ArtifactKind_ARTIFACT_KIND_JOINT_README:
		return p != clarifications
	default:
		return false
	}
}

// selfParts reports whether a part is one of the self-assessment's. Those that
// the self-assessments of 2019 had beyond these are expected of nobody today.
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
