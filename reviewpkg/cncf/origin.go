package cncf

import (
	"slices"
	"strings"

	"github.com/reviewpkg/sdk/internal/intake"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// The documents of this package have these keys. People say it in a sentence.
func isOriginKey(k string) bool { return oneOf(k, "origin", "maintainer review") }

// originWords and reviewWords are the words for who drafted a document and what
// the maintainers made of it.
func originWords() []string {
	return []string{"", "project", "programme", "project and reviewers", "external"}
}

func reviewWords() []string { return []string{"", "pending", "adopted", "none"} }

// readOrigin reads the lines that say in so many words who drafted a document.
func (r *reader) readOrigin(k keyLine) {
	pkg := r.Import().Package
	a := pkg.GetAuthorship()
	if a == nil {
		a = &reviewpkgv1.Authorship{}
	}
	word, rest, _ := strings.Cut(k.value, ": ")
	if i := slices.Index(originWords(), word); i > 0 && key(k.key) == "origin" {
		a.SetOrigin(reviewpkgv1.AuthorshipOrigin(i)) //nolint:gosec // an index of the list
		if l := linkMessages(rest); len(l) > 0 {
			a.SetProgramme(l[0])
		}
	} else if i := slices.Index(reviewWords(), k.value); i > 0 && key(k.key) == "maintainer review" {
		a.SetMaintainerReview(reviewpkgv1.MaintainerReview(i)) //nolint:gosec // an index of the list
	} else {
		return
	}
	pkg.SetAuthorship(a)
	r.Claim("authorship", k.start, k.end, k.how, "")
}

// readProgramme reads that a mentoring programme drafted the document, and what
// the maintainers made of that. 27 of 49 documents were drafted by students,
// and say so at their top; 24 of them still wait for the maintainers. Such a
// text is no statement of the project.
func (r *reader) readProgramme(k keyLine) {
	pkg := r.Import().Package
	if pkg.HasAuthorship() {
		return
	}
	a := reviewpkgv1.Authorship_builder{Origin: reviewpkgv1.AuthorshipOrigin_AUTHORSHIP_ORIGIN_PROGRAMME}.Build()
	for _, l := range links(k.value) {
		if strings.Contains(l.title, "Pals") {
			a.SetProgramme(l.message())
		}
	}
	switch text := intake.Fold(k.value); {
	case strings.Contains(text, "pending changes") || strings.Contains(text, "pending review"):
		a.SetMaintainerReview(reviewpkgv1.MaintainerReview_MAINTAINER_REVIEW_PENDING)
	// Three documents say that maintainers took part or took over.
	case containsAny(text, "maintainer team", "maintainers", "core maintainer"):
		a.SetMaintainerReview(reviewpkgv1.MaintainerReview_MAINTAINER_REVIEW_ADOPTED)
	}
	pkg.SetAuthorship(a)
	r.Claim("authorship", k.start, k.end, k.how, "")
}

// readAuthorship reads that the project wrote the assessment itself, from the
// note on its use. The template has the sentence with a blank for the name; a
// document that fills it in is the project's own.
func (r *reader) readAuthorship(p part) {
	pkg := r.Import().Package
	s := r.found[p]
	if s == nil || pkg.HasAuthorship() || r.name == "" || r.root != "self_assessment" {
		return
	}
	// "The OPA team", "the Open Policy Agent team", or with both names.
	long := pkg.GetProject().GetName()
	text := intake.Fold(r.Lines(s.start, s.end))
	if containsAny(text, "created by the "+r.name+" team", "created by the "+intake.Fold(long)+" team", "created by the "+key(withoutParentheses(long))+" team") {
		pkg.SetAuthorship(reviewpkgv1.Authorship_builder{Origin: reviewpkgv1.AuthorshipOrigin_AUTHORSHIP_ORIGIN_PROJECT}.Build())
		r.Claim("authorship", s.start, s.end, reviewpkgv1.Derivation_DERIVATION_STATED, "")
	}
}
