package export_test

import (
	"fmt"
	"strings"
	"testing"

	"google.golang.org/protobuf/proto"

	"github.com/reviewpkg/sdk/export"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// planPage returns the sample report as Markdown after a change to its plan.
func planPage(t *testing.T, change func(*reviewpkgv1.Plan)) string {
	t.Helper()
	r := sampleReport()
	r.GetPlan().SetUnreachable(nil)
	r.GetPlan().SetAfter(pass)
	change(r.GetPlan())
	page := write(t, export.Markdown{}, r)
	_, page, _ = strings.Cut(page, "\n## Plan\n")
	page, _, _ = strings.Cut(page, "\n## ")
	return page
}

// TestPlanSummary shows what the first sentences of a plan say of the plans that
// there are.
func TestPlanSummary(t *testing.T) {
	for name, test := range map[string]struct {
		change  func(*reviewpkgv1.Plan)
		has     []string
		without string
	}{
		"not proven": {func(*reviewpkgv1.Plan) {},
			[]string{"**3 actions, 74 hours (50 to 112).** Hours by kind: 12 review, 50 contributions, 12 controls; by role: reviewer 12, developer 50, operator 12.",
				"outcome FAIL becomes PASS.", "may take up to 14 hours less, and none that leads to PASS takes less than 60 hours.", "It counts on reviews that turn out well"},
			"takes fewer hours"},
		"cheapest": {func(p *reviewpkgv1.Plan) { p.SetExact(true); p.SetConditional(false) },
			[]string{"No plan that leads to PASS takes fewer hours."}, "It counts on"},
		"as cheap as can be": {func(p *reviewpkgv1.Plan) { p.SetHoursAtLeast(74) },
			[]string{"No plan that leads to PASS takes fewer hours."}, "not proven"},
		"too small a budget": {func(p *reviewpkgv1.Plan) { p.SetAfter(tell); p.SetHoursAtLeast(90) },
			[]string{"They do not lead to PASS: the outcome is FAIL before and INDETERMINATE afterwards.", "No plan that leads to PASS takes less than 90 hours."},
			"takes fewer hours"},
		"no bound": {func(p *reviewpkgv1.Plan) { p.SetAfter(fail); p.SetHoursAtLeast(0) },
			[]string{"They do not lead to PASS"}, "No plan"},
		"a warning will do": {func(p *reviewpkgv1.Plan) { p.SetTarget(warn); p.SetAfter(warn) },
			[]string{"outcome FAIL becomes WARN."}, "do not lead"},
		"done": {func(p *reviewpkgv1.Plan) { p.SetBefore(warn); p.SetTarget(warn); p.SetActions(nil) },
			[]string{"The outcome is WARN already, and WARN was asked for: nothing has to be done."}, "| Action |"},
		"nothing helps": {func(p *reviewpkgv1.Plan) {
			p.SetAfter(fail)
			p.SetActions(nil)
			p.SetUnreachable([]string{"completeness.openstack"})
		},
			[]string{"No plan leads from FAIL to PASS.", "No action brings these rules to PASS: `completeness.openstack`"}, "<details>"},
		"an outcome that is not stated": {func(p *reviewpkgv1.Plan) { p.SetBefore(0); p.SetAfter(0) },
			[]string{"They do not lead to PASS: the outcome is NOT STATED before"}, "becomes"},
		"one of each": {func(p *reviewpkgv1.Plan) {
			p.SetActions(p.GetActions()[:1])
			p.GetActions()[0].SetEffort(hours(1, 1, 1, 0))
			p.GetActions()[0].SetKind(77)
			p.SetHours(1)
		}, []string{"**1 action, 1 hour.** Hours by kind: 1 of a kind not stated; by role: not stated 1."}, "<details>"},
		"no effort": {func(p *reviewpkgv1.Plan) {
			p.SetActions(p.GetActions()[:1])
			p.GetActions()[0].SetEffort(nil)
			p.SetHours(0)
		},
			[]string{"**1 action, 0 hours.** Hours by kind: not stated."}, "<details>"},
		"more than was asked for": {func(p *reviewpkgv1.Plan) { p.SetBefore(pass) },
			[]string{"**3 actions, 74 hours", "The outcome is PASS already; they lower the risk further."}, "cheapest"},
		"not all can be helped": {func(p *reviewpkgv1.Plan) {
			p.SetAfter(fail)
			p.SetUnreachable([]string{"freshness", "draft"})
			p.SetExact(true)
		},
			[]string{"They do not lead to PASS", "No plan that brings all that can be helped to PASS takes fewer hours.",
				"No action brings these rules to PASS: `freshness`, `draft`\n\nNo work on a draft makes it final"}, "cheapest"},
	} {
		t.Run(name, func(t *testing.T) {
			page := planPage(t, test.change)
			has(t, page, test.has...)
			hasNot(t, page, test.without)
		})
	}
}

// TestLongPlan shows that a plan of many actions is cut, and says so.
func TestLongPlan(t *testing.T) {
	r := sampleReport()
	actions := r.GetPlan().GetActions()
	var many []*reviewpkgv1.PlanAction
	for i := range 100 {
		for _, a := range []*reviewpkgv1.PlanAction{actions[1], actions[3]} {
			a = proto.CloneOf(a)
			a.SetId(fmt.Sprintf("%s-%d", a.GetId(), i))
			many = append(many, a)
		}
	}
	r.GetPlan().SetActions(many)
	page := write(t, export.Markdown{}, r)
	has(t, page, "**100 actions, ", "And 80 more actions, which the JSON export lists.",
		"<details>\n<summary>100 other actions that would help alone</summary>\n\n- Developer", "- And 80 more actions, which the JSON export lists.\n\n</details>\n")
	full := write(t, export.HTML{}, r)
	if n := strings.Count(full, "Close: no rate limit"); n != 100 {
		t.Errorf("the HTML page has %d other actions, want all 100", n)
	}
}

// TestPlanOfAnotherPackage warns of a plan that is not for this verdict.
func TestPlanOfAnotherPackage(t *testing.T) {
	r := sampleReport()
	r.GetPlan().SetPackage("other")
	r.GetPlan().SetPackageDigest(sampleDigest("e"))
	has(t, write(t, export.Markdown{}, r), "> **Note.** The plan is of the package `other` and not of this one.",
		"> **Note.** The verdict and the plan are of different versions of the package.")
}

// TestDecided shows which rule a verdict names: the first of its own outcome.
func TestDecided(t *testing.T) {
	for outcome, want := range map[reviewpkgv1.Outcome]string{
		pass: "version 7.\n",
		warn: "version 7. Decided by `completeness.openstack`: 833 of 1000 checks are met.\n",
		tell: "version 7. Decided by `appetite.D2`: the dimension was not assessed.\n",
		fail: "version 7. Decided by `rule.no-open-injection` and 1 more rule: injections are fixed.\n",
		42:   "version 7.\n",
	} {
		r := sampleReport()
		r.GetVerdict().SetOutcome(outcome)
		has(t, write(t, export.Markdown{}, r), want)
	}
	r := sampleReport()
	r.GetVerdict().GetResults()[0].SetMessage("Fix it. \n")
	r.GetVerdict().GetResults()[1].SetOutcome(9)
	has(t, write(t, export.Markdown{}, r), "Decided by `rule.no-open-injection`: Fix it.\n",
		"6 rules: 1 fails, 1 cannot be told, 1 warns, 2 pass, 1 of an outcome that is not known.")
}

// TestSumsAddUp holds that no sum is shown that is none, whatever the profile
// says.
func TestSumsAddUp(t *testing.T) {
	r := sampleReport()
	d := r.GetProfile().GetDimensions()[2]
	d.GetContributions()[0].SetPointsMin(699)
	page := write(t, export.Markdown{}, r)
	has(t, page, "- `D7` Findings\n  - Risk very high, 699 points of the lowest score and 700 of the highest: Messages")
	var many []*reviewpkgv1.Contribution
	for range 300 {
		c := proto.CloneOf(d.GetContributions()[1])
		c.SetPointsMin(3)
		c.SetPointsMax(3)
		many = append(many, c)
	}
	d.SetContributions(many)
	has(t, write(t, export.Markdown{}, r), "- `D7` Findings: 900 = 3 + 3 + 3 + 3 + 3 + 3 + 882 of the rest\n", "- And 297 more contributions")
}

// TestEffectiveOnlyWhereItDiffers leaves a column out that would say nothing.
func TestEffectiveOnlyWhereItDiffers(t *testing.T) {
	r := sampleReport()
	has(t, write(t, export.Markdown{}, r), "| Inherent | Effective | Confidence |", "| low to high, 200 to 810 |", "Effective is the risk that counts")
	r.GetVerdict().SetEffective(r.GetProfile().GetOverall())
	r.GetVerdict().SetEffectiveDimensions(nil)
	page := write(t, export.Markdown{}, r)
	has(t, page, "| Inherent | Confidence |")
	hasNot(t, page, "Effective")
	// The row of all dimensions stays where the others are cut.
	var many []*reviewpkgv1.DimensionProfile
	for range 30 {
		many = append(many, r.GetProfile().GetDimensions()[0])
	}
	r.GetProfile().SetDimensions(many)
	has(t, write(t, export.Markdown{}, r), "| **Overall** | high to very high |", "And 10 more dimensions, which")
}

// TestFitsAComment holds that a report which would be too long for a comment is
// cut shorter, from the end of each list, and that no other one is.
func TestFitsAComment(t *testing.T) {
	r := sampleReport()
	long := strings.Repeat("long words ", 30)
	var gaps []*reviewpkgv1.Gap
	for range 100 {
		gap := proto.CloneOf(r.GetCompleteness()[0].GetGaps()[0])
		gap.SetMessage(long)
		gap.SetPath(long)
		gaps = append(gaps, gap)
	}
	r.GetCompleteness()[0].SetGaps(gaps)
	var parts []*reviewpkgv1.Completeness
	for range 4 {
		parts = append(parts, r.GetCompleteness()[0])
	}
	r.SetCompleteness(parts)
	page := write(t, export.Markdown{}, r)
	has(t, page, "**Verdict: FAIL.**", "And 80 more gaps, which the JSON export lists.", "due diligence")
	r.SetCompleteness(append(parts, parts...))
	page = write(t, export.Markdown{}, r)
	if len(page) > 65536 {
		t.Errorf("the page has %d bytes", len(page))
	}
	has(t, page, "**Verdict: FAIL.**", "And 90 more gaps, which the JSON export lists.", "due diligence")
	if page = write(t, export.Markdown{MaxFindings: 50}, r); len(page) < 65536 {
		t.Errorf("the page has %d bytes, though somebody said how long it should be", len(page))
	}
}
