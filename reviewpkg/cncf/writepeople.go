package cncf

import (
	"slices"
	"strings"

	"github.com/reviewpkg/sdk/internal/intake"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// people writes a line with the persons that have a part in the review.
func (w *writer) people(label string, kinds ...reviewpkgv1.RoleKind) {
	var list []*reviewpkgv1.Person
	for _, p := range w.p.GetPeople() {
		for _, r := range p.GetRoles() {
			if oneOf(r.GetKind().String(), kindNames(kinds)...) {
				list = append(list, p)
				break
			}
		}
	}
	w.keyLine(label, peopleText(list))
}

// peopleText returns persons as a list of people.
func peopleText(list []*reviewpkgv1.Person) string {
	var out []string
	var before *reviewpkgv1.Person
	for _, p := range list {
		out = append(out, personText(p, before))
		before = p
	}
	return strings.Join(out, ", ")
}

// kindNames returns the names of parts in a review.
func kindNames(kinds []reviewpkgv1.RoleKind) []string {
	var out []string
	for _, k := range kinds {
		out = append(out, k.String())
	}
	return out
}

// otherPeople writes the persons that have any other part, a line for each
// part. The template has lines for three parts; the others follow below them.
func (w *writer) otherPeople(but ...reviewpkgv1.RoleKind) {
	for kind := range len(reviewpkgv1.RoleKind_name) {
		role := reviewpkgv1.RoleKind(kind) //nolint:gosec // few
		if slices.Contains(but, role) {
			continue
		}
		for _, r := range roleLabels {
			if r.kind == role {
				label := strings.ToUpper(r.label[:1]) + r.label[1:]
				if role == reviewpkgv1.RoleKind_ROLE_KIND_PROJECT_LEAD {
					label = "Project leadership" // a project lead is the security lead there
				}
				w.people(label, role)
				break
			}
		}
	}
}

// personText returns a person as the lists of people have them. A name that
// cannot stand there loses what the lists are made of, or gives way to the id. A
// handle alone would be that of a person before it who has none. One handle and
// one address are what a list has room for, and an employer of one word would be
// read as a handle; the rest is among the losses.
func personText(p, before *reviewpkgv1.Person) string {
	plain := strings.NewReplacer(",", " ", ";", " ", "|", " ", "(", " ", ")", " ", "[", " ", "]", " ", "@", " ", "<", " ", ">", " ", "\\", " ")
	out := ""
	names := []string{p.GetName(), plain.Replace(p.GetName()), plain.Replace(p.GetName()) + " group", "Person " + strings.ToUpper(strings.NewReplacer("-", "", ".", "", "_", "").Replace(p.GetId()))}
	if p.GetName() == "" && len(p.GetHandles()) > 0 && before != nil && len(before.GetHandles()) == 0 {
		names[0] = p.GetHandles()[0].GetName()
	}
	for i := range 2 * len(names) {
		text, handle, affiliation := personAs(p, inline(names[i/2]), i%2 == 0)
		if out = text; readsAs(out, p, handle, affiliation) {
			break
		}
	}
	return out
}

// personAs returns a person with a name and with what else a list can hold.
func personAs(p *reviewpkgv1.Person, name string, affiliated bool) (text, handle, affiliation string) {
	out, natural := name, name
	for _, h := range p.GetHandles() {
		handle = inline(h.GetName())
		out = strings.TrimSpace(out + " (@" + handle + ")")
		break
	}
	if intake.Slug(name) == "" {
		natural = handle
	}
	if a := oneLine(p.GetAffiliation()); affiliated && strings.Contains(a, " ") && !strings.ContainsAny(a, "()@") {
		affiliation = a
		out += " (" + inline(a) + ")"
	}
	for _, e := range p.GetEmails() {
		if intake.IsEmail(e) {
			out += " <" + e + ">"
			break
		}
	}
	if id := p.GetId(); id != "person-"+intake.Slug(plainText(natural)) && intake.New(nil).Take(id) {
		out += " <!-- id: " + id + " -->"
	}
	return out, handle, affiliation
}

// readsAs reports whether a text is read as one person, with the handle, the
// affiliation and an address.
func readsAs(text string, p *reviewpkgv1.Person, handle, affiliation string) bool {
	read := persons("Ann Lee (@ann), " + text + ", Bo Ray") // in company
	if len(read) != 3 || read[2].Name != "Bo Ray" || len(persons(text+", Bo Ray")) != 2 {
		return false
	}
	n := read[1]
	mailed := len(p.GetEmails()) > 0 && intake.IsEmail(p.GetEmails()[0])
	return (n.Name != "" || p.GetName() == "") && n.Handle == handle && (n.Email != "") == mailed && n.URL == "" && len(n.Name) <= len(p.GetName())+len(p.GetId())+8 &&
		n.Affiliation == affiliation && (n.ID != "") == strings.Contains(text, "<!-- id: ")
}
