package export

import (
	"slices"

	"github.com/reviewpkg/sdk/internal/notice"
	"github.com/reviewpkg/sdk/reviewpkg"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// NewReport returns the report on a package: its completeness for each process
// that it follows, the disclaimers, and what else there is to say about it.
// Profile and verdict may be nil. The diagnostics are those of loading or
// validating p, in any number.
//
// The report refers to its arguments and does not copy them: whoever changes
// the package later changes the report as well.
func NewReport(
	p *reviewpkgv1.ReviewPackage,
	profile *reviewpkgv1.RiskProfile,
	verdict *reviewpkgv1.Verdict,
	diagnostics ...reviewpkg.Diagnostic,
) *reviewpkgv1.Report {
	r := reviewpkgv1.Report_builder{
		Schema:  "reviewpkg.v1.Report",
		Package: p,
		Profile: profile,
		Verdict: verdict,
	}
	for _, process := range p.GetProcesses() {
		r.Completeness = append(r.Completeness, reviewpkg.Completeness(p, process))
	}
	r.Diagnostics = reviewpkg.Diagnostics(diagnostics).Report().GetDiagnostics()
	r.Disclaimers = disclaimers(nil, p)
	return r.Build()
}

// disclaimers returns the given ones and, before them, those that every export
// of p carries and that are not among them.
func disclaimers(given []string, p *reviewpkgv1.ReviewPackage) []string {
	standing := notice.Standing("report", p)
	missing := slices.DeleteFunc(standing, func(s string) bool { return slices.Contains(given, s) })
	return append(missing, given...)
}
