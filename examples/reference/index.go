package main

import (
	"fmt"
	"slices"
	"strings"

	"google.golang.org/protobuf/reflect/protoreflect"
)

// before stands at the top of the index.
const before = `# Reference of the model

Every message, field and enum value of the review package model, made from the
[` + "`.proto`" + ` files](..) by ` + "`go run ./examples/reference`" + `. What stands here holds for
every language: a rule is a ` + "`buf.validate`" + ` option, which
[protovalidate](https://protovalidate.com) applies, and the
[conformance kit](../../../../examples/conformance/README.md) has a case that
keeps it and one that breaks it.

How to read a page:

- **Names.** Fields stand as in the ` + "`.proto`" + ` files, ` + "`renewal_due`" + `, and YAML
  writes them so. JSON writes ` + "`renewalDue`" + ` and readers take both. Enum values
  have their full names; YAML may leave out the prefix and write ` + "`high`" + `.
- **Presence.** *implicit*: an empty text, zero, false and the enum value of
  number 0 say nothing. *optional*: zero is a value, and another one than
  nothing. *message*: it may be there and empty. *list*: no items and no list are
  the same, and so it is with maps.
- **Rules** of one field stand in its row, rules over several fields below the
  table. Rules in CEL have an id and, in quotes, the message of their violation.
  References between items, the order of dates and completeness are checked by
  the Go library and stand in its [list of diagnostics](../../../../reviewpkg/CODES.md).
- **Examples** have every field set that can stand beside the others. Each of
  them can be decoded and keeps the rules.

`

// index returns the page that leads to all others.
func (m *model) index() string {
	var b strings.Builder
	b.WriteString(before)
	b.WriteString("## Documents\n\n| kind | what it is |\n|---|---|\n")
	for _, d := range m.declarations() {
		if m.documents[d.FullName()] {
			fmt.Fprintf(&b, "| %s | %s |\n", indexLink(d), cell(firstSentence(comment(d))))
		}
	}
	b.WriteString("\n## Files\n\n| page | what it holds | messages | enums |\n|---|---|--:|--:|\n")
	for _, file := range m.files {
		fmt.Fprintf(&b, "| [%s](%s) | %s | %d | %d |\n", stem(file), pageOf(file), cell(fileComment(file)), file.Messages().Len(), file.Enums().Len())
	}
	fmt.Fprintf(&b, "\n## All names\n")
	// One line for each letter: two hundred names are too long a list.
	letter := ""
	for _, d := range m.declarations() {
		if first := string(d.Name()[:1]); first != letter {
			letter = first
			fmt.Fprintf(&b, "\n**%s**: ", letter)
		} else {
			b.WriteString(", ")
		}
		b.WriteString(indexLink(d))
	}
	b.WriteString("\n")
	return b.String()
}

// declarations returns all messages and enums by their names.
func (m *model) declarations() []protoreflect.Descriptor {
	var all []protoreflect.Descriptor
	for _, file := range m.files {
		for i := range file.Messages().Len() {
			all = append(all, file.Messages().Get(i))
		}
		for i := range file.Enums().Len() {
			all = append(all, file.Enums().Get(i))
		}
	}
	slices.SortFunc(all, func(a, b protoreflect.Descriptor) int { return strings.Compare(string(a.Name()), string(b.Name())) })
	return all
}

// indexLink returns a link from the index.
func indexLink(d protoreflect.Descriptor) string {
	return fmt.Sprintf("[%s](%s#%s)", d.Name(), pageOf(d.ParentFile()), strings.ToLower(string(d.Name())))
}
