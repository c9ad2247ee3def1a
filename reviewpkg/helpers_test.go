package reviewpkg_test

import (
	"slices"
	"strings"

	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/types/dynamicpb"
)

// newMessage returns an empty message of a kind that has no Go type.
func newMessage(kind protoreflect.MessageDescriptor) proto.Message {
	return dynamicpb.NewMessage(kind)
}

// sortLines sorts the lines of a text.
func sortLines(text string) string {
	lines := strings.SplitAfter(text, "\n")
	slices.Sort(lines)
	return strings.Join(lines, "")
}
