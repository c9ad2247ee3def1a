package reviewpkg

import (
	"google.golang.org/protobuf/proto"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// DiffMessages and ApplyChanges let tests use messages with what the model of a
// package does not have: maps of messages, oneofs, keys that are numbers.

// DiffMessages is Diff for any messages of one type.
func DiffMessages(before, after proto.Message) []*reviewpkgv1.Change {
	return diffMessages(before.ProtoReflect(), after.ProtoReflect())
}

// ApplyChanges is Apply for a message of any type, in place.
func ApplyChanges(m proto.Message, changes []*reviewpkgv1.Change) error {
	return applyChanges(m.ProtoReflect(), changes)
}
