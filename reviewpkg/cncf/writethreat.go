package cncf

import (
	"strconv"
	"strings"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// threatModels writes the threat models and the findings of the package.
func (w *writer) threatModels(level int) {
	if len(w.p.GetThreatModels())+len(w.p.GetFindings()) == 0 {
		return
	}
	if !w.p.GetJointReview().GetSecurityAnalysis().HasThreatModelNote() {
		w.heading(level, "Threat Model")
	}
	if m := w.p.GetThreatModels(); len(m) == 1 && m[0].GetId() != w.prefix+"threat-model" {
		w.line("<!-- id: " + m[0].GetId() + " -->")
	}
	for _, m := range w.p.GetThreatModels() {
		for _, x := range m.GetMatrices() {
			w.matrix(level+1, x)
		}
		for _, t := range m.GetThreats() {
			w.threat(level+1, t)
		}
		w.threatTables(m)
	}
	category := ""
	for i, f := range w.p.GetFindings() {
		if c := oneLine(f.GetCategory()); c != category && c != "" {
			category = c
			w.heading(level+1, inline(category))
		}
		w.finding(f)
		if f.GetId() != w.ids.ID("finding", itoa(i+1)) {
			w.line("<!-- id: " + f.GetId() + " -->")
		}
	}
}

func (w *writer) matrix(level int, m *reviewpkgv1.ThreatMatrix) {
	w.heading(level, inline(m.GetTitle()))
	head := []string{"Victim Components"}
	for _, c := range m.GetColumns() {
		head = append(head, inline(c))
	}
	rows := []string{tableRow(head), "|" + strings.Repeat(" -- |", len(head))}
	for _, r := range m.GetRows() {
		cells := []string{inline(r.GetVictim())}
		for _, c := range r.GetCells() {
			cells = append(cells, cell(matrixText(c)))
		}
		rows = append(rows, tableRow(cells))
	}
	w.line(rows...)
}

func tableRow(cells []string) string { return "| " + strings.Join(cells, " | ") + " |" }

func matrixText(c *reviewpkgv1.ThreatMatrixCell) string {
	text := inline(c.GetText())
	switch c.GetStatus() {
	case reviewpkgv1.ThreatCellStatus_THREAT_CELL_STATUS_NOT_APPLICABLE:
		text = "N/A: " + text
	case reviewpkgv1.ThreatCellStatus_THREAT_CELL_STATUS_MITIGATED:
		text = "Mitigated: " + text
	case reviewpkgv1.ThreatCellStatus_THREAT_CELL_STATUS_POSSIBLE:
		text = "NONE: " + text
	case reviewpkgv1.ThreatCellStatus_THREAT_CELL_STATUS_CONDITIONAL:
		text = inline(c.GetCapability()) + ": " + text
	default:
	}
	if c.HasScore() {
		text += " Score: " + strconv.FormatFloat(c.GetScore(), 'f', -1, 64)
	}
	if c.GetNote() != "" {
		text += " NOTE: " + inline(c.GetNote())
	}
	return strings.TrimSpace(text)
}

// threatTables writes the parts of a threat model that are tables.
func (w *writer) threatTables(m *reviewpkgv1.ThreatModel) {
	write := func(head []string, rows [][]string) {
		if len(rows) == 0 {
			return
		}
		lines := []string{tableRow(head), "|" + strings.Repeat(" -- |", len(head))}
		for _, r := range rows {
			lines = append(lines, tableRow(r))
		}
		w.line(lines...)
	}
	var rows [][]string
	for _, a := range m.GetAttackerSets() {
		var members []string
		for _, name := range a.GetMembers() {
			members = append(members, inline(name))
		}
		rows = append(rows, []string{strings.Join(members, " + "), cell(a.GetImpact()), cell(a.GetRecovery())})
	}
	write([]string{"Type of Attack", "Attacker's Level of Access", "Recovery Steps"}, rows)
	rows = nil
	for _, d := range m.GetDataDictionary() {
		rows = append(rows, []string{inline(d.GetName()), inline(d.GetClassification()), cell(d.GetComment())})
	}
	write([]string{"Name", "Classification", "Comments"}, rows)
	rows = nil
	for _, c := range m.GetControlProposals() {
		rows = append(rows, []string{inline(c.GetThreat()), cell(c.GetDescription()), cell(c.GetControls()), cell(strings.Join(linkTexts(c.GetReferences()), " "))})
	}
	write([]string{"Threat", "Description", "Controls", "References"}, rows)
}

func (w *writer) threat(level int, t *reviewpkgv1.Threat) {
	title := inline(t.GetTitle())
	if t.GetNumber() != "" {
		title = inline(t.GetNumber()) + " - " + title
	}
	w.heading(level, title)
	name := t.GetNumber()
	if name == "" {
		name = t.GetTitle()
	}
	if w.ids.ID(w.prefix+"threat", strings.TrimPrefix(strings.ToLower(name), "threat-")) != t.GetId() {
		w.line("<!-- id: " + t.GetId() + " -->")
	}
	var items []string
	items = append(items, w.labelled("Description", t.GetDescription())...)
	items = append(items, w.labelled("Application", t.GetApplication())...)
	for i, c := range t.GetCases() {
		items = append(items, w.labelled("Case "+itoa(i+1), c)...)
	}
	if list := t.GetMitigations(); len(list) > 0 {
		item := "* Mitigations:"
		for _, m := range list {
			item += "\n  * " + strings.TrimPrefix(indented(indented(w.prose(m, true))), "    ")
		}
		items = append(items, item)
	}
	if len(items) > 0 {
		w.line(strings.Join(items, "\n\n"))
	}
}
