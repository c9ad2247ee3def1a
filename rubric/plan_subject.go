package rubric

import (
	"cmp"
	"fmt"
	"slices"

	"google.golang.org/protobuf/reflect/protoreflect"

	"github.com/reviewpkg/sdk/internal/inwords"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// The kinds of actions.
const (
	reviewAction  = reviewpkgv1.PlanActionKind_PLAN_ACTION_KIND_REVIEW
	contribution  = reviewpkgv1.PlanActionKind_PLAN_ACTION_KIND_CONTRIBUTION
	controlAction = reviewpkgv1.PlanActionKind_PLAN_ACTION_KIND_CONTROL
)

// maxHours is the greatest effort that a hint can tell.
const maxHours = 100_000

// A planSubject is something that an action can be about: a finding, a
// criterion, the completeness for a process, or the review as a whole. Its
// options exclude one another.
type planSubject struct {
	path, title, dimension, from string
	options                      []planOption
	// Of what it is, one is set.
	finding   *openFinding
	criterion *reviewpkgv1.CriterionResult
	rule      string // the rule that asks for completeness
	renewal   bool

	list  protoreflect.Name // of the finding
	index int               // of the finding, in the list
}

// A planOption is one thing that can be done about a subject.
type planOption struct {
	id, title, to string
	kind          reviewpkgv1.PlanActionKind
	effort        *reviewpkgv1.EffortHint
	// conditional says that it counts on an answer that may turn out worse.
	conditional bool
	effect      planEffect
	// level and tier are those of a criterion afterwards.
	level uint32
	tier  reviewpkgv1.EvidenceTier
}

// A planEffect is what an option does to its subject. Of those for a finding each
// leaves more of it than the one before.
type planEffect int

const (
	closes    planEffect = iota // the finding is fixed
	dismisses                   // the finding does not stand
	rates                       // the finding has its best rating
	stands                      // the organisation has a control for the finding
	scores                      // the criterion has a level
	fills                       // the gaps are filled
	renews                      // the review is done again
)

// option returns what a pick of the subject means; nil if it is to do nothing.
func (s *planSubject) option(pick int) *planOption {
	if pick == 0 {
		return nil
	}
	return &s.options[pick-1]
}

// hours returns what a pick of the subject takes.
func (s *planSubject) hours(pick int) int64 {
	if pick == 0 {
		return 0
	}
	return int64(s.options[pick-1].effort.GetHoursLikely())
}

// strongest returns the option that does the most: what a choice is made of that
// does everything. Of a criterion that is the highest level, of a finding the
// effect that leaves the least of it.
func (s *planSubject) strongest() int {
	best := 0
	for i, o := range s.options {
		if o.effect < s.options[best].effect || o.level >= s.options[best].level && o.effect == scores {
			best = i
		}
	}
	return best + 1
}

// findSubjects fills in what can be done about the package. The order is that
// of paths, so that it does not depend on the order of the input.
func (pl *planner) findSubjects() {
	pl.findingSubjects()
	for _, d := range pl.profile.GetDimensions() {
		for _, r := range d.GetCriteria() {
			pl.add(pl.criterionSubject(d.GetDimension(), r))
		}
	}
	for _, r := range pl.policy.GetCompleteness() {
		pl.add(pl.fillSubject(r))
	}
	pl.add(pl.renewalSubject())
	slices.SortFunc(pl.subjects, func(a, b *planSubject) int { return cmp.Compare(a.options[0].id, b.options[0].id) })
}

// add adds a subject about which something can be done.
func (pl *planner) add(s *planSubject) {
	if s != nil && len(s.options) > 0 {
		pl.subjects = append(pl.subjects, s)
	}
}

// findingSubjects adds the findings that are open.
func (pl *planner) findingSubjects() {
	type place struct {
		list  protoreflect.Name
		index int
	}
	places := map[string]place{}
	for _, list := range []protoreflect.Name{"findings", "disputed_findings"} {
		for i, path := range itemPaths(pl.pkg, list) {
			places[path] = place{list, i}
		}
	}
	found, _ := pl.findings(pl.pkg)
	for i := range found {
		f := &found[i]
		if f.closed {
			continue
		}
		at := places[f.path]
		s := &planSubject{
			path: f.path, title: f.title, dimension: f.dimension, from: f.risk.words(),
			finding: f, list: at.list, index: at.index,
		}
		if f.absent {
			s.from += ", disputed"
		}
		pl.findingOptions(s)
		pl.add(s)
	}
}

// findingOptions adds what can be done about an open finding.
func (pl *planner) findingOptions(s *planSubject) {
	f := s.finding
	name := inwords.Line(f.title)
	if effort := pl.remedyEffort(f.finding.GetRemedy()); effort != nil && !f.absent {
		s.options = append(s.options, planOption{
			id: s.path + ":close", kind: contribution, effort: effort, effect: closes, to: "closed",
			title: "close the finding " + name,
		})
	}
	if pl.controls.holds[f.path] {
		s.options = append(s.options, planOption{
			id: s.path + ":control", kind: controlAction, effort: pl.controls.effort, effect: stands,
			title: "put a control of the organisation in place for the finding " + name,
			to:    "mitigated elsewhere, " + s.from,
		})
	}
	effort := pl.rubric.GetRatingEffort()
	switch {
	case effort == nil || len(f.unknowns) == 0:
	case f.absent:
		s.options = append(s.options, planOption{
			id: s.path + ":rate", kind: reviewAction, effort: effort, effect: dismisses, conditional: true,
			title: "settle whether the finding stands: " + name, to: "does not stand, at best",
		})
	default:
		s.options = append(s.options, planOption{
			id: s.path + ":rate", kind: reviewAction, effort: effort, effect: rates, conditional: true,
			title: "rate the finding " + name, to: word(f.risk.min) + " at best",
		})
	}
}

// remedyEffort returns what it takes to close a finding with a remedy; nil if
// the rubric does not say.
func (s *scorer) remedyEffort(remedy reviewpkgv1.Remedy) *reviewpkgv1.EffortHint {
	var rest *reviewpkgv1.EffortHint
	for _, e := range s.rubric.GetRemedyEfforts() {
		switch e.GetRemedy() {
		case remedy:
			return e.GetEffort()
		case reviewpkgv1.Remedy_REMEDY_UNSPECIFIED:
			rest = e.GetEffort()
		default:
			// What it takes for another remedy.
		}
	}
	return rest
}

// renewalSubject returns the review of the whole package, which makes it fresh.
// Without a day nothing is fresh.
func (pl *planner) renewalSubject() *planSubject {
	effort := pl.rubric.GetRenewalEffort()
	if effort == nil || pl.asOf.IsZero() {
		return nil
	}
	from := "not known"
	if r, ok := reviewDays(pl.pkg); ok {
		from = ages(max(0, daysBetween(r.last, pl.asOf)), max(0, daysBetween(r.first, pl.asOf))) + " old"
	}
	return &planSubject{
		path: "review.date", title: "the review", from: from, renewal: true,
		options: []planOption{{
			id: "review:renew", kind: reviewAction, effort: effort, effect: renews,
			title: "review the package again", to: "0 days old",
		}},
	}
}

// times returns an effort several times over, with one more on top, which may be
// nil: both count at the role of the first.
func times(effort *reviewpkgv1.EffortHint, n int64, more *reviewpkgv1.EffortHint) *reviewpkgv1.EffortHint {
	hours := func(one, more uint32) uint32 { return small(min(maxHours, int64(one)*n+int64(more))) }
	return reviewpkgv1.EffortHint_builder{
		HoursMin:    hours(effort.GetHoursMin(), more.GetHoursMin()),
		HoursLikely: hours(effort.GetHoursLikely(), more.GetHoursLikely()),
		HoursMax:    hours(effort.GetHoursMax(), more.GetHoursMax()),
		Role:        effort.GetRole(),
	}.Build()
}

// levelWords returns the levels of a criterion in words.
func levelWords(r *reviewpkgv1.CriterionResult) string {
	switch {
	case r.GetState() == stateUnknown:
		return "not known"
	case r.GetLevelMin() == r.GetLevelMax():
		return fmt.Sprintf("level %d", r.GetLevelMin())
	default:
		return fmt.Sprintf("level %d to %d", r.GetLevelMin(), r.GetLevelMax())
	}
}
