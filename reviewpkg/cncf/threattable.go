package cncf

import (
	"strconv"
	"strings"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// table reads a table of a threat model. What a table is, its columns tell:
// authors put them under any heading.
func (t *threatReader) table(s *section, g *grid) {
	head := g.header()
	switch {
	case isMatrix(g): // victims and attackers
		t.matrix(s, g)
	case g.column("type of attack") >= 0: // of one review
		t.attacks(g)
	// The summary of the lightweight threat model: threat, description,
	// controls, references.
	case len(head) >= 3 && g.column("threat") == 0 && g.column("control") > 0:
		for _, row := range g.body() {
			if threat := plainText(row.cell(0)); threat != "" {
				c := reviewpkgv1.ControlProposal_builder{Threat: threat, Description: row.cell(g.column("description")), Controls: row.cell(g.column("control")), References: linkMessages(row.cell(g.column("reference")))}.Build()
				t.m.SetControlProposals(append(t.m.GetControlProposals(), c))
				t.Claim(t.path+".control_proposals["+itoa(len(t.m.GetControlProposals())-1)+"]", row.start, row.end, reviewpkgv1.Derivation_DERIVATION_TABLE_CELL, "")
			}
		}
	// Its data dictionary: what is held, and how sensitive that is.
	case g.column("classification") > 0 && g.column("name", "data") == 0:
		for _, row := range g.body() {
			if name := plainText(row.cell(0)); name != "" {
				d := reviewpkgv1.DataClass_builder{Name: name, Classification: plainText(row.cell(g.column("classification"))), Comment: row.cell(g.column("comment"))}.Build()
				t.m.SetDataDictionary(append(t.m.GetDataDictionary(), d))
				t.Claim(t.path+".data_dictionary["+itoa(len(t.m.GetDataDictionary())-1)+"]", row.start, row.end, reviewpkgv1.Derivation_DERIVATION_TABLE_CELL, "")
			}
		}
	}
}

// attacks reads a table of attacks with what each gives an attacker and how to
// recover. One document has twenty rows of it, and sets of attackers joined
// with a plus.
func (t *threatReader) attacks(g *grid) {
	attack, access, recovery := g.column("type of attack"), g.column("attacker"), g.column("recovery")
	for _, row := range g.body() {
		name := plainText(row.cell(attack))
		// A row with one cell is a heading among the rows.
		if name == "" || row.cell(access) == "" {
			continue
		}
		a := reviewpkgv1.AttackerSet_builder{Members: strings.Split(name, " + "), Impact: row.cell(access), Recovery: row.cell(recovery)}.Build()
		t.m.SetAttackerSets(append(t.m.GetAttackerSets(), a))
		t.Claim(t.path+".attacker_sets["+itoa(len(t.m.GetAttackerSets())-1)+"]", row.start, row.end, reviewpkgv1.Derivation_DERIVATION_TABLE_CELL, "")
	}
}

// isMatrix reports whether a table has victims as rows and attackers as
// columns, with scores or states in its cells. One document has the six
// categories as rows, and eleven components as columns.
func isMatrix(g *grid) bool {
	head := g.header()
	if len(head) < 2 {
		return false
	}
	if strings.HasPrefix(key(head[0]), "victim") {
		return true
	}
	rows := 0
	for _, row := range g.body() {
		if strideOf(row.cell(0)) != 0 {
			rows++
		}
	}
	return rows >= 4 && len(head) > 3
}

// matrix reads a threat matrix. The template has an example of another project
// in it, whose first sentences give it away.
func (t *threatReader) matrix(s *section, g *grid) {
	title := s.label
	if title == "" {
		title = "Threat matrix"
	}
	m := reviewpkgv1.ThreatMatrix_builder{Title: title}.Build()
	head := g.header()
	for i, c := range head[1:] {
		name := plainText(c)
		if name == "" {
			name = "Column " + itoa(i+1)
		}
		m.SetColumns(append(m.GetColumns(), name))
	}
	start, end := -1, 0
	for _, row := range g.body() {
		// The matrix of the template is a real one, and would be taken for the
		// project's.
		if t.template(row.start, row.end, t.Lines(row.start, row.end)) {
			return // the example of the template
		}
	}
	for _, row := range g.body() {
		victim := plainText(row.cell(0))
		if victim == "" {
			continue
		}
		if start < 0 {
			start = row.start
		}
		end = row.end
		out := reviewpkgv1.ThreatMatrixRow_builder{Victim: victim}.Build()
		for i := range head[1:] {
			out.SetCells(append(out.GetCells(), matrixCell(row.cell(i+1))))
		}
		m.SetRows(append(m.GetRows(), out))
	}
	if start < 0 {
		return
	}
	m.SetId(t.id("matrix", title, ""))
	t.m.SetMatrices(append(t.m.GetMatrices(), m))
	t.Claim(t.path+`.matrices["`+m.GetId()+`"]`, start, end, reviewpkgv1.Derivation_DERIVATION_TABLE_CELL, "")
}

// matrixCell reads a cell of a threat matrix: "ESCAPE: text Score: 5.5 NOTE:
// text". Capitals before the colon are a state or what an attacker must be able
// to do. Scores have no scale in the document: from 0.01 to 60 in the one that
// defines it.
func matrixCell(cell string) *reviewpkgv1.ThreatMatrixCell {
	c := &reviewpkgv1.ThreatMatrixCell{}
	text := strings.Trim(plainText(breaks(cell)), `" `)
	if before, note, ok := strings.Cut(text, "NOTE:"); ok {
		text = strings.TrimSpace(before)
		c.SetNote(strings.Trim(note, `" `))
	}
	if before, score, ok := strings.Cut(text, "Score:"); ok {
		word, rest, _ := strings.Cut(strings.TrimSpace(score), " ")
		if n, err := strconv.ParseFloat(strings.Trim(word, `".,;`), 64); err == nil && n >= 0 && n <= 1000 {
			c.SetScore(n)
			text = strings.TrimSpace(before + " " + rest)
		}
	}
	if prefix, rest, ok := strings.Cut(text, ":"); ok && len(prefix) <= 24 && !strings.Contains(prefix, " ") {
		text = strings.TrimSpace(rest)
		switch strings.ToUpper(prefix) {
		case "N/A", "NA": // the attack makes no sense there
			c.SetStatus(reviewpkgv1.ThreatCellStatus_THREAT_CELL_STATUS_NOT_APPLICABLE)
		case "MITIGATED": // by what the text says
			c.SetStatus(reviewpkgv1.ThreatCellStatus_THREAT_CELL_STATUS_MITIGATED)
		case "NONE": // needs no capability: the worst
			c.SetStatus(reviewpkgv1.ThreatCellStatus_THREAT_CELL_STATUS_POSSIBLE)
		default:
			c.SetStatus(reviewpkgv1.ThreatCellStatus_THREAT_CELL_STATUS_CONDITIONAL)
			c.SetCapability(prefix)
		}
	} else if oneOf(strings.ToUpper(text), "N/A", "NA") {
		c.SetStatus(reviewpkgv1.ThreatCellStatus_THREAT_CELL_STATUS_NOT_APPLICABLE)
		text = ""
	}
	c.SetText(text)
	return c
}
