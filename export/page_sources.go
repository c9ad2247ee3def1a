package export

import (
	"fmt"
	"strconv"
	"strings"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// sources appends what the overall risk and that of each dimension comes from.
// The profile has the worst first, so that the first few explain the figure.
func (p *page) sources(profile *reviewpkgv1.RiskProfile, most limits) {
	var items []item
	if list := profile.GetContributions(); len(list) > 0 {
		items = append(items, source(line{words("Overall")}, profile.GetOverall(), list, most))
	}
	for _, d := range profile.GetDimensions() {
		if list := d.GetContributions(); len(list) > 0 {
			items = append(items, source(dimensionName(d), d.GetRisk(), list, most))
		}
	}
	if len(items) > 0 {
		p.heading(3, words("What the risk comes from"))
		p.list(items, most.items, "dimension")
	}
}

// source returns a risk as the sum of its contributions, and the first of these.
func source(name line, risk *reviewpkgv1.RiskInterval, list []*reviewpkgv1.Contribution, most limits) item {
	top := item{Line: append(name, words("%s", sums(risk, list)))}
	n, rest := cut(len(list), most.below)
	for _, c := range list[:n] {
		top.Items = append(top.Items, item{Line: contribution(c)})
	}
	if rest > 0 {
		top.Items = append(top.Items, item{Line: andMore(rest, "contribution")})
	}
	return top
}

// sums returns ": 855 = 371 + 284 + 200", for both ends where they differ. A
// profile is data and its points need not be there or add up; then nothing is
// said, because a sum that is wrong explains nothing.
func sums(risk *reviewpkgv1.RiskInterval, list []*reviewpkgv1.Contribution) string {
	low := make([]uint32, len(list))
	high := make([]uint32, len(list))
	for i, c := range list {
		low[i], high[i] = c.GetPointsMin(), c.GetPointsMax()
	}
	least, ok := sum(risk.GetScoreMin(), low)
	greatest, fits := sum(risk.GetScoreMax(), high)
	switch {
	case !ok || !fits:
		return ""
	case least == greatest:
		return ": " + least
	default:
		return fmt.Sprintf(": at least %s, at most %s", least, greatest)
	}
}

// sum returns a total and its parts, those that count for nothing left out and
// the last of many taken together.
func sum(total uint32, parts []uint32) (text string, ok bool) {
	const most = 6
	var terms []string
	all, rest := uint64(0), uint64(0)
	for _, n := range parts {
		all += uint64(n)
		switch {
		case n == 0:
		case len(terms) < most:
			terms = append(terms, strconv.FormatUint(uint64(n), 10))
		default:
			rest += uint64(n)
		}
	}
	if rest > 0 {
		terms = append(terms, fmt.Sprintf("%d of the rest", rest))
	}
	text = strconv.FormatUint(uint64(total), 10)
	if len(terms) > 1 {
		text += " = " + strings.Join(terms, " + ")
	}
	return text, all == uint64(total)
}

// contribution returns one thing that a risk comes from: how much, what, where,
// and how the profile got there.
func contribution(c *reviewpkgv1.Contribution) line {
	l := line{words("Risk "), levels(c.GetLevelMin(), c.GetLevelMax())}
	if c.GetPointsMax() > 0 {
		l = append(l, words(", %s", points(c.GetPointsMin(), c.GetPointsMax())))
	}
	l = append(l, words(": "))
	if title := quote(c.GetTitle()); title.Text != "" {
		l = append(l, title, words(", "))
	}
	l = append(l, code(c.GetPath()))
	if derivation := quote(c.GetDerivation()); derivation.Text != "" {
		l = append(l, words(" ("), derivation, words(")"))
	}
	return l
}

// points returns how many points something adds to both ends of a score. The
// lower end may have more of them, so that they stand in no order.
func points(low, high uint32) string {
	if low == high {
		return count(int(low), "point")
	}
	return fmt.Sprintf("%d points of the lowest score and %d of the highest", low, high)
}
