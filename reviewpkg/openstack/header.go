package openstack

import (
	"strings"

	"github.com/reviewpkg/sdk/internal/intake"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// A subject is what a page says it is about. The keys of the header count more
// than its heading, which writes releases in lower case.
type subject struct {
	id, name, version, release string
	// done tells which stage the page is in, if it says so.
	status, done bool
}

// header reads what stands above the first part of a page.
func (r *reader) header(p *page) {
	var s subject
	var name, tail *section
	for _, x := range p.header {
		// The title of the page and the heading of its header both name the project,
		// and only the second has the version in the template.
		n, version, release, ok := p.subjectOf(x.title)
		if ok && s.name == "" || ok && version != "" && s.version == "" {
			s.name, name = n, x
			if version != "" {
				s.version, s.release, tail = version, release, x
			}
		}
		// A list belongs to the key above it.
		for i, b := range x.blocks {
			switch {
			case b.kind == comment && b.name == "id" && s.id == "" && intake.ValidID(b.text):
				s.id = b.text
			case b.kind == paragraph:
				// Keys are paragraphs by themselves in all pages.
				key, value, ok := splitBoldKey(b.text)
				if part, exact := find(p.template.header, key); ok && part != nil {
					r.headerKey(p, part, exact, b, value, items(x.blocks[i+1:]), &s)
				}
			}
		}
	}
	// Claimed last: a key of the header counts more than the heading.
	if name != nil && s.name != "" {
		r.claimSubject(p, name, tail, s)
	}
	r.subjectFrom(p, s)
}

// namesProject reports whether the header of a page names a project, which that
// of a blank template does not.
func (p *page) namesProject() bool {
	for _, s := range p.header {
		if _, _, _, ok := p.subjectOf(s.title); ok {
			return true
		}
	}
	return false
}

// claimSubject notes the heading that names the project and its version.
func (r *reader) claimSubject(p *page, name, tail *section, s subject) {
	how := reviewpkgv1.Derivation_DERIVATION_STATED
	p.Claim("project.name", name.line, name.body, how, plain(name.title))
	if tail != nil && s.version != "" && !p.parts[partVersion].GetFound() {
		p.Claim("project.version", tail.line, tail.body, how, plain(tail.title))
	}
}

// items returns the items that blocks begin with.
func items(blocks []*block) []*block {
	for i, b := range blocks {
		if b.kind != item {
			return blocks[:i]
		}
	}
	return blocks
}

// subjectOf splits the title of a page, or the heading of its header, into the
// name of the project, its version and its release.
func (p *page) subjectOf(title string) (name, version, release string, ok bool) {
	raw := title
	// The last dash, for the name of a project may have one: "oslo - cache".
	if i := lastIndex(title, " - "); i >= 0 {
		raw = title[:i]
		version, release, _ = cut(strings.Trim(title[i+3:], blanks), "/")
		ok = true
	}
	// "barbican architecture" is a page about barbican.
	// Barbican leaves the word architecture out, and keystonemiddleware has it.
	for _, suffix := range []string{p.template.title + " page", p.template.title} {
		if n := len(raw) - len(suffix); n > 0 && strings.EqualFold(raw[n:], suffix) && raw[n-1] == ' ' {
			raw, ok = raw[:n-1], true
			break
		}
	}
	// Each by itself: a page can name its project and not yet its version.
	if placeholder(raw) {
		raw = ""
	}
	if placeholder(version) || placeholder(version+"/"+release) {
		version, release = "", ""
	}
	name, version, release = plain(raw), plain(version), plain(release)
	return name, version, release, ok && name != ""
}

// lastIndex returns where sub last stands in raw, not behind a backslash.
func lastIndex(raw, sub string) int {
	last := -1
	for i := 0; i < len(raw); i++ {
		if strings.HasPrefix(raw[i:], sub) {
			last = i
		}
		// What stands behind a backslash is no mark, in all of this dialect.
		if raw[i] == '\\' {
			i++
		}
	}
	return last
}

// headerKey reads a bold key of the header, with the list below it.
func (r *reader) headerKey(p *page, x *part, exact bool, b *block, raw string, list []*block, s *subject) {
	how := reviewpkgv1.Derivation_DERIVATION_ALIAS
	if exact {
		how = reviewpkgv1.Derivation_DERIVATION_BOLD_LEAD
	}
	if p.parts[x].GetFound() {
		p.warn("duplicate-section", b, "the key %q is here a second time", x.name)
		return
	}
	p.found(x, b.start, how)
	p.parts[x].SetPresence(reviewpkgv1.Presence_PRESENCE_EMPTY)
	// A key that is there and empty is told apart from one that is missing: an
	// author who leaves the word in knows that it is asked.
	// These two have a list, and nothing behind the colon.
	if x == partContacts || x == partReviewers {
		r.contacts(p, x, list)
		return
	}
	value := plain(raw)
	if value == "" {
		return
	}
	if placeholder(raw) {
		p.residue(x, b)
		return
	}
	if r.headerValue(p, x, b, value, s) {
		p.answered(x, 0)
	}
}

// headerValue takes in a value of the header. It reports whether it is one.
func (r *reader) headerValue(p *page, x *part, b *block, value string, s *subject) bool {
	claim := func(path string) {
		p.Claim(path, b.start, b.end, reviewpkgv1.Derivation_DERIVATION_BOLD_LEAD, "")
	}
	switch x {
	case partStatus:
		return r.status(p, b, value, s)
	// The first page that says something counts; see subjectFrom.
	case partRelease:
		s.release = value
		claim("project.release")
	case partVersion:
		s.version = value
		claim("project.version")
	case partDate:
		return r.reviewDate(p, b, value)
	// Dates and bodies belong to the review, whichever page has them.
	case partBody:
		return r.body(p, b, value)
	default:
		// No template asks for the route. This package writes it, so that a review
		// by a third party is not taken for one by the community.
		route := enumValue[reviewpkgv1.ReviewRoute](value)
		if route == 0 {
			p.warn("unclear-value", b, "%q is no route of a review", short(value))
			return false
		}
		r.review().SetRoute(route)
		claim("review.route")
	}
	return true
}

// review returns the record of the review.
func (r *reader) review() *reviewpkgv1.ReviewRecord {
	if !r.in.Package.HasReview() {
		r.in.Package.SetReview(&reviewpkgv1.ReviewRecord{})
	}
	return r.in.Package.GetReview()
}

// reviewNotes returns the notes of the review meeting.
func (r *reader) reviewNotes() *reviewpkgv1.ReviewNotes {
	if !r.review().HasNotes() {
		r.review().SetNotes(&reviewpkgv1.ReviewNotes{})
	}
	return r.review().GetNotes()
}

// status reads how far a page has come.
func (r *reader) status(p *page, b *block, value string, s *subject) bool {
	path := ""
	switch p.template.kind {
	case reviewpkgv1.ArtifactKind_ARTIFACT_KIND_ARCHITECTURE_PAGE:
		if v := enumValue[reviewpkgv1.PageStatus](value); v != 0 {
			// The first page counts; a second one with another status contradicts it.
			if r.arch().GetStatus() == 0 {
				r.arch().SetStatus(v)
			}
			path, s.done = "architecture.status", v == reviewpkgv1.PageStatus_PAGE_STATUS_REVIEWED
		}
	default:
		v := enumValue[reviewpkgv1.FindingsStatus](value)
		s.done = v == reviewpkgv1.FindingsStatus_FINDINGS_STATUS_COMPLETED
		if v == 0 {
			break
		}
		if p.template.kind == reviewpkgv1.ArtifactKind_ARTIFACT_KIND_REVIEW_NOTES {
			r.reviewNotes().SetStatus(v)
			path = "review.notes.status"
		} else {
			r.review().SetStatus(v)
			path = "review.status"
		}
	}
	// Keystonemiddleware still has the choice of the template here, with all
	// of its words.
	if path == "" {
		p.warn("unclear-value", b, "%q is no status of such a page", short(value))
		return false
	}
	s.status = true
	p.Claim(path, b.start, b.end, reviewpkgv1.Derivation_DERIVATION_BOLD_LEAD, "")
	return true
}

// reviewDate reads when the review was held. The templates ask for mm/dd/yyyy.
func (r *reader) reviewDate(p *page, b *block, value string) bool {
	date, ambiguous := intake.Date(value, intake.MonthFirst)
	// Not with the order that the templates ask for, but somebody may write a
	// date without it.
	if ambiguous {
		p.warn("ambiguous-date", b, "day and month of %q could be swapped", short(value))
	}
	if date == nil {
		p.warn("unclear-value", b, "%q is no date", short(value))
		return false
	}
	// Notes have a date of their own: the meeting may be long before the
	// findings are written.
	path := "review.date"
	if p.template.kind == reviewpkgv1.ArtifactKind_ARTIFACT_KIND_REVIEW_NOTES {
		path = "review.notes.date"
		r.reviewNotes().SetDate(date)
	} else {
		r.review().SetDate(date)
	}
	p.Claim(path, b.start, b.end, reviewpkgv1.Derivation_DERIVATION_BOLD_LEAD, date.GetRaw())
	return true
}

// body reads who reviewed. The findings page counts; notes only fill a gap.
func (r *reader) body(p *page, b *block, value string) bool {
	if r.review().HasBody() {
		return true
	}
	// The name is the page's word; the kind is concluded from it, and says so.
	r.review().SetBody(reviewpkgv1.ReviewBody_builder{Name: value, Kind: bodyKind(value)}.Build())
	p.Claim("review.body.name", b.start, b.end, reviewpkgv1.Derivation_DERIVATION_BOLD_LEAD, "")
	p.Claim("review.body.kind", b.start, b.end, reviewpkgv1.Derivation_DERIVATION_INFERRED, "")
	return true
}

// bodyKind tells what a body is. The template leaves a choice of two: the
// community's team by its name, or the name of a third party.
func bodyKind(name string) reviewpkgv1.ReviewBodyKind {
	// The team had two names, Project and SIG, and later ones may come. Nobody
	// else has these two words in a name.
	if key := " " + intake.Fold(name) + " "; strings.Contains(key, " openstack security ") || strings.Contains(key, " ossp ") {
		return reviewpkgv1.ReviewBodyKind_REVIEW_BODY_KIND_COMMUNITY_SECURITY_TEAM
	} else if strings.Contains(key, " project team ") {
		return reviewpkgv1.ReviewBodyKind_REVIEW_BODY_KIND_PROJECT_TEAM
	}
	return reviewpkgv1.ReviewBodyKind_REVIEW_BODY_KIND_THIRD_PARTY
}
