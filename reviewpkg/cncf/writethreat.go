package cncf

import (
	"strconv"
	"strings"

	"github.com/reviewpkg/sdk/internal/intake"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// threatModels writes the threat models and the findings of the package. A
// document has one threat model for its reader, so that several of a package
// become one; which item was in which is among the losses.
func (w *writer) threatModels(level int) {
	if len(w.p.GetThreatModels())+len(w.p.GetFindings()) == 0 {
		return
	}
	if !w.p.GetJointReview().GetSecurityAnalysis().HasThreatModelNote() {
		w.heading(level, "Threat Model")
	}
	// An id can only be kept of a single model: with two, nothing says where one
	// ends.
	if m := w.p.GetThreatModels(); len(m) == 1 {
		if c := w.idComment(w.prefix+"threat-model", "", m[0].GetId()); c != "" {
			w.line(c)
		}
	}
	for _, m := range w.p.GetThreatModels() {
		for _, x := range m.GetMatrices() {
			w.matrix(level+1, x)
		}
		for _, t := range m.GetThreats() {
			w.threat(level+1, t)
		}
		w.threatTables(level+1, m)
	}
	// No category is one as well: findings without one must not end up below the
	// heading of those before them.
	category := "\x00"
	for i, f := range w.p.GetFindings() {
		if c := oneLine(f.GetCategory()); c != category {
			category = c
			if c == "" {
				w.heading(level+1, uncategorised)
			} else {
				w.heading(level+1, w.title(c, "Category"))
			}
		}
		w.finding(f)
		if c := w.idComment("finding", itoa(i+1), f.GetId()); c != "" {
			w.line(c)
		}
	}
}

// matrix writes a threat matrix with victims as rows, like the template.
func (w *writer) matrix(level int, m *reviewpkgv1.ThreatMatrix) {
	w.heading(level, w.title(m.GetTitle(), "Matrix"))
	// The words by which the reader knows a matrix from any other table.
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

// tableRow returns a row of a table; the cells are ready to be written.
func tableRow(cells []string) string { return "| " + strings.Join(cells, " | ") + " |" }

// matrixText returns a cell of a threat matrix as the template has it: state or
// capability, text, score, note.
func matrixText(c *reviewpkgv1.ThreatMatrixCell) string {
	text := inline(c.GetText())
	switch c.GetStatus() {
	case reviewpkgv1.ThreatCellStatus_THREAT_CELL_STATUS_NOT_APPLICABLE:
		text = "N/A: " + text
	case reviewpkgv1.ThreatCellStatus_THREAT_CELL_STATUS_MITIGATED:
		text = "Mitigated: " + text
	case reviewpkgv1.ThreatCellStatus_THREAT_CELL_STATUS_POSSIBLE:
		// No capability is needed for the attack, so that it is possible.
		text = "NONE: " + text
	case reviewpkgv1.ThreatCellStatus_THREAT_CELL_STATUS_CONDITIONAL:
		capability := strings.NewReplacer(" ", "-", ":", "-").Replace(oneLine(c.GetCapability()))
		// The word before the colon is the capability in the template. One that
		// means a state would be read as the state.
		if capability == "" || len(capability) > 24 || oneOf(strings.ToUpper(capability), "N/A", "NA", "MITIGATED", "NONE") {
			capability = "CONDITIONAL"
		}
		text = inline(capability) + ": " + text
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

// threatTables writes the parts of a threat model that are tables. Their
// columns are those of the lightweight threat model and of the table of
// attacks.
func (w *writer) threatTables(level int, m *reviewpkgv1.ThreatModel) {
	write := func(title string, head []string, rows [][]string) {
		if len(rows) == 0 {
			return
		}
		w.heading(level, title)
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
		// The sign between the members is how the one review with such a table has
		// them.
		rows = append(rows, []string{strings.Join(members, " + "), cell(a.GetImpact()), cell(a.GetRecovery())})
	}
	write("Attacks and recovery", []string{"Type of Attack", "Attacker's Level of Access", "Recovery Steps"}, rows)
	rows = nil
	for _, d := range m.GetDataDictionary() {
		rows = append(rows, []string{inline(d.GetName()), inline(d.GetClassification()), cell(d.GetComment())})
	}
	write("Data dictionary", []string{"Name", "Classification", "Comments"}, rows)
	rows = nil
	for _, c := range m.GetControlProposals() {
		rows = append(rows, []string{inline(c.GetThreat()), cell(c.GetDescription()), cell(c.GetControls()), cell(strings.Join(linkTexts(c.GetReferences()), " "))})
	}
	write("Proposed controls", []string{"Threat", "Description", "Controls", "References"}, rows)
}

// threat writes a threat as a heading with labels below. Threats with numbers
// keep them: other documents refer to them.
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
	// Numbers make ids, and titles where there are none.
	if c := w.idComment(w.prefix+"threat", strings.TrimPrefix(strings.ToLower(name), "threat-"), t.GetId()); c != "" {
		w.line(c)
	}
	var items []string
	items = append(items, w.labelled("Description", t.GetDescription())...)
	items = append(items, w.labelled("Application", t.GetApplication())...)
	for i, c := range t.GetCases() {
		items = append(items, w.labelled("Case "+itoa(i+1), c)...)
	}
	if list := t.GetMitigations(); len(list) > 0 {
		// One item with a list below it: mitigations as items of their own would be
		// fields of the threat, each by its first words.
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

// uncategorised is the heading of the findings that have no category.
const uncategorised = "Findings of the review"

// title returns a text as a heading that is no part of the template, no threat
// and no list of people. A text that would be one gets a word before it.
func (w *writer) title(text, word string) string {
	text = oneLine(text)
	k := key(text)
	like := isThreatLabel(text) || roleOf(k) != 0 || containsAny(k, "threat", "stride", "blast radius")
	for _, book := range []*labelBook{assessmentBook(), summaryBook()} {
		_, ok := book.find(text, intake.Fold(w.name))
		like = like || ok
	}
	if like || k == "" {
		text = strings.TrimSpace(word + " " + text)
	}
	return inline(text)
}
