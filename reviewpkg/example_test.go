package reviewpkg_test

import (
	"errors"
	"fmt"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
	"github.com/reviewpkg/sdk/reviewpkg"
)

// A document with mistakes gives all of them at once.
func ExampleUnmarshal() {
	data := []byte(`schema: reviewpkg.v1.ReviewPackage
id: lantern
title: Security review of Lantern
project: {name: Lantern}
status: draft
findings:
  - id: f-1
    title: The switch trusts its cable
    state: reported
    likelihood: hihg
    asset_ids: [key]
`)
	err := reviewpkg.UnmarshalOptions{Filename: "lantern.yaml"}.Unmarshal(data, &reviewpkgv1.ReviewPackage{})
	fmt.Println(errors.Is(err, reviewpkg.DanglingReference))
	fmt.Println(err)
	// Output:
	// true
	// lantern.yaml:10:17: unknown value "hihg" of Level [unknown-value] at findings["f-1"].likelihood (did you mean high?)
	// lantern.yaml:11:17: no data asset has the id "key" [dangling-reference] at findings["f-1"].asset_ids[0] (the package has no data asset)
}

// A program that builds a package gets the same diagnostics, without positions.
func ExampleValidate() {
	p := reviewpkgv1.ReviewPackage_builder{
		Schema:  "reviewpkg.v1.ReviewPackage",
		Id:      "lantern",
		Title:   "Security review of Lantern",
		Project: reviewpkgv1.Project_builder{Name: "Lantern"}.Build(),
		Status:  reviewpkgv1.PackageStatus_PACKAGE_STATUS_DRAFT,
		RenewalDue: reviewpkgv1.Date_builder{
			Value: "2027-02-29",
		}.Build(),
	}.Build()
	fmt.Println(reviewpkg.Validate(p))
	// Output:
	// date "2027-02-29" is not a day of the calendar [bad-date] at renewal_due.value (February 2027 has 28 days)
}

func ExampleDiff() {
	before, err := reviewpkg.Load("../examples/packages/openstack-barbican")
	if err != nil {
		fmt.Println(err)
		return
	}
	after, err := reviewpkg.Load("../examples/packages/openstack-barbican-next.yaml")
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, change := range reviewpkg.Diff(before, after) {
		fmt.Println(change.GetKind(), change.GetPath())
	}
	// Output:
	// CHANGE_KIND_CHANGED architecture.status
	// CHANGE_KIND_CHANGED findings["finding-2"].state
	// CHANGE_KIND_ADDED findings["finding-9"]
}

func ExampleCompleteness() {
	p, err := reviewpkg.Load("../examples/packages/cncf-openfga")
	if err != nil {
		fmt.Println(err)
		return
	}
	c := reviewpkg.Completeness(p, reviewpkgv1.ReviewProcess_REVIEW_PROCESS_CNCF_SELF)
	fmt.Println(c.GetMet(), "of", c.GetChecks())
	for _, gap := range c.GetGaps() {
		fmt.Println(gap.GetCode(), gap.GetPath())
	}
	// Output:
	// 36 of 38
	// CS16 self_assessment.functions.critical
	// CS18 self_assessment.compliance.status
}
