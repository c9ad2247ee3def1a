package cncf

import (
	"fmt"
	"slices"
	"strings"

	"github.com/reviewpkg/sdk/internal/intake"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// A haveDocument is a document as it was imported.
type haveDocument struct {
	pkg     *reviewpkgv1.ReviewPackage
	report  *reviewpkgv1.ImportReport
	doc     *reviewpkgv1.ImportedDocument
	sources map[string]*reviewpkgv1.ValueSource
}

// assessment returns the assessment that the document is, and its path.
func (d *haveDocument) assessment() (*reviewpkgv1.Assessment, string) {
	if d.doc.GetKind() == reviewpkgv1.ArtifactKind_ARTIFACT_KIND_JOINT_REVIEW {
		return d.pkg.GetJointReview(), "joint_review."
	}
	return d.pkg.GetSelfAssessment(), "self_assessment."
}

// line returns the line that the value at a path was read from, or 0 if it is
// not from this document.
func (d *haveDocument) line(path string) int { return int(d.sources[path].GetStartLine()) }

// headingParts are the parts that are headings in the template.
var headingParts = []part{metadata, securityLinks, overview, background, actors, actions, goals, nonGoals, use, functions, compliance, development, resolution, appendix}

var bulletParts = []part{critical, relevant, pipeline, channels, internalChannel, inboundChannel, outboundChannel, ecosystem, disclosure, response, incidentResponse, knownIssues, bestPractices, caseStudies, relatedProjects}

func (s *score) document(where string, w *wantDocument, d *haveDocument) {
	s.compare(where, "kind", []string{w.Kind}, []string{strings.TrimPrefix(d.doc.GetKind().String(), "ARTIFACT_KIND_")})
	if w.Generation != "" && w.Kind != "THREAT_MODEL" && w.Kind != "RECOMMENDATIONS" {
		s.compare(where, "generation", []string{w.Generation}, []string{d.doc.GetTemplateGeneration()})
	}
	s.compare(where, "blank", []string{fmt.Sprint(w.Blank)}, []string{fmt.Sprint(d.doc.GetBlankTemplate())})
	s.compare(where, "headings", []string{fmt.Sprint(w.Headings)}, []string{fmt.Sprint(d.headings())})
	s.parts(where, w, d)
	if w.Kind == "SELF_ASSESSMENT" || w.Kind == "JOINT_REVIEW" {
		s.assessment(where, w, d)
	}
	s.dates(where, w, d)
	s.advice(where, w, d)
	s.findings(where, w, d)
	s.threats(where, w, d)
	s.diagnostics(where, w, d)
	s.artifacts(where, w, d)
}

func (d *haveDocument) headings() int {
	n := 0
	for _, doc := range d.pkg.GetDocuments() {
		if doc.GetId() == d.doc.GetDocumentId() {
			var walk func([]*reviewpkgv1.Section)
			walk = func(list []*reviewpkgv1.Section) {
				for _, sec := range list {
					if sec.GetLevel() > 0 {
						n++
					}
					walk(sec.GetSections())
				}
			}
			walk(doc.GetSections())
		}
	}
	return n
}

func (s *score) parts(where string, w *wantDocument, d *haveDocument) {
	class := func(name string) string {
		switch {
		case w.Kind == "JOINT_README":
			return "parts: readme"
		case slices.Contains(headingParts, partNamed(name)):
			if w.Generation == "G0" || w.Generation == "free" {
				return "parts: heading, G0 and free"
			}
			return "parts: heading"
		case slices.Contains(bulletParts, partNamed(name)):
			return "parts: bullet"
		default:
			return "parts: joint"
		}
	}
	want, have, forms, haveForms := map[string][]string{}, map[string][]string{}, []string{}, []string{}
	readme := []string{"completed", "security reviewers", "project security lead", "project team", "source code", "web site"}
	for name, p := range w.Parts {
		if p.Form == "merged" || p.Form == "absent" || w.Kind != "JOINT_README" && (slices.Contains(readme, name) || name == "recommendations") {
			continue // key lines of the README are values in an assessment
		}
		want[class(name)] = append(want[class(name)], fmt.Sprintf("%s@%d", name, p.Line))
		forms = append(forms, name+" "+p.Form)
	}
	for _, p := range d.doc.GetParts() {
		if !p.GetFound() || unlisted(partNamed(p.GetName())) && w.Kind != "JOINT_README" || partNamed(p.GetName()) == clarifications {
			continue
		}
		form := map[reviewpkgv1.Derivation]string{reviewpkgv1.Derivation_DERIVATION_EXACT_HEADING: "exact", reviewpkgv1.Derivation_DERIVATION_ALIAS: "alias", reviewpkgv1.Derivation_DERIVATION_BOLD_LEAD: "lead", reviewpkgv1.Derivation_DERIVATION_TABLE_CELL: "table"}[p.GetDerivation()]
		have[class(p.GetName())] = append(have[class(p.GetName())], fmt.Sprintf("%s@%d", p.GetName(), p.GetLine()))
		haveForms = append(haveForms, p.GetName()+" "+form)
	}
	for _, c := range []string{"parts: heading", "parts: heading, G0 and free", "parts: bullet", "parts: joint", "parts: readme"} {
		s.compare(where, c, want[c], have[c])
	}
	s.compare(where, "parts: form", forms, haveForms)
	var states, haveStates []string
	for name, state := range w.Presence {
		states = append(states, name+" "+state)
	}
	for _, p := range d.doc.GetParts() {
		if unlisted(partNamed(p.GetName())) && w.Kind != "JOINT_README" {
			continue
		}
		switch p.GetPresence() {
		case reviewpkgv1.Presence_PRESENCE_UNSPECIFIED, reviewpkgv1.Presence_PRESENCE_ANSWERED:
		default:
			haveStates = append(haveStates, p.GetName()+" "+strings.TrimPrefix(p.GetPresence().String(), "PRESENCE_"))
		}
	}
	s.compare(where, "presence", states, haveStates)
}

func (s *score) dates(where string, w *wantDocument, d *haveDocument) {
	var have []string
	a, root := d.assessment()
	if d.line(root+"metadata.date") > 0 {
		have = append(have, a.GetMetadata().GetDate().GetValue())
	}
	if d.line("summary.completed") > 0 {
		have = append(have, d.pkg.GetSummary().GetCompleted().GetValue())
	}
	var want []string
	if w.Date != "" {
		want = append(want, w.Date)
	}
	s.compare(where, "date", want, have)
}

func (s *score) advice(where string, w *wantDocument, d *haveDocument) {
	var want, have []string
	for _, r := range w.Recommendations {
		want = append(want, fmt.Sprintf("%d %s %s %d %s %s", r.Line, r.Audience, r.Kind, r.Points, r.Disposition, strings.Join(sorted(r.Trackers), " ")))
	}
	for _, r := range d.pkg.GetRecommendations() {
		line := d.line(`recommendations["` + r.GetId() + `"]`)
		if line == 0 {
			continue
		}
		var urls []string
		for _, t := range r.GetTrackers() {
			urls = append(urls, t.GetUrl())
		}
		for _, p := range r.GetPoints() {
			for _, t := range p.GetTrackers() {
				urls = append(urls, t.GetUrl())
			}
		}
		have = append(have, fmt.Sprintf("%d %s %s %d %s %s", line, short(r.GetAudience().String(), "AUDIENCE_"), short(r.GetKind().String(), "RECOMMENDATION_KIND_"),
			len(r.GetPoints()), short(r.GetDisposition().String(), "DISPOSITION_"), strings.Join(sorted(urls), " ")))
	}
	s.compare(where, "recommendations", want, have)
	want, have = nil, nil
	if w.Questions != nil {
		want = lines(w.Questions.Lines)
	}
	for _, q := range d.pkg.GetProcess().GetClarifyingQuestions() {
		if line := d.line(`process.clarifying_questions["` + q.GetId() + `"]`); line > 0 {
			have = append(have, fmt.Sprint(line))
		}
	}
	s.compare(where, "questions", want, have)
}

func sorted(list []string) []string {
	list = slices.Clone(list)
	slices.Sort(list)
	return slices.Compact(list)
}

func lines(list []int) []string {
	var out []string
	for _, n := range list {
		out = append(out, fmt.Sprint(n))
	}
	return out
}

func (s *score) findings(where string, w *wantDocument, d *haveDocument) {
	var want, have []string
	for _, f := range w.Findings {
		want = append(want, fmt.Sprintf("%d %s %s %s %s %s %s %s", f.Line, f.Kind, f.Impact, f.Likelihood, f.InSelf, strings.Join(f.Actors, ","), strings.Join(sorted(f.Techniques), ","), strings.Join(sorted(f.Tactics), ",")))
	}
	for _, f := range d.pkg.GetFindings() {
		line := d.line(`findings["` + f.GetId() + `"]`)
		if line == 0 {
			continue
		}
		var techniques, tactics []string
		for _, a := range f.GetAttackTechniques() {
			if a.GetTechnique() != "" {
				techniques = append(techniques, a.GetTechnique())
			}
			if a.GetTactic() != "" {
				tactics = append(tactics, a.GetTactic())
			}
		}
		have = append(have, fmt.Sprintf("%d %s %s %s %s %s %s %s", line, short(f.GetKind().String(), "FINDING_KIND_"), short(f.GetImpact().String(), "LEVEL_"), short(f.GetLikelihood().String(), "LEVEL_"),
			short(f.GetInSelfAssessment().String(), "ANSWER_"), strings.Join(f.GetAffectedNames(), ","), strings.Join(sorted(techniques), ","), strings.Join(sorted(tactics), ",")))
	}
	s.compare(where, "findings", want, have)
}

func (s *score) threats(where string, w *wantDocument, d *haveDocument) {
	var want, have, wantMatrices, haveMatrices []string
	for _, t := range w.Threats {
		number := t.Number
		if digits(number) { // a number of the section, not of the threat
			number = ""
		}
		want = append(want, fmt.Sprintf("%d %s %s", t.Line, number, strings.Join(t.Stride, ",")))
	}
	for _, m := range w.Matrices {
		wantMatrices = append(wantMatrices, fmt.Sprintf("%s %dx%d", m.Title, m.Rows, m.Columns))
	}
	for _, m := range d.pkg.GetThreatModels() {
		path := `threat_models["` + m.GetId() + `"].`
		for _, t := range m.GetThreats() {
			line := d.line(path + `threats["` + t.GetId() + `"]`)
			if line == 0 {
				continue
			}
			var stride []string
			for _, c := range t.GetStride() {
				stride = append(stride, strings.TrimPrefix(c.String(), "STRIDE_"))
			}
			have = append(have, fmt.Sprintf("%d %s %s", line, t.GetNumber(), strings.Join(stride, ",")))
		}
		for i := range m.GetAttackerSets() {
			if line := d.line(fmt.Sprintf("%sattacker_sets[%d]", path, i)); line > 0 {
				have = append(have, fmt.Sprintf("%d  ", line))
			}
		}
		for _, x := range m.GetMatrices() {
			if d.line(path+`matrices["`+x.GetId()+`"]`) > 0 {
				haveMatrices = append(haveMatrices, fmt.Sprintf("%s %dx%d", x.GetTitle(), len(x.GetRows()), len(x.GetColumns())))
			}
		}
	}
	s.compare(where, "threats", want, have)
	s.compare(where, "matrices", wantMatrices, haveMatrices)
}

func (s *score) diagnostics(where string, w *wantDocument, d *haveDocument) {
	var want, have []string
	for _, x := range w.Diagnostics {
		want = append(want, fmt.Sprintf("%s@%d", x.Code, x.Line))
	}
	// The expectations name the first broken list of its kind.
	lists := false
	for _, x := range w.Diagnostics {
		lists = lists || x.Code == "repaired-list"
	}
	for _, x := range d.report.GetDiagnostics() {
		if lists && x.GetCode() == "repaired-list" && !slices.Contains(want, fmt.Sprintf("%s@%d", x.GetCode(), x.GetLine())) {
			continue
		}
		if x.GetFile() == d.doc.GetPath() && x.GetCode() != "unresolved-name" && x.GetCode() != "missing-file" {
			have = append(have, fmt.Sprintf("%s@%d", x.GetCode(), x.GetLine()))
		}
	}
	if w.Blank {
		return // a template is residue from end to end
	}
	s.compare(where, "diagnostics", want, slices.Compact(have))
}

func (s *score) artifacts(where string, w *wantDocument, d *haveDocument) {
	have := map[string]bool{}
	for _, a := range d.pkg.GetArtifacts() {
		have[a.GetPath()], have[a.GetUrl()] = true, true
	}
	var want, found []string
	for _, a := range w.Artifacts {
		clean := strings.TrimPrefix(strings.ReplaceAll(a, " ", "%20"), "./")
		folder := ""
		if i := strings.LastIndexByte(w.Path, '/'); i >= 0 {
			folder = w.Path[:i+1]
		}
		want = append(want, a)
		if have[strings.TrimPrefix(a, "./")] || have[folder+strings.TrimPrefix(a, "./")] || have[clean] || have[intake.URI(a)] {
			found = append(found, a)
		}
	}
	s.compare(where, "artifacts", want, found)
}

// partNamed returns the part that the report calls so, or none.
func partNamed(name string) part {
	return part(max(0, slices.Index(partNames[:], name))) //nolint:gosec // one of fewer than 256
}

// unlisted reports whether the expectations do not speak of a part.
func unlisted(p part) bool {
	return slices.Contains([]part{tableOfContents, design, references, actionItems, failureModes, securityImpact, handsOnDetails, handsOnFindings, projectAdvice, foundationAdvice, clarifications}, p)
}
