package cncf

import (
	"strings"

	"github.com/reviewpkg/sdk/internal/intake"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// readPreamble reads who wrote a document, when, and for whom. It is the only
// place where most documents say that. Two lines may have a date, of which the
// first is the document's.
func (r *reader) readPreamble(setDate func(*reviewpkgv1.Date) string) {
	keys, others := r.preambleKeys()
	dated := r.a.GetMetadata().HasDate() // in the table
	for _, k := range keys {
		folded := key(k.key)
		switch role := roleOf(folded); {
		case isOriginKey(folded):
			r.readOrigin(k)
		case role != 0:
			r.readPeople(k, role)
			// The first date is the document's. Those below it are of changes.
		case isDateKey(folded) && !dated:
			dated = r.readDate(k, setDate)
		case r.a != nil && metadataKey(folded) != otherRow && k.value != "":
			if !r.a.HasMetadata() {
				r.a.SetMetadata(&reviewpkgv1.AssessmentMetadata{})
			}
			r.metadataRow(r.a.GetMetadata(), k)
		}
	}
	for _, k := range others {
		// The programme of students has this name in 27 of 49 documents.
		if strings.Contains(k.value, "ecurity Pals") && !r.Import().Package.HasAuthorship() {
			r.readProgramme(k)
		}
		// "December 2023" stands there without a key.
		if dated || len(k.value) > 60 {
			continue
		}
		if text := plainText(k.value); looksDated(text) {
			k.value = text
			dated = r.readDate(k, setDate)
		}
	}
}

// looksDated reports whether a line is a date and little else. A sentence with
// a year in it is no date of the document.
func looksDated(text string) bool {
	date, _ := intake.Date(text, intake.UnknownOrder)
	if date == nil || len(strings.Fields(text)) > 6 {
		return false
	}
	first := text[0]
	return '0' <= first && first <= '9' || strings.HasPrefix(intake.Fold(text), intake.Fold(firstMonth(text)))
}

// firstMonth returns the first word of a text if it is the name of a month, or
// something that no text begins with.
func firstMonth(text string) string {
	word, _, _ := strings.Cut(text, " ")
	if date, _ := intake.Date(word+" 2000", intake.UnknownOrder); date != nil && len(date.GetValue()) > 4 {
		return word
	}
	return "\x00"
}

// readDate reads the date of a document, as exactly as it is stated: a month, a
// day, or a year alone. "01 07 2025" is July or January, and a reader that
// guesses is wrong half of the time.
func (r *reader) readDate(k keyLine, set func(*reviewpkgv1.Date) string) bool {
	date, ambiguous := intake.Date(plainText(k.value), intake.UnknownOrder)
	if date == nil {
		return false
	}
	if ambiguous {
		r.Warn("ambiguous-date", r.LineStart(k.start), "day and month of the date could be swapped",
			"only the year is read; write the month as a word, or the date as 2025-07-01")
	}
	r.Claim(set(date), k.start, k.end, k.how, date.GetRaw())
	return true
}

// readPeople reads the people of a line and returns their ids. The template's
// own words for names are none.
func (r *reader) readPeople(k keyLine, role reviewpkgv1.RoleKind) []string {
	var ids []string
	// "Names of the reviewers" would become two people.
	if onlyTemplate(k.value) {
		return nil
	}
	for _, n := range persons(k.value) {
		id := r.Import().Person(n, role, n.Title, r.ArtifactID())
		if id == "" {
			continue
		}
		ids = append(ids, id)
		r.Claim(`people["`+id+`"]`, k.start, k.end, k.how, "")
	}
	return ids
}

// readTeam reads people from sections that have a role for a heading: a list of
// authors, of maintainers, of security champions. A long item is a sentence
// about somebody.
func (r *reader) readTeam() {
	for _, s := range r.list[1:] {
		if len(s.parts) > 0 || s.level == 7 {
			continue
		}
		role := roleOf(s.key())
		if role == 0 {
			continue
		}
		for _, b := range s.blocks {
			if b.kind != list {
				continue
			}
			for _, it := range b.kids {
				if text := r.itemText(it); len(text) <= 2*maxLead {
					r.readPeople(keyLine{s.label, text, it.start, it.end, reviewpkgv1.Derivation_DERIVATION_STATED}, role)
				}
			}
		}
	}
}
