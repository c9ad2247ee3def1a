package rubric

import (
	"strings"
	"testing"
	"time"

	"google.golang.org/protobuf/proto"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// A waiverFault is a change to a case in which the waiver accept-f1 is applied,
// after which it is not, and why.
type waiverFault struct {
	name    string
	change  func(c *waiverCase, w *reviewpkgv1.Waiver)
	want    reviewpkgv1.WaiverStatus
	message string
}

func waiverFaults() []waiverFault {
	var faults []waiverFault
	add := func(want reviewpkgv1.WaiverStatus, name, message string, change func(c *waiverCase, w *reviewpkgv1.Waiver)) {
		faults = append(faults, waiverFault{name, change, want, message})
	}
	malformedFaults(add)
	otherFaults(add)
	termFaults(add)
	approvalFaults(add)
	policyFaults(add)
	return faults
}

type addFault func(want reviewpkgv1.WaiverStatus, name, message string, change func(c *waiverCase, w *reviewpkgv1.Waiver))

// malformedFaults break a rule of the model.
func malformedFaults(add addFault) {
	const at = `at waivers["accept-f1"].`
	field := func(name, message string, change func(w *reviewpkgv1.Waiver)) {
		add(waiverMalformed, name, message, func(_ *waiverCase, w *reviewpkgv1.Waiver) { change(w) })
	}
	field("no expiry", "required "+at+"expires", func(w *reviewpkgv1.Waiver) { w.ClearExpires() })
	field("expiry is a month", "waiver.expiry_day", func(w *reviewpkgv1.Waiver) { w.SetExpires(dateOf("2026-12")) })
	field("expiry is no date", "date.format "+at+"expires", func(w *reviewpkgv1.Waiver) { w.SetExpires(dateOf("for-ever--")) })
	field("expiry is no day", "date.impossible "+at+"expires", func(w *reviewpkgv1.Waiver) { w.SetExpires(dateOf("2026-02-30")) })
	field("expiry is empty", "required "+at+"expires.value", func(w *reviewpkgv1.Waiver) { w.SetExpires(&reviewpkgv1.Date{}) })
	field("no approval", "repeated.min_items "+at+"approvals", func(w *reviewpkgv1.Waiver) { w.SetApprovals(nil) })
	field("approval without date", "required "+at+"approvals[0].date", func(w *reviewpkgv1.Waiver) { w.GetApprovals()[0].ClearDate() })
	field("approval of a month", "date.format "+at+"approvals[0].date", func(w *reviewpkgv1.Waiver) { w.GetApprovals()[0].SetDate(dateOf("2026-03")) })
	field("approval by nobody", "required "+at+"approvals[0].approver", func(w *reviewpkgv1.Waiver) { w.GetApprovals()[0].SetApprover("") })
	field("approval by a space", "required "+at+"approvals[0].approver", func(w *reviewpkgv1.Waiver) { w.GetApprovals()[0].SetApprover("\u00a0\u200b") })
	field("requester approves", "waiver.requester", func(w *reviewpkgv1.Waiver) { w.GetApprovals()[0].SetApprover(w.GetRequestedBy()) })
	field("no requester", "required "+at+"requested_by", func(w *reviewpkgv1.Waiver) { w.SetRequestedBy("") })
	field("requester is invisible", "required "+at+"requested_by", func(w *reviewpkgv1.Waiver) { w.SetRequestedBy("\u2060") })
	field("no owner", "required "+at+"owner", func(w *reviewpkgv1.Waiver) { w.SetOwner("") })
	field("owner is blank", "required "+at+"owner", func(w *reviewpkgv1.Waiver) { w.SetOwner("\t") })
	field("no justification", "required "+at+"justification", func(w *reviewpkgv1.Waiver) { w.SetJustification("") })
	field("justification is blank", "required "+at+"justification", func(w *reviewpkgv1.Waiver) { w.SetJustification(" \n ") })
	field("no id", "required at waivers[0].id", func(w *reviewpkgv1.Waiver) { w.SetId("") })
	field("id with a line break", "string.pattern at", func(w *reviewpkgv1.Waiver) { w.SetId("a\nb") })
	field("no target", "waiver.target", func(w *reviewpkgv1.Waiver) { w.SetFindings(nil) })
	field("finding twice", "repeated.unique "+at+"findings", func(w *reviewpkgv1.Waiver) { w.SetFindings([]string{"f1", "f1"}) })
	field("empty finding", "string.min_len "+at+"findings[1]", func(w *reviewpkgv1.Waiver) { w.SetFindings([]string{"f1", ""}) })
	field("no scope", "required "+at+"scope", func(w *reviewpkgv1.Waiver) { w.ClearScope() })
	field("scope without package", "required "+at+"scope.package", func(w *reviewpkgv1.Waiver) { w.GetScope().SetPackage("") })
	field("digest is none", "string.pattern "+at+"scope.package_digest", func(w *reviewpkgv1.Waiver) { w.GetScope().SetPackageDigest("sha256:*") })
	field("no category", "required "+at+"category", func(w *reviewpkgv1.Waiver) { w.SetCategory(0) })
	field("category of a newer model", "enum.defined_only "+at+"category", func(w *reviewpkgv1.Waiver) { w.SetCategory(99) })
	field("no level", "required "+at+"max_level", func(w *reviewpkgv1.Waiver) { w.SetMaxLevel(0) })
	field("level of a newer model", "enum.defined_only "+at+"max_level", func(w *reviewpkgv1.Waiver) { w.SetMaxLevel(99) })
	mitigated := reviewpkgv1.WaiverCategory_WAIVER_CATEGORY_MITIGATED_ELSEWHERE
	field("mitigated by nothing", "waiver.controls", func(w *reviewpkgv1.Waiver) { w.SetCategory(mitigated) })
	field("mitigated by a space", "required "+at+"compensating_controls[0]", func(w *reviewpkgv1.Waiver) {
		w.SetCategory(mitigated)
		w.SetCompensatingControls([]string{" "})
	})
	add(waiverMalformed, "same id twice", "waiver_set.ids", func(c *waiverCase, w *reviewpkgv1.Waiver) { c.add(w, w.GetId()) })
	add(waiverMalformed, "set of another kind", "string.const at schema", func(c *waiverCase, _ *reviewpkgv1.Waiver) { c.set.SetSchema("reviewpkg.v1.Policy") })
	add(waiverMalformed, "set without kind", "string.const at schema", func(c *waiverCase, _ *reviewpkgv1.Waiver) { c.set.SetSchema("") })
}

// otherFaults are about what a waiver is for, and when.
func otherFaults(add addFault) {
	add(waiverOutOfScope, "another package", "for the package q, and this is p", func(_ *waiverCase, w *reviewpkgv1.Waiver) { w.GetScope().SetPackage("q") })
	add(waiverOutOfScope, "no wildcard for packages", "for the package *", func(_ *waiverCase, w *reviewpkgv1.Waiver) { w.GetScope().SetPackage("*") })
	add(waiverOutOfScope, "another digest", "another content of the package: sha256:bbb", func(_ *waiverCase, w *reviewpkgv1.Waiver) {
		w.GetScope().SetPackageDigest("sha256:" + strings.Repeat("b", 64))
	})
	add(waiverOutOfScope, "another version", "than 1.0: 0.9, 1", func(_ *waiverCase, w *reviewpkgv1.Waiver) { w.GetScope().SetProjectVersions([]string{"0.9", "1"}) })
	add(waiverOutOfScope, "version not stated", "one that is not stated: 1.0", func(c *waiverCase, w *reviewpkgv1.Waiver) {
		w.GetScope().SetProjectVersions([]string{"1.0"})
		c.pkg.GetProject().SetVersion("")
	})
	add(waiverDangling, "no such finding", "the finding f9, which the package does not have", func(_ *waiverCase, w *reviewpkgv1.Waiver) { w.SetFindings([]string{"f1", "f9"}) })
	add(waiverDangling, "no wildcard for findings", "the finding *,", func(_ *waiverCase, w *reviewpkgv1.Waiver) { w.SetFindings([]string{"f1", "*"}) })
	add(waiverDangling, "finding in another case", "the finding F1,", func(_ *waiverCase, w *reviewpkgv1.Waiver) { w.SetFindings([]string{"F1"}) })
	add(waiverDangling, "no such rule", "the rule appetite.D8, which the policy does not have", func(_ *waiverCase, w *reviewpkgv1.Waiver) {
		w.SetRules([]string{"overall", "appetite.D8"})
	})
	add(waiverDangling, "no wildcard for rules", "the rule appetite.*,", func(_ *waiverCase, w *reviewpkgv1.Waiver) { w.SetRules([]string{"appetite.*"}) })
	add(waiverDangling, "a prefix twice", "the rule rule.rule.stays-patched,", func(_ *waiverCase, w *reviewpkgv1.Waiver) {
		w.SetRules([]string{"rule.rule.stays-patched"})
	})
	add(waiverNotInForce, "no day", "no day was given", func(c *waiverCase, _ *reviewpkgv1.Waiver) { c.asOf = time.Time{} })
	add(waiverNotInForce, "no day, and over", "no day was given", func(c *waiverCase, w *reviewpkgv1.Waiver) {
		c.asOf = time.Time{}
		w.SetExpires(dateOf("1999-01-01"))
	})
	add(waiverNotInForce, "approved tomorrow", "is of 2026-03-01, and the day to judge it for is 2026-02-28", func(c *waiverCase, _ *reviewpkgv1.Waiver) {
		c.asOf = c.asOf.AddDate(0, 0, -32)
	})
	add(waiverNotInForce, "second of two approvals tomorrow", "is of 2026-04-02", func(c *waiverCase, w *reviewpkgv1.Waiver) {
		c.policy.GetWaiverRules().SetMinApprovals(2)
		w.SetApprovals(append(w.GetApprovals(), approvalOf("Eve", "", "2026-04-02")))
	})
	add(waiverNotInForce, "approval in the role tomorrow", "is of 2026-04-02", func(_ *waiverCase, w *reviewpkgv1.Waiver) {
		w.SetApprovals([]*reviewpkgv1.WaiverApproval{approvalOf("Rex", "cso", "2026-04-02"), approvalOf("Eve", "", "2026-03-01")})
	})
	add(waiverExpired, "over", "its last day was 2026-12-31, and the day to judge it for is 2027-01-01", func(c *waiverCase, _ *reviewpkgv1.Waiver) {
		c.asOf = c.asOf.AddDate(0, 9, 0)
	})
	add(waiverExpired, "over before it was approved", "its last day was 2026-02-01", func(_ *waiverCase, w *reviewpkgv1.Waiver) { w.SetExpires(dateOf("2026-02-01")) })
	add(waiverExpired, "over, and not allowed", "its last day was", func(c *waiverCase, w *reviewpkgv1.Waiver) {
		c.asOf = c.asOf.AddDate(1, 0, 0)
		w.SetRules([]string{"draft"})
	})
	add(waiverVoid, "finding got worse", "the finding f1 may be very high, and the waiver covers up to high", func(c *waiverCase, _ *reviewpkgv1.Waiver) {
		c.findings[0].SetLevelMax(highest)
	})
	add(waiverVoid, "finding without a level", "the finding f1 may be very high", func(c *waiverCase, _ *reviewpkgv1.Waiver) { c.findings[0].SetLevelMax(0) })
	add(waiverVoid, "finding that stands twice", "the finding f1 may be very high", func(c *waiverCase, _ *reviewpkgv1.Waiver) {
		c.findings = append(c.findings, findingRisk("f1", "D2", highest), findingRisk("f1", "D2", low))
	})
	add(waiverVoid, "one of two findings got worse", "the finding d1 may be medium, and the waiver covers up to low", func(c *waiverCase, w *reviewpkgv1.Waiver) {
		c.findings[0].SetLevelMax(low)
		w.SetFindings([]string{"f1", "d1"})
		w.SetMaxLevel(low)
	})
	add(waiverUnused, "finding is closed", "there is nothing that it covers", func(_ *waiverCase, w *reviewpkgv1.Waiver) { w.SetFindings([]string{"f2"}) })
}

// notAllowedBy returns add for faults that the rules of a policy are about.
func notAllowedBy(add addFault) func(name, message string, change func(rules *reviewpkgv1.WaiverRules, w *reviewpkgv1.Waiver)) {
	return func(name, message string, change func(rules *reviewpkgv1.WaiverRules, w *reviewpkgv1.Waiver)) {
		add(waiverNotAllowed, name, message, func(c *waiverCase, w *reviewpkgv1.Waiver) { change(c.policy.GetWaiverRules(), w) })
	}
}

// termFaults are waivers that hold for longer than they may.
func termFaults(add addFault) {
	no := notAllowedBy(add)
	term := func(level reviewpkgv1.Level, days uint32) *reviewpkgv1.WaiverTerm {
		return reviewpkgv1.WaiverTerm_builder{Level: level, MaxDays: days}.Build()
	}
	terms := func(terms ...*reviewpkgv1.WaiverTerm) func(*reviewpkgv1.WaiverRules, *reviewpkgv1.Waiver) {
		return func(rules *reviewpkgv1.WaiverRules, _ *reviewpkgv1.Waiver) { rules.SetTerms(terms) }
	}
	// From 2026-03-01 to 2026-12-31 are 305 days.
	no("a day too long", "305 days from the last approval that it needs, of 2026-03-01, and the policy allows 304 for high", terms(term(high, 304)))
	no("longer than for a higher level", "allows 300 for high", terms(term(highest, 300), term(low, 360)))
	no("longer than for a lower level", "allows 300 for high", terms(term(medium, 300)))
	no("level that nobody waives", "allows no waiver that covers high", terms(term(high, 0)))
	no("level above one that nobody waives", "allows no waiver that covers high", terms(term(medium, 0)))
	no("longer than a year", "367 days from the last approval that it needs, of 2026-03-01, and the policy allows 366", func(_ *reviewpkgv1.WaiverRules, w *reviewpkgv1.Waiver) {
		w.SetExpires(dateOf("2027-03-03"))
	})
	no("longer than a year, where a lower level may", "and the policy allows 366", func(rules *reviewpkgv1.WaiverRules, w *reviewpkgv1.Waiver) {
		rules.SetTerms([]*reviewpkgv1.WaiverTerm{term(medium, 1000)})
		w.SetExpires(dateOf("2027-03-03"))
	})
	no("prolonged by one of two", "of 2025-01-02, and the policy allows 366", func(rules *reviewpkgv1.WaiverRules, w *reviewpkgv1.Waiver) {
		rules.SetMinApprovals(2)
		w.SetApprovals([]*reviewpkgv1.WaiverApproval{
			approvalOf("Rex", "ciso", "2025-01-01"), approvalOf("Eve", "", "2025-01-02"), approvalOf("Rex", "ciso", "2026-03-01"),
		})
	})
}

// approvalFaults are approvals that are not enough, or by the wrong person.
func approvalFaults(add addFault) {
	no := notAllowedBy(add)
	no("too few approvals", "approvals by 2 persons, and it has those of 1", func(rules *reviewpkgv1.WaiverRules, _ *reviewpkgv1.Waiver) { rules.SetMinApprovals(2) })
	no("one approver twice", "approvals by 2 persons, and it has those of 1", func(rules *reviewpkgv1.WaiverRules, w *reviewpkgv1.Waiver) {
		rules.SetMinApprovals(2)
		w.SetApprovals(append(w.GetApprovals(), approvalOf(" rex\u00a0CHIEF\u200b", "cso", "2026-03-01")))
	})
	no("approver in no role", "one of these roles, and it has none: ciso, cso", func(_ *reviewpkgv1.WaiverRules, w *reviewpkgv1.Waiver) {
		w.GetApprovals()[0].SetRole("assistant to the ciso")
	})
	for name, spelling := range map[string]string{
		"space behind": "Ann Asker ", "lower case": "ann asker", "zero width": "Ann\u200b Asker", "no-break space": "Ann\u00a0Asker",
		"soft hyphen": "Ann As\u00adker", "fullwidth": "Ａnn Asker", "filler": "Ann\u3164Asker", "joiner": "A\u034fnn Asker", "selector": "Ann\ufe0f Asker",
	} {
		no("requester approves, "+name, "Ann Asker asked for it and approved it", func(_ *reviewpkgv1.WaiverRules, w *reviewpkgv1.Waiver) {
			w.SetApprovals(append(w.GetApprovals(), approvalOf(spelling, "ciso", "2026-03-01")))
		})
	}
}

// policyFaults are what else a policy does not allow.
func policyFaults(add addFault) {
	no := notAllowedBy(add)
	no("deferred without ticket", "names no ticket", func(_ *reviewpkgv1.WaiverRules, w *reviewpkgv1.Waiver) {
		w.SetCategory(reviewpkgv1.WaiverCategory_WAIVER_CATEGORY_DEFERRED)
	})
	for _, name := range []string{"draft", "freshness", "always", "rule.always", "never", "rule.never"} {
		no("rule "+name, "the rule "+name+" cannot be waived", func(_ *reviewpkgv1.WaiverRules, w *reviewpkgv1.Waiver) { w.SetRules([]string{"overall", name}) })
		no("only rule "+name, "the rule "+name+" cannot be waived", func(_ *reviewpkgv1.WaiverRules, w *reviewpkgv1.Waiver) {
			w.SetFindings(nil)
			w.SetRules([]string{name})
		})
	}
	no("renews itself", "it renews itself", func(_ *reviewpkgv1.WaiverRules, w *reviewpkgv1.Waiver) { w.SetRenews(w.GetId()) })
	no("renews nothing", "it renews the waiver gone, which is not among", func(_ *reviewpkgv1.WaiverRules, w *reviewpkgv1.Waiver) { w.SetRenews("gone") })
	renewal := func(name, message string, change func(old *reviewpkgv1.Waiver)) {
		add(waiverNotAllowed, "renewal of "+name, message, func(c *waiverCase, w *reviewpkgv1.Waiver) {
			w.SetRenews("old")
			old := c.add(w, "old")
			old.SetRenews("")
			old.GetScope().SetPackage("q") // so that it covers nothing here
			change(old)
		})
	}
	renewal("the same approvals", "an approval of 2026-03-01, which is not after the last one of that waiver, of 2026-03-01", func(*reviewpkgv1.Waiver) {})
	renewal("a later approval", "of that waiver, of 2026-03-05", func(old *reviewpkgv1.Waiver) {
		old.SetApprovals(append(old.GetApprovals(), approvalOf("Eve", "", "2026-03-05"), approvalOf("Eve", "", "2020-03-05")))
	})
	renewal("what is malformed", "or not well formed", func(old *reviewpkgv1.Waiver) { old.ClearExpires() })
	add(waiverNotAllowed, "more than there may be", "2 waivers hold for the package, and the policy allows 1", func(c *waiverCase, w *reviewpkgv1.Waiver) {
		c.policy.GetWaiverRules().SetMaxActive(1)
		c.add(w, "one-more").SetRules([]string{"deadline.high"})
	})
}

// Every fault fails closed: the waiver covers nothing, and says why.
func TestWaiverFaults(t *testing.T) {
	seen := map[reviewpkgv1.WaiverStatus]bool{waiverApplied: true}
	for _, fault := range waiverFaults() {
		t.Run(fault.name, func(t *testing.T) {
			c := newWaiverCase(t)
			one := c.only("accept-f1")
			if c.effect(c.judge()) == nil {
				t.Fatal("the waiver covers nothing to begin with")
			}
			fault.change(c, one)
			before := proto.CloneOf(c.set)
			w := c.judge()
			if got := c.effect(w); got != nil {
				t.Errorf("it still has an effect: %v", got)
			}
			for _, r := range w.results() {
				if r.GetWaiver() != one.GetId() {
					continue
				}
				if r.GetStatus() != fault.want || !strings.Contains(r.GetMessage(), fault.message) {
					t.Errorf("%s: %s, want %s: %s", r.GetStatus(), r.GetMessage(), fault.want, fault.message)
				}
				if strings.ContainsAny(r.GetMessage(), "\n\u200b") {
					t.Errorf("the message has something in it that is not printed: %q", r.GetMessage())
				}
			}
			statuses(t, w)
			if !proto.Equal(before, c.set) {
				t.Error("the waivers changed")
			}
		})
		seen[fault.want] = true
	}
	for number, name := range reviewpkgv1.WaiverStatus_name {
		if number != 0 && !seen[reviewpkgv1.WaiverStatus(number)] {
			t.Errorf("no test is about %s", name)
		}
	}
}

// What is just inside what a policy allows holds.
func TestWaiverLimits(t *testing.T) {
	for name, change := range map[string]func(c *waiverCase, w *reviewpkgv1.Waiver){
		"as long as it may be": func(c *waiverCase, _ *reviewpkgv1.Waiver) {
			c.policy = parse(t, &reviewpkgv1.Policy{}, "{waiver_rules: {terms: [{level: LEVEL_HIGH, max_days: 305}, {level: LEVEL_VERY_HIGH}]}}")
		},
		"limit of the next higher level": func(c *waiverCase, w *reviewpkgv1.Waiver) {
			c.policy = parse(t, &reviewpkgv1.Policy{}, "{waiver_rules: {terms: [{level: LEVEL_LOW, max_days: 1}, {level: LEVEL_VERY_HIGH, max_days: 305}]}}")
		},
		"a year":    func(_ *waiverCase, w *reviewpkgv1.Waiver) { w.SetExpires(dateOf("2027-03-02")) },
		"no policy": func(c *waiverCase, _ *reviewpkgv1.Waiver) { c.policy = nil },
		"the owner approves, and so does another": func(c *waiverCase, w *reviewpkgv1.Waiver) {
			c.policy.GetWaiverRules().SetMinApprovals(2)
			w.SetApprovals([]*reviewpkgv1.WaiverApproval{approvalOf(w.GetOwner(), "", "2026-03-01"), approvalOf("Rex", "cso", "2026-04-01")})
		},
		"a later approval that nobody needs": func(_ *waiverCase, w *reviewpkgv1.Waiver) {
			w.SetApprovals(append(w.GetApprovals(), approvalOf("Eve", "", "2026-11-01")))
		},
		"a renewal": func(c *waiverCase, w *reviewpkgv1.Waiver) {
			w.SetRenews("old")
			old := c.add(w, "old")
			old.SetRenews("")
			old.SetExpires(dateOf("2026-03-31"))
			old.SetApprovals([]*reviewpkgv1.WaiverApproval{approvalOf("Rex", "ciso", "2026-02-28")})
		},
		"as many as there may be": func(c *waiverCase, w *reviewpkgv1.Waiver) {
			c.policy.GetWaiverRules().SetMaxActive(1)
			c.add(w, "closed").SetFindings([]string{"f2", "f3"})
			c.add(w, "void").SetMaxLevel(low)
			c.add(w, "over").SetExpires(dateOf("2026-03-31"))
		},
		"for this content and version": func(c *waiverCase, w *reviewpkgv1.Waiver) {
			w.GetScope().SetPackageDigest(c.digest)
			w.GetScope().SetProjectVersions([]string{"0.9", "1.0"})
		},
		"a closed finding beside it": func(_ *waiverCase, w *reviewpkgv1.Waiver) { w.SetFindings([]string{"f2", "f1"}) },
	} {
		c := newWaiverCase(t)
		change(c, c.only("accept-f1"))
		w := c.judge()
		if got := strings.Join(w.finding("f1"), " "); got != "accept-f1" {
			t.Errorf("%s: taken out by %q: %v", name, got, w.results())
		}
	}
}

// A rule of the policy may be named with or without its prefix, but a name that
// is a rule already means no other one.
func TestWaiverRuleNames(t *testing.T) {
	for _, test := range []struct{ names, covered string }{
		{"stays-patched", "rule.stays-patched"},
		{"rule.stays-patched", "rule.stays-patched"},
		{"rule.stays-patched stays-patched", "rule.stays-patched"},
		{"overall", "overall"},
		{"rule.overall", "rule.overall"},
	} {
		c := newWaiverCase(t)
		c.rules = append(c.rules, "rule.overall")
		one := c.only("overall-later")
		one.SetRules(strings.Fields(test.names))
		w := c.judge()
		for _, rule := range c.rules {
			w.covers(rule, false, "", 0)
		}
		if got := strings.Join(w.results()[0].GetRules(), " "); got != test.covered {
			t.Errorf("%s: covers %q, want %q", test.names, got, test.covered)
		}
	}
	// What a policy bars by such a name is barred either way.
	c := newWaiverCase(t)
	c.rules = append(c.rules, "rule.overall")
	c.policy.GetWaiverRules().SetNotWaivable([]string{"overall"})
	c.only("overall-later").SetRules([]string{"rule.overall"})
	if got := c.effect(c.judge()); got != nil {
		t.Error(got)
	}
}
