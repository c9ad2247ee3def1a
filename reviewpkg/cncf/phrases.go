package cncf

import (
	"iter"
	"math/bits"
	"strings"
	"sync"
)

// Phrases are looked for in a text all at once. Answers are asked about many
// words, and to look for one after the other reads the text as often. They are
// made ready when they are first looked for: who imports the package may never
// read a document.
type phrases struct {
	texts []string
	ready sync.Once
	// list is the list of the phrases with a byte, by that byte; zero for none.
	list [256]uint8
	// lists has each phrase once, by the byte of it that is rarest in texts, so
	// that few places need a closer look.
	lists [][]phrase
}

// A phrase is one of the phrases.
type phrase struct {
	text  string
	at    int  // of the byte that it is found by
	next  byte // beside that byte
	side  int  // on which side, 1 or -1
	index int  // in the list that the phrases were made of
}

// newPhrases returns phrases that can be looked for, at most 64, of two letters
// or more.
func newPhrases(texts ...string) *phrases { return &phrases{texts: texts} }

// prepare sorts the phrases by their bytes.
func (p *phrases) prepare() {
	p.lists = make([][]phrase, 1)
	for i, text := range p.texts {
		at := 0
		for k := range len(text) {
			if rarity(text[k]) > rarity(text[at]) {
				at = k
			}
		}
		c := text[at]
		if p.list[c] == 0 {
			p.list[c] = uint8(len(p.lists)) //nolint:gosec // at most 64
			p.lists = append(p.lists, nil)
		}
		side := 1
		if at+1 == len(text) {
			side = -1
		}
		p.lists[p.list[c]] = append(p.lists[p.list[c]], phrase{text, at, text[at+side], side, i})
	}
}

// phrasesOf returns phrases of which each belongs to an item of a list.
func phrasesOf[T any](list []T, text func(T) string) *phrases {
	var texts []string
	for _, item := range list {
		texts = append(texts, text(item))
	}
	return newPhrases(texts...)
}

// frequent has the bytes of English texts, the most frequent first. Other
// punctuation and digits are as frequent as a slash.
const frequent = " etaoinsrhldcumfpgy.-/wbvkxjqz"

// rarity returns a number that is greater for a byte that is rarer.
func rarity(c byte) int {
	if i := strings.IndexByte(frequent, c); i >= 0 {
		return i
	}
	return strings.IndexByte(frequent, '/')
}

// in reports whether one of the phrases stands in a text.
func (p *phrases) in(text string) bool {
	p.ready.Do(p.prepare)
	for i := range len(text) {
		if l := p.list[text[i]]; l != 0 && p.at(text, i, l) != 0 {
			return true
		}
	}
	return false
}

// A phraseSet is a set of phrases, by their indexes.
type phraseSet uint64

// first returns the lowest index of a set that is not empty.
func (s phraseSet) first() int { return bits.TrailingZeros64(uint64(s)) }

// all returns the indexes, the lowest first.
func (s phraseSet) all() iter.Seq[int] {
	return func(yield func(int) bool) {
		for ; s != 0; s &= s - 1 {
			if !yield(s.first()) {
				return
			}
		}
	}
}

// find returns the phrases that stand in a text.
func (p *phrases) find(text string) (found phraseSet) {
	p.ready.Do(p.prepare)
	for i := range len(text) {
		if l := p.list[text[i]]; l != 0 {
			found |= p.at(text, i, l)
		}
	}
	return found
}

// at returns which of the phrases of a list stand around a place of a text.
func (p *phrases) at(text string, i int, list uint8) (found phraseSet) {
	for _, f := range p.lists[list] {
		if beside := i + f.side; beside < 0 || beside >= len(text) || text[beside] != f.next {
			continue // nearly always
		}
		if i >= f.at && strings.HasPrefix(text[i-f.at:], f.text) {
			found |= 1 << f.index
		}
	}
	return found
}
