package fieldpath_test

import (
	"strings"
	"testing"

	"buf.build/gen/go/bufbuild/protovalidate/protocolbuffers/go/buf/validate"
	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/types/descriptorpb"
	"google.golang.org/protobuf/types/known/structpb"
	"pgregory.net/rapid"

	"github.com/reviewpkg/sdk/internal/fieldpath"
	"github.com/reviewpkg/sdk/internal/randpkg"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// sample returns a package with every way to name a place.
func sample() *reviewpkgv1.ReviewPackage {
	finding := func(id, title string) *reviewpkgv1.Finding {
		return reviewpkgv1.Finding_builder{Id: id, Title: title}.Build()
	}
	return reviewpkgv1.ReviewPackage_builder{
		Id:       "pkg",
		Labels:   map[string]string{"maturity": "sandbox", "a\"]": "quoted"},
		Findings: []*reviewpkgv1.Finding{finding("f-1", "one"), finding("f-2", "two")},
		DisputedFindings: []*reviewpkgv1.Finding{
			finding("twice", "three"), finding("", "four"), finding("own", "five"), finding("twice", "six"),
		},
		Project: reviewpkgv1.Project_builder{
			Repositories: []*reviewpkgv1.Repository{reviewpkgv1.Repository_builder{Url: "https://a.example"}.Build()},
		}.Build(),
		Notices: []string{"first", "second"},
	}.Build()
}

func resolve(t *testing.T, m proto.Message, text string) (protoreflect.Value, protoreflect.FieldDescriptor, bool) {
	t.Helper()
	path, err := fieldpath.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return fieldpath.Resolve(m.ProtoReflect(), path)
}

func TestResolve(t *testing.T) {
	t.Parallel()
	tests := []struct{ path, want, field string }{
		{"id", "pkg", "id"},
		{"title", "", "title"},
		{`findings["f-2"].title`, "two", "title"},
		{`findings[1].title`, "two", "title"},
		{`disputed_findings["own"].title`, "five", "title"},
		{`disputed_findings[3].title`, "six", "title"},
		{`labels["a\"]"]`, "quoted", "labels"},
		{"project.repositories[0].url", "https://a.example", "url"},
		{"notices[1]", "second", "notices"},
	}
	for _, tt := range tests {
		v, fd, ok := resolve(t, sample(), tt.path)
		if !ok || v.String() != tt.want || string(fd.Name()) != tt.field {
			t.Errorf("Resolve(%s) = %v, %v, %v, want %q of the field %s", tt.path, v, fd, ok, tt.want, tt.field)
		}
	}
	for _, path := range []string{
		"nothing", "id.x", "id[0]", "findings[2]", `findings["f-3"]`, `findings[true]`, `disputed_findings["twice"]`, `disputed_findings[""]`,
		`labels["none"]`, "labels[0]", "labels[true]", "joint_review.overview", "findings.title", `notices["first"]`, "notices[2]", "@unknown", `project["x"]`,
	} {
		if v, fd, ok := resolve(t, sample(), path); ok || fd != nil || v.IsValid() {
			t.Errorf("Resolve(%s) = %v, %v, true, want nothing", path, v, fd)
		}
	}
	if v, fd, ok := resolve(t, sample(), "project"); !ok || fd.Name() != "project" || !v.Message().IsValid() {
		t.Errorf("Resolve(project) = %v, %v, %v", v, fd, ok)
	}
	if v, fd, ok := resolve(t, sample(), ""); !ok || fd != nil || !proto.Equal(v.Message().Interface(), sample()) {
		t.Errorf("the empty path leads to %v, %v, %v", v, fd, ok)
	}
}

func TestWalk(t *testing.T) {
	t.Parallel()
	var got []string
	fieldpath.Walk(sample().ProtoReflect(), func(c *fieldpath.Cursor, fd protoreflect.FieldDescriptor, v protoreflect.Value) {
		line := c.String()
		if _, ok := v.Interface().(protoreflect.Message); !ok {
			line += " = " + v.String()
		}
		got = append(got, line+" ("+string(c.Parent().Descriptor().Name())+"."+string(fd.Name())+")")
	})
	want := []string{
		`id = pkg (ReviewPackage.id)`,
		`project (ReviewPackage.project)`,
		`project.repositories[0] (Project.repositories)`,
		`project.repositories[0].url = https://a.example (Repository.url)`,
		`labels["a\"]"] = quoted (ReviewPackage.labels)`,
		`labels["maturity"] = sandbox (ReviewPackage.labels)`,
		`findings["f-1"] (ReviewPackage.findings)`,
		`findings["f-1"].id = f-1 (Finding.id)`,
		`findings["f-1"].title = one (Finding.title)`,
		`findings["f-2"] (ReviewPackage.findings)`,
		`findings["f-2"].id = f-2 (Finding.id)`,
		`findings["f-2"].title = two (Finding.title)`,
		`disputed_findings[0] (ReviewPackage.disputed_findings)`,
		`disputed_findings[0].id = twice (Finding.id)`,
		`disputed_findings[0].title = three (Finding.title)`,
		`disputed_findings[1] (ReviewPackage.disputed_findings)`,
		`disputed_findings[1].title = four (Finding.title)`,
		`disputed_findings["own"] (ReviewPackage.disputed_findings)`,
		`disputed_findings["own"].id = own (Finding.id)`,
		`disputed_findings["own"].title = five (Finding.title)`,
		`disputed_findings[3] (ReviewPackage.disputed_findings)`,
		`disputed_findings[3].id = twice (Finding.id)`,
		`disputed_findings[3].title = six (Finding.title)`,
		`notices[0] = first (ReviewPackage.notices)`,
		`notices[1] = second (ReviewPackage.notices)`,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

// Every path that Walk names leads back to the value it was at, on any message.
func TestWalkResolves(t *testing.T) {
	t.Parallel()
	kinds := []proto.Message{&reviewpkgv1.ReviewPackage{}, &structpb.Struct{}, &descriptorpb.FileDescriptorProto{}, &validate.FieldRules{}}
	for _, kind := range kinds {
		rapid.Check(t, func(t *rapid.T) {
			m := proto.Clone(kind)
			randpkg.Message(t, m)
			tree := fieldpath.NewTree(m.ProtoReflect())
			fieldpath.Walk(m.ProtoReflect(), func(c *fieldpath.Cursor, fd protoreflect.FieldDescriptor, v protoreflect.Value) {
				path, err := fieldpath.Parse(c.String())
				if err != nil {
					t.Fatalf("%s: %v", c, err)
				}
				got, field, ok := tree.Resolve(path)
				if !ok || field != fd || !got.Equal(v) {
					t.Fatalf("%s leads to %v of %v, want %v of %v", c, got, field, v, fd)
				}
				if path.String() != c.String() {
					t.Fatalf("%s is %s in canonical form", c, path)
				}
				named := make([]string, 0, len(path))
				for _, step := range path {
					named = append(named, step.Field)
				}
				if field, err := fieldpath.ResolveDescriptor(m.ProtoReflect().Descriptor(), strings.Join(named, ".")); err != nil || field != fd {
					t.Fatalf("%s is the field %v, %v, want %v", c, field, err, fd)
				}
			})
		})
	}
}

func TestResolveDescriptor(t *testing.T) {
	t.Parallel()
	md := sample().ProtoReflect().Descriptor()
	fd, err := fieldpath.ResolveDescriptor(md, "architecture.interfaces.flows.asset_id")
	if err != nil || fd.FullName() != "reviewpkg.v1.Flow.asset_id" {
		t.Errorf("got %v, %v", fd, err)
	}
	if fd, err = fieldpath.ResolveDescriptor(md, "labels"); err != nil || !fd.IsMap() {
		t.Errorf("got %v, %v", fd, err)
	}
	value := (&structpb.Struct{}).ProtoReflect().Descriptor()
	if fd, err = fieldpath.ResolveDescriptor(value, "fields.bool_value"); err != nil || fd.FullName() != "google.protobuf.Value.bool_value" {
		t.Errorf("got %v, %v", fd, err)
	}
	tests := []struct{ path, want string }{
		{"", `message reviewpkg.v1.ReviewPackage has no field ""`},
		{"findings[0]", `message reviewpkg.v1.ReviewPackage has no field "findings[0]"`},
		{"findings.nothing", `message reviewpkg.v1.Finding has no field "nothing"`},
		{"id.x", `field reviewpkg.v1.ReviewPackage.id holds no message and has no field "x"`},
		{"labels.x", `field reviewpkg.v1.ReviewPackage.labels holds no message and has no field "x"`},
	}
	for _, tt := range tests {
		if fd, err := fieldpath.ResolveDescriptor(md, tt.path); err == nil || err.Error() != tt.want {
			t.Errorf("ResolveDescriptor(%q) = %v, %v, want %s", tt.path, fd, err, tt.want)
		}
	}
}

// A tree reads the ids of a list once: many paths into a long list are found
// in time that grows with their number, not with its square.
func BenchmarkResolveLongList(b *testing.B) {
	for _, n := range []int{100, 10000} {
		p := &reviewpkgv1.ReviewPackage{}
		paths := make([]fieldpath.Path, n)
		findings := make([]*reviewpkgv1.Finding, n)
		for i := range n {
			id := "f-" + strings.Repeat("x", i%7) + string(rune('a'+i%26)) + strings.Repeat("0", i/26%50) + string(rune(0x4e00+i))
			findings[i] = reviewpkgv1.Finding_builder{Id: id}.Build()
			paths[i] = fieldpath.Path{{Field: "findings", Kind: fieldpath.Key, Key: id}, {Field: "title"}}
		}
		p.SetFindings(findings)
		b.Run(map[int]string{100: "100", 10000: "10000"}[n], func(b *testing.B) {
			for range b.N {
				tree := fieldpath.NewTree(p.ProtoReflect())
				for _, path := range paths {
					if _, _, ok := tree.Resolve(path); !ok {
						b.Fatal(path)
					}
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*n), "ns/path")
		})
	}
}

// An id that is longer than the model allows names nothing: paths stay short
// whatever a document holds.
func TestLongIDs(t *testing.T) {
	t.Parallel()
	longest := strings.Repeat("x", fieldpath.MaxID)
	p := reviewpkgv1.ReviewPackage_builder{Findings: []*reviewpkgv1.Finding{
		reviewpkgv1.Finding_builder{Id: longest}.Build(),
		reviewpkgv1.Finding_builder{Id: longest + "x"}.Build(),
	}}.Build()
	var got []string
	fieldpath.Walk(p.ProtoReflect(), func(c *fieldpath.Cursor, fd protoreflect.FieldDescriptor, _ protoreflect.Value) {
		if fd.Name() == "id" {
			got = append(got, c.String())
		}
	})
	if diff := cmp.Diff([]string{`findings["` + longest + `"].id`, "findings[1].id"}, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}
