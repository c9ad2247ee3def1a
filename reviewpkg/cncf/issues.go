package cncf

import (
	"strings"

	"github.com/reviewpkg/sdk/internal/intake"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// issues reads vulnerabilities and issues: the items of a section, or the ids
// in its text. 11 files have ids of vulnerabilities, and 17 have a link to the
// list of advisories and nothing else. Bugs that are no vulnerabilities stand
// among the issues in some; whether one is, is nothing that a reader can
// decide.
func (r *reader) issues(s *section, path, kind string) ([]*reviewpkgv1.KnownIssue, string) {
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
		if len(ids) == 0 && len(linkMessages(text)) == 0 && !oneIssue(e.target) && e.how != reviewpkgv1.Derivation_DERIVATION_TABLE_CELL {
			// An item that neither names nor links an issue is a remark.
			note = joinText(note, "- "+e.linked())
			continue
		}
		// The id makes the better name: titles are edited.
		name, _ := e.name()
		if len(ids) > 0 {
			name = ids[0]
		}
		issue := reviewpkgv1.KnownIssue_builder{
			Id: r.id(kind, name, e.id), Title: issueTitle(e), VulnerabilityIds: ids, Description: e.remaining(e.issueFields()...), Links: linkMessages(joinText(text, linkOf(e))),
			AffectedVersions: e.value("affected", "affects"), FixedVersions: e.value("fixed", "patched", "fix "),
		}.Build()
		issueFacts(issue, text, e)
		list = append(list, issue)
		r.claimEntry(r.item(path, issue.GetId()), e)
	}
	return append(list, r.issuesInProse(s, path, kind, list)...), note
}

// issuesInProse returns the issues whose ids stand in paragraphs only. One
// paragraph may name several, and its links are those of all of them.
func (r *reader) issuesInProse(s *section, path, kind string, have []*reviewpkgv1.KnownIssue) []*reviewpkgv1.KnownIssue {
	known := map[string]bool{}
	for _, issue := range have {
		for _, id := range issue.GetVulnerabilityIds() {
			known[id] = true
		}
	}
	var out []*reviewpkgv1.KnownIssue
	find := func(text string, start, end int) {
		for _, id := range vulnerabilityIDs(text) {
			// The list has it, or an earlier paragraph.
			if known[id] {
				continue
			}
			known[id] = true
			issue := reviewpkgv1.KnownIssue_builder{Id: r.id(kind, id, ""), VulnerabilityIds: []string{id}, Links: linkMessages(text)}.Build()
			out = append(out, issue)
			r.Claim(r.item(path, issue.GetId()), start, end, reviewpkgv1.Derivation_DERIVATION_INFERRED, "")
		}
	}
	// The text may begin behind the name of the part, on the same line.
	if s.lead != "" {
		end := s.end
		if len(s.blocks) > 0 {
			end = s.blocks[0].start
		}
		find(s.lead, s.start, end)
	}
	for _, b := range s.blocks {
		if b.kind == paragraph {
			find(strings.TrimSpace(dedent(r.Lines(b.start, b.end), s.indent)), b.start, b.end)
		}
	}
	return out
}

// linkOf returns the link that the name of an entry is, as Markdown. The link
// says which issue it is, and would be lost with the label otherwise.
func linkOf(e *entry) string {
	if e.target == "" {
		return ""
	}
	return "[" + e.label + "](" + e.target + ")"
}

// oneIssue reports whether an address is that of a single issue, change or
// advisory: it ends in a number or an id. Lists of them have other addresses.
func oneIssue(target string) bool {
	target, _, _ = strings.Cut(target, "#")
	target, _, _ = strings.Cut(strings.TrimRight(target, "/"), "?")
	last := target[strings.LastIndexByte(target, '/')+1:]
	return last != "" && last != target && (digits(last) || len(vulnerabilityIDs(last+" ")) > 0)
}

// issueTitle returns the name of an issue; a sentence is no title.
func issueTitle(e *entry) string { return e.label }

// issueFields returns the labelled values of an issue that have fields. They
// leave the description.
func (e *entry) issueFields() []*field {
	return []*field{e.field("severity"), e.field("published", "date", "disclosed"), e.field("affected", "affects"), e.field("fixed", "patched", "fix "), e.field("impact"), e.field("state"), e.field("vulnerability ids")}
}

// A severity is a word for how bad an issue is, and how sentences put it.
type severity struct {
	word    string
	level   reviewpkgv1.Level
	phrases []string
}

// severities are the words that issues have, worst first: a score of its own
// stands beside a lower one of somebody else's.
var severities = []severity{
	newSeverity("critical", reviewpkgv1.Level_LEVEL_VERY_HIGH), newSeverity("high", reviewpkgv1.Level_LEVEL_HIGH),
	newSeverity("medium", reviewpkgv1.Level_LEVEL_MEDIUM), newSeverity("moderate", reviewpkgv1.Level_LEVEL_MEDIUM), newSeverity("low", reviewpkgv1.Level_LEVEL_LOW),
}

func newSeverity(word string, level reviewpkgv1.Level) severity {
	return severity{word, level, []string{word + " severity", "severity: " + word, "severity - " + word, "(" + word + ")", "severity is " + word}}
}

// issueFacts reads severity, date and state from the words of an issue.
// Severity is written in more ways than there are documents with one: a word, a
// word with a score, the score with the version of CVSS before it. What is no
// word that levels have is kept as text.
func issueFacts(issue *reviewpkgv1.KnownIssue, text string, e *entry) {
	lower := lowerCase(text)
	// A label decides over the words of the sentence: it is about nothing else.
	stated := plainText(e.value("severity"))
	for _, s := range severities {
		if containsAny(lower, s.phrases...) || strings.EqualFold(strings.TrimSpace(stated), s.word) {
			issue.SetSeverity(s.level)
			break
		}
	}
	if v := stated; v != "" {
		if level, ok := levelOf(intake.Fold(v)); ok {
			issue.SetSeverity(level)
		} else {
			issue.SetSeverityText(v)
		}
	}
	issue.SetImpact(e.value("impact"))
	// The model holds vectors of version 3; a score without its vector is text.
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
	// The label is this package's own; people say it in the sentence.
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
// Changelogs end lines so. A fraction or a version with a slash is no date.
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

// vulnerabilityIDs returns the CVE and GHSA ids of a text, each once. Ids stand
// in links, in brackets and glued to other words; capitals vary in both kinds.
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
