package cncf

import (
	"strings"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// generation returns the generation of the template that a document follows, by
// what each of them added or took away. No document but one names its template,
// so that only the traces are left. 25 of 49 follow the one of 2023, 13 that of
// June 2024, six the first one, and two none. The names are those of the
// report: G0 of 2019, G1 of 2021, G1b with actors and actions of 2023, G2 with
// the stage and G2b of 2024.
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
	// The headings that all generations of the self-assessment have in common.
	known := 0
	for _, p := range []part{metadata, securityLinks, overview, background, actors, actions, goals, nonGoals, use, functions, compliance, development, resolution, appendix} {
		if o.found[p] != nil {
			known++
		}
	}
	joint := o.found[analysis] != nil || o.found[intendedUse] != nil
	switch {
	// Nothing that only a template has.
	case o.found[use] == nil && o.found[jointUse] == nil && !joint:
		return "free"
	case kind == reviewpkgv1.ArtifactKind_ARTIFACT_KIND_JOINT_REVIEW && o.found[jointUse] != nil:
		return jointGeneration(o)
	// One document for both, before the templates were divided.
	case o.found[use] == nil && joint:
		return "G0"
	// Fewer headings than any author left who began with a template.
	case known < 8 || o.found[use] == nil && known < 12:
		return "free"
	// The words are in no older template. Only three documents kept the levels
	// of this one; the others have its words on the old levels.
	case strings.Contains(o.Text, "Open SSF Best Practices") || demoted(o) || o.bracketedLinks():
		return "G2b"
	case o.found[actors] == nil && o.found[actions] == nil: // both came in January 2023
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
// assessment in April 2023, and the example of a matrix came in June 2024. The
// labels of the parts are otherwise the same.
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
// the template has them since June 2024. Authors of older documents wrote
// addresses bare.
func (o *outline) bracketedLinks() bool {
	s := o.found[securityLinks]
	return s != nil && strings.Contains(o.Lines(s.start, s.end), "| <https://")
}

// demoted reports whether the parts stand one level deeper, as in the template
// since June 2024. Not more than three documents kept that.
func demoted(o *outline) bool {
	s, sub := o.found[metadata], o.found[actors]
	return s != nil && s.level == 3 && (sub == nil || sub.level == 4)
}

// trailingRow reports whether the metadata table ends with an empty row. 23
// documents kept it; nobody would add it by hand.
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
