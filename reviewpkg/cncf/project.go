package cncf

import (
	"path"
	"slices"
	"strings"

	"github.com/reviewpkg/sdk/internal/intake"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// projectName returns the name of the project by the title of a document, or by
// the folder that it lies in.
func projectName(p *opened) string {
	if name := nameInText(p.page); name != "" {
		return name
	}
	dir := path.Base(path.Dir(p.Path()))
	if dir == "." || dir == "/" || oneOf(key(dir), "docs", "doc", "security assessment", "assessments") {
		return ""
	}
	return dir
}

// nameInText returns the name of the project by the headings before the first
// part, or by the repository that the metadata name.
func nameInText(p *page) string {
	for _, b := range p.blocks {
		if b.kind != heading || b.label == "" {
			continue
		}
		if _, ok := assessmentBook().find(b.label, ""); ok {
			break
		}
		if name := trimTitle(b.label); name != "" {
			return name
		}
	}
	_, rest, ok := strings.Cut(p.Text, "| Software")
	if !ok {
		return ""
	}
	row := rest[:min(len(rest), 400)]
	row, _, _ = strings.Cut(row, "\n")
	if u := firstURL(row); isRepository(u) {
		return path.Base(strings.TrimRight(u, "/"))
	}
	return ""
}

// titleMarks puts blanks for what stands between the words of a title.
var titleMarks = strings.NewReplacer("—", " ", "–", " ", ":", " ", "[", " ", "]", " ")

// trimTitle removes the words for the document from its title.
func trimTitle(title string) string {
	words := strings.Fields(titleMarks.Replace(title))
	var kept []string
	for _, w := range words {
		switch key(w) {
		case "self", "assessment", "selfassessment", "self assessment", "security", "joint", "joint assessment", "joint review", "review", "cncf", "tag", "tag security", "for", "of", "the", "project", "outline", "", "report", "name",
			"threat", "model", "modeling", "with", "recommendations", "to", "stride", "lightweight", "analysis", "action", "items", "post", "survey", "summary", "metadata":
		default:
			kept = append(kept, w)
		}
	}
	if len(kept) > 4 {
		return ""
	}
	return strings.Join(kept, " ")
}

// projectFacts copies what a document says about the project to where the
// package has it.
func (m *importer) projectFacts(r *reader) {
	project := m.Package.GetProject()
	if w := m.Package.GetSummary().GetWebsite(); w != "" && project.GetWebsite() == "" {
		project.SetWebsite(w)
	}
	for _, l := range m.Package.GetSummary().GetSourceCode() {
		addRepository(project, l.GetUrl())
	}
	for _, l := range r.a.GetMetadata().GetSoftware() {
		url := l.GetUrl()
		if !isRepository(url) {
			if project.GetWebsite() == "" && intake.URI(url) != "" && !strings.Contains(url, "github.com/") {
				project.SetWebsite(url)
			}
			continue
		}
		addRepository(project, url)
	}
	if w := r.a.GetMetadata().GetWebsite(); w != "" {
		project.SetWebsite(w)
	}
}

func addRepository(project *reviewpkgv1.Project, url string) {
	if isRepository(url) && !slices.ContainsFunc(project.GetRepositories(), func(have *reviewpkgv1.Repository) bool { return have.GetUrl() == url }) {
		project.SetRepositories(append(project.GetRepositories(), reviewpkgv1.Repository_builder{Url: url}.Build()))
	}
}

// isRepository reports whether an address is that of a repository on a code
// host: an owner and a name.
func isRepository(url string) bool {
	for _, host := range []string{"https://github.com/", "http://github.com/", "https://gitlab.com/"} {
		if rest, ok := strings.CutPrefix(url, host); ok {
			rest = strings.Trim(rest, "/")
			return strings.Count(rest, "/") == 1
		}
	}
	return false
}
