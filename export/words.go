package export

import (
	"strconv"
	"strings"

	"github.com/reviewpkg/sdk/internal/inwords"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// processWords returns the name of a process; the enum's own names are too
// short for a title.
func processWords(p reviewpkgv1.ReviewProcess) string {
	switch p {
	case reviewpkgv1.ReviewProcess_REVIEW_PROCESS_CNCF_SELF:
		return "CNCF self-assessment"
	case reviewpkgv1.ReviewProcess_REVIEW_PROCESS_CNCF_JOINT:
		return "CNCF joint review"
	case reviewpkgv1.ReviewProcess_REVIEW_PROCESS_CNCF_PACKAGE:
		return "CNCF package"
	case reviewpkgv1.ReviewProcess_REVIEW_PROCESS_OPENSTACK:
		return "OpenStack security review"
	default:
		return "Process " + inwords.Enum(p)
	}
}

// outcomeWords returns an outcome in capitals, and the beginning of a sentence
// that says what it means and ends with the policy.
func outcomeWords(o reviewpkgv1.Outcome) (name, meaning string) {
	name = strings.ToUpper(inwords.Enum(o))
	switch o {
	case reviewpkgv1.Outcome_OUTCOME_PASS:
		return name, "The package lies within the limits of"
	case reviewpkgv1.Outcome_OUTCOME_WARN:
		return name, "The package is accepted with a warning under"
	case reviewpkgv1.Outcome_OUTCOME_INDETERMINATE:
		return name, "Not enough is known to tell whether the package lies within the limits of"
	case reviewpkgv1.Outcome_OUTCOME_FAIL:
		return name, "The package lies outside the limits of"
	default:
		return name, "The verdict does not say whether the package lies within the limits of"
	}
}

// outcomeTone returns the tone of an outcome. What cannot be told is neither good
// nor bad.
func outcomeTone(o reviewpkgv1.Outcome) tone {
	switch o {
	case reviewpkgv1.Outcome_OUTCOME_PASS:
		return "good"
	case reviewpkgv1.Outcome_OUTCOME_WARN:
		return "warn"
	case reviewpkgv1.Outcome_OUTCOME_FAIL:
		return "bad"
	default:
		return "open"
	}
}

// levels returns a level, or both ends of an interval of levels. An interval that
// reaches from one tone to another has that of what is not known, which counts
// neither as good nor as bad.
func levels(low, high reviewpkgv1.Level) span {
	if high == reviewpkgv1.Level_LEVEL_UNSPECIFIED {
		high = low
	}
	s := words("%s", inwords.Enum(low))
	if high != low {
		s.Text += " to " + inwords.Enum(high)
	}
	if s.Tone = levelTone(low); s.Tone != levelTone(high) {
		s.Tone = "open"
	}
	return s
}

// levelTone returns the tone of a level. There are fewer tones than levels: colour
// guides the eye to what is high, and the words tell the levels apart.
func levelTone(l reviewpkgv1.Level) tone {
	switch l {
	case reviewpkgv1.Level_LEVEL_VERY_LOW, reviewpkgv1.Level_LEVEL_LOW:
		return "low"
	case reviewpkgv1.Level_LEVEL_MEDIUM:
		return "medium"
	case reviewpkgv1.Level_LEVEL_HIGH, reviewpkgv1.Level_LEVEL_VERY_HIGH:
		return "high"
	default:
		return ""
	}
}

// level returns a single level.
func level(l reviewpkgv1.Level) span { return levels(l, l) }

// figures returns a figure, or both ends of an interval of figures, in that order
// even if a document has them the wrong way round.
func figures(low, high uint32) string {
	s := strconv.FormatUint(uint64(low), 10)
	if high != low {
		s += " to " + strconv.FormatUint(uint64(high), 10)
	}
	return s
}

// dateSpan returns a date, as it stands in the document where it has no other
// form.
func dateSpan(d *reviewpkgv1.Date) span {
	if d.GetValue() == "" {
		return quote(d.GetRaw())
	}
	return quote(d.GetValue())
}

// tallyWords returns how many rules there are of each outcome, the gravest first.
func tallyWords(counts map[reviewpkgv1.Outcome]int) string {
	var parts []string
	left := 0
	for _, n := range counts {
		left += n
	}
	for _, o := range []struct {
		outcome   reviewpkgv1.Outcome
		one, many string
	}{
		{reviewpkgv1.Outcome_OUTCOME_FAIL, "fails", "fail"},
		{reviewpkgv1.Outcome_OUTCOME_INDETERMINATE, "cannot be told", "cannot be told"},
		{reviewpkgv1.Outcome_OUTCOME_WARN, "warns", "warn"},
		{reviewpkgv1.Outcome_OUTCOME_PASS, "passes", "pass"},
	} {
		n := counts[o.outcome]
		left -= n
		switch n {
		case 0:
		case 1:
			parts = append(parts, "1 "+o.one)
		default:
			parts = append(parts, strconv.Itoa(n)+" "+o.many)
		}
	}
	if left > 0 {
		parts = append(parts, strconv.Itoa(left)+" of an outcome that is not known")
	}
	return strings.Join(parts, ", ")
}
