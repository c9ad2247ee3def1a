package cncf

import (
	"strings"

	"google.golang.org/protobuf/proto"

	"github.com/reviewpkg/sdk/internal/intake"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// compliance writes what the project complies with: claims in one word each,
// because a sentence may be read as a denial or as nothing.
func (w *writer) compliance(level int, title string, c *reviewpkgv1.Compliance) {
	w.heading(level, title)
	var list []string
	for _, claim := range c.GetClaims() {
		word := relationWords()[min(int(claim.GetRelation()), len(relationWords())-1)]
		nested := append(w.labelled("Scope", claim.GetScope()), w.labelled("Validated by", claim.GetValidatedBy())...)
		nested = append(nested, w.labelled("Evidence", strings.Join(linkTexts(claim.GetEvidence()), " "))...)
		text := bold(claim.GetStandard()) + ": " + word
		// The reader takes a short line with a colon for a name as a whole; on a line
		// of its own the word is a value again.
		if isHeadline(text) {
			text = bold(claim.GetStandard()) + ":\n" + word
		}
		list = append(list, w.listItem(text, "claim", claim.GetStandard(), claim.GetId(), nested...))
	}
	text := w.answer(c.GetText())
	// A part says something, if only that nothing is stated.
	if c.HasText() || len(list) == 0 {
		w.line(text)
	}
	if len(list) > 0 {
		w.line(strings.Join(list, "\n\n"))
	}
	if len(c.GetAudits()) > 0 {
		w.heading(level+1, "Existing Audits")
		var audits []string
		for _, a := range c.GetAudits() {
			audits = append(audits, "* "+w.audit(a))
		}
		w.line(strings.Join(audits, "\n"))
	}
}

// audit returns an audit as one line: what it says of itself, if its link is in
// that, or the auditor as the words of the link, which is where the reader looks
// for the name of one.
func (w *writer) audit(a *reviewpkgv1.Audit) string {
	scope := a.GetScope()
	read := auditsIn(scope)
	if len(read) == 1 && proto.Equal(read[0], a) && !strings.Contains(scope, "\n") && w.prose(scope, true) == scope {
		return scope
	}
	return "[" + inline(a.GetAuditor()) + "](" + target(a.GetReport().GetUrl()) + ")"
}

// development writes the practices, in the order of the template.
func (w *writer) development(level int, d *reviewpkgv1.DevelopmentPractices) {
	w.heading(level, "Secure development practices")
	if d.HasText() {
		w.line(w.answer(d.GetText()))
	}
	w.bullet("Development Pipeline.", d.GetPipeline().GetText(), practiceTable(d.GetPipeline())...)
	w.channels(d)
	w.bullet("Ecosystem.", d.GetEcosystem())
}

// practiceTable returns the table of what is known about a pipeline. The
// template asks in words and has no table; words of a pipeline are the
// author's, and what was concluded from them is written beside them.
func practiceTable(p *reviewpkgv1.DevelopmentPipeline) []string {
	if p == nil {
		return nil
	}
	rows := []string{"| Practice | Answer |", "| -- | -- |"}
	add := func(name, value string) {
		if strings.TrimSpace(value) != "" {
			rows = append(rows, "| "+name+" | "+cell(value)+" |")
		}
	}
	for _, q := range practices() {
		add(q.name, map[reviewpkgv1.Answer]string{reviewpkgv1.Answer_ANSWER_YES: "Yes", reviewpkgv1.Answer_ANSWER_NO: "No", reviewpkgv1.Answer_ANSWER_UNKNOWN: "Unknown"}[q.get(p)])
	}
	if p.HasRequiredReviewers() {
		add("Required reviewers", itoa(int(p.GetRequiredReviewers())))
	}
	if p.HasSlsaBuildLevel() {
		add("SLSA build level", itoa(int(p.GetSlsaBuildLevel())))
	}
	var tools []string
	for _, t := range p.GetTools() {
		tools = append(tools, inline(t))
	}
	// In the table as well, because the words of the pipeline may not name them.
	add("Tools", strings.Join(tools, ", "))
	add("Release process", p.GetReleaseProcess())
	return []string{strings.Join(rows, "\n")}
}

// channels writes the channels by direction. Where their words say what they
// are, the words are enough; otherwise labels say it.
func (w *writer) channels(d *reviewpkgv1.DevelopmentPractices) {
	var nested []string
	for direction, label := range []string{"", "Internal", "Inbound", "Outbound", "Inbound and Outbound"} {
		item := ""
		for _, c := range d.GetChannels() {
			if int(c.GetDirection()) != direction {
				continue
			}
			text := w.prose(c.GetNote(), true)
			// The words are read as the reader will read them.
			// A note such as "Slack: #general" would lose its first word to a name.
			asItem := goalEntry(c.GetNote()) // of which a name could be split off
			if derived := channel(c.GetNote()); derived.GetKind() != c.GetKind() || derived.GetAddress() != c.GetAddress() || c.GetPrivate() || c.GetNote() == "" || asItem.whole() != c.GetNote() {
				text = w.statedChannel(c)
			}
			item += "\n  * " + strings.TrimPrefix(indented(indented(text)), "    ")
		}
		// A channel without a direction has no bullet in the template; the loss is
		// reported.
		if item != "" && label != "" {
			nested = append(nested, "* "+label+"."+item)
		}
	}
	w.bullet("Communication Channels.", d.GetChannelsNote(), nested...)
}

// statedChannel returns a channel with labelled lines.
func (w *writer) statedChannel(c *reviewpkgv1.Channel) string {
	parts := []string{channelWord}
	if c.GetNote() != "" {
		parts[0] = w.prose(c.GetNote(), true)
	}
	address := c.GetAddress()
	if intake.URI(address) == address && strings.Contains(address, "://") {
		address = "<" + target(address) + ">"
	}
	parts = append(append(parts, w.labelled("Kind", c.GetKind())...), w.labelled("Address", address)...)
	switch {
	case c.GetPrivate():
		parts = append(parts, "* Private: Yes")
	case len(parts) == 1: // or the address would be read from the note
		parts = append(parts, "* Private: No")
	}
	return strings.Join(parts, "\n")
}
