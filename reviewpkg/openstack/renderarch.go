package openstack

import (
	"path"
	"strings"

	"google.golang.org/protobuf/reflect/protoreflect"

	"github.com/reviewpkg/sdk/internal/inwords"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// word returns an enum value as a page writes it, or nothing for one that is not
// stated.
func word(e protoreflect.Enum) string {
	// A number that this version does not know has no word, and is a loss.
	if e.Number() == 0 || e.Descriptor().Values().ByNumber(e.Number()) == nil {
		return ""
	}
	return capital(inwords.Enum(e))
}

// fieldNames returns names of fields as the descriptors have them.
func fieldNames(list []string) []protoreflect.Name {
	out := make([]protoreflect.Name, len(list))
	for i, name := range list {
		out[i] = protoreflect.Name(name)
	}
	return out
}

// architecturePage writes the architecture.
func (r *renderer) architecturePage() string {
	w := newWriter()
	a := r.p.GetArchitecture()
	r.header(w, templates[0].title, templates[0].title+" page", word(a.GetStatus()), nil)
	// In the order of the template, but for two parts of older ones, which stand
	// where those had them.
	r.narrative(w, partChanges, a.GetChanges())
	r.narrative(w, partPurpose, a.GetPurpose())
	w.heading(partUsers.name, "~", false)
	r.users(w, a)
	w.heading(partDependencies.name, "~", false)
	// Written beside dependencies as well, if a package has both.
	if text := a.GetNoDependenciesStatement(); text != "" {
		w.prose(text)
	}
	for _, d := range a.GetExternalDependencies() {
		r.dependency(w, d)
	}
	w.heading(partComponents.name, "~", false)
	for _, c := range a.GetComponents() {
		r.component(w, c)
	}
	r.diagrams(w, a)
	w.heading(partAssets.name, "~", false)
	for _, x := range a.GetDataAssets() {
		r.asset(w, x)
	}
	w.heading(partImpact.name, "~", false)
	for _, x := range a.GetDataAssets() {
		r.impacts(w, x)
	}
	w.heading(partInterfaces.name, "~", false)
	for _, x := range a.GetInterfaces() {
		r.iface(w, x)
	}
	// The current template has no such section; it is written if there is need.
	if len(a.GetControls()) > 0 {
		w.heading(partControls.name, "~", false)
	}
	for _, c := range a.GetControls() {
		w.control(word(c.GetProperty()), c.GetText())
	}
	w.heading(partResources.name, "~", false)
	for _, l := range a.GetResources() {
		raw := l.GetUrl()
		// A bare address is a link already, if it is a whole one.
		if title := oneLine(l.GetTitle()); title != "" || !strings.Contains(raw, ":") {
			raw = "`" + strings.TrimLeft(escapeName(title)+" ", " ") + "<" + raw + ">`__"
		}
		w.entry(0, "-", raw, "")
		w.keyed(2, l, []keyed{{"Note", "note"}})
	}
	return w.b.String()
}

// narrative writes a part that is an answer in words, if there is one. A section
// without text is one that somebody left empty.
func (r *renderer) narrative(w *writer, x *part, n *reviewpkgv1.Narrative) {
	// A heading over nothing would claim that somebody was asked.
	if n == nil || n.GetText() == "" && n.GetPresence() != reviewpkgv1.Presence_PRESENCE_EMPTY {
		return
	}
	w.heading(x.name, "~", false)
	if n.GetText() != "" {
		w.prose(n.GetText())
	}
}

// control writes a bold key with a text.
func (w *writer) control(key, text string) {
	w.gap()
	text = printable(text)
	list, ok := paragraphs(text)
	if !ok {
		w.line(0, "**"+key+"**:")
		w.lines(0, text)
		return
	}
	w.fill(0, "", "**"+key+"**: "+escape(list[0]))
	for _, p := range list[1:] {
		w.gap()
		w.fill(0, "", escape(p))
	}
	w.gap()
}

// users writes users as bullets and use cases as a numbered list.
func (r *renderer) users(w *writer, a *reviewpkgv1.Architecture) {
	for _, x := range a.GetActors() {
		// Emphasis is what tells a user from a use case.
		lead := "*" + escapeName(x.GetName()) + "*"
		if x.GetDescription() != "" {
			lead += ": "
		}
		w.entry(0, "-", lead, x.GetDescription())
		w.id(2, x.GetId(), derived("part", x.GetName()))
		w.keyed(2, x, actorKeys, "description")
	}
	w.gap()
	// The name of a user before a use case says whose it is.
	for i, u := range a.GetUseCases() {
		mark, lead := itoa(i+1)+".", ""
		// An id that leads nowhere has no name to write.
		if name := escapeName(r.ends[u.GetActorId()]); name != "" {
			lead = "*" + name + "*: "
		}
		w.entry(0, mark, lead, u.GetDescription())
		w.id(len(mark)+1, u.GetId(), derived("uc", u.GetDescription()))
	}
}

// named writes an item whose name ends at a colon.
func (w *writer) named(lead, text string) {
	if text != "" {
		lead += ": "
	}
	w.entry(0, "-", lead, text)
}

// dependency writes an external dependency, with what is assumed of it below.
func (r *renderer) dependency(w *writer, d *reviewpkgv1.ExternalDependency) {
	w.named(r.tags(d.GetVariantIds())+escapeLoose(d.GetName()), d.GetPurpose())
	w.id(2, d.GetId(), derived("part", d.GetName()))
	w.keyed(2, d, dependencyKeys, "purpose")
	// An assumption is written where it belongs, not in a list of its own.
	for _, id := range d.GetAssumptionIds() {
		if a := r.claims[id]; a != nil {
			w.key(2, "Assumption", a.GetStatement())
			w.id(4, id, derived("assumption", a.GetStatement()))
		}
	}
}

// component writes a component. Its technology stands in brackets, as in the
// template, unless it would be taken for an acronym or a tag there.
func (r *renderer) component(w *writer, c *reviewpkgv1.Component) {
	lead, but := r.tags(c.GetVariantIds())+escapeName(c.GetName()), []string{"purpose"}
	technology := oneLine(c.GetTechnology())
	if t := untag("(" + technology + ")"); technology != "" && technology == c.GetTechnology() && t.name != "" && !isAcronym(technology, c.GetName()) {
		lead += " (" + escapeName(technology) + ")"
		but = append(but, "technology")
	}
	// Tags stand behind the name, where the templates had them.
	if c.GetOptional() {
		lead += " (optional)"
	}
	// Of an older template, which had the only place for it.
	for _, hosting := range []string{"I-C", "U-C", "O-C"} {
		if hostingOf(hosting) == c.GetHosting() {
			lead += " [" + hosting + "]"
		}
	}
	w.named(lead, c.GetPurpose())
	w.id(2, c.GetId(), derived("part", c.GetName()))
	w.keyed(2, c, componentKeys, fieldNames(but)...)
}

// diagrams writes the sections with images, those of other kinds than the
// architecture only if there are some.
func (r *renderer) diagrams(w *writer, a *reviewpkgv1.Architecture) {
	for _, section := range []struct {
		part *part
		kind reviewpkgv1.DiagramKind
	}{
		{partDiagram, reviewpkgv1.DiagramKind_DIAGRAM_KIND_SERVICE_ARCHITECTURE},
		{partFlowDiagram, reviewpkgv1.DiagramKind_DIAGRAM_KIND_DATA_FLOW},
		{partSequence, reviewpkgv1.DiagramKind_DIAGRAM_KIND_SEQUENCE},
	} {
		// The one diagram that the template asks for has its heading in any case.
		first := section.part == partDiagram
		if first {
			w.heading(section.part.name, "~", false)
			r.declareVariants(w, a)
		}
		for _, d := range a.GetDiagrams() {
			if d.GetKind() != section.kind {
				continue
			}
			if !first {
				w.heading(section.part.name, "~", false)
				first = true
			}
			r.diagram(w, d)
		}
	}
}

// declareVariants lists the variants of the deployment, so that they keep their
// order and ids wherever they are named first.
func (r *renderer) declareVariants(w *writer, a *reviewpkgv1.Architecture) {
	for _, v := range a.GetDeployment().GetVariants() {
		if oneLine(v.GetName()) == "" {
			continue
		}
		lead := tag(v.GetName())
		if v.GetReviewed() {
			lead += " (reviewed)"
		}
		w.entry(0, "-", lead, "")
		w.id(2, v.GetId(), derived("variant", v.GetName()))
	}
	w.gap()
}

// diagram writes an image, and below it how it was made.
func (r *renderer) diagram(w *writer, d *reviewpkgv1.Diagram) {
	a := r.pictures[d.GetArtifactId()]
	target := oneLine(a.GetPath())
	made := derived("file", target)
	if target == "" {
		// A picture on the web is shown from there; the guidance wants it in the
		// repository.
		target, made = oneLine(a.GetUrl()), ""
	}
	if target == "" {
		return // an image is all that a page can show
	}
	w.gap()
	w.line(0, ".. image:: "+strings.ReplaceAll(target, `\`, `\\`))
	if title := oneLine(a.GetTitle()); title != "" {
		w.line(3, ":alt: "+escape(title))
	}
	w.id(0, d.GetId(), derived("diagram", path.Base(target)))
	// Only the path of an image tells what id the reader will give it.
	if a.GetId() != made {
		w.gap()
		w.line(0, ".. artifact: "+oneLine(a.GetId()))
	}
	w.gap()
	// The sentence is that of barbican, which the reader looks for.
	said := "Editable version: " + a.GetEditableUrl()
	if tool := escapeName(d.GetTool()); tool != "" {
		said = "Generated using " + tool
		if a.GetEditableUrl() != "" {
			said += ", editable version: " + a.GetEditableUrl()
		}
	}
	if d.GetTool() != "" || a.GetEditableUrl() != "" {
		w.fill(0, "", said)
		w.gap()
	}
	w.keyed(0, d, diagramKeys)
	w.gap()
}
