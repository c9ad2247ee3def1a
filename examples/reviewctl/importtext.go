package main

import (
	"bytes"
	"cmp"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
	"github.com/reviewpkg/sdk/reviewpkg"
)

// An imported project, and what it was read into.
type imported struct {
	project
	community string
	pkg       *reviewpkgv1.ReviewPackage
	report    *reviewpkgv1.ImportReport
	// brief leaves out most repairs and doubts: the tables of many projects
	// would be lost among them.
	brief bool
}

// counts are what the last line of a summary says.
type counts struct{ documents, repairs, doubts, skipped int }

// add counts what a report says.
func (c *counts) add(report *reviewpkgv1.ImportReport) {
	c.documents += len(report.GetDocuments())
	c.skipped += len(report.GetSkippedFiles())
	for _, d := range report.GetDocuments() {
		c.repairs += int(d.GetRepairs())
		c.doubts += int(d.GetDoubts())
	}
}

// String returns "2 documents: 1 repair, 3 doubts".
func (c *counts) String() string {
	text := fmt.Sprintf("%s: %s, %s", plural(c.documents, "document"), plural(c.repairs, "repair"), plural(c.doubts, "doubt"))
	if c.skipped > 0 {
		text += fmt.Sprintf(", %s skipped", plural(c.skipped, "file"))
	}
	return text
}

// mostSkipped is how many skipped files the text of a summary names; all are in
// the JSON. The repository of a project may hold its whole documentation.
const mostSkipped = 10

// writeText writes the summary of a project: tables, and what there is to say
// about single lines.
func (p *imported) writeText(b *bytes.Buffer, parts bool) error {
	fmt.Fprintf(b, "%s: %s, %s, read as %s\n\n", clean(p.name()), clean(p.pkg.GetId()), clean(p.pkg.GetTitle()), p.community)
	if err := p.writeDocuments(b); err != nil {
		return err
	}
	for _, d := range p.report.GetDocuments() {
		if parts && len(d.GetParts()) > 0 {
			b.WriteByte('\n')
			if err := writeParts(b, d); err != nil {
				return err
			}
		}
	}
	if len(p.report.GetDiagnostics())+len(p.report.GetSkippedFiles()) > 0 {
		b.WriteByte('\n')
	}
	p.writeDiagnostics(b)
	for i, f := range p.report.GetSkippedFiles() {
		if i == mostSkipped {
			fmt.Fprintf(b, "%s: and %d more skipped\n", clean(p.folder), len(p.report.GetSkippedFiles())-i)
			break
		}
		fmt.Fprintf(b, "%s: skipped: %s\n", clean(filepath.Join(p.folder, f.GetPath())), clean(f.GetReason()))
	}
	return nil
}

// mostBrief is how many repairs and doubts of a document a brief summary shows.
const mostBrief = 5

// writeDiagnostics writes repairs and doubts with the lines they are about.
func (p *imported) writeDiagnostics(b *bytes.Buffer) {
	byFile := map[string]reviewpkg.Diagnostics{}
	for _, d := range p.report.GetDiagnostics() {
		byFile[d.GetFile()] = append(byFile[d.GetFile()], reviewpkg.Diagnostic{
			Code: reviewpkg.Code(d.GetCode()), Rule: d.GetRule(), Level: reviewpkg.Level(d.GetLevel()), Path: d.GetPath(),
			// A path from here, which an editor can follow.
			Pos:     reviewpkg.Position{Filename: filepath.Join(p.folder, d.GetFile()), Line: int(d.GetLine()), Column: int(d.GetColumn())},
			Message: d.GetMessage(), Hint: d.GetHint(),
		})
	}
	for _, d := range p.report.GetDocuments() {
		doc := &document{name: filepath.Join(p.folder, d.GetPath()), diagnostics: byFile[d.GetPath()]}
		more := 0
		if p.brief {
			// A doubt may mean a wrong value; a repair was made.
			slices.SortStableFunc(doc.diagnostics, func(a, b reviewpkg.Diagnostic) int { return cmp.Compare(a.Level, b.Level) })
			more = max(0, len(doc.diagnostics)-mostBrief)
			doc.diagnostics = doc.diagnostics[:len(doc.diagnostics)-more]
		}
		// Documents have the same mistake many times. What to do about it is
		// read once.
		hinted := map[string]bool{}
		for i := range doc.diagnostics {
			hint := &doc.diagnostics[i].Hint
			if hinted[*hint] {
				*hint = ""
			}
			hinted[*hint] = true
		}
		// A document that is gone meanwhile is shown without its lines.
		doc.data, _ = fs.ReadFile(os.DirFS(p.folder), d.GetPath())
		(reader{}).writeDiagnostics(b, doc)
		if more > 0 {
			fmt.Fprintf(b, "%s: and %d more\n", clean(doc.name), more)
		}
	}
}
