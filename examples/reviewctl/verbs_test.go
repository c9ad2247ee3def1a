package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/encoding/protowire"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/testing/protocmp"
	"google.golang.org/protobuf/types/descriptorpb"
	"google.golang.org/protobuf/types/known/structpb"

	"github.com/reviewpkg/sdk/export"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
	"github.com/reviewpkg/sdk/reviewpkg"
	"github.com/reviewpkg/sdk/rubric"
)

// today is the day for which tests judge.
const today = "2026-11-27"

// example returns the example package and its risk profile.
func example(t *testing.T) (*reviewpkgv1.ReviewPackage, *reviewpkgv1.RiskProfile) {
	t.Helper()
	p, err := reviewpkg.Load(barbican)
	if err != nil {
		t.Fatal(err)
	}
	day, err := time.Parse(time.DateOnly, today)
	if err != nil {
		t.Fatal(err)
	}
	profile, err := rubric.ScoreOptions{AsOf: day}.Score(p)
	if err != nil {
		t.Fatal(err)
	}
	return p, profile
}

// accepting writes a policy that accepts everything, but a medium risk of the
// findings only as far as tolerance goes.
func accepting(t *testing.T, appetite, tolerance string) string {
	t.Helper()
	return temp(t, "policy.yaml", `schema: reviewpkg.v1.Policy
id: accepting
version: "1"
title: Accepting
owner: nobody
rubric: reviewpkg-default
appetites:
  - {dimension: D7, appetite: `+appetite+`, tolerance: `+tolerance+"}\n")
}

func TestScore(t *testing.T) {
	_, profile := example(t)
	got := parse(t, must(t, exitPass, "score", "--as-of", today, "--format", "json", barbican), &reviewpkgv1.RiskProfile{})
	if diff := cmp.Diff(profile, got, protocmp.Transform()); diff != "" {
		t.Errorf("profile (-want +got):\n%s", diff)
	}
	text := must(t, exitPass, "score", barbican)
	for _, d := range profile.GetDimensions() {
		if !strings.Contains(text, "\n"+d.GetDimension()+" ") || !strings.Contains(text, d.GetTitle()) {
			t.Errorf("the table lacks the dimension %s", d.GetDimension())
		}
	}
	file := filepath.Join(t.TempDir(), "profile.txt")
	if got := must(t, exitPass, "score", "-o", file, barbican); got != "" {
		t.Errorf("-o prints %q as well", got)
	}
	if written, err := os.ReadFile(file); err != nil || string(written) != text {
		t.Errorf("-o wrote %q, %v, want what is printed without it", written, err)
	}
}

func TestScoreWithARubric(t *testing.T) {
	r := rubric.Default()
	r.SetId("another")
	data, err := reviewpkg.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	got := parse(t, must(t, exitPass, "score", "--format", "json", "--rubric", temp(t, "r.json", string(data)), barbican), &reviewpkgv1.RiskProfile{})
	if got.GetRubric() != "another" {
		t.Errorf("scored with %q", got.GetRubric())
	}
}

func TestCompareExitCodes(t *testing.T) {
	all := accepting(t, "very_high", "very_high")
	tests := map[string]struct {
		args  []string
		code  int
		first string // word of the output
	}{
		"a draft":            {[]string{"--policy", all}, exitIndeterminate, "INDETERMINATE:"},
		"a draft, warn exit": {[]string{"--policy", all, "--warn-exit"}, exitIndeterminate, "INDETERMINATE:"},
		"pass":               {[]string{"--policy", all, "--allow-draft"}, exitPass, "PASS:"},
		"pass, warn exit":    {[]string{"--policy", all, "--allow-draft", "--warn-exit"}, exitPass, "PASS:"},
		"warn":               {[]string{"--policy", accepting(t, "low", "very_high"), "--allow-draft"}, exitPass, "WARN:"},
		"warn, warn exit":    {[]string{"--policy", accepting(t, "low", "very_high"), "--allow-draft", "--warn-exit"}, exitWarn, "WARN:"},
		"fail":               {[]string{"--policy", accepting(t, "low", "low"), "--allow-draft"}, exitFail, "FAIL:"},
		"fail, warn exit":    {[]string{"--policy", accepting(t, "low", "low"), "--allow-draft", "--warn-exit"}, exitFail, "FAIL:"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			args := append([]string{"compare", barbican}, test.args...)
			if got := must(t, test.code, args...); !strings.HasPrefix(got, test.first+" ") {
				t.Errorf("output\n%swant it to begin with %s", got, test.first)
			}
			got := parse(t, must(t, test.code, append(args, "--format", "json")...), &reviewpkgv1.Verdict{})
			if outcome := "OUTCOME_" + strings.TrimSuffix(test.first, ":"); got.GetOutcome().String() != outcome {
				t.Errorf("the JSON says %s, want %s", got.GetOutcome(), outcome)
			}
			if got := must(t, test.code, append(args, "--format", "markdown")...); !strings.Contains(got, "Verdict: "+strings.TrimSuffix(test.first, ":")) {
				t.Errorf("the Markdown lacks the verdict:\n%s", got)
			}
		})
	}
}

// Documents that do not fit one another are no verdict.
func TestCompareCannotTell(t *testing.T) {
	r := rubric.Default()
	r.SetId("another")
	data, err := reviewpkg.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	got := do(t, "", "compare", "--rubric", temp(t, "r.json", string(data)), barbican)
	if got.code != exitFail || got.stdout != "" || !strings.Contains(got.stderr, "the default policy") || !strings.Contains(got.stderr, "another") {
		t.Errorf("exit code %d, output %q, error output %q, want %d and which rubric it is", got.code, got.stdout, got.stderr, exitFail)
	}
	got = do(t, "", "compare", "--policy", "testdata/bad.yaml", barbican)
	if got.code != exitFail || got.stdout != "" || !strings.Contains(got.stderr, "testdata/bad.yaml:10:5: ") {
		t.Errorf("exit code %d, output %q, error output %q, want %d and what is wrong", got.code, got.stdout, got.stderr, exitFail)
	}
}

func TestDiff(t *testing.T) {
	golden(t, "diff.txt", must(t, exitPass, "diff", barbican, next))
	must(t, exitFail, "diff", "--exit-code", barbican, next)
	if got := must(t, exitPass, "diff", "--exit-code", barbican, barbican); got != "" {
		t.Errorf("a package differs from itself: %s", got)
	}
	set := parse(t, must(t, exitPass, "diff", "--format", "json", barbican, next), &reviewpkgv1.ChangeSet{})
	before, _ := example(t)
	after, err := reviewpkg.Apply(before, set.GetChanges())
	if err != nil {
		t.Fatal(err)
	}
	digest, err := reviewpkg.Digest(after)
	if err != nil {
		t.Fatal(err)
	}
	if len(set.GetChanges()) != 3 || digest != set.GetAfterDigest() || set.GetBeforeId() != before.GetId() || set.GetAfterId() != after.GetId() {
		t.Errorf("%d changes of %s lead to %s, the set says %s", len(set.GetChanges()), set.GetBeforeId(), digest, set.GetAfterDigest())
	}
	for _, format := range []string{"markdown", "html"} {
		if got := must(t, exitPass, "diff", "--format", format, barbican, next); !strings.Contains(got, "finding-9") || !strings.Contains(got, "3 changes") {
			t.Errorf("the changes are not in the %s:\n%s", format, got)
		}
	}
	text, err := os.ReadFile(next)
	if err != nil {
		t.Fatal(err)
	}
	got := do(t, string(text), "diff", "-", next)
	if got != (result{}) {
		t.Errorf("the standard input differs from the file it came from: %+v", got)
	}
	got = do(t, "{", "diff", barbican, "-")
	if got.code != exitFail || !strings.HasPrefix(got.stderr, "<stdin>:1:2: ") {
		t.Errorf("exit code %d and %q for half a document", got.code, got.stderr)
	}
}

func TestValueText(t *testing.T) {
	tests := map[string]struct {
		value any
		want  string
	}{
		"short text":       {"a \"b\"\n", `"a \"b\"\n"`},
		"long text":        {strings.Repeat("ä", 61), `"` + strings.Repeat("ä", 60) + `..."`},
		"number":           {1.5, "1.5"},
		"truth":            {true, "true"},
		"nothing":          {nil, "<nil>"},
		"list":             {[]any{"a", 1}, "list of 2 items"},
		"object with name": {map[string]any{"title": "T", "id": "i", "name": 1, "more": "m"}, `id "i", title "T"`},
		"object":           {map[string]any{"more": "m"}, "object with 1 field"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			v, err := structpb.NewValue(test.value)
			if err != nil {
				t.Fatal(err)
			}
			if got := valueText(v); got != test.want {
				t.Errorf("%s, want %s", got, test.want)
			}
		})
	}
	change := reviewpkgv1.Change_builder{
		Kind: reviewpkgv1.ChangeKind_CHANGE_KIND_REMOVED, Path: "title", Before: structpb.NewStringValue("T"),
	}.Build()
	if got, want := changeText(change), `removed title: "T"`; got != want {
		t.Errorf("change %s, want %s", got, want)
	}
}

// A package comes back whole from every encoding.
func TestExportPackage(t *testing.T) {
	p, _ := example(t)
	for encoding, extension := range extensions() {
		got, err := reviewpkg.Load(temp(t, "p"+extension, must(t, exitPass, "export", "--to", string(encoding), barbican)))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(p, got, protocmp.Transform()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", encoding, diff)
		}
	}
}

// A field of a later model survives in the binary form only, so that whoever
// asks for another one hears that it is gone.
func TestExportUnknownFields(t *testing.T) {
	p, _ := example(t)
	p.ProtoReflect().SetUnknown(protowire.AppendVarint(protowire.AppendTag(nil, 1000, protowire.VarintType), 7))
	data, err := reviewpkg.MarshalOptions{Encoding: reviewpkg.Binary}.Marshal(p)
	if err != nil {
		t.Fatal(err)
	}
	file := temp(t, "later.binpb", string(data))
	for encoding, extension := range extensions() {
		got := do(t, "", "export", "--to", string(encoding), file)
		said := strings.Contains(got.stderr, "warning: fields that the model does not have are lost in "+string(encoding))
		if lossy := encoding != reviewpkg.Binary; got.code != exitPass || said != lossy {
			t.Errorf("%s: exit code %d, says that a field is lost: %t, want %t; error output:\n%s", encoding, got.code, said, lossy, got.stderr)
		}
		back, err := reviewpkg.Load(temp(t, "p"+extension, got.stdout))
		if err != nil {
			t.Fatal(err)
		}
		if kept := len(back.ProtoReflect().GetUnknown()) > 0; kept != (encoding == reviewpkg.Binary) {
			t.Errorf("%s: the field was kept: %t", encoding, kept)
		}
	}
}

func TestExportReport(t *testing.T) {
	args := []string{"export", "--policy", lenient, "--allow-draft", barbican, "--report", "--to"}
	for _, to := range append(reportFormats(), "json", "yaml") {
		got := must(t, exitPass, append(args, to)...)
		if !strings.Contains(got, "research-cloud") || !strings.Contains(got, "not an endorsement") {
			t.Errorf("%s lacks the verdict or the disclaimers", to)
		}
	}
	report := parse(t, must(t, exitPass, append(args, "json")...), &reviewpkgv1.Report{})
	if len(report.GetDiagnostics()) != 3 || report.GetVerdict().GetPolicy() != "research-cloud" || !report.HasProfile() {
		t.Errorf("the report has %d diagnostics and the verdict of %q", len(report.GetDiagnostics()), report.GetVerdict().GetPolicy())
	}
	bare := parse(t, must(t, exitPass, "export", "--to", "yaml", "--report", barbican), &reviewpkgv1.Report{})
	if bare.HasVerdict() || !bare.HasProfile() {
		t.Error("without a policy there is a verdict, or no profile")
	}
	got := do(t, "", "export", "--to", "html", "--policy", "testdata/bad.yaml", barbican)
	if got.code != exitFail || got.stdout != "" {
		t.Errorf("exit code %d for a policy with mistakes, want %d", got.code, exitFail)
	}
}

func TestSchema(t *testing.T) {
	for _, k := range kinds() {
		s, err := export.Schema(k.make())
		if err != nil {
			t.Fatal(err)
		}
		want, err := json.Marshal(s)
		if err != nil {
			t.Fatal(err)
		}
		var wanted, found any
		if err := json.Unmarshal([]byte(must(t, exitPass, "schema", k.name)), &found); err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(want, &wanted); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(wanted, found); diff != "" {
			t.Errorf("schema of %s (-want +got):\n%s", k.name, diff)
		}
	}
	var set descriptorpb.FileDescriptorSet
	if err := proto.Unmarshal([]byte(must(t, exitPass, "schema", "--descriptor-set")), &set); err != nil {
		t.Fatal(err)
	}
	names := map[string]bool{}
	for _, f := range set.GetFile() {
		names[f.GetName()] = true
	}
	if !names["reviewpkg/v1/package.proto"] || !names["buf/validate/validate.proto"] {
		t.Errorf("the descriptor set holds %v", names)
	}
}

func TestWord(t *testing.T) {
	if got := word(reviewpkgv1.Level(99)); got != "unknown value 99" {
		t.Errorf("a value without a name is %q", got)
	}
	if got := word(reviewpkgv1.Level_LEVEL_VERY_HIGH); got != "very high" {
		t.Errorf("very high is %q", got)
	}
}
