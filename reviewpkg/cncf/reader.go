package cncf

import (
	"strings"

	"google.golang.org/protobuf/reflect/protoreflect"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// A reader reads one document into the package. It finds nothing by itself: the
// outline says where the parts are, and each reading of a part claims the lines
// that it took its values from.
type reader struct {
	*outline
	a      *reviewpkgv1.Assessment         // that the document is, or nil
	root   string                          // field path of the assessment
	prefix string                          // of the ids of its items
	counts [partCount]int                  // items read from each part
	states [partCount]reviewpkgv1.Presence // how each part was answered
	// Parts that hold others, in which the template's text was left in.
	leftOver [partCount]bool

	linked   bool // linkList is made
	linkList []link

	seen           string // the text without comments, once it was asked for
	templated      []bool // lines on which a sentence of a template begins
	templateStarts []int  // where these sentences begin
}

// visible returns the text with blanks for comments.
func (r *reader) visible() string {
	if r.seen == "" {
		r.seen = blankComments(r.Text)
	}
	return r.seen
}

func newReader(o *outline) *reader {
	return &reader{outline: o}
}

// at returns the field path of something in the assessment. A joint review and
// a self-assessment have the same fields below different roots.
func (r *reader) at(path string) string { return r.root + "." + path }

// count notes how many items were read from a part.
func (r *reader) count(p part, n int) { r.counts[p] += n }

// id returns an id for an item: the one that the document gives it, if it can
// be had, or one made of its name. Ids come from names, so that a second import
// of an edited document gives most items the same ones.
func (r *reader) id(kind, name, given string) string {
	// An id that another item has already is one that somebody copied with the
	// line; the name then makes one.
	if given != "" && r.Import().Take(given) {
		return given
	}
	return r.Import().ID(r.prefix+kind, name)
}

// claimEntry says that the item at path was read from the lines of an entry.
func (r *reader) claimEntry(path string, e *entry) { r.Claim(path, e.start, e.end, e.how, "") }

// item returns the path of an item of a list.
func (r *reader) item(list, id string) string { return r.at(list) + `["` + id + `"]` }

// protoName returns the field of a path such as links[2].
func protoName(path string) protoreflect.Name {
	if i := strings.IndexAny(path, "[."); i >= 0 {
		path = path[:i]
	}
	return protoreflect.Name(path)
}
