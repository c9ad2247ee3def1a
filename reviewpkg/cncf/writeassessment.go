package cncf

import reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"

// selfAssessment returns the self-assessment. It is that of June 2024, with
// every part one level below the title of the outline, and the older joint
// parts at the end if the package has any.
func (w *writer) selfAssessment() string {
	a := w.p.GetSelfAssessment()
	w.heading(1, "Self-assessment of "+inline(w.name))
	w.notices()
	if a := w.p.GetAuthorship(); a.GetOrigin() != 0 {
		origin := originWords()[min(int(a.GetOrigin()), len(originWords())-1)]
		if a.HasProgramme() {
			origin += ": " + linkText(a.GetProgramme())
		}
		w.line("Origin: " + origin)
	}
	if m := int(w.p.GetAuthorship().GetMaintainerReview()); m > 0 && m < len(reviewWords()) {
		w.line("Maintainer review: " + reviewWords()[m])
	}
	w.people("Authors", reviewpkgv1.RoleKind_ROLE_KIND_AUTHOR)
	w.people("Contributors", reviewpkgv1.RoleKind_ROLE_KIND_CONTRIBUTOR)
	w.people("Maintainers", reviewpkgv1.RoleKind_ROLE_KIND_MAINTAINER)
	w.heading(2, "Self-assessment outline")
	w.metadata(3, a)
	o := a.GetOverview()
	w.part(3, "Overview", o.GetSummary())
	w.part(4, "Background", o.GetBackground())
	w.actors(o)
	w.actions(o)
	w.goals(4, "Goals", "goal", o.GetGoalsNote(), o.GetGoals())
	w.goals(4, "Non-goals", "non-goal", o.GetNonGoalsNote(), o.GetNonGoals())
	w.part(3, "Self-assessment use", a.GetUse())
	w.functions(3, "Security functions and features", a.GetFunctions())
	w.compliance(3, "Project compliance", a.GetCompliance())
	w.development(3, a.GetDevelopment())
	w.resolution(3, a.GetIssueResolution(), false)
	w.appendix(3, a.GetAppendix(), true)
	if !emptyJointParts(a) {
		w.jointParts(3, a, func() {})
	}
	return w.b.String()
}

// emptyJointParts reports whether an assessment has none of the parts that the
// template has in the joint assessment only. Nobody expects these of a
// self-assessment today.
func emptyJointParts(a *reviewpkgv1.Assessment) bool {
	return !a.HasIntendedUse() && !a.HasDesign() && !a.HasConfiguration() && !a.HasSecurityAnalysis() && !a.HasRoadmap() && !a.HasHandsOn()
}
