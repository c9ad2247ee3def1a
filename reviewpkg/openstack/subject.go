package openstack

import (
	"cmp"
	"strings"

	"github.com/reviewpkg/sdk/internal/intake"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// subjectFrom takes over what a page says about its subject. The first page that
// says something counts, and another one that says otherwise is reported: the
// pages may then belong to different reviews.
func (r *reader) subjectFrom(p *page, s subject) {
	differs := func(what, was, is string) {
		// Case and punctuation differ within one page: newton in the heading, Newton
		// below it.
		if was != "" && is != "" && intake.Fold(was) != intake.Fold(is) {
			p.Warn("stage-contradiction", 0, "this page gives the "+what+" "+quoted(is)+", and another one "+quoted(was), "")
		}
	}
	have := &r.subject
	differs("project", have.name, s.name)
	differs("version", have.version, s.version)
	differs("release", have.release, s.release)
	if have.status && s.status && have.done != s.done {
		p.Warn("stage-contradiction", 0, "this page and another one differ in whether the review is complete", "")
	}
	have.id = cmp.Or(have.id, s.id)
	have.name = cmp.Or(have.name, s.name)
	have.version = cmp.Or(have.version, s.version)
	have.release = cmp.Or(have.release, s.release)
	if s.status && !have.status {
		have.status, have.done = true, s.done
	}
}

// project sets the project of the package.
func (r *reader) project() {
	s := r.subject
	r.in.Package.SetProject(reviewpkgv1.Project_builder{
		Name: cmp.Or(s.name, unnamed), Version: s.version, Release: s.release,
	}.Build())
}

// unnamed is the name of a project where no page gives one, as in a blank
// template; a package must have one.
const unnamed = "unnamed project"

// packageID returns the id that a package has unless a page states another.
func packageID(p *reviewpkgv1.Project) string {
	id := "openstack"
	// Without the version: a later review of the same release replaces this one.
	for _, name := range []string{p.GetName(), p.GetRelease()} {
		if slug := intake.Slug(name); slug != "" {
			id += "-" + slug
		}
	}
	return id
}

// packageTitle returns the title of a package, which no page gives.
func packageTitle(p *reviewpkgv1.Project) string {
	title := "Security review of " + p.GetName()
	if p.GetVersion() != "" {
		title += " " + p.GetVersion()
	}
	if p.GetRelease() != "" {
		title += " (" + p.GetRelease() + ")"
	}
	return title
}

// quoted puts a word of a document into a message.
func quoted(s string) string { return `"` + short(s) + `"` }

// short cuts a word of a document to a length that a message can bear.
func short(s string) string {
	const most = 60
	if len(s) <= most {
		return s
	}
	// A letter may have been cut in two.
	return strings.ToValidUTF8(s[:most], "") + "..."
}
