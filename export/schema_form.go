package export

import (
	"cmp"
	"encoding/json"
	"strconv"
	"strings"

	"github.com/invopop/jsonschema"
	"google.golang.org/protobuf/reflect/protoreflect"
)

// The forms of a value are all the ways in which JSON may spell it. A keyword
// that compares values, such as const, has to list them all: what is refused
// under one spelling must not pass under another.

// zeroForms returns how JSON may spell the zero value of a field.
func zeroForms(fd protoreflect.FieldDescriptor) []any {
	switch {
	case fd.IsMap():
		return []any{map[string]any{}}
	case fd.IsList():
		return []any{[]any{}}
	default:
		return zeroItem(fd)
	}
}

// zeroItem is zeroForms for one item of a list or a map. It goes by the kind,
// because a list has no default to ask for.
func zeroItem(fd protoreflect.FieldDescriptor) []any {
	switch fd.Kind() {
	case protoreflect.MessageKind, protoreflect.GroupKind:
		return []any{map[string]any{}}
	case protoreflect.EnumKind:
		return enumForms(fd.Enum(), 0)
	case protoreflect.StringKind, protoreflect.BytesKind:
		return []any{""}
	case protoreflect.BoolKind:
		return []any{false}
	default:
		return []any{0, "0"}
	}
}

// listForms returns the forms of all values of a list.
func (s *ruleSchema) listForms(list protoreflect.List) []any {
	var forms []any
	for i := range list.Len() {
		forms = append(forms, s.forms(list.Get(i))...)
	}
	return forms
}

// forms returns how JSON may spell a value of the field: a 64-bit integer with
// quotes or without, an enum value by any of its names or by number.
func (s *ruleSchema) forms(v protoreflect.Value) []any {
	switch v := v.Interface().(type) {
	case int64:
		return []any{v, strconv.FormatInt(v, 10)}
	case uint64:
		return []any{v, strconv.FormatUint(v, 10)}
	case int32:
		if s.fd.Kind() == protoreflect.EnumKind { // the rules of an enum hold plain numbers
			return enumForms(s.fd.Enum(), protoreflect.EnumNumber(v))
		}
		return []any{v}
	default:
		return []any{v}
	}
}

// allow limits s to some values. A single one reads better as const.
func (s *ruleSchema) allow(forms []any) {
	if len(forms) == 1 {
		s.Const = forms[0]
	} else {
		s.Enum = forms
	}
}

// addBound adds a bound of a number. The descriptors of the rules declare
// upper bounds before lower ones, and so they come here.
func (s *ruleSchema) addBound(name string, n json.Number) bool {
	switch name {
	case "lt":
		// Of two upper bounds the one of the kind says nothing any more.
		s.Maximum, s.ExclusiveMaximum = "", n
	case "lte":
		s.Maximum = n
	case "gt", "gte":
		s.addLowerBound(name, n)
	case "finite":
	default:
		return false
	}
	if s.Extras != nil { // the value may be a text
		s.boundText()
	}
	return true
}

// addLowerBound adds a lower bound. Where it lies above the upper one, the
// two exclude what is between them, as the validator has it: "lt 3, gt 7" is
// every number but 3 to 7. A bound of a rule replaces that of the kind, which
// is wider.
func (s *ruleSchema) addLowerBound(name string, n json.Number) {
	target := s.Schema
	if upper := cmp.Or(s.Maximum, s.ExclusiveMaximum); less(upper, n) {
		target = &jsonschema.Schema{}
		s.AnyOf = []*jsonschema.Schema{{Maximum: s.Maximum, ExclusiveMaximum: s.ExclusiveMaximum}, target}
		s.Maximum, s.ExclusiveMaximum = number(s.fd.Kind()).Maximum, ""
	}
	if name == "gt" {
		target.ExclusiveMinimum = n
	} else {
		target.Minimum = n
	}
	if target.ExclusiveMinimum != "" {
		target.Minimum = ""
	}
}

// boundText fits the form in quotes to the bounds as far as a pattern can: a
// number that must not be negative has no sign, and NaN breaks every bound.
func (s *ruleSchema) boundText() {
	switch s.fd.Kind() {
	case protoreflect.FloatKind, protoreflect.DoubleKind:
		s.Type, s.Pattern, s.Extras = "number", "", nil
	default:
		low := cmp.Or(s.Minimum, s.ExclusiveMinimum)
		if !less(low, "0") {
			s.Pattern = strings.Replace(s.Pattern, "-?", "", 1)
		}
		if less("0", low) || s.ExclusiveMinimum == "0" {
			s.Pattern = strings.Replace(s.Pattern, "0|", "", 1)
		}
	}
}

// less compares two numbers, near enough for bounds: whether two that differ
// by less than a float64 can tell are in order changes nothing here. A bound
// that is not there is neither less nor greater.
func less(a, b json.Number) bool {
	x, errA := a.Float64()
	y, errB := b.Float64()
	return errA == nil && errB == nil && x < y
}

// boundNumber returns a rule's number in its shortest form. A float32 must not
// be widened first: 0.1 would become 0.10000000149011612.
func boundNumber(rule protoreflect.FieldDescriptor, v protoreflect.Value) json.Number {
	switch rule.Kind() {
	case protoreflect.FloatKind:
		return json.Number(strconv.FormatFloat(v.Float(), 'g', -1, 32))
	case protoreflect.DoubleKind:
		return json.Number(strconv.FormatFloat(v.Float(), 'g', -1, 64))
	default:
		return json.Number(v.String())
	}
}
