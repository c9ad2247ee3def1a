package reviewpkg_test

import (
	"errors"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/reflect/protoregistry"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
	"github.com/reviewpkg/sdk/reviewpkg"
)

var update = flag.Bool("update", false, "write the expected diagnostics in testdata/bad")

// TestBad compares the diagnostics of every document in testdata/bad with the
// text beside it. A document whose name begins with lenient- is read with
// AllowUnknown, one whose name begins with artifact- with VerifyArtifacts.
func TestBad(t *testing.T) {
	files, err := filepath.Glob("testdata/bad/*")
	if err != nil {
		t.Fatal(err)
	}
	documents := map[string]int{}
	for _, file := range files {
		base := strings.TrimSuffix(file, filepath.Ext(file))
		if filepath.Ext(file) == ".txt" {
			defer func() {
				if documents[base] != 1 {
					t.Errorf("%s belongs to %d documents, want one", file, documents[base])
				}
			}()
			continue
		}
		documents[base]++
		t.Run(filepath.Base(file), func(t *testing.T) {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			m := kindOf(data)
			before := proto.Clone(m)
			var lines strings.Builder
			hasError := false
			opts := reviewpkg.UnmarshalOptions{
				Filename:        filepath.Base(file),
				AllowUnknown:    strings.HasPrefix(filepath.Base(file), "lenient-"),
				AllowIncomplete: strings.HasPrefix(filepath.Base(file), "lenient-"),
				VerifyArtifacts: strings.HasPrefix(filepath.Base(file), "artifact-"),
				Report: func(d reviewpkg.Diagnostic) {
					lines.WriteString(d.Error() + "\n")
					hasError = hasError || d.Level == reviewpkg.LevelError
				},
			}
			if opts.VerifyArtifacts {
				_, err = opts.Load(file)
			} else {
				err = opts.Unmarshal(data, m)
			}
			var invalid *reviewpkg.InvalidError
			switch {
			case !hasError && err != nil:
				t.Errorf("there is no error among the diagnostics, and yet %v", err)
			case hasError && !errors.As(err, &invalid):
				t.Errorf("got %v, want an *InvalidError", err)
			case hasError && invalid.Error()+"\n" != lines.String():
				t.Errorf("the error says %s, and Report saw %s", invalid, lines.String())
			case hasError && !proto.Equal(m, before):
				t.Error("the message was changed by a document with errors")
			}
			compareGolden(t, base+".txt", lines.String())
		})
	}
}

// compareGolden compares got with a file, or writes the file.
func compareGolden(t *testing.T, file, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

// kindOf returns a message of the kind that a document names, or a package.
func kindOf(data []byte) proto.Message {
	named := regexp.MustCompile(`(?m)^[\s{]*"?schema"?:\s*"?([\w.]+)`).FindSubmatch(data)
	if named != nil {
		if kind, err := protoregistry.GlobalTypes.FindMessageByName(protoreflect.FullName(named[1])); err == nil {
			return kind.New().Interface()
		}
	}
	return &reviewpkgv1.ReviewPackage{}
}
