// Package clients_test holds that what the page for other languages tells a
// reader to type works, where the tools for it are there.
package clients_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protodesc"
	"google.golang.org/protobuf/reflect/protoregistry"
	"google.golang.org/protobuf/types/descriptorpb"

	"github.com/reviewpkg/sdk/export"
)

// blocks returns the shell commands of the page.
func blocks(t *testing.T) []string {
	t.Helper()
	text, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	for _, m := range regexp.MustCompile("(?ms)^```sh\n(.*?)^```$").FindAllStringSubmatch(string(text), -1) {
		found = append(found, m[1])
	}
	if len(found) < 6 {
		t.Fatalf("the page has %d blocks of commands", len(found))
	}
	return found
}

// TestDescriptorSetStandsAlone reads the set as a consumer does, who has nothing
// else of this repository.
func TestDescriptorSetStandsAlone(t *testing.T) {
	data, err := export.DescriptorSet()
	if err != nil {
		t.Fatal(err)
	}
	set := &descriptorpb.FileDescriptorSet{}
	// Nothing is resolved that the set does not hold: options stay bytes.
	if err := (proto.UnmarshalOptions{Resolver: new(protoregistry.Types)}).Unmarshal(data, set); err != nil {
		t.Fatal(err)
	}
	files, err := protodesc.NewFiles(set)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"reviewpkg/v1/package.proto", "buf/validate/validate.proto", "google/protobuf/descriptor.proto", "google/protobuf/struct.proto"} {
		if _, err := files.FindFileByPath(name); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestProtocCommands runs the commands of the page that need protoc and Go and
// nothing else, in a folder that has the .proto files and the descriptor set.
func TestProtocCommands(t *testing.T) {
	if _, err := exec.LookPath("protoc"); err != nil {
		t.Skip("protoc is not here: ", err)
	}
	dir := t.TempDir()
	if err := os.CopyFS(filepath.Join(dir, "proto"), os.DirFS("../../proto")); err != nil {
		t.Fatal(err)
	}
	data, err := export.DescriptorSet()
	if err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(dir, "model.binpb"), data)
	pkg, err := os.ReadFile("../../proto/reviewpkg/v1/testdata/released/unreleased-1/openstack-barbican.binpb")
	if err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(dir, "package.binpb"), pkg)
	ran := 0
	for _, block := range blocks(t) {
		if !strings.Contains(block, "protoc ") || strings.Contains(block, "--plugin") || strings.Contains(block, "grpc_tools") {
			continue
		}
		// The other command of its block is one of buf.
		if i := strings.Index(block, "\nprotoc "); strings.HasPrefix(block, "buf ") {
			block = block[i:]
		}
		ran++
		cmd := exec.Command("bash", "-euo", "pipefail", "-c", block)
		cmd.Dir = dir
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Errorf("%s\n%v\n%s", block, err, out)
		}
	}
	if ran < 3 {
		t.Errorf("ran %d blocks, want 3 or more", ran)
	}
	for _, want := range []string{"reviewpkg/v1/package_pb2.py", "buf/validate/validate_pb2.py", "reviewpkg/v1/Package.java"} {
		if _, err := os.Stat(filepath.Join(dir, "gen", filepath.FromSlash(want))); err != nil {
			t.Errorf("the commands made no %s: %v", want, err)
		}
	}
}

func write(t *testing.T, path string, data []byte) {
	t.Helper()
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
}
