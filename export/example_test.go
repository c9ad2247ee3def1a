package export_test

import (
	"fmt"
	"io"
	"os"

	"github.com/reviewpkg/sdk/export"
	"github.com/reviewpkg/sdk/reviewpkg"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// oneLiner is a format of a program's own.
type oneLiner struct{}

func (oneLiner) Name() string { return "line" }

func (oneLiner) Write(w io.Writer, r *reviewpkgv1.Report) error {
	_, err := fmt.Fprintf(w, "%s: %d findings\n", r.GetPackage().GetId(), len(r.GetPackage().GetFindings()))
	return err
}

// A program chooses among the formats of the package and its own.
func ExampleFind() {
	format, err := export.Find("line", append(export.Formats(), oneLiner{})...)
	if err != nil {
		fmt.Println(err)
		return
	}
	p := reviewpkgv1.ReviewPackage_builder{Id: "barbican-newton"}.Build()
	if err := format.Write(os.Stdout, export.NewReport(p, nil, nil)); err != nil {
		fmt.Println(err)
	}
	// Output: barbican-newton: 0 findings
}

// What differs between two versions of a package, for a comment on a pull
// request.
func ExampleMarkdown_WriteChanges() {
	finding := reviewpkgv1.Finding_builder{Id: "f-1", Title: "No rate limit", Likelihood: reviewpkgv1.Level_LEVEL_HIGH}
	before := reviewpkgv1.ReviewPackage_builder{Id: "demo", Findings: []*reviewpkgv1.Finding{finding.Build()}}.Build()
	finding.Likelihood = reviewpkgv1.Level_LEVEL_LOW
	after := reviewpkgv1.ReviewPackage_builder{Id: "demo", Version: "2", Findings: []*reviewpkgv1.Finding{finding.Build()}}.Build()

	set := reviewpkgv1.ChangeSet_builder{BeforeId: "demo", AfterId: "demo", Changes: reviewpkg.Diff(before, after)}.Build()
	if err := (export.Markdown{}).WriteChanges(os.Stdout, set); err != nil {
		fmt.Println(err)
	}
	// Output:
	// # Changes of demo
	//
	// 2 changes.
	//
	// ## Added (1)
	//
	// - version: “2”, at `version`
	//
	// ## Changed (1)
	//
	// - likelihood of finding `f-1`: high → low, at `findings["f-1"].likelihood`
}
