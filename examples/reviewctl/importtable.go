package main

import (
	"bytes"
	"fmt"
	"io"
	"text/tabwriter"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// writeDocuments writes a table of the documents.
func (p *imported) writeDocuments(b *bytes.Buffer) error {
	rows := bytes.NewBufferString("DOCUMENT\tKIND\tTEMPLATE\tPARTS\tIN FIELDS\tTEXT ONLY\tUNKNOWN\tREPAIRS\tDOUBTS\n")
	for _, d := range p.report.GetDocuments() {
		kind := word(d.GetKind())
		if d.GetBlankTemplate() {
			kind += " (blank)"
		}
		template := d.GetTemplateGeneration()
		if template == "" {
			template = "-"
		}
		fields, sections, unknown := shares(d)
		fmt.Fprintf(rows, "%s\t%s\t%s\t%s\t%d %%\t%d %%\t%d %%\t%d\t%d\n", clean(d.GetPath()), kind, clean(template), partsText(d),
			fields, sections, unknown, d.GetRepairs(), d.GetDoubts())
	}
	return writeTable(b, rows)
}

// shares returns how much of a document fields hold, sections alone, and
// neither, in per cent that add up to 100. They are rounded against the reader:
// a document of which anything is missing is not in fields to 100 %.
func shares(d *reviewpkgv1.ImportedDocument) (fields, sections, unknown uint64) {
	size := d.GetStructuredBytes() + d.GetSectionBytes() + d.GetUnclaimedBytes()
	if size == 0 {
		return 0, 0, 0
	}
	const all = 100
	fields = d.GetStructuredBytes() * all / size
	known := (d.GetStructuredBytes() + d.GetSectionBytes()) * all / size
	return fields, known - fields, all - known
}

// partsText says how many of the parts that a document should have it has.
func partsText(d *reviewpkgv1.ImportedDocument) string {
	expected, found := 0, 0
	for _, part := range d.GetParts() {
		if part.GetExpected() {
			expected++
			if part.GetFound() {
				found++
			}
		}
	}
	if expected == 0 {
		return "-"
	}
	return fmt.Sprintf("%d of %d", found, expected)
}

// writeParts writes a table of the parts of a document.
func writeParts(b *bytes.Buffer, d *reviewpkgv1.ImportedDocument) error {
	rows := bytes.NewBufferString(clean(d.GetPath()) + "\nLINE\tPART\tFOUND BY\tANSWER\tITEMS\n")
	for _, part := range d.GetParts() {
		// A part that nobody expects is news only if it is there.
		if !part.GetExpected() && !part.GetFound() {
			continue
		}
		line, how, answer, items := "-", "not found", "", ""
		if part.GetFound() {
			line, how = fmt.Sprint(part.GetLine()), word(part.GetDerivation())
		}
		if part.GetPresence() != 0 {
			answer = word(part.GetPresence())
		}
		if part.GetItems() > 0 {
			items = fmt.Sprint(part.GetItems())
		}
		name := clean(part.GetName())
		if !part.GetExpected() {
			name += " (extra)"
		}
		fmt.Fprintf(rows, "%s\t%s\t%s\t%s\t%s\n", line, name, how, answer, items)
	}
	return writeTable(b, rows)
}

// writeTable writes rows with their cells in columns.
func writeTable(b *bytes.Buffer, rows io.WriterTo) error {
	// No spaces at the ends of lines: an empty last cell would be padded.
	var padded bytes.Buffer
	table := tabwriter.NewWriter(&padded, 0, 0, 2, ' ', 0)
	if _, err := rows.WriteTo(table); err != nil {
		return err
	}
	if err := table.Flush(); err != nil {
		return err
	}
	for line := range bytes.Lines(padded.Bytes()) {
		b.Write(bytes.TrimRight(line, " \n"))
		b.WriteByte('\n')
	}
	return nil
}
