package cncf

import (
	"strconv"
	"strings"

	"github.com/reviewpkg/sdk/internal/intake"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

func itoa(n int) string { return strconv.Itoa(n) }

// readResolution reads how security issues are dealt with.
func (r *reader) readResolution() {
	i := &reviewpkgv1.IssueResolution{}
	i.SetText(r.narrative(resolution, r.at("issue_resolution.text")))
	if n := r.narrative(disclosure, r.at("issue_resolution.disclosure.text")); n != nil {
		i.SetDisclosure(r.disclosure(r.found[disclosure], n))
	}
	if n := r.narrative(response, r.at("issue_resolution.vulnerability_response.text")); n != nil {
		i.SetVulnerabilityResponse(r.response(r.found[response], n))
	}
	if s := r.found[incidentResponse]; s != nil && !s.has(disclosure) {
		if n := r.narrative(incidentResponse, r.at("issue_resolution.incident_response.text")); n != nil {
			i.SetIncidentResponse(r.incident(s, n))
		}
	}
	if s := r.found[closedIssues]; s != nil {
		list, note := r.issues(s, closedIssues, "issue_resolution.closed_issues", "closed")
		for _, issue := range list {
			issue.SetStatus(reviewpkgv1.KnownIssueStatus_KNOWN_ISSUE_STATUS_FIXED)
		}
		i.SetClosedIssues(list)
		i.SetClosedIssuesNote(r.note(closedIssues, s, note, len(list), r.at("issue_resolution.closed_issues_note")))
	}
	// A team that responds may have a heading of its own.
	if s := r.found[resolution]; s != nil {
		for _, sub := range r.plainSubs(s) {
			if strings.HasSuffix(sub.key(), "team") {
				r.responders(sub)
			}
		}
	}
	if !intake.IsEmpty(i) {
		r.a.SetIssueResolution(i)
	}
}

// incident reads the phases that a section on incidents has under labels.
func (r *reader) incident(s *section, n *reviewpkgv1.Narrative) *reviewpkgv1.IncidentResponse {
	i := reviewpkgv1.IncidentResponse_builder{Text: n}.Build()
	e := r.subEntry(s)
	e.text = n.GetText()
	var used []*field
	for _, phase := range []struct {
		name string
		set  func(*reviewpkgv1.Narrative)
		path string
	}{
		{"triage", i.SetTriage, "triage"}, {"confirm", i.SetConfirmation, "confirmation"},
		{"notif", i.SetNotification, "notification"}, {"patch", i.SetPatching, "patching"},
	} {
		if f := e.field(phase.name); f != nil && f.value != "" {
			phase.set(intake.Narrative(f.value, 0))
			used = append(used, f)
			r.Claim(r.at("issue_resolution.incident_response."+phase.path), f.start, f.end, reviewpkgv1.Derivation_DERIVATION_BOLD_LEAD, "")
		}
	}
	if u := e.value("playbook"); intake.URI(u) != "" {
		i.SetPlaybookUrl(intake.URI(u))
		used = append(used, e.field("playbook"))
	}
	i.SetText(rest(n, &e, used))
	return i
}

// rest returns an answer without the labelled lines that have fields of their
// own, or nil if nothing is left.
func rest(n *reviewpkgv1.Narrative, e *entry, used []*field) *reviewpkgv1.Narrative {
	if len(used) == 0 {
		return n
	}
	e.text = n.GetText()
	return intake.Narrative(e.without(used...), 0)
}

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

// issues reads vulnerabilities and issues: the items of a section, or the ids
// in its text.
func (r *reader) issues(s *section, p part, path, kind string) ([]*reviewpkgv1.KnownIssue, string) {
	l := r.entries(s, noGroups)
	var list []*reviewpkgv1.KnownIssue
	note := l.note
	for i := range l.entries {
		e := &l.entries[i]
		text := e.whole()
		if r.template(e.start, e.end, text) {
			continue
		}
		ids := vulnerabilityIDs(e.raw)
		if len(ids) == 0 && len(linkMessages(text)) == 0 && e.how != reviewpkgv1.Derivation_DERIVATION_TABLE_CELL {
			// An item that neither names nor links an issue is a remark.
			note = joinText(note, "- "+text)
			continue
		}
		name, _ := e.name()
		if len(ids) > 0 {
			name = ids[0]
		}
		issue := reviewpkgv1.KnownIssue_builder{
			Id: r.id(kind, name, e.id), Title: issueTitle(e), VulnerabilityIds: ids, Description: e.without(e.issueFields()...), Links: linkMessages(joinText(text, linkOf(e))),
			AffectedVersions: e.value("affected", "affects"), FixedVersions: e.value("fixed", "patched", "fix "),
		}.Build()
		issueFacts(issue, text, e)
		list = append(list, issue)
		r.claimEntry(r.item(path, issue.GetId()), e)
	}
	return append(list, r.issuesInProse(s, path, kind, list)...), note
}

// issuesInProse returns the issues whose ids stand in paragraphs only.
func (r *reader) issuesInProse(s *section, path, kind string, have []*reviewpkgv1.KnownIssue) []*reviewpkgv1.KnownIssue {
	known := map[string]bool{}
	for _, issue := range have {
		for _, id := range issue.GetVulnerabilityIds() {
			known[id] = true
		}
	}
	var out []*reviewpkgv1.KnownIssue
	for _, b := range s.blocks {
		if b.kind != paragraph {
			continue
		}
		text := strings.TrimSpace(dedent(r.Lines(b.start, b.end), s.indent))
		for _, id := range vulnerabilityIDs(text) {
			if known[id] {
				continue
			}
			known[id] = true
			issue := reviewpkgv1.KnownIssue_builder{Id: r.id(kind, id, ""), VulnerabilityIds: []string{id}, Links: linkMessages(text)}.Build()
			out = append(out, issue)
			r.Claim(r.item(path, issue.GetId()), b.start, b.end, reviewpkgv1.Derivation_DERIVATION_INFERRED, "")
		}
	}
	return out
}

// linkOf returns the link that the name of an entry is, as Markdown.
func linkOf(e *entry) string {
	if e.target == "" {
		return ""
	}
	return "[" + e.label + "](" + e.target + ")"
}

// issueTitle returns the name of an issue; a sentence is no title.
func issueTitle(e *entry) string { return e.label }

// issueFields returns the labelled values of an issue that have fields.
func (e *entry) issueFields() []*field {
	return []*field{e.field("severity"), e.field("published", "date", "disclosed"), e.field("affected", "affects"), e.field("fixed", "patched", "fix "), e.field("impact"), e.field("state")}
}

// issueFacts reads severity, date and state from the words of an issue.
func issueFacts(issue *reviewpkgv1.KnownIssue, text string, e *entry) {
	lower := strings.ToLower(text)
	for _, s := range []struct {
		word  string
		level reviewpkgv1.Level
	}{
		{"critical", reviewpkgv1.Level_LEVEL_VERY_HIGH}, {"high", reviewpkgv1.Level_LEVEL_HIGH},
		{"medium", reviewpkgv1.Level_LEVEL_MEDIUM}, {"moderate", reviewpkgv1.Level_LEVEL_MEDIUM}, {"low", reviewpkgv1.Level_LEVEL_LOW},
	} {
		if containsAny(lower, s.word+" severity", "severity: "+s.word, "severity - "+s.word, "("+s.word+")", "severity is "+s.word) || strings.EqualFold(strings.TrimSpace(plainText(e.value("severity"))), s.word) {
			issue.SetSeverity(s.level)
			break
		}
	}
	if v := plainText(e.value("severity")); v != "" {
		if level, ok := levelOf(intake.Fold(v)); ok {
			issue.SetSeverity(level)
		} else {
			issue.SetSeverityText(v)
		}
	}
	issue.SetImpact(e.value("impact"))
	if i := strings.Index(text, "CVSS:"); i >= 0 {
		vector, _, _ := strings.Cut(text[i:], " ")
		vector = strings.TrimRight(vector, ".,;)]`")
		if rest, ok := strings.CutPrefix(vector, "CVSS:3.1/"); ok && rest != "" {
			issue.SetCvssVector(vector)
		} else if rest, ok := strings.CutPrefix(vector, "CVSS:3.0/"); ok && rest != "" {
			issue.SetCvssVector(vector)
		}
	}
	// A date in parentheses, or one that the text gives a label.
	value := e.value("published", "date", "disclosed")
	if value == "" {
		value = dateInParentheses(text)
	}
	if date, ambiguous := intake.Date(plainText(value), intake.UnknownOrder); date != nil && !ambiguous && len(date.GetValue()) > 4 {
		issue.SetPublished(date)
	}
	switch intake.Fold(e.value("state")) {
	case "open":
		issue.SetStatus(reviewpkgv1.KnownIssueStatus_KNOWN_ISSUE_STATUS_OPEN)
		return
	case "fixed":
		issue.SetStatus(reviewpkgv1.KnownIssueStatus_KNOWN_ISSUE_STATUS_FIXED)
		return
	case "won t fix":
		issue.SetStatus(reviewpkgv1.KnownIssueStatus_KNOWN_ISSUE_STATUS_WONT_FIX)
		return
	}
	if containsAny(lower, "fixed in", "patched in", "has been fixed", "was fixed", "resolved in") {
		issue.SetStatus(reviewpkgv1.KnownIssueStatus_KNOWN_ISSUE_STATUS_FIXED)
	}
}

// dateInParentheses returns what stands in parentheses and looks like a date.
func dateInParentheses(text string) string {
	for rest := text; ; {
		_, after, ok := strings.Cut(rest, "(")
		if !ok {
			return ""
		}
		inner, tail, ok := strings.Cut(after, ")")
		if !ok {
			return ""
		}
		for piece := range strings.SplitSeq(inner, ", ") {
			if !strings.ContainsAny(piece, "12") { // of which a year has one
				continue
			}
			if date, _ := intake.Date(piece, intake.UnknownOrder); date != nil && len(piece) < 30 && !strings.Contains(piece, "/") {
				return inner
			}
		}
		rest = tail
	}
}

// vulnerabilityIDs returns the CVE and GHSA ids of a text, each once.
func vulnerabilityIDs(text string) []string {
	var out []string
	for i := 0; i+8 < len(text); i++ {
		if c := text[i] | 0x20; c != 'c' && c != 'g' || text[i+3] != '-' && text[i+4] != '-' || i > 0 && (isWord(text[i-1]) || text[i-1] == '-') {
			continue
		}
		end := i
		for end < len(text) && (isWord(text[end]) && text[end] < 0x80 || text[end] == '-') {
			end++
		}
		word := strings.TrimRight(text[i:end], "-")
		upper := strings.ToUpper(word)
		switch {
		case isCVE(upper):
			word = upper
		case strings.HasPrefix(upper, "GHSA-") && len(word) == 19 && strings.Count(word, "-") == 3:
			word = "GHSA" + strings.ToLower(word[4:])
		default:
			continue
		}
		if !oneOf(word, out...) {
			out = append(out, word)
		}
	}
	return out
}

// isCVE reports whether a word is an id of the form CVE-2024-12345.
func isCVE(word string) bool {
	rest, ok := strings.CutPrefix(word, "CVE-")
	if !ok {
		return false
	}
	year, number, ok := strings.Cut(rest, "-")
	return ok && len(year) == 4 && len(number) >= 4 && len(number) <= 7 && digits(year) && digits(number)
}

func digits(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }
