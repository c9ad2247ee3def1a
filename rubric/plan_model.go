package rubric

import (
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// A planModel computes the effective risk of the dimensions for any choice, by
// the arithmetic of the scale alone. To judge a package takes some hundred times
// as long; a test holds the two together.
type planModel struct {
	*planner
	dimensions []*planDimension
	// bySubject holds the dimensions for which a subject counts.
	bySubject [][]int
	// prints holds what each pick of a finding adds to its dimensions.
	prints [][]planPrint
	// byPath holds the subjects that are findings or criteria.
	byPath map[string]int
}

// A planDimension is a dimension of the model.
type planDimension struct {
	*reviewpkgv1.DimensionProfile
	// fixed is what counts whatever is done, and fixedPrints its parts.
	fixed       planState
	fixedPrints []planPrint
	exposure    reviewpkgv1.Level
	findings    []int // subjects
	// criteria are those that apply, with their subjects, or -1 for none.
	criteria []planCriterion
	weight   int64 // of the criteria
}

// A planCriterion is a criterion of a dimension.
type planCriterion struct {
	*reviewpkgv1.Criterion
	result  *reviewpkgv1.CriterionResult
	subject int
}

// A planPrint is what a finding adds to a dimension: its levels in the best and
// in the worst case, 0 for nothing. Levels without waivers count for the target
// PASS, which a waiver cannot reach.
type planPrint struct {
	best, worst reviewpkgv1.Level
	unwaived    span
}

// A planState is the contributors of a dimension.
type planState struct {
	best, worst counts
}

// add adds a finding n times; n may be negative.
func (s *planState) add(p planPrint, n int) {
	// What lies below all levels is counted as well, and read by nobody.
	s.best[p.best] += uint64(n)   //nolint:gosec // wraps around and back
	s.worst[p.worst] += uint64(n) //nolint:gosec // wraps around and back
}

// newModel returns the model of the package.
func (pl *planner) newModel(c *comparison) *planModel {
	m := &planModel{
		planner: pl, bySubject: make([][]int, len(pl.subjects)), prints: make([][]planPrint, len(pl.subjects)), byPath: map[string]int{},
	}
	for i, s := range pl.subjects {
		if s.finding != nil || s.criterion != nil {
			m.byPath[s.path] = i
		}
		if s.finding != nil {
			m.prints[i] = m.printsOf(c, s)
		}
	}
	for at, d := range pl.profile.GetDimensions() {
		one := &planDimension{DimensionProfile: d, exposure: pl.dimensions[d.GetDimension()].GetExposure()}
		if e, ok := pl.exposures[d.GetDimension()]; ok {
			one.exposure = e
		}
		for _, r := range d.GetCriteria() {
			if r.GetState() == stateNotApplicable {
				continue
			}
			subject, ok := m.byPath[keyed("criteria", r.GetCriterion())]
			if !ok {
				subject = -1
			} else {
				m.bySubject[subject] = append(m.bySubject[subject], at)
			}
			// Rules name a criterion by its place in the profile.
			if ok {
				m.byPath["profile."+keyed("dimensions", d.GetDimension())+"."+keyed("criteria", r.GetCriterion())] = subject
			}
			k := planCriterion{pl.criteria[r.GetCriterion()], r, subject}
			one.criteria = append(one.criteria, k)
			one.weight += int64(k.GetWeight())
		}
		isFindings := pl.dimensions[d.GetDimension()].GetFindings()
		for _, f := range pl.profile.GetFindings() {
			if f.GetDimension() != d.GetDimension() && !isFindings {
				continue
			}
			if subject, ok := m.byPath[f.GetPath()]; ok {
				one.findings = append(one.findings, subject)
				m.bySubject[subject] = append(m.bySubject[subject], at)
				continue
			}
			one.fixed.add(asItIs(c, f), 1)
			one.fixedPrints = append(one.fixedPrints, asItIs(c, f))
		}
		m.dimensions = append(m.dimensions, one)
	}
	return m
}

// asItIs returns what a finding adds of which nothing is done.
func asItIs(c *comparison, f *reviewpkgv1.FindingRisk) planPrint {
	p := planPrint{unwaived: span{f.GetLevelMin(), f.GetLevelMax()}}
	if f.GetDisputed() {
		p.unwaived.min = 0
	}
	if len(c.waivers.finding(f.GetFinding())) == 0 {
		p.best, p.worst = p.unwaived.min, p.unwaived.max
	}
	return p
}

// printsOf returns what a finding adds for each pick.
func (m *planModel) printsOf(c *comparison, s *planSubject) []planPrint {
	f := c.findings[s.path]
	now := asItIs(c, f)
	list := []planPrint{now}
	for _, o := range s.options {
		p := planPrint{}
		switch o.effect {
		case rates:
			// The best of its range; one that is waived stays out of it.
			p = now
			p.unwaived.max = p.unwaived.min
			p.worst = min(p.worst, p.unwaived.min)
		case stands:
			// Out of the effective risk, and open all the same.
			p = now
			p.best, p.worst = 0, 0
		default:
			// Gone.
		}
		list = append(list, p)
	}
	return list
}

// state returns the contributors of a dimension for a choice.
func (m *planModel) state(d *planDimension, choice planChoice) planState {
	s := d.fixed
	for _, i := range d.findings {
		s.add(m.prints[i][choice[i]], 1)
	}
	return s
}

// met returns the share of the criteria of a dimension that is met for a choice,
// as gap does.
func (m *planModel) met(d *planDimension, choice planChoice) share {
	var low, high int64
	for _, k := range d.criteria {
		l := k.levels(m.planner, choice)
		low += int64(k.GetWeight()) * k.value(l.min)
		high += int64(k.GetWeight()) * k.value(l.max)
	}
	met := share{small(low / d.weight), small(high / d.weight)}
	for _, k := range d.criteria {
		l := k.levels(m.planner, choice)
		gate := k.GetGate()
		if gate == nil || l.min >= gate.GetMinLevel() {
			continue
		}
		met.min = min(met.min, gate.GetCapPermille())
		if l.max < gate.GetMinLevel() {
			met.max = min(met.max, gate.GetCapPermille())
		}
	}
	return met
}

// levels returns the levels of the criterion for a choice.
func (k planCriterion) levels(pl *planner, choice planChoice) share {
	if k.subject >= 0 && choice[k.subject] > 0 {
		l := pl.subjects[k.subject].options[choice[k.subject]-1].level
		return share{l, l}
	}
	return share{k.result.GetLevelMin(), k.result.GetLevelMax()}
}

// value returns what a level of the criterion is worth, in permille.
func (k planCriterion) value(level uint32) int64 {
	return int64(k.GetLevels()[level].GetValuePermille())
}

// gapLevels returns the risk of what the criteria of a dimension leave open.
func (m *planModel) gapLevels(d *planDimension, met share) span {
	weakness := span{m.weakness(met.max), m.weakness(met.min)}
	return lookup(m.gapMatrix, weakness, span{d.exposure, d.exposure})
}

// score returns the highest effective score of a dimension.
func (m *planModel) score(d *planDimension, s planState, gap span) int64 {
	if d.GetNotAssessed() {
		return int64(m.scale.anything().GetScoreMax())
	}
	if len(d.criteria) > 0 {
		s.worst[gap.max]++
	}
	_, score := m.scale.score(s.worst)
	return int64(score)
}

// gap returns the risk of the gap of a dimension, if it has one.
func (m *planModel) gap(d *planDimension, choice planChoice) span {
	if len(d.criteria) == 0 {
		return span{}
	}
	return m.gapLevels(d, m.met(d, choice))
}

// scores returns the highest effective score of each dimension for a choice.
func (m *planModel) scores(choice planChoice) []int64 {
	list := make([]int64, len(m.dimensions))
	for i, d := range m.dimensions {
		list[i] = m.score(d, m.state(d, choice), m.gap(d, choice))
	}
	return list
}
