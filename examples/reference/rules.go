package main

import (
	"fmt"
	"strings"

	"buf.build/gen/go/bufbuild/protovalidate/protocolbuffers/go/buf/validate"
	"buf.build/go/protovalidate"
	"google.golang.org/protobuf/reflect/protoreflect"
)

// rules returns the rules of a field in words. A rule that has no words here is
// an error, so that the reference never keeps one back.
func rules(fd protoreflect.FieldDescriptor) (string, error) {
	r, err := protovalidate.ResolveFieldRules(fd)
	if err != nil || r == nil {
		return "", err
	}
	words, err := fieldWords(fd, r)
	if err != nil {
		return "", fmt.Errorf("%s: %w", fd.FullName(), err)
	}
	return strings.Join(words, "; "), nil
}

// fieldWords returns the rules of a field, of an item or of a key.
func fieldWords(fd protoreflect.FieldDescriptor, r *validate.FieldRules) ([]string, error) {
	var words []string
	if r.GetRequired() {
		words = append(words, "**required**")
	}
	for _, rule := range r.GetCel() {
		words = append(words, celWords(rule))
	}
	empty := ""
	if r.GetIgnore() == validate.Ignore_IGNORE_IF_ZERO_VALUE {
		empty = "empty, or "
	}
	m := r.ProtoReflect()
	which := m.WhichOneof(m.Descriptor().Oneofs().ByName("type"))
	if which == nil {
		return words, nil
	}
	var failed error
	typed := m.Get(which).Message()
	// In the order of the declaration, so that the pages are the same each time.
	for i := range typed.Descriptor().Fields().Len() {
		rule := typed.Descriptor().Fields().Get(i)
		if !typed.Has(rule) {
			continue
		}
		// The error of one rule does not keep others from having their words.
		said, err := ruleWords(fd, string(which.Name()), rule, typed.Get(rule))
		if err != nil {
			failed = err
		}
		if said != "" {
			words = append(words, empty+said)
		}
	}
	return words, failed
}

// ruleWords returns one rule in words, or nothing where the table says it
// already.
func ruleWords(fd protoreflect.FieldDescriptor, kind string, rule protoreflect.FieldDescriptor, v protoreflect.Value) (string, error) {
	switch kind + "." + string(rule.Name()) {
	case "string.const":
		return "always " + code(v.String()), nil
	case "string.min_len":
		if v.Uint() == 1 {
			return "not empty", nil
		}
		return fmt.Sprintf("at least %d characters", v.Uint()), nil
	case "string.max_len":
		return fmt.Sprintf("at most %d characters", v.Uint()), nil
	case "string.pattern":
		return "matches " + code(v.String()), nil
	case "string.uri":
		return "an absolute URI", nil
	case "string.uri_ref":
		return "a URI or a relative reference", nil
	case "string.email":
		return "an e-mail address", nil
	case "enum.defined_only":
		return "a value of the enum", nil
	case "enum.in":
		return "one of " + values(fd, v.List()), nil
	case "enum.not_in":
		return "not " + values(fd, v.List()), nil
	case "uint32.lte", "int64.lte":
		return "at most " + v.String(), nil
	case "uint32.gte", "int64.gte":
		return "at least " + v.String(), nil
	case "uint32.lt":
		return "less than " + v.String(), nil
	case "double.finite":
		return "finite", nil
	case "repeated.min_items":
		return fmt.Sprintf("at least %d of them", v.Uint()), nil
	case "repeated.max_items":
		return fmt.Sprintf("at most %d of them", v.Uint()), nil
	case "repeated.unique":
		return "none twice", nil
	case "repeated.items":
		return nested("each ", fd, v)
	case "map.keys":
		return nested("each key ", fd, v)
	case "map.values":
		return nested("each value ", fd, v)
	default:
		return "", fmt.Errorf("the rule %s.%s has no words", kind, rule.Name())
	}
}

// nested returns the rules of items, keys or values.
func nested(before string, fd protoreflect.FieldDescriptor, v protoreflect.Value) (string, error) {
	words, err := fieldWords(fd, v.Message().Interface().(*validate.FieldRules))
	if len(words) == 0 {
		return "", err
	}
	return before + strings.Join(words, ", "), err
}

// values returns the names of values of the enum of a field.
func values(fd protoreflect.FieldDescriptor, list protoreflect.List) string {
	names := make([]string, list.Len())
	for i := range names {
		names[i] = code(string(fd.Enum().Values().ByNumber(protoreflect.EnumNumber(list.Get(i).Int())).Name())) //nolint:gosec // a number of an enum
	}
	return strings.Join(names, ", ")
}

// code writes a text as code in a cell of a table.
func code(text string) string { return "`" + strings.ReplaceAll(text, "|", `\|`) + "`" }

// messageRules returns the rules over several fields of a message, as a list.
func messageRules(md protoreflect.MessageDescriptor) (string, error) {
	r, err := protovalidate.ResolveMessageRules(md)
	if err != nil {
		return "", err
	}
	if len(r.GetOneof()) > 0 || len(r.GetCelExpression()) > 0 {
		return "", fmt.Errorf("%s has rules of a kind that has no words", md.FullName())
	}
	var b strings.Builder
	for _, rule := range r.GetCel() {
		fmt.Fprintf(&b, "- %s\n", celWords(rule))
	}
	return b.String(), nil
}

// celWords returns a rule in CEL in the words of its message, which is about
// what breaks it in some and about what keeps it in others.
func celWords(rule *validate.Rule) string {
	return fmt.Sprintf("`%s`: “%s”", rule.GetId(), plain(rule.GetMessage()))
}
