package openstack_test

import (
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
	"github.com/reviewpkg/sdk/reviewpkg/openstack"
)

// published is where the published pages are; they are no part of the repository.
const published = "../../../shared/corpus/openstack"

func needPublished(t testing.TB) {
	t.Helper()
	if _, err := os.Stat(published); err != nil {
		t.Skipf("the published pages are not here: %v", err)
	}
}

// A fact is a value and the lines of the page that it stands on, as a person read
// them.
type fact struct {
	path       string // of the value
	start, end uint32
}

// What a person reads in the pages of barbican: names, ratings and lines.
var (
	barbicanComponents = []string{
		"API Process (Python)", "Worker Process (Python)", "keystone Listener Process (Python)", "Database (MySQL)",
		"Worker Queue (RabbitMQ)", "Configurable secure backend ()", "DogTag Service ()", "Hardware Security Module ()", "Administrative CLI (Python)",
	}
	barbicanAssets = []string{
		"Secret data 78-79", "Secret metadata 80-80", "RBAC rulesets 81-81", "ACL rules 82-82", "DB Credentials 83-83",
		"HSM Credentials 84-85", "RabbitMQ Credentials 86-86", "keystone Event Queue Credentials 87-87", "Middleware configuration 88-88",
		"HSM HMAC Key 89-89", "HSM Master Key Encryption Key 90-90", "Per-project KEKs wrapped by MKEK 91-91",
		"CA (dogtag) credentials 92-92", "keystone Credentials (barbican service account) 93-95", "Client keystone token 96-98", "CADF Credentials 99-99",
	}
	barbicanInterfaces = []string{
		"1 Client>API Process TLS 5", "2 Administrator>API Process TLS 1", "3 Administrator>API Process Host SSH 0",
		"4 Administrator>Administrative CLI SSH 0", "5 API Process>PKCS#11 HSM NTL 4", "6 Worker Process>Hardware Security Module NTL 4",
		"7 Worker Process>Certificate Authority (Dogtag) TLS 2", "8 API Process>keystone REST TLS 2",
	}
	barbicanRatings = []string{"1 M/H/H", "2 L/H/M", "3 L/H/M", "4 L/H/M", "5 L/M/M", "6 L/M/L", "7 M/H/M", "8 L/H/M"}
	barbicanPeople  = []string{
		"Douglas Mendizábal redrobot PROJECT_LEAD ARCHITECT", "Robert Clark hyakuhei SECURITY_REVIEWER", "Doug Chivers capnoday SECURITY_REVIEWER",
	}
	barbicanFacts = []fact{
		{"architecture.status", 7, 7},
		{"project.release", 9, 9},
		{"project.version", 11, 11},
		{`architecture.diagrams["diagram-barbican-architecture-diagram-png"]`, 70, 73},
		{"architecture.purpose", 24, 25},
		{"review.date", 13, 13},
		{"review.body.name", 15, 15},
		{`findings["finding-1"].likelihood`, 42, 42},
		{`findings["finding-1"].impact_description`, 41, 41},
		{`findings["finding-1"].impact`, 43, 43},
		{`findings["finding-7"].overall`, 138, 138},
		{`findings["finding-8"].recommendation`, 151, 152},
		{`recommendations["rec-2"]`, 165, 169},
	}
)

// TestBarbican compares what is read from the one complete review that was
// published with what a person reads in it.
func TestBarbican(t *testing.T) {
	t.Parallel()
	needPublished(t)
	pkg, report := read(t, filepath.Join(published, "barbican/newton"))
	a := pkg.GetArchitecture()
	if pkg.GetId() != "openstack-barbican-newton" || a.GetStatus() != reviewpkgv1.PageStatus_PAGE_STATUS_DRAFT ||
		pkg.GetReview().GetStatus() != reviewpkgv1.FindingsStatus_FINDINGS_STATUS_DRAFT || pkg.GetReview().GetDate().GetValue() != "2016-08-18" {
		t.Errorf("header: %v %v", pkg.GetId(), pkg.GetReview())
	}
	sources := map[string][]*reviewpkgv1.ValueSource{}
	for _, s := range pkg.GetValueSources() {
		sources[s.GetPath()] = append(sources[s.GetPath()], s)
	}
	names := map[string]string{}
	var components, assets []string
	for _, c := range a.GetActors() {
		names[c.GetId()] = c.GetName()
	}
	for _, c := range a.GetExternalDependencies() {
		names[c.GetId()] = c.GetName()
	}
	for _, c := range a.GetComponents() {
		names[c.GetId()] = c.GetName()
		if stated(sources[fmt.Sprintf("architecture.components[%q]", c.GetId())]) {
			components = append(components, fmt.Sprintf("%s (%s)", c.GetName(), c.GetTechnology()))
		}
	}
	for _, x := range a.GetDataAssets() {
		if s := sources[fmt.Sprintf("architecture.data_assets[%q]", x.GetId())]; stated(s) {
			assets = append(assets, fmt.Sprintf("%s %d-%d", x.GetName(), s[0].GetStartLine(), s[0].GetEndLine()))
		}
	}
	var interfaces, ratings, people []string
	for _, i := range a.GetInterfaces() {
		interfaces = append(interfaces, fmt.Sprintf("%s %s>%s %s %d", i.GetNumber(), names[i.GetFromId()], names[i.GetToId()],
			i.GetTransport().GetProtocol()+i.GetTransport().GetSecuredBy(), len(i.GetFlows())))
	}
	for _, f := range pkg.GetFindings() {
		short := func(l reviewpkgv1.Level) string { return strings.TrimPrefix(l.String(), "LEVEL_")[:1] }
		ratings = append(ratings, fmt.Sprintf("%s %s/%s/%s", f.GetNumber(), short(f.GetLikelihood()), short(f.GetImpact()), short(f.GetOverall())))
	}
	for _, p := range pkg.GetPeople() {
		text := p.GetName() + " " + p.GetHandles()[0].GetName()
		for _, r := range p.GetRoles()[:len(p.GetRoles())/2] {
			text += " " + strings.TrimPrefix(r.GetKind().String(), "ROLE_KIND_")
		}
		people = append(people, text)
	}
	compare(t, "components", components, barbicanComponents)
	compare(t, "data assets", assets, barbicanAssets)
	compare(t, "interfaces", interfaces, barbicanInterfaces)
	compare(t, "ratings", ratings, barbicanRatings)
	compare(t, "people", people, barbicanPeople)
	for _, f := range barbicanFacts {
		if s := sources[f.path]; len(s) == 0 || s[0].GetStartLine() != f.start || s[0].GetEndLine() != f.end {
			t.Errorf("%s stands on lines %d to %d: %v", f.path, f.start, f.end, s)
		}
	}
	items(t, report.GetDocuments()[0], map[string]uint32{
		"Contacts": 4, "Primary users and use-cases": 3, "Components": 9, "Service architecture diagram": 1, "Data assets": 16,
		"Data asset impact analysis": 14, "Interfaces": 8, "Resources": 1, "External dependencies & associated security assumptions": 0,
	})
	items(t, report.GetDocuments()[1], map[string]uint32{"Contacts": 4, "Findings": 8, "Recommendations": 2})
	cells := 0
	for _, x := range a.GetDataAssets() {
		cells += len(x.GetImpacts())
	}
	if cells != 40 { // 39 cells of the table, one of which has two variants
		t.Errorf("%d impact statements", cells)
	}
	if f := pkg.GetFindings(); f[4].GetImpactDescription() != "" || len(f[0].GetTrackers()) > 0 || len(f[2].GetVariantIds()) != 1 {
		t.Error("the empty impact, the placeholder of a bug or the variant was read wrongly")
	}
	counts := map[string]int{}
	for _, d := range report.GetDiagnostics() {
		counts[d.GetCode()]++
	}
	if counts["label-drift"] != 7 || counts["template-residue"] != 6 || counts["repaired-markup"] != 1 {
		t.Errorf("diagnostics: %v", counts)
	}
	roundTrip(t, pkg, true)
}

// stated reports whether a document states a value.
func stated(list []*reviewpkgv1.ValueSource) bool {
	return len(list) > 0 && list[0].GetDerivation() == reviewpkgv1.Derivation_DERIVATION_STATED && !slices.ContainsFunc(list, func(s *reviewpkgv1.ValueSource) bool {
		return s.GetDerivation() == reviewpkgv1.Derivation_DERIVATION_INFERRED
	})
}

// compare reports precision and recall of what was read, which must both be
// whole.
func compare(t *testing.T, part string, got, want []string) {
	t.Helper()
	hits := 0
	for _, g := range got {
		if slices.Contains(want, g) {
			hits++
		}
	}
	t.Logf("%-12s precision %d/%d, recall %d/%d", part, hits, len(got), hits, len(want))
	if !slices.Equal(got, want) {
		t.Errorf("%s:\n got %q\nwant %q", part, got, want)
	}
}

func items(t *testing.T, d *reviewpkgv1.ImportedDocument, want map[string]uint32) {
	t.Helper()
	for _, p := range d.GetParts() {
		if n, ok := want[p.GetName()]; ok && (p.GetItems() != n || p.GetPresence() != reviewpkgv1.Presence_PRESENCE_ANSWERED) {
			t.Errorf("%s has %d items, want %d: %v", p.GetName(), p.GetItems(), n, p)
		}
	}
}

// TestTemplates holds that a template nobody filled in is known as one, part by
// part.
func TestTemplates(t *testing.T) {
	t.Parallel()
	needPublished(t)
	pkg, report := read(t, filepath.Join(published, "templates"))
	if len(report.GetDocuments()) != 3 {
		t.Fatalf("%d documents", len(report.GetDocuments()))
	}
	for _, d := range report.GetDocuments() {
		if !d.GetBlankTemplate() {
			t.Errorf("%s is no blank template", d.GetPath())
		}
		for _, p := range d.GetParts() {
			if p.GetExpected() && p.GetPresence() != reviewpkgv1.Presence_PRESENCE_TEMPLATE_TEXT {
				t.Errorf("%s: %v", d.GetPath(), p)
			}
		}
	}
	if len(pkg.GetPeople())+len(pkg.GetFindings())+len(pkg.GetArchitecture().GetDataAssets()) > 0 {
		t.Error("something was read from the templates")
	}
}

// pages returns pages to change: the published ones, and those of the tests.
func pages(t testing.TB) map[string][]byte {
	t.Helper()
	out := map[string][]byte{}
	for _, root := range []string{published, "testdata/pages"} {
		_ = filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			if err == nil && strings.HasSuffix(path, ".rst") {
				if out[path], err = os.ReadFile(path); err != nil {
					t.Fatal(err)
				}
			}
			return nil
		})
	}
	return out
}

// TestMutations damages pages in the ways that people and programs do, and holds
// that the import is valid and gives back every byte.
func TestMutations(t *testing.T) {
	t.Parallel()
	all := pages(t)
	var names []string
	for name := range all {
		names = append(names, name)
	}
	slices.Sort(names)
	rnd := rand.New(rand.NewPCG(1, 2))
	n, read := 2000, 0
	if testing.Short() {
		n = 200
	}
	for i := range n {
		lines := strings.SplitAfter(string(all[names[i%len(names)]]), "\n")
		for range 1 + rnd.IntN(8) {
			lines = mutate(rnd, lines)
		}
		data := []byte(strings.Join(lines, ""))
		fsys := fstest.MapFS{"page.rst": &fstest.MapFile{Data: data}}
		pkg, report, err := openstack.Import(fsys)
		if err != nil {
			continue
		}
		read++
		check(t, pkg, report, func(string) []byte { return data })
		if t.Failed() {
			t.Fatalf("%s, mutation %d:\n%s", names[i%len(names)], i, data)
		}
	}
	t.Logf("%d of %d are still pages", read, n)
	if read < n*7/10 {
		t.Errorf("only %d of %d are still pages", read, n)
	}
}

// mutate damages one place.
func mutate(rnd *rand.Rand, lines []string) []string {
	if len(lines) == 0 {
		return lines
	}
	i := rnd.IntN(len(lines))
	switch rnd.IntN(10) {
	case 0:
		return slices.Delete(lines, i, i+1)
	case 1:
		return slices.Insert(lines, i, lines[i])
	case 2:
		lines[i] = strings.Repeat(" ", rnd.IntN(6)) + lines[i]
	case 3:
		lines[i] = strings.TrimLeft(lines[i], " -")
	case 4:
		lines[i] = lines[i][:rnd.IntN(len(lines[i])+1)]
	case 5:
		lines[i] = strings.NewReplacer("-", "~", "~", "=", "=", "-").Replace(lines[i])
	case 6:
		lines[i] = strings.ReplaceAll(lines[i], " ", "\t")
	case 7:
		j := rnd.IntN(len(lines))
		lines[i], lines[j] = lines[j], lines[i]
	case 8:
		hostile := []string{"\xff\xfe", "[", "]", "*", "`", "\\", "<TODO>", ": ", "->", "..\n", ".. id: x\n", "|", "(", ")", "\x00", "\u2028", "- ", "1. "}
		at := rnd.IntN(len(lines[i]) + 1)
		lines[i] = lines[i][:at] + hostile[rnd.IntN(len(hostile))] + lines[i][at:]
	default:
		return lines[:i]
	}
	return lines
}
