package rubric

import (
	"slices"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// An effective risk is that of a dimension as it counts for a policy: what is
// missing weighs as much as the organisation is exposed to it, and what it has
// waived is left out.
type effective struct {
	profile *reviewpkgv1.DimensionProfile
	// contributors are those that count, worst first.
	contributors []contributor
	risk         *reviewpkgv1.RiskInterval
	// unwaived is the risk that there would be without waivers; waivers names
	// those that make the difference.
	unwaived *reviewpkgv1.RiskInterval
	waivers  []string
}

// effectiveOf returns the effective risk of a dimension. All that it takes is in
// the profile.
func (c *comparison) effectiveOf(d *reviewpkgv1.DimensionProfile) effective {
	e := effective{profile: d, risk: d.GetRisk(), unwaived: d.GetRisk()}
	if d.GetNotAssessed() {
		return e
	}
	all := c.contributorsOf(d)
	e.unwaived = c.scale.risk(all)
	for _, k := range all {
		if f := c.findings[k.path]; f != nil {
			if ids := c.waivers.finding(f.GetFinding()); len(ids) > 0 {
				e.waivers = append(e.waivers, ids...)
				continue
			}
		}
		e.contributors = append(e.contributors, k)
	}
	slices.Sort(e.waivers)
	e.waivers = slices.Compact(e.waivers)
	e.risk = c.scale.risk(e.contributors)
	return e
}

// contributorsOf returns the contributors of a dimension, with what the criteria
// leave open rated at the policy's exposure if it has one.
func (c *comparison) contributorsOf(d *reviewpkgv1.DimensionProfile) []contributor {
	list := make([]contributor, 0, len(d.GetContributions()))
	exposure, overlaid := c.exposures[d.GetDimension()]
	for _, k := range d.GetContributions() {
		if overlaid && k.GetPath() == gapPath(d.GetDimension()) {
			list = append(list, c.gapOf(d.GetDimension(), share{d.GetMetPermilleMin(), d.GetMetPermilleMax()}, exposure))
			continue
		}
		list = append(list, contributor{
			path: k.GetPath(), title: k.GetTitle(), derivation: k.GetDerivation(),
			risk: span{k.GetLevelMin(), k.GetLevelMax()}, absent: c.findings[k.GetPath()].GetDisputed(),
		})
	}
	slices.SortFunc(list, worstFirst)
	return list
}

// withWaivers and withoutWaivers say which of its two risks a dimension adds to
// the overall one.
const (
	withWaivers    = true
	withoutWaivers = false
)

// assessedEffective returns the dimensions that are assessed as contributors to
// the overall risk.
func assessedEffective(list []effective, waived bool) []contributor {
	var contributors []contributor
	for _, e := range list {
		if e.profile.GetNotAssessed() {
			continue
		}
		risk := e.risk
		if !waived {
			risk = e.unwaived
		}
		contributors = append(contributors, contributor{path: keyed("dimensions", e.profile.GetDimension()), risk: levels(risk)})
	}
	return contributors
}
