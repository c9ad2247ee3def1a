package cncf

import (
	"strings"

	"github.com/reviewpkg/sdk/internal/intake"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// readBadges reads the badges that a section links to. Its text stays a note:
// it says what the badge means. 35 of 78 files have the address of a badge,
// with 47 ids among them: a project with components has a badge for each.
func (r *reader) readBadges(a *reviewpkgv1.Appendix) {
	s := r.found[bestPractices]
	text := ""
	if s != nil {
		text = r.fullText(s)
	}
	for _, b := range r.allBadges(text) {
		a.SetBadges(append(a.GetBadges(), b))
		path := r.at("appendix.badges[" + itoa(len(a.GetBadges())-1) + "]")
		// The line with the address is where it was read, wherever that stands.
		if i := indexURL(r.Text, b.GetUrl()); i >= 0 {
			r.Claim(path, r.LineAt(i), r.LineAt(i)+1, reviewpkgv1.Derivation_DERIVATION_STATED, "")
		} else if s != nil {
			r.Claim(path, s.start, r.fullEnd(s), s.how, "")
		}
	}
	if s == nil {
		return
	}
	// What is left of a list that this package wrote is the author's note.
	text = withoutBadgeItems(text)
	if text == "" && len(a.GetBadges()) > 0 {
		r.states[bestPractices] = reviewpkgv1.Presence_PRESENCE_ANSWERED
		r.count(bestPractices, len(a.GetBadges()))
		return
	}
	a.SetBestPracticesNote(r.answer(bestPractices, s, text))
	r.count(bestPractices, len(a.GetBadges()))
	if a.HasBestPracticesNote() {
		r.claimSection(s, r.at("appendix.best_practices_note"))
	}
}

// indexURL returns where an address first stands in a text, or -1.
func indexURL(text, url string) int {
	// What stands behind the scheme begins with rarer letters.
	_, rest, ok := strings.Cut(url, "://")
	if !ok || rest == "" {
		return strings.Index(text, url)
	}
	scheme := url[:len(url)-len(rest)]
	for from := 0; ; {
		i := strings.Index(text[from:], rest)
		if i < 0 {
			return -1
		}
		if from += i; strings.HasSuffix(text[:from], scheme) {
			return from - len(scheme)
		}
		from++
	}
}

// allBadges returns the badges of the section about them, and those that other
// parts of the document show. One document has the badge below compliance,
// others at their top, as a picture.
func (r *reader) allBadges(text string) []*reviewpkgv1.Badge {
	out := badges(text)
	for _, l := range r.allLinks() {
		if programmeOf(l.target) == "" {
			continue
		}
		for _, b := range badges(r.Line(r.LineAt(l.at))) {
			if badgeNamed(out, b) < 0 {
				out = append(out, b)
			}
		}
	}
	return out
}

// withoutBadgeItems removes the items that name a badge and its state and say
// nothing else.
func withoutBadgeItems(text string) string {
	var kept []string
	for line := range strings.SplitSeq(text, "\n") {
		if _, ok := badgeItem(line); !ok {
			kept = append(kept, line)
		}
	}
	return strings.TrimSpace(strings.Join(kept, "\n"))
}

// badgeItem reads an item "* [programme](url): level, score". This package
// writes them so, and a line with more in it is a person's.
func badgeItem(line string) (*reviewpkgv1.Badge, bool) {
	rest, ok := strings.CutPrefix(strings.TrimSpace(line), "* ")
	if !ok {
		return nil, false
	}
	title, target, rest, ok := cutLink(rest)
	programme := programmeOf(target)
	if !ok || programme == "" || plainText(title) != programme || intake.URI(target) == "" {
		return nil, false
	}
	b := reviewpkgv1.Badge_builder{Programme: programme, Url: intake.URI(target)}.Build()
	state, ok := strings.CutPrefix(rest, ": ")
	if !ok && rest != "" {
		return nil, false
	}
	level, score, _ := strings.Cut(state, "; ")
	b.SetLevel(plainText(level))
	b.SetScore(plainText(score))
	return b, true
}

// badges reads the badges that a text names, by the addresses of the
// programmes. The words near it vary more than its address: passing, passed,
// "has achieved", a percentage, a date of years ago.
func badges(text string) []*reviewpkgv1.Badge {
	var out []*reviewpkgv1.Badge
	for _, line := range badgeLines(text) {
		if b, ok := badgeItem(line); ok {
			out = append(out, b)
			continue
		}
		for _, l := range links(line) {
			programme := programmeOf(l.target)
			url := intake.URI(strings.TrimSuffix(l.target, "/badge"))
			if programme == "" || url == "" {
				continue
			}
			b := reviewpkgv1.Badge_builder{Programme: programme, Url: url, Level: badgeLevel(line, programme)}.Build()
			// The picture and the link around it are two links to one badge.
			if i := badgeNamed(out, b); i >= 0 {
				if out[i].GetLevel() == "" {
					out[i].SetLevel(b.GetLevel())
				}
				continue
			}
			out = append(out, b)
		}
	}
	return out
}

// badgeLines returns the paragraphs and items of a text; a level belongs to the
// badge beside it. Where badges are items, a line has one each; in prose, the
// sentence before may have the level.
func badgeLines(text string) []string {
	var out []string
	for _, p := range strings.Split(text, "\n\n") {
		if strings.Contains(p, "\n- ") || strings.HasPrefix(p, "- ") || strings.Contains(p, "\n* ") {
			out = append(out, strings.Split(p, "\n")...)
			continue
		}
		out = append(out, p)
	}
	return out
}

// Authors mix the old and the new host of the programme for one badge.
func badgeNamed(list []*reviewpkgv1.Badge, b *reviewpkgv1.Badge) int {
	for i, have := range list {
		if have.GetProgramme() == b.GetProgramme() && projectID(have.GetUrl()) == projectID(b.GetUrl()) {
			return i
		}
	}
	return -1
}

// projectID returns the number of a project in the address of its badge, or the
// address itself: the badge and the page behind it are one.
func projectID(url string) string {
	if _, rest, ok := strings.Cut(url, "/projects/"); ok {
		end := strings.IndexAny(rest, "/?#")
		if end < 0 {
			end = len(rest)
		}
		return rest[:end]
	}
	return url
}

// programmeOf returns the programme that an address belongs to, if it is that
// of one project there. A link to the home page of a programme, or to its
// criteria, says nothing about the project.
func programmeOf(target string) string {
	found := programmeHosts.find(target)
	if found == 0 {
		return "" // most addresses
	}
	name := programmes[found.first()].name
	if name == bestPracticesName && !digits(projectID(target)) {
		return ""
	}
	return name
}

// A programme gives badges to projects.
type programme struct{ host, name string }

// bestPracticesName is the name of the programme whose badge has levels.
const bestPracticesName = "OpenSSF Best Practices"

// programmes are the hosts of programmes that give badges. The first one moved
// when its name changed; both hosts are linked.
var programmes = []programme{
	{"bestpractices.dev", bestPracticesName}, {"bestpractices.coreinfrastructure.org", bestPracticesName},
	{"securityscorecards.dev", "OpenSSF Scorecard"}, {"scorecard.dev", "OpenSSF Scorecard"},
	{"clomonitor.io", "CLOMonitor"}, {"goreportcard.com", "Go Report Card"},
}

// programmeHosts are the hosts alone.
var programmeHosts = phrasesOf(programmes, func(p programme) string { return p.host })

// badgeLevel reads the level of a badge from the words beside it. What is only
// aimed at is no level. Silver is attained in three documents, and gold is only
// ever in progress. The first level that is reached counts, for what stands
// behind it is the next aim.
func badgeLevel(text, programme string) string {
	// A grade, and no level; others show it in the picture only.
	if programme == "Go Report Card" && containsWord(text, "A+") {
		return "A+"
	}
	// The others have scores, which change by the day, and are in pictures.
	if programme != bestPracticesName {
		return ""
	}
	lower := lowerCase(plainText(text))
	found, at := "", len(lower)
	for _, w := range []struct{ word, level string }{
		{"gold", "gold"}, {"silver", "silver"}, {"passing", "passing"}, {"passes", "passing"}, {"passed", "passing"}, {"pass ", "passing"},
	} {
		i := strings.Index(lower, w.word)
		if i < 0 || i >= at {
			continue
		}
		// "working towards silver", "in the process of gold".
		before := lower[max(0, i-60):i]
		if !containsAny(before, "toward", "process of", "working", "plan", "goal", "not yet", "in progress", "to achieve", "not been") {
			found, at = w.level, i
		}
	}
	// A badge without a level yet.
	if found == "" && strings.Contains(lower, "in progress") {
		return "in progress"
	}
	return found
}
