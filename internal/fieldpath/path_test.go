package fieldpath_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/reviewpkg/sdk/internal/fieldpath"
)

func TestParse(t *testing.T) {
	t.Parallel()
	type step = fieldpath.Step
	tests := []struct {
		in   string
		want fieldpath.Path
		text string // canonical form, where it is not in
	}{
		{in: "", want: nil},
		{in: "project", want: fieldpath.Path{{Field: "project"}}},
		{in: `findings["f-3"].likelihood`, want: fieldpath.Path{{Field: "findings", Kind: fieldpath.Key, Key: "f-3"}, {Field: "likelihood"}}},
		{in: `a.b_1[0].C[12]`, want: fieldpath.Path{{Field: "a"}, {Field: "b_1", Kind: fieldpath.Index}, {Field: "C", Kind: fieldpath.Index, Index: 12}}},
		{in: `labels["k]\"].x"]`, want: fieldpath.Path{{Field: "labels", Kind: fieldpath.Key, Key: `k]"].x`}}},
		{in: `labels[""]`, want: fieldpath.Path{{Field: "labels", Kind: fieldpath.Key}}},
		{in: `labels["\x41\u00e4"]`, want: fieldpath.Path{{Field: "labels", Kind: fieldpath.Key, Key: "Aä"}}, text: `labels["Aä"]`},
		{in: `labels["\xff"]`, want: fieldpath.Path{{Field: "labels", Kind: fieldpath.Key, Key: "\xff"}}},
		{in: `m[true].v`, want: fieldpath.Path{{Field: "m", Kind: fieldpath.Literal, Key: "true"}, {Field: "v"}}},
		{in: `m[-5]`, want: fieldpath.Path{step{Field: "m", Kind: fieldpath.Literal, Key: "-5"}}},
		{in: `m[18446744073709551615]`, want: fieldpath.Path{{Field: "m", Kind: fieldpath.Literal, Key: "18446744073709551615"}}},
		{in: "project.@unknown", want: fieldpath.Path{{Field: "project"}, {Field: fieldpath.Unknown}}},
	}
	for _, tt := range tests {
		t.Run(tt.in, func(t *testing.T) {
			t.Parallel()
			got, err := fieldpath.Parse(tt.in)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
			text := tt.text
			if text == "" {
				text = tt.in
			}
			if got.String() != text {
				t.Errorf("String() = %s, want %s", got, text)
			}
		})
	}
}

func TestParseErrors(t *testing.T) {
	t.Parallel()
	tests := []struct{ in, want string }{
		{".a", `column 1 of the path: want a field name, found ".a"`},
		{"a.", `column 3 of the path: want a field name, found ""`},
		{"a..b", `column 3 of the path: want a field name, found ".b"`},
		{"1a", `column 1 of the path: want a field name, found "1a"`},
		{"a b", `column 2 of the path: want a dot, found " b"`},
		{"a[0]b", `column 5 of the path: want a dot, found "b"`},
		{"a[0][1]", `column 5 of the path: want a dot, found "[1]"`},
		{"a[0", `column 3 of the path: want a number, true, false or a quoted text and a closing bracket, found "0"`},
		{"a[]", `column 3 of the path: want a number, true, false or a quoted text and a closing bracket, found "]"`},
		{"a[01]", `column 3 of the path: want a number, true, false or a quoted text and a closing bracket, found "01]"`},
		{"a[+1]", `column 3 of the path: want a number, true, false or a quoted text and a closing bracket, found "+1]"`},
		{"a[-0]", `column 3 of the path: want a number, true, false or a quoted text and a closing bracket, found "-0]"`},
		{"a[ 1]", `column 3 of the path: want a number, true, false or a quoted text and a closing bracket, found " 1]"`},
		{"a[18446744073709551616]", `column 3 of the path: want a number, true, false or a quoted text and a closing bracket, found "18446744073709551616]"`},
		{"a[f-3]", `column 3 of the path: want a number, true, false or a quoted text and a closing bracket, found "f-3]"`},
		{`a["b]`, `column 3 of the path: a quoted text does not end, or has an unknown escape`},
		{`a["\q"]`, `column 3 of the path: a quoted text does not end, or has an unknown escape`},
		{`a["b" ]`, `column 6 of the path: want a closing bracket, found " ]"`},
		{"a[`b`]", "column 3 of the path: want a number, true, false or a quoted text and a closing bracket, found \"`b`]\""},
		{"@unknown[0]", `column 9 of the path: @unknown has no items`},
		{"@a", `column 1 of the path: want a field name, found "@a"`},
		{"a " + strings.Repeat("ö", 1000), `column 2 of the path: want a dot, found " ` + strings.Repeat("ö", 38) + `..."`},
		{strings.Repeat("a.", 10000) + "a", `path has more than 10000 steps`},
	}
	for _, tt := range tests {
		got, err := fieldpath.Parse(tt.in)
		if err == nil {
			t.Errorf("Parse(%.40q) = %v, want an error", tt.in, got)
		} else if err.Error() != tt.want {
			t.Errorf("Parse(%.40q) fails with\n%s, want\n%s", tt.in, err, tt.want)
		}
	}
}

func TestJoin(t *testing.T) {
	t.Parallel()
	tests := []struct{ base, rest, want string }{
		{"", "", ""}, {"a", "", "a"}, {"", "b", "b"}, {"a[0]", "b.c", "a[0].b.c"},
	}
	for _, tt := range tests {
		if got := fieldpath.Join(tt.base, tt.rest); got != tt.want {
			t.Errorf("Join(%q, %q) = %q, want %q", tt.base, tt.rest, got, tt.want)
		}
	}
}

func TestStringParseRoundTrip(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		steps := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) fieldpath.Step {
			s := fieldpath.Step{Field: rapid.StringMatching("[A-Za-z_][A-Za-z0-9_]{0,3}").Draw(t, "field")}
			switch s.Kind = fieldpath.Kind(rapid.IntRange(0, 3).Draw(t, "kind")); s.Kind {
			case fieldpath.Key:
				s.Key = string(rapid.SliceOf(rapid.Byte()).Draw(t, "key"))
			case fieldpath.Index:
				s.Index = rapid.IntMin(0).Draw(t, "index")
			case fieldpath.Literal:
				s.Key = rapid.SampledFrom([]string{"true", "false", "-1", "-9223372036854775808", "9223372036854775808"}).Draw(t, "literal")
			}
			return s
		}), 1, 5).Draw(t, "path")
		want := fieldpath.Path(steps)
		got, err := fieldpath.Parse(want.String())
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("%s: -want +got:\n%s", want, diff)
		}
	})
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{"", "a", `findings["f-3"].likelihood`, "m[-5].x[0]", `a["\x00\u2028"]`, "a.@unknown", "a[", `a["`, "a[true]"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		path, err := fieldpath.Parse(s)
		if err != nil {
			return
		}
		text := path.String()
		again, err := fieldpath.Parse(text)
		if err != nil {
			t.Fatalf("Parse(%q): %v", text, err)
		}
		if diff := cmp.Diff(path, again); diff != "" {
			t.Fatalf("%q became %q: -want +got:\n%s", s, text, diff)
		}
		if again.String() != text {
			t.Fatalf("%q became %q", text, again.String())
		}
	})
}
