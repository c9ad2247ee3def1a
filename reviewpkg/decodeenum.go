package reviewpkg

import (
	"strings"

	"google.golang.org/protobuf/reflect/protoreflect"

	"github.com/reviewpkg/sdk/internal/inwords"
	"github.com/reviewpkg/sdk/internal/source"
)

// enumText is a short name of an enum value as a document has it. With the enum,
// because high is a value of several of them.
type enumText struct {
	enum protoreflect.FullName
	text string
}

// enum returns the enum value that n names, in YAML also by its short name. An
// undefined number is refused like an undefined name: it would count for
// nothing where somebody meant something.
func (d *decoder) enum(fd protoreflect.FieldDescriptor, n *source.Node) (protoreflect.Value, bool) {
	ed := fd.Enum()
	switch {
	// The proto JSON mapping takes the number of a value for its name. Here it
	// is an integer as it stands: 1.0 is no name of anything.
	case n.Kind == source.Number:
		if v, _, err := parseInteger(protoreflect.Int32Kind, n.Text); err == nil {
			if number := protoreflect.EnumNumber(v.Int()); ed.Values().ByNumber(number) != nil { //nolint:gosec // parsed as 32 bits
				return protoreflect.ValueOfEnum(number), true
			}
		}
		d.unknown(UnknownValue, n.Pos, "unknown value "+inwords.Excerpt(n.Text)+" of "+string(ed.Name()), "one of "+d.valueNames(ed, n.Text))
	// Plain, because the short name of a value may be what YAML takes for
	// something else: true, or 2024-01-01.
	case n.Kind == source.String || n.Plain && n.Kind != source.Null:
		if ev := ed.Values().ByName(protoreflect.Name(n.Text)); ev != nil {
			return protoreflect.ValueOfEnum(ev.Number()), true
		}
		if d.yaml {
			if number, ok := d.shortName(ed, n.Text); ok {
				return protoreflect.ValueOfEnum(number), true
			}
		}
		hint := "one of " + d.valueNames(ed, n.Text)
		if ev := nearestValue(ed, n.Text); ev != nil {
			hint = "did you mean " + d.valueName(ev, n.Text) + "?"
		}
		d.unknown(UnknownValue, n.Pos, "unknown value "+quote(n.Text)+" of "+string(ed.Name()), hint)
	default:
		d.wrongType(fd, n, "a value of "+string(ed.Name()))
	}
	return protoreflect.Value{}, false
}

// valueName returns the name of a value as somebody would write it who wrote
// text: in YAML the short one, unless text begins like a full one.
func (d *decoder) valueName(ev protoreflect.EnumValueDescriptor, text string) string {
	name := string(ev.Name())
	prefix := inwords.EnumPrefix(ev.Parent().(protoreflect.EnumDescriptor))
	if !d.yaml || prefix == "" || strings.HasPrefix(text, prefix) {
		return name
	}
	return strings.ToLower(strings.TrimPrefix(name, prefix))
}

// valueNames lists the values that say something, as [decoder.valueName] has
// them.
func (d *decoder) valueNames(ed protoreflect.EnumDescriptor, text string) string {
	var names []string
	for i := range ed.Values().Len() {
		if ev := ed.Values().Get(i); ev.Number() != 0 {
			names = append(names, d.valueName(ev, text))
		}
	}
	return some(names)
}

// shortName returns the value that text names without the prefix of the enum,
// in any case, with dashes or underscores.
func (d *decoder) shortName(ed protoreflect.EnumDescriptor, text string) (protoreflect.EnumNumber, bool) {
	at := enumText{ed.FullName(), text}
	if number, ok := d.enums[at]; ok {
		return number, true
	}
	if len(text) > longestKey {
		return 0, false // so long is no name, and three copies of it are made
	}
	// The prefix first: of two values, one of which is named like the other
	// without it, the short name means the one that it is short for.
	upper := strings.ReplaceAll(strings.ToUpper(text), "-", "_")
	ev := ed.Values().ByName(protoreflect.Name(inwords.EnumPrefix(ed) + upper))
	if ev == nil {
		if ev = ed.Values().ByName(protoreflect.Name(upper)); ev == nil {
			return 0, false
		}
	}
	if d.enums == nil {
		d.enums = map[enumText]protoreflect.EnumNumber{}
	}
	d.enums[at] = ev.Number()
	return ev.Number(), true
}
