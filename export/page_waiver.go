package export

import (
	"github.com/reviewpkg/sdk/internal/inwords"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// decisive appends the questions whose answers could turn a verdict that cannot
// be told. They are work for a reviewer, and a shorter list than all that is not
// known.
func (p *page) decisive(v *reviewpkgv1.Verdict, most limits) {
	t := table{Caption: "What would decide it", Columns: []column{{Title: "Question"}, {Title: "Where the answer belongs"}}}
	for _, u := range v.GetDecisive() {
		t.Rows = append(t.Rows, []line{{quote(u.GetQuestion())}, {code(u.GetPath())}})
	}
	if len(t.Rows) > 0 {
		p.heading(2, words("What would decide it"))
		p.paragraph(words("The outcome is open as long as these questions are; their answers could turn it either way."))
		p.table(t, most.items, "question")
	}
}

// waivers appends what became of every waiver, those that change nothing as
// well: one that expired is a decision that somebody still believes in.
func (p *page) waivers(v *reviewpkgv1.Verdict, most limits) {
	t := table{Caption: "Waivers", Columns: []column{{Title: "Waiver"}, {Title: "Status"}, {Title: "Changes"}, {Title: "Why"}}}
	for _, w := range v.GetWaivers() {
		name := code(w.GetWaiver())
		if name.Text == "" {
			name = code(w.GetPath())
		}
		changes := joined(append(codes(w.GetRules()), codes(w.GetFindings())...), mostNamed)
		if len(changes) == 0 {
			changes = line{words("nothing")}
		}
		t.Rows = append(t.Rows, []line{{name}, {waiverStatus(w.GetStatus())}, changes, {quote(w.GetMessage())}})
	}
	if len(t.Rows) > 0 {
		p.heading(2, words("Waivers"))
		p.paragraph(words("A waiver hides nothing: what it covers stands above as a warning, and counts in the risk profile below. Only one that is applied changes anything."))
		p.table(t, most.items, "waiver")
	}
}

// waiverStatus returns a status. One that is applied is a warning, because
// somebody accepted a risk; all others but one without work to do are mistakes.
func waiverStatus(s reviewpkgv1.WaiverStatus) span {
	w := words("%s", inwords.Enum(s))
	switch s {
	case reviewpkgv1.WaiverStatus_WAIVER_STATUS_APPLIED:
		w.Tone = "warn"
	case reviewpkgv1.WaiverStatus_WAIVER_STATUS_UNUSED, reviewpkgv1.WaiverStatus_WAIVER_STATUS_OUT_OF_SCOPE:
	default:
		w.Tone = "bad"
	}
	return w
}

// overdue appends the findings that have been open for longer than the policy
// allows.
func (p *page) overdue(v *reviewpkgv1.Verdict, most limits) {
	t := table{Caption: "Overdue findings", Columns: []column{
		{Title: "Finding"}, {Title: "Level"}, {Title: "Overdue since"}, {Title: "Days overdue", Number: true}, {Title: "Where"},
	}}
	for _, f := range v.GetOverdue() {
		t.Rows = append(t.Rows, []line{
			{code(f.GetFinding())}, {levels(f.GetLevelMin(), f.GetLevelMax())}, {dateSpan(f.GetDue())},
			{words("%d", f.GetDays())}, {code(f.GetPath())},
		})
	}
	if len(t.Rows) > 0 {
		p.heading(2, words("Overdue findings"))
		p.table(t, most.findings, "finding")
	}
}
