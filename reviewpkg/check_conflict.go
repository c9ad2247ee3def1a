package reviewpkg

import (
	"fmt"
	"slices"

	"github.com/reviewpkg/sdk/internal/rating"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// Parts of a review that a conflict of interest can bar somebody from. The lead's
// delegate leads in their place, and whoever validates or tries the software
// judges it as well; observers and shadow reviewers have no duties and no say.
var (
	leadRoles     = rating.LeadRoles()
	reviewerRoles = rating.ReviewerRoles()
	chairRoles    = []reviewpkgv1.RoleKind{
		reviewpkgv1.RoleKind_ROLE_KIND_CHAIR,
		reviewpkgv1.RoleKind_ROLE_KIND_OVERSIGHT_CHAIR,
	}
	facilitatorRoles = []reviewpkgv1.RoleKind{reviewpkgv1.RoleKind_ROLE_KIND_FACILITATOR}
)

// conflicts applies the CNCF rules on conflicts of interest: a hard conflict
// bars a reviewer unless two chairs and the facilitator waive it; a soft one
// bars from leading. Declarations of people who do not review are on record and
// bar from nothing. An answer that is pending is no conflict yet.
func (c *checker) conflicts() {
	process := c.pkg.GetProcess()
	waived := c.conflictWaivers(process)
	unwaived, hardOnes, softOnes := false, 0, 0
	for i, d := range process.GetConflictDeclarations() {
		path := fmt.Sprintf("process.conflict_declarations[%d]", i)
		hard, soft := hardConflicts(d), softConflicts(d)
		if !c.hasRole(d.GetPersonId(), reviewerRoles) {
			continue
		}
		hardOnes += len(hard)
		softOnes += len(soft)
		if len(hard) > 0 && !waived[d.GetPersonId()] {
			unwaived = true
			c.report(ConflictOfInterest, LevelError, "cncf.conflict.hard", path+"."+hard[0],
				fmt.Sprintf("%s has a hard conflict of interest and reviews", quote(d.GetPersonId())),
				"take the reviewer off the team, or record a waiver by two chairs and the facilitator")
		}
		if len(soft) > 0 && c.hasRole(d.GetPersonId(), leadRoles) {
			c.report(ConflictOfInterest, LevelError, "cncf.conflict.lead", path+"."+soft[0],
				fmt.Sprintf("%s has a soft conflict of interest and leads the review", quote(d.GetPersonId())),
				"let somebody without a conflict lead")
		}
	}
	// The guide asks for approval of the team, so that conflicts of different
	// reviewers add up. It says "several significant" soft ones; which of them
	// are significant only the chair can tell, and that is why it is a warning.
	c.conflictAssertion(process.GetConflictAssertion(), unwaived, hardOnes > 0 || softOnes > 1)
}

// conflictWaivers checks the waivers and returns whom they are for. A waiver
// that nobody may give lifts no conflict.
func (c *checker) conflictWaivers(process *reviewpkgv1.ProcessRecord) map[string]bool {
	waived := map[string]bool{}
	for i, w := range process.GetConflictWaivers() {
		path := fmt.Sprintf("process.conflict_waivers[%d]", i)
		sound := true
		for j, chair := range w.GetChairIds() {
			if !c.hasRole(chair, chairRoles) {
				sound = false
				c.report(ConflictOfInterest, LevelError, "cncf.conflict.waiver", fmt.Sprintf("%s.chair_ids[%d]", path, j),
					fmt.Sprintf("%s waives as a chair and has no such role", quote(chair)), "two chairs must agree to a waiver")
			}
		}
		if !c.hasRole(w.GetFacilitatorId(), facilitatorRoles) {
			sound = false
			c.report(ConflictOfInterest, LevelError, "cncf.conflict.waiver", path+".facilitator_id",
				fmt.Sprintf("%s waives as the facilitator and has no such role", quote(w.GetFacilitatorId())), "the facilitator must agree to a waiver")
		}
		// The process asks for three people; one of them must not be the one whom
		// it is about.
		if slices.Contains(append([]string{w.GetFacilitatorId()}, w.GetChairIds()...), w.GetPersonId()) {
			sound = false
			c.report(ConflictOfInterest, LevelError, "cncf.conflict.waiver", path+".person_id",
				fmt.Sprintf("%s waives a conflict of their own", quote(w.GetPersonId())), "others must agree to a waiver")
		}
		waived[w.GetPersonId()] = waived[w.GetPersonId()] || sound
	}
	return waived
}

// conflictAssertion holds what the lead asserts against the declarations. Without
// an assertion there is nothing to contradict; that it is missing is a gap
// (CJ54), because older reviews record none.
func (c *checker) conflictAssertion(a *reviewpkgv1.ConflictAssertion, unwaived, needsApproval bool) {
	if a == nil {
		return
	}
	if unwaived && a.GetNoUnwaivedHardConflict() == reviewpkgv1.Answer_ANSWER_YES {
		c.report(ConflictOfInterest, LevelError, "cncf.conflict.assertion", "process.conflict_assertion.no_unwaived_hard_conflict",
			"the lead asserts that no hard conflict is left, and one is", "")
	}
	if needsApproval && (!c.hasRole(a.GetApprovedById(), chairRoles) || a.GetApprovalReason() == "") {
		c.report(ConflictOfInterest, LevelWarning, "cncf.conflict.approval", "process.conflict_assertion.approved_by_id",
			"a team with a hard conflict or several soft ones needs the approval of a chair, with the reason", "")
	}
}

// hasRole reports whether the person with an id has one of some roles. An id that
// is no person's has none; it has been reported as a reference.
func (c *checker) hasRole(id string, kinds []reviewpkgv1.RoleKind) bool {
	item, ok := c.index.items[id]
	if !ok {
		return false
	}
	person, ok := item.Interface().(*reviewpkgv1.Person)
	return ok && hasRole(person, kinds...)
}

// hasRole reports whether a person has one of some roles. Roles that have ended
// count: reviews are read years later, and their people have moved on by then.
func hasRole(person *reviewpkgv1.Person, kinds ...reviewpkgv1.RoleKind) bool {
	return slices.ContainsFunc(person.GetRoles(), func(r *reviewpkgv1.Role) bool {
		return slices.Contains(kinds, r.GetKind())
	})
}

// hardConflicts returns the fields in which a reviewer declares a hard
// conflict: the four of the TAG-Security guide, in its order. The first one is
// where the diagnostic points.
func hardConflicts(d *reviewpkgv1.ConflictDeclaration) []string {
	return declared(
		answered{"maintainer", d.GetMaintainer()}, answered{"reporting_line", d.GetReportingLine()},
		answered{"paid", d.GetPaid()}, answered{"financial_interest", d.GetFinancialInterest()})
}

// softConflicts returns the fields in which a reviewer declares a soft one; the
// guide has four of these as well.
func softConflicts(d *reviewpkgv1.ConflictDeclaration) []string {
	return declared(
		answered{"same_company", d.GetSameCompany()}, answered{"uses_project", d.GetUsesProject()},
		answered{"contributed", d.GetContributed()}, answered{"personal_stake", d.GetPersonalStake()})
}

// An answered is a field and its answer, so that a diagnostic can point at the
// answer that was given and not at the whole declaration.
type answered struct {
	field  string
	answer reviewpkgv1.Answer
}

func declared(answers ...answered) []string {
	var fields []string
	for _, a := range answers {
		if a.answer == reviewpkgv1.Answer_ANSWER_YES {
			fields = append(fields, a.field)
		}
	}
	return fields
}
