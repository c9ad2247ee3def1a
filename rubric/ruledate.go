package rubric

import (
	"math"
	"time"

	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"

	"github.com/reviewpkg/sdk/internal/celview"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// A date is written as precisely as its author knew it: 2019, 2019-05, 2019-05-24.
// The rules judge it by all the days that it may be. Ages are told for a day that
// the caller gives, because a verdict must not change from one run to the next.

// asOfPath stands for the day for which ages are told where nobody gave one.
const asOfPath = "as_of"

// maxRuleDays is more than any two days of the calendar are apart, so that sums
// with it cannot overflow.
const maxRuleDays = 4_000_000

// olderThan reports whether a date lies more than a number of days before the
// day for which ages are told.
func (k *ruleKit) olderThan(date, days ref.Val) ref.Val {
	n, ok := days.(types.Int)
	if !ok {
		return types.MaybeNoSuchOverloadErr(days)
	}
	return k.before(date, max(min(int64(n), maxRuleDays), -maxRuleDays))
}

// past reports whether the day for which ages are told is later than a date.
func (k *ruleKit) past(date ref.Val) ref.Val { return k.before(date, 0) }

// before reports whether a date lies more than some days before the day for
// which ages are told. It is true if the last day that the date may be does,
// false if the first one does not, and otherwise unknown: so is what a date that
// is not stated, or is none, says.
func (k *ruleKit) before(v ref.Val, days int64) ref.Val {
	o, ok := v.(*celview.Object)
	if !ok {
		return types.MaybeNoSuchOverloadErr(v)
	}
	d, ok := o.Message().(*reviewpkgv1.Date)
	if !ok {
		return types.MaybeNoSuchOverloadErr(v)
	}
	first, last, ok := ruleDays(d)
	if o.Session().Recording() {
		if ok {
			o.Note(d.GetValue())
		} else {
			o.Note("not stated")
		}
	}
	c := o.Session().Context.(*ruleContext)
	switch {
	case !c.dated:
		return o.Session().Named(asOfPath).Now()
	case first == last:
		return types.Bool(first < c.asOf-days)
	}
	// What is not known is the date, and not a field of it.
	at, field := o, k.fields.date
	if parent, fd := o.In(); parent != nil && !fd.IsList() {
		at, field = parent, fd.Index()
	}
	return o.Session().Range(at, field, first, last).Below(c.asOf - days)
}

// ruleDays returns the first and the last day that a date may be, in days since
// 1970, both the same for one that names a day. A date that is not stated, or is
// none of the calendar, may be any day, and the last result is false.
func ruleDays(d *reviewpkgv1.Date) (first, last int64, ok bool) {
	r, ok := days(d)
	if !ok {
		return math.MinInt32, math.MaxInt32, false
	}
	return ruleDay(r.first), ruleDay(r.last), true
}

// ruleDay returns the day of a time, as rules count days.
func ruleDay(t time.Time) int64 { return int64(utcDay(t)) }
