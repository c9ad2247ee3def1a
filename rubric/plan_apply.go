package rubric

import (
	"fmt"

	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

const (
	// planned stands for people and evidence that nobody knows yet.
	planned = "planned"
	// changedDigest stands for the digest of a package to which anything was
	// done: that of none.
	changedDigest = "changed"
)

// apply returns a copy of the package on which a choice of actions was carried
// out. What an action of the organisation changes is not in the package, and
// what fills the gaps of a process cannot be made up; see try.
func (pl *planner) apply(choice planChoice) *reviewpkgv1.ReviewPackage {
	p := proto.CloneOf(pl.pkg)
	scored := map[string]*planOption{}
	for i, s := range pl.subjects {
		if choice[i] == 0 {
			continue
		}
		o := &s.options[choice[i]-1]
		switch o.effect {
		case closes, dismisses, rates:
			list := p.GetFindings()
			if s.list == "disputed_findings" {
				list = p.GetDisputedFindings()
			}
			pl.applyFinding(list[s.index], o.effect)
		case scores:
			scored[s.criterion.GetCriterion()] = o
		case renews:
			pl.applyRenewal(p)
		case stands, fills:
			// Not in the package.
		}
	}
	if len(scored) > 0 {
		pl.applyScores(p, scored)
	}
	return p
}

// applyFinding carries out an action on a finding.
func (pl *planner) applyFinding(f *reviewpkgv1.Finding, effect planEffect) {
	switch effect {
	case closes:
		f.SetState(reviewpkgv1.FindingState_FINDING_STATE_VERIFIED_FIXED)
		f.SetStateEvidenceIds(append(f.GetStateEvidenceIds(), planned))
		f.SetStateChanged(dated(pl.asOf))
	case dismisses:
		f.SetState(reviewpkgv1.FindingState_FINDING_STATE_REJECTED)
		f.SetRejectionReason(reviewpkgv1.RejectionReason_REJECTION_REASON_FALSE_POSITIVE)
		f.SetAgreement(reviewpkgv1.Agreement_builder{
			State:    reviewpkgv1.AgreementState_AGREEMENT_STATE_AGREED,
			Reviewer: reviewpkgv1.SignOff_builder{PersonId: planned, Date: dated(pl.asOf)}.Build(),
		}.Build())
		f.SetStateChanged(dated(pl.asOf))
	default:
		f.SetLikelihood(stated(f.GetLikelihood(), f.GetLikelihoodMax()).min)
		f.SetImpact(stated(f.GetImpact(), f.GetImpactMax()).min)
		f.SetLikelihoodMax(0)
		f.SetImpactMax(0)
	}
}

// applyScores puts scores in place of those that criteria have: a new review
// settles what older ones disagreed on.
func (pl *planner) applyScores(p *reviewpkgv1.ReviewPackage, scored map[string]*planOption) {
	var list []*reviewpkgv1.RubricScore
	for _, s := range p.GetScores() {
		if o := scored[s.GetCriterion()]; o == nil || !pl.scoreOf(s, s.GetCriterion()) {
			list = append(list, s)
		}
	}
	for i, c := range pl.rubric.GetCriteria() {
		o := scored[c.GetId()]
		if o == nil {
			continue
		}
		b := reviewpkgv1.RubricScore_builder{
			Id: fmt.Sprint(planned, ".", i), Rubric: pl.rubric.GetId(), RubricVersion: pl.rubric.GetVersion(),
			Criterion: c.GetId(), State: stateLevel, Level: &o.level, Tier: o.tier, ScorerId: planned, Date: dated(pl.asOf),
		}
		for n := range max(1, c.GetEvidence().GetMinItems()) {
			b.EvidenceIds = append(b.EvidenceIds, fmt.Sprint(planned, ".", n))
		}
		list = append(list, b.Build())
	}
	p.SetScores(list)
}

// applyRenewal dates the review of a package anew. A finding without a day of its
// own is as old as the review that made it: one that is overdue must not grow
// younger, and of the others nobody knows more than before.
func (pl *planner) applyRenewal(p *reviewpkgv1.ReviewPackage) {
	old, _ := reviewDays(p)
	date := func(list []*reviewpkgv1.Finding, name protoreflect.Name) {
		paths := itemPaths(p, name)
		for i, f := range list {
			if _, told := days(f.GetRaised()); !told && pl.late[paths[i]] {
				f.SetRaised(dated(old.last))
			}
		}
	}
	date(p.GetFindings(), "findings")
	date(p.GetDisputedFindings(), "disputed_findings")
	if !p.HasReview() {
		p.SetReview(&reviewpkgv1.ReviewRecord{})
	}
	p.GetReview().SetDate(dated(pl.asOf))
}
