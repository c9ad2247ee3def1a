package rubric

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"google.golang.org/protobuf/proto"

	"github.com/reviewpkg/sdk/internal/rating"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
	"github.com/reviewpkg/sdk/reviewpkg"
)

// LintPolicy returns everything that is wrong with a policy for a rubric, nil
// for the default one: what reviewpkg.Diagnose finds, an expression that does
// not compile, a dimension that the rubric does not have; and, as warnings, what
// makes a valid policy say less than it seems to: a rule that can never fail,
// one that no package decides, and one by which a change for the worse turns a
// failure into a pass.
//
// What a rule can and cannot do is found out by trying it on some dozen made-up
// packages. Such a warning is a reason to look again, and no proof; its absence
// is none either.
func LintPolicy(policy *reviewpkgv1.Policy, r *reviewpkgv1.Rubric) reviewpkg.Diagnostics {
	ds := reviewpkg.Diagnose(policy)
	if ds.Err() != nil {
		return ds
	}
	// What a rule can do does not depend on the day from which it is enforced.
	timeless := proto.CloneOf(policy)
	for _, rule := range timeless.GetRules() {
		rule.ClearIntroducedOn()
		rule.ClearEnforcedOn()
	}
	j, err := CompareOptions{Rubric: r}.Judge(timeless)
	if err != nil {
		return append(ds, diagnosticsOf(err)...)
	}
	l := policyLinter{Judge: j, original: policy}
	l.appetites()
	l.bounds()
	l.waivers()
	l.tryRules()
	return append(ds, l.found...)
}

// diagnosticsOf returns what an error is about.
func diagnosticsOf(err error) reviewpkg.Diagnostics {
	var invalid *reviewpkg.InvalidError
	var d *reviewpkg.Diagnostic
	switch {
	case errors.As(err, &invalid):
		return invalid.Diagnostics
	case errors.As(err, &d):
		return reviewpkg.Diagnostics{*d}
	default:
		return reviewpkg.Diagnostics{{Code: reviewpkg.BadFormat, Level: reviewpkg.LevelError, Message: err.Error()}}
	}
}

// A policyLinter collects the warnings about a policy.
type policyLinter struct {
	*Judge
	original *reviewpkgv1.Policy
	found    reviewpkg.Diagnostics
}

// warn adds a warning.
func (l *policyLinter) warn(rule, path, message string) {
	l.found = append(l.found, reviewpkg.Diagnostic{
		Code: reviewpkg.Inconsistent, Rule: "policy." + rule, Level: reviewpkg.LevelWarning, Path: path, Message: message,
	})
}

// appetites warns of appetites and exposures that decide nothing.
func (l *policyLinter) appetites() {
	check := func(a *reviewpkgv1.Appetite, path string) {
		switch {
		case a.GetAppetite() == highest:
			l.warn("dead_rule", path+".appetite", "every risk is accepted, so that the rule never fails")
		case a.GetTolerance() == highest:
			l.warn("dead_rule", path+".tolerance", "every risk is tolerated, so that the rule warns at most")
		}
	}
	bounded := map[string]bool{}
	for i, a := range l.policy.GetAppetites() {
		bounded[a.GetDimension()] = true
		check(a, indexed("appetites", i))
	}
	if l.policy.HasOverall() {
		check(l.policy.GetOverall(), "overall")
	}
	for i, e := range l.policy.GetExposures() {
		if !bounded[e.GetDimension()] && !l.policy.HasOverall() {
			l.warn("dead_exposure", indexed("exposures", i), "no appetite is for this dimension, so that its exposure decides nothing")
		}
	}
}

// bounds warns of dates, thresholds and deadlines that contradict one another or
// can never be missed.
func (l *policyLinter) bounds() {
	order := func(path, message string, first, second *reviewpkgv1.Date) {
		a, okA := days(first)
		b, okB := days(second)
		if okA && okB && b.last.Before(a.first) {
			l.warn("dates", path, message)
		}
	}
	order("effective_until", "the policy ends before it begins", l.policy.GetEffectiveFrom(), l.policy.GetEffectiveUntil())
	for _, r := range l.original.GetRules() {
		order(keyed("rules", r.GetId())+".enforced_on", "the rule is enforced before it is introduced", r.GetIntroducedOn(), r.GetEnforcedOn())
	}
	for i, c := range l.policy.GetCompleteness() {
		if c.GetMinPermille() == 0 && len(c.GetRequiredCodes()) == 0 {
			l.warn("dead_rule", indexed("completeness", i), "nothing is asked for, so that every package of the process meets it")
		}
	}
	reached := matrixLevels(l.findingMatrix)
	for i, d := range l.policy.GetDeadlines() {
		if !reached[d.GetLevel()] {
			l.warn("dead_rule", indexed("deadlines", i), fmt.Sprintf("the matrix %s rates no finding %s", printable(l.findingMatrix.GetId()), word(d.GetLevel())))
		}
		for _, worse := range l.policy.GetDeadlines() {
			if worse.GetLevel() > d.GetLevel() && worse.GetDays() > d.GetDays() {
				l.warn("deadline_order", indexed("deadlines", i), fmt.Sprintf("a finding of %s risk may stay open for longer than one of %s risk",
					word(worse.GetLevel()), word(d.GetLevel())))
			}
		}
	}
}

// matrixLevels returns the levels that a matrix gives.
func matrixLevels(m *reviewpkgv1.RiskMatrix) map[reviewpkgv1.Level]bool {
	reached := map[reviewpkgv1.Level]bool{}
	for l := lowest; l <= highest; l++ {
		for i := lowest; i <= highest; i++ {
			if risk, ok := rating.Lookup(m, l, i); ok {
				reached[risk] = true
			}
		}
	}
	return reached
}

// waivers warns of rules that are protected against waivers and do not exist.
func (l *policyLinter) waivers() {
	ids := l.ruleIDs()
	for i, id := range l.policy.GetWaiverRules().GetNotWaivable() {
		if !slices.Contains(ids, id) && !slices.Contains(ids, "rule."+id) {
			l.warn("dangling_rule", "waiver_rules."+indexed("not_waivable", i), "the policy has no rule "+printable(id))
		}
	}
}

// probeDay is the day for which rules are tried.
var probeDay = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)

// A trial is what became of one rule on all probes.
type trial struct {
	violated, kept, open bool
	// better names the changes for the worse that turned a failure into a pass.
	better []string
}

// tryRules warns of rules over items that never fail, that nothing decides, or
// that reward a change for the worse.
func (l *policyLinter) tryRules() {
	if len(l.policy.GetRules()) == 0 {
		return
	}
	trials := map[string]*trial{}
	for _, r := range l.policy.GetRules() {
		trials["rule."+r.GetId()] = &trial{}
	}
	for _, p := range theProbes() {
		before, ok := l.try(p, trials)
		if !ok {
			return
		}
		for _, w := range worsenings() {
			worse := proto.CloneOf(p)
			if !w.apply(worse) {
				continue
			}
			after, ok := l.try(worse, nil)
			if !ok {
				return
			}
			for id, t := range trials {
				if before[id] == fail && after[id] < indeterminate && !slices.Contains(t.better, w.words) {
					t.better = append(t.better, w.words)
				}
			}
		}
	}
	for _, r := range l.policy.GetRules() {
		l.report(keyed("rules", r.GetId()), trials["rule."+r.GetId()])
	}
}

// report warns of what the trials of a rule showed.
func (l *policyLinter) report(path string, t *trial) {
	switch {
	case !t.violated && !t.open:
		l.warn("dead_rule", path, "no package that it was tried on breaks the rule")
	case !t.violated && !t.kept:
		l.warn("undecidable_rule", path, "no package that it was tried on decides the rule")
	}
	slices.Sort(t.better)
	for _, words := range t.better {
		l.warn("not_monotone", path, words+" turned a failure of the rule into a pass")
	}
}

// try evaluates the rules on a package and returns their outcomes. Where trials
// are given it notes what happened in them.
func (l *policyLinter) try(p *reviewpkgv1.ReviewPackage, trials map[string]*trial) (map[string]reviewpkgv1.Outcome, bool) {
	outcomes := map[string]reviewpkgv1.Outcome{}
	profile, err := l.score(p, probeDay)
	if err != nil {
		return nil, false
	}
	results, err := l.rules.evaluate(ruleInput{pkg: p, profile: profile, asOf: probeDay})
	if err != nil {
		l.found = append(l.found, diagnosticsOf(err)...)
		return nil, false
	}
	for _, r := range results {
		outcomes[r.GetRule()] = r.GetOutcome()
		t := trials[r.GetRule()]
		if t == nil {
			continue
		}
		for _, item := range r.GetItems() {
			undecided := len(item.GetUnknowns()) > 0
			t.open, t.violated = t.open || undecided, t.violated || !undecided
		}
		t.kept = t.kept || int(r.GetChecked()) > len(r.GetItems())
	}
	return outcomes, true
}
