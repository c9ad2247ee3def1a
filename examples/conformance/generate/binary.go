package main

import (
	"bytes"
	"slices"

	"google.golang.org/protobuf/encoding/protowire"

	"github.com/reviewpkg/sdk/examples/conformance/kit"
	"github.com/reviewpkg/sdk/examples/conformance/sample"
)

// Numbers of fields of ReviewPackage and of messages in it. By hand, because
// the documents below are made without any code that knows the model.
const (
	fieldSchema    = 1
	fieldID        = 2
	fieldTitle     = 3
	fieldProject   = 4
	fieldStatus    = 5
	fieldProcesses = 6
	fieldVersion   = 8
	fieldLabels    = 12
	fieldArtifacts = 17
	fieldFindings  = 27
)

// record is a field on the wire.
func record(number protowire.Number, value any) []byte {
	switch v := value.(type) {
	case string:
		return protowire.AppendString(protowire.AppendTag(nil, number, protowire.BytesType), v)
	case []byte:
		return protowire.AppendBytes(protowire.AppendTag(nil, number, protowire.BytesType), v)
	case int:
		return protowire.AppendVarint(protowire.AppendTag(nil, number, protowire.VarintType), uint64(v)) //nolint:gosec // as the wire has it
	default:
		return nil
	}
}

// wire joins parts to a document.
func wire(parts ...[]byte) []byte { return slices.Concat(parts...) }

// plain is a package with no more than it must have.
func plain() []byte {
	return wire(record(fieldSchema, "reviewpkg.v1.ReviewPackage"), record(fieldID, "barbican-newton"), record(fieldTitle, "Barbican"),
		record(fieldProject, record(1, "barbican")), record(fieldStatus, 1))
}

// binaryTraps adds the documents that readers of the wire format get wrong.
func binaryTraps(b *builder, _ *sample.Sampler) error {
	for _, t := range slices.Concat(goodWire(), unknownWire(), badWire()) {
		c, err := b.binary("binary-"+t.id, t.title, "reviewpkg.v1.ReviewPackage", t.data)
		if err != nil {
			return err
		}
		if err := want(c, t.outcome, t.rules...); err != nil {
			return err
		}
	}
	return nil
}

// A wireTrap is a document in the wire format, and how a reader must take it.
type wireTrap struct {
	id, title, outcome string
	data               []byte
	rules              []string
}

// goodWire are documents in ways that the wire format allows.
func goodWire() []wireTrap {
	accepted := func(id, title string, parts ...[]byte) wireTrap {
		return wireTrap{id, title, kit.Accepted, wire(append([][]byte{plain()}, parts...)...), nil}
	}
	label := func(key, value string) []byte {
		return record(fieldLabels, wire(record(1, key), record(2, value)))
	}
	processes := wire(record(fieldProcesses, 4), record(fieldProcesses, 1))
	// Nothing in the wire format says that fields come by their numbers.
	backwards := wire(record(fieldStatus, 1), record(fieldProject, record(1, "barbican")), record(fieldTitle, "Barbican"),
		record(fieldID, "barbican-newton"), record(fieldSchema, "reviewpkg.v1.ReviewPackage"))
	return []wireTrap{
		accepted("plain", "a package with no more than it must have"),
		{"any-order", "the same with its fields in another order", kit.Accepted, backwards, nil},
		accepted("last-text", "a text twice: the last counts", record(fieldVersion, "1"), record(fieldVersion, "2")),
		accepted("last-empty", "a text twice, the last empty", record(fieldVersion, "1"), record(fieldVersion, "")),
		// Whoever joins two documents gets the sum of them: that is how it is done.
		accepted("last-enum", "an enum value twice: the last counts", record(fieldStatus, 3)),
		accepted("merged", "a message twice: both are merged", record(fieldProject, record(2, "newton"))),
		// Writers may do either, and readers must take both.
		accepted("packed", "a list of enum values, packed", record(fieldProcesses, []byte{4, 1})),
		accepted("not-packed", "the same list, not packed", processes),
		accepted("packed-in-parts", "the same list, packed in two parts", record(fieldProcesses, []byte{4}), record(fieldProcesses, []byte{1})),
		accepted("explicit-zero", "zeros that are written down", record(fieldVersion, ""), record(fieldProcesses, []byte{})),
		// A map is a list of entries on the wire, and an entry is a message.
		accepted("map", "labels, keys in another order", label("b", "2"), label("a", "1")),
		accepted("map-key-twice", "a label twice: the last counts", label("a", "1"), label("a", "2")),
		accepted("map-value-first", "a label with its value first", record(fieldLabels, wire(record(2, "1"), record(1, "a")))),
		accepted("map-no-value", "a label without a value, which is an empty text", record(fieldLabels, record(1, "a"))),
		{"map-no-key", "a label without a key, which is an empty text", kit.Rejected, wire(plain(), record(fieldLabels, record(2, "1"))), []string{"string.pattern"}},
		accepted("long-varint", "a number in more bytes than it needs", protowire.AppendTag(nil, fieldStatus, protowire.VarintType), []byte{0x82, 0x80, 0x00}),
		accepted("nul", "a text with a character of number zero", record(fieldVersion, "a\x00b")),
		{"negative-size", "a size below zero, in ten bytes", kit.Rejected,
			wire(plain(), record(fieldArtifacts, wire(record(1, "a-1"), record(2, 9), record(4, "a.pdf"), record(8, -1)))), []string{"int64.gte"}},
		{"empty", "a document of no bytes", kit.Rejected, nil, []string{"required"}},
		{"enum-undefined", "a number that an enum does not define", kit.Rejected, wire(plain(), record(fieldStatus, 99)), []string{"enum.defined_only"}},
		{"enum-negative", "a negative number that an enum does not define", kit.Rejected, wire(plain(), record(fieldStatus, -1)), []string{"enum.defined_only"}},
		// Proto3 keeps such a number in its place; proto2 would not.
		{"enum-undefined-in-list", "such a number in a list, where its place counts", kit.Rejected,
			wire(plain(), record(fieldProcesses, []byte{4, 99, 1})), []string{"enum.defined_only"}},
	}
}

// unknownWire are documents of a later version of the model, of which nothing
// must get lost.
func unknownWire() []wireTrap {
	accepted := func(id, title string, parts ...[]byte) wireTrap {
		return wireTrap{id, title, kit.Accepted, wire(append([][]byte{plain()}, parts...)...), nil}
	}
	fixed := protowire.AppendFixed32(protowire.AppendTag(nil, 2000, protowire.Fixed32Type), 7)
	double := protowire.AppendFixed64(protowire.AppendTag(nil, 2001, protowire.Fixed64Type), 7)
	group := protowire.AppendGroup(protowire.AppendTag(nil, 2002, protowire.StartGroupType), 2002, record(1, "inside"))
	return []wireTrap{
		accepted("unknown-text", "a field that the model does not know", record(2000, "from a later version")),
		accepted("unknown-number", "a number in a field that the model does not know", record(2000, 150)),
		accepted("unknown-fixed", "numbers of fixed length in such fields", fixed, double),
		accepted("unknown-group", "a group in such a field", group),
		accepted("unknown-twice", "such a field twice, of which both are kept", record(2000, "a"), record(2000, "b")),
		accepted("unknown-largest", "the largest number that a field can have", record(536870911, "last")),
		accepted("unknown-below", "such a field in a message of the package", record(fieldProject, record(2000, "below"))),
		accepted("unknown-in-list", "such a field in an item of a list",
			record(fieldFindings, wire(record(1, "f-1"), record(3, "Secrets in logs"), record(27, 2), record(2000, "below")))),
	}
}

// badWire are documents that are no message.
func badWire() []wireTrap {
	undecodable := func(id, title string, data []byte) wireTrap { return wireTrap{id, title, kit.Undecodable, data, nil} }
	tooLong := append(protowire.AppendTag(nil, fieldStatus, protowire.VarintType), bytes.Repeat([]byte{0x80}, 10)...)
	return []wireTrap{
		undecodable("cut-text", "a document that ends in a text", plain()[:20]),
		undecodable("cut-message", "a document that ends in a message", wire(plain(), record(fieldProject, record(2, "newton"))[:5])),
		undecodable("cut-tag", "a document that ends behind the tag of a field", wire(plain(), []byte{0x42})),
		undecodable("cut-varint", "a document that ends in a number", wire(plain(), []byte{0x28, 0x80})),
		undecodable("length-beyond", "a length that goes beyond the end", wire(plain(), []byte{0x42, 0x7f, 'a'})),
		undecodable("length-below", "a message whose field goes beyond it", wire(plain(), []byte{0x22, 0x02, 0x0a, 0x05}, []byte("later"))),
		undecodable("long-varint-too-long", "a number in eleven bytes", wire(plain(), tooLong, []byte{0x01})),
		undecodable("field-zero", "a field of number zero", wire(plain(), []byte{0x02, 0x01, 'a'})),
		undecodable("wire-type-6", "a wire type that does not exist", wire(plain(), []byte{0x46, 0x01})),
		undecodable("wire-type-7", "the other wire type that does not exist", wire(plain(), []byte{0x47, 0x01})),
		undecodable("group-not-closed", "a group that does not end", wire(plain(), []byte{0x83, 0x7d, 0x08, 0x01})),
		undecodable("group-end-alone", "the end of a group that did not begin", wire(plain(), []byte{0x84, 0x7d})),
		// Texts are UTF-8 in proto3, and readers must look.
		undecodable("invalid-utf-8", "a text that is no UTF-8", wire(plain(), record(fieldVersion, "a\xffb"))),
		undecodable("surrogate", "a text with a half of a pair of surrogates", wire(plain(), record(fieldVersion, "\xed\xa0\x80"))),
		undecodable("overlong-utf-8", "a text with a character in more bytes than it needs", wire(plain(), record(fieldVersion, "\xc0\xaf"))),
		undecodable("invalid-utf-8-in-map", "the key of a label that is no UTF-8", wire(plain(), record(fieldLabels, wire(record(1, "\xff"), record(2, "1"))))),
		undecodable("invalid-utf-8-below", "a text that is no UTF-8, in a message", wire(plain(), record(fieldProject, record(2, "\x80")))),
		undecodable("json", "a document that is JSON", []byte(head+tail)),
	}
}
