package reviewpkg_test

import (
	"os"
	"path/filepath"
	"testing"

	"google.golang.org/protobuf/proto"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
	"github.com/reviewpkg/sdk/reviewpkg"
)

// FuzzUnmarshal looks for panics, and for documents that are valid and do not
// come back when they are written.
func FuzzUnmarshal(f *testing.F) {
	files, err := filepath.Glob("testdata/bad/*.[jy]*")
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data, filepath.Ext(file) == ".yaml")
	}
	f.Add([]byte(minimal), true)
	f.Add([]byte(`{"schema": "reviewpkg.v1.ReviewPackage", "id": "p", "title": "T", "project": {"name": "P"}, "status": 1}`), false)
	f.Fuzz(func(t *testing.T, data []byte, isYAML bool) {
		encoding := reviewpkg.JSON
		if isYAML {
			encoding = reviewpkg.YAML
		}
		// Without a schema and rules of its own, more documents are valid.
		for _, m := range []proto.Message{&reviewpkgv1.ReviewPackage{}, &reviewpkgv1.Narrative{}} {
			opts := reviewpkg.UnmarshalOptions{Encoding: encoding, AllowUnknown: true, MaxNodes: 10_000}
			if err := opts.Unmarshal(data, m); err != nil {
				continue
			}
			roundTrip(t, m, reviewpkg.JSON)
			roundTrip(t, m, reviewpkg.YAML)
		}
	})
}
