package reviewpkg

import (
	"bytes"
	"strconv"

	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/types/known/structpb"

	"github.com/reviewpkg/sdk/internal/changevalue"
	"github.com/reviewpkg/sdk/internal/fieldpath"
	"github.com/reviewpkg/sdk/internal/inwords"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// value returns what becomes of a value of the field fd, which may be missing,
// and whether what is planned fits. make returns a new message. Either the whole
// value changes or parts of it do: with both, the order of the changes would
// matter.
func (a *applier) value(n *planned, fd protoreflect.FieldDescriptor, current protoreflect.Value, make func() protoreflect.Value) (protoreflect.Value, bool) {
	c := n.change
	switch {
	case c != nil && len(n.fields) > 0:
		a.fail(n, Inconsistent, "a value and a part of it cannot both change")
		return current, false
	case c != nil:
		return a.replace(n, fd, current, make)
	case !current.IsValid():
		a.fail(n, DanglingPath, "there is no such place in the package before")
		return current, false
	}
	a.message(current.Message(), n)
	return current, true
}

// replace returns the value after a change of the whole value; it is not valid
// if the value goes out. The value before is decoded and compared as a value,
// so that it does not matter how its JSON was written.
func (a *applier) replace(n *planned, fd protoreflect.FieldDescriptor, current protoreflect.Value, make func() protoreflect.Value) (protoreflect.Value, bool) {
	var none protoreflect.Value
	c := n.change
	if c.GetKind() == reviewpkgv1.ChangeKind_CHANGE_KIND_MOVED {
		a.fail(n, Inconsistent, "only the items of a list can move")
		return none, false
	}
	var before, after protoreflect.Value
	var err error
	if c.HasBefore() {
		before, err = changevalue.Decode(fd, c.GetBefore(), make)
	}
	if err == nil && c.HasAfter() {
		after, err = changevalue.Decode(fd, c.GetAfter(), make)
	}
	switch {
	case err != nil:
		a.fail(n, WrongType, err.Error())
		return none, false
	// Apply to the wrong version is found here, and not by a package that is
	// neither the old one nor the new one.
	case before.IsValid() != current.IsValid() || before.IsValid() && !before.Equal(current):
		a.fail(n, Inconsistent, "the package before has "+expectation(fd, current)+" there, and the change expects "+expectation(fd, before))
		return none, false
	}
	return after, true
}

// expectation says what a value is, as far as it fits into a message. Of a
// message that is its size: which of its fields differ, Diff can tell.
func expectation(fd protoreflect.FieldDescriptor, v protoreflect.Value) string {
	if !v.IsValid() {
		return "nothing"
	}
	if fd.Message() != nil {
		return "a " + string(fd.Message().Name()) + " of " + strconv.Itoa(proto.Size(v.Message().Interface())) + " bytes"
	}
	switch value := changevalue.Encode(fd, v); value.GetKind().(type) {
	case *structpb.Value_StringValue:
		return strconv.Quote(inwords.Excerpt(value.GetStringValue()))
	case *structpb.Value_NumberValue:
		return strconv.FormatFloat(value.GetNumberValue(), 'g', -1, 64)
	default:
		return strconv.FormatBool(value.GetBoolValue())
	}
}

// singular carries out what is planned for a field that is no list or map. A field
// that is set to its zero value stays set, because for an optional one that is
// another answer than none.
func (a *applier) singular(m protoreflect.Message, fd protoreflect.FieldDescriptor, n *planned) {
	after, ok := a.value(n, fd, optional(m.Has(fd), m, fd), func() protoreflect.Value { return m.NewField(fd) })
	// Changes of parts were carried out in place, and leave nothing to set.
	oneof := fd.ContainingOneof()
	switch {
	case !ok || n.change == nil:
	case !after.IsValid():
		m.Clear(fd)
	// Setting the field would clear the other one, which no change speaks of.
	case oneof != nil && m.WhichOneof(oneof) != nil && m.WhichOneof(oneof) != fd:
		a.fail(n, Inconsistent, "field "+string(m.WhichOneof(oneof).Name())+" is set, and must be removed first")
	default:
		m.Set(fd, after)
	}
}

// entries carries out what is planned for the entries of a map. Entries have no
// order, so that none of them can move and the map needs no rebuilding.
func (a *applier) entries(m protoreflect.Message, fd protoreflect.FieldDescriptor, f *plannedField) {
	if f.whole != nil {
		a.fail(f.whole, DanglingPath, "a map changes by its entries")
		return
	}
	entries := m.Mutable(fd).Map()
	for _, n := range f.items {
		key, ok := fieldpath.StepKey(fd.MapKey(), &n.step)
		if !ok {
			a.fail(n, DanglingPath, "the path has no key of field "+f.name)
			continue
		}
		after, ok := a.value(n, fd.MapValue(), entries.Get(key), entries.NewValue)
		switch {
		case !ok || n.change == nil:
		case !after.IsValid():
			entries.Clear(key)
		default:
			entries.Set(key, after)
		}
	}
}

// unknown carries out a change of the fields that the model does not have. The
// bytes must be the same, and not only the same fields: bytes in another order
// come from another file than the one that was compared.
func (a *applier) unknown(m protoreflect.Message, n *planned) {
	c := n.change
	if c.GetKind() == reviewpkgv1.ChangeKind_CHANGE_KIND_MOVED {
		a.fail(n, Inconsistent, "only the items of a list can move")
		return
	}
	before, ok := changevalue.DecodeBytes(c.GetBefore())
	if (!ok && c.HasBefore()) || !bytes.Equal(before, m.GetUnknown()) {
		a.fail(n, Inconsistent, "the package before has other unknown fields")
		return
	}
	after, ok := changevalue.DecodeBytes(c.GetAfter())
	if (!ok && c.HasAfter()) || !changevalue.WellFormed(after) {
		a.fail(n, BadFormat, "the value after must be the base64 of protobuf fields")
		return
	}
	m.SetUnknown(after)
}
