package main

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/reviewpkg/sdk/reviewpkg"
)

func TestExcerpt(t *testing.T) {
	long := strings.Repeat("a", 200)
	tests := map[string]struct {
		file, text string
		pos        reviewpkg.Position
		want       string
	}{
		"first line": {"a.yaml", "likelihood: critcal\n", reviewpkg.Position{Line: 1, Column: 13, Length: 7},
			"   1 | likelihood: critcal\n     |             ^^^^^^^\n"},
		"last line without its end": {"a.yaml", "a: b\nc: d", reviewpkg.Position{Line: 2, Column: 4, Length: 1},
			"   2 | c: d\n     |    ^\n"},
		"no length": {"a.yaml", "a:\n  b: c\n", reviewpkg.Position{Line: 2, Column: 3},
			"   2 |   b: c\n     |   ^\n"},
		"longer than the line": {"a.yaml", "a: bcd\ne: f\n", reviewpkg.Position{Line: 1, Column: 4, Length: 99},
			"   1 | a: bcd\n     |    ^^^\n"},
		"behind the line": {"a.yaml", "ab\ncd\n", reviewpkg.Position{Line: 1, Column: 9, Length: 2},
			"   1 | ab\n     |   ^\n"},
		"tabs": {"a.json", "{\n\t\t\"a\":\t1}", reviewpkg.Position{Line: 2, Column: 8, Length: 1},
			"   2 |         \"a\":    1}\n     |                 ^\n"},
		"wide and combining characters": {"a.yaml", "名: e\u0301 ｱ 値\n", reviewpkg.Position{Line: 1, Column: 9, Length: 1},
			"   1 | 名: e\u0301 ｱ 値\n     |         ^^\n"},
		"carriage returns": {"a.json", "{\r\n\"a\": 1\r\n}", reviewpkg.Position{Line: 2, Column: 6, Length: 1},
			"   2 | \"a\": 1\n     |      ^\n"},
		"line breaks of YAML": {"a.yaml", "a: 1\u0085b: 2\u2028c: 3\rd: 4\u2029e: 5\n", reviewpkg.Position{Line: 5, Column: 4, Length: 1},
			"   5 | e: 5\n     |    ^\n"},
		"line breaks of YAML in JSON": {"", " {\"a\": \"\u2028\u0085\",\n\"b\": 2}", reviewpkg.Position{Line: 2, Column: 6, Length: 1},
			"   2 | \"b\": 2}\n     |      ^\n"},
		"line breaks of YAML in Markdown": {"a.md", "a\u2028b\rc\u0085\n[d]\n", reviewpkg.Position{Line: 2, Column: 2, Length: 1},
			"   2 | [d]\n     |  ^\n"},
		"byte order mark": {"a.yaml", "\uFEFFa: b\n", reviewpkg.Position{Line: 1, Column: 4, Length: 1},
			"   1 | a: b\n     |    ^\n"},
		"what steers a terminal": {"a.yaml", "a: \x1b[2Jb\u202E\x00\xffc\n", reviewpkg.Position{Line: 1, Column: 8, Length: 1},
			"   1 | a: \uFFFD[2Jb\uFFFD\uFFFD\uFFFDc\n     |        ^\n"},
		"long line": {"a.json", long + "b" + long, reviewpkg.Position{Line: 1, Column: 201, Length: 1},
			"   1 | ..." + long[:50] + "b" + long[:49] + "...\n     | " + strings.Repeat(" ", 53) + "^\n"},
		"long value": {"a.json", "[" + long, reviewpkg.Position{Line: 1, Column: 2, Length: 200},
			"   1 | [" + long[:50] + "...\n     |  " + strings.Repeat("^", 50) + "\n"},
		"line that is not there": {"a.yaml", "a: b\n", reviewpkg.Position{Line: 3, Column: 1}, ""},
		"no line":                {"a.yaml", "a: b\n", reviewpkg.Position{}, ""},
		"many lines":             {"a.yaml", strings.Repeat("\n", 1233) + "a", reviewpkg.Position{Line: 1234, Column: 1}, "  1234 | a\n       | ^\n"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, newListing(test.file, []byte(test.text)).excerpt(test.pos)); diff != "" {
				t.Errorf("differs (-want +got):\n%s", diff)
			}
		})
	}
}

func TestWidth(t *testing.T) {
	for text, want := range map[string]int{
		"aé\u00A0ж\uFFFD": 1, "\u0301\u20DD\u200D": 0, "ｱﾡ": 1, "名あア한ㄅꀀ、Ａ￥🌍🚀🤖": 2,
	} {
		for _, r := range text {
			if got := width(r); got != want {
				t.Errorf("width of %q (%U) is %d, want %d", r, r, got, want)
			}
		}
	}
}

// Where a listing was before must not change what it shows.
func TestExcerptsInAnyOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOfN(rapid.RuneFrom([]rune("ab 名\t\n\r\u2028")), 0, 60, -1).Draw(t, "text")
		l := newListing("a.yaml", []byte(text))
		for range rapid.IntRange(1, 5).Draw(t, "excerpts") {
			pos := reviewpkg.Position{
				Line:   rapid.IntRange(0, 8).Draw(t, "line"),
				Column: rapid.IntRange(0, 20).Draw(t, "column"),
				Length: rapid.IntRange(0, 20).Draw(t, "length"),
			}
			if got, want := l.excerpt(pos), newListing("a.yaml", []byte(text)).excerpt(pos); got != want {
				t.Fatalf("%v: %q, from the start %q", pos, got, want)
			}
		}
	})
}

// The carets stand below the value, whatever is before and after it.
func TestCaretsStandBelowTheValue(t *testing.T) {
	part := rapid.StringOfN(rapid.RuneFrom([]rune("aé名\u0301ｱ\t ")), 0, 30, -1)
	rapid.Check(t, func(t *rapid.T) {
		before, after := part.Draw(t, "before"), part.Draw(t, "after")
		pos := reviewpkg.Position{Line: 1, Column: utf8.RuneCountInString(before) + 1, Length: 5}
		got := newListing("a.yaml", []byte(before+"VALUE"+after)).excerpt(pos)
		line, carets, _ := strings.Cut(got, "\n")
		at := strings.Index(line, "VALUE")
		columns := 0
		for _, r := range line[:max(at, 0)] {
			columns += width(r)
		}
		if at < 0 || columns != strings.Index(carets, "^") || strings.Count(carets, "^") != 5 {
			t.Fatalf("the carets are not below VALUE:\n%s", got)
		}
	})
}

func FuzzExcerpt(f *testing.F) {
	f.Add("a: b\nc: \x1b[0m\n", 2, 4, 3)
	f.Add("{\"a\":\t\"\u202E\"}", 1, 6, 1<<40)
	f.Fuzz(func(t *testing.T, text string, line, column, length int) {
		got := newListing("", []byte(text)).excerpt(reviewpkg.Position{Line: line, Column: column, Length: length})
		if !utf8.ValidString(got) || strings.Count(got, "\n") != 0 && strings.Count(got, "\n") != 2 {
			t.Fatalf("%q is no pair of lines", got)
		}
		for _, r := range strings.ReplaceAll(got, "\n", "") {
			if unicode.IsControl(r) || visible(r) != r {
				t.Fatalf("%q has the character %U", got, r)
			}
		}
		if n := utf8.RuneCountInString(got); n > 4*(columnsBefore+columnsAfter)*tabWidth {
			t.Fatalf("%d characters for one place", n)
		}
	})
}
