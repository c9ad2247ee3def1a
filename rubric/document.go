package rubric

import (
	_ "embed" // for the default rubric and policy

	"google.golang.org/protobuf/proto"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
	"github.com/reviewpkg/sdk/reviewpkg"
)

//go:embed default.yaml
var defaultYAML []byte

//go:embed policy.yaml
var policyYAML []byte

// Default returns the default rubric, a copy of its own for every call.
func Default() *reviewpkgv1.Rubric {
	r := new(reviewpkgv1.Rubric)
	embedded("default.yaml", defaultYAML, r)
	return r
}

// DefaultPolicy returns the default policy, that of a cautious organisation, a
// copy of its own for every call. It is a start, not a recommendation.
func DefaultPolicy() *reviewpkgv1.Policy {
	policy := new(reviewpkgv1.Policy)
	embedded("policy.yaml", policyYAML, policy)
	return policy
}

// embedded reads a document that is part of this package.
func embedded(name string, data []byte, m proto.Message) {
	// It cannot fail: a test of this package reads the same bytes.
	_ = reviewpkg.UnmarshalOptions{Filename: name}.Unmarshal(data, m)
}

// Load reads a rubric from a JSON, YAML, binary or text file, validates it and
// lints it. The error is one of the file system or a *reviewpkg.InvalidError.
// Use [Lint] to see warnings as well.
func Load(path string) (*reviewpkgv1.Rubric, error) {
	r := new(reviewpkgv1.Rubric)
	// The linter adds what the rules of the model cannot say.
	check := func(m proto.Message) reviewpkg.Diagnostics {
		_, ds := compile(m.(*reviewpkgv1.Rubric), false)
		return ds
	}
	if err := load(path, r, check); err != nil {
		return nil, err
	}
	return r, nil
}

// LoadPolicy reads a policy from a JSON, YAML, binary or text file and
// validates it. The error is one of the file system or a
// *reviewpkg.InvalidError.
func LoadPolicy(path string) (*reviewpkgv1.Policy, error) {
	policy := new(reviewpkgv1.Policy)
	// The model's own rules are all there are for a policy: what it says about a
	// rubric can only be checked beside a profile, by Compare.
	if err := load(path, policy, nil); err != nil {
		return nil, err
	}
	return policy, nil
}

// load reads a file into m, and no more of it than a document may have. A check
// looks at what is valid otherwise.
func load(path string, m proto.Message, check func(proto.Message) reviewpkg.Diagnostics) error {
	data, err := readDocument(path)
	if err != nil {
		return err
	}
	return reviewpkg.UnmarshalOptions{Filename: path, Check: check}.Unmarshal(data, m)
}
