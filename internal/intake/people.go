package intake

import (
	"slices"
	"strings"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// A Named is a person or group as one place in a document names it.
type Named struct {
	ID          string // that the document gives the person, if it does
	Name        string
	System      string // of the handle: github, irc
	Handle      string
	Email       string
	URL         string
	Affiliation string
	Title       string // what the person does, as the place has it
	Group       bool
}

// Person returns the id of the person that n names, who gets a part in the
// review. A person known already, by the handle or by the same name, is not
// made a second time; what n adds is added, and a new spelling of the name
// becomes an alias. It returns the empty string if n has neither name nor
// handle.
//
// Similar names are not the same name: documents do misspell people, and a
// program that merges two persons is worse than one that lists one twice.
func (in *Import) Person(n Named, kind reviewpkgv1.RoleKind, title, artifactID string) string {
	n.Handle = strings.TrimPrefix(n.Handle, "@")
	if n.Name == "" && n.Handle == "" {
		return ""
	}
	// Handles are the same whatever their capitals are, on all systems that
	// documents name.
	byName, byHandle := Fold(n.Name), "" // a name has no such signs
	var p *reviewpkgv1.Person
	if n.Handle != "" {
		byHandle = "@" + n.System + ":" + strings.ToLower(n.Handle)
		p = in.people[byHandle]
	}
	// The handle was asked first: it is one person's, and a name may be two's.
	if p == nil && n.Name != "" {
		p = in.people[byName]
	}
	if p == nil {
		name := n.Name
		// A name in another script leaves nothing that an id may be made of.
		if Slug(name) == "" {
			name = n.Handle
		}
		id := n.ID
		// An id that the document states may be taken by somebody else; the person
		// is then named anew, rather than merged with that one.
		if id == "" || !in.Take(id) {
			id = in.ID("person", name)
		}
		p = reviewpkgv1.Person_builder{Id: id, Name: n.Name, Group: n.Group}.Build()
		in.Package.SetPeople(append(in.Package.GetPeople(), p))
	}
	addTo(p, n)
	if n.Handle != "" {
		in.people[byHandle] = p
	}
	if n.Name != "" {
		in.people[byName] = p
	}
	// One part for each document: who wrote both the self-assessment and the
	// joint review did two things.
	for _, r := range p.GetRoles() {
		if r.GetKind() == kind && r.GetArtifactId() == artifactID {
			if r.GetTitle() == "" {
				r.SetTitle(title)
			}
			return p.GetId()
		}
	}
	p.SetRoles(append(p.GetRoles(), reviewpkgv1.Role_builder{Kind: kind, Title: title, ArtifactId: artifactID}.Build()))
	return p.GetId()
}

// addTo adds what n says about a person.
func addTo(p *reviewpkgv1.Person, n Named) {
	switch {
	case p.GetName() == "":
		p.SetName(n.Name)
	case n.Name != "" && n.Name != p.GetName() && !slices.Contains(p.GetAliases(), n.Name):
		p.SetAliases(append(p.GetAliases(), n.Name))
	}
	if n.Handle != "" && !slices.ContainsFunc(p.GetHandles(), func(h *reviewpkgv1.Handle) bool {
		return h.GetSystem() == n.System && strings.EqualFold(h.GetName(), n.Handle)
	}) {
		p.SetHandles(append(p.GetHandles(), reviewpkgv1.Handle_builder{System: n.System, Name: n.Handle}.Build()))
	}
	if IsEmail(n.Email) && !slices.Contains(p.GetEmails(), n.Email) {
		p.SetEmails(append(p.GetEmails(), n.Email))
	}
	if u := URI(n.URL); u != "" && !slices.Contains(p.GetUrls(), u) {
		p.SetUrls(append(p.GetUrls(), u))
	}
	// The first employer stays. Documents of different years name different
	// ones, and which is the present one no document says.
	if p.GetAffiliation() == "" {
		p.SetAffiliation(n.Affiliation)
	}
}
