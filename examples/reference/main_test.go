package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"buf.build/gen/go/bufbuild/protovalidate/protocolbuffers/go/buf/validate"
	"buf.build/go/protovalidate"
	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protodesc"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/reflect/protoregistry"
	"google.golang.org/protobuf/types/descriptorpb"
)

const committed = "../../proto/reviewpkg/v1/reference"

// TestReferenceIsUpToDate fails if the committed pages are not what the .proto
// files say.
func TestReferenceIsUpToDate(t *testing.T) {
	t.Parallel()
	if err := run(committed, true); err != nil {
		t.Error(err)
	}
}

// TestCheckNotices changes pages and looks whether the check sees it.
func TestCheckNotices(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := run(dir, true); err == nil {
		t.Error("an empty folder passes the check")
	}
	if err := run(dir, false); err != nil {
		t.Fatal(err)
	}
	if err := run(dir, true); err != nil {
		t.Errorf("what was written does not pass the check: %v", err)
	}
	write(t, filepath.Join(dir, "gone.md"), "# gone\n")
	if err := run(dir, true); err == nil || !strings.Contains(err.Error(), "gone.md") {
		t.Errorf("a page too many gives %v", err)
	}
	write(t, filepath.Join(dir, "common.md"), "# common\n")
	if err := run(dir, false); err != nil {
		t.Fatal(err)
	}
	if err := run(dir, true); err != nil {
		t.Errorf("written anew, it does not pass the check: %v", err)
	}
}

// TestReferenceIsWhole looks for every message, field and value.
func TestReferenceIsWhole(t *testing.T) {
	t.Parallel()
	m, pages := loadPages(t)
	for _, file := range m.files {
		page := pages[pageOf(file)]
		need := func(text string) {
			if !strings.Contains(page, text) {
				t.Errorf("%s does not have %q", pageOf(file), text)
			}
		}
		for i := range file.Messages().Len() {
			md := file.Messages().Get(i)
			need("\n## " + string(md.Name()) + "\n")
			for j := range md.Fields().Len() {
				need(" | `" + string(md.Fields().Get(j).Name()) + "` | ")
			}
		}
		for i := range file.Enums().Len() {
			ed := file.Enums().Get(i)
			need("\n## " + string(ed.Name()) + "\n")
			for j := range ed.Values().Len() {
				need(" | `" + string(ed.Values().Get(j).Name()) + "` | ")
			}
		}
	}
}

// TestTablesHaveTheirColumns fails if a text breaks out of its cell.
func TestTablesHaveTheirColumns(t *testing.T) {
	t.Parallel()
	_, pages := loadPages(t)
	bar := regexp.MustCompile(`(?:^|[^\\])\|`)
	for name, page := range pages {
		columns := 0
		for line := range strings.Lines(page) {
			switch n := len(bar.FindAllString(line, -1)); {
			case !strings.HasPrefix(line, "|"):
				columns = 0
			case columns == 0:
				columns = n
			case n != columns:
				t.Errorf("%s: %d bars, want %d: %s", name, n, columns, line)
			}
		}
	}
}

// TestLinksLead follows every link between the pages and into the repository.
func TestLinksLead(t *testing.T) {
	t.Parallel()
	_, pages := loadPages(t)
	links := 0
	for name, page := range pages {
		for _, found := range regexp.MustCompile(`\]\(([^)]*)\)`).FindAllStringSubmatch(page, -1) {
			target, anchor, _ := strings.Cut(found[1], "#")
			if strings.HasPrefix(target, "https://") {
				continue
			}
			links++
			if target == "" {
				target = name
			}
			other, ok := pages[target]
			if !ok {
				if _, err := os.Stat(filepath.Join(committed, target)); err != nil {
					t.Errorf("%s: the link %s leads nowhere", name, found[1])
				}
				continue
			}
			if anchor != "" && !strings.Contains(strings.ToLower(other), "\n## "+anchor+"\n") {
				t.Errorf("%s: the link %s leads to no heading", name, found[1])
			}
		}
	}
	if links < 500 {
		t.Errorf("found %d links; there are more", links)
	}
}

// TestExamplesLoad reads every example as a reader of the page would copy it.
func TestExamplesLoad(t *testing.T) {
	t.Parallel()
	m, pages := loadPages(t)
	for _, file := range m.files {
		examples := 0
		for _, text := range strings.Split(pages[pageOf(file)], "\n## ") {
			part := regexp.MustCompile("(?s)^(\\w+)\n.*?```json\n(.*?)```\n").FindStringSubmatch(text)
			if part == nil {
				continue // of an enum
			}
			mt, err := protoregistry.GlobalTypes.FindMessageByName(protoreflect.FullName("reviewpkg.v1." + part[1]))
			if err != nil {
				t.Errorf("%s: %v", part[1], err)
				continue
			}
			examples++
			example := mt.New().Interface()
			if err := protojson.Unmarshal([]byte(part[2]), example); err != nil {
				t.Errorf("%s: %v", part[1], err)
			} else if err := protovalidate.Validate(example); err != nil {
				t.Errorf("%s: %v", part[1], err)
			}
		}
		if examples != file.Messages().Len() {
			t.Errorf("%s has %d examples for %d messages", file.Path(), examples, file.Messages().Len())
		}
	}
}

// TestRulesWithoutWords has a rule that the model does not use: it must not be
// left out without a word.
func TestRulesWithoutWords(t *testing.T) {
	t.Parallel()
	options := &descriptorpb.FieldOptions{}
	proto.SetExtension(options, validate.E_Field, validate.FieldRules_builder{
		String: validate.StringRules_builder{Prefix: proto.String("a")}.Build(),
	}.Build())
	file, err := protodesc.NewFile(&descriptorpb.FileDescriptorProto{
		Name: proto.String("a.proto"), Package: proto.String("a"), Syntax: proto.String("proto3"), Dependency: []string{"buf/validate/validate.proto"},
		MessageType: []*descriptorpb.DescriptorProto{{Name: proto.String("A"), Field: []*descriptorpb.FieldDescriptorProto{{
			Name: proto.String("text"), Number: proto.Int32(1), Type: descriptorpb.FieldDescriptorProto_TYPE_STRING.Enum(),
			Label: descriptorpb.FieldDescriptorProto_LABEL_OPTIONAL.Enum(), Options: options,
		}}}},
	}, protoregistry.GlobalFiles)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := rules(file.Messages().Get(0).Fields().Get(0)); err == nil || !strings.Contains(err.Error(), "string.prefix") {
		t.Errorf("error is %v", err)
	}
}

func TestFirstSentence(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"One. Two.":                 "One.",
		"NIST SP 800-30 Rev. 1. It": "NIST SP 800-30 Rev. 1.",
		"No stop":                   "No stop",
		"One.\n\nTwo.":              "One.",
	} {
		if got := firstSentence(text); got != want {
			t.Errorf("of %q it is %q, want %q", text, got, want)
		}
	}
}

// loadPages returns the model and its pages.
func loadPages(t *testing.T) (*model, map[string]string) {
	t.Helper()
	m, err := load()
	if err != nil {
		t.Fatal(err)
	}
	pages, err := m.pages()
	if err != nil {
		t.Fatal(err)
	}
	texts := map[string]string{}
	for name, page := range pages {
		texts[name] = string(page)
	}
	return m, texts
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}
