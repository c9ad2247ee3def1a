package celview

import (
	"slices"

	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"
	"cel.dev/cel-go/common/types/traits"
	"google.golang.org/protobuf/reflect/protoreflect"

	"github.com/reviewpkg/sdk/internal/fieldpath"
)

// A kind is a kind of message. Fields have the index that they have in the
// descriptor.
type kind struct {
	name   string
	cel    ref.Type
	fields []field
	byName map[string]int
}

// A class says how a field is read.
type class uint8

const (
	plain    class = iota // a scalar that is known as it is
	optional              // a scalar that may be not set
	enum                  // an enum
	message               // a message
	items                 // a list of messages
	scalars               // a list of scalars
	entries               // a map
)

// answer is the enum for questions of yes and no. Who answers that they do not
// know has not answered.
const (
	answer         = "reviewpkg.v1.Answer"
	answerUnknown  = 3
	level          = "reviewpkg.v1.Level"
	upperEndSuffix = "_max"
)

// A field is what is known of a field before any message is.
type field struct {
	fd    protoreflect.FieldDescriptor
	class class
	// sub is the kind of a message or of the items of a list.
	sub *kind
	// domain are the values that an enum may have, in ascending order.
	domain []int64
	// upper is the index of the upper end of a level that may be a range, and
	// lower that of the level which an upper end belongs to; -1 if there is none.
	upper, lower int
	// key is the field that names the items of a list where they have no id.
	key protoreflect.FieldDescriptor
}

// addKind adds the kind of a message and of all below it. What can be known of a
// field before it is read is found out here, once, because reading is what rules
// do most.
func (t *Types) addKind(md protoreflect.MessageDescriptor, keys map[protoreflect.FullName]protoreflect.Name) *kind {
	name := string(md.FullName())
	if k := t.kinds[name]; k != nil {
		return k
	}
	k := &kind{
		name: name, byName: map[string]int{}, fields: make([]field, md.Fields().Len()),
		cel: types.NewObjectType(name, traits.FieldTesterType|traits.IndexerType),
	}
	// Before its fields, because messages may hold messages of their own kind.
	t.kinds[name] = k
	for i := range k.fields {
		fd := md.Fields().Get(i)
		f := field{fd: fd, upper: -1, lower: -1, class: classOf(fd)}
		switch f.class {
		case message, items:
			f.sub = t.addKind(fd.Message(), keys)
		case enum:
			f.domain = domainOf(fd.Enum())
			f.upper = endOf(fd, string(fd.Name())+upperEndSuffix)
			if lower, ok := cutSuffix(fd); ok {
				f.lower = endOf(fd, lower)
			}
		default:
			// The rest needs no more.
		}
		if f.class == items && fieldpath.IDField(fd) == nil {
			f.key = fd.Message().Fields().ByName(keys[fd.Message().FullName()])
		}
		k.fields[i] = f
		k.byName[string(fd.Name())] = i
	}
	return k
}

// classOf returns how a field is read.
func classOf(fd protoreflect.FieldDescriptor) class {
	switch {
	case fd.IsMap():
		return entries
	case fd.IsList() && fd.Message() != nil:
		return items
	case fd.IsList():
		return scalars
	case fd.Message() != nil:
		return message
	case fd.Enum() != nil:
		return enum
	case fd.HasPresence():
		return optional
	default:
		return plain
	}
}

// domainOf returns the values that an enum field may have once it is answered:
// all that have a name but the first, which says that nothing is stated.
func domainOf(ed protoreflect.EnumDescriptor) []int64 {
	var domain []int64
	for i := range ed.Values().Len() {
		n := int64(ed.Values().Get(i).Number())
		if n != 0 && (ed.FullName() != answer || n != answerUnknown) {
			domain = append(domain, n)
		}
	}
	slices.Sort(domain)
	return slices.Compact(domain)
}

// endOf returns the index of a level that stands beside the level fd, or -1.
func endOf(fd protoreflect.FieldDescriptor, name string) int {
	other := fd.ContainingMessage().Fields().ByName(protoreflect.Name(name))
	if fd.Enum().FullName() != level || other == nil || other.Enum() != fd.Enum() {
		return -1
	}
	return other.Index()
}

// cutSuffix returns the name of the level whose upper end fd would be.
func cutSuffix(fd protoreflect.FieldDescriptor) (string, bool) {
	name := string(fd.Name())
	n := len(name) - len(upperEndSuffix)
	return name[:max(n, 0)], n > 0 && name[n:] == upperEndSuffix
}
