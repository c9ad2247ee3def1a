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
	p.decisive(r.GetVerdict(), most)
	p.plan(r, most)
	p.waivers(r.GetVerdict(), most)
	p.overdue(r.GetVerdict(), most)
	p.profile(r.GetProfile(), r.GetVerdict(), most)
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
	p.mismatch("plan", r.GetPlan().GetPackage(), r.GetPackage().GetId())
	p.versions("The profile and the verdict are", r.GetProfile().GetPackageDigest(), r.GetVerdict().GetPackageDigest())
	p.versions("The verdict and the plan are", r.GetVerdict().GetPackageDigest(), r.GetPlan().GetPackageDigest())
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

// versions warns of two results for different versions of a package.
func (p *page) versions(what, one, other string) {
	if one != "" && other != "" && one != other {
		p.banner(strong("Note.", "warn"), words(" %s of different versions of the package.", what))
	}
}

// overall appends the risk over all dimensions, and how many answers are missing
// to narrow it.
func (p *page) overall(profile *reviewpkgv1.RiskProfile) {
	if profile == nil {
		p.paragraph(words("No risk profile: the package was not scored."))
		return
	}
	risk := profile.GetOverall()
	p.paragraph(
		words("Overall risk: "), levels(risk.GetLevelMin(), risk.GetLevelMax()),
		words(" (score %s of 1000), %s.", figures(risk.GetScoreMin(), risk.GetScoreMax()), count(unknownCount(profile), "unknown")),
	)
}

// unknownCount returns how many answers are missing. A finding can count in two
// dimensions and leaves one question open.
func unknownCount(profile *reviewpkgv1.RiskProfile) int {
	unknowns := map[string]bool{}
	for _, d := range profile.GetDimensions() {
		for _, u := range d.GetUnknowns() {
			unknowns[u.GetPath()] = true
		}
	}
	return len(unknowns)
}

// mostNamed is how many paths or ids a line names.
const mostNamed = 5

// codes returns a list of paths or ids, the first few of many: enough to begin
// with, and the line stays a line.
func codes(texts []string) line {
	l := make(line, len(texts))
	for i, s := range texts {
		l[i] = code(s)
	}
	return joined(l, mostNamed)
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
