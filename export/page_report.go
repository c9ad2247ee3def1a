package export

import (
	"github.com/reviewpkg/sdk/internal/notice"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// reportPage returns the page of a report: what decides first, then what it
// rests on, then what is missing. A section about something that the report does
// not have is left out, but for verdict, profile and findings: there it matters
// to a reader that nobody looked.
func reportPage(r *reviewpkgv1.Report, most limits) page {
	p := page{Title: reportTitle(r.GetPackage())}
	p.head(r)
	p.reasons(r.GetVerdict(), most)
	p.profile(r.GetProfile(), most)
	p.findings(r, most)
	for i, c := range r.GetCompleteness() {
		if i == 0 {
			p.heading(2, words("Completeness"))
		}
		p.completeness(c, most)
	}
	p.diagnostics(r.GetDiagnostics(), most)
	p.about(r)
	p.disclaimers(r)
	return p
}

// reportTitle returns the title of the page. It begins with the mark of a draft,
// so that the mark is in the title of a browser window and in a list of pages.
func reportTitle(p *reviewpkgv1.ReviewPackage) line {
	title := quote(p.GetTitle())
	if title.Text == "" {
		title = words("Untitled package")
	}
	l := line{title}
	if notice.IsDraft(p) {
		l = line{words("DRAFT: "), title}
	}
	if version := quote(p.GetVersion()); version.Text != "" {
		l = append(l, words(", version "), version)
	}
	return l
}

// head appends what a reader must see who reads no further.
func (p *page) head(r *reviewpkgv1.Report) {
	if notice.IsDraft(r.GetPackage()) {
		p.banner(strong("DRAFT.", "bad"), words(" %s", notice.Draft(r.GetPackage())))
	}
	if reason := quote(r.GetPackage().GetObsoleteReason()); reason.Text != "" {
		p.banner(words("Reason given for being obsolete: “"), reason, words("”"))
	}
	p.mismatch("profile", r.GetProfile().GetPackage(), r.GetPackage().GetId())
	p.mismatch("verdict", r.GetVerdict().GetPackage(), r.GetPackage().GetId())
	profiled, judged := r.GetProfile().GetPackageDigest(), r.GetVerdict().GetPackageDigest()
	if profiled != "" && judged != "" && profiled != judged {
		p.banner(strong("Note.", "warn"), words(" The profile and the verdict are of different versions of the package."))
	}
	p.verdict(r.GetVerdict())
	p.overall(r.GetProfile())
}

// mismatch warns of a result that belongs to another package. A report is data
// and may be put together from anything; the page would be believed.
func (p *page) mismatch(what, found, want string) {
	if found != "" && found != want {
		p.banner(strong("Note.", "warn"), words(" The %s is of the package ", what), code(found), words(" and not of this one."))
	}
}

// verdict appends the outcome in words, with the policy: a PASS means nothing
// without it.
func (p *page) verdict(v *reviewpkgv1.Verdict) {
	if v == nil {
		p.paragraph(words("No verdict: the package was not compared with a policy."))
		return
	}
	name, meaning := outcomeWords(v.GetOutcome())
	p.Blocks = append(p.Blocks, block{Kind: verdictBlock, Line: line{
		strong("Verdict: "+name+".", outcomeTone(v.GetOutcome())),
		words(" %s the policy ", meaning), code(v.GetPolicy()), words(" version "), quote(v.GetPolicyVersion()), words("."),
	}})
}

// overall appends the risk over all dimensions, and how many answers are missing
// to narrow it.
func (p *page) overall(profile *reviewpkgv1.RiskProfile) {
	if profile == nil {
		p.paragraph(words("No risk profile: the package was not scored."))
		return
	}
	// A finding can count in two dimensions and leaves one question open.
	unknowns := map[string]bool{}
	for _, d := range profile.GetDimensions() {
		for _, u := range d.GetUnknowns() {
			unknowns[u.GetPath()] = true
		}
	}
	risk := profile.GetOverall()
	p.paragraph(
		words("Overall risk: "), levels(risk.GetLevelMin(), risk.GetLevelMax()),
		words(" (score %s of 1000), %s.", figures(risk.GetScoreMin(), risk.GetScoreMax()), count(len(unknowns), "unknown")),
	)
}

// reasons appends why the verdict is what it is: the rules that did not pass,
// each with what it found, and the names of those that did.
func (p *page) reasons(v *reviewpkgv1.Verdict, most limits) {
	if len(v.GetResults()) == 0 {
		return
	}
	p.heading(2, words("Why"))
	var items []item
	var passed line
	for _, result := range v.GetResults() {
		if result.GetOutcome() == reviewpkgv1.Outcome_OUTCOME_PASS {
			passed = append(passed, code(result.GetRule()))
			continue
		}
		items = append(items, item{Line: reason(result)})
	}
	p.list(items, most.items, "rule")
	if len(passed) > 0 {
		p.paragraph(append(line{words("Passed: ")}, joined(passed, most.items)...)...)
	}
}

// reason returns one rule that did not pass. Found and wanted are written out
// even if the message has them, because a message may come from any program.
func reason(result *reviewpkgv1.RuleResult) line {
	name, _ := outcomeWords(result.GetOutcome())
	l := line{strong(name, outcomeTone(result.GetOutcome())), words(" "), code(result.GetRule()),
		words(": "), quote(result.GetMessage())}
	for _, fact := range []struct{ name, text string }{{"found", result.GetFound()}, {"wanted", result.GetWanted()}} {
		if text := quote(fact.text); text.Text != "" {
			l = append(l, words("; %s: ", fact.name), text)
		}
	}
	if len(result.GetPaths()) > 0 {
		l = append(l, words("; see "))
		l = append(l, codes(result.GetPaths())...)
	}
	return l
}

// codes returns a list of paths or ids, the first few of many: enough to begin
// with, and the line stays a line.
func codes(texts []string) line {
	l := make(line, len(texts))
	for i, s := range texts {
		l[i] = code(s)
	}
	return joined(l, 5)
}

// joined returns the first most spans with commas between, and how many more
// there are.
func joined(spans line, most int) line {
	n, rest := cut(len(spans), most)
	var l line
	for i, s := range spans[:n] {
		if i > 0 {
			l = append(l, words(", "))
		}
		l = append(l, s)
	}
	if rest > 0 {
		l = append(l, words(" and %d more", rest))
	}
	return l
}
