package reviewpkg

import "google.golang.org/protobuf/proto"

// DecodeForTest decodes YAML into m also if it breaks rules, and returns what
// [Unmarshal] would say. The error is what keeps it from being decoded.
func DecodeForTest(data []byte, m proto.Message) (Diagnostics, error) {
	// The decoder alone first, to tell its mistakes from broken rules.
	var o UnmarshalOptions
	fresh := m.ProtoReflect().New()
	form := document{message: fresh, tree: tree{depth: o.limits().MaxDepth, kind: fresh.Descriptor()}}
	form.decodeTree(data, true, o.limits(), false)
	if err := form.diagnostics.Err(); err != nil {
		return nil, err
	}
	doc, err := UnmarshalOptions{Encoding: YAML}.read(data, m.ProtoReflect())
	if err != nil {
		return nil, err
	}
	return doc.diagnostics, nil
}
