package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/urfave/cli/v3"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/reflect/protoregistry"
	"google.golang.org/protobuf/testing/protocmp"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
	"github.com/reviewpkg/sdk/reviewpkg"
	"github.com/reviewpkg/sdk/rubric"
)

// A mistake is put into a document by replacing a text in it once.
type mistake struct {
	// before is the text up to the value, and value what is in its place.
	before, right, wrong string
	// lead is what stands between the column of the diagnostic and the value.
	lead       string
	code       reviewpkg.Code
	path, hint string
}

// breakIt puts a mistake into a text, and returns the line and the column where
// the value begins.
func breakIt(t *testing.T, text string, m mistake) string {
	t.Helper()
	if !strings.Contains(text, m.before+m.right) {
		t.Fatalf("the example has no %q", m.before+m.right)
	}
	return strings.Replace(text, m.before+m.right, m.before+m.wrong, 1)
}

// place returns the line and column of the value of a mistake in a text.
func place(text string, m mistake) (line, column uint32) {
	head, _, _ := strings.Cut(text, m.before+m.wrong)
	head += strings.TrimSuffix(m.before, m.lead)
	start := strings.LastIndex(head, "\n") + 1
	return uint32(strings.Count(head, "\n") + 1), uint32(len([]rune(head[start:])) + 1)
}

// A copy of an example with three mistakes has these three errors, each in its
// place, and the warnings that the example has anyhow.
func TestBrokenCopy(t *testing.T) {
	const hintShort, hintEnum = "did you mean medium?", "did you mean LEVEL_MEDIUM?"
	const hintReference, hintDate = `did you mean "inside"?`, "February 2016 has 29 days"
	source, err := os.ReadFile(filepath.Join(barbican, "package.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name, text string
		mistakes   []mistake
	}{
		{"package.yaml", string(source), []mistake{
			{`    value: `, `"2016-08-18"`, `"2016-02-30"`, "", reviewpkg.BadDate, "review.date.value", hintDate},
			{"trust_domain_id: ", "inside", "insidee", "", reviewpkg.DanglingReference, `architecture.components["api"].trust_domain_id`, hintReference},
			{"likelihood: ", "medium", "meduim", "", reviewpkg.UnknownValue, `findings["finding-1"].likelihood`, hintShort},
		}},
		{"package.json", must(t, exitPass, "export", "--to", "json", barbican), []mistake{
			{`"value": "`, "2016-08-18", "2016-02-30", `"`, reviewpkg.BadDate, "review.date.value", hintDate},
			{`"trustDomainId": "`, "inside", "insidee", `"`, reviewpkg.DanglingReference, `architecture.components["api"].trust_domain_id`, hintReference},
			{`"likelihood": "`, "LEVEL_MEDIUM", "LEVEL_MEDUIM", `"`, reviewpkg.UnknownValue, `findings["finding-1"].likelihood`, hintEnum},
		}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			whole := temp(t, test.name, test.text)
			before := parse(t, must(t, exitPass, "validate", "--format", "json", whole), &reviewpkgv1.DiagnosticReport{})
			text := test.text
			for _, m := range test.mistakes {
				text = breakIt(t, text, m)
			}
			broken := temp(t, test.name, text)
			got := parse(t, must(t, exitFail, "validate", "--format", "json", filepath.Dir(broken)), &reviewpkgv1.DiagnosticReport{})
			var errs, rest []*reviewpkgv1.Diagnostic
			for _, d := range got.GetDiagnostics() {
				if d.GetLevel() == reviewpkgv1.DiagnosticLevel_DIAGNOSTIC_LEVEL_ERROR {
					errs = append(errs, d)
				} else {
					rest = append(rest, d)
				}
			}
			var want []*reviewpkgv1.Diagnostic
			for _, m := range test.mistakes {
				line, column := place(text, m)
				want = append(want, reviewpkgv1.Diagnostic_builder{
					Code: string(m.code), Level: reviewpkgv1.DiagnosticLevel_DIAGNOSTIC_LEVEL_ERROR,
					Path: m.path, File: broken, Line: line, Column: column, Hint: m.hint,
				}.Build())
			}
			words := protocmp.IgnoreFields(&reviewpkgv1.Diagnostic{}, "message", "rule")
			if diff := cmp.Diff(want, errs, protocmp.Transform(), words); diff != "" {
				t.Errorf("errors (-want +got):\n%s", diff)
			}
			if len(rest) != len(before.GetDiagnostics()) {
				t.Errorf("%d diagnostics are no errors, before there were %d", len(rest), len(before.GetDiagnostics()))
			}
			shown := must(t, exitFail, "validate", broken)
			for _, m := range test.mistakes {
				if !strings.Contains(shown, m.wrong) || !strings.Contains(shown, "hint: "+m.hint+"\n") {
					t.Errorf("the text does not show %q and its hint:\n%s", m.wrong, shown)
				}
			}
		})
	}
}

func TestValidateText(t *testing.T) {
	golden(t, "bad.txt", must(t, exitFail, "validate", "testdata/bad.yaml"))
	got := must(t, exitPass, "validate", lenient, next, barbican)
	var summary []string
	for line := range strings.Lines(got) {
		if strings.Contains(line, "warnings\n") || strings.HasSuffix(line, ": ok\n") {
			summary = append(summary, line)
		}
	}
	want := []string{lenient + ": ok\n", next + ": 4 warnings\n", barbican + ": 3 warnings\n", "3 files: 7 warnings\n"}
	if diff := cmp.Diff(want, summary); diff != "" {
		t.Errorf("summary (-want +got):\n%s", diff)
	}
}

func TestValidateExitCodes(t *testing.T) {
	absent := filepath.Join(t.TempDir(), "absent.yaml")
	tests := map[string]struct {
		args   []string
		code   int
		last   string // line of the output
		stderr string
	}{
		"valid":               {[]string{lenient}, exitPass, "1 file: ok", ""},
		"valid, warn exit":    {[]string{"--warn-exit", lenient}, exitPass, "1 file: ok", ""},
		"warnings":            {[]string{barbican}, exitPass, "1 file: 3 warnings", ""},
		"warnings, warn exit": {[]string{"--warn-exit", barbican}, exitWarn, "1 file: 3 warnings", ""},
		"errors, warn exit":   {[]string{"--warn-exit", "testdata/bad.yaml", barbican}, exitFail, "2 files: 3 errors, 3 warnings", ""},
		"unread":              {[]string{absent, "testdata/bad.yaml"}, exitTrouble, "1 file: 3 errors, 1 not read", "absent.yaml: no such file"},
		"a device":            {[]string{os.DevNull, lenient}, exitTrouble, "1 file: ok, 1 not read", "not a regular file"},
		"declared complete":   {[]string{"../../reviewpkg/testdata/bad/lenient-incomplete.yaml"}, exitFail, "1 file: 4 errors", ""},
		"allowed incomplete":  {[]string{"--allow-incomplete", "../../reviewpkg/testdata/bad/lenient-incomplete.yaml"}, exitPass, "1 file: 4 warnings", ""},
		"flags come last":     {[]string{"testdata/bad.yaml", "--allow-unknown"}, exitFail, "1 file: 3 errors, 2 warnings", ""},
		"a dash among files":  {[]string{lenient, "-", "--warn-exit", barbican}, exitWarn, "3 files: 3 warnings", ""},
		"behind two dashes":   {[]string{"--", lenient}, exitPass, "1 file: ok", ""},
		"artifacts":           {[]string{"--artifacts", barbican}, exitPass, "1 file: 3 warnings", ""},
	}
	policy, err := os.ReadFile(lenient)
	if err != nil {
		t.Fatal(err)
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got := do(t, string(policy), append([]string{"validate"}, test.args...)...)
			lines := strings.Split(strings.TrimSpace(got.stdout), "\n")
			if got.code != test.code || lines[len(lines)-1] != test.last {
				t.Errorf("exit code %d and %q, want %d and %q", got.code, lines[len(lines)-1], test.code, test.last)
			}
			if !strings.Contains(got.stderr, test.stderr) || (test.stderr == "") != (got.stderr == "") {
				t.Errorf("error output %q, want %q", got.stderr, test.stderr)
			}
		})
	}
}

// Artifacts are looked for beside the package.
func TestValidateArtifacts(t *testing.T) {
	source, err := os.ReadFile(filepath.Join(barbican, "package.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	file := temp(t, "package.yaml", strings.Replace(string(source), "  - id: page-findings\n", "  - id: page-findings\n    path: page.rst\n", 1))
	if got := must(t, exitPass, "validate", file); strings.Contains(got, "page.rst") {
		t.Errorf("nobody asked for artifacts:\n%s", got)
	}
	got := must(t, exitFail, "validate", "--artifacts", file)
	if !strings.Contains(got, "["+string(reviewpkg.ArtifactMissing)+"]") || !strings.Contains(got, "path: page.rst\n") {
		t.Errorf("the missing file is not shown:\n%s", got)
	}
	write(t, filepath.Join(filepath.Dir(file), "page.rst"), "text")
	must(t, exitPass, "validate", "--artifacts", file)
}

// extensions returns how the names of files end, by their encoding.
func extensions() map[reviewpkg.Encoding]string {
	return map[reviewpkg.Encoding]string{
		reviewpkg.JSON: ".json", reviewpkg.YAML: ".yaml", reviewpkg.Binary: ".binpb", reviewpkg.Text: ".txtpb",
	}
}

// Every document of the model is found out by what it says of itself, in every
// encoding, and a mistake of one kind is not reported as one of another.
func TestValidateFindsTheKind(t *testing.T) {
	for _, k := range kinds() {
		m := k.make()
		full := string(m.ProtoReflect().Descriptor().FullName())
		m.ProtoReflect().Set(m.ProtoReflect().Descriptor().Fields().ByName("schema"), protoreflect.ValueOfString(full))
		for encoding, extension := range extensions() {
			data, err := reviewpkg.MarshalOptions{Encoding: encoding}.Marshal(m)
			if err != nil {
				t.Fatal(err)
			}
			var want reviewpkg.Diagnostics
			file := temp(t, k.name+extension, string(data))
			options := reviewpkg.UnmarshalOptions{Filename: file, Report: func(d reviewpkg.Diagnostic) { want = append(want, d) }}
			err = options.Unmarshal(data, k.make())
			got := do(t, "", "validate", "--format", "json", file)
			if (got.code == exitFail) != (err != nil) {
				t.Errorf("%s%s: exit code %d, and the library says %v", k.name, extension, got.code, err)
			}
			report := parse(t, got.stdout, &reviewpkgv1.DiagnosticReport{})
			if diff := cmp.Diff(want.Report(), report, protocmp.Transform()); diff != "" {
				t.Errorf("%s%s (-want +got):\n%s", k.name, extension, diff)
			}
		}
	}
}

// Whole documents are read as what they are, too: in the binary and text forms
// a field of one kind may be a mistake in another.
func TestValidateWholeDocuments(t *testing.T) {
	for _, m := range []proto.Message{rubric.Default(), rubric.DefaultPolicy()} {
		for encoding, extension := range extensions() {
			data, err := reviewpkg.MarshalOptions{Encoding: encoding}.Marshal(m)
			if err != nil {
				t.Fatal(err)
			}
			must(t, exitPass, "validate", "--warn-exit", temp(t, "d"+extension, string(data)))
		}
	}
}

func TestValidateStrangers(t *testing.T) {
	tests := map[string]struct{ name, text, want string }{
		"another kind":   {"a.yaml", "schema: reviewpkg.v9.Thing\n", `a.yaml:1:9: the document is of the kind "reviewpkg.v9.Thing", want `},
		"no kind":        {"a.yaml", "id: p\nversion: '1'\ntitle: P\nowner: o\nrubric: r\nappetites: []\n", "hint: schema must be reviewpkg.v1.Policy\n"},
		"no document":    {"a.json", "[1]", "a.json:1:1: the document is a list, want an object [wrong-type]"},
		"no JSON":        {"a.json", "{\n  \"a\": nul\n}", "   2 |   \"a\": nul\n     |        ^"},
		"empty":          {"a.yaml", "", "a.yaml:1:1: "},
		"no text at all": {"a.bin", "\x01\x02\x03\x04", "[syntax]"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := must(t, exitFail, "validate", temp(t, test.name, test.text)); !strings.Contains(got, test.want) {
				t.Errorf("output\n%swant %q", got, test.want)
			}
		})
	}
}

// The linter of rubrics has its say beside the reader, and nothing is said
// twice.
func TestValidateLintsRubrics(t *testing.T) {
	text, err := os.ReadFile("../../rubric/default.yaml")
	if err != nil {
		t.Fatal(err)
	}
	must(t, exitPass, "validate", "--warn-exit", temp(t, "whole.yaml", string(text)))
	r := parse(t, string(text), &reviewpkgv1.Rubric{})
	r.GetCriteria()[0].SetAppliesWhen("pkg.nothing")
	data, err := reviewpkg.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	file := temp(t, "broken.json", string(data))
	got := must(t, exitFail, "validate", file)
	path := `criteria["` + r.GetCriteria()[0].GetId() + `"].applies_when`
	// The place is that of the condition in the file.
	line := 1 + strings.Count(string(data[:strings.Index(string(data), "pkg.nothing")]), "\n")
	if !strings.HasPrefix(got, fmt.Sprintf("%s:%d:", file, line)) || strings.Count(got, "at "+path+"\n") != 1 {
		t.Errorf("want one error at %s of the file, got\n%s", path, got)
	}
	used := do(t, "", "score", "--rubric", file, barbican)
	if used.code != exitFail || !strings.Contains(used.stderr, path) || used.stdout != "" {
		t.Errorf("scoring with the rubric: exit code %d, error output %q, want %d and %q", used.code, used.stderr, exitFail, path)
	}
}

// A message of the model that says what it is is a kind of document.
func TestKindsAreComplete(t *testing.T) {
	known := map[protoreflect.FullName]bool{}
	for _, k := range kinds() {
		known[k.make().ProtoReflect().Descriptor().FullName()] = true
	}
	protoregistry.GlobalTypes.RangeMessages(func(mt protoreflect.MessageType) bool {
		md := mt.Descriptor()
		if fd := md.Fields().ByNumber(1); md.ParentFile().Package() == "reviewpkg.v1" && fd != nil && fd.Name() == "schema" && !known[md.FullName()] {
			t.Errorf("%s is a document and no kind", md.FullName())
		}
		return true
	})
}

// The text of a stranger's diagnostic cannot steer the terminal either.
func TestDiagnosticsAreClean(t *testing.T) {
	var b bytes.Buffer
	doc := &document{name: "a.yaml", data: []byte("a: b\n"), diagnostics: reviewpkg.Diagnostics{{
		Code: reviewpkg.Syntax, Level: reviewpkg.LevelNote, Path: "a\x1b", Message: "m\r\n", Hint: "h\u202E",
		Pos: reviewpkg.Position{Filename: "a\n.yaml", Line: 1, Column: 4, Length: 1},
	}}}
	(reader{}).writeDiagnostics(&b, doc)
	const want = "a\uFFFD.yaml:1:4: note: m\uFFFD\uFFFD [syntax]\n   1 | a: b\n     |    ^\n     at a\uFFFD\n     hint: h\uFFFD\n"
	if diff := cmp.Diff(want, b.String()); diff != "" {
		t.Errorf("differs (-want +got):\n%s", diff)
	}
}

func TestTally(t *testing.T) {
	var counted tally
	counted.add(reviewpkg.Diagnostics{
		{Level: reviewpkg.LevelError}, {Level: reviewpkg.LevelError}, {Level: reviewpkg.LevelWarning}, {Level: reviewpkg.LevelNote}, {},
	})
	if got, want := counted.String(), "3 errors, 1 warning, 1 note"; got != want {
		t.Errorf("tally %q, want %q", got, want)
	}
}

func TestLoadKnowsDocumentsOnly(t *testing.T) {
	if _, _, err := load[*reviewpkgv1.Finding](&cli.Command{}, "a.yaml"); err == nil || !strings.Contains(err.Error(), "no document is a *reviewpkgv1.Finding") {
		t.Errorf("error %v, want that a finding is no document", err)
	}
}
