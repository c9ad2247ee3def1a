package rubric

import (
	"io"

	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"

	"github.com/reviewpkg/sdk/internal/fieldpath"
	"github.com/reviewpkg/sdk/internal/source"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
	"github.com/reviewpkg/sdk/reviewpkg"
)

// LoadWaivers reads waivers from a JSON, YAML, binary or text file. The error is
// one of the file system or a *reviewpkg.InvalidError: the file cannot be
// decoded, is no set of waivers, or has fields that the model does not have.
//
// Whether each waiver keeps the rules of the model is left to Compare, which
// reports the ones that do not as MALFORMED and applies none of them: one of
// them must not take the others with it. Do not use what is returned without
// Compare.
func LoadWaivers(path string) (*reviewpkgv1.WaiverSet, error) {
	data, err := readDocument(path)
	if err != nil {
		return nil, err
	}
	set := new(reviewpkgv1.WaiverSet)
	options := reviewpkg.UnmarshalOptions{Filename: path, AllowInvalid: true, Check: unknownFields}
	if err := options.Unmarshal(data, set); err != nil {
		return nil, err
	}
	return set, nil
}

// readDocument reads a file, and no more of it than a document may have.
func readDocument(path string) ([]byte, error) {
	f, _, err := source.OpenFile(path)
	if err != nil {
		return nil, err
	}
	defer f.Close() //nolint:errcheck // nothing was written
	// One byte over the limit is enough for the reader to refuse the document.
	return io.ReadAll(io.LimitReader(f, source.DefaultMaxBytes+1))
}

// unknownFields reports the first field of m that the model does not have. Only
// binary documents can hold one; everywhere else the decoder refuses it.
func unknownFields(m proto.Message) reviewpkg.Diagnostics {
	path := unknownField(m.ProtoReflect())
	if path == "" {
		return nil
	}
	return reviewpkg.Diagnostics{{
		Code: reviewpkg.UnknownField, Rule: "waivers.unknown", Level: reviewpkg.LevelError, Path: path,
		Message: "waivers hold a field that this version of the model does not have, and may not mean what they seem to",
	}}
}

// unknownField returns the path of the first field of m that the model does not
// have, or "". A newer model may narrow with it what a waiver is for.
func unknownField(m protoreflect.Message) string {
	if len(m.GetUnknown()) > 0 {
		return fieldpath.Unknown
	}
	path := ""
	fieldpath.Walk(m, func(c *fieldpath.Cursor, _ protoreflect.FieldDescriptor, v protoreflect.Value) {
		inner, ok := v.Interface().(protoreflect.Message)
		if ok && path == "" && len(inner.GetUnknown()) > 0 {
			path = fieldpath.Join(c.String(), fieldpath.Unknown)
		}
	})
	return path
}
