package reviewpkg

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// A Diagnostic is one mistake, doubt or remark about a document.
//
// The zero Level is invalid, so that a diagnostic nobody classified is noticed.
type Diagnostic struct {
	// Code says what kind of mistake it is. It never changes its meaning.
	Code Code
	// Rule names the rule that was broken, where a code stands for several:
	// "string.pattern", "openstack.RT5".
	Rule string
	// Level says how grave it is.
	Level Level
	// Path is the field it is about, keyed by id: findings["f-3"].likelihood.
	// It is empty where the whole document is meant.
	Path string
	// Pos is where it stands in the source; zero if the message was not read
	// from one.
	Pos Position
	// Message says what is wrong: lower case, no full stop.
	Message string
	// Hint says what to do about it; it may be empty.
	Hint string
}

// Error returns the diagnostic on one line: position, message, code, path and
// hint, of which only what exists is printed.
func (d *Diagnostic) Error() string {
	var b strings.Builder
	if pos := d.Pos.String(); pos != "" {
		b.WriteString(pos + ": ")
	}
	if d.Level != LevelError {
		b.WriteString(d.Level.String() + ": ")
	}
	b.WriteString(d.Message + " [" + string(d.Code) + "]")
	if d.Path != "" {
		b.WriteString(" at " + d.Path)
	}
	if d.Hint != "" {
		b.WriteString(" (" + d.Hint + ")")
	}
	return b.String()
}

// Is reports whether target is the code of d, so that
// errors.Is(err, reviewpkg.DanglingReference) reads as it should.
func (d *Diagnostic) Is(target error) bool {
	code, ok := target.(Code)
	return ok && code == d.Code
}

// Level says how grave a diagnostic is.
type Level int

// The levels. Only an error makes a document invalid.
const (
	LevelError   Level = iota + 1 // the document is invalid
	LevelWarning                  // the document is valid, and somebody should look
	LevelNote                     // a remark
)

// String returns "error", "warning", "note", or "invalid" for any other value.
func (l Level) String() string {
	switch l {
	case LevelError:
		return "error"
	case LevelWarning:
		return "warning"
	case LevelNote:
		return "note"
	default:
		return "invalid"
	}
}

// Position is a place in a source file.
type Position struct {
	// Filename is the name the caller gave; it may be empty.
	Filename string
	// Line and Column count from 1, columns in runes; both are 0 where the
	// position is not known.
	Line, Column int
	// Length is the number of runes that are meant; 0 where not known.
	Length int
}

// String returns file:line:column, without the parts that are not known.
func (p Position) String() string {
	if p.Line == 0 {
		return p.Filename
	}
	place := strconv.Itoa(p.Line) + ":" + strconv.Itoa(p.Column)
	if p.Filename == "" {
		return place
	}
	return p.Filename + ":" + place
}

// Diagnostics is a list of diagnostics. It is not an error, so that a list
// without errors can never be taken for one; see [Diagnostics.Err].
type Diagnostics []Diagnostic

// Err returns nil if no diagnostic is an error, and otherwise an
// [*InvalidError] with the whole list.
func (ds Diagnostics) Err() error {
	for _, d := range ds {
		if d.Level == LevelError {
			return &InvalidError{Diagnostics: ds}
		}
	}
	return nil
}

// cut leaves out what comes after the first maxProblems, and says so. What it
// says is as grave as the gravest of what it leaves out.
func (ds Diagnostics) cut() Diagnostics {
	if len(ds) <= maxProblems {
		return ds
	}
	level := LevelWarning
	if ds[maxProblems:].Err() != nil {
		level = LevelError
	}
	return append(ds[:maxProblems:maxProblems], Diagnostic{
		Code: TooLarge, Level: level,
		Message: fmt.Sprintf("more than %d problems, the rest is left out", maxProblems),
	})
}

// lower makes warnings of the errors whose code is allowed.
func (ds Diagnostics) lower(allowed func(Code) bool) {
	for i := range ds {
		if ds[i].Level == LevelError && allowed(ds[i].Code) {
			ds[i].Level = LevelWarning
		}
	}
}

// sort orders the list by place in the source, and by path where there is no
// source. It is stable.
func (ds Diagnostics) sort() {
	slices.SortStableFunc(ds, func(a, b Diagnostic) int {
		return cmp.Or(
			cmp.Compare(a.Pos.Filename, b.Pos.Filename),
			cmp.Compare(a.Pos.Line, b.Pos.Line),
			cmp.Compare(a.Pos.Column, b.Pos.Column),
		)
	})
}

// An InvalidError says that a document is not valid, and why: it holds every
// diagnostic, warnings too.
type InvalidError struct {
	// Diagnostics holds one error or more.
	Diagnostics Diagnostics
}

// Error returns all diagnostics, one on a line.
func (e *InvalidError) Error() string {
	lines := make([]string, len(e.Diagnostics))
	for i := range e.Diagnostics {
		lines[i] = e.Diagnostics[i].Error()
	}
	return strings.Join(lines, "\n")
}

// Unwrap returns the diagnostics as errors, so that errors.Is finds a [Code]
// and errors.As a [*Diagnostic].
func (e *InvalidError) Unwrap() []error {
	errs := make([]error, len(e.Diagnostics))
	for i := range e.Diagnostics {
		errs[i] = &e.Diagnostics[i]
	}
	return errs
}
