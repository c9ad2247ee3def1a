package cncf

import (
	"strings"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// readGoals reads goals or non-goals. Without a list, every paragraph is one.
// 34 of 48 authors have bullets, and 10 have prose only. A single sentence may
// say that there are no goals beyond the scope, which is a note and no goal.
func (r *reader) readGoals(p part, path, kind string, setNote func(*reviewpkgv1.Narrative)) []*reviewpkgv1.Goal {
	s := r.found[p]
	if s == nil {
		return nil
	}
	l := r.entries(s, isGoalGroup)
	if s.has(goals) && s.has(nonGoals) {
		l = r.goalsOf(p, s)
		// Ten of 48 sections are prose only.
	} else if len(l.entries) == 0 {
		l = r.paragraphs(s)
	}
	var list []*reviewpkgv1.Goal
	for i := range l.entries {
		e := &l.entries[i]
		text := e.raw
		if isGoalGroup(e.label) && e.text != "" { // a group in prose
			e.group, e.label, text = e.label, "", e.text
		}
		if text == "" || r.template(e.start, e.end, text) || len(l.entries) == 1 && presenceOf(text) != reviewpkgv1.Presence_PRESENCE_UNSPECIFIED {
			l.note = joinText(l.note, text)
			continue
		}
		g := reviewpkgv1.Goal_builder{Id: r.id(kind, goalName(e), e.id), Text: text, Kind: goalKind(e.group)}.Build()
		list = append(list, g)
		r.claimEntry(r.item(path, g.GetId()), e)
	}
	setNote(r.note(p, s, l.note, len(list), r.at(path+"_note")))
	return list
}

// goalsOf returns what a section that has goals and non-goals lists under the
// name of one of them. What stands under neither could be either, and is left
// to the text.
func (r *reader) goalsOf(p part, s *section) listing {
	all := r.entries(s, func(label string) bool { return goalPart(label) != noPart })
	out := listing{note: all.note}
	for _, e := range all.entries {
		if group := goalPart(e.group); group == noPart {
			out.note = joinText(out.note, e.raw)
		} else if group == p {
			e.group = ""
			out.entries = append(out.entries, e)
		}
	}
	if len(out.entries) == 0 && p == goals {
		out.note = r.fullText(s)
		r.Warn("unclear-value", r.LineStart(s.start), "nothing tells the goals from the non-goals", "put them under headings of their own")
	}
	if p == nonGoals {
		out.note = "" // it is a note on the goals
	}
	return out
}

// goalPart returns whether a label inside of such a section is that of the goals
// or of the non-goals.
func goalPart(label string) part {
	switch key(label) {
	case "goals", "goal", "in scope":
		return goals
	case "non goals", "non goal", "nongoals", "out of scope":
		return nonGoals
	default:
		return noPart
	}
}

// goalName returns words that an id can be made of. The id of a goal lasts as
// long as its first words.
func goalName(e *entry) string {
	if e.label != "" {
		return shorten(e.label, 40)
	}
	return nameOf(e.text, 40)
}

// isGoalGroup reports whether a label divides goals into general ones and those
// of security. Seven documents divide their goals so, six of them the non-goals
// as well; three have a heading for security goals only.
func isGoalGroup(label string) bool {
	switch key(label) {
	case "general", "general goals", "general non goals", "general goal", "security", "security goals", "security non goals", "security goal",
		"project goals", "non security goals", "functional goals", "security guarantees":
		return true
	default:
		return false
	}
}

// The template asks for security guarantees among the goals, and no author
// marks them but by the heading above.
func goalKind(group string) reviewpkgv1.GoalKind {
	switch k := key(group); {
	case strings.HasPrefix(k, "security"):
		return reviewpkgv1.GoalKind_GOAL_KIND_SECURITY
	case k != "":
		return reviewpkgv1.GoalKind_GOAL_KIND_GENERAL
	default:
		return reviewpkgv1.GoalKind_GOAL_KIND_UNSPECIFIED
	}
}

// paragraphs reads the paragraphs of a section as entries. Pictures and what
// this package writes for nothing are not among them.
func (o *outline) paragraphs(s *section) listing {
	var out listing
	var rest []*block
	if s.lead != "" {
		out.entries = append(out.entries, entry{text: s.lead, raw: s.lead, start: s.start, end: s.body + 1, how: s.how})
	}
	for _, b := range s.blocks {
		if b.kind != paragraph {
			rest = append(rest, b)
			continue
		}
		text := strings.TrimSpace(dedent(o.Lines(b.start, b.end), s.indent))
		if strings.HasPrefix(text, "![") || text == notStated {
			rest = append(rest, b)
			continue
		}
		out.entries = append(out.entries, entry{text: text, raw: text, start: b.start, end: b.end, how: reviewpkgv1.Derivation_DERIVATION_STATED})
	}
	out.note = o.source(rest, s.indent)
	return out
}
