// Package cncf reads the documents of CNCF TAG-Security reviews into a package,
// and writes a package as such documents.
//
//	pkg, report, err := cncf.Import(os.DirFS("community/assessments/projects/volcano"))
//	files, err := cncf.Render(pkg)
//
// The documents are Markdown, written by people from five generations of a
// template or from none. Import finds the parts of the templates by exact
// headings, by the other names that authors give them, and by the bold words and
// bullets that stand for headings; see the report for what was found and how.
// Nothing is guessed: a value that cannot be read with certainty stays in the
// text of its section, which the package holds as well.
package cncf
