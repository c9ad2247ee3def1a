package reviewpkg

// A Code is the stable name of a kind of mistake. It is an error as well, so
// that errors.Is(err, reviewpkg.UnknownField) asks for it.
type Code string

// Error returns the code.
func (c Code) Error() string { return string(c) }

// Codes of mistakes in the form of a document, any of ours.
const (
	Syntax         Code = "syntax"          // not JSON, YAML, or the encoding that was asked for
	TooLarge       Code = "too-large"       // larger, deeper or more expanded than the limits allow
	WrongKind      Code = "wrong-kind"      // a document of another kind, or none of ours
	UnknownField   Code = "unknown-field"   // a field that the model does not have
	UnknownValue   Code = "unknown-value"   // a name or number that is no value of the enum
	WrongType      Code = "wrong-type"      // a list where a text belongs, and the like
	DuplicateKey   Code = "duplicate-key"   // the same key twice in one object
	MissingField   Code = "missing-field"   // a required field is not set
	OutOfRange     Code = "out-of-range"    // a number or a length outside its bounds
	BadFormat      Code = "bad-format"      // a text that does not have the form it must have
	BadDate        Code = "bad-date"        // a date that is not in the calendar
	DuplicateValue Code = "duplicate-value" // the same value twice in a list of distinct values
	Inconsistent   Code = "inconsistent"    // fields that contradict one another
)

// Codes of mistakes in what a package says. Several rules of the reference may
// share one, because a caller would do the same about them; the diagnostic names
// the rule.
const (
	DuplicateID          Code = "duplicate-id"          // an id that stands twice in the package
	DanglingReference    Code = "dangling-reference"    // a reference to an id that is not in the package
	WrongReference       Code = "wrong-reference"       // a reference to an item of another kind
	DanglingPath         Code = "dangling-path"         // a field path that leads nowhere in the package
	ReferenceCycle       Code = "reference-cycle"       // items that refer to one another in a circle
	DateOrder            Code = "date-order"            // a date before one that must come first
	TemplateResidue      Code = "template-residue"      // text of a template that was never filled in
	RatingDivergence     Code = "rating-divergence"     // a declared rating that is not the one the matrix gives
	ConflictOfInterest   Code = "conflict-of-interest"  // a reviewer whose interests bar the part they have
	RouteMismatch        Code = "route-mismatch"        // a review whose route and body do not agree
	InsufficientEvidence Code = "insufficient-evidence" // a review that rests on scans alone
	MisplacedFinding     Code = "misplaced-finding"     // a disputed finding among those that stand, or the reverse
	UnreviewedVariant    Code = "unreviewed-variant"    // a finding about a variant that was not reviewed
	OversightMismatch    Code = "oversight-mismatch"    // an oversight status that the review does not support
	Incomplete           Code = "incomplete"            // declared complete or final, and not
	StageMismatch        Code = "stage-mismatch"        // a declared stage that is not the computed one
	ArtifactMissing      Code = "artifact-missing"      // an artifact that is not where the package says
	ArtifactMismatch     Code = "artifact-mismatch"     // an artifact whose size or digest is another
)
