package export

import (
	"slices"

	"github.com/reviewpkg/sdk/internal/inwords"
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
	standing := []string{
		"This report is not an endorsement of the project or of the package.",
		"This report is not an audit. It shows what was reviewed and recorded, and says nothing about the rest.",
		"This report does not relieve anybody who uses the project from their own due diligence.",
	}
	if isDraft(p) {
		standing = append(standing, draftNotice(p))
	}
	missing := slices.DeleteFunc(standing, func(s string) bool { return slices.Contains(given, s) })
	return append(missing, given...)
}

// isDraft reports whether exports must mark p as a draft. An obsolete package
// is marked too: it was overtaken, and nobody stands behind it any more.
func isDraft(p *reviewpkgv1.ReviewPackage) bool {
	return p.GetStatus() != reviewpkgv1.PackageStatus_PACKAGE_STATUS_FINAL
}

// draftNotice says what it means that p is a draft.
func draftNotice(p *reviewpkgv1.ReviewPackage) string {
	if p.GetStatus() == reviewpkgv1.PackageStatus_PACKAGE_STATUS_OBSOLETE {
		return "This package is obsolete and counts as a draft. Do not rely on its content."
	}
	return "This package is a draft and not final (status: " + inwords.Enum(p.GetStatus()) +
		"). Its content may be incomplete, unconfirmed or wrong."
}
