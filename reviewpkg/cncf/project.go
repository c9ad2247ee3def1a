package cncf

import (
	"path"
	"slices"
	"strings"

	"github.com/reviewpkg/sdk/internal/intake"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// projectName returns the name of the project by the title of a document, or by
// the folder that it lies in. The folder comes last, because it has the short
// name.
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
// part, or by the repository that the metadata name. A title that is the
// template's says nothing, and one document has no title.
func nameInText(p *page) string {
	if !p.named {
		p.named, p.titled = true, findName(p)
	}
	return p.titled
}

// findName looks for the name once: it is asked for by each step that names the
// package.
func findName(p *page) string {
	untitled := false // the heading above is empty
	for _, b := range p.blocks {
		// Below a heading without words, words in bold are the title.
		title := b.kind == heading || b.kind == paragraph && untitled
		untitled = b.kind == heading && b.label() == ""
		if !title || b.label() == "" {
			continue
		}
		if _, ok := assessmentBook().findKey(b.label(), b.head.folded, ""); ok {
			break
		}
		if name := trimTitle(b.label()); name != "" {
			return name
		}
	}
	// The row is looked for in the text, because it is asked before the document
	// is known to have a metadata table.
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

// trimTitle removes the words for the document from its title. More than four
// words are a sentence.
func trimTitle(title string) string {
	title = trimLetter(trimNumber(title))
	if strings.ContainsAny(title, "—–:[]") {
		title = titleMarks.Replace(title)
	}
	var kept []string
	for w := range strings.FieldsSeq(title) {
		switch key(w) {
		case "self", "assessment", "selfassessment", "self assessment", "security", "joint", "joint assessment", "joint review", "review", "cncf", "tag", "tag security", "for", "of", "the", "project", "outline", "", "report", "name",
			"threat", "threats", "model", "models", "modeling", "modelling", "with", "recommendations", "to", "stride", "lightweight", "analysis", "action", "items", "post", "survey", "summary", "metadata":
		default:
			kept = append(kept, w)
		}
	}
	if len(kept) > 4 {
		return ""
	}
	return strings.Join(kept, " ")
}

// fullName returns the long name of a project that has its short one in
// parentheses behind it, from another title, or from where a document spells a
// name of capital letters out. Documents of one folder use both.
func fullName(pages []*opened, short string) string {
	for _, p := range pages {
		if name := nameInText(p.page); short != "" && strings.HasSuffix(name, " ("+short+")") {
			return name
		}
	}
	if len(short) < 2 || len(short) > 6 || strings.Trim(short, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != "" {
		return short
	}
	for _, p := range pages {
		if long := spelledOut(p.Text, short); long != "" {
			return long + " (" + short + ")"
		}
	}
	return short
}

// maxSpellings is the number of places at which a long name is looked for.
const maxSpellings = 100

// spelledOut returns the words before the first "(OPA)" of a text whose capital
// letters it is made of: Open Policy Agent.
func spelledOut(text, short string) string {
	for range maxSpellings {
		before, after, ok := strings.Cut(text, " ("+short+")")
		if !ok {
			return ""
		}
		words := strings.Fields(before[max(0, len(before)-200):])
		if words = words[max(0, len(words)-len(short)):]; len(words) == len(short) {
			initials := ""
			for i := range words {
				words[i] = strings.Trim(words[i], "*_")
				initials += words[i][:min(1, len(words[i]))]
			}
			if initials == short {
				return strings.Join(words, " ")
			}
		}
		text = after
	}
	return ""
}

// projectFacts copies what a document says about the project to where the
// package has it. The cell for software has a link to an organisation in three
// documents and to the website in one.
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
// host: an owner and a name. One part more is a file, and one less an
// organisation.
func isRepository(url string) bool {
	for _, host := range []string{"https://github.com/", "http://github.com/", "https://gitlab.com/"} {
		if rest, ok := strings.CutPrefix(url, host); ok {
			rest = strings.Trim(rest, "/")
			return strings.Count(rest, "/") == 1
		}
	}
	return false
}
