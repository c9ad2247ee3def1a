// Package celview shows messages of the model to CEL expressions so that what
// a document does not state is unknown, and neither good nor bad.
//
// CEL carries unknown values through an expression by the logic of Kleene: what
// an unknown cannot change stays true or false. [Session.Decide] then goes
// through the values that the unknowns may have, so that the answer is exact:
// true or false if it is that for all of them, and otherwise the places whose
// answer could turn it.
//
// Unknown are an enum field that is not set or has a number without a name, an
// Answer that is no answer, a level with an upper end beside it (between both
// ends), and an optional scalar that is not set, whose values have no end.
// Everything else, such as a text that is empty or a list without items, is
// known as it is. has(x.f) is always known: whether something is stated. The
// upper end of a level, where nobody stated one, is the level.
//
// Whether a message equals another one is asked of both as they stand, with what
// they leave open: two findings that both do not say how likely they are are
// equal in that.
//
// There is one object for each place of a document, made when it is first
// reached. A message that stands in two places of a document that a program has
// built, which no file can say, is two: its atoms are then taken for independent
// of each other, so that more is taken for possible than is, never less.
package celview

import (
	"errors"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/pb"
	"cel.dev/cel-go/common/types/ref"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"
)

// Types are the kinds of messages that expressions see. They do not change once
// made, so that any number of sessions can share them.
type Types struct {
	registry *types.Registry
	kinds    map[string]*kind
}

// New returns the types of some messages and of all that stand below them. keys
// has the field that names an item, for kinds of messages that have no id.
func New(keys map[protoreflect.FullName]protoreflect.Name, messages ...proto.Message) (*Types, error) {
	registry, err := types.NewProtoRegistry()
	if err != nil {
		return nil, err
	}
	for _, m := range messages {
		// A registry takes no more than the file of a message by itself.
		for _, file := range pb.CollectFileDescriptorSet(m) {
			if err := registry.RegisterDescriptor(file); err != nil {
				return nil, err
			}
		}
	}
	t := &Types{registry: registry, kinds: map[string]*kind{}}
	for _, m := range messages {
		t.addKind(m.ProtoReflect().Descriptor(), keys)
	}
	return t, nil
}

// EnvOptions return what makes a CEL environment see messages through t.
func (t *Types) EnvOptions() []cel.EnvOption {
	return []cel.EnvOption{cel.CustomTypeProvider(provider{t.registry, t}), cel.CustomTypeAdapter(adapter{t.registry})}
}

// An adapter passes on what is a CEL value already, which almost all is.
type adapter struct{ types.Adapter }

// NativeToValue returns a value as one of CEL.
func (a adapter) NativeToValue(value any) ref.Val {
	if v, ok := value.(ref.Val); ok {
		return v
	}
	return a.Adapter.NativeToValue(value)
}

// A provider reads fields from objects of this package. All else, such as which
// types and constants there are, it leaves to the registry.
type provider struct {
	types.Provider
	types *Types
}

// errNoObject is what CEL is told if it asks for the field of something that is
// no object; the type checker lets nobody write that.
var errNoObject = errors.New("not a message of the model")

// FindStructFieldType returns how a field is read.
func (p provider) FindStructFieldType(structType, fieldName string) (*types.FieldType, bool) {
	ft, ok := p.Provider.FindStructFieldType(structType, fieldName)
	k := p.types.kinds[structType]
	if !ok || k == nil {
		return ft, ok
	}
	i, ok := k.byName[fieldName]
	if !ok {
		return nil, false
	}
	return &types.FieldType{
		Type: ft.Type,
		IsSet: func(target any) bool {
			o, ok := target.(*Object)
			return ok && o.Has(i)
		},
		GetFrom: func(target any) (any, error) {
			switch o := target.(type) {
			case *Object:
				return o.Read(i), nil
			case *types.Unknown:
				// An item of a list whose index is unknown.
				return o, nil
			default:
				return nil, errNoObject
			}
		},
	}, true
}

// NewValue refuses to make a message: it would have no place in any document.
func (provider) NewValue(string, map[string]ref.Val) ref.Val {
	return types.NewErr("%s", NoMessages)
}

// NoMessages says that an expression cannot make messages.
const NoMessages = "an expression cannot make a message"
