package openstack

import (
	"strings"

	"github.com/reviewpkg/sdk/internal/intake"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// A part is a section that a template asks for.
type part struct {
	name     string   // the heading that the current template gives it
	aliases  []string // other headings, folded
	expected bool     // the current template has it
}

// The parts of an architecture page that the reader has to tell apart.
var (
	partPurpose      = &part{"Project description and purpose", []string{"project description", "description and purpose", "purpose", "description"}, true}
	partUsers        = &part{"Primary users and use-cases", []string{"primary users", "primary users and use cases", "users and use cases", "use cases"}, true}
	partDependencies = &part{"External dependencies & associated security assumptions", []string{"external dependencies and associated security assumptions", "external dependencies", "dependencies", "external dependencies associated assumptions"}, true}
	partComponents   = &part{"Components", []string{"component descriptions", "component list"}, true}
	partDiagram      = &part{"Service architecture diagram", []string{"architecture diagram", "service architecture", "architecture diagrams", "architecture diagram s"}, true}
	partFlowDiagram  = &part{"Data flow diagram(s)", []string{"data flow diagrams", "data flow diagram", "dfd"}, false}
	partSequence     = &part{"Sequence diagram(s)", []string{"sequence diagrams", "sequence diagram"}, false}
	partAssets       = &part{"Data assets", []string{"data", "assets"}, true}
	partImpact       = &part{"Data asset impact analysis", []string{"asset impact analysis", "impact analysis", "data assets impact analysis"}, true}
	partInterfaces   = &part{"Interfaces", []string{"interface", "service interfaces"}, true}
	partChanges      = &part{"Differences from previous architecture", []string{"differences from the previous architecture", "differences"}, false}
	partControls     = &part{"Summary of controls", []string{"controls summary", "controls", "summary of security controls"}, false}
	partResources    = &part{"Resources", []string{"references", "links", "further information"}, true}
)

// The parts of the other pages.
var (
	partFindings        = &part{"Findings", []string{"security findings"}, true}
	partRecommendations = &part{"Recommendations", []string{"further recommendations", "general recommendations"}, false}
	partAbuse           = &part{"Abuse cases", []string{"abuse case"}, true}
	partWalkthrough     = &part{"Architectural diagram walkthrough", []string{"architecture diagram walkthrough", "architecture walkthrough"}, true}
	partFlowWalkthrough = &part{"Sequence/DFD diagram walkthrough", []string{"sequence diagram walkthrough", "dfd walkthrough", "dfd diagram walkthrough", "sequence walkthrough", "data flow diagram walkthrough"}, true}
	partActions         = &part{"Actions", []string{"action items"}, true}
)

// The parts of the header, which are bold keys and no sections.
var (
	partStatus    = &part{"Status", nil, true}
	partRelease   = &part{"Release", nil, true}
	partVersion   = &part{"Version", nil, true}
	partDate      = &part{"Review Date", []string{"date", "date of review"}, true}
	partBody      = &part{"Review Body", []string{"reviewed by", "review organisation"}, true}
	partRoute     = &part{"Review Route", nil, false}
	partContacts  = &part{"Contacts", []string{"contact"}, true}
	partReviewers = &part{"Reviewers", []string{"attendees"}, true}
)

// A template says which parts a page of one kind has, in their order.
type template struct {
	kind     reviewpkgv1.ArtifactKind
	title    string // what the title of such a page says it is
	header   []*part
	sections []*part
}

// templates are the three pages of a review, in the order they are read in: the
// architecture names what the other two speak of.
var templates = []*template{
	{
		reviewpkgv1.ArtifactKind_ARTIFACT_KIND_ARCHITECTURE_PAGE, "architecture",
		[]*part{partStatus, partRelease, partVersion, partContacts},
		[]*part{
			partChanges, partPurpose, partUsers, partDependencies, partComponents, partDiagram, partFlowDiagram,
			partSequence, partAssets, partImpact, partInterfaces, partControls, partResources,
		},
	},
	{
		reviewpkgv1.ArtifactKind_ARTIFACT_KIND_FINDINGS_PAGE, "security review findings",
		[]*part{partStatus, partRelease, partVersion, partDate, partBody, partRoute, partContacts},
		[]*part{partFindings, partRecommendations},
	},
	{
		reviewpkgv1.ArtifactKind_ARTIFACT_KIND_REVIEW_NOTES, "security review notes",
		[]*part{partStatus, partRelease, partVersion, partDate, partBody, partContacts, partReviewers},
		[]*part{partAbuse, partWalkthrough, partFlowWalkthrough, partActions},
	},
}

// find returns the part of a list that a heading or key names, and whether it
// is the template's own word.
func find(list []*part, title string) (p *part, exact bool) {
	key := intake.Fold(unescape(title))
	for _, p := range list {
		// Case and punctuation aside, as everywhere: "Use-cases" and "use cases".
		if key == intake.Fold(p.name) {
			return p, true
		}
		for _, alias := range p.aliases {
			if key == alias {
				return p, false
			}
		}
	}
	// Headings may be numbered, as those of findings are.
	if short := strings.TrimLeft(title, "0123456789."); short != title && strings.HasPrefix(short, " ") {
		p, _ := find(list, short)
		return p, false
	}
	return nil, false
}

// templateOf returns the template that a text follows, or nil if it is no page
// of a security review. The content decides: a page may have any file name.
func templateOf(lines []string, sections []*section) *template {
	// What a page consists of tells more than its title, which people copy from
	// one page to the next.
	var best *template
	most := 2 // of what a page has by chance, such as a heading Components
	for _, t := range templates {
		score := 0
		seen := map[*part]bool{}
		// Each part once: a heading that comes ten times tells no more.
		for i, s := range sections {
			if p, _ := find(t.sections, s.title); p != nil && !seen[p] {
				seen[p] = true
				score++
			}
			// The title and the heading below it; further down, the words are about the
			// other pages.
			if title := intake.Fold(s.title); i < 3 && strings.Contains(title, t.title) {
				score++
				if t.title != "architecture" || strings.Contains(title, "architecture page") {
					score++
				}
			}
		}
		if t.kind == reviewpkgv1.ArtifactKind_ARTIFACT_KIND_FINDINGS_PAGE {
			score += ratingKeys(lines)
		}
		if score > most {
			best, most = t, score
		}
	}
	return best
}

// ratingKeys counts the different keys of a finding that lines begin with.
func ratingKeys(lines []string) int {
	// A findings page has no headings of its own to be known by.
	keys := []string{"- risk:", "- likelihood:", "- overall risk rating:", "- impact:"}
	seen := map[string]bool{}
	for _, line := range lines {
		// All pages write the keys of findings as bullets at the margin.
		if len(line) == 0 || line[0] != '-' {
			continue
		}
		line = strings.ToLower(line[:min(len(line), 24)])
		for _, key := range keys {
			if strings.HasPrefix(line, key) {
				seen[key] = true
			}
		}
	}
	return len(seen)
}
