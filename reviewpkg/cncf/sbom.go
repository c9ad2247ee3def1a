package cncf

import (
	"strings"

	"github.com/reviewpkg/sdk/internal/intake"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// sbomOf reads what there is of a software bill of materials. A link leads to a
// real SBOM, to a list of dependencies, or to a scan of somebody else: 16 of 41
// have a link, and its host is what tells.
func sbomOf(value string) *reviewpkgv1.Sbom {
	s := reviewpkgv1.Sbom_builder{Links: linkMessages(value)}.Build()
	text := intake.Fold(value)
	note := strings.TrimSpace(value)
	stated := reviewpkgv1.SbomAvailability(0)
	for availability, word := range sbomWords() {
		if rest, ok := strings.CutPrefix(note, word+"."); ok {
			stated, note = availability, strings.TrimSpace(rest)
		}
	}
	// Behind the word, lines of links are links and no note.
	for stated != 0 {
		i := strings.LastIndexByte(note, '\n')
		if !isLink(note[i+1:]) {
			break
		}
		note = strings.TrimSpace(note[:max(i, 0)])
	}
	if note != "" && !isLink(note) && withoutLinks(note) != "" || len(s.GetLinks()) == 0 {
		s.SetNote(note)
	}
	// Formats are named in the sentence or in the name of the file.
	if strings.Contains(text, "spdx") {
		s.SetFormat("SPDX")
	} else if strings.Contains(text, "cyclonedx") {
		s.SetFormat("CycloneDX")
	}
	if stated == 0 {
		stated = sbomAvailability(text, s)
	} else if note == "" {
		s.SetNote("")
	}
	s.SetAvailability(stated)
	return s
}

// isLink reports whether a text is a link and nothing else. A link with words
// is a remark.
func isLink(text string) bool {
	if _, _, rest, ok := cutLink(text); ok {
		return rest == ""
	}
	return strings.HasPrefix(text, "<http") && strings.IndexByte(text, '>') == len(text)-1
}

// sbomWords are the words with which a cell says in so many words what there
// is; the documents that this package writes begin with one.
func sbomWords() map[reviewpkgv1.SbomAvailability]string {
	return map[reviewpkgv1.SbomAvailability]string{
		reviewpkgv1.SbomAvailability_SBOM_AVAILABILITY_AVAILABLE:           "Available",
		reviewpkgv1.SbomAvailability_SBOM_AVAILABILITY_DEPENDENCY_MANIFEST: "Dependency manifest",
		reviewpkgv1.SbomAvailability_SBOM_AVAILABILITY_THIRD_PARTY_SCAN:    "Third-party scan",
		reviewpkgv1.SbomAvailability_SBOM_AVAILABILITY_NONE:                "None",
		reviewpkgv1.SbomAvailability_SBOM_AVAILABILITY_PLANNED:             "Planned",
		reviewpkgv1.SbomAvailability_SBOM_AVAILABILITY_NOT_APPLICABLE:      "Not applicable",
	}
}

// sbomDenied are the ways to say that there is none.
var sbomDenied = newPhrases("does not currently generate", "does not generate", "not generate", "not automatically generated", "no sbom", "not currently generate", "not generated",
	"not available", "not produce", "no automatic", "not yet generate", "not publish an", "do not have", "does not have", "not currently provide", "not provide")

// 20 of 41 say that none is generated, in as many ways. What a list of
// dependencies is, projects call an SBOM; it is kept apart, because it does not
// say what was built.
func sbomAvailability(text string, s *reviewpkgv1.Sbom) reviewpkgv1.SbomAvailability {
	linked := len(s.GetLinks()) > 0
	none := sbomDenied.in(text)
	switch presence := shortPresence(text); {
	case presence == reviewpkgv1.Presence_PRESENCE_NOT_APPLICABLE: // one of 41
		return reviewpkgv1.SbomAvailability_SBOM_AVAILABILITY_NOT_APPLICABLE
	case presence == reviewpkgv1.Presence_PRESENCE_NONE_DECLARED && !linked: // in a word
		return reviewpkgv1.SbomAvailability_SBOM_AVAILABILITY_NONE
	case none && !containsAny(text, "is included in", "available at", "each release", "every release"): // in a sentence, unless it goes on
		return reviewpkgv1.SbomAvailability_SBOM_AVAILABILITY_NONE
	case strings.Contains(text, "fossa") || strings.Contains(text, "snyk"): // four link the scan of a service
		return reviewpkgv1.SbomAvailability_SBOM_AVAILABILITY_THIRD_PARTY_SCAN
	case containsAny(text, "go mod", "go sum", "cargo toml", "cargo lock", "package json", "package lock", "requirements txt", "pom xml", "dependency graph"): // what a build takes in
		return reviewpkgv1.SbomAvailability_SBOM_AVAILABILITY_DEPENDENCY_MANIFEST
	case containsAny(text, "planned", "will be", "in progress", "working on", "roadmap") && !linked: // a wish with a link is more than a wish
		return reviewpkgv1.SbomAvailability_SBOM_AVAILABILITY_PLANNED
	case linked, containsAny(text, "published", "each release", "every release", "generated", "available", "spdx", "cyclonedx"): // SPDX, CycloneDX, assets of a release, layers of an image
		return reviewpkgv1.SbomAvailability_SBOM_AVAILABILITY_AVAILABLE
	default:
		return reviewpkgv1.SbomAvailability_SBOM_AVAILABILITY_UNSPECIFIED
	}
}
