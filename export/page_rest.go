package export

import (
	"slices"
	"strings"

	"github.com/reviewpkg/sdk/internal/inwords"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// completeness appends how much of a process a package has, and its gaps by
// part. The declared stage stands beside the one that follows from the content,
// since in practice many documents call themselves complete and are not.
func (p *page) completeness(c *reviewpkgv1.Completeness, most limits) {
	p.heading(3, words("%s: %d of %d checks met", processWords(c.GetProcess()), c.GetMet(), c.GetChecks()))
	verdict := "Not complete"
	if c.GetComplete() {
		verdict = "Complete"
	}
	p.paragraph(words("%s. Declared stage: %s; stage that follows from the content: %s.",
		verdict, inwords.Enum(c.GetDeclaredStage()), inwords.Enum(c.GetComputedStage())))
	p.gaps(c, most)
}

// gaps appends the gaps of a process, grouped by part in the order in which the
// parts come first.
func (p *page) gaps(c *reviewpkgv1.Completeness, most limits) {
	n, rest := cut(len(c.GetGaps()), most.items)
	met := map[string]*reviewpkgv1.PartCompleteness{}
	for _, part := range c.GetParts() {
		met[part.GetPart()] = part
	}
	index := map[string]int{}
	var items []item
	for _, gap := range c.GetGaps()[:n] {
		at, ok := index[gap.GetPart()]
		if !ok {
			at = len(items)
			index[gap.GetPart()] = at
			items = append(items, item{Line: partLine(gap.GetPart(), met[gap.GetPart()])})
		}
		advice := words(" ")
		if gap.GetAdvisory() {
			advice = words(" (advice) ")
		}
		items[at].Items = append(items[at].Items, item{
			Line: line{code(gap.GetCode()), advice, quote(gap.GetMessage()), words(", at "), code(gap.GetPath())},
		})
	}
	if rest > 0 {
		items = append(items, item{Line: andMore(rest, "gap")})
	}
	p.list(items, 0, "")
}

// partLine returns the name of a part and how much of it there is. Parts without
// gaps are not listed: the title has the sum.
func partLine(name string, part *reviewpkgv1.PartCompleteness) line {
	l := line{quote(name)}
	if l[0].Text == "" {
		l[0] = words("Without a part")
	}
	if part != nil {
		l = append(l, words(" (%d of %d checks met)", part.GetMet(), part.GetChecks()))
	}
	return l
}

// diagnostics appends the diagnostics, each with what exists of path, file, line
// and hint.
func (p *page) diagnostics(diagnostics []*reviewpkgv1.Diagnostic, most limits) {
	if len(diagnostics) == 0 {
		return
	}
	p.heading(2, words("Diagnostics"))
	var items []item
	for _, d := range diagnostics {
		l := line{strong(sentenceCase(inwords.Enum(d.GetLevel())), ""), words(" "), code(d.GetCode()), words(": "), quote(d.GetMessage())}
		if path := code(d.GetPath()); path.Text != "" {
			l = append(l, words(", at "), path)
		}
		if file := code(d.GetFile()); file.Text != "" {
			l = append(l, words(", in "), file)
		}
		if d.GetLine() > 0 {
			l = append(l, words(", line %d, column %d", d.GetLine(), d.GetColumn()))
		}
		if hint := quote(d.GetHint()); hint.Text != "" {
			l = append(l, words(" (hint: "), hint, words(")"))
		}
		items = append(items, item{Line: l})
	}
	p.list(items, most.items, "diagnostic")
}

// sentenceCase returns s with a capital, where s begins with an ASCII letter.
func sentenceCase(s string) string {
	return strings.ToUpper(s[:1]) + s[1:]
}

// about appends what the package is, who took part, and what the results were
// made with. A row without a value is left out, but for the status, whose absence
// means something.
func (p *page) about(r *reviewpkgv1.Report) {
	pkg := r.GetPackage()
	project := line{quote(pkg.GetProject().GetName()), words(" "), quote(pkg.GetProject().GetVersion())}
	if release := quote(pkg.GetProject().GetRelease()); release.Text != "" {
		project = append(project, words(" ("), release, words(")"))
	}
	t := table{Caption: "About this report", Columns: []column{{Title: "What"}, {Title: "Value"}}}
	// Words alone, such as " version ", are not a value.
	add := func(what string, value ...span) {
		if slices.ContainsFunc(value, func(s span) bool { return s.Kind != wordSpan && s.Text != "" }) {
			t.Rows = append(t.Rows, []line{{words("%s", what)}, value})
		}
	}
	add("Project", project...)
	add("Package", code(pkg.GetId()))
	t.Rows = append(t.Rows, []line{{words("Status")}, {words("%s", inwords.Enum(pkg.GetStatus()))}})
	add("Reviewed on", dateSpan(pkg.GetReview().GetDate()))
	add("Reviewed by", quote(pkg.GetReview().GetBody().GetName()))
	if v := pkg.GetReview().GetValidation(); v != nil {
		add("Validated by", quote(v.GetBody().GetName()), words(" (%s)", inwords.Enum(v.GetDecision())))
	}
	add("Due for renewal", dateSpan(pkg.GetRenewalDue()))
	for _, role := range shownRoles() {
		add(sentenceCase(inwords.Enum(role)), joined(inRole(pkg, role), 8)...)
	}
	digest := r.GetVerdict().GetPackageDigest()
	if digest == "" {
		digest = r.GetProfile().GetPackageDigest()
	}
	add("Package digest", code(digest))
	add("Rubric", code(r.GetProfile().GetRubric()), words(" version "), quote(r.GetProfile().GetRubricVersion()))
	add("Policy", code(r.GetVerdict().GetPolicy()), words(" version "), quote(r.GetVerdict().GetPolicyVersion()))
	add("Waivers digest", code(r.GetVerdict().GetWaiversDigest()))
	day := dateSpan(r.GetVerdict().GetAsOf())
	if day.Text == "" {
		day = dateSpan(r.GetProfile().GetAsOf())
	}
	add("Judged for the day", day)
	p.heading(2, words("About this report"))
	p.table(t, 0, "")
}

// shownRoles returns the parts that a reader looks for: who stands behind the
// project and who looked at it.
func shownRoles() []reviewpkgv1.RoleKind {
	return []reviewpkgv1.RoleKind{
		reviewpkgv1.RoleKind_ROLE_KIND_PROJECT_LEAD,
		reviewpkgv1.RoleKind_ROLE_KIND_PROJECT_SECURITY_LEAD,
		reviewpkgv1.RoleKind_ROLE_KIND_LEAD_SECURITY_REVIEWER,
		reviewpkgv1.RoleKind_ROLE_KIND_SECURITY_REVIEWER,
		reviewpkgv1.RoleKind_ROLE_KIND_HANDS_ON_REVIEWER,
		reviewpkgv1.RoleKind_ROLE_KIND_VALIDATING_REVIEWER,
	}
}

// inRole returns the names of those who have a part, in the order of the package.
// A handle stands in for a name; addresses are left out, since a report goes
// further than the package.
func inRole(pkg *reviewpkgv1.ReviewPackage, kind reviewpkgv1.RoleKind) line {
	var names line
	for _, person := range pkg.GetPeople() {
		has := func(role *reviewpkgv1.Role) bool { return role.GetKind() == kind }
		if !slices.ContainsFunc(person.GetRoles(), has) {
			continue
		}
		name := quote(person.GetName())
		if name.Text == "" && len(person.GetHandles()) > 0 {
			name = quote(person.GetHandles()[0].GetName())
		}
		names = append(names, name)
	}
	return names
}

// disclaimers appends what the report is not, and the package's own notices. They
// are never cut: a report without its last disclaimer says too much.
func (p *page) disclaimers(r *reviewpkgv1.Report) {
	p.heading(2, words("Disclaimers"))
	var items []item
	for _, s := range slices.Concat(disclaimers(r.GetDisclaimers(), r.GetPackage()), r.GetPackage().GetNotices()) {
		items = append(items, item{Line: orNotStated(quote(s))})
	}
	p.list(items, 0, "")
}
