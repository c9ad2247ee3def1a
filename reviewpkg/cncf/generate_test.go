package cncf

import (
	"strings"

	"google.golang.org/protobuf/reflect/protoreflect"
	"pgregory.net/rapid"

	"github.com/reviewpkg/sdk/internal/intake"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// A maker draws packages that hold what the documents can show and nothing else,
// in the order in which the documents show it. Its words say nothing that the
// reader would make facts of: no dates, tools, standards or roles.
type maker struct {
	*rapid.T
	ids     *intake.Import // makes the ids that the reader makes
	prefix  string
	count   int
	project *reviewpkgv1.Project
}

// ordinary are answers as people write them, of every kind of Markdown that
// stays where it is put.
var ordinary = []string{
	"Lanterns hang in the hold.",
	"Copper wires run below the deck.\nNobody has painted them.",
	"The first paragraph is about sails.\n\nThe second is about ropes, and longer than the first.",
	"Three sorts of rope are on board:\n\n* hemp\n* cotton\n* wire",
	"Before anybody sails:\n\n1. one knot\n2. two knots\n\nThat is all.",
	"Turn the wheel:\n\n```sh\nmake sails\n```",
	"Read [the book of ropes](https://rope.example/book) before that.",
	"A **bold** sailor and `rope` on _every_ deck.",
	"Wide letters 日本語, ünïcödé and 😀 stay.",
	"Cables | ropes \\ knots & sails < masts > oars.",
	"Ropes of 3 kinds (wet, dry; new) 'and' \"old\"; 100% hemp #1!",
	"> A sailor has said so.",
	"[Ropes](https://rope.example/) hold more than wires.",
	"Ropes: these are thick. Wires: those are thin.",
	"Sails – and masts — need oil; 5 * 3 > 4.",
}

// words are names as people choose them.
var words = []string{"Anchor", "Bow line", "Crow's nest", "Deck of oak", "Engine (old)", "Figurehead 2", "Galley/stove", "Hull_plate", "Iron & rope", "Jib: upper", "Keel", "Lantern #1", "Mast*", "Netz für Fische", "灯台"}

func (m *maker) is(label string) bool { return rapid.Bool().Draw(m.T, label) }

func (m *maker) intn(n int, label string) int { return rapid.IntRange(0, n-1).Draw(m.T, label) }

// text draws an answer, and maybe draws none.
func (m *maker) maybe(label string) string {
	if !m.is("has " + label) {
		return ""
	}
	return m.text(label)
}

func (m *maker) text(label string) string { return rapid.SampledFrom(ordinary).Draw(m.T, label) }

// line draws an answer of one paragraph.
func (m *maker) line(label string) string {
	return rapid.SampledFrom([]string{ordinary[0], ordinary[6], ordinary[7], ordinary[8], ordinary[10], ordinary[14]}).Draw(m.T, label)
}

// plain draws an answer of one line without links.
func (m *maker) plain(label string) string {
	return rapid.SampledFrom([]string{ordinary[0], ordinary[7], ordinary[10], ordinary[14]}).Draw(m.T, label)
}

// name draws a name that the package has once.
func (m *maker) name(label string) string {
	m.count++
	return rapid.SampledFrom(words).Draw(m.T, label) + " " + string(rune('a'+m.count%26)) + itoa(m.count)
}

func (m *maker) url(label string) string {
	m.count++
	return rapid.SampledFrom([]string{"https://sail.example/", "https://rope.example/a_b?c=d&e=~f#", "http://oar.example/(x)/"}).Draw(m.T, label) + "u" + itoa(m.count)
}

// link draws a link to nothing that the reader knows.
func (m *maker) link(label string) *reviewpkgv1.Link {
	l := reviewpkgv1.Link_builder{Url: m.url(label)}.Build()
	if m.is(label + " titled") {
		l.SetTitle(m.name(label + " title"))
	}
	return l
}

func (m *maker) links(label string, most int) []*reviewpkgv1.Link {
	var out []*reviewpkgv1.Link
	for range m.intn(most+1, label+" count") {
		out = append(out, m.link(label))
	}
	return out
}

func (m *maker) trackers(label string) []*reviewpkgv1.Tracker {
	var out []*reviewpkgv1.Tracker
	for range m.intn(3, label+" count") {
		out = append(out, m.tracker(label))
	}
	return out
}

func (m *maker) tracker(label string) *reviewpkgv1.Tracker {
	m.count++
	t := reviewpkgv1.Tracker_builder{Url: "https://github.com/quay/sails/issues/" + itoa(m.count), Relation: reviewpkgv1.TrackerRelation_TRACKER_RELATION_TRACKS}.Build()
	if m.is(label + " titled") {
		t.SetLabel("sails#" + itoa(m.count))
	}
	return t
}

// id draws the id of an item: the one that the reader makes, or one of its own.
func (m *maker) id(kind, name string) string {
	if m.is("natural id") {
		return m.ids.ID(m.prefix+kind, name)
	}
	m.count++
	id := rapid.SampledFrom([]string{"k-", "R2.D2_", "x--"}).Draw(m.T, "id") + itoa(m.count)
	m.ids.Take(id)
	return id
}

// narrative draws an answer in words, one of the short ones, or none.
func (m *maker) narrative(label string) *reviewpkgv1.Narrative {
	switch m.intn(8, label+" form") {
	case 0, 1, 2:
		return nil
	case 3:
		return reviewpkgv1.Narrative_builder{Text: "Not applicable.", Presence: reviewpkgv1.Presence_PRESENCE_NOT_APPLICABLE}.Build()
	case 4:
		return reviewpkgv1.Narrative_builder{Text: "None.", Presence: reviewpkgv1.Presence_PRESENCE_NONE_DECLARED}.Build()
	case 5:
		return reviewpkgv1.Narrative_builder{Text: "Unknown.", Presence: reviewpkgv1.Presence_PRESENCE_UNKNOWN}.Build()
	default:
		return m.prose(label)
	}
}

func (m *maker) prose(label string) *reviewpkgv1.Narrative {
	return reviewpkgv1.Narrative_builder{Text: m.text(label)}.Build()
}

// note draws the text around items, or an answer where there are none.
func (m *maker) note(label string, items int) *reviewpkgv1.Narrative {
	if items == 0 {
		return m.narrative(label)
	}
	if !m.is(label) {
		return nil
	}
	return reviewpkgv1.Narrative_builder{Text: m.text(label)}.Build()
}

func (m *maker) date(label string) *reviewpkgv1.Date {
	switch m.intn(4, label) {
	case 0:
		return reviewpkgv1.Date_builder{Value: "2023-04-05"}.Build()
	case 1:
		return reviewpkgv1.Date_builder{Value: "2024-02", Raw: "Feb 2024"}.Build()
	case 2:
		return reviewpkgv1.Date_builder{Value: "2022"}.Build()
	default:
		return nil
	}
}

func (m *maker) answer(label string) reviewpkgv1.Answer {
	return reviewpkgv1.Answer(m.intn(4, label)) //nolint:gosec // few
}

// drawShown draws a package that the documents can show as a whole.
func drawShown(t *rapid.T) *reviewpkgv1.ReviewPackage {
	name := rapid.SampledFrom([]string{"Quay", "Sail & Oar", "Rope_walk", "灯 Lamp"}).Draw(t, "project")
	m := &maker{T: t, ids: intake.New(nil), project: reviewpkgv1.Project_builder{Name: name, Slug: intake.Slug(name)}.Build()}
	p := reviewpkgv1.ReviewPackage_builder{
		Schema: "reviewpkg.v1.ReviewPackage", Id: "k-0", Title: "Security review of " + name, Status: reviewpkgv1.PackageStatus_PACKAGE_STATUS_DRAFT,
		Project: m.project,
	}.Build()
	m.ids.Take(p.GetId())
	which := 1 + m.intn(7, "documents")
	if which&1 != 0 {
		p.SetProcesses(append(p.GetProcesses(), reviewpkgv1.ReviewProcess_REVIEW_PROCESS_CNCF_SELF))
		m.authorship(p)
		m.people(p, reviewpkgv1.RoleKind_ROLE_KIND_AUTHOR, reviewpkgv1.RoleKind_ROLE_KIND_CONTRIBUTOR, reviewpkgv1.RoleKind_ROLE_KIND_MAINTAINER)
		p.SetSelfAssessment(m.assessment(nil))
	}
	if which&2 != 0 {
		m.prefix = "joint-"
		p.SetProcesses(append(p.GetProcesses(), reviewpkgv1.ReviewProcess_REVIEW_PROCESS_CNCF_JOINT))
		p.SetJointReview(m.assessment(p.GetSelfAssessment().GetOverview().GetActors()))
		m.joint(p)
	}
	if which&4 != 0 {
		m.prefix = ""
		if which&2 == 0 { // the summary is that of a joint review
			p.SetProcesses(append(p.GetProcesses(), reviewpkgv1.ReviewProcess_REVIEW_PROCESS_CNCF_JOINT))
		}
		m.summary(p)
	}
	prune(p.ProtoReflect())
	return p
}

// prune removes messages without content, which no document shows. The
// assessments stay: the document is there.
func prune(m protoreflect.Message) {
	m.Range(func(fd protoreflect.FieldDescriptor, v protoreflect.Value) bool {
		switch {
		case fd.IsMap() || fd.Message() == nil:
		case fd.IsList():
			for i := range v.List().Len() {
				prune(v.List().Get(i).Message())
			}
		default:
			prune(v.Message())
			if fd.Message().Name() != "Assessment" && intake.IsEmpty(v.Message().Interface()) {
				m.Clear(fd)
			}
		}
		return true
	})
}

func (m *maker) authorship(p *reviewpkgv1.ReviewPackage) {
	a := &reviewpkgv1.Authorship{}
	if a.SetOrigin(reviewpkgv1.AuthorshipOrigin(m.intn(len(originWords()), "origin"))); a.GetOrigin() != 0 && m.is("programme") { //nolint:gosec // few
		a.SetProgramme(m.link("programme"))
	}
	a.SetMaintainerReview(reviewpkgv1.MaintainerReview(m.intn(len(reviewWords()), "review"))) //nolint:gosec // few
	p.SetAuthorship(a)
}

// people adds persons, each with one part in the review, and returns their ids.
func (m *maker) people(p *reviewpkgv1.ReviewPackage, kinds ...reviewpkgv1.RoleKind) []string {
	var ids []string
	for _, kind := range kinds {
		for range m.intn(3, "persons") {
			person := m.person()
			person.SetRoles([]*reviewpkgv1.Role{reviewpkgv1.Role_builder{Kind: kind}.Build()})
			p.SetPeople(append(p.GetPeople(), person))
			ids = append(ids, person.GetId())
		}
	}
	return ids
}

func (m *maker) person() *reviewpkgv1.Person {
	m.count++
	// Letters, because a last word with digits is a handle.
	last := strings.Repeat(string(rune('a'+m.count%26)), 1+m.count/26)
	out := reviewpkgv1.Person_builder{Name: rapid.SampledFrom([]string{"Ann Lee", "José Ángel", "Li-Mei O'Hara", "Ümit X."}).Draw(m.T, "person") + " B" + last}.Build()
	if m.is("handle") {
		out.SetHandles([]*reviewpkgv1.Handle{reviewpkgv1.Handle_builder{System: "github", Name: "ann-" + itoa(m.count)}.Build()})
	}
	if m.is("e-mail") {
		out.SetEmails([]string{"ann" + itoa(m.count) + "@rope.example"})
	}
	if m.is("affiliation") {
		out.SetAffiliation("Rope & Sons")
	}
	if m.is("natural id") {
		out.SetId(m.ids.ID("person", out.GetName()))
	} else {
		out.SetId("p-" + itoa(m.count))
	}
	return out
}

func (m *maker) assessment(others []*reviewpkgv1.AssessmentActor) *reviewpkgv1.Assessment {
	a := &reviewpkgv1.Assessment{}
	a.SetMetadata(m.metadata())
	for range m.intn(3, "security links") {
		l := reviewpkgv1.SecurityLink_builder{Title: m.name("security link"), Kind: reviewpkgv1.SecurityLinkKind_SECURITY_LINK_KIND_OTHER}.Build()
		if m.is("note") {
			l.SetNote(ordinary[0])
		} else {
			for range 1 + m.intn(2, "urls") {
				l.SetUrls(append(l.GetUrls(), m.url("security link")))
			}
		}
		a.SetSecurityLinks(append(a.GetSecurityLinks(), l))
	}
	a.SetOverview(m.overview(others))
	a.SetUse(m.narrative("use"))
	f := &reviewpkgv1.SecurityFunctions{}
	a.SetFunctions(f)
	f.SetText(m.narrative("functions"))
	f.SetCritical(m.components("critical"))
	f.SetCriticalNote(m.note("critical note", len(f.GetCritical())))
	f.SetRelevant(m.components("relevant"))
	f.SetRelevantNote(m.note("relevant note", len(f.GetRelevant())))
	a.SetCompliance(m.compliance())
	a.SetDevelopment(m.development())
	a.SetIssueResolution(m.resolution())
	a.SetAppendix(m.appendix())
	if m.prefix != "" || m.is("joint parts") {
		m.jointParts(a)
	}
	return a
}

func (m *maker) metadata() *reviewpkgv1.AssessmentMetadata {
	d := &reviewpkgv1.AssessmentMetadata{}
	d.SetStage(reviewpkgv1.AssessmentStage(m.intn(6, "stage"))) //nolint:gosec // few
	for range m.intn(3, "software") {
		m.count++
		l := reviewpkgv1.Link_builder{Url: "https://github.com/quay/sails-" + itoa(m.count)}.Build()
		if m.is("titled") {
			l.SetTitle(m.name("software"))
		}
		d.SetSoftware(append(d.GetSoftware(), l))
		addRepository(m.project, l.GetUrl())
	}
	if d.SetSecurityProvider(m.answer("provider") % 3); d.GetSecurityProvider() != 0 {
		d.SetSecurityProviderReason(m.line("reason"))
	}
	for range m.intn(3, "languages") {
		l := reviewpkgv1.Language_builder{Name: rapid.SampledFrom([]string{"Go", "C++", "C#", "Objective-C"}).Draw(m.T, "language")}.Build()
		if m.is("share") {
			l.SetSharePermille(uint32(m.intn(1001, "permille"))) //nolint:gosec // few
		}
		if m.is("language note") {
			l.SetNote("of the hull")
		}
		d.SetLanguages(append(d.GetLanguages(), l))
	}
	if m.is("sbom") {
		s := reviewpkgv1.Sbom_builder{Availability: reviewpkgv1.SbomAvailability(1 + m.intn(6, "availability"))}.Build() //nolint:gosec // few
		s.SetNote(rapid.SampledFrom([]string{"", ordinary[0], ordinary[1]}).Draw(m.T, "sbom note"))
		if s.GetAvailability() <= 3 || m.is("sbom links") {
			s.SetLinks([]*reviewpkgv1.Link{m.link("sbom")})
		}
		d.SetSbom(s)
	}
	if m.is("website") {
		d.SetWebsite(m.url("website"))
		m.project.SetWebsite(d.GetWebsite())
	}
	d.SetCompatibility(m.line("compatibility"))
	if m.is("keys") {
		d.SetSigningKeyUrl(m.url("key"))
		d.SetSecurityInsightsUrl(m.url("insights"))
	}
	if m.is("versions") {
		d.SetAssessmentVersion("v0.1-rc_2")
		d.SetProjectVersion("1.*")
	}
	d.SetDate(m.date("metadata date"))
	if m.is("other rows") {
		d.SetOtherRows([]*reviewpkgv1.MetadataRow{reviewpkgv1.MetadataRow_builder{Key: m.name("key"), Value: m.line("value")}.Build()})
	}
	return d
}

func (m *maker) overview(others []*reviewpkgv1.AssessmentActor) *reviewpkgv1.Overview {
	o := &reviewpkgv1.Overview{}
	o.SetSummary(m.narrative("summary"))
	o.SetBackground(m.narrative("background"))
	var names []string
	for range m.intn(3, "actors") {
		a := reviewpkgv1.AssessmentActor_builder{Name: m.name("actor"), Description: m.maybe("description"), Role: m.maybe("role"), Isolation: m.maybe("isolation"), Trust: m.maybe("trust")}.Build()
		a.SetId(m.id("actor", a.GetName()))
		o.SetActors(append(o.GetActors(), a))
	}
	for _, a := range append(others, o.GetActors()...) {
		names = append(names, a.GetId())
	}
	o.SetActorsNote(m.note("actors note", len(o.GetActors())))
	for range m.intn(3, "actions") {
		a := reviewpkgv1.Action_builder{Name: m.name("action"), Description: m.maybe("description"), SecurityChecks: m.maybe("checks"), SensitiveData: m.maybe("data"),
			Interactions: m.maybe("interactions"), Input: m.maybe("input"), Output: m.maybe("output"), Phase: m.maybe("phase")}.Build()
		a.SetId(m.id("action", a.GetName()))
		for range m.intn(4, "steps") {
			a.SetSteps(append(a.GetSteps(), m.text("step")))
		}
		if len(names) > 0 {
			a.SetActorIds(names[m.intn(len(names), "first actor"):])
		}
		o.SetActions(append(o.GetActions(), a))
	}
	o.SetActionsNote(m.note("actions note", len(o.GetActions())))
	o.SetGoals(m.goals("goal"))
	o.SetGoalsNote(m.note("goals note", len(o.GetGoals())))
	o.SetNonGoals(m.goals("non-goal"))
	o.SetNonGoalsNote(m.note("non-goals note", len(o.GetNonGoals())))
	return o
}

func (m *maker) goals(kind string) []*reviewpkgv1.Goal {
	var out []*reviewpkgv1.Goal
	for k := range 3 {
		for range m.intn(3, kind+"s") {
			g := reviewpkgv1.Goal_builder{Text: m.text(kind), Kind: reviewpkgv1.GoalKind(k)}.Build() //nolint:gosec // few
			e := goalEntry(g.GetText())
			g.SetId(m.id(kind, goalName(&e)))
			out = append(out, g)
		}
	}
	return out
}

func (m *maker) components(kind string) []*reviewpkgv1.SecurityFunction {
	var out []*reviewpkgv1.SecurityFunction
	for range m.intn(3, kind) {
		c := reviewpkgv1.SecurityFunction_builder{Name: m.name(kind), Description: m.maybe("description"), Importance: m.maybe("importance")}.Build()
		if c.GetImportance() == c.GetDescription() {
			c.SetImportance("")
		}
		c.SetId(m.id(kind, c.GetName()))
		out = append(out, c)
	}
	return out
}

func (m *maker) compliance() *reviewpkgv1.Compliance {
	c := &reviewpkgv1.Compliance{}
	if m.is("compliance text") {
		c.SetText(m.prose("compliance"))
	}
	for range m.intn(3, "claims") {
		claim := reviewpkgv1.ComplianceClaim_builder{Standard: m.name("standard"), Relation: reviewpkgv1.ComplianceRelation(1 + m.intn(5, "relation")), //nolint:gosec // few
			Scope: m.plain("scope"), ValidatedBy: m.plain("validator"), Evidence: m.links("evidence", 2)}.Build()
		claim.SetId(m.id("claim", claim.GetStandard()))
		c.SetClaims(append(c.GetClaims(), claim))
		c.SetStatus(reviewpkgv1.ComplianceStatus_COMPLIANCE_STATUS_DECLARED)
	}
	if m.is("audit") {
		audit := reviewpkgv1.Audit_builder{Auditor: "Cure53", Report: reviewpkgv1.Link_builder{Title: "Cure53", Url: m.url("audit")}.Build()}.Build()
		if m.is("scope") {
			audit.GetReport().SetTitle("Report of Cure53")
			audit.SetScope("Two weeks in spring: [Report of Cure53](" + audit.GetReport().GetUrl() + ") on the hub.")
		}
		c.SetAudits([]*reviewpkgv1.Audit{audit})
	}
	return c
}

func (m *maker) development() *reviewpkgv1.DevelopmentPractices {
	d := &reviewpkgv1.DevelopmentPractices{}
	d.SetText(m.narrative("development"))
	if m.is("pipeline") {
		p := reviewpkgv1.DevelopmentPipeline_builder{Text: m.narrative("pipeline")}.Build()
		for _, q := range practices() {
			q.set(p, m.answer(q.name))
		}
		if m.is("reviewers") {
			p.SetRequiredReviewers(uint32(m.intn(5, "reviewers"))) //nolint:gosec // few
			p.SetSlsaBuildLevel(uint32(m.intn(5, "level")))        //nolint:gosec // few
		}
		if m.is("tools") {
			p.SetTools([]string{m.name("tool"), "go vet"})
		}
		p.SetReleaseProcess(rapid.SampledFrom([]string{"", ordinary[0], ordinary[1], ordinary[6]}).Draw(m.T, "release"))
		d.SetPipeline(p)
	}
	directions := []reviewpkgv1.ChannelDirection{1, 2, 3}
	if m.is("both directions") {
		directions = []reviewpkgv1.ChannelDirection{1, 4}
	}
	for _, direction := range directions {
		for range m.intn(3, "channels") {
			c := reviewpkgv1.Channel_builder{Direction: direction}.Build()
			if m.is("kind") {
				c.SetKind(m.line("kind"))
			}
			if m.is("address") {
				c.SetAddress(rapid.SampledFrom([]string{m.url("channel"), "crew@rope.example", "#rope-walk"}).Draw(m.T, "address"))
			}
			c.SetNote(m.maybe("channel note"))
			if c.GetNote() == "" && c.GetKind() == "" {
				c.SetKind("drum")
			}
			c.SetPrivate(m.is("private"))
			d.SetChannels(append(d.GetChannels(), c))
		}
	}
	d.SetChannelsNote(m.note("channels note", len(d.GetChannels())))
	d.SetEcosystem(m.narrative("ecosystem"))
	return d
}

func (m *maker) resolution() *reviewpkgv1.IssueResolution {
	r := &reviewpkgv1.IssueResolution{}
	r.SetText(m.narrative("resolution"))
	if m.is("disclosure") {
		d := reviewpkgv1.Disclosure_builder{Text: m.narrative("disclosure"), PrivateReporting: m.answer("private"), Distributors: m.maybe("distributors"), CvePolicy: m.maybe("numbers")}.Build()
		if m.is("policy") {
			d.SetPolicyUrl(m.url("policy"))
			d.SetContacts([]string{"crew@rope.example", "https://rope.example/report"})
		}
		if m.is("days") {
			d.SetEmbargoDays(uint32(m.intn(90, "embargo")))     //nolint:gosec // few
			d.SetAcknowledgeHours(uint32(m.intn(90, "answer"))) //nolint:gosec // few
		}
		r.SetDisclosure(d)
	}
	if m.is("response") {
		v := reviewpkgv1.VulnerabilityResponse_builder{Text: m.narrative("response"), Team: m.maybe("team")}.Build()
		if m.is("fix") {
			v.SetFixDays(uint32(m.intn(90, "fix"))) //nolint:gosec // few
		}
		r.SetVulnerabilityResponse(v)
	}
	if m.is("incident") {
		i := &reviewpkgv1.IncidentResponse{}
		i.SetText(m.narrative("incident"))
		for _, set := range []func(*reviewpkgv1.Narrative){i.SetTriage, i.SetConfirmation, i.SetNotification, i.SetPatching} {
			if m.is("phase") {
				set(m.prose("phase"))
			}
		}
		if m.is("playbook") {
			i.SetPlaybookUrl(m.url("playbook"))
		}
		r.SetIncidentResponse(i)
	}
	if m.is("closed") {
		r.SetClosedIssues(m.issues("closed", reviewpkgv1.KnownIssueStatus_KNOWN_ISSUE_STATUS_FIXED))
		r.SetClosedIssuesNote(m.note("closed note", len(r.GetClosedIssues())))
	}
	return r
}

// issues draws issues, each of which has a number of its own.
func (m *maker) issues(kind string, status reviewpkgv1.KnownIssueStatus) []*reviewpkgv1.KnownIssue {
	var out []*reviewpkgv1.KnownIssue
	for range m.intn(3, kind) {
		m.count++
		cve := "CVE-2021-" + itoa(10000+m.count)
		k := reviewpkgv1.KnownIssue_builder{Title: cve, VulnerabilityIds: []string{cve}, Description: m.plain("description"), Severity: reviewpkgv1.Level(m.intn(6, "severity")), //nolint:gosec // few
			AffectedVersions: m.versions("affected"), FixedVersions: m.versions("repaired"), Impact: m.plain("impact"), Status: status}.Build()
		if status == 0 {
			k.SetStatus(reviewpkgv1.KnownIssueStatus(m.intn(4, "state"))) //nolint:gosec // few
		}
		if d := m.date("published"); len(d.GetValue()) > 4 {
			k.SetPublished(d)
		}
		k.SetId(m.id(kind, cve))
		out = append(out, k)
	}
	return out
}

func (m *maker) versions(label string) string {
	return rapid.SampledFrom([]string{"", "< 1.2", "2.0 and later"}).Draw(m.T, label)
}

func (m *maker) appendix() *reviewpkgv1.Appendix {
	a := &reviewpkgv1.Appendix{}
	a.SetText(m.narrative("appendix"))
	a.SetKnownIssues(m.issues("issue", 0))
	a.SetKnownIssuesNote(m.note("issues note", len(a.GetKnownIssues())))
	for range m.intn(3, "badges") {
		m.count++
		b := reviewpkgv1.Badge_builder{Programme: "OpenSSF Best Practices", Url: "https://www.bestpractices.dev/projects/" + itoa(m.count)}.Build()
		b.SetLevel(rapid.SampledFrom([]string{"", "passing", "gold"}).Draw(m.T, "level"))
		b.SetScore(rapid.SampledFrom([]string{"", "102%", "8.1 / 10"}).Draw(m.T, "score"))
		a.SetBadges(append(a.GetBadges(), b))
	}
	a.SetBestPracticesNote(m.note("badges note", len(a.GetBadges())))
	for range m.intn(3, "case studies") {
		c := reviewpkgv1.CaseStudy_builder{Adopter: m.name("adopter"), Scenario: m.text("scenario")}.Build()
		c.SetLinks(linkMessages(c.GetScenario()))
		a.SetCaseStudies(append(a.GetCaseStudies(), c))
	}
	a.SetCaseStudiesNote(m.note("case studies note", len(a.GetCaseStudies())))
	a.SetReferences(m.links("reference", 2))
	for range m.intn(3, "related") {
		r := reviewpkgv1.RelatedProject_builder{Name: m.name("related"), Url: m.url("related"), Comparison: m.maybe("comparison")}.Build()
		a.SetRelatedProjects(append(a.GetRelatedProjects(), r))
	}
	a.SetRelatedProjectsNote(m.note("related note", len(a.GetRelatedProjects())))
	return a
}

func (m *maker) jointParts(a *reviewpkgv1.Assessment) {
	u := &reviewpkgv1.IntendedUse{}
	a.SetIntendedUse(u)
	u.SetText(m.narrative("intended use"))
	for range m.intn(3, "users") {
		u.SetTargetUsers(append(u.GetTargetUsers(), reviewpkgv1.PersonaUse_builder{Persona: m.maybe("persona"), ProjectTerm: m.name("term"), UseCase: m.text("use case")}.Build()))
	}
	u.SetTargetUsersNote(m.note("users note", len(u.GetTargetUsers())))
	u.SetOperation(m.narrative("operation"))
	a.SetDesign(reviewpkgv1.ProjectDesign_builder{Design: m.narrative("design"), Diagrams: m.narrative("diagrams")}.Build())
	a.SetConfiguration(reviewpkgv1.Configuration_builder{Text: m.narrative("configuration"), Default: m.narrative("default"), Secure: m.narrative("secure"), AdvancedSecure: m.narrative("advanced")}.Build())
	a.SetSecurityAnalysis(reviewpkgv1.SecurityAnalysis_builder{
		Text: m.narrative("analysis"), AttackerMotivations: m.narrative("motivations"), PredisposingConditions: m.narrative("conditions"), AttackerCapabilities: m.narrative("capabilities"),
		AttackRisksAndEffects: m.narrative("risks"), SecurityDegradation: m.narrative("degradation"), CompensatingMechanisms: m.narrative("mechanisms"),
		FailureModes: m.narrative("failure"), SecurityImpact: m.narrative("impact"),
	}.Build())
	a.SetHandsOn(reviewpkgv1.HandsOnAssessment_builder{Performed: m.answer("performed") % 3, Result: m.narrative("result")}.Build())
	r := &reviewpkgv1.Roadmap{}
	a.SetRoadmap(r)
	r.SetText(m.narrative("roadmap"))
	r.SetNextSteps(m.roadmap("step"))
	r.SetNextStepsNote(m.note("steps note", len(r.GetNextSteps())))
	r.SetFoundationRequests(m.roadmap("request"))
	r.SetFoundationRequestsNote(m.note("requests note", len(r.GetFoundationRequests())))
}

func (m *maker) roadmap(kind string) []*reviewpkgv1.RoadmapItem {
	var out []*reviewpkgv1.RoadmapItem
	for range m.intn(3, kind) {
		i := reviewpkgv1.RoadmapItem_builder{Text: m.text(kind), Trackers: m.trackers(kind)}.Build()
		e := goalEntry(i.GetText())
		i.SetId(m.id(kind, goalName(&e)))
		out = append(out, i)
	}
	return out
}

// joint adds what the joint assessment shows of the rest of the package.
func (m *maker) joint(p *reviewpkgv1.ReviewPackage) {
	for range m.intn(3, "hygiene") {
		p.GetJointReview().SetHygiene(append(p.GetJointReview().GetHygiene(), reviewpkgv1.HygieneItem_builder{Topic: "Knots", Aspect: m.name("aspect"), Status: m.line("status")}.Build()))
	}
	m.threats(p)
	for i := range m.intn(3, "findings") {
		f := reviewpkgv1.Finding_builder{
			Title: m.name("finding"), Kind: reviewpkgv1.FindingKind(5 * m.intn(2, "informational")), Description: m.line("weakness"), Discussion: m.line("discussion"), //nolint:gosec // few
			ImpactDescription: m.line("impact"), InSelfAssessment: m.answer("in self-assessment"), Likelihood: reviewpkgv1.Level(m.intn(6, "likelihood")), //nolint:gosec // few
			Impact: reviewpkgv1.Level(m.intn(6, "impact")), Overall: reviewpkgv1.Level(m.intn(6, "overall")), Recommendation: m.line("recommendation"), //nolint:gosec // few
			InvestigationResults: m.line("results"), Trackers: m.trackers("finding"), References: m.links("finding", 2), State: reviewpkgv1.FindingState(1 + m.intn(8, "state")), //nolint:gosec // few
			Origin: reviewpkgv1.FindingOrigin_FINDING_ORIGIN_THREAT_MODEL,
		}.Build()
		if m.is("classified") {
			f.SetNumber("F-" + itoa(i+1))
			f.SetStride([]reviewpkgv1.Stride{reviewpkgv1.Stride_STRIDE_SPOOFING, reviewpkgv1.Stride_STRIDE_INFORMATION_DISCLOSURE})
			f.SetCwes([]string{"CWE-79", "CWE-1"})
			f.SetAttackTechniques([]*reviewpkgv1.AttackTechnique{
				reviewpkgv1.AttackTechnique_builder{Tactic: "TA0001", Technique: "T1078.004", Name: "Boarding -> Borrowed keys"}.Build(),
				reviewpkgv1.AttackTechnique_builder{Technique: "T1078", Name: "Borrowed keys"}.Build(),
			})
			f.SetAffectedNames([]string{m.name("affected"), "Keel"})
			f.SetSeverityText("of the 2nd sort")
			f.SetSuggestedControls([]string{ordinary[0], ordinary[6]})
		}
		natural := m.ids.ID("finding", itoa(i+1))
		if f.SetId(natural); m.is("own id") {
			f.SetId(m.id("finding", f.GetTitle()))
		}
		p.SetFindings(append(p.GetFindings(), f))
	}
}

func (m *maker) threats(p *reviewpkgv1.ReviewPackage) {
	t := reviewpkgv1.ThreatModel_builder{Title: "Threat Model"}.Build()
	if m.is("matrix") {
		x := reviewpkgv1.ThreatMatrix_builder{Title: m.name("matrix"), Columns: []string{m.name("column"), "Pirates"}}.Build()
		x.SetId(m.ids.ID(m.prefix+"matrix", x.GetTitle()))
		for range 1 + m.intn(2, "rows") {
			r := reviewpkgv1.ThreatMatrixRow_builder{Victim: m.name("victim")}.Build()
			for range x.GetColumns() {
				c := reviewpkgv1.ThreatMatrixCell_builder{Status: reviewpkgv1.ThreatCellStatus(1 + m.intn(4, "status")), Text: m.name("cell")}.Build() //nolint:gosec // few
				if c.GetStatus() == reviewpkgv1.ThreatCellStatus_THREAT_CELL_STATUS_CONDITIONAL {
					c.SetCapability("ESCAPE")
				}
				if m.is("score") {
					c.SetScore(5.5)
				}
				if m.is("note") {
					c.SetNote(m.name("note"))
				}
				r.SetCells(append(r.GetCells(), c))
			}
			x.SetRows(append(x.GetRows(), r))
		}
		t.SetMatrices([]*reviewpkgv1.ThreatMatrix{x})
	}
	for i := range m.intn(3, "threats") {
		letter := i % len(strideWords)
		h := reviewpkgv1.Threat_builder{Number: "Threat-" + itoa(i+1) + "-" + string(strideWords[letter].letter), Title: m.name("threat"), Description: m.text("threat"), Application: m.maybe("application"),
			Stride: []reviewpkgv1.Stride{strideWords[letter].stride}}.Build()
		for range m.intn(3, "cases") {
			h.SetCases(append(h.GetCases(), m.text("case")))
		}
		for range m.intn(3, "mitigations") {
			h.SetMitigations(append(h.GetMitigations(), m.text("mitigation")))
		}
		h.SetId(m.id("threat", strings.TrimPrefix(strings.ToLower(h.GetNumber()), "threat-")))
		t.SetThreats(append(t.GetThreats(), h))
		t.SetMethods([]reviewpkgv1.ThreatMethod{reviewpkgv1.ThreatMethod_THREAT_METHOD_STRIDE})
	}
	for range m.intn(3, "attackers") {
		t.SetAttackerSets(append(t.GetAttackerSets(), reviewpkgv1.AttackerSet_builder{Members: []string{m.name("member"), "Pirate"}, Impact: m.line("impact"), Recovery: m.line("recovery")}.Build()))
	}
	for range m.intn(3, "data") {
		t.SetDataDictionary(append(t.GetDataDictionary(), reviewpkgv1.DataClass_builder{Name: m.name("data"), Classification: "For the crew", Comment: m.line("comment")}.Build()))
	}
	for range m.intn(3, "controls") {
		t.SetControlProposals(append(t.GetControlProposals(), reviewpkgv1.ControlProposal_builder{Threat: m.name("proposal"), Description: m.line("description"), Controls: m.line("controls"), References: m.links("control", 1)}.Build()))
	}
	if len(t.GetControlProposals()) > 0 {
		t.SetMethods(append(t.GetMethods(), reviewpkgv1.ThreatMethod_THREAT_METHOD_LIGHTWEIGHT))
	}
	if len(t.GetMatrices()) > 0 {
		t.SetMethods(append(t.GetMethods(), reviewpkgv1.ThreatMethod_THREAT_METHOD_MATRIX))
	}
	if len(t.GetThreats())+len(t.GetMatrices())+len(t.GetAttackerSets())+len(t.GetDataDictionary())+len(t.GetControlProposals()) == 0 {
		return
	}
	t.SetId(m.id("threat-model", ""))
	p.SetThreatModels([]*reviewpkgv1.ThreatModel{t})
	p.GetJointReview().GetSecurityAnalysis().SetThreatModelIds([]string{t.GetId()})
}

func (m *maker) summary(p *reviewpkgv1.ReviewPackage) {
	s := reviewpkgv1.Summary_builder{Completed: m.date("completed"), VersionReviewed: "v1.0_b", Background: m.narrative("background"), Text: m.narrative("summary"),
		Design: m.narrative("design"), Analysis: m.narrative("analysis"), RecommendationsNote: m.narrative("advice")}.Build()
	p.SetSummary(s)
	s.SetReviewerIds(m.people(p, reviewpkgv1.RoleKind_ROLE_KIND_SECURITY_REVIEWER))
	s.SetProjectSecurityLeadIds(m.people(p, reviewpkgv1.RoleKind_ROLE_KIND_PROJECT_SECURITY_LEAD))
	s.SetProjectTeamIds(m.people(p, reviewpkgv1.RoleKind_ROLE_KIND_PROJECT_TEAM))
	m.people(p, reviewpkgv1.RoleKind_ROLE_KIND_PROJECT_LEAD, reviewpkgv1.RoleKind_ROLE_KIND_OBSERVER, reviewpkgv1.RoleKind_ROLE_KIND_FACILITATOR, reviewpkgv1.RoleKind_ROLE_KIND_SCRIBE)
	if m.is("source code") {
		s.SetSourceCode([]*reviewpkgv1.Link{m.link("source")})
	}
	if m.is("website") {
		s.SetWebsite(m.url("summary website"))
		if m.project.GetWebsite() == "" {
			m.project.SetWebsite(s.GetWebsite())
		}
	}
	for range m.intn(3, "maturity") {
		s.SetMaturityItems(append(s.GetMaturityItems(), m.text("maturity")))
	}
	s.SetMaturity(m.note("maturity note", len(s.GetMaturityItems())))
	if m.is("tracking") {
		s.SetTrackingIssue(m.tracker("issue"))
		s.SetTrackingBoard(reviewpkgv1.Tracker_builder{Url: "https://github.com/orgs/quay/projects/1", Relation: reviewpkgv1.TrackerRelation_TRACKER_RELATION_TRACKS}.Build())
	}
	for _, audience := range []reviewpkgv1.Audience{reviewpkgv1.Audience_AUDIENCE_FOUNDATION, reviewpkgv1.Audience_AUDIENCE_PROJECT, reviewpkgv1.Audience_AUDIENCE_COMMUNITY} {
		for range m.intn(3, "recommendations") {
			r := reviewpkgv1.Recommendation_builder{Text: m.text("recommendation"), Audience: audience, Kind: reviewpkgv1.RecommendationKind_RECOMMENDATION_KIND_RECOMMENDATION,
				Trackers: m.trackers("recommendation"), Disposition: reviewpkgv1.Disposition(m.intn(9, "disposition"))}.Build() //nolint:gosec // few
			r.SetId(m.id("rec", nameOf(r.GetText(), 40)))
			for range m.intn(3, "points") {
				point := reviewpkgv1.Recommendation_builder{Text: m.text("point"), Audience: audience, Kind: r.GetKind()}.Build()
				point.SetId(m.ids.ID(r.GetId(), shorten(plainText(point.GetText()), 24)))
				r.SetPoints(append(r.GetPoints(), point))
			}
			p.SetRecommendations(append(p.GetRecommendations(), r))
		}
	}
}
