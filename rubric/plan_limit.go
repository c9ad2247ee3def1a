package rubric

import (
	"slices"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// A planLimit is what a rule about risk asks for to reach the target.
type planLimit struct {
	rule  int
	level reviewpkgv1.Level // at most
	// best says that the best case decides, because the policy accepts with a
	// warning what is not known.
	best bool
	// unwaived says that what is waived counts: it leaves a warning.
	unwaived bool
	// confidence says that the rule asks for confidence as well.
	confidence bool
}

// limitOf returns what an appetite asks for. A waiver for the rule as a whole
// makes a warning of everything up to a level.
func (pl *planner) limitOf(c *comparison, rule string, a *reviewpkgv1.Appetite) planLimit {
	l := planLimit{rule: pl.rule(rule), level: a.GetAppetite(), unwaived: true, confidence: a.GetMinConfidence() != 0}
	if pl.target == pass {
		return l
	}
	l.level, l.unwaived = max(a.GetAppetite(), a.GetTolerance()), false
	if unknownOutcome(a.GetUnknown()) == warn {
		l.best, l.confidence = true, false
	}
	// A waiver below the limit would add a second way to the target; to take
	// the limit alone is never wrong, and only rarely dearer.
	for level := highest; level >= l.level; level-- {
		if len(c.waivers.covers(rule, false, "", level)) > 0 && (!l.best || level == highest) {
			l.level, l.best, l.confidence = level, false, false
			break
		}
	}
	return l
}

// end returns the level of a finding that decides on a limit.
func (l planLimit) end(p planPrint) reviewpkgv1.Level {
	switch {
	case l.unwaived:
		return p.unwaived.max
	case l.best:
		return p.best
	default:
		return p.worst
	}
}

// appetiteNeeds adds what an appetite asks for about some dimensions: that of
// one, or the overall one about all.
func (pl *planner) appetiteNeeds(c *comparison, rule string, a *reviewpkgv1.Appetite, dimensions []*planDimension) {
	l := pl.limitOf(c, rule, a)
	for _, d := range dimensions {
		for _, i := range d.findings {
			prints := pl.model.prints[i]
			// No action makes a finding worse than it is.
			if l.end(prints[0]) <= l.level {
				continue
			}
			gains := make([]int64, len(prints))
			for k, p := range prints {
				if l.end(p) <= l.level {
					gains[k] = 1
				}
			}
			pl.need(planNeed{rule: l.rule, base: -1, terms: []planTerm{{i, gains}}})
		}
		if slices.ContainsFunc(d.fixedPrints, func(p planPrint) bool { return l.end(p) > l.level }) {
			pl.rules[l.rule].hopeless = true
		}
		if len(d.criteria) > 0 {
			pl.gapNeeds(l, d)
		}
		// What nobody assessed may have any risk, and no action changes that.
		if d.GetNotAssessed() && l.level < highest && !l.best {
			pl.rules[l.rule].hopeless = true
		}
	}
	if l.confidence {
		pl.confidenceNeeds(l.rule, a.GetMinConfidence(), dimensions)
	}
}

// gapNeeds adds what a limit asks of the criteria of a dimension: a mean that is
// high enough, and the level of every gate that would bound it.
func (pl *planner) gapNeeds(l planLimit, d *planDimension) {
	end := func(s share) int64 {
		if l.best {
			return int64(s.max)
		}
		return int64(s.min)
	}
	// The share from which on the gap is small enough: more is never worse.
	permille := int64(0)
	for ; permille <= maxScore; permille++ {
		p := small(permille)
		if pl.model.gapLevels(d, share{p, p}).max <= l.level {
			break
		}
	}
	if permille > maxScore {
		pl.rules[l.rule].hopeless = true
		return
	}
	mean := planNeed{rule: l.rule}
	for _, k := range d.criteria {
		now := end(share{k.result.GetLevelMin(), k.result.GetLevelMax()})
		weight, gate := int64(k.GetWeight()), k.GetGate()
		// A mean of at least so much is a sum of what each has above it.
		mean.base += weight * (k.value(small(now)) - permille)
		gated := gate != nil && int64(gate.GetCapPermille()) < permille && now < int64(gate.GetMinLevel())
		if k.subject < 0 {
			if gated {
				pl.rules[l.rule].hopeless = true
			}
			continue
		}
		options := pl.subjects[k.subject].options
		gains, reached := make([]int64, len(options)+1), make([]int64, len(options)+1)
		for i, o := range options {
			gains[i+1] = weight * (k.value(o.level) - k.value(small(now)))
			if o.level >= gate.GetMinLevel() {
				reached[i+1] = 1
			}
		}
		mean.terms = append(mean.terms, planTerm{k.subject, gains})
		if gated {
			pl.need(planNeed{rule: l.rule, base: -1, terms: []planTerm{{k.subject, reached}}})
		}
	}
	pl.need(mean)
}
