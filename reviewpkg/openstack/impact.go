package openstack

import (
	"fmt"
	"slices"
	"strings"

	"github.com/reviewpkg/sdk/internal/intake"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// impact reads an entry of the impact analysis: the name of an asset, and below
// it what the loss of each property would mean. An entry may serve several
// assets; one that serves none gets an asset of its own.
func (r *reader) impact(p *page, b *block) int {
	if b.kind != item {
		return 0
	}
	// Emphasis marks a name in all entries but those that older pages have.
	name, rest, ok := emphasised(b.text)
	if !ok {
		name, rest = splitHead(b.text)
	}
	// A bullet without emphasis and without anything below it is a sentence
	// about the analysis.
	if plain(name) == "" || placeholder(name) || !ok && len(b.kids) == 0 {
		return 0
	}
	ids := r.served(p, b, name)
	place := strings.Trim(strings.TrimPrefix(strings.TrimLeft(rest, " :"), "- "), blanks)
	// Each asset gets statements of its own: a reader of one asset must not need
	// to know which others share its entry.
	for _, id := range ids {
		a := r.assets.byID[id]
		first := len(a.GetImpacts())
		at := r.impactPlace(p, a, b, place)
		for _, k := range b.kids {
			r.statement(p, a, k, at)
		}
		path := itemPath("architecture.data_assets", id)
		if len(a.GetImpacts()) > first {
			p.Claim(fmt.Sprintf("%s.impacts[%d]", path, first), b.start, b.end, reviewpkgv1.Derivation_DERIVATION_STATED, "")
			path += ".impacts"
		}
		p.Claim(path, b.start, b.end, reviewpkgv1.Derivation_DERIVATION_STATED, "")
	}
	return 1
}

// served returns the assets that an entry is about: the one with its name, or all
// that a name with a slash lists, if there are assets of all these names.
func (r *reader) served(p *page, b *block, raw string) []string {
	name := plain(raw)
	if id := r.assets.names.find(name); id != "" {
		return []string{id}
	}
	// "[PKCS#11] key" is the key, unless an asset has the whole as its name.
	t := untag(raw)
	if id := r.assets.names.find(plain(t.name)); id != "" && len(t.variants) > 0 {
		return []string{id}
	}
	var ids []string
	for _, alternative := range alternatives(name) {
		id := r.assets.names.find(alternative)
		if id == "" {
			ids = nil
			break
		}
		if !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	// All of the names or none: one that leads nowhere puts the others in doubt.
	if len(ids) > 0 {
		return ids
	}
	p.warn("unresolved-name", b, "the impact analysis names %q, which is none of the data assets", short(name))
	return []string{r.inferAsset(p, b, name)}
}

// alternatives returns the names that a name with one slash stands for: RBAC/ACL
// rules is RBAC rules and ACL rules.
func alternatives(name string) []string {
	// One slash: "RBAC/ACL rules" is two names, and a path is none.
	words := strings.Fields(name)
	for i, w := range words {
		if a, b, ok := strings.Cut(w, "/"); ok && a != "" && b != "" && len(words) < 20 {
			words[i] = a
			first := strings.Join(words, " ")
			words[i] = b
			return []string{first, strings.Join(words, " ")}
		}
	}
	return nil
}

// inferAsset makes an asset of a name that only another part of the page has.
func (r *reader) inferAsset(p *page, b *block, name string) string {
	a := r.newAsset(r.in.ID("asset", name), name)
	// Under its exact name, so that another spelling is warned about again: five
	// of 13 names in the analysis of barbican have no asset.
	r.assets.names.exact[name] = a.GetId()
	p.Claim(itemPath("architecture.data_assets", a.GetId()), b.start, b.start+1, reviewpkgv1.Derivation_DERIVATION_INFERRED, "")
	return a.GetId()
}

// impactPlace returns the persistence that an entry is about, if it names a
// place: "*key*: - backed up somewhere". The place is added if the list of assets
// does not have it.
func (r *reader) impactPlace(p *page, a *reviewpkgv1.DataAsset, b *block, raw string) string {
	verb, place := splitPlace(raw)
	if verb == "" {
		// "stored un-retrievable in HSM" says how, too.
		if i := strings.LastIndex(raw, " in "); i >= 0 && strings.HasPrefix(strings.ToLower(raw), "stored ") {
			verb, place = raw[:i+4], raw[i+4:]
		}
	}
	// A remark that names no place is still about the asset.
	if verb == "" || plain(place) == "" {
		if raw = unescape(raw); raw != "" {
			a.SetNotes(append(a.GetNotes(), raw))
		}
		return ""
	}
	name := plain(untag(place).name)
	if end := r.ends.names.find(name); end != "" {
		name = r.ends.title[end]
	}
	// A place that the list of assets has is the same one here, or each entry
	// would add it a second time.
	key := placeKey{a.GetId(), name, strings.HasPrefix(strings.ToLower(verb), "backed up")}
	if id := r.assets.places[key]; id != "" {
		return id
	}
	id := r.persistence(p, a, b, verb, place, nil)
	if how := strings.Fields(verb); id != "" && len(how) > 2 && !key.backup {
		places := a.GetPersistence()
		places[len(places)-1].SetNote(unescape(raw))
	}
	return id
}

// statement reads a bullet below an entry.
func (r *reader) statement(p *page, a *reviewpkgv1.DataAsset, b *block, place string) {
	if b.kind != item {
		return
	}
	label, first, ok := splitKey(b.text)
	// Levels in brackets are this package's: no page rates an impact.
	label, severity := severityOf(label)
	prop := property(label)
	switch {
	// The beginning of the label decides, whatever follows it.
	case ok && prop != 0:
		r.impacts(p, a, b, first, reviewpkgv1.ImpactStatement_builder{Property: prop, Severity: severity, PersistenceId: place}.Build())
		// Barbican has "Confidentially Failure Impact" four times. It is read, and
		// said: the next reader may be stricter.
		if key := intake.Fold(label); !exactLabel(key) {
			p.Repair("label-drift", p.offset(b), quoted(plain(label))+" is read as the impact of a failure of "+propertyWord(prop), "")
		}
	case ok && intake.Fold(label) == "note":
		if text := value(first, b.kids); text != "" {
			a.SetNotes(append(a.GetNotes(), text))
		}
	default:
		text := value(b.text, b.kids)
		if text == "" || placeholder(b.text) {
			return
		}
		// One entry of barbican refuses: a request for a certificate is public. What
		// refuses an analysis is a reason, until an impact contradicts it.
		if r.assets.reasons[a.GetId()] == "" {
			r.assets.reasons[a.GetId()] = text
		} else {
			a.SetNotes(append(a.GetNotes(), text))
		}
	}
}

// severityOf splits a level in round brackets off a label.
func severityOf(label string) (string, reviewpkgv1.Level) {
	if before, inner, ok := trailing(label); ok {
		if v := level(plain(inner)); v != 0 {
			return before, v
		}
	}
	return label, 0
}

// propertyWord returns a property as the labels of the template begin.
func propertyWord(prop reviewpkgv1.SecurityProperty) string {
	switch prop {
	case reviewpkgv1.SecurityProperty_SECURITY_PROPERTY_CONFIDENTIALITY:
		return "Confidentiality"
	case reviewpkgv1.SecurityProperty_SECURITY_PROPERTY_INTEGRITY:
		return "Integrity"
	default:
		return "Availability"
	}
}

// exactLabel reports whether a folded label is one of the template's.
func exactLabel(key string) bool {
	// All three labels of the template end so.
	word, ok := strings.CutSuffix(key, " failure impact")
	return ok && (word == "integrity" || word == "confidentiality" || word == "availability")
}

// impacts adds the statements of a bullet: one, or one for each variant that is
// nested below it.
func (r *reader) impacts(p *page, a *reviewpkgv1.DataAsset, b *block, first string, s *reviewpkgv1.ImpactStatement) {
	add := func(b *block, first string, nested bool) {
		x := reviewpkgv1.ImpactStatement_builder{Property: s.GetProperty(), Severity: s.GetSeverity(), PersistenceId: s.GetPersistenceId()}.Build()
		variants, text := leadTags(first)
		x.SetVariantIds(r.variant(p, b, variants...))
		for _, k := range b.kids {
			if key, reason, ok := splitKey(k.text); ok && k.kind == item && intake.Fold(key) == "out of scope" {
				x.SetOutOfScopeReason(value(reason, k.kids))
			}
		}
		x.SetNarrative(value(text, b.kids))
		if placeholder(text) {
			x.SetNarrative("")
		}
		// A label with nothing behind it states no impact. Of 42 cells in barbican
		// three are so.
		if x.GetNarrative() != "" || x.GetOutOfScopeReason() != "" || !nested && x.GetSeverity() != 0 {
			a.SetImpacts(append(a.GetImpacts(), x))
		}
	}
	// Variants stand in bullets of their own below the label.
	nested := false
	for _, k := range b.kids {
		key, _, ok := splitKey(k.text)
		if k.kind != item || ok && intake.Fold(key) == "out of scope" {
			continue
		}
		nested = true
		add(k, k.text, true)
	}
	if !nested || strings.Trim(first, blanks) != "" {
		add(b, first, nested)
	}
}

// leadTags splits the variants off that a text begins with.
func leadTags(raw string) (variants []string, rest string) {
	for strings.HasPrefix(raw, "[") && len(variants) < maxTags {
		end := closingBracket(raw, 0, ']')
		if end < 0 {
			break
		}
		// Not every bracket is a variant: [TLS] is a transport, and [Total fail] an
		// emphasis.
		name, ok := isTag(raw[1:end])
		if !ok {
			break
		}
		variants = append(variants, name)
		raw = strings.TrimLeft(raw[end+1:], blanks)
	}
	return variants, raw
}
