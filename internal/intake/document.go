package intake

import (
	"bytes"
	"cmp"
	"slices"
	"sort"
	"strings"
	"unicode/utf8"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// A Document is a text document that is being read. Lines count from 0 here and
// from 1 in what is made of them; a range of lines does not hold its end.
type Document struct {
	// Text is the document without byte order mark. Bytes that are no UTF-8 are
	// question marks.
	Text string
	// Report is what the import says about this document. Readers set its kind,
	// generation and parts.
	Report *reviewpkgv1.ImportedDocument

	in         *Import
	path       string
	file       *File
	msg        *reviewpkgv1.Document
	raw        []byte  // the bytes behind Text, if they are no UTF-8
	bom        int     // bytes of the byte order mark
	lines      []int   // where each line begins, and the end of the text
	state      []uint8 // of each line: what is known about it
	sections   []section
	sources    []*reviewpkgv1.ValueSource
	found      []*reviewpkgv1.Diagnostic
	artifactID string
}

// What is known about a line.
const (
	inKnownSection = 1 << iota // it belongs to a section that the template knows
	inField                    // a field holds it
)

// Document begins to read a file of a kind.
func (in *Import) Document(f *File, kind reviewpkgv1.ArtifactKind, markup reviewpkgv1.Markup) *Document {
	d := in.Preview(f)
	d.msg.SetMarkup(markup)
	in.Adopt(d, kind)
	return d
}

// Preview begins to look at a file of which it is not known yet whether it
// belongs to the package. Nothing becomes part of the package before [Adopt].
func (in *Import) Preview(f *File) *Document {
	d := &Document{in: in, path: f.Path, file: f, Report: reviewpkgv1.ImportedDocument_builder{Path: f.Path}.Build(),
		msg: reviewpkgv1.Document_builder{Markup: reviewpkgv1.Markup_MARKUP_MARKDOWN}.Build()}
	// The mark of an editor is no text, and the first heading would be none behind
	// it. It is kept apart so that the file can be given back.
	data, marked := bytes.CutPrefix(f.Data, []byte("\ufeff"))
	if marked {
		d.bom = 3
		d.msg.SetByteOrderMark(true)
	}
	d.Text = string(data)
	wrong := -1
	// Checked as a whole first, because nearly every document is valid.
	if !utf8.Valid(data) {
		d.raw = data
		d.Text, wrong = validText(data)
	}
	d.lines = lineStarts(d.Text)
	d.state = make([]uint8, len(d.lines)-1)
	if wrong >= 0 {
		d.Warn("bad-encoding", wrong, "the document is no UTF-8",
			"the bytes are kept; a question mark stands for each that is wrong")
	}
	return d
}

// Adopt makes a document part of the package.
func (in *Import) Adopt(d *Document, kind reviewpkgv1.ArtifactKind) {
	base := d.path[strings.LastIndexByte(d.path, '/')+1:]
	if dot := strings.LastIndexByte(base, '.'); dot > 0 {
		base = base[:dot]
	}
	d.artifactID = in.File(d.file, kind)
	d.msg.SetArtifactId(d.artifactID)
	d.msg.SetId(in.ID("doc", base))
	d.Report.SetDocumentId(d.msg.GetId())
	d.Report.SetKind(kind)
	in.docs = append(in.docs, d)
}

// validText returns data with a question mark for every byte that is no UTF-8,
// so that no offset changes, and where the first of them is.
func validText(data []byte) (string, int) {
	out, first := bytes.Clone(data), -1
	for i := 0; i < len(out); {
		r, size := utf8.DecodeRune(out[i:])
		if r == utf8.RuneError && size == 1 {
			if out[i] = '?'; first < 0 {
				first = i
			}
		}
		i += size
	}
	return string(out), first
}

// lineStarts returns where each line of text begins, and the end of the text. A
// line break at the end begins no line.
func lineStarts(text string) []int {
	starts := make([]int, 0, strings.Count(text, "\n")+2)
	for i := 0; i < len(text); {
		starts = append(starts, i)
		next := strings.IndexByte(text[i:], '\n')
		if next < 0 {
			break
		}
		i += next + 1
	}
	return append(starts, len(text))
}

// Bytes returns the text as bytes, which nobody may change.
func (d *Document) Bytes() []byte {
	if d.raw != nil {
		return []byte(d.Text)
	}
	return d.file.Data[d.bom:]
}

// ID returns the id of the document in the package.
func (d *Document) ID() string { return d.msg.GetId() }

// ArtifactID returns the id of the artifact that is the document's file.
func (d *Document) ArtifactID() string { return d.artifactID }

// Path returns the path of the file in the folder.
func (d *Document) Path() string { return d.path }

// Import returns the import that the document belongs to.
func (d *Document) Import() *Import { return d.in }

// SetGeneration says which generation of the template the document follows, and
// which version it names, if it names one.
func (d *Document) SetGeneration(generation, version string) {
	d.msg.SetTemplateGeneration(generation)
	d.msg.SetTemplateVersion(version)
	d.Report.SetTemplateGeneration(generation)
}

// LineCount returns the number of lines.
func (d *Document) LineCount() int { return len(d.state) }

// Line returns a line without its line break.
func (d *Document) Line(n int) string {
	return strings.TrimRight(d.Text[d.lines[n]:d.lines[n+1]], "\r\n")
}

// Lines returns the source of the lines from start up to end.
func (d *Document) Lines(start, end int) string {
	start, end = max(start, 0), min(end, len(d.state))
	if start >= end {
		return ""
	}
	return d.Text[d.lines[start]:d.lines[end]]
}

// LineAt returns the line that holds the byte at offset.
func (d *Document) LineAt(offset int) int {
	n := sort.SearchInts(d.lines, offset+1) - 1
	return max(0, min(n, len(d.state)-1))
}

// LineStart returns the offset at which a line begins.
func (d *Document) LineStart(n int) int { return d.lines[max(0, min(n, len(d.lines)-1))] }

// Know says that the lines from start up to end are a section, or a part of
// one, that the template knows, whether or not fields can hold it.
func (d *Document) Know(start, end int) { d.mark(start, end, inKnownSection) }

func (d *Document) mark(start, end int, state uint8) {
	for n := max(start, 0); n < min(end, len(d.state)); n++ {
		d.state[n] |= state
	}
}

// Claim says that the value at a field path was read from the lines from start
// up to end, and how it was found. Blank lines at the end do not count. raw is
// the text that was read where the value differs from it, and otherwise empty.
func (d *Document) Claim(path string, start, end int, how reviewpkgv1.Derivation, raw string) {
	start, end = max(start, 0), min(end, len(d.state))
	for end > start+1 && d.blank(end-1) {
		end--
	}
	if start >= end {
		return
	}
	d.mark(start, end, inField|inKnownSection)
	d.sources = append(d.sources, reviewpkgv1.ValueSource_builder{
		Path: path, DocumentId: d.msg.GetId(), SectionId: d.sectionAt(start),
		StartLine: uint32(start + 1), EndLine: uint32(end), Derivation: how, Raw: raw, //nolint:gosec // lines of a document of at most 16 MiB
	}.Build())
}

// ClaimedAt returns the first line that the value at a path was read from.
func (d *Document) ClaimedAt(path string) int {
	for _, s := range d.sources {
		if s.GetPath() == path {
			return int(s.GetStartLine()) - 1
		}
	}
	return 0
}

func (d *Document) blank(line int) bool {
	return strings.TrimSpace(d.Text[d.lines[line]:d.lines[line+1]]) == ""
}

// Repair notes that the markup at offset had to be mended to be understood.
func (d *Document) Repair(code string, offset int, message, hint string) {
	d.Report.SetRepairs(d.Report.GetRepairs() + 1)
	d.add(reviewpkgv1.DiagnosticLevel_DIAGNOSTIC_LEVEL_NOTE, code, offset, message, hint)
}

// Warn notes a doubt about what stands at offset.
func (d *Document) Warn(code string, offset int, message, hint string) {
	d.Report.SetDoubts(d.Report.GetDoubts() + 1)
	d.add(reviewpkgv1.DiagnosticLevel_DIAGNOSTIC_LEVEL_WARNING, code, offset, message, hint)
}

// maxFound is the number of diagnostics that one document may have: a hostile
// one could otherwise have one for every byte.
const maxFound = 1000

func (d *Document) add(level reviewpkgv1.DiagnosticLevel, code string, offset int, message, hint string) {
	if len(d.found) > maxFound {
		return
	}
	if len(d.found) == maxFound {
		code, message, hint = "too-large", "there are more repairs and doubts, the rest is left out", ""
	}
	line := d.LineAt(offset)
	column := utf8.RuneCountInString(d.Text[d.lines[line]:max(d.lines[line], min(offset, len(d.Text)))]) + 1
	d.found = append(d.found, reviewpkgv1.Diagnostic_builder{
		Code: code, Level: level, File: d.path, Message: message, Hint: hint,
		Line: uint32(line + 1), Column: uint32(column), //nolint:gosec // as above
	}.Build())
}

// diagnostics returns what was noted, in the order of the lines.
func (d *Document) diagnostics() []*reviewpkgv1.Diagnostic {
	slices.SortStableFunc(d.found, func(a, b *reviewpkgv1.Diagnostic) int {
		return cmp.Or(cmp.Compare(a.GetLine(), b.GetLine()), cmp.Compare(a.GetColumn(), b.GetColumn()))
	})
	return d.found
}

// A Mark is a state of what was noted about a document.
type Mark struct {
	found           int
	repairs, doubts uint32
}

// Mark returns the present state.
func (d *Document) Mark() Mark {
	return Mark{len(d.found), d.Report.GetRepairs(), d.Report.GetDoubts()}
}

// Quiet returns a view of the document as it was at a mark, for a reader that
// only looks: what is noted there, is not noted of the document.
func (d *Document) Quiet(at Mark) *Document {
	report := reviewpkgv1.ImportedDocument_builder{Repairs: at.repairs, Doubts: at.doubts}.Build()
	return &Document{Text: d.Text, Report: report, in: d.in, path: d.path, msg: d.msg, lines: d.lines,
		state: make([]uint8, len(d.state)), found: slices.Clip(d.found[:at.found])}
}

// Replace forgets what was noted of the document, for what was noted of a quiet
// view of it up to a mark there. The view is not to be used any longer.
func (d *Document) Replace(view *Document, upTo Mark) {
	d.found, d.state = view.found[:upTo.found], view.state
	d.Report.SetRepairs(upTo.repairs)
	d.Report.SetDoubts(upTo.doubts)
}
