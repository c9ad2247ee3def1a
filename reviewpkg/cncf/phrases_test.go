package cncf

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// TestPhrases holds that phrases find what a look for one after the other finds.
func TestPhrases(t *testing.T) {
	word := rapid.StringOfN(rapid.RuneFrom([]rune("abz -")), 2, 5, -1)
	rapid.Check(t, func(t *rapid.T) {
		texts := rapid.SliceOfN(word, 0, 64).Draw(t, "phrases")
		text := rapid.StringOfN(rapid.RuneFrom([]rune("abz -é")), 0, 60, -1).Draw(t, "text")
		p := newPhrases(texts...)
		found := p.find(text)
		for i, w := range texts {
			if have, want := found&(1<<i) != 0, strings.Contains(text, w); have != want {
				t.Errorf("%q in %q: %v", w, text, have)
			}
		}
		if p.in(text) != containsAny(text, texts...) {
			t.Errorf("in(%q) = %v with %q", text, p.in(text), texts)
		}
	})
}

// TestQuickSearches holds that the searches which skip what is frequent find
// what a plain search finds.
func TestQuickSearches(t *testing.T) {
	pieces := rapid.SampledFrom([]string{"http", "https", "://", "s", "x.example", "/", "w", "[", "]", "(", ")", `\`, " ", "A", "É"})
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(pieces, 0, 30).Draw(t, "text"), "")
		from := rapid.IntRange(0, len(text)).Draw(t, "from")
		want := len(text)
		for i := range text[from:] {
			if rest := text[from+i:]; strings.HasPrefix(rest, "http://") || strings.HasPrefix(rest, "https://") {
				want = from + i
				break
			}
		}
		if have := nextAddress(text, from, -1); have != want {
			t.Errorf("nextAddress(%q, %d) = %d, want %d", text, from, have, want)
		}
		for _, url := range []string{"https://x.example", "http://w", "://", "x.example", "https://"} {
			if have, want := indexURL(text, url), strings.Index(text, url); have != want {
				t.Errorf("indexURL(%q, %q) = %d, want %d", text, url, have, want)
			}
		}
		if have, want := lowerCase(text), strings.ReplaceAll(text, "A", "a"); have != want {
			t.Errorf("lowerCase(%q) = %q", text, have)
		}
		link := "[" + text
		if have, want := matching(link, '[', ']'), closing(link); have != want {
			t.Errorf("matching(%q) = %d, want %d", link, have, want)
		}
	})
}

// closing returns where the bracket is closed that a text begins with.
func closing(text string) int {
	var open []int
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '\\':
			i++
		case '[':
			open = append(open, i)
		case ']':
			if open = open[:len(open)-1]; len(open) == 0 {
				return i
			}
		}
	}
	return -1
}

// TestTemplateStarts holds that the beginnings are those of the sentences.
func TestTemplateStarts(t *testing.T) {
	for _, print := range templatePrints {
		if !beginsTemplate(print) {
			t.Errorf("%016x does not begin as itself", print)
		}
	}
	beginnings := 0
	for start := range uint64(1 << startBits) {
		head := start << (64 - startBits)
		want := slices.ContainsFunc(templatePrints[:], func(print uint64) bool { return print>>(64-startBits) == start })
		if beginsTemplate(head) != want {
			t.Fatalf("beginsTemplate(%016x) = %v", head, !want)
		}
		if want {
			beginnings++
		}
	}
	if beginnings == 0 {
		t.Error("no sentence begins")
	}
}
