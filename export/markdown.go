package export

import (
	"bufio"
	"bytes"
	"html"
	"io"
	"strings"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// mostBytes is how long a page of Markdown may be before lists are cut shorter. A
// comment on a pull request holds 65536 characters on GitHub, which refuses the
// whole of a longer one.
const mostBytes = 65536

// Markdown writes a report as GitHub-flavoured Markdown that reads well as a
// comment on a pull request: the verdict first, then why, what would decide it and
// what to do, then waivers, the profile, the open findings, what is missing, the
// diagnostics and the disclaimers.
type Markdown struct {
	// MaxFindings is how many findings a table names, and less than 0 means all of
	// them. 0 means 50, and fewer of these and of everything else where the page
	// would be too long for a comment.
	MaxFindings int
}

// Name returns "markdown".
func (Markdown) Name() string { return "markdown" }

// Write writes r to w. See [Format].
func (f Markdown) Write(w io.Writer, r *reviewpkgv1.Report) error {
	const findings, items, below = 50, 20, 3
	return stream(w, f.Name(), func(b *bufio.Writer) error {
		if err := check(r); err != nil {
			return err
		}
		if f.MaxFindings != 0 {
			markdownPage(b, reportPage(r, limits{f.MaxFindings, items, below}))
			return nil
		}
		var text bytes.Buffer
		for divisor := 1; divisor <= items; divisor *= 2 {
			text.Reset()
			page := bufio.NewWriter(&text)
			markdownPage(page, reportPage(r, limits{findings / divisor, items / divisor, max(1, below/divisor)}))
			// A buffer in memory takes everything.
			if _ = page.Flush(); text.Len() <= mostBytes {
				break
			}
		}
		_, err := text.WriteTo(b)
		return err
	})
}

// WriteChanges writes the changes between two versions of a package to w, each
// on a line of its own. A nil set has no changes. It returns the errors of w.
func (f Markdown) WriteChanges(w io.Writer, set *reviewpkgv1.ChangeSet) error {
	return stream(w, f.Name(), func(b *bufio.Writer) error {
		markdownPage(b, changesPage(set))
		return nil
	})
}

// markdownPage writes a page. Errors of the writer stay in b, and [stream] returns
// them.
func markdownPage(b *bufio.Writer, p page) {
	b.WriteString("# " + markdownLine(p.Title) + "\n")
	for i := range p.Blocks {
		b.WriteByte('\n')
		markdownBlock(b, &p.Blocks[i])
	}
}

// markdownBlock writes one block and the line break after it. A banner is a
// quotation and not one of GitHub's alerts, which other readers show as
// "[!WARNING]".
func markdownBlock(b *bufio.Writer, k *block) {
	switch k.Kind {
	case headingBlock:
		b.WriteString(strings.Repeat("#", k.Level) + " " + markdownLine(k.Line) + "\n")
	case bannerBlock:
		b.WriteString("> " + markdownLine(k.Line) + "\n")
	case tableBlock:
		markdownTable(b, &k.Table)
	case listBlock:
		markdownItems(b, k.Items, "")
	case foldBlock:
		markdownFold(b, k)
	default:
		b.WriteString(markdownLine(k.Line) + "\n")
	}
}

// markdownFold writes a fold, the only HTML of a page. An empty line ends a piece
// of HTML, so that what is inside is Markdown again; and no text in there can
// close the fold, since every "<" is escaped.
func markdownFold(b *bufio.Writer, k *block) {
	b.WriteString("<details>\n<summary>")
	for _, s := range k.Line {
		b.WriteString(html.EscapeString(s.Text))
	}
	b.WriteString("</summary>\n")
	for i := range k.Below {
		b.WriteByte('\n')
		markdownBlock(b, &k.Below[i])
	}
	b.WriteString("\n</details>\n")
}

// markdownTable writes a table with a pipe at both ends of each line, so that
// no cell stands at the start of a line.
func markdownTable(b *bufio.Writer, t *table) {
	b.WriteByte('|')
	for _, c := range t.Columns {
		b.WriteString(" " + escapeMarkdown(c.Title) + " |")
	}
	b.WriteString("\n|")
	for _, c := range t.Columns {
		if c.Number {
			b.WriteString(" ---: |")
		} else {
			b.WriteString(" --- |")
		}
	}
	b.WriteByte('\n')
	for _, row := range t.Rows {
		b.WriteByte('|')
		for _, cell := range row {
			b.WriteString(" " + markdownLine(cell) + " |")
		}
		b.WriteByte('\n')
	}
}

// markdownItems writes the items of a list and those below them. Two spaces are
// what puts a list below an item that begins with "- ".
func markdownItems(b *bufio.Writer, items []item, indent string) {
	for _, it := range items {
		b.WriteString(indent + "- " + markdownLine(it.Line) + "\n")
		markdownItems(b, it.Items, indent+"  ")
	}
}

// markdownLine returns a line, escaped. Spans are escaped one by one; where two
// meet there are always words of this package, so that nothing new comes about.
func markdownLine(l line) string {
	var b strings.Builder
	for _, s := range l {
		switch s.Kind {
		case codeSpan:
			b.WriteString(codeMarkdown(s.Text))
		case strongSpan:
			b.WriteString("**" + escapeMarkdown(s.Text) + "**")
		default:
			b.WriteString(escapeMarkdown(s.Text))
		}
	}
	return escapeStart(strings.TrimSpace(b.String()))
}
