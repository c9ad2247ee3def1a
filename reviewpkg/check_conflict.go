package reviewpkg

import (
	"fmt"
	"slices"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// Parts of a review that a conflict of interest can bar somebody from.
var (
	leadRoles = []reviewpkgv1.RoleKind{
		reviewpkgv1.RoleKind_ROLE_KIND_LEAD_SECURITY_REVIEWER,
		reviewpkgv1.RoleKind_ROLE_KIND_REVIEWER_DELEGATE,
	}
	reviewerRoles = append([]reviewpkgv1.RoleKind{
		reviewpkgv1.RoleKind_ROLE_KIND_SECURITY_REVIEWER,
		reviewpkgv1.RoleKind_ROLE_KIND_HANDS_ON_REVIEWER,
		reviewpkgv1.RoleKind_ROLE_KIND_VALIDATING_REVIEWER,
	}, leadRoles...)
	chairRoles = []reviewpkgv1.RoleKind{
		reviewpkgv1.RoleKind_ROLE_KIND_CHAIR,
		reviewpkgv1.RoleKind_ROLE_KIND_OVERSIGHT_CHAIR,
	}
	facilitatorRoles = []reviewpkgv1.RoleKind{reviewpkgv1.RoleKind_ROLE_KIND_FACILITATOR}
)

// conflicts applies the CNCF rules on conflicts of interest: a hard conflict
// bars a reviewer unless two chairs and the facilitator waive it; a soft one
// bars from leading.
func (c *checker) conflicts() {
	process := c.pkg.GetProcess()
	waived := c.conflictWaivers(process)
	unwaived, needsApproval := false, false
	for i, d := range process.GetConflictDeclarations() {
		path := fmt.Sprintf("process.conflict_declarations[%d]", i)
		hard, soft := hardConflicts(d), softConflicts(d)
		if !c.hasRole(d.GetPersonId(), reviewerRoles) {
			continue
		}
		needsApproval = needsApproval || len(hard) > 0 || len(soft) > 1
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
	c.conflictAssertion(process.GetConflictAssertion(), unwaived, needsApproval)
}

// conflictWaivers checks the waivers and returns whom they are for.
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
		if slices.Contains(append([]string{w.GetFacilitatorId()}, w.GetChairIds()...), w.GetPersonId()) {
			sound = false
			c.report(ConflictOfInterest, LevelError, "cncf.conflict.waiver", path+".person_id",
				fmt.Sprintf("%s waives a conflict of their own", quote(w.GetPersonId())), "others must agree to a waiver")
		}
		waived[w.GetPersonId()] = waived[w.GetPersonId()] || sound
	}
	return waived
}

// conflictAssertion holds what the lead asserts against the declarations.
func (c *checker) conflictAssertion(a *reviewpkgv1.ConflictAssertion, unwaived, needsApproval bool) {
	if a == nil {
		return
	}
	if unwaived && a.GetNoUnwaivedHardConflict() == reviewpkgv1.Answer_ANSWER_YES {
		c.report(ConflictOfInterest, LevelError, "cncf.conflict.assertion", "process.conflict_assertion.no_unwaived_hard_conflict",
			"the lead asserts that no hard conflict is left, and one is", "")
	}
	if needsApproval && (a.GetApprovedById() == "" || a.GetApprovalReason() == "") {
		c.report(ConflictOfInterest, LevelWarning, "cncf.conflict.approval", "process.conflict_assertion.approved_by_id",
			"a team with a hard conflict or several soft ones needs the approval of a chair, with the reason", "")
	}
}

// hasRole reports whether the person with an id has one of some roles.
func (c *checker) hasRole(id string, kinds []reviewpkgv1.RoleKind) bool {
	item, ok := c.index.items[id]
	if !ok {
		return false
	}
	person, ok := item.Interface().(*reviewpkgv1.Person)
	return ok && hasRole(person, kinds...)
}

func hasRole(person *reviewpkgv1.Person, kinds ...reviewpkgv1.RoleKind) bool {
	return slices.ContainsFunc(person.GetRoles(), func(r *reviewpkgv1.Role) bool {
		return slices.Contains(kinds, r.GetKind())
	})
}

// hardConflicts returns the fields in which a reviewer declares a hard
// conflict.
func hardConflicts(d *reviewpkgv1.ConflictDeclaration) []string {
	return declared(
		answered{"maintainer", d.GetMaintainer()}, answered{"reporting_line", d.GetReportingLine()},
		answered{"paid", d.GetPaid()}, answered{"financial_interest", d.GetFinancialInterest()})
}

// softConflicts returns the fields in which a reviewer declares a soft one.
func softConflicts(d *reviewpkgv1.ConflictDeclaration) []string {
	return declared(
		answered{"same_company", d.GetSameCompany()}, answered{"uses_project", d.GetUsesProject()},
		answered{"contributed", d.GetContributed()}, answered{"personal_stake", d.GetPersonalStake()})
}

// An answered is a field and its answer.
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
