package export

import (
	"errors"
	"fmt"

	"buf.build/go/protovalidate"
	"github.com/invopop/jsonschema"
	orderedmap "github.com/pb33f/ordered-map/v2"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/reflect/protoregistry"
	"google.golang.org/protobuf/types/dynamicpb"
)

// schemaBase is what every $id begins with.
const schemaBase = "https://reviewpkg.github.io/sdk/"

// Schema returns the JSON Schema (draft 2020-12) of the documents that hold a
// message of the type of m, for editors and for validators in any language. It
// is made from the descriptor and the buf.validate rules of the message; the
// content of m does not matter. Descriptions are the comments of the .proto
// files; messages from outside the model have none. Marshal the result with
// encoding/json.
//
// The schema accepts what proto JSON accepts, with these differences:
//
//   - null is refused, though proto JSON reads it as "not set": in a document
//     written by hand it is nearly always a line that was never finished;
//   - an enum value is its full name, its number, or its short name in lower
//     case with underscores; other spellings of the short name are refused;
//   - a 32-bit integer and a number with a fraction are not put in quotes, a
//     64-bit integer may be, without exponent or fraction;
//   - a text that YAML reads as a number or a boolean is put in quotes.
//
// It cannot say, and so accepts, what breaks one of these:
//
//   - rules in CEL, unless they match a text against a regular expression, and
//     the few other rules that have no keyword; $comment names each of them
//     where it belongs;
//   - references between parts of a document, the order of dates, and whatever
//     else the checks of package reviewpkg add to the rules;
//   - the upper bound of a 64-bit integer in quotes, the difference between
//     the values of a list where one stands in two spellings, and a field under
//     both of its names;
//   - short names of enum values in JSON, which only YAML documents may use.
//
// It returns an error if m is nil or its rules do not compile.
func Schema(m proto.Message) (*jsonschema.Schema, error) {
	if m == nil {
		return nil, errors.New("a schema needs a message, found nil")
	}
	model, err := modelFiles()
	if err != nil {
		return nil, err
	}
	b := &schemaBuilder{defs: jsonschema.Definitions{}, model: model}
	desc := m.ProtoReflect().Descriptor()
	root, err := b.message(desc)
	if err != nil {
		return nil, fmt.Errorf("schema of %s: %w", desc.FullName(), err)
	}
	root.Version = jsonschema.Version
	root.ID = jsonschema.ID(schemaBase + string(desc.FullName()) + ".schema.json")
	root.Definitions = b.defs
	return root, nil
}

// A schemaBuilder collects the definitions that a schema refers to.
type schemaBuilder struct {
	defs  jsonschema.Definitions
	model *protoregistry.Files // with comments
}

// message returns a schema for values of a message type: a reference to its
// definition, or the special form that proto JSON gives a well-known type.
func (b *schemaBuilder) message(desc protoreflect.MessageDescriptor) (*jsonschema.Schema, error) {
	if s := wellKnown(desc); s != nil {
		return s, nil
	}
	name := string(desc.FullName())
	if b.defs[name] == nil {
		def := &jsonschema.Schema{
			Title:                string(desc.Name()),
			Description:          b.describe(desc),
			Type:                 "object",
			Properties:           orderedmap.New[string, *jsonschema.Schema](),
			AdditionalProperties: jsonschema.FalseSchema,
		}
		// Known before its fields are, because messages nest in one another.
		b.defs[name] = def
		if err := b.fields(def, desc); err != nil {
			return nil, err
		}
		if err := b.conditions(def, desc); err != nil {
			return nil, err
		}
	}
	return &jsonschema.Schema{Ref: defRef(name)}, nil
}

// fields adds the properties of a message. A field whose JSON name differs
// from its name has a second property that points to the first one and that
// editors do not suggest, so that completion offers each field once.
func (b *schemaBuilder) fields(def *jsonschema.Schema, desc protoreflect.MessageDescriptor) error {
	msgRules, err := protovalidate.ResolveMessageRules(desc)
	if err != nil {
		return err
	}
	fields := desc.Fields()
	for i := range fields.Len() {
		fd := fields.Get(i)
		rules, err := fieldRules(fd, msgRules)
		if err != nil {
			return err
		}
		property, err := b.field(fd, rules)
		if err != nil {
			return err
		}
		property.Description = b.describe(fd)
		def.Properties.Set(fd.TextName(), property)
	}
	// The second names come last, so that a reader of the schema meets the
	// fields in the order of the model first.
	for i := range fields.Len() {
		if fd := fields.Get(i); fd.JSONName() != fd.TextName() {
			def.Properties.Set(fd.JSONName(), &jsonschema.Schema{
				Ref:    defRef(string(desc.FullName())) + "/properties/" + fd.TextName(),
				Extras: map[string]any{"doNotSuggest": true},
			})
		}
	}
	return nil
}

// conditions adds what a message says about its fields together: which of
// them it requires, which of them exclude one another. A required field with
// two names is a condition of its own, which either name meets.
func (b *schemaBuilder) conditions(def *jsonschema.Schema, desc protoreflect.MessageDescriptor) error {
	missing, err := missingFields(desc)
	if err != nil {
		return err
	}
	fields := desc.Fields()
	for i := range fields.Len() {
		fd := fields.Get(i)
		switch {
		case !missing[fd.TextName()] && fd.Cardinality() != protoreflect.Required:
		case fd.JSONName() == fd.TextName():
			def.Required = append(def.Required, fd.TextName())
		default:
			def.AllOf = append(def.AllOf, present(fd))
		}
	}
	oneofs := desc.Oneofs()
	for i := range oneofs.Len() {
		oneof := oneofs.Get(i)
		if oneof.IsSynthetic() { // how proto3 writes "optional"
			continue
		}
		rules, err := protovalidate.ResolveOneofRules(oneof)
		if err != nil {
			return err
		}
		var members []protoreflect.FieldDescriptor
		for j := range oneof.Fields().Len() {
			members = append(members, oneof.Fields().Get(j))
		}
		def.AllOf = append(def.AllOf, exclusive(members, rules.GetRequired()))
	}
	return messageConditions(def, desc)
}

// messageConditions adds the oneof rules of a message, which unlike a oneof may
// hold lists and fields without presence, and names its CEL rules.
func messageConditions(def *jsonschema.Schema, desc protoreflect.MessageDescriptor) error {
	rules, err := protovalidate.ResolveMessageRules(desc)
	if err != nil {
		return err
	}
	for _, oneof := range rules.GetOneof() {
		var members []protoreflect.FieldDescriptor
		for _, name := range oneof.GetFields() {
			members = append(members, desc.Fields().ByName(protoreflect.Name(name)))
		}
		def.AllOf = append(def.AllOf, exclusive(members, oneof.GetRequired()))
	}
	addUnsaid(def, celRules(rules.GetCel(), rules.GetCelExpression())...)
	return nil
}

// missingFields returns the names of the fields that an empty message lacks.
// It asks the validator, because not only "required" demands a field: a
// minimum length binds a field without presence even where it is left out.
func missingFields(desc protoreflect.MessageDescriptor) (map[string]bool, error) {
	missing := map[string]bool{}
	var invalid *protovalidate.ValidationError
	switch err := protovalidate.Validate(dynamicpb.NewMessage(desc)); {
	case errors.As(err, &invalid):
		for _, violation := range invalid.Violations {
			if path := violation.Proto.GetField().GetElements(); len(path) == 1 {
				missing[path[0].GetFieldName()] = true
			}
		}
	case err != nil:
		return nil, err
	}
	return missing, nil
}

// defRef returns the reference to a definition.
func defRef(name string) string { return "#/$defs/" + name }
