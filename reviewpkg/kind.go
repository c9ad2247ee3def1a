package reviewpkg

import (
	"google.golang.org/protobuf/reflect/protoreflect"

	"github.com/reviewpkg/sdk/internal/source"
)

// schemaField returns the field of a document message that names its kind, or
// nil if md is no document message. The discriminator is field 1 in every kind
// of document, so that it comes first in all encodings.
func schemaField(md protoreflect.MessageDescriptor) protoreflect.FieldDescriptor {
	fd := md.Fields().ByNumber(1)
	if fd == nil || fd.Name() != "schema" || fd.Kind() != protoreflect.StringKind || fd.IsList() {
		return nil
	}
	return fd
}

// checkRoot reports whether the tree is an object, as every message is.
func (doc *document) checkRoot() bool {
	root := doc.tree.root
	// An empty file is most likely the wrong one, and no mistake of type.
	d := Diagnostic{Code: WrongType, Level: LevelError, Pos: doc.tree.position(root.Pos)}
	switch root.Kind {
	case source.Object:
		return true
	case source.Null:
		d.Code, d.Message = WrongKind, "the document is empty"
	default:
		d.Message = "the document is " + describe(root) + ", want an object"
	}
	doc.diagnostics = append(doc.diagnostics, d)
	return false
}

// checkKind reports whether the tree is a document of the wanted kind, or does
// not say what it is. In the latter case everything else is still worth
// reporting; a document of another kind would give nothing but noise.
func (doc *document) checkKind() bool {
	fd := schemaField(doc.tree.kind)
	if fd == nil {
		return true
	}
	// Before anything is decoded, and by the first member of that name: a second
	// one is reported as a duplicate later.
	n := memberOf(doc.tree.root, fd)
	switch {
	case n == nil || n.Kind == source.Null:
		doc.wrongKind(doc.tree.root.Pos, "")
		return true
	case n.Kind != source.String:
		doc.wrongKind(n.Pos, describe(n))
		return false
	case n.Text != string(doc.tree.kind.FullName()):
		doc.wrongKind(n.Pos, quote(n.Text))
		return false
	default:
		return true
	}
}

// checkMessageKind does what checkKind does, for a message without a tree.
func (doc *document) checkMessageKind() bool {
	fd := schemaField(doc.tree.kind)
	if fd == nil {
		return true
	}
	switch text := doc.message.Get(fd).String(); text {
	case string(doc.tree.kind.FullName()):
		return true
	// The rules want a schema too; as a cause this keeps them from saying so.
	case "":
		doc.wrongKind(source.Pos{}, "")
		doc.causes = newCauses(doc.diagnostics, nil)
		return true
	default:
		doc.wrongKind(source.Pos{}, quote(text))
		return false
	}
}

// wrongKind adds the diagnostic about the field schema, which is found, or not
// there if found is empty.
func (doc *document) wrongKind(pos source.Pos, found string) {
	// No hint for a document of another kind: to change its schema would be the
	// wrong thing to do.
	want := string(doc.tree.kind.FullName())
	d := Diagnostic{Code: WrongKind, Level: LevelError, Path: "schema", Pos: doc.tree.position(pos)}
	if found == "" {
		d.Message = "the document does not say what it is"
		d.Hint = "schema must be " + want
	} else {
		d.Message = "the document is of the kind " + found + ", want " + want
	}
	doc.diagnostics = append(doc.diagnostics, d)
}
