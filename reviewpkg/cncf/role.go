package cncf

import (
	"strings"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// roleOf returns the part in the review that a label names, or zero.
func roleOf(label string) reviewpkgv1.RoleKind {
	k := key(label)
	for _, r := range roleLabels {
		// "Authors", "Authored by", "Contributors/Reviewers".
		if strings.HasPrefix(k, r.label) && len(k) <= len(r.label)+20 {
			return r.kind
		}
	}
	return reviewpkgv1.RoleKind_ROLE_KIND_UNSPECIFIED
}

// A roleLabel is a word for a part in a review, folded.
type roleLabel struct {
	label string
	kind  reviewpkgv1.RoleKind
}

// roleLabels are the words for parts in a review, longer ones before those that
// they begin with.
var roleLabels = []roleLabel{
	{"author", reviewpkgv1.RoleKind_ROLE_KIND_AUTHOR},
	{"primary author", reviewpkgv1.RoleKind_ROLE_KIND_AUTHOR},
	{"co author", reviewpkgv1.RoleKind_ROLE_KIND_AUTHOR},
	{"written by", reviewpkgv1.RoleKind_ROLE_KIND_AUTHOR},
	{"contributor", reviewpkgv1.RoleKind_ROLE_KIND_CONTRIBUTOR},
	{"project security lead", reviewpkgv1.RoleKind_ROLE_KIND_PROJECT_SECURITY_LEAD},
	{"security lead", reviewpkgv1.RoleKind_ROLE_KIND_PROJECT_SECURITY_LEAD},
	{"project lead", reviewpkgv1.RoleKind_ROLE_KIND_PROJECT_LEAD},
	{"project team", reviewpkgv1.RoleKind_ROLE_KIND_PROJECT_TEAM},
	{"project maintainer", reviewpkgv1.RoleKind_ROLE_KIND_MAINTAINER},
	{"maintainer", reviewpkgv1.RoleKind_ROLE_KIND_MAINTAINER},
	{"security contact", reviewpkgv1.RoleKind_ROLE_KIND_SECURITY_CONTACT},
	{"lead security reviewer", reviewpkgv1.RoleKind_ROLE_KIND_LEAD_SECURITY_REVIEWER},
	{"lead reviewer", reviewpkgv1.RoleKind_ROLE_KIND_LEAD_SECURITY_REVIEWER},
	{"security tag lead reviewer", reviewpkgv1.RoleKind_ROLE_KIND_LEAD_SECURITY_REVIEWER},
	{"hands on reviewer", reviewpkgv1.RoleKind_ROLE_KIND_HANDS_ON_REVIEWER},
	{"security reviewer", reviewpkgv1.RoleKind_ROLE_KIND_SECURITY_REVIEWER},
	{"additional reviewer", reviewpkgv1.RoleKind_ROLE_KIND_SECURITY_REVIEWER},
	{"reviewer", reviewpkgv1.RoleKind_ROLE_KIND_SECURITY_REVIEWER},
	{"reviewed by", reviewpkgv1.RoleKind_ROLE_KIND_SECURITY_REVIEWER},
	{"observer", reviewpkgv1.RoleKind_ROLE_KIND_OBSERVER},
	{"security champion", reviewpkgv1.RoleKind_ROLE_KIND_SECURITY_CHAMPION},
	{"shadow reviewer", reviewpkgv1.RoleKind_ROLE_KIND_SHADOW_REVIEWER},
	{"delegate", reviewpkgv1.RoleKind_ROLE_KIND_REVIEWER_DELEGATE},
	{"validating reviewer", reviewpkgv1.RoleKind_ROLE_KIND_VALIDATING_REVIEWER},
	{"facilitator", reviewpkgv1.RoleKind_ROLE_KIND_FACILITATOR},
	{"oversight chair", reviewpkgv1.RoleKind_ROLE_KIND_OVERSIGHT_CHAIR},
	{"chair", reviewpkgv1.RoleKind_ROLE_KIND_CHAIR},
	{"technical lead", reviewpkgv1.RoleKind_ROLE_KIND_TECHNICAL_LEAD},
	{"toc liaison", reviewpkgv1.RoleKind_ROLE_KIND_OVERSIGHT_LIAISON},
	{"tag representative", reviewpkgv1.RoleKind_ROLE_KIND_GROUP_REPRESENTATIVE},
	{"speaker", reviewpkgv1.RoleKind_ROLE_KIND_SPEAKER},
	{"drafter", reviewpkgv1.RoleKind_ROLE_KIND_DRAFTER},
	{"scribe", reviewpkgv1.RoleKind_ROLE_KIND_SCRIBE},
	{"attendee", reviewpkgv1.RoleKind_ROLE_KIND_ATTENDEE},
	{"requester", reviewpkgv1.RoleKind_ROLE_KIND_REQUESTER},
	{"architect", reviewpkgv1.RoleKind_ROLE_KIND_ARCHITECT},
}
