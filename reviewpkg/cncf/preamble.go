package cncf

import (
	"slices"
	"strings"

	"github.com/reviewpkg/sdk/internal/intake"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// preambleSections returns the sections before the first part: what stands
// there is about the document, not about the project.
func (o *outline) preambleSections() []*section {
	var out []*section
	for _, s := range o.list {
		if s.level == 7 {
			continue
		}
		if len(s.parts) > 0 && !s.has(tableOfContents) {
			break
		}
		if !s.has(tableOfContents) {
			out = append(out, s)
		}
	}
	return out
}

// A keyLine is a line "Key: value" before the first part, or a row of a table
// there.
type keyLine struct {
	key        string // as written
	value      string // Markdown
	start, end int
	how        reviewpkgv1.Derivation
}

// keyLines returns the lines of the form "Key: value" of some sections, and the
// lines of their paragraphs and lists that have another form.
func (o *outline) keyLines(sections []*section) (keys []keyLine, others []keyLine) {
	for _, s := range sections {
		grids, rest := o.tables(s.blocks)
		for _, g := range grids {
			for _, r := range g.rows {
				if len(r.cells) > 1 && r.cells[0] != "" {
					keys = append(keys, keyLine{strings.TrimSpace(r.cells[0]), strings.Join(r.cells[1:], "\n"), r.start, r.end, reviewpkgv1.Derivation_DERIVATION_TABLE_CELL})
				}
			}
		}
		for _, b := range rest {
			switch b.kind {
			case paragraph:
				o.paragraphKeys(b, &keys, &others)
			case list:
				for _, it := range b.kids {
					o.itemKey(it, &keys)
				}
			}
		}
	}
	return keys, others
}

func (o *outline) itemKey(it *block, keys *[]keyLine) {
	if l := splitLead(o.itemText(it)); l.label != "" {
		*keys = append(*keys, keyLine{plainText(l.label), l.rest, it.start, it.end, reviewpkgv1.Derivation_DERIVATION_BOLD_LEAD})
	}
}

// paragraphKeys reads a paragraph line by line: authors write one key a line
// and forget the blank lines between.
func (o *outline) paragraphKeys(b *block, keys, others *[]keyLine) {
	open := false
	for n := b.start; n < b.end; n++ {
		line := strings.TrimSpace(o.Line(n))
		line = strings.TrimSuffix(line, `\`)
		if inner, ok := allItalic(line); ok {
			line = inner
		}
		l := splitLead(line)
		switch {
		case l.label != "" && l.target == "" && o.isKey(l.label):
			*keys = append(*keys, keyLine{plainText(l.label), l.rest, n, n + 1, reviewpkgv1.Derivation_DERIVATION_BOLD_LEAD})
			open = true
		case open:
			last := &(*keys)[len(*keys)-1]
			last.value = strings.TrimSpace(last.value + "\n" + line)
			last.end = n + 1
		default:
			*others = append(*others, keyLine{value: line, start: n, end: n + 1, how: reviewpkgv1.Derivation_DERIVATION_STATED})
		}
	}
}

// allItalic returns a line without the emphasis that all of it has.
func allItalic(line string) (string, bool) {
	for _, mark := range []string{"**", "*", "_"} {
		inner, ok := strings.CutPrefix(line, mark)
		if !ok {
			continue
		}
		if inner, ok = strings.CutSuffix(inner, mark); ok && !strings.Contains(inner, mark) {
			return inner, true
		}
	}
	return line, false
}

// isKey reports whether a label before a colon is one that documents have at
// their top.
func (o *outline) isKey(label string) bool {
	if roleOf(label) != 0 {
		return true
	}
	if isDateKey(label) || isMetadataKey(label) || isOriginKey(label) {
		return true
	}
	m, ok := o.book.find(plainText(label), "")
	return ok && len(m.parts) > 0 && o.book.byPart[m.parts[0]].part != tableOfContents
}

func isDateKey(label string) bool {
	return oneOf(key(label), "date", "dated", "last updated", "last modified", "updated", "created", "date of the assessment", "assessment date", "date completed", "completed")
}

// readPreamble reads who wrote a document, when, and for whom.
func (r *reader) readPreamble(setDate func(*reviewpkgv1.Date) string) {
	keys, others := r.keyLines(r.preambleSections())
	dated := false
	for _, k := range keys {
		switch role := roleOf(k.key); {
		case isOriginKey(k.key):
			r.readOrigin(k)
		case role != 0:
			r.readPeople(k, role)
		case isDateKey(k.key) && !dated:
			dated = r.readDate(k, setDate)
		case r.a != nil && (metadataKey(k.key) == softwareRow || metadataKey(k.key) == websiteRow):
			if !r.a.HasMetadata() {
				r.a.SetMetadata(&reviewpkgv1.AssessmentMetadata{})
			}
			r.metadataRow(r.a.GetMetadata(), k)
		}
	}
	for _, k := range others {
		if strings.Contains(k.value, "ecurity Pals") && !r.Import().Package.HasAuthorship() {
			r.readProgramme(k)
		}
		if dated || len(k.value) > 60 {
			continue
		}
		if text := plainText(k.value); looksDated(text) {
			k.value = text
			dated = r.readDate(k, setDate)
		}
	}
}

// looksDated reports whether a line is a date and little else.
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

// readPeople reads the people of a line and returns their ids.
func (r *reader) readPeople(k keyLine, role reviewpkgv1.RoleKind) []string {
	var ids []string
	if onlyTemplate(k.value) {
		return nil
	}
	for _, n := range persons(k.value) {
		id := r.Import().Person(n, role, "", r.ArtifactID())
		if id == "" {
			continue
		}
		ids = append(ids, id)
		r.Claim(`people["`+id+`"]`, k.start, k.end, k.how, "")
	}
	return ids
}

// readTeam reads people from sections that have a role for a heading: a list of
// authors, of maintainers, of security champions.
func (r *reader) readTeam() {
	for _, s := range r.list[1:] {
		role := roleOf(s.label)
		if len(s.parts) > 0 || role == 0 || s.level == 7 {
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

func isOriginKey(label string) bool { return oneOf(key(label), "origin", "maintainer review") }

// originWords and reviewWords are the words for who drafted a document and what
// the maintainers made of it.
func originWords() []string {
	return []string{"", "project", "programme", "project and reviewers", "external"}
}

func reviewWords() []string { return []string{"", "pending", "adopted", "none"} }

// readOrigin reads the lines that say in so many words who drafted a document.
func (r *reader) readOrigin(k keyLine) {
	pkg := r.Import().Package
	a := pkg.GetAuthorship()
	if a == nil {
		a = &reviewpkgv1.Authorship{}
	}
	word, rest, _ := strings.Cut(k.value, ": ")
	if i := slices.Index(originWords(), word); i > 0 && key(k.key) == "origin" {
		a.SetOrigin(reviewpkgv1.AuthorshipOrigin(i)) //nolint:gosec // an index of the list
		if l := linkMessages(rest); len(l) > 0 {
			a.SetProgramme(l[0])
		}
	} else if i := slices.Index(reviewWords(), k.value); i > 0 && key(k.key) == "maintainer review" {
		a.SetMaintainerReview(reviewpkgv1.MaintainerReview(i)) //nolint:gosec // an index of the list
	} else {
		return
	}
	pkg.SetAuthorship(a)
	r.Claim("authorship", k.start, k.end, k.how, "")
}

// readProgramme reads that a mentoring programme drafted the document, and what
// the maintainers made of that.
func (r *reader) readProgramme(k keyLine) {
	pkg := r.Import().Package
	if pkg.HasAuthorship() {
		return
	}
	a := reviewpkgv1.Authorship_builder{Origin: reviewpkgv1.AuthorshipOrigin_AUTHORSHIP_ORIGIN_PROGRAMME}.Build()
	for _, l := range links(k.value) {
		if strings.Contains(l.title, "Pals") {
			a.SetProgramme(l.message())
		}
	}
	switch text := intake.Fold(k.value); {
	case strings.Contains(text, "pending changes") || strings.Contains(text, "pending review"):
		a.SetMaintainerReview(reviewpkgv1.MaintainerReview_MAINTAINER_REVIEW_PENDING)
	case containsAny(text, "maintainer team", "maintainers", "core maintainer"):
		a.SetMaintainerReview(reviewpkgv1.MaintainerReview_MAINTAINER_REVIEW_ADOPTED)
	}
	pkg.SetAuthorship(a)
	r.Claim("authorship", k.start, k.end, k.how, "")
}
