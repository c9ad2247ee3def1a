package reviewpkg

import (
	"fmt"

	"github.com/reviewpkg/sdk/internal/inwords"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// routeBodies gives the kind of body that carries out a review on each route.
var routeBodies = map[reviewpkgv1.ReviewRoute]reviewpkgv1.ReviewBodyKind{
	reviewpkgv1.ReviewRoute_REVIEW_ROUTE_COMMUNITY_TEAM: reviewpkgv1.ReviewBodyKind_REVIEW_BODY_KIND_COMMUNITY_SECURITY_TEAM,
	reviewpkgv1.ReviewRoute_REVIEW_ROUTE_THIRD_PARTY:    reviewpkgv1.ReviewBodyKind_REVIEW_BODY_KIND_THIRD_PARTY,
	reviewpkgv1.ReviewRoute_REVIEW_ROUTE_PROJECT_TEAM:   reviewpkgv1.ReviewBodyKind_REVIEW_BODY_KIND_PROJECT_TEAM,
}

// review applies the rules on routes, evidence and oversight.
func (c *checker) review() {
	r := c.pkg.GetReview()
	if r == nil {
		return
	}
	if want, ok := routeBodies[r.GetRoute()]; ok && r.HasBody() && r.GetBody().GetKind() != want {
		c.report(RouteMismatch, LevelError, "openstack.RT1", "review.body.kind",
			fmt.Sprintf("a review on the route %q is carried out by a %s, and a %s is named", inwords.Enum(r.GetRoute()), inwords.Enum(want), inwords.Enum(r.GetBody().GetKind())),
			"change the route or the body")
	}
	c.validation(r)
	if len(r.GetEvidence()) > 0 && !substantialEvidence(r) {
		c.report(InsufficientEvidence, LevelError, "openstack.RT5", "review.evidence",
			"the review rests on scans alone", "add what people reviewed: an architecture review, a threat model, a code review")
	}
	granted := r.GetOversight().GetState() == reviewpkgv1.OversightState_OVERSIGHT_STATE_GRANTED
	if granted && r.GetStatus() != reviewpkgv1.FindingsStatus_FINDINGS_STATUS_COMPLETED {
		c.report(OversightMismatch, LevelWarning, "openstack.RT8", "review.oversight.state",
			"oversight is granted, and the review is not completed", "")
	}
}

// validation reports a review that its own body validated, and one that the
// community's team accepted without having agreed to validate it.
func (c *checker) validation(r *reviewpkgv1.ReviewRecord) {
	v := r.GetValidation()
	if v == nil {
		return
	}
	if v.GetBody().GetName() != "" && v.GetBody().GetName() == r.GetBody().GetName() {
		c.report(RouteMismatch, LevelError, "openstack.RT2", "review.validation.body.name",
			fmt.Sprintf("%s reviewed and validated", quote(v.GetBody().GetName())), "another body must validate")
	}
	team := v.GetBody().GetKind() == reviewpkgv1.ReviewBodyKind_REVIEW_BODY_KIND_COMMUNITY_SECURITY_TEAM
	project := r.GetRoute() == reviewpkgv1.ReviewRoute_REVIEW_ROUTE_PROJECT_TEAM
	if team && project && !v.GetAgreedInAdvance() {
		c.report(RouteMismatch, LevelWarning, "openstack.RT3", "review.validation.agreed_in_advance",
			"the community's team did not agree in advance to validate a review by the project", "accepting the document is no validation")
	}
}

// substantialEvidence reports whether a review rests on more than scans.
func substantialEvidence(r *reviewpkgv1.ReviewRecord) bool {
	for _, e := range r.GetEvidence() {
		switch e.GetKind() {
		case reviewpkgv1.EvidenceKind_EVIDENCE_KIND_UNSPECIFIED,
			reviewpkgv1.EvidenceKind_EVIDENCE_KIND_VULNERABILITY_SCAN,
			reviewpkgv1.EvidenceKind_EVIDENCE_KIND_STATIC_ANALYSIS_SCAN,
			reviewpkgv1.EvidenceKind_EVIDENCE_KIND_DEPENDENCY_SCAN:
		default:
			return true
		}
	}
	return false
}
