package openstack

import (
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// An endKind is what an end of an interface is.
type endKind uint8

const (
	unknownEnd endKind = iota
	actorEnd
	componentEnd
	dependencyEnd
)

// An inferredEnd is an end that only an interface names.
type inferredEnd struct {
	id, name string
	page     *page
	block    *block
}

// endpoints are actors, components and dependencies by their names.
type endpoints struct {
	names names
	kinds map[string]endKind
	title map[string]string // the name of each
	// inferred are those that no list has, by id; order is theirs.
	inferred map[string]*inferredEnd
	order    []*inferredEnd
}

// newEndpoints returns endpoints without names.
func newEndpoints() endpoints {
	return endpoints{names: newNames(), kinds: map[string]endKind{}, title: map[string]string{}, inferred: map[string]*inferredEnd{}}
}

// add makes an endpoint known by its names, the last of which is its own.
func (e *endpoints) add(id string, kind endKind, list ...string) {
	e.kinds[id], e.title[id] = kind, list[len(list)-1]
	for _, name := range list {
		e.names.add(id, name)
	}
}

// ends returns the ids of the two ends of an interface. An end that no list has
// becomes an item of its own: who starts it is an actor, and who listens is
// outside the project, because the components are listed. But one end of an
// interface is the project's, so that where neither would be, an inferred one is
// a component. It fails if both ends are the same, or if both are listed and
// neither is a component.
func (r *reader) endsOf(p *page, b *block, from, to string) (fromID, toID string, ok bool) {
	// Three of the ten ends in barbican have the name of a component as it is
	// listed. The others are nicknames, and become ends of their own with a
	// warning: to guess would be to state what nobody wrote.
	fromID, toID = r.ends.names.find(from), r.ends.names.find(to)
	if from == to || fromID != "" && fromID == toID {
		p.warn("unclear-value", b, "the interface leads from %q to itself", short(from))
		return "", "", false
	}
	kinds := r.ends.kinds
	if fromID != "" && toID != "" && kinds[fromID] != componentEnd && kinds[toID] != componentEnd &&
		r.ends.inferred[fromID] == nil && r.ends.inferred[toID] == nil {
		p.warn("unclear-value", b, "neither %q nor %q is a component", short(from), short(to))
		return "", "", false
	}
	// Who calls a service is a user more often than a part of it that was
	// forgotten.
	if fromID == "" {
		fromID = r.infer(p, b, from, actorEnd)
	}
	if toID == "" {
		toID = r.infer(p, b, to, dependencyEnd)
	}
	// An end that was inferred from another interface can still become a
	// component: nothing but its place in an arrow made it something else.
	if kinds[fromID] != componentEnd && kinds[toID] != componentEnd {
		if r.ends.inferred[toID] != nil {
			kinds[toID] = componentEnd
		} else {
			kinds[fromID] = componentEnd
		}
	}
	return fromID, toID, true
}

// infer makes an end of a name that leads nowhere.
func (r *reader) infer(p *page, b *block, name string, kind endKind) string {
	id := r.in.ID("part", name)
	p.warn("unresolved-name", b, "%q is no component, dependency or user of the page", short(name))
	r.ends.add(id, kind, name)
	// A name that two items share finds neither, and must still find this one.
	r.ends.names.exact[name] = id
	e := &inferredEnd{id: id, name: name, page: p, block: b}
	r.ends.inferred[id] = e
	r.ends.order = append(r.ends.order, e)
	return id
}

// settle makes items of the ends that were inferred from one page. It comes
// last, because a later interface can tell more about an end.
func (r *reader) settle() {
	a := r.arch()
	for _, e := range r.ends.order {
		list := ""
		switch r.ends.kinds[e.id] {
		case actorEnd:
			list = "architecture.actors"
			a.SetActors(append(a.GetActors(), reviewpkgv1.SystemActor_builder{Id: e.id, Name: e.name}.Build()))
		case componentEnd:
			list = "architecture.components"
			a.SetComponents(append(a.GetComponents(), reviewpkgv1.Component_builder{Id: e.id, Name: e.name}.Build()))
		default:
			list = "architecture.external_dependencies"
			a.SetExternalDependencies(append(a.GetExternalDependencies(), reviewpkgv1.ExternalDependency_builder{Id: e.id, Name: e.name}.Build()))
		}
		// The first line of the interface only: the rest is claimed by what it says.
		e.page.Claim(itemPath(list, e.id), e.block.start, e.block.start+1, reviewpkgv1.Derivation_DERIVATION_INFERRED, "")
	}
	r.ends.order, r.ends.inferred = nil, map[string]*inferredEnd{}
	r.settleAssets()
	// Interfaces may name a dependency all the same.
	if len(a.GetExternalDependencies()) == 0 && r.noDependencies != nil {
		r.noDependencies()
	}
}
