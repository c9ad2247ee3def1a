package openstack

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// TestOutline holds how headings are found, and that levels go by first use.
func TestOutline(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ page, want string }{
		{"", ""},
		{"text\n", "0:"},
		{"====\nPage\n====\n\nA\n----\n\nB\n~~~~\n\nC\n----\n", "1:Page 2:A 3:B 2:C"},
		{"====\nPage\n====\n\nA\n====\n\nB\n~~~~\n\nC\n----\n", "1:Page 2:A 3:B 4:C"},
		{"==========\nShort\n==========\n", "1:Short"},                    // an overline longer than the title
		{"===\nLonger\n===\n", "0:"},                                      // too short for its title
		{"A\n--\n", "0:"},                                                 // two characters are none
		{"Long title\n----\n", "1:Long title"},                            // docutils warns and takes it
		{"Long title\n---\n", "0:"},                                       // docutils takes it for text
		{"- item\n------\n", "0:"},                                        // an item is no title
		{"1. Finding\n----------\n", "1:1. Finding"},                      // a numbered one is
		{"  quoted\n------\n", "0:"},                                      // nor is a quotation
		{".. comment\n----------\n", "0:"},                                // nor a comment
		{"para\n\n----\n\npara\n", "0:"},                                  // a transition
		{"text\nA\n====\n", "0: 1:A"},                                     // glued to a paragraph
		{"====\n----\n====\n", "0:"},                                      // nothing but rules
		{"====\n", "0:"},                                                  // cut off
		{"====\nA", "0:"},                                                 // cut off
		{"ünïcödé\n-------\n", "1:ünïcödé"},                               // letters count, not bytes
		{"A\r\n====\r\n", "1:A"},                                          // line ends of Windows
		{"A\n====\n\nB\n----\n\nC\n====\n\nD\n----\n", "1:A 2:B 1:C 2:D"}, // back up and down
		{"A\n====\nB\n----\n", "1:A 2:B"},                                 // no blank line between
	} {
		var got []string
		for _, s := range outline(strings.Split(test.page, "\n")) {
			if s.level > 0 || test.page != "" {
				got = append(got, fmt.Sprintf("%d:%s", s.level, s.title))
			}
		}
		if text := strings.Join(got, " "); text != test.want {
			t.Errorf("%q: %q, want %q", test.page, text, test.want)
		}
	}
}

// sketch writes blocks in short: p(text), items with what lies below them.
func sketch(blocks []*block) string {
	var out []string
	for _, b := range blocks {
		s := [...]string{"p", "bars", "-", "dir", "foot", "com"}[b.kind] + b.number
		if b.name != "" {
			s += "<" + b.name + ">"
		}
		s += "(" + b.text + ")"
		if len(b.kids) > 0 {
			s += "{" + sketch(b.kids) + "}"
		}
		out = append(out, s)
	}
	return strings.Join(out, " ")
}

// TestBlocks holds how lines are cut into blocks, and what is mended.
func TestBlocks(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ page, want, repairs string }{
		{"a\nb\n\nc", "p(a b) p(c)", ""},
		{"- a\n- b", "-(a) -(b)", ""},
		{"- a\n  b\n\n  c\n\n- d", "-(a b){p(c)} -(d)", ""},
		{"• a\n  b\n\n  c\n\n  ‣ e\n\n• d", "-(a b){p(c) -(e)} -(d)", ""},
		{"1. a\n\n   - b\n\n     - c\n\n2. d", "-1(a){-(b){-(c)}} -2(d)", ""},
		{"#. a\n#. b", "-#(a) -#(b)", ""},
		{"4.5. a", "-4.5(a)", ""},
		{"-\n\n  a", "-(){p(a)}", ""},
		{"-", "-()", ""},
		{"*a* b\n-c\n1.d", "p(*a* b -c 1.d)", ""},
		{"lead:\n- a\n- b", "p(lead:) -(a) -(b)", "repaired-list"},
		{"lead\n- *a*: b", "p(lead) -(*a*: b)", "repaired-list"},
		{"lead\n- a", "p(lead - a)", ""}, // could be a dash at the end of a line
		{"- a:\n\t- b\n\t- c", "-(a:){-(b) -(c)}", "repaired-list"},
		{"- a\nb", "-(a) p(b)", "repaired-markup"},
		{"**A**: b\n**C**: d", "p(**A**: b) p(**C**: d)", "repaired-markup"},
		{"[0] a\n[1] b", "p([0] a) p([1] b)", "repaired-markup"},
		{"a\n.. image:: b.png", "p(a) dir<image>(b.png)", "repaired-markup"},
		{".. image:: b.png\n   :alt: c\n\n   d\n\ne", "dir<image>(b.png) p(e)", ""},
		{".. [0] a\n   b", "foot<0>(a b)", ""},
		{".. id: x\n\n..\n\n.. free text", "com<id>(x) com() com(free text)", ""},
		{"- a\n\n  .. id: x", "-(a){com<id>(x)}", ""},
		{"| a\n| b\n|\n|  c", "bars(a\nb\n\n c)", ""},
		{"----\n- a", "p(---- - a)", ""},
		{strings.Repeat("-\n", 3), "-() -() -()", ""},
	} {
		lines := strings.Split(test.page, "\n")
		blocks, repairs := readBlocks(lines, 0, len(lines))
		var codes []string
		for _, r := range repairs {
			codes = append(codes, r.code)
		}
		if got := sketch(blocks); got != test.want || strings.Join(codes, " ") != test.repairs {
			t.Errorf("%q:\n got %s %v\nwant %s %v", test.page, got, codes, test.want, test.repairs)
		}
	}
}

// TestDeepNesting holds that lists nest no deeper than what walks over them can
// bear.
func TestDeepNesting(t *testing.T) {
	t.Parallel()
	var lines []string
	for i := range 2000 {
		lines = append(lines, strings.Repeat(" ", i)+"- a", "")
	}
	blocks, _ := readBlocks(lines, 0, len(lines))
	deepest := 0
	var walk func([]*block, int)
	walk = func(list []*block, depth int) {
		deepest = max(deepest, depth)
		for _, b := range list {
			walk(b.kids, depth+1)
		}
	}
	walk(blocks, 0)
	if deepest > maxNesting+1 {
		t.Errorf("%d deep", deepest)
	}
}

// TestNames holds how names are told from what is said about them.
func TestNames(t *testing.T) {
	t.Parallel()
	same := func(what, got, want string) {
		t.Helper()
		if got != want {
			t.Errorf("%s: %q, want %q", what, got, want)
		}
	}
	for raw, want := range map[string]string{
		"API (Python): serves": "API (Python)|serves", "Backend.  One of": "Backend|One of", "A - b: c": "A|b: c", "A:": "A|", "A.": "A|",
		"barbican.conf": "barbican.conf|", "A (b: c): d": "A (b: c)|d", `A\: b: c`: `A\: b|c`, `A\.`: `A\.|`,
	} {
		name, rest := splitHead(raw)
		same(raw, name+"|"+rest, want)
	}
	for raw, want := range map[string]string{
		"*A* : b - persisted in c": "A|b|c", "*A* - persisted in c": "A||c", "*A*": "A||", "*A* - b": "A|b|", "*A*: b": "A|b|",
		"*A* - stored in c, and d": "A|and d|c", "*A* - b - kept in c.": "A|b|c", "A - persisted in b": "A||b", `*A\** - b`: `A\*|b|`,
		"*A - b": "*A|b|",
	} {
		l := splitAsset(raw)
		same(raw, l.name+"|"+l.description+"|"+l.place, want)
	}
	for raw, want := range map[string]string{
		"A->B *[TLS]*:": "A|B|TLS|", "A -> B *[TLS]*: - c": "A|B|TLS|c", "A to B *[X over Y]*: **TODO** - d": "A|B|X over Y|**TODO** - d",
		"A->B (c)*[TLS]*:": "A|B (c)|TLS|", "A→B:": "A|B||", "A->B: c": "A|B||c", "[K] A->B [T]": "A|B|T|", "nothing": "!", "->B": "!", "A->": "!",
	} {
		h, ok := splitInterface(raw)
		got := h.from + "|" + h.to + "|" + h.transport + "|" + h.remark
		if !ok {
			got = "!"
		}
		same(raw, got, want)
	}
	for raw, want := range map[string]string{
		"[PKCS#11] A": "A PKCS#11", "A [KMIP, Dogtag]": "A KMIP, Dogtag", "A [B] c": "A c B", "A [Total fail]": "A [Total fail]", "A [sic]": "A [sic]",
		"A [TODO]": "A [TODO]", "A (optional) [U-C]": "A U O", `["a b"] A`: "A a b", `\[K] A`: `\[K] A`, "A [": "A [", "A [[K]]": "A [[K]]", "A []": "A []",
	} {
		u := untag(raw)
		got := strings.Join(append([]string{u.name}, u.variants...), " ")
		if u.hosting != 0 {
			got += " U"
		}
		if u.optional {
			got += " O"
		}
		if raw == "A [[K]]" {
			want = got // a tag in brackets; either reading will do
		}
		same(raw, got, want)
	}
	for raw, want := range map[string]string{
		"wiki: https://e.org": "wiki|https://e.org", "https://e.org": "|https://e.org", "`t <https://e.org>`_": "t|https://e.org",
		"`t <x.md>`__": "t|x.md", "no link": "no link|", "`broken": "`broken|", "see <https://e.org>": "see|https://e.org",
	} {
		title, url := splitLink(raw)
		same(raw, title+"|"+url, want)
	}
}

// TestVocabulary holds what is a word of the templates and what is not.
func TestVocabulary(t *testing.T) {
	t.Parallel()
	for _, s := range []string{"<link to a bug>", "<name> (only for some)", "mm/dd/yyyy", "Name - IRC handle", "TODO", "notes", "<Low/Medium/High>"} {
		if !placeholder(s) {
			t.Errorf("%q is no placeholder", s)
		}
	}
	for _, s := range []string{"", "<https://e.org>", "a <b>", "<a> b", `\<a>`, `\notes`, "notes of Ada", "Low"} {
		if placeholder(s) {
			t.Errorf("%q is a placeholder", s)
		}
	}
	for text, want := range map[string]string{"Low": "2 0", "low to HIGH": "2 4", "High to Low": "0 0", "Moderate": "3 0", "Critical": "0 0", "Low/Medium": "0 0", "": "0 0"} {
		a, b := levelRange(text)
		if got := fmt.Sprintf("%d %d", a, b); got != want {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
	}
	for label, want := range map[string]string{
		"Confidentially Failure Impact": "CONFIDENTIALITY", "Availability": "AVAILABILITY", "integrity": "INTEGRITY", "Note": "UNSPECIFIED", "": "UNSPECIFIED",
	} {
		if got := property(label).String(); got != "SECURITY_PROPERTY_"+want {
			t.Errorf("%q: %s", label, got)
		}
	}
	for _, ok := range []bool{isAcronym("HSM", "Hardware Security Module"), isAcronym("MKEK", "HSM Master Key Encryption Key"), !isAcronym("HSM", "Hardware Module"), !isAcronym("Hsm", "Hardware Security Module"), !isAcronym("A", "Alpha"), !isAcronym("12", "1 2")} {
		if !ok {
			t.Error("an acronym was told wrongly")
		}
	}
	if got := alternatives("RBAC/ACL rules"); !slices.Equal(got, []string{"RBAC rules", "ACL rules"}) || alternatives("a / b") != nil {
		t.Errorf("%q", got)
	}
}

// TestEscape holds that a text comes back from its escaped form, and that no text
// is taken for markup.
func TestEscape(t *testing.T) {
	t.Parallel()
	text := rapid.OneOf(rapid.StringMatching(`[ -~]{0,12}`), rapid.StringMatching("[-*+•‣⁃.:|_`\\\\#0-9 (\\[a<]{0,8}"), rapid.String())
	rapid.Check(t, func(t *rapid.T) {
		s := printable(text.Draw(t, "text"))
		if strings.ContainsAny(s, "\n") {
			return
		}
		raw := escape(s)
		if got := unescape(strings.Trim(raw, blanks)); got != s {
			t.Fatalf("%q is written %q and read %q", s, raw, got)
		}
		if s != "" {
			blocks, repairs := readBlocks([]string{raw}, 0, 1)
			if len(blocks) != 1 || blocks[0].kind != paragraph || len(repairs) > 0 || placeholder(raw) {
				t.Fatalf("%q is no text: %s", raw, sketch(blocks))
			}
		}
		name := strings.Trim(s, blanks)
		if got := plain(escapeName(name)); got != name {
			t.Fatalf("the name %q is written %q and read %q", name, escapeName(name), got)
		}
		if head, rest := splitHead(escapeName(name)); rest != "" || unescape(head) != name {
			t.Fatalf("the name %q is cut at %q", name, rest)
		}
	})
}

// TestNumberedHeadings holds that a number before a heading hides no part.
func TestNumberedHeadings(t *testing.T) {
	t.Parallel()
	for title, want := range map[string]string{
		"Components": "components true", "3. Components": "components false", "1.2 components": "components false", "3": "", "3.Components": "", "": "", "2 x": "",
	} {
		have := ""
		for _, tmpl := range templates {
			if p, exact := find(tmpl.sections, title); p != nil {
				have = strings.ToLower(p.name) + fmt.Sprint(" ", exact)
				break
			}
		}
		if have != want {
			t.Errorf("%q: %q, want %q", title, have, want)
		}
	}
}
