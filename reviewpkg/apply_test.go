package reviewpkg_test

import (
	"encoding/base64"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/structpb"
	"pgregory.net/rapid"

	"github.com/reviewpkg/sdk/internal/fieldpath"
	"github.com/reviewpkg/sdk/internal/randpkg"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
	"github.com/reviewpkg/sdk/reviewpkg"
)

const (
	added   = reviewpkgv1.ChangeKind_CHANGE_KIND_ADDED
	removed = reviewpkgv1.ChangeKind_CHANGE_KIND_REMOVED
	changed = reviewpkgv1.ChangeKind_CHANGE_KIND_CHANGED
	moved   = reviewpkgv1.ChangeKind_CHANGE_KIND_MOVED
)

// change returns a change with values of Go; nil is no value.
func change(kind reviewpkgv1.ChangeKind, path string, before, after any) *reviewpkgv1.Change {
	c := reviewpkgv1.Change_builder{Kind: kind, Path: path}.Build()
	value := func(v any) *structpb.Value {
		out, err := structpb.NewValue(v)
		if err != nil {
			panic(err)
		}
		return out
	}
	if before != nil {
		c.SetBefore(value(before))
	}
	if after != nil {
		c.SetAfter(value(after))
	}
	return c
}

// at returns the change with a position.
func at(position uint32, c *reviewpkgv1.Change) *reviewpkgv1.Change {
	c.SetPosition(position)
	return c
}

func TestApplyErrors(t *testing.T) {
	t.Parallel()
	type object = map[string]any
	one := func(c *reviewpkgv1.Change) []*reviewpkgv1.Change { return []*reviewpkgv1.Change{c} }
	unknown := base64.StdEncoding.EncodeToString([]byte{0xff})
	tests := []struct {
		changes []*reviewpkgv1.Change
		want    []string
	}{
		// The form of a change.
		{one(nil), []string{"a change must have a path [missing-field]"}},
		{one(change(changed, "id[", "a", "b")), []string{"column 4 of the path: want a number, true, false or a quoted text and a closing bracket, found \"\" [bad-format] at id["}},
		{one(change(0, "id", "pkg", "b")), []string{"a change must be ADDED, REMOVED, CHANGED or MOVED, and is CHANGE_KIND_UNSPECIFIED [inconsistent] at id"}},
		{one(change(9, "id", "pkg", "b")), []string{"a change must be ADDED, REMOVED, CHANGED or MOVED, and is 9 [inconsistent] at id"}},
		{one(change(added, "version", "1", "2")), []string{"an ADDED value has no before, any other change has one [inconsistent] at version"}},
		{one(change(removed, "id", "pkg", "2")), []string{"a REMOVED value has no after, any other change has one [inconsistent] at id"}},
		{one(at(1, change(changed, "id", "pkg", "2"))), []string{"only an ADDED value has a position [inconsistent] at id"}},
		{
			[]*reviewpkgv1.Change{change(changed, "id", "pkg", "a"), change(changed, "id", "pkg", "b")},
			[]string{"two changes have the same path [duplicate-value] at id"},
		},
		// Paths that the model does not have.
		{one(change(changed, "nothing", "a", "b")), []string{`message ReviewPackage has no field "nothing" [dangling-path] at nothing`}},
		{one(change(changed, "id.x", "a", "b")), []string{"field id holds no message [dangling-path] at id.x"}},
		{one(change(changed, "id[0]", "a", "b")), []string{"field id has no items and no entries [dangling-path] at id[0]"}},
		{one(change(changed, "@unknown.x", "a", "b")), []string{"field @unknown holds no message [dangling-path] at @unknown.x"}},
		{one(change(changed, "findings.title", "a", "b")), []string{"field findings has items or entries, and the path names none [dangling-path] at findings.title"}},
		{one(change(changed, `labels["a"].x`, "a", "b")), []string{`field labels holds no message [dangling-path] at labels["a"].x`}},
		// Places that the package does not have.
		{one(change(changed, "project.name", "a", "b")), []string{"there is no such place in the package before [dangling-path] at project.name"}},
		{one(change(changed, `findings["f-9"].title`, "a", "b")), []string{`there is no such item in the package before [dangling-path] at findings["f-9"].title`}},
		{one(change(changed, `notices[4]`, "a", "b")), []string{`there is no such item in the package before [dangling-path] at notices[4]`}},
		{one(change(changed, `notices[-1]`, "a", "b")), []string{`there is no such item in the package before [dangling-path] at notices[-1]`}},
		{one(change(changed, "labels[0]", "a", "b")), []string{"the path has no key of field labels [dangling-path] at labels[0]"}},
		{one(change(added, `labels`, nil, object{"a": "b"})), []string{"a map changes by its entries [dangling-path] at labels"}},
		{one(change(added, "findings", nil, []any{})), []string{"a list changes by its items, or is MOVED [dangling-path] at findings"}},
		// Another value than the change expects.
		{one(change(changed, "title", "Other", "New")), []string{`the package before has "Title" there, and the change expects "Other" [inconsistent] at title`}},
		{one(change(added, "title", nil, "New")), []string{`the package before has "Title" there, and the change expects nothing [inconsistent] at title`}},
		{one(change(removed, "version", "1", nil)), []string{`the package before has nothing there, and the change expects "1" [inconsistent] at version`}},
		{one(change(changed, "status", "PACKAGE_STATUS_DRAFT", 3)), []string{`the package before has nothing there, and the change expects "PACKAGE_STATUS_DRAFT" [inconsistent] at status`}},
		{one(change(removed, `artifacts["a-1"].duration_minutes`, 5, nil)), []string{`the package before has nothing there, and the change expects 5 [inconsistent] at artifacts["a-1"].duration_minutes`}},
		{one(change(removed, `findings["f-1"]`, object{"id": "f-1"}, nil)), []string{`the package before has a Finding of 10 bytes there, and the change expects a Finding of 5 bytes [inconsistent] at findings["f-1"]`}},
		{one(change(changed, `labels["a"]`, "2", "3")), []string{`the package before has "1" there, and the change expects "2" [inconsistent] at labels["a"]`}},
		{
			[]*reviewpkgv1.Change{change(changed, "title", strings.Repeat("x", 1000), "New"), change(removed, "version", "1", nil)},
			[]string{
				`the package before has "Title" there, and the change expects "` + strings.Repeat("x", 77) + `..." [inconsistent] at title`,
				`the package before has nothing there, and the change expects "1" [inconsistent] at version`,
			},
		},
		{
			[]*reviewpkgv1.Change{change(added, "project", nil, object{}), change(added, "project.name", nil, "a")},
			[]string{"a value and a part of it cannot both change [inconsistent] at project"},
		},
		{one(change(moved, "title", "Title", "a")), []string{"only the items of a list can move [inconsistent] at title"}},
		// Values that do not fit the field.
		{one(change(changed, "title", 1, "New")), []string{"the value of field title must be a text [wrong-type] at title"}},
		{one(change(added, "project", nil, object{"name": 1})), []string{"the value of field name must be a text [wrong-type] at project"}},
		{one(change(added, "@unknown", nil, unknown)), []string{"the value after must be the base64 of protobuf fields [bad-format] at @unknown"}},
		{one(change(removed, "@unknown", "uD4F", nil)), []string{"the package before has other unknown fields [inconsistent] at @unknown"}},
		{one(change(moved, "@unknown", "", "")), []string{"only the items of a list can move [inconsistent] at @unknown"}},
		// Items that come in.
		{one(at(0, change(added, `findings["f-1"]`, nil, object{"id": "f-1"}))), []string{`the package before has an item with this id [duplicate-id] at findings["f-1"]`}},
		{one(at(0, change(added, `findings["f-9"]`, nil, object{"id": "f-8"}))), []string{`the item that is added has another id than the path [inconsistent] at findings["f-9"]`}},
		{one(at(0, change(added, `notices["x"]`, nil, "x"))), []string{`the item that is added has another id than the path [inconsistent] at notices["x"]`}},
		{one(at(0, change(added, `findings["f-9"]`, nil, "f-9"))), []string{`a Finding must be an object [wrong-type] at findings["f-9"]`}},
		{one(change(added, `findings["f-9"]`, nil, object{"id": "f-9"})), []string{`an item has a position if its path ends with an id, and only then [inconsistent] at findings["f-9"]`}},
		{one(at(4, change(added, "notices[4]", nil, "x"))), []string{`an item has a position if its path ends with an id, and only then [inconsistent] at notices[4]`}},
		{one(change(added, "notices[true]", nil, "x")), []string{`field notices is a list, and its items have an id or an index [dangling-path] at notices[true]`}},
		{one(change(added, "notices[5]", nil, "x")), []string{`an item is added behind the end of the list, which then has 4 items [out-of-range] at notices[5]`}},
		{
			[]*reviewpkgv1.Change{at(3, change(added, `findings["f-8"]`, nil, object{"id": "f-8"})), at(3, change(added, `findings["f-9"]`, nil, object{"id": "f-9"}))},
			[]string{`two items are added at index 3 [duplicate-value] at findings["f-9"]`},
		},
		// Lists in another order.
		{one(change(moved, "findings", []any{"f-2", "f-1", "f-3"}, []any{"f-3", "f-2", "f-1"})), []string{"the items before are in another order [inconsistent] at findings"}},
		{one(change(moved, "findings", []any{"f-1", "f-2"}, []any{"f-2", "f-1"})), []string{"a MOVED list must name the 3 items that stay, each once, before and after [inconsistent] at findings"}},
		{one(change(moved, "findings", []any{"f-1", "f-2", "f-3"}, []any{"f-2", "f-1", "f-1"})), []string{"a MOVED list must name the 3 items that stay, each once, before and after [inconsistent] at findings"}},
		{one(change(moved, "notices", []any{}, []any{1})), []string{"a MOVED list must name the 4 items that stay, each once, before and after [inconsistent] at notices"}},
	}
	for _, tt := range tests {
		before := diffSample()
		got, err := reviewpkg.Apply(before, tt.changes)
		var invalid *reviewpkg.InvalidError
		if got != nil || !errors.As(err, &invalid) {
			t.Errorf("Apply(%v) = %v, %v, want the error %s", tt.changes, got, err, tt.want)
			continue
		}
		if diff := cmp.Diff(tt.want, strings.Split(err.Error(), "\n")); diff != "" {
			t.Errorf("%v: -want +got:\n%s", tt.changes, diff)
		}
		if !proto.Equal(before, diffSample()) {
			t.Errorf("%v: the input was changed", tt.changes)
		}
	}
}

// Of a oneof, what is set must go out before something else comes in.
func TestApplyOneof(t *testing.T) {
	t.Parallel()
	m := structpb.NewStringValue("x")
	err := reviewpkg.ApplyChanges(m, []*reviewpkgv1.Change{change(added, "bool_value", nil, true)})
	if !errors.Is(err, reviewpkg.Inconsistent) || !strings.Contains(err.Error(), "field string_value is set, and must be removed first") {
		t.Errorf("got %v", err)
	}
	err = reviewpkg.ApplyChanges(m, []*reviewpkgv1.Change{change(added, "bool_value", nil, true), change(removed, "string_value", "x", nil)})
	if err != nil || !m.GetBoolValue() {
		t.Errorf("got %v, %v", m, err)
	}
	err = reviewpkg.ApplyChanges(m, []*reviewpkgv1.Change{change(changed, "bool_value", false, true)})
	if err == nil || !strings.Contains(err.Error(), "the package before has true there, and the change expects false") {
		t.Errorf("got %v", err)
	}
}

// A change of a whole message is taken too, though Diff looks into messages.
func TestApplyWholeMessage(t *testing.T) {
	t.Parallel()
	before := reviewpkgv1.ReviewPackage_builder{Project: reviewpkgv1.Project_builder{Name: "a"}.Build()}.Build()
	got, err := reviewpkg.Apply(before, []*reviewpkgv1.Change{
		change(changed, "project", map[string]any{"name": "a"}, map[string]any{"name": "b", "slug": "c"}),
	})
	if err != nil || got.GetProject().GetName() != "b" || got.GetProject().GetSlug() != "c" {
		t.Errorf("got %v, %v", got, err)
	}
}

// Changes that nobody made for the package never do harm: Apply fails, or it
// gives a package that can be written.
func TestApplyRandomChanges(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		p := randpkg.Package(t)
		set := &reviewpkgv1.ChangeSet{}
		randpkg.Message(t, set)
		set.SetChanges(append(set.GetChanges(), reviewpkg.Diff(p, randpkg.Edit(t, p))...))
		set = randpkg.Edit(t, set)
		was := proto.Clone(p)
		got, err := reviewpkg.Apply(p, set.GetChanges())
		if (got == nil) == (err == nil) {
			t.Fatalf("got %v, %v", got, err)
		}
		if _, err := proto.Marshal(got); got != nil && err != nil {
			t.Fatal(err)
		}
		if !proto.Equal(was, p) {
			t.Fatal("the input was changed")
		}
		var invalid *reviewpkg.InvalidError
		if errors.As(err, &invalid) {
			for _, d := range invalid.Diagnostics {
				if len(d.Message) > 300 || d.Path == "" && d.Code != reviewpkg.MissingField {
					t.Fatalf("diagnostic %v", d)
				}
			}
		}
	})
}

// Apply refuses every change of a difference if what it changes is not there
// any more.
func TestApplyTwice(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		before := randpkg.Package(t)
		after := randpkg.Edit(t, before)
		for _, c := range reviewpkg.Diff(before, after) {
			path, err := fieldpath.Parse(c.GetPath())
			if err != nil {
				t.Fatal(err)
			}
			// An item without id that came in can come in again.
			if c.GetKind() == added && path[len(path)-1].Kind == fieldpath.Index || c.GetKind() == removed {
				continue
			}
			if _, err := reviewpkg.Apply(after, []*reviewpkgv1.Change{c}); err == nil {
				t.Fatalf("%v was made twice", c)
			}
		}
	})
}
