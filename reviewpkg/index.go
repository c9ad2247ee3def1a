package reviewpkg

import (
	"slices"
	"strings"
	"sync"

	"google.golang.org/protobuf/reflect/protoreflect"

	"github.com/reviewpkg/sdk/internal/fieldpath"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// An index knows every id of a package and everything that refers to one. It is
// made in one walk over the fields that have a role, because to walk through a
// large package is what costs: texts, ids and references are looked at as they
// pass, and only what may be wrong is kept.
type index struct {
	// items holds the items that have an id, by id. Where an id stands twice,
	// the first one counts.
	items map[string]protoreflect.Message
	// twice holds the path of every id that already stood elsewhere.
	twice []duplicate
	// repeated holds the ids that stand more than once.
	repeated map[string]bool
	// refs holds every reference that does not lead to an item of its kind.
	refs []reference
	// texts holds every text in which a template's words may have been left.
	texts []residue
	// paths holds the field paths of answers that are elsewhere.
	paths []pathLink
}

// A duplicate is an id that stands again. The item that had it first is kept, so
// that the message can name its kind.
type duplicate struct {
	id, path string
	first    protoreflect.Message
}

// A reference is an id that leads to none of the kinds it may lead to.
type reference struct {
	id, path string
	kinds    []protoreflect.Name
}

// A residue is the words of a template in a text of the package.
type residue struct {
	path, found string
}

// A pathLink is a field path of a package that stands in it as a text.
type pathLink struct {
	path, target string
}

// newIndex walks the package once, and once more if references lead nowhere:
// only then are their paths worth putting into words.
func newIndex(p *reviewpkgv1.ReviewPackage) *index {
	x := &index{items: map[string]protoreflect.Message{}, repeated: map[string]bool{}}
	var ahead []reference // not resolved when they were met; they may point ahead
	x.walk(p, func(_ *fieldpath.Cursor, id string, role fieldRole) {
		ahead = append(ahead, reference{id: id, kinds: role.kinds})
	}, true)
	lost := func(ref reference) bool {
		item, ok := x.items[ref.id]
		return !ok || !accepts(ref.kinds, item)
	}
	if slices.ContainsFunc(ahead, lost) {
		x.walk(p, func(c *fieldpath.Cursor, id string, role fieldRole) {
			x.refs = append(x.refs, reference{id: id, kinds: role.kinds, path: c.String()})
		}, false)
	}
	return x
}

// walk visits the texts of a package that have a role. It calls unresolved for
// every reference that leads to no item that is known by then, and fills the
// index if it is the first walk.
func (x *index) walk(p *reviewpkgv1.ReviewPackage, unresolved func(*fieldpath.Cursor, string, fieldRole), first bool) {
	plan := packagePlan()
	fields := func(md protoreflect.MessageDescriptor) []protoreflect.FieldDescriptor {
		return plan.fields[md.FullName()]
	}
	fieldpath.WalkFields(p.ProtoReflect(), fields, func(c *fieldpath.Cursor, fd protoreflect.FieldDescriptor, v protoreflect.Value) {
		if fd.Kind() != protoreflect.StringKind {
			return
		}
		role, ok := plan.roles[fd]
		switch {
		case !ok:
		case role.kinds != nil:
			if item, ok := x.items[v.String()]; !ok || !accepts(role.kinds, item) {
				unresolved(c, v.String(), role)
			}
		case first:
			x.add(c, v.String(), role)
		}
	})
}

// add takes in a text that is no reference. The path of the cursor is put into
// words only for what is kept.
func (x *index) add(c *fieldpath.Cursor, text string, role fieldRole) {
	switch {
	case role.id:
		if first, ok := x.items[text]; ok {
			x.repeated[text] = true
			x.twice = append(x.twice, duplicate{id: text, path: c.String(), first: first})
			return
		}
		x.items[text] = c.Parent()
	case role.path:
		x.paths = append(x.paths, pathLink{path: c.String(), target: text})
	case role.text:
		if found := templateResidue(text); found != "" && !declaredResidue(c.Parent()) {
			x.texts = append(x.texts, residue{path: c.String(), found: found})
		}
	}
}

// declaredResidue reports whether m says itself that its text is the
// template's. An import that found the template's words says so, and what is
// known need not be reported again; it counts as unanswered.
func declaredResidue(m protoreflect.Message) bool {
	n, ok := m.Interface().(*reviewpkgv1.Narrative)
	return ok && n.GetPresence() == reviewpkgv1.Presence_PRESENCE_TEMPLATE_TEXT
}

// A fieldRole says what a text field is for the index.
type fieldRole struct {
	id    bool                // the id of an item
	kinds []protoreflect.Name // a reference to an item of one of these messages
	path  bool                // a field path into the package
	text  bool                // words of an author
}

// none reports whether the index has no use for the field.
func (r fieldRole) none() bool { return !r.id && !r.path && !r.text && r.kinds == nil }

// accepts reports whether an item is of one of some kinds.
func accepts(kinds []protoreflect.Name, item protoreflect.Message) bool {
	return slices.Contains(kinds, item.Descriptor().Name())
}

// A plan says what there is to see in the messages of a package, so that the
// walk does not ask again at every field what its name means.
type plan struct {
	// roles gives the role of every text field that has one.
	roles map[protoreflect.FieldDescriptor]fieldRole
	// fields gives, for each message, the fields with a role and those that
	// may hold some.
	fields map[protoreflect.FullName][]protoreflect.FieldDescriptor
}

// packagePlan gives the plan for a package. It depends on the model alone.
var packagePlan = sync.OnceValue(func() *plan {
	p := &plan{
		roles:  map[protoreflect.FieldDescriptor]fieldRole{},
		fields: map[protoreflect.FullName][]protoreflect.FieldDescriptor{},
	}
	p.add((*reviewpkgv1.ReviewPackage)(nil).ProtoReflect().Descriptor())
	return p
})

// add takes in a kind of message and all that it may hold.
func (p *plan) add(md protoreflect.MessageDescriptor) {
	if _, ok := p.fields[md.FullName()]; ok {
		return
	}
	p.fields[md.FullName()] = nil // known from here on: messages may hold their own kind
	var fields []protoreflect.FieldDescriptor
	for _, fd := range fieldpath.AllFields(md) {
		if fd.Message() != nil {
			p.add(fd.Message())
			fields = append(fields, fd)
			continue
		}
		if role := roleOf(fd); fd.Kind() == protoreflect.StringKind && !role.none() {
			p.roles[fd] = role
			fields = append(fields, fd)
		}
	}
	p.fields[md.FullName()] = fields
}

// roleOf tells the role of a field by its name. The id of the package itself
// is no id of an item: an item may have the same, and nothing refers to the
// package from within. A document's own source may hold anything, as may
// quotations and raw values: they are evidence and not answers, and a template
// that was quoted is no template that was left. Addresses have a format rule.
func roleOf(fd protoreflect.FieldDescriptor) fieldRole {
	name, parent := string(fd.Name()), fd.ContainingMessage().Name()
	switch {
	case name == "id":
		return fieldRole{id: parent != "ReviewPackage"}
	case isReference(name):
		return fieldRole{kinds: referenceKinds(parent, fd.Name())}
	case name == "merged_into":
		return fieldRole{path: true}
	case parent == "Section" || parent == "ValueSource" || parent == "MetadataRow":
		return fieldRole{}
	case name == "quote" || name == "raw" || strings.HasSuffix(name, "url") || name == "address":
		return fieldRole{}
	default:
		return fieldRole{text: true}
	}
}

// isReference reports whether a field refers to items of the package by id. The
// name decides: the model keeps to it, so that a field which is added later is
// checked without a change here, and a test fails until it has a kind.
func isReference(name string) bool {
	if name == "vulnerability_ids" {
		return false // ids of other people's registers
	}
	return strings.HasSuffix(name, "_id") || strings.HasSuffix(name, "_ids")
}
