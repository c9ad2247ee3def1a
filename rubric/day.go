package rubric

import (
	"time"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// A dayRange is the days that a date may mean, both ends included: one for a
// full date, a month or a year of them for one of less precision. Days are
// midnights in UTC, because a pipeline in another time zone must come to the
// same verdict.
type dayRange struct {
	first, last time.Time
}

// days returns the days that a date may mean. The second result is false if it
// is not set, or is no date.
func days(d *reviewpkgv1.Date) (dayRange, bool) {
	value := d.GetValue()
	form := time.DateOnly // its beginnings are the forms of less precision
	if len(value) > len(form) {
		return dayRange{}, false
	}
	first, err := time.Parse(form[:len(value)], value)
	if err != nil {
		return dayRange{}, false
	}
	switch len(value) {
	case len(form):
		return dayRange{first, first}, true
	case len("2006-01"):
		return dayRange{first, first.AddDate(0, 1, -1)}, true
	case len("2006"):
		return dayRange{first, first.AddDate(1, 0, -1)}, true
	default:
		return dayRange{}, false
	}
}

// day returns the day of an instant. The zero time stays what it is: no day.
func day(t time.Time) time.Time {
	if t.IsZero() {
		return t
	}
	return t.UTC().Truncate(24 * time.Hour)
}

// dated returns a day as a date, or nil for no day.
func dated(t time.Time) *reviewpkgv1.Date {
	if t.IsZero() {
		return nil
	}
	return reviewpkgv1.Date_builder{Value: day(t).Format(time.DateOnly)}.Build()
}

// daysBetween returns how many days lie between two days; negative if to comes
// first. A time.Duration could hold 292 years of them, and a date may be of any.
func daysBetween(from, to time.Time) int {
	return int((to.Unix() - from.Unix()) / int64(24*time.Hour/time.Second))
}

// epoch is the day that days are counted from.
var epoch = time.Unix(0, 0).UTC()

// utcDay returns the day that a time is on in UTC, counted from the epoch: the
// same wherever a program runs.
func utcDay(t time.Time) int { return daysBetween(epoch, day(t)) }

// reviewDays returns the days on which a package was reviewed or, for one that
// nobody else reviewed, was written: the latest of what it says. It is what the
// age of everything counts from that has no date of its own.
func reviewDays(p *reviewpkgv1.ReviewPackage) (dayRange, bool) {
	dates := []*reviewpkgv1.Date{
		p.GetReview().GetDate(), p.GetReview().GetValidation().GetDate(), p.GetReview().GetNotes().GetDate(),
		p.GetJointReview().GetMetadata().GetDate(), p.GetSelfAssessment().GetMetadata().GetDate(),
		p.GetSummary().GetCompleted(),
	}
	for _, h := range p.GetHistory() {
		if h.GetStatus() == reviewpkgv1.PackageStatus_PACKAGE_STATUS_FINAL {
			dates = append(dates, h.GetDate())
		}
	}
	var latest dayRange
	found := false
	for _, d := range dates {
		// Of two dates in one year the more precise one says more.
		if r, ok := days(d); ok && (!found || r.first.After(latest.first) || r.first.Equal(latest.first) && r.last.Before(latest.last)) {
			latest, found = r, true
		}
	}
	return latest, found
}
