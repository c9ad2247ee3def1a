package examples_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
	"github.com/reviewpkg/sdk/reviewpkg"
	"github.com/reviewpkg/sdk/reviewpkg/cncf"
	"github.com/reviewpkg/sdk/reviewpkg/openstack"
	"github.com/reviewpkg/sdk/rubric"
)

// corpusProjects imports the projects of the corpus of real documents.
func corpusProjects(t *testing.T) map[string]*reviewpkgv1.ReviewPackage {
	t.Helper()
	const root = "../../shared/corpus"
	if _, err := os.Stat(root); err != nil {
		t.Skip("the corpus of real documents is not here: ", err)
	}
	projects := map[string]*reviewpkgv1.ReviewPackage{}
	for community, read := range map[string]func(fs.FS) (*reviewpkgv1.ReviewPackage, *reviewpkgv1.ImportReport, error){
		"cncf": cncf.Import, "openstack": openstack.Import,
	} {
		entries, err := os.ReadDir(filepath.Join(root, community))
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range entries {
			if !e.IsDir() || strings.Contains(e.Name(), "templates") {
				continue
			}
			dir := filepath.Join(root, community, e.Name())
			// OpenStack keeps a folder for each release.
			if below, _ := filepath.Glob(filepath.Join(dir, "*", "*.rst")); len(below) > 0 {
				dir = filepath.Dir(below[0])
			}
			p, _, err := read(os.DirFS(dir))
			if err != nil {
				t.Fatalf("%s: %v", e.Name(), err)
			}
			projects[e.Name()] = p
		}
	}
	return projects
}

// Every real project is judged under two policies, and whoever does not believe
// the verdict finds its reasons: each reason that does not pass names fields,
// and what was read of a document for them has lines there.
func TestCorpusVerdicts(t *testing.T) {
	projects := corpusProjects(t)
	for _, name := range []string{"../examples/policies/research-cloud.yaml", "../examples/policies/payment-provider.yaml"} {
		policy, err := rubric.LoadPolicy(name)
		if err != nil {
			t.Fatal(err)
		}
		judge, err := rubric.CompareOptions{AllowDraft: true, AsOf: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)}.Judge(policy)
		if err != nil {
			t.Fatal(err)
		}
		for project, p := range projects {
			profile, err := rubric.ScoreOptions{Explain: true}.Score(p)
			if err != nil {
				t.Fatalf("%s: %v", project, err)
			}
			verdict, err := judge.Compare(p, profile)
			if err != nil {
				t.Fatalf("%s under %s: %v", project, policy.GetId(), err)
			}
			if err := reviewpkg.Validate(verdict); err != nil {
				t.Errorf("%s under %s: %v", project, policy.GetId(), err)
			}
			sourced, open := reasons(verdict, profile, p)
			t.Logf("%s under %s: %s, %d reasons with lines of a document, %d that it does not answer",
				project, policy.GetId(), strings.TrimPrefix(verdict.GetOutcome().String(), "OUTCOME_"), sourced, open)
			if verdict.GetOutcome() != reviewpkgv1.Outcome_OUTCOME_PASS && sourced+open == 0 {
				t.Errorf("%s under %s: %s, and nothing says why", project, policy.GetId(), verdict.GetOutcome())
			}
			for _, c := range unsourced(profile, p) {
				t.Errorf("%s: nobody can look up why %s is at its level: %v", project, c.GetCriterion(), c.GetPaths())
			}
			for _, f := range p.GetFindings() {
				if !hasSource(p, `findings["`+f.GetId()+`"]`) {
					t.Errorf("%s: nobody can look up the finding %s", project, f.GetId())
				}
			}
		}
	}
}

// reasons counts the reasons of the rules that did not pass: those that were
// read from a document, and those that no document answers. What the criteria of
// a dimension leave open is read where its criteria are.
func reasons(v *reviewpkgv1.Verdict, profile *reviewpkgv1.RiskProfile, p *reviewpkgv1.ReviewPackage) (sourced, open int) {
	criteria := map[string][]string{}
	for _, d := range profile.GetDimensions() {
		for _, c := range d.GetCriteria() {
			gap := `criteria["` + d.GetDimension() + `"]`
			criteria[gap] = append(criteria[gap], c.GetPaths()...)
		}
	}
	for _, r := range v.GetResults() {
		if r.GetOutcome() == reviewpkgv1.Outcome_OUTCOME_PASS {
			continue
		}
		for _, path := range r.GetPaths() {
			if hasSource(p, path) || slices.ContainsFunc(criteria[path], func(read string) bool { return hasSource(p, read) }) {
				sourced++
			} else {
				open++
			}
		}
	}
	return sourced, open
}

// unsourced returns the criteria whose level the package shows by nothing that
// was read from lines of a document. That something is declared absent shows the
// lowest level, and may be read from a table or from a box that is not ticked.
func unsourced(profile *reviewpkgv1.RiskProfile, p *reviewpkgv1.ReviewPackage) []*reviewpkgv1.CriterionResult {
	var list []*reviewpkgv1.CriterionResult
	for _, d := range profile.GetDimensions() {
		for _, c := range d.GetCriteria() {
			shown := slices.ContainsFunc(c.GetPaths(), func(path string) bool { return hasSource(p, path) })
			if c.GetOrigin() == reviewpkgv1.ScoreOrigin_SCORE_ORIGIN_DERIVED && c.GetLevelMin() > 0 && !shown {
				list = append(list, c)
			}
		}
	}
	return list
}

// hasSource reports whether a field, something in it, or the nearest of what it
// is part of, was read from lines of a document.
func hasSource(p *reviewpkgv1.ReviewPackage, path string) bool {
	for _, s := range p.GetValueSources() {
		if s.GetStartLine() == 0 {
			continue
		}
		inside := func(outer, inner string) bool {
			return strings.HasPrefix(inner, outer) && strings.IndexAny(inner[len(outer):], ".[") == 0
		}
		if s.GetPath() == path || inside(path, s.GetPath()) || inside(s.GetPath(), path) {
			return true
		}
	}
	return false
}
