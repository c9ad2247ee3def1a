package export

import (
	"slices"

	"buf.build/gen/go/bufbuild/protovalidate/protocolbuffers/go/buf/validate"
	"buf.build/go/protovalidate"
	"github.com/invopop/jsonschema"
	orderedmap "github.com/pb33f/ordered-map/v2"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"
)

// fieldRules returns the rules of a field, never nil. Those of a member of a
// oneof rule of the message are ignored while it is zero.
func fieldRules(fd protoreflect.FieldDescriptor, msg *validate.MessageRules) (*validate.FieldRules, error) {
	rules, err := protovalidate.ResolveFieldRules(fd)
	if err != nil {
		return nil, err
	}
	if rules == nil {
		rules = &validate.FieldRules{}
	}
	inOneof := slices.ContainsFunc(msg.GetOneof(), func(r *validate.MessageOneofRule) bool {
		return slices.Contains(r.GetFields(), string(fd.Name()))
	})
	if inOneof && !rules.HasIgnore() {
		// The validator does the same: a member that is not the chosen one
		// need not keep its rules.
		rules = proto.CloneOf(rules)
		rules.SetIgnore(validate.Ignore_IGNORE_IF_ZERO_VALUE)
	}
	return rules, nil
}

// field returns the schema of a property that holds fd. Two things that the
// rules of a value do not know are settled here: a required field without
// presence refuses its zero value, because nobody can tell that from a field
// that is not set, and a field whose rules are ignored at zero accepts it. A
// field with presence has neither: its zero value is an answer.
func (b *schemaBuilder) field(fd protoreflect.FieldDescriptor, rules *validate.FieldRules) (*jsonschema.Schema, error) {
	if rules.GetIgnore() == validate.Ignore_IGNORE_ALWAYS {
		// Also "required" is ignored; the mark itself is kept for value.
		rules = validate.FieldRules_builder{Ignore: rules.GetIgnore().Enum()}.Build()
	}
	notZero := rules.GetRequired() && !fd.HasPresence()
	var s *jsonschema.Schema
	var err error
	switch {
	case fd.IsMap():
		s, err = b.mapping(fd, rules, notZero)
	case fd.IsList():
		s, err = b.list(fd, rules, notZero)
	default:
		s, err = b.value(fd, rules, notZero)
	}
	if err != nil || notZero || fd.HasPresence() {
		return s, err
	}
	return orZero(s, rules, zeroForms(fd)), nil
}

// list returns the schema of a repeated field. Rules in CEL are about the list
// as a whole and are named beside it, those of the items beside these.
func (b *schemaBuilder) list(fd protoreflect.FieldDescriptor, rules *validate.FieldRules, notEmpty bool) (*jsonschema.Schema, error) {
	items, err := b.item(fd, rules.GetRepeated().GetItems(), rules)
	if err != nil {
		return nil, err
	}
	s := &jsonschema.Schema{Type: "array", Items: items}
	list := rules.GetRepeated()
	s.UniqueItems = list.GetUnique()
	s.MinItems = atLeast(list.GetMinItems(), notEmpty)
	if list.HasMaxItems() {
		s.MaxItems = new(list.GetMaxItems())
	}
	addUnsaid(s, celRules(rules.GetCel(), rules.GetCelExpression())...)
	return s, nil
}

// mapping returns the schema of a map field. Its keys are free, so that the
// rules of the keys become a schema of the property names.
func (b *schemaBuilder) mapping(fd protoreflect.FieldDescriptor, rules *validate.FieldRules, notEmpty bool) (*jsonschema.Schema, error) {
	pairs := rules.GetMap()
	keys, err := b.item(fd.MapKey(), pairs.GetKeys(), rules)
	if err != nil {
		return nil, err
	}
	values, err := b.item(fd.MapValue(), pairs.GetValues(), rules)
	if err != nil {
		return nil, err
	}
	s := &jsonschema.Schema{Type: "object", PropertyNames: keyText(fd.MapKey(), keys), AdditionalProperties: values}
	s.MinProperties = atLeast(pairs.GetMinPairs(), notEmpty)
	if pairs.HasMaxPairs() {
		s.MaxProperties = new(pairs.GetMaxPairs())
	}
	addUnsaid(s, celRules(rules.GetCel(), rules.GetCelExpression())...)
	return s, nil
}

// item returns the schema of an item of a list, or of a key or value of a map.
// Rules that are ignored for the whole field are ignored for its items. An item
// is never required: it is there, or the list is shorter.
func (b *schemaBuilder) item(fd protoreflect.FieldDescriptor, rules, whole *validate.FieldRules) (*jsonschema.Schema, error) {
	if whole.GetIgnore() == validate.Ignore_IGNORE_ALWAYS || rules.GetIgnore() == validate.Ignore_IGNORE_ALWAYS {
		rules = validate.FieldRules_builder{Ignore: validate.Ignore_IGNORE_ALWAYS.Enum()}.Build()
	}
	s, err := b.value(fd, rules, false)
	if err != nil {
		return nil, err
	}
	return orZero(s, rules, zeroItem(fd)), nil
}

// orZero lets the zero value pass, in any of its forms, where the rules of s
// are ignored for it. Without rules there is nothing to let it pass by, and the
// schema stays as short as it is.
func orZero(s *jsonschema.Schema, rules *validate.FieldRules, zero []any) *jsonschema.Schema {
	unruled := !rules.HasType() && len(rules.GetCel()) == 0 && len(rules.GetCelExpression()) == 0
	if unruled || rules.GetIgnore() != validate.Ignore_IGNORE_IF_ZERO_VALUE {
		return s
	}
	pass := ruleSchema{Schema: &jsonschema.Schema{}}
	pass.allow(zero)
	return &jsonschema.Schema{AnyOf: []*jsonschema.Schema{pass.Schema, s}}
}

// atLeast returns a minimum, raised to 1 for what must not be empty; nil
// where there is none.
func atLeast(n uint64, notEmpty bool) *uint64 {
	if notEmpty {
		n = max(n, 1)
	}
	if n == 0 {
		return nil
	}
	return &n
}

// present returns the condition that a field is there, under either name. The
// keyword "required" of a message serves for fields with one name only.
func present(fd protoreflect.FieldDescriptor) *jsonschema.Schema {
	if fd.JSONName() == fd.TextName() {
		return &jsonschema.Schema{Required: []string{fd.TextName()}}
	}
	return &jsonschema.Schema{AnyOf: []*jsonschema.Schema{
		{Required: []string{fd.TextName()}},
		{Required: []string{fd.JSONName()}},
	}}
}

// exclusive returns the condition that at most one of the fields is set, or
// exactly one where one is required. Without "required" the case that none is
// set is one more alternative: oneOf holds if exactly one of them does.
func exclusive(fields []protoreflect.FieldDescriptor, required bool) *jsonschema.Schema {
	set := make([]*jsonschema.Schema, len(fields))
	for i, fd := range fields {
		set[i] = present(fd)
		if !fd.HasPresence() {
			// Proto JSON may spell out a zero that stands for "not set".
			notZero := &jsonschema.Schema{Not: &jsonschema.Schema{Enum: zeroForms(fd)}}
			set[i].Properties = orderedmap.New[string, *jsonschema.Schema]()
			set[i].Properties.Set(fd.TextName(), notZero)
			set[i].Properties.Set(fd.JSONName(), notZero)
		}
	}
	if !required {
		return &jsonschema.Schema{OneOf: append(slices.Clip(set), &jsonschema.Schema{Not: &jsonschema.Schema{AnyOf: set}})}
	}
	return &jsonschema.Schema{OneOf: set}
}

// keyText returns the schema of a map key, which is a text in JSON, from that
// of the value it stands for.
func keyText(fd protoreflect.FieldDescriptor, key *jsonschema.Schema) *jsonschema.Schema {
	switch fd.Kind() {
	case protoreflect.StringKind:
		return key
	case protoreflect.BoolKind:
		return &jsonschema.Schema{Enum: []any{"true", "false"}}
	default:
		return &jsonschema.Schema{Pattern: "^-?(0|[1-9][0-9]*)$"}
	}
}
