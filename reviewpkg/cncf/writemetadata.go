package cncf

import (
	"strconv"
	"strings"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// metadata writes the quick-reference table and the security links. The header
// is empty as in the template, and keys of no template come last, in their own
// words. A row without a value is left out.
func (w *writer) metadata(level int, a *reviewpkgv1.Assessment) {
	m := a.GetMetadata()
	w.heading(level, "Metadata")
	// Markdown wants a header and the template has an empty one; 39 of 49
	// documents kept it.
	rows := []string{"|||", "| -- | -- |"}
	add := func(key, value string) {
		if strings.TrimSpace(value) != "" {
			rows = append(rows, "| "+key+" | "+cell(value)+" |")
		}
	}
	add("Assessment Stage", map[reviewpkgv1.AssessmentStage]string{
		reviewpkgv1.AssessmentStage_ASSESSMENT_STAGE_INCOMPLETE: "Incomplete", reviewpkgv1.AssessmentStage_ASSESSMENT_STAGE_COMPLETE: "Complete",
		reviewpkgv1.AssessmentStage_ASSESSMENT_STAGE_OBSOLETE: "Obsolete", reviewpkgv1.AssessmentStage_ASSESSMENT_STAGE_DRAFT: "Draft",
		reviewpkgv1.AssessmentStage_ASSESSMENT_STAGE_IN_PROGRESS: "In progress",
	}[m.GetStage()])
	add("Software", strings.Join(linkTexts(m.GetSoftware()), "\n"))
	add("Security Provider", providerText(m))
	add("Languages", languageText(m.GetLanguages()))
	add("SBOM", sbomText(m.GetSbom()))
	add("Website", target(m.GetWebsite()))
	add("Compatibility", m.GetCompatibility())
	add("Cosign pub-key", target(m.GetSigningKeyUrl()))
	add("Security Insights", target(m.GetSecurityInsightsUrl()))
	add("Assessment Version", inline(m.GetAssessmentVersion()))
	add("Project Version", inline(m.GetProjectVersion()))
	// As it was written: a date that could be read two ways stays so.
	if d := m.GetDate(); d.GetRaw() != "" {
		add("Date", d.GetRaw())
	} else {
		add("Date", d.GetValue())
	}
	for _, r := range m.GetOtherRows() {
		add(inline(r.GetKey()), r.GetValue())
	}
	w.line(rows...)
	w.heading(level+1, "Security links")
	if len(a.GetSecurityLinks()) == 0 {
		w.line(notStated)
		return
	}
	rows = []string{"| Doc | url |", "| -- | -- |"}
	for _, l := range a.GetSecurityLinks() {
		// The note holds the addresses, if there is one: it is the whole cell.
		value := l.GetNote()
		if value == "" {
			var urls []string
			for _, u := range l.GetUrls() {
				urls = append(urls, "<"+target(u)+">")
			}
			value = strings.Join(urls, "\n")
		}
		rows = append(rows, "| "+inline(l.GetTitle())+" | "+cell(value)+" |")
	}
	w.line(rows...)
}

// providerText returns the answer to whether the project is a security
// provider: the word first, because the reader goes by it.
func providerText(m *reviewpkgv1.AssessmentMetadata) string {
	word := map[reviewpkgv1.Answer]string{reviewpkgv1.Answer_ANSWER_YES: "Yes", reviewpkgv1.Answer_ANSWER_NO: "No"}[m.GetSecurityProvider()]
	if word == "" || m.GetSecurityProviderReason() == "" {
		return word + m.GetSecurityProviderReason()
	}
	return word + ". " + m.GetSecurityProviderReason()
}

// languageText returns languages with shares and remarks, in the way that
// authors of the community have them.
func languageText(list []*reviewpkgv1.Language) string {
	var out []string
	for _, l := range list {
		text := inline(languageName(l.GetName()))
		if l.HasSharePermille() {
			share := strconv.FormatFloat(float64(l.GetSharePermille())/10, 'f', -1, 64) + "%"
			if strings.TrimRight(text, "0123456789. ") != text {
				text = share + " " + text // the share would be part of the name's number
			} else {
				text += " " + share
			}
		}
		// In parentheses, where authors put versions and what a language is for.
		if l.GetNote() != "" {
			text += " (" + inline(l.GetNote()) + ")"
		}
		out = append(out, text)
	}
	return strings.Join(out, ", ")
}

// sbomText returns what there is of an SBOM: a word for how it is available,
// which nobody else writes, then remark and links.
func sbomText(s *reviewpkgv1.Sbom) string {
	if s == nil {
		return ""
	}
	text := s.GetNote()
	for _, l := range s.GetLinks() {
		if !strings.Contains(text, l.GetUrl()) {
			text += "\n" + linkText(l)
		}
	}
	return strings.TrimSpace(sbomWords()[s.GetAvailability()] + ". " + text)
}

// dateText returns a date as it was written, if it was read from a document:
// "May 2019" is not the first of May.
func dateText(d *reviewpkgv1.Date) string {
	if d.GetRaw() != "" {
		return d.GetRaw()
	}
	return d.GetValue()
}

// languageName returns a name as the list of languages can hold it.
func languageName(name string) string {
	name = oneLine(strings.NewReplacer(",", " ", ";", " ", "|", " ", "(", " ", ")", " ", "%", " ", " and ", " & ", " / ", "/").Replace(name))
	if len(name) > maxLanguage {
		name = strings.ToValidUTF8(name[:maxLanguage], "")
	}
	// A language without a name would vanish, with its share.
	if name == "" {
		return "?"
	}
	return name
}
