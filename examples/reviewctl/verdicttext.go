package main

import (
	"bytes"
	"cmp"
	"fmt"
	"strings"

	"google.golang.org/protobuf/proto"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// mostPaths is how many paths or items of a rule the text of a verdict names; all
// are in the JSON, and in what --explain prints.
const mostPaths = 10

// verdictText returns a verdict as text: the outcome, every rule, and what
// became of waivers and deadlines. An explained one has what the rules read, and
// the profile below.
func verdictText(s *scored) ([]byte, error) {
	v := s.verdict
	var b bytes.Buffer
	fmt.Fprintf(&b, "%s: %s under policy %s, version %s\n", strings.ToUpper(word(v.GetOutcome())),
		clean(v.GetPackage()), clean(v.GetPolicy()), clean(v.GetPolicyVersion()))
	if day := v.GetAsOf().GetValue(); day != "" {
		fmt.Fprintf(&b, "Dates are judged for %s.\n", clean(day))
	}
	// Results stand in the order of the verdict, those that decide it first.
	from := newSources(s.pkg)
	for _, r := range v.GetResults() {
		fmt.Fprintf(&b, "\n%s %s: %s\n", word(r.GetOutcome()), clean(r.GetRule()), clean(r.GetMessage()))
		ruleText(&b, r, from, s.explain)
	}
	section(&b, "Risk that counts for the policy, where it is another", effective(s), func(d *reviewpkgv1.DimensionRisk) string {
		return d.GetDimension() + ": " + riskText(d.GetRisk())
	})
	section(&b, "What would decide it", v.GetDecisive(), func(u *reviewpkgv1.Unknown) string {
		return u.GetPath() + ": " + u.GetQuestion()
	})
	section(&b, "Waivers, which hide nothing", v.GetWaivers(), waiverText)
	section(&b, "Overdue", v.GetOverdue(), func(f *reviewpkgv1.OverdueFinding) string {
		return fmt.Sprintf("%s: %s, since %s, by %s", f.GetPath(), levels(f.GetLevelMin(), f.GetLevelMax()), f.GetDue().GetValue(), plural(int(f.GetDays()), "day"))
	})
	if !s.explain {
		return b.Bytes(), nil
	}
	b.WriteByte('\n')
	data, err := profileText(s)
	b.Write(data)
	return b.Bytes(), err
}

// effective returns the dimensions whose risk is another for the policy than it
// is in the profile.
func effective(s *scored) []*reviewpkgv1.DimensionRisk {
	var list []*reviewpkgv1.DimensionRisk
	for _, e := range s.verdict.GetEffectiveDimensions() {
		for _, d := range s.profile.GetDimensions() {
			if d.GetDimension() == e.GetDimension() && !proto.Equal(d.GetRisk(), e.GetRisk()) {
				list = append(list, e)
			}
		}
	}
	return list
}

// waiverText returns what became of a waiver.
func waiverText(w *reviewpkgv1.WaiverResult) string {
	name := w.GetWaiver()
	if name == "" {
		name = w.GetPath()
	}
	line := name + ": " + word(w.GetStatus()) + ", " + w.GetMessage()
	if changed := append(append([]string{}, w.GetRules()...), w.GetFindings()...); len(changed) > 0 {
		line += "; it changes " + strings.Join(changed, ", ")
	}
	return line
}

// ruleText writes what a result rests on below it.
func ruleText(b *bytes.Buffer, r *reviewpkgv1.RuleResult, from *sources, explain bool) {
	most := mostPaths
	if explain {
		most = 0
		if r.GetFound()+r.GetWanted() != "" {
			fmt.Fprintf(b, "  found: %s; wanted: %s\n", clean(r.GetFound()), clean(r.GetWanted()))
		}
		if r.GetPolicyPath() != "" {
			b.WriteString("  as the policy says at " + clean(r.GetPolicyPath()) + "\n")
		}
		if r.GetChecked() > 0 {
			fmt.Fprintf(b, "  %s looked at, %d did not pass\n", plural(int(r.GetChecked()), "item"), len(r.GetItems()))
		}
	}
	each(b, r.GetItems(), most, func(it *reviewpkgv1.ItemResult) { itemText(b, it, from, explain) })
	// Paths hold all that a rule rests on; what is said of its items is left out.
	told := map[string]bool{}
	for _, it := range r.GetItems() {
		told[it.GetPath()] = true
		for _, read := range it.GetReads() {
			told[read.GetPath()] = true
		}
	}
	var paths []string
	for _, path := range r.GetPaths() {
		if !told[path] {
			paths = append(paths, path)
		}
	}
	// Without an explanation a path is a line that other tools can look up.
	place := func(string) string { return "" }
	if explain {
		place = from.place
	}
	each(b, paths, most, func(path string) { b.WriteString("  at " + clean(path+place(path)) + "\n") })
	if explain {
		each(b, r.GetUnknowns(), most, func(path string) { b.WriteString("  not known: " + clean(path) + "\n") })
	}
	if ids := r.GetWaivers(); len(ids) > 0 {
		b.WriteString("  waived by " + clean(strings.Join(ids, ", ")) + "\n")
	}
	if r.GetRemediation() != "" {
		b.WriteString("  to do: " + clean(r.GetRemediation()) + "\n")
	}
}

// itemText writes an item that did not pass, with what was read of it where that
// is asked for.
func itemText(b *bytes.Buffer, it *reviewpkgv1.ItemResult, from *sources, explain bool) {
	name := it.GetPath()
	if name == "" {
		name = "the package"
	}
	fmt.Fprintf(b, "  %s %s: %s\n", word(it.GetOutcome()), clean(name), clean(it.GetMessage()))
	if explain {
		for _, read := range it.GetReads() {
			b.WriteString("    read " + clean(read.GetPath()+" = "+cmp.Or(read.GetValue(), "not stated")+from.place(read.GetPath())) + "\n")
		}
	}
	for _, path := range it.GetUnknowns() {
		b.WriteString("    not known: " + clean(path) + "\n")
	}
	if ids := it.GetWaivers(); len(ids) > 0 {
		b.WriteString("    waived by " + clean(strings.Join(ids, ", ")) + "\n")
	}
}

// each calls write for the first of many items, and writes how many there are
// beside; 0 is all of them.
func each[T any](b *bytes.Buffer, items []T, most int, write func(T)) {
	for i, item := range items {
		if most > 0 && i == most {
			fmt.Fprintf(b, "  and %d more\n", len(items)-i)
			return
		}
		write(item)
	}
}
