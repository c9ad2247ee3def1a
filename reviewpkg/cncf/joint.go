package cncf

import (
	"github.com/reviewpkg/sdk/internal/intake"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// readJointParts reads the parts that the joint assessment has, and early
// self-assessments as well. They are looked for in every assessment, for the
// first template had one document for both.
func (r *reader) readJointParts() {
	r.readIntendedUse()
	d := &reviewpkgv1.ProjectDesign{}
	d.SetDesign(r.narrative(design, r.at("design.design")))
	// Some put the design right below the heading that only holds it.
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

// readIntendedUse reads for whom the project is. One document maps its users to
// the personas of the community as the template asks; the others describe them.
func (r *reader) readIntendedUse() {
	u := &reviewpkgv1.IntendedUse{}
	u.SetText(r.narrative(intendedUse, r.at("intended_use.text")))
	if s := r.found[targetUsers]; s != nil {
		l := r.entries(s, noGroups)
		var list []*reviewpkgv1.PersonaUse
		for i := range l.entries {
			e := &l.entries[i]
			e.text = e.remaining(e.field("persona"))
			p := reviewpkgv1.PersonaUse_builder{ProjectTerm: e.label, UseCase: e.text, Persona: e.value("persona")}.Build()
			// A line without a name is the use, not the user.
			// A bullet without a colon or dash has been taken for a name.
			if e.text == "" {
				p.SetProjectTerm("")
				p.SetUseCase(e.label)
			}
			if p.GetUseCase() == "" || r.templateEntry(e) {
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

// readAnalysis reads the security analysis, part by part. Each is prose: risks
// without a matrix, attackers without a list.
func (r *reader) readAnalysis() {
	a := &reviewpkgv1.SecurityAnalysis{}
	for _, f := range []struct {
		part part
		set  func(*reviewpkgv1.Narrative)
		path string
	}{
		// The order is that of the template, and of the claims in the package.
		{analysis, a.SetText, "text"},                                             // before its first part
		{motivations, a.SetAttackerMotivations, "attacker_motivations"},           // what attackers want
		{predisposing, a.SetPredisposingConditions, "predisposing_conditions"},    // what helps them
		{capabilities, a.SetAttackerCapabilities, "attacker_capabilities"},        // what they can do
		{risksAndEffects, a.SetAttackRisksAndEffects, "attack_risks_and_effects"}, // what they cause
		{degradation, a.SetSecurityDegradation, "security_degradation"},           // what is left then
		{compensating, a.SetCompensatingMechanisms, "compensating_mechanisms"},    // what limits it
		{failureModes, a.SetFailureModes, "failure_modes"},                        // of one review
		{securityImpact, a.SetSecurityImpact, "security_impact"},                  // of one review
		{threatModel, a.SetThreatModelNote, "threat_model_note"},                  // its words; its threats are read apart
	} {
		f.set(r.narrative(f.part, r.at("security_analysis."+f.path)))
	}
	if !intake.IsEmpty(a) {
		r.a.SetSecurityAnalysis(a)
	}
}

// readRoadmap reads what comes next, and what the project asks of the
// foundation.
func (r *reader) readRoadmap() {
	m := &reviewpkgv1.Roadmap{}
	m.SetText(r.narrative(roadmap, r.at("roadmap.text")))
	m.SetNextSteps(r.roadmapItems(nextSteps, "roadmap.next_steps", "step", m.SetNextStepsNote))
	m.SetFoundationRequests(r.roadmapItems(requests, "roadmap.foundation_requests", "request", m.SetFoundationRequestsNote))
	if !intake.IsEmpty(m) {
		r.a.SetRoadmap(m)
	}
}

// roadmapItems reads the items of one of the two lists. Priorities are in the
// order and in words, not in a field.
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
			// This package writes trackers that the text does not link below the item;
			// authors link them in it.
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
