package cncf

import (
	"strings"
	"sync"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// The label books are made once: they are the same for every document.
var (
	assessmentBook = sync.OnceValue(func() *labelBook { return newLabelBook(assessmentParts()) })
	summaryBook    = sync.OnceValue(func() *labelBook { return newLabelBook(summaryParts()) })
)

// A labelBook finds parts by their labels. Exact words are told apart from
// other names, because the report says how each part was found, and because the
// template's own words win; see takeFirst.
type labelBook struct {
	infos  []partInfo // in the order of the template
	byPart [partCount]*partInfo
	holds  [partCount]bool   // whether other parts belong into its section
	exact  map[string][]part // by plain text
	folded map[string][]part // by key
	long   []longName        // names that a misspelling can be told from
}

// A longName is a name of the templates that is no other word misspelt.
type longName struct {
	key  string
	part part
}

// Names that several parts share, such as Goals and Non-Goals, give all of
// them.
func newLabelBook(infos []partInfo) *labelBook {
	b := &labelBook{infos: infos, exact: map[string][]part{}, folded: map[string][]part{}}
	for i := range infos {
		info := &infos[i]
		b.byPart[info.part] = info
		for _, p := range info.within {
			b.holds[p] = true
		}
		for text := range strings.SplitSeq(info.exact, "|") {
			b.exact[text] = append(b.exact[text], info.part)
			k := key(text)
			b.addFolded(k, info.part)
			if len(k) >= shortestLong && !info.generic {
				b.long = append(b.long, longName{k, info.part})
			}
		}
		if info.aliases == "" {
			continue
		}
		for alias := range strings.SplitSeq(info.aliases, "|") {
			b.addFolded(alias, info.part)
		}
	}
	return b
}

func (b *labelBook) addFolded(alias string, p part) {
	for _, known := range b.folded[alias] {
		if known == p {
			return
		}
	}
	b.folded[alias] = append(b.folded[alias], p)
}

// A match is a label that was recognised.
type match struct {
	parts []part                 // more than one if the label names several
	how   reviewpkgv1.Derivation // how sure the match is
}

// find returns the parts that a label names. name is that of the project, which
// authors put before and behind the template's words. The steps go from what is
// certain to what is likely: the template's words, the same words written
// otherwise, without a remark, without the name of the project, and with one
// letter wrong.
func (b *labelBook) find(label, name string) (match, bool) {
	return b.findKey(label, "", name)
}

// findKey returns the parts that a label names whose key is known already.
func (b *labelBook) findKey(label, k, name string) (match, bool) {
	if parts := b.exact[label]; parts != nil {
		return match{parts, reviewpkgv1.Derivation_DERIVATION_EXACT_HEADING}, true
	}
	alias := reviewpkgv1.Derivation_DERIVATION_ALIAS
	if k == "" {
		k = key(label)
	}
	// A label is a few words. What is longer is a sentence in bold, which may
	// contain any name.
	if k == "" || len(k) > 80 {
		return match{}, false
	}
	if parts := b.named(k, name); parts != nil {
		return match{parts, alias}, true
	}
	if short := withoutParentheses(label); short != label {
		if parts := b.named(key(short), name); parts != nil {
			return match{parts, alias}, true
		}
	}
	// Letters and titles of appendices are without number; one part takes all.
	// Appendix A, or Appendix and what is in it.
	if strings.HasPrefix(k, "appendix ") && b.byPart[appendix] != nil {
		return match{[]part{appendix}, alias}, true
	}
	if parts := b.misspelt(k); parts != nil {
		return match{parts, alias}, true
	}
	return match{}, false
}

// named returns the parts with a folded name, with or without the name of the
// project.
func (b *labelBook) named(k, name string) []part {
	if parts := b.folded[k]; parts != nil {
		return parts
	}
	return b.folded[withoutName(k, name)]
}

// withoutParentheses removes a remark at the end: "Critical (not configurable)".
func withoutParentheses(label string) string {
	label = strings.TrimRight(label, " :.")
	if i := strings.IndexByte(label, '('); i > 0 && strings.HasSuffix(label, ")") {
		return label[:i]
	}
	return label
}

// withoutName removes the name of the project from both ends of a folded label:
// "cortex goals", "critical security components of cortex".
func withoutName(k, name string) string {
	if name == "" {
		return ""
	}
	// People shorten the names of projects to their first word.
	if first, _, ok := strings.Cut(name, " "); ok && !strings.HasPrefix(k, name) && !strings.HasSuffix(k, name) && len(first) > 3 {
		name = first
	}
	if rest, ok := strings.CutSuffix(k, name); ok {
		for _, word := range []string{" of ", " in ", " for ", " with "} {
			if rest, ok := strings.CutSuffix(rest, word); ok {
				return rest
			}
		}
	}
	if rest, ok := strings.CutSuffix(k, " project"); ok {
		if rest, ok = strings.CutSuffix(rest, name); ok {
			if rest, ok = strings.CutSuffix(rest, " of the "); ok {
				return rest
			}
		}
	}
	if rest, ok := strings.CutPrefix(k, name); ok {
		for _, word := range []string{" s ", " project ", " "} {
			if rest, ok := strings.CutPrefix(rest, word); ok {
				return rest
			}
		}
	}
	return ""
}

// shortestLong is the length from which one wrong letter leaves no doubt.
const shortestLong = 9

// misspelt returns the parts whose name is one letter away, in words long
// enough that it can be nothing else. More than one letter would make other
// words of the short ones.
func (b *labelBook) misspelt(k string) []part {
	for _, name := range b.long {
		if d := len(k) - len(name.key); -1 <= d && d <= 1 && nearly(k, name.key) {
			return []part{name.part}
		}
	}
	return nil
}

// nearly reports whether a and b differ by one letter that is wrong, missing or
// too many, or by two that changed places. Their lengths differ by one at most.
func nearly(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	if len(a) < len(b) {
		return a[i:] == b[i+1:]
	}
	if i >= len(a)-1 {
		return true
	}
	return a[i+1:] == b[i+1:] || a[i] == b[i+1] && a[i+1] == b[i] && a[i+2:] == b[i+2:]
}
