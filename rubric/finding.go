package rubric

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/reviewpkg/sdk/internal/rating"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// An openFinding is a finding, for which dimension it counts, and what is not
// known about it.
type openFinding struct {
	contributor
	finding   *reviewpkgv1.Finding
	dimension string
	unknowns  []*reviewpkgv1.Unknown
	// closed says that it counts no longer, rejected that it never did.
	closed, rejected bool
	// cvss is the score of its vector in tenths, if it has one.
	cvss *uint32
}

// message returns the finding as a part of the profile.
func (f openFinding) message() *reviewpkgv1.FindingRisk {
	return reviewpkgv1.FindingRisk_builder{
		Finding: f.finding.GetId(), Path: f.path, Dimension: f.dimension,
		LevelMin: f.risk.min, LevelMax: f.risk.max, Declared: named(f.finding.GetOverall()),
		CvssTenths: f.cvss, Disputed: f.absent,
	}.Build()
}

// findings rates the findings of p, worst first, and returns those whose
// declared rating is another than the computed one.
//
// A disputed finding does not stand and is not dismissed either, so that it
// widens the risk: it may count for nothing or for all that it says. A finding
// about a variant counts whether or not the review covers that variant, since
// nobody knows which one a user runs.
func (s *scorer) findings(p *reviewpkgv1.ReviewPackage) ([]openFinding, []*reviewpkgv1.RatingDifference) {
	var all []openFinding
	var differences []*reviewpkgv1.RatingDifference
	rate := func(list []*reviewpkgv1.Finding, paths []string, disputed bool) {
		for i, f := range list {
			rated := s.rate(f, paths[i])
			if d := s.ratingDifference(f, paths[i]); d != nil {
				differences = append(differences, d)
			}
			rated.closed = rating.Closed(f)
			rated.rejected = rated.closed && f.GetState() == reviewpkgv1.FindingState_FINDING_STATE_REJECTED
			if rated.absent = disputed; disputed {
				rated.derivation += "; disputed, so that it may count for nothing"
				rated.unknowns = append(rated.unknowns, unknown(paths[i]+".agreement", "whether the finding stands"))
			}
			all = append(all, rated)
		}
	}
	rate(p.GetFindings(), itemPaths(p, "findings"), false)
	rate(p.GetDisputedFindings(), itemPaths(p, "disputed_findings"), true)
	slices.SortFunc(all, func(a, b openFinding) int { return worstFirst(a.contributor, b.contributor) })
	slices.SortFunc(differences, func(a, b *reviewpkgv1.RatingDifference) int { return cmp.Compare(a.GetPath(), b.GetPath()) })
	return all, differences
}

// rate returns the risk of a finding. What is not stated is unknown, so that
// every level of it is possible. Where neither likelihood nor impact is stated
// but an overall rating is, that rating is all there is, and is taken; where
// there is none either, the CVSS vector is.
func (s *scorer) rate(f *reviewpkgv1.Finding, path string) openFinding {
	likelihood := stated(f.GetLikelihood(), f.GetLikelihoodMax())
	impact := stated(f.GetImpact(), f.GetImpactMax())
	rated := openFinding{finding: f, dimension: s.dimensionOf(f)}
	rated.path, rated.title = path, f.GetTitle()
	tenths, severity, scored := rating.CVSS(f.GetCvssVector())
	if scored {
		rated.cvss = &tenths
	}
	if declared := f.GetOverall(); isLevel(declared) && f.GetLikelihood() == 0 && f.GetImpact() == 0 {
		rated.risk = span{declared, declared}
		rated.derivation = "declared as " + word(declared) + ", likelihood and impact not stated"
		return rated
	}
	if scored && f.GetLikelihood() == 0 && f.GetImpact() == 0 {
		rated.risk = span{severity, severity}
		rated.derivation = fmt.Sprintf("CVSS %d.%d, likelihood and impact not stated", tenths/10, tenths%10)
		return rated
	}
	m := s.findingMatrix
	rated.risk = lookup(m, likelihood, impact)
	rated.derivation = "likelihood " + likelihood.words() + ", impact " + impact.words() + ", matrix " + m.GetId()
	if rated.risk.known() {
		return rated
	}
	if !likelihood.known() {
		rated.unknowns = append(rated.unknowns, unknown(path+".likelihood", "how likely the finding is to be exploited"))
	}
	if !impact.known() {
		rated.unknowns = append(rated.unknowns, unknown(path+".impact", "how grave the consequences would be"))
	}
	return rated
}

// dimensionOf returns the dimension that a finding counts for. A name that the
// rubric does not have must not make a finding disappear.
func (s *scorer) dimensionOf(f *reviewpkgv1.Finding) string {
	if _, ok := s.dimensions[f.GetDimension()]; ok {
		return f.GetDimension()
	}
	return s.findingsDimension
}

// ratingDifference returns how the declared rating of f differs from the
// computed one, or nil: from the nearest that likelihood and impact allow, or
// from the CVSS vector where neither is stated. Without either there is nothing
// to compare with.
func (s *scorer) ratingDifference(f *reviewpkgv1.Finding, path string) *reviewpkgv1.RatingDifference {
	b := reviewpkgv1.RatingDifference_builder{Path: path + ".overall", Finding: f.GetId(), Declared: f.GetOverall()}
	if f.GetLikelihood() == 0 && f.GetImpact() == 0 && isLevel(f.GetOverall()) {
		_, severity, ok := rating.CVSS(f.GetCvssVector())
		if !ok || severity == f.GetOverall() {
			return nil
		}
		b.Computed, b.Matrix = severity, "cvss"
		return b.Build()
	}
	if !isLevel(f.GetOverall()) || !isLevel(f.GetLikelihood()) || !isLevel(f.GetImpact()) {
		return nil
	}
	likelihood := stated(f.GetLikelihood(), f.GetLikelihoodMax())
	impact := stated(f.GetImpact(), f.GetImpactMax())
	risk := lookup(s.findingMatrix, likelihood, impact)
	l, i, computed := likelihood.min, impact.min, risk.min
	if f.GetOverall() >= risk.max {
		l, i, computed = likelihood.max, impact.max, risk.max
	} else if f.GetOverall() > risk.min {
		return nil
	}
	if !rating.Differs(l, i, f.GetOverall(), computed) {
		return nil
	}
	b.Computed, b.Matrix = computed, s.findingMatrix.GetId()
	return b.Build()
}

// stated returns the levels that a reviewer's words allow: all of them if
// nothing was said.
func stated(level, upper reviewpkgv1.Level) span {
	switch {
	case !isLevel(level):
		return span{lowest, highest}
	case !isLevel(upper):
		return span{level, level}
	default:
		return span{min(level, upper), max(level, upper)}
	}
}

// isLevel reports whether l is stated, and has a name.
func isLevel(l reviewpkgv1.Level) bool { return lowest <= l && l <= highest }

// lookup returns the risks that a monotone matrix gives for ranges of
// likelihood and impact: those of the two extreme corners.
func lookup(m *reviewpkgv1.RiskMatrix, likelihood, impact span) span {
	// A valid matrix answers for every two levels.
	low, _ := rating.Lookup(m, likelihood.min, impact.min)
	high, _ := rating.Lookup(m, likelihood.max, impact.max)
	return span{low, high}
}

// worstFirst orders contributors by how bad they may be, then by how bad they
// are at least, then by path.
func worstFirst(a, b contributor) int {
	return cmp.Or(-cmp.Compare(a.risk.max, b.risk.max), -cmp.Compare(a.risk.min, b.risk.min), cmp.Compare(a.path, b.path))
}

// unknown returns an open question.
func unknown(path, question string) *reviewpkgv1.Unknown {
	return reviewpkgv1.Unknown_builder{Path: path, Question: question}.Build()
}
