package source

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// sameAsParser fails if blockYAML reads something in another way than the
// parser, and returns whether it read it at all.
func sameAsParser(t interface {
	Helper()
	Fatalf(string, ...any)
}, data []byte, limits Limits) bool {
	t.Helper()
	limits = limits.Filled()
	if checkYAML(data, limits) != nil {
		return false
	}
	got, ok := blockYAML(data, limits)
	if !ok {
		return false
	}
	want, err := parsedYAML(data, limits)
	if err != nil {
		t.Fatalf("read what the parser refuses: %v\n%s", err, data)
	}
	if path := difference(want, got); path != "" {
		t.Fatalf("other than the parser at %s\n%s", path, data)
	}
	return true
}

// difference returns where two trees differ, or nothing.
func difference(want, got *Node) string {
	a, b := *want, *got
	a.Children, b.Children = nil, nil
	if !reflect.DeepEqual(a, b) || len(want.Children) != len(got.Children) {
		return "want " + describeNode(want) + ", got " + describeNode(got)
	}
	for i := range want.Children {
		if path := difference(&want.Children[i], &got.Children[i]); path != "" {
			return want.Key + "." + path
		}
	}
	return ""
}

func describeNode(n *Node) string {
	return strings.Join(strings.Fields(strings.ReplaceAll(string(AppendJSON(nil, n)), "\n", " ")), " ") +
		" " + (&Error{Pos: n.KeyPos, Message: n.Key}).Error() + " " + (&Error{Pos: n.Pos, Message: n.Kind.String()}).Error()
}

func TestBlockYAML(t *testing.T) {
	tests := []struct {
		name, in string
		want     bool // whether it is in the core
	}{
		{"members", "a: b\nc: 1\nd: 1.10\ne: 2020-01-01\nf: true\ni: 02e4c\nk: 1_000\ng: null\nh: Ünder\n", true},
		{"nested", "a:\n  b:\n    - c\n    - d: e\n      f: g\n  h: i\nj:\n- k\n- l: m\nn: o\n", true},
		{"lists in lists", "- - a\n  - - b\n    - c\n- d\n", true},
		{"comments", "# top\na: b # c\n\n  # d\ne: # f\n  # g\n  - h # i\n  # j\n# k\n", true},
		{"quotes", "a: \"b\\n\\\"c\\u00e4\" # d\n\"é f\": \"g\"\n", true},
		{"literals", "a: |\n  b\n\n   c\t\n  # d\nb: |-\n  e\n\nf: |+\n  g\n\n\nh:\n  - |\n    i\n  - j\n", true},
		{"literal at the end", "a: |+\n  b\n\n \n", true},
		{"literal with spaces", "a: |\n  b \n     \n  c\n   \n", true},
		{"folded", "a: >\n  b\n  c\n\n  d\n\n\n  e\nf: >-\n  g\nh: >+\n  i\n\n", true},
		{"flow", "a: [b, c d, {e: f, g: [1, 1.10, true]}, [], {}, 2020-01-01 , null] # h\ni: {j: http://k#l}\nm:\n  - [n]\n", true},
		{"empty collections", "a: {}\nb: []\nc:\n  - {}\n  - []\n", true},
		{"repeated", "a: 1\na: 2\n", true},
		{"url", "a: http://x/y#z:1\n", true},
		{"brackets inside", "a: b [c], {d} & *e 'f' \"g\"\n", true},
		{"empty", "", false},
		{"comment alone", "# a\n", false},
		{"scalar alone", "a\n", false},
		{"no line feed", "a: b", false},
		{"null", "a:\nb: c\n", false},
		{"null item", "-\n- a\n", false},
		{"null key", "null: a\n", false},
		{"flow over lines", "a: [b,\n  c]\n", false},
		{"flow with comma at the end", "a: [b, ]\n", false},
		{"flow with quotes", "a: ['b', \"c\\n\" , {d: \"e\"}]\n", true},
		{"flow with open quotes", "a: [\"b]\n", false},
		{"flow with text behind quotes", "a: ['b' c]\n", false},
		{"flow with a pair", "a: [b: c]\n", false},
		{"flow without values", "a: {b, c}\n", false},
		{"flow with colon", "a: [b:]\n", false},
		{"flow with comment", "a: [b #]\n", false},
		{"flow with runes", "a: [ä]\n", false},
		{"flow behind runes", "\"ä\": [b]\n", false},
		{"text behind flow", "a: [b] c\n", false},
		{"mixed brackets", "a: [b}\n", false},
		{"null key in flow", "a: {null: b}\n", false},
		{"anchor", "a: &b c\n", false},
		{"single quotes", "a: 'b\\n\"' # c\n", true},
		{"single quotes inside", "a: 'b''c'\n", false},
		{"escaped slash", "a: \"b\\/c\"\n", false},
		{"unknown escape", "a: \"b\\x41\"\n", false},
		{"folded with deeper lines", "a: >\n  b\n   c\n", false},
		{"folded with tabs", "a: >\n  b\n  \tc\n", false},
		{"indentation indicator", "a: |2\n  b\n", false},
		{"several lines", "a: b\n  c\n", false},
		{"quotes over lines", "a: \"b\n  c\"\n", false},
		{"surrogates", "a: \"\\ud83d\\ude00\"\n", false},
		{"colon in scalar", "a: b: c\n", false},
		{"colon at the end", "a: b:\n", false},
		{"indented more", "a: b\n  c: d\n", false},
		{"indented less", "a:\n    b: c\n  d: e\n", false},
		{"tab", "a:\tb\n", false},
		{"tab in text", "a: b\tc\n", false},
		{"carriage return", "a: b\r\n", false},
		{"line separator", "a: b\u2028c\n", false},
		{"marker", "---\na: b\n", false},
		{"second document", "a: b\n---\nc: d\n", false},
		{"indented root", "  a: b\n", false},
		{"exponent", "a: 1e3\n", false},
		{"key and list", "a: b\n- c\n", false},
		{"list and key", "- a\nb: c\n", false},
		{"text behind quotes", "a: \"b\" c\n", false},
		{"comment at quotes", "a: \"b\"#c\n", false},
		{"empty literal", "a: |\nb: c\n", false},
		{"literal begins empty", "a: |\n\n  b\n", false},
		{"literal indented less", "a:\n  b: |\n      c\n    d\n", false},
		{"control character", "a: b\x7f\n", false},
		{"control character in comment", "# \x01\na: b\n", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := sameAsParser(t, []byte(tt.in), Limits{}); got != tt.want {
				t.Errorf("read: %v, want %v", got, tt.want)
			}
		})
	}
}

func TestBlockYAMLLimits(t *testing.T) {
	in := []byte("a:\n  b: [c]\n")
	for _, tt := range []struct {
		limits Limits
		want   bool
	}{{Limits{MaxDepth: 3, MaxNodes: 4}, true}, {Limits{MaxDepth: 2}, false}, {Limits{MaxNodes: 3}, false}} {
		if got := sameAsParser(t, in, tt.limits); got != tt.want {
			t.Errorf("limits %v: read is %v, want %v", tt.limits, got, tt.want)
		}
	}
}

// TestBlockYAMLEdits holds blockYAML against the parser, with documents that it
// knows after some random edits.
func TestBlockYAMLEdits(t *testing.T) {
	words := []string{
		"a", "key", "1", "2019-05-24", "true", "null", "~", "ä", "\"q\"", "\"q\\n\"", "'s'", ":", ": ", "k: ", "k:\n", "- ", "-", " ", "  ", "#", " # c", "|", "|-\n", "|+",
		">", "{}", "[]", "[", "]", "{", "}", ", ", ">-\n", "\t", "?", "&a ", "*a", "<<", "---", "!!str ", "0x1F", "1_000", ".5", "\n", "\n\n", "\n  ", "\\", "\"",
	}
	const base = "a: b # x\nc:\n  - d: |\n      e\n\n       f\n    g: \"h\"\n  - - i\n    - 1.10\n# j\nk:\n- l: {}\nm: |+\n  n\n\ns: [t, {u: v}, 1]\nw: >-\n  x\n  y\n\n  z\no: true\np:\n  q: |-\n    r\n"
	rapid.Check(t, func(t *rapid.T) {
		doc := base
		for range rapid.IntRange(1, 4).Draw(t, "edits") {
			from := rapid.IntRange(0, len(doc)).Draw(t, "from")
			to := min(len(doc), from+rapid.IntRange(0, 5).Draw(t, "deleted"))
			doc = doc[:from] + rapid.SampledFrom(append(words, "")).Draw(t, "inserted") + doc[to:]
		}
		sameAsParser(t, []byte(doc), Limits{})
	})
}

// TestBlockYAMLExamples checks that the fast way is the usual one: it reads
// what AppendYAML writes.
func TestBlockYAMLExamples(t *testing.T) {
	n, err := JSON([]byte(`{"a":{"b":["c",{"d":"e\nf\n","g":{}},["h","1.10"]]},"i":[],"j":5,"k":true,"l":"- x","m n":null}`), Limits{})
	if err != nil {
		t.Fatal(err)
	}
	if data := AppendYAML(nil, n); !sameAsParser(t, data, Limits{}) {
		t.Errorf("not in the core:\n%s", data)
	}
	files, globErr := filepath.Glob("../../examples/packages/*/*.yaml")
	if globErr != nil {
		t.Fatal(globErr)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		t.Logf("%s is in the core: %v", file, sameAsParser(t, data, Limits{}))
	}
}

func FuzzBlockYAML(f *testing.F) {
	for _, s := range []string{"a: b\n", "a:\n  - b: |\n      c\n    d: \"e\"\n", "- - a # b\n  - {}\n", "a: |+\n  b\n\n", "a: >-\n  b\n  c\n\n  d\n", "a: [b, {c: d}, 1.10]\n"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) { sameAsParser(t, data, Limits{MaxNodes: 10_000}) })
}
