package celview_test

import (
	"fmt"
	"testing"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"
	"pgregory.net/rapid"

	"github.com/reviewpkg/sdk/internal/celview"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// A question is a field of a finding that may be unknown.
type question struct {
	name   protoreflect.Name
	values int
}

var questions = []question{{"likelihood", 5}, {"impact", 5}, {"in_self_assessment", 2}, {"rejection_reason", 3}}

// drawFinding draws a finding of whose questions some are open.
func drawFinding(t *rapid.T, id string) *reviewpkgv1.Finding {
	f := reviewpkgv1.Finding_builder{Id: id, Title: rapid.SampledFrom([]string{"", "A", "B"}).Draw(t, "title")}.Build()
	level := func(name string) reviewpkgv1.Level { return reviewpkgv1.Level(rapid.Int32Range(0, 5).Draw(t, name)) }
	f.SetLikelihood(level("likelihood"))
	if rapid.Bool().Draw(t, "range") {
		f.SetLikelihoodMax(level("likelihood max"))
	}
	f.SetImpact(level("impact"))
	f.SetInSelfAssessment(reviewpkgv1.Answer(rapid.Int32Range(0, 3).Draw(t, "answer")))
	f.SetRejectionReason(reviewpkgv1.RejectionReason(rapid.Int32Range(0, 3).Draw(t, "reason")))
	return f
}

// drawExpression draws an expression over two findings.
func drawExpression(t *rapid.T, depth int) string {
	who := rapid.SampledFrom([]string{"pkg.findings[0]", "pkg.findings[1]", "finding"}).Draw(t, "who")
	q := rapid.SampledFrom(questions).Draw(t, "question")
	number := func() string { return fmt.Sprint(rapid.IntRange(0, q.values).Draw(t, "number")) }
	op := rapid.SampledFrom([]string{"==", "!=", "<", "<=", ">", ">="}).Draw(t, "operator")
	sub := func() string { return drawExpression(t, depth-1) }
	kind := rapid.IntRange(0, 9).Draw(t, "kind")
	if depth == 0 {
		kind %= 4
	}
	switch kind {
	case 0:
		return fmt.Sprintf("%s.%s %s %s", who, q.name, op, number())
	case 1:
		return fmt.Sprintf("%s.title %s 'A'", who, op)
	case 2:
		return fmt.Sprintf("%s.%s in [%s, %s]", who, q.name, number(), number())
	case 3:
		return fmt.Sprintf("finding.%s %s pkg.findings[1].%s", q.name, op, rapid.SampledFrom(questions).Draw(t, "other").name)
	case 4:
		return "!(" + sub() + ")"
	case 5:
		return fmt.Sprintf("(%s ? %s : %s)", sub(), sub(), sub())
	case 6:
		loop := rapid.SampledFrom([]string{"all", "exists", "exists_one"}).Draw(t, "loop")
		return fmt.Sprintf("pkg.findings.%s(f, f.%s %s %s)", loop, q.name, op, number())
	case 7:
		return fmt.Sprintf("pkg.findings.filter(f, f.%s %s %s).size() %s 1", q.name, op, number(), op)
	case 8:
		return "(" + sub() + " && " + sub() + ")"
	default:
		return "(" + sub() + " || " + sub() + ")"
	}
}

// completions calls visit with every package that says what p leaves open.
func completions(p *reviewpkgv1.ReviewPackage, visit func(*reviewpkgv1.ReviewPackage)) {
	open := []func(*reviewpkgv1.Finding) (protoreflect.FieldDescriptor, int64, int64){}
	for _, q := range questions {
		open = append(open, func(f *reviewpkgv1.Finding) (protoreflect.FieldDescriptor, int64, int64) {
			m := f.ProtoReflect()
			fd := m.Descriptor().Fields().ByName(q.name)
			n := int64(m.Get(fd).Enum())
			upper := int64(f.GetLikelihoodMax())
			switch {
			case n == 0 || n > int64(q.values):
				return fd, 1, int64(q.values)
			case q.name == "likelihood" && upper != 0:
				return fd, min(n, upper), max(n, upper)
			default:
				return fd, n, n
			}
		})
	}
	var fill func(p *reviewpkgv1.ReviewPackage, at int)
	fill = func(p *reviewpkgv1.ReviewPackage, at int) {
		if at == len(p.GetFindings())*len(questions) {
			visit(p)
			return
		}
		f := p.GetFindings()[at/len(questions)]
		fd, low, high := open[at%len(questions)](f)
		for n := low; n <= high; n++ {
			filled := proto.CloneOf(p)
			g := filled.GetFindings()[at/len(questions)]
			g.ProtoReflect().Set(fd, protoreflect.ValueOfEnum(protoreflect.EnumNumber(n)))
			if fd.Name() == "likelihood" {
				g.SetLikelihoodMax(0)
			}
			fill(filled, at+1)
		}
	}
	fill(p, 0)
}

// TestDecideIsExact holds what is decided against what an ordinary evaluation
// gives for every way to answer what is open, and Quick against CEL.
func TestDecideIsExact(t *testing.T) {
	plain, err := cel.NewEnv(append(variables(), cel.Types(&reviewpkgv1.ReviewPackage{}))...)
	if err != nil {
		t.Fatal(err)
	}
	shared := newFixture(t, &reviewpkgv1.ReviewPackage{})
	rapid.Check(t, func(t *rapid.T) {
		p := reviewpkgv1.ReviewPackage_builder{Id: "p", Findings: []*reviewpkgv1.Finding{drawFinding(t, "a"), drawFinding(t, "b")}}.Build()
		// Each of these alone is tried by other draws, and all at once take too long.
		p.GetFindings()[1].SetInSelfAssessment(reviewpkgv1.Answer_ANSWER_NO)
		p.GetFindings()[1].SetRejectionReason(reviewpkgv1.RejectionReason_REJECTION_REASON_DUPLICATE)
		if p.GetFindings()[0].GetImpact() == 0 {
			p.GetFindings()[1].SetImpact(reviewpkgv1.Level_LEVEL_LOW)
		}
		text := drawExpression(t, 3)
		ast, issues := plain.Compile(text)
		if issues.Err() != nil {
			t.Fatal(issues.Err())
		}
		program, err := plain.Program(ast)
		if err != nil {
			t.Fatal(err)
		}
		seen := map[bool]bool{}
		completions(p, func(p *reviewpkgv1.ReviewPackage) {
			v, _, err := program.Eval(map[string]any{"pkg": p, "finding": p.GetFindings()[0]})
			if err != nil {
				t.Fatal(err)
			}
			seen[v == types.True] = true
		})
		shared.read(p)
		got := shared.decide(t, text, 100_000)
		switch {
		case len(seen) == 1 && got != fmt.Sprint(seen[true]):
			t.Fatalf("%s is %s, want %t", text, got, seen[true])
		case len(seen) == 2 && (got == "true" || got == "false" || got == "error"):
			t.Fatalf("%s is %s, and may be both", text, got)
		}
		shared.eval(t, text)
	})
}

// TestEscapes holds what is said of some expressions together against a look at
// all answers.
func TestEscapes(t *testing.T) {
	shared := newFixture(t, &reviewpkgv1.ReviewPackage{})
	rapid.Check(t, func(t *rapid.T) {
		f := reviewpkgv1.Finding_builder{Id: "a"}.Build()
		shared.read(reviewpkgv1.ReviewPackage_builder{Findings: []*reviewpkgv1.Finding{f, f}}.Build())
		var texts []string
		var trees []*celview.Tree
		for range rapid.IntRange(1, 4).Draw(t, "number") {
			text := fmt.Sprintf("finding.likelihood %s %d || finding.impact %s %d",
				rapid.SampledFrom([]string{"==", "<", ">"}).Draw(t, "operator"), rapid.IntRange(0, 6).Draw(t, "level"),
				rapid.SampledFrom([]string{"!=", "<", ">"}).Draw(t, "operator"), rapid.IntRange(0, 6).Draw(t, "level"))
			program, _ := shared.compile(t, text)
			budget := 1000
			tree, err := shared.session.Decide(&budget, func() (v ref.Val, err error) {
				v, _, err = program.Eval(&shared.vars)
				return v, err
			})
			if err != nil {
				t.Fatal(err)
			}
			texts, trees = append(texts, "("+text+")"), append(trees, tree)
		}
		all := ""
		for i, text := range texts {
			if i > 0 {
				all += " && "
			}
			all += text
		}
		budget := 10_000
		if got, want := celview.Escapes(trees, &budget), shared.decide(t, all, 10_000) != "false"; got != want {
			t.Fatalf("%s: %t, want %t", all, got, want)
		}
		none := 0
		if !celview.Escapes(trees, &none) {
			t.Fatal("without a look it is certain")
		}
	})
}
