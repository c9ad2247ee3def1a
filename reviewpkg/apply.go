package reviewpkg

import (
	"strconv"

	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"

	"github.com/reviewpkg/sdk/internal/fieldpath"
	"github.com/reviewpkg/sdk/internal/inwords"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// Apply returns the package that some changes make of before, which stays as it
// is. It is the inverse of [Diff]; a nil package is an empty one. The order of
// the changes does not matter.
//
// Every change must fit: the value before must be the one that the change
// names, an added value must not be there, each place may change once. If one
// does not, the error is an [*InvalidError] with a diagnostic for every change
// that does not fit, and there is no package.
func Apply(before *reviewpkgv1.ReviewPackage, changes []*reviewpkgv1.Change) (*reviewpkgv1.ReviewPackage, error) {
	after := &reviewpkgv1.ReviewPackage{}
	proto.Merge(after, before)
	if err := applyChanges(after.ProtoReflect(), changes); err != nil {
		return nil, err
	}
	return after, nil
}

// applyChanges carries out changes in m, a message of any type. After an error m
// holds some of the changes: it is a copy that the caller drops, and to go on
// shows what else does not fit.
func applyChanges(m protoreflect.Message, changes []*reviewpkgv1.Change) error {
	var a applier
	a.message(m, a.plan(m.Descriptor(), changes))
	return a.problems.Err()
}

// An applier carries out changes, and goes on after those that do not fit, so
// that all of them are reported in one run.
type applier struct {
	problems Diagnostics
}

// fail notes that what is planned at n does not fit.
func (a *applier) fail(n *planned, code Code, message string) {
	a.problems = append(a.problems, Diagnostic{Code: code, Level: LevelError, Path: n.path, Message: message})
}

// A planned is one step of the changes' paths: what is to be done at the place
// itself, and at the places below it.
type planned struct {
	step   fieldpath.Step
	path   string // of the first change at the place or below it
	change *reviewpkgv1.Change
	fields []*plannedField
	byName map[string]*plannedField
}

// A plannedField is what is to be done in one field: in the field as a whole,
// and in items or entries of it.
type plannedField struct {
	name  string
	whole *planned
	items []*planned
	byKey map[fieldpath.Step]*planned
}

// plan arranges the changes as a tree, so that each list is looked through and
// rebuilt only once, however many changes it has. A path that the model does
// not have is left out before it takes memory.
func (a *applier) plan(md protoreflect.MessageDescriptor, changes []*reviewpkgv1.Change) *planned {
	// Changes that are wrong by themselves are told in the order they came in, and
	// before those that do not fit the package.
	root := &planned{}
	for _, c := range changes {
		at := &planned{path: c.GetPath()}
		path, err := fieldpath.Parse(c.GetPath())
		switch {
		case err != nil:
			a.fail(at, BadFormat, err.Error())
			continue
		case len(path) == 0:
			a.fail(at, MissingField, "a change must have a path")
			continue
		}
		if text := undeclared(md, path); text != "" {
			a.fail(at, DanglingPath, text)
			continue
		}
		if text := misshapen(c); text != "" {
			a.fail(at, Inconsistent, text)
			continue
		}
		at = root
		for _, step := range path {
			at = at.below(step, c.GetPath())
		}
		if at.change != nil {
			a.fail(at, DuplicateValue, "two changes have the same path")
			continue
		}
		at.change = c
	}
	return root
}

// undeclared says why the model has no such path, or nothing if it has. With that
// out of the way the code below may take fields for granted, and a hostile path
// costs no more than its own length.
func undeclared(md protoreflect.MessageDescriptor, path fieldpath.Path) string {
	for i := range path {
		name := path[i].Field
		switch {
		case md == nil:
			return "field " + path[i-1].Field + " holds no message"
		case name == fieldpath.Unknown:
			md = nil
			continue
		}
		fd := md.Fields().ByName(protoreflect.Name(name))
		if fd == nil {
			return "message " + string(md.Name()) + " has no field " + strconv.Quote(inwords.Excerpt(name))
		}
		plain := path[i].Kind == fieldpath.Plain
		switch repeated := fd.IsList() || fd.IsMap(); {
		case !repeated && !plain:
			return "field " + name + " has no items and no entries"
		case repeated && plain && i < len(path)-1:
			return "field " + name + " has items or entries, and the path names none"
		}
		md = fd.Message()
		if fd.IsMap() {
			md = fd.MapValue().Message()
		}
	}
	return ""
}

// below returns the place that step leads to from n.
func (n *planned) below(step fieldpath.Step, path string) *planned {
	f := n.byName[step.Field]
	if f == nil {
		if n.byName == nil {
			n.byName = map[string]*plannedField{}
		}
		f = &plannedField{name: step.Field}
		n.byName[step.Field] = f
		n.fields = append(n.fields, f)
	}
	if step.Kind == fieldpath.Plain {
		if f.whole == nil {
			f.whole = &planned{step: step, path: path}
		}
		return f.whole
	}
	item := f.byKey[step]
	if item == nil {
		if f.byKey == nil {
			f.byKey = map[fieldpath.Step]*planned{}
		}
		item = &planned{step: step, path: path}
		f.byKey[step] = item
		f.items = append(f.items, item)
	}
	return item
}

// misshapen says what is wrong with a change by itself, or nothing: which of its
// fields are set follows from its kind, and a value that is there for no reason
// was meant to say something else.
func misshapen(c *reviewpkgv1.Change) string {
	const (
		added   = reviewpkgv1.ChangeKind_CHANGE_KIND_ADDED
		removed = reviewpkgv1.ChangeKind_CHANGE_KIND_REMOVED
		moved   = reviewpkgv1.ChangeKind_CHANGE_KIND_MOVED
	)
	switch kind := c.GetKind(); {
	case kind < added || kind > moved:
		return "a change must be ADDED, REMOVED, CHANGED or MOVED, and is " + kind.String()
	case c.HasBefore() == (kind == added):
		return "an ADDED value has no before, any other change has one"
	case c.HasAfter() == (kind == removed):
		return "a REMOVED value has no after, any other change has one"
	case c.HasPosition() && kind != added:
		return "only an ADDED value has a position"
	default:
		return ""
	}
}

// message carries out what is planned in m. Fields of a oneof that go out come
// first, so that another one can come in.
func (a *applier) message(m protoreflect.Message, n *planned) {
	fields := m.Descriptor().Fields()
	leaves := func(f *plannedField) bool {
		fd := fields.ByName(protoreflect.Name(f.name))
		return fd != nil && fd.ContainingOneof() != nil && f.whole.change.GetKind() == reviewpkgv1.ChangeKind_CHANGE_KIND_REMOVED
	}
	for _, first := range []bool{true, false} {
		for _, f := range n.fields {
			if leaves(f) == first {
				a.field(m, f)
			}
		}
	}
}

// field carries out what is planned in one field of m.
func (a *applier) field(m protoreflect.Message, f *plannedField) {
	fd := m.Descriptor().Fields().ByName(protoreflect.Name(f.name))
	switch {
	case f.name == fieldpath.Unknown:
		a.unknown(m, f.whole)
	case fd.IsList():
		a.list(m, fd, f)
	case fd.IsMap():
		a.entries(m, fd, f)
	default:
		a.singular(m, fd, f.whole)
	}
}
