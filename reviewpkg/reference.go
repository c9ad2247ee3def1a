package reviewpkg

import (
	"fmt"
	"slices"
	"strings"

	"google.golang.org/protobuf/reflect/protoreflect"

	"github.com/reviewpkg/sdk/internal/inwords"
)

// Messages that more than one kind of reference may lead to. Both a component
// and a dependency can be where data rests: OpenStack projects store keys in
// appliances that they do not control. An endpoint can be an actor as well.
var (
	person      = []protoreflect.Name{"Person"}
	artifact    = []protoreflect.Name{"Artifact"}
	evidence    = []protoreflect.Name{"Evidence", "Artifact"}
	asset       = []protoreflect.Name{"DataAsset"}
	format      = []protoreflect.Name{"DataFormat"}
	iface       = []protoreflect.Name{"Interface"}
	finding     = []protoreflect.Name{"Finding"}
	trustDomain = []protoreflect.Name{"TrustDomain"}
	deployed    = []protoreflect.Name{"Component", "ExternalDependency"}
	endpoint    = []protoreflect.Name{"SystemActor", "Component", "ExternalDependency"}
	part        = []protoreflect.Name{
		"AssessmentActor", "Action", "SecurityFunction", "ProjectComponent",
		"SystemActor", "Component", "ExternalDependency", "DataAsset", "Interface",
	}
)

// referenceTable says by the name of a field which messages it may refer to.
// One name means one thing in the whole model, but for parent_id. A test holds
// that every reference of the model stands here.
var referenceTable = map[protoreflect.Name][]protoreflect.Name{
	"answered_by_id": person, "answerer_id": person, "approved_by_id": person, "asker_id": person,
	"attendee_ids": person, "chair_ids": person, "confirmer_id": person, "decided_by_ids": person,
	"facilitator_id": person, "lead_id": person, "liaison_id": person, "owner_id": person,
	"participant_ids": person, "person_id": person, "project_security_lead_ids": person,
	"project_team_ids": person, "raised_by_ids": person, "representative_id": person,
	"requester_ids": person, "responder_ids": person, "reviewer_ids": person, "scorer_id": person,
	"scribe_id": person, "security_contact_ids": person, "speaker_ids": person,

	"artifact_id": artifact, "artifact_ids": artifact, "diagram_ids": artifact,
	"recording_ids": artifact, "reviewed_page_id": artifact, "slides_ids": artifact,
	"document_id": {"Document"}, "section_id": {"Section"},
	"evidence_ids": evidence, "state_evidence_ids": evidence,

	"asset_id": asset, "asset_ids": asset, "credential_asset_id": asset, "input_asset_id": asset,
	"key_asset_id": asset, "output_asset_id": asset, "protected_by_id": asset,
	"format_id": format, "input_format_id": format, "output_format_id": format,
	"interface_id": iface, "interface_ids": iface,
	"persistence_id": {"Persistence"}, "variant_ids": {"Variant"}, "trust_domain_id": trustDomain,
	"component_id": deployed, "location_id": deployed, "owner_ids": deployed, "parsed_by_ids": deployed,
	"runs_on_id": {"Component"}, "from_id": endpoint, "to_id": endpoint, "actor_id": endpoint,
	"actor_ids": {"AssessmentActor"}, "affected_ids": part, "provided_by_ids": part, "victim_id": part,

	"adversary_ids": {"Adversary"}, "assumption_ids": {"Assumption"}, "finding_ids": finding,
	"guarantee_id": {"Guarantee"}, "threat_id": {"Threat"}, "threat_ids": {"Threat"},
	"threat_model_ids": {"ThreatModel"},
}

// referenceKinds returns the messages that a reference may lead to. An item's
// parent is of its own kind.
func referenceKinds(message, field protoreflect.Name) []protoreflect.Name {
	if field == "parent_id" {
		return []protoreflect.Name{message}
	}
	return referenceTable[field]
}

// references reports ids that stand twice and references that lead nowhere or
// to the wrong kind of item (S01, S02). Ids are unique in the whole package, as
// the reference has it for actors, components and dependencies: a reference then
// needs no kind beside it, and a path keyed by id stays true when items move.
func (c *checker) references() {
	for _, d := range c.index.twice {
		c.report(DuplicateID, LevelError, "S01", d.path,
			fmt.Sprintf("id %s stands already at another %s", quote(d.id), inwords.Name(string(d.first.Descriptor().Name()))),
			"ids are unique in the whole package, whatever they name")
	}
	for _, ref := range c.index.refs {
		item, ok := c.index.items[ref.id]
		if !ok {
			c.report(DanglingReference, LevelError, "S02", ref.path,
				fmt.Sprintf("no %s has the id %s", kindList(ref.kinds), quote(ref.id)), c.suggestID(ref))
			continue
		}
		c.report(WrongReference, LevelError, "S02", ref.path,
			fmt.Sprintf("%s is the id of %s", quote(ref.id), article(inwords.Name(string(item.Descriptor().Name())))),
			"must be the id of "+article(kindList(ref.kinds)))
	}
	c.cycles()
	c.paths()
}

// maxCompared is the number of ids that are looked at for hints in one package.
// Each lost reference is compared with every id, so that without it a hostile
// document of 200 kB kept a program busy for minutes. Real packages have some
// hundred ids and a handful of lost references; the rest go without a hint.
const maxCompared = 50_000

// suggestID names the id of a fitting item that looks most like the one that
// was written.
func (c *checker) suggestID(ref reference) string {
	if c.compared += len(c.index.items); c.compared > maxCompared {
		return ""
	}
	const longest = 128 // bytes; the most that an id may have
	var ids []string
	for id, item := range c.index.items {
		if accepts(ref.kinds, item) && len(id) <= longest {
			ids = append(ids, id)
		}
	}
	// The map has no order, and of two ids that are equally near the hint must
	// always name the same one.
	slices.Sort(ids)
	if i := nearest(ref.id, len(ids), func(i int) string { return ids[i] }); i >= 0 {
		return "did you mean " + quote(ids[i]) + "?"
	}
	if len(ids) == 0 {
		return "the package has no " + kindList(ref.kinds)
	}
	return ""
}

// kindList puts message names into words: "finding", "component or external
// dependency". The one list that is too long for a sentence has a name.
func kindList(kinds []protoreflect.Name) string {
	if len(kinds) == len(part) {
		return "part of the system"
	}
	names := make([]string, len(kinds))
	for i, kind := range kinds {
		names[i] = inwords.Name(string(kind))
	}
	if last := len(names) - 1; last > 1 {
		return strings.Join(names[:last], ", ") + " or " + names[last]
	}
	return strings.Join(names, " or ")
}

// article puts "a" or "an" before words.
func article(words string) string {
	if strings.ContainsRune("aeiou", rune(words[0])) {
		return "an " + words
	}
	return "a " + words
}
