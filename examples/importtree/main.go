// Command importtree shows how a program reads many reviews at once: it imports
// every project folder below a folder, and prints a line about each. Run it from
// the root of the repository:
//
//	go run ./examples/importtree examples/importtree/testdata/tree
package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
	"github.com/reviewpkg/sdk/reviewpkg"
	"github.com/reviewpkg/sdk/reviewpkg/cncf"
	"github.com/reviewpkg/sdk/reviewpkg/openstack"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: importtree DIR")
		os.Exit(2)
	}
	if err := run(os.Stdout, os.DirFS(os.Args[1])); err != nil {
		fmt.Fprintln(os.Stderr, "importtree:", err)
		os.Exit(2)
	}
}

// run imports the projects below a folder and writes a table of them to w.
func run(w io.Writer, tree fs.FS) error {
	if _, err := fs.ReadDir(tree, "."); err != nil {
		return err
	}
	rows := bytes.NewBufferString("PROJECT\tDOCUMENTS\tFINDINGS\tADVICE\tDOUBTS\tDECLARED STAGE (COMPUTED)\n")
	for _, folder := range projects(tree, ".") {
		fmt.Fprintf(rows, "%s\t%s\n", short(folder, 40), line(tree, folder))
	}
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	if _, err := rows.WriteTo(table); err != nil {
		return err
	}
	return table.Flush()
}

// projects returns the folders below dir that hold documents, sorted. What lies
// below such a folder belongs to the same project.
func projects(tree fs.FS, dir string) []string {
	entries, err := fs.ReadDir(tree, dir)
	if err != nil {
		return []string{dir} // to import it will tell what is wrong
	}
	var below []string
	for _, e := range entries {
		isDocument := slices.Contains([]string{".md", ".markdown", ".rst"}, strings.ToLower(path.Ext(e.Name())))
		switch {
		case dir != "." && e.Type().IsRegular() && isDocument:
			return []string{dir}
		case e.IsDir() && !strings.HasPrefix(e.Name(), "."):
			below = append(below, projects(tree, path.Join(dir, e.Name()))...)
		}
	}
	return below
}

// line returns what there is to say about the project in a folder.
func line(tree fs.FS, folder string) string {
	p, report, err := read(tree, folder)
	if err != nil {
		// The other projects can be read all the same.
		return "-\t-\t-\t-\tnot read: " + short(err.Error(), 80)
	}
	var doubts uint32
	for _, d := range report.GetDocuments() {
		doubts += d.GetDoubts()
	}
	// What documents say of themselves is one thing, and what they hold is
	// another. Both are shown.
	var stages []string
	for _, process := range p.GetProcesses() {
		c := reviewpkg.Completeness(p, process)
		stages = append(stages, fmt.Sprintf("%s: %s (%s, %d %%)", word(process, "REVIEW_PROCESS_"),
			word(c.GetDeclaredStage(), "ASSESSMENT_STAGE_"), word(c.GetComputedStage(), "ASSESSMENT_STAGE_"), c.GetMetPermille()/10))
	}
	return fmt.Sprintf("%d\t%d\t%d\t%d\t%s", len(report.GetDocuments()), len(p.GetFindings()), len(p.GetRecommendations()),
		doubts, strings.Join(stages, ", "))
}

// read imports the documents in a folder, whichever community's they are.
func read(tree fs.FS, folder string) (*reviewpkgv1.ReviewPackage, *reviewpkgv1.ImportReport, error) {
	documents, err := fs.Sub(tree, folder)
	if err != nil {
		return nil, nil, err
	}
	p, report, err := cncf.Import(documents)
	if errors.Is(err, cncf.ErrNoDocuments) {
		p, report, err = openstack.Import(documents)
	}
	if errors.Is(err, openstack.ErrNoDocuments) {
		err = errors.New("no document of a security review")
	}
	return p, report, err
}

// word returns the name of an enum value as people write it: "cncf self".
func word(value fmt.Stringer, prefix string) string {
	return strings.ToLower(strings.ReplaceAll(strings.TrimPrefix(value.String(), prefix), "_", " "))
}

// short returns a stranger's text as one line of at most so many characters,
// which cannot steer the terminal.
func short(text string, most int) string {
	quoted := []rune(strconv.Quote(text))
	if shown := quoted[1 : len(quoted)-1]; len(shown) <= most {
		return string(shown)
	}
	return string(quoted[1:most-2]) + "..."
}
