package cncf

import (
	"bytes"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/reviewpkg/sdk/internal/intake"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
	"github.com/reviewpkg/sdk/reviewpkg"
)

// A mutation spoils a document in one way that people and programs do. The
// lines have their line breaks.
type mutation struct {
	name  string
	apply func(r *rand.Rand, lines []string) []string
}

// mutations are those that work on lines; see [spoil] for the others.
func mutations() []mutation {
	return []mutation{
		{"a line deleted", func(r *rand.Rand, l []string) []string {
			i := at(r, l)
			return slices.Delete(l, i, i+1)
		}},
		{"some lines deleted", func(r *rand.Rand, l []string) []string {
			from := r.IntN(len(l))
			return slices.Delete(l, from, min(len(l), from+1+r.IntN(20)))
		}},
		{"a line doubled", edit(func(_ *rand.Rand, line string) string { return line + line })},
		{"a line indented", edit(func(r *rand.Rand, line string) string { return strings.Repeat(" ", 1+r.IntN(9)) + line })},
		{"a line outdented", edit(func(_ *rand.Rand, line string) string { return strings.TrimLeft(line, " \t") })},
		{"a tab before a line", edit(func(_ *rand.Rand, line string) string { return "\t" + line })},
		{"tabs for blanks", edit(func(_ *rand.Rand, line string) string { return strings.ReplaceAll(line, " ", "\t") })},
		{"a heading demoted", heads(func(line string) string { return "#" + line })},
		{"a heading promoted", heads(func(line string) string { return strings.TrimPrefix(line, "#") })},
		{"a heading bold", heads(func(line string) string { return "**" + strings.Trim(line, "# \r\n") + "**\n" })},
		{"bars removed", where("|", func(line string) string { return strings.Replace(line, "|", "", 1) })},
		{"all bars of a row removed", where("|", func(line string) string { return strings.ReplaceAll(line, "|", "") })},
		{"a bar too many", where("|", func(line string) string { return "|" + line })},
		{"emphasis opened", where("*", func(line string) string { return strings.Replace(line, "*", "**", 1) })},
		{"a link broken", where("](", func(line string) string { return strings.Replace(line, ")", "", 1) })},
		{"a comment opened", insert("<!--", "<!-- quoted -->\n", "<!-- id: x -->\n", "-->", "<!-->", "<!-- id: \n")},
		{"HTML opened", insert("<script>\n", "<pre>\n", "<table><tr><td>\n", "<![CDATA[\n", "<?\n", "<br", "</ul>")},
		{"code opened", insert("```\n", "~~~\n", "    ", "`", "``")},
		{"a list item", insert("- ", "* ", "1. ", "9) ", "+ \n", "* *\n", "> ", ">> - > ", "• ", "·", "  ▪ ")},
		{"front matter", func(_ *rand.Rand, l []string) []string { return slices.Insert(l, 0, "---\ntitle: Wheel\n---\n") }},
		{"an underline", insert("===\n", "---\n", "- - -\n", "\n---\n")},
		{"controls", insert("\x00", "\x1b[2J", "\u202e", "\ufeff", "\u2028", "\v", "\f", "\r")},
		{"bytes that are no UTF-8", insert("\xff", "\xc3", "\xe2\x82", "\xed\xa0\x80", "\xf8\x88\x80\x80\x80")},
		{"line break lost", edit(func(_ *rand.Rand, line string) string { return strings.TrimRight(line, "\r\n") })},
		{"two lines swapped", func(r *rand.Rand, l []string) []string {
			i, j := at(r, l), at(r, l)
			l[i], l[j] = l[j], l[i]
			return l
		}},
		{"a line cut", edit(func(r *rand.Rand, line string) string { return line[:r.IntN(len(line)+1)] })},
		{"a line very long", edit(func(_ *rand.Rand, line string) string {
			return strings.Repeat(strings.TrimRight(line, "\r\n")+" ", 200) + "\n"
		})},
		{"a list deeply nested", func(r *rand.Rand, l []string) []string {
			deep := ""
			for i := range 40 {
				deep += strings.Repeat("  ", i) + "- level\n"
			}
			return slices.Insert(l, at(r, l), deep)
		}},
	}
}

// at draws a line.
func at(r *rand.Rand, lines []string) int { return r.IntN(len(lines)) }

// edit changes a line anywhere.
func edit(f func(*rand.Rand, string) string) func(*rand.Rand, []string) []string {
	return func(r *rand.Rand, lines []string) []string {
		i := at(r, lines)
		lines[i] = f(r, lines[i])
		return lines
	}
}

// where changes a line that has some text in it, if there is one.
func where(text string, f func(string) string) func(*rand.Rand, []string) []string {
	return func(r *rand.Rand, lines []string) []string {
		var found []int
		for i, line := range lines {
			if strings.Contains(line, text) {
				found = append(found, i)
			}
		}
		if len(found) > 0 {
			i := found[r.IntN(len(found))]
			lines[i] = f(lines[i])
		}
		return lines
	}
}

func heads(f func(string) string) func(*rand.Rand, []string) []string {
	return func(r *rand.Rand, lines []string) []string {
		var found []int
		for i, line := range lines {
			if strings.HasPrefix(line, "#") {
				found = append(found, i)
			}
		}
		if len(found) > 0 {
			i := found[r.IntN(len(found))]
			lines[i] = f(lines[i])
		}
		return lines
	}
}

// insert puts one of some texts somewhere into a line, at its beginning as often
// as anywhere else.
func insert(texts ...string) func(*rand.Rand, []string) []string {
	return edit(func(r *rand.Rand, line string) string {
		i := 0
		if r.IntN(2) == 0 {
			i = r.IntN(len(line) + 1)
		}
		return line[:i] + texts[r.IntN(len(texts))] + line[i:]
	})
}

// spoil returns a document with one to four mutations, and says which.
func spoil(r *rand.Rand, data []byte) ([]byte, string) {
	known := mutations()
	var names []string
	lines := strings.SplitAfter(string(data), "\n")
	for range 1 + r.IntN(4) {
		if len(lines) == 0 {
			lines = []string{""}
		}
		m := known[r.IntN(len(known))]
		names = append(names, m.name)
		lines = m.apply(r, lines)
	}
	out := strings.Join(lines, "")
	switch r.IntN(8) {
	case 0:
		names = append(names, "truncated")
		out = out[:r.IntN(len(out)+1)]
	case 1:
		names = append(names, "CRLF")
		out = strings.ReplaceAll(out, "\n", "\r\n")
	case 2:
		names = append(names, "byte order mark")
		out = "\ufeff" + out
	case 3:
		names = append(names, "CR")
		out = strings.ReplaceAll(out, "\n", "\r")
	}
	return []byte(out), strings.Join(names, ", ")
}

// TestMutations imports the documents of the corpus, each spoilt in many ways.
func TestMutations(t *testing.T) {
	t.Parallel()
	dir := corpus(t)
	var files []string
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && strings.HasSuffix(path, ".md") {
			files = append(files, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	rounds := 2400/len(files) + 1
	if testing.Short() {
		rounds = 5
	}
	cases := 0
	for n, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for round := range rounds {
			r := rand.New(rand.NewPCG(uint64(n), uint64(round)))
			spoilt, how := spoil(r, data)
			cases++
			if err := importsWhole(spoilt); err != nil {
				t.Errorf("%s, round %d (%s): %v", filepath.Base(filepath.Dir(file))+"/"+filepath.Base(file), round, how, err)
			}
		}
	}
	t.Logf("%d documents, %d mutated copies", len(files), cases)
}

// importsWhole imports one document and says what does not hold of the result:
// there is a package, it is valid, it has the document byte for byte, the report
// accounts for every byte, and the document was left alone.
func importsWhole(data []byte) (err error) {
	_, err = imported(data)
	return err
}

// imported is importsWhole with the package.
func imported(data []byte) (pkg *reviewpkgv1.ReviewPackage, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("panic: %v", r)
		}
	}()
	before := bytes.Clone(data)
	fsys := fstest.MapFS{"document.md": &fstest.MapFile{Data: data}}
	pkg, report, err := ImportOptions{Files: []string{"document.md"}}.Import(fsys)
	if err != nil {
		return nil, err
	}
	if !bytes.Equal(before, data) {
		return nil, fmt.Errorf("the import changed its input")
	}
	for _, d := range reviewpkg.Diagnose(pkg) {
		if d.Level == reviewpkg.LevelError && d.Code != reviewpkg.Incomplete {
			return nil, fmt.Errorf("the package is not valid: %s", d.Error())
		}
	}
	if n := len(pkg.GetDocuments()); n != 1 {
		return nil, fmt.Errorf("%d documents", n)
	}
	if got := intake.Source(pkg.GetDocuments()[0]); !bytes.Equal(got, data) {
		return nil, fmt.Errorf("the sections give %d bytes, which are not the %d of the file", len(got), len(data))
	}
	d := report.GetDocuments()[0]
	if sum := d.GetStructuredBytes() + d.GetSectionBytes() + d.GetUnclaimedBytes(); sum != uint64(len(data)) {
		return nil, fmt.Errorf("the report accounts for %d bytes of %d", sum, len(data))
	}
	for _, s := range pkg.GetValueSources() {
		if s.GetStartLine() == 0 || s.GetEndLine() < s.GetStartLine() || int(s.GetEndLine()) > bytes.Count(data, []byte("\n"))+1 {
			return nil, fmt.Errorf("%s comes from lines %d to %d, which are not there", s.GetPath(), s.GetStartLine(), s.GetEndLine())
		}
	}
	return pkg, nil
}
