package openstack

import (
	"strings"

	"github.com/reviewpkg/sdk/internal/intake"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// arch returns the architecture of the package.
func (r *reader) arch() *reviewpkgv1.Architecture {
	if !r.in.Package.HasArchitecture() {
		r.in.Package.SetArchitecture(&reviewpkgv1.Architecture{})
	}
	return r.in.Package.GetArchitecture()
}

// architecture reads an architecture page. What has a name is read before what
// refers to it.
func (r *reader) architecture(p *page) {
	r.arch()
	p.SetGeneration(p.generation(), "")
	// Diagrams come early, because components refer to what they show.
	r.purpose(p)
	r.diagrams(p, partDiagram, reviewpkgv1.DiagramKind_DIAGRAM_KIND_SERVICE_ARCHITECTURE)
	r.diagrams(p, partFlowDiagram, reviewpkgv1.DiagramKind_DIAGRAM_KIND_DATA_FLOW)
	r.diagrams(p, partSequence, reviewpkgv1.DiagramKind_DIAGRAM_KIND_SEQUENCE)
	p.each(partUsers, func(_ *section, blocks []*block) { r.users(p, blocks) })
	p.each(partDependencies, func(s *section, blocks []*block) { r.dependencies(p, s, blocks) })
	p.each(partComponents, func(_ *section, blocks []*block) {
		for _, b := range blocks {
			p.answered(partComponents, r.component(p, b, false))
		}
	})
	// Ends of interfaces come before assets: where data rests is often named
	// there and nowhere else.
	heads := r.interfaceHeads(p)
	p.each(partAssets, func(_ *section, blocks []*block) {
		for _, b := range blocks {
			p.answered(partAssets, r.dataAsset(p, b))
		}
	})
	p.each(partImpact, func(_ *section, blocks []*block) {
		for _, b := range blocks {
			p.answered(partImpact, r.impact(p, b))
		}
	})
	for _, h := range heads {
		r.interfaceBody(p, h)
	}
	r.tables(p)
	r.controls(p)
	p.each(partResources, func(_ *section, blocks []*block) { r.resources(p, blocks) })
	// Only now is it known what the ends are that no list has.
	r.settle()
}

// generation tells which template a page follows, by the parts that only one of
// them has.
func (p *page) generation() string {
	// Flow diagrams and the summary of controls were dropped in December 2016,
	// when the impact analysis came.
	switch has := func(x *part) bool { return p.parts[x].GetFound() }; {
	case has(partControls), has(partChanges), has(partFlowDiagram), has(partSequence):
		return "2015-16"
	case has(partImpact):
		return "2016-12"
	}
	for _, s := range p.sections {
		// The heading of the first template; later ones say Data assets.
		if strings.EqualFold(s.title, "Data") {
			return "2015"
		}
		for _, b := range s.blocks {
			if b.kind == directive && b.name == "csv-table" {
				return "2015-16"
			}
		}
	}
	return "2016-12"
}

// purpose reads the parts of a page that are an answer in words.
func (r *reader) purpose(p *page) {
	read := func(x *part, path string, set func(*reviewpkgv1.Narrative)) {
		p.each(x, func(s *section, blocks []*block) {
			// Links and lists in the answer stay in it: a description has both.
			if text := flat(blocks); text != "" {
				set(intake.Narrative(text, 0))
				p.Claim(path, s.body, s.end, reviewpkgv1.Derivation_DERIVATION_STATED, "")
			}
		})
		if presence := p.parts[x].GetPresence(); presence != reviewpkgv1.Presence_PRESENCE_ANSWERED {
			set(intake.Narrative("", presence))
		}
	}
	read(partPurpose, "architecture.purpose", func(n *reviewpkgv1.Narrative) {
		if n != nil && r.arch().GetPurpose().GetText() == "" {
			r.arch().SetPurpose(n)
		}
	})
	read(partChanges, "architecture.changes", func(n *reviewpkgv1.Narrative) {
		if n != nil && r.arch().GetChanges().GetText() == "" {
			r.arch().SetChanges(n)
		}
	})
}

// users reads who uses the project and what for: bullets with an emphasised name
// are users, numbered items are use cases.
func (r *reader) users(p *page, blocks []*block) {
	// Users first, whatever their order: a use case names its user.
	var cases []*block
	for _, b := range blocks {
		if b.kind != item {
			continue
		}
		// The template's own examples are numbered, and have no emphasis.
		name, rest, ok := emphasised(b.text)
		if b.number != "" || !ok {
			cases = append(cases, b)
			continue
		}
		a := reviewpkgv1.SystemActor_builder{Id: r.id(b, "part", plain(name)), Name: plain(name)}.Build()
		if a.GetName() == "" {
			continue
		}
		a.SetDescription(value(strings.Trim(strings.TrimPrefix(rest, ":"), blanks), b.kids))
		for _, k := range b.kids {
			p.keyedItem(a, actorKeys, k)
		}
		r.arch().SetActors(append(r.arch().GetActors(), a))
		r.ends.add(a.GetId(), actorEnd, append(a.GetAliases(), a.GetName())...)
		p.Claim(itemPath("architecture.actors", a.GetId()), b.start, b.end, reviewpkgv1.Derivation_DERIVATION_STATED, "")
	}
	for _, b := range cases {
		u := &reviewpkgv1.UseCase{}
		first := b.text
		// Only a name that is emphasised and is a user's. Barbican names its actors
		// in prose, where no program can tell them from other words.
		if name, rest, ok := emphasised(b.text); ok && strings.HasPrefix(rest, ":") {
			if id := r.ends.names.find(plain(name)); id != "" {
				u.SetActorId(id)
				first = strings.Trim(rest[1:], blanks)
			}
		}
		text := value(first, b.kids)
		if text == "" || placeholder(first) {
			continue
		}
		u.SetDescription(text)
		u.SetId(r.id(b, "uc", text))
		r.arch().SetUseCases(append(r.arch().GetUseCases(), u))
		p.answered(partUsers, 1)
		p.Claim(itemPath("architecture.use_cases", u.GetId()), b.start, b.end, reviewpkgv1.Derivation_DERIVATION_STATED, "")
	}
}

// dependencies reads the external dependencies. Prose names them too, but which
// of its words are names is for a person to say: it stays in the section.
func (r *reader) dependencies(p *page, s *section, blocks []*block) {
	n := 0
	for _, b := range blocks {
		if b.kind == item && r.dependency(p, b) {
			n++
		}
	}
	p.answered(partDependencies, n)
	// A statement and a list contradict each other, and the list has names.
	if text := flat(blocks); n == 0 && declaresNone(text) {
		p.parts[partDependencies].SetPresence(reviewpkgv1.Presence_PRESENCE_NONE_DECLARED)
		// Stated at the end, when no end of an interface has turned out to be one.
		r.noDependencies = func() {
			r.arch().SetNoDependenciesStatement(text)
			p.Claim("architecture.no_dependencies_statement", s.body, s.end, reviewpkgv1.Derivation_DERIVATION_STATED, "")
		}
	}
}

// declaresNone reports whether an answer begins by saying that there is none.
func declaresNone(text string) bool {
	key := intake.Fold(text) + " "
	for _, lead := range []string{"none ", "there are no ", "there is no ", "no external dependencies ", "no findings ", "n a "} {
		if strings.HasPrefix(key, lead) {
			return true
		}
	}
	return false
}

// dependency reads an item of the list of dependencies: a name, perhaps what the
// project needs it for, and below it what is assumed of it. A sentence without a
// colon is all name: where in it the name ends is not for a program to say.
func (r *reader) dependency(p *page, b *block) bool {
	raw, rest := splitHead(b.text)
	t := untag(raw)
	name, alias := splitAlias(t.name)
	if name = plain(name); name == "" {
		return false
	}
	d := reviewpkgv1.ExternalDependency_builder{Id: r.id(b, "part", name), Name: name, VariantIds: r.variant(p, b, t.variants...)}.Build()
	if alias != "" {
		d.SetAliases([]string{alias})
	}
	d.SetPurpose(value(rest, b.kids))
	for _, k := range b.kids {
		// The heading of the section asks for assumptions, and the template has no
		// place for them: this one is this package's.
		if key, first, ok := splitKey(k.text); ok && intake.Fold(key) == "assumption" && k.kind == item {
			r.assumption(p, d, k, value(first, k.kids))
			continue
		}
		p.keyedItem(d, dependencyKeys, k)
	}
	r.arch().SetExternalDependencies(append(r.arch().GetExternalDependencies(), d))
	r.ends.add(d.GetId(), dependencyEnd, append(d.GetAliases(), name)...)
	p.Claim(itemPath("architecture.external_dependencies", d.GetId()), b.start, b.end, reviewpkgv1.Derivation_DERIVATION_STATED, "")
	return true
}

// assumption reads what the project expects of a dependency. It is expected of
// what the project builds on: that is what the section is about.
func (r *reader) assumption(p *page, d *reviewpkgv1.ExternalDependency, b *block, text string) {
	if text == "" {
		return
	}
	a := reviewpkgv1.Assumption_builder{
		Id: r.id(b, "assumption", text), Statement: text,
		Party: reviewpkgv1.Party_PARTY_UPSTREAM, Counterpart: d.GetName(),
	}.Build()
	r.in.Package.SetAssumptions(append(r.in.Package.GetAssumptions(), a))
	d.SetAssumptionIds(append(d.GetAssumptionIds(), a.GetId()))
	p.Claim(itemPath("assumptions", a.GetId()), b.start, b.end, reviewpkgv1.Derivation_DERIVATION_STATED, "")
}

// splitAlias splits off an acronym that a name spells out: Hardware Security
// Module (HSM).
func splitAlias(raw string) (name, alias string) {
	// Other words in brackets are a technology, "(Python)", or a remark.
	before, inner, ok := trailing(raw)
	if ok && isAcronym(inner, unescape(before)) {
		return before, inner
	}
	return raw, ""
}

// component reads a deployed part and the alternatives nested below it. It
// returns their number. A deployment can do without each of some alternatives,
// so that they are optional.
func (r *reader) component(p *page, b *block, alternative bool) int {
	if b.kind != item {
		return 0
	}
	raw, rest := splitHead(b.text)
	t := untag(raw)
	name, alias := splitAlias(t.name)
	technology := ""
	if alias == "" {
		// The template has the technology in brackets behind the name.
		if before, inner, ok := trailing(name); ok {
			name, technology = before, plain(inner)
		}
	}
	n := 0
	if ours := placeholder(name); plain(name) != "" && !ours {
		name = plain(name)
		c := reviewpkgv1.Component_builder{
			Id: r.id(b, "part", name), Name: name, Technology: technology, Purpose: value(rest, b.kids),
			Optional: t.optional || alternative, Hosting: t.hosting, VariantIds: r.variant(p, b, t.variants...),
		}.Build()
		if alias != "" {
			c.SetAliases([]string{alias})
		}
		for _, k := range b.kids {
			p.keyedItem(c, componentKeys, k)
		}
		r.arch().SetComponents(append(r.arch().GetComponents(), c))
		r.ends.add(c.GetId(), componentEnd, append(c.GetAliases(), name)...)
		end := b.end
		// What is nested claims its own lines.
		if len(b.kids) > 0 {
			end = b.kids[0].start
		}
		p.Claim(itemPath("architecture.components", c.GetId()), b.start, end, reviewpkgv1.Derivation_DERIVATION_STATED, "")
		n++
	}
	// What is nested and has no key is a component of its own; one key less in
	// the tables, and it would be one too many here.
	// The words are barbican's, over the backends of which a deployer picks one.
	oneOf := strings.Contains(intake.Fold(b.text), "one of the following")
	for _, k := range b.kids {
		if key, _, ok := splitKey(k.text); k.kind != item || ok && keyedField((&reviewpkgv1.Component{}).ProtoReflect(), componentKeys, key) != nil {
			continue
		}
		n += r.component(p, k, oneOf)
	}
	return n
}

// controls reads the summary of controls: bold keys that name a property.
func (r *reader) controls(p *page) {
	p.each(partControls, func(_ *section, blocks []*block) {
		for i, b := range blocks {
			key, first, ok := splitKey(b.text)
			kind := enumValue[reviewpkgv1.SecurityProperty](plain(key))
			if !ok || kind == 0 {
				continue
			}
			// The text of a control goes on up to the next bold key.
			end := i + 1
			for end < len(blocks) && !boldKey(blocks[end].text) && blocks[end].kind != item {
				end++
			}
			text := value(first, append(blocks[i+1:end:end], b.kids...))
			if text == "" || placeholder(first) {
				continue
			}
			// Of the old templates only, which no published page follows.
			c := reviewpkgv1.ControlSummary_builder{Property: kind, Text: text}.Build()
			r.arch().SetControls(append(r.arch().GetControls(), c))
			p.answered(partControls, 1)
			p.Claim("architecture.controls", b.start, blocks[end-1].end, reviewpkgv1.Derivation_DERIVATION_BOLD_LEAD, "")
		}
	})
}
