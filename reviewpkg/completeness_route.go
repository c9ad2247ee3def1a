package reviewpkg

import (
	"slices"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// routes checks who reviewed, who validated, and that there is a diagram of a
// deployment that others should follow. Only one of RT2 and RT3 can apply, and
// neither before the route is known.
func (g *gaps) routes(p *reviewpkgv1.ReviewPackage) {
	g.part("Review route")
	r := p.GetReview()
	g.checkAll("RT1", "review", "state the route of the review and the body that carried it out",
		need{"route", r.GetRoute() != 0}, need{"body", r.HasBody()})
	g.check("RT4", "people", independentReviewers(p), "name reviewers who are neither lead nor architect of the project")
	// [Diagnose] reports evidence of scans alone; here there may be none at all.
	g.check("RT5", "review.evidence", substantialEvidence(r), "name what the review rests on beside scans")
	switch r.GetRoute() {
	case reviewpkgv1.ReviewRoute_REVIEW_ROUTE_THIRD_PARTY:
		g.validated("RT2", p)
	case reviewpkgv1.ReviewRoute_REVIEW_ROUTE_PROJECT_TEAM:
		g.validated("RT3", p)
	default:
		// The community's own team needs no validation.
	}
	artifacts := map[string]*reviewpkgv1.Artifact{}
	for _, a := range p.GetArtifacts() {
		artifacts[a.GetId()] = a
	}
	// RT6: the image must be pinned by its digest, or be there as text. A flow diagram
	// is advice: the process of 2015 asks for one, and both published reviews have
	// none.
	var best, flow bool
	for _, d := range p.GetArchitecture().GetDiagrams() {
		based := d.GetBasis() == reviewpkgv1.DeploymentBasis_DEPLOYMENT_BASIS_BEST_PRACTICE ||
			d.GetBasis() == reviewpkgv1.DeploymentBasis_DEPLOYMENT_BASIS_REFERENCE_ARCHITECTURE
		shown := artifacts[d.GetArtifactId()].GetSha256() != "" || d.GetSourceText() != ""
		best = best || based && shown && d.GetKind() == reviewpkgv1.DiagramKind_DIAGRAM_KIND_SERVICE_ARCHITECTURE
		flow = flow || d.GetKind() == reviewpkgv1.DiagramKind_DIAGRAM_KIND_DATA_FLOW || d.GetKind() == reviewpkgv1.DiagramKind_DIAGRAM_KIND_SEQUENCE
	}
	g.check("RT6", "architecture.diagrams", best, "add a diagram of a best-practice deployment, as an artifact with its digest")
	g.advise("RT7", "architecture.diagrams", flow, "add a data-flow or sequence diagram")
}

// independentReviewers reports whether there are reviewers and none of them is
// lead or architect of the project. On the route by the project's own team they
// may review; there one other person is enough, who then is the one to validate.
func independentReviewers(p *reviewpkgv1.ReviewPackage) bool {
	own, others := 0, 0
	for _, person := range p.GetPeople() {
		switch {
		case !hasRole(person, reviewerRoles...):
		case hasRole(person, reviewpkgv1.RoleKind_ROLE_KIND_PROJECT_LEAD, reviewpkgv1.RoleKind_ROLE_KIND_ARCHITECT):
			own++
		default:
			others++
		}
	}
	byProject := p.GetReview().GetRoute() == reviewpkgv1.ReviewRoute_REVIEW_ROUTE_PROJECT_TEAM
	return others > 0 && (own == 0 || byProject)
}

// validated checks the validation that a route asks for. That the body is
// another one, and the date not before the review, are rules of validity.
func (g *gaps) validated(code string, p *reviewpkgv1.ReviewPackage) {
	v := p.GetReview().GetValidation()
	// One of those who validated must be there for it: a name alone could be that
	// of anybody who was in the room.
	byRole := slices.ContainsFunc(p.GetPeople(), func(person *reviewpkgv1.Person) bool {
		return slices.Contains(v.GetReviewerIds(), person.GetId()) && hasRole(person, reviewpkgv1.RoleKind_ROLE_KIND_VALIDATING_REVIEWER)
	})
	g.checkAll(code, "review.validation", "record that another body accepted the review as it had agreed to, and which validating reviewer did",
		need{"decision", v.GetDecision() == reviewpkgv1.ValidationDecision_VALIDATION_DECISION_ACCEPTED},
		need{"agreed_in_advance", agreedToValidate(p.GetReview())}, need{"reviewer_ids", byRole})
	met := map[reviewpkgv1.Assertion]bool{}
	for _, a := range v.GetAssertions() {
		if a.GetMet() == reviewpkgv1.Answer_ANSWER_YES {
			met[a.GetAssertion()] = true
		}
	}
	// By their kind, because a message may hold one of them twice.
	const assertions = 8
	g.check(code, "review.validation.assertions", len(met) == assertions, "record that all eight assertions are met")
}
