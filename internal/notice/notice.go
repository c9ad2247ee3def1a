// Package notice has the words that every export of a package carries, whatever
// its form.
package notice

import (
	"github.com/reviewpkg/sdk/internal/inwords"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// Standing returns what an export of p is not, and that p is a draft if it is
// one. what is the word for the export: report, document.
func Standing(what string, p *reviewpkgv1.ReviewPackage) []string {
	standing := []string{
		"This " + what + " is not an endorsement of the project or of the package.",
		"This " + what + " is not an audit. It shows what was reviewed and recorded, and says nothing about the rest.",
		"This " + what + " does not relieve anybody who uses the project from their own due diligence.",
	}
	if IsDraft(p) {
		standing = append(standing, Draft(p))
	}
	return standing
}

// IsDraft reports whether exports must mark p as a draft. An obsolete package
// is marked too: it was overtaken, and nobody stands behind it any more.
func IsDraft(p *reviewpkgv1.ReviewPackage) bool {
	return p.GetStatus() != reviewpkgv1.PackageStatus_PACKAGE_STATUS_FINAL
}

// Draft says what it means that p is a draft.
func Draft(p *reviewpkgv1.ReviewPackage) string {
	if p.GetStatus() == reviewpkgv1.PackageStatus_PACKAGE_STATUS_OBSOLETE {
		return "This package is obsolete and counts as a draft. Do not rely on its content."
	}
	return "This package is a draft and not final (status: " + inwords.Enum(p.GetStatus()) +
		"). Its content may be incomplete, unconfirmed or wrong."
}
