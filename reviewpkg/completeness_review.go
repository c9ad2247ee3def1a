package reviewpkg

import (
	"fmt"

	"github.com/reviewpkg/sdk/internal/rating"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// dependencies checks what is told of each dependency by itself. What is assumed
// about it stands in a list of the package, because others match it with what
// the dependency promises.
func (g *gaps) dependencies(a *reviewpkgv1.Architecture) {
	g.part("External dependencies")
	const list = "architecture.external_dependencies"
	g.check("ED1", list, len(a.GetExternalDependencies()) > 0 || a.GetNoDependenciesStatement() != "",
		"name the external dependencies, or say that there are none")
	for i, d := range a.GetExternalDependencies() {
		at := key(list, i, d.GetId())
		g.checkAll("ED2", at, "say what the dependency is, who runs it, and what it is for",
			need{"kind", d.GetKind() != 0}, need{"operated_by", d.GetOperatedBy() != 0}, need{"purpose", d.GetPurpose() != ""})
		g.check("ED3", at+".assumption_ids", len(d.GetAssumptionIds()) > 0, "state what is assumed about the dependency")
		g.checkAll("ED4", at, "say what its compromise and its absence would mean",
			need{"impact_if_compromised", d.GetImpactIfCompromised() != ""}, need{"impact_if_unavailable", d.GetImpactIfUnavailable() != ""})
	}
}

// interactions checks that no dependency stands apart from the interfaces: how
// the project uses it is an assertion of its own.
func (g *gaps) interactions(a *reviewpkgv1.Architecture) {
	g.part("Interaction with external dependencies")
	isDependency, touched := map[string]bool{}, map[string]bool{}
	for _, d := range a.GetExternalDependencies() {
		isDependency[d.GetId()] = true
	}
	for i, x := range a.GetInterfaces() {
		touched[x.GetFromId()], touched[x.GetToId()] = true, true
		if isDependency[x.GetFromId()] || isDependency[x.GetToId()] {
			// What is out of scope need not name what travels (DF4).
			g.checkAll("IX2", key("architecture.interfaces", i, x.GetId()), "state authentication and flows of the interface to a dependency",
				need{"authentication", authenticated(x)}, need{"flows", len(x.GetFlows()) > 0 || x.GetOutOfScopeReason() != ""})
		}
	}
	for _, d := range a.GetExternalDependencies() {
		g.check("IX1", "architecture.interfaces", touched[d.GetId()], fmt.Sprintf("name the interface to %s", quote(d.GetName())))
	}
}

// agreedFindings checks the findings that stand. Disputed ones are no part of an
// agreed set, so that a package with none but those still has to list what is
// agreed, or to say that nothing is.
func (g *gaps) agreedFindings(p *reviewpkgv1.ReviewPackage) {
	g.part("Agreed findings")
	g.check("FI1", "findings", len(p.GetFindings()) > 0 || p.GetNoFindingsStatement() != "", "list the findings, or say that there are none")
	people := map[string]*reviewpkgv1.Person{}
	for _, person := range p.GetPeople() {
		people[person.GetId()] = person
	}
	for i, f := range p.GetFindings() {
		at := key("findings", i, f.GetId())
		g.checkAll("FI2", at, "give risk, impact, likelihood, impact rating, overall rating and recommendation",
			need{"description", f.GetDescription() != ""}, need{"impact_description", f.GetImpactDescription() != ""},
			need{"likelihood", f.GetLikelihood() != 0}, need{"impact", f.GetImpact() != 0},
			need{"overall", f.GetOverall() != 0}, need{"recommendation", f.GetRecommendation() != ""})
		// FI3 has assets and interfaces; a part by its id says as much.
		g.check("FI3", at+".asset_ids", len(f.GetAssetIds())+len(f.GetInterfaceIds())+len(f.GetAffectedIds()) > 0, "name an asset, interface or part that is affected")
		g.check("FI4", at+".agreement", agreed(f, people), "record that project and reviewers agree, with a signature of each side")
		// FI6: a placeholder in place of a link is an error of form, not a gap.
		g.check("FI6", at+".trackers", len(f.GetTrackers()) > 0, "link the bug")
		// While it is open there are no results to tell.
		if rating.Closed(f) {
			g.check("FI9", at+".investigation_results", f.GetInvestigationResults() != "", "say what was found out before it was closed")
		}
	}
}

// projectRoles are those that agree to a finding for the project. The reference
// names the lead and the architect; CNCF projects have a security lead for it,
// and small ones nobody but maintainers.
var projectRoles = []reviewpkgv1.RoleKind{
	reviewpkgv1.RoleKind_ROLE_KIND_PROJECT_LEAD,
	reviewpkgv1.RoleKind_ROLE_KIND_ARCHITECT,
	reviewpkgv1.RoleKind_ROLE_KIND_PROJECT_SECURITY_LEAD,
	reviewpkgv1.RoleKind_ROLE_KIND_MAINTAINER,
}

// agreed reports whether both sides signed a finding, each by somebody who
// may. Neither of the two published reviews records it for any finding, but an
// agreed set of findings is one of the eight assertions.
func agreed(f *reviewpkgv1.Finding, people map[string]*reviewpkgv1.Person) bool {
	a := f.GetAgreement()
	project, reviewer := people[a.GetProject().GetPersonId()], people[a.GetReviewer().GetPersonId()]
	return a.GetState() == reviewpkgv1.AgreementState_AGREEMENT_STATE_AGREED &&
		project != nil && hasRole(project, projectRoles...) &&
		reviewer != nil && hasRole(reviewer, reviewerRoles...) &&
		project != reviewer
}
