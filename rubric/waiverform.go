package rubric

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"github.com/reviewpkg/sdk/internal/fieldpath"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
	"github.com/reviewpkg/sdk/reviewpkg"
)

// readWaivers returns the waivers of a set, those that do not keep the rules of
// the model among them. It looks at each for itself, because a set comes from
// many hands, and one slip must not put the others out of force.
func (c *waiverCourt) readWaivers(set *reviewpkgv1.WaiverSet) []*waiver {
	all := make([]*waiver, len(set.GetWaivers()))
	if len(all) == 0 {
		return nil
	}
	fault := setFault(set)
	paths := itemPaths(set, "waivers")
	times := map[string]int{}
	for _, w := range set.GetWaivers() {
		times[w.GetId()]++
	}
	for i, message := range set.GetWaivers() {
		w := &waiver{
			Waiver: message, path: paths[i], why: fault, rules: map[string]bool{}, findings: nameSet(message.GetFindings()),
			covered: map[string]bool{}, removed: map[string]bool{},
		}
		if w.why == "" {
			w.why = formFault(message, w.path)
		}
		// None of the two: nobody could say which one was approved.
		if w.why == "" && times[message.GetId()] > 1 {
			w.why = "it breaks the rule waiver_set.ids: another waiver has the id " + printable(message.GetId())
		}
		// Last, because only what keeps the rules has dates to read.
		if w.why == "" {
			w.why = w.readDates()
		}
		if all[i] = w; w.why != "" {
			w.status = waiverMalformed
			continue
		}
		// Only from here on can others refer to it.
		for _, name := range message.GetRules() {
			if rule := c.ruleOf(name); rule != "" {
				w.rules[rule] = true
			}
		}
		c.byID[message.GetId()] = w
	}
	return all
}

// setFault says what is wrong with a set as a whole, which no waiver of it can
// be trusted after. The rules for its waivers are for each of them.
func setFault(set *reviewpkgv1.WaiverSet) string {
	// A set that was made in a program was read by nobody.
	if want := string(set.ProtoReflect().Descriptor().FullName()); set.GetSchema() != want {
		return fmt.Sprintf("it breaks the rule string.const at schema: the set calls itself %q and not %s", printable(set.GetSchema()), want)
	}
	if len(set.ProtoReflect().GetUnknown()) > 0 {
		return "the set has a field that this version of the model does not have"
	}
	return ""
}

// formFault says which rule of the model a waiver breaks first, and where.
func formFault(w *reviewpkgv1.Waiver, path string) string {
	broken := reviewpkg.Diagnose(w)
	// A field that is missing breaks rules over several fields too, and says
	// better what to do.
	slices.SortStableFunc(broken, func(a, b reviewpkg.Diagnostic) int {
		return cmp.Compare(min(1, len(b.Path)), min(1, len(a.Path)))
	})
	for _, d := range broken {
		if d.Level == reviewpkg.LevelError {
			return fmt.Sprintf("it breaks the rule %s at %s: %s", d.Rule, fieldpath.Join(path, d.Path), d.Message)
		}
	}
	if field := unknownField(w.ProtoReflect()); field != "" {
		return fmt.Sprintf("it has a field that this version of the model does not have, at %s", fieldpath.Join(path, field))
	}
	// The model asks for these texts. A space is none, and neither is anything
	// else that nobody can read.
	blank := func(field, text string) string {
		return fmt.Sprintf("it breaks the rule required at %s: %q shows nothing", fieldpath.Join(path, field), printable(text))
	}
	switch {
	case sameName(w.GetJustification()) == "":
		return blank("justification", w.GetJustification())
	case sameName(w.GetOwner()) == "":
		return blank("owner", w.GetOwner())
	case sameName(w.GetRequestedBy()) == "":
		return blank("requested_by", w.GetRequestedBy())
	}
	for i, a := range w.GetApprovals() {
		if sameName(a.GetApprover()) == "" {
			return blank(fmt.Sprintf("approvals[%d].approver", i), a.GetApprover())
		}
	}
	for i, control := range w.GetCompensatingControls() {
		if sameName(control) == "" {
			return blank(fmt.Sprintf("compensating_controls[%d]", i), control)
		}
	}
	return ""
}

// readDates reads the dates of a waiver, and says which one is no day. The model
// lets dates stand for a month or a year; of those nobody could say when a
// waiver begins or ends.
func (w *waiver) readDates() string {
	fault := func(field, value string) string {
		return fmt.Sprintf("it breaks the rule date.format at %s: %q is no day, want YYYY-MM-DD", fieldpath.Join(w.path, field), printable(value))
	}
	var ok bool
	if w.until, ok = parseDay(w.GetExpires().GetValue()); !ok {
		return fault("expires", w.GetExpires().GetValue())
	}
	// Each of them, although one may be enough: a list that holds something that
	// is no approval was not looked at.
	for i, a := range w.GetApprovals() {
		day, ok := parseDay(a.GetDate().GetValue())
		if !ok {
			return fault(fmt.Sprintf("approvals[%d].date", i), a.GetDate().GetValue())
		}
		w.approvals = append(w.approvals, waiverApproval{day: day, person: sameName(a.GetApprover()), role: a.GetRole()})
	}
	sortApprovals(w.approvals)
	return ""
}

// parseDay reads a date that names a day.
func parseDay(value string) (int, bool) {
	t, err := time.Parse(time.DateOnly, value)
	return utcDay(t), err == nil
}

// dayText returns a day as YYYY-MM-DD.
func dayText(number int) string { return epoch.AddDate(0, 0, number).Format(time.DateOnly) }
