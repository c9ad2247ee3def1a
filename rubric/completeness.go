package rubric

import (
	"fmt"
	"slices"
	"strings"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
	"github.com/reviewpkg/sdk/reviewpkg"
)

// completenessRules compares how complete the package is with what is wanted.
//
// A requirement is for packages that follow its process, so that one policy can
// serve both communities: for any other package it is met. But a package that
// follows none of the processes that the policy asks about has shown nothing,
// and cannot pass by naming no process, or one of its own choice: then every
// requirement is undecided.
func (c *comparison) completenessRules() []*reviewpkgv1.RuleResult {
	requirements := c.policy.GetCompleteness()
	follows := func(r *reviewpkgv1.CompletenessRequirement) bool {
		return slices.Contains(c.pkg.GetProcesses(), r.GetProcess())
	}
	// A process of which nothing is demanded but a warning is no way out.
	some := slices.ContainsFunc(requirements, func(r *reviewpkgv1.CompletenessRequirement) bool {
		return follows(r) && !r.GetWarnOnly()
	})
	results := make([]*reviewpkgv1.RuleResult, len(requirements))
	for i, r := range requirements {
		b := reviewpkgv1.RuleResult_builder{
			Rule:       completenessRule(r.GetProcess()),
			PolicyPath: indexed("completeness", i),
			Wanted:     fmt.Sprintf("at least %d of 1000 over the parts", r.GetMinPermille()),
		}
		if codes := r.GetRequiredCodes(); len(codes) > 0 {
			b.Wanted += ", and no gap " + strings.Join(codes, ", ")
		}
		switch {
		case follows(r):
			measure(&b, r, reviewpkg.Completeness(c.pkg, r.GetProcess()))
		case some:
			b.Outcome, b.Found = pass, "not applicable"
			b.Message = "the package does not follow this process, so that the requirement does not apply"
		default:
			b.Outcome, b.Found, b.Paths, b.Unknowns = indeterminate, "no process", []string{"processes"}, []string{"processes"}
			b.Message = "the package follows no process that the policy asks about"
		}
		if r.GetWarnOnly() && b.Outcome != pass {
			b.Outcome = warn
		}
		results[i] = c.settle(&b, 0)
	}
	return results
}

// completenessRule returns the name of the rule for a process.
func completenessRule(process reviewpkgv1.ReviewProcess) string {
	return "completeness." + strings.ToLower(strings.TrimPrefix(process.String(), "REVIEW_PROCESS_"))
}

// measure compares the completeness of a package for a process with what is
// required.
func measure(b *reviewpkgv1.RuleResult_builder, r *reviewpkgv1.CompletenessRequirement, have *reviewpkgv1.Completeness) {
	// Nothing to check is not the same as nothing missing.
	if have.GetChecks() == 0 {
		b.Outcome, b.Found = indeterminate, "no checks"
		b.Message = "there are no checks for this process"
		return
	}
	b.Found = fmt.Sprintf("%d of 1000 over the parts, %d of %d checks met", have.GetMetPermille(), have.GetMet(), have.GetChecks())
	b.Outcome, b.Message = pass, "the package is as complete as is wanted: "+b.Found
	if have.GetMetPermille() < r.GetMinPermille() {
		b.Outcome, b.Message = fail, "the package is not as complete as is wanted: "+b.Found
		b.Paths = gapPaths(have, nil)
		return
	}
	if paths := gapPaths(have, r.GetRequiredCodes()); len(r.GetRequiredCodes()) > 0 && len(paths) > 0 {
		b.Outcome, b.Message = fail, "the package has gaps that are not accepted"
		b.Paths = paths
	}
}

// gapPaths returns the paths of the gaps with one of some codes, or of all gaps
// if there are no codes. Each stands once, and they are sorted, so that a list of
// the package in another order gives the same verdict.
func gapPaths(have *reviewpkgv1.Completeness, codes []string) []string {
	var paths []string
	seen := map[string]bool{}
	for _, g := range have.GetGaps() {
		if (len(codes) == 0 || slices.Contains(codes, g.GetCode())) && !seen[g.GetPath()] {
			seen[g.GetPath()] = true
			paths = append(paths, g.GetPath())
		}
	}
	slices.Sort(paths)
	return paths
}
