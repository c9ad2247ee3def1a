package rubric

import (
	"fmt"
	"slices"
	"strings"

	"google.golang.org/protobuf/proto"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// planControls are the controls that the organisation may put in place of what a
// project does not do. A control stands for a waiver, which leaves a warning.
type planControls struct {
	effort *reviewpkgv1.EffortHint
	// holds are the findings, by path, for which a waiver would hold that names
	// such a control.
	holds map[string]bool
	// most is how many waivers more the policy allows; negative for any number.
	most int
	// made are the waivers with those for all controls.
	made *waivers
	// prefix begins the ids of such waivers, and that of no other.
	prefix string
}

// findControls finds out for which findings a control of the organisation would
// count: by making the waivers, because only they know what a policy allows.
func (pl *planner) findControls(c *comparison) planControls {
	found := planControls{holds: map[string]bool{}, most: -1, prefix: planned}
	for _, e := range pl.rubric.GetRemedyEfforts() {
		if e.GetRemedy() == reviewpkgv1.Remedy_REMEDY_DEPLOYMENT_GUIDANCE {
			found.effort = times(e.GetEffort(), 1, nil)
			found.effort.SetRole(reviewpkgv1.EffortRole_EFFORT_ROLE_OPERATOR)
		}
	}
	if found.effort == nil || pl.target != warn {
		return found
	}
	for slices.ContainsFunc(pl.options.Waivers.GetWaivers(), func(w *reviewpkgv1.Waiver) bool {
		return strings.HasPrefix(w.GetId(), found.prefix)
	}) {
		found.prefix += "-"
	}
	// A policy without the bound shows which waivers would hold one by one.
	policy := pl.policy
	if most := int(policy.GetWaiverRules().GetMaxActive()); most > 0 {
		found.most = max(0, most-held(c.waivers))
		policy = proto.CloneOf(policy)
		policy.GetWaiverRules().SetMaxActive(0)
	}
	byID := map[string][]*reviewpkgv1.Finding{}
	for _, f := range slices.Concat(pl.pkg.GetFindings(), pl.pkg.GetDisputedFindings()) {
		byID[f.GetId()] = append(byID[f.GetId()], f)
	}
	var asked []*reviewpkgv1.FindingRisk
	var more []*reviewpkgv1.Waiver
	for _, f := range pl.profile.GetFindings() {
		// A waiver names an id, so that it must be that of one finding.
		if same := byID[f.GetFinding()]; len(same) == 1 && controllable(same[0]) && len(c.waivers.finding(f.GetFinding())) == 0 {
			asked = append(asked, f)
			more = append(more, pl.controlWaiver(found.prefix, len(more), f.GetFinding(), f.GetLevelMax()))
		}
	}
	found.made = newWaivers(pl.withWaivers(more), policy, pl.pkg, changedDigest, pl.asOf, pl.profile.GetFindings(), pl.ruleIDs())
	for _, f := range asked {
		found.holds[f.GetPath()] = len(found.made.finding(f.GetFinding())) > 0
	}
	return found
}

// held returns how many waivers hold.
func held(w *waivers) int {
	n := 0
	for _, r := range w.results() {
		if s := r.GetStatus(); s == reviewpkgv1.WaiverStatus_WAIVER_STATUS_APPLIED || s == reviewpkgv1.WaiverStatus_WAIVER_STATUS_UNUSED {
			n++
		}
	}
	return n
}

// controllable reports whether others than the project can do something about a
// finding: its remedy is theirs, or the review suggests controls.
func controllable(f *reviewpkgv1.Finding) bool {
	switch f.GetRemedy() {
	case reviewpkgv1.Remedy_REMEDY_DEPLOYMENT_GUIDANCE, reviewpkgv1.Remedy_REMEDY_EXTERNAL:
		return true
	default:
		return len(f.GetSuggestedControls()) > 0
	}
}

// chosenControls returns the waivers that stand for the controls of a choice.
func (pl *planner) chosenControls(choice planChoice) []*reviewpkgv1.Waiver {
	var list []*reviewpkgv1.Waiver
	for i, s := range pl.subjects {
		if o := s.option(choice[i]); o != nil && o.effect == stands {
			list = append(list, pl.controlWaiver(pl.controls.prefix, len(list), s.finding.finding.GetId(), s.finding.risk.max))
		}
	}
	return list
}

// withWaivers returns the waivers of the judge and some more.
func (pl *planner) withWaivers(more []*reviewpkgv1.Waiver) *reviewpkgv1.WaiverSet {
	if len(more) == 0 {
		return pl.options.Waivers
	}
	set := reviewpkgv1.WaiverSet_builder{Schema: "reviewpkg.v1.WaiverSet"}.Build()
	if pl.options.Waivers != nil {
		set = proto.CloneOf(pl.options.Waivers)
	}
	set.SetWaivers(append(set.GetWaivers(), more...))
	return set
}

// controlWaiver returns the waiver that stands for a control: as good as the
// policy asks for, and in force on the day of the comparison only.
func (pl *planner) controlWaiver(prefix string, n int, finding string, level reviewpkgv1.Level) *reviewpkgv1.Waiver {
	rules := pl.policy.GetWaiverRules()
	b := reviewpkgv1.Waiver_builder{
		Id: fmt.Sprint(prefix, ".", n), Findings: []string{finding},
		Scope:    reviewpkgv1.WaiverScope_builder{Package: pl.pkg.GetId()}.Build(),
		Category: reviewpkgv1.WaiverCategory_WAIVER_CATEGORY_MITIGATED_ELSEWHERE, Justification: planned, Owner: planned,
		RequestedBy: "requester", Expires: dated(pl.asOf), MaxLevel: level, CompensatingControls: []string{planned},
	}
	for i := range max(1, rules.GetMinApprovals()) {
		a := reviewpkgv1.WaiverApproval_builder{Approver: fmt.Sprint("approver ", i), Date: dated(pl.asOf)}
		if roles := rules.GetApproverRoles(); len(roles) > 0 {
			a.Role = roles[0]
		}
		b.Approvals = append(b.Approvals, a.Build())
	}
	return b.Build()
}
