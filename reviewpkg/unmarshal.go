package reviewpkg

import (
	"errors"

	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"

	"github.com/reviewpkg/sdk/internal/source"
)

// UnmarshalOptions say how a document is read. The zero value is strict and is
// what [Unmarshal] and [Load] use.
type UnmarshalOptions struct {
	// Filename is for the positions of diagnostics, and for the encoding if
	// that is not given. No file is opened by it.
	Filename string
	// Encoding of the document. If empty it is told by the extension of the
	// file name (.json .yaml .yml .binpb .pb .txtpb .textproto), and otherwise
	// by the first byte, which cannot tell Text from YAML.
	Encoding Encoding
	// AllowUnknown makes warnings of unknown fields and unknown enum values in
	// JSON and YAML, instead of errors. They are not set and get lost.
	AllowUnknown bool
	// AllowIncomplete makes a warning of a package that declares itself
	// complete or final and is not, instead of an error: published documents
	// do that.
	AllowIncomplete bool
	// AllowInvalid makes warnings of all that breaks a rule of the model,
	// instead of errors, for a document whose parts somebody judges one by one
	// afterwards. What cannot be decoded, or is of another kind, stays an error.
	AllowInvalid bool
	// MaxBytes, MaxDepth and MaxNodes limit the size of the document, how
	// deep its values are nested, and how many there are after the expansion
	// of YAML aliases. Zero means 16 MiB, 100 and 1000000.
	MaxBytes int64
	MaxDepth int
	MaxNodes int
	// VerifyArtifacts makes Load check that every artifact with a path is a
	// file beside the package, with the size and the digest that are stated.
	VerifyArtifacts bool
	// Check, if set, is asked about a document in which no error was found.
	// What it says about a field gets its place in the source.
	Check func(proto.Message) Diagnostics
	// Report, if set, sees every diagnostic in the order of the document,
	// warnings and notes too, also where there is no error.
	Report func(Diagnostic)
}

// Unmarshal reads and checks a document; see [UnmarshalOptions.Unmarshal].
func Unmarshal(data []byte, m proto.Message) error {
	return UnmarshalOptions{}.Unmarshal(data, m)
}

// Unmarshal reads the document data into m, whose kind is the kind that the
// document must have, and checks it as [Validate] does. A document with
// mistakes gives an [*InvalidError] that holds all of them, with their places,
// and leaves m as it was; a valid one replaces all that m held.
func (o UnmarshalOptions) Unmarshal(data []byte, m proto.Message) error {
	if m == nil || !m.ProtoReflect().IsValid() {
		return errors.New("unmarshal: there is no message to read into")
	}
	doc, err := o.read(data, m.ProtoReflect().New())
	if err != nil {
		return err
	}
	if err := doc.finish(o.Report); err != nil {
		return err
	}
	// What was read belongs to nobody else, so that it is moved, not copied.
	proto.Reset(m)
	target := m.ProtoReflect()
	doc.message.Range(func(fd protoreflect.FieldDescriptor, v protoreflect.Value) bool {
		target.Set(fd, v)
		return true
	})
	target.SetUnknown(doc.message.GetUnknown())
	return nil
}

// A document is a message that was read, and what is wrong with it.
type document struct {
	message     protoreflect.Message
	tree        tree
	diagnostics Diagnostics
	causes      causes
}

// read decodes data into m and checks it. Mistakes in the document are in what
// it returns; the error is one of the options.
func (o UnmarshalOptions) read(data []byte, m protoreflect.Message) (*document, error) {
	encoding := o.Encoding
	if encoding == "" {
		encoding = encodingOf(o.Filename)
	}
	if encoding == "" {
		encoding = sniff(data, m.Descriptor())
	}
	if err := encoding.check(); err != nil {
		return nil, err
	}
	limits := o.limits()
	doc := &document{message: m, tree: tree{filename: o.Filename, depth: limits.MaxDepth, kind: m.Descriptor()}}
	if err := limits.CheckSize(int64(len(data))); err != nil {
		doc.refuse(err)
		return doc, nil
	}
	var decoded bool
	switch encoding {
	case Binary:
		decoded = doc.decodeBinary(data, limits)
	case Text:
		decoded = doc.decodeText(data, limits)
	default:
		decoded = doc.decodeTree(data, encoding == YAML, limits, o.AllowUnknown)
	}
	if decoded {
		found := Diagnose(m.Interface())
		found.lower(func(code Code) bool { return o.AllowInvalid || o.AllowIncomplete && code == Incomplete })
		if o.Check != nil && doc.diagnostics.Err() == nil && found.Err() == nil {
			found = append(found, o.Check(m.Interface())...)
		}
		doc.add(found)
	}
	return doc, nil
}

// limits returns the limits with their defaults.
func (o UnmarshalOptions) limits() source.Limits {
	return source.Limits{MaxBytes: o.MaxBytes, MaxDepth: o.MaxDepth, MaxNodes: o.MaxNodes}.Filled()
}

// decodeTree decodes JSON or YAML, and reports whether there is a message to
// check: not if the document cannot be read, or is of another kind.
func (doc *document) decodeTree(data []byte, isYAML bool, limits source.Limits, allowUnknown bool) bool {
	parse := source.JSON
	if isYAML {
		parse = source.YAML
	}
	root, err := parse(data, limits)
	if err != nil {
		doc.refuse(err)
		return false
	}
	doc.tree.root = root
	if !doc.checkRoot() || !doc.checkKind() {
		return false
	}
	d := decoder{tree: &doc.tree, allowUnknown: allowUnknown, yaml: isYAML}
	d.message(doc.message, root)
	doc.diagnostics = append(doc.diagnostics, d.problems...)
	doc.causes = newCauses(doc.diagnostics, d.meant)
	return true
}

// refuse adds the diagnostic about a document that cannot be read.
func (doc *document) refuse(err *source.Error) {
	d := Diagnostic{Code: Syntax, Level: LevelError, Pos: doc.tree.position(err.Pos), Message: err.Message}
	if err.TooLarge {
		d.Code = TooLarge
	}
	doc.diagnostics = append(doc.diagnostics, d)
}

// add adds diagnostics about the message, with their places, but without those
// that follow from a mistake that is known.
func (doc *document) add(ds Diagnostics) {
	for _, d := range ds {
		if doc.causes.explain(&d) {
			continue
		}
		d.Pos = doc.tree.locate(d.Path)
		doc.diagnostics = append(doc.diagnostics, d)
	}
}

// finish sorts the diagnostics, shows them, and returns the error they make.
func (doc *document) finish(report func(Diagnostic)) error {
	doc.diagnostics.sort()
	if report != nil {
		for _, d := range doc.diagnostics {
			report(d)
		}
	}
	return doc.diagnostics.Err()
}
