package rubric

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// result returns the result of a rule.
func (run *ruleRun) result(o *ruleOutcome) *reviewpkgv1.RuleResult {
	statement := ruleText(o.rule.GetStatement())
	b := reviewpkgv1.RuleResult_builder{
		Rule: ruleResultName(o.rule.PolicyRule), Outcome: pass, PolicyPath: o.rule.path, Wanted: statement,
		Checked: uint32(o.checked), //nolint:gosec // no list of a document is that long
	}
	if o.passedOver {
		b.Found = "not looked at"
		b.Message = "the rule is not looked at before " + ruleText(o.rule.GetIntroducedOn().GetValue()) + ": " + statement
		return b.Build()
	}
	// What is not listed counts all the same.
	for i, item := range o.items {
		b.Outcome = max(b.Outcome, item.outcome)
		b.Waivers = append(b.Waivers, item.waivers...)
		if i >= maxItems {
			continue
		}
		// The package as a whole has no path, but what was read of it has.
		path := item.object.Path()
		if path != "" {
			b.Paths = append(b.Paths, path)
		} else {
			for _, read := range item.detail.reads {
				b.Paths = append(b.Paths, read.GetPath())
			}
		}
		b.Unknowns = append(b.Unknowns, item.detail.unknowns...)
		b.Items = append(b.Items, reviewpkgv1.ItemResult_builder{
			Path: path, Outcome: item.outcome, Message: itemMessage(o.rule, item),
			Reads: item.detail.reads, Waivers: item.waivers, Unknowns: item.detail.unknowns,
		}.Build())
	}
	slices.Sort(b.Waivers)
	b.Waivers = slices.Compact(b.Waivers)
	slices.Sort(b.Unknowns)
	b.Unknowns = slices.Compact(b.Unknowns)
	b.Unknowns = b.Unknowns[:min(len(b.Unknowns), maxItems)]
	b.Found = o.found()
	b.Message = b.Found + ": " + statement + o.remarks()
	if b.Outcome != pass {
		b.Remediation = o.rule.GetRemediation()
	}
	return b.Build()
}

// ruleResultName returns the name of a rule in results, which no rule of the
// library's own has.
func ruleResultName(r *reviewpkgv1.PolicyRule) string { return "rule." + r.GetId() }

// itemMessage says what a rule makes of an item. The words of the policy come
// last, behind what becomes of it: a reader who knows the rule need not read on.
func itemMessage(r *rule, item *ruleItem) string {
	text := item.detail.message
	if item.tree != nil {
		text = "too little is known to tell: " + text
		switch {
		case item.detail.joint != "":
			text = item.detail.joint + ": " + item.detail.message
		case item.outcome == fail:
			text = "too little is known to tell, which the policy does not accept: " + item.detail.message
		case item.outcome == warn && len(item.waivers) == 0 && r.GetUnknown() == reviewpkgv1.UnknownMode_UNKNOWN_MODE_WARN:
			text = "too little is known to tell, which the policy accepts with a warning: " + item.detail.message
		}
	}
	if len(item.waivers) > 0 {
		text += "; waived by " + ruleText(strings.Join(item.waivers, ", "))
	}
	return text
}

// found says how many items keep the rule and how many do not: "2 of 8 findings
// do not keep it, of 1 too little is known".
func (o *ruleOutcome) found() string {
	broken, open, waived := 0, 0, 0
	for _, item := range o.items {
		if len(item.waivers) > 0 {
			waived++
		}
		if item.tree != nil {
			open++
		} else {
			broken++
		}
	}
	// A waived item counts as broken or open as well, since a waiver hides nothing.
	about, many := ruleTargets[o.rule.GetTarget()]
	if !many {
		switch {
		case broken > 0 && waived > 0:
			return "the package does not keep it, which is waived"
		case broken > 0:
			return "the package does not keep it"
		case open > 0 && waived > 0:
			return "too little is known of the package, which is waived"
		case open > 0:
			return "too little is known of the package"
		default:
			return "the package keeps it"
		}
	}
	if len(o.items) == 0 {
		switch o.checked {
		case 0:
			return "there are no " + about.many
		case 1:
			return "the " + about.one + " keeps it"
		default:
			return fmt.Sprintf("all %d %s keep it", o.checked, about.many)
		}
	}
	var parts []string
	if broken > 0 {
		parts = append(parts, fmt.Sprintf("%d of %d %s %s not keep it", broken, o.checked, about.many, does(broken)))
	}
	if open > 0 {
		parts = append(parts, fmt.Sprintf("too little is known of %d of %d %s", open, o.checked, about.many))
	}
	if waived > 0 {
		parts = append(parts, fmt.Sprintf("%d waived", waived))
	}
	return strings.Join(parts, ", ")
}

// does agrees with a number of items.
func does(n int) string {
	if n == 1 {
		return "does"
	}
	return "do"
}

// remarks says what is special about a result.
func (o *ruleOutcome) remarks() string {
	var text string
	if o.early && len(o.items) > 0 {
		text = "; a warning until it is enforced, on " + ruleText(o.rule.GetEnforcedOn().GetValue())
	}
	for _, item := range o.items {
		if item.detail.joint != "" {
			text += "; " + item.detail.joint
			break
		}
	}
	if more := len(o.items) - maxItems; more > 0 {
		text += fmt.Sprintf("; %d more are not listed", more)
	}
	return text
}

// ruleText makes text of a policy, or of what it says about a package, fit for a
// message: one line of 240 bytes at most, which is a sentence or two. Statements
// are what readers of a result need most, so that they are not cut as short as
// other texts are.
func ruleText(text string) string {
	const most = 240
	cut := text
	if len(text) > most {
		cut = strings.ToValidUTF8(text[:most-len("...")], "") + "..."
	}
	return strings.Map(func(r rune) rune {
		if unicode.IsPrint(r) {
			return r
		}
		return ' '
	}, cut)
}
