package reviewpkg

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"buf.build/go/protovalidate"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"

	"github.com/reviewpkg/sdk/internal/fieldpath"
	"github.com/reviewpkg/sdk/internal/inwords"
)

// ruleNames turns violations of buf.validate rules in one message into
// diagnostics. The tree is kept between them, because the ids along a path are
// looked up once for all violations in a list.
type ruleNames struct {
	tree *fieldpath.Tree
}

func newRuleNames(m proto.Message) ruleNames {
	return ruleNames{tree: fieldpath.NewTree(m.ProtoReflect())}
}

// diagnostic says in our words what a violation means. The words of a CEL rule
// are its own: they are written in the .proto files for people.
func (n ruleNames) diagnostic(v *protovalidate.Violation) Diagnostic {
	id := v.Proto.GetRuleId()
	d := Diagnostic{
		Code:  ruleCode(v),
		Rule:  id,
		Level: LevelError,
		Path:  n.tree.Violation(v.Proto.GetField()),
	}
	// The descriptor is missing for items of a list, the path never is. Rules of
	// the whole document have neither.
	name := "the document"
	if elements := v.Proto.GetField().GetElements(); len(elements) > 0 {
		name = elements[len(elements)-1].GetFieldName()
	}
	switch {
	case id == "required":
		d.Message = name + " is missing"
		d.Hint = requiredHint(v)
	// The document says what it is; that it is valid otherwise would help nobody.
	case d.Code == WrongKind:
		d.Message = fmt.Sprintf("schema is %s", quote(v.FieldValue.String()))
		d.Hint = "must be " + quote(v.RuleValue.String())
	// Only binary documents and messages made in a program come here: a name that
	// is unknown was reported when the text was decoded.
	case id == "enum.defined_only":
		d.Message = fmt.Sprintf("%s has no value %d", name, v.FieldValue.Enum())
		d.Hint = "one of " + enumNames(v.FieldDescriptor)
	case strings.HasSuffix(id, "enum.not_in"):
		d.Message = name + " holds a value that says nothing"
		d.Hint = "leave the item out, or use one of " + enumNames(v.FieldDescriptor)
	case d.Code == BadDate:
		d.Message = fmt.Sprintf("date %s %s", quote(v.FieldValue.String()), v.Proto.GetMessage())
		d.Hint = dateHint(v.FieldValue.String())
	case d.Code == DuplicateValue:
		d.Message = fmt.Sprintf("%s holds %s twice", name, repeatedValue(v.FieldDescriptor, v.FieldValue.List()))
		d.Hint = "leave one out"
	case d.Code == Inconsistent:
		d.Message = v.Proto.GetMessage()
	// What is left are the rules of buf.validate on texts and numbers.
	default:
		d.Message = ruleMessage(name, v)
		d.Hint = ruleHint(name, id)
	}
	return d
}

// ruleCode returns the code that the id of a rule stands for. There are many more
// rules than codes: a caller acts on the code, and reads the rule to know more.
// The ids are those of buf.validate ("string.min_len") and, for CEL rules, ours
// from the .proto files ("date.format"). A new CEL rule over several fields needs
// no line here, because it is inconsistent unless something else is said.
func ruleCode(v *protovalidate.Violation) Code {
	id := v.Proto.GetRuleId()
	family, rule, _ := strings.Cut(id, ".")
	switch {
	// To whoever fills in a form, a list that needs an item, an enum that needs a
	// value and a text that is required all lack the same thing.
	case id == "required" || id == "repeated.min_items" || strings.HasSuffix(id, "enum.not_in"):
		return MissingField
	case id == "string.const" && v.FieldDescriptor != nil && v.FieldDescriptor.Name() == "schema":
		return WrongKind
	case id == "enum.defined_only":
		return UnknownValue
	case id == "repeated.unique":
		return DuplicateValue
	case family == "date":
		return BadDate
	// Lengths before the family of texts, whose other rules are about form.
	case rule == "min_len" || rule == "max_len" || rule == "max_items":
		return OutOfRange
	case family == "string":
		return BadFormat
	case family == "uint32" || family == "int64" || family == "double":
		return OutOfRange
	case id == "artifact.path":
		return BadFormat
	default:
		return Inconsistent
	}
}

// ruleMessage names the field, what was found, and what is wanted. The words of
// buf.validate begin with "value", which says nothing where the name is known.
// Messages and lists are not put into words: they have no short form.
func ruleMessage(name string, v *protovalidate.Violation) string {
	wanted := strings.TrimPrefix(v.Proto.GetMessage(), "value ")
	found := ""
	switch value := v.FieldValue.Interface().(type) {
	case string:
		found = " " + quote(value)
	case uint32, int64, float64:
		found = fmt.Sprintf(" %v", value)
	}
	return name + found + " " + wanted
}

// requiredHint says what to put where something is missing, if that follows from
// the model. What a title or a name should say, nobody can guess.
func requiredHint(v *protovalidate.Violation) string {
	fd := v.FieldDescriptor
	switch {
	case fd == nil:
		return ""
	case fd.Name() == "schema":
		return "set it to " + quote(string(fd.ContainingMessage().FullName()))
	case fd.Enum() != nil:
		return "one of " + enumNames(fd)
	case fd.Name() == "id":
		return "give it an id of letters, digits, dots, dashes and underscores that is unique in the package"
	default:
		return ""
	}
}

// repeatedValue returns the first value that stands twice in a list. The
// violation names the list alone, and in a list of fifty ids nobody finds two
// that are alike.
func repeatedValue(fd protoreflect.FieldDescriptor, list protoreflect.List) string {
	seen := map[any]bool{}
	for i := range list.Len() {
		switch value := list.Get(i).Interface().(type) {
		case string:
			if seen[value] {
				return quote(value)
			}
			seen[value] = true
		case protoreflect.EnumNumber:
			if seen[value] {
				return enumName(fd, value)
			}
			seen[value] = true
		}
	}
	return "a value"
}

// enumName returns the name of a value of the field's enum, or its number: binary
// documents can hold numbers that this version of the model has no name for.
func enumName(fd protoreflect.FieldDescriptor, n protoreflect.EnumNumber) string {
	if fd != nil && fd.Enum() != nil {
		if value := fd.Enum().Values().ByNumber(n); value != nil {
			return string(value.Name())
		}
	}
	return strconv.Itoa(int(n))
}

// ruleHint explains the patterns of the .proto files in words, by the field
// that carries them. A regular expression is exact and helps nobody who wrote
// "CWE 79".
func ruleHint(name, rule string) string {
	if rule != "string.pattern" {
		return ""
	}
	switch name {
	case "id":
		return "ids are made of letters, digits, dots, dashes and underscores, and begin with a letter or digit"
	case "sha256":
		return "64 lower-case hexadecimal digits"
	case "cvss_vector":
		return "begins with CVSS:3.0/, CVSS:3.1/ or CVSS:4.0/"
	case "cwes":
		return "written CWE-79"
	default:
		return ""
	}
}

// dateHint says how long the month is, or how dates are written. The usual slips
// are a 31st that the month does not have, and day and month in the other order.
func dateHint(value string) string {
	const form = "write it YYYY-MM-DD, or YYYY-MM or YYYY where less is known"
	parts := strings.Split(value, "-")
	if len(parts) != 3 {
		return form
	}
	year, errYear := strconv.Atoi(parts[0])
	month, errMonth := strconv.Atoi(parts[1])
	switch {
	case errYear != nil || errMonth != nil:
		return form
	case month < 1 || month > 12:
		return "months are 01 to 12"
	}
	// Day 0 of the next month is the last of this one.
	last := time.Date(year, time.Month(month)+1, 0, 0, 0, 0, 0, time.UTC)
	return fmt.Sprintf("%s %d has %d days", time.Month(month), year, last.Day())
}

// enumNames lists the values of the field's enum that say something, and of a
// long list only the first: a hint of a hundred names is not read.
func enumNames(fd protoreflect.FieldDescriptor) string {
	if fd == nil || fd.Enum() == nil {
		return "the model's values"
	}
	values := fd.Enum().Values()
	names := make([]string, 0, values.Len())
	for i := range values.Len() {
		if values.Get(i).Number() != 0 {
			names = append(names, string(values.Get(i).Name()))
		}
	}
	return some(names)
}

// quote puts text of a user in quotes, shortened, for a message.
func quote(s string) string { return strconv.Quote(inwords.Excerpt(s)) }
