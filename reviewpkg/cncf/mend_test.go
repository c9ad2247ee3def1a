package cncf

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/testing/protocmp"

	"github.com/reviewpkg/sdk/internal/intake"
)

// TestMended reads a document with what Markdown takes for something else, and
// compares what is read with what is read without it.
func TestMended(t *testing.T) {
	list := "## Goals\n\nThe wheel shall:\n%turn\n  and turn\n%stop\n  %at once\n\n## Non-goals\n\n%To fly\n"
	plain := assessmentWith(strings.ReplaceAll(list, "%", "*   "))
	want, _ := importText(t, "a.md", plain)
	for name, text := range map[string]string{
		"bullets":                 assessmentWith(strings.ReplaceAll(list, "%", "• ")),
		"small bullets":           assessmentWith(strings.ReplaceAll(list, "%", "▪ ")),
		"points":                  assessmentWith(strings.ReplaceAll(list, "%", "·  ")),
		"no blank":                assessmentWith(strings.ReplaceAll(list, "%", "●")),
		"front matter":            "---\ntitle: Wheel\n# a comment\ntags: [a, b]\nmore:\n  - x\n---\n" + plain,
		"front matter, CRLF":      strings.ReplaceAll("---\ntitle: Wheel\n---\n"+plain, "\n", "\r\n"),
		"front matter with a BOM": "\ufeff---\ntitle: Wheel\n...\n" + plain,
	} {
		pkg, report := importText(t, "a.md", text)
		if have := string(intake.Source(pkg.GetDocuments()[0])); have != text {
			t.Errorf("%s: the file is not what it was: %s", name, cmp.Diff(text, have))
		}
		if diff := cmp.Diff(want.GetSelfAssessment(), pkg.GetSelfAssessment(), protocmp.Transform()); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
		repairs := 0
		if !strings.Contains(name, "front") {
			repairs = 2 // one for each list
		}
		if have := int(report.GetDocuments()[0].GetRepairs()); have != repairs {
			t.Errorf("%s: %d repairs", name, have)
		}
	}
}

// TestNotMended holds that what looks like it stays what it is.
func TestNotMended(t *testing.T) {
	for text, want := range map[string][]kind{
		"---\n\nNote: a rule begins this.\n\n---\n":       {other, paragraph, other},
		"---\nThe wheel: round\n---\n":                    {other, heading},
		"---\n# only a comment\n---\n":                    {other, heading, other},
		"---\ntitle: never closed\n\n# A\n":               {other, paragraph, heading},
		"---\n---\n":                                      {other, other},
		"---\n":                                           {other},
		"Not first\n\n---\ntitle: x\n---\n":               {paragraph, other, heading},
		"```\n• code\n```\n":                              {other},
		"a • b\n":                                         {paragraph},
		"\u2014 a dash\n":                                 {paragraph},
		"---\ntitle: x\n---\n• a\n":                       {list},
		"---\n" + strings.Repeat("a: b\n", 200) + "---\n": {other, heading},
	} {
		p := newPage(intake.New(nil).Preview(&intake.File{Path: "a.md", Data: []byte(text)}), markdown())
		var have []kind
		for _, b := range p.blocks {
			have = append(have, b.kind)
		}
		if diff := cmp.Diff(want, have); diff != "" {
			t.Errorf("%.40q: %s", text, diff)
		}
	}
}

// The bytes that were read stay as they are: sections and digests are of them.
func TestMendedFileIsNotChanged(t *testing.T) {
	const text = "---\ntitle: x\n---\n## Goals\n\n• To turn\n"
	data := []byte(text)
	p := newPage(intake.New(nil).Preview(&intake.File{Path: "a.md", Data: data}), markdown())
	if len(p.blocks) != 2 || p.blocks[1].kind != list {
		t.Error("nothing was mended")
	}
	if string(data) != text {
		t.Errorf("%q", data)
	}
}
