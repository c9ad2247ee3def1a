package fieldpath_test

import (
	"errors"
	"math"
	"strconv"
	"testing"

	"buf.build/gen/go/bufbuild/protovalidate/protocolbuffers/go/buf/validate"
	"buf.build/go/protovalidate"
	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/proto"

	"github.com/reviewpkg/sdk/internal/fieldpath"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// What protovalidate says about a package is said in our paths.
func TestViolation(t *testing.T) {
	t.Parallel()
	p := sample()
	p.SetLabels(map[string]string{" ": "key with a space"})
	p.GetProject().GetRepositories()[0].SetUrl("")
	p.GetDisputedFindings()[2].SetTitle("")
	p.GetFindings()[1].SetTitle("")
	p.SetArtifacts([]*reviewpkgv1.Artifact{reviewpkgv1.Artifact_builder{Id: "a-1", Sha256: "x"}.Build()})
	p.SetProcesses([]reviewpkgv1.ReviewProcess{1, 99})
	var invalid *protovalidate.ValidationError
	if err := protovalidate.Validate(p); !errors.As(err, &invalid) {
		t.Fatalf("Validate: %v", err)
	}
	tree := fieldpath.NewTree(p.ProtoReflect())
	got := map[string]bool{}
	for _, v := range invalid.Violations {
		got[tree.Violation(v.Proto.GetField())] = true
	}
	for _, want := range []string{
		"schema", "title", `labels[" "]`, "project.name", "project.repositories[0].url", `findings["f-2"].title`, `disputed_findings["own"].title`,
		"disputed_findings[1].id", `artifacts["a-1"].sha256`, `artifacts["a-1"]`, "processes[1]",
	} {
		if !got[want] {
			t.Errorf("no violation at %s", want)
		}
	}
	if t.Failed() {
		t.Logf("got %v", got)
	}
}

// A path that does not fit the message is put into words as it stands.
func TestViolationElsewhere(t *testing.T) {
	t.Parallel()
	tree := fieldpath.NewTree(sample().ProtoReflect())
	type element = validate.FieldPathElement_builder
	tests := []struct {
		elements []element
		want     string
	}{
		{nil, ""},
		{[]element{{FieldName: proto.String("oneof_name")}}, "oneof_name"},
		{[]element{{FieldName: proto.String("a"), Index: proto.Uint64(math.MaxUint64)}, {FieldName: proto.String("b"), StringKey: proto.String("k\n")}}, "a[" + strconv.Itoa(math.MaxInt) + `].b["k\n"]`},
		{[]element{{FieldName: proto.String("findings"), FieldNumber: proto.Int32(27), Index: proto.Uint64(7)}, {FieldName: proto.String("title")}}, "findings[7].title"},
		{[]element{{FieldName: proto.String("id"), FieldNumber: proto.Int32(2)}, {FieldName: proto.String("x"), FieldNumber: proto.Int32(1)}}, "id.x"},
		{[]element{{FieldName: proto.String("joint_review"), FieldNumber: proto.Int32(20)}, {FieldName: proto.String("x"), FieldNumber: proto.Int32(1)}}, "joint_review.x"},
	}
	for _, tt := range tests {
		fp := &validate.FieldPath{}
		for _, e := range tt.elements {
			fp.SetElements(append(fp.GetElements(), e.Build()))
		}
		if diff := cmp.Diff(tt.want, tree.Violation(fp)); diff != "" {
			t.Errorf("-want +got:\n%s", diff)
		}
	}
}
