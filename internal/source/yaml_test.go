package source_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/reviewpkg/sdk/internal/source"
)

func TestYAML(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"empty", "", "null@1:1+0\n"},
		{"comment", "# nothing\n", "null@1:1+0\n"},
		{"marker", "---\na: 1\n...\n", "an object@2:1+0\n  \"a\"@2:1+1 = a number@2:4+1 \"1\" plain\n"},
		{"byte order mark", "\uFEFFa: b", "an object@1:1+0\n  \"a\"@1:1+1 = a text@1:4+1 \"b\" plain\n"},
		{
			"plain scalars", "[1.10, 2019-05-24, yes, true, ~, null, 0x1F, .inf, 1e3, '', x y]",
			"a list@1:1+1\n  a number@1:2+4 \"1.10\" plain\n  a text@1:8+10 \"2019-05-24\" plain\n  a text@1:20+3 \"yes\" plain\n" +
				"  a boolean@1:25+4 \"true\" plain\n  null@1:31+1 plain\n  null@1:34+4 plain\n  a text@1:40+4 \"0x1F\" plain\n" +
				"  a text@1:46+4 \".inf\" plain\n  a number@1:52+3 \"1e3\" plain\n  a text@1:57+2\n  a text@1:61+3 \"x y\" plain\n",
		},
		{"quotes", `["a\"b", 'c''d', "ä", "1"]`, "a list@1:1+1\n  a text@1:2+6 \"a\\\"b\"\n  a text@1:10+6 \"c'd\"\n  a text@1:18+3 \"ä\"\n  a text@1:23+3 \"1\"\n"},
		{"over lines", "a: \"b\n  c\"\nd: e\n  f\n", "an object@1:1+0\n  \"a\"@1:1+1 = a text@1:4+2 \"b c\"\n  \"d\"@3:1+1 = a text@3:4+1 \"e f\" plain\n"},
		{"blocks", "a: |\n  x\n   y\nb: >-\n  p\n  q\n", "an object@1:1+0\n  \"a\"@1:1+1 = a text@1:4+1 \"x\\n y\\n\"\n  \"b\"@4:1+1 = a text@4:4+1 \"p q\"\n"},
		{"tags", "[!!str 1, !!int \"2\", !!binary QQ==, ! 3]", "a list@1:1+1\n  a text@1:2+0 \"1\"\n  a number@1:11+0 \"2\"\n  a text@1:22+0 \"QQ==\"\n  a number@1:37+0 \"3\" plain\n"},
		{"tagged collections", "a: !!map {b: !!seq [c]}", "an object@1:1+0\n  \"a\"@1:1+1 = an object@1:4+1\n    \"b\"@1:11+1 = a list@1:14+1\n      a text@1:21+1 \"c\" plain\n"},
		{
			"tagged words", "[!!bool TRUE, !!bool yes, !!bool '', !!null x, !!null '']",
			"a list@1:1+1\n  a boolean@1:2+0 \"TRUE\"\n  a text@1:15+0 \"yes\"\n  a text@1:27+0\n  a text@1:38+0 \"x\"\n  null@1:48+0\n",
		},
		{
			"lines of YAML 1.1", "a: \"b\u2028c\u0085d\" # e\u2029\nf: !!str \"g\"\r\nh: [\u00e4, 'i\u2028\u00e4', j]\rk: 'l'\n",
			"an object@1:1+0\n  \"a\"@1:1+1 = a text@1:4+7 \"b\\u2028c d\"\n  \"f\"@2:1+1 = a text@2:4+0 \"g\"\n" +
				"  \"h\"@3:1+1 = a list@3:4+1\n    a text@3:5+1 \"\u00e4\" plain\n    a text@3:8+5 \"i\\u2028\u00e4\"\n    a text@3:15+1 \"j\" plain\n  \"k\"@4:1+1 = a text@4:4+3 \"l\"\n",
		},
		{"keys", "1: a\ntrue: b\n'x': c\n2019-01-01: d\n", "an object@1:1+0\n  \"1\"@1:1+1 = a text@1:4+1 \"a\" plain\n  \"true\"@2:1+4 = a text@2:7+1 \"b\" plain\n  \"x\"@3:1+3 = a text@3:6+1 \"c\" plain\n  \"2019-01-01\"@4:1+10 = a text@4:13+1 \"d\" plain\n"},
		{"repeated", "a: 1\nb: 2\na: 3\n", "an object@1:1+0\n  \"a\"@1:1+1 = a number@1:4+1 \"1\" plain\n  \"b\"@2:1+1 = a number@2:4+1 \"2\" plain\n  \"a\"@3:1+1 repeated = a number@3:4+1 \"3\" plain\n"},
		{"alias", "a: &x [1]\nb: *x\nc: &y z\n*y : *y\n", "an object@1:1+0\n  \"a\"@1:1+1 = a list@1:4+1\n    a number@1:8+1 \"1\" plain\n  \"b\"@2:1+1 = a list@2:4+2\n    a number@1:8+1 \"1\" plain\n  \"c\"@3:1+1 = a text@3:4+0 \"z\" plain\n  \"z\"@4:1+2 = a text@4:6+2 \"z\" plain\n"},
		{
			"merge", "a: &a {x: 1, y: 2}\nb: &b {y: 3, z: 4}\nc: {<<: [*a, *b], z: 5}\nd:\n  <<: *a\n  x: 6\n",
			"an object@1:1+0\n  \"a\"@1:1+1 = an object@1:4+1\n    \"x\"@1:8+1 = a number@1:11+1 \"1\" plain\n    \"y\"@1:14+1 = a number@1:17+1 \"2\" plain\n" +
				"  \"b\"@2:1+1 = an object@2:4+1\n    \"y\"@2:8+1 = a number@2:11+1 \"3\" plain\n    \"z\"@2:14+1 = a number@2:17+1 \"4\" plain\n" +
				"  \"c\"@3:1+1 = an object@3:4+1\n    \"z\"@3:19+1 = a number@3:22+1 \"5\" plain\n    \"x\"@1:8+1 = a number@1:11+1 \"1\" plain\n    \"y\"@1:14+1 = a number@1:17+1 \"2\" plain\n" +
				"  \"d\"@4:1+1 = an object@5:3+0\n    \"x\"@6:3+1 = a number@6:6+1 \"6\" plain\n    \"y\"@1:14+1 = a number@1:17+1 \"2\" plain\n",
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			n, err := source.YAML([]byte(tt.in), source.Limits{})
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, dumped(n)); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

func TestYAMLErrors(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"bad indentation", "a:\n  b: 1\n c: 2\n", "3:2: did not find expected key"},
		{"bad nested indentation", "x: 1\ny:\n  - a: 1\n    b: 2\n   c: 3\n", "5:4: did not find expected '-' indicator"},
		{"tab", "a:\n\tb: 1\n", "2:1: found character that cannot start any token"},
		{"two colons", "a: 1\nb: c: d\n", "2:1: mapping values are not allowed in this context"},
		{"open quote", "a: 1\nb: \"c\nd: e\n", "2:1: found unexpected end of stream"},
		{"open list", "a: 1\nb: [c,\n", "2:1: did not find expected node content"},
		{"unknown anchor", "a: 1\nb:\n  - *x\n", "3:3: unknown anchor 'x' referenced"},
		{"control character", "a: 1\nb: \x01\n", "2:1: control characters are not allowed"},
		{"second document", "a: 1\n---\nb: 2\n", "2:1: a second document begins, only one is allowed"},
		{"error in second document", "a: 1\n---\nb: [\n", "3:1: did not find expected node content"},
		{"alias to itself", "a: &a\n  - *a\n", "2:5: the alias *a stands inside of what it names"},
		{"object as key", "a: 1\n? {b: c}\n: d\n", "2:3: a key must be a text, not an object or a list"},
		{"list as key by alias", "a: &a [1]\n*a : b\n", "2:1: a key must be a text, not a list"},
		{"null as key", "~: a\n", "1:1: a key must be a text, not null"},
		{"unknown tag", "a: !foo b\n", "1:4: the tag !foo has no meaning in this document"},
		{"unknown tag on a set", "!!set {a}\n", "1:1: the tag !!set has no meaning in this document"},
		{"merge of a text", "<<: a\n", "1:5: a merge key needs objects, found a text"},
		{"merge of a list of texts", "<<: [{a: 1}, b]\n", "1:14: a merge key needs objects, found a text"},
		{"two merge keys", "a: &a {b: 1}\nc:\n  <<: *a\n  <<: *a\n", "4:3: a second merge key in the same object; write a list of aliases"},
		{"invalid UTF-8", "a: b\nc: ä\xff\n", "2:5: invalid UTF-8"},
		{"UTF-16", "\xff\xfea\x00", "1:1: invalid UTF-8"},
		{"tag with control characters", "a: !<foo%0Abar%1B> b\n", "1:4: the tag foo\uFFFDbar\uFFFD has no meaning in this document"},
		{"line separator before", "# \u2028\nb: !x 1\n", "2:4: the tag !x has no meaning in this document"},
		{"line separator on the line", "a: \"\u2028\" !x 1\n", "1:1: did not find expected key"},
		{"carriage return", "a: b\rc: {\n", "2:1: did not find expected node content"},
		{"invalid UTF-8 after carriage return", "a: b\rc: \xff", "2:4: invalid UTF-8"},
		{"long tag", "a: !" + strings.Repeat("ä", 100) + " b\n", "1:1: did not find expected whitespace or line break"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := source.YAML([]byte(tt.in), source.Limits{})
			if err == nil || err.Error() != tt.want || err.TooLarge {
				t.Errorf("got %v, want %s", err, tt.want)
			}
		})
	}
}

func TestYAMLExpansion(t *testing.T) {
	bomb := "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
	for i := 1; i < 10; i++ {
		bomb += fmt.Sprintf("a%d: &a%d [%s]\n", i, i, strings.TrimSuffix(strings.Repeat(fmt.Sprintf("*a%d, ", i-1), 10), ", "))
	}
	deep := "a0: &a0 [x]\n"
	for i := 1; i < 200; i++ {
		deep += fmt.Sprintf("a%d: &a%d [*a%d]\n", i, i, i-1)
	}
	merges := "a0: &a0 {x: 1}\n"
	for i := 1; i < 40; i++ {
		merges += fmt.Sprintf("a%d: &a%d {<<: *a%d, k%d: [*a%d, *a%d]}\n", i, i, i-1, i, i-1, i-1)
	}
	tests := []struct{ name, in, want string }{
		{"aliases", bomb, "6:45: the document has more than 1000000 values"},
		{"depth by aliases", deep, "100:12: the document is nested more than 100 levels deep"},
		{"texts by aliases", "a: &a \"" + strings.Repeat("x", 1<<20) + "\"\nb: [" + strings.Repeat("*a,", 500_000) + "]", "2:47: the document has more than 16777216 bytes of text where aliases are expanded"},
		{"keys by aliases", "a: &a {" + strings.Repeat("x", 1000) + ": 1}\nb: [" + strings.Repeat("*a,", 500_000) + "]", "bytes of text where aliases are expanded"},
		{"merge keys", merges, "the document has more than 1000000 values"},
		{"keys of keys", strings.Repeat("? ", 5000) + "a", "a key must be a text, not an object or a list"},
		{"flow", strings.Repeat("[", 1<<20), "exceeded max depth of 10000"},
		{"items", strings.Repeat("-\n", 3<<20), "the document has more than 1000000 values"},
		{"directives", strings.Repeat("%TAG !a! b\n", 1<<16) + "--- a", "the document has more than 64 lines that begin with %"},
		{"flow objects", "[" + strings.Repeat("{\"a\":1},", 1<<20) + "]", "the document has more than 1000000 values"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := source.YAML([]byte(tt.in), source.Limits{})
			if err == nil || !strings.HasSuffix(err.Error(), tt.want) || err.TooLarge == strings.HasPrefix(tt.want, "a key") {
				t.Errorf("got %v, want %s", err, tt.want)
			}
		})
	}
}

func TestIsNumber(t *testing.T) {
	for text, want := range map[string]bool{"0": true, "-1.5e-3": true, "": false, "-": false, "01": false, "1 ": false, "0x1": false, "1.": false, ".5": false, "+1": false} {
		if got := source.IsNumber(text); got != want {
			t.Errorf("IsNumber(%q) is %v, want %v", text, got, want)
		}
	}
}

// hostile generates texts of all that YAML and JSON find special.
func hostile() *rapid.Generator[string] {
	pieces := []string{
		" ", "\n", "\t", "\r", ":", ": ", " #", "#", "-", "- ", "---", "...", "?", "|", ">", "'", "\"", "\\", "&a", "*a", "!", "%", "@", "`", "{", "}", "[", "]", ",",
		"null", "~", "true", "yes", "1.10", "2019-05-24", "<<", "=", ".inf", "0x1F", "1e3", "a", "word", "ä", "😀", "\u0085", "\u2028", "\u2029", "\uFEFF", "\u00a0", "\x00", "\x7f", "\uFFFF", "\U0010FFFF", "\ud7ff", "\ue000", "http://x/y#z",
	}
	return rapid.Custom(func(t *rapid.T) string {
		if rapid.Bool().Draw(t, "any") {
			return rapid.String().Draw(t, "text")
		}
		return strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 8).Draw(t, "pieces"), "")
	})
}

// tree generates a value of the given depth.
func tree(depth int) *rapid.Generator[source.Node] {
	return rapid.Custom(func(t *rapid.T) source.Node {
		kinds := []source.Kind{source.Null, source.Bool, source.Number, source.String, source.String, source.Object, source.Array}
		if depth == 0 {
			kinds = kinds[:5]
		}
		n := source.Node{Kind: rapid.SampledFrom(kinds).Draw(t, "kind")}
		switch n.Kind {
		case source.Bool:
			n.Text = rapid.SampledFrom([]string{"true", "false"}).Draw(t, "bool")
		case source.Number:
			n.Text = rapid.SampledFrom([]string{"0", "-1", "1.50", "1e+21", "123456789012345678901234567890"}).Draw(t, "number")
		case source.String:
			n.Text = hostile().Draw(t, "text")
		case source.Array:
			n.Children = rapid.SliceOfN(tree(depth-1), 1, 4).Draw(t, "items")
		case source.Object:
			seen := map[string]bool{}
			for _, c := range rapid.SliceOfN(tree(depth-1), 1, 4).Draw(t, "members") {
				c.Key = hostile().Draw(t, "key")
				if c.Key == "" || len(c.Key) > 3 && rapid.Bool().Draw(t, "long") {
					c.Key += strings.Repeat(" long key", 200)
				}
				if !seen[c.Key] {
					seen[c.Key] = true
					n.Children = append(n.Children, c)
				}
			}
		}
		return n
	})
}

func TestAppendRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := tree(3).Draw(t, "tree")
		for name, read := range map[string]func() (*source.Node, *source.Error){
			"json": func() (*source.Node, *source.Error) {
				return source.JSON(source.AppendJSON(nil, &n), source.Limits{})
			},
			"yaml": func() (*source.Node, *source.Error) {
				return source.YAML(source.AppendYAML(nil, &n), source.Limits{})
			},
			"yaml, CRLF": func() (*source.Node, *source.Error) {
				crlf := strings.ReplaceAll(string(source.AppendYAML(nil, &n)), "\n", "\r\n")
				return source.YAML([]byte(crlf), source.Limits{})
			},
		} {
			got, err := read()
			if err != nil {
				t.Fatalf("%s: %v\n%s", name, err, source.AppendYAML(nil, &n))
			}
			if diff := cmp.Diff(values(&n), values(got)); diff != "" {
				t.Fatalf("%s: (-want +got)\n%s\n%s", name, diff, source.AppendYAML(nil, &n))
			}
		}
	})
}

func TestAppendYAML(t *testing.T) {
	in := `{"title":"A title, with [brackets]","version":"1.10","yes":"no","empty":"","none":null,"list":[],"object":{},
"text":"First line.\n\n  # not a comment\nlast","ends":"a\n","more":"a\n\n","odd":" a\n b","trailing":"a \nb","tab":"a\tb",
"items":[{"id":"x","sub":[["y","z"],[]]},{}],"key: with colon":1,"colon":"a: b","hash":"a #b","time":"12:30","url":"https://x/y#z"}`
	want := `title: A title, with [brackets]
version: "1.10"
"yes": "no"
empty: ""
none: null
list: []
object: {}
text: |-
  First line.

    # not a comment
  last
ends: |
  a
more: |+
  a

odd: " a\n b"
trailing: "a \nb"
tab: "a\tb"
items:
  - id: x
    sub:
      - - "y"
        - z
      - []
  - {}
"key: with colon": 1
colon: "a: b"
hash: "a #b"
time: "12:30"
url: https://x/y#z
`
	n, err := source.JSON([]byte(in), source.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, string(source.AppendYAML(nil, n))); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

// FuzzYAML looks for panics, for errors without a message, and for values that
// cannot be written and read again.
func FuzzYAML(f *testing.F) {
	for _, s := range []string{"a: &x [1, *x]", "a: |\n  b\n", "? a\n: b", "- - a\n- b: {c: d}", "!!binary x", "%YAML 1.1\n---\na", "a: \"\\x41\"", "!!bool ''", "# \u2028\na: [b\r", "<<: {a: b}", "\uFEFFa: b"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		n, err := source.YAML(data, source.Limits{MaxNodes: 10_000})
		if err != nil {
			if err.Message == "" {
				t.Error("an error without a message")
			}
			return
		}
		again, err := source.YAML(source.AppendYAML(nil, n), source.Limits{MaxDepth: 200})
		if err != nil {
			t.Fatalf("what was written cannot be read: %v\n%s", err, source.AppendYAML(nil, n))
		}
		if diff := cmp.Diff(values(n), values(again)); diff != "" {
			t.Errorf("(-want +got)\n%s", diff)
		}
	})
}
