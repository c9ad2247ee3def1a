package cncf

import (
	"slices"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// A section is what stands under a heading, or behind something that authors
// use for one: a bold paragraph, or the lead of a list item. No path of
// headings leads to one: levels are skipped in eight documents, and 13 of 59
// headings with goals are not below the one that the template has them under.
type section struct {
	label  string     // plain text of the heading
	folded string     // the label as labels are compared, once it was asked for
	level  int        // of the heading; 0 before any, 7 for what is no real one
	start  int        // line of the heading
	body   int        // first line behind the heading
	said   int        // line behind what stands on the lines of the label
	end    int        // line behind the section's own text
	lead   string     // text that follows the label on its own lines
	indent int        // columns that the blocks are indented by
	blocks []*block   // below the heading, without those of its leads
	parent *section   // nil for the root, which no heading begins
	subs   []*section // in the order of their lines

	parts []part                 // several, if the heading names several
	how   reviewpkgv1.Derivation // by which of the steps the parts were found
}

// key returns the label as labels are compared.
func (s *section) key() string {
	// A label of punctuation folds to nothing, and is folded again each time;
	// there are few.
	if s.folded == "" && s.label != "" {
		s.folded = key(s.label)
	}
	return s.folded
}

// has reports whether the section is a part.
func (s *section) has(p part) bool { return slices.Contains(s.parts, p) }

// bare reports whether there is nothing under the heading. Comments do not
// count: templates hide in them.
func (s *section) bare() bool {
	for _, b := range s.blocks {
		if b.kind != comment {
			return false
		}
	}
	return s.lead == "" && len(s.subs) == 0
}
