package intake

import (
	"strings"
	"testing"
	"unicode"

	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"
)

func TestURI(t *testing.T) {
	for _, c := range []struct{ in, uri, ref string }{
		{"https://x.example/a?b=c#d", "https://x.example/a?b=c#d", "https://x.example/a?b=c#d"},
		{" https://x.example ", "https://x.example", "https://x.example"},
		{"https://x.example/a b", "https://x.example/a%20b", "https://x.example/a%20b"},
		{"https://x.example/größe", "https://x.example/gr%C3%B6%C3%9Fe", "https://x.example/gr%C3%B6%C3%9Fe"},
		{"https://x.example/100%", "https://x.example/100%25", "https://x.example/100%25"},
		{"https://x.example/%20", "https://x.example/%20", "https://x.example/%20"},
		{"https://x.example/%2G", "https://x.example/%252G", "https://x.example/%252G"},
		{"https://x.example/[a]", "https://x.example/%5Ba%5D", "https://x.example/%5Ba%5D"},
		{"mailto:a@x.example", "mailto:a@x.example", "mailto:a@x.example"},
		{"urn:isbn:1", "urn:isbn:1", "urn:isbn:1"},
		{"file:/a", "file:/a", "file:/a"},
		{"https:///a", "", ""},
		{"https://a b/", "", ""},
		{"https://me@x.example/", "https://me@x.example/", "https://me@x.example/"},
		{"https://x.example/a#b#c", "", ""},
		{"x:", "", ""},
		{"docs/a.md#b", "", "docs/a.md#b"},
		{"docs/a b.md", "", "docs/a%20b.md"},
		{"../a", "", "../a"},
		{"//x.example/a", "", ""},
		{"a:b/c", "a:b/c", "a:b/c"},
		{"1:b/c", "", ""},
		{"d/1:b", "", "d/1:b"},
		{"a#b#c", "", ""},
		{"", "", ""},
	} {
		if have := URI(c.in); have != c.uri {
			t.Errorf("URI(%q) = %q, want %q", c.in, have, c.uri)
		}
		if have := URIRef(c.in); have != c.ref {
			t.Errorf("URIRef(%q) = %q, want %q", c.in, have, c.ref)
		}
	}
	for in, want := range map[string]string{"a%20b": "a b", "a%2": "a%2", "a": "a"} {
		if have := unescapeURI(in); have != want {
			t.Errorf("unescapeURI(%q) = %q", in, have)
		}
	}
}

func TestIsEmail(t *testing.T) {
	for in, want := range map[string]bool{
		"a@x.example": true, "a.b+c@x-y.example": true, "a'b@x.example": true, "a@localhost": false, "@x.example": false, "a@": false, "a": false, "": false,
		"a b@x.example": false, "a@x..example": false, "a@-x.example": false, "a@x-.example": false, "a@x_y.example": false, "a@b@x.example": false,
		"a@" + strings.Repeat("x", 63) + ".example": true, "a@" + strings.Repeat("x", 64) + ".example": false, "ä@x.example": false,
	} {
		if have := IsEmail(in); have != want {
			t.Errorf("IsEmail(%q) = %v", in, have)
		}
	}
}

func TestSlugAndFold(t *testing.T) {
	for in, want := range map[string]string{
		"Wheel of Fortune!": "wheel-of-fortune", "  --a--  ": "a", "größe": "gro-e", "Ólafur Žižek": "olafur-zizek", "": "", "***": "", "CVE-2024-1": "cve-2024-1",
		strings.Repeat("abcdefghi ", 6): "abcdefghi-abcdefghi-abcdefghi-abcdefghi-abcdefgh",
		strings.Repeat("a", 47) + " bc": strings.Repeat("a", 47), strings.Repeat("x", 60): strings.Repeat("x", 48),
	} {
		if have := Slug(in); have != want || len(have) > maxSlug {
			t.Errorf("Slug(%q) = %q, want %q", in, have, want)
		}
	}
	for in, want := range map[string]string{
		"  Non-Goals: ": "non goals", "Cortex’s": "cortex s", "Größe 2": "größe 2", "": "", "...": "", "a/b_c": "a b c",
	} {
		if have := Fold(in); have != want {
			t.Errorf("Fold(%q) = %q, want %q", in, have, want)
		}
	}
}

// TestSlugIsThatOfDecomposedText compares ids with those of names whose letters
// were taken apart by the library as a whole.
func TestSlugIsThatOfDecomposedText(t *testing.T) {
	pieces := []string{"a", "Z", "7", " ", "-", "é", "Ö", "e\u0301", "\u0301", "ſ", "ﬁ", "ǅ", "각", "ở", "…", "漢", "\xff", "\xc3", "\u212b", "long-enough-to-be-cut"}
	rapid.Check(t, func(t *rapid.T) {
		name := strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 40).Draw(t, "pieces"), "")
		plain := strings.Map(func(r rune) rune {
			if unicode.Is(unicode.Mn, r) {
				return -1
			}
			return r
		}, norm.NFD.String(name))
		if have, want := Slug(name), Slug(strings.ToValidUTF8(plain, "?")); have != want {
			t.Fatalf("Slug(%q) = %q, want %q", name, have, want)
		}
	})
}
