package cncf

import (
	"fmt"
	"strings"

	"github.com/reviewpkg/sdk/internal/intake"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// readOverview reads the overview and its parts. The summary and the background
// are answers in words; the rest are lists.
func (r *reader) readOverview() {
	o := &reviewpkgv1.Overview{}
	r.a.SetOverview(o)
	o.SetSummary(r.narrative(overview, r.at("overview.summary")))
	o.SetBackground(r.narrative(background, r.at("overview.background")))
	r.readActors(o)
	r.readActions(o)
	o.SetGoals(r.readGoals(goals, "overview.goals", "goal", o.SetGoalsNote))
	o.SetNonGoals(r.readGoals(nonGoals, "overview.non_goals", "non-goal", o.SetNonGoalsNote))
	if intake.IsEmpty(o) {
		r.a.ClearOverview()
	}
}

// isolationLabels are the labels of how an actor is isolated. The template asks
// for it. Few give it a line of its own; elsewhere it is in the description.
var isolationLabels = []string{"isolation", "isolated", "means of isolation"}

// readActors reads the actors. What a labelled line says about one goes into
// the field of that name. The sample of the template is an actor of nobody.
func (r *reader) readActors(o *reviewpkgv1.Overview) {
	s := r.found[actors]
	if s == nil {
		return
	}
	l := r.entries(s, groupsOf("actors"))
	var list []*reviewpkgv1.AssessmentActor
	for i := range l.entries {
		e := &l.entries[i]
		name, _ := e.name()
		if name == "" || r.templateEntry(e) {
			continue
		}
		a := reviewpkgv1.AssessmentActor_builder{
			Id: r.id("actor", name, e.id), Name: name,
			Description: e.without(e.field(isolationLabels...), e.field("role"), e.field("trust")),
			Isolation:   e.value(isolationLabels...), Role: e.value("role"), Trust: e.value("trust"),
		}.Build()
		list = append(list, a)
		r.claimEntry(r.item("overview.actors", a.GetId()), e)
	}
	o.SetActors(list)
	o.SetActorsNote(r.note(actors, s, l.note, len(list), r.at("overview.actors_note")))
}

// groupsOf returns a grouper for headings such as "Core actions", under which
// actions are listed.
func groupsOf(word string) grouper {
	return func(label string) bool {
		return strings.HasSuffix(strings.ToLower(strings.TrimRight(label, " :.")), " "+word)
	}
}

// readActions reads the actions. Actors are named there by labelled lines.
// Actions are the freest of all sections: steps, flows, tables, a line with
// input and output.
func (r *reader) readActions(o *reviewpkgv1.Overview) {
	s := r.found[actions]
	if s == nil {
		return
	}
	// An author who lists both together tells them apart by words, if at all.
	if s.has(actors) {
		r.states[actions] = r.states[actors]
		return
	}
	l := r.entries(s, groupsOf("actions"))
	var list []*reviewpkgv1.Action
	for i := range l.entries {
		e := &l.entries[i]
		name, _ := e.name()
		if name == "" || r.templateEntry(e) {
			continue
		}
		a := reviewpkgv1.Action_builder{Id: r.id("action", name, e.id), Name: name, ActorIds: r.actorIDs(o, e)}.Build()
		r.actionFields(a, e)
		list = append(list, a)
		r.claimEntry(r.item("overview.actions", a.GetId()), e)
	}
	o.SetActions(list)
	o.SetActionsNote(r.note(actions, s, l.note, len(list), r.at("overview.actions_note")))
}

// actionFields reads the labelled lines of an action. What is left is its
// description. The labels are those of the documents that have any; a label
// that is none of these stays in the description.
func (r *reader) actionFields(a *reviewpkgv1.Action, e *entry) {
	var used []*field
	take := func(set func(string), labels ...string) {
		if f := e.field(labels...); f != nil && f.value != "" {
			set(f.value)
			used = append(used, f)
		}
	}
	take(a.SetSecurityChecks, "security check")
	take(a.SetSensitiveData, "use of sensitive data", "sensitive data", "data handling", "data use")
	take(a.SetInteractions, "actor interaction", "interaction")
	take(a.SetInput, "data input", "input")
	take(a.SetOutput, "output", "data output")
	take(a.SetPhase, "phase", "mode")
	// Steps are a list; a flow in one sentence is description.
	if f := e.field("steps", "workflow"); f != nil && len(f.items) > 0 {
		a.SetSteps(f.items)
		used = append(used, f)
	}
	if f := e.field("actor", "involved actor"); f != nil && len(a.GetActorIds()) > 0 {
		used = append(used, f)
	}
	a.SetDescription(e.without(used...))
	// A table or list that labels everything labels the description as well.
	if f := e.field("description"); f != nil && len(e.fields) > 1 {
		a.SetDescription(f.value)
	}
}

// actorIDs returns the actors that an action names, and reports names that no
// actor has. Components that are no actors, users and the outside world stand
// in these lines as well.
func (r *reader) actorIDs(o *reviewpkgv1.Overview, e *entry) []string {
	f := e.field("actor", "involved actor", "actors involved")
	if f == nil || strings.HasPrefix(f.label, "actor interaction") {
		return nil
	}
	// A list below the label has one name in each item, whatever its commas.
	names := f.items
	if len(names) == 0 {
		names = splitOutside(strings.ReplaceAll(f.value, "\n", ","), ",;")
	}
	var ids []string
	for _, name := range names {
		name = strings.TrimSuffix(plainText(name), ".")
		if name == "" {
			continue
		}
		id := actorNamed(o.GetActors(), name)
		if id == "" { // a joint review names actors of the self-assessment
			id = actorNamed(r.Import().Package.GetSelfAssessment().GetOverview().GetActors(), name)
		}
		switch {
		case id == "":
			r.Warn("unresolved-name", r.LineStart(f.start), fmt.Sprintf("the action names %q, which the section Actors does not have", shorten(name, maxName)),
				"use the same name in both places")
		// Actors may act twice in one action.
		case !oneOf(id, ids...):
			ids = append(ids, id)
		}
	}
	return ids
}

// actorNamed returns the id of the actor with a name. Case, punctuation and a
// plural s do not count; nothing else is guessed. A wrong actor would be worse
// than a name that is reported.
func actorNamed(list []*reviewpkgv1.AssessmentActor, name string) string {
	want := strings.TrimSuffix(key(withoutParentheses(name)), "s")
	for _, a := range list {
		for _, have := range []string{a.GetName(), withoutParentheses(a.GetName())} {
			if strings.TrimSuffix(key(have), "s") == want {
				return a.GetId()
			}
		}
	}
	return ""
}
