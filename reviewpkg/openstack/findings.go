package openstack

import (
	"strconv"
	"strings"

	"github.com/reviewpkg/sdk/internal/intake"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// itoa returns a number in digits.
func itoa(n int) string { return strconv.Itoa(n) }

// findings reads a findings page. A finding is a numbered heading with a list of
// keys below it; below a heading Recommendations, it is a recommendation.
func (r *reader) findings(p *page) {
	p.SetGeneration("2016-12", "")
	r.review()
	r.noFindings(p)
	// Findings lie below the header in the template and below a heading of their
	// own in barbican, so that their form tells them and not their place.
	for _, s := range p.sections {
		number, title, ok := numbered(s.title)
		if !ok || s.part != nil {
			continue
		}
		if s.above != nil && s.above.part == partRecommendations {
			r.recommendation(p, s, number, title)
		} else {
			r.finding(p, s, number, title)
		}
	}
	pkg := r.in.Package
	// Said only when all pages were read: another may have findings.
	if r.noFindingsStatement != nil && len(pkg.GetFindings()) == 0 {
		r.noFindingsStatement()
	}
	r.noFindingsStatement = nil
}

// noFindings remembers what stands below the heading Findings, if it says that
// there are none.
func (r *reader) noFindings(p *page) {
	p.each(partFindings, func(s *section, blocks []*block) {
		if text := flat(blocks); declaresNone(text) {
			p.parts[partFindings].SetPresence(reviewpkgv1.Presence_PRESENCE_NONE_DECLARED)
			r.noFindingsStatement = func() {
				r.in.Package.SetNoFindingsStatement(text)
				p.Claim("no_findings_statement", s.body, s.end, reviewpkgv1.Derivation_DERIVATION_STATED, "")
			}
		}
	})
}

// keyedValues returns what the bullets of a section give for each key, in order.
// The key Impact comes twice: first in words, then as a level.
func keyedValues(s *section) map[string][]*block {
	m := map[string][]*block{}
	for _, b := range s.blocks {
		if key, _, ok := splitKey(b.text); ok && b.kind == item {
			name := intake.Fold(unescape(key))
			m[name] = append(m[name], b)
		}
	}
	return m
}

// value returns what a bullet gives for its key.
func (b *block) value() string {
	_, first, _ := splitKey(b.text)
	return value(first, b.kids)
}

// finding reads a finding. One whose title and values are all the template's is
// none.
func (r *reader) finding(p *page, s *section, number, title string) {
	p.found(partFindings, s.line, reviewpkgv1.Derivation_DERIVATION_STATED)
	// A title of somebody's own with the template's values is a finding that was
	// begun.
	if strings.Contains(s.title, title) && placeholder(title) && r.untouched(s) {
		p.Warn("template-residue", p.LineStart(s.line), "a finding of the template is left in", "leave it out")
		p.left(partFindings)
		return
	}
	id := s.id
	if id == "" {
		id = r.in.ID("finding", findingName(number, title))
	}
	f := reviewpkgv1.Finding_builder{
		Id: id, Number: number, Title: title, State: reviewpkgv1.FindingState_FINDING_STATE_REPORTED,
	}.Build()
	r.in.Package.SetFindings(append(r.in.Package.GetFindings(), f))
	p.answered(partFindings, 1)
	path := itemPath("findings", id)
	p.Claim(path, s.line, s.body, reviewpkgv1.Derivation_DERIVATION_STATED, "")
	// No page has a state. That it was reported is what its being there says.
	p.Claim(path+".state", s.line, s.body, reviewpkgv1.Derivation_DERIVATION_INFERRED, "")
	r.findingVariants(p, f, s)
	// The two keys Impact are told apart by their values, so all are needed.
	// The template has the key twice: a sentence, and then a level.
	impacts := keyedValues(s)["impact"]
	for _, b := range s.blocks {
		if b.kind == item {
			r.findingKey(p, f, path, b, impacts)
		}
	}
}

// findingName returns what the id of a finding is made of.
func findingName(number, title string) string {
	if number != "" {
		return number
	}
	return title
}

// ours reports whether what a bullet gives for its key is the template's.
func (b *block) ours() bool {
	_, first, _ := splitKey(b.text)
	return placeholder(first) && first == b.value()
}

// untouched reports whether all values of a section are the template's or empty.
func (r *reader) untouched(s *section) bool {
	for _, b := range s.blocks {
		if b.kind != item {
			continue
		}
		if b.value() != "" && !b.ours() {
			return false
		}
	}
	return true
}

// findingKey reads a bullet of a finding.
func (r *reader) findingKey(p *page, f *reviewpkgv1.Finding, path string, b *block, impacts []*block) {
	key, _, _ := splitKey(b.text)
	name := intake.Fold(unescape(key))
	claim := func(field string) {
		p.Claim(path+"."+field, b.start, b.end, reviewpkgv1.Derivation_DERIVATION_BOLD_LEAD, "")
	}
	text := b.value()
	switch {
	case text == "":
		// Barbican's fifth finding has one.
		// A key without a value is not answered.
		// All six bugs of barbican are the template's words.
	case b.ours():
		p.residue(partFindings, b)
	case name == "impact" && b == impactText(impacts):
		f.SetImpactDescription(text)
		claim("impact_description")
	case name == "impact":
		if a, z := levelRange(text); p.rated(b, a) {
			f.SetImpact(a)
			f.SetImpactMax(z)
			claim("impact")
		}
	case name == "likelihood":
		if a, z := levelRange(text); p.rated(b, a) {
			f.SetLikelihood(a)
			f.SetLikelihoodMax(z)
			claim("likelihood")
		}
	case name == "overall risk rating" || name == "overall risk" || name == "overall rating":
		if v := level(text); p.rated(b, v) {
			f.SetOverall(v)
			claim("overall")
			// The only rating with a field for other words.
		} else {
			f.SetSeverityText(text)
			claim("severity_text")
		}
		// Launchpad in the template, and any tracker since.
	case name == "bug" || name == "bugs":
		r.tracker(p, f, b, text, path)
	case name == "variants":
		// Read with the title.
	default:
		if fd := keyedField(f.ProtoReflect(), findingKeys, key); fd != nil && p.keyedItem(f, findingKeys, b) && f.ProtoReflect().Has(fd) {
			claim(string(fd.Name()))
		}
		r.settleState(f)
	}
}

// settleState keeps a state that the page cannot give reasons for from making
// the package invalid.
func (r *reader) settleState(f *reviewpkgv1.Finding) {
	if f.GetState() == reviewpkgv1.FindingState_FINDING_STATE_REJECTED {
		f.SetState(reviewpkgv1.FindingState_FINDING_STATE_REPORTED)
	}
}

// impactText returns the one of the bullets with the key Impact that describes
// the impact: the first, unless the page has them in the other order, or has
// one, which is a level.
func impactText(impacts []*block) *block {
	isLevel := func(b *block) bool { v, _ := levelRange(b.value()); return v != 0 }
	switch {
	case len(impacts) == 0:
		return nil
	case len(impacts) == 1 && isLevel(impacts[0]):
		return nil
		// People who fill the ratings first put the level above the sentence.
	case len(impacts) > 1 && isLevel(impacts[0]) && !isLevel(impacts[1]) && impacts[1].value() != "":
		return impacts[1]
	default:
		return impacts[0]
	}
}

// rated reports whether a rating was understood. A word outside the vocabulary
// is never made into the next best.
func (p *page) rated(b *block, v reviewpkgv1.Level) bool {
	if v == 0 {
		p.warn("unclear-value", b, "%q is no level", short(b.value()))
	}
	return v != 0
}

// tracker reads where a finding is tracked.
func (r *reader) tracker(p *page, f *reviewpkgv1.Finding, b *block, text, path string) {
	label, url := splitLink(text)
	if url == "" || intake.URI(url) == "" {
		p.warn("unclear-value", b, "%q is no address of a bug", short(text))
		return
	}
	f.SetTrackers(append(f.GetTrackers(), reviewpkgv1.Tracker_builder{
		Url: intake.URI(url), Label: label, Relation: reviewpkgv1.TrackerRelation_TRACKER_RELATION_TRACKS,
	}.Build()))
	p.Claim(path+".trackers", b.start, b.end, reviewpkgv1.Derivation_DERIVATION_BOLD_LEAD, text)
}

// findingVariants reads which variants a finding holds for: from a key of its
// own, or from a title that ends in "(PKCS#11 only)".
func (r *reader) findingVariants(p *page, f *reviewpkgv1.Finding, s *section) {
	at := &block{start: s.line, end: s.body}
	var names []string
	if _, inner, ok := trailing(strings.TrimSuffix(s.title, ".")); ok {
		// The words of the title stay: they are what people search for.
		// Two of the eight findings of barbican end so.
		if word, found := strings.CutSuffix(inner, " only"); found {
			if name, ok := isTag(word); ok {
				names = append(names, name)
			}
		}
	}
	for _, b := range keyedValues(s)["variants"] {
		_, first, _ := splitKey(b.text)
		tags, _ := leadTags(first)
		names, at = append(names, tags...), b
	}
	if len(names) > 0 {
		f.SetVariantIds(r.variant(p, at, names...))
		p.Claim(itemPath("findings", f.GetId())+".variant_ids", at.start, at.end, reviewpkgv1.Derivation_DERIVATION_STATED, "")
	}
}

// recommendation reads a recommendation that is not the remedy of a finding. It
// is for the project, whose review the page belongs to.
func (r *reader) recommendation(p *page, s *section, number, title string) {
	x := &reviewpkgv1.Recommendation{}
	for _, b := range s.blocks {
		p.keyedItem(x, recommendationKeys, b)
	}
	// Barbican has the key below both of its headings; a page may do without.
	if x.GetText() == "" {
		x.SetText(flatParagraphs(s.blocks))
	}
	// The model needs a text; a heading alone is one.
	switch {
	case x.GetText() == "" && placeholder(title) && strings.Contains(s.title, title):
		p.left(partRecommendations)
		return
	case x.GetText() == "":
		x.SetText(title)
	default:
		x.SetTitle(title)
	}
	// Concluded, and claimed as such: the page is the project's.
	if x.SetNumber(number); x.GetAudience() == 0 {
		x.SetAudience(reviewpkgv1.Audience_AUDIENCE_PROJECT)
	}
	if x.SetId(s.id); s.id == "" {
		x.SetId(r.in.ID("rec", findingName(number, title)))
	}
	r.in.Package.SetRecommendations(append(r.in.Package.GetRecommendations(), x))
	p.answered(partRecommendations, 1)
	path := itemPath("recommendations", x.GetId())
	p.Claim(path, s.line, s.end, reviewpkgv1.Derivation_DERIVATION_STATED, "")
	p.Claim(path+".audience", s.line, s.body, reviewpkgv1.Derivation_DERIVATION_INFERRED, "")
}

// flatParagraphs returns the paragraphs of a section as a text.
func flatParagraphs(blocks []*block) string {
	return value("", blocks)
}
