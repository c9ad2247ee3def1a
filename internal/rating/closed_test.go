package rating

import (
	"testing"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// TestClosed goes through all states, so that a new one is decided on purpose.
func TestClosed(t *testing.T) {
	for number, name := range reviewpkgv1.FindingState_name {
		state := reviewpkgv1.FindingState(number)
		for _, evidence := range [][]string{nil, {"e"}} {
			want := state == reviewpkgv1.FindingState_FINDING_STATE_VERIFIED_FIXED ||
				state == reviewpkgv1.FindingState_FINDING_STATE_MITIGATED && evidence != nil
			f := reviewpkgv1.Finding_builder{State: state, StateEvidenceIds: evidence}.Build()
			if got := Closed(f); got != want {
				t.Errorf("%s with evidence %v: closed is %t, want %t", name, evidence, got, want)
			}
		}
	}
}

func TestClosedByRejection(t *testing.T) {
	f := reviewpkgv1.Finding_builder{State: reviewpkgv1.FindingState_FINDING_STATE_REJECTED}.Build()
	if Closed(f) {
		t.Error("a finding is closed by a word")
	}
	signed := reviewpkgv1.SignOff_builder{PersonId: "rex"}.Build()
	f.SetAgreement(reviewpkgv1.Agreement_builder{Project: signed}.Build())
	if Closed(f) {
		t.Error("the project closes a finding by itself")
	}
	f.SetAgreement(reviewpkgv1.Agreement_builder{Reviewer: signed}.Build())
	if !Closed(f) {
		t.Error("a reviewer rejects a finding, and it stays open")
	}
}
