package main

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// clean returns text of a stranger as one line that is safe to show: what is
// not visible, or could steer a terminal, becomes U+FFFD.
func clean(text string) string { return strings.Map(visible, text) }

// visible returns the character to show for r.
func visible(r rune) rune {
	const nonJoiner, joiner = '\u200C', '\u200D'
	switch {
	// Spaces of other widths would move what stands behind them.
	case unicode.Is(unicode.Zs, r):
		return ' '
	// Persian and Indic scripts are wrong without the joiners.
	case unicode.IsPrint(r), r == nonJoiner, r == joiner:
		return r
	default:
		return utf8.RuneError
	}
}

// tabWidth is the number of columns that a tab takes. It need not agree with
// the terminal, because no tab is printed.
const tabWidth = 4

// cell returns what to print for a character of a source line, and how many
// columns that takes.
func cell(r rune) (text string, columns int) {
	if r == '\t' {
		return strings.Repeat(" ", tabWidth), tabWidth
	}
	r = visible(r)
	return string(r), width(r)
}

// width returns the number of columns of a character that is visible: two in
// the scripts of East Asia, none for what combines with the one before. It
// follows Unicode Standard Annex 11 as far as source lines need it.
func width(r rune) int {
	const halfKatakana, halfEnd = '\uFF61', '\uFFDC'
	switch {
	case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf):
		return 0
	case halfKatakana <= r && r <= halfEnd:
		return 1
	case unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul, unicode.Bopomofo, unicode.Yi),
		0x3001 <= r && r <= 0x303E, // punctuation of the same scripts
		0xFF01 <= r && r <= 0xFF60, // full-width forms
		0xFFE0 <= r && r <= 0xFFE6,
		0x1F300 <= r && r <= 0x1F64F, // pictures
		0x1F680 <= r && r <= 0x1F6FF,
		0x1F900 <= r && r <= 0x1FAFF:
		return 2
	default:
		return 1
	}
}
