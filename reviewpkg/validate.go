package reviewpkg

import (
	"errors"

	"buf.build/go/protovalidate"
	"google.golang.org/protobuf/proto"

	"github.com/reviewpkg/sdk/internal/inwords"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// Validate returns nil if m is valid, and otherwise an [*InvalidError] with
// everything that is wrong with it. It applies the same rules as [Unmarshal];
// the diagnostics have no positions, because a message has none.
func Validate(m proto.Message) error { return Diagnose(m).Err() }

// Diagnose returns everything there is to say about m: what breaks a rule of
// the .proto files and, for a [reviewpkgv1.ReviewPackage], what contradicts
// itself, refers to nothing, or claims more than the package holds. Warnings
// and notes do not make a document invalid.
//
// Diagnostics come in the order of the model, first those of the .proto files.
//
// It stops at 1000, because a hostile document can hold a million mistakes, and
// nobody reads the second thousand. The last diagnostic says so then.
func Diagnose(m proto.Message) Diagnostics {
	if m == nil {
		return Diagnostics{{Code: WrongKind, Level: LevelError, Message: "there is no message"}}
	}
	ds := diagnoseRules(m)
	if p, ok := m.(*reviewpkgv1.ReviewPackage); ok {
		ds = append(ds, diagnosePackage(p)...)
	}
	return ds.cut()
}

// diagnoseRules applies the buf.validate options of the .proto files.
func diagnoseRules(m proto.Message) Diagnostics {
	err := protovalidate.Validate(m)
	if err == nil {
		return nil
	}
	var invalid *protovalidate.ValidationError
	if !errors.As(err, &invalid) {
		// The rules are part of the module and compile in its tests, so what
		// is left is a message of a descriptor that is not ours.
		return Diagnostics{{
			Code: WrongKind, Level: LevelError, Rule: "protovalidate",
			Message: "the rules of this kind of document cannot be applied: " + inwords.Excerpt(err.Error()),
		}}
	}
	names := newRuleNames(m)
	ds := make(Diagnostics, 0, min(len(invalid.Violations), maxProblems+1))
	for i, v := range invalid.Violations {
		// One more than is kept tells that there are more.
		if i > maxProblems {
			break
		}
		ds = append(ds, names.diagnostic(v))
	}
	return ds
}

// diagnosePackage applies the rules that no rule language can say.
func diagnosePackage(p *reviewpkgv1.ReviewPackage) Diagnostics {
	c := &checker{pkg: p, index: newIndex(p)}
	c.references()
	c.residue()
	c.dates()
	c.architecture()
	c.findings()
	c.review()
	c.conflicts()
	c.claims()
	return c.found
}
