package rating

import reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"

// Closed reports whether a finding no longer counts: its fix was verified by
// somebody else, a control mitigates it and there is evidence for that, or it
// was rejected and a reviewer signed that. Whoever accepts a risk, hands it on or says that it is fixed
// has not removed it, and a state that nobody stated closes nothing.
func Closed(f *reviewpkgv1.Finding) bool {
	switch f.GetState() {
	case reviewpkgv1.FindingState_FINDING_STATE_VERIFIED_FIXED:
		return true
	case reviewpkgv1.FindingState_FINDING_STATE_REJECTED:
		return f.GetAgreement().GetReviewer().GetPersonId() != ""
	case reviewpkgv1.FindingState_FINDING_STATE_MITIGATED:
		return len(f.GetStateEvidenceIds()) > 0
	default:
		return false
	}
}
