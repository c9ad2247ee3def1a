package openstack_test

import (
	"fmt"
	"strings"

	"pgregory.net/rapid"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// A generator draws packages that hold only what pages can hold, with texts that
// try to be markup.
type generator struct {
	*rapid.T
	n    int // names drawn so far
	text *rapid.Generator[string]
	// what references may lead to
	ends, assets, variants []string
}

// hostile are texts that are markup in reStructuredText, or in the dialect of
// the pages.
var hostile = []string{
	"- item", "* item", "• item", "1. item", "#. item", "12) item", "(a) item", "a. b", "iv. b", "====", "----", "~~~~", "::", "text::", ".. image:: x.png",
	".. id: asset-x", "..", "|", "| bar", "|sub|", "*emphasis*", "**Status**: Reviewed", "**TODO**", "`link <https://example.org>`_", "``code \\ it``",
	"ref_", "_x", "[0]_", "[KMIP] first", "[Total fail]", "<TODO>", "<link to launchpad bug for this finding>", "name - irc handle", "notes", "TODO",
	"Risk: x", "Impact: High", "- Impact: High", "Integrity Failure Impact: x", "Note: x", "Out of scope: x", "a -> b", "a->b", "x - persisted in y",
	"persisted in z", "One of the following:", "is it out of scope?", "who knows?", "back\\slash", "\\", "\\ ", " leading", "trailing ", "  two  spaces  ",
	"\ttab\t", "two\nlines", "a\n\nb", "a\n\n\nb", "\n", "\n\n", "Heading\n=======", "- a\n- b", "a\n- b", "| a\n| b", "x:\n\n- y", "Components\n~~~~~~~~~~",
	"ünïcödé", "日本語", "e\u0301", "\u202e", "\x7f", ">>> x", "+---+\n| a |\n+---+", ":field: x", "-a  option", "__ x", "A (B) [C] {D} \"E\" 'F'",
	"Lorem: ipsum, dolor; sit. Amet - consectetur (adipiscing) elit/sed", strings.Repeat("a long line of words - with a dash and 1. a number ", 6),
	strings.Repeat("x", 200), "https://example.org/a_b_?c=*d*#e_", "None at all", "5. ", "x (response)", "response", "both ways", "over TLS", "TLS", "a over b",
}

func newGenerator(t *rapid.T) *generator {
	word := rapid.StringMatching("[A-Za-z]{1,9}( [a-z]{1,9}){0,20}")
	return &generator{T: t, text: rapid.OneOf(word, word, rapid.SampledFrom(hostile),
		rapid.Custom(func(t *rapid.T) string {
			return rapid.SampledFrom(hostile).Draw(t, "a") + rapid.SampledFrom([]string{"", " ", "\n", "\n\n"}).Draw(t, "between") + rapid.SampledFrom(hostile).Draw(t, "b")
		}))}
}

func (g *generator) bool() bool { return rapid.Bool().Draw(g.T, "flag") }

func (g *generator) count(most int) int { return rapid.IntRange(0, most).Draw(g.T, "count") }

func (g *generator) words() string { return g.text.Draw(g.T, "text") }

func (g *generator) maybe() string {
	if g.bool() {
		return ""
	}
	return g.words()
}

// name draws a name of one line that no other item has.
func (g *generator) name() string {
	g.n++
	return strings.Trim(fmt.Sprintf("n%d %s", g.n, strings.ReplaceAll(g.words(), "\n", " ")), " \t")
}

// id draws an id that is not one the reader would make.
func (g *generator) id() string {
	g.n++
	return rapid.SampledFrom([]string{"x", "asset-a", "Part.", "finding-1_", "file-architecture-page-rst"}).Draw(g.T, "id") + fmt.Sprint(g.n)
}

func (g *generator) names(most int) []string {
	var out []string
	for range g.count(most) {
		out = append(out, g.name())
	}
	return out
}

func pick[E ~int32](g *generator, last E) E {
	return E(rapid.Int32Range(0, int32(last)).Draw(g.T, "value"))
}

func (g *generator) some(from []string, most int) []string {
	var out []string
	seen := map[string]bool{}
	for range g.count(most) {
		if len(from) == 0 {
			break
		}
		if id := rapid.SampledFrom(from).Draw(g.T, "reference"); !seen[id] {
			seen[id] = true
			out = append(out, id)
		}
	}
	return out
}

// review draws a package.
func (g *generator) review() *reviewpkgv1.ReviewPackage {
	project := reviewpkgv1.Project_builder{Name: g.name()}.Build()
	if g.bool() {
		project.SetVersion(g.name())
		project.SetRelease(g.name())
	}
	p := reviewpkgv1.ReviewPackage_builder{
		Schema: "reviewpkg.v1.ReviewPackage", Id: "the-package", Project: project, Status: reviewpkgv1.PackageStatus_PACKAGE_STATUS_DRAFT,
		Processes: []reviewpkgv1.ReviewProcess{reviewpkgv1.ReviewProcess_REVIEW_PROCESS_OPENSTACK},
	}.Build()
	title := "Security review of " + project.GetName()
	if project.GetVersion() != "" {
		title += " " + project.GetVersion() + " (" + project.GetRelease() + ")"
	}
	p.SetTitle(title)
	for range g.count(3) {
		p.SetPeople(append(p.GetPeople(), g.person()))
	}
	p.SetArchitecture(g.architecture(p))
	for i := range g.count(3) {
		p.SetFindings(append(p.GetFindings(), g.finding(i)))
	}
	for i := range g.count(2) {
		p.SetRecommendations(append(p.GetRecommendations(), reviewpkgv1.Recommendation_builder{
			Id: g.id(), Number: fmt.Sprint(i + 1), Title: g.name(), Text: g.words(), Audience: 1 + pick(g, reviewpkgv1.Audience_AUDIENCE_COMMUNITY),
			Disposition: pick(g, reviewpkgv1.Disposition_DISPOSITION_NOT_APPLICABLE), DispositionText: g.maybe(),
		}.Build()))
	}
	g.record(p)
	return p
}

func (g *generator) person() *reviewpkgv1.Person {
	person := reviewpkgv1.Person_builder{Id: g.id(), Name: g.name()}.Build()
	if g.bool() {
		g.n++
		person.SetHandles([]*reviewpkgv1.Handle{reviewpkgv1.Handle_builder{System: "irc", Name: fmt.Sprintf("nick_%d-", g.n)}.Build()})
	}
	for _, kind := range []reviewpkgv1.RoleKind{reviewpkgv1.RoleKind_ROLE_KIND_PROJECT_LEAD, reviewpkgv1.RoleKind_ROLE_KIND_ARCHITECT, reviewpkgv1.RoleKind_ROLE_KIND_SECURITY_REVIEWER} {
		if g.bool() || kind == reviewpkgv1.RoleKind_ROLE_KIND_SECURITY_REVIEWER {
			role := reviewpkgv1.Role_builder{Kind: kind}.Build()
			if kind == reviewpkgv1.RoleKind_ROLE_KIND_PROJECT_LEAD && g.bool() {
				role.SetTitle("PTL")
			}
			person.SetRoles(append(person.GetRoles(), role))
		}
	}
	return person
}

// record draws the header of the findings page, and notes.
func (g *generator) record(p *reviewpkgv1.ReviewPackage) {
	review := reviewpkgv1.ReviewRecord_builder{
		Status: reviewpkgv1.FindingsStatus_FINDINGS_STATUS_DRAFT,
		Date:   reviewpkgv1.Date_builder{Value: "2016-08-18", Raw: rapid.SampledFrom([]string{"", "08/18/2016"}).Draw(g.T, "date")}.Build(),
	}.Build()
	if g.bool() {
		review.SetBody(reviewpkgv1.ReviewBody_builder{Name: g.name(), Kind: reviewpkgv1.ReviewBodyKind_REVIEW_BODY_KIND_THIRD_PARTY}.Build())
		review.SetRoute(reviewpkgv1.ReviewRoute_REVIEW_ROUTE_THIRD_PARTY)
	}
	if g.bool() {
		notes := reviewpkgv1.ReviewNotes_builder{ArchitectureWalkthrough: g.maybe(), FlowWalkthrough: g.maybe(), Status: 1}.Build()
		for range g.count(2) {
			notes.SetAbuseCases(append(notes.GetAbuseCases(), g.words()))
			notes.SetActions(append(notes.GetActions(), reviewpkgv1.ActionItem_builder{Id: g.id(), Text: g.words()}.Build()))
		}
		if len(p.GetPeople()) > 0 {
			last := p.GetPeople()[0]
			last.SetRoles(append(last.GetRoles(), reviewpkgv1.Role_builder{Kind: reviewpkgv1.RoleKind_ROLE_KIND_ATTENDEE, Title: g.name()}.Build()))
			notes.SetAttendeeIds([]string{last.GetId()})
		}
		review.SetNotes(notes)
	}
	p.SetReview(review)
}

func (g *generator) finding(i int) *reviewpkgv1.Finding {
	f := reviewpkgv1.Finding_builder{
		Id: g.id(), Number: fmt.Sprint(i + 1), Title: g.name(), Description: g.maybe(), ImpactDescription: g.maybe(),
		Likelihood: pick(g, reviewpkgv1.Level_LEVEL_VERY_HIGH), Impact: pick(g, reviewpkgv1.Level_LEVEL_VERY_HIGH), Overall: pick(g, reviewpkgv1.Level_LEVEL_VERY_HIGH),
		State: 1 + pick(g, reviewpkgv1.FindingState_FINDING_STATE_MITIGATED), Recommendation: g.maybe(), InvestigationResults: g.maybe(),
		Discussion: g.maybe(), RatingRationale: g.maybe(), AffectedNames: g.names(2), VariantIds: g.some(g.variants, 2),
	}.Build()
	if g.bool() && f.GetLikelihood() != 0 {
		f.SetLikelihoodMax(reviewpkgv1.Level_LEVEL_VERY_HIGH)
	}
	if g.bool() {
		f.SetTrackers([]*reviewpkgv1.Tracker{reviewpkgv1.Tracker_builder{Url: "https://bugs.example.org/+bug/1_", Relation: reviewpkgv1.TrackerRelation_TRACKER_RELATION_TRACKS}.Build()})
	}
	return f
}

func (g *generator) architecture(p *reviewpkgv1.ReviewPackage) *reviewpkgv1.Architecture {
	a := reviewpkgv1.Architecture_builder{
		Status:  reviewpkgv1.PageStatus_PAGE_STATUS_DRAFT,
		Purpose: reviewpkgv1.Narrative_builder{Text: g.words()}.Build(),
	}.Build()
	if g.bool() {
		a.SetChanges(reviewpkgv1.Narrative_builder{Text: g.words()}.Build())
	}
	var list []*reviewpkgv1.Variant
	for range g.count(2) {
		list = append(list, reviewpkgv1.Variant_builder{Id: g.id(), Name: rapid.SampledFrom([]string{"PKCS#11", "KMIP, X", "the [odd] one", `with "quotes"`, "a\\b"}).Draw(g.T, "variant") + fmt.Sprint(g.n), Reviewed: g.bool()}.Build())
		g.variants = append(g.variants, list[len(list)-1].GetId())
	}
	if len(list) > 0 {
		a.SetDeployment(reviewpkgv1.Deployment_builder{Variants: list}.Build())
	}
	g.parts(p, a)
	g.things(a)
	for i := range g.count(3) {
		a.SetInterfaces(append(a.GetInterfaces(), g.iface(i, a)))
	}
	for range g.count(2) {
		a.SetResources(append(a.GetResources(), reviewpkgv1.Link_builder{Title: rapid.SampledFrom([]string{"", "Wiki: the *best*", "a <b>"}).Draw(g.T, "title"), Url: "https://example.org/a_b", Note: g.maybe()}.Build()))
		a.SetControls(append(a.GetControls(), reviewpkgv1.ControlSummary_builder{Property: 1 + pick(g, reviewpkgv1.SecurityProperty_SECURITY_PROPERTY_AUTHORIZATION), Text: g.words()}.Build()))
	}
	return a
}

// parts draws actors, dependencies and components.
func (g *generator) parts(p *reviewpkgv1.ReviewPackage, a *reviewpkgv1.Architecture) {
	for range g.count(2) {
		x := reviewpkgv1.SystemActor_builder{
			Id: g.id(), Name: g.name(), Aliases: g.names(2), Description: g.maybe(), Kind: pick(g, reviewpkgv1.ActorKind_ACTOR_KIND_ATTACKER),
			MaliceOutOfScope: g.bool(), ScopeRationale: g.maybe(),
		}.Build()
		a.SetActors(append(a.GetActors(), x))
		a.SetUseCases(append(a.GetUseCases(), reviewpkgv1.UseCase_builder{Id: g.id(), ActorId: rapid.SampledFrom([]string{"", x.GetId()}).Draw(g.T, "actor"), Description: g.words()}.Build()))
	}
	for range g.count(2) {
		d := reviewpkgv1.ExternalDependency_builder{
			Id: g.id(), Name: g.name(), Aliases: g.names(2), Purpose: g.maybe(), ImpactIfCompromised: g.maybe(),
			Kind: pick(g, reviewpkgv1.DependencyKind_DEPENDENCY_KIND_CONFIGURATION), VariantIds: g.some(g.variants, 2),
		}.Build()
		if g.bool() {
			x := reviewpkgv1.Assumption_builder{Id: g.id(), Statement: g.words(), Party: reviewpkgv1.Party_PARTY_UPSTREAM, Counterpart: d.GetName()}.Build()
			p.SetAssumptions(append(p.GetAssumptions(), x))
			d.SetAssumptionIds([]string{x.GetId()})
		}
		a.SetExternalDependencies(append(a.GetExternalDependencies(), d))
	}
	for range 1 + g.count(2) {
		c := reviewpkgv1.Component_builder{
			Id: g.id(), Name: g.name(), Aliases: g.names(2), Purpose: g.maybe(), Technology: g.maybe(), Optional: g.bool(),
			Kind: pick(g, reviewpkgv1.ComponentKind_COMPONENT_KIND_APPLIANCE), Hosting: pick(g, reviewpkgv1.Hosting_HOSTING_OUTSIDE_CLOUD),
			ExposedProtocols: g.names(2), VariantIds: g.some(g.variants, 2),
		}.Build()
		a.SetComponents(append(a.GetComponents(), c))
		g.ends = append(g.ends, c.GetId())
	}
}

// things draws data assets.
func (g *generator) things(a *reviewpkgv1.Architecture) {
	for range g.count(3) {
		x := reviewpkgv1.DataAsset_builder{
			Id: g.id(), Name: g.name(), Aliases: g.names(2), Description: g.maybe(), Category: pick(g, reviewpkgv1.AssetCategory_ASSET_CATEGORY_SERVICE),
			Integrity: pick(g, reviewpkgv1.Level_LEVEL_VERY_HIGH), VariantIds: g.some(g.variants, 2),
		}.Build()
		var about []string
		for range g.count(2) {
			y := reviewpkgv1.Persistence_builder{Id: g.id(), VariantIds: g.some(g.variants, 1), Backup: g.bool()}.Build()
			if g.bool() {
				y.SetLocationText(g.name())
				y.SetNote(g.maybe())
				y.SetForm(pick(g, reviewpkgv1.StorageForm_STORAGE_FORM_NON_EXTRACTABLE))
				about = append(about, y.GetId())
			} else {
				y.SetLocationId(rapid.SampledFrom(g.ends).Draw(g.T, "place"))
			}
			x.SetPersistence(append(x.GetPersistence(), y))
		}
		if len(x.GetPersistence()) == 0 {
			x.SetNotPersistedReason(g.maybe())
		}
		for range g.count(3) {
			s := reviewpkgv1.ImpactStatement_builder{
				Property:  1 + pick(g, reviewpkgv1.SecurityProperty_SECURITY_PROPERTY_INTEGRITY),
				Narrative: g.words(), Severity: pick(g, reviewpkgv1.Level_LEVEL_VERY_HIGH), VariantIds: g.some(g.variants, 2), OutOfScopeReason: g.maybe(),
			}.Build()
			if len(about) > 0 && g.bool() {
				s.SetPersistenceId(rapid.SampledFrom(about).Draw(g.T, "about"))
			}
			x.SetImpacts(append(x.GetImpacts(), s))
		}
		if len(x.GetImpacts()) == 0 {
			x.SetImpactNotModelledReason(g.maybe())
		}
		for range g.count(2) {
			x.SetNotes(append(x.GetNotes(), g.words()))
		}
		a.SetDataAssets(append(a.GetDataAssets(), x))
		g.assets = append(g.assets, x.GetId())
	}
}

func (g *generator) iface(i int, a *reviewpkgv1.Architecture) *reviewpkgv1.Interface {
	from := []string{}
	for _, x := range a.GetActors() {
		from = append(from, x.GetId())
	}
	for _, x := range a.GetExternalDependencies() {
		from = append(from, x.GetId())
	}
	x := reviewpkgv1.Interface_builder{
		Id: g.id(), Number: rapid.SampledFrom([]string{"", fmt.Sprint(i + 1), "4.5", "IF: 7"}).Draw(g.T, "number"), Label: g.maybe(),
		FromId: rapid.SampledFrom(append(from, g.ends[0])).Draw(g.T, "from"), ToId: g.ends[len(g.ends)-1],
		CompromiseImpact: g.maybe(), Description: g.maybe(), OutOfScopeReason: g.maybe(), OpenQuestions: g.names(2), Condition: g.maybe(),
		EntryPoint: g.bool(), CrossesTrustBoundary: g.bool(), Confidentiality: pick(g, reviewpkgv1.Level_LEVEL_VERY_HIGH), VariantIds: g.some(g.variants, 2),
	}.Build()
	if x.GetFromId() == x.GetToId() {
		a.SetActors(append(a.GetActors(), reviewpkgv1.SystemActor_builder{Id: g.id(), Name: g.name()}.Build()))
		x.SetFromId(a.GetActors()[len(a.GetActors())-1].GetId())
	}
	if g.bool() {
		x.SetTransport(reviewpkgv1.Transport_builder{Protocol: g.words(), SecuredBy: rapid.SampledFrom([]string{"", "TLS", "NTL", "a over b"}).Draw(g.T, "layer"), Port: g.maybe()}.Build())
	}
	if g.bool() {
		x.SetAuthentication(reviewpkgv1.Authentication_builder{Mechanism: reviewpkgv1.AuthenticationMechanism_AUTHENTICATION_MECHANISM_TOKEN, Detail: g.maybe()}.Build())
	}
	for _, id := range g.some(g.assets, 3) {
		x.SetFlows(append(x.GetFlows(), reviewpkgv1.Flow_builder{AssetId: id, Direction: 1 + pick(g, reviewpkgv1.FlowDirection_FLOW_DIRECTION_RESPONSE), Note: strings.Trim(strings.ReplaceAll(g.maybe(), "\n", " "), " \t")}.Build()))
	}
	return x
}
