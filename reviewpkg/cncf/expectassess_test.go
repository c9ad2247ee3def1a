package cncf

import (
	"fmt"
	"slices"
	"strings"

	"github.com/reviewpkg/sdk/internal/intake"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// assessment compares what only assessments have.
func (s *score) assessment(where string, w *wantDocument, d *haveDocument) {
	a, root := d.assessment()
	s.metadata(where, w, d, a.GetMetadata(), root+"metadata.")
	var want, have []string
	for _, l := range w.SecurityLinks {
		want = append(want, fmt.Sprintf("%d %s %s %s", l.Line, intake.Fold(l.Title), l.Kind, strings.Join(sorted(escaped(l.URLs)), " ")))
	}
	for i, l := range a.GetSecurityLinks() {
		have = append(have, fmt.Sprintf("%d %s %s %s", d.line(fmt.Sprintf("%ssecurity_links[%d]", root, i)), intake.Fold(l.GetTitle()),
			short(l.GetKind().String(), "SECURITY_LINK_KIND_"), strings.Join(sorted(l.GetUrls()), " ")))
	}
	s.compare(where, "security links", want, have)
	s.named(where, "actors", w.Actors, d, a.GetOverview().GetActors(), root+"overview.actors")
	s.named(where, "actions", w.Actions, d, a.GetOverview().GetActions(), root+"overview.actions")
	s.goals(where, "goals", w.Goals, d, a.GetOverview().GetGoals(), root+"overview.goals")
	s.goals(where, "non-goals", w.NonGoals, d, a.GetOverview().GetNonGoals(), root+"overview.non_goals")
	s.named(where, "critical", w.Critical, d, a.GetFunctions().GetCritical(), root+"functions.critical")
	s.named(where, "relevant", w.Relevant, d, a.GetFunctions().GetRelevant(), root+"functions.relevant")
	if c := w.Compliance; c != nil {
		s.compare(where, "compliance", []string{short(c.Status, "")}, []string{short(a.GetCompliance().GetStatus().String(), "COMPLIANCE_STATUS_")})
		have = nil
		for _, claim := range a.GetCompliance().GetClaims() {
			have = append(have, intake.Fold(claim.GetStandard()))
		}
		want = nil
		for _, claim := range c.Claims {
			want = append(want, intake.Fold(claim))
		}
		s.compare(where, "compliance claims", want, have)
	}
	s.rest(where, w, d, a, root)
}

func escaped(urls []string) []string {
	var out []string
	for _, u := range urls {
		out = append(out, intake.URIRef(u))
	}
	return out
}

func (s *score) metadata(where string, w *wantDocument, d *haveDocument, m *reviewpkgv1.AssessmentMetadata, root string) {
	if len(w.Metadata) == 0 {
		return
	}
	var want, have []string
	for _, r := range w.Metadata {
		switch r.Field {
		case "stage", "sbom":
			want = append(want, fmt.Sprintf("%d %s %s %s", r.Line, r.Field, r.Value, strings.Join(sorted(escaped(r.URLs)), " ")))
		case "security_provider":
			want = append(want, fmt.Sprintf("%d %s %s %v", r.Line, r.Field, short(r.Value, ""), r.Reason))
		case "languages":
			want = append(want, fmt.Sprintf("%d %s %s", r.Line, r.Field, intake.Fold(strings.Join(r.Names, " "))))
		case "software", "website", "signing_key_url", "security_insights_url":
			for _, u := range r.URLs {
				want = append(want, fmt.Sprintf("%d %s %s", r.Line, r.Field, intake.URIRef(u)))
			}
		case "date":
		default:
			want = append(want, fmt.Sprintf("%d %s %s", r.Line, r.Field, intake.Fold(r.Key)))
		}
	}
	add := func(field, format string, args ...any) {
		have = append(have, fmt.Sprintf("%d %s ", d.line(root+field), field)+fmt.Sprintf(format, args...))
	}
	if m.GetStage() != 0 {
		add("stage", "%s ", short(m.GetStage().String(), "ASSESSMENT_STAGE_"))
	}
	lines := d.all(root + "software")
	for i, l := range m.GetSoftware() {
		line := lines[min(i, len(lines)-1)]
		if len(lines) == 1 {
			line = lines[0]
		}
		have = append(have, fmt.Sprintf("%d software %s", line, l.GetUrl()))
	}
	if n := d.line(root + "security_provider_reason"); n > 0 {
		have = append(have, fmt.Sprintf("%d security_provider  true", n))
	}
	if d.line(root+"security_provider") > 0 {
		add("security_provider", "%s %v", short(m.GetSecurityProvider().String(), "ANSWER_"), m.GetSecurityProviderReason() != "")
	}
	if len(m.GetLanguages()) > 0 {
		var names []string
		for _, l := range m.GetLanguages() {
			names = append(names, l.GetName())
		}
		add("languages", "%s", intake.Fold(strings.Join(names, " ")))
	}
	if m.HasSbom() {
		var urls []string
		for _, l := range m.GetSbom().GetLinks() {
			urls = append(urls, l.GetUrl())
		}
		add("sbom", "%s %s", short(m.GetSbom().GetAvailability().String(), "SBOM_AVAILABILITY_"), strings.Join(sorted(urls), " "))
	}
	if m.GetWebsite() != "" {
		add("website", "%s", m.GetWebsite())
	}
	if m.GetCompatibility() != "" {
		add("compatibility", "compatibility")
	}
	for i, r := range m.GetOtherRows() {
		have = append(have, fmt.Sprintf("%d other %s", d.line(fmt.Sprintf("%sother_rows[%d]", root, i)), intake.Fold(r.GetKey())))
	}
	s.compare(where, "metadata rows", want, have)
}

// all returns the lines of all sources of a path.
func (d *haveDocument) all(path string) []int {
	var out []int
	for _, v := range d.pkg.GetValueSources() {
		if v.GetPath() == path && v.GetDocumentId() == d.doc.GetDocumentId() {
			out = append(out, int(v.GetStartLine()))
		}
	}
	return append(out, 0)[:max(1, len(out))]
}

// named compares items with ids and names.
func (s *score) named(where, kind string, want []wantItem, d *haveDocument, items any, path string) {
	var w, h []string
	for _, i := range want {
		w = append(w, fmt.Sprintf("%d %s", i.Line, intake.Fold(cutName(i.Name))))
	}
	add := func(id, name string) {
		h = append(h, fmt.Sprintf("%d %s", d.line(path+`["`+id+`"]`), intake.Fold(cutName(name))))
	}
	switch list := items.(type) {
	case []*reviewpkgv1.AssessmentActor:
		for _, i := range list {
			add(i.GetId(), i.GetName())
		}
	case []*reviewpkgv1.Action:
		for _, i := range list {
			add(i.GetId(), i.GetName())
		}
	case []*reviewpkgv1.SecurityFunction:
		for _, i := range list {
			add(i.GetId(), i.GetName())
		}
	}
	s.compare(where, kind, w, h)
}

// cutName cuts names to the length at which the importer cuts sentences.
func cutName(name string) string {
	name = strings.TrimSuffix(name, "…")
	return name[:min(len(name), 24)]
}

func (s *score) goals(where, kind string, want *wantGoals, d *haveDocument, list []*reviewpkgv1.Goal, path string) {
	if want == nil {
		return
	}
	var w, h []string
	for _, n := range want.Lines {
		w = append(w, fmt.Sprintf("%d %v", n, slices.Contains(want.Security, n)))
	}
	for _, g := range list {
		h = append(h, fmt.Sprintf("%d %v", d.line(path+`["`+g.GetId()+`"]`), g.GetKind() == reviewpkgv1.GoalKind_GOAL_KIND_SECURITY))
	}
	s.compare(where, kind, w, h)
}

func (s *score) rest(where string, w *wantDocument, d *haveDocument, a *reviewpkgv1.Assessment, root string) {
	var want, have []string
	for _, c := range w.Channels {
		want = append(want, fmt.Sprintf("%d %s", c.Line, c.Direction))
	}
	for i, c := range a.GetDevelopment().GetChannels() {
		have = append(have, fmt.Sprintf("%d %s", d.line(fmt.Sprintf("%sdevelopment.channels[%d]", root, i)), strings.TrimPrefix(c.GetDirection().String(), "CHANNEL_DIRECTION_")))
	}
	s.compare(where, "channels", want, have)
	want, have = nil, nil
	for _, k := range w.KnownIssues {
		want = append(want, fmt.Sprintf("%d %s", k.Line, strings.Join(sorted(k.IDs), ",")))
	}
	for _, k := range a.GetAppendix().GetKnownIssues() {
		have = append(have, fmt.Sprintf("%d %s", d.line(root+`appendix.known_issues["`+k.GetId()+`"]`), strings.Join(sorted(k.GetVulnerabilityIds()), ",")))
	}
	s.compare(where, "known issues", want, have)
	want, have = nil, nil
	for _, b := range w.Badges {
		want = append(want, b.Programme+" "+projectID(b.URL)+" "+b.Level)
	}
	for _, b := range a.GetAppendix().GetBadges() {
		have = append(have, b.GetProgramme()+" "+projectID(b.GetUrl())+" "+b.GetLevel())
	}
	s.compare(where, "badges", want, have)
	if w.CaseStudies != nil {
		have = nil
		for i := range a.GetAppendix().GetCaseStudies() {
			have = append(have, fmt.Sprint(d.line(fmt.Sprintf("%sappendix.case_studies[%d]", root, i))))
		}
		s.compare(where, "case studies", lines(w.CaseStudies.Lines), have)
	}
	want, have = nil, nil
	for _, r := range w.Related {
		want = append(want, fmt.Sprintf("%d %s", r.Line, intake.Fold(cutName(r.Name))))
	}
	for i, r := range a.GetAppendix().GetRelatedProjects() {
		have = append(have, fmt.Sprintf("%d %s", d.line(fmt.Sprintf("%sappendix.related_projects[%d]", root, i)), intake.Fold(cutName(r.GetName()))))
	}
	s.compare(where, "related projects", want, have)
}
