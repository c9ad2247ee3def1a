package cncf

import (
	"strings"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// roleOf returns the part in the review that a key names, or zero. In
// self-assessments, security reviewers are the authors or maintainers more
// often than reviewers of the community. The document's own word is kept: who
// somebody was, it does not say.
func roleOf(k string) reviewpkgv1.RoleKind {
	if k == "" {
		return reviewpkgv1.RoleKind_ROLE_KIND_UNSPECIFIED
	}
	// Twenty letters more than the word are room for "(s)" and "and reviewers";
	// a sentence that begins with the word is longer.
	for _, r := range rolesByLetter[k[0]] {
		// "Authors", "Authored by", "Contributors/Reviewers".
		if strings.HasPrefix(k, r.label) && len(k) <= len(r.label)+20 {
			return r.kind
		}
	}
	return reviewpkgv1.RoleKind_ROLE_KIND_UNSPECIFIED
}

// rolesByLetter has the labels by their first letters: most keys are none, and
// many are asked about.
var rolesByLetter = func() (t [256][]roleLabel) {
	for _, r := range roleLabels {
		t[r.label[0]] = append(t[r.label[0]], r)
	}
	return t
}()

// A roleLabel is a word for a part in a review, folded.
type roleLabel struct {
	label string
	kind  reviewpkgv1.RoleKind
}

// roleLabels are the words for parts in a review, longer ones before those that
// they begin with.
var roleLabels = []roleLabel{
	{"author", reviewpkgv1.RoleKind_ROLE_KIND_AUTHOR}, // 17 documents, with five words for it
	{"primary author", reviewpkgv1.RoleKind_ROLE_KIND_AUTHOR},
	{"co author", reviewpkgv1.RoleKind_ROLE_KIND_AUTHOR},
	{"written by", reviewpkgv1.RoleKind_ROLE_KIND_AUTHOR},                           // behind a date
	{"contributor", reviewpkgv1.RoleKind_ROLE_KIND_CONTRIBUTOR},                     // also a column of a table
	{"project security lead", reviewpkgv1.RoleKind_ROLE_KIND_PROJECT_SECURITY_LEAD}, // of the project, about 80 hours of work
	{"security lead", reviewpkgv1.RoleKind_ROLE_KIND_PROJECT_SECURITY_LEAD},
	{"project lead", reviewpkgv1.RoleKind_ROLE_KIND_PROJECT_LEAD},     // whom a request for a review names
	{"project team", reviewpkgv1.RoleKind_ROLE_KIND_PROJECT_TEAM},     // of the joint README
	{"project maintainer", reviewpkgv1.RoleKind_ROLE_KIND_MAINTAINER}, // in self-assessments
	{"maintainer", reviewpkgv1.RoleKind_ROLE_KIND_MAINTAINER},
	{"security contact", reviewpkgv1.RoleKind_ROLE_KIND_SECURITY_CONTACT},             // whom the form of the foundation asks for
	{"lead security reviewer", reviewpkgv1.RoleKind_ROLE_KIND_LEAD_SECURITY_REVIEWER}, // who recruits the others
	{"lead reviewer", reviewpkgv1.RoleKind_ROLE_KIND_LEAD_SECURITY_REVIEWER},
	{"security tag lead reviewer", reviewpkgv1.RoleKind_ROLE_KIND_LEAD_SECURITY_REVIEWER}, // in one review of 2021
	{"hands on reviewer", reviewpkgv1.RoleKind_ROLE_KIND_HANDS_ON_REVIEWER},               // some of the reviewers
	{"security reviewer", reviewpkgv1.RoleKind_ROLE_KIND_SECURITY_REVIEWER},               // in a self-assessment mostly its authors
	{"additional reviewer", reviewpkgv1.RoleKind_ROLE_KIND_SECURITY_REVIEWER},             // in the same review
	{"reviewer", reviewpkgv1.RoleKind_ROLE_KIND_SECURITY_REVIEWER},
	{"reviewed by", reviewpkgv1.RoleKind_ROLE_KIND_SECURITY_REVIEWER},
	{"observer", reviewpkgv1.RoleKind_ROLE_KIND_OBSERVER},                       // without duties
	{"security champion", reviewpkgv1.RoleKind_ROLE_KIND_SECURITY_CHAMPION},     // of the project
	{"shadow reviewer", reviewpkgv1.RoleKind_ROLE_KIND_SHADOW_REVIEWER},         // who learns
	{"delegate", reviewpkgv1.RoleKind_ROLE_KIND_REVIEWER_DELEGATE},              // of the lead
	{"validating reviewer", reviewpkgv1.RoleKind_ROLE_KIND_VALIDATING_REVIEWER}, // of OpenStack reviews
	{"facilitator", reviewpkgv1.RoleKind_ROLE_KIND_FACILITATOR},                 // who keeps the queue
	{"oversight chair", reviewpkgv1.RoleKind_ROLE_KIND_OVERSIGHT_CHAIR},         // who is named for a review
	{"chair", reviewpkgv1.RoleKind_ROLE_KIND_CHAIR},
	{"technical lead", reviewpkgv1.RoleKind_ROLE_KIND_TECHNICAL_LEAD},
	{"toc liaison", reviewpkgv1.RoleKind_ROLE_KIND_OVERSIGHT_LIAISON},           // of the technical oversight committee
	{"tag representative", reviewpkgv1.RoleKind_ROLE_KIND_GROUP_REPRESENTATIVE}, // at a presentation
	{"speaker", reviewpkgv1.RoleKind_ROLE_KIND_SPEAKER},
	{"drafter", reviewpkgv1.RoleKind_ROLE_KIND_DRAFTER}, // of a text that the project adopts
	{"scribe", reviewpkgv1.RoleKind_ROLE_KIND_SCRIBE},
	{"attendee", reviewpkgv1.RoleKind_ROLE_KIND_ATTENDEE},
	{"requester", reviewpkgv1.RoleKind_ROLE_KIND_REQUESTER},
	{"architect", reviewpkgv1.RoleKind_ROLE_KIND_ARCHITECT},
}
