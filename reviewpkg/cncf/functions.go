package cncf

import (
	"slices"
	"strings"

	"github.com/reviewpkg/sdk/internal/intake"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// readFunctions reads the critical and the security-relevant components. Some
// authors put both into one table, with a column that tells them apart. 17 of
// 49 have no lists, and say it in one text.
func (r *reader) readFunctions() {
	f := &reviewpkgv1.SecurityFunctions{}
	r.a.SetFunctions(f)
	s := r.found[functions]
	if s == nil {
		s = r.found[allFunctions]
	}
	if s != nil {
		read := r.applicability(s, f)
		text := r.ownText(s)
		var answer *reviewpkgv1.Narrative
		if read > 0 && strings.TrimSpace(stripComments(text)) == "" {
			// The table was the answer.
			r.states[functions] = reviewpkgv1.Presence_PRESENCE_ANSWERED
		} else {
			answer = r.answer(functions, s, text)
		}
		if answer != nil {
			r.claimSection(s, r.at("functions.text"))
			f.SetText(answer)
		}
	}
	f.SetCritical(append(f.GetCritical(), r.readComponents(critical, "functions.critical", "critical", f.SetCriticalNote)...))
	f.SetRelevant(append(f.GetRelevant(), r.readComponents(relevant, "functions.relevant", "relevant", f.SetRelevantNote)...))
	if intake.IsEmpty(f) {
		r.a.ClearFunctions()
	}
}

// applicability reads tables with a column that says whether a component is
// critical or relevant, and takes them out of the section. Five documents do,
// with the words Critical, Relevant and Security Relevant in the column, some
// as code.
//
// It returns how many components it read.
func (r *reader) applicability(s *section, f *reviewpkgv1.SecurityFunctions) (read int) {
	var rest []*block
	for _, b := range s.blocks {
		grids, _ := r.tables([]*block{b})
		if len(grids) != 1 {
			rest = append(rest, b)
			continue
		}
		g := grids[0]
		column := g.column("applicability", "category", "type", "classification")
		if column < 0 {
			rest = append(rest, b)
			continue
		}
		for _, row := range g.body() {
			e, ok := rowEntry(g.header(), row)
			class := key(row.cell(column))
			isCritical := strings.HasPrefix(class, "critical")
			if !ok || !isCritical && !strings.Contains(class, "relevant") {
				continue
			}
			// "Description of importance" is what the tables of the community
			// have.
			e.fields = slices.Delete(e.fields, max(column-1, 0), column)
			read++
			p, list, set := relevant, "relevant", f.SetRelevant
			have := f.GetRelevant()
			if isCritical {
				p, list, set, have = critical, "critical", f.SetCritical, f.GetCritical()
			}
			// The table is where the part is, for the report.
			if r.found[p] == nil {
				r.found[p] = &section{parts: []part{p}, start: row.start, body: row.start, end: row.end, how: reviewpkgv1.Derivation_DERIVATION_TABLE_CELL, parent: s}
			}
			r.count(p, 1)
			r.states[p] = reviewpkgv1.Presence_PRESENCE_ANSWERED
			set(append(have, r.component(&e, "functions."+list, list)))
		}
	}
	s.blocks = rest
	return read
}

// component reads one component. What the importance says in full and the
// description repeats is said once.
func (r *reader) component(e *entry, path, kind string) *reviewpkgv1.SecurityFunction {
	name, _ := e.name()
	c := reviewpkgv1.SecurityFunction_builder{Id: r.id(kind, name, e.id), Name: name, Description: e.remaining(e.field("importance", "why it matters")), Importance: e.value("importance", "why it matters")}.Build()
	if c.GetImportance() == c.GetDescription() {
		c.SetImportance("")
	}
	r.claimEntry(r.item(path, c.GetId()), e)
	return c
}

// readComponents reads the components of one class. A component without a name
// of its own has its first words for one.
func (r *reader) readComponents(p part, path, kind string, setNote func(*reviewpkgv1.Narrative)) []*reviewpkgv1.SecurityFunction {
	s := r.found[p]
	if s == nil || s.how == reviewpkgv1.Derivation_DERIVATION_TABLE_CELL {
		return nil
	}
	l := r.entries(s, noGroups)
	var list []*reviewpkgv1.SecurityFunction
	for i := range l.entries {
		e := &l.entries[i]
		if name, _ := e.name(); name == "" || r.templateEntry(e) {
			continue
		}
		// A section on threats among them is no component.
		if strings.Contains(key(e.label), "threat") {
			l.note = joinText(l.note, e.whole())
			continue
		}
		list = append(list, r.component(e, path, kind))
	}
	setNote(r.note(p, s, l.note, len(list), r.at(path+"_note")))
	return list
}
