package cncf

import (
	"slices"
	"strings"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// readThreats reads the threat model of a document, in any of the shapes that
// documents have: a section for each category of STRIDE, numbered threats,
// items with the name of a category, matrices, families of controls, and the
// summary of controls. Of eleven threat models in files of their own and ten or
// more in other documents, hardly two have the same shape. Each shape that is
// recognised fills its own lists; what is in none of them is in the text of its
// section.
func (r *reader) readThreats(wholeDocument bool) {
	m := &reviewpkgv1.ThreatModel{}
	given := ""
	if s := r.found[threatModel]; s != nil {
		given = r.idComment(s.blocks)
	}
	id := r.id("threat-model", "", given)
	path := `threat_models["` + id + `"]`
	t := &threatReader{reader: r, m: m, path: path}
	for _, s := range r.threatSections(wholeDocument) {
		t.section(s)
	}
	if len(m.GetThreats())+len(m.GetMatrices())+len(m.GetControlFamilies())+len(m.GetControlProposals())+len(m.GetDataDictionary())+len(m.GetAttackerSets()) == 0 {
		r.Import().Release(id)
		return
	}
	m.SetId(id)
	m.SetArtifactId(r.ArtifactID())
	if wholeDocument {
		m.SetTitle(r.title())
	} else if s := r.found[threatModel]; s != nil {
		m.SetTitle(s.label)
	}
	m.SetMethods(t.methods())
	pkg := r.Import().Package
	pkg.SetThreatModels(append(pkg.GetThreatModels(), m))
	if r.a != nil {
		if !r.a.HasSecurityAnalysis() {
			r.a.SetSecurityAnalysis(&reviewpkgv1.SecurityAnalysis{})
		}
		r.a.GetSecurityAnalysis().SetThreatModelIds([]string{m.GetId()})
	}
	r.count(threatModel, len(m.GetThreats())+len(m.GetMatrices()))
	if state := r.states[threatModel]; state == reviewpkgv1.Presence_PRESENCE_UNSPECIFIED || state == reviewpkgv1.Presence_PRESENCE_EMPTY {
		r.states[threatModel] = reviewpkgv1.Presence_PRESENCE_ANSWERED
	}
}

// title returns the first heading of the document, or the first bold line of one
// that has no headings.
func (o *outline) title() string {
	for _, s := range o.list {
		if 0 < s.level && s.level < 7 && s.label != "" {
			return s.label
		}
	}
	for _, b := range o.blocks {
		if label := b.label(); label != "" {
			return label
		}
	}
	return ""
}

// threatSections returns the sections in which threats are looked for: all of a
// document that is a threat model, and otherwise those below a heading that
// says so, or with threats in their own names. Numbered threats say by
// themselves what they are.
func (r *reader) threatSections(wholeDocument bool) []*section {
	if wholeDocument {
		return r.list
	}
	var out []*section
	for _, s := range r.list {
		in := false
		for up := s; up != nil && !in; up = up.parent {
			in = up.has(threatModel) || strings.Contains(up.key(), "threat model") || strings.Contains(up.key(), "stride")
		}
		number, _ := threatNumber(s.label)
		if in || number != "" || len(s.parts) == 0 && strings.Contains(s.key(), "blast radius") {
			out = append(out, s)
		}
	}
	return out
}

// A threatReader reads one threat model.
type threatReader struct {
	*reader
	m        *reviewpkgv1.ThreatModel       // what is read so far
	path     string                         // of the model in the package
	strided  bool                           // the sections are categories, with the threats below
	numbered map[string]*reviewpkgv1.Threat // for mitigations under headings of their own
	read     map[*section]bool              // parts of the threat above them
}

// methods returns the methods that a model shows. What it has tells them:
// titles name methods that the text has little of.
func (t *threatReader) methods() []reviewpkgv1.ThreatMethod {
	var out []reviewpkgv1.ThreatMethod
	if t.strided || slices.ContainsFunc(t.m.GetThreats(), func(th *reviewpkgv1.Threat) bool { return len(th.GetStride()) > 0 }) {
		out = append(out, reviewpkgv1.ThreatMethod_THREAT_METHOD_STRIDE)
	}
	if len(t.m.GetControlFamilies()) > 0 || len(t.m.GetControlProposals()) > 0 {
		out = append(out, reviewpkgv1.ThreatMethod_THREAT_METHOD_LIGHTWEIGHT)
	}
	if len(t.m.GetMatrices()) > 0 {
		out = append(out, reviewpkgv1.ThreatMethod_THREAT_METHOD_MATRIX)
	}
	return out
}

// section reads what a section holds: a threat, or things that list threats.
// Tables and lists may stand together, as families of controls above the table
// that sums them up.
func (t *threatReader) section(s *section) {
	if t.read[s] || t.threatSection(s) {
		return
	}
	grids, _ := t.tables(s.blocks)
	for i := range grids {
		t.table(s, &grids[i])
	}
	folded := key(s.label)
	theoretical := containsAny(folded, "theoretical threats", "threat scenarios", "threats")
	before := len(t.m.GetThreats())
	for _, b := range s.blocks {
		if b.kind != list {
			continue
		}
		for _, it := range b.kids {
			t.item(it, theoretical)
		}
	}
	// Items below a category are threats of it, whatever else they say.
	if stride := strideOf(s.label); stride != 0 {
		for _, th := range t.m.GetThreats()[before:] {
			if len(th.GetStride()) == 0 {
				th.SetStride([]reviewpkgv1.Stride{stride})
			}
		}
	}
}
