package rubric

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"google.golang.org/protobuf/encoding/protowire"
	"google.golang.org/protobuf/proto"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
	"github.com/reviewpkg/sdk/reviewpkg"
)

// A waiver that breaks a rule does not take the others with it.
func TestLoadMalformedWaivers(t *testing.T) {
	c := newWaiverCase(t)
	var err error
	if c.set, err = LoadWaivers("testdata/waivers/malformed.yaml"); err != nil {
		t.Fatal(err)
	}
	w := c.judge()
	if got := strings.Join(w.finding("f1"), " "); got != "holds" {
		t.Errorf("f1 is taken out by %q", got)
	}
	for i, want := range []struct{ path, message string }{
		{`waivers["for-ever"]`, `the rule required at waivers["for-ever"].expires`},
		{"waivers[1]", "the rule waiver_set.ids"},
		{`waivers["holds"]`, "in force until 2026-12-31"},
		{"waivers[3]", "the rule waiver_set.ids"},
		{`waivers["some-month"]`, `the rule date.format at waivers["some-month"].approvals[0].date: "2026-03" is no day`},
	} {
		got := w.results()[i]
		if malformed := got.GetStatus() == waiverMalformed; malformed == (i == 2) || got.GetPath() != want.path || !strings.Contains(got.GetMessage(), want.message) {
			t.Errorf("waiver %d: %v", i, got)
		}
	}
}

// Where a file is not what it seems, nothing of it is decided on.
func TestLoadWaiversErrors(t *testing.T) {
	good, err := os.ReadFile("testdata/waivers/good.yaml")
	if err != nil {
		t.Fatal(err)
	}
	binary := protowire.AppendBytes(protowire.AppendTag(nil, 1, protowire.BytesType), []byte("reviewpkg.v1.WaiverSet"))
	newer := protowire.AppendVarint(protowire.AppendTag(nil, 999, protowire.VarintType), 1)
	nested := protowire.AppendBytes(protowire.AppendTag(binary, 2, protowire.BytesType), newer)
	for _, test := range []struct {
		name, text string
		want       error
	}{
		{"a.yaml", "{", reviewpkg.Syntax},
		{"b.yaml", "", reviewpkg.WrongKind},
		{"c.yaml", "waivers: []", reviewpkg.WrongKind},
		{"d.yaml", "schema: reviewpkg.v1.Policy", reviewpkg.WrongKind},
		{"e.yaml", string(good) + "\nand: more", reviewpkg.UnknownField},
		{"f.yaml", strings.Replace(string(good), "category: accept", "category: whatever", 1), reviewpkg.UnknownValue},
		{"g.yaml", strings.Replace(string(good), "findings: [f1]", "findings: {f1: true}", 1), reviewpkg.WrongType},
		{"h.yaml", strings.Replace(string(good), "owner: ", "owner: x\n    owner: ", 1), reviewpkg.DuplicateKey},
		{"i.json", `{"schema": "reviewpkg.v1.WaiverSet", "waivers": [{"id": "a", "expire": {}}]}`, reviewpkg.UnknownField},
		{"j.binpb", string(append(binary[:len(binary):len(binary)], newer...)), reviewpkg.UnknownField},
		{"k.binpb", string(nested), reviewpkg.UnknownField},
		{"l.yaml", "# " + strings.Repeat("x", 16<<20), reviewpkg.TooLarge},
	} {
		path := filepath.Join(t.TempDir(), test.name)
		if err := os.WriteFile(path, []byte(test.text), 0o600); err != nil {
			t.Fatal(err)
		}
		set, err := LoadWaivers(path)
		var invalid *reviewpkg.InvalidError
		if set != nil || !errors.Is(err, test.want) || !errors.As(err, &invalid) {
			t.Errorf("%s: %v, %v, want %v", test.name, set, err, test.want)
		}
	}
	if _, err := LoadWaivers("testdata/waivers/unknown-field.yaml"); !errors.Is(err, reviewpkg.UnknownField) || !strings.Contains(err.Error(), "unknown-field.yaml:7:5") {
		t.Errorf("unknown-field.yaml: %v", err)
	}
	if _, err := LoadWaivers(filepath.Join(t.TempDir(), "none.yaml")); !errors.Is(err, fs.ErrNotExist) {
		t.Error(err)
	}
	if _, err := LoadWaivers(t.TempDir()); err == nil {
		t.Error("a folder holds waivers")
	}
}

// Names of one person, and names that only look alike to a machine.
func TestSameName(t *testing.T) {
	for _, test := range []struct {
		a, b string
		same bool
	}{
		{"Ann", "ann ", true},
		{"Jürgen Weiß", "ju\u0308rgen WEISS", true},
		{"Ann Asker", "Ann  Asker", true},
		{"\u2003Ann", "\ufeffAnn\u2800", true},
		{"Σίσυφος", "ΣΊΣΥΦΟΣ", true},
		{"Ann", "Anna", false},
		{"José", "Jose", false},
		{"o'neil", "oneil", false},
		{"李", "李 ", true},
		{"李", "王", false},
	} {
		if got := sameName(test.a) == sameName(test.b); got != test.same {
			t.Errorf("%q and %q: the same is %t, want %t", test.a, test.b, got, test.same)
		}
	}
	for _, blank := range []string{"", " ", "\n", "\u3000", "\u200b\u200d", "\u3164", "\u2800", "\u00ad", "\x00", "\U000e0001"} {
		if got := sameName(blank); got != "" {
			t.Errorf("%q shows %q", blank, got)
		}
	}
}

// FuzzWaivers feeds waivers as bytes, as text and in binary: whatever can be
// read is judged without a panic, and what is applied is well formed.
func FuzzWaivers(f *testing.F) {
	for _, name := range []string{"good", "malformed", "unknown-field"} {
		data, err := os.ReadFile("testdata/waivers/" + name + ".yaml")
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data, int64(1775000000))
	}
	base := newWaiverCase(f)
	binary, err := proto.Marshal(base.set)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(binary, int64(-1))
	f.Fuzz(func(t *testing.T, data []byte, seconds int64) {
		c := *base
		c.set, c.asOf = new(reviewpkgv1.WaiverSet), time.Unix(seconds, 0)
		if proto.Unmarshal(data, c.set) != nil {
			options := reviewpkg.UnmarshalOptions{AllowInvalid: true, Check: unknownFields}
			if options.Unmarshal(data, c.set) != nil {
				return
			}
		}
		w := c.judge()
		c.effect(w)
		statuses(t, w)
		for i, r := range w.results() {
			if r.GetStatus() == waiverApplied && reviewpkg.Validate(c.set.GetWaivers()[i]) != nil {
				t.Errorf("an invalid waiver is applied: %v", r)
			}
		}
	})
}
