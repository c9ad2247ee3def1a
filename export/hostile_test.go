package export_test

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/testing/protocmp"
	"pgregory.net/rapid"

	"github.com/reviewpkg/sdk/export"
	"github.com/reviewpkg/sdk/internal/randpkg"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// attacks are texts that would change a page if they were not escaped.
var attacks = []string{
	"a | b | c", "`", "``` x", "[a](https://evil.example)", "![a](https://evil.example/a.png)", "<script>alert(1)</script>",
	"</td></tr></table>", "<!--", "{{.}}", "# heading", "- item", "1. item", "> quote", "\n\n# heading\n", "\n/lgtm\n", "@everyone",
	"#1", "https://evil.example", "www.evil.example", "a@evil.example", "**b**", "_i_", "~~s~~", "$x$", "\\", "&lt;", "\u202etxt",
	"\x00", "\x1b[2J", "]]>", "'\"", "[^1]", "[x] ", "| --- |", "===", "<https://evil.example>", "javascript:alert(1)", "\u2028",
}

// TestHostileReport puts hostile text into every text of a report and compares
// the structure of the result with that of the same report with harmless text.
func TestHostileReport(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		hostile := withTexts(sampleReport(), drawText(t))
		harmless := withTexts(sampleReport(), func(i int) string { return fmt.Sprintf("w%d", i) })
		for _, f := range []export.Format{export.Markdown{}, export.HTML{}} {
			sameStructure(t, f.Name(), write(t, f, harmless), write(t, f, hostile))
		}
	})
}

// TestHostileChanges does the same for changes.
func TestHostileChanges(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		hostile := withTexts(sampleChanges(), drawText(t))
		harmless := withTexts(sampleChanges(), func(i int) string { return fmt.Sprintf("w%d", i) })
		render := func(set *reviewpkgv1.ChangeSet, f func(io.Writer, *reviewpkgv1.ChangeSet) error) string {
			var b bytes.Buffer
			if err := f(&b, set); err != nil {
				t.Fatal(err)
			}
			return b.String()
		}
		markdown, html := export.Markdown{}.WriteChanges, export.HTML{}.WriteChanges
		sameStructure(t, "markdown", render(harmless, markdown), render(hostile, markdown))
		sameStructure(t, "html", render(harmless, html), render(hostile, html))
	})
}

// TestRandomReports writes reports of any content: no panic, nothing in the
// result that a page does not have, and JSON and YAML that read back.
func TestRandomReports(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := &reviewpkgv1.Report{}
		randpkg.Message(t, r)
		if !r.HasPackage() {
			r.SetPackage(&reviewpkgv1.ReviewPackage{})
		}
		before := proto.CloneOf(r)
		markdownShape(t, write(t, export.Markdown{}, r))
		htmlShape(t, write(t, export.HTML{}, r))
		write(t, export.JSON{}, r)
		write(t, export.YAML{}, r)
		if d := cmp.Diff(before, r, protocmp.Transform()); d != "" {
			t.Errorf("a format changed the report (-before +after):\n%s", d)
		}
	})
}

// TestHostileJSON reads hostile text back as it was.
func TestHostileJSON(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := withTexts(sampleReport(), drawText(t))
		var got reviewpkgv1.Report
		data := write(t, export.JSON{Indent: "\t"}, want)
		if err := protojson.Unmarshal([]byte(data), &got); err != nil {
			t.Fatal(err)
		}
		lines := want.GetDisclaimers()
		if n := len(got.GetDisclaimers()) - len(lines); n != 4 || !slices.Equal(lines, got.GetDisclaimers()[n:]) {
			t.Errorf("found %d disclaimers more than were given, want the 4 that must be there", n)
		}
		got.SetDisclaimers(lines)
		if d := cmp.Diff(want, &got, protocmp.Transform()); d != "" {
			t.Errorf("report after JSON (-want +got):\n%s", d)
		}
	})
}

// drawText returns a function that draws a text for the number of a text.
func drawText(t *rapid.T) func(int) string {
	piece := rapid.OneOf(rapid.SampledFrom(attacks), rapid.StringN(0, 4, -1), rapid.SampledFrom(attacks))
	return func(i int) string {
		// The number keeps different texts different and none of them empty.
		at := rapid.IntRange(0, 1).Draw(t, "place of the number")
		s := strings.Join(rapid.SliceOfN(piece, 1, 4).Draw(t, "text"), "")
		return []string{fmt.Sprintf("%dn", i) + s, s + fmt.Sprintf("n%d", i)}[at]
	}
}

// withTexts returns a copy of m in which each text, but for the kinds of
// documents, is one that text gave for its number. Equal texts stay equal.
func withTexts[M proto.Message](m M, text func(int) string) M {
	m = proto.CloneOf(m)
	known := map[string]string{}
	replacement := func(s string) string {
		if _, ok := known[s]; !ok {
			known[s] = text(len(known))
		}
		return known[s]
	}
	replaceTexts(m.ProtoReflect(), replacement)
	return m
}

func replaceTexts(m protoreflect.Message, replacement func(string) string) {
	fields := m.Descriptor().Fields()
	for i := range fields.Len() {
		fd := fields.Get(i)
		switch {
		case !m.Has(fd) || fd.Name() == "schema":
		case fd.IsMap(): // only in values of changes, keyed by field names
			values := m.Get(fd).Map()
			var keys []string
			values.Range(func(key protoreflect.MapKey, _ protoreflect.Value) bool {
				keys = append(keys, key.String())
				return true
			})
			slices.Sort(keys)
			for _, key := range keys {
				if v := values.Get(protoreflect.ValueOfString(key).MapKey()); fd.MapValue().Message() != nil {
					replaceTexts(v.Message(), replacement)
				}
			}
		case fd.IsList():
			list := m.Get(fd).List()
			for i := range list.Len() {
				if fd.Message() != nil {
					replaceTexts(list.Get(i).Message(), replacement)
				} else if fd.Kind() == protoreflect.StringKind {
					list.Set(i, protoreflect.ValueOfString(replacement(list.Get(i).String())))
				}
			}
		case fd.Message() != nil:
			replaceTexts(m.Get(fd).Message(), replacement)
		case fd.Kind() == protoreflect.StringKind:
			m.Set(fd, protoreflect.ValueOfString(replacement(m.Get(fd).String())))
		}
	}
}

// A failer is what *testing.T and *rapid.T have in common here.
type failer interface {
	Helper()
	Errorf(format string, args ...any)
	Fatal(args ...any)
}

// write returns a report as f writes it.
func write(t failer, f export.Format, r *reviewpkgv1.Report) string {
	t.Helper()
	var b bytes.Buffer
	if err := f.Write(&b, r); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// sameStructure fails if two pages differ in more than text.
func sameStructure(t failer, format, want, got string) {
	t.Helper()
	shape := markdownShape
	if format == "html" {
		shape = htmlShape
	}
	if d := cmp.Diff(shape(t, want), shape(t, got)); d != "" {
		t.Errorf("%s: structure (-harmless +hostile):\n%s\n%s", format, d, got)
	}
}

// linked matches what GitHub makes a mention, a reference or a link in text.
var linked = regexp.MustCompile(`(?i)@[a-z0-9]|#[0-9]|\bgh-[0-9]|://|\bwww\.`)

// fold matches the HTML that a page has: what encloses what is closed at first.
var fold = regexp.MustCompile(`^(<details>\n<summary>[0-9a-z ]+</summary>|</details>)\n$`)

// markdownShape returns the nodes of a page, each with its depth. Code spans
// count as text, because a code span that cannot hold a text is not made.
func markdownShape(t failer, page string) []string {
	t.Helper()
	source := []byte(page)
	root := goldmark.New(goldmark.WithExtensions(extension.GFM)).Parser().Parse(text.NewReader(source))
	var shape []string
	depth := 0
	err := ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			depth--
			return ast.WalkContinue, nil
		}
		depth++
		switch n := n.(type) {
		case *ast.CodeSpan:
			return ast.WalkSkipChildren, nil
		case *ast.Text: // one or several for the same text
			value := util.ResolveNumericReferences(util.UnescapePunctuations(n.Value(source)))
			if linked.Match(value) || n.SoftLineBreak() || n.HardLineBreak() {
				t.Errorf("text of the page holds a link or a line break: %q", value)
			}
		case *ast.Heading:
			shape = append(shape, fmt.Sprint(depth, " heading ", n.Level))
		case *ast.HTMLBlock:
			html := string(n.Lines().Value(source))
			if !fold.MatchString(html) {
				t.Errorf("found HTML that is no fold: %q", html)
			}
			shape = append(shape, fmt.Sprint(depth, " ", html))
		case *ast.RawHTML, *ast.Link, *ast.AutoLink, *ast.Image, *ast.CodeBlock, *ast.FencedCodeBlock, *ast.ThematicBreak:
			t.Errorf("found a %s in\n%s", n.Kind(), page)
		default:
			shape = append(shape, fmt.Sprint(depth, " ", n.Kind()))
		}
		return ast.WalkContinue, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return shape
}

// inline holds the tags around text of documents. How many there are in a line
// of changes depends on what its path says.
var inline = map[string]bool{"code": true, "bdi": true}

// htmlShape returns the tags of a page with their attributes. The page is
// well-formed XML, so that a strict parser reads it.
func htmlShape(t failer, page string) []string {
	t.Helper()
	decoder := xml.NewDecoder(strings.NewReader(page))
	var shape []string
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			return shape
		}
		if err != nil {
			t.Fatal(err, page)
		}
		switch token := token.(type) {
		case xml.StartElement:
			if len(token.Attr) == 0 && inline[token.Name.Local] {
				continue
			}
			shape = append(shape, fmt.Sprint(token.Name.Local, token.Attr))
		case xml.EndElement:
			if inline[token.Name.Local] {
				continue
			}
			shape = append(shape, "/"+token.Name.Local)
		case xml.Comment, xml.ProcInst:
			t.Errorf("found %v in\n%s", token, page)
		}
	}
}
