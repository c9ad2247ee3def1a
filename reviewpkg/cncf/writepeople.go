package cncf

import (
	"slices"
	"strings"

	"github.com/reviewpkg/sdk/internal/intake"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// people writes a line with the persons that have a part in the review.
func (w *writer) people(label string, kinds ...reviewpkgv1.RoleKind) {
	var names []string
	for _, p := range w.p.GetPeople() {
		for _, r := range p.GetRoles() {
			if oneOf(r.GetKind().String(), kindNames(kinds)...) {
				names = append(names, w.personText(p))
				break
			}
		}
	}
	if len(names) > 0 {
		w.line(label + ": " + strings.Join(names, ", "))
	}
}

func kindNames(kinds []reviewpkgv1.RoleKind) []string {
	var out []string
	for _, k := range kinds {
		out = append(out, k.String())
	}
	return out
}

// otherPeople writes the persons that have any other part, a line for each part.
func (w *writer) otherPeople(but ...reviewpkgv1.RoleKind) {
	for kind := range len(reviewpkgv1.RoleKind_name) {
		role := reviewpkgv1.RoleKind(kind) //nolint:gosec // few
		if slices.Contains(but, role) {
			continue
		}
		for _, r := range roleLabels {
			if r.kind == role {
				w.people(strings.ToUpper(r.label[:1])+r.label[1:], role)
				break
			}
		}
	}
}

// personText returns a person as the lists of people have them.
func (w *writer) personText(p *reviewpkgv1.Person) string {
	out := inline(p.GetName())
	for _, h := range p.GetHandles() {
		out = strings.TrimSpace(out + " (@" + h.GetName() + ")")
		break
	}
	if a := p.GetAffiliation(); strings.Contains(a, " ") {
		out += " (" + inline(a) + ")"
	}
	for _, e := range p.GetEmails() {
		out += " <" + e + ">"
		break
	}
	name := p.GetName()
	if intake.Slug(name) == "" && len(p.GetHandles()) > 0 {
		name = p.GetHandles()[0].GetName()
	}
	if p.GetId() != "person-"+intake.Slug(name) {
		out += " <!-- id: " + p.GetId() + " -->"
	}
	return out
}
