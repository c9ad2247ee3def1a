package cncf

import (
	"strconv"
	"strings"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// disclosure reads responsible disclosure: what labelled lines state, or what
// the words tell.
func (r *reader) disclosure(s *section, n *reviewpkgv1.Narrative) *reviewpkgv1.Disclosure {
	d := reviewpkgv1.Disclosure_builder{Text: n}.Build()
	e := r.subEntry(s)
	var used []*field
	take := func(label string, set func(string) bool) {
		for i := range e.fields {
			if f := &e.fields[i]; f.label == label && set(f.value) {
				used = append(used, f)
				r.Claim(r.at("issue_resolution.disclosure"), f.start, f.end, reviewpkgv1.Derivation_DERIVATION_BOLD_LEAD, "")
				return
			}
		}
	}
	take("policy", func(v string) bool { d.SetPolicyUrl(firstURL(v)); return d.GetPolicyUrl() != "" })
	take("contacts", func(v string) bool {
		for _, c := range strings.Split(v, ", ") {
			d.SetContacts(append(d.GetContacts(), strings.Trim(c, "<>")))
		}
		return true
	})
	take("private reporting", func(v string) bool { d.SetPrivateReporting(yesNo(v)); return d.GetPrivateReporting() != 0 })
	take("embargo in days", func(v string) bool { return setCount(v, 3650, d.SetEmbargoDays) })
	take("acknowledgement in hours", func(v string) bool { return setCount(v, 87600, d.SetAcknowledgeHours) })
	take("distributors", func(v string) bool { d.SetDistributors(v); return true })
	take("cve policy", func(v string) bool { d.SetCvePolicy(v); return true })
	if len(used) == 0 {
		disclosureFacts(d, n.GetText())
	}
	d.SetText(rest(n, &e, used))
	return d
}

// setCount sets a number that a labelled line states.
func setCount(text string, most uint64, set func(uint32)) bool {
	n, err := strconv.ParseUint(strings.TrimSpace(text), 10, 32)
	if err != nil || n > most {
		return false
	}
	set(uint32(n))
	return true
}

// response reads the response to vulnerabilities in the same way.
func (r *reader) response(s *section, n *reviewpkgv1.Narrative) *reviewpkgv1.VulnerabilityResponse {
	v := reviewpkgv1.VulnerabilityResponse_builder{Text: n}.Build()
	e := r.subEntry(s)
	var used []*field
	for i := range e.fields {
		switch f := &e.fields[i]; {
		case f.label == "team":
			v.SetTeam(f.value)
			used = append(used, f)
		case f.label == "fix in days" && setCount(f.value, 3650, v.SetFixDays):
			used = append(used, f)
		}
	}
	v.SetResponderIds(r.responders(s))
	if days, ok := period(n.GetText(), "fix", "patch", "resolv"); ok && len(used) == 0 {
		v.SetFixDays((days + 23) / 24)
	}
	v.SetText(rest(n, &e, used))
	return v
}

// responders reads the people whom a section lists, each with a handle: those who
// respond to reports.
func (r *reader) responders(s *section) []string {
	var ids []string
	for _, b := range s.blocks {
		if b.kind != list {
			continue
		}
		for _, it := range b.kids {
			text := r.itemText(it)
			// Name and handle, and behind a comma the employer.
			named := persons(text)
			if len(named) == 0 || len(named) > 2 || named[0].Handle == "" || named[0].Name == "" || len(named) == 2 && named[1].Handle != "" || len(text) > 2*maxLead {
				continue
			}
			if len(named) == 2 {
				text, _, _ = strings.Cut(text, "),")
				text += ") (" + named[1].Name + ")"
			}
			for _, id := range r.readPeople(keyLine{value: text, start: it.start, end: it.end, how: reviewpkgv1.Derivation_DERIVATION_STATED}, reviewpkgv1.RoleKind_ROLE_KIND_SECURITY_CONTACT) {
				if !oneOf(id, ids...) {
					ids = append(ids, id)
				}
			}
		}
	}
	return ids
}

// disclosureFacts reads where and how vulnerabilities are reported.
func disclosureFacts(d *reviewpkgv1.Disclosure, text string) {
	for _, u := range absoluteURLs(text) {
		lower := strings.ToLower(u)
		if containsAny(lower, "security.md", "/security/policy", "security-policy", "disclosure", "/security") && d.GetPolicyUrl() == "" && !strings.Contains(lower, "advisories/new") {
			d.SetPolicyUrl(u)
		}
		if strings.Contains(lower, "advisories/new") {
			d.SetContacts(append(d.GetContacts(), u))
		}
	}
	d.SetContacts(append(d.GetContacts(), addresses(text)...))
	lower := strings.ToLower(text)
	if containsAny(lower, "privately", "private mailing", "private list", "private vulnerability", "private security", "in private", "advisories/new", "confidentially", "private disclosure", "private report") {
		d.SetPrivateReporting(reviewpkgv1.Answer_ANSWER_YES)
	}
	if hours, ok := period(text, "acknowledg", "respond to", "response within", "initial response", "confirm receipt"); ok {
		d.SetAcknowledgeHours(hours)
	}
	if hours, ok := period(text, "embargo"); ok && hours >= 24 {
		d.SetEmbargoDays(hours / 24)
	}
}

// period reads a length of time, in hours, from a sentence that has one of the
// words: "within 3 working days". A range gives its end. Several sentences that
// say different things give nothing.
func period(text string, words ...string) (uint32, bool) {
	found := uint32(0)
	for sentence := range strings.SplitSeq(strings.ToLower(text), ". ") {
		if !containsAny(sentence, words...) {
			continue
		}
		hours := lengthOfTime(strings.Fields(sentence))
		if hours == 0 {
			continue
		}
		if found != 0 && found != hours {
			return 0, false
		}
		found = hours
	}
	return found, found != 0
}

func lengthOfTime(words []string) uint32 {
	numbers := map[string]int{"one": 1, "two": 2, "three": 3, "five": 5, "seven": 7, "ten": 10, "fourteen": 14, "thirty": 30, "ninety": 90}
	for i, w := range words {
		unit := 0
		switch w = strings.Trim(w, ".,;:()*"); {
		case strings.HasPrefix(w, "hour"):
			unit = 1
		case strings.HasPrefix(w, "day"):
			unit = 24
		case strings.HasPrefix(w, "week"):
			unit = 168
		default:
			continue
		}
		for j := i - 1; j >= max(0, i-3); j-- {
			word := strings.Trim(words[j], ".,;:()*")
			if k := strings.LastIndexAny(word, "-–"); k >= 0 {
				word = word[k+1:]
			}
			n, err := strconv.Atoi(word)
			if err != nil {
				n = numbers[word]
			}
			if n > 0 && n <= 365 {
				return uint32(n * unit) //nolint:gosec // at most a year in weeks
			}
		}
	}
	return 0
}
