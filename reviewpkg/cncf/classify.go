package cncf

import (
	"strings"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// classify says what a document is by what it contains, because names of files
// do not tell: joint assessments are called README, and summaries are called
// joint-assessment.md. It returns the outline of the document as well: the first
// look at a document is what reading begins with.
func classify(p *page, name string) (reviewpkgv1.ArtifactKind, *outline) {
	before := p.Mark()
	o := newOutline(p, assessmentBook(), name)
	kind := o.kind()
	if kind == reviewpkgv1.ArtifactKind_ARTIFACT_KIND_JOINT_README {
		// What was noted on the way is not said of a summary.
		p.Reset(before)
		o = newOutline(p, summaryBook(), name)
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

// kind says what a document is. The outline is that of an assessment.
func (o *outline) kind() reviewpkgv1.ArtifactKind {
	// Most documents are told by their parts; the others are looked at as
	// summaries as well.
	if o.found[use] != nil && o.found[jointUse] == nil && o.count(metadata, overview, goals, functions, development, appendix) >= 4 {
		return reviewpkgv1.ArtifactKind_ARTIFACT_KIND_SELF_ASSESSMENT
	}
	readme := newOutline(o.look(), summaryBook(), o.name)
	advice := readme.count(foundationAdvice, projectAdvice, additionalAdvice)
	own := o.count(metadata, overview, actors, actions, goals, nonGoals, use, functions, development, resolution, appendix)
	joint := o.count(jointUse, handsOn, intendedUse, projectDesign, configuration, analysis, roadmap)
	title := key(o.title())
	switch {
	case strings.Contains(title, "survey"):
		return reviewpkgv1.ArtifactKind_ARTIFACT_KIND_SURVEY
	case o.found[jointUse] != nil, strings.Contains(title, "joint") && joint >= 3 && o.found[use] == nil:
		return reviewpkgv1.ArtifactKind_ARTIFACT_KIND_JOINT_REVIEW
	case strings.Contains(title, "joint") && own+joint >= 3 && readme.keyCount() < 2 && o.found[use] == nil:
		return reviewpkgv1.ArtifactKind_ARTIFACT_KIND_JOINT_REVIEW
	case own < 6 && readme.keyCount() >= 2 && (advice > 0 || readme.count(summary, recommendations) == 2):
		return reviewpkgv1.ArtifactKind_ARTIFACT_KIND_JOINT_README
	case o.found[use] != nil, own >= 4, own >= 3 && strings.Contains(title, "assessment"):
		return reviewpkgv1.ArtifactKind_ARTIFACT_KIND_SELF_ASSESSMENT
	case advice > 0 && readme.count(summary, clarifications) > 0:
		return reviewpkgv1.ArtifactKind_ARTIFACT_KIND_JOINT_README
	case isThreatModel(o):
		return reviewpkgv1.ArtifactKind_ARTIFACT_KIND_THREAT_MODEL
	case o.count(actionItems, projectAdvice, foundationAdvice) > 0 && own < 3, strings.HasPrefix(title, "recommendations"):
		return reviewpkgv1.ArtifactKind_ARTIFACT_KIND_RECOMMENDATIONS
	default:
		return reviewpkgv1.ArtifactKind_ARTIFACT_KIND_UNSPECIFIED
	}
}

// look returns the page without a place for diagnostics, for an outline that is
// only looked at.
func (p *page) look() *page {
	return &page{Document: p.Document.Quiet(), src: p.src, blocks: p.blocks, quiet: true, crlf: p.crlf}
}

// keyCount returns the number of key lines that a joint README begins with.
func (o *outline) keyCount() int {
	keys, _ := o.keyLines(o.preambleSections())
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
// so, or it has sections for the categories of STRIDE.
func isThreatModel(o *outline) bool {
	title := key(o.title())
	stride := 0
	for _, s := range o.list {
		if isThreatLabel(s.label) {
			stride++
		}
	}
	return stride >= 3 || containsAny(title, "threat model", "threat modeling", "threat analysis", "threat assessment", "stride") || o.found[threatModel] != nil && len(o.found) <= 3
}

// generation returns the generation of the template that a document follows, by
// what each of them added or took away.
func generation(o *outline, kind reviewpkgv1.ArtifactKind, m *reviewpkgv1.AssessmentMetadata) string {
	switch kind {
	case reviewpkgv1.ArtifactKind_ARTIFACT_KIND_JOINT_README:
		if o.count(completed, securityReviewers, securityLead, sourceCode, webSite) == 0 {
			return "free"
		}
		return "readme"
	case reviewpkgv1.ArtifactKind_ARTIFACT_KIND_SELF_ASSESSMENT, reviewpkgv1.ArtifactKind_ARTIFACT_KIND_JOINT_REVIEW:
	default:
		return ""
	}
	known := 0
	for _, p := range []part{metadata, securityLinks, overview, background, actors, actions, goals, nonGoals, use, functions, compliance, development, resolution, appendix} {
		if o.found[p] != nil {
			known++
		}
	}
	joint := o.found[analysis] != nil || o.found[intendedUse] != nil
	switch {
	case o.found[use] == nil && o.found[jointUse] == nil && !joint:
		return "free"
	case kind == reviewpkgv1.ArtifactKind_ARTIFACT_KIND_JOINT_REVIEW && o.found[jointUse] != nil:
		return jointGeneration(o)
	case o.found[use] == nil && joint:
		return "G0"
	case known < 8 || o.found[use] == nil && known < 12:
		return "free"
	case strings.Contains(o.Text, "Open SSF Best Practices") || demoted(o) || o.bracketedLinks():
		return "G2b"
	case o.found[actors] == nil && o.found[actions] == nil:
		return "G1"
	// The empty row at the end of the metadata is that of the older templates,
	// which were given a stage later.
	case m.GetStage() != 0 && !o.trailingRow() && !strings.Contains(o.Text, "Security Pals"):
		return "G2"
	default:
		return "G1b"
	}
}

// jointGeneration tells the joint templates apart: the word review became
// assessment in April 2023, and the example of a matrix came in June 2024.
func jointGeneration(o *outline) string {
	switch {
	case strings.Contains(o.found[jointUse].label, "eview"):
		return "G1"
	case strings.Contains(o.Text, "Victim Components"):
		return "G2b"
	default:
		return "G1b"
	}
}

// bracketedLinks reports whether the security links are in angle brackets, as
// the template has them since June 2024.
func (o *outline) bracketedLinks() bool {
	s := o.found[securityLinks]
	return s != nil && strings.Contains(o.Lines(s.start, s.end), "| <https://")
}

// demoted reports whether the parts stand one level deeper, as in the template
// since June 2024.
func demoted(o *outline) bool {
	s, sub := o.found[metadata], o.found[actors]
	return s != nil && s.level == 3 && (sub == nil || sub.level == 4)
}

// trailingRow reports whether the metadata table ends with an empty row.
func (o *outline) trailingRow() bool {
	s := o.found[metadata]
	if s == nil {
		return false
	}
	for _, b := range s.blocks {
		if b.kind == table {
			last := strings.TrimSpace(o.Line(b.end - 1))
			return strings.Trim(last, "| \t") == ""
		}
	}
	return false
}
