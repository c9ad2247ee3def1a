package rubric_test

import (
	"fmt"

	"github.com/reviewpkg/sdk/reviewpkg"
	"github.com/reviewpkg/sdk/rubric"
)

// One package, two organisations.
func ExampleCompareOptions_Compare() {
	pkg, err := reviewpkg.Load("../examples/packages/openstack-barbican")
	if err != nil {
		fmt.Println(err)
		return
	}
	profile, err := rubric.Score(pkg)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, d := range profile.GetDimensions() {
		if d.GetDimension() == "D7" {
			fmt.Println(d.GetTitle(), d.GetRisk().GetScoreMin())
		}
	}
	for _, name := range []string{"research-cloud", "payment-provider"} {
		policy, err := rubric.LoadPolicy("../examples/policies/" + name + ".yaml")
		if err != nil {
			fmt.Println(err)
			return
		}
		// The package is a draft, and without this option no verdict is possible.
		verdict, err := rubric.CompareOptions{AllowDraft: true}.Compare(pkg, profile, policy)
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(name, verdict.GetOutcome())
	}
	// Output:
	// Findings and weakness debt 855
	// research-cloud OUTCOME_WARN
	// payment-provider OUTCOME_FAIL
}
