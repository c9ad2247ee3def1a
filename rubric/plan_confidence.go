package rubric

import (
	"google.golang.org/protobuf/proto"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// confidenceNeeds adds what a rule asks for to be sure enough of a risk: that
// enough is known, well shown and fresh. Each is a share, and so a sum that must
// not be negative. How far the reviewers stand from the project no action here
// changes.
func (pl *planner) confidenceNeeds(rule int, want reviewpkgv1.ConfidenceLevel, dimensions []*planDimension) {
	// The bands ascend, so that there is one share from which on all is enough.
	least := int64(maxScore)
	for ; least > 0 && pl.band(small(least-1)) >= want; least-- {
	}
	known := !pl.asOf.IsZero() && len(pl.rubric.GetConfidenceBands()) > 0 && pl.band(small(least)) >= want
	if !known || pl.profile.GetConfidence().GetIndependence() < want {
		pl.rules[rule].hopeless = true
		return
	}
	s := &scoring{scorer: pl.scorer, pkg: pl.pkg, reviewers: reviewerScores(pl.pkg, pl.rubric), asOf: pl.asOf}
	coverage, evidence, freshness := planNeed{rule: rule}, planNeed{rule: rule}, planNeed{rule: rule}
	// The three shares, each as what it has more than it needs.
	surplus := func(t trust) [3]int64 {
		return [3]int64{
			int64(t.covered) - least*int64(t.weight),       //nolint:gosec // some thousand weights of at most 1000
			int64(t.evidence) - least*int64(t.known),       //nolint:gosec // as above
			maxScore*int64(t.fresh) - least*int64(t.known), //nolint:gosec // as above
		}
	}
	note := func(now trust, subject int, picks []trust) {
		base := surplus(now)
		for i, n := range []*planNeed{&coverage, &evidence, &freshness} {
			n.base += base[i]
			if subject < 0 {
				continue
			}
			gains := []int64{0}
			for _, t := range picks {
				gains = append(gains, surplus(t)[i]-base[i])
			}
			n.terms = append(n.terms, planTerm{subject, gains})
		}
	}
	stale := int64(0)
	for _, d := range dimensions {
		switch {
		case len(d.GetCriteria()) > 0:
			for _, k := range d.criteria {
				now := s.trustCriteria([]*reviewpkgv1.CriterionResult{k.result})
				stale += int64(now.known - now.fresh) //nolint:gosec // a weight
				note(now, k.subject, pl.criterionTrusts(s, k))
			}
		case len(dimensions) == 1 || len(pl.rubric.GetCriteria()) == 0:
			pl.findingTrusts(s, d, note)
		default:
			// Findings do not count against what criteria say.
		}
	}
	// A review of the whole package makes fresh what has no day of its own. How
	// much that is shows when it is tried.
	for i, one := range pl.subjects {
		if one.renewal && stale > 0 {
			freshness.terms = append(freshness.terms, planTerm{i, []int64{0, maxScore * stale}})
		}
	}
	pl.need(coverage)
	pl.need(evidence)
	pl.need(freshness)
}

// criterionTrusts returns the trust in a criterion for each of its options.
func (pl *planner) criterionTrusts(s *scoring, k planCriterion) []trust {
	if k.subject < 0 {
		return nil
	}
	var list []trust
	for _, o := range pl.subjects[k.subject].options {
		r := proto.CloneOf(k.result)
		r.SetState(stateLevel)
		r.SetLevelMin(o.level)
		r.SetLevelMax(o.level)
		r.SetTier(o.tier)
		t := s.trustCriteria([]*reviewpkgv1.CriterionResult{r})
		t.fresh = t.weight // it is of the day of the comparison
		list = append(list, t)
	}
	return list
}

// findingTrusts notes the trust in the findings of a dimension that has no
// criteria.
func (pl *planner) findingTrusts(s *scoring, d *planDimension, note func(now trust, subject int, picks []trust)) {
	open := map[string]openFinding{}
	found, _ := pl.findings(pl.pkg)
	for _, f := range found {
		open[f.path] = f
	}
	for _, i := range d.findings {
		one := pl.subjects[i]
		var picks []trust
		for _, o := range one.options {
			switch o.effect {
			case rates:
				picks = append(picks, s.trustFindings([]openFinding{{}}))
			case stands:
				picks = append(picks, s.trustFindings([]openFinding{*one.finding}))
			default:
				picks = append(picks, trust{})
			}
		}
		note(s.trustFindings([]openFinding{*one.finding}), i, picks)
	}
	for _, f := range pl.profile.GetFindings() {
		_, planned := pl.model.byPath[f.GetPath()]
		if !planned && (f.GetDimension() == d.GetDimension() || pl.dimensions[d.GetDimension()].GetFindings()) {
			note(s.trustFindings([]openFinding{open[f.GetPath()]}), -1, nil)
		}
	}
}
