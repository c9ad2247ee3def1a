package reviewpkg

import (
	"slices"

	"github.com/reviewpkg/sdk/internal/fieldpath"
)

// causes knows where a document could not be decoded, so that what follows
// from that is not reported as well: a value that was misspelt is not missing.
//
// It goes by paths and not by places, because that is what the decoder and the
// rules have in common; both spell a path in the same way.
type causes struct {
	// at holds the paths of errors.
	at map[string]struct{}
	// above holds the paths of the messages and lists around them.
	above map[string]struct{}
}

// newCauses returns the causes in a list of decoding errors; meant are the
// paths of fields that are missing because of them.
func newCauses(ds Diagnostics, meant []string) causes {
	// Warnings cause nothing: what they are about is allowed to be missing.
	if ds.Err() == nil {
		return causes{}
	}
	c := causes{at: map[string]struct{}{}, above: map[string]struct{}{}}
	for i := range ds {
		if ds[i].Level == LevelError {
			c.add(ds[i].Path)
		}
	}
	for _, path := range meant {
		c.add(path)
	}
	return c
}

// add adds the path of a mistake. A path that is empty is about the whole
// document, and would explain everything.
func (c *causes) add(path string) {
	p, err := fieldpath.Parse(path)
	if path == "" || err != nil {
		return
	}
	c.at[path] = struct{}{}
	last := len(p) - 1
	c.above[p[:last].String()] = struct{}{}
	if p[last].Kind != fieldpath.Plain {
		p[last] = fieldpath.Step{Field: p[last].Field}
		c.above[p.String()] = struct{}{}
	}
}

// explain reports whether d follows from a cause: it is about a value that
// could not be decoded or a part of it, or says that the fields of a message
// contradict one another, or that two items of a list are the same, one of
// which could not be decoded.
func (c *causes) explain(d *Diagnostic) bool {
	if len(c.at) == 0 {
		return false
	}
	if _, ok := c.above[d.Path]; ok && (d.Code == Inconsistent || d.Code == DuplicateValue) {
		return true
	}
	p, err := fieldpath.Parse(d.Path)
	if err != nil {
		return false
	}
	// A mistake explains whatever is said about its value and all below it.
	for i := range p {
		if _, ok := c.at[p[:i+1].String()]; ok {
			return true
		}
		// An error about a whole list stands above its items.
		whole := slices.Concat(p[:i], fieldpath.Path{{Field: p[i].Field}})
		if _, ok := c.at[whole.String()]; ok {
			return true
		}
	}
	return false
}
