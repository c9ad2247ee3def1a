package reviewpkg_test

import (
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/encoding/protowire"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/types/descriptorpb"
	"google.golang.org/protobuf/types/known/structpb"
	"pgregory.net/rapid"

	"github.com/reviewpkg/sdk/internal/fieldpath"
	"github.com/reviewpkg/sdk/internal/randpkg"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
	"github.com/reviewpkg/sdk/reviewpkg"
)

// changeLines puts changes into lines: kind, path, position, before, after.
func changeLines(t testing.TB, changes []*reviewpkgv1.Change) []string {
	t.Helper()
	lines := make([]string, 0, len(changes))
	text := func(v *structpb.Value) string {
		b, err := protojson.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		// protojson puts in spaces at random, to keep anybody from
		// comparing its output.
		return strings.ReplaceAll(strings.ReplaceAll(string(b), ", ", ","), ": ", ":")
	}
	for _, c := range changes {
		line := strings.TrimPrefix(c.GetKind().String(), "CHANGE_KIND_") + " " + c.GetPath()
		if c.HasPosition() {
			line += " @" + string(rune('0'+c.GetPosition()))
		}
		if c.HasBefore() {
			line += " - " + text(c.GetBefore())
		}
		if c.HasAfter() {
			line += " + " + text(c.GetAfter())
		}
		lines = append(lines, line)
	}
	return lines
}

// diffSample returns a package to change.
func diffSample() *reviewpkgv1.ReviewPackage {
	return reviewpkgv1.ReviewPackage_builder{
		Id: "pkg", Title: "Title",
		Labels:  map[string]string{"a": "1", "b": "2"},
		Notices: []string{"n0", "n1", "n2", "n3"},
		Findings: []*reviewpkgv1.Finding{
			reviewpkgv1.Finding_builder{Id: "f-1", Title: "one"}.Build(),
			reviewpkgv1.Finding_builder{Id: "f-2", Title: "two", State: reviewpkgv1.FindingState_FINDING_STATE_AGREED}.Build(),
			reviewpkgv1.Finding_builder{Id: "f-3", Title: "three"}.Build(),
		},
		Artifacts: []*reviewpkgv1.Artifact{reviewpkgv1.Artifact_builder{Id: "a-1"}.Build()},
	}.Build()
}

func TestDiff(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		edit func(p *reviewpkgv1.ReviewPackage)
		want []string
	}{
		{"nothing", func(*reviewpkgv1.ReviewPackage) {}, nil},
		{"a finding fixed", func(p *reviewpkgv1.ReviewPackage) {
			p.GetFindings()[1].SetState(reviewpkgv1.FindingState_FINDING_STATE_VERIFIED_FIXED)
		}, []string{`CHANGED findings["f-2"].state - "FINDING_STATE_AGREED" + "FINDING_STATE_VERIFIED_FIXED"`}},
		{"fields set, changed and cleared", func(p *reviewpkgv1.ReviewPackage) {
			p.SetTitle("")
			p.SetId("other")
			p.SetVersion("1")
		}, []string{`CHANGED id - "pkg" + "other"`, `REMOVED title - "Title"`, `ADDED version + "1"`}},
		{"an empty message", func(p *reviewpkgv1.ReviewPackage) {
			p.SetProject(&reviewpkgv1.Project{})
		}, []string{`ADDED project + {}`}},
		{"an optional zero, and more than 2^53", func(p *reviewpkgv1.ReviewPackage) {
			p.GetArtifacts()[0].SetSize(0)
			p.SetArtifacts(append(p.GetArtifacts(), reviewpkgv1.Artifact_builder{Id: "a-2", Size: proto.Int64(math.MaxInt64)}.Build()))
		}, []string{`ADDED artifacts["a-1"].size + "0"`, `ADDED artifacts["a-2"] @1 + {"id":"a-2","size":"9223372036854775807"}`}},
		{"map entries", func(p *reviewpkgv1.ReviewPackage) {
			p.SetLabels(map[string]string{"b": "3", "c\"": ""})
		}, []string{`REMOVED labels["a"] - "1"`, `CHANGED labels["b"] - "2" + "3"`, `ADDED labels["c\""] + ""`}},
		{"items with ids", func(p *reviewpkgv1.ReviewPackage) {
			f := p.GetFindings()
			f[2].SetTitle("III")
			p.SetFindings([]*reviewpkgv1.Finding{f[2], reviewpkgv1.Finding_builder{Id: "f-4"}.Build(), f[0]})
		}, []string{
			`REMOVED findings["f-2"] - {"id":"f-2","state":"FINDING_STATE_AGREED","title":"two"}`,
			`MOVED findings - ["f-1","f-3"] + ["f-3","f-1"]`,
			`CHANGED findings["f-3"].title - "three" + "III"`,
			`ADDED findings["f-4"] @1 + {"id":"f-4"}`,
		}},
		{"an id that stands twice", func(p *reviewpkgv1.ReviewPackage) {
			p.SetFindings(append(p.GetFindings(), reviewpkgv1.Finding_builder{Id: "f-1"}.Build()))
		}, []string{`ADDED findings[3] + {"id":"f-1"}`}},
		{"an item without id goes out", func(p *reviewpkgv1.ReviewPackage) {
			p.SetNotices([]string{"n0", "n2", "n3"})
		}, []string{`REMOVED notices[1] - "n1"`}},
		{"items without id come in", func(p *reviewpkgv1.ReviewPackage) {
			p.SetNotices([]string{"x", "y", "n0", "n1", "n2", "n3"})
		}, []string{`ADDED notices[0] + "x"`, `ADDED notices[1] + "y"`}},
		{"items without id change, and one goes out", func(p *reviewpkgv1.ReviewPackage) {
			p.SetNotices([]string{"n0", "N1", "n3"})
		}, []string{`CHANGED notices[1] - "n1" + "N1"`, `REMOVED notices[2] - "n2"`}},
		{"everything goes out", func(p *reviewpkgv1.ReviewPackage) {
			p.SetFindings(nil)
			p.SetNotices(nil)
			p.SetLabels(nil)
			p.SetArtifacts(nil)
		}, []string{
			`REMOVED labels["a"] - "1"`, `REMOVED labels["b"] - "2"`, `REMOVED artifacts["a-1"] - {"id":"a-1"}`,
			`REMOVED findings["f-1"] - {"id":"f-1","title":"one"}`,
			`REMOVED findings["f-2"] - {"id":"f-2","state":"FINDING_STATE_AGREED","title":"two"}`,
			`REMOVED findings["f-3"] - {"id":"f-3","title":"three"}`,
			`REMOVED notices[0] - "n0"`, `REMOVED notices[1] - "n1"`, `REMOVED notices[2] - "n2"`, `REMOVED notices[3] - "n3"`,
		}},
		{"fields that the model does not have", func(p *reviewpkgv1.ReviewPackage) {
			p.GetFindings()[0].ProtoReflect().SetUnknown(protowire.AppendVarint(protowire.AppendTag(nil, 999, protowire.VarintType), 5))
		}, []string{`ADDED findings["f-1"].@unknown + "uD4F"`}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			before, after := diffSample(), diffSample()
			tt.edit(after)
			forth := reviewpkg.Diff(before, after)
			if diff := cmp.Diff(tt.want, changeLines(t, forth), cmp.Transformer("nil", func(s []string) []string { return append([]string{}, s...) })); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
			if got, err := reviewpkg.Apply(before, forth); err != nil || !proto.Equal(got, after) {
				t.Errorf("forth: got %v, %v, want %v", got, err, after)
			}
			back := reviewpkg.Diff(after, before)
			if got, err := reviewpkg.Apply(after, back); err != nil || !proto.Equal(got, before) {
				t.Errorf("back: got %v, %v, want %v", got, err, before)
			}
		})
	}
}

func TestDiffNil(t *testing.T) {
	t.Parallel()
	if got := reviewpkg.Diff(nil, nil); len(got) != 0 {
		t.Errorf("Diff(nil, nil) = %v", got)
	}
	sample := diffSample()
	got, err := reviewpkg.Apply(nil, reviewpkg.Diff(nil, sample))
	if err != nil || !proto.Equal(got, sample) {
		t.Errorf("from nothing: got %v, %v", got, err)
	}
	got, err = reviewpkg.Apply(sample, reviewpkg.Diff(sample, nil))
	if err != nil || !proto.Equal(got, &reviewpkgv1.ReviewPackage{}) {
		t.Errorf("to nothing: got %v, %v", got, err)
	}
}

// wantExact fails unless the changes lead from before to after, also when they
// were written as JSON, were turned around, and were read again.
func wantExact(t *rapid.T, before, after proto.Message) {
	was, is := proto.Clone(before), proto.Clone(after)
	changes := reviewpkg.DiffMessages(before, after)
	if (len(changes) == 0) != proto.Equal(before, after) {
		t.Fatalf("%d changes between\n%v and\n%v", len(changes), before, after)
	}
	text, err := protojson.Marshal(reviewpkgv1.ChangeSet_builder{Changes: changes}.Build())
	if err != nil {
		t.Fatal(err)
	}
	var set reviewpkgv1.ChangeSet
	if err := protojson.Unmarshal(text, &set); err != nil {
		t.Fatal(err)
	}
	again := reviewpkgv1.ChangeSet_builder{Changes: reviewpkg.DiffMessages(before, after)}.Build()
	if !proto.Equal(&set, again) {
		t.Fatalf("got %v, then %v", &set, again)
	}
	for i, c := range set.GetChanges() {
		j := rapid.IntRange(0, i).Draw(t, "other place")
		set.GetChanges()[i], set.GetChanges()[j] = set.GetChanges()[j], c
	}
	got := proto.Clone(before)
	if err := reviewpkg.ApplyChanges(got, set.GetChanges()); err != nil || !proto.Equal(got, after) {
		t.Fatalf("got %v, %v, want %v", got, err, after)
	}
	if !proto.Equal(was, before) || !proto.Equal(is, after) {
		t.Fatal("an input was changed")
	}
}

// manyChecks runs a property many times. rapid takes the number of runs from a
// flag only.
func manyChecks(t *testing.T, check func(t *rapid.T)) {
	runs := 10
	if testing.Short() {
		runs = 2
	}
	for range runs {
		rapid.Check(t, check)
	}
}

func TestDiffApplyEdited(t *testing.T) {
	t.Parallel()
	manyChecks(t, func(t *rapid.T) {
		before := randpkg.Package(t)
		after := randpkg.Edit(t, before)
		if rapid.Bool().Draw(t, "unknown") {
			setUnknown(t, after.ProtoReflect())
		}
		wantExact(t, before, after)
		wantExact(t, after, before)
	})
}

// setUnknown gives a random message of a tree fields that it does not know.
func setUnknown(t *rapid.T, m protoreflect.Message) {
	places := []protoreflect.Message{m}
	fieldpath.Walk(m, func(_ *fieldpath.Cursor, _ protoreflect.FieldDescriptor, v protoreflect.Value) {
		if m, ok := v.Interface().(protoreflect.Message); ok {
			places = append(places, m)
		}
	})
	b := protowire.AppendTag(nil, protowire.Number(rapid.IntRange(5000, 5002).Draw(t, "number")), protowire.BytesType)
	rapid.SampledFrom(places).Draw(t, "place").SetUnknown(protowire.AppendString(b, "x"))
}

// Messages that have nothing to do with one another, ids that are empty or
// stand twice, and all that other messages have and packages do not.
func TestDiffApplyAny(t *testing.T) {
	t.Parallel()
	for _, kind := range []proto.Message{&reviewpkgv1.ReviewPackage{}, &structpb.Struct{}, &descriptorpb.FileDescriptorProto{}} {
		manyChecks(t, func(t *rapid.T) {
			before, after := proto.Clone(kind), proto.Clone(kind)
			randpkg.Message(t, before)
			randpkg.Message(t, after)
			wantExact(t, before, after)
			wantExact(t, before, randpkg.Edit(t, before))
		})
	}
}

// The path of every change leads to its values in both packages.
func TestDiffPathsResolve(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		before := randpkg.Package(t)
		after := randpkg.Edit(t, before)
		for _, c := range reviewpkg.Diff(before, after) {
			path, err := fieldpath.Parse(c.GetPath())
			if err != nil {
				t.Fatal(err)
			}
			if _, _, ok := fieldpath.Resolve(before.ProtoReflect(), path); c.HasBefore() && !ok {
				t.Fatalf("%v is not in the package before", c)
			}
			if _, _, ok := fieldpath.Resolve(after.ProtoReflect(), path); c.HasAfter() && !ok {
				t.Fatalf("%v is not in the package after", c)
			}
		}
	})
}

// Below a certain depth messages are compared whole, so that the changes of a
// deep tree do not take memory with the square of its depth.
func TestDiffDeep(t *testing.T) {
	t.Parallel()
	tree := func(title string) *reviewpkgv1.ReviewPackage {
		var sections []*reviewpkgv1.Section
		for range 2000 {
			sections = []*reviewpkgv1.Section{reviewpkgv1.Section_builder{Id: "s", Heading: title, Sections: sections}.Build()}
		}
		return reviewpkgv1.ReviewPackage_builder{Documents: []*reviewpkgv1.Document{
			reviewpkgv1.Document_builder{Id: "d", Sections: sections}.Build(),
		}}.Build()
	}
	before, after := tree("a"), tree("b")
	changes := reviewpkg.Diff(before, after)
	if len(changes) != 99 || !strings.HasSuffix(changes[98].GetPath(), `.sections["s"]`) {
		t.Errorf("%d changes, the last at %s", len(changes), changes[len(changes)-1].GetPath())
	}
	got, err := reviewpkg.Apply(before, changes)
	if err != nil || !proto.Equal(got, after) {
		t.Errorf("not the tree after: %v", err)
	}
}

// The order of fields that nobody knows is no change.
func TestDiffUnknownOrder(t *testing.T) {
	t.Parallel()
	field := func(number protowire.Number) []byte {
		return protowire.AppendVarint(protowire.AppendTag(nil, number, protowire.VarintType), 1)
	}
	before, after := diffSample(), diffSample()
	before.ProtoReflect().SetUnknown(append(field(5001), field(5002)...))
	after.ProtoReflect().SetUnknown(append(field(5002), field(5001)...))
	if got := reviewpkg.Diff(before, after); len(got) != 0 {
		t.Errorf("got %v", got)
	}
	after.ProtoReflect().SetUnknown([]byte{0xff})
	if got := reviewpkg.Diff(before, after); len(got) != 1 || got[0].GetPath() != "@unknown" {
		t.Errorf("got %v", got)
	}
}
