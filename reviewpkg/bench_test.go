package reviewpkg_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"buf.build/go/protovalidate"
	"buf.build/go/protoyaml"
	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
	"github.com/reviewpkg/sdk/reviewpkg"
)

// benchPackages returns the packages to measure with: those of examples, and a
// large one that is made here.
func benchPackages(b *testing.B) map[string]*reviewpkgv1.ReviewPackage {
	b.Helper()
	found := map[string]*reviewpkgv1.ReviewPackage{"synthetic": syntheticPackage(200)}
	files, err := filepath.Glob("../examples/packages/*")
	if err != nil {
		b.Fatal(err)
	}
	for _, file := range files {
		if info, err := os.Stat(file); err != nil || !info.IsDir() && filepath.Ext(file) != ".yaml" {
			continue
		}
		m, err := reviewpkg.Load(file)
		if err != nil {
			b.Logf("%s is left out: %v", file, err)
			continue
		}
		found[filepath.Base(file)] = m
	}
	return found
}

// syntheticPackage returns a valid package with n findings.
func syntheticPackage(n int) *reviewpkgv1.ReviewPackage {
	p := reviewpkgv1.ReviewPackage_builder{
		Schema: "reviewpkg.v1.ReviewPackage", Id: "synthetic", Title: "Synthetic package",
		Project: reviewpkgv1.Project_builder{Name: "Synthetic", Version: "1.10"}.Build(),
		Status:  reviewpkgv1.PackageStatus_PACKAGE_STATUS_DRAFT,
	}.Build()
	var findings []*reviewpkgv1.Finding
	for i := range n {
		findings = append(findings, reviewpkgv1.Finding_builder{
			Id: fmt.Sprintf("f-%d", i), Title: "Tokens are kept in the clear",
			Description: "The service writes tokens to its log.\n\nAnybody who reads the log can use them; see \"logging\".",
			State:       reviewpkgv1.FindingState_FINDING_STATE_REPORTED,
			Likelihood:  reviewpkgv1.Level_LEVEL_HIGH, Impact: reviewpkgv1.Level_LEVEL_MEDIUM,
			Cwes: []string{"CWE-532"},
		}.Build())
	}
	p.SetFindings(findings)
	return p
}

// compareTime runs ours and theirs in turns, so that noise hits both, and
// reports the time of ours by that of theirs. Each runs once before: whoever
// comes first compiles the rules for both.
func compareTime(b *testing.B, ours, theirs func() error) {
	b.Helper()
	for _, run := range []func() error{ours, theirs} {
		if err := run(); err != nil {
			b.Fatal(err)
		}
	}
	var took [2]time.Duration
	for i := 0; b.Loop(); i++ {
		for j := range 2 {
			which := (i + j) % 2
			run := ours
			if which == 1 {
				run = theirs
			}
			start := time.Now()
			if err := run(); err != nil {
				b.Fatal(err)
			}
			took[which] += time.Since(start)
		}
	}
	b.ReportMetric(float64(took[0])/float64(took[1]), "ratio")
}

// BenchmarkUnmarshalJSON compares with protojson and protovalidate, which
// check less. The ratio should not be above 1.3.
func BenchmarkUnmarshalJSON(b *testing.B) {
	for name, m := range benchPackages(b) {
		b.Run(name, func(b *testing.B) {
			data, err := reviewpkg.Marshal(m)
			if err != nil {
				b.Fatal(err)
			}
			b.SetBytes(int64(len(data)))
			compareTime(b, func() error {
				return reviewpkg.UnmarshalOptions{Encoding: reviewpkg.JSON}.Unmarshal(data, &reviewpkgv1.ReviewPackage{})
			}, func() error {
				m := &reviewpkgv1.ReviewPackage{}
				if err := protojson.Unmarshal(data, m); err != nil {
					return err
				}
				return protovalidate.Validate(m)
			})
		})
	}
}

// BenchmarkManyMembers compares an item with very many mistakes whose id stands
// last with one whose id stands first: the path of each mistake must not cost
// a search of the item. The ratio should be near 1.
func BenchmarkManyMembers(b *testing.B) {
	const head = `{"schema": "reviewpkg.v1.ReviewPackage", "findings": [{`
	mistakes := strings.Repeat(`"nope": 1, `, 100_000)
	read := func(text string) func() error {
		return func() error {
			err := reviewpkg.UnmarshalOptions{Encoding: reviewpkg.JSON}.Unmarshal([]byte(text), &reviewpkgv1.ReviewPackage{})
			if !errors.Is(err, reviewpkg.UnknownField) {
				return fmt.Errorf("want unknown fields, got %.200w", err)
			}
			return nil
		}
	}
	compareTime(b, read(head+mistakes+`"id": "f-1"}]}`), read(head+`"id": "f-1", `+mistakes+`"title": "T"}]}`))
}

// A yamlValidator is a protovalidate validator as protoyaml wants it.
type yamlValidator struct{ protovalidate.Validator }

func (v yamlValidator) Validate(m proto.Message) error { return v.Validator.Validate(m) }

// BenchmarkUnmarshalYAML compares with protoyaml. The ratio should not be
// above 1.
func BenchmarkUnmarshalYAML(b *testing.B) {
	validator, err := protovalidate.New()
	if err != nil {
		b.Fatal(err)
	}
	for name, m := range benchPackages(b) {
		b.Run(name, func(b *testing.B) {
			data, err := reviewpkg.MarshalOptions{Encoding: reviewpkg.YAML}.Marshal(m)
			if err != nil {
				b.Fatal(err)
			}
			b.SetBytes(int64(len(data)))
			compareTime(b, func() error {
				return reviewpkg.UnmarshalOptions{Encoding: reviewpkg.YAML}.Unmarshal(data, &reviewpkgv1.ReviewPackage{})
			}, func() error {
				return protoyaml.UnmarshalOptions{Validator: yamlValidator{validator}}.Unmarshal(data, &reviewpkgv1.ReviewPackage{})
			})
		})
	}
}
