package main

import (
	"fmt"
	"strings"
	"unicode"

	"google.golang.org/protobuf/reflect/protoreflect"

	"github.com/reviewpkg/sdk/reviewpkg"
)

// folded is from how many lines on an example is folded away.
const folded = 30

// page returns the page of a file.
func (m *model) page(file protoreflect.FileDescriptor) (string, error) {
	var b strings.Builder
	fmt.Fprintf(&b, "# %s\n\n[Reference](README.md) · [%s](../%s)\n\n%s\n\n", stem(file), file.Path(), stem(file)+".proto", plain(fileComment(file)))
	b.WriteString("## Contents\n\n")
	for i := range file.Messages().Len() {
		b.WriteString(entry(file.Messages().Get(i), file))
	}
	for i := range file.Enums().Len() {
		b.WriteString(entry(file.Enums().Get(i), file))
	}
	for i := range file.Messages().Len() {
		if err := m.message(&b, file.Messages().Get(i)); err != nil {
			return "", err
		}
	}
	for i := range file.Enums().Len() {
		m.enum(&b, file.Enums().Get(i))
	}
	return b.String(), nil
}

// entry returns a line of a list of declarations.
func entry(d protoreflect.Descriptor, from protoreflect.FileDescriptor) string {
	return fmt.Sprintf("- %s: %s\n", link(d, from), plain(firstSentence(comment(d))))
}

// firstSentence returns the first sentence of a comment. A full stop that an
// abbreviation has is followed by no capital letter: "Rev. 1".
func firstSentence(text string) string {
	text, _, _ = strings.Cut(text, "\n\n")
	for i := range text {
		if strings.HasPrefix(text[i:], ". ") && i+2 < len(text) && unicode.IsUpper(rune(text[i+2])) {
			return text[:i+1]
		}
	}
	return text
}

// message writes the part of a message.
func (m *model) message(b *strings.Builder, md protoreflect.MessageDescriptor) error {
	fmt.Fprintf(b, "\n## %s\n\n%s\n\n", md.Name(), plain(comment(md)))
	m.usedBy(b, md)
	b.WriteString("| no. | field | type | presence | rules | what it is |\n|--:|---|---|---|---|---|\n")
	for i := range md.Fields().Len() {
		fd := md.Fields().Get(i)
		words, err := rules(fd)
		if err != nil {
			return err
		}
		// The name as code, so that it can be copied and nothing in it is markup.
		fmt.Fprintf(b, "| %d | `%s` | %s | %s | %s | %s |\n", fd.Number(), fd.Name(), typeOf(fd), presence(fd), words, cell(comment(fd)))
	}
	together, err := messageRules(md)
	if err != nil {
		return err
	}
	if together != "" {
		b.WriteString("\nRules over several fields:\n\n" + together)
	}
	example, err := m.example(md)
	if err != nil {
		return err
	}
	b.WriteString(example)
	return nil
}

// usedBy says what kind of document a message is, or which fields have the type.
func (m *model) usedBy(b *strings.Builder, d protoreflect.Descriptor) {
	if m.documents[d.FullName()] {
		fmt.Fprintf(b, "A kind of document: its `schema` is `%s`.\n\n", d.FullName())
	}
	users := m.users[d.FullName()]
	if len(users) == 0 {
		return
	}
	// By message: a type that is used much is used often in the same ones.
	var order []protoreflect.Descriptor
	fields := map[protoreflect.FullName][]string{}
	for _, fd := range users {
		md := fd.ContainingMessage()
		if fields[md.FullName()] == nil {
			order = append(order, md)
		}
		fields[md.FullName()] = append(fields[md.FullName()], code(string(fd.Name())))
	}
	const most = 12
	var places []string
	for _, md := range order[:min(most, len(order))] {
		places = append(places, link(md, d.ParentFile())+" "+strings.Join(fields[md.FullName()], ", "))
	}
	if more := len(order) - most; more > 0 {
		places = append(places, fmt.Sprintf("and %d more messages", more))
	}
	b.WriteString("Stands in " + strings.Join(places, "; ") + ".\n\n")
}

// typeOf returns the type of a field.
func typeOf(fd protoreflect.FieldDescriptor) string {
	if fd.IsMap() {
		return fmt.Sprintf("map of %s to %s", fd.MapKey().Kind(), fd.MapValue().Kind())
	}
	name := fd.Kind().String()
	switch {
	case fd.Enum() != nil:
		name = link(fd.Enum(), fd.ParentFile())
	case fd.Message() != nil:
		name = link(fd.Message(), fd.ParentFile())
	}
	if fd.IsList() {
		return "list of " + name
	}
	return name
}

// presence says whether a field can be told from one that is not stated.
func presence(fd protoreflect.FieldDescriptor) string {
	switch {
	case fd.IsList() || fd.IsMap():
		return "list"
	case fd.HasOptionalKeyword():
		return "optional"
	case fd.HasPresence():
		return "message"
	default:
		return "implicit"
	}
}

// example returns a message in JSON with every field set that can stand beside
// the others, and what is in it with no more than it must have. It is checked:
// an example that does not keep the rules of the message would teach mistakes.
func (m *model) example(md protoreflect.MessageDescriptor) (string, error) {
	example, err := m.samples.Full(md, 0)
	if err != nil {
		return "", err
	}
	// The samples know the rules of the model; that nobody disputes a finding of
	// no more than it must have is what the library adds.
	if fd := md.Fields().ByName("disputed_findings"); fd != nil {
		example.ProtoReflect().Clear(example.ProtoReflect().Descriptor().Fields().ByNumber(fd.Number()))
	}
	data, err := reviewpkg.Marshal(example)
	if err != nil {
		return "", err
	}
	// By the SDK, which looks at more than the rules: an example of a package may
	// not refer to what is not there either.
	again := example.ProtoReflect().New().Interface()
	options := reviewpkg.UnmarshalOptions{Encoding: reviewpkg.JSON, AllowIncomplete: true}
	if err := options.Unmarshal(data, again); err != nil {
		return "", fmt.Errorf("the example of %s is not valid: %w", md.Name(), err)
	}
	block := "```json\n" + string(data) + "```\n"
	// A long one would hide the message that comes after it.
	if lines := strings.Count(string(data), "\n"); lines >= folded {
		return fmt.Sprintf("\n<details>\n<summary>Example (%d lines)</summary>\n\n%s\n</details>\n", lines, block), nil
	}
	return "\nExample:\n\n" + block, nil
}

// enum writes the part of an enum.
func (m *model) enum(b *strings.Builder, ed protoreflect.EnumDescriptor) {
	fmt.Fprintf(b, "\n## %s\n\n%s\n\n", ed.Name(), plain(comment(ed)))
	m.usedBy(b, ed)
	b.WriteString("| no. | value | what it means |\n|--:|---|---|\n")
	for i := range ed.Values().Len() {
		v := ed.Values().Get(i)
		fmt.Fprintf(b, "| %d | `%s` | %s |\n", v.Number(), v.Name(), cell(comment(v)))
	}
}
