package export

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strings"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// A Format writes reports in one form. Any type with these two methods is a
// format; a program brings its own by adding a value to a list.
type Format interface {
	// Name returns the name by which users choose the format: "markdown".
	Name() string
	// Write writes r to w. It returns an error if r is nil or has no package,
	// and the errors of w. It does not change r.
	Write(w io.Writer, r *reviewpkgv1.Report) error
}

// Formats returns the formats of this package with their default options. The
// slice is new each time, so that callers may append to it.
func Formats() []Format {
	return []Format{JSON{}, YAML{}, Markdown{}, HTML{}}
}

// Find returns the first format with the given name. Without formats it looks
// among those of [Formats]. The error for a name that no format has lists the
// names that there are.
func Find(name string, formats ...Format) (Format, error) {
	if len(formats) == 0 {
		formats = Formats()
	}
	var known []string
	for _, f := range formats {
		if f == nil {
			continue
		}
		if f.Name() == name {
			return f, nil
		}
		known = append(known, f.Name())
	}
	return nil, fmt.Errorf("unknown format %q, want one of %s", oneLine(name, maxName), strings.Join(known, ", "))
}

// maxName is the number of characters of a name that a message repeats.
const maxName = 40

// check returns an error if there is nothing that a report could show.
func check(r *reviewpkgv1.Report) error {
	switch {
	case r == nil:
		return errors.New("want a report, found nil")
	case !r.HasPackage():
		return errors.New("the report has no package")
	default:
		return nil
	}
}

// stream calls write with a buffer before w and empties it. The buffer keeps
// the first error of w and drops what follows, so that write need not look.
func stream(w io.Writer, format string, write func(*bufio.Writer) error) error {
	b := bufio.NewWriter(w)
	err := write(b)
	if err == nil {
		err = b.Flush()
	}
	if err != nil {
		return fmt.Errorf("write %s: %w", format, err)
	}
	return nil
}
