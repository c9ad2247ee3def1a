package kit

import (
	"cmp"
	"encoding/base64"
	"errors"
	"fmt"
	"slices"

	"buf.build/go/protovalidate"
	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
	"github.com/reviewpkg/sdk/reviewpkg"
)

// Documents returns an empty message of each kind of document, in the order in
// which the kit looks for a place for a message: first those that people write.
func Documents() []proto.Message {
	return []proto.Message{
		&reviewpkgv1.ReviewPackage{}, &reviewpkgv1.Rubric{}, &reviewpkgv1.Policy{}, &reviewpkgv1.WaiverSet{},
		&reviewpkgv1.RiskProfile{}, &reviewpkgv1.Verdict{}, &reviewpkgv1.ChangeSet{}, &reviewpkgv1.Report{},
		&reviewpkgv1.DiagnosticReport{}, &reviewpkgv1.ImportReport{}, &reviewpkgv1.Rendering{},
		&reviewpkgv1.Plan{}, &reviewpkgv1.RubricChange{},
	}
}

// New returns an empty document of the kind with the given full name.
func New(name string) (proto.Message, error) {
	for _, m := range Documents() {
		if string(m.ProtoReflect().Descriptor().FullName()) == name {
			return m, nil
		}
	}
	return nil, fmt.Errorf("there is no kind of document %q", name)
}

// Decode reads the document of a case. The error says why it is undecodable.
//
// JSON is read twice, by the SDK and by the reader of the protobuf library, and
// both must say the same: a case on which they differ would be one on which the
// specification is not clear, and is no case to ask of anybody.
func Decode(c *Case) (proto.Message, error) {
	m, err := New(c.Message)
	if err != nil {
		return nil, err
	}
	data, encoding, err := input(c)
	if err != nil {
		return nil, err
	}
	sdk := reviewpkg.UnmarshalOptions{Encoding: encoding, AllowInvalid: true, AllowIncomplete: true}
	err = decodeError(sdk.Unmarshal(data, m))
	if encoding == reviewpkg.YAML {
		return m, err
	}
	plain := m.ProtoReflect().New().Interface()
	if encoding == reviewpkg.Binary {
		if other := proto.Unmarshal(data, plain); (other == nil) != (err == nil) {
			return nil, disagree(err, other)
		}
		return plain, err
	}
	other := protojson.Unmarshal(data, plain)
	// The specification lets a number of an enum through that the model does not
	// define, and leaves it to the rules. The SDK finds it while it reads.
	if other == nil && errors.Is(err, reviewpkg.UnknownValue) {
		return plain, nil
	}
	if (other == nil) != (err == nil) {
		return nil, disagree(err, other)
	}
	return plain, err
}

// ErrDisagree says that the SDK and the protobuf library do not agree on
// whether a document can be decoded.
var ErrDisagree = errors.New("the SDK and the protobuf library disagree")

// disagree returns the error that two readers differ, of which one has none.
func disagree(sdk, library error) error {
	if sdk != nil {
		return fmt.Errorf("%w: only the SDK refuses it: %w", ErrDisagree, sdk)
	}
	return fmt.Errorf("%w: only the library refuses it: %w", ErrDisagree, library)
}

// decodeError returns err unless all it says is that a document does not name
// its kind: that is a rule of the .proto files like others, and the SDK only
// looks at it first.
func decodeError(err error) error {
	var invalid *reviewpkg.InvalidError
	if !errors.As(err, &invalid) {
		return err
	}
	for _, d := range invalid.Diagnostics {
		if d.Level == reviewpkg.LevelError && d.Code != reviewpkg.WrongKind {
			return err
		}
	}
	return nil
}

// input returns the document of a case and its encoding.
func input(c *Case) ([]byte, reviewpkg.Encoding, error) {
	switch {
	case c.Format == "binary" && c.Base64 != nil:
		data, err := base64.StdEncoding.DecodeString(*c.Base64)
		return data, reviewpkg.Binary, err
	case c.Format == "json" && c.Text != nil:
		return []byte(*c.Text), reviewpkg.JSON, nil
	case c.Format == "yaml" && c.Text != nil:
		return []byte(*c.Text), reviewpkg.YAML, nil
	default:
		return nil, "", fmt.Errorf("case %s has no document of the format %q", c.ID, c.Format)
	}
}

// Violations returns the rules of the .proto files that m breaks, sorted by
// path and then by rule.
func Violations(m proto.Message) ([]Violation, error) {
	var invalid *protovalidate.ValidationError
	switch err := protovalidate.Validate(m); {
	case err == nil:
		return nil, nil
	case !errors.As(err, &invalid):
		return nil, err
	}
	// As protovalidate has them and not as the SDK reports them: field paths with
	// indexes, and ids of rules, are what all languages share.
	found := make([]Violation, len(invalid.Violations))
	for i, v := range invalid.Violations {
		found[i] = Violation{Rule: v.Proto.GetRuleId(), Path: protovalidate.FieldPathString(v.Proto.GetField())}
	}
	slices.SortFunc(found, func(a, b Violation) int {
		return cmp.Or(cmp.Compare(a.Path, b.Path), cmp.Compare(a.Rule, b.Rule))
	})
	return found, nil
}

// HasUnknown reports whether m, or a message in it, has fields that the model
// does not know.
func HasUnknown(m protoreflect.Message) bool {
	if len(m.GetUnknown()) > 0 {
		return true
	}
	found := false
	m.Range(func(fd protoreflect.FieldDescriptor, v protoreflect.Value) bool {
		switch {
		case fd.IsList() && fd.Message() != nil:
			for i := range v.List().Len() {
				found = found || HasUnknown(v.List().Get(i).Message())
			}
		case fd.Message() != nil && !fd.IsMap():
			found = found || HasUnknown(v.Message())
		}
		return !found
	})
	return found
}
