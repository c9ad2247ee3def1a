package celview_test

import (
	"strings"
	"testing"

	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"
)

// TestQuick says what needs no CEL, and what is left to it. That both agree is
// held by all other tests.
func TestQuick(t *testing.T) {
	p := parse(t, sample)
	p.GetFindings()[1].SetDescription(strings.Repeat("x", 20_000))
	f := newFixture(t, p)
	for _, test := range []struct {
		text  string
		want  ref.Val // nil for what is left to CEL
		whole bool
	}{
		{text: "finding.kind == FindingKind.FINDING_KIND_DESIGN && !(finding.title < 'A')", want: types.True, whole: true},
		{text: "finding.kind in [1, FindingKind.FINDING_KIND_PROCESS] ? has(finding.raised) : false", want: types.True, whole: true},
		{text: "size(finding.asset_ids) + 0 == 1"},
		{text: "size(finding.asset_ids) >= 1 && finding.title.size() <= 1", want: types.True, whole: true},
		{text: "finding.title.startsWith('A') && finding.title.endsWith('A') && finding.title.contains('A') && finding.title.matches('^A$')", want: types.True},
		{text: "finding.asset_ids.all(a, a == 'x' && pkg.findings.exists(f, f.id == 'b' && a != ''))", want: types.True},
		{text: "pkg.findings.all(f, f.id == 'a')", want: types.False},
		{text: "pkg.findings.exists(f, f.likelihood > 4 || f.id == 'b')", want: types.True},
		{text: "finding.likelihood > 1 && finding.title == 'A'", want: types.NewUnknown(0, nil), whole: true},
		{text: "finding.likelihood > 1 && size(finding.trackers) + 0 == 1"},
		{text: "pkg.findings.all(f, !(f.likelihood in [1])) ? true : false", want: types.NewUnknown(0, nil)},
		{text: "finding.likelihood > 1 && finding.title == 'B'", want: types.False, whole: true},
		{text: "pkg.labels['x'] == '' || finding.title == 'A'", want: types.True},
		{text: "pkg.findings.exists_one(f, f.id == 'a')"},
		{text: "pkg.findings.all(f, pkg.findings.all(g, g.description.contains('x') || f.id == g.id))"},
		{text: "finding.title == string(1)"},
		{text: "finding.title.matches(finding.id)"},
		{text: "true == (1 < 2)", want: types.True, whole: true},
		{text: "false < true && 1u < 2u", want: types.True, whole: true},
		{text: "dyn(1) == 1u"},
	} {
		checked, issues := f.env.Compile(test.text)
		if issues.Err() != nil {
			t.Fatal(issues.Err())
		}
		quick, whole := f.types.Quick(checked, names, nil)
		if got, _ := quick.Run(&f.vars); !agree(got, test.want) {
			t.Errorf("%s is %v, want %v", test.text, got, test.want)
		}
		if whole != test.whole {
			t.Errorf("%s: whole is %t", test.text, whole)
		}
		f.eval(t, test.text)
	}
}
