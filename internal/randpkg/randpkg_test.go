package randpkg_test

import (
	"testing"

	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/types/descriptorpb"
	"google.golang.org/protobuf/types/known/apipb"
	"google.golang.org/protobuf/types/known/durationpb"
	"google.golang.org/protobuf/types/known/structpb"
	"google.golang.org/protobuf/types/known/timestamppb"
	"google.golang.org/protobuf/types/known/wrapperspb"
	"pgregory.net/rapid"

	"github.com/reviewpkg/sdk/internal/fieldpath"
	"github.com/reviewpkg/sdk/internal/randpkg"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// Whatever is drawn can be written and read back, as binary and as JSON.
func TestMessageRoundTrips(t *testing.T) {
	t.Parallel()
	kinds := []proto.Message{
		&reviewpkgv1.ReviewPackage{}, &reviewpkgv1.ChangeSet{}, &descriptorpb.FileDescriptorProto{}, &apipb.Api{},
		&structpb.Struct{}, &timestamppb.Timestamp{}, &durationpb.Duration{}, &wrapperspb.UInt64Value{}, &wrapperspb.FloatValue{},
		&wrapperspb.BytesValue{}, &wrapperspb.UInt32Value{}, &wrapperspb.Int64Value{},
	}
	for _, kind := range kinds {
		t.Run(string(kind.ProtoReflect().Descriptor().Name()), func(t *testing.T) {
			t.Parallel()
			rapid.Check(t, func(t *rapid.T) {
				m := kind.ProtoReflect().New().Interface()
				randpkg.Message(t, m)
				binary, err := proto.Marshal(m)
				if err != nil {
					t.Fatal(err)
				}
				got := kind.ProtoReflect().New().Interface()
				if err := proto.Unmarshal(binary, got); err != nil || !proto.Equal(got, m) {
					t.Fatalf("binary: got %v, %v, want %v", got, err, m)
				}
				text, err := protojson.Marshal(m)
				if err != nil {
					t.Fatal(err)
				}
				got = kind.ProtoReflect().New().Interface()
				if err := protojson.Unmarshal(text, got); err != nil || !proto.Equal(got, m) {
					t.Fatalf("JSON: got %v, %v, want %v", got, err, m)
				}
			})
		})
	}
}

// Every field of the model is filled sooner or later. The seeds are fixed: how
// much a number of random packages reaches must not be a matter of luck, nor of
// how many checks rapid was told to make.
func TestMessageReachesEveryField(t *testing.T) {
	t.Parallel()
	seen := map[protoreflect.FullName]bool{}
	packages := rapid.Custom(randpkg.Package)
	for seed := range 400 {
		fieldpath.Walk(packages.Example(seed).ProtoReflect(), func(_ *fieldpath.Cursor, fd protoreflect.FieldDescriptor, _ protoreflect.Value) {
			seen[fd.FullName()] = true
		})
	}
	all := map[protoreflect.FullName]bool{}
	reachable((&reviewpkgv1.ReviewPackage{}).ProtoReflect().Descriptor(), all)
	for name := range all {
		if !seen[name] {
			t.Errorf("field %s was never filled", name)
		}
	}
}

// reachable collects the fields of md and of the messages below it.
func reachable(md protoreflect.MessageDescriptor, all map[protoreflect.FullName]bool) {
	for i := range md.Fields().Len() {
		fd := md.Fields().Get(i)
		if all[fd.FullName()] {
			continue
		}
		all[fd.FullName()] = true
		if fd.Message() != nil && !fd.IsMap() {
			reachable(fd.Message(), all)
		}
	}
}

func TestPackageIDsAreUnique(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		p := randpkg.Package(t)
		if p.GetSchema() != "reviewpkg.v1.ReviewPackage" {
			t.Fatalf("schema is %q", p.GetSchema())
		}
		wantUnique(t, p)
		edited := randpkg.Edit(t, p)
		wantUnique(t, edited)
		if edited.GetSchema() != p.GetSchema() {
			t.Fatalf("edited schema is %q", edited.GetSchema())
		}
	})
}

// wantUnique fails if an id stands twice.
func wantUnique(t *rapid.T, p *reviewpkgv1.ReviewPackage) {
	seen := map[string]bool{}
	fieldpath.Walk(p.ProtoReflect(), func(c *fieldpath.Cursor, fd protoreflect.FieldDescriptor, v protoreflect.Value) {
		if fd.Name() != "id" {
			return
		}
		if seen[v.String()] {
			t.Fatalf("%s: id %q stands twice", c, v.String())
		}
		seen[v.String()] = true
	})
}

// Edit leaves its input alone, and mostly changes something.
func TestEdit(t *testing.T) {
	t.Parallel()
	runs, changed := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		p := randpkg.Package(t)
		before := proto.Clone(p)
		edited := randpkg.Edit(t, p)
		if !proto.Equal(before, p) {
			t.Fatal("the input was changed")
		}
		runs++
		if !proto.Equal(edited, p) {
			changed++
		}
	})
	if changed*2 < runs {
		t.Errorf("of %d edits only %d changed something", runs, changed)
	}
	rapid.Check(t, func(t *rapid.T) {
		empty := randpkg.Edit(t, &wrapperspb.StringValue{})
		if !empty.ProtoReflect().IsValid() {
			t.Fatal("no message")
		}
		m := &structpb.Struct{}
		randpkg.Message(t, m)
		randpkg.Edit(t, m)
	})
}

// The same seed gives the same package.
func TestDeterministic(t *testing.T) {
	t.Parallel()
	draw := rapid.Custom(func(t *rapid.T) *reviewpkgv1.ReviewPackage { return randpkg.Edit(t, randpkg.Package(t)) })
	for seed := range 20 {
		a, b := draw.Example(seed), draw.Example(seed)
		if !proto.Equal(a, b) {
			t.Fatalf("seed %d: %v and %v", seed, a, b)
		}
	}
}

func BenchmarkPackage(b *testing.B) {
	draw := rapid.Custom(randpkg.Package)
	for i := range b.N {
		draw.Example(i)
	}
}
