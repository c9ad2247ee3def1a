package cncf

import (
	"strings"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// artifactLink notes slides, recordings and files that a document links to. No
// folder of the corpus has slides or recordings: five documents link to slides,
// nine to videos.
func (r *reader) artifactLink(l link) {
	if kind := webKind(l.target); kind != 0 {
		r.Linked(l.target, l.title, kind)
	}
}

// slideHosts and videoHosts are in the addresses of slides and recordings.
var (
	slideHosts = newPhrases("docs.google.com/presentation", "slideshare.net/", "speakerdeck.com/", "/slides/")
	videoHosts = newPhrases("youtube.com/watch", "youtu.be/", "zoom.us/rec/", "vimeo.com/")
)

// webKind returns what kind of artifact a page on the web is, by its address,
// or zero if it is none that belongs to a review. The hosts are those that the
// community's meetings use.
func webKind(target string) reviewpkgv1.ArtifactKind {
	switch {
	case slideHosts.in(target):
		return reviewpkgv1.ArtifactKind_ARTIFACT_KIND_SLIDES
	case videoHosts.in(target):
		return reviewpkgv1.ArtifactKind_ARTIFACT_KIND_RECORDING
	default:
		return 0
	}
}

// allLinks returns the links of the document that a reader of the page sees.
// Comments hold whole sections of the template with its sample addresses; those
// lead nowhere.
func (r *reader) allLinks() []link {
	if !r.linked {
		r.linked = true
		r.linkList = links(r.visible())
	}
	return r.linkList
}

// readLinks notes the pictures, slides and recordings of the document, and
// reports pictures that are not where the document says. 20 of 78 documents
// show pictures of their folder, and 18 show pictures from elsewhere, which
// nobody keeps.
func (r *reader) readLinks() {
	for _, l := range r.allLinks() {
		switch {
		case l.image && isBadge(l.target):
		case l.image:
			kind := reviewpkgv1.ArtifactKind_ARTIFACT_KIND_IMAGE
			// Architecture and flows are what most of the pictures are, and
			// reviewers look for those; logos and screenshots are pictures
			// only.
			if containsAny(lowerCase(l.title+l.target), "diagram", "arch", "flow", "sequence", "model") {
				kind = reviewpkgv1.ArtifactKind_ARTIFACT_KIND_DIAGRAM
			}
			if r.Linked(l.target, l.title, kind) == "" {
				r.Warn("missing-file", l.at, "the picture is not in the folder", "add the file, or mend the path")
			}
		case !strings.Contains(l.target, "://") && hasFileEnding(l.target):
			r.Linked(l.target, l.title, reviewpkgv1.ArtifactKind_ARTIFACT_KIND_OTHER)
		default:
			r.artifactLink(l)
		}
	}
}

// isBadge reports whether a picture shows a state, not the project. 26
// documents have pictures of badges, all of them from elsewhere. The state in
// them is read from the link around them; see badges.
func isBadge(target string) bool {
	return containsAny(target, "shields.io", "/badge", "badge.svg", "bestpractices")
}

// Links to Markdown files are left out: documents are read for themselves, and
// of 23 relative links that lead nowhere 11 came with text that was copied.
func hasFileEnding(target string) bool {
	switch ending := strings.ToLower(target[strings.LastIndexByte(target, '.')+1:]); ending {
	case "png", "jpg", "jpeg", "gif", "svg", "webp", "pdf", "drawio", "pptx", "json", "yaml":
		return true
	default:
		return false
	}
}
