package cncf

import (
	"strconv"
	"strings"

	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// disclosure reads responsible disclosure: what labelled lines state, or what
// the words tell. 32 of 49 documents have no heading for the response to
// vulnerabilities, and tell it here; the words for both are read where they
// stand.
func (r *reader) disclosure(s *section, n *reviewpkgv1.Narrative) *reviewpkgv1.Disclosure {
	d := reviewpkgv1.Disclosure_builder{Text: n}.Build()
	e := r.subEntry(s)
	var used []*field
	take := func(label, name string, set func(string) bool) {
		for i := range e.fields {
			if f := &e.fields[i]; f.label == label && set(f.value) {
				used = append(used, f)
				r.Claim(r.at("issue_resolution.disclosure."+name), f.start, f.end, reviewpkgv1.Derivation_DERIVATION_BOLD_LEAD, "")
				return
			}
		}
	}
	// These are the labels of the documents that this package writes. People
	// write sentences, which disclosureFacts reads.
	take("policy", "policy_url", func(v string) bool { d.SetPolicyUrl(firstURL(v)); return d.GetPolicyUrl() != "" })
	take("contacts", "contacts", func(v string) bool {
		for _, c := range strings.Split(v, ", ") {
			d.SetContacts(append(d.GetContacts(), strings.Trim(c, "<>")))
		}
		return true
	})
	take("private reporting", "private_reporting", func(v string) bool { d.SetPrivateReporting(yesNo(v)); return d.GetPrivateReporting() != 0 })
	take("embargo in days", "embargo_days", func(v string) bool { return setCount(v, 3650, d.SetEmbargoDays) })
	take("acknowledgement in hours", "acknowledge_hours", func(v string) bool { return setCount(v, 87600, d.SetAcknowledgeHours) })
	take("distributors", "distributors", func(v string) bool { d.SetDistributors(v); return true })
	take("cve policy", "cve_policy", func(v string) bool { d.SetCvePolicy(v); return true })
	// What labels state is stated; words beside them explain it, and concluding
	// more from them would contradict the labels.
	if len(used) == 0 {
		disclosureFacts(d, n.GetText())
		r.claimConcluded(s, d, "issue_resolution.disclosure", "policy_url", "contacts", "private_reporting", "embargo_days", "acknowledge_hours")
	}
	d.SetText(rest(n, &e, used))
	if d.HasText() {
		r.claimSection(s, r.at("issue_resolution.disclosure.text"))
	}
	return d
}

// claimConcluded says that values that have no lines of their own were read from
// the words of a section.
func (r *reader) claimConcluded(s *section, m proto.Message, path string, fields ...protoreflect.Name) {
	have := m.ProtoReflect()
	for _, name := range fields {
		if fd := have.Descriptor().Fields().ByName(name); have.Has(fd) {
			r.Claim(r.at(path+"."+string(name)), s.start, r.fullEnd(s), reviewpkgv1.Derivation_DERIVATION_INFERRED, "")
		}
	}
}

// setCount sets a number that a labelled line states. A number that no project
// could mean is no number, and the line stays text.
func setCount(text string, most uint64, set func(uint32)) bool {
	n, err := strconv.ParseUint(strings.TrimSpace(text), 10, 32)
	if err != nil || n > most {
		return false
	}
	set(uint32(n))
	return true
}

// response reads the response to vulnerabilities in the same way. The team and
// the days are what the template asks for; an owner that is a person goes with
// the people.
func (r *reader) response(s *section, n *reviewpkgv1.Narrative) *reviewpkgv1.VulnerabilityResponse {
	v := reviewpkgv1.VulnerabilityResponse_builder{Text: n}.Build()
	e := r.subEntry(s)
	var used []*field
	for i := range e.fields {
		switch f := &e.fields[i]; {
		case f.label == "team":
			v.SetTeam(f.value)
			used = append(used, f)
			r.Claim(r.at("issue_resolution.vulnerability_response.team"), f.start, f.end, reviewpkgv1.Derivation_DERIVATION_BOLD_LEAD, "")
		case f.label == "fix in days" && setCount(f.value, 3650, v.SetFixDays):
			used = append(used, f)
			r.Claim(r.at("issue_resolution.vulnerability_response.fix_days"), f.start, f.end, reviewpkgv1.Derivation_DERIVATION_BOLD_LEAD, "")
		}
	}
	v.SetResponderIds(r.responders(s))
	// Hours become days upwards: a fix in 36 hours is one in 2 days.
	if days, ok := period(n.GetText(), "fix", "patch", "resolv"); ok && len(used) == 0 {
		v.SetFixDays((days + 23) / 24)
		r.claimConcluded(s, v, "issue_resolution.vulnerability_response", "fix_days")
	}
	r.claimConcluded(s, v, "issue_resolution.vulnerability_response", "responder_ids")
	v.SetText(rest(n, &e, used))
	if v.HasText() {
		r.claimSection(s, r.at("issue_resolution.vulnerability_response.text"))
	}
	return v
}

// responders reads the people whom a section lists, each with a handle: those
// who respond to reports. A list of tools or of steps has no handles, and is
// not taken for people by that.
func (r *reader) responders(s *section) []string {
	var ids []string
	for _, b := range s.blocks {
		if b.kind != list {
			continue
		}
		for _, it := range b.kids {
			text := r.itemText(it)
			// Name and handle, and behind a comma the employer.
			// A second person on the line is an employer in most lists, and another
			// handle makes it a second person.
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

// privateWords are the words for reports that only the team sees.
var privateWords = newPhrases("privately", "private mailing", "private list", "private vulnerability", "private security", "in private", "advisories/new", "confidentially", "private disclosure", "private report")

// disclosureFacts reads where and how vulnerabilities are reported. Private and
// public channels stand side by side in most answers, and the address alone
// does not tell which one is for reports; all of them are contacts, with the
// words that explain them.
func disclosureFacts(d *reviewpkgv1.Disclosure, text string) {
	for _, u := range absoluteURLs(text) {
		lower := lowerCase(u)
		if containsAny(lower, "security.md", "/security/policy", "security-policy", "disclosure", "/security") && d.GetPolicyUrl() == "" && !strings.Contains(lower, "advisories/new") {
			d.SetPolicyUrl(u)
		}
		// The form for a private report is a contact, not a policy.
		if strings.Contains(lower, "advisories/new") {
			d.SetContacts(append(d.GetContacts(), u))
		}
	}
	d.SetContacts(append(d.GetContacts(), addresses(text)...))
	lower := lowerCase(text)
	if privateWords.in(lower) {
		d.SetPrivateReporting(reviewpkgv1.Answer_ANSWER_YES)
	}
	// "3 working days", "48 hours", "24 hours to 7 days" are in the corpus.
	if hours, ok := period(lower, "acknowledg", "respond to", "response within", "initial response", "confirm receipt"); ok {
		d.SetAcknowledgeHours(hours)
	}
	if hours, ok := period(lower, "embargo"); ok && hours >= 24 {
		d.SetEmbargoDays(hours / 24)
	}
}

// period reads a length of time, in hours, from a sentence that has one of the
// words: "within 3 working days". A range gives its end. Several sentences that
// say different things give nothing.
//
// One sentence often promises an answer and a fix, so that only the clause with
// the word counts.
func period(text string, words ...string) (uint32, bool) {
	lower := lowerCase(text)
	if !containsAny(lower, words...) || !containsAny(lower, "hour", "day", "week") {
		return 0, false // most answers, which need not be cut
	}
	found := uint32(0)
	for _, sentence := range cutText(lower, sentenceEnd) {
		if !containsAny(sentence, words...) {
			continue
		}
		hours, sure := clausePeriod(sentence, words)
		if hours == 0 && sure {
			continue
		}
		if !sure || found != 0 && found != hours {
			return 0, false
		}
		found = hours
	}
	return found, found != 0
}

// otherSteps are the beginnings of words for what else has a time limit. A
// clause with one of them does not say how long the step that is looked for
// takes.
var otherSteps = []string{"answer", "respon", "reply", "acknowledg", "confirm", "triag", "assess", "review", "notif", "disclos", "publi", "announc", "embargo", "fix", "patch", "resolv"}

// clausePeriod returns the length of time that the clauses with one of the words
// give. If they give none, that of the only clause that has one and speaks of
// nothing else: "we fix, test and release within 30 days". It is not sure if
// different lengths could be meant.
func clausePeriod(sentence string, words []string) (hours uint32, sure bool) {
	var inside, beside, other uint32
	several := false
	for _, clause := range cutText(sentence, clauseEnd) {
		n := lengthOfTime(strings.Fields(clause))
		if n == 0 {
			continue
		}
		switch {
		case containsAny(clause, words...) && (inside == 0 || inside == n):
			inside = n
		case containsAny(clause, words...):
			return 0, false
		case containsAny(clause, otherSteps...):
			other = n
		case inside != 0 && inside != n:
			return 0, false // it goes on: "and others within 30 days"
		default:
			several = several || beside != 0 && beside != n
			beside = n
		}
	}
	switch {
	case inside != 0:
		return inside, true
	case other != 0:
		return 0, true
	default:
		return beside, !several
	}
}

// numberWords are the numbers that documents write as words.
var numberWords = map[string]int{"one": 1, "two": 2, "three": 3, "five": 5, "seven": 7, "ten": 10, "fourteen": 14, "thirty": 30, "ninety": 90}

// It returns hours, or zero. The number stands up to three words before the
// unit, because authors write working or business between the two.
func lengthOfTime(words []string) uint32 {
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
			// A range has its end behind the hyphen: "24-48 hours" promises 48.
			n, err := strconv.Atoi(word)
			if err != nil {
				n = numberWords[word]
			}
			if n > 0 && n <= 365 {
				return uint32(n * unit) //nolint:gosec // at most a year in weeks
			}
		}
	}
	return 0
}
