package export

import (
	"bufio"
	"io"
	"slices"

	"google.golang.org/protobuf/proto"

	"github.com/reviewpkg/sdk/reviewpkg"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// JSON writes a report as canonical JSON, with everything that is in it.
type JSON struct {
	// Indent is what a level is indented with, spaces or tabs. If empty, it is
	// that of [reviewpkg.Marshal].
	Indent string
}

// Name returns "json".
func (JSON) Name() string { return "json" }

// Write writes r to w. See [Format].
func (f JSON) Write(w io.Writer, r *reviewpkgv1.Report) error {
	return marshal(w, f.Name(), r, reviewpkg.MarshalOptions{Encoding: reviewpkg.JSON, Indent: f.Indent})
}

// YAML writes a report as YAML, with everything that is in it.
type YAML struct{}

// Name returns "yaml".
func (YAML) Name() string { return "yaml" }

// Write writes r to w. See [Format].
func (f YAML) Write(w io.Writer, r *reviewpkgv1.Report) error {
	return marshal(w, f.Name(), r, reviewpkg.MarshalOptions{Encoding: reviewpkg.YAML})
}

// marshal writes r with its disclaimers. A copy is made only if r lacks some,
// because a package with whole documents in it is large.
func marshal(w io.Writer, format string, r *reviewpkgv1.Report, o reviewpkg.MarshalOptions) error {
	return stream(w, format, func(b *bufio.Writer) error {
		if err := check(r); err != nil {
			return err
		}
		if want := disclaimers(r.GetDisclaimers(), r.GetPackage()); !slices.Equal(want, r.GetDisclaimers()) {
			r = proto.CloneOf(r)
			r.SetDisclaimers(want)
		}
		data, err := o.Marshal(r)
		if err != nil {
			return err
		}
		_, err = b.Write(data)
		return err
	})
}
