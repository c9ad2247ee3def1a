package cncf

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

// A form is another way to write what a document says, as other authors or
// programs have it.
type form struct {
	name string
	// pattern is what the form changes, and with what.
	pattern, with string
	// lost is how many of a thousand parts may be missed by it: where all
	// headings are bold lines, none tells more than the others.
	lost int
}

// headingForms are those of headings. $1 is the level and $2 the text.
var headingForms = []form{
	{"bold", "", "**$2**", 20}, {"bold with a colon", "", "**$2:**", 20}, {"bold heading", "", "$1 **$2**", 0}, {"italic", "", "$1 _${2}_", 0}, {"underlined", "", "$1 <u>$2</u>", 0},
	{"numbered", "", "$1 2.3 $2", 0}, {"numbered with a point", "", "$1 4. $2", 0}, {"lettered", "", "$1 B. $2", 0}, {"Roman", "", "$1 XIV. $2", 0},
	{"colon", "", "$1 $2:", 0}, {"full stop", "", "$1 $2.", 0}, {"closed", "", "$1 $2 $1", 0}, {"deeper", "", "#$1 $2", 0}, {"one level", "", "## $2", 0},
	{"anchor", "", `$1 <a name="x"></a>$2`, 0}, {"id", "", "$1 $2 {#x}", 0}, {"link", "", "$1 [$2](#x)", 0}, {"emoji", "", "$1 🔒 $2", 0}, {"HTML", "", "<h2>$2</h2>\n", 0},
	{"rule before", "", "\n---\n\n$1 $2", 0}, {"comment before", "", "\n<!-- x -->\n\n$1 $2", 0},
}

// textForms are those of lists, tables and lines.
var textForms = []form{
	{"hyphens", `(?m)^(\s*)[*+-] `, "$1- ", 0}, {"stars", `(?m)^(\s*)[*+-] `, "$1* ", 0}, {"pluses", `(?m)^(\s*)[*+-] `, "$1+ ", 0}, {"bullets of word processors", `(?m)^[*+-] `, "• ", 0},
	{"blanks at the ends", `(?m)$`, "  ", 0}, {"CRLF", `\r?\n`, "\r\n", 0}, {"indented by one", `(?m)^`, " ", 0}, {"byte order mark", `\A`, "\ufeff", 0},
	{"front matter", `\A`, "---\ntitle: x\nlayout: page\n---\n", 0}, {"table of contents", `\A`, "[TOC]\n\n* [Overview](#overview)\n* [Goals](#goals)\n\n", 0},
	{"bold keys", `(?m)^\| *([A-Z][a-zA-Z ]+?) *\|`, "| **$1** |", 0}, {"keys with colons", `(?m)^\| *([A-Z][a-zA-Z ]+?) *\|`, "| $1: |", 0},
	{"leads with a colon inside", leadPattern, "$1**$2:** ", 0}, {"leads with a colon outside", leadPattern, "$1**$2**: ", 0}, {"plain leads", leadPattern, "$1$2: ", 0},
	{"leads of underscores", leadPattern, "${1}__${2}__: ", 0}, {"leads with a dash", leadPattern, "$1**$2** — ", 0}, {"leads of code", leadPattern, "$1`$2`: ", 0},
	{"bold and italic leads", leadPattern, "$1***$2***: ", 0}, {"leads with a break", leadPattern, "$1**$2**<br>", 0},
}

// leadPattern matches an item that begins with bold words.
const leadPattern = `(?m)^(\s*[*+-] )\*\*([^*\n]+?):?\*\*:? `

// TestForms reads the documents of the corpus with all headings, lists or tables
// in another form, and compares the parts that are found.
func TestForms(t *testing.T) {
	type document struct {
		text  string
		parts []string // as it is written
	}
	var docs []document
	err := filepath.WalkDir(corpus(t), func(name string, _ fs.DirEntry, err error) error {
		if err == nil && strings.HasSuffix(name, ".md") && !strings.Contains(name, "_templates") {
			data, err := os.ReadFile(name)
			if err != nil {
				return err
			}
			docs = append(docs, document{string(data), partsOf(t, string(data))})
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if testing.Short() {
		docs = docs[:min(4, len(docs))]
	}
	for i := range headingForms {
		headingForms[i].pattern = `(?m)^(#{1,6}) +\**(.*?)\**[ #\r]*$`
	}
	for _, f := range append(headingForms, textForms...) {
		pattern := regexp.MustCompile(f.pattern)
		expected, missed := 0, []string(nil)
		for _, doc := range docs {
			have := partsOf(t, pattern.ReplaceAllString(doc.text, f.with))
			for _, p := range doc.parts {
				if expected++; !slices.Contains(have, p) {
					missed = append(missed, p)
				}
			}
		}
		if len(missed)*1000 > f.lost*expected {
			t.Errorf("%s: %d of %d parts are missed: %q", f.name, len(missed), expected, missed)
		}
	}
}

// partsOf returns the kind of a document and the parts that are found in it.
func partsOf(t *testing.T, text string) []string {
	t.Helper()
	_, report, err := ImportOptions{Files: []string{"a.md"}}.Import(fstest.MapFS{"a.md": &fstest.MapFile{Data: []byte(text)}})
	if err != nil {
		t.Fatal(err)
	}
	d := report.GetDocuments()[0]
	parts := []string{d.GetKind().String()}
	for _, p := range d.GetParts() {
		if p.GetFound() {
			parts = append(parts, fmt.Sprint(d.GetKind(), ": ", p.GetName()))
		}
	}
	return parts
}
