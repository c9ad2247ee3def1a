package reviewpkg_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
	"github.com/reviewpkg/sdk/reviewpkg"
)

func TestNewChangeSet(t *testing.T) {
	before := load(t, "../examples/packages/openstack-barbican")
	after := load(t, "../examples/packages/openstack-barbican-next.yaml")
	set, err := reviewpkg.NewChangeSet(before, after)
	if err != nil {
		t.Fatal(err)
	}
	if err := reviewpkg.Validate(set); err != nil {
		t.Errorf("the set is not valid: %v", err)
	}
	var got []string
	for _, change := range set.GetChanges() {
		got = append(got, change.GetKind().String()+" "+change.GetPath())
	}
	want := []string{
		"CHANGE_KIND_CHANGED architecture.status",
		`CHANGE_KIND_CHANGED findings["finding-2"].state`,
		`CHANGE_KIND_ADDED findings["finding-9"]`,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("changes (-want +got):\n%s", diff)
	}
	if set.GetBeforeDigest() == set.GetAfterDigest() || set.GetBeforeId() != "openstack-barbican-newton" {
		t.Errorf("before %s %s, after %s", set.GetBeforeId(), set.GetBeforeDigest(), set.GetAfterDigest())
	}
	again, err := reviewpkg.Apply(before, set.GetChanges())
	if err != nil {
		t.Fatal(err)
	}
	if digest, err := reviewpkg.Digest(again); err != nil || digest != set.GetAfterDigest() {
		t.Errorf("Apply gives %s, want %s (%v)", digest, set.GetAfterDigest(), err)
	}
	same, err := reviewpkg.NewChangeSet(before, before)
	if err != nil || len(same.GetChanges()) != 0 {
		t.Errorf("a package differs from itself: %v %v", same.GetChanges(), err)
	}
	if _, err := reviewpkg.NewChangeSet(before, reviewpkgv1.ReviewPackage_builder{Title: "\xff"}.Build()); err == nil {
		t.Error("text that is not UTF-8 has a digest")
	}
}
