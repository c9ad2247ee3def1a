package main

import (
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"

	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protodesc"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/types/descriptorpb"

	"github.com/reviewpkg/sdk/examples/conformance/kit"
	"github.com/reviewpkg/sdk/examples/conformance/sample"
	"github.com/reviewpkg/sdk/export"
)

// A model is the files of the model, in the order of their names.
type model struct {
	files     []protoreflect.FileDescriptor
	samples   *sample.Sampler
	users     map[protoreflect.FullName][]protoreflect.FieldDescriptor // fields that hold a type
	documents map[protoreflect.FullName]bool
}

// load reads the model with its comments, which generated code does not have.
func load() (*model, error) {
	data, err := export.DescriptorSet()
	if err != nil {
		return nil, err
	}
	set := &descriptorpb.FileDescriptorSet{}
	if err := proto.Unmarshal(data, set); err != nil {
		return nil, err
	}
	files, err := protodesc.NewFiles(set)
	if err != nil {
		return nil, err
	}
	m := &model{samples: sample.New(), users: map[protoreflect.FullName][]protoreflect.FieldDescriptor{}, documents: map[protoreflect.FullName]bool{}}
	// The set has the imports as well, which have references elsewhere.
	files.RangeFilesByPackage("reviewpkg.v1", func(file protoreflect.FileDescriptor) bool {
		m.files = append(m.files, file)
		return true
	})
	slices.SortFunc(m.files, func(a, b protoreflect.FileDescriptor) int { return strings.Compare(a.Path(), b.Path()) })
	for _, d := range kit.Documents() {
		m.documents[d.ProtoReflect().Descriptor().FullName()] = true
	}
	for _, file := range m.files {
		for i := range file.Messages().Len() {
			m.use(file.Messages().Get(i))
		}
	}
	return m, nil
}

// use notes which types the fields of a message have.
func (m *model) use(md protoreflect.MessageDescriptor) {
	for i := range md.Fields().Len() {
		fd := md.Fields().Get(i)
		switch {
		case fd.Enum() != nil:
			m.users[fd.Enum().FullName()] = append(m.users[fd.Enum().FullName()], fd)
		case fd.Message() != nil:
			m.users[fd.Message().FullName()] = append(m.users[fd.Message().FullName()], fd)
		}
	}
}

// pages returns the pages by the names of their files.
func (m *model) pages() (map[string][]byte, error) {
	pages := map[string][]byte{"README.md": []byte(m.index())}
	for _, file := range m.files {
		page, err := m.page(file)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", file.Path(), err)
		}
		pages[pageOf(file)] = []byte(page)
	}
	return pages, nil
}

// names returns the names of pages, sorted.
func names(pages map[string][]byte) []string { return slices.Sorted(maps.Keys(pages)) }

// stem returns the name of a file without its folder and extension.
func stem(file protoreflect.FileDescriptor) string {
	return strings.TrimSuffix(path.Base(file.Path()), ".proto")
}

// pageOf returns the name of the page of a file.
func pageOf(file protoreflect.FileDescriptor) string { return stem(file) + ".md" }

// comment returns the comment of a declaration, its lines joined to paragraphs.
func comment(d protoreflect.Descriptor) string {
	return unwrap(d.ParentFile().SourceLocations().ByDescriptor(d).LeadingComments)
}

// fileComment returns the comment of a file, which stands above its package.
func fileComment(file protoreflect.FileDescriptor) string {
	const packageField = 2 // of FileDescriptorProto
	return unwrap(file.SourceLocations().ByPath(protoreflect.SourcePath{packageField}).LeadingComments)
}

// unwrap joins the lines of each paragraph.
func unwrap(text string) string {
	paragraphs := strings.Split(strings.TrimSpace(text), "\n\n")
	for i, paragraph := range paragraphs {
		paragraphs[i] = strings.Join(strings.Fields(paragraph), " ")
	}
	return strings.Join(paragraphs, "\n\n")
}

// link returns a link to a message or enum, as it stands on a page of the
// reference. Types of protobuf itself have their pages elsewhere.
func link(d protoreflect.Descriptor, from protoreflect.FileDescriptor) string {
	name := string(d.Name())
	switch {
	case d.ParentFile().Package() != "reviewpkg.v1":
		return fmt.Sprintf("[%s](https://protobuf.dev/reference/protobuf/google.protobuf/#%s)", d.FullName(), strings.ToLower(name))
	case d.ParentFile().Path() == from.Path():
		return fmt.Sprintf("[%s](#%s)", name, strings.ToLower(name))
	default:
		return fmt.Sprintf("[%s](%s#%s)", name, pageOf(d.ParentFile()), strings.ToLower(name))
	}
}

// cell writes a text so that it stays in its cell of a table.
func cell(text string) string {
	return strings.NewReplacer("|", `\|`, "\n\n", "<br>", "\n", " ").Replace(plain(text))
}

// plain escapes what Markdown and HTML would take for their own. Comments of
// the model are words and no markup.
func plain(text string) string {
	// A name such as no_findings_statement would be half in italics.
	return strings.NewReplacer("<", "&lt;", "*", `\*`, "[", `\[`, "`", "\\`", "_", `\_`).Replace(text)
}
