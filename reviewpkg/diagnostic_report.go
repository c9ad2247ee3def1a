package reviewpkg

import (
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// Report returns the list as a message, so that it can be written like any
// other document. A position that is not known, or that no reader would make,
// is zero.
func (ds Diagnostics) Report() *reviewpkgv1.DiagnosticReport {
	report := reviewpkgv1.DiagnosticReport_builder{Schema: "reviewpkg.v1.DiagnosticReport"}
	for i := range ds {
		d := &ds[i]
		report.Diagnostics = append(report.Diagnostics, reviewpkgv1.Diagnostic_builder{
			Code:    string(d.Code),
			Rule:    d.Rule,
			Level:   reviewpkgv1.DiagnosticLevel(d.Level),
			Path:    d.Path,
			File:    d.Pos.Filename,
			Line:    wireNumber(d.Pos.Line),
			Column:  wireNumber(d.Pos.Column),
			Message: d.Message,
			Hint:    d.Hint,
		}.Build())
	}
	return report.Build()
}

// wireNumber returns n, or 0 if the message has no room for it.
func wireNumber(n int) uint32 {
	if n < 0 || int64(n) > 1<<32-1 {
		return 0
	}
	return uint32(n)
}
