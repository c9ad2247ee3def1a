// Package intake is what the readers of documents share: it collects a package
// while documents are read, keeps every document whole, and remembers which
// lines each value came from.
//
// A reader decides what a document means. It says so through a [Document]: the
// path of a value and the lines it was read from. From that, intake makes the
// value sources of the package, the coverage of its sections, and the report on
// the import.
package intake

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
	"google.golang.org/protobuf/proto"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// An Import collects the package that documents are read into.
type Import struct {
	// Package is the package so far. Readers set its fields.
	Package *reviewpkgv1.ReviewPackage
	report  *reviewpkgv1.ImportReport
	docs    []*Document
	ids     map[string]struct{} // those that are taken
	next    map[string]int      // how many ids were made of one name
	people  map[string]*reviewpkgv1.Person
	// artifacts by path or URL, so that a picture shown twice is one artifact.
	artifacts map[string]*reviewpkgv1.Artifact
	folder    *Folder
}

// bytesPerID is the number of bytes of a document that has one id, roughly: the
// room for them is made at once.
const bytesPerID = 100

// New begins an import from a folder. The package that it makes is a draft: a
// machine read it, and nobody has confirmed that yet.
func New(folder *Folder) *Import {
	return &Import{
		Package: reviewpkgv1.ReviewPackage_builder{
			Schema: "reviewpkg.v1.ReviewPackage",
			Status: reviewpkgv1.PackageStatus_PACKAGE_STATUS_DRAFT,
		}.Build(),
		report:    reviewpkgv1.ImportReport_builder{Schema: "reviewpkg.v1.ImportReport"}.Build(),
		ids:       make(map[string]struct{}, folder.size()/bytesPerID),
		next:      map[string]int{},
		people:    map[string]*reviewpkgv1.Person{},
		artifacts: map[string]*reviewpkgv1.Artifact{},
		folder:    folder,
	}
}

// Folder returns the folder that is read.
func (in *Import) Folder() *Folder { return in.folder }

// maxSlug is the length of the part of an id that is made of a name: enough to
// tell names apart, and short enough to be read in a path.
const maxSlug = 48

// Slug returns name in the form that ids have: lower-case letters, digits and
// hyphens. Letters lose their accents, and those of other scripts are left out.
// It is empty if nothing is left.
func Slug(name string) string {
	return string(appendSlug(make([]byte, 0, maxSlug), name))
}

// appendSlug appends that form of a name.
func appendSlug(id []byte, name string) []byte {
	s := slug{id: id, first: len(id)}
	for i := 0; i < len(name) && !s.full; {
		if c := name[i]; c < utf8.RuneSelf {
			s.add(rune(c))
			i++
			continue
		}
		// A letter with an accent is the letter and a mark, which is no sign.
		_, size := utf8.DecodeRuneInString(name[i:])
		letters := name[i : i+size]
		if parts := norm.NFD.PropertiesString(letters).Decomposition(); len(parts) > 0 {
			letters = string(parts)
		}
		for _, r := range letters {
			if !unicode.Is(unicode.Mn, r) {
				s.add(r)
			}
		}
		i += size
	}
	return s.id
}

// A slug is an id that is made of a name, so far.
type slug struct {
	id     []byte
	first  int  // where the name begins in it
	hyphen bool // something else stands before the next letter
	full   bool // no letter fits any more
}

// add adds a letter or digit, or notes that there is another sign.
func (s *slug) add(r rune) {
	if 'A' <= r && r <= 'Z' {
		r |= 0x20
	}
	if ('a' > r || r > 'z') && ('0' > r || r > '9') {
		s.hyphen = len(s.id) > s.first
		return
	}
	need := 1
	if s.hyphen {
		need++
	}
	if s.full = s.full || len(s.id)-s.first+need > maxSlug; s.full {
		return
	}
	if s.hyphen {
		s.id, s.hyphen = append(s.id, '-'), false
	}
	s.id = append(s.id, byte(r))
}

// ID returns an id that no other item of the package has. It is made of a
// prefix that says what the item is and of its name or number, so that it stays
// the same when items are added to the document or change their order; prefix
// and name may be empty. A name that comes a second time gets a number.
func (in *Import) ID(prefix, name string) string {
	var room [maxID]byte
	b := append(room[:0], prefix...)
	if prefix != "" {
		b = append(b, '-')
	}
	before := len(b)
	if b = appendSlug(b, name); len(b) == before {
		b = b[:len(prefix)] // nothing is left of the name
	}
	id := string(b)
	if id == "" {
		id = "item"
	}
	// A number of any length fits behind it.
	// Cut at its end, where the name is: the prefix tells what the item is.
	id = id[:min(len(id), maxID-20)]
	// The next number is remembered, so that a thousand items of one name do
	// not try a million ids.
	for base := id; !in.Take(id); id = base + "-" + strconv.Itoa(in.next[base]+1) {
		in.next[base]++
	}
	return id
}

// numbered returns the id of an item that has a number in place of a name, as
// ID does. A document has one for each heading, so that it is made at once.
func (in *Import) numbered(prefix, kind string, n int) string {
	if id := prefix + "-" + kind + strconv.Itoa(n); prefix != "" && len(id) <= maxID-20 && in.Take(id) {
		return id
	}
	return in.ID(prefix, kind+strconv.Itoa(n))
}

// Take claims an id that a document states. It reports whether the id can be
// had: it has the form of one and no other item has it.
func (in *Import) Take(id string) bool {
	if !ValidID(id) {
		return false
	}
	// An id that is taken leaves the map as it is.
	taken := len(in.ids)
	in.ids[id] = struct{}{}
	return len(in.ids) > taken
}

// maxID is the length that the model allows an id, in bytes.
const maxID = 128

// ValidID reports whether a text has the form of an id: letters, digits and, but
// for the first place, dots, hyphens and underscores; at most 128 bytes.
func ValidID(id string) bool {
	if id == "" || len(id) > maxID {
		return false
	}
	for i := range len(id) {
		c := id[i]
		letter := 'a' <= c|0x20 && c|0x20 <= 'z' || '0' <= c && c <= '9'
		if !letter && (i == 0 || c != '.' && c != '_' && c != '-') {
			return false
		}
	}
	return true
}

// Finish completes the package and returns it with the report. The package has
// the id and title that the reader gave it.
func (in *Import) Finish() (*reviewpkgv1.ReviewPackage, *reviewpkgv1.ImportReport) {
	in.report.SetPackage(in.Package.GetId())
	slices.SortStableFunc(in.docs, func(a, b *Document) int { return cmp.Compare(a.path, b.path) })
	var documents []*reviewpkgv1.Document
	var sources []*reviewpkgv1.ValueSource
	for _, d := range in.docs {
		d.finish()
		documents = append(documents, d.msg)
		sources = append(sources, d.sources...)
		in.report.SetDocuments(append(in.report.GetDocuments(), d.Report))
		in.report.SetDiagnostics(append(in.report.GetDiagnostics(), d.diagnostics()...))
	}
	in.Package.SetDocuments(documents)
	in.Package.SetValueSources(sources)
	in.report.SetSkippedFiles(in.folder.skipped)
	return in.Package, in.report
}

// Narrative returns an answer, or nil if there is neither a text nor a state.
// A text that answers has no presence of its own: it follows from the text.
func Narrative(text string, presence reviewpkgv1.Presence) *reviewpkgv1.Narrative {
	if text == "" && presence == reviewpkgv1.Presence_PRESENCE_UNSPECIFIED {
		return nil
	}
	return reviewpkgv1.Narrative_builder{Text: text, Presence: presence}.Build()
}

// IsEmpty reports whether no field of m is set.
func IsEmpty(m proto.Message) bool { return proto.Size(m) == 0 }

// Fold returns text as names are compared: letters and digits in lower case,
// single spaces between words, everything else left out. A text that is so
// already is returned as it is: the same words are folded in many places.
func Fold(text string) string {
	same, space := 0, true
	for ; same < len(text); same++ {
		c := text[same]
		letter := 'a' <= c && c <= 'z' || '0' <= c && c <= '9'
		if !letter && (c != ' ' || space) {
			break
		}
		space = c == ' '
	}
	if same == len(text) && !space {
		return text
	}
	if strings.Contains(text, "’") {
		text = strings.ReplaceAll(text, "’", "'")
	}
	var room [96]byte // most names are shorter, and are copied once
	b := room[:0]
	space = false
	for i := range len(text) {
		c := folded[text[i]]
		if c == 0 {
			space = len(b) > 0
			continue
		}
		if space {
			b, space = append(b, ' '), false
		}
		b = append(b, c)
	}
	return strings.TrimSpace(string(b))
}

// folded has what each byte becomes in a folded text: letters in lower case,
// digits and the bytes of other scripts as they are, and zero for what is left
// out.
var folded = func() (t [256]byte) {
	for c := range t {
		switch {
		case 'A' <= c && c <= 'Z':
			t[c] = byte(c) | 0x20
		case 'a' <= c && c <= 'z', '0' <= c && c <= '9', c >= 0x80:
			t[c] = byte(c)
		}
	}
	return t
}()

// Sign returns the length of the one of some signs beyond ASCII that a text
// begins with, or zero.
func Sign(text string, signs ...string) int {
	if text == "" || text[0] < utf8.RuneSelf {
		return 0 // nearly all lines
	}
	for _, sign := range signs {
		if strings.HasPrefix(text, sign) {
			return len(sign)
		}
	}
	return 0
}

// Release gives back an id that was taken and is not used.
func (in *Import) Release(id string) { delete(in.ids, id) }
