package rubric

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/reviewpkg/sdk/internal/rating"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// draftRuleID is the rule that asks for a final package. Nobody can waive it: it
// says that the rest is not confirmed, which no decision changes.
const draftRuleID = "draft"

// A waiverCourt knows what waivers are judged by. It knows nothing of outcomes:
// whether a waiver holds must not depend on whether somebody needs it.
type waiverCourt struct {
	pkg    *reviewpkgv1.ReviewPackage
	digest string // of the package
	terms  *reviewpkgv1.WaiverRules
	dated  bool // whether there is a day to judge dates for
	today  int
	// rules holds the ids of the rules that have results, denied the names of
	// those that cannot be waived.
	rules, denied map[string]bool
	open          map[string]openRisk
	closed        map[string]bool
	byID          map[string]*waiver // those that keep the rules of the model
}

// An openRisk is what waivers must know of an open finding.
type openRisk struct {
	worst reviewpkgv1.Level
	// rules decide on the effective risk of the finding: the appetite for its
	// dimension and the overall one, as far as the policy has them.
	rules []string
}

// newWaiverCourt looks everything up once that waivers name, so that a waiver
// costs no more than it is long.
func newWaiverCourt(policy *reviewpkgv1.Policy, p *reviewpkgv1.ReviewPackage, digest string, asOf time.Time,
	findings []*reviewpkgv1.FindingRisk, ruleIDs []string,
) waiverCourt {
	c := waiverCourt{
		pkg: p, digest: digest, terms: policy.GetWaiverRules(), dated: !asOf.IsZero(), today: utcDay(asOf),
		rules: nameSet(ruleIDs), denied: map[string]bool{draftRuleID: true},
		open: map[string]openRisk{}, closed: map[string]bool{}, byID: map[string]*waiver{},
	}
	// A name that could mean two rules bars both.
	for _, name := range c.terms.GetNotWaivable() {
		c.denied[name], c.denied["rule."+name] = true, true
	}
	for _, rule := range policy.GetRules() {
		if rule.GetNotWaivable() {
			c.denied["rule."+rule.GetId()] = true
		}
	}
	for _, f := range findings {
		id := f.GetFinding()
		if id == "" {
			continue
		}
		// A level that nobody can name may be any.
		worst := f.GetLevelMax()
		if !isLevel(worst) {
			worst = highest
		}
		// An id that stands twice may mean either, so that the worse one counts.
		risk := openRisk{worst: max(worst, c.open[id].worst), rules: c.open[id].rules}
		for _, rule := range []string{"appetite." + f.GetDimension(), "overall"} {
			if c.rules[rule] && !slices.Contains(risk.rules, rule) {
				risk.rules = append(risk.rules, rule)
			}
		}
		c.open[id] = risk
	}
	// A finding that is neither open for the profile nor closed here belongs to
	// another package; a waiver for it is for nothing that anybody looked at.
	for _, f := range slices.Concat(p.GetFindings(), p.GetDisputedFindings()) {
		if _, open := c.open[f.GetId()]; !open && rating.Closed(f) {
			c.closed[f.GetId()] = true
		}
	}
	return c
}

// ruleOf returns the rule that a waiver names, as results name it, or "" if
// there is none: a rule of the policy may be named by its own id.
func (c *waiverCourt) ruleOf(name string) string {
	switch {
	// Whether or not there is a result for it: to name it is a mistake of another
	// kind than a slip of the pen.
	case name == draftRuleID || c.rules[name]:
		return name
	case c.rules["rule."+name]:
		return "rule." + name
	default:
		return ""
	}
}

// barred reports whether no waiver may cover a rule.
func (c *waiverCourt) barred(rule string) bool { return c.denied[rule] }

// judge says whether a waiver that keeps the rules of the model holds. What
// comes first decides: whoever reads why a waiver does not hold should first be
// told that it is for something else, then that its time is over, and only then
// what is wrong with it.
func (c *waiverCourt) judge(w *waiver) {
	if w.status == waiverMalformed {
		return
	}
	for _, test := range []struct {
		status reviewpkgv1.WaiverStatus
		fault  func(*waiver) string
	}{
		{waiverOutOfScope, c.otherScope},
		{waiverDangling, c.lost},
		{waiverNotInForce, c.tooEarly},
		{waiverExpired, c.tooLate},
		{waiverNotAllowed, c.notAllowed},
		{waiverVoid, c.tooBad},
	} {
		if why := test.fault(w); why != "" {
			w.status, w.why = test.status, why
			return
		}
	}
	w.status = waiverUnused
}

// otherScope says which other package a waiver is for. A digest or a version
// that the waiver states must be that of the package: what was accepted for one
// content was not accepted for the next.
func (c *waiverCourt) otherScope(w *waiver) string {
	scope, version := w.GetScope(), c.pkg.GetProject().GetVersion()
	switch versions := scope.GetProjectVersions(); {
	case scope.GetPackage() != c.pkg.GetId():
		return fmt.Sprintf("it is for the package %s, and this is %s", printable(scope.GetPackage()), printable(c.pkg.GetId()))
	case scope.GetPackageDigest() != "" && scope.GetPackageDigest() != c.digest:
		return "it is for another content of the package: " + scope.GetPackageDigest()
	case len(versions) > 0 && !slices.Contains(versions, version):
		return fmt.Sprintf("it is for other versions of the project than %s: %s",
			cmp.Or(printable(version), "one that is not stated"), printable(strings.Join(versions, ", ")))
	default:
		return ""
	}
}

// lost says what a waiver names that is not there. A slip of the pen must not
// look like a decision, even if the other names are right.
func (c *waiverCourt) lost(w *waiver) string {
	for _, name := range w.GetRules() {
		if c.ruleOf(name) == "" {
			return fmt.Sprintf("it names the rule %s, which the policy does not have", printable(name))
		}
	}
	for _, id := range w.GetFindings() {
		if _, open := c.open[id]; !open && !c.closed[id] {
			return fmt.Sprintf("it names the finding %s, which the package does not have", printable(id))
		}
	}
	return ""
}

// tooEarly says why a waiver is not in force yet. Without a day to judge dates
// for, every waiver could be over, so that none is in force.
func (c *waiverCourt) tooEarly(w *waiver) string {
	if !c.dated {
		return "its dates cannot be judged, because no day was given to judge them for"
	}
	if from, _ := w.approved(c.terms); from > c.today {
		return fmt.Sprintf("an approval that it needs is of %s, and the day to judge it for is %s", dayText(from), dayText(c.today))
	}
	return ""
}

// tooLate says since when a waiver is over. It holds on its last day.
func (c *waiverCourt) tooLate(w *waiver) string {
	if c.today > w.until {
		return fmt.Sprintf("its last day was %s, and the day to judge it for is %s", dayText(w.until), dayText(c.today))
	}
	return ""
}

// tooBad says which finding is worse than a waiver covers. The others that it
// names are then not covered either: it was one decision.
func (c *waiverCourt) tooBad(w *waiver) string {
	for _, id := range w.GetFindings() {
		if worst := c.open[id].worst; worst > w.GetMaxLevel() {
			return fmt.Sprintf("the finding %s may be %s, and the waiver covers up to %s", printable(id), word(worst), word(w.GetMaxLevel()))
		}
	}
	return ""
}

// nameSet returns the set of some texts.
func nameSet(texts []string) map[string]bool {
	found := make(map[string]bool, len(texts))
	for _, text := range texts {
		found[text] = true
	}
	return found
}

// inOrder returns the keys of a set in ascending order.
func inOrder(set map[string]bool) []string { return slices.Sorted(maps.Keys(set)) }
