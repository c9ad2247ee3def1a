package cncf

import (
	"bytes"
	"strings"

	"github.com/reviewpkg/sdk/internal/intake"
)

// parsed returns the source for the parser: without what Markdown takes for
// something else than every reader of the file does. No offset changes, and
// texts are cut out of the document as it is.
func (p *page) parsed() []byte {
	out := p.src
	// A copy, because the bytes are those of the file.
	change := func() {
		if len(out) > 0 && &out[0] == &p.src[0] {
			out = bytes.Clone(p.src)
		}
	}
	if end := p.frontMatter(); end > 0 {
		change()
		for i := range p.LineStart(end) {
			if out[i] != '\n' && out[i] != '\r' {
				out[i] = ' '
			}
		}
	}
	for n := range p.LineCount() {
		at := p.LineStart(n)
		for at < len(out) && (out[at] == ' ' || out[at] == '\t') {
			at++
		}
		// The bytes of the sign become a star and blanks, so that the text of the item
		// stays where it is.
		if size := bulletSign(p.Text[at:]); size > 0 {
			change()
			copy(out[at:at+size], "*  ")
		}
	}
	return out
}

// maxFrontMatter is the number of lines that front matter may have.
const maxFrontMatter = 100

// frontMatter returns the line behind the YAML between two lines of hyphens that
// a document begins with, or zero. Programs that make web sites put it there; in
// Markdown, it is a rule and a heading.
func (p *page) frontMatter() int {
	if p.LineCount() < 3 || p.Line(0) != "---" {
		return 0
	}
	keys := 0
	for n := 1; n < min(p.LineCount(), maxFrontMatter); n++ {
		switch line := p.Line(n); {
		case line == "---" || line == "...":
			if keys == 0 {
				return 0
			}
			return n + 1
		case line == "":
			return 0 // paragraphs between two rules
		case line[0] == '#' || line[0] == ' ' || line[0] == '-':
			// A comment, or more of the value above.
		default:
			name, _, ok := strings.Cut(line, ":")
			if !ok || strings.ContainsAny(name, " *[|<") {
				return 0 // prose behind a rule
			}
			keys++
		}
	}
	return 0
}

// bulletSign returns the length of the sign for a bullet that a text begins with
// and that Markdown does not know, or zero. Word processors write these, and a
// list that was pasted has them.
func bulletSign(s string) int { return intake.Sign(s, "•", "◦", "▪", "‣", "●", "·") }
