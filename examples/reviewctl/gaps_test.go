package main

import (
	"strings"
	"testing"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
	"github.com/reviewpkg/sdk/reviewpkg"
)

func TestValidateGaps(t *testing.T) {
	const openfga = "../../examples/packages/cncf-openfga"
	got := do(t, "", "validate", "--gaps", openfga, "../../reviewpkg/testdata/bad/incomplete.yaml")
	for _, want := range []string{
		"cncf self: 36 of 38 checks met, stage incomplete (declared: incomplete)\n",
		"  CS16 list the critical security components\n      at self_assessment.functions.critical\n",
		"cncf joint: 41 of 50 checks met, stage incomplete (declared: not stated)\n",
	} {
		if !strings.Contains(got.stdout, want) {
			t.Errorf("the output has no %q:\n%s", want, got.stdout)
		}
	}
	if got.code != exitFail || strings.Contains(got.stdout, "openstack:") {
		t.Errorf("exit %d; an invalid package has mistakes, not gaps:\n%s", got.code, got.stdout)
	}
	if without := do(t, "", "validate", openfga); strings.Contains(without.stdout, "CS16") {
		t.Errorf("gaps were not asked for:\n%s", without.stdout)
	}
}

func TestValidateGapsJSON(t *testing.T) {
	got := do(t, "", "validate", "--gaps", "--format", "json", barbican, lenient)
	var report reviewpkgv1.DiagnosticReport
	if err := reviewpkg.Unmarshal([]byte(got.stdout), &report); err != nil {
		t.Fatal(err)
	}
	if len(report.GetGaps()) != 1 || report.GetGaps()[0].GetPackage() != "openstack-barbican-newton" {
		t.Fatalf("gaps of %v", report.GetGaps())
	}
	c := report.GetGaps()[0].GetCompleteness()
	if len(c) != 1 || c[0].GetComplete() || c[0].GetChecks()-c[0].GetMet() < 80 {
		t.Errorf("completeness is %v", c)
	}
	advice := 0
	for _, gap := range c[0].GetGaps() {
		if gap.GetAdvisory() {
			advice++
		}
	}
	if advice == 0 || uint32(len(c[0].GetGaps())-advice) != c[0].GetChecks()-c[0].GetMet() {
		t.Errorf("%d gaps, %d of them advice, %d checks not met", len(c[0].GetGaps()), advice, c[0].GetChecks()-c[0].GetMet())
	}
}
