// Package reviewpkg reads, checks, compares and writes security review
// packages.
//
// Read and write messages with the functions of this package only:
// encoding/json sees nothing of a message's content, and says so to nobody.
//
//	pkg, err := reviewpkg.Load("review/")   // one file, or a folder with package.yaml
//	err = reviewpkg.Validate(pkg)           // what Load has done already
//	data, err := reviewpkg.Marshal(pkg)     // canonical JSON: same message, same bytes
//
// # Mistakes
//
// Everything that is wrong with a document is reported in one run, as a
// [Diagnostic]: a stable [Code], the field by its path, the place in the source,
// what is wrong, and a hint where one is known. [Load], [Unmarshal] and
// [Validate] return them as an [*InvalidError]; errors.Is asks for a code:
//
//	if errors.Is(err, reviewpkg.DanglingReference) { ... }
//
// Warnings and notes do not make a document invalid. [Diagnose] and
// [UnmarshalOptions] give them to who wants to see them.
//
// # Valid and complete
//
// A valid package contradicts nothing, neither the model nor itself. Whether it
// has all that a process asks for is another question, and [Completeness]
// answers it. Only a package that declares itself complete or final, and is
// not, is invalid for that.
//
// # Versions
//
// [Diff] lists the changes between two packages by field and id, and [Apply]
// makes the second of the first with them, exactly.
//
// The functions of this package read no clock, no environment and no network,
// and leave their arguments as they are.
package reviewpkg
