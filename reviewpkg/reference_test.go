package reviewpkg

import (
	"testing"

	"google.golang.org/protobuf/reflect/protoreflect"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// TestReferencesHaveKinds holds that no reference of the model is forgotten,
// and that the table names messages and fields that exist.
func TestReferencesHaveKinds(t *testing.T) {
	used := map[protoreflect.Name]bool{}
	messages := map[protoreflect.Name]bool{}
	for fd := range allFields() {
		messages[fd.ContainingMessage().Name()] = true
		if fd.Kind() != protoreflect.StringKind || !isReference(string(fd.Name())) {
			continue
		}
		used[fd.Name()] = true
		if len(referenceKinds(fd.ContainingMessage().Name(), fd.Name())) == 0 {
			t.Errorf("%s refers to nothing: add it to referenceTable", fd.FullName())
		}
	}
	for field, kinds := range referenceTable {
		if !used[field] {
			t.Errorf("referenceTable has %s, and the model does not", field)
		}
		for _, kind := range kinds {
			if !messages[kind] {
				t.Errorf("%s refers to %s, which a package cannot hold", field, kind)
			}
		}
	}
}

// TestIdsAreRequired holds that every item that can be referred to must have
// an id.
func TestIdsAreRequired(t *testing.T) {
	for fd := range allFields() {
		if fd.Name() == "id" && fd.ContainingMessage().Name() != "ReviewPackage" && !packagePlan().roles[fd].id {
			t.Errorf("%s is no id for the index", fd.FullName())
		}
	}
}

// allFields gives every field of every message that a package can hold.
func allFields() map[protoreflect.FieldDescriptor]bool {
	found := map[protoreflect.FieldDescriptor]bool{}
	seen := map[protoreflect.FullName]bool{}
	var visit func(md protoreflect.MessageDescriptor)
	visit = func(md protoreflect.MessageDescriptor) {
		if seen[md.FullName()] {
			return
		}
		seen[md.FullName()] = true
		for i := range md.Fields().Len() {
			fd := md.Fields().Get(i)
			found[fd] = true
			if fd.Message() != nil {
				visit(fd.Message())
			}
		}
	}
	visit((&reviewpkgv1.ReviewPackage{}).ProtoReflect().Descriptor())
	return found
}

func TestTemplateResidue(t *testing.T) {
	for text, want := range map[string]string{
		"":                                     "",
		"TODO: more":                           "TODO",
		"(TODO)":                               "TODO",
		"TODOIST and xTODO":                    "",
		"see <link to launchpad bug>":          "<link to launchpad bug>",
		"see <https://example.org/a b>":        "",
		"a <br> b <div class=\"x\"> c":         "",
		"x < y and y > z":                      "",
		"Contact: name - irc handle":           "name - irc handle",
		"[project] is a thing":                 "[project]",
		"Draft/Ready for Review/Reviewed":      "Draft/Ready for Review/Reviewed",
		"It keeps a to-do list, and no TODOs.": "",
	} {
		if got := templateResidue(text); got != want {
			t.Errorf("templateResidue(%q) = %q, want %q", text, got, want)
		}
	}
}
