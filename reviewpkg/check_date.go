package reviewpkg

import (
	"fmt"
	"time"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// dates reports dates that stand before one that must come first. Lists that the
// model calls oldest first are held against themselves: each entry must not be
// before the last one that has a date, and those without a date are passed over.
func (c *checker) dates() {
	p := c.pkg
	var last, final *reviewpkgv1.Date
	for i, change := range p.GetHistory() {
		c.order(LevelError, fmt.Sprintf("history[%d].date", i), change.GetDate(), "the entry before it", last)
		if isDate(change.GetDate()) {
			last = change.GetDate()
			if change.GetStatus() == reviewpkgv1.PackageStatus_PACKAGE_STATUS_FINAL {
				final = last
			}
		}
	}
	// A package that became obsolete after its renewal was due is no mistake but
	// the usual end, so that later changes of status do not count.
	c.order(LevelError, "renewal_due", p.GetRenewalDue(), "the day the package became final", final)
	c.processDates()
	for i, person := range p.GetPeople() {
		for j, role := range person.GetRoles() {
			path := fmt.Sprintf("%s.roles[%d].until", c.at("people", i, person.GetId()), j)
			c.order(LevelError, path, role.GetUntil(), "its first day", role.GetSince())
		}
	}
	self, joint := p.GetSelfAssessment().GetHandsOn(), p.GetJointReview().GetHandsOn()
	c.order(LevelError, "self_assessment.hands_on.until", self.GetUntil(), "its first day", self.GetFrom())
	c.order(LevelError, "joint_review.hands_on.until", joint.GetUntil(), "its first day", joint.GetFrom())
	review := p.GetReview()
	c.order(LevelError, "review.validation.date", review.GetValidation().GetDate(), "the review", review.GetDate())
	c.findingDates("findings", p.GetFindings())
	c.findingDates("disputed_findings", p.GetDisputedFindings())
}

// processDates holds the record of the process against itself. A summary that
// was completed before the review was asked for, or before the self-assessment
// was dated, has been published: self-assessments are edited after the review,
// and requests are filed late. It is a doubt, not an error.
func (c *checker) processDates() {
	process := c.pkg.GetProcess()
	var last *reviewpkgv1.Date
	for i, event := range process.GetEvents() {
		c.order(LevelError, fmt.Sprintf("process.events[%d].date", i), event.GetDate(), "the state before it", last)
		if isDate(event.GetDate()) {
			last = event.GetDate()
		}
	}
	requested := process.GetRequest().GetDate()
	c.order(LevelError, "process.intake.date", process.GetIntake().GetDate(), "the request", requested)
	completed := c.pkg.GetSummary().GetCompleted()
	c.order(LevelWarning, "summary.completed", completed, "the request", requested)
	c.order(LevelWarning, "summary.completed", completed, "the self-assessment", c.pkg.GetSelfAssessment().GetMetadata().GetDate())
}

// findingDates holds the life of each finding against the day it was raised.
func (c *checker) findingDates(list string, findings []*reviewpkgv1.Finding) {
	for i, f := range findings {
		// Few findings have both, and only for them is the path worth its cost.
		if f.HasStateChanged() && f.HasRaised() {
			path := c.at(list, i, f.GetId()) + ".state_changed"
			c.order(LevelError, path, f.GetStateChanged(), "the day it was raised", f.GetRaised())
		}
	}
}

// order reports date, at path, if it is certainly before first. Dates of
// different precision are compared as far as both go: May 2019 is not before
// 2019-05-24. As text, ISO dates sort like the days they name. What is no date
// has been reported as such, and what follows from that would be noise.
func (c *checker) order(level Level, path string, date *reviewpkgv1.Date, what string, first *reviewpkgv1.Date) {
	a, b := date.GetValue(), first.GetValue()
	n := min(len(a), len(b))
	if a[:n] >= b[:n] || !isDate(date) || !isDate(first) {
		return
	}
	c.report(DateOrder, level, "date.order", path,
		fmt.Sprintf("%s is before %s, which is %s", quote(a), what, quote(b)), "one of the two dates is wrong")
}

// isDate reports whether d is a date of the calendar, of any precision. The rules
// of the .proto files say the same in CEL, for all languages; here the calendar
// of the library is at hand.
func isDate(d *reviewpkgv1.Date) bool {
	const form = time.DateOnly // its beginnings are the forms of less precision
	value := d.GetValue()
	switch len(value) {
	case len("2006"), len("2006-01"), len(form):
		_, err := time.Parse(form[:len(value)], value)
		return err == nil
	default:
		return false
	}
}
