package reviewpkg

import (
	"fmt"

	"github.com/reviewpkg/sdk/internal/inwords"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// routeBodies gives the kind of body that carries out a review on each route.
// OpenStack first had two routes; the third came in 2016, when a project's own team
// could review if somebody else validated. Bodies are kinds and names, because
// those of the time no longer exist.
var routeBodies = map[reviewpkgv1.ReviewRoute]reviewpkgv1.ReviewBodyKind{
	reviewpkgv1.ReviewRoute_REVIEW_ROUTE_COMMUNITY_TEAM: reviewpkgv1.ReviewBodyKind_REVIEW_BODY_KIND_COMMUNITY_SECURITY_TEAM,
	reviewpkgv1.ReviewRoute_REVIEW_ROUTE_THIRD_PARTY:    reviewpkgv1.ReviewBodyKind_REVIEW_BODY_KIND_THIRD_PARTY,
	reviewpkgv1.ReviewRoute_REVIEW_ROUTE_PROJECT_TEAM:   reviewpkgv1.ReviewBodyKind_REVIEW_BODY_KIND_PROJECT_TEAM,
}

// review applies the rules on routes, evidence and oversight. What is not said
// contradicts nothing: a draft without a route or a body is a gap.
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
	// RT5: scans are welcome beside a review. No evidence at all is a gap.
	if len(r.GetEvidence()) > 0 && !substantialEvidence(r) {
		c.report(InsufficientEvidence, LevelError, "openstack.RT5", "review.evidence",
			"the review rests on scans alone", "add what people reviewed: an architecture review, a threat model, a code review")
	}
	if needsReview(r.GetOversight()) && r.GetStatus() != reviewpkgv1.FindingsStatus_FINDINGS_STATUS_COMPLETED {
		c.report(OversightMismatch, LevelWarning, "openstack.RT8", "review.oversight.state",
			"oversight is granted, and the review is not completed", "")
	}
}

// needsReview reports whether oversight was granted under requirements that ask
// for a completed review. Those of 2015 to 2019 did, and are meant where none
// are named; those of 2022 no longer do. A review that is missing is a warning,
// because of 36 deliverables that had the tag two had published one.
func needsReview(o *reviewpkgv1.Oversight) bool {
	return o.GetState() == reviewpkgv1.OversightState_OVERSIGHT_STATE_GRANTED &&
		(o.GetProfile() == "" || o.GetProfile() == "2015-2019")
}

// validation reports a review that its own body or the project validated, and
// one that the community's team accepted without having agreed to validate it.
// Two bodies are one if their names are; the kinds may be, because one third
// party can validate the work of another.
func (c *checker) validation(r *reviewpkgv1.ReviewRecord) {
	v := r.GetValidation()
	if v == nil {
		return
	}
	rule := "openstack.RT2"
	if r.GetRoute() == reviewpkgv1.ReviewRoute_REVIEW_ROUTE_PROJECT_TEAM {
		rule = "openstack.RT3"
	}
	switch {
	case v.GetBody().GetName() != "" && v.GetBody().GetName() == r.GetBody().GetName():
		c.report(RouteMismatch, LevelError, rule, "review.validation.body.name",
			fmt.Sprintf("%s reviewed and validated", quote(v.GetBody().GetName())), "another body must validate")
	case v.GetBody().GetKind() == reviewpkgv1.ReviewBodyKind_REVIEW_BODY_KIND_PROJECT_TEAM:
		c.report(RouteMismatch, LevelError, rule, "review.validation.body.kind",
			fmt.Sprintf("the project itself validates, as %s", quote(v.GetBody().GetName())), "a body outside the project must validate")
	}
	if !agreedToValidate(r) {
		c.report(RouteMismatch, LevelWarning, "openstack.RT3", "review.validation.agreed_in_advance",
			"the community's team did not agree in advance to validate a review by the project", "accepting the document is no validation")
	}
}

// agreedToValidate is false if the community's team validated a review by the
// project without having agreed to it: it took in every document that was
// submitted, and that alone was never an approval.
func agreedToValidate(r *reviewpkgv1.ReviewRecord) bool {
	v := r.GetValidation()
	return r.GetRoute() != reviewpkgv1.ReviewRoute_REVIEW_ROUTE_PROJECT_TEAM ||
		v.GetBody().GetKind() != reviewpkgv1.ReviewBodyKind_REVIEW_BODY_KIND_COMMUNITY_SECURITY_TEAM ||
		v.GetAgreedInAdvance()
}

// substantialEvidence reports whether a review rests on more than scans. It
// lists what is not enough, so that a new kind of evidence counts.
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
