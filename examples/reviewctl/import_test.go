package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/testing/protocmp"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
	"github.com/reviewpkg/sdk/reviewpkg"
	"github.com/reviewpkg/sdk/reviewpkg/cncf"
)

// The projects that the tests read.
const (
	tree    = "../importtree/testdata/tree"
	lantern = tree + "/lantern" // nothing to say about it
	harbour = tree + "/harbourmaster"
	gate    = tree + "/tidegate"
)

// folder writes files below a folder of its own for a test, and returns it.
func folder(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "folder")
	if err := os.Mkdir(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	for name, text := range files {
		file := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		write(t, file, text)
	}
	return dir
}

// list returns the names of the files in a folder.
func list(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

func TestImport(t *testing.T) {
	want, report, err := cncf.Import(os.DirFS(harbour))
	if err != nil {
		t.Fatal(err)
	}
	for encoding, extension := range extensions() {
		file := filepath.Join(t.TempDir(), "p"+extension)
		summary := must(t, exitPass, "import", "-o", file, harbour)
		got, err := reviewpkg.Load(file)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got, protocmp.Transform()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", encoding, diff)
		}
		golden(t, "import.txt", summary)
	}
	file := filepath.Join(t.TempDir(), "p.yaml")
	got := parse(t, must(t, exitPass, "import", "--format", "json", "-o", file, harbour), &reviewpkgv1.ImportReport{})
	if diff := cmp.Diff(report, got, protocmp.Transform()); diff != "" {
		t.Errorf("report (-want +got):\n%s", diff)
	}
	golden(t, "import-parts.txt", must(t, exitPass, "import", "--parts", "-o", file, gate))
}

// Where the package goes decides where the summary goes.
func TestImportStreams(t *testing.T) {
	file := filepath.Join(t.TempDir(), "p")
	summary := must(t, exitPass, "import", "-o", file, harbour)
	written, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(string(written), "schema: reviewpkg.v1.ReviewPackage\n") {
		t.Errorf("a file without an ending begins with %.40q, want YAML", written)
	}
	for _, args := range [][]string{{"import", harbour}, {"import", harbour, "-o", "-"}} {
		if got, want := do(t, "", args...), (result{exitPass, string(written), summary}); got != want {
			t.Errorf("%v: %+v\nwant the package on the standard output, and the summary on the other", args, got)
		}
	}
	got := do(t, "", "import", "--format", "json", harbour)
	parse(t, got.stderr, &reviewpkgv1.ImportReport{})
	if got.code != exitPass || got.stdout != string(written) {
		t.Errorf("exit code %d and output %.40q", got.code, got.stdout)
	}
}

// An imported package is valid as it is written.
func TestImportGivesValidPackages(t *testing.T) {
	dir := t.TempDir()
	must(t, exitPass, "import", "-o", dir, lantern, harbour, gate)
	names := list(t, dir)
	if want := []string{"cncf-harbourmaster.yaml", "cncf-lantern.yaml", "openstack-tidegate-ocata.yaml"}; !slices.Equal(names, want) {
		t.Errorf("files %q, want %q", names, want)
	}
	for _, name := range names {
		must(t, exitPass, "validate", filepath.Join(dir, name))
	}
}

// A package in the folder of its project finds the pictures and documents there.
func TestImportBesideItsArtifacts(t *testing.T) {
	dir := folder(t, nil)
	if err := os.CopyFS(dir, os.DirFS(harbour)); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(dir, "berths.png"), "a picture")
	file := filepath.Join(dir, "package.yaml")
	if got := must(t, exitPass, "import", "-o", file, dir); strings.Contains(got, "missing-file") {
		t.Errorf("the picture was not found:\n%s", got)
	}
	must(t, exitPass, "validate", "--artifacts", dir)
	write(t, filepath.Join(dir, "berths.png"), "another picture")
	must(t, exitFail, "validate", "--artifacts", dir)
}

// Real documents give packages that load, and come back from every community's
// documents as far as import can read these.
func TestImportCorpus(t *testing.T) {
	const corpus = "../../../shared/corpus"
	if _, err := os.Stat(corpus); err != nil {
		t.Skipf("the corpus of real documents is not here: %v", err)
	}
	folders, err := filepath.Glob(corpus + "/*/*")
	if err != nil || len(folders) < 10 {
		t.Fatalf("%d projects, %v", len(folders), err)
	}
	dir := t.TempDir()
	must(t, exitPass, append([]string{"import", "-o", dir}, folders...)...)
	if n := len(list(t, dir)); n != len(folders) {
		t.Errorf("%d packages of %d projects", n, len(folders))
	}
	for _, name := range list(t, dir) {
		file := filepath.Join(dir, name)
		must(t, exitPass, "validate", file)
		to, _, _ := strings.Cut(name, "-")
		out := filepath.Join(t.TempDir(), "documents")
		if got := do(t, "", "export", "--to", to, "-o", out, file); got.code != exitPass {
			t.Errorf("%s: exit code %d for its documents: %s", name, got.code, got.stderr)
			continue
		}
		must(t, exitPass, "import", "--from", to, "-o", filepath.Join(t.TempDir(), "back.yaml"), out)
	}
}

func TestImportExitCodes(t *testing.T) {
	empty, absent := t.TempDir(), filepath.Join(t.TempDir(), "absent")
	tests := map[string]struct {
		args   []string
		code   int
		last   string // line of the summary
		stderr string
	}{
		"no doubts":             {[]string{"--warn-exit", lantern}, exitPass, "1 document: 0 repairs, 0 doubts", ""},
		"doubts":                {[]string{harbour}, exitPass, "2 documents: 0 repairs, 2 doubts", ""},
		"doubts, warn exit":     {[]string{"--warn-exit", harbour}, exitWarn, "2 documents: 0 repairs, 2 doubts", ""},
		"one of several":        {[]string{"--warn-exit", lantern, harbour}, exitWarn, "2 projects, 3 documents: 0 repairs, 2 doubts", ""},
		"one is empty":          {[]string{"--warn-exit", harbour, empty, lantern}, exitTrouble, "2 projects, 3 documents: 0 repairs, 2 doubts, 1 not read", empty + ": no file ends in .md, .markdown, .rst; see --from"},
		"one is no review":      {[]string{folder(t, map[string]string{"a.md": "# Poem\n"}), lantern}, exitTrouble, "1 project, 1 document: 0 repairs, 0 doubts, 1 not read", "no CNCF security review document"},
		"one file of it":        {[]string{harbour + "/README.md"}, exitPass, "1 document: 0 repairs, 0 doubts", ""},
		"both files of it":      {[]string{harbour + "/README.md", harbour + "/self-assessment.md"}, exitPass, "2 documents: 0 repairs, 2 doubts", ""},
		"a community":           {[]string{"--from", "openstack", gate}, exitPass, "1 document: 0 repairs, 0 doubts", ""},
		"folder with a slash":   {[]string{gate + "/"}, exitPass, "1 document: 0 repairs, 0 doubts", ""},
		"of the last community": {[]string{"--from", "openstack", lantern, gate}, exitTrouble, "1 project, 1 document: 0 repairs, 0 doubts, 1 not read", "lantern: openstack: "},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got := do(t, "", append([]string{"import", "-o", t.TempDir()}, test.args...)...)
			lines := strings.Split(strings.TrimSpace(got.stdout), "\n")
			if got.code != test.code || lines[len(lines)-1] != test.last {
				t.Errorf("exit code %d and %q, want %d and %q", got.code, lines[len(lines)-1], test.code, test.last)
			}
			if !strings.Contains(got.stderr, test.stderr) || (test.stderr == "") != (got.stderr == "") {
				t.Errorf("error output %q, want %q", got.stderr, test.stderr)
			}
		})
	}
	if _, err := os.Stat(absent); err == nil {
		t.Error("a folder came into being")
	}
}

func TestImportUsage(t *testing.T) {
	poem := folder(t, map[string]string{"poem.md": "# Poem\n", "below/self.md": "# Self\n", "page.rst": "Page\n"})
	link := filepath.Join(t.TempDir(), "link.md")
	if err := os.Symlink(filepath.Join(poem, "poem.md"), link); err != nil {
		t.Skip(err)
	}
	taken := temp(t, "taken", "")
	tests := map[string]struct {
		args   []string
		stderr string // a part of the only line
	}{
		"nothing":                {nil, "want PATH..., found 0 arguments"},
		"absent":                 {[]string{poem + "/absent"}, "absent: no such file"},
		"standard input":         {[]string{"-"}, "the standard input is none"},
		"a link":                 {[]string{link}, "link.md: not a regular file"},
		"a device":               {[]string{os.DevNull}, "not a regular file"},
		"unknown community":      {[]string{"--from", "apache", poem}, "want one of auto, cncf, openstack"},
		"two kinds of documents": {[]string{poem}, "below/self.md looks like cncf, page.rst looks like openstack; say which with --from"},
		"two kinds of files":     {[]string{poem + "/poem.md", poem + "/page.rst"}, "poem.md looks like cncf, page.rst looks like openstack"},
		"no document":            {[]string{taken}, "taken: no file ends in .md, .markdown, .rst"},
		"no review":              {[]string{"--from", "cncf", poem}, "no CNCF security review document"},
		"folder and file":        {[]string{poem, poem + "/poem.md"}, "name folders or the files of one folder"},
		"files of two folders":   {[]string{poem + "/poem.md", lantern + "/self-assessment.md"}, "import one project at a time"},
		"no id":                  {[]string{"--id", "../evil", lantern}, "want letters, digits"},
		"id of several":          {[]string{"--id", "a", "-o", t.TempDir(), lantern, harbour}, "--id names one package"},
		"report on several":      {[]string{"--format", "json", "-o", t.TempDir(), lantern, harbour}, "--format json reports on one package"},
		"several on one output":  {[]string{lantern, harbour}, "name a folder for them with -o"},
		"several in a file":      {[]string{"-o", taken, lantern, harbour}, "name a folder for them with -o"},
		"several in a new file":  {[]string{"-o", poem + "/all.yaml", lantern, harbour}, "name a folder for them with -o"},
		"no place for several":   {[]string{"-o", taken + "/x", lantern, harbour}, "taken/x: not a directory"},
		"no place for one":       {[]string{"-o", taken + "/x", lantern}, "taken/x: not a directory"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got := do(t, "", append([]string{"import"}, test.args...)...)
			if got.code != exitTrouble || got.stdout != "" {
				t.Errorf("exit code %d and output %q, want %d and none", got.code, got.stdout, exitTrouble)
			}
			if !strings.HasPrefix(got.stderr, "reviewctl: ") || strings.Count(got.stderr, "\n") != 1 || !strings.Contains(got.stderr, test.stderr) {
				t.Errorf("error output\n%swant one line with %q", got.stderr, test.stderr)
			}
		})
	}
	if got := list(t, poem); len(got) != 3 {
		t.Errorf("the folder holds %q", got)
	}
}

func TestImportNames(t *testing.T) {
	file := filepath.Join(t.TempDir(), "p.yaml")
	id := func(args ...string) string {
		t.Helper()
		must(t, exitPass, append([]string{"import", "-o", file}, args...)...)
		p, err := reviewpkg.Load(file)
		if err != nil {
			t.Fatal(err)
		}
		return p.GetId()
	}
	if got := id("--id", "My.id_1", harbour); got != "My.id_1" {
		t.Errorf("id %q", got)
	}
	// A document that does not name its project lies in a folder that does.
	text := "# Self-assessment\n\n## Metadata\n\n| | |\n|--|--|\n| Software | x |\n\n## Overview\n\nA thing.\n\n### Goals\n\n* Work.\n"
	plain := filepath.Join(folder(t, map[string]string{"kite/self-assessment.md": text}), "kite")
	if got := id(plain); got != "cncf-kite" {
		t.Errorf("id %q", got)
	}
	t.Chdir(plain)
	if got := id("."); got != "cncf-kite" {
		t.Errorf("id %q", got)
	}
}

// Two projects of one name cannot both have the file of that name.
func TestImportOfOneName(t *testing.T) {
	dir := t.TempDir()
	file, err := os.ReadFile(lantern + "/self-assessment.md")
	if err != nil {
		t.Fatal(err)
	}
	other := folder(t, map[string]string{"self-assessment.md": strings.Replace(string(file), "lamp", "LAMP", 1)})
	got := do(t, "", "import", "-o", dir, lantern, other)
	if got.code != exitTrouble || !strings.Contains(got.stderr, other+": its package would take the place of that of "+lantern) {
		t.Errorf("exit code %d, error output %q", got.code, got.stderr)
	}
	data, err := os.ReadFile(filepath.Join(dir, "cncf-lantern.yaml"))
	if err != nil || strings.Contains(string(data), "LAMP") {
		t.Errorf("the first package was overwritten: %v", err)
	}
}

// Many projects are summed up in brief: doubts before repairs, and not all.
func TestImportBrief(t *testing.T) {
	var text strings.Builder
	text.WriteString("# Raft Self-assessment\n\n## Overview\n\nA raft.\n\n")
	for i := range mostBrief + 3 {
		fmt.Fprintf(&text, "![View %d](view-%d.png)\n\n", i, i)
	}
	text.WriteString("### Goals\n\n* Float.\n\n## Security functions\n")
	files := map[string]string{"self-assessment.md": text.String()}
	for i := range mostSkipped + 2 {
		files[fmt.Sprintf("poem-%02d.md", i)] = "# Poem\n"
	}
	raft := folder(t, files)
	whole := must(t, exitPass, "import", "-o", filepath.Join(t.TempDir(), "p.yaml"), raft)
	brief := must(t, exitPass, "import", "-o", t.TempDir(), raft, lantern)
	for _, test := range []struct {
		name, text string
		pictures   int
		more       string
	}{{"one project", whole, mostBrief + 3, ""}, {"two projects", brief, mostBrief, "self-assessment.md: and 3 more\n"}} {
		if got := strings.Count(test.text, "[missing-file]"); got != test.pictures || !strings.Contains(test.text, test.more) {
			t.Errorf("%s: %d pictures and not %q:\n%s", test.name, got, test.more, test.text)
		}
		if got := strings.Count(test.text, "hint: add the file"); got != 1 {
			t.Errorf("%s: the hint stands there %d times, want once", test.name, got)
		}
		if got := strings.Count(test.text, ": skipped: "); got != mostSkipped || !strings.Contains(test.text, ": and 2 more skipped\n") {
			t.Errorf("%s: %d skipped files of %d:\n%s", test.name, got, mostSkipped+2, test.text)
		}
	}
}

// Neither the text of a document nor the name of a file can steer the terminal.
func TestImportHostile(t *testing.T) {
	const text = "# Self-assessment of \x1b[2J\u202E\n\n## Metadata\n\n| | |\n|--|--|\n| Assessment Stage | \x1b[31mdone |\n\n" +
		"## Overview\x1b]0;title\x07\n\n\x1b[2J![a](\x1b[2J.png)\u2028![b](none\u202E.png)\n\n### Goals\n\n* G\xff\n\n## Security functions\n"
	dir := folder(t, map[string]string{"self\x1b[2J\n\t.md": text, "po\u202Eem\r.md": "# Poem\n"})
	for _, args := range [][]string{{"--parts", "-o", filepath.Join(t.TempDir(), "p\x1b.yaml"), dir}, {"-o", t.TempDir(), dir, lantern}} {
		got := must(t, exitPass, append([]string{"import"}, args...)...)
		for _, r := range strings.ReplaceAll(got, "\n", "") {
			if unicode.IsControl(r) || visible(r) != r {
				t.Fatalf("%q has the character %U", got, r)
			}
		}
		if !strings.Contains(got, "[bad-encoding]") || !strings.Contains(got, "self\uFFFD[2J\uFFFD\uFFFD.md:15:4: ") || !strings.Contains(got, ": skipped: ") {
			t.Errorf("the mistakes are not shown:\n%s", got)
		}
	}
}

// The numbers of a row add up, and nothing is said to be whole that is not.
func TestShares(t *testing.T) {
	tests := map[string]struct {
		structured, section, unclaimed uint64
		want                           [3]uint64
	}{
		"empty":         {0, 0, 0, [3]uint64{0, 0, 0}},
		"all in fields": {7, 0, 0, [3]uint64{100, 0, 0}},
		"a byte":        {1 << 20, 0, 1, [3]uint64{99, 0, 1}},
		"thirds":        {1, 1, 1, [3]uint64{33, 33, 34}},
		"a section":     {999, 1, 0, [3]uint64{99, 1, 0}},
	}
	for name, test := range tests {
		d := reviewpkgv1.ImportedDocument_builder{StructuredBytes: test.structured, SectionBytes: test.section, UnclaimedBytes: test.unclaimed}.Build()
		fields, sections, unknown := shares(d)
		if got := [3]uint64{fields, sections, unknown}; got != test.want {
			t.Errorf("%s: %v, want %v", name, got, test.want)
		}
	}
}
