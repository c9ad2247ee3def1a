package export

import (
	_ "embed"
	"fmt"
	"strings"

	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protodesc"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/reflect/protoregistry"
	"google.golang.org/protobuf/types/descriptorpb"
)

// modelSet holds the files of the model with their comments, which generated
// code does not carry. It is written by generate.sh.
//
//go:embed model.binpb
var modelSet []byte

// DescriptorSet returns the model as a serialised FileDescriptorSet, with its
// comments and with the files it imports, each after those it needs. Programs
// in other languages read it where they have no generated code: to decode
// binary packages, or to find the validation rules.
//
// It returns an error if a file is imported that is not linked in.
func DescriptorSet() ([]byte, error) {
	model, err := parseModel()
	if err != nil {
		return nil, err
	}
	byPath := make(map[string]*descriptorpb.FileDescriptorProto, len(model.GetFile()))
	for _, file := range model.GetFile() {
		byPath[file.GetName()] = file
	}
	whole := &descriptorpb.FileDescriptorSet{}
	added := map[string]bool{}
	var add func(path string) error
	add = func(path string) error {
		if added[path] {
			return nil
		}
		added[path] = true
		file := byPath[path]
		if file == nil {
			linked, err := protoregistry.GlobalFiles.FindFileByPath(path)
			if err != nil {
				return fmt.Errorf("import %s of the model: %w", path, err)
			}
			file = protodesc.ToFileDescriptorProto(linked)
		}
		for _, dependency := range file.GetDependency() {
			if err := add(dependency); err != nil {
				return err
			}
		}
		whole.File = append(whole.File, file)
		return nil
	}
	for _, file := range model.GetFile() {
		if err := add(file.GetName()); err != nil {
			return nil, err
		}
	}
	return proto.MarshalOptions{Deterministic: true}.Marshal(whole)
}

// parseModel reads the embedded files. It does so for each call: that takes a
// few milliseconds, seldom matters, and needs no state.
func parseModel() (*descriptorpb.FileDescriptorSet, error) {
	set := &descriptorpb.FileDescriptorSet{}
	if err := proto.Unmarshal(modelSet, set); err != nil {
		return nil, fmt.Errorf("embedded model: %w", err)
	}
	return set, nil
}

// modelFiles returns the files of the model, whose imports need not resolve:
// they serve to find comments by name.
func modelFiles() (*protoregistry.Files, error) {
	set, err := parseModel()
	if err != nil {
		return nil, err
	}
	files, err := protodesc.FileOptions{AllowUnresolvable: true}.NewFiles(set)
	if err != nil {
		return nil, fmt.Errorf("embedded model: %w", err)
	}
	return files, nil
}

// describe returns the comment of a declaration, empty where it has none.
func (b *schemaBuilder) describe(d protoreflect.Descriptor) string {
	known, err := b.model.FindDescriptorByName(d.FullName())
	if err != nil {
		return "" // from outside the model
	}
	return unwrap(known.ParentFile().SourceLocations().ByDescriptor(known).LeadingComments)
}

// unwrap joins the lines of each paragraph of a comment, which are broken
// where the source is and not where an editor would break them.
func unwrap(comment string) string {
	paragraphs := strings.Split(strings.TrimSpace(comment), "\n\n")
	for i, paragraph := range paragraphs {
		paragraphs[i] = strings.Join(strings.Fields(paragraph), " ")
	}
	return strings.Join(paragraphs, "\n\n")
}
