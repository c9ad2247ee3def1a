package openstack

import (
	"strings"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// asset writes an item of the list of assets, on one line where it can be.
func (r *renderer) asset(w *writer, a *reviewpkgv1.DataAsset) {
	name := "*" + r.tags(a.GetVariantIds()) + escapeLoose(a.GetName()) + "*"
	var places []string
	short := true
	for _, x := range a.GetPersistence() {
		place := r.place(x)
		// One line can hold places and their variants; the rest needs bullets.
		short = short && place != "" && x.GetForm() == 0 && x.GetNote() == "" && !x.GetBackup() &&
			x.GetId() == derived("place", placeName(a, r.placeText(x)))
		places = append(places, place)
	}
	at := ""
	// "or" between the places: each may be the one of another variant.
	if short && len(places) > 0 {
		at = "persisted in " + strings.Join(places, " or ")
	}
	text, but := printable(a.GetDescription()), []string{}
	// A description of several paragraphs cannot stand before a place on one
	// line.
	list, ok := paragraphs(text)
	raw := name
	switch {
	case text == "" && at != "":
		raw += " - " + at
	case ok && len(list) == 1 && at != "":
		raw += ": " + escape(text) + " - " + at
	case ok && len(list) == 1:
		raw += ": " + escape(text)
	}
	// The line is written only if the reader takes it apart again in the same
	// way; a description that looks like a place gets a key.
	if l := splitAsset(raw); text != "" && unescape(l.description) == text && l.place == strings.TrimPrefix(at, "persisted in ") {
		but = append(but, "description")
	} else if raw = name; at != "" {
		raw += " - " + at
	}
	w.entry(0, "-", raw, "")
	w.id(2, a.GetId(), derived("asset", a.GetName()))
	w.keyed(2, a, assetKeys, fieldNames(but)...)
	if short {
		return
	}
	for i, x := range a.GetPersistence() {
		verb := "Persisted in: "
		// The only verb that means more than its place.
		if x.GetBackup() {
			verb = "Backed up in: "
		}
		if places[i] == "" {
			continue
		}
		w.entry(2, "-", verb+places[i], "")
		w.id(4, x.GetId(), derived("place", placeName(a, r.placeText(x))))
		w.keyed(4, x, persistenceKeys, "backup")
	}
}

// placeText returns the name of a place.
func (r *renderer) placeText(x *reviewpkgv1.Persistence) string {
	if name := r.ends[x.GetLocationId()]; name != "" {
		return oneLine(name)
	}
	return oneLine(x.GetLocationText())
}

// place returns a place with its variants, or nothing if it has no name.
func (r *renderer) place(x *reviewpkgv1.Persistence) string {
	name := escapePlace(r.placeText(x))
	if name == "" {
		return ""
	}
	return strings.TrimRight(name+" "+r.tags(x.GetVariantIds()), " ")
}

// impacts writes the entries of the impact analysis for an asset: one for each
// place that its statements are about, in their order.
func (r *renderer) impacts(w *writer, a *reviewpkgv1.DataAsset) {
	name := "*" + escapeLoose(a.GetName()) + "*:"
	// Remarks need an entry to stand in.
	if len(a.GetImpacts()) == 0 && (len(a.GetNotes()) > 0 || a.GetImpactNotModelledReason() != "") {
		w.entry(0, "-", name, "")
	}
	// A new entry begins where the place changes, so that the order stays.
	for i, s := range a.GetImpacts() {
		if i == 0 || s.GetPersistenceId() != a.GetImpacts()[i-1].GetPersistenceId() {
			w.entry(0, "-", strings.TrimRight(name+" "+r.about(a, s.GetPersistenceId()), " "), "")
		}
		label := propertyWord(s.GetProperty()) + " Failure Impact"
		// In brackets behind the label, which no template has, so that nothing else
		// stands there.
		if level := word(s.GetSeverity()); level != "" {
			label += " (" + level + ")"
		}
		lead := label + ": " + r.tags(s.GetVariantIds())
		// A blank at the end of a line would be trimmed by editors.
		if s.GetNarrative() == "" {
			lead = strings.TrimRight(lead, " ")
		}
		w.entry(2, "-", lead, s.GetNarrative())
		if text := s.GetOutOfScopeReason(); text != "" {
			w.key(4, "Out of scope", text)
		}
	}
	for _, note := range a.GetNotes() {
		w.key(2, "Note", note)
	}
	if text := a.GetImpactNotModelledReason(); text != "" {
		w.keyless(2, text)
	}
}

// about returns the place that an entry is about.
func (r *renderer) about(a *reviewpkgv1.DataAsset, id string) string {
	for _, x := range a.GetPersistence() {
		place := escapePlace(r.placeText(x))
		switch {
		case x.GetId() != id || id == "" || place == "":
		case x.GetBackup():
			return "- backed up in " + place
		default:
			return "- persisted in " + place
		}
	}
	return ""
}

// keyless writes a bullet that must not be taken for one with a key.
func (w *writer) keyless(indent int, text string) {
	text = printable(text)
	list, ok := paragraphs(text)
	if !ok {
		w.entry(indent, "-", "", text)
		return
	}
	raw := escape(list[0])
	if key, _, found := splitKey(raw); found && !strings.HasPrefix(raw, "**") {
		raw = key + `\` + raw[len(key):]
	}
	w.entry(indent, "-", raw, "")
	for _, p := range list[1:] {
		w.gap()
		w.fill(indent+2, "", escape(p))
		w.gap()
	}
}

// iface writes an interface. Where the head cannot say how bytes travel, keys
// do.
func (r *renderer) iface(w *writer, x *reviewpkgv1.Interface) {
	from, to := escapeLoose(r.ends[x.GetFromId()]), escapeLoose(r.ends[x.GetToId()])
	// An interface with one end has no arrow, and could not be read.
	if from == "" || to == "" {
		return
	}
	lead := r.tags(x.GetVariantIds()) + from + "->" + to
	t := x.GetTransport()
	head := transportText(t)
	// With a space before it: without one it is no emphasis for docutils.
	if head != "" {
		lead += " *[" + head + "]*"
	}
	// A number that is none in a list, or a missing one, makes it a bullet.
	mark, but := "-", []string{"compromise_impact"}
	if m := markerAt(x.GetNumber() + ". x"); m.number == x.GetNumber() && m.number != "" && m.number != "#" {
		mark = x.GetNumber() + "."
		but = append(but, "number")
	}
	w.entry(0, mark, lead+":", "")
	in := len(mark) + 1
	w.id(in, x.GetId(), derived("if", interfaceName(x.GetNumber(), r.ends[x.GetFromId()], r.ends[x.GetToId()])))
	r.flows(w, in, x)
	if text := authenticationText(x.GetAuthentication()); text != "" {
		w.key(in, "Authentication", text)
	}
	r.attack(w, in, x.GetCompromiseImpact())
	w.keyed(in, x, interfaceKeys, fieldNames(but)...)
	// What the head could not say, keys do.
	if t != nil && head == "" {
		w.keyed(in, t, transportKeys)
	} else if t != nil {
		w.keyed(in, t, transportKeys, "protocol", "secured_by")
	}
}

// attack writes what a successful attack would mean: without a key, as the
// template has it, unless the reader would see more in it.
func (r *renderer) attack(w *writer, indent int, text string) {
	// The reader is asked what it would make of the text.
	probe := &reviewpkgv1.Interface{}
	interfaceText(probe, "", []string{text})
	list, ok := paragraphs(printable(text))
	switch {
	case text == "":
	case ok && len(list) == 1 && probe.GetCompromiseImpact() == text && len(probe.GetOpenQuestions()) == 0:
		w.keyless(indent, text)
	default:
		w.key(indent, "Impact of a successful attack", text)
	}
}

// transportText returns the words for a transport that are read back as it, or
// nothing.
func transportText(t *reviewpkgv1.Transport) string {
	text := t.GetProtocol() + t.GetSecuredBy()
	if t.GetProtocol() != "" && t.GetSecuredBy() != "" {
		text = t.GetProtocol() + " over " + t.GetSecuredBy()
	}
	raw := escapeName(text)
	// Asked of the reader, because words such as "REST over TLS" come apart.
	if read := transportOf(raw); raw == "" || len(raw) > maxTag || read.GetProtocol() != t.GetProtocol() || read.GetSecuredBy() != t.GetSecuredBy() {
		return ""
	}
	return raw
}

// flows writes the assets in flight.
func (r *renderer) flows(w *writer, indent int, x *reviewpkgv1.Interface) {
	var list []string
	for _, f := range x.GetFlows() {
		// By name, as all pages refer to assets; ids are for programs.
		entry := escapeName(r.assets[f.GetAssetId()].GetName())
		if entry == "" {
			continue
		}
		note := escapeNote(f.GetNote())
		way := ""
		switch f.GetDirection() {
		case reviewpkgv1.FlowDirection_FLOW_DIRECTION_RESPONSE:
			way = "response"
		case reviewpkgv1.FlowDirection_FLOW_DIRECTION_BOTH:
			way = "both ways"
		default:
			// A remark that would be taken for a direction is escaped.
			// The way of the arrow goes without saying.
			if strings.EqualFold(note, "response") || strings.EqualFold(note, "both ways") {
				note = `\` + note
			}
		}
		if way != "" && note != "" {
			way += "; "
		}
		if way+note != "" {
			entry += " (" + way + note + ")"
		}
		list = append(list, entry)
	}
	if len(list) > 0 {
		w.entry(indent, "-", "Assets in flight: "+strings.Join(list, ", "), "")
	}
}

// authenticationText returns how the ends know one another: a mechanism, or words
// alone where those do not begin with one.
func authenticationText(a *reviewpkgv1.Authentication) string {
	if a == nil {
		return ""
	}
	text := a.GetDetail()
	// Why there is none is the only thing to say of it.
	if a.GetMechanism() == reviewpkgv1.AuthenticationMechanism_AUTHENTICATION_MECHANISM_NONE {
		text = a.GetNoneRationale()
	}
	// Words that begin with the name of a mechanism would be read as one.
	probe := &reviewpkgv1.Interface{}
	authentication(probe, text)
	if text != "" && probe.GetAuthentication().GetMechanism() == a.GetMechanism() && probe.GetAuthentication().GetDetail() == text {
		return text
	}
	if text == "" {
		return word(a.GetMechanism())
	}
	return word(a.GetMechanism()) + " - " + text
}
