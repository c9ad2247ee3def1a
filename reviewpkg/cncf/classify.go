package cncf

import (
	"strings"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// classify says what a document is by what it contains, because names of files
// do not tell: joint assessments are called README, and summaries are called
// joint-assessment.md.
func classify(p *page) reviewpkgv1.ArtifactKind {
	assessment, readme := newOutline(p.look(), assessmentBook(), ""), newOutline(p.look(), summaryBook(), "")
	has := func(o *outline, parts ...part) (n int) {
		for _, part := range parts {
			if o.found[part] != nil {
				n++
			}
		}
		return n
	}
	advice := has(readme, foundationAdvice, projectAdvice, additionalAdvice)
	keys := readme.keyCount()
	own := has(assessment, metadata, overview, actors, actions, goals, nonGoals, use, functions, development, resolution, appendix)
	joint := has(assessment, jointUse, handsOn, intendedUse, projectDesign, configuration, analysis, roadmap)
	survey := strings.Contains(key(assessment.title()), "survey")
	title := key(assessment.title())
	switch {
	case survey:
		return reviewpkgv1.ArtifactKind_ARTIFACT_KIND_SURVEY
	case assessment.found[jointUse] != nil, strings.Contains(title, "joint") && joint >= 3 && assessment.found[use] == nil:
		return reviewpkgv1.ArtifactKind_ARTIFACT_KIND_JOINT_REVIEW
	case keys >= 2 && own < 6 && (advice > 0 || has(readme, summary) > 0 && has(readme, recommendations) > 0):
		return reviewpkgv1.ArtifactKind_ARTIFACT_KIND_JOINT_README
	case assessment.found[use] != nil, own >= 4, own >= 3 && strings.Contains(title, "assessment"):
		return reviewpkgv1.ArtifactKind_ARTIFACT_KIND_SELF_ASSESSMENT
	case advice > 0 && (has(readme, summary) > 0 || has(readme, clarifications) > 0):
		return reviewpkgv1.ArtifactKind_ARTIFACT_KIND_JOINT_README
	case isThreatModel(assessment):
		return reviewpkgv1.ArtifactKind_ARTIFACT_KIND_THREAT_MODEL
	case has(assessment, actionItems, projectAdvice, foundationAdvice) > 0 && own < 3, strings.HasPrefix(title, "recommendations"):
		return reviewpkgv1.ArtifactKind_ARTIFACT_KIND_RECOMMENDATIONS
	default:
		return reviewpkgv1.ArtifactKind_ARTIFACT_KIND_UNSPECIFIED
	}
}

// look returns the page with copies of what an outline changes, and without a
// place for diagnostics: it is only looked at.
func (p *page) look() *page {
	return &page{Document: p.Document.Quiet(), src: p.src, blocks: p.blocks, quiet: true}
}

// keyCount returns the number of key lines that a joint README begins with.
func (o *outline) keyCount() int {
	keys, _ := o.keyLines(o.preambleSections())
	count := 0
	for _, k := range keys {
		m, ok := o.book.find(strings.TrimRight(k.key, " :"), "")
		if ok && len(m.parts) > 0 && oneOf(string(m.parts[0]), string(completed), string(securityReviewers), string(securityLead), string(projectTeam), string(sourceCode), string(webSite)) {
			count++
		}
	}
	return count
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
