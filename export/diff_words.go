package export

import (
	"strconv"

	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/types/known/structpb"

	"github.com/reviewpkg/sdk/internal/fieldpath"
	"github.com/reviewpkg/sdk/internal/inwords"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// maxValue is the number of characters of a value that a line of changes shows.
const maxValue = 80

// changeSubject returns what a path leads to, in words, and the field that it is
// a value of: findings["f-3"].likelihood is the "likelihood of finding f-3". The
// innermost item with an id says most about where a value is; without one it is
// the outermost message. A path that the model does not have is only "value",
// and its field nil.
func changeSubject(path string) (line, protoreflect.FieldDescriptor) {
	steps, err := fieldpath.Parse(path)
	if err != nil || len(steps) == 0 {
		return line{words("value")}, nil
	}
	md := (&reviewpkgv1.ReviewPackage{}).ProtoReflect().Descriptor()
	var fd protoreflect.FieldDescriptor
	var owner, subject line
	for i := range steps {
		if md == nil {
			return line{words("value")}, nil
		}
		if i > 0 && (owner == nil || steps[i-1].Kind == fieldpath.Key) {
			owner = subject
		}
		fd = md.Fields().ByName(protoreflect.Name(steps[i].Field))
		if fd == nil {
			return unknownSubject(owner, steps[i].Field), nil
		}
		subject = stepWords(fd, &steps[i])
		if fd.IsMap() {
			fd = fd.MapValue()
		}
		md = fd.Message()
	}
	return ofOwner(subject, owner), fd
}

// unknownSubject returns the words for a field that the model does not have: a
// later version of the model may have made the change.
func unknownSubject(owner line, name string) line {
	subject := line{words("unknown field "), code(name)}
	if name == fieldpath.Unknown {
		subject = line{words("fields that the model does not have")}
	}
	return ofOwner(subject, owner)
}

// ofOwner appends the nearest item or message that a field belongs to.
func ofOwner(subject, owner line) line {
	if owner == nil {
		return subject
	}
	return append(append(subject, words(" of ")), owner...)
}

// stepWords returns one step of a path in words. An index counts from 0 as the
// path beside it does; two ways to count in one line would mislead.
func stepWords(fd protoreflect.FieldDescriptor, s *fieldpath.Step) line {
	field := inwords.Name(string(fd.Name()))
	switch {
	case s.Kind == fieldpath.Key && fd.IsList() && fd.Message() != nil:
		return line{words("%s ", inwords.Name(string(fd.Message().Name()))), code(s.Key)}
	case s.Kind == fieldpath.Index:
		return line{words("item %d of %s", s.Index, field)}
	case s.Kind != fieldpath.Plain:
		return line{words("entry "), code(s.Key), words(" of %s", field)}
	default:
		return line{words("%s", field)}
	}
}

// changeValue returns a value as a reader sees it: an enum value in words, text
// in quotation marks, and of a message what names it.
func changeValue(fd protoreflect.FieldDescriptor, v *structpb.Value) line {
	switch kind := v.GetKind().(type) {
	case *structpb.Value_StringValue:
		if fd != nil && fd.Enum() != nil {
			if value := fd.Enum().Values().ByName(protoreflect.Name(kind.StringValue)); value != nil {
				return line{words("%s", inwords.Value(value))}
			}
		}
		return quoted(kind.StringValue)
	case *structpb.Value_NumberValue:
		return line{words("%s", strconv.FormatFloat(kind.NumberValue, 'f', -1, 64))}
	case *structpb.Value_BoolValue:
		return line{words("%t", kind.BoolValue)}
	case *structpb.Value_ListValue:
		return listWords(kind.ListValue.GetValues())
	case *structpb.Value_StructValue:
		return objectWords(kind.StructValue.GetFields())
	default:
		return line{words("nothing")}
	}
}

// quoted returns text of a document in quotation marks, shortened.
func quoted(s string) line {
	return line{words("“"), {Kind: quoteSpan, Text: oneLine(s, maxValue)}, words("”")}
}

// listWords returns the texts of a list, or how many items it has if they are
// not texts. A change has a list where items were MOVED: then they are ids.
func listWords(values []*structpb.Value) line {
	var l line
	for _, v := range values {
		text, ok := v.GetKind().(*structpb.Value_StringValue)
		if !ok {
			return line{words("%s", count(len(values), "item"))}
		}
		l = append(l, code(text.StringValue))
	}
	if len(l) == 0 {
		return line{words("no items")}
	}
	return joined(l, 8)
}

// objectWords returns what names a message, or how many fields it has. It tries
// the fields by which messages of the model are named, from the shortest name to
// the longest text.
func objectWords(fields map[string]*structpb.Value) line {
	for _, name := range []string{"title", "name", "statement", "question", "text", "value", "summary", "url", "description"} {
		if s := fields[name].GetStringValue(); oneLine(s, maxValue) != "" {
			return quoted(s)
		}
	}
	return line{words("%s", count(len(fields), "field"))}
}
