package cncf

import (
	"strconv"
	"strings"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// metadata writes the quick-reference table and the security links.
func (w *writer) metadata(level int, a *reviewpkgv1.Assessment) {
	m := a.GetMetadata()
	w.heading(level, "Metadata")
	rows := []string{"|||", "| -- | -- |"}
	add := func(key, value string) {
		if value != "" {
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
	add("Website", m.GetWebsite())
	add("Compatibility", m.GetCompatibility())
	add("Cosign pub-key", m.GetSigningKeyUrl())
	add("Security Insights", m.GetSecurityInsightsUrl())
	add("Assessment Version", inline(m.GetAssessmentVersion()))
	add("Project Version", inline(m.GetProjectVersion()))
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
		value := l.GetNote()
		if value == "" {
			value = "<" + strings.Join(l.GetUrls(), ">\n<") + ">"
		}
		rows = append(rows, "| "+inline(l.GetTitle())+" | "+cell(value)+" |")
	}
	w.line(rows...)
}

func providerText(m *reviewpkgv1.AssessmentMetadata) string {
	word := map[reviewpkgv1.Answer]string{reviewpkgv1.Answer_ANSWER_YES: "Yes", reviewpkgv1.Answer_ANSWER_NO: "No"}[m.GetSecurityProvider()]
	if word == "" || m.GetSecurityProviderReason() == "" {
		return word + m.GetSecurityProviderReason()
	}
	return word + ". " + m.GetSecurityProviderReason()
}

func languageText(list []*reviewpkgv1.Language) string {
	var out []string
	for _, l := range list {
		text := inline(l.GetName())
		if l.HasSharePermille() {
			text += " " + strconv.FormatFloat(float64(l.GetSharePermille())/10, 'f', -1, 64) + "%"
		}
		if l.GetNote() != "" {
			text += " (" + inline(l.GetNote()) + ")"
		}
		out = append(out, text)
	}
	return strings.Join(out, ", ")
}

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

func dateText(d *reviewpkgv1.Date) string {
	if d.GetRaw() != "" {
		return d.GetRaw()
	}
	return d.GetValue()
}
