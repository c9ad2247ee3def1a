package export

import (
	"bufio"
	"io"
	"strings"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// mostItems is how many items of a list Markdown names. A comment on a pull
// request holds 65536 characters on GitHub.
const mostItems = 20

// Markdown writes a report as GitHub-flavoured Markdown that reads well as a
// comment on a pull request: the verdict first, then why, then the profile, the
// open findings, what is missing, the diagnostics and the disclaimers.
type Markdown struct {
	// MaxFindings is how many findings a table names; 0 means 50, and less
	// means all of them.
	MaxFindings int
}

// Name returns "markdown".
func (Markdown) Name() string { return "markdown" }

// Write writes r to w. See [Format].
func (f Markdown) Write(w io.Writer, r *reviewpkgv1.Report) error {
	most := limits{findings: f.MaxFindings, items: mostItems, below: 3}
	if most.findings == 0 {
		most.findings = 50
	}
	return stream(w, f.Name(), func(b *bufio.Writer) error {
		if err := check(r); err != nil {
			return err
		}
		markdownPage(b, reportPage(r, most))
		return nil
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
	default:
		b.WriteString(markdownLine(k.Line) + "\n")
	}
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
