package openstack

import (
	"strings"

	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"

	"github.com/reviewpkg/sdk/internal/intake"
)

// A keyed field is one that stands in a bullet of its own behind a key. Reader
// and writer go by the same tables, so that neither knows a key that the other
// does not. A field has more than one key where pages differ; it is written with
// the first.
type keyed struct {
	key   string
	field protoreflect.Name
}

// The keyed fields of what a list of the pages has as items. The templates name
// few of these; the others make a page hold what a package knows.
var (
	actorKeys = []keyed{
		{"Also called", "aliases"}, {"Kind", "kind"}, {"Description", "description"},
		{"Malice out of scope", "malice_out_of_scope"}, {"Why out of scope", "scope_rationale"},
	}
	dependencyKeys = []keyed{
		{"Also called", "aliases"}, {"Kind", "kind"}, {"Operated by", "operated_by"}, {"Purpose", "purpose"},
		{"If compromised", "impact_if_compromised"}, {"If unavailable", "impact_if_unavailable"},
	}
	componentKeys = []keyed{
		{"Also called", "aliases"}, {"Kind", "kind"}, {"Technology", "technology"}, {"Purpose", "purpose"},
		{"Instances", "instances"}, {"Lifecycle", "lifecycle"}, {"Sensitive data persisted", "persists_sensitive_data"},
		{"Persists sensitive data", "persists_sensitive_data"}, {"Exposed protocol", "exposed_protocols"},
	}
	diagramKeys = []keyed{
		{"Basis", "basis"}, {"Shows trust boundaries", "shows_trust_boundaries"}, {"Note", "note"},
	}
	assetKeys = []keyed{
		{"Also called", "aliases"}, {"Category", "category"}, {"Description", "description"}, {"Not persisted", "not_persisted_reason"},
		{"Confidentiality", "confidentiality"}, {"Integrity", "integrity"}, {"Availability", "availability"},
	}
	persistenceKeys = []keyed{{"Form", "form"}, {"Backup", "backup"}, {"Note", "note"}}
	interfaceKeys   = []keyed{
		{"Number", "number"}, {"Name", "label"}, {"Condition", "condition"}, {"Network", "network"},
		{"Authorization", "authorization"}, {"Response credentials", "response_credentials"},
		{"Description", "description"}, {"Note", "description"}, {"Impact of a successful attack", "compromise_impact"},
		{"Impact", "compromise_impact"}, {"Out of scope", "out_of_scope_reason"}, {"Open question", "open_questions"},
		{"Entry point", "entry_point"}, {"Crosses trust boundary", "crosses_trust_boundary"}, {"Lifecycle", "lifecycle"},
		{"Confidentiality", "confidentiality"}, {"Integrity", "integrity"}, {"Availability", "availability"},
	}
	transportKeys = []keyed{
		{"Protocol", "protocol"}, {"Secured by", "secured_by"}, {"Encrypted", "encrypted"}, {"Port", "port"}, {"Transport note", "note"},
	}
	findingKeys = []keyed{
		{"Risk", "description"}, {"Recommendation", "recommendation"}, {"Investigation Results", "investigation_results"},
		{"Kind", "kind"}, {"Category", "category"}, {"Discussion", "discussion"}, {"Remedy", "remedy"},
		{"Why this rating", "rating_rationale"}, {"Severity", "severity_text"}, {"State", "state"},
		{"Affected", "affected_names"}, {"Suggested control", "suggested_controls"}, {"Why out of scope", "out_of_scope_reason"},
	}
	recommendationKeys = []keyed{
		{"Recommendation", "text"}, {"Category", "category"}, {"Audience", "audience"}, {"Kind", "kind"},
		{"Disposition", "disposition"}, {"What became of it", "disposition_text"},
	}
)

// keyedField returns the field that a key stands for, or nil.
func keyedField(m protoreflect.Message, table []keyed, key string) protoreflect.FieldDescriptor {
	key = intake.Fold(unescape(key))
	for _, k := range table {
		if intake.Fold(k.key) == key {
			return m.Descriptor().Fields().ByName(k.field)
		}
	}
	return nil
}

// keyedItem sets the field of m that a bullet gives. It reports whether the key is
// known; a value outside its vocabulary is then reported and left in the text.
func (p *page) keyedItem(to proto.Message, table []keyed, b *block) bool {
	key, first, ok := splitKey(b.text)
	if b.kind != item || !ok {
		return false
	}
	m := to.ProtoReflect()
	fd := keyedField(m, table, key)
	if fd == nil {
		return false
	}
	text := value(first, b.kids)
	switch {
	case text == "":
	// A value with more than one paragraph is somebody's.
	case placeholder(first) && text == first:
		p.Warn("template-residue", p.offset(b), "text of the template is left in "+quoted(plain(key)), "")
	case fd.IsList():
		m.Mutable(fd).List().Append(protoreflect.ValueOfString(text))
	case m.Has(fd) && fd.Kind() == protoreflect.StringKind:
		p.warn("unclear-value", b, "%q is here a second time", short(plain(key)))
	default:
		v, ok := scalar(fd, text)
		if !ok {
			p.warn("unclear-value", b, "%q is no value of %q", short(text), short(plain(key)))
			break
		}
		m.Set(fd, v)
	}
	return true
}

// scalar returns a text as the value of a field.
func scalar(fd protoreflect.FieldDescriptor, text string) (protoreflect.Value, bool) {
	switch fd.Kind() {
	case protoreflect.EnumKind:
		n := enumNumber(fd.Enum(), text)
		// Levels have a word more than the model.
		if fd.Enum().Name() == "Level" {
			n = level(text).Number()
		}
		return protoreflect.ValueOfEnum(n), n != 0
	case protoreflect.BoolKind:
		return protoreflect.ValueOfBool(true), strings.EqualFold(text, "yes")
	default:
		return protoreflect.ValueOfString(text), true
	}
}

// names finds items by what pages call them. It compares whole names, with case,
// punctuation and, in the end, what stands in brackets left out; what two items
// could be called finds neither.
type names struct {
	exact, folded, short map[string]string
}

// newNames returns names without items.
func newNames() names {
	return names{exact: map[string]string{}, folded: map[string]string{}, short: map[string]string{}}
}

// add makes an item known by a name.
func (n names) add(id, name string) {
	put := func(m map[string]string, key string) {
		if other, ok := m[key]; ok && other != id {
			id = ""
		}
		if key != "" {
			m[key] = id
		}
	}
	keep := id
	put(n.exact, name)
	id = keep
	put(n.folded, intake.Fold(name))
	id = keep
	put(n.short, intake.Fold(withoutBrackets(name)))
}

// find returns the id of the item with a name, or the empty string.
func (n names) find(name string) string {
	if id, ok := n.exact[name]; ok {
		return id
	}
	whole, part := intake.Fold(name), intake.Fold(withoutBrackets(name))
	for _, key := range []string{whole, part} {
		if id := n.folded[key]; id != "" && key != "" {
			return id
		}
		if id := n.short[key]; id != "" && key != "" {
			return id
		}
	}
	return ""
}
