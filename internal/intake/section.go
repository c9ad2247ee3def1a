package intake

import (
	"slices"
	"sort"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// A Heading begins a section of a document.
type Heading struct {
	// Line is the first line of the heading, an overline included.
	Line int
	// End is the first line below the heading; Line+1 if zero.
	End int
	// Level is 1 to 6; anything deeper counts as 6.
	Level int
	// Text is the heading without markup.
	Text string
}

// A section is a stretch of lines with its message.
type section struct {
	start, end int
	body       int // first line below the heading
	msg        *reviewpkgv1.Section
}

// Sections cuts the document into sections at its headings, which come in the
// order of their lines. A section lies in the nearest one before it that has a
// lower level. It must be called before the first claim.
func (d *Document) Sections(headings []Heading) {
	d.sections = make([]section, 0, len(headings)+1)
	if len(headings) == 0 || headings[0].Line > 0 {
		d.section(0, Heading{})
	}
	for _, h := range headings {
		d.section(h.Line, h)
	}
	// A level that is skipped opens nothing: a section of level 4 right below one
	// of level 2 is its child, as a reader of the page sees it. Eight documents
	// skip levels.
	// Children are collected until their section ends, and set at once.
	open := []branch{{}}
	leave := func(level uint32) {
		for len(open) > 1 && open[len(open)-1].msg.GetLevel() >= level {
			last := open[len(open)-1]
			if len(last.sections) > 0 {
				last.msg.SetSections(last.sections)
			}
			open = open[:len(open)-1]
		}
	}
	for i := range d.sections {
		s := &d.sections[i]
		if s.end = d.LineCount(); i+1 < len(d.sections) {
			s.end = d.sections[i+1].start
		}
		s.msg.SetSource(d.Lines(s.start, s.end))
		if d.raw != nil {
			d.keepBytes(s)
		}
		leave(s.msg.GetLevel())
		above := &open[len(open)-1]
		above.sections = append(above.sections, s.msg)
		if s.msg.GetLevel() > 0 { // nothing lies in the text before any heading
			open = append(open, branch{msg: s.msg})
		}
	}
	leave(0)
	d.msg.SetSections(open[0].sections)
}

// A branch is a section that may get more sections below it; the first one is
// the document.
type branch struct {
	msg      *reviewpkgv1.Section
	sections []*reviewpkgv1.Section
}

func (d *Document) section(line int, h Heading) {
	// The parts of a text are joined to give back the file, so that a section of
	// no lines would be one too many.
	if d.LineCount() == 0 {
		return // an empty file has no text to keep
	}
	body := line
	if h.Level > 0 {
		body = max(line+1, h.End)
	}
	d.sections = append(d.sections, section{start: line, body: body, msg: reviewpkgv1.Section_builder{
		Id:        d.in.numbered(d.msg.GetId(), "s", len(d.sections)+1),
		Heading:   h.Text,
		Level:     uint32(min(max(h.Level, 0), 6)), //nolint:gosec // 0 to 6
		StartLine: uint32(line + 1),                //nolint:gosec // lines of a document of at most 16 MiB
	}.Build()})
}

// keepBytes keeps the bytes of a section that are no UTF-8.
func (d *Document) keepBytes(s *section) {
	// Offsets are those of the text, because a question mark stands for each
	// byte that is wrong. Sections that are clean need no bytes of their own.
	raw := d.raw[d.lines[s.start]:d.lines[s.end]]
	if string(raw) != s.msg.GetSource() {
		s.msg.SetRawSource(raw)
	}
}

// sectionAt returns the id of the section that holds a line.
func (d *Document) sectionAt(line int) string {
	// The last section that begins at or before the line holds it: they follow
	// one another without a gap.
	i := sort.Search(len(d.sections), func(i int) bool { return d.sections[i].start > line }) - 1
	if i < 0 {
		return ""
	}
	return d.sections[i].msg.GetId()
}

// finish counts what fields hold of the document and of each section.
func (d *Document) finish() {
	// A document that nobody cut is kept whole, as one section: nothing is lost
	// of a file of which no reader knows anything.
	if len(d.sections) == 0 {
		d.Sections(nil)
	}
	// The mark at the beginning is in no section, and the three sums are those
	// of all bytes of the file.
	d.Report.SetUnclaimedBytes(uint64(d.bom)) //nolint:gosec // 0 or 3
	for i := range d.sections {
		d.cover(&d.sections[i])
	}
}

// cover counts what fields hold of a section. A blank line belongs to what
// stands above it, and counts for nothing when a section is held as a whole. A
// heading that the template knows is held if anything below it is.
func (d *Document) cover(s *section) {
	if d.state[s.start]&inKnownSection != 0 && slices.ContainsFunc(d.state[min(s.body, s.end):s.end], func(state uint8) bool { return state&inField != 0 }) {
		d.mark(s.start, s.body, inField)
	}
	var held, open, known, unknown uint64
	// What the lines above are: a blank line is part of the paragraph that it
	// ends, or every held section would have an unheld remainder.
	last := uint8(0)
	for n := s.start; n < s.end; n++ {
		size := uint64(d.lines[n+1] - d.lines[n]) //nolint:gosec // lines follow one another
		blank := d.blank(n)
		if !blank {
			last = d.state[n]
		}
		switch {
		case last&inField != 0:
			held += size
		case last&inKnownSection != 0:
			known += size
		default:
			unknown += size
		}
		if !blank && last&inField == 0 {
			open++
		}
	}
	r := d.Report
	r.SetStructuredBytes(r.GetStructuredBytes() + held)
	r.SetSectionBytes(r.GetSectionBytes() + known)
	r.SetUnclaimedBytes(r.GetUnclaimedBytes() + unknown)
	switch {
	case held == 0:
		s.msg.SetCoverage(reviewpkgv1.SectionCoverage_SECTION_COVERAGE_TEXT_ONLY)
		// Held as a whole if nothing but blank lines is left over.
	case open == 0:
		s.msg.SetCoverage(reviewpkgv1.SectionCoverage_SECTION_COVERAGE_STRUCTURED)
	default:
		s.msg.SetCoverage(reviewpkgv1.SectionCoverage_SECTION_COVERAGE_PARTIAL)
	}
}

// Source returns the bytes of the file that a document was read from.
func Source(d *reviewpkgv1.Document) []byte {
	var out []byte
	if d.GetByteOrderMark() {
		out = append(out, "\ufeff"...)
	}
	var walk func([]*reviewpkgv1.Section)
	walk = func(list []*reviewpkgv1.Section) {
		for _, s := range list {
			if raw := s.GetRawSource(); len(raw) > 0 {
				out = append(out, raw...)
			} else {
				out = append(out, s.GetSource()...)
			}
			walk(s.GetSections())
		}
	}
	walk(d.GetSections())
	return out
}
