package main

import (
	"bytes"
	"context"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/proto"

	"github.com/reviewpkg/sdk/reviewpkg"
)

var update = flag.Bool("update", false, "write the golden files")

// The examples that the tests use.
const (
	barbican = "../packages/openstack-barbican"
	next     = "../packages/openstack-barbican-next.yaml"
	lenient  = "../policies/research-cloud.yaml"
)

// A result is what one run of the program did.
type result struct {
	code           int
	stdout, stderr string
}

// do runs the program with the given standard input.
func do(t *testing.T, stdin string, args ...string) result {
	t.Helper()
	var stdout, stderr bytes.Buffer
	code := run(context.Background(), append([]string{"reviewctl"}, args...), strings.NewReader(stdin), &stdout, &stderr)
	return result{code, stdout.String(), stderr.String()}
}

// must runs the program, which must exit with code and complain about nothing.
func must(t *testing.T, code int, args ...string) string {
	t.Helper()
	got := do(t, "", args...)
	if got.code != code || got.stderr != "" {
		t.Fatalf("%v: exit code %d, want %d; error output:\n%s", args, got.code, code, got.stderr)
	}
	return got.stdout
}

// golden compares text with a golden file.
func golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if *update {
		write(t, file, got)
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("differs from %s (-want +got), -update writes it:\n%s", file, diff)
	}
}

// write writes a file.
func write(t *testing.T, file, text string) {
	t.Helper()
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// temp writes a file of its own for a test, and returns its path.
func temp(t *testing.T, name, text string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), name)
	write(t, file, text)
	return file
}

// parse reads a document that the program printed.
func parse[M proto.Message](t *testing.T, text string, m M) M {
	t.Helper()
	if err := reviewpkg.Unmarshal([]byte(text), m); err != nil {
		t.Fatal(err)
	}
	return m
}
