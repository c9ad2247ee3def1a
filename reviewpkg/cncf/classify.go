package cncf

import (
	"strings"
	"sync"

	"github.com/reviewpkg/sdk/internal/intake"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// classify says what a document is by what it contains, because names of files
// do not tell: joint assessments are called README, and summaries are called
// joint-assessment.md. It returns the outline of the document as well: the
// first look at a document is what reading begins with. Of five files called
// joint assessment or review, two are summaries and one is a letter; folders
// also hold notices about sign-off, and stubs that name no result.
func classify(p *page, name string) (reviewpkgv1.ArtifactKind, *outline) {
	before := p.Mark()
	o := newOutline(p, assessmentBook(), name)
	// Most documents are told by their parts; the others are looked at as
	// summaries as well.
	if o.found[use] != nil && o.found[jointUse] == nil && o.count(metadata, overview, goals, functions, development, appendix) >= 4 {
		return reviewpkgv1.ArtifactKind_ARTIFACT_KIND_SELF_ASSESSMENT, o
	}
	view := p.look(before)
	readme := newOutline(view, summaryBook(), name)
	noted := view.Mark()
	kind := o.kind(readme)
	if kind == reviewpkgv1.ArtifactKind_ARTIFACT_KIND_JOINT_README {
		// What was noted of an assessment is not said of a summary, and what was
		// noted to tell the two apart is not said yet.
		p.Replace(view.Document, noted)
		readme.page = p
		return kind, readme
	}
	return kind, o
}

// count returns how many of some parts were found.
func (o *outline) count(parts ...part) (n int) {
	for _, p := range parts {
		if o.found[p] != nil {
			n++
		}
	}
	return n
}

// foundParts returns how many parts were found.
func (o *outline) foundParts() (n int) {
	for _, s := range o.found {
		if s != nil {
			n++
		}
	}
	return n
}

// kind says what a document is. The outline is that of an assessment, and readme
// the one of the same page as a summary. The headings decide, because all
// templates share half of them. What tells them apart is the note on the use of
// the document, the key lines at the top, and the recommendations.
func (o *outline) kind(readme *outline) reviewpkgv1.ArtifactKind {
	advice := readme.count(foundationAdvice, projectAdvice, additionalAdvice)
	own := o.count(metadata, overview, actors, actions, goals, nonGoals, use, functions, development, resolution, appendix)
	joint := o.count(jointUse, handsOn, intendedUse, projectDesign, configuration, analysis, roadmap)
	title := key(o.title())
	keys := sync.OnceValue(readme.keyCount)
	switch {
	// Questionnaires for those who took part in a review.
	case strings.Contains(title, "survey") && o.found[use] == nil && o.found[jointUse] == nil && own < 4 && advice == 0:
		return reviewpkgv1.ArtifactKind_ARTIFACT_KIND_SURVEY
	// A self-assessment of 2019 has the joint parts as well, but no title that
	// says joint.
	case o.found[jointUse] != nil, strings.Contains(title, "joint") && joint >= 3 && o.found[use] == nil:
		return reviewpkgv1.ArtifactKind_ARTIFACT_KIND_JOINT_REVIEW
	case strings.Contains(title, "joint") && own+joint >= 3 && keys() < 2 && o.found[use] == nil:
		return reviewpkgv1.ArtifactKind_ARTIFACT_KIND_JOINT_REVIEW
	// A summary may have an overview and goals; with six parts of an assessment
	// it is one that has key lines at its top.
	case own < 6 && keys() >= 2 && (advice > 0 || readme.count(summary, recommendations) == 2):
		return reviewpkgv1.ArtifactKind_ARTIFACT_KIND_JOINT_README
	// Eight of 49 self-assessments have no note on their use. Four parts of
	// their own are enough, or three and the title.
	case o.found[use] != nil, own >= 4, own >= 3 && strings.Contains(title, "assessment"):
		return reviewpkgv1.ArtifactKind_ARTIFACT_KIND_SELF_ASSESSMENT
	case advice > 0 && readme.count(summary, clarifications) > 0:
		return reviewpkgv1.ArtifactKind_ARTIFACT_KIND_JOINT_README
	case strings.HasPrefix(title, "recommendations") && own < 3:
		return reviewpkgv1.ArtifactKind_ARTIFACT_KIND_RECOMMENDATIONS
	case isThreatModel(o):
		return reviewpkgv1.ArtifactKind_ARTIFACT_KIND_THREAT_MODEL
	// Two folders have the recommendations in a file by themselves.
	case o.count(actionItems, projectAdvice, foundationAdvice) > 0 && own < 3, strings.HasPrefix(title, "recommendations"):
		return reviewpkgv1.ArtifactKind_ARTIFACT_KIND_RECOMMENDATIONS
	default:
		return reviewpkgv1.ArtifactKind_ARTIFACT_KIND_UNSPECIFIED
	}
}

// look returns the page as it was at a mark, for an outline that is only looked
// at: what is noted on the way is noted there.
func (p *page) look(at intake.Mark) *page {
	view := *p
	view.Document, view.quiet = p.Quiet(at), true
	return &view
}

// keyCount returns the number of key lines that a joint README begins with.
// Some are bold leads or headings with the value below, and were found as
// sections.
func (o *outline) keyCount() int {
	keys, _ := o.preambleKeys()
	count := 0
	for _, k := range keys {
		m, ok := o.book.find(strings.TrimRight(k.key, " :"), "")
		if ok && len(m.parts) > 0 && isSummaryKey(m.parts[0]) {
			count++
		}
	}
	return count + o.count(completed, securityReviewers, securityLead, projectTeam, sourceCode, webSite)
}

// isThreatModel reports whether a document is a threat model: its title says
// so, or it has sections for the categories of STRIDE. Ten folders have one in
// a file of its own, under seven different names. Three categories of STRIDE as
// headings are enough; one or two stand in any analysis.
func isThreatModel(o *outline) bool {
	title := key(o.title())
	// Counted, because the title alone is missed where a folder has one document
	// for each component, with its name as the title.
	stride := 0
	for _, s := range o.list {
		if isThreatLabel(s.label) {
			stride++
		}
	}
	return stride >= 3 || containsAny(title, "threat model", "threat modeling", "threat analysis", "threat assessment", "stride") || o.found[threatModel] != nil && o.foundParts() <= 3
}
