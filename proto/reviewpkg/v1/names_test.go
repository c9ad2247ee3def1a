package reviewpkgv1_test

import (
	"testing"

	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/reflect/protoregistry"
)

// TestNamesInOtherLanguages finds fields whose accessors would clash in a language
// that makes several of one field: Java has getX and getXBytes for a text, and
// getXList and getXCount for a list.
func TestNamesInOtherLanguages(t *testing.T) {
	messages := 0
	protoregistry.GlobalTypes.RangeMessages(func(mt protoreflect.MessageType) bool {
		md := mt.Descriptor()
		if md.ParentFile().Package() != "reviewpkg.v1" {
			return true
		}
		messages++
		for i := range md.Fields().Len() {
			fd := md.Fields().Get(i)
			var made []protoreflect.Name
			if fd.Kind() == protoreflect.StringKind {
				made = append(made, "_bytes")
			}
			if fd.IsList() || fd.IsMap() {
				made = append(made, "_list", "_count", "_map")
			}
			if fd.Kind() == protoreflect.EnumKind {
				made = append(made, "_value")
			}
			for _, suffix := range made {
				if md.Fields().ByName(fd.Name()+suffix) != nil {
					t.Errorf("%s: %s%s has the name of an accessor of %s in Java", md.FullName(), fd.Name(), suffix, fd.Name())
				}
			}
		}
		return true
	})
	if messages == 0 {
		t.Error("there are no messages")
	}
}
