package rubric_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/testing/protocmp"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
	"github.com/reviewpkg/sdk/reviewpkg"
	"github.com/reviewpkg/sdk/rubric"
)

// mustPreset returns a preset.
func mustPreset(t *testing.T, name string) *reviewpkgv1.Policy {
	t.Helper()
	policy, err := rubric.Preset(name)
	if err != nil {
		t.Fatal(err)
	}
	return policy
}

func TestPresets(t *testing.T) {
	want := []string{"cncf-graduated", "cncf-incubating", "cncf-sandbox", "openstack-vmt", "strict-enterprise"}
	if diff := cmp.Diff(want, rubric.Presets()); diff != "" {
		t.Error(diff)
	}
	known := map[string]bool{"overall": true}
	for _, d := range rubric.Default().GetDimensions() {
		known["appetite."+d.GetId()] = true
	}
	for _, name := range rubric.Presets() {
		policy := mustPreset(t, name)
		if err := reviewpkg.Validate(policy); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if policy.GetId() != "preset-"+name || policy.GetRubric() != rubric.Default().GetId() || policy.GetOwner() != "whoever adopts it" {
			t.Errorf("%s is %s, of %s, for the rubric %s", name, policy.GetId(), policy.GetOwner(), policy.GetRubric())
		}
		if policy.GetDescription() == "" || !policy.HasOverall() || !policy.HasFreshness() || !policy.HasWaiverRules() ||
			len(policy.GetCompleteness()) == 0 || len(policy.GetDeadlines()) == 0 {
			t.Errorf("%s does not say all that a preset says", name)
		}
		for _, a := range append(policy.GetAppetites(), policy.GetOverall()) {
			if a.GetRationale() == "" || a.GetDimension() != "" && !known["appetite."+a.GetDimension()] {
				t.Errorf("%s: the appetite %v names no dimension of the rubric, or has no rationale", name, a)
			}
		}
		for _, e := range policy.GetExposures() {
			if e.GetRationale() == "" || !known["appetite."+e.GetDimension()] {
				t.Errorf("%s: the exposure %v names no dimension of the rubric, or has no rationale", name, e)
			}
		}
		for _, id := range policy.GetWaiverRules().GetNotWaivable() {
			if !known[id] && !slices.ContainsFunc(policy.GetRules(), func(r *reviewpkgv1.PolicyRule) bool { return r.GetId() == id }) {
				t.Errorf("%s: there is no rule %s that could be waived", name, id)
			}
		}
		if n := len(policy.GetRules()); n < 4 || n > 10 {
			t.Errorf("%s has %d rules, want 4 to 10", name, n)
		}
		for _, r := range policy.GetRules() {
			if r.GetRemediation() == "" || !strings.HasSuffix(r.GetStatement(), ".") {
				t.Errorf("%s: the rule %s has no remediation, or no sentence for a statement", name, r.GetId())
			}
		}
	}
}

// The presets stand in the order of what they ask for.
func TestPresetsAscend(t *testing.T) {
	names := []string{"cncf-sandbox", "cncf-incubating", "cncf-graduated"}
	for i, name := range names[1:] {
		less, more := mustPreset(t, names[i]), mustPreset(t, name)
		for _, a := range less.GetAppetites() {
			at := slices.IndexFunc(more.GetAppetites(), func(b *reviewpkgv1.Appetite) bool { return a.GetDimension() == b.GetDimension() })
			if at < 0 {
				t.Errorf("%s has an appetite for %s, and %s has none", names[i], a.GetDimension(), name)
				continue
			}
			b := more.GetAppetites()[at]
			if b.GetAppetite() > a.GetAppetite() || max(b.GetAppetite(), b.GetTolerance()) > max(a.GetAppetite(), a.GetTolerance()) {
				t.Errorf("%s accepts more in %s than %s does", name, a.GetDimension(), names[i])
			}
		}
	}
}

// Every copy is the caller's own.
func TestPresetIsCopy(t *testing.T) {
	want := mustPreset(t, "cncf-sandbox")
	mustPreset(t, "cncf-sandbox").GetRules()[0].SetCondition("false")
	if diff := cmp.Diff(want, mustPreset(t, "cncf-sandbox"), protocmp.Transform()); diff != "" {
		t.Error(diff)
	}
	names := rubric.Presets()
	names[0] = "changed"
	if slices.Contains(rubric.Presets(), "changed") {
		t.Error("the names are shared")
	}
}

func TestNoPreset(t *testing.T) {
	for _, name := range []string{"", "strict", "../policy", "cncf-sandbox.yaml", "presets/cncf-sandbox", "a\x1b[2J\nb", strings.Repeat("x", 1<<20)} {
		policy, err := rubric.Preset(name)
		if err == nil || policy != nil {
			t.Errorf("%.20q is a preset: %v", name, policy)
			continue
		}
		if text := err.Error(); !strings.Contains(text, "cncf-graduated, cncf-incubating") || len(text) > 300 || strings.ContainsAny(text, "\x1b\n") {
			t.Errorf("the error for %.20q is %q", name, text)
		}
	}
}
