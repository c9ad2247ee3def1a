package cncf

import (
	"slices"
	"strings"

	"github.com/reviewpkg/sdk/internal/intake"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// taskState returns the state of a task box, if a text begins with one. The
// text keeps the box; see trimTask.
func taskState(text string) (reviewpkgv1.Disposition, bool) {
	switch {
	case strings.HasPrefix(text, "[ ] "):
		return reviewpkgv1.Disposition_DISPOSITION_OPEN, true
	case strings.HasPrefix(text, "[x] "), strings.HasPrefix(text, "[X] "):
		return reviewpkgv1.Disposition_DISPOSITION_DONE, true
	default:
		return 0, false
	}
}

// The box is state, and would be read as a name in brackets otherwise.
func trimTask(text string) string {
	for _, box := range []string{"[ ] ", "[x] ", "[X] "} {
		if rest, ok := strings.CutPrefix(text, box); ok {
			return rest
		}
	}
	return text
}

// dispositionStarts are how the remarks of dispositionOf begin, as far as they
// need be told from others.
var dispositionStarts = []string{
	"addressed", "fixed", "resolved", "done", "completed", "implemented", "merged", "this ", "doc", "has been ", "updated", "added",
	"filed", "track", "issue ", "opened", "created ", "in progress", "being ", "work", "accepted", "planned", "on the ", "out of ",
	"won", "will ", "declined", "rejected", "not ", "maintainer", "project ", "response", "answer",
}

// remarkStart returns the beginning of a remark, folded: enough to tell how it
// begins, if no link or tag is in it, and all of it otherwise.
func remarkStart(text string) string {
	const enough = 20
	if n := 2 * enough; n < len(text) && !strings.ContainsAny(text[:n], "[<") {
		if head := intake.Fold(plainText(text[:n])); len(head) >= enough {
			return head
		}
	}
	return intake.Fold(plainText(text))
}

// dispositionOf reads what became of a recommendation from a remark below it. A
// remark that says nothing of the kind is a point of its own; one by the
// maintainers is an answer. Nobody has a field for it. The words are those that
// the census of twelve reviews found, and others that mean the same; they count
// at the beginning of a remark only, because inside of a sentence they are
// about something else.
func dispositionOf(text string) (reviewpkgv1.Disposition, bool) {
	if d, ok := statedDisposition(text); ok {
		return d, true
	}
	folded := remarkStart(text)
	starts := func(words ...string) bool {
		return slices.ContainsFunc(words, func(w string) bool { return strings.HasPrefix(folded, w) })
	}
	if !starts(dispositionStarts...) {
		return 0, false // most points, which are not folded to their end
	}
	folded = intake.Fold(plainText(text))
	switch {
	case starts("addressed", "fixed", "resolved", "done", "completed", "implemented", "merged", "this has been addressed", "this has been fixed", "this was fixed", "this was addressed", "docs have been updated", "documentation has been updated", "has been fixed", "has been addressed", "updated in", "added in"): // with a link to the change
		return reviewpkgv1.Disposition_DISPOSITION_DONE, true
	// Filed and fixed in one remark: what came last counts.
	case starts("filed", "tracked", "issue filed", "tracking", "opened", "created issue") && containsAny(folded, "fixed", "resolved", "merged", "addressed", "completed", "closed"):
		return reviewpkgv1.Disposition_DISPOSITION_DONE, true
	case starts("in progress", "being implemented", "being addressed", "work in progress", "working on", "being worked"): // also "being implemented" in findings
		return reviewpkgv1.Disposition_DISPOSITION_IN_PROGRESS, true
	case starts("accepted", "planned", "on the roadmap", "added to the roadmap"): // no more than the will
		return reviewpkgv1.Disposition_DISPOSITION_ACCEPTED, true
	// A tracker alone does not say that anybody agreed.
	case starts("filed", "tracked in", "tracked by", "issue filed", "opened issue", "created issue", "tracking issue"):
		return reviewpkgv1.Disposition_DISPOSITION_OPEN, true
	case starts("out of scope"): // of the project, or of the review
		return reviewpkgv1.Disposition_DISPOSITION_OUT_OF_SCOPE, true
	case starts("won t fix", "wont fix", "will not fix", "declined", "rejected"): // nobody said so yet
		return reviewpkgv1.Disposition_DISPOSITION_DECLINED, true
	case starts("not applicable"): // of a threat
		return reviewpkgv1.Disposition_DISPOSITION_NOT_APPLICABLE, true
	// An answer of the maintainers says in its words what they did, or will do.
	// Apostrophes are gone: we've and I'll are two words here.
	case starts("maintainers", "maintainer response", "project response", "response") && containsAny(folded, "ve added", "have added", "has been added", "has been fixed", "was fixed", "have fixed"):
		return reviewpkgv1.Disposition_DISPOSITION_DONE, true
	case starts("maintainers", "maintainer response", "project response", "response") && containsAny(folded, " ll add", "will add", "will be added", "will fix", "plan to"):
		return reviewpkgv1.Disposition_DISPOSITION_ACCEPTED, true
	// An answer that settles nothing is still an answer, and no point.
	case starts("maintainers", "maintainer response", "response", "project response", "answer"):
		return reviewpkgv1.Disposition_DISPOSITION_UNSPECIFIED, true
	default:
		return 0, false
	}
}

// dispositionWords say in one word what became of a recommendation. Their index
// is the value of the enum; the documents of this package have one as a point
// of its own.
func dispositionWords() []string {
	return []string{"", "Open", "Accepted", "In progress", "Done", "Mitigated", "Declined", "Out of scope", "Not applicable"}
}

// statedDisposition reads a remark that is one such word.
func statedDisposition(text string) (reviewpkgv1.Disposition, bool) {
	for d, word := range dispositionWords() {
		if word != "" && text == word+"." {
			return reviewpkgv1.Disposition(d), true //nolint:gosec // an index of the list
		}
	}
	return 0, false
}

// settle notes what became of a recommendation. A change that fixed something
// is a tracker of that kind. A link to an issue is where it is tracked even if
// the issue is closed; only a change can have fixed it.
func settle(rec *reviewpkgv1.Recommendation, d reviewpkgv1.Disposition, text string) {
	if d != 0 {
		rec.SetDisposition(d)
	}
	if _, ok := statedDisposition(text); ok {
		return
	}
	rec.SetDispositionText(joinText(rec.GetDispositionText(), text))
	for _, t := range trackers(text, reviewpkgv1.TrackerRelation_TRACKER_RELATION_TRACKS) {
		if d == reviewpkgv1.Disposition_DISPOSITION_DONE && !strings.Contains(t.GetUrl(), "/issues/") {
			t.SetRelation(reviewpkgv1.TrackerRelation_TRACKER_RELATION_FIXES)
		}
		rec.SetTrackers(append(rec.GetTrackers(), t))
	}
}
