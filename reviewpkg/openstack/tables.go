package openstack

import (
	"encoding/csv"
	"strings"

	"github.com/reviewpkg/sdk/internal/intake"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// A row is a row of a csv-table, its cells by the folded name of their column.
type row struct {
	cells map[string]string
	block *block // the lines it stands on
}

// tables reads the tables in which the templates before 2016 had interfaces and
// assets.
func (r *reader) tables(p *page) {
	// Assets first: the flows of interfaces refer to them by name.
	p.each(partAssets, func(_ *section, blocks []*block) {
		for _, x := range p.rows(blocks) {
			p.answered(partAssets, r.assetRow(p, x))
		}
	})
	p.each(partInterfaces, func(_ *section, blocks []*block) {
		for _, x := range p.rows(blocks) {
			p.answered(partInterfaces, r.interfaceRow(p, x))
		}
	})
}

// rows returns the rows of the tables among some blocks.
func (p *page) rows(blocks []*block) []row {
	var out []row
	for _, b := range blocks {
		if b.kind == directive && b.name == "csv-table" {
			out = append(out, p.table(b)...)
		}
	}
	return out
}

// table returns the rows of a table below its header, which is an option or the
// first row.
func (p *page) table(b *block) []row {
	var header []string
	first := b.start + 1
	for ; first < b.end; first++ {
		line := strings.Trim(p.Line(first), blanks)
		if line == "" {
			break
		}
		// Other options are about widths, and show nothing.
		if value, ok := strings.CutPrefix(line, ":header:"); ok {
			header, _ = reader1(value).Read()
		} else if !strings.HasPrefix(line, ":") {
			break
		}
	}
	var text strings.Builder
	// Each line by itself, since the indentation of the directive would be part
	// of the cells.
	for i := first; i < b.end; i++ {
		text.WriteString(strings.Trim(p.Line(i), blanks) + "\n")
	}
	// Rows are told by encoding/csv, since cells may hold commas and line breaks.
	in := reader1(text.String())
	var out []row
	for {
		// A row that is no CSV ends the table; its text stays in the section.
		cells, err := in.Read()
		if err != nil {
			break
		}
		line, _ := in.FieldPos(0)
		at := &block{kind: item, start: first + line - 1}
		// Cells in quotes may be broken over lines, which belong to the row.
		at.end = min(b.end, at.start+1+strings.Count(strings.Join(cells, ""), "\n"))
		// Without an option, the first row is the header.
		if header == nil {
			header = cells
			continue
		}
		x := row{cells: map[string]string{}, block: at}
		for i, cell := range cells {
			// A cell without a column is in no field, and stays in the text.
			if i < len(header) {
				x.cells[intake.Fold(header[i])] = strings.Trim(cell, blanks+"\n")
			}
		}
		out = append(out, x)
	}
	return out
}

// reader1 reads CSV as people write it.
func reader1(text string) *csv.Reader {
	in := csv.NewReader(strings.NewReader(text))
	// Quotes inside of words, blanks behind commas, rows of any length: none of
	// them makes a table unreadable for docutils.
	in.LazyQuotes, in.TrimLeadingSpace, in.FieldsPerRecord = true, true, -1
	return in
}

// cell returns the cell of the first column that is there.
func (x row) cell(columns ...string) string {
	for _, c := range columns {
		if text := x.cells[c]; text != "" && !placeholder(text) {
			return unescape(text)
		}
	}
	return ""
}

// assetRow reads a row of the table of assets: a name, three ratings and a
// description.
func (r *reader) assetRow(p *page, x row) int {
	name := x.cell("data name", "name", "data", "asset")
	if name == "" {
		return 0
	}
	a := r.newAsset(r.in.ID("asset", name), name)
	// The tables have no place where data rests, so that the field stays open.
	a.SetDescription(x.cell("description", "purpose"))
	rate := func(column string, set func(reviewpkgv1.Level)) {
		text := x.cell(column)
		if v := level(text); v != 0 {
			set(v)
		} else if text != "" {
			// Some tables label data "Confidential" where a level belongs.
			p.warn("unclear-value", x.block, "%q is no level", short(text))
		}
	}
	rate("confidentiality", a.SetConfidentiality)
	rate("integrity", a.SetIntegrity)
	rate("availability", a.SetAvailability)
	p.Claim(itemPath("architecture.data_assets", a.GetId()), x.block.start, x.block.end, reviewpkgv1.Derivation_DERIVATION_TABLE_CELL, "")
	return 1
}

// interfaceRow reads a row of the table of interfaces, which has eleven columns.
func (r *reader) interfaceRow(p *page, x row) int {
	from, to := x.cell("requestor", "from", "source"), x.cell("listener", "to", "destination")
	// The template says to list no calls inside of a process: what has one end
	// is no interface.
	if from == "" || to == "" {
		return 0
	}
	fromID, toID, ok := r.endsOf(p, x.block, from, to)
	if !ok {
		return 0
	}
	label := x.cell("interface", "name")
	i := reviewpkgv1.Interface_builder{
		FromId: fromID, ToId: toID, Network: x.cell("network name", "network"),
		Transport:     transportOf(x.cell("network protocol", "protocol")),
		Authorization: x.cell("request authorization", "authorization"), ResponseCredentials: x.cell("response credentials"),
		Description: x.cell("description of operation", "description"),
	}.Build()
	// The first column has a number in some tables and a name in others.
	if label != "" && strings.Trim(label, "0123456789.") == "" {
		i.SetNumber(label)
	} else {
		i.SetLabel(label)
	}
	name := label
	if name == "" {
		name = from + " " + to
	}
	i.SetId(r.in.ID("if", name))
	// The table has a column for each way, so that nothing is concluded here.
	authentication(i, x.cell("request credentials", "credentials"))
	r.arch().SetInterfaces(append(r.arch().GetInterfaces(), i))
	p.Claim(itemPath("architecture.interfaces", i.GetId()), x.block.start, x.block.end, reviewpkgv1.Derivation_DERIVATION_TABLE_CELL, "")
	r.flows(p, i, x.block, x.cell("request"), reviewpkgv1.FlowDirection_FLOW_DIRECTION_REQUEST)
	r.flows(p, i, x.block, x.cell("response"), reviewpkgv1.FlowDirection_FLOW_DIRECTION_RESPONSE)
	return 1
}
