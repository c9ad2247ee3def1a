package reviewpkg

import (
	"fmt"
	"slices"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// assertions checks the eight things that an OpenStack security review states, a
// part for each, in the order in which the process lists them. The codes are
// those of the rules of the reference. A rule that is an error has no check here:
// [Diagnose] reports it in any package, complete or not.
func (g *gaps) assertions(p *reviewpkgv1.ReviewPackage) {
	a := p.GetArchitecture()
	g.entryPoints(a)
	g.assetsAtRisk(a)
	g.dataPersistence(a)
	g.dataFlow(a)
	g.formats(a)
	g.dependencies(a)
	g.agreedFindings(p)
	g.interactions(a)
}

// entryPoints checks that the ways in are named, and what an attacker meets
// there. An interface from an actor to a component is always one; that other
// interfaces let data in, only the author can tell.
func (g *gaps) entryPoints(a *reviewpkgv1.Architecture) {
	g.part("All entry points")
	const list = "architecture.interfaces"
	isEntry := func(x *reviewpkgv1.Interface) bool { return x.GetEntryPoint() }
	g.check("EP1", list, slices.ContainsFunc(a.GetInterfaces(), isEntry) || a.GetNoEntryPointsStatement() != "",
		"name the entry points, or say why there are none")
	actors, components := map[string]bool{}, map[string]bool{}
	starts, touched := map[string]bool{}, map[string]bool{}
	for _, actor := range a.GetActors() {
		actors[actor.GetId()] = true
	}
	for _, component := range a.GetComponents() {
		components[component.GetId()] = true
	}
	for i, x := range a.GetInterfaces() {
		at := key(list, i, x.GetId())
		starts[x.GetFromId()], touched[x.GetFromId()], touched[x.GetToId()] = true, true, true
		// EP4 is asked before EP3: an interface that should be an entry point and is
		// not flagged would otherwise escape the questions about entry points.
		if actors[x.GetFromId()] && components[x.GetToId()] {
			g.check("EP4", at+".entry_point", x.GetEntryPoint(), "an interface from an actor to a component is an entry point")
		}
		if !x.GetEntryPoint() {
			continue
		}
		g.checkAll("EP3", at, "state protocol and authentication of the entry point",
			need{"transport.protocol", x.GetTransport().GetProtocol() != ""}, need{"authentication", authenticated(x)})
		g.check("EP5", at+".compromise_impact", x.GetCompromiseImpact() != "" || x.GetOutOfScopeReason() != "",
			"say what a successful attack would mean, or why it is out of scope")
	}
	for i, component := range a.GetComponents() {
		g.advise("EP6", key("architecture.components", i, component.GetId()), touched[component.GetId()], "no interface touches the component")
	}
	for i, actor := range a.GetActors() {
		g.advise("EP7", key("architecture.actors", i, actor.GetId()), starts[actor.GetId()], "the actor starts nothing")
	}
}

// authenticated reports whether it is known how the ends know one another. That
// they do not is an answer, with the reason that the model asks for; UNKNOWN is
// a gap.
func authenticated(x *reviewpkgv1.Interface) bool {
	m := x.GetAuthentication().GetMechanism()
	return m != reviewpkgv1.AuthenticationMechanism_AUTHENTICATION_MECHANISM_UNSPECIFIED &&
		m != reviewpkgv1.AuthenticationMechanism_AUTHENTICATION_MECHANISM_UNKNOWN
}

// assetsAtRisk checks that assets are named with what their loss would mean. That
// a backup has consequences of its own is advice (AS3), as in the reference: who
// loses a backup may lose more than what is in use.
func (g *gaps) assetsAtRisk(a *reviewpkgv1.Architecture) {
	g.part("Assets at risk")
	const list = "architecture.data_assets"
	g.check("AS1", list, len(a.GetDataAssets()) > 0, "name the assets at risk")
	for i, asset := range a.GetDataAssets() {
		at := key(list, i, asset.GetId())
		g.impact(at, asset, "confidentiality", reviewpkgv1.SecurityProperty_SECURITY_PROPERTY_CONFIDENTIALITY, asset.GetConfidentiality())
		g.impact(at, asset, "integrity", reviewpkgv1.SecurityProperty_SECURITY_PROPERTY_INTEGRITY, asset.GetIntegrity())
		g.impact(at, asset, "availability", reviewpkgv1.SecurityProperty_SECURITY_PROPERTY_AVAILABILITY, asset.GetAvailability())
		for _, place := range asset.GetPersistence() {
			own := slices.ContainsFunc(asset.GetImpacts(), func(s *reviewpkgv1.ImpactStatement) bool { return s.GetPersistenceId() == place.GetId() })
			g.advise("AS3", at+".impacts", own || !place.GetBackup(), fmt.Sprintf("say what the loss of the backup of %s would mean", quote(asset.GetName())))
		}
		g.check("AS4", at+".category", asset.GetCategory() != 0, "say what kind of asset it is")
	}
}

// impact checks that a property of an asset has a rating or a statement. Of the
// 57 cells of barbican's impact analysis 15 are empty, so that each is counted
// on its own.
func (g *gaps) impact(at string, asset *reviewpkgv1.DataAsset, name string, property reviewpkgv1.SecurityProperty, rating reviewpkgv1.Level) {
	stated := slices.ContainsFunc(asset.GetImpacts(), func(s *reviewpkgv1.ImpactStatement) bool { return s.GetProperty() == property })
	g.check("AS2", at+".impacts", stated || rating != 0 || asset.GetImpactNotModelledReason() != "",
		fmt.Sprintf("say what the loss of %s of %s would mean", name, quote(asset.GetName())))
}

// dataPersistence checks each place of each asset. A place that is told in words
// alone is valid and still a gap: nobody can follow words to a component.
func (g *gaps) dataPersistence(a *reviewpkgv1.Architecture) {
	g.part("Where data is persisted")
	used := map[string]bool{}
	for i, asset := range a.GetDataAssets() {
		at := key("architecture.data_assets", i, asset.GetId())
		g.check("PE1", at+".persistence", len(asset.GetPersistence()) > 0 || asset.GetNotPersistedReason() != "",
			fmt.Sprintf("say where %s is persisted, or why it is not", quote(asset.GetName())))
		for j, place := range asset.GetPersistence() {
			at := key(at+".persistence", j, place.GetId())
			used[place.GetLocationId()] = true
			g.check("PE2", at+".location_id", place.GetLocationId() != "", "name the component or dependency that holds it")
			g.check("PE3", at+".form", formKnown(place), "say in what form it rests, and under which key if it is encrypted")
		}
	}
	for i, component := range a.GetComponents() {
		g.advise("PE4", key("architecture.components", i, component.GetId()), !isStore(component) || used[component.GetId()],
			"the store holds no asset")
	}
}

// formKnown reports whether the form of a stored asset is known, and the key
// if the form asks for one. "Encrypted" alone tells little: 10 of the 14 stored
// assets of barbican say no form at all, and the question behind it is always
// who holds the key.
func formKnown(place *reviewpkgv1.Persistence) bool {
	switch place.GetForm() {
	case reviewpkgv1.StorageForm_STORAGE_FORM_UNSPECIFIED:
		return false
	case reviewpkgv1.StorageForm_STORAGE_FORM_ENCRYPTED, reviewpkgv1.StorageForm_STORAGE_FORM_WRAPPED:
		return place.GetProtectedById() != ""
	default:
		return true
	}
}

// isStore reports whether a component is there to hold data. Queues, caches and
// hosts may hold an asset, and often hold none that outlives a request.
func isStore(c *reviewpkgv1.Component) bool {
	switch c.GetKind() {
	case reviewpkgv1.ComponentKind_COMPONENT_KIND_DATABASE,
		reviewpkgv1.ComponentKind_COMPONENT_KIND_CONFIG_FILE,
		reviewpkgv1.ComponentKind_COMPONENT_KIND_FILE_STORE:
		return true
	default:
		return false
	}
}

// dataFlow checks that each interface says what travels over it, and how. Only
// TLS is named for 6 of barbican's 19 interfaces, which tells how the bytes are
// kept secret and not what they mean.
func (g *gaps) dataFlow(a *reviewpkgv1.Architecture) {
	g.part("How data travels")
	// An interface may be on any of the diagrams.
	drawn, travels := map[string]bool{}, map[string]bool{}
	for _, d := range a.GetDiagrams() {
		for _, id := range d.GetInterfaceIds() {
			drawn[id] = true
		}
	}
	for i, x := range a.GetInterfaces() {
		at := key("architecture.interfaces", i, x.GetId())
		scoped := x.GetOutOfScopeReason() != ""
		g.check("DF3", at+".transport.protocol", x.GetTransport().GetProtocol() != "", "name the protocol apart from the layer that secures it")
		g.check("DF4", at+".flows", len(x.GetFlows()) > 0 || scoped, "name the assets that travel, or say why it is out of scope")
		// OpenStack's guide says which interfaces need a closer look: those that
		// cross a boundary or can be listened to. Others need none.
		if x.GetCrossesTrustBoundary() || x.GetTransport().GetEncrypted() == reviewpkgv1.Answer_ANSWER_NO {
			g.checkAll("DF5", at, "an interface that crosses a trust boundary or is not encrypted needs authentication and impact",
				need{"authentication", authenticated(x) || scoped}, need{"compromise_impact", x.GetCompromiseImpact() != "" || scoped})
		}
		g.check("DF7", "architecture.diagrams", drawn[x.GetId()], fmt.Sprintf("show interface %s on a diagram", quote(x.GetId())))
		for _, flow := range x.GetFlows() {
			travels[flow.GetAssetId()] = true
		}
	}
	for i, asset := range a.GetDataAssets() {
		g.advise("DF6", key("architecture.data_assets", i, asset.GetId()), travels[asset.GetId()], "the asset travels over no interface")
	}
}
