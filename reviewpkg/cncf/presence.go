package cncf

import (
	"strings"

	"github.com/reviewpkg/sdk/internal/intake"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// presence says how a question was answered by the text of a section. The
// template's text comes first: it has words such as none in it.
func (r *reader) presence(s *section, text string) reviewpkgv1.Presence {
	if r.template(s.start, r.fullEnd(s), text) {
		return reviewpkgv1.Presence_PRESENCE_TEMPLATE_TEXT
	}
	return presenceOf(text)
}

// presenceOf says how a question was answered, going by the text of the answer.
// A text that answers has no presence of its own; only short texts say that
// there is nothing to say. The limit is that of a sentence: "none" inside of a
// longer answer is about something else.
func presenceOf(text string) reviewpkgv1.Presence {
	const short = 160
	if longAnswer(text[:min(len(text), 2*short)], short) {
		return reviewpkgv1.Presence_PRESENCE_UNSPECIFIED
	}
	head := stripComments(text[:min(len(text), 2*short)])
	switch folded := intake.Fold(plainText(head)); {
	case folded == "" && len(text) < 2*short: // a label without an answer
		return reviewpkgv1.Presence_PRESENCE_EMPTY
	case len(folded) > short: // an answer
		return reviewpkgv1.Presence_PRESENCE_UNSPECIFIED
	default:
		return shortPresence(folded)
	}
}

// longAnswer reports whether a text has more letters than a limit before any
// markup that could hide some of them. Most answers do, and need not be folded
// to see that they are long.
func longAnswer(text string, limit int) bool {
	if i := strings.IndexAny(text, "<["); i >= 0 {
		text = text[:i]
	}
	return manyLetters(text, limit)
}

// manyLetters reports whether a text has more letters and digits than a limit.
func manyLetters(text string, limit int) bool {
	letters := 0
	for i := range len(text) {
		if lowered[text[i]] != 0 {
			if letters++; letters > limit {
				return true
			}
		}
	}
	return false
}

// unknownWords and noneWords are what a short answer has anywhere in it.
var (
	unknownWords = newPhrases("not enough information", "no information could be", "could not be determined")
	noneWords    = newPhrases("does not have a", "do not have a", "does not have any", "do not have any", "does not yet have", "no known ", "has no ", "have no ")
)

// shortPresence reads a short answer, folded. "N/A" is what seven documents say
// about compliance, "does not generate" what 20 say about an SBOM, "not enough
// information" what students wrote who could not find out.
func shortPresence(folded string) reviewpkgv1.Presence {
	switch {
	case oneOf(folded, "n a", "na", "not applicable", "not applicable at this time", "does not apply", "this is not applicable") ||
		strings.HasPrefix(folded, "not applicable") || strings.HasPrefix(folded, "n a "):
		return reviewpkgv1.Presence_PRESENCE_NOT_APPLICABLE
	case oneOf(folded, "tbd", "to be determined", "unknown", "not known", "to be done", "todo") ||
		unknownWords.in(folded):
		return reviewpkgv1.Presence_PRESENCE_UNKNOWN
	case oneOf(folded, "none", "no", "nothing", "none at this time", "none yet", "none at the moment", "none currently") ||
		strings.HasPrefix(folded, "there are no ") || strings.HasPrefix(folded, "there is no ") || strings.HasPrefix(folded, "none ") ||
		noneWords.in(folded):
		return reviewpkgv1.Presence_PRESENCE_NONE_DECLARED
	default:
		return reviewpkgv1.Presence_PRESENCE_UNSPECIFIED
	}
}

// listPresence says how a question that asks for a list was answered. There a
// first sentence that denies the whole question decides, whatever follows.
func listPresence(text string) reviewpkgv1.Presence {
	// A short answer needs no second look.
	if state := presenceOf(text); state != 0 {
		return state
	}
	first, _, _ := strings.Cut(plainText(withoutComments(text[:min(len(text), 320)])), ". ")
	return firstPresence(intake.Fold(first))
}

// firstPresence reads a sentence that denies a question as a whole.
// Vulnerabilities are what it is about: documents deny them at the beginning,
// and go on with how they are looked for.
func firstPresence(folded string) reviewpkgv1.Presence {
	if containsAny(folded, " were not found", " could not be found") {
		return reviewpkgv1.Presence_PRESENCE_NONE_DECLARED
	}
	for _, start := range []string{"there haven t been any", "there have not been any", "there has not been any", "there have been no", "we don t have any", "we do not have any", "no cve", "no vulnerabilities have",
		"no security issues have", "currently there are no", "at this time there are no", "there are currently no", "there are no known"} {
		if strings.HasPrefix(folded, start) {
			return reviewpkgv1.Presence_PRESENCE_NONE_DECLARED
		}
	}
	return reviewpkgv1.Presence_PRESENCE_UNSPECIFIED
}
