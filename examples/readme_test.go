// Package examples_test holds that what the documents of the repository tell a
// reader to type does what they say.
package examples_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// blocks returns the code blocks of a Markdown file in one language.
func blocks(t *testing.T, file, language string) []string {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	for _, m := range regexp.MustCompile("(?ms)^```"+language+"\n(.*?)^```$").FindAllStringSubmatch(string(text), -1) {
		found = append(found, m[1])
	}
	return found
}

// command returns a command that runs in the root of the repository.
func command(name string, args ...string) *exec.Cmd {
	cmd := exec.Command(name, args...)
	cmd.Dir = ".."
	return cmd
}

// TestReadmeProgram builds and runs the program of the README as it stands
// there.
func TestReadmeProgram(t *testing.T) {
	programs := blocks(t, "../README.md", "go")
	if len(programs) != 1 {
		t.Fatalf("the README has %d programs, want 1", len(programs))
	}
	file := filepath.Join(t.TempDir(), "main.go")
	if err := os.WriteFile(file, []byte(programs[0]), 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := command("go", "run", file).CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for _, want := range []string{"barbican", "Verdict:", "`D7`", "finding-7"} {
		if !strings.Contains(string(out), want) {
			t.Errorf("the report of the README's program has no %q", want)
		}
	}
}

// TestReadmeCommands runs every command of the README that runs a program of
// the repository. The test command is this test's own, and go get needs no
// test.
func TestReadmeCommands(t *testing.T) {
	dir := t.TempDir()
	ran := 0
	for _, file := range []string{"../README.md", "README.md"} {
		for _, block := range blocks(t, file, "sh") {
			for line := range strings.Lines(block) {
				line, _, _ = strings.Cut(strings.TrimSpace(line), " #")
				if !strings.HasPrefix(line, "go run ./examples/") {
					continue
				}
				ran++
				// What a command writes goes to a folder of the test.
				line = regexp.MustCompile(`-o (\S+)`).ReplaceAllString(line, "-o "+dir+"/$1")
				if out, err := command("bash", "-c", line).CombinedOutput(); err != nil {
					t.Errorf("%s: %s: %v\n%s", file, line, err, out)
				}
			}
		}
	}
	if ran < 13 {
		t.Errorf("ran %d commands, want 13 or more", ran)
	}
	for _, name := range []string{
		"report.html", "package.schema.json", "imported/cncf-lantern.yaml", "imported/openstack-tidegate-ocata.yaml",
		"pages/architecture-page.rst", "harbourmaster.yaml", "documents/joint-assessment.md",
	} {
		if info, err := os.Stat(filepath.Join(dir, name)); err != nil || info.Size() < 1000 {
			t.Errorf("%s is missing or empty: %v", name, err)
		}
	}
}

// TestLibraryIsLean holds that what the example programs need for a terminal
// does not come with the library.
func TestLibraryIsLean(t *testing.T) {
	out, err := command("go", "list", "-deps", "./proto/...", "./reviewpkg/...", "./rubric/...", "./export/...", "./internal/...").Output()
	if err != nil {
		t.Fatal(err)
	}
	for dep := range strings.Lines(string(out)) {
		for _, module := range []string{"github.com/urfave/cli", "github.com/schollz/progressbar", "golang.org/x/term"} {
			if strings.HasPrefix(dep, module) {
				t.Errorf("the library imports %s", dep)
			}
		}
	}
}

// TestLinks holds that relative links in the documents lead somewhere.
func TestLinks(t *testing.T) {
	files, err := filepath.Glob("../*.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range append(files, "README.md", "../reviewpkg/CODES.md", "../proto/reviewpkg/v1/COVERAGE.md") {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range regexp.MustCompile(`\]\(([^)#:]+)\)`).FindAllStringSubmatch(string(text), -1) {
			if _, err := os.Stat(filepath.Join(filepath.Dir(file), m[1])); err != nil {
				t.Errorf("%s links to %s: %v", file, m[1], err)
			}
		}
	}
}
