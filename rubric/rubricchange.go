package rubric

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"time"

	"google.golang.org/protobuf/proto"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// CompareRubrics scores packages under two rubrics and says what moves: risks,
// criteria, and the places of the packages among one another. A rubric is
// changed for a reason; this shows who pays for it before the change is made.
//
// A score that a reviewer gave holds for one version of a rubric, so that under
// another version only what the packages show counts. Errors are those of
// [ScoreOptions.Score].
func CompareRubrics(packages []*reviewpkgv1.ReviewPackage, before, after *reviewpkgv1.Rubric) (*reviewpkgv1.RubricChange, error) {
	if before == nil || after == nil {
		return nil, errors.New("compare rubrics: two rubrics are needed")
	}
	from, err := newScorer(before)
	if err != nil {
		return nil, fmt.Errorf("the rubric before: %w", err)
	}
	to, err := newScorer(after)
	if err != nil {
		return nil, fmt.Errorf("the rubric after: %w", err)
	}
	b := reviewpkgv1.RubricChange_builder{Schema: "reviewpkg.v1.RubricChange", Before: from.version(), After: to.version()}
	for _, p := range packages {
		effect, err := packageEffect(p, from, to)
		if err != nil {
			return nil, err
		}
		b.Packages = append(b.Packages, effect)
	}
	rank(b.Packages, (*reviewpkgv1.PackageEffect).GetBefore, (*reviewpkgv1.PackageEffect).SetRankBefore)
	rank(b.Packages, (*reviewpkgv1.PackageEffect).GetAfter, (*reviewpkgv1.PackageEffect).SetRankAfter)
	return b.Build(), nil
}

// version returns which version of which rubric the scorer scores under.
func (s *scorer) version() *reviewpkgv1.RubricVersion {
	return reviewpkgv1.RubricVersion_builder{
		Rubric: s.rubric.GetId(), Version: s.rubric.GetVersion(), Digest: s.digest,
	}.Build()
}

// packageEffect says what moves for one package.
func packageEffect(p *reviewpkgv1.ReviewPackage, from, to *scorer) (*reviewpkgv1.PackageEffect, error) {
	if p == nil {
		return nil, errors.New("compare rubrics: there is no package")
	}
	// What ages are told for does not matter: they move no risk.
	before, err := from.score(p, time.Time{})
	if err != nil {
		return nil, err
	}
	after, err := to.score(p, time.Time{})
	if err != nil {
		return nil, err
	}
	b := reviewpkgv1.PackageEffect_builder{
		Package: p.GetId(), PackageDigest: before.GetPackageDigest(), Before: before.GetOverall(), After: after.GetOverall(),
	}
	for _, pair := range pairs(before.GetDimensions(), after.GetDimensions(), (*reviewpkgv1.DimensionProfile).GetDimension) {
		if !proto.Equal(pair.before.GetRisk(), pair.after.GetRisk()) {
			b.Dimensions = append(b.Dimensions, reviewpkgv1.DimensionEffect_builder{
				Dimension: pair.id, Before: pair.before.GetRisk(), After: pair.after.GetRisk(),
			}.Build())
		}
	}
	for _, pair := range pairs(criteriaOf(before), criteriaOf(after), (*reviewpkgv1.CriterionResult).GetCriterion) {
		if !proto.Equal(pair.before, pair.after) {
			b.Criteria = append(b.Criteria, reviewpkgv1.CriterionEffect_builder{
				Criterion: pair.id, Before: pair.before, After: pair.after,
			}.Build())
		}
	}
	return b.Build(), nil
}

// criteriaOf returns the results of all criteria of a profile.
func criteriaOf(profile *reviewpkgv1.RiskProfile) []*reviewpkgv1.CriterionResult {
	var list []*reviewpkgv1.CriterionResult
	for _, d := range profile.GetDimensions() {
		list = append(list, d.GetCriteria()...)
	}
	return list
}

// A pair is an item of two lists that has one id; nil where a list lacks it.
type pair[T any] struct {
	id            string
	before, after *T
}

// pairs brings the items of two lists together by id: in the order of the first,
// and then those that only the second has.
func pairs[T any](before, after []*T, id func(*T) string) []pair[T] {
	at := map[string]int{}
	list := make([]pair[T], 0, len(before))
	for _, item := range before {
		at[id(item)] = len(list)
		list = append(list, pair[T]{id: id(item), before: item})
	}
	for _, item := range after {
		if i, ok := at[id(item)]; ok {
			list[i].after = item
		} else {
			list = append(list, pair[T]{id: id(item), after: item})
		}
	}
	return list
}

// rank gives each package its place by highest overall score. Packages with the
// same score share the better place.
func rank(effects []*reviewpkgv1.PackageEffect, risk func(*reviewpkgv1.PackageEffect) *reviewpkgv1.RiskInterval, set func(*reviewpkgv1.PackageEffect, uint32)) {
	sorted := slices.SortedStableFunc(slices.Values(effects), func(a, b *reviewpkgv1.PackageEffect) int {
		return cmp.Compare(risk(b).GetScoreMax(), risk(a).GetScoreMax())
	})
	place := uint32(0)
	for i, e := range sorted {
		if i == 0 || risk(e).GetScoreMax() != risk(sorted[i-1]).GetScoreMax() {
			place = uint32(i + 1) //nolint:gosec // a list in memory
		}
		set(e, place)
	}
}
