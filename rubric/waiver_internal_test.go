package rubric

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/encoding/protowire"
	"google.golang.org/protobuf/testing/protocmp"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// The good waivers cover what they are for and nothing else.
func TestWaiversApplied(t *testing.T) {
	c := newWaiverCase(t)
	w := c.judge()
	for _, test := range []struct {
		rule, finding string
		level         reviewpkgv1.Level
		notWaivable   bool
		want          string
	}{
		{"overall", "", high, false, "overall-later"},
		{"overall", "", 0, false, "overall-later"},
		{"overall", "f1", high, false, "accept-f1 overall-later"},
		{"overall", "f1", highest, false, "overall-later"}, // above what accept-f1 covers
		{"overall", "f1", 77, false, "overall-later"},      // no level that anybody knows
		{"overall", "f1", -1, false, "overall-later"},
		{"overall", "d1", low, false, "overall-later"},
		{"overall", "f1", high, true, ""},
		{"rule.stays-patched", "", 0, false, "overall-later"},
		{"stays-patched", "", 0, false, ""}, // results name it in full
		{"deadline.high", "f1", high, false, "accept-f1 late-f1"},
		{"deadline.high", "d1", low, false, ""},
		{"deadline.high", "", high, false, ""}, // the rule as a whole
		{"appetite.D7", "f1", 0, false, "accept-f1"},
		{"appetite.D7", "", low, false, ""},
		{"draft", "f1", low, false, ""},
		{"freshness", "f1", low, false, ""},   // the policy bars it
		{"rule.always", "f1", low, false, ""}, // by its own id
		{"rule.never", "f1", low, false, ""},  // by the rule itself
	} {
		got := strings.Join(w.covers(test.rule, test.notWaivable, test.finding, test.level), " ")
		if got != test.want {
			t.Errorf("%s about %q of level %d is covered by %q, want %q", test.rule, test.finding, test.level, got, test.want)
		}
	}
	for id, want := range map[string]string{"f1": "accept-f1", "f2": "", "d1": "", "": "", "lost": ""} {
		if got := strings.Join(w.finding(id), " "); got != want {
			t.Errorf("%q is taken out by %q, want %q", id, got, want)
		}
	}
}

func TestWaiverResults(t *testing.T) {
	c := newWaiverCase(t)
	w := c.judge()
	w.covers("rule.stays-patched", false, "", 0)
	w.covers("overall", false, "f1", high)
	w.covers("overall", false, "f1", highest)
	w.finding("f1")
	want := []*reviewpkgv1.WaiverResult{
		reviewpkgv1.WaiverResult_builder{
			Waiver: "accept-f1", Path: `waivers["accept-f1"]`, Status: waiverApplied,
			Message: "in force until 2026-12-31; rules whose result it changed: 1; findings that it took out of the effective risk: 1; " +
				"not covered: overall is about a risk that may be very high, and the waiver covers up to high",
			Rules: []string{"overall"}, Findings: []string{"f1"},
		}.Build(),
		reviewpkgv1.WaiverResult_builder{
			Waiver: "overall-later", Path: `waivers["overall-later"]`, Status: waiverApplied,
			Message: "in force until 2026-09-30; rules whose result it changed: 2", Rules: []string{"overall", "rule.stays-patched"},
		}.Build(),
		reviewpkgv1.WaiverResult_builder{
			Waiver: "late-f1", Path: `waivers["late-f1"]`, Status: waiverUnused,
			Message: "the finding f1 stays in the effective risk, which decides on appetite.D7 too",
		}.Build(),
	}
	if diff := cmp.Diff(want, w.results(), protocmp.Transform()); diff != "" {
		t.Error(diff)
	}
	statuses(t, w)
}

// Without waivers there is nothing to report, and nothing is waived.
func TestNoWaivers(t *testing.T) {
	c := newWaiverCase(t)
	for _, set := range []*reviewpkgv1.WaiverSet{nil, {}, reviewpkgv1.WaiverSet_builder{Schema: "reviewpkg.v1.WaiverSet"}.Build()} {
		c.set = set
		w := c.judge()
		if got := c.effect(w); got != nil || w.results() != nil {
			t.Errorf("%v: %v, %v", set, got, w.results())
		}
	}
	if w := newWaivers(nil, nil, nil, "", time.Time{}, nil, nil); w.finding("f1") != nil || w.covers("overall", false, "", 0) != nil {
		t.Error("something is waived by nothing")
	}
}

// A finding leaves the effective risk only for a waiver that is for every rule
// that decides on that risk.
func TestWaiverEffectiveRisk(t *testing.T) {
	for _, test := range []struct {
		name   string
		change func(c *waiverCase, w *reviewpkgv1.Waiver)
		taken  bool
	}{
		{"finding only", func(*waiverCase, *reviewpkgv1.Waiver) {}, true},
		{"both rules", func(_ *waiverCase, w *reviewpkgv1.Waiver) { w.SetRules([]string{"overall", "appetite.D7"}) }, true},
		{"one of two rules", func(_ *waiverCase, w *reviewpkgv1.Waiver) { w.SetRules([]string{"appetite.D7"}) }, false},
		{"the only rule", func(c *waiverCase, w *reviewpkgv1.Waiver) {
			w.SetRules([]string{"appetite.D7"})
			c.rules = []string{"appetite.D7"}
		}, true},
		{"another rule", func(_ *waiverCase, w *reviewpkgv1.Waiver) { w.SetRules([]string{"deadline.high"}) }, false},
		{"another rule, and no appetite", func(c *waiverCase, w *reviewpkgv1.Waiver) {
			w.SetRules([]string{"deadline.high"})
			c.rules = []string{"deadline.high"}
		}, false},
		{"no appetite", func(c *waiverCase, _ *reviewpkgv1.Waiver) { c.rules = nil }, true},
		{"an appetite that cannot be waived", func(c *waiverCase, _ *reviewpkgv1.Waiver) {
			c.policy.GetWaiverRules().SetNotWaivable([]string{"overall"})
		}, false},
		{"rules only", func(_ *waiverCase, w *reviewpkgv1.Waiver) {
			w.SetFindings(nil)
			w.SetRules([]string{"appetite.D7", "overall"})
		}, false},
	} {
		c := newWaiverCase(t)
		test.change(c, c.only("accept-f1"))
		w := c.judge()
		if got := w.finding("f1") != nil; got != test.taken {
			t.Errorf("%s: taken out is %t, want %t: %v", test.name, got, test.taken, w.results())
		}
		if status := statuses(t, w)["accept-f1"]; (status == waiverApplied) != test.taken || !test.taken && status != waiverUnused {
			t.Errorf("%s: %s", test.name, status)
		}
	}
}

// The first and the last day of a waiver are days in UTC, wherever the caller is.
func TestWaiverDays(t *testing.T) {
	east, west := time.FixedZone("east", 14*3600), time.FixedZone("west", -12*3600)
	for _, test := range []struct {
		asOf time.Time
		want reviewpkgv1.WaiverStatus
	}{
		{time.Date(2026, 2, 28, 23, 59, 59, 999, time.UTC), waiverNotInForce},
		{time.Date(2026, 3, 1, 13, 59, 0, 0, east), waiverNotInForce}, // in UTC the day before
		{time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC), waiverApplied},
		{time.Date(2026, 12, 31, 23, 59, 59, 999, time.UTC), waiverApplied},
		{time.Date(2027, 1, 1, 13, 59, 0, 0, east), waiverApplied},
		{time.Date(2026, 12, 31, 12, 0, 0, 0, west), waiverExpired}, // in UTC the day after
		{time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC), waiverExpired},
		{time.Date(99999, 1, 1, 0, 0, 0, 0, time.UTC), waiverExpired},
		{time.Date(1969, 12, 31, 23, 0, 0, 0, time.UTC), waiverNotInForce},
		{time.Date(-1, 1, 1, 0, 0, 0, 0, time.UTC), waiverNotInForce},
		{time.Time{}, waiverNotInForce},
	} {
		c := newWaiverCase(t)
		c.only("accept-f1")
		c.asOf = test.asOf
		w := c.judge()
		taken := w.finding("f1") != nil
		if got := statuses(t, w)["accept-f1"]; got != test.want || taken != (got == waiverApplied) {
			t.Errorf("at %s: %s, want %s", test.asOf, got, test.want)
		}
	}
	if got := utcDay(time.Unix(-1, 0)); got != -1 {
		t.Errorf("the second before 1970 is on day %d, want -1", got)
	}
}

// What a waiver is for must be able to get worse without anybody noticing, or
// the waiver would not be about risk.
func TestWaiverVoidByResult(t *testing.T) {
	c := newWaiverCase(t)
	c.only("overall-later").SetMaxLevel(medium)
	w := c.judge()
	if got := w.covers("overall", false, "", high); got != nil {
		t.Errorf("covered by %v", got)
	}
	// The caller says nothing of the level, but the finding has one.
	if got := w.covers("overall", false, "f1", 0); got != nil {
		t.Errorf("covered by %v", got)
	}
	if got := w.results()[0]; got.GetStatus() != waiverVoid || !strings.Contains(got.GetMessage(), "overall is about a risk that may be high") {
		t.Error(got)
	}
}

// A field of a newer model may narrow what a waiver is for, wherever it stands.
func TestWaiverUnknownBytes(t *testing.T) {
	unknown := protowire.AppendVarint(protowire.AppendTag(nil, 999, protowire.VarintType), 1)
	for name, change := range map[string]func(*reviewpkgv1.WaiverSet){
		"set":      func(s *reviewpkgv1.WaiverSet) { s.ProtoReflect().SetUnknown(unknown) },
		"waiver":   func(s *reviewpkgv1.WaiverSet) { s.GetWaivers()[0].ProtoReflect().SetUnknown(unknown) },
		"approval": func(s *reviewpkgv1.WaiverSet) { s.GetWaivers()[0].GetApprovals()[0].ProtoReflect().SetUnknown(unknown) },
	} {
		c := newWaiverCase(t)
		c.only("accept-f1")
		change(c.set)
		w := c.judge()
		if got := c.effect(w); got != nil {
			t.Errorf("%s: %v", name, got)
		}
		if got := w.results()[0]; got.GetStatus() != waiverMalformed || !strings.Contains(got.GetMessage(), "field that this version of the model does not have") {
			t.Errorf("%s: %v", name, got)
		}
	}
}
