package source_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/reviewpkg/sdk/internal/source"
)

// dump writes a tree with all that it knows, one value on a line.
func dump(b *strings.Builder, n *source.Node, indent string) {
	b.WriteString(indent)
	if n.KeyPos.Line > 0 {
		fmt.Fprintf(b, "%q@%s", n.Key, place(n.KeyPos))
		if n.Repeated {
			b.WriteString(" repeated")
		}
		b.WriteString(" = ")
	}
	fmt.Fprintf(b, "%s@%s", n.Kind, place(n.Pos))
	if n.Text != "" {
		fmt.Fprintf(b, " %q", n.Text)
	}
	if n.Plain {
		b.WriteString(" plain")
	}
	b.WriteString("\n")
	for i := range n.Children {
		dump(b, &n.Children[i], indent+"  ")
	}
}

func place(p source.Pos) string { return fmt.Sprintf("%d:%d+%d", p.Line, p.Column, p.Length) }

func dumped(n *source.Node) string {
	var b strings.Builder
	dump(&b, n, "")
	return b.String()
}

func TestJSON(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"null", "null", "null@1:1+4\n"},
		{"space", " \t\r\n true ", "a boolean@2:2+4 \"true\"\n"},
		{"byte order mark", "\uFEFFfalse", "a boolean@1:1+5 \"false\"\n"},
		{"number", "-10.25e+3", "a number@1:1+9 \"-10.25e+3\"\n"},
		{"zero", "[0,-0,0.0]", "a list@1:1+1\n  a number@1:2+1 \"0\"\n  a number@1:4+2 \"-0\"\n  a number@1:7+3 \"0.0\"\n"},
		{"escapes", `"\"\\\/\b\f\n\r\t\u0041\ud83d\ude00z"`, "a text@1:1+37 \"\\\"\\\\/\\b\\f\\n\\r\\tA😀z\"\n"},
		{"two texts with escapes", `["a\n","b\n"]`, "a list@1:1+1\n  a text@1:2+5 \"a\\n\"\n  a text@1:8+5 \"b\\n\"\n"},
		{"runes", "[\"äö😀\", 1,\n\"ü\", 2]", "a list@1:1+1\n  a text@1:2+5 \"äö😀\"\n  a number@1:9+1 \"1\"\n  a text@2:1+3 \"ü\"\n  a number@2:6+1 \"2\"\n"},
		{"empty", `{"a": {}, "": []}`, "an object@1:1+1\n  \"a\"@1:2+3 = an object@1:7+1\n  \"\"@1:11+2 = a list@1:15+1\n"},
		{"repeated", `{"a":1,"b":2,"\u0061":3}`, "an object@1:1+1\n  \"a\"@1:2+3 = a number@1:6+1 \"1\"\n  \"b\"@1:8+3 = a number@1:12+1 \"2\"\n  \"a\"@1:14+8 repeated = a number@1:23+1 \"3\"\n"},
		{"replacement character", `["\ufffd","` + "\uFFFD" + `"]`, "a list@1:1+1\n  a text@1:2+8 \"\uFFFD\"\n  a text@1:11+3 \"\uFFFD\"\n"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			n, err := source.JSON([]byte(tt.in), source.Limits{})
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, dumped(n)); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

func TestJSONErrors(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"empty", "", "1:1: the document ends where a value is expected"},
		{"word", "tru", "1:1: found 't' where a value is expected"},
		{"second value", "1 2", "1:3: found '2' where the end of the document is expected"},
		{"second object", "{}\n{}", "2:1: found '{' where the end of the document is expected"},
		{"trailing comma in list", "[1,]", "1:4: found ']' where a value is expected"},
		{"trailing comma in object", `{"a":1,}`, "1:8: found '}' where a key in quotes is expected"},
		{"no comma", `[1 2]`, "1:4: found '2' where ',' or ']' is expected"},
		{"no comma in object", "{\"a\":1\n \"b\":2}", "2:2: found '\"' where ',' or '}' is expected"},
		{"no colon", `{"a" 1}`, "1:6: found '1' where ':' is expected"},
		{"key without quotes", `{a:1}`, "1:2: found 'a' where a key in quotes is expected"},
		{"open list", `[[1]`, "1:5: the document ends where ',' or ']' is expected"},
		{"open string", "\n \"abc", "2:2: the string has no closing quote"},
		{"open key", "{\"abc", "1:2: the string has no closing quote"},
		{"ends in escape", `"\`, "1:2: the document ends in an escape sequence"},
		{"unknown escape", `"a\x"`, `1:3: unknown escape sequence \ and 'x'`},
		{"short escape", `"\u12"`, `1:2: \u must be followed by four hexadecimal digits`},
		{"sign in escape", `"\u+123"`, `1:2: \u must be followed by four hexadecimal digits`},
		{"high surrogate", `"\ud83d"`, "1:2: half of a surrogate pair stands alone"},
		{"low surrogate", `"\ude00\ud83d"`, "1:2: half of a surrogate pair stands alone"},
		{"two high surrogates", `"\ud83d\ud83d"`, "1:2: half of a surrogate pair stands alone"},
		{"control character", "\"a\tb\"", `1:3: the control character '\t' must be escaped in a string`},
		{"invalid UTF-8", "\"\u00e4\xff\"", "1:3: invalid UTF-8"},
		{"invalid UTF-8 outside", "[\xff]", "1:2: invalid UTF-8"},
		{"encoded surrogate", "\"\xed\xa0\x80\"", "1:2: invalid UTF-8"},
		{"leading zero", "[01]", "1:3: a number must not begin with 0"},
		{"plus", "+1", "1:1: found '+' where a value is expected"},
		{"minus alone", "-", "1:2: the document ends where a digit is expected"},
		{"no fraction", "1.", "1:3: the document ends where a digit is expected"},
		{"no exponent", "1e+x", "1:4: found 'x' where a digit is expected"},
		{"NaN", "NaN", "1:1: found 'N' where a value is expected"},
		{"comment", "// x\n1", "1:1: found '/' where a value is expected"},
		{"single quotes", "'a'", `1:1: found '\'' where a value is expected`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := source.JSON([]byte(tt.in), source.Limits{})
			if err == nil || err.Error() != tt.want || err.TooLarge {
				t.Errorf("got %v, want %s", err, tt.want)
			}
		})
	}
}

func TestLimits(t *testing.T) {
	deep := func(open, end string, n int) string { return strings.Repeat(open, n) + "1" + strings.Repeat(end, n) }
	parsers := map[string]func([]byte, source.Limits) (*source.Node, *source.Error){"json": source.JSON, "yaml": source.YAML}
	tests := []struct {
		name, in string
		limits   source.Limits
		want     string // empty if it is within the limits
	}{
		{"bytes", "[1]", source.Limits{MaxBytes: 3}, ""},
		{"bytes over", "[1] ", source.Limits{MaxBytes: 3}, "the document has 4 bytes, at most 3 are allowed"},
		{"depth", deep("[", "]", 100), source.Limits{}, ""},
		{"depth over", deep("[", "]", 101), source.Limits{}, "1:101: the document is nested more than 100 levels deep"},
		{"depth given", deep("[", "]", 3), source.Limits{MaxDepth: 2}, "1:3: the document is nested more than 2 levels deep"},
		{"depth of objects", deep(`{"a":`, "}", 3), source.Limits{MaxDepth: 2}, "1:11: the document is nested more than 2 levels deep"},
		{"nodes", "[1, 2, 3]", source.Limits{MaxNodes: 4}, ""},
		{"nodes over", "[1, 2, 3]", source.Limits{MaxNodes: 3}, "1:8: the document has more than 3 values"},
	}
	for name, parse := range parsers {
		for _, tt := range tests {
			t.Run(name+" "+tt.name, func(t *testing.T) {
				_, err := parse([]byte(tt.in), tt.limits)
				switch {
				case tt.want == "":
					if err != nil {
						t.Errorf("got %v, want no error", err)
					}
				case err == nil || err.Error() != tt.want || !err.TooLarge:
					t.Errorf("got %v, want %s", err, tt.want)
				}
			})
		}
	}
}

func TestLimitsFilled(t *testing.T) {
	want := source.Limits{MaxBytes: 16 << 20, MaxDepth: 100, MaxNodes: 1_000_000}
	if got := (source.Limits{}).Filled(); got != want {
		t.Errorf("got %v, want %v", got, want)
	}
	if got := (source.Limits{MaxDepth: 1 << 30}).Filled().MaxDepth; got != 10_000 {
		t.Errorf("the depth is limited to %d, want 10000", got)
	}
}

func TestRepeatedInLargeObject(t *testing.T) {
	var b strings.Builder
	for i := range 40 {
		fmt.Fprintf(&b, ",\"k%d\":%d", i%39, i)
	}
	n, err := source.JSON([]byte("{"+b.String()[1:]+"}"), source.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	for i, c := range n.Children {
		if want := i == 39; c.Repeated != want {
			t.Errorf("member %d: repeated is %v, want %v", i, c.Repeated, want)
		}
	}
	if got := n.Member("k0"); got == nil || got.Text != "0" {
		t.Errorf("member k0 is %v, want the first one", got)
	}
	if got := n.Member("k99"); got != nil {
		t.Errorf("member k99 is %v, want none", got)
	}
	if got := n.Children[0].Member("k0"); got != nil {
		t.Errorf("a number has the member %v", got)
	}
}

// FuzzJSON holds the scanner against encoding/json: both accept the same
// documents, but for what encoding/json lets pass, and read the same values.
func FuzzJSON(f *testing.F) {
	for _, s := range []string{`{"a":[1,2.5e3,null,true,"x\u00e9\ud83d\ude00"]}`, `"\ud800"`, "\"\xff\"", "[[]]", "{\"a\":1,\"a\":2}", "01", "\uFEFF1"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		n, err := source.JSON(data, source.Limits{})
		if err != nil {
			if err.Pos.Line < 1 || err.Pos.Column < 1 {
				t.Errorf("error without a place: %v", err)
			}
			// encoding/json lets lone surrogates and invalid UTF-8 pass.
			lenient := !utf8.Valid(data) || strings.Contains(err.Message, "surrogate") || err.TooLarge
			if json.Valid(data) && !lenient {
				t.Errorf("refused valid JSON: %v", err)
			}
			return
		}
		if rest, ok := strings.CutPrefix(string(data), "\uFEFF"); ok {
			data = []byte(rest)
		}
		if !json.Valid(data) {
			t.Fatalf("accepted invalid JSON")
		}
		again, err := source.JSON(source.AppendJSON(nil, n), source.Limits{})
		if err != nil {
			t.Fatalf("what was written cannot be read: %v", err)
		}
		if diff := cmp.Diff(values(n), values(again)); diff != "" {
			t.Errorf("(-want +got)\n%s", diff)
		}
	})
}

// values returns a tree without places and quotes, for comparison.
func values(n *source.Node) source.Node {
	out := source.Node{Kind: n.Kind, Key: n.Key, Text: n.Text, Repeated: n.Repeated}
	for i := range n.Children {
		out.Children = append(out.Children, values(&n.Children[i]))
	}
	return out
}
