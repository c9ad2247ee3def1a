package cncf

import (
	"strings"

	"github.com/reviewpkg/sdk/internal/intake"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// readSecurityLinks reads the table of security documents, or the list that
// some authors have instead.
func (r *reader) readSecurityLinks() {
	s := r.found[securityLinks]
	if s == nil {
		return
	}
	var list []*reviewpkgv1.SecurityLink
	blank := false
	add := func(title, value string, start, end int, how reviewpkgv1.Derivation) {
		if strings.Contains(value, "my.security.") || strings.Contains(value, "example.org/config") {
			blank = true
			return
		}
		if strings.Trim(title, "-: ") == "" {
			return
		}
		l := reviewpkgv1.SecurityLink_builder{Title: title, Kind: linkKind(title), Urls: refs(value)}.Build()
		if withoutLinks(value) != "" || len(l.GetUrls()) == 0 {
			l.SetNote(value)
		}
		list = append(list, l)
		r.Claim(r.at("security_links["+itoa(len(list)-1)+"]"), start, end, how, "")
	}
	grids, rest := r.tables(s.blocks)
	for _, g := range grids {
		for i, row := range g.rows {
			if i == 0 && row.header && isLinkCaption(row.cells) {
				continue
			}
			add(plainText(row.cell(0)), strings.Join(row.cells[min(1, len(row.cells)):], "\n"), row.start, row.end, reviewpkgv1.Derivation_DERIVATION_TABLE_CELL)
		}
	}
	if len(grids) == 0 {
		l, _, _ := r.listEntries(&section{blocks: rest}, noGroups)
		for i := range l.entries {
			e := &l.entries[i]
			title, value := e.label, joinText(linkOf(e), e.text)
			if found := links(e.raw); len(found) == 1 && (title == "" || e.target == "" && e.text == "") {
				title, value = found[0].title, e.raw
				if len(title) < 8 { // "here", "link"
					title = shorten(plainText(e.raw), maxName)
				}
			} else if title == "" {
				title, value = shorten(plainText(e.text), maxName), e.text
			}
			add(title, value, e.start, e.end, e.how)
		}
	}
	r.count(securityLinks, len(list))
	if len(list) > 0 {
		r.a.SetSecurityLinks(list)
		r.states[securityLinks] = reviewpkgv1.Presence_PRESENCE_ANSWERED
	} else if blank {
		r.states[securityLinks] = reviewpkgv1.Presence_PRESENCE_TEMPLATE_TEXT
	} else {
		r.states[securityLinks] = r.presence(s, r.ownText(s))
	}
}

// isLinkCaption reports whether the first row of a table of links is a header.
func isLinkCaption(cells []string) bool {
	if strings.Join(cells, "") == "" {
		return true
	}
	return oneOf(key(cells[0]), "doc", "document", "docs", "item", "title", "name", "documents", "link", "security file or document") || len(cells) > 1 && oneOf(key(cells[1]), "url", "link", "ref or url", "urls")
}

// refs returns the targets of the links of a text that can be URI references.
func refs(value string) []string {
	var out []string
	for _, m := range linkMessages(value) {
		out = append(out, m.GetUrl())
	}
	if len(out) == 0 {
		if u := webAddress(value); u != "" {
			out = append(out, u)
		}
	}
	return out
}

func linkKind(title string) reviewpkgv1.SecurityLinkKind {
	switch k := key(title); {
	case containsAny(k, "insights"):
		return reviewpkgv1.SecurityLinkKind_SECURITY_LINK_KIND_SECURITY_INSIGHTS
	case containsAny(k, "threat"):
		return reviewpkgv1.SecurityLinkKind_SECURITY_LINK_KIND_THREAT_MODEL
	case containsAny(k, "audit", "penetration"):
		return reviewpkgv1.SecurityLinkKind_SECURITY_LINK_KIND_AUDIT
	case containsAny(k, "slsa", "supply chain", "provenance"):
		return reviewpkgv1.SecurityLinkKind_SECURITY_LINK_KIND_SUPPLY_CHAIN
	case containsAny(k, "advisor", "cve"):
		return reviewpkgv1.SecurityLinkKind_SECURITY_LINK_KIND_ADVISORIES
	case containsAny(k, "contact"):
		return reviewpkgv1.SecurityLinkKind_SECURITY_LINK_KIND_CONTACTS
	case containsAny(k, "config"):
		return reviewpkgv1.SecurityLinkKind_SECURITY_LINK_KIND_CONFIGURATION
	case containsAny(k, "security file", "security md", "security policy", "security policies", "reporting", "disclosure", "vulnerability"):
		return reviewpkgv1.SecurityLinkKind_SECURITY_LINK_KIND_SECURITY_FILE
	default:
		return reviewpkgv1.SecurityLinkKind_SECURITY_LINK_KIND_OTHER
	}
}

// readJointParts reads the parts that the joint assessment has, and early
// self-assessments as well.
func (r *reader) readJointParts() {
	r.readIntendedUse()
	d := &reviewpkgv1.ProjectDesign{}
	d.SetDesign(r.narrative(design, r.at("design.design")))
	if !d.HasDesign() {
		d.SetDesign(r.narrative(projectDesign, r.at("design.design")))
	}
	d.SetDiagrams(r.narrative(dataFlow, r.at("design.diagrams")))
	if !intake.IsEmpty(d) {
		r.a.SetDesign(d)
	}
	c := &reviewpkgv1.Configuration{}
	c.SetText(r.narrative(configuration, r.at("configuration.text")))
	c.SetDefault(r.narrative(defaultConfig, r.at("configuration.default")))
	c.SetSecure(r.narrative(secureConfig, r.at("configuration.secure")))
	c.SetAdvancedSecure(r.narrative(advancedConfig, r.at("configuration.advanced_secure")))
	if !intake.IsEmpty(c) {
		r.a.SetConfiguration(c)
	}
	r.readAnalysis()
	r.readHandsOn()
	r.readRoadmap()
}

func (r *reader) readIntendedUse() {
	u := &reviewpkgv1.IntendedUse{}
	u.SetText(r.narrative(intendedUse, r.at("intended_use.text")))
	if s := r.found[targetUsers]; s != nil {
		l := r.entries(s, noGroups)
		var list []*reviewpkgv1.PersonaUse
		for i := range l.entries {
			e := &l.entries[i]
			e.text = e.without(e.field("persona"))
			p := reviewpkgv1.PersonaUse_builder{ProjectTerm: e.label, UseCase: e.text, Persona: e.value("persona")}.Build()
			if e.text == "" {
				p.SetProjectTerm("")
				p.SetUseCase(e.label)
			}
			if p.GetUseCase() == "" || r.template(e.start, e.end, e.whole()) {
				continue
			}
			list = append(list, p)
			r.claimEntry(r.at("intended_use.target_users["+itoa(len(list)-1)+"]"), e)
		}
		u.SetTargetUsers(list)
		u.SetTargetUsersNote(r.note(targetUsers, s, l.note, len(list), r.at("intended_use.target_users_note")))
	}
	u.SetOperation(r.narrative(operation, r.at("intended_use.operation")))
	if !intake.IsEmpty(u) {
		r.a.SetIntendedUse(u)
	}
}

func (r *reader) readAnalysis() {
	a := &reviewpkgv1.SecurityAnalysis{}
	for _, f := range []struct {
		part part
		set  func(*reviewpkgv1.Narrative)
		path string
	}{
		{analysis, a.SetText, "text"},
		{motivations, a.SetAttackerMotivations, "attacker_motivations"},
		{predisposing, a.SetPredisposingConditions, "predisposing_conditions"},
		{capabilities, a.SetAttackerCapabilities, "attacker_capabilities"},
		{risksAndEffects, a.SetAttackRisksAndEffects, "attack_risks_and_effects"},
		{degradation, a.SetSecurityDegradation, "security_degradation"},
		{compensating, a.SetCompensatingMechanisms, "compensating_mechanisms"},
		{failureModes, a.SetFailureModes, "failure_modes"},
		{securityImpact, a.SetSecurityImpact, "security_impact"},
		{threatModel, a.SetThreatModelNote, "threat_model_note"},
	} {
		f.set(r.narrative(f.part, r.at("security_analysis."+f.path)))
	}
	if !intake.IsEmpty(a) {
		r.a.SetSecurityAnalysis(a)
	}
}

// readHandsOn reads whether there was a hands-on assessment, and what it found.
func (r *reader) readHandsOn() {
	s := r.found[handsOn]
	if s == nil {
		return
	}
	h := &reviewpkgv1.HandsOnAssessment{}
	text := r.ownText(s)
	switch folded := intake.Fold(plainText(stripComments(text))); {
	case containsAny(folded, "did did not receive"): // the template's own words
	case strings.Contains(folded, "did not receive"):
		h.SetPerformed(reviewpkgv1.Answer_ANSWER_NO)
	case containsAny(folded, " did receive ", " received a hands"):
		h.SetPerformed(reviewpkgv1.Answer_ANSWER_YES)
	}
	if h.GetPerformed() != 0 {
		r.claimSection(s, r.at("hands_on.performed"))
		r.states[handsOn] = reviewpkgv1.Presence_PRESENCE_ANSWERED
	}
	h.SetResult(r.narrative(handsOnResult, r.at("hands_on.result")))
	if d := r.found[handsOnDetails]; d != nil {
		r.handsOnDetails(h, d)
	}
	if !intake.IsEmpty(h) {
		r.a.SetHandsOn(h)
	}
}

func (r *reader) handsOnDetails(h *reviewpkgv1.HandsOnAssessment, s *section) {
	keys, _ := r.keyLines([]*section{s})
	for _, k := range keys {
		switch key(k.key) {
		case "hands on reviewers":
			h.SetReviewerIds(r.readPeople(k, reviewpkgv1.RoleKind_ROLE_KIND_HANDS_ON_REVIEWER))
		case "date of assessment", "date of review":
			from, until, _ := strings.Cut(k.value, " - ")
			if date, _ := intake.Date(from, intake.MonthFirst); date != nil {
				h.SetFrom(date)
				r.Claim(r.at("hands_on.from"), k.start, k.end, k.how, k.value)
			}
			if date, _ := intake.Date(until, intake.MonthFirst); date != nil {
				h.SetUntil(date)
				r.Claim(r.at("hands_on.until"), k.start, k.end, k.how, k.value)
			}
		}
	}
}

func (r *reader) readRoadmap() {
	m := &reviewpkgv1.Roadmap{}
	m.SetText(r.narrative(roadmap, r.at("roadmap.text")))
	m.SetNextSteps(r.roadmapItems(nextSteps, "roadmap.next_steps", "step", m.SetNextStepsNote))
	m.SetFoundationRequests(r.roadmapItems(requests, "roadmap.foundation_requests", "request", m.SetFoundationRequestsNote))
	if !intake.IsEmpty(m) {
		r.a.SetRoadmap(m)
	}
}

func (r *reader) roadmapItems(p part, path, kind string, setNote func(*reviewpkgv1.Narrative)) []*reviewpkgv1.RoadmapItem {
	s := r.found[p]
	if s == nil {
		return nil
	}
	l := r.entries(s, noGroups)
	var list []*reviewpkgv1.RoadmapItem
	for i := range l.entries {
		e := &l.entries[i]
		if text := e.raw; text != "" && !r.template(e.start, e.end, text) {
			item := reviewpkgv1.RoadmapItem_builder{Id: r.id(kind, goalName(e), e.id), Text: text, Trackers: trackers(text, reviewpkgv1.TrackerRelation_TRACKER_RELATION_TRACKS)}.Build()
			if f := e.field("trackers"); f != nil {
				e.text = e.raw
				item.SetText(e.without(f))
			}
			list = append(list, item)
			r.claimEntry(r.item(path, item.GetId()), e)
		}
	}
	setNote(r.note(p, s, l.note, len(list), r.at(path+"_note")))
	return list
}

// readHygiene reads tables of practices and their state, wherever they stand.
func (r *reader) readHygiene() {
	var list []*reviewpkgv1.HygieneItem
	for _, s := range r.list {
		for _, b := range s.blocks {
			if b.kind != table {
				continue
			}
			g := r.gfmTable(b)
			head := g.header()
			if len(head) != 2 || key(head[0]) != "aspect" {
				continue
			}
			for _, row := range g.body() {
				aspect := plainText(row.cell(0))
				if aspect == "" {
					continue
				}
				list = append(list, reviewpkgv1.HygieneItem_builder{Topic: s.label, Aspect: aspect, Status: row.cell(1)}.Build())
				r.Claim(r.at("hygiene["+itoa(len(list)-1)+"]"), row.start, row.end, reviewpkgv1.Derivation_DERIVATION_TABLE_CELL, "")
			}
		}
	}
	r.a.SetHygiene(list)
}
