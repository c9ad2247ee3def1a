package cncf

import (
	"strings"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// readGoals reads goals or non-goals. Without a list, every paragraph is one.
func (r *reader) readGoals(p part, path, kind string, setNote func(*reviewpkgv1.Narrative)) []*reviewpkgv1.Goal {
	s := r.found[p]
	if s == nil {
		return nil
	}
	l := r.entries(s, isGoalGroup)
	if len(l.entries) == 0 {
		l = r.paragraphs(s)
	}
	var list []*reviewpkgv1.Goal
	for i := range l.entries {
		e := &l.entries[i]
		text := e.raw
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

// goalName returns words that an id can be made of.
func goalName(e *entry) string {
	if e.label != "" {
		return shorten(e.label, 40)
	}
	return shorten(plainText(beginning(e.text)), 40)
}

// isGoalGroup reports whether a label divides goals into general ones and those
// of security.
func isGoalGroup(label string) bool {
	switch key(label) {
	case "general", "general goals", "general non goals", "general goal", "security", "security goals", "security non goals", "security goal",
		"project goals", "non security goals", "functional goals", "security guarantees":
		return true
	default:
		return false
	}
}

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

// paragraphs reads the paragraphs of a section as entries.
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
