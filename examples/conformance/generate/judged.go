package main

import (
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"google.golang.org/protobuf/proto"

	"github.com/reviewpkg/sdk/examples/conformance/kit"
	"github.com/reviewpkg/sdk/examples/conformance/sample"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
	"github.com/reviewpkg/sdk/reviewpkg"
	"github.com/reviewpkg/sdk/rubric"
)

// A trial is a package that is judged.
type trial struct {
	pkg, policy     string // files, or the name of a preset
	rubric, waivers string // files; empty for none
	asOf            string
	final           bool // false: drafts are allowed
}

// trials returns what is judged: small packages under every policy that there
// is, and the packages of the examples under the policies that fit them.
func trials() []trial {
	var all []trial
	small := []string{"gateway.yaml", "unrated.yaml", "empty.yaml"}
	for _, policy := range append([]string{"default", "payment-provider.yaml", "research-cloud.yaml"}, rubric.Presets()...) {
		for _, pkg := range small {
			all = append(all, trial{pkg: pkg, policy: policy, asOf: "2026-01-15"})
		}
	}
	// Under a rubric that can be worked out by hand, with and without a day: what
	// is overdue cannot be told without one.
	for _, pkg := range append(small, "tidy.yaml") {
		all = append(all,
			trial{pkg: pkg, policy: "small-policy.yaml", rubric: "small-rubric.yaml"},
			trial{pkg: pkg, policy: "small-policy.yaml", rubric: "small-rubric.yaml", asOf: "2026-01-15"})
	}
	// The waiver of the first is in force, and has run out in the second.
	return append(all,
		trial{pkg: "gateway.yaml", policy: "small-policy.yaml", rubric: "small-rubric.yaml", waivers: "waivers.yaml", asOf: "2026-01-15"},
		trial{pkg: "gateway.yaml", policy: "small-policy.yaml", rubric: "small-rubric.yaml", waivers: "waivers.yaml", asOf: "2026-03-02"},
		trial{pkg: "gateway.yaml", policy: "small-policy.yaml", rubric: "small-rubric.yaml", asOf: "2026-01-15", final: true},
		trial{pkg: "openstack-barbican/package.yaml", policy: "research-cloud.yaml"},
		trial{pkg: "openstack-barbican/package.yaml", policy: "payment-provider.yaml", asOf: "2026-01-15"},
		trial{pkg: "openstack-barbican-next.yaml", policy: "openstack-vmt", asOf: "2026-01-15"},
		trial{pkg: "cncf-openfga/package.yaml", policy: "cncf-incubating", asOf: "2026-01-15"},
	)
}

// A judging makes the judged cases from the files below a root.
type judging struct{ root string }

// cases adds the judged cases. Only an implementation of scoring can do them;
// all others read the package of the case.
func (j judging) cases(b *builder, _ *sample.Sampler) error {
	for _, t := range trials() {
		if err := j.add(b, t); err != nil {
			return fmt.Errorf("%s under %s: %w", t.pkg, t.policy, err)
		}
	}
	return nil
}

// add adds the case of a trial.
func (j judging) add(b *builder, t trial) error {
	pkg, policy := new(reviewpkgv1.ReviewPackage), new(reviewpkgv1.Policy)
	if err := j.load(t.pkg, pkg); err != nil {
		return err
	}
	if err := j.policy(t.policy, policy); err != nil {
		return err
	}
	options := rubric.CompareOptions{AllowDraft: !t.final}
	name, title := []string{stem(t.pkg), "under", stem(t.policy)}, fmt.Sprintf("%s judged by the policy %s", stem(t.pkg), stem(t.policy))
	judge := &kit.Judge{AsOf: t.asOf, AllowDraft: !t.final}
	if t.asOf != "" {
		day, err := time.Parse(time.DateOnly, t.asOf)
		if err != nil {
			return err
		}
		options.AsOf = day
		name, title = append(name, t.asOf), title+" on "+t.asOf
	}
	if t.rubric != "" {
		options.Rubric = new(reviewpkgv1.Rubric)
		if err := j.document(t.rubric, options.Rubric, &judge.Rubric); err != nil {
			return err
		}
	}
	if t.waivers != "" {
		options.Waivers = new(reviewpkgv1.WaiverSet)
		if err := j.document(t.waivers, options.Waivers, &judge.Waivers); err != nil {
			return err
		}
		name, title = append(name, "waived"), title+", with waivers"
	}
	if t.final {
		name, title = append(name, "final"), title+", where no draft is allowed"
	}
	if err := j.judge(judge, options, policy, pkg); err != nil {
		return err
	}
	c, err := b.message("judged-"+slug(name...), title, pkg)
	if err != nil {
		return err
	}
	c.Judge = judge
	c.Needs = append(c.Needs, "scoring")
	return want(c, kit.Accepted)
}

// judge fills in what the Go implementation finds.
func (j judging) judge(judge *kit.Judge, options rubric.CompareOptions, policy *reviewpkgv1.Policy, pkg *reviewpkgv1.ReviewPackage) error {
	ready, err := options.Judge(policy)
	if err != nil {
		return err
	}
	profile, verdict, err := ready.Judge(pkg)
	if err != nil {
		return err
	}
	// The policy as well: a stranger has no file of ours, and a preset changes
	// with the version of the SDK.
	for _, d := range []struct {
		m  proto.Message
		to *string
	}{{policy, &judge.Policy}, {profile, &judge.Profile}, {verdict, &judge.Verdict}} {
		data, err := reviewpkg.Marshal(d.m)
		if err != nil {
			return err
		}
		*d.to = string(data)
	}
	return nil
}

// policy loads a policy: the default one, a preset, or a file.
func (j judging) policy(name string, m *reviewpkgv1.Policy) error {
	switch {
	case name == "default":
		proto.Merge(m, rubric.DefaultPolicy())
		return nil
	case strings.HasSuffix(name, ".yaml"):
		return j.load(name, m)
	}
	preset, err := rubric.Preset(name)
	if err == nil {
		proto.Merge(m, preset)
	}
	return err
}

// document loads a document and notes its canonical JSON.
func (j judging) document(name string, m proto.Message, to *string) error {
	if err := j.load(name, m); err != nil {
		return err
	}
	data, err := reviewpkg.Marshal(m)
	*to = string(data)
	return err
}

// load reads a document from the files of the kit or of the other examples.
func (j judging) load(name string, m proto.Message) error {
	for _, dir := range []string{"examples/conformance/generate/testdata", "examples/policies", "examples/packages"} {
		path := filepath.Join(j.root, filepath.FromSlash(dir), filepath.FromSlash(name))
		data, err := readIfThere(path)
		if err != nil {
			return err
		}
		if data != nil {
			return reviewpkg.UnmarshalOptions{Filename: path}.Unmarshal(data, m)
		}
	}
	return fmt.Errorf("there is no file %s", name)
}

// stem returns the name that a file or its folder gives a document.
func stem(name string) string {
	name = strings.TrimSuffix(name, "/package.yaml")
	return strings.TrimSuffix(name, ".yaml")
}
