package intake

import (
	"bytes"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/encoding/prototext"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/testing/protocmp"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

const (
	author   = reviewpkgv1.RoleKind_ROLE_KIND_AUTHOR
	reviewer = reviewpkgv1.RoleKind_ROLE_KIND_SECURITY_REVIEWER
	stated   = reviewpkgv1.Derivation_DERIVATION_STATED
	self     = reviewpkgv1.ArtifactKind_ARTIFACT_KIND_SELF_ASSESSMENT
	image    = reviewpkgv1.ArtifactKind_ARTIFACT_KIND_IMAGE
)

// same compares a message with one in the text format.
func same(t *testing.T, want string, have proto.Message) {
	t.Helper()
	m := have.ProtoReflect().New().Interface()
	if err := prototext.Unmarshal([]byte(want), m); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(m, have, protocmp.Transform()); diff != "" {
		t.Errorf("(-want +have)\n%s", diff)
	}
}

// files makes a folder from pairs of path and content.
func files(pairs ...string) fstest.MapFS {
	out := fstest.MapFS{}
	for i := 0; i < len(pairs); i += 2 {
		out[pairs[i]] = &fstest.MapFile{Data: []byte(pairs[i+1])}
	}
	return out
}

func open(t *testing.T, fsys fs.FS) *Folder {
	t.Helper()
	f, err := OpenFolder(fsys, []string{".md"}, nil, Limits{})
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// document begins to read a text.
func document(t *testing.T, text string) *Document {
	t.Helper()
	f := open(t, files("dir/doc.md", text))
	return New(f).Document(f.Documents[0], self, reviewpkgv1.Markup_MARKUP_MARKDOWN)
}

func TestIDs(t *testing.T) {
	in := New(Rendered(nil))
	var have []string
	for _, c := range [][2]string{{"goal", "To Turn"}, {"goal", "to turn"}, {"goal", "to-turn!"}, {"", ""}, {"", "???"}, {"goal", ""}, {"", "Only a name"}, {"goal", "to turn-2"}} {
		have = append(have, in.ID(c[0], c[1]))
	}
	if diff := cmp.Diff([]string{"goal-to-turn", "goal-to-turn-2", "goal-to-turn-3", "item", "item-2", "goal", "only-a-name", "goal-to-turn-2-2"}, have); diff != "" {
		t.Error(diff)
	}
	for id, want := range map[string]bool{
		"goal": false, "A.b_c-1": true, "A.b_c-2": true, "": false, "-a": false, ".a": false, "a b": false, "ä": false,
		strings.Repeat("a", 128): true, strings.Repeat("b", 129): false,
	} {
		if in.Take(id) != want {
			t.Errorf("Take(%.20q) is not %v", id, want)
		}
	}
	if id := in.ID("long", strings.Repeat("a-", 200)+"b"); len(id) > maxID || !ValidID(id) {
		t.Error(id)
	}
	if id := in.ID(strings.Repeat("p", 200), "x"); len(id) != maxID-20 || in.ID(strings.Repeat("p", 200), "x") != id+"-2" {
		t.Error(id)
	}
	in.Release("goal")
	if !in.Take("goal") || in.Take("goal") {
		t.Error("an id that was given back cannot be had once")
	}
	p := reviewpkgv1.Person_builder{Id: in.ID("person", "Ann")}.Build()
	in.Take("ann")
	in.Rename(p, "ann")
	if p.GetId() != "ann" || in.Take("ann") || !in.Take("person-ann") {
		t.Error("renamed: ", p.GetId())
	}
	seen := map[string]bool{}
	for range 2000 {
		id := in.ID("many", "x")
		if seen[id] {
			t.Fatal("twice: ", id)
		}
		seen[id] = true
	}
	if !seen["many-x-2000"] {
		t.Error("the numbers have gaps")
	}
}

func TestPerson(t *testing.T) {
	in := New(Rendered(nil))
	first := in.Person(Named{Name: "Ann Lee", System: "github", Handle: "@AnnLee"}, author, "", "a")
	for _, n := range []struct {
		n    Named
		kind reviewpkgv1.RoleKind
		want string
	}{
		{Named{Name: "Ann", System: "github", Handle: "annlee", Email: "ann@x.example"}, reviewer, first},      // the handle tells
		{Named{Name: "ann lee", Email: "no address", URL: "no uri", Affiliation: "Axle Inc"}, reviewer, first}, // the name tells
		{Named{Name: "Ann Lee", System: "irc", Handle: "ann", URL: "https://ann.example"}, author, first},      // another system
		{Named{Name: "Ann Leigh"}, author, "person-ann-leigh"},                                                 // a similar name is another
		{Named{System: "github", Handle: "boek"}, author, "person-boek"},                                       // no name yet
		{Named{Name: "Bo Ek", System: "github", Handle: "BoEk"}, author, "person-boek"},                        // the name comes later
		{Named{ID: "cy", Name: "Cy Fox", Group: true}, author, "cy"},                                           // the document gives the id
		{Named{ID: "cy", Name: "Cy Foxx"}, author, "person-cy-foxx"},                                           // it is taken
		{Named{Name: "李", System: "github", Handle: "li"}, author, "person-li"},                                // a name that makes no id
		{Named{Email: "x@x.example"}, author, ""},                                                              // neither name nor handle
	} {
		if have := in.Person(n.n, n.kind, "", "a"); have != n.want {
			t.Errorf("%+v: %q, want %q", n.n, have, n.want)
		}
	}
	in.Person(Named{Name: "Cy Fox", System: "github", Handle: "cy"}, author, "", "b")
	in.Person(Named{Name: "Bo Ek"}, reviewer, "helper", "a")
	people := map[string]*reviewpkgv1.Person{}
	for _, p := range in.Package.GetPeople() {
		people[p.GetId()] = p
	}
	same(t, `id: "person-ann-lee" name: "Ann Lee" aliases: "Ann" aliases: "ann lee" handles { system: "github" name: "AnnLee" } handles { system: "irc" name: "ann" }
		emails: "ann@x.example" urls: "https://ann.example" affiliation: "Axle Inc" roles { kind: ROLE_KIND_AUTHOR artifact_id: "a" } roles { kind: ROLE_KIND_SECURITY_REVIEWER artifact_id: "a" }`, people[first])
	same(t, `id: "person-boek" name: "Bo Ek" handles { system: "github" name: "boek" } roles { kind: ROLE_KIND_AUTHOR artifact_id: "a" } roles { kind: ROLE_KIND_SECURITY_REVIEWER title: "helper" artifact_id: "a" }`, people["person-boek"])
	same(t, `id: "cy" name: "Cy Fox" group: true handles { system: "github" name: "cy" } roles { kind: ROLE_KIND_AUTHOR artifact_id: "a" } roles { kind: ROLE_KIND_AUTHOR artifact_id: "b" }`, people["cy"])
	if len(people) != 6 {
		t.Error(len(people), " people")
	}
}

const text = "before\n\n# One\n\nfirst\nsecond\n\n## Two\n\nthird\n\n# Three\nlast"

func TestSections(t *testing.T) {
	d := document(t, text)
	d.Sections([]Heading{{Line: 2, Level: 1, Text: "One"}, {Line: 7, Level: 2, Text: "Two"}, {Line: 11, Level: 9, Text: "Three"}})
	d.Claim("a", 4, 7, stated, "")
	d.Claim("b", 9, 10, stated, "the third")
	d.Claim("c", 5, 5, stated, "") // no line, no source
	d.Claim("d", -3, 1, stated, "")
	d.Know(11, 99)
	d.SetGeneration("G1", "https://x.example/t")
	pkg, report := d.Import().Finish()
	same(t, `id: "doc-doc" artifact_id: "file-dir-doc-md" markup: MARKUP_MARKDOWN template_generation: "G1" template_version: "https://x.example/t"
		sections { id: "doc-doc-s1" start_line: 1 source: "before\n\n" coverage: SECTION_COVERAGE_STRUCTURED }
		sections { id: "doc-doc-s2" heading: "One" level: 1 start_line: 3 source: "# One\n\nfirst\nsecond\n\n" coverage: SECTION_COVERAGE_PARTIAL
			sections { id: "doc-doc-s3" heading: "Two" level: 2 start_line: 8 source: "## Two\n\nthird\n\n" coverage: SECTION_COVERAGE_PARTIAL
				sections { id: "doc-doc-s4" heading: "Three" level: 6 start_line: 12 source: "# Three\nlast" coverage: SECTION_COVERAGE_TEXT_ONLY } } }`, pkg.GetDocuments()[0])
	want := []string{
		`path: "a" document_id: "doc-doc" section_id: "doc-doc-s2" start_line: 5 end_line: 6 derivation: DERIVATION_STATED`,
		`path: "b" document_id: "doc-doc" section_id: "doc-doc-s3" start_line: 10 end_line: 10 derivation: DERIVATION_STATED raw: "the third"`,
		`path: "d" document_id: "doc-doc" section_id: "doc-doc-s1" start_line: 1 end_line: 1 derivation: DERIVATION_STATED`,
	}
	if len(pkg.GetValueSources()) != len(want) {
		t.Fatal(pkg.GetValueSources())
	}
	for i, s := range pkg.GetValueSources() {
		same(t, want[i], s)
	}
	// Blank lines belong to what stands above them: "before", "first",
	// "second" and "third" with theirs are held, "Three" is known.
	same(t, `document_id: "doc-doc" path: "dir/doc.md" kind: ARTIFACT_KIND_SELF_ASSESSMENT template_generation: "G1" structured_bytes: 29 section_bytes: 12 unclaimed_bytes: 15`, report.GetDocuments()[0])
	if string(Source(pkg.GetDocuments()[0])) != text {
		t.Error("the sections do not give the text back")
	}
	if d.ClaimedAt("b") != 9 || d.ClaimedAt("x") != 0 {
		t.Error("ClaimedAt")
	}
}

// TestCounts holds that every byte of a file is counted once, and that the
// sections give the file back, whatever its bytes are.
func TestCounts(t *testing.T) {
	for name, text := range map[string]string{
		"usual": text, "empty": "", "one line break": "\n", "blank": "\n \n\t\n", "no line break": "a", "CRLF": strings.ReplaceAll(text, "\n", "\r\n"), "carriage returns": "a\rb\r",
		"mark": "\ufeff" + text, "mark alone": "\ufeff", "marks": "\ufeff\ufeff# One\n", "bytes": "a\xff\n# One\n\xfe\xc3\xa9\n\xc3", "zero": "a\x00b\n",
	} {
		for _, cut := range []bool{false, true} {
			d := document(t, text)
			if cut && d.LineCount() > 1 {
				d.Sections([]Heading{{Line: 1, Level: 1}})
			}
			d.Claim("a", 0, 1, stated, "")
			d.Know(0, 2)
			pkg, report := d.Import().Finish()
			r := report.GetDocuments()[0]
			if sum := r.GetStructuredBytes() + r.GetSectionBytes() + r.GetUnclaimedBytes(); sum != uint64(len(text)) {
				t.Errorf("%s: %d bytes counted, the file has %d", name, sum, len(text))
			}
			if !bytes.Equal(Source(pkg.GetDocuments()[0]), []byte(text)) {
				t.Errorf("%s: the sections do not give the file back", name)
			}
		}
	}
}

func TestEncoding(t *testing.T) {
	d := document(t, "\ufeffgood\nb\xffd \xe2\x82\n")
	if d.Text != "good\nb?d ??\n" || string(d.Bytes()) != d.Text {
		t.Errorf("%q %q", d.Text, d.Bytes())
	}
	pkg, report := d.Import().Finish()
	doc := pkg.GetDocuments()[0]
	if !doc.GetByteOrderMark() || doc.GetSections()[0].GetSource() != d.Text || string(doc.GetSections()[0].GetRawSource()) != "good\nb\xffd \xe2\x82\n" {
		t.Error(doc)
	}
	same(t, `code: "bad-encoding" level: DIAGNOSTIC_LEVEL_WARNING file: "dir/doc.md" line: 2 column: 2 message: "the document is no UTF-8" hint: "the bytes are kept; a question mark stands for each that is wrong"`, report.GetDiagnostics()[0])
	if good := document(t, "good"); string(good.Bytes()) != "good" || good.ID() != "doc-doc" || good.ArtifactID() != "file-dir-doc-md" || good.Path() != "dir/doc.md" {
		t.Error(good.ID(), good.ArtifactID(), good.Path())
	}
}

func TestLines(t *testing.T) {
	d := document(t, "a\r\nbb\n\nccc")
	if d.LineCount() != 4 || d.Line(0) != "a" || d.Line(3) != "ccc" || d.Lines(1, 3) != "bb\n\n" || d.Lines(2, 2) != "" || d.Lines(-1, 99) != d.Text {
		t.Error("lines")
	}
	for offset, want := range map[int]int{0: 0, 2: 0, 3: 1, 5: 1, 6: 2, 7: 3, 99: 3, -1: 0} {
		if have := d.LineAt(offset); have != want {
			t.Errorf("LineAt(%d) = %d, want %d", offset, have, want)
		}
	}
	if d.LineStart(1) != 3 || d.LineStart(-1) != 0 || d.LineStart(99) != len(d.Text) {
		t.Error("LineStart")
	}
}

func TestDiagnostics(t *testing.T) {
	d := document(t, "äb\ncd\n")
	d.Warn("w", 4, "later", "hint")
	d.Repair("r", 2, "earlier", "")
	mark := d.Mark()
	d.Warn("w", 0, "forgotten", "")
	d.Know(0, 2)
	unused := d.Quiet(mark)
	unused.Warn("w", 0, "not heard", "")
	unused.Know(0, 2)
	quiet := d.Quiet(mark)
	quiet.Warn("w", 5, "last", "")
	upTo := quiet.Mark()
	quiet.Warn("w", 0, "not heard either", "")
	d.Replace(quiet, upTo)
	_, report := d.Import().Finish()
	var have []string
	for _, x := range report.GetDiagnostics() {
		have = append(have, x.GetMessage())
	}
	if !slices.Equal(have, []string{"earlier", "later", "last"}) || report.GetDiagnostics()[0].GetLine() != 1 || report.GetDiagnostics()[0].GetColumn() != 2 || report.GetDiagnostics()[1].GetLine() != 2 {
		t.Error(report.GetDiagnostics())
	}
	if r := report.GetDocuments()[0]; r.GetRepairs() != 1 || r.GetDoubts() != 2 || r.GetUnclaimedBytes() != 7 {
		t.Error(r)
	}
	many := document(t, "a\n")
	for range 3 * maxFound {
		many.Warn("w", 0, "again", "")
	}
	if _, report := many.Import().Finish(); len(report.GetDiagnostics()) != maxFound+1 || report.GetDiagnostics()[maxFound].GetCode() != "too-large" {
		t.Error(len(report.GetDiagnostics()), " diagnostics")
	}
}

func TestFinish(t *testing.T) {
	f := open(t, files("b.md", "b", "a.md", "a", "c/a.md", "c"))
	in := New(f)
	in.Package.SetId("wheel")
	for _, i := range []int{1, 0, 2} {
		in.Document(f.Documents[i], self, reviewpkgv1.Markup_MARKUP_MARKDOWN)
	}
	pkg, report := in.Finish()
	var have []string
	for i, d := range pkg.GetDocuments() {
		have = append(have, d.GetId()+"="+report.GetDocuments()[i].GetPath())
	}
	if diff := cmp.Diff([]string{"doc-a=a.md", "doc-b=b.md", "doc-a-2=c/a.md"}, have); diff != "" {
		t.Error(diff)
	}
	if pkg.GetStatus() != reviewpkgv1.PackageStatus_PACKAGE_STATUS_DRAFT || pkg.GetSchema() != "reviewpkg.v1.ReviewPackage" || report.GetPackage() != "wheel" || report.GetSchema() != "reviewpkg.v1.ImportReport" {
		t.Error(pkg.GetStatus(), pkg.GetSchema(), report)
	}
	if n := Narrative("", 0); n != nil {
		t.Error(n)
	}
	same(t, `text: "a"`, Narrative("a", 0))
	same(t, `presence: PRESENCE_EMPTY`, Narrative("", reviewpkgv1.Presence_PRESENCE_EMPTY))
	if !IsEmpty(&reviewpkgv1.Person{}) || IsEmpty(pkg) {
		t.Error("IsEmpty")
	}
}
