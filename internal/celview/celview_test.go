package celview_test

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"
	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/encoding/prototext"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"

	"github.com/reviewpkg/sdk/internal/celview"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// A fixture is a package and a finding of it, and what evaluates expressions
// over them.
type fixture struct {
	types   *celview.Types
	env     *cel.Env
	session *celview.Session
	vars    celview.Vars
}

var names = []string{"pkg", "finding"}

func newFixture(t fatal, p *reviewpkgv1.ReviewPackage) *fixture {
	keys := map[protoreflect.FullName]protoreflect.Name{"reviewpkg.v1.Tracker": "url"}
	v, err := celview.New(keys, &reviewpkgv1.ReviewPackage{})
	if err != nil {
		t.Fatal(err)
	}
	env, err := cel.NewEnv(append(v.EnvOptions(), variables()...)...)
	if err != nil {
		t.Fatal(err)
	}
	f := &fixture{types: v, env: env}
	f.read(p)
	return f
}

// read begins a session on a package.
func (f *fixture) read(p *reviewpkgv1.ReviewPackage) {
	f.session = f.types.NewSession(nil)
	root := f.session.Root(p, "")
	f.vars = celview.Vars{Names: names, Objects: []*celview.Object{root, root}}
	if list, ok := root.Get(types.String("findings")).(*celview.List); ok && list.Len() > 0 {
		f.vars.Objects[1] = list.Item(0)
	}
}

type fatal interface {
	Fatal(args ...any)
	Fatalf(format string, args ...any)
}

func variables() []cel.EnvOption {
	return []cel.EnvOption{
		cel.Container("reviewpkg.v1"),
		cel.Variable("pkg", cel.ObjectType("reviewpkg.v1.ReviewPackage")),
		cel.Variable("finding", cel.ObjectType("reviewpkg.v1.Finding")),
	}
}

// compile compiles an expression in two ways.
func (f *fixture) compile(t fatal, text string) (cel.Program, celview.Quick) {
	checked, issues := f.env.Compile(text)
	if issues.Err() != nil {
		t.Fatal(issues.Err())
	}
	program, err := f.env.Program(checked, cel.EvalOptions(cel.OptOptimize))
	if err != nil {
		t.Fatal(err)
	}
	quick, _ := f.types.Quick(checked, names, nil)
	return program, quick
}

// eval evaluates an expression, and holds what is quick against it.
func (f *fixture) eval(t fatal, text string) (ref.Val, error) {
	program, quick := f.compile(t, text)
	v, _, err := program.Eval(&f.vars)
	if q, _ := quick.Run(&f.vars); q != nil && (err != nil || !agree(q, v)) {
		t.Fatalf("%s is quickly %v, and else %v (%v)", text, q, v, err)
	}
	return v, err
}

// agree reports whether two results are the same, or both unknown.
func agree(a, b ref.Val) bool {
	if a == nil || b == nil || types.IsUnknown(a) || types.IsUnknown(b) {
		return a == b || types.IsUnknown(a) && types.IsUnknown(b)
	}
	return a.Equal(b) == types.True
}

// decide decides an expression: true, false, or the paths that it takes.
func (f *fixture) decide(t fatal, text string, budget int) string {
	program, _ := f.compile(t, text)
	tree, err := f.session.Decide(&budget, func() (ref.Val, error) {
		v, _, err := program.Eval(&f.vars)
		return v, err
	})
	if err != nil {
		return "error"
	}
	if tree.Decided() {
		return fmt.Sprint(tree.Value)
	}
	var paths []string
	for _, a := range tree.Atoms() {
		paths = append(paths, a.Path())
	}
	slices.Sort(paths)
	return strings.Join(paths, " ")
}

func parse(t fatal, text string) *reviewpkgv1.ReviewPackage {
	p := &reviewpkgv1.ReviewPackage{}
	if err := prototext.Unmarshal([]byte(text), p); err != nil {
		t.Fatal(err)
	}
	return p
}

const sample = `
id: "p" labels {key: "tier" value: "1"}
findings {
  id: "a" title: "A" impact: LEVEL_LOW impact_max: LEVEL_HIGH kind: FINDING_KIND_DESIGN in_self_assessment: ANSWER_UNKNOWN
  asset_ids: "x" trackers {url: "https://a.example"} raised {value: "2026-05"}
}
findings {id: "b" likelihood: LEVEL_HIGH impact: 99}
findings {id: "b" likelihood: LEVEL_LOW likelihood_max: LEVEL_LOW}
self_assessment {}
`

func TestValues(t *testing.T) {
	f := newFixture(t, parse(t, sample))
	for text, want := range map[string]string{
		// What is stated.
		"finding.kind == FindingKind.FINDING_KIND_DESIGN":                                      "true",
		"finding.title == 'A' && finding.id != 'b'":                                            "true",
		"pkg.findings[2].likelihood == 2":                                                      "true",
		"pkg.findings[1].likelihood_max == 4":                                                  "true",
		"finding.impact_max == 4":                                                              "true",
		"pkg.labels['tier'] == '1' && 'x' in finding.asset_ids && !('y' in finding.asset_ids)": "true",
		"size(pkg.findings) == 3 && pkg.findings.size() == 3 && size(finding.title) == 1":      "true",
		"finding.trackers[0].url.startsWith('https:')":                                         "true",
		"finding.description == '' && !finding.trackers.exists(t, t.label != '')":              "true",
		"pkg.findings.map(f, f.id) == ['a', 'b', 'b']":                                         "true",
		"pkg.findings.filter(f, f.id == 'b').size() == 2":                                      "true",
		"pkg.findings.exists_one(f, f.title == 'A')":                                           "true",
		"(pkg.findings + pkg.disputed_findings).size()==3":                                     "true",
		"finding in pkg.findings && finding == pkg.findings[0] && finding != pkg.findings[1]":  "true",
		"type(finding) == Finding && dyn(finding).title == 'A' && has(dyn(finding).title)":     "true",
		"type(pkg.findings) == list":                                                           "true",
		// What is not.
		"finding.likelihood >= 1":                                                    "true",
		"finding.likelihood > 1":                                                     `findings["a"].likelihood`,
		"finding.likelihood == 0":                                                    "false",
		"finding.likelihood_max > 1":                                                 `findings["a"].likelihood`,
		"finding.impact >= 2 && finding.impact <= 4":                                 "true",
		"finding.impact == 3":                                                        `findings["a"].impact`,
		"finding.impact == 5":                                                        "false",
		"pkg.findings[1].impact != 99":                                               "true",
		"pkg.findings[2].impact > 2":                                                 "findings[2].impact",
		"finding.in_self_assessment in [1, 2]":                                       "true",
		"finding.in_self_assessment == Answer.ANSWER_YES":                            `findings["a"].in_self_assessment`,
		"finding.priority < 3u":                                                      `findings["a"].priority`,
		"finding.priority < 3u || finding.priority > 2u":                             `findings["a"].priority`,
		"finding.priority < 3u || finding.likelihood > 0":                            "true",
		"finding.agreement.state == AgreementState.AGREEMENT_STATE_AGREED":           `findings["a"].agreement.state`,
		"dyn(finding).likelihood > 1":                                                `findings["a"].likelihood`,
		"pkg.findings[finding.likelihood > 2 ? 0 : 1].id == 'a'":                     `findings["a"].likelihood`,
		"pkg.findings.all(f, f.likelihood > 1)":                                      `findings["a"].likelihood`,
		"pkg.findings.exists(f, f.likelihood == 4)":                                  "true",
		"finding.likelihood == pkg.findings[0].likelihood":                           "true",
		"(finding.likelihood > 2 ? finding : pkg.findings[1]).id == 'a'":             `findings["a"].likelihood`,
		"pkg.status == PackageStatus.PACKAGE_STATUS_FINAL && finding.likelihood > 1": `findings["a"].likelihood status`,
		// has() is always known.
		"has(finding.likelihood) || has(finding.priority) || has(finding.agreement) || has(dyn(finding).priority)": "false",
		"has(finding.impact) && has(finding.raised) && has(pkg.self_assessment) && !has(pkg.joint_review.use)":     "true",
		// Mistakes.
		"pkg.findings[7].id == ''":                        "error",
		"pkg.labels['x'] == ''":                           "error",
		"finding.likelihood > 2 || pkg.labels['x'] == ''": "error",
		"dyn(finding).nothing == 1":                       "error",
		"dyn(finding)[0] == 1":                            "error",
		"has(dyn(finding).nothing)":                       "error",
		"string(dyn(finding)) == ''":                      "error",
		"Finding{id: 'a'} == finding":                     "error",
	} {
		if got := f.decide(t, text, 4096); got != want {
			t.Errorf("%s is %s, want %s", text, got, want)
		}
		if want != "error" {
			f.eval(t, text)
		}
	}
}

// TestKleene holds the tables of and, or, not and the conditional, where ? is
// unknown.
func TestKleene(t *testing.T) {
	f := newFixture(t, parse(t, sample))
	text := map[string]string{"T": "finding.id == 'a'", "F": "finding.id == 'b'", "?": "finding.priority < 3u"}
	show := func(v ref.Val) string {
		switch v {
		case types.True:
			return "T"
		case types.False:
			return "F"
		default:
			if !types.IsUnknown(v) {
				t.Fatalf("%v", v)
			}
			return "?"
		}
	}
	want := map[string]string{
		"&&": "TT=T TF=F T?=? FT=F FF=F F?=F ?T=? ?F=F ??=?",
		"||": "TT=T TF=T T?=T FT=T FF=F F?=? ?T=T ?F=? ??=?",
		"==": "TT=T TF=F T?=? FT=F FF=T F?=? ?T=? ?F=? ??=?",
	}
	for op, table := range want {
		var got []string
		for _, a := range []string{"T", "F", "?"} {
			for _, b := range []string{"T", "F", "?"} {
				v, err := f.eval(t, "("+text[a]+") "+op+" ("+text[b]+")")
				if err != nil {
					t.Fatal(err)
				}
				got = append(got, a+b+"="+show(v))
			}
		}
		if diff := cmp.Diff(table, strings.Join(got, " ")); diff != "" {
			t.Errorf("%s: %s", op, diff)
		}
	}
	for expression, want := range map[string]string{
		"!(finding.priority < 3u)": "?", "finding.priority < 3u ? true : true": "?", "finding.id == 'a' ? true : finding.priority < 3u": "T",
	} {
		if v, err := f.eval(t, expression); err != nil || show(v) != want {
			t.Errorf("%s is %v, %v", expression, v, err)
		}
	}
}

// TestOnePlace holds that a field is one unknown however it is reached.
func TestOnePlace(t *testing.T) {
	f := newFixture(t, parse(t, sample))
	a, _ := f.eval(t, "finding.likelihood > 1")
	b, _ := f.eval(t, "pkg.findings.filter(f, f.id == 'a')[0].likelihood > 1")
	if x, y := a.(*types.Unknown).IDs(), b.(*types.Unknown).IDs(); !slices.Equal(x, y) || len(x) != 1 {
		t.Errorf("%v and %v", x, y)
	}
}

func TestRecord(t *testing.T) {
	long := strings.Repeat("long ", 100)
	p := parse(t, sample)
	p.GetFindings()[0].SetDescription(long + "\n\x1b[31m")
	f := newFixture(t, p)
	program, _ := f.compile(t, "finding.kind == 1 && finding.title == 'A' && finding.description != '' && finding.likelihood_max != 0 && "+
		"finding.impact != 0 && has(finding.raised) && !has(finding.agreement) && has(finding.kind) && finding.kind == 1 && size(finding.trackers) == 1 && "+
		"pkg.findings.exists(f, f.id == 'z')")
	got := f.session.Record(11, func() { program.Eval(&f.vars) })
	want := []celview.Read{
		{`findings["a"].kind`, "design"}, {`findings["a"].title`, "A"},
		{`findings["a"].description`, strings.Repeat("long ", 16)[:77] + "..."},
		{`findings["a"].likelihood_max`, "not stated"}, {`findings["a"].impact`, "low to high"},
		{`findings["a"].raised`, "stated"}, {`findings["a"].agreement`, "not stated"},
		{`findings["a"].trackers`, "1 item"}, {"findings", "3 items"}, {`findings["a"].id`, "a"}, {"findings[1].id", "b"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if f.session.Recording() || len(f.session.Record(0, func() { program.Eval(&f.vars) })) != 0 {
		t.Error("it goes on")
	}
}

func TestPaths(t *testing.T) {
	f := newFixture(t, parse(t, sample))
	root, finding := f.vars.Objects[0], f.vars.Objects[1]
	tracker := finding.Get(types.String("trackers")).(*celview.List).Item(0)
	for got, want := range map[string]string{
		root.Path():          "",
		finding.Path():       `findings["a"]`,
		tracker.Path():       `findings["a"].trackers["https://a.example"]`,
		tracker.FieldPath(0): `findings["a"].trackers["https://a.example"].url`,
		f.session.Root(&reviewpkgv1.ReviewPackage{}, "other").FieldPath(1): "other.id",
		f.session.Named("as_of").Path():                                    "as_of",
	} {
		if got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
	if first := f.session.Named("as_of"); first != f.session.Named("as_of") || f.session.Atom(finding, 3, 0, 1) != f.session.Atom(finding, 3) {
		t.Error("one place is two unknowns")
	}
	if parent, field := tracker.In(); parent != finding || field.Name() != "trackers" {
		t.Errorf("%v, %v", parent, field)
	}
	if parent, _ := root.In(); parent != nil {
		t.Error("the root stands in something")
	}
}

func TestNothingChanges(t *testing.T) {
	p := parse(t, sample)
	before := proto.CloneOf(p)
	f := newFixture(t, p)
	for range 2 {
		f.decide(t, "pkg.findings.all(f, f.likelihood + f.impact > 3 || f.agreement.state == 1)", 4096)
	}
	if !proto.Equal(before, p) {
		t.Error("the package changed")
	}
}

func TestBudget(t *testing.T) {
	f := newFixture(t, parse(t, sample))
	text := "finding.likelihood + finding.impact + finding.origin + finding.remedy + pkg.status > 3"
	if got := f.decide(t, text, 10000); got != "true" {
		t.Errorf("it is %s", got)
	}
	if got := f.decide(t, text, 20); !strings.Contains(got, "likelihood") {
		t.Errorf("with a small budget it is %s", got)
	}
}

func TestNoConversion(t *testing.T) {
	f := newFixture(t, parse(t, sample))
	object := f.vars.Objects[1]
	list := object.Get(types.String("trackers")).(*celview.List)
	for _, v := range []ref.Val{object, list} {
		if v.Value() != v {
			t.Errorf("%T has another value", v)
		}
		if _, err := v.ConvertToNative(reflect.TypeFor[string]()); err == nil {
			t.Errorf("%T becomes a text", v)
		}
	}
	if o, err := object.ConvertToNative(reflect.TypeFor[*celview.Object]()); o != object || err != nil {
		t.Errorf("%v, %v", o, err)
	}
	if !types.IsError(list.Get(types.String("a"))) || !types.IsError(list.Get(types.Int(1))) {
		t.Error("there is an item where there is none")
	}
	if list.Equal(list) != types.True || list.Contains(types.Int(1)) != types.False || object.Equal(list) != types.False {
		t.Error("equal to something else")
	}
	if f.vars.Parent() != nil {
		t.Error("there are more variables")
	}
}
