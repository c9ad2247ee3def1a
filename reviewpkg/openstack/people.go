package openstack

import (
	"fmt"
	"strings"

	"github.com/reviewpkg/sdk/internal/intake"
	"github.com/reviewpkg/sdk/internal/inwords"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// irc is the system whose handles the templates ask for.
const irc = "irc"

// roleOf returns the part that a contact has by the word before the name, and
// the title of the part where the word says more than the model.
func roleOf(label string) (kind reviewpkgv1.RoleKind, title string) {
	// The template has the abbreviation, and the model the role that other
	// projects have as well.
	switch intake.Fold(label) {
	case "ptl", "project team lead", "project technical lead":
		return reviewpkgv1.RoleKind_ROLE_KIND_PROJECT_LEAD, label
	case "openstack security project reviewer":
		// Only the route of a third party has one, who validates.
		return reviewpkgv1.RoleKind_ROLE_KIND_VALIDATING_REVIEWER, label
	}
	return enumValue[reviewpkgv1.RoleKind](label), ""
}

// roleLabel returns the word that a part is written with.
func roleLabel(r *reviewpkgv1.Role) string {
	// The title is written where the reader makes the same role of it.
	if kind, title := roleOf(r.GetTitle()); r.GetTitle() != "" && kind == r.GetKind() && title == r.GetTitle() {
		return title
	}
	words := strings.Fields(inwords.Enum(r.GetKind()))
	for i, w := range words {
		words[i] = strings.ToUpper(w[:1]) + w[1:]
	}
	return strings.Join(words, " ")
}

// contacts reads a list of people of the header.
func (r *reader) contacts(p *page, x *part, list []*block) {
	n := 0
	for _, b := range list {
		label, value, ok := splitKey(b.text)
		switch {
		case !ok:
			p.warn("unclear-value", b, "a contact without a role")
		case placeholder(value) || placeholder(label):
			p.residue(x, b)
		case x == partReviewers:
			n += r.attendees(p, b, plain(label), value)
		case r.contact(p, b, plain(label), value):
			n++
		}
	}
	if n > 0 {
		p.answered(x, n)
	}
}

// contact reads a contact. A role that the model does not know gives no person,
// because a person of a package has a part in it.
func (r *reader) contact(p *page, b *block, label, value string) bool {
	kind, title := roleOf(label)
	if kind == 0 {
		p.warn("unclear-value", b, "%q is no role in a review", short(label))
		return false
	}
	id := r.person(p, b, value, kind, title)
	if id == "" {
		return false
	}
	if kind == reviewpkgv1.RoleKind_ROLE_KIND_SCRIBE && p.template.kind == reviewpkgv1.ArtifactKind_ARTIFACT_KIND_REVIEW_NOTES {
		r.reviewNotes().SetScribeId(id)
		p.Claim("review.notes.scribe_id", b.start, b.end, reviewpkgv1.Derivation_DERIVATION_STATED, "")
	}
	return true
}

// attendees reads who took part for one side, whose name is the title of their
// part.
func (r *reader) attendees(p *page, b *block, side, value string) int {
	// The word that this package writes for people without a side.
	if intake.Fold(side) == "attendees" {
		side = ""
	}
	n := 0
	// A side is one bullet with all its people.
	for _, name := range split(value, ",") {
		id := r.person(p, b, name, reviewpkgv1.RoleKind_ROLE_KIND_ATTENDEE, side)
		if id == "" {
			continue
		}
		notes := r.reviewNotes()
		if r.attending[id] {
			continue
		}
		r.attending[id] = true
		notes.SetAttendeeIds(append(notes.GetAttendeeIds(), id))
		p.Claim(fmt.Sprintf("review.notes.attendee_ids[%d]", len(notes.GetAttendeeIds())-1), b.start, b.end,
			reviewpkgv1.Derivation_DERIVATION_STATED, "")
		n++
	}
	return n
}

// person reads "name - handle". The handle stands behind the last dash, because
// names have dashes too.
func (r *reader) person(p *page, b *block, raw string, kind reviewpkgv1.RoleKind, title string) string {
	name, handle := raw, ""
	if i := lastIndex(" "+raw, " - "); i >= 0 {
		name, handle = raw[:max(i-1, 0)], raw[i+2:]
	}
	// Handles on IRC have no sign before them; people add it from other systems.
	who := intake.Named{Name: plain(name), System: irc, Handle: strings.TrimLeft(plain(handle), "@ \t\n\f\r")}
	if placeholder(name) || placeholder(handle) {
		return ""
	}
	// Whether the person is new shows in the length of the list; only then can a
	// comment give the id.
	before := len(r.in.Package.GetPeople())
	id := r.in.Person(who, kind, title, p.ArtifactID())
	if id == "" {
		return ""
	}
	if people := r.in.Package.GetPeople(); len(people) > before && r.stated[b] != "" {
		id = r.stated[b]
		r.in.Rename(people[before], id)
		delete(r.stated, b)
	}
	p.Claim(itemPath("people", id), b.start, b.end, reviewpkgv1.Derivation_DERIVATION_STATED, "")
	return id
}
