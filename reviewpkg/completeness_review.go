package reviewpkg

import (
	"fmt"
	"slices"

	"github.com/reviewpkg/sdk/internal/rating"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

func (g *gaps) formats(a *reviewpkgv1.Architecture) {
	g.part("Data formats and transformations")
	g.check("FM0", "architecture.data_formats", len(a.GetDataFormats()) > 0, "name the formats that data has")
	for i, x := range a.GetInterfaces() {
		at := key("architecture.interfaces", i, x.GetId())
		for j, flow := range x.GetFlows() {
			g.check("FM1", fmt.Sprintf("%s.flows[%d].format_id", at, j), flow.GetFormatId() != "", "name the format the asset has on the way")
		}
	}
	for i, asset := range a.GetDataAssets() {
		at := key("architecture.data_assets", i, asset.GetId())
		for j, place := range asset.GetPersistence() {
			g.check("FM2", key(at+".persistence", j, place.GetId())+".format_id", place.GetFormatId() != "", "name the format the asset rests in")
		}
		if !changesForm(asset) {
			continue
		}
		changed := slices.ContainsFunc(a.GetTransformations(), func(t *reviewpkgv1.Transformation) bool {
			return t.GetInputAssetId() == asset.GetId() || t.GetOutputAssetId() == asset.GetId()
		})
		g.check("FM3", "architecture.transformations", changed,
			fmt.Sprintf("say where %s is changed into the form it is stored in", quote(asset.GetName())))
	}
}

// changesForm reports whether an asset is stored in another form than it
// arrives in.
func changesForm(asset *reviewpkgv1.DataAsset) bool {
	return slices.ContainsFunc(asset.GetPersistence(), func(place *reviewpkgv1.Persistence) bool {
		switch place.GetForm() {
		case reviewpkgv1.StorageForm_STORAGE_FORM_ENCRYPTED,
			reviewpkgv1.StorageForm_STORAGE_FORM_WRAPPED,
			reviewpkgv1.StorageForm_STORAGE_FORM_HASHED:
			return true
		default:
			return false
		}
	})
}

func (g *gaps) dependencies(a *reviewpkgv1.Architecture) {
	g.part("External dependencies")
	const list = "architecture.external_dependencies"
	g.check("ED1", list, len(a.GetExternalDependencies()) > 0 || a.GetNoDependenciesStatement() != "",
		"name the external dependencies, or say that there are none")
	for i, d := range a.GetExternalDependencies() {
		at := key(list, i, d.GetId())
		g.check("ED2", at, d.GetKind() != 0 && d.GetOperatedBy() != 0 && d.GetPurpose() != "", "say what the dependency is, who runs it, and what it is for")
		g.check("ED3", at+".assumption_ids", len(d.GetAssumptionIds()) > 0, "state what is assumed about the dependency")
		g.check("ED4", at+".impact_if_compromised", d.GetImpactIfCompromised() != "" && d.GetImpactIfUnavailable() != "",
			"say what its compromise and its absence would mean")
	}
}

func (g *gaps) interactions(a *reviewpkgv1.Architecture) {
	g.part("Interaction with external dependencies")
	for i, d := range a.GetExternalDependencies() {
		at := key("architecture.external_dependencies", i, d.GetId())
		touches := func(x *reviewpkgv1.Interface) bool { return x.GetFromId() == d.GetId() || x.GetToId() == d.GetId() }
		g.check("IX1", at, slices.ContainsFunc(a.GetInterfaces(), touches), "name the interface to the dependency")
	}
	isDependency := map[string]bool{}
	for _, d := range a.GetExternalDependencies() {
		isDependency[d.GetId()] = true
	}
	for i, x := range a.GetInterfaces() {
		if isDependency[x.GetFromId()] || isDependency[x.GetToId()] {
			g.check("IX2", key("architecture.interfaces", i, x.GetId()), authenticated(x) && len(x.GetFlows()) > 0,
				"state authentication and flows of the interface to a dependency")
		}
	}
}

func (g *gaps) agreedFindings(p *reviewpkgv1.ReviewPackage) {
	g.part("Agreed findings")
	g.check("FI1", "findings", len(p.GetFindings()) > 0 || p.GetNoFindingsStatement() != "", "list the findings, or say that there are none")
	people := map[string]*reviewpkgv1.Person{}
	for _, person := range p.GetPeople() {
		people[person.GetId()] = person
	}
	for i, f := range p.GetFindings() {
		at := key("findings", i, f.GetId())
		described := f.GetDescription() != "" && f.GetImpactDescription() != "" && f.GetRecommendation() != ""
		rated := f.GetLikelihood() != 0 && f.GetImpact() != 0 && f.GetOverall() != 0
		g.check("FI2", at, described && rated, "give risk, impact, likelihood, impact rating, overall rating and recommendation")
		g.check("FI3", at+".asset_ids", len(f.GetAssetIds())+len(f.GetInterfaceIds())+len(f.GetAffectedIds()) > 0, "name an asset, interface or part that is affected")
		g.check("FI4", at+".agreement", agreed(f, people), "record that project and reviewers agree, with a signature of each side")
		g.check("FI6", at+".trackers", len(f.GetTrackers()) > 0, "link the bug")
		if rating.Closed(f) {
			g.check("FI9", at+".investigation_results", f.GetInvestigationResults() != "", "say what was found out before it was closed")
		}
	}
}

// projectRoles are those that agree to a finding for the project.
var projectRoles = []reviewpkgv1.RoleKind{
	reviewpkgv1.RoleKind_ROLE_KIND_PROJECT_LEAD,
	reviewpkgv1.RoleKind_ROLE_KIND_ARCHITECT,
	reviewpkgv1.RoleKind_ROLE_KIND_PROJECT_SECURITY_LEAD,
	reviewpkgv1.RoleKind_ROLE_KIND_MAINTAINER,
}

// agreed reports whether both sides signed a finding, each by somebody who
// may.
func agreed(f *reviewpkgv1.Finding, people map[string]*reviewpkgv1.Person) bool {
	a := f.GetAgreement()
	project, reviewer := people[a.GetProject().GetPersonId()], people[a.GetReviewer().GetPersonId()]
	return a.GetState() == reviewpkgv1.AgreementState_AGREEMENT_STATE_AGREED &&
		project != nil && hasRole(project, projectRoles...) &&
		reviewer != nil && hasRole(reviewer, reviewerRoles...) &&
		project != reviewer
}

// routes checks who reviewed, who validated, and that there is a diagram of a
// deployment that others should follow.
func (g *gaps) routes(p *reviewpkgv1.ReviewPackage) {
	g.part("Review route")
	r := p.GetReview()
	g.check("RT1", "review.route", r.GetRoute() != 0 && r.HasBody(), "state the route of the review and the body that carried it out")
	independent := slices.ContainsFunc(p.GetPeople(), func(person *reviewpkgv1.Person) bool {
		return hasRole(person, reviewerRoles...) &&
			!hasRole(person, reviewpkgv1.RoleKind_ROLE_KIND_PROJECT_LEAD, reviewpkgv1.RoleKind_ROLE_KIND_ARCHITECT)
	})
	g.check("RT4", "people", independent, "name a reviewer who is neither lead nor architect of the project")
	g.check("RT5", "review.evidence", substantialEvidence(r), "name what the review rests on beside scans")
	switch r.GetRoute() {
	case reviewpkgv1.ReviewRoute_REVIEW_ROUTE_THIRD_PARTY:
		g.validated("RT2", r)
	case reviewpkgv1.ReviewRoute_REVIEW_ROUTE_PROJECT_TEAM:
		g.validated("RT3", r)
	default:
		// The community's own team needs no validation.
	}
	artifacts := map[string]*reviewpkgv1.Artifact{}
	for _, a := range p.GetArtifacts() {
		artifacts[a.GetId()] = a
	}
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

// validated checks the validation that a route asks for.
func (g *gaps) validated(code string, r *reviewpkgv1.ReviewRecord) {
	v := r.GetValidation()
	met := 0
	for _, a := range v.GetAssertions() {
		if a.GetMet() == reviewpkgv1.Answer_ANSWER_YES {
			met++
		}
	}
	g.check(code, "review.validation", v.GetDecision() == reviewpkgv1.ValidationDecision_VALIDATION_DECISION_ACCEPTED && len(v.GetReviewerIds()) > 0,
		"record that another body accepted the review, and who validated it")
	const assertions = 8
	g.check(code, "review.validation.assertions", met == assertions, "record that all eight assertions are met")
}
