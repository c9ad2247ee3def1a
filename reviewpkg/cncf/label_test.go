package cncf

import (
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestPlainText(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"", ""},
		{"  plain words ", "plain words"},
		{"**bold** and _italic_", "bold and italic"},
		{"socket_vmnet", "socket_vmnet"},
		{"_a_b_", "a_b"},
		{"`code` here", "code here"},
		{"two  blanks\tand\na line", "two blanks and a line"},
		{"[a link](https://x.example/(y)) behind", "a link behind"},
		{"[**bold** link](x)", "bold link"},
		{"![picture](x.png)!", "picture!"},
		{"[no link] here", "[no link] here"},
		{"wow! [x]", "wow! [x]"},
		{`an escaped \* star and \a`, "an escaped * star and a"},
		{"<https://x.example>", "https://x.example"},
		{"<me@x.example>", "me@x.example"},
		{"a<br>b", "a b"},
		{"a<!-- comment -->b", "a b"},
		{"1 < 2", "1 < 2"},
		{"<> and <1>", "<> and <1>"},
		{"end <", "end <"},
		{"größe", "größe"},
	} {
		if have := plainText(c.in); have != c.want {
			t.Errorf("plainText(%q) = %q, want %q", c.in, have, c.want)
		}
	}
}

func TestSplitLead(t *testing.T) {
	for _, c := range []struct {
		in   string
		want lead
	}{
		{"**Name**: text", lead{label: "Name", rest: "text", marked: true, closed: true}},
		{"**Name:** text", lead{label: "Name", rest: "text", marked: true, closed: true}},
		{"**Name** text", lead{label: "Name", rest: "text", marked: true}},
		{"**Name**. text", lead{label: "Name", rest: "text", marked: true, closed: true}},
		{"**Name** - text", lead{label: "Name", rest: "text", marked: true, closed: true}},
		{"**Name** – text", lead{label: "Name", rest: "text", marked: true, closed: true}},
		{"**Name**\ntext", lead{label: "Name", rest: "text", marked: true, closed: true}},
		{"**Name**", lead{label: "Name", marked: true, closed: true}},
		{"_Name_: text", lead{label: "Name", rest: "text", marked: true, closed: true}},
		{"***Name***: text", lead{label: "Name", rest: "text", marked: true, closed: true}},
		{"*_Name_*: text", lead{label: "Name", rest: "text", marked: true, closed: true}},
		{"[Name](https://x.example): text", lead{label: "Name", target: "https://x.example", rest: "text", marked: true, closed: true}},
		{"**[Name](https://x.example):** text", lead{label: "Name", target: "https://x.example", rest: "text", marked: true, closed: true}},
		{"Name: text", lead{label: "Name", rest: "text", closed: true}},
		{"Name - text", lead{label: "Name", rest: "text", closed: true}},
		{"Name — text: more", lead{label: "Name", rest: "text: more", closed: true}},
		{"Name:", lead{label: "Name", closed: true}},
		{"Name (a: b): text", lead{label: "Name (a: b)", rest: "text", closed: true}},
		{"`a: b` runs: it", lead{label: "`a: b` runs", rest: "it", closed: true}},
		{"See [a: b](c): it", lead{label: "See [a: b](c)", rest: "it", closed: true}},
		{"First. Second: text", lead{rest: "First. Second: text"}},
		{"https://x.example/y is it", lead{rest: "https://x.example/y is it"}},
		{"* not bold", lead{rest: "* not bold"}},
		{"** not bold **", lead{rest: "** not bold **"}},
		{"**never closed", lead{rest: "**never closed"}},
		{"[never](closed", lead{rest: "[never](closed"}},
		{"no lead at all", lead{rest: "no lead at all"}},
		{strings.Repeat("long ", 30) + ": text", lead{rest: strings.Repeat("long ", 30) + ": text"}},
		{"", lead{}},
	} {
		if diff := cmp.Diff(c.want, splitLead(c.in), cmp.AllowUnexported(lead{})); diff != "" {
			t.Errorf("splitLead(%q): %s", c.in, diff)
		}
	}
}

func TestCutLink(t *testing.T) {
	for _, c := range []struct {
		in, text, target, rest string
		ok                     bool
	}{
		{"[a](b) c", "a", "b", " c", true},
		{`[a](b "title")`, "a", "b", "", true},
		{"[a](<b>)", "a", "b", "", true},
		{"[a [b] c](d(e)f)", "a [b] c", "d(e)f", "", true},
		{`[a \] b](c)`, `a \] b`, "c", "", true},
		{"[a]", "", "", "[a]", false},
		{"[a] (b)", "", "", "[a] (b)", false},
		{"[a](b", "", "", "[a](b", false},
		{"a", "", "", "a", false},
		{"", "", "", "", false},
		{"[" + strings.Repeat("x", maxLink) + "](y)", "", "", "[" + strings.Repeat("x", maxLink) + "](y)", false},
	} {
		text, target, rest, ok := cutLink(c.in)
		if text != c.text || target != c.target || rest != c.rest || ok != c.ok {
			t.Errorf("cutLink(%.30q) = %q, %q, %.30q, %v", c.in, text, target, rest, ok)
		}
	}
}

func TestTrimNumber(t *testing.T) {
	for in, want := range map[string]string{
		"1. Goals": "Goals", "3.2 Goals": "Goals", "3.2. Goals": "Goals", "2) Goals": "Goals", "Goals": "Goals",
		"2 goals": "2 goals", "2023": "2023", "1.5": "1.5", "": "",
	} {
		if have := trimNumber(in); have != want {
			t.Errorf("trimNumber(%q) = %q, want %q", in, have, want)
		}
	}
	for in, want := range map[string]string{
		"## 4. **Non-Goals**:": "4 non goals", "4. **Non-Goals**:": "non goals", "[CII Best Practices](x)": "cii best practices", "Actors & actions": "actors and actions", "Goals &amp; Non-goals": "goals and non goals",
		"MITRE ATT&CK": "mitre att ck", "🔒 Metadata 🛡️": "metadata", "⚙️Goals": "goals", "Größe": "größe", "漢字 x": "漢字 x", "B. Metadata": "metadata", "IV. Goals": "goals", "b) Goals": "goals",
		"I. Goals": "goals", "II) Goals": "goals", "e.g. Goals": "e g goals", "a. Goals": "a goals", "AB. Goals": "ab goals", "X.509 keys": "x 509 keys", "A": "a", "A.": "a", "IV": "iv", "v.": "v",
	} {
		if have := key(in); have != want {
			t.Errorf("key(%q) = %q, want %q", in, have, want)
		}
	}
}

func TestShorten(t *testing.T) {
	for _, c := range []struct {
		in    string
		limit int
		want  string
	}{
		{"short", 10, "short"},
		{"some words to cut", 12, "some words…"},
		{"onelongwordwithoutblanks", 10, "onelongwor…"},
		{"ending, here it is", 8, "ending…"},
		{"ööööö", 3, "ö…"},
	} {
		if have := shorten(c.in, c.limit); have != c.want {
			t.Errorf("shorten(%q, %d) = %q, want %q", c.in, c.limit, have, c.want)
		}
	}
	if have := beginning(strings.Repeat("ö", 300)); len(have) != 400 {
		t.Errorf("the beginning has %d bytes", len(have))
	}
}

func TestComments(t *testing.T) {
	for in, want := range map[string]string{
		"a <!-- b --> c": "a  c", "a <!-- b": "a ", "<!-- a --><!-- b -->c": "c", "a": "a",
		"x <!-- y -->\n" + quoted + "\n> <!-- kept -->\n> # text": "x \n<!-- kept -->\n# text",
	} {
		if have := stripComments(in); have != want {
			t.Errorf("stripComments(%q) = %q, want %q", in, have, want)
		}
	}
	for in, want := range map[string]string{
		"a <!-- b\nc --> d": "a       \n      d", "a <!-- b": "a       ", "a": "a",
	} {
		if have := blankComments(in); have != want || len(have) != len(in) {
			t.Errorf("blankComments(%q) = %q, want %q", in, have, want)
		}
	}
}

func TestDedent(t *testing.T) {
	for _, c := range []struct {
		in   string
		n    int
		want string
	}{
		{"  a\n    b\nc\n", 2, "a\n  b\nc\n"}, {"\ta\n", 4, "a\n"}, {"a", 0, "a"}, {"   ", 2, " "}, {"  ", 4, ""},
	} {
		if have := dedent(c.in, c.n); have != c.want {
			t.Errorf("dedent(%q, %d) = %q, want %q", c.in, c.n, have, c.want)
		}
	}
	if have := dedentRest("  a\n  b", 2); have != "  a\nb" {
		t.Errorf("dedentRest = %q", have)
	}
}

func TestHTMLHeading(t *testing.T) {
	for in, want := range map[string]string{
		"<h2>Goals</h2>\n": "2 Goals", "<H3 align=\"center\" id='x'><b>Non-goals</b></H3>": "3 Non-goals", "<h1>\nTwo\nlines\n</h1>\n\n": "1 Two lines",
		"<h1><img src=\"x.png\"></h1>": "", "<h2>Goals</h3>": "", "<h2>Goals": "", "<h2>Goals</h2> and text": "", "<h2>a</h2><h2>b</h2>": "", "<h7>Goals</h7>": "", "<hr>": "",
		"<h2></h2>": "", "<h1></h1": "", "<h2>" + strings.Repeat("x", maxLink) + "</h2>": "", "<header>x</header>": "", "": "",
	} {
		have := ""
		if h := htmlHeading(in); h != nil {
			have = itoa(h.level) + " " + h.label
		}
		if have != want {
			t.Errorf("htmlHeading(%q) = %q, want %q", in, have, want)
		}
	}
	for in, want := range map[string]string{
		"Goals {#goals}": "Goals", "Goals {.wide #goals}": "Goals", "Goals {: #goals }": "Goals", "Goals {x}": "Goals {x}", "Goals {#goals": "Goals {#goals",
		"{#goals}": "{#goals}", "Goals { }": "Goals { }", "Goals {": "Goals {", "a {#b} {#c}": "a {#b}", "": "",
	} {
		if have := withoutAttributes(in); have != want {
			t.Errorf("withoutAttributes(%q) = %q, want %q", in, have, want)
		}
	}
}

// TestHeadingsAsProgramsWriteThem reads one document with its headings in the
// forms that exports and wikis have.
func TestHeadingsAsProgramsWriteThem(t *testing.T) {
	text := assessmentWith("## Security functions and features\n\n### Critical\n\n* Hub: turns\n")
	want := ""
	for _, form := range []string{"$1 $2", "$1 $2 {#x-y}", "$1 🔒 $2", "$1 B. $2", "$1 XIV. $2", "$1 $2 🔒", "$1 <a id=\"x\"></a>$2", "$1 [$2](#x)", "$1 <u>$2</u>"} {
		_, report := importText(t, "a.md", regexp.MustCompile(`(?m)^(#+) (.*)$`).ReplaceAllString(text, form))
		have := ""
		for _, p := range report.GetDocuments()[0].GetParts() {
			if p.GetFound() {
				have += p.GetName() + " " + p.GetPresence().String() + "\n"
			}
		}
		if want == "" {
			want = have
		}
		if diff := cmp.Diff(want, have); diff != "" || !strings.Contains(have, "critical") {
			t.Errorf("%q: %s", form, diff)
		}
	}
}
