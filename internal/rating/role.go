package rating

import reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"

// LeadRoles returns the roles of those who lead a review.
func LeadRoles() []reviewpkgv1.RoleKind {
	return []reviewpkgv1.RoleKind{
		reviewpkgv1.RoleKind_ROLE_KIND_LEAD_SECURITY_REVIEWER,
		reviewpkgv1.RoleKind_ROLE_KIND_REVIEWER_DELEGATE,
	}
}

// ReviewerRoles returns the roles of those who look for findings, and whom a
// conflict of interest can bar: those who lead among them, those who only watch not.
func ReviewerRoles() []reviewpkgv1.RoleKind {
	return append(LeadRoles(),
		reviewpkgv1.RoleKind_ROLE_KIND_SECURITY_REVIEWER,
		reviewpkgv1.RoleKind_ROLE_KIND_HANDS_ON_REVIEWER,
		reviewpkgv1.RoleKind_ROLE_KIND_VALIDATING_REVIEWER,
	)
}
