package reviewpkg_test

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/testing/protocmp"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
	"github.com/reviewpkg/sdk/reviewpkg"
)

func TestDiagnosticReport(t *testing.T) {
	ds := reviewpkg.Diagnostics{
		{
			Code: reviewpkg.BadDate, Rule: "date.calendar", Level: reviewpkg.LevelError, Path: "review.date.value",
			Pos:     reviewpkg.Position{Filename: "p.yaml", Line: 3, Column: 12, Length: 10},
			Message: "no such day", Hint: "February 2016 has 29 days",
		},
		{Code: reviewpkg.UnreviewedVariant, Level: reviewpkg.LevelWarning, Message: "not reviewed", Pos: reviewpkg.Position{Line: -1, Column: -2}},
		{Code: reviewpkg.Incomplete, Level: reviewpkg.LevelNote, Message: "a remark", Pos: reviewpkg.Position{Line: 1, Column: math.MaxInt32}},
	}
	want := reviewpkgv1.DiagnosticReport_builder{
		Schema: "reviewpkg.v1.DiagnosticReport",
		Diagnostics: []*reviewpkgv1.Diagnostic{
			reviewpkgv1.Diagnostic_builder{
				Code: "bad-date", Rule: "date.calendar", Level: reviewpkgv1.DiagnosticLevel_DIAGNOSTIC_LEVEL_ERROR, Path: "review.date.value",
				File: "p.yaml", Line: 3, Column: 12, Message: "no such day", Hint: "February 2016 has 29 days",
			}.Build(),
			reviewpkgv1.Diagnostic_builder{
				Code: "unreviewed-variant", Level: reviewpkgv1.DiagnosticLevel_DIAGNOSTIC_LEVEL_WARNING, Message: "not reviewed",
			}.Build(),
			reviewpkgv1.Diagnostic_builder{
				Code: "incomplete", Level: reviewpkgv1.DiagnosticLevel_DIAGNOSTIC_LEVEL_NOTE, Message: "a remark", Line: 1, Column: math.MaxInt32,
			}.Build(),
		},
	}.Build()
	got := ds.Report()
	if diff := cmp.Diff(want, got, protocmp.Transform()); diff != "" {
		t.Errorf("report (-want +got):\n%s", diff)
	}
	if err := reviewpkg.Validate(got); err != nil {
		t.Errorf("the report is not valid: %v", err)
	}
}

// A report without diagnostics is a document as well.
func TestDiagnosticReportOfNothing(t *testing.T) {
	data, err := reviewpkg.Marshal(reviewpkg.Diagnostics(nil).Report())
	if err != nil {
		t.Fatal(err)
	}
	if got, want := string(data), "{\n  \"schema\": \"reviewpkg.v1.DiagnosticReport\"\n}\n"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}
