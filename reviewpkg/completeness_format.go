package reviewpkg

import (
	"fmt"
	"slices"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// formats checks that each format is named, in flight and at rest: whoever knows
// the formats knows the parsers that an attacker reaches.
func (g *gaps) formats(a *reviewpkgv1.Architecture) {
	g.part("Data formats and transformations")
	// Not a rule of the reference, but where the answers to the next two begin.
	g.check("FM0", "architecture.data_formats", len(a.GetDataFormats()) > 0, "name the formats that data has")
	for i, x := range a.GetInterfaces() {
		at := key("architecture.interfaces", i, x.GetId())
		for j, flow := range x.GetFlows() {
			g.check("FM1", fmt.Sprintf("%s.flows[%d].format_id", at, j), flow.GetFormatId() != "", "name the format the asset has on the way")
		}
	}
	for i, asset := range a.GetDataAssets() {
		at := key("architecture.data_assets", i, asset.GetId())
		for j, place := range asset.GetPersistence() {
			g.check("FM2", key(at+".persistence", j, place.GetId())+".format_id", place.GetFormatId() != "", "name the format the asset rests in")
		}
		// An asset that rests as it came needs no transformation.
		if !changesForm(asset) {
			continue
		}
		changed := slices.ContainsFunc(a.GetTransformations(), func(t *reviewpkgv1.Transformation) bool {
			return protects(t) && (t.GetInputAssetId() == asset.GetId() || t.GetOutputAssetId() == asset.GetId())
		})
		g.check("FM3", "architecture.transformations", changed,
			fmt.Sprintf("say where %s is changed into the form it is stored in", quote(asset.GetName())))
	}
	g.parsers(a)
}

// protects reports whether a transformation gives an asset a form that can be
// stored in its place. To parse or to validate an asset changes nothing at rest.
func protects(t *reviewpkgv1.Transformation) bool {
	switch t.GetKind() {
	case reviewpkgv1.TransformationKind_TRANSFORMATION_KIND_ENCRYPT,
		reviewpkgv1.TransformationKind_TRANSFORMATION_KIND_WRAP_KEY,
		reviewpkgv1.TransformationKind_TRANSFORMATION_KIND_HASH:
		return true
	default:
		return false
	}
}

// A reader is a component and a format that it reads.
type reader struct{ component, format string }

// parsers recommends that each format in which data enters is parsed or
// validated by the component it enters: input that nobody checks is where
// attacks begin.
func (g *gaps) parsers(a *reviewpkgv1.Architecture) {
	// Either list may say it: the format by whom it is parsed, or a transformation
	// what it does with which format.
	reads := map[reader]bool{}
	for _, f := range a.GetDataFormats() {
		for _, id := range f.GetParsedByIds() {
			reads[reader{id, f.GetId()}] = true
		}
	}
	for _, t := range a.GetTransformations() {
		if k := t.GetKind(); k == reviewpkgv1.TransformationKind_TRANSFORMATION_KIND_PARSE || k == reviewpkgv1.TransformationKind_TRANSFORMATION_KIND_VALIDATE {
			reads[reader{t.GetComponentId(), t.GetInputFormatId()}] = true
		}
	}
	// Only components of the project need say so, and each format once.
	outside := map[string]bool{}
	for _, actor := range a.GetActors() {
		outside[actor.GetId()] = true
	}
	for _, d := range a.GetExternalDependencies() {
		outside[d.GetId()] = true
	}
	// Data enters with the request at the end that listens, and with the response
	// at the end that asked; what leaves the project is for others to check.
	for _, x := range a.GetInterfaces() {
		for _, flow := range x.GetFlows() {
			in := reader{x.GetToId(), flow.GetFormatId()}
			if flow.GetDirection() == reviewpkgv1.FlowDirection_FLOW_DIRECTION_RESPONSE {
				in.component = x.GetFromId()
			}
			if !x.GetEntryPoint() || in.format == "" || outside[in.component] {
				continue
			}
			g.advise("FM4", "architecture.data_formats", reads[in], fmt.Sprintf("say whether %s parses or validates %s", quote(in.component), quote(in.format)))
			reads[in] = true
		}
	}
}

// changesForm reports whether an asset is stored in another form than it
// arrives in. The model does not say in what form it arrives; whatever is
// encrypted, wrapped or hashed at rest has been something else before.
func changesForm(asset *reviewpkgv1.DataAsset) bool {
	return slices.ContainsFunc(asset.GetPersistence(), func(place *reviewpkgv1.Persistence) bool {
		switch place.GetForm() {
		case reviewpkgv1.StorageForm_STORAGE_FORM_ENCRYPTED,
			reviewpkgv1.StorageForm_STORAGE_FORM_WRAPPED,
			reviewpkgv1.StorageForm_STORAGE_FORM_HASHED:
			return true
		default:
			return false
		}
	})
}
