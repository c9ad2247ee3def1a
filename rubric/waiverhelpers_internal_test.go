package rubric

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"google.golang.org/protobuf/proto"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
	"github.com/reviewpkg/sdk/reviewpkg"
)

// A waiverCase is all that waivers are judged by.
type waiverCase struct {
	set      *reviewpkgv1.WaiverSet
	policy   *reviewpkgv1.Policy
	pkg      *reviewpkgv1.ReviewPackage
	digest   string
	asOf     time.Time
	findings []*reviewpkgv1.FindingRisk
	rules    []string
}

// newWaiverCase returns a case in which every waiver of good.yaml holds: f1 is
// open and may be high, d1 is disputed, f2 and f3 are closed.
func newWaiverCase(t testing.TB) *waiverCase {
	t.Helper()
	set, err := LoadWaivers("testdata/waivers/good.yaml")
	if err != nil {
		t.Fatal(err)
	}
	return &waiverCase{
		set: set,
		policy: parse(t, &reviewpkgv1.Policy{}, `{
			rules: [{id: stays-patched}, {id: never, not_waivable: true}],
			waiver_rules: {approver_roles: [ciso, cso], not_waivable: [freshness, always]}}`),
		pkg: parsePackage(t, `{
			id: p, project: {name: P, version: "1.0"},
			findings: [{id: f1}, {id: f2, state: FINDING_STATE_VERIFIED_FIXED}, {id: f3, state: FINDING_STATE_VERIFIED_FIXED}],
			disputed_findings: [{id: d1}]}`),
		digest: "sha256:" + strings.Repeat("a", 64),
		asOf:   noonOf(t, "2026-04-01"),
		findings: []*reviewpkgv1.FindingRisk{
			findingRisk("f1", "D7", high), findingRisk("d1", "D3", medium),
		},
		rules: []string{
			"draft", "appetite.D7", "overall", "completeness.openstack", "deadline.high", "freshness",
			"rule.stays-patched", "rule.never", "rule.always",
		},
	}
}

func findingRisk(id, dimension string, worst reviewpkgv1.Level) *reviewpkgv1.FindingRisk {
	return reviewpkgv1.FindingRisk_builder{Finding: id, Dimension: dimension, LevelMin: low, LevelMax: worst}.Build()
}

// noonOf returns noon of a day: waivers go by days.
func noonOf(t testing.TB, value string) time.Time {
	t.Helper()
	d, err := time.Parse(time.DateOnly, value)
	if err != nil {
		t.Fatal(err)
	}
	return d.Add(12 * time.Hour)
}

func approvalOf(approver, role, date string) *reviewpkgv1.WaiverApproval {
	return reviewpkgv1.WaiverApproval_builder{Approver: approver, Role: role, Date: dateOf(date)}.Build()
}

func dateOf(value string) *reviewpkgv1.Date { return reviewpkgv1.Date_builder{Value: value}.Build() }

// only leaves one waiver in the set, and returns it.
func (c *waiverCase) only(id string) *reviewpkgv1.Waiver {
	for _, w := range c.set.GetWaivers() {
		if w.GetId() == id {
			c.set.SetWaivers([]*reviewpkgv1.Waiver{w})
			return w
		}
	}
	return nil
}

// add adds a copy of a waiver under another id.
func (c *waiverCase) add(w *reviewpkgv1.Waiver, id string) *reviewpkgv1.Waiver {
	w = proto.CloneOf(w)
	w.SetId(id)
	c.set.SetWaivers(append(c.set.GetWaivers(), w))
	return w
}

func (c *waiverCase) judge() *waivers {
	return newWaivers(c.set, c.policy, c.pkg, c.digest, c.asOf, c.findings, c.rules)
}

// effect asks for all that waivers could change in the case, and returns what
// they do change, sorted.
func (c *waiverCase) effect(w *waivers) []string {
	var found []string
	for _, f := range []string{"", "f1", "f2", "d1", "lost"} {
		for _, id := range w.finding(f) {
			found = append(found, id+" takes out "+f)
		}
		for _, rule := range append(c.rules, "lost") {
			for _, level := range []reviewpkgv1.Level{0, low, high, highest} {
				for _, id := range w.covers(rule, false, f, level) {
					found = append(found, fmt.Sprintf("%s covers %s %s %d", id, rule, f, level))
				}
			}
		}
	}
	slices.Sort(found)
	return found
}

// statuses returns what became of each waiver, by id, and checks that it can be
// reported.
func statuses(t interface {
	Helper()
	Errorf(string, ...any)
}, w *waivers,
) map[string]reviewpkgv1.WaiverStatus {
	t.Helper()
	found := map[string]reviewpkgv1.WaiverStatus{}
	for _, r := range w.results() {
		found[r.GetWaiver()] = r.GetStatus()
		if err := reviewpkg.Validate(r); err != nil {
			t.Errorf("the result of %s is invalid: %v", r.GetWaiver(), err)
		}
	}
	return found
}
