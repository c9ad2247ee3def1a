package rubric

import (
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"

	"github.com/reviewpkg/sdk/internal/fieldpath"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// gapPath is the path that stands for what the criteria of a dimension leave
// open. It is no field of the package: the package lacks it.
func gapPath(dimension string) string { return keyed("criteria", dimension) }

// keyed returns the path of the item of a list with an id.
func keyed(list, id string) string {
	return fieldpath.Path{{Field: list, Kind: fieldpath.Key, Key: id}}.String()
}

// indexed returns the path of item i of a list whose items have no id.
func indexed(list string, i int) string {
	return fieldpath.Path{{Field: list, Kind: fieldpath.Index, Index: i}}.String()
}

// criterionPath returns the path of criterion i of a rubric. Ids are unique in
// a valid rubric.
func criterionPath(r *reviewpkgv1.Rubric, i int) string {
	return keyed("criteria", r.GetCriteria()[i].GetId())
}

// levelPath returns the path of level i of a criterion.
func levelPath(criterion string, i int) string {
	return criterion + "." + indexed("levels", i)
}

// itemPaths returns the paths of the items of a list of m: by id where the id
// stands once in the list, by index otherwise. All at once, because to find out
// whether an id stands once takes a look at the whole list.
func itemPaths(m proto.Message, list protoreflect.Name) []string {
	fd := m.ProtoReflect().Descriptor().Fields().ByName(list)
	items := m.ProtoReflect().Get(fd).List()
	ids, _ := fieldpath.IDs(fd, items)
	paths := make([]string, items.Len())
	for i := range paths {
		paths[i] = indexed(string(list), i)
	}
	for id, i := range ids {
		paths[i] = keyed(string(list), id)
	}
	return paths
}
