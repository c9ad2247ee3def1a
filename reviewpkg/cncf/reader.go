package cncf

import (
	"slices"
	"strings"
	"sync"

	"google.golang.org/protobuf/reflect/protoreflect"

	"github.com/reviewpkg/sdk/internal/intake"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// The label books are made once: they are the same for every document.
var (
	assessmentBook = sync.OnceValue(func() *labelBook { return newLabelBook(assessmentParts()) })
	summaryBook    = sync.OnceValue(func() *labelBook { return newLabelBook(summaryParts()) })
)

// A reader reads one document into the package.
type reader struct {
	*outline
	a      *reviewpkgv1.Assessment // that the document is, or nil
	root   string                  // field path of the assessment
	prefix string                  // of the ids of its items
	counts map[part]int            // items read from each part
	states map[part]reviewpkgv1.Presence

	linked   bool // linkList is made
	linkList []link

	seen           string // the text without comments, once it was asked for
	templated      []bool // lines on which a sentence of a template begins
	templateStarts []int  // where these sentences begin
}

// visible returns the text with blanks for comments.
func (r *reader) visible() string {
	if r.seen == "" {
		r.seen = blankComments(r.Text)
	}
	return r.seen
}

func newReader(o *outline) *reader {
	return &reader{outline: o, counts: map[part]int{}, states: map[part]reviewpkgv1.Presence{}}
}

// at returns the field path of something in the assessment.
func (r *reader) at(path string) string { return r.root + "." + path }

// count notes how many items were read from a part.
func (r *reader) count(p part, n int) { r.counts[p] += n }

// id returns an id for an item: the one that the document gives it, if it can be
// had, or one made of its name.
func (r *reader) id(kind, name, given string) string {
	if given != "" && r.Import().Take(given) {
		return given
	}
	return r.Import().ID(r.prefix+kind, name)
}

// claimSection says that the value at path holds a section.
func (r *reader) claimSection(s *section, path string) {
	end := s.end
	if slices.ContainsFunc(s.parts, isLeaf) {
		end = r.fullEnd(s)
	}
	r.Claim(path, s.start, end, s.how, "")
}

// narrative reads a part that is one answer in words. It returns nil if the
// document does not have the part.
func (r *reader) narrative(p part, path string) *reviewpkgv1.Narrative {
	s := r.found[p]
	if s == nil {
		return nil
	}
	text := r.ownText(s)
	if isLeaf(p) {
		text = r.fullText(s)
	}
	n := r.answer(p, s, text)
	if n != nil {
		r.claimSection(s, path)
	}
	return n
}

// answer returns a text as the answer that a part gives. A part without text
// that other parts stand in has no answer of its own and is not empty.
func (r *reader) answer(p part, s *section, text string) *reviewpkgv1.Narrative {
	text = strings.TrimSpace(stripComments(text))
	if text == notStated {
		return nil
	}
	state := r.presence(s, text)
	if state == 0 && oneOf(string(p), string(knownIssues), string(closedIssues), string(caseStudies), string(existingAudits)) {
		state = listPresence(text)
	}
	if state == reviewpkgv1.Presence_PRESENCE_EMPTY && (!isLeaf(p) && (len(s.subs) > 0 || r.counts[p] > 0)) {
		return nil
	}
	if state == reviewpkgv1.Presence_PRESENCE_TEMPLATE_TEXT && !isLeaf(p) && len(s.subs) > 0 {
		return nil // what counts is in the parts below; see settle
	}
	r.states[p] = state
	switch state {
	case reviewpkgv1.Presence_PRESENCE_EMPTY, reviewpkgv1.Presence_PRESENCE_TEMPLATE_TEXT:
		// The text of the template says nothing about the project.
		text = ""
	case reviewpkgv1.Presence_PRESENCE_UNSPECIFIED:
		r.states[p] = reviewpkgv1.Presence_PRESENCE_ANSWERED
	}
	return intake.Narrative(text, state)
}

// notStated is what the documents that this package writes say where the package
// says nothing.
const notStated = "*Not stated.*"

// note returns the text of a part around its items, as an answer. Nothing is
// nothing here, unless the part has no items either.
func (r *reader) note(p part, s *section, text string, items int, path string) *reviewpkgv1.Narrative {
	r.count(p, items)
	text = strings.TrimSpace(stripComments(text))
	if text == notStated {
		return nil
	}
	if items == 0 && text == "" && r.template(s.start, r.fullEnd(s), r.fullText(s)) {
		text = r.fullText(s) // the items were those of the template
	}
	if items > 0 {
		r.states[p] = reviewpkgv1.Presence_PRESENCE_ANSWERED
		if text == "" || onlyTemplate(text) {
			return nil
		}
	}
	var n *reviewpkgv1.Narrative
	if items > 0 {
		n = intake.Narrative(text, reviewpkgv1.Presence_PRESENCE_UNSPECIFIED)
	} else {
		n = r.answer(p, s, text)
	}
	if n != nil {
		r.claimSection(s, path)
	}
	return n
}

// claimEntry says that the item at path was read from the lines of an entry.
func (r *reader) claimEntry(path string, e *entry) { r.Claim(path, e.start, e.end, e.how, "") }

// item returns the path of an item of a list.
func (r *reader) item(list, id string) string { return r.at(list) + `["` + id + `"]` }

// artifactLink notes slides, recordings and files that a document links to.
func (r *reader) artifactLink(l link) {
	if kind := webKind(l.target); kind != 0 {
		r.Linked(l.target, l.title, kind)
	}
}

// webKind returns what kind of artifact a page on the web is, by its address,
// or zero if it is none that belongs to a review.
func webKind(target string) reviewpkgv1.ArtifactKind {
	switch {
	case containsAny(target, "docs.google.com/presentation", "slideshare.net/", "speakerdeck.com/", "/slides/"):
		return reviewpkgv1.ArtifactKind_ARTIFACT_KIND_SLIDES
	case containsAny(target, "youtube.com/watch", "youtu.be/", "zoom.us/rec/", "vimeo.com/"):
		return reviewpkgv1.ArtifactKind_ARTIFACT_KIND_RECORDING
	default:
		return 0
	}
}

// allLinks returns the links of the document that a reader of the page sees.
func (r *reader) allLinks() []link {
	if !r.linked {
		r.linked = true
		r.linkList = links(r.visible())
	}
	return r.linkList
}

// readLinks notes the pictures, slides and recordings of the document, and
// reports pictures that are not where the document says.
func (r *reader) readLinks() {
	for _, l := range r.allLinks() {
		switch {
		case l.image && isBadge(l.target):
		case l.image:
			kind := reviewpkgv1.ArtifactKind_ARTIFACT_KIND_IMAGE
			if containsAny(strings.ToLower(l.title+l.target), "diagram", "arch", "flow", "sequence", "model") {
				kind = reviewpkgv1.ArtifactKind_ARTIFACT_KIND_DIAGRAM
			}
			if r.Linked(l.target, l.title, kind) == "" {
				r.Warn("missing-file", l.at, "the picture is not in the folder", "add the file, or mend the path")
			}
		case !strings.Contains(l.target, "://") && hasFileEnding(l.target):
			r.Linked(l.target, l.title, reviewpkgv1.ArtifactKind_ARTIFACT_KIND_OTHER)
		default:
			r.artifactLink(l)
		}
	}
}

// isBadge reports whether a picture shows a state, not the project.
func isBadge(target string) bool {
	return containsAny(target, "shields.io", "/badge", "badge.svg", "bestpractices")
}

func hasFileEnding(target string) bool {
	switch ending := strings.ToLower(target[strings.LastIndexByte(target, '.')+1:]); ending {
	case "png", "jpg", "jpeg", "gif", "svg", "webp", "pdf", "drawio", "pptx", "json", "yaml":
		return true
	default:
		return false
	}
}

// protoName returns the field of a path such as links[2].
func protoName(path string) protoreflect.Name {
	if i := strings.IndexAny(path, "[."); i >= 0 {
		path = path[:i]
	}
	return protoreflect.Name(path)
}

// settle gives the parts that hold other parts, and no answer of their own, the
// state of these: the template's, if nobody filled one of them in.
func (r *reader) settle(s *section) (filled, blank int) {
	for _, sub := range s.subs {
		f, b := r.settle(sub)
		filled, blank = filled+f, blank+b
	}
	for _, p := range s.parts {
		if r.states[p] == 0 && !isLeaf(p) && filled+blank > 0 {
			r.states[p] = reviewpkgv1.Presence_PRESENCE_ANSWERED
			if filled == 0 {
				r.states[p] = reviewpkgv1.Presence_PRESENCE_TEMPLATE_TEXT
			}
		}
		switch r.states[p] {
		case 0, reviewpkgv1.Presence_PRESENCE_EMPTY:
		case reviewpkgv1.Presence_PRESENCE_TEMPLATE_TEXT:
			blank++
		default:
			filled++
		}
	}
	return filled, blank
}

// reportParts says in the report which parts were found, and how.
func (r *reader) reportParts(expected func(part) bool) {
	r.settle(r.outline.root)
	var parts []*reviewpkgv1.ImportedPart
	for i := range r.book.infos {
		p := r.book.infos[i].part
		s := r.found[p]
		want := expected(p)
		if p == tableOfContents || s == nil && !want {
			continue
		}
		out := reviewpkgv1.ImportedPart_builder{Name: string(p), Expected: want, Found: s != nil, Presence: r.states[p], Items: uint32(r.counts[p])}.Build() //nolint:gosec // items of a document
		if s != nil {
			out.SetLine(uint32(s.start + 1)) //nolint:gosec // lines of a document
			out.SetDerivation(s.how)
			r.Know(s.start, r.fullEnd(s))
		}
		parts = append(parts, out)
	}
	r.Report.SetParts(parts)
}
