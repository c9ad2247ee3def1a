package cncf

import (
	"strings"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// actors writes the actors, with labels for what the template asks of each.
func (w *writer) actors(o *reviewpkgv1.Overview) {
	w.heading(4, "Actors")
	var list []string
	for _, a := range o.GetActors() {
		nested := append(append(w.labelled("Role", a.GetRole()), w.labelled("Isolation", a.GetIsolation())...), w.labelled("Trust", a.GetTrust())...)
		list = append(list, w.listItem(w.named(a.GetName(), a.GetDescription()), "actor", a.GetName(), a.GetId(), nested...))
	}
	w.items(o.GetActorsNote(), list, false)
}

// actions writes the actions. Actors stand below by name, since ids mean
// nothing to those who read the document; the reader finds them again by their
// names.
func (w *writer) actions(o *reviewpkgv1.Overview) {
	w.heading(4, "Actions")
	names := map[string]string{}
	// A joint review names actors of the self-assessment.
	for _, a := range append(w.p.GetSelfAssessment().GetOverview().GetActors(), o.GetActors()...) {
		names[a.GetId()] = a.GetName()
	}
	var list []string
	for _, a := range o.GetActions() {
		var nested []string
		if len(a.GetActorIds()) > 0 {
			item := "* Actors:"
			for _, id := range a.GetActorIds() {
				item += "\n  * " + strings.Trim(bold(names[id]), "*")
			}
			nested = append(nested, item)
		}
		if len(a.GetSteps()) > 0 {
			item := "* Steps:"
			for _, step := range a.GetSteps() {
				item += "\n  * " + strings.TrimPrefix(indented(indented(w.prose(step, true))), "    ")
			}
			nested = append(nested, item)
		}
		for _, f := range []struct{ label, text string }{
			{"Security checks", a.GetSecurityChecks()}, {"Use of sensitive data", a.GetSensitiveData()}, {"Actor interactions", a.GetInteractions()},
			{"Input", a.GetInput()}, {"Output", a.GetOutput()}, {"Phase", a.GetPhase()},
		} {
			nested = append(nested, w.labelled(f.label, f.text)...)
		}
		list = append(list, w.listItem(w.named(a.GetName(), a.GetDescription()), "action", a.GetName(), a.GetId(), nested...))
	}
	w.items(o.GetActionsNote(), list, false)
}

// goals writes goals in groups: those of no kind, general ones, those of
// security. Non-goals have groups of the same names with a word before.
func (w *writer) goals(level int, title, kind string, note *reviewpkgv1.Narrative, goals []*reviewpkgv1.Goal) {
	w.heading(level, title)
	groups := map[reviewpkgv1.GoalKind][]string{}
	for _, g := range goals {
		text := w.prose(g.GetText(), true)
		e := goalEntry(g.GetText())
		groups[g.GetKind()] = append(groups[g.GetKind()], w.listItem(text, kind, goalName(&e), g.GetId()))
	}
	var list []string
	for k, label := range []string{"", "General goals", "Security goals"} {
		items := groups[reviewpkgv1.GoalKind(k)] //nolint:gosec // 0 to 2
		if len(items) > 0 && label != "" {
			if kind != "goal" {
				label = strings.Replace(label, "goals", "non-goals", 1)
			}
			list = append(list, "**"+label+"**")
		}
		list = append(list, items...)
	}
	w.items(note, list, true)
}

// goalEntry returns the entry that a goal is read as, for its name.
func goalEntry(text string) entry {
	return (&outline{}).textEntry(text, &block{})
}

// functions writes both lists of components, each as a bullet of the template.
func (w *writer) functions(level int, title string, f *reviewpkgv1.SecurityFunctions) {
	w.heading(level, title)
	if f.HasText() {
		w.line(w.answer(f.GetText()))
	}
	w.bullet("Critical.", nil, w.components("critical", f.GetCriticalNote(), f.GetCritical())...)
	w.bullet("Security Relevant.", nil, w.components("relevant", f.GetRelevantNote(), f.GetRelevant())...)
}

// components returns components as items.
func (w *writer) components(kind string, note *reviewpkgv1.Narrative, list []*reviewpkgv1.SecurityFunction) []string {
	var items []string
	for _, c := range list {
		items = append(items, w.listItem(w.named(c.GetName(), c.GetDescription()), kind, c.GetName(), c.GetId(), w.labelled("Importance", c.GetImportance())...))
	}
	return w.itemParts(note, items, false)
}
