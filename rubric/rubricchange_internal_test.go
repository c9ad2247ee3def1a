package rubric

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/testing/protocmp"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
	"github.com/reviewpkg/sdk/reviewpkg"
)

func TestCompareRubrics(t *testing.T) {
	before, after := smallRubric(), smallRubric()
	// X.1 counts for nothing much any more, and X.2 is called Y.2.
	after.SetVersion("2.0.0")
	after.GetCriteria()[0].SetWeight(1)
	after.GetCriteria()[1].SetId("Y.2")
	packages := []*reviewpkgv1.ReviewPackage{
		parsePackage(t, "{id: weak, labels: {a: '2', b: '0'}}"),
		parsePackage(t, "{id: strong, labels: {a: '2', b: '2'}}"),
		parsePackage(t, "{id: middle, labels: {a: '1', b: '2'}}"),
	}
	change, err := CompareRubrics(packages, before, after)
	if err != nil {
		t.Fatal(err)
	}
	if err := reviewpkg.Validate(change); err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, p := range change.GetPackages() {
		line := p.GetPackage() + " " + string(rune('0'+p.GetRankBefore())) + ">" + string(rune('0'+p.GetRankAfter()))
		for _, d := range p.GetDimensions() {
			line += " " + d.GetDimension() + " " + riskWords(d.GetBefore()) + ">" + riskWords(d.GetAfter())
		}
		for _, c := range p.GetCriteria() {
			switch {
			case !c.HasBefore():
				line += " +" + c.GetCriterion()
			case !c.HasAfter():
				line += " -" + c.GetCriterion()
			default:
				line += " ~" + c.GetCriterion()
			}
		}
		got = append(got, line)
	}
	// All three are at medium weakness at first. (667*2+0)/3 is 444, and
	// (667+0)/2 is 333, which is high.
	want := []string{
		"weak 1>1 X medium (210)>high (800) -X.2 +Y.2",
		"strong 1>2 -X.2 +Y.2",
		"middle 1>2 -X.2 +Y.2",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if v := change.GetAfter(); v.GetRubric() != "small" || v.GetVersion() != "2.0.0" || v.GetDigest() != digest(t, after) {
		t.Errorf("the rubric after is %v", v)
	}
	same, err := CompareRubrics(packages, before, smallRubric())
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range same.GetPackages() {
		if len(p.GetDimensions())+len(p.GetCriteria()) > 0 || p.GetRankBefore() != p.GetRankAfter() ||
			cmp.Diff(p.GetBefore(), p.GetAfter(), protocmp.Transform()) != "" {
			t.Errorf("under the same rubric %s moves: %v", p.GetPackage(), p)
		}
	}
}

func TestCompareRubricsRefuses(t *testing.T) {
	p := []*reviewpkgv1.ReviewPackage{parsePackage(t, "{id: p}")}
	invalid := smallRubric()
	invalid.SetFindingMatrixId("lost")
	for _, test := range []struct {
		packages      []*reviewpkgv1.ReviewPackage
		before, after *reviewpkgv1.Rubric
		want          string
	}{
		{p, nil, smallRubric(), "two rubrics"},
		{p, smallRubric(), nil, "two rubrics"},
		{p, invalid, smallRubric(), "the rubric before"},
		{p, smallRubric(), invalid, "the rubric after"},
		{[]*reviewpkgv1.ReviewPackage{nil}, smallRubric(), smallRubric(), "no package"},
	} {
		if _, err := CompareRubrics(test.packages, test.before, test.after); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%v, want %s", err, test.want)
		}
	}
}
