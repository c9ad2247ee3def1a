package rubric

import (
	"strings"
	"unicode"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// sameName returns a name in the form in which persons are told apart: without
// case, spaces and all that nobody sees. It is empty for a name that shows
// nothing.
//
// It takes two persons for one rather than one for two, because whoever could
// approve what they asked for, or approve it twice, would only need a space.
// Letters of other scripts that look alike stay different: what is on record
// shows them, and whom they belong to is for its readers to say.
func sameName(name string) string {
	// Fullwidth letters and ligatures first, so that they have a case.
	name = cases.Fold().String(norm.NFKC.String(name))
	name = strings.Map(func(r rune) rune {
		if unseen(r) {
			return -1
		}
		return r
	}, name)
	// What was left out may have kept an accent from its letter.
	return norm.NFKC.String(name)
}

// unseen reports whether a rune leaves nothing on paper: controls, spaces, and
// the letters and marks that Unicode wants ignored.
func unseen(r rune) bool {
	const brailleBlank = '\u2800' // a symbol for Unicode, and empty all the same
	return !unicode.IsPrint(r) || r == ' ' || r == brailleBlank ||
		unicode.In(r, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector)
}
