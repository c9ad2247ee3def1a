package openstack

import (
	"strings"

	"github.com/reviewpkg/sdk/internal/intake"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// An assetIndex finds data assets by name and id.
type assetIndex struct {
	names names
	byID  map[string]*reviewpkgv1.DataAsset
	// places finds a persistence of an asset, by the asset's id, the place and
	// whether it is a backup.
	places map[placeKey]string
	// reasons are the assets whose impact is said not to be analysed.
	reasons map[string]string
}

type placeKey struct {
	asset, place string
	backup       bool
}

// newAssetIndex returns an index without assets.
func newAssetIndex() assetIndex {
	return assetIndex{
		names: newNames(), byID: map[string]*reviewpkgv1.DataAsset{}, places: map[placeKey]string{}, reasons: map[string]string{},
	}
}

// dataAsset reads an item of the list of assets: "*name*: description -
// persisted in place", of which all but the name may be missing.
func (r *reader) dataAsset(p *page, b *block) int {
	if b.kind != item {
		return 0
	}
	l := splitAsset(b.text)
	t := untag(l.name)
	name, alias := splitAlias(t.name)
	// Asked before the escapes are gone: an escaped placeholder is a name.
	ours := placeholder(name)
	if name = plain(name); name == "" || ours {
		return 0
	}
	a := r.newAsset(r.id(b, "asset", name), name)
	a.SetVariantIds(r.variant(p, b, t.variants...))
	if alias != "" {
		a.SetAliases([]string{alias})
	}
	// Paragraphs below the item go on with its description.
	a.SetDescription(value(l.description, b.kids))
	for _, k := range b.kids {
		key, first, ok := splitKey(k.text)
		// "Persisted in: database" is how this package writes a place that has more
		// to say of it than its name.
		if verb, place := splitPlace(key + " "); k.kind == item && ok && verb != "" && place == "" {
			r.persistence(p, a, k, verb, first, k)
			continue
		}
		p.keyedItem(a, assetKeys, k)
	}
	// Other parts of a page name an asset with its tags and without.
	// With the tags: "[PKCS#11] key" is how the impact analysis has it.
	r.assets.names.add(a.GetId(), plain(l.name))
	for _, alias := range a.GetAliases() {
		r.assets.names.add(a.GetId(), alias)
	}
	p.Claim(itemPath("architecture.data_assets", a.GetId()), b.start, b.end, reviewpkgv1.Derivation_DERIVATION_STATED, "")
	for place := range splitPlaces(l.place) {
		r.persistence(p, a, b, l.verb, place, nil)
	}
	return 1
}

// newAsset adds an asset to the package.
func (r *reader) newAsset(id, name string) *reviewpkgv1.DataAsset {
	a := reviewpkgv1.DataAsset_builder{Id: id, Name: name}.Build()
	r.arch().SetDataAssets(append(r.arch().GetDataAssets(), a))
	r.assets.byID[id] = a
	r.assets.names.add(id, name)
	return a
}

// An assetLine is an item of the list of assets, taken apart.
type assetLine struct {
	name, description, verb, place string // as written
}

// splitAsset takes an item of the list of assets apart. Pages have four forms:
// "*name* : text - persisted in place", the same without the text, without the
// place, and with a remark behind the place.
func splitAsset(raw string) assetLine {
	var l assetLine
	name, rest, ok := emphasised(raw)
	if ok {
		rest = strings.Trim(rest, blanks)
		rest = strings.Trim(strings.TrimPrefix(rest, ":"), blanks)
	} else {
		// A list without emphasis still has a colon or a dash.
		name, rest = splitHead(raw)
	}
	l.name = name
	rest = strings.TrimPrefix(rest, "- ")
	if verb, place := splitPlace(rest); verb != "" {
		l.verb, l.place = verb, place
	} else if before, after, ok := cutPlace(rest); ok {
		l.description = before
		// Of 16 assets in barbican 12 say "persisted in", and one "stored in".
		l.verb, l.place = splitPlace(after)
	} else {
		l.description = rest
	}
	// What follows the place is about the asset again.
	place, more := placeEnd(l.place)
	l.place = place
	l.description = strings.Trim(l.description+" "+more, blanks)
	return l
}

// placeVerbs begin what says where an asset rests. Only a backup is told apart
// by its verb.
var placeVerbs = []string{"persisted in ", "stored in ", "backed up in ", "kept in ", "persisted on ", "stored on ", "backed up on ", "backed up "}

// splitPlace splits a verb from the place that follows it.
func splitPlace(raw string) (verb, place string) {
	for _, v := range placeVerbs {
		if len(raw) >= len(v) && strings.EqualFold(raw[:len(v)], v) {
			return v, strings.Trim(raw[len(v):], blanks)
		}
	}
	return "", ""
}

// cutPlace splits a description from the place behind the last dash.
func cutPlace(raw string) (description, place string, ok bool) {
	// A description may have dashes of its own; the place comes last.
	if i := lastIndex(raw, " - "); i >= 0 {
		if verb, _ := splitPlace(raw[i+3:]); verb != "" {
			return strings.Trim(raw[:i], blanks), raw[i+3:], true
		}
	}
	return raw, "", false
}

// placeEnd splits a place from what follows it behind a comma or full stop.
func placeEnd(raw string) (place, more string) {
	end := len(raw)
	for _, sep := range []string{", ", "; ", ". "} {
		if i := index(raw, sep); i >= 0 && i < end {
			end = i
		}
	}
	if end < len(raw) {
		return raw[:end], strings.Trim(raw[end+2:], blanks)
	}
	// An item may end as a sentence does, and no place is called "database.".
	if last := len(raw) - 1; last > 0 && raw[last] == '.' && !escaped(raw, last) {
		return raw[:last], ""
	}
	return raw, ""
}

// splitPlaces yields the places that "or" and "and" join.
func splitPlaces(raw string) func(func(string) bool) {
	return func(yield func(string) bool) {
		if raw == "" {
			return
		}
		for _, part := range split(raw, " or ") {
			for _, place := range split(part, " and ") {
				if !yield(place) {
					return
				}
			}
		}
	}
}

// persistence adds a place where an asset rests. A place that is no component or
// dependency is kept as it is written. own is the bullet of the place, if it has
// one.
func (r *reader) persistence(p *page, a *reviewpkgv1.DataAsset, b *block, verb, raw string, own *block) string {
	t := untag(raw)
	place := plain(t.name)
	if place == "" {
		// "HSM [KMIP] or [KMIP, Dogtag]" does not say where the second is.
		p.warn("unclear-value", b, "%q names no place where %q rests", short(raw), short(a.GetName()))
		return ""
	}
	x := reviewpkgv1.Persistence_builder{
		VariantIds: r.variant(p, b, t.variants...), Backup: strings.HasPrefix(strings.ToLower(verb), "backed up"),
	}.Build()
	// Nothing rests in a person. An end that was only inferred is no sure place,
	// and is named in words until somebody lists it.
	if id := r.ends.names.find(place); id != "" && r.ends.kinds[id] != actorEnd && r.ends.inferred[id] == nil {
		x.SetLocationId(id)
		place = r.ends.title[id]
	} else {
		x.SetLocationText(place)
		p.warn("unresolved-name", b, "%q, where %q rests, is no component or dependency of the page", short(place), short(a.GetName()))
	}
	name := placeName(a, place)
	if own == nil {
		x.SetId(r.in.ID("place", name))
	} else {
		x.SetId(r.id(own, "place", name))
		for _, k := range own.kids {
			p.keyedItem(x, persistenceKeys, k)
		}
	}
	a.SetPersistence(append(a.GetPersistence(), x))
	key := placeKey{a.GetId(), place, x.GetBackup()}
	// The first of two equal places is the one that impacts refer to.
	if r.assets.places[key] == "" {
		r.assets.places[key] = x.GetId()
	}
	p.Claim(itemPath(itemPath("architecture.data_assets", a.GetId())+".persistence", x.GetId()), b.start, b.end, reviewpkgv1.Derivation_DERIVATION_STATED, "")
	return x.GetId()
}

// placeName returns the name that the id of a place is made of.
func placeName(a *reviewpkgv1.DataAsset, place string) string {
	// The same database holds many assets, so that the asset is part of the name.
	return strings.TrimPrefix(a.GetId(), "asset-") + "-" + intake.Slug(place)
}

// settleAssets resolves what contradicts itself in the model: an asset that
// rests somewhere has no reason why it rests nowhere, and one with impacts none
// why there are none. What loses is kept as a remark.
func (r *reader) settleAssets() {
	for _, a := range r.arch().GetDataAssets() {
		if reason := r.assets.reasons[a.GetId()]; reason != "" {
			if len(a.GetImpacts()) == 0 && a.GetImpactNotModelledReason() == "" {
				a.SetImpactNotModelledReason(reason)
			} else if reason != a.GetImpactNotModelledReason() {
				a.SetNotes(append(a.GetNotes(), reason))
			}
		}
		if reason := a.GetNotPersistedReason(); reason != "" && len(a.GetPersistence()) > 0 {
			a.SetNotPersistedReason("")
			a.SetNotes(append(a.GetNotes(), reason))
		}
	}
	r.assets.reasons = map[string]string{}
}
