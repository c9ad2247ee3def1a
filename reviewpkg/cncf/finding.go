package cncf

import (
	"strings"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// readFindings reads the findings of a document: tables of two columns with one
// finding each, and tables with one finding a row. One review of five has
// structured findings: 14 tables, each below a heading for its kind. Other
// reviews have advice instead. The template of the hands-on assessment has a
// row for each finding.
func (r *reader) readFindings() {
	for _, s := range r.list {
		for i, b := range s.blocks {
			if b.kind != table {
				continue
			}
			g := r.gfmTable(b)
			switch {
			case isFindingTable(&g):
				id := ""
				if i+1 < len(s.blocks) {
					id = r.idComment(s.blocks[i+1 : i+2])
				}
				r.findingTable(s, &g, id)
			case g.column("finding") >= 0 && (g.column("severity", "impact", "risk", "finding notes") >= 0):
				r.findingRows(s, &g)
			}
		}
	}
}

// isFindingTable reports whether a table has two columns and the labels of a
// finding in the first one. Its header is then the title of the finding.
// Markdown wants a header, and authors put the first row of their data there.
func isFindingTable(g *grid) bool {
	if len(g.header()) != 2 {
		return false
	}
	known := 0
	for i := range g.rows {
		if findingLabel(g.rows[i].cell(0)) != "" {
			known++
		}
	}
	return known >= 3 && 2*known >= len(g.rows)
}

// findingTable reads a finding from a table of two columns. The heading above
// is what the author sorts findings by. A comment behind the table has the id,
// if the writer had to note one.
func (r *reader) findingTable(s *section, g *grid, id string) {
	f := reviewpkgv1.Finding_builder{
		State: reviewpkgv1.FindingState_FINDING_STATE_REPORTED, Origin: reviewpkgv1.FindingOrigin_FINDING_ORIGIN_REVIEW,
	}.Build()
	if !s.has(threatModel) && s.label != uncategorised {
		f.SetCategory(s.label)
	}
	for up := s; up != nil; up = up.parent {
		if up.has(threatModel) {
			f.SetOrigin(reviewpkgv1.FindingOrigin_FINDING_ORIGIN_THREAT_MODEL)
		}
	}
	first := g.rows[0]
	title := plainText(first.cell(1))
	if findingLabel(first.cell(0)) != "title" {
		title = plainText(strings.Join(first.cells, " "))
	}
	r.titleFinding(f, title)
	f.SetId(id)
	r.answered(s)
	r.addFinding(f, first.start, g.rows[len(g.rows)-1].end)
	for i := 1; i < len(g.rows); i++ {
		row := &g.rows[i]
		r.findingField(f, findingLabel(row.cell(0)), breaks(row.cell(1)), row)
	}
}

// answered notes that the parts that a finding stands in have an answer. Many
// hold nothing but the tables of their findings.
func (r *reader) answered(s *section) {
	for up := s; up != nil; up = up.parent {
		for _, p := range up.parts {
			if state := r.states[p]; state == 0 || state == reviewpkgv1.Presence_PRESENCE_EMPTY {
				r.states[p] = reviewpkgv1.Presence_PRESENCE_ANSWERED
			}
		}
	}
}

// titleFinding sets the title of a finding and what a marker before it says.
// Half of the findings of the one review that has any are marked as
// informational, in capitals before the title.
func (r *reader) titleFinding(f *reviewpkgv1.Finding, title string) {
	if rest, ok := strings.CutPrefix(title, "INFORMATIONAL:"); ok {
		title = strings.TrimSpace(rest)
		f.SetKind(reviewpkgv1.FindingKind_FINDING_KIND_INFORMATIONAL)
	}
	if title == "" {
		title = "Finding"
	}
	f.SetTitle(title)
}

// cellBreaks turns the tags that break lines inside of a cell into lines. A cell
// of Markdown is one line, so that authors who need more write HTML.
var cellBreaks = strings.NewReplacer(
	"<br>", "\n", "<br/>", "\n", "<br />", "\n",
	"<li>", "\n- ", "</li>", "", "<ol>", "", "</ol>", "\n", "<ul>", "", "</ul>", "\n",
)

// breaks returns a cell with line breaks for those of HTML, and lists as
// Markdown.
func breaks(cell string) string {
	if strings.IndexByte(cell, '<') >= 0 {
		cell = cellBreaks.Replace(cell)
	}
	lines := strings.Split(cell, "\n")
	kept := lines[:0]
	for _, line := range lines {
		if line = strings.TrimSpace(line); line != "" {
			kept = append(kept, line)
		}
	}
	return strings.Join(kept, "\n")
}

// addFinding adds a finding with an id. No finding of the corpus has a number,
// and titles change while reviewers work, so that ids count.
func (r *reader) addFinding(f *reviewpkgv1.Finding, start, end int) {
	pkg := r.Import().Package
	if given := f.GetId(); given == "" || !r.Import().Take(given) {
		f.SetId(r.Import().ID("finding", itoa(len(pkg.GetFindings())+1)))
	}
	pkg.SetFindings(append(pkg.GetFindings(), f))
	r.Claim(`findings["`+f.GetId()+`"]`, start, end, reviewpkgv1.Derivation_DERIVATION_TABLE_CELL, "")
}

// findingRows reads a table with one finding a row. A finding without a name is
// the empty row of the template.
func (r *reader) findingRows(s *section, g *grid) {
	title := g.column("finding name", "finding title", "title", "finding")
	number := g.column("finding number", "number", "id")
	// One column cannot be both.
	if number == title {
		number = -1
	}
	head := g.header()
	for _, row := range g.body() {
		name := plainText(row.cell(title))
		if name == "" {
			continue
		}
		f := reviewpkgv1.Finding_builder{Number: plainText(row.cell(number)), State: reviewpkgv1.FindingState_FINDING_STATE_REPORTED, Category: s.label}.Build()
		r.answered(s)
		if s.has(handsOnFindings) {
			r.count(handsOnFindings, 1)
			f.SetOrigin(reviewpkgv1.FindingOrigin_FINDING_ORIGIN_HANDS_ON)
		}
		r.titleFinding(f, name)
		r.addFinding(f, row.start, row.end)
		for i := range head {
			label := findingLabel(head[i])
			// The template calls the text of a finding its notes.
			if key(head[i]) == "finding notes" || key(head[i]) == "notes" {
				label = "description"
			}
			if i != title && i != number && row.cell(i) != "" {
				r.findingField(f, label, breaks(row.cell(i)), &row)
			}
		}
	}
}
