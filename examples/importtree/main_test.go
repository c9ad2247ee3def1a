package main

import (
	"errors"
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the golden file")

// table runs the program over a tree, and returns the lines it prints.
func table(t *testing.T, tree fs.FS) []string {
	t.Helper()
	var b strings.Builder
	if err := run(&b, tree); err != nil {
		t.Fatal(err)
	}
	return strings.Split(strings.TrimSuffix(b.String(), "\n"), "\n")
}

func TestTable(t *testing.T) {
	got := strings.Join(table(t, os.DirFS("testdata/tree")), "\n") + "\n"
	golden := filepath.Join("testdata", "table.txt")
	if *update {
		if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("the table differs from %s (-want +got), -update writes it:\n%s", golden, diff)
	}
	// The golden file may be written anew by mistake; this may not.
	for _, want := range []string{"\nharbourmaster ", "\nlantern ", "\ntidegate ", "cncf self: complete (incomplete, ", "openstack: "} {
		if !strings.Contains(got, want) {
			t.Errorf("the table does not hold %q", want)
		}
	}
}

// A broken tree is what a tree of the world looks like.
type broken struct {
	tree fstest.MapFS
	name string
}

var errDisk = errors.New("the disk is\x1b[2J gone")

func (b broken) Open(name string) (fs.File, error) {
	if name == b.name {
		return nil, errDisk
	}
	return b.tree.Open(name)
}

func TestTroubleIsALine(t *testing.T) {
	lantern, err := os.ReadFile("testdata/tree/lantern/self-assessment.md")
	if err != nil {
		t.Fatal(err)
	}
	review, poem := &fstest.MapFile{Data: lantern}, &fstest.MapFile{Data: []byte("# Poem\n")}
	long := strings.Repeat("long", 60)
	tree := broken{name: "gone", tree: fstest.MapFS{
		"README.md":                    review, // the folder itself is no project
		"gone/self-assessment.md":      review,
		"z/deep/self-assessment.md":    review,
		"z/deep/er/threats.md":         review, // part of z/deep
		".git/hidden.md":               review,
		"poems/a.md":                   poem,
		"e\x1b[2J\u202E/assessment.md": review,
		long + "/poem.rst":             poem,
		"empty/picture.png":            poem,
	}}
	got := table(t, tree)
	want := []string{"PROJECT ", `e\x1b[2J\u202e `, "gone ", long[:37] + "...  -          -         -       -       not read: no document of a security review", "poems ", "z/deep "}
	if len(got) != len(want) {
		t.Fatalf("lines\n%s\nwant %d", strings.Join(got, "\n"), len(want))
	}
	for i, line := range got {
		if !strings.HasPrefix(line, want[i]) {
			t.Errorf("line %q, want it to begin with %q", line, want[i])
		}
		if strings.ContainsFunc(line, unicode.IsControl) || utf8.RuneCountInString(line) > 200 {
			t.Errorf("line %q is too long, or steers the terminal", line)
		}
	}
	if !strings.Contains(got[2], `the disk is\x1b[2J gone`) || strings.Fields(got[5])[1] != "2" || strings.Index(got[5], "cncf") != strings.Index(got[4], "not read") {
		t.Errorf("lines\n%s", strings.Join(got, "\n"))
	}
}

func TestNoTree(t *testing.T) {
	if err := run(&strings.Builder{}, os.DirFS(filepath.Join(t.TempDir(), "absent"))); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("error %v, want that there is no such folder", err)
	}
	if got := table(t, fstest.MapFS{"README.md": {}}); len(got) != 1 {
		t.Errorf("lines %q, want the head alone", got)
	}
}

func TestShort(t *testing.T) {
	tests := map[string]struct {
		text string
		most int
		want string
	}{
		"fits":        {"äbc", 3, "äbc"},
		"too long":    {"äbcdefg", 6, "äbc..."},
		"one line":    {"a\nb\"", 10, `a\nb\"`},
		"not UTF-8":   {"\xff", 10, `\xff`},
		"nothing":     {"", 10, ""},
		"long escape": {"\x1b\x1b\x1b", 10, `\x1b\x1...`},
	}
	for name, test := range tests {
		if got := short(test.text, test.most); got != test.want {
			t.Errorf("%s: %q, want %q", name, got, test.want)
		}
	}
}

// Every project of the corpus gets a line with numbers in it.
func TestCorpus(t *testing.T) {
	const corpus = "../../../shared/corpus"
	if _, err := os.Stat(corpus); err != nil {
		t.Skipf("the corpus of real documents is not here: %v", err)
	}
	got := table(t, os.DirFS(corpus))
	projects := map[string]string{}
	for _, line := range got[1:] {
		fields := strings.Fields(line)
		projects[fields[0]] = line
		if utf8.RuneCountInString(line) > 200 || strings.Contains(line, "no document") || !strings.Contains(line, "(incomplete, ") {
			t.Errorf("line %q", line)
		}
	}
	for _, name := range []string{"cncf/harbor", "cncf/nats", "cncf/openfga", "openstack/barbican/newton"} {
		if projects[name] == "" {
			t.Errorf("there is no line for %s:\n%s", name, strings.Join(got, "\n"))
		}
	}
	if barbican := strings.Fields(projects["openstack/barbican/newton"]); len(barbican) < 3 || barbican[1] != "2" || barbican[2] != "8" {
		t.Errorf("barbican %q, want 2 documents and 8 findings", barbican)
	}
}
