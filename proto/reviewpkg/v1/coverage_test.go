package reviewpkgv1_test

import (
	"fmt"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/reflect/protoreflect"

	"github.com/reviewpkg/sdk/internal/fieldpath"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// coverageTables are the tables that COVERAGE.md must have, each with a number
// of rows that the template behind it has at least. A table that shrinks below
// it has lost fields.
var coverageTables = map[string]int{
	"CNCF self-assessment":                            35,
	"CNCF outline of 2019 to 2021":                    12,
	"CNCF joint assessment":                           50,
	"CNCF joint README":                               12,
	"CNCF package definition":                         10,
	"CNCF review request":                             20,
	"CNCF presentation issue":                         9,
	"CNCF conflicts of interest":                      14,
	"CNCF intake and queue":                           10,
	"CNCF process and roles":                          10,
	"CNCF post-survey":                                5,
	"CNCF moving levels and due diligence":            20,
	"Lightweight threat model":                        14,
	"Rubrics of the CNCF book":                        8,
	"Findings and recommendations of joint reviews":   24,
	"Threat models":                                   12,
	"Field inventory: package, metadata and overview": 18,
	"Field inventory: functions to appendix":          18,
	"Field inventory: process, rubric and source":     15,
	"OpenStack header block":                          9,
	"OpenStack architecture page, from December 2016": 24,
	"OpenStack architecture page, 2015 to 2016":       19,
	"OpenStack architecture page, first form of 2015": 5,
	"OpenStack findings page":                         9,
	"OpenStack notes page":                            5,
	"OpenStack process vocabulary":                    22,
	"The eight assertions":                            8,
	"Routes, evidence and oversight":                  7,
}

// A coverageRow is a field of a template and the places that hold it.
type coverageRow struct {
	line  int
	field string
	paths []string
}

// A coverageTable is a table of COVERAGE.md under its heading.
type coverageTable struct {
	title string
	rows  []coverageRow
}

func TestCoverage(t *testing.T) {
	data, err := os.ReadFile("COVERAGE.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, problem := range checkCoverage(string(data), coverageTables) {
		t.Error(problem)
	}
}

func TestCoverageReachesEveryMessage(t *testing.T) {
	data, err := os.ReadFile("COVERAGE.md")
	if err != nil {
		t.Fatal(err)
	}
	tables, _ := parseCoverage(string(data))
	for _, name := range unreached((*reviewpkgv1.ReviewPackage)(nil).ProtoReflect().Descriptor(), tables) {
		t.Errorf("no row of COVERAGE.md reaches message %s", name)
	}
}

// The checks themselves must be able to fail.
func TestCheckCoverage(t *testing.T) {
	const head = "## T\n\n| Field | Model path(s) | Remark |\n| --- | --- | --- |\n"
	tests := []struct {
		name, text string
		want       []string
	}{
		{"good", head + "| Id | `ReviewPackage.id` | |\n", nil},
		{"two paths", head + "| Id | `ReviewPackage.id`, `ReviewPackage.findings.id` | both |\n", nil},
		{"no such field", head + "| Id | `ReviewPackage.idd` | |\n",
			[]string{`line 5: Id: message reviewpkg.v1.ReviewPackage has no field "idd"`}},
		{"below a text", head + "| Id | `ReviewPackage.id.x` | |\n",
			[]string{`line 5: Id: field reviewpkg.v1.ReviewPackage.id holds no message and has no field "x"`}},
		{"no such message", head + "| Id | `Package.id` | |\n", []string{"line 5: Id: no message is called Package"}},
		{"message alone", head + "| Id | `ReviewPackage` | |\n", []string{"line 5: Id: ReviewPackage names no field"}},
		{"no path", head + "| Id | in the id | |\n", []string{"line 5: Id has no path"}},
		{"key in a path", head + "| Id | `ReviewPackage.findings[\"f\"].id` | |\n",
			[]string{`line 5: Id: message reviewpkg.v1.ReviewPackage has no field "findings[\"f\"]"`}},
		{"too few cells", head + "| Id | `ReviewPackage.id` |\n", []string{"line 5: want 3 cells, found 2"}},
		{"field twice", head + "| Id | `ReviewPackage.id` | |\n| Id | `ReviewPackage.id` | |\n", []string{"line 6: Id stands twice in T"}},
		{"too few rows", head, []string{"T has 0 rows, want 1 or more"}},
		{"no table", "## T\n", []string{"T has 0 rows, want 1 or more"}},
		{"missing table", "", []string{"there is no table T"}},
		{"unknown table", head + "| Id | `ReviewPackage.id` | |\n\n## U\n", []string{"table U is not one of those that the test knows"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := checkCoverage(tt.text, map[string]int{"T": 1})
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("problems (-want +got):\n%s", diff)
			}
		})
	}
}

func TestUnreached(t *testing.T) {
	finding := (*reviewpkgv1.Finding)(nil).ProtoReflect().Descriptor()
	all := []string{
		"Agreement", "AttackTechnique", "Date", "Link", "SignOff", "Tracker",
	}
	if diff := cmp.Diff(all, unreached(finding, nil)); diff != "" {
		t.Errorf("without rows (-want +got):\n%s", diff)
	}
	rows := []coverageTable{{rows: []coverageRow{{paths: []string{"Finding.agreement.project.date", "Finding.trackers.url"}}}}}
	if diff := cmp.Diff([]string{"AttackTechnique", "Link"}, unreached(finding, rows)); diff != "" {
		t.Errorf("with two paths (-want +got):\n%s", diff)
	}
}

// checkCoverage returns what is wrong with the tables of text. least gives the
// tables that must be there and how many rows each has at least.
func checkCoverage(text string, least map[string]int) []string {
	tables, problems := parseCoverage(text)
	found := map[string]bool{}
	for _, table := range tables {
		found[table.title] = true
		n, known := least[table.title]
		switch {
		case !known:
			problems = append(problems, fmt.Sprintf("table %s is not one of those that the test knows", table.title))
		case len(table.rows) < n:
			problems = append(problems, fmt.Sprintf("%s has %d rows, want %d or more", table.title, len(table.rows), n))
		}
		problems = append(problems, checkRows(table)...)
	}
	for _, title := range slices.Sorted(maps.Keys(least)) {
		if !found[title] {
			problems = append(problems, "there is no table "+title)
		}
	}
	return problems
}

// checkRows returns what is wrong with the rows of one table.
func checkRows(table coverageTable) []string {
	var problems []string
	seen := map[string]bool{}
	for _, row := range table.rows {
		if seen[row.field] {
			problems = append(problems, fmt.Sprintf("line %d: %s stands twice in %s", row.line, row.field, table.title))
		}
		seen[row.field] = true
		if len(row.paths) == 0 {
			problems = append(problems, fmt.Sprintf("line %d: %s has no path", row.line, row.field))
		}
		for _, path := range row.paths {
			if err := resolve(path); err != nil {
				problems = append(problems, fmt.Sprintf("line %d: %s: %v", row.line, row.field, err))
			}
		}
	}
	return problems
}

// resolve reports whether the model has the path, which begins with the name of
// a message.
func resolve(path string) error {
	root, rest, ok := strings.Cut(path, ".")
	if !ok {
		return fmt.Errorf("%s names no field", path)
	}
	md := message(root)
	if md == nil {
		return fmt.Errorf("no message is called %s", root)
	}
	_, err := fieldpath.ResolveDescriptor(md, rest)
	return err
}

// message returns the document message of the given name, or nil.
func message(name string) protoreflect.MessageDescriptor {
	for _, file := range []protoreflect.FileDescriptor{
		reviewpkgv1.File_reviewpkg_v1_package_proto,
		reviewpkgv1.File_reviewpkg_v1_rubric_proto,
		reviewpkgv1.File_reviewpkg_v1_finding_proto,
	} {
		if md := file.Messages().ByName(protoreflect.Name(name)); md != nil {
			return md
		}
	}
	return nil
}

// inBackticks finds the paths of a cell.
var inBackticks = regexp.MustCompile("`([^`]*)`")

// parseCoverage returns the tables of a Markdown text by its headings of the
// second level, and the lines that are no rows of three cells.
func parseCoverage(text string) ([]coverageTable, []string) {
	var tables []coverageTable
	var problems []string
	for i, line := range strings.Split(text, "\n") {
		if title, ok := strings.CutPrefix(line, "## "); ok {
			tables = append(tables, coverageTable{title: title})
			continue
		}
		isHead := strings.HasPrefix(line, "| Field |") || strings.HasPrefix(line, "| --- |")
		if !strings.HasPrefix(line, "|") || isHead || len(tables) == 0 {
			continue
		}
		cells := strings.Split(strings.Trim(strings.TrimSpace(line), "|"), "|")
		if n := strings.Count(line, "|") - 1; n != 3 {
			problems = append(problems, fmt.Sprintf("line %d: want 3 cells, found %d", i+1, n))
			cells = append(cells, "", "")
		}
		row := coverageRow{line: i + 1, field: strings.TrimSpace(cells[0])}
		for _, m := range inBackticks.FindAllStringSubmatch(cells[1], -1) {
			row.paths = append(row.paths, m[1])
		}
		last := &tables[len(tables)-1]
		last.rows = append(last.rows, row)
	}
	return tables, problems
}

// unreached returns the names of the messages that root can hold, at any
// depth, and that no path of the tables leads to or through.
func unreached(root protoreflect.MessageDescriptor, tables []coverageTable) []string {
	reached := map[protoreflect.FullName]bool{root.FullName(): true}
	for _, table := range tables {
		for _, row := range table.rows {
			for _, path := range row.paths {
				reach(path, reached)
			}
		}
	}
	var missing []string
	seen := map[protoreflect.FullName]bool{}
	var visit func(md protoreflect.MessageDescriptor)
	visit = func(md protoreflect.MessageDescriptor) {
		if md == nil || seen[md.FullName()] {
			return
		}
		seen[md.FullName()] = true
		if !md.IsMapEntry() && !reached[md.FullName()] {
			missing = append(missing, string(md.Name()))
		}
		for i := range md.Fields().Len() {
			visit(md.Fields().Get(i).Message())
		}
	}
	visit(root)
	slices.Sort(missing)
	return missing
}

// reach adds the messages that path leads to or through. A path that does not
// exist adds what it names before that; TestCoverage reports it.
func reach(path string, reached map[protoreflect.FullName]bool) {
	names := strings.Split(path, ".")
	md := message(names[0])
	for _, name := range names[1:] {
		if md == nil {
			return
		}
		fd := md.Fields().ByName(protoreflect.Name(name))
		if fd == nil {
			return
		}
		if md = fd.Message(); md != nil {
			reached[md.FullName()] = true
		}
	}
}
