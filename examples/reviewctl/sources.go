package main

import (
	"cmp"
	"fmt"
	"strings"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// Sources tell in which document the values of a package stand.
type sources struct {
	byPath map[string]*reviewpkgv1.ValueSource
	files  map[string]string // of documents, by id
}

// newSources returns the sources of a package.
func newSources(p *reviewpkgv1.ReviewPackage) *sources {
	s := &sources{byPath: map[string]*reviewpkgv1.ValueSource{}, files: map[string]string{}}
	for _, v := range p.GetValueSources() {
		// The first of several is the one that the others add to.
		if s.byPath[v.GetPath()] == nil {
			s.byPath[v.GetPath()] = v
		}
	}
	paths := map[string]string{}
	for _, a := range p.GetArtifacts() {
		paths[a.GetId()] = a.GetPath()
	}
	for _, d := range p.GetDocuments() {
		s.files[d.GetId()] = cmp.Or(paths[d.GetArtifactId()], d.GetId())
	}
	return s
}

// place returns where a value stands, as " (self-assessment.md:120-124, table
// cell)", or nothing if that is not known. Of a value without a source of its
// own, it is where the nearest thing stands that it is a part of.
func (s *sources) place(path string) string {
	for path != "" {
		if v := s.byPath[path]; v != nil {
			return " (" + s.words(v) + ")"
		}
		// A dot or a bracket in a key is no end of a step, and what it leaves is no
		// path that anything has.
		path = path[:max(0, strings.LastIndexAny(path, ".["))]
	}
	return ""
}

// words returns a source in words.
func (s *sources) words(v *reviewpkgv1.ValueSource) string {
	file := cmp.Or(s.files[v.GetDocumentId()], v.GetDocumentId())
	lines := ""
	switch first, last := v.GetStartLine(), v.GetEndLine(); {
	case first == 0:
	case last <= first:
		lines = fmt.Sprint(first)
	default:
		lines = fmt.Sprintf("%d-%d", first, last)
	}
	var parts []string
	switch {
	case file != "" && lines != "":
		parts = append(parts, file+":"+lines)
	case file != "":
		parts = append(parts, file)
	case lines != "":
		parts = append(parts, "line "+lines)
	}
	parts = append(parts, word(v.GetDerivation()))
	// Where no document is named, a remark is what is left to find it by.
	if file == "" && v.GetNote() != "" {
		parts = append(parts, v.GetNote())
	}
	return strings.Join(parts, ", ")
}
