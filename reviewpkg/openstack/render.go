package openstack

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/reviewpkg/sdk/internal/intake"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// The pages that Render writes.
const (
	architectureFile = "architecture-page.rst"
	findingsFile     = "review-findings.rst"
	notesFile        = "review-notes.rst"
)

// Render writes a package as the pages of a review, in the current templates: the
// architecture page, the findings, and the notes of the review meeting if there
// are any. The package need not be valid, and is left as it is.
//
// The losses of the rendering are the changes that lead from p to what [Import]
// reads from the pages. Documents, value sources, the status of the package, and
// files are left out of it: pages hold none of these.
//
// It is an error if there is no package.
func Render(p *reviewpkgv1.ReviewPackage) (*reviewpkgv1.Rendering, error) {
	if p == nil {
		return nil, errors.New("openstack: there is no package to write")
	}
	r := newRenderer(p)
	var files []*reviewpkgv1.RenderedFile
	// Both pages even where one is empty: a review consists of the two.
	if !notesOnly(p) {
		files = append(files, file(architectureFile, r.architecturePage()), file(findingsFile, r.findingsPage()))
	}
	if p.GetReview().HasNotes() {
		files = append(files, file(notesFile, r.notesPage()))
	}
	// What is lost is found by reading, and not told from the templates: a reader
	// of the pages knows no more than they hold.
	reread, _, err := readFolder(intake.Rendered(files), "")
	if err != nil {
		return nil, fmt.Errorf("openstack: what was written cannot be read: %w", err)
	}
	return reviewpkgv1.Rendering_builder{
		Schema: "reviewpkg.v1.Rendering", Files: files, Losses: losses(p, reread),
	}.Build(), nil
}

// notesOnly reports whether a package is that of a review meeting and no more, so
// that the other pages would claim that there was a review.
func notesOnly(p *reviewpkgv1.ReviewPackage) bool {
	return p.GetReview().HasNotes() && !p.HasArchitecture() && len(p.GetFindings())+len(p.GetRecommendations()) == 0 &&
		p.GetNoFindingsStatement() == "" && !slices.Contains(p.GetProcesses(), reviewpkgv1.ReviewProcess_REVIEW_PROCESS_OPENSTACK)
}

// file returns a page as a file of the rendering.
func file(path, text string) *reviewpkgv1.RenderedFile {
	return reviewpkgv1.RenderedFile_builder{Path: path, Content: []byte(text)}.Build()
}

// A renderer writes the pages of a package.
type renderer struct {
	p        *reviewpkgv1.ReviewPackage
	ends     map[string]string // names of actors, components and dependencies by id
	assets   map[string]*reviewpkgv1.DataAsset
	variants map[string]string // names by id
	claims   map[string]*reviewpkgv1.Assumption
	pictures map[string]*reviewpkgv1.Artifact
}

// newRenderer returns a renderer that knows the items of a package by their ids.
// An id that leads nowhere has no name, and what refers to it is left out.
func newRenderer(p *reviewpkgv1.ReviewPackage) *renderer {
	r := &renderer{
		p: p, ends: map[string]string{}, assets: map[string]*reviewpkgv1.DataAsset{}, variants: map[string]string{},
		claims: map[string]*reviewpkgv1.Assumption{}, pictures: map[string]*reviewpkgv1.Artifact{},
	}
	a := p.GetArchitecture()
	// Actors, components and dependencies share their ids, as interfaces need it.
	for _, x := range a.GetActors() {
		r.ends[x.GetId()] = x.GetName()
	}
	for _, x := range a.GetComponents() {
		r.ends[x.GetId()] = x.GetName()
	}
	for _, x := range a.GetExternalDependencies() {
		r.ends[x.GetId()] = x.GetName()
	}
	for _, x := range a.GetDataAssets() {
		r.assets[x.GetId()] = x
	}
	for _, x := range a.GetDeployment().GetVariants() {
		r.variants[x.GetId()] = x.GetName()
	}
	for _, x := range p.GetAssumptions() {
		r.claims[x.GetId()] = x
	}
	for _, x := range p.GetArtifacts() {
		r.pictures[x.GetId()] = x
	}
	return r
}

// tags returns the variants of an item as tags, with a space behind each.
func (r *renderer) tags(ids []string) string {
	var b strings.Builder
	for _, id := range ids {
		// A variant without a name cannot be written, and is among the losses.
		if name := r.variants[id]; oneLine(name) != "" {
			b.WriteString(tag(name) + " ")
		}
	}
	return b.String()
}

// header writes the title of a page and its header.
func (r *renderer) header(w *writer, page, title, status string, date *reviewpkgv1.Date) {
	project := r.p.GetProject()
	name := escapeName(project.GetName())
	if name == "" {
		name = escapeName(unnamed)
	}
	w.heading(name+" "+title, "=", true)
	head := name + " " + page
	if version := escapeName(project.GetVersion()); version != "" {
		// The slash divides version and release, so that one inside is escaped.
		head += " - " + strings.ReplaceAll(version, "/", `\/`)
		if release := escapeName(project.GetRelease()); release != "" {
			head += "/" + release
		}
	}
	// The notes template has its levels in another order.
	adornment := "-"
	if page == templates[2].title {
		adornment = "="
	}
	w.heading(head, adornment, false)
	// The id of the package has no field in a page. It stands where the reader
	// looks for ids, below what it is about.
	w.id(0, r.p.GetId(), packageID(project))
	bold := func(key, value string) {
		w.gap()
		raw := "**" + key + "**:"
		if value = oneLine(value); value != "" {
			raw += " " + escape(value)
		}
		w.fill(0, "", raw)
		w.gap()
	}
	// All keys of the template are written, answered or not.
	bold("Status", status)
	bold("Release", project.GetRelease())
	bold("Version", project.GetVersion())
	// The architecture page has neither: it can be written without a review.
	if page != templates[0].title {
		bold("Review Date", dateText(date))
		bold("Review Body", r.p.GetReview().GetBody().GetName())
	}
	if route := r.p.GetReview().GetRoute(); page == templates[1].title && route != 0 {
		bold("Review Route", word(route))
	}
	r.contacts(w)
}

// dateText returns a date as the reader takes it: in the words of the document it
// came from, where they are still the same date.
func dateText(d *reviewpkgv1.Date) string {
	if read, _ := intake.Date(d.GetRaw(), intake.MonthFirst); read.GetValue() == d.GetValue() && read.GetRaw() == d.GetRaw() && d.GetRaw() != "" {
		return d.GetRaw()
	}
	return d.GetValue()
}

// contacts writes the people of the package, once for each part that they have.
func (r *renderer) contacts(w *writer) {
	w.gap()
	w.line(0, "**Contacts**:")
	w.gap()
	for _, p := range r.p.GetPeople() {
		seen := map[string]bool{}
		// Roles differ by the page that gives them; one line is enough.
		for _, role := range p.GetRoles() {
			label := roleLabel(role)
			if role.GetKind() == 0 || role.GetKind() == reviewpkgv1.RoleKind_ROLE_KIND_ATTENDEE || seen[label] {
				continue
			}
			seen[label] = true
			r.person(w, label, p)
		}
	}
	w.gap()
}

// person writes a bullet with a person.
func (r *renderer) person(w *writer, label string, p *reviewpkgv1.Person) {
	raw := escapeName(p.GetName())
	for _, h := range p.GetHandles() {
		// The templates ask for the handle on one system; those on others are lost
		// in this form.
		if h.GetSystem() == irc && oneLine(h.GetName()) != "" {
			raw += " - " + escapeName(h.GetName())
			break
		}
	}
	if raw = strings.TrimLeft(raw, " "); raw == "" {
		return
	}
	w.entry(0, "-", escapeName(label)+": "+raw, "")
	name := p.GetName()
	// The reader makes the id of the handle, where the name gives none.
	if intake.Slug(name) == "" {
		for _, h := range p.GetHandles() {
			name = h.GetName()
			break
		}
	}
	w.id(2, p.GetId(), derived("person", name))
}

// findingsPage writes the findings.
func (r *renderer) findingsPage() string {
	w := newWriter()
	review := r.p.GetReview()
	r.header(w, templates[1].title, templates[1].title, word(review.GetStatus()), review.GetDate())
	// Findings stand directly below the header, as in the template; only a
	// statement that there are none needs a heading.
	// A statement is kept where there are findings too: they contradict each
	// other, and a reader should see it.
	if text := r.p.GetNoFindingsStatement(); text != "" {
		w.heading(partFindings.name, "-", false)
		w.prose(text)
	}
	for _, f := range r.p.GetFindings() {
		r.finding(w, f)
	}
	if len(r.p.GetRecommendations()) > 0 {
		w.heading(partRecommendations.name, "-", false)
	}
	for _, x := range r.p.GetRecommendations() {
		title, text := x.GetTitle(), x.GetText()
		// Every recommendation of a page has a heading.
		if title == "" {
			title, text = text, ""
		}
		w.heading(numberedTitle(x.GetNumber(), title, nil), "~", false)
		w.id(0, x.GetId(), derived("rec", findingName(x.GetNumber(), title)))
		if text != "" {
			w.key(0, "Recommendation", text)
		}
		audience := recommendationKeys
		if x.GetAudience() == reviewpkgv1.Audience_AUDIENCE_PROJECT {
			w.keyed(0, x, audience, "text", "audience")
		} else {
			w.keyed(0, x, audience, "text")
		}
	}
	return w.b.String()
}

// numberedTitle returns the heading of a finding.
func numberedTitle(number, title string, variants []string) string {
	// A number that is no marker of a list would make running text of the title.
	if m := markerAt(number + ". x"); m.number != number || number == "#" {
		number = "#"
	}
	title = oneLine(title)
	raw := escape(title)
	// The reader drops a full stop at the end of a heading.
	if n := len(raw); n > 0 && raw[n-1] == '.' {
		raw = raw[:n-1] + `\.`
	}
	// "(KMIP only)" at the end of a title is how barbican says for which variant
	// a finding holds.
	if _, inner, ok := trailing(raw); ok && strings.HasSuffix(inner, " only") && len(variants) == 0 {
		raw = raw[:len(raw)-1] + `\)`
	}
	return number + ". " + raw
}

// finding writes a finding. Its ratings have their keys even where they are not
// set, because the key Impact means two things, and the second is told by its
// place.
func (r *renderer) finding(w *writer, f *reviewpkgv1.Finding) {
	w.heading(numberedTitle(f.GetNumber(), f.GetTitle(), f.GetVariantIds()), "~", false)
	w.id(0, f.GetId(), derived("finding", findingName(f.GetNumber(), f.GetTitle())))
	w.key(0, "Risk", f.GetDescription())
	w.key(0, "Impact", f.GetImpactDescription())
	w.key(0, "Likelihood", levelText(f.GetLikelihood(), f.GetLikelihoodMax()))
	w.key(0, "Impact", levelText(f.GetImpact(), f.GetImpactMax()))
	w.key(0, "Overall Risk Rating", levelText(f.GetOverall(), 0))
	for _, t := range f.GetTrackers() {
		w.entry(0, "-", "Bug: "+strings.TrimLeft(escapeName(t.GetLabel())+" "+t.GetUrl(), " "), "")
	}
	// The template has the key, and an empty one says that there is no bug yet.
	if len(f.GetTrackers()) == 0 {
		w.key(0, "Bug", "")
	}
	w.key(0, "Recommendation", f.GetRecommendation())
	w.key(0, "Investigation Results", f.GetInvestigationResults())
	but := []string{"description", "recommendation", "investigation_results"}
	if f.GetState() == reviewpkgv1.FindingState_FINDING_STATE_REPORTED {
		but = append(but, "state")
	}
	w.keyed(0, f, findingKeys, fieldNames(but)...)
	if tags := strings.TrimRight(r.tags(f.GetVariantIds()), " "); tags != "" && !strings.HasSuffix(f.GetTitle(), " only)") {
		w.entry(0, "-", "Variants: "+tags, "")
	}
}

// levelText returns a level, or the two ends of a range.
func levelText(lowest, highest reviewpkgv1.Level) string {
	if text := word(lowest); highest != 0 {
		return text + " to " + word(highest)
	}
	return word(lowest)
}

// notesPage writes the notes of the review meeting.
func (r *renderer) notesPage() string {
	w := newWriter()
	n := r.p.GetReview().GetNotes()
	r.header(w, templates[2].title, templates[2].title, word(n.GetStatus()), n.GetDate())
	w.line(0, "**Reviewers**:")
	w.gap()
	people := map[string]*reviewpkgv1.Person{}
	for _, p := range r.p.GetPeople() {
		people[p.GetId()] = p
	}
	for _, id := range n.GetAttendeeIds() {
		p := people[id]
		// The side that somebody came for is the title of their part.
		label := "Attendees"
		for _, role := range p.GetRoles() {
			if role.GetKind() == reviewpkgv1.RoleKind_ROLE_KIND_ATTENDEE && role.GetTitle() != "" {
				label = role.GetTitle()
			}
		}
		if p != nil {
			r.person(w, label, p)
		}
	}
	// The levels are by first use, and this template uses its marks in an order
	// of its own.
	w.heading("Review", "~", false)
	w.heading(partAbuse.name, "-", false)
	for _, text := range n.GetAbuseCases() {
		w.entry(0, "-", "", text)
	}
	w.heading(partWalkthrough.name, "-", false)
	w.prose(n.GetArchitectureWalkthrough())
	w.heading(partFlowWalkthrough.name, "-", false)
	w.prose(n.GetFlowWalkthrough())
	w.heading(partActions.name, "-", false)
	// Actions have numbers in the template, by which minutes refer to them.
	for i, a := range n.GetActions() {
		mark := itoa(i+1) + "."
		w.entry(0, mark, "", a.GetText())
		w.id(len(mark)+1, a.GetId(), derived("action", a.GetText()))
	}
	return w.b.String()
}
