package reviewpkg

import (
	"encoding/base64"
	"fmt"
	"math"
	"slices"
	"strconv"
	"unicode/utf8"

	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/reflect/protoreflect"

	"github.com/reviewpkg/sdk/internal/fieldpath"
	"github.com/reviewpkg/sdk/internal/source"
)

// marshalYAML writes YAML with the field names of the .proto files.
//
// It does not go through protojson, whose 64-bit numbers are texts, because in
// YAML a person should find size: 5 and not size: "5". Reading takes both.
func marshalYAML(m protoreflect.Message) ([]byte, error) {
	n, err := messageNode(m)
	if err != nil {
		return nil, err
	}
	return source.AppendYAML(nil, &n), nil
}

// messageNode returns m as a tree, fields by number, which is the order of
// protojson as well. Fields that the model does not know have no names, and no
// place in YAML.
func messageNode(m protoreflect.Message) (source.Node, error) {
	n := source.Node{Kind: source.Object}
	if isWellKnown(m.Descriptor()) {
		return wellKnownNode(m)
	}
	// Range has no order of its own.
	var set []protoreflect.FieldDescriptor
	m.Range(func(fd protoreflect.FieldDescriptor, _ protoreflect.Value) bool {
		set = append(set, fd)
		return true
	})
	slices.SortFunc(set, func(a, b protoreflect.FieldDescriptor) int { return int(a.Number() - b.Number()) })
	for _, fd := range set {
		child, err := fieldNode(fd, m.Get(fd))
		if err != nil {
			return n, err
		}
		child.Key = string(fd.Name())
		n.Children = append(n.Children, child)
	}
	return n, nil
}

// wellKnownNode returns the JSON form of a well-known type. It is read back into
// a tree, because only protojson knows these forms and only trees become YAML;
// the random spaces of protojson get lost on the way.
func wellKnownNode(m protoreflect.Message) (source.Node, error) {
	data, err := protojson.Marshal(m.Interface())
	if err != nil {
		return source.Node{}, err
	}
	// Our own output needs no limits.
	n, problem := source.JSON(data, source.Limits{MaxBytes: math.MaxInt32, MaxDepth: math.MaxInt, MaxNodes: math.MaxInt})
	if problem != nil {
		return source.Node{}, problem
	}
	return *n, nil
}

// fieldNode returns the value of a field as a tree.
func fieldNode(fd protoreflect.FieldDescriptor, v protoreflect.Value) (source.Node, error) {
	switch {
	case fd.IsList():
		n := source.Node{Kind: source.Array}
		for i := range v.List().Len() {
			item, err := valueNode(fd, v.List().Get(i))
			if err != nil {
				return n, err
			}
			n.Children = append(n.Children, item)
		}
		return n, nil
	case fd.IsMap():
		n := source.Node{Kind: source.Object}
		// In the order of the keys, since a map of Go has none.
		for _, key := range fieldpath.MapKeys(v.Map()) {
			// Nobody else checks: a message may be built with any bytes.
			if !utf8.ValidString(key.String()) {
				return n, fmt.Errorf("a key of field %s is not valid UTF-8", fd.FullName())
			}
			entry, err := valueNode(fd.MapValue(), v.Map().Get(key))
			if err != nil {
				return n, err
			}
			entry.Key = key.String()
			n.Children = append(n.Children, entry)
		}
		return n, nil
	default:
		return valueNode(fd, v)
	}
}

// valueNode returns a value of fd, or an item or entry of it, as a tree.
func valueNode(fd protoreflect.FieldDescriptor, v protoreflect.Value) (source.Node, error) {
	// The text of an integer is its value; the cases below correct the rest.
	n := source.Node{Kind: source.String, Text: v.String()}
	switch fd.Kind() {
	case protoreflect.MessageKind, protoreflect.GroupKind:
		return messageNode(v.Message())
	case protoreflect.StringKind:
		if !utf8.ValidString(n.Text) {
			return n, fmt.Errorf("field %s is not valid UTF-8", fd.FullName())
		}
	// Standard base64 with padding, which the proto JSON mapping writes.
	case protoreflect.BytesKind:
		n.Text = base64.StdEncoding.EncodeToString(v.Bytes())
	case protoreflect.BoolKind:
		n.Kind = source.Bool
	case protoreflect.EnumKind:
		if ev := fd.Enum().Values().ByNumber(v.Enum()); ev != nil {
			n.Text = string(ev.Name())
			break
		}
		// A value of a later version of the model; reading it will say so.
		n.Kind, n.Text = source.Number, strconv.Itoa(int(v.Enum()))
	case protoreflect.FloatKind:
		floatNode(&n, v.Float(), 32)
	case protoreflect.DoubleKind:
		floatNode(&n, v.Float(), 64)
	default:
		n.Kind = source.Number
	}
	return n, nil
}

// floatNode fills n with the shortest text that reads as f, and with the texts of
// the proto JSON mapping for what is no number of JSON.
func floatNode(n *source.Node, f float64, bits int) {
	switch {
	case math.IsNaN(f):
		n.Text = "NaN"
	case math.IsInf(f, 1):
		n.Text = "Infinity"
	case math.IsInf(f, -1):
		n.Text = "-Infinity"
	default:
		n.Kind, n.Text = source.Number, strconv.FormatFloat(f, 'g', -1, bits)
	}
}
