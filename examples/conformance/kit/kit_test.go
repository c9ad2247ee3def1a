package kit_test

import (
	"encoding/base64"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/reviewpkg/sdk/examples/conformance/kit"
)

// TestCheck is the Go implementation of the kit: every case passes.
func TestCheck(t *testing.T) {
	t.Parallel()
	for _, c := range readCases(t) {
		if err := kit.Check(c); err != nil {
			t.Errorf("%s (%s): %v", c.ID, c.Title, err)
		}
	}
}

// TestCheckNoticesDifferences changes what cases expect. A check that passes
// whatever it is given would pass the first test as well.
func TestCheckNoticesDifferences(t *testing.T) {
	t.Parallel()
	empty := ""
	wrong := base64.StdEncoding.EncodeToString([]byte{0x12, 0x01, 'x'})
	for name, change := range map[string]struct {
		id     string
		change func(*kit.Case)
		want   string
	}{
		"decoded":     {"json-plain", func(c *kit.Case) { c.Expect.Outcome = kit.Undecodable }, "is decoded"},
		"not decoded": {"json-unknown-member", func(c *kit.Case) { c.Expect.Outcome = kit.Accepted }, "is not decoded"},
		"kind":        {"json-plain", func(c *kit.Case) { c.Message = "reviewpkg.v1.Nothing" }, "no kind"},
		"format":      {"json-plain", func(c *kit.Case) { c.Format = "binary" }, "no document"},
		"binary":      {"json-plain", func(c *kit.Case) { c.Expect.Binary = &wrong }, "expect.binary"},
		"no binary":   {"json-plain", func(c *kit.Case) { c.Expect.Binary = nil }, "binary form"},
		"unknown lost": {"binary-unknown-text", func(c *kit.Case) {
			c.Expect.Binary = &empty
		}, "expect.binary"},
		"json":      {"json-plain", func(c *kit.Case) { c.Expect.JSON = "{}" }, "expect.json"},
		"bytes":     {"json-plain", func(c *kit.Case) { c.Expect.JSON += " " }, "other bytes"},
		"rule":      {"date-format-broken", func(c *kit.Case) { c.Expect.Violations[0].Rule = "date.other" }, "breaks"},
		"path":      {"date-format-broken", func(c *kit.Case) { c.Expect.Violations[0].Path += "x" }, "breaks"},
		"no rule":   {"date-format-broken", func(c *kit.Case) { c.Expect.Violations = nil }, "breaks"},
		"more rule": {"json-plain", func(c *kit.Case) { c.Expect.Violations = []kit.Violation{{Rule: "required"}} }, "breaks"},
		"profile":   {"judged-empty-under-small-policy", func(c *kit.Case) { c.Judge.Profile += " " }, "the profile"},
		"verdict":   {"judged-empty-under-small-policy", func(c *kit.Case) { c.Judge.Verdict = "{}" }, "the verdict"},
		"draft":     {"judged-gateway-under-small-policy", func(c *kit.Case) { c.Judge.AllowDraft = false }, "the verdict"},
		"policy":    {"judged-empty-under-small-policy", func(c *kit.Case) { c.Judge.Policy = "{}" }, "wrong-kind"},
		"rubric":    {"judged-empty-under-small-policy", func(c *kit.Case) { c.Judge.Rubric = "" }, "the policy is for the rubric"},
		"day":       {"judged-empty-under-small-policy", func(c *kit.Case) { c.Judge.AsOf = "soon" }, "soon"},
		"waivers":   {"judged-empty-under-small-policy", func(c *kit.Case) { c.Judge.Waivers = "[]" }, "want an object"},
	} {
		c := caseByID(t, change.id)
		change.change(c)
		if err := kit.Check(c); err == nil || !strings.Contains(err.Error(), change.want) {
			t.Errorf("%s: got %v, want %q", name, err, change.want)
		}
	}
}

// TestReadCases refuses what nobody would check.
func TestReadCases(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if _, err := kit.ReadCases(dir); err == nil {
		t.Error("a folder without cases is no kit")
	}
	if err := os.WriteFile(filepath.Join(dir, "a.json"), []byte(`{"cases": [{"id": "a", "titel": "b"}]}`), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := kit.ReadCases(dir); err == nil || !strings.Contains(err.Error(), "titel") {
		t.Errorf("a misspelt member gives %v", err)
	}
	if _, err := kit.ReadResults(dir); err == nil {
		t.Error("cases are no results")
	}
}

func readCases(t *testing.T) []*kit.Case {
	t.Helper()
	all, err := kit.ReadCases("../cases")
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func caseByID(t *testing.T, id string) *kit.Case {
	t.Helper()
	for _, c := range readCases(t) {
		if c.ID == id {
			return c
		}
	}
	t.Fatalf("there is no case %s", id)
	return nil
}
