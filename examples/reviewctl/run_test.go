package main

import (
	"bytes"
	"context"
	"errors"
	"path/filepath"
	"strings"
	"testing"

	"github.com/reviewpkg/sdk/rubric"
)

func TestUsage(t *testing.T) {
	absent := filepath.Join(t.TempDir(), "absent.yaml")
	tests := map[string]struct {
		args   []string
		stderr string // a part of the only line
	}{
		"no verb":                 {nil, "see reviewctl --help"},
		"unknown verb":            {[]string{"judge"}, `no verb "judge"`},
		"unknown flag of no verb": {[]string{"--loud"}, "-loud; see reviewctl --help"},
		"unknown flag":            {[]string{"validate", "--loud", barbican}, "-loud; see reviewctl validate --help"},
		"flag without value":      {[]string{"score", barbican, "-o"}, "flag needs an argument: -o"},
		"unknown format":          {[]string{"diff", "--format", "pdf", barbican, next}, "one of text, json, markdown, html"},
		"format of another verb":  {[]string{"validate", "--format", "html", barbican}, "one of text, json;"},
		"no file":                 {[]string{"validate"}, "want FILE..., found 0 arguments"},
		"one file too many":       {[]string{"score", barbican, next}, "want PACKAGE, found 2 arguments"},
		"too few":                 {[]string{"diff", barbican}, "want OLD NEW, found 1 argument;"},
		"file behind a dash":      {[]string{"score", "-", next}, "want PACKAGE, found 2 arguments"},
		"help about nothing":      {[]string{"help", "judge"}, `no verb "judge"`},
		"help about too much":     {[]string{"help", "score", "diff"}, "found 2 arguments"},
		"help with a flag":        {[]string{"help", "--loud"}, "-loud"},
		"no folder to write into": {[]string{"export", "--to", "openstack", barbican}, "name a folder for them with -o"},
		"absent file":             {[]string{"score", absent}, "absent.yaml: no such file"},
		"absent rubric":           {[]string{"score", "--rubric", absent, barbican}, "absent.yaml: no such file"},
		"absent policy":           {[]string{"compare", "--policy", absent, barbican}, "absent.yaml: no such file"},
		"no preset":               {[]string{"compare", "--policy", "nonsense", barbican}, "want a file or one of " + strings.Join(rubric.Presets(), ", ")},
		"folder for a policy":     {[]string{"plan", "--policy", t.TempDir(), barbican}, "holds no package.yaml"},
		"absent waivers":          {[]string{"compare", "--waivers", absent, barbican}, "absent.yaml: no such file"},
		"waivers of a stranger":   {[]string{"compare", "--waivers", "-", barbican}, "--waivers wants a file"},
		"no day":                  {[]string{"score", "--as-of", "2026-02-30", barbican}, "want a day, YYYY-MM-DD"},
		"half a day":              {[]string{"compare", "--as-of", "2026-02", barbican}, "want a day, YYYY-MM-DD"},
		"no budget":               {[]string{"plan", "--budget", "0", barbican}, "want a whole number of hours"},
		"budget in days":          {[]string{"plan", "--budget", "2d", barbican}, "want a whole number of hours"},
		"unknown outcome":         {[]string{"plan", "--target", "fail", barbican}, "one of pass, warn"},
		"explained JSON":          {[]string{"score", "--explain", "--format", "json", barbican}, "--explain prints text, and json was asked for"},
		"explained report":        {[]string{"compare", "--explain", "--format", "html", barbican}, "and html was asked for"},
		"nothing to lint":         {[]string{"lint"}, "want RUBRIC|POLICY..., found 0 arguments"},
		"nothing to rescore":      {[]string{"lint", "--against", lenient, lenient}, "want"},
		"two new rubrics":         {[]string{"lint", "--against", lenient, "--rubric", lenient, lenient, barbican}, "--rubric is for policies"},
		"waivers of no policy":    {[]string{"export", "--to", "html", "--waivers", lenient, barbican}, "--waivers wants --policy"},
		"waivers of no report":    {[]string{"export", "--to", "json", "--waivers", lenient, barbican}, "are for reports"},
		"empty folder":            {[]string{"score", t.TempDir()}, "holds no package.yaml"},
		"no place to write":       {[]string{"score", "-o", filepath.Join(absent, "x"), barbican}, "absent.yaml"},
		"no target":               {[]string{"export", barbican}, "--to \"\" is no format, want one of json, "},
		"unknown target":          {[]string{"export", "--to", "pdf", barbican}, `"pdf" is no format`},
		"report in no format":     {[]string{"export", "--to", "binary", "--report", barbican}, `unknown format "binary"`},
		"policy without report":   {[]string{"export", "--to", "json", "--policy", lenient, barbican}, "are for reports"},
		"no kind":                 {[]string{"schema"}, "found 0 arguments"},
		"unknown kind":            {[]string{"schema", "finding"}, `no kind of document "finding"`},
		"kind of everything":      {[]string{"schema", "--descriptor-set", "package"}, "name no kind"},
		"artifacts of nowhere":    {[]string{"validate", "--artifacts", "-"}, "the standard input is nowhere"},
		"input read twice":        {[]string{"diff", "-", "-"}, "can be read once only"},
		"hostile name":            {[]string{"score", "a\x1b[2Jb\nc"}, "a\uFFFD[2Jb\uFFFDc"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			input := must(t, exitPass, "export", "--to", "yaml", barbican)
			got := do(t, input, test.args...)
			if got.code != exitTrouble || got.stdout != "" {
				t.Errorf("exit code %d and output %q, want %d and none", got.code, got.stdout, exitTrouble)
			}
			if !strings.HasPrefix(got.stderr, "reviewctl: ") || strings.Count(got.stderr, "\n") != 1 || !strings.Contains(got.stderr, test.stderr) {
				t.Errorf("error output\n%swant one line with %q", got.stderr, test.stderr)
			}
		})
	}
}

func TestHelp(t *testing.T) {
	golden(t, "help.txt", must(t, exitPass, "--help"))
	golden(t, "help-validate.txt", must(t, exitPass, "validate", "--help"))
	if got, want := must(t, exitPass, "help"), must(t, exitPass, "--help"); got != want {
		t.Errorf("help prints\n%swant what --help prints", got)
	}
	for _, verb := range []string{"import", "validate", "score", "compare", "plan", "lint", "diff", "export", "schema"} {
		t.Run(verb, func(t *testing.T) {
			got := must(t, exitPass, verb, "--help")
			for _, want := range []string{"Examples:\n      reviewctl " + verb, "Exit codes: 0 pass", "--output FILE, -o FILE"} {
				if !strings.Contains(got, want) {
					t.Errorf("the help text lacks %q", want)
				}
			}
			if again := must(t, exitPass, "help", verb); again != got {
				t.Errorf("help %s prints\n%swant what --help prints", verb, again)
			}
		})
	}
}

// failing is a writer or reader that never works.
type failing struct{}

var errFull = errors.New("the disk is full")

func (failing) Write([]byte) (int, error) { return 0, errFull }
func (failing) Read([]byte) (int, error)  { return 0, errFull }

func TestInputAndOutputThatFail(t *testing.T) {
	for _, args := range [][]string{{"--help"}, {"score", "--help"}, {"score", barbican}, {"validate", barbican}, {"validate", "-"}, {"import", lantern}, {"export", "--to", "cncf", "-o", t.TempDir(), barbican}} {
		var stderr bytes.Buffer
		code := run(context.Background(), append([]string{"reviewctl"}, args...), failing{}, failing{}, &stderr)
		if code != exitTrouble || !strings.Contains(stderr.String(), errFull.Error()) {
			t.Errorf("%v: exit code %d and %q, want %d and %q", args, code, stderr.String(), exitTrouble, errFull)
		}
	}
}

// Nothing may follow from how often the program runs in one process.
func TestRunsDoNotShareState(t *testing.T) {
	first := must(t, exitPass, "diff", "--format", "json", barbican, next)
	must(t, exitPass, "diff", barbican, next)
	if again := must(t, exitPass, "diff", "--format", "json", barbican, next); again != first {
		t.Error("the same arguments give another output")
	}
}
