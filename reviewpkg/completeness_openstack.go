package reviewpkg

import (
	"fmt"
	"slices"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// assertions checks the eight things that an OpenStack security review states.
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

func (g *gaps) entryPoints(a *reviewpkgv1.Architecture) {
	g.part("All entry points")
	const list = "architecture.interfaces"
	isEntry := func(x *reviewpkgv1.Interface) bool { return x.GetEntryPoint() }
	g.check("EP1", list, slices.ContainsFunc(a.GetInterfaces(), isEntry) || a.GetNoEntryPointsStatement() != "",
		"name the entry points, or say why there are none")
	actors, components, touched := map[string]bool{}, map[string]bool{}, map[string]bool{}
	for _, actor := range a.GetActors() {
		actors[actor.GetId()] = true
	}
	for _, component := range a.GetComponents() {
		components[component.GetId()] = true
	}
	for i, x := range a.GetInterfaces() {
		at := key(list, i, x.GetId())
		touched[x.GetFromId()], touched[x.GetToId()] = true, true
		if actors[x.GetFromId()] && components[x.GetToId()] {
			g.check("EP4", at+".entry_point", x.GetEntryPoint(), "an interface from an actor to a component is an entry point")
		}
		if !x.GetEntryPoint() {
			continue
		}
		g.check("EP3", at+".transport.protocol", x.GetTransport().GetProtocol() != "" && authenticated(x),
			"state protocol and authentication of the entry point")
		g.check("EP5", at+".compromise_impact", x.GetCompromiseImpact() != "" || x.GetOutOfScopeReason() != "",
			"say what a successful attack would mean, or why it is out of scope")
	}
	for i, component := range a.GetComponents() {
		g.advise("EP6", key("architecture.components", i, component.GetId()), touched[component.GetId()], "no interface touches the component")
	}
	for i, actor := range a.GetActors() {
		g.advise("EP7", key("architecture.actors", i, actor.GetId()), touched[actor.GetId()], "the actor starts nothing")
	}
}

// authenticated reports whether it is known how the ends know one another.
func authenticated(x *reviewpkgv1.Interface) bool {
	m := x.GetAuthentication().GetMechanism()
	return m != reviewpkgv1.AuthenticationMechanism_AUTHENTICATION_MECHANISM_UNSPECIFIED &&
		m != reviewpkgv1.AuthenticationMechanism_AUTHENTICATION_MECHANISM_UNKNOWN
}

func (g *gaps) assetsAtRisk(a *reviewpkgv1.Architecture) {
	g.part("Assets at risk")
	const list = "architecture.data_assets"
	g.check("AS1", list, len(a.GetDataAssets()) > 0, "name the assets at risk")
	for i, asset := range a.GetDataAssets() {
		at := key(list, i, asset.GetId())
		g.impact(at, asset, "confidentiality", reviewpkgv1.SecurityProperty_SECURITY_PROPERTY_CONFIDENTIALITY, asset.GetConfidentiality())
		g.impact(at, asset, "integrity", reviewpkgv1.SecurityProperty_SECURITY_PROPERTY_INTEGRITY, asset.GetIntegrity())
		g.impact(at, asset, "availability", reviewpkgv1.SecurityProperty_SECURITY_PROPERTY_AVAILABILITY, asset.GetAvailability())
		g.check("AS4", at+".category", asset.GetCategory() != 0, "say what kind of asset it is")
	}
}

// impact checks that a property of an asset has a rating or a statement.
func (g *gaps) impact(at string, asset *reviewpkgv1.DataAsset, name string, property reviewpkgv1.SecurityProperty, rating reviewpkgv1.Level) {
	stated := slices.ContainsFunc(asset.GetImpacts(), func(s *reviewpkgv1.ImpactStatement) bool { return s.GetProperty() == property })
	g.check("AS2", at+".impacts", stated || rating != 0 || asset.GetImpactNotModelledReason() != "",
		fmt.Sprintf("say what the loss of %s of %s would mean", name, quote(asset.GetName())))
}

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
// if the form asks for one.
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

func (g *gaps) dataFlow(a *reviewpkgv1.Architecture) {
	g.part("How data travels")
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
		if x.GetCrossesTrustBoundary() || x.GetTransport().GetEncrypted() == reviewpkgv1.Answer_ANSWER_NO {
			g.check("DF5", at+".authentication", (authenticated(x) && x.GetCompromiseImpact() != "") || scoped,
				"an interface that crosses a trust boundary or is not encrypted needs authentication and impact")
		}
		g.check("DF7", at, drawn[x.GetId()], "show the interface on a diagram")
		for _, flow := range x.GetFlows() {
			travels[flow.GetAssetId()] = true
		}
	}
	for i, asset := range a.GetDataAssets() {
		g.advise("DF6", key("architecture.data_assets", i, asset.GetId()), travels[asset.GetId()], "the asset travels over no interface")
	}
}
